"""Lists of contents of other tools: the files that they name, in order, each with the part that it stands in.

mdBook, GitBook and HonKit have `SUMMARY.md`; Quarto `_quarto.yml`; MkDocs `mkdocs.yml`; the Carpentries
`config.yaml`; Jupyter Book `_toc.yml`; MyST a `toctree`; Docsify `_sidebar.md`; Docusaurus `sidebars.js`; slide
shows a list of decks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any, NamedTuple
from urllib.parse import unquote

import yaml

from courseware import files
from courseware.model.inline import is_remote
from courseware.reading.source.decoding import LARGEST

MARKDOWN = (".md", ".markdown", ".qmd", ".rmd", ".mdx", ".ipynb")
"""How the name of a session's file may end, in small letters."""
LISTS = {
    "SUMMARY.md": "mdBook, GitBook or HonKit", "_quarto.yml": "Quarto", "mkdocs.yml": "MkDocs",
    "config.yaml": "the Carpentries", "_toc.yml": "Jupyter Book", "_sidebar.md": "Docsify",
    "sidebars.js": "Docusaurus", "sidebars.ts": "Docusaurus", "sidebars.json": "Docusaurus",
    "index.md": "MyST or Sphinx",
}  # fmt: skip
"""Files that list a course's files, and whose they are; the first that there is goes before the others."""
FOLDER_LISTS = (".pages", ".nav.yml")
"""Lists of MkDocs' plug-ins that say the order of one folder."""
_LINK = re.compile(r"\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?(?P<target>[^)>\s#]+)")
_ITEM = re.compile(r"(?P<indent>[ \t]*)[-*+][ \t]+(?P<text>.*)")
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>.*?)[ \t#]*")
_UNWRITTEN = re.compile(r"^[ \t]*[-*+][ \t]+\[[^\]\n]*\]\(\s*\)[ \t]*\n", re.MULTILINE)
"""A chapter of mdBook's that is planned."""
_END = re.compile(r"-{3,}[ \t]*")
"""Where mdBook's parts end."""
_TOCTREE = re.compile(r"^(?P<mark>`{3,}|:{3,})\{toctree\}(?P<body>.*?)^(?P=mark)[ \t]*$", re.MULTILINE | re.DOTALL)  # fmt: skip
_CAPTION = re.compile(r":caption:[ \t]*(.+)")
_LINE = re.compile(r"(?:[^<>\n]*<)?(?P<target>[^<>\s:]+)>?")
_SCRIPT = re.compile(
    r"(?P<label>\blabel|\btype|\bid|\bdescription|\btitle|\bdirName)[\"']?\s*:\s*[\"'](?P<said>[^\"'\n]*)[\"']"
    r"|[\"'](?P<target>[^\"'\n]+)[\"'](?!\s*:)|//[^\n]*|/\*.*?\*/", re.DOTALL
)  # fmt: skip
_NAMES = ("part", "caption", "section", "title", "label", "text")
_HOLDERS = frozenset(
    ["nav", "chapters", "parts", "contents", "sidebar", "episodes", "content", "toc", "children", "sections", "items", "book",
     "website", "project", "entries", "subtrees", "appendices", "pages", "lessons", "modules", "days"]
)  # fmt: skip
"""Keys that say that a list follows, not what it is called."""
_LEFT_OUT = ("exclude", "ignore", "not_in_nav", "draft_docs")
"""How keys begin that name files which are not in the list."""
_WHOLE = "\0"
"""Before a title that may be that of the whole list: it is no part where there are others."""
_HOME = {"/": "README.md", "./": "README.md"}
"""Docsify's names of the course's first page."""
_FRONT = frozenset({"summary", "contents", "table of contents"})


class _Loader(yaml.SafeLoader):
    """Reads a list of contents; a tag of another program's (`!ENV`, `!!python/…`) is nothing."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


class ListedFile(NamedTuple):
    """A file that a list names, and the title of the part that it stands in, "" where it stands in none.

    `whole` is what the list says that the whole is called, "" where it does not.
    """

    path: str
    part: str
    whole: str = ""


def listed(root: Path, name: str, known: frozenset[str]) -> list[ListedFile]:
    """Return the files that a list of contents names, as the course's paths, each once."""
    try:
        text = files.read(root / name, LARGEST).decode("utf-8", "replace")
        said = list(_said(name, text))
    except (OSError, yaml.YAMLError, RecursionError, ValueError):
        return []
    folder = str(PurePosixPath(name).parent)
    places = (folder, *(f"{folder}/{inner}" for inner in ("docs", "src", "episodes", "content", "_episodes")))  # fmt: skip
    there = [
        (part, unquote(target), _meant(unquote(target), places, known)) for part, target in said
    ]
    free = known - {path for _, _, path in there}
    found: dict[str, ListedFile] = {}
    for part, target, exact in there:
        path = exact or _namesake(target, free)
        if path:
            found.setdefault(path, ListedFile(path, " ".join(part.split())))
    parts = {entry.part for entry in found.values() if entry.part}
    wholes = {part for part in parts if part.startswith(_WHOLE)}
    whole = len(wholes) == 1 or wholes < parts
    return [ListedFile(path, "", part[1:]) if whole and part in wholes else ListedFile(path, part.removeprefix(_WHOLE))
            for path, part, _ in found.values()]  # fmt: skip


def folder_order(root: Path, folder: str) -> tuple[str, list[str]]:
    """Return the list that says the order in a folder, and what it names of that folder, "..." for the rest; else "" and none."""
    for name in (f"{folder}/{file}".removeprefix("./") for file in FOLDER_LISTS):
        try:
            text = files.text(root / name, most=LARGEST) if files.is_file(root / name) else ""
            said = yaml.load(text, _Loader)  # noqa: S506
        except (OSError, yaml.YAMLError, RecursionError, ValueError):
            continue
        rows = [said.get(key) for key in ("nav", "arrange")] if isinstance(said, dict) else []
        order = [target for _, target in _strings(rows, "", set())]
        if order:
            return name, order
    return "", []


def _said(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the targets of a list, each with its part."""
    file = PurePosixPath(name).name
    if file == "index.md" and "{toctree}" in text:
        return _toctrees(text)
    if file.endswith(".md"):
        return _links(text)
    if file.startswith("sidebars."):
        return _script(text)
    return _strings(yaml.load(text, _Loader), "", set())  # noqa: S506


def _toctrees(text: str) -> Iterator[tuple[str, str]]:
    for tree in _TOCTREE.finditer(text):
        caption = _CAPTION.search(tree["body"])
        part = caption[1] if caption and caption[1].strip(": ").lower() not in _FRONT else ""
        for line in tree["body"].splitlines():
            found = _LINE.fullmatch(line.strip())
            if found:
                yield part, found["target"]


def _links(text: str) -> Iterator[tuple[str, str]]:
    """Yield the links of a list in markdown; headings and items without a link are parts, else items with items below.

    A heading above all of it is what the whole is called.
    """
    part, deep, head, rows = "", "", "", list[tuple[str, str, str]]()
    for line in _UNWRITTEN.sub("", text).splitlines():
        links, item, heading = (
            list(_LINK.finditer(line)),
            _ITEM.match(line),
            _HEADING.fullmatch(line),
        )
        found = links[0] if links else None
        words = (found["words"] if found else item["text"] if item else "").strip("*_ ")
        top = item is None or not item["indent"]
        if _END.fullmatch(line):
            part = ""
        elif heading and not found:
            part = "" if heading["text"].lower() in _FRONT else heading["text"].strip("*_ ")
            head = head if rows else part
        elif item and top and not found:
            part = words
        deep = words if top else deep
        rows += [(part, deep, _HOME.get(link["target"], link["target"])) for link in links if not is_remote(link["target"])]  # fmt: skip
    parts = {part for part, _, _ in rows}
    whole = f"{_WHOLE}{head}" if head and parts == {head} else ""
    for part, deep, target in rows:
        several = (whole or parts == {""}) and sum(row[1] == deep for row in rows) > 1
        yield (deep if several else whole or part), target


def _script(text: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a program that is one value: those that name no file are left out later."""
    part = ""
    for found in _SCRIPT.finditer(text):
        if found["label"] == "label":
            part = found["said"]
        elif found["label"] == "id" or found["target"]:
            yield part, found["said"] or found["target"]


def _strings(value: Any, part: str, seen: set[int]) -> Iterator[tuple[str, str]]:
    """Yield the texts of a value in their order; what stands in it again is not gone through again."""
    if isinstance(value, str):
        yield part, value.strip()
    if not isinstance(value, dict | list) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, list):
        for one in value:
            yield from _strings(one, part, seen)
        return
    own = next((value[key] for key in _NAMES if isinstance(value.get(key), str)), "")
    own = f"{_WHOLE}{own}" if own and own == value.get("title") else own
    for key, one in value.items():
        if str(key).startswith(_LEFT_OUT):
            continue
        name = own or ("" if str(key).lower() in _HOLDERS else str(key))
        kept = part if part and not part.startswith(_WHOLE) else ""
        inner = kept or (name if isinstance(one, list) else "") or part
        yield from _strings(one, inner, seen)


def _meant(target: str, places: tuple[str, ...], known: frozenset[str]) -> str:
    """Return the file that a list means by a target, with or without its ending, or a folder's front page; "" if none."""
    endings = ("", *MARKDOWN, "/README.md", "/index.md", "/_index.md")
    wholes = (normpath(f"{place}/{target.lstrip('/')}") for place in places)
    return next((f"{w}{end}" for w in wholes for end in endings if f"{w}{end}" in known), "")


def _namesake(target: str, free: frozenset[str]) -> str:
    """Return the only file of a target's name among those that no entry names: its folder has another name here."""
    if not target.lower().endswith(MARKDOWN):
        return ""
    named = [path for path in free if PurePosixPath(path).name == PurePosixPath(target).name]
    return named[0] if len(named) == 1 else ""
