"""A `course.yml` for files as they are: which are sessions, in which order, in which modules, and why.

What other tools' settings say of the course is taken over; what nobody says is guessed, and told as a guess.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path, PurePosixPath

import msgspec

from courseware import files
from courseware.course.contents import FOLDER_LISTS, LISTS
from courseware.course.loading import Loaded, load
from courseware.course.orders import is_front_page, list_of
from courseware.language.tags import tag_of
from courseware.model.blocks import Code, Figure, Table
from courseware.model.session import Session

FEWEST_WORDS = 30
"""Words of a file that is a session; one with fewer is left out, unless it has an exercise, a time or something to look at."""
SETTINGS = ("course.yml", "mkdocs.yml", "book.toml", "_quarto.yml", "config.yaml", "_config.yml", "config.toml", "hugo.toml",
            "hugo.yaml", "_toc.yml", "myst.yml", "docusaurus.config.js", "docusaurus.config.ts", "book.json", "index.html")  # fmt: skip
"""Files in which other tools say what a course is called."""
_SAID = r"^[ \t\"']*(?:{})[\"']?[ \t]*[:=][ \t]*[\"']?([^\n\"'#|>]{{2,200}}?)[\"',]*[ \t]*$"
_FACTS = {
    "title": tuple(re.compile(_SAID.format(key), re.MULTILINE) for key in ("site_name|title", "name")),
    "author": (re.compile(r"^[ \t]*(?:site_author|authors?)[ \t]*[:=][ \t]*\[?[\"']?([^\n\"'#\[\]{}|>]{2,100}?)[\"'\],]*[ \t]*$", re.MULTILINE),),
    "licence": (re.compile(r"^[ \t]*(?:licen[cs]e)[ \t]*[:=][ \t]*[\"']?([^\n\"'#{}|>]{2,60}?)[\"',]*[ \t]*$", re.MULTILINE),),
    "language": (re.compile(r"^[ \t\"']*(?:lang|language|languageCode|locale)[\"']?[ \t]*[:=][ \t]*[\"']?([A-Za-z]{2,3}(?:[-_]\w{2,8})?)[\"',]*[ \t]*$", re.MULTILINE),),
}  # fmt: skip
"""What other tools' settings say, by course.yml's key; what comes first goes before the rest."""
_PLAIN = re.compile(r"[A-Za-z0-9_][\w./ -]*")
_NUMBERED = re.compile(r"^(?:\d+[-_. ]+)+")


class Report(msgspec.Struct, frozen=True):
    """A course.yml, and what is told of it: what was understood, what guessed, what left out."""

    text: str
    understood: tuple[str, ...]
    guessed: tuple[str, ...]
    left_out: tuple[str, ...]
    loaded: Loaded


class _Draft:
    """Gathers what is written and told."""

    def __init__(self, loaded: Loaded) -> None:
        self.root, self.loaded = loaded.root, loaded
        self.understood: list[str] = []
        self.guessed: list[str] = []
        self.left_out = [f"{f.span.path}: {f.message}" for f in loaded.findings if f.code == "C003"]


def adopted(root: Path, inside: str = "", title: str = "") -> Report:
    """Return a course.yml for the files of a folder, of those below `inside` alone, with what is told of it.

    `title` is what its user calls the course, "" where the files are to say it.
    """
    loaded = load(root)
    draft = _Draft(loaded)
    below = [s for s in loaded.course.sessions if s.path.startswith(f"{inside}/" if inside else "")]
    sessions = _with_something(_in_one_language(below, draft), draft)
    parts, whole = _parts(root, sessions, draft)
    facts = _facts(root, sessions, draft, title, whole)
    lines = ["# Which files are sessions, in which order: change it as you like.", *facts]
    lines += _listed_sessions(sessions, parts, draft)
    leaders = [s.path for s in sessions if s.role == "facilitator"]
    if leaders:
        draft.understood.append(f"for the facilitator alone: {', '.join(leaders)}")
    text = "\n".join(lines) + "\n"
    return Report(text, tuple(draft.understood), tuple(draft.guessed), tuple(draft.left_out), loaded)  # fmt: skip


def _in_one_language(sessions: Sequence[Session], draft: _Draft) -> list[Session]:
    """Return the sessions of one language, where folders named like languages hold files of the same names."""
    folders: dict[str, list[Session]] = {}
    for session in sessions:
        tags = [part for part in PurePosixPath(session.path).parts[:-1] if _is_language(part)]
        folders.setdefault(tags[0] if tags else "", []).append(session)
    names = {tag: {_below(s.path, tag) for s in own} for tag, own in folders.items() if tag}
    twins = [tag for tag in names if any(names[tag] & names[other] for other in names if other != tag)]  # fmt: skip
    if len(twins) < 2:
        return list(sessions)
    kept = "en" if "en" in twins else twins[0]
    others = [tag for tag in twins if tag != kept]
    draft.guessed.append(f"the course is that in {kept}; {', '.join(others)} are the same in other languages")  # fmt: skip
    draft.left_out.append(f"{', '.join(f'{tag}/' for tag in others)}: make a course of each with --from")  # fmt: skip
    return [s for tag in ("", kept) for s in folders.get(tag, ())]


def _is_language(name: str) -> bool:
    return re.fullmatch(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?", name) is not None and tag_of(name) != ""


def _below(path: str, folder: str) -> str:
    return path.partition(f"{folder}/")[2]


def _with_something(sessions: Sequence[Session], draft: _Draft) -> list[Session]:
    """Return the sessions without those that have hardly a word, and nothing to do or to look at."""
    kept = []
    for session in sessions:
        words = sum(len(text.plain.split()) for text in session.texts())
        shown = any(isinstance(node, Code | Figure | Table) for node in session.nodes())
        if words >= FEWEST_WORDS or shown or session.exercises() or session.length:
            kept.append(session)
        else:
            draft.left_out.append(f"{session.path}: {words} words, and nothing to do")
    return kept


def _facts(
    root: Path, sessions: Sequence[Session], draft: _Draft, title: str, whole: str
) -> list[str]:
    """Return the lines of course.yml that say what the course is called, by whom, in which language.

    `title` is what its user calls it, `whole` what its list of contents does; "" where they do not.
    """
    found = {"title": (title, "as you say")} if title else {}
    for name in SETTINGS:
        text = _text(root / name)
        for key, patterns in _FACTS.items():
            said = next(filter(None, (pattern.search(text) for pattern in patterns)), None)
            if said and key not in found and "{{" not in said[1]:
                found[key] = (said[1].strip(), name)
    if whole:
        found.setdefault("title", (whole, "its list of contents"))
    if found.get("language") and not tag_of(found["language"][0]):
        del found["language"]
    draft.understood += [f"{key}: {said} ({name})" for key, (said, name) in found.items()]
    guesses = {"title": _title(root), "language": _language(sessions)}
    draft.guessed += [f"{key}: {said}" for key, said in guesses.items() if key not in found]
    facts = guesses | {key: said for key, (said, _) in found.items()}
    facts["language"] = tag_of(facts["language"]) or "en"
    return [f"{key}: {_quoted(value)}" for key, value in facts.items()]


def _title(root: Path) -> str:
    """Return what the course's front page is called, else its folder."""
    for name in ("README.md", "index.md", "src/index.md", "docs/index.md"):
        found = re.search(r"^#[ \t]+([^\n{]{2,200})", _text(root / name), re.MULTILINE)
        if found:
            return re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]|<[^>]*>", r"\1", found[1]).strip()
    return _named(root.resolve().name)


def _language(sessions: Sequence[Session]) -> str:
    counted = Counter(session.language or "en" for session in sessions)
    return counted.most_common(1)[0][0] if counted else "en"


def _parts(root: Path, sessions: Sequence[Session], draft: _Draft) -> tuple[dict[str, str], str]:
    """Return the title of the part that each session stands in, and that of the whole list; empty where there is none."""
    paths = [session.path for session in sessions]
    name, entries = list_of(root, list(draft.loaded.paths()))
    _tell_order(name, draft)
    parts = {entry.path: entry.part for entry in entries if entry.part}
    whole = next((entry.whole for entry in entries if entry.whole), "")
    if parts:
        draft.understood.append(f"modules: the parts of {name}")
        return {path: parts.get(path, "") for path in paths}, whole
    if entries:
        return {}, whole
    titles = _folder_titles(sessions)
    if len({titles[path] for path in paths} - {""}) > 1:
        draft.guessed.append("modules: the folders")
        return titles, ""
    return {}, ""


def _tell_order(name: str, draft: _Draft) -> None:
    told = [f for f in draft.loaded.findings if f.code == "C191"]
    if name:
        tool = LISTS.get(PurePosixPath(name).name, "a list of files")
        draft.understood.append(f"order: {name} ({tool})")
        draft.guessed += [f.message.partition("; ")[2] for f in told if "; " in f.message]
    elif lists := [f.span.path for f in told if PurePosixPath(f.span.path).name in FOLDER_LISTS]:
        draft.understood.append(f"order: {', '.join(lists)} (MkDocs)")
    elif told and not told[0].message.startswith("the order of its folder"):
        draft.understood.append(f"order: {told[0].message.removeprefix('the order of the sessions is that of ')}")  # fmt: skip
    else:
        links = f"; that of the links in {', '.join(f.span.path for f in told)}" if told else ""
        draft.guessed.append(f"order: that of the names, a folder's README or index first{links}")


def _folder_titles(sessions: Sequence[Session]) -> dict[str, str]:
    """Return the title of each session's folder: its front page's, else its name; "" beside all folders."""
    parents = {s.path: PurePosixPath(s.path).parts[:-1] for s in sessions}
    depth = _common(parents.values())
    while any(parents.values()):
        heads = {parent[: depth + 1] for parent in parents.values()}
        lone = [head for head in heads if len(head) > depth and head not in parents.values()]
        if not lone or len([h for h in heads if len(h) > depth]) > 1:
            break
        depth += 1
    fronts = {PurePosixPath(s.path).parts[:-1]: s.title.plain for s in sessions if is_front_page(s.path)}  # fmt: skip
    return {path: fronts.get(parent[: depth + 1]) or _named(parent[depth]) if len(parent) > depth else ""
            for path, parent in parents.items()}  # fmt: skip


def _common(parents: Iterable[tuple[str, ...]]) -> int:
    """Return how many folders all paths begin with."""
    count = 0
    for names in zip(*parents, strict=False):
        if len(set(names)) > 1:
            break
        count += 1
    return count


def _named(folder: str) -> str:
    """Return a folder's name as a title."""
    said = re.sub(r"[-_]+", " ", _NUMBERED.sub("", folder)).strip() or folder
    return said[:1].upper() + said[1:]


def _listed_sessions(
    sessions: Sequence[Session], parts: dict[str, str], draft: _Draft
) -> list[str]:
    """Return the lines of course.yml that name the sessions, in their modules where there are some."""
    runs = [(part, list(own)) for part, own in groupby(sessions, lambda s: parts.get(s.path, ""))]
    modules = [(part or own[0].title.plain, own) for part, own in (runs if parts else ())]
    loose = modules.pop()[1] if modules and not runs[-1][0] else [] if modules else list(sessions)
    lines = ["modules:"] if modules else []
    for title, own in modules:
        lines += [f"  - title: {_quoted(title)}", "    sessions:", *(f"      - {_quoted(s.path)}" for s in own)]  # fmt: skip
    lines += ["sessions:", *(f"  - {_quoted(s.path)}" for s in loose)] if loose else []
    exercises = sum(len(session.exercises()) for session in sessions)
    draft.understood.insert(0, f"{len(sessions)} sessions with {exercises} exercises" + (f" in {len(modules)} modules" if modules else ""))  # fmt: skip
    return lines


def _quoted(text: str) -> str:
    """Return a text as YAML writes it: as it is where that is plain, else in double quotes."""
    safe = _PLAIN.fullmatch(text) and text.lower() not in ("yes", "no", "true", "false", "null", "on", "off")  # fmt: skip
    return text if safe and re.search("[A-Za-z]", text) else json.dumps(text, ensure_ascii=False)


def _text(file: Path) -> str:
    """Return the text of a file that may not be there, as far as settings are long."""
    if not files.is_file(file):
        return ""
    return files.read(file, 100_000).decode("utf-8", "replace")
