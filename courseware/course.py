"""A course on disk: course.yml, its session files in order, what is left out."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, Literal, get_args, get_type_hints

import msgspec
from natsort import natsort_keygen, ns

from courseware import files
from courseware.diagnostics import Diagnostic, Span, did_you_mean, in_order
from courseware.model.delivery import Delivery
from courseware.model.session import Course, Session
from courseware.reading.front_matter import Value, YamlError, read_yaml
from courseware.reading.session import Reading, read_session
from courseware.reading.text import LARGEST, without_controls
from courseware.reading.vocabulary import Vocabulary, vocabulary_for

replace = msgspec.structs.replace
LEFT_OUT_FOLDERS = frozenset(
    {"layouts", "node_modules", "venv", "env", "__pycache__", "site-packages"}
)
LEFT_OUT_FILES = frozenset(
    {"license", "licence", "contributing", "changelog", "code_of_conduct", "summary"}
)
MOST_SETTINGS = 200_000
"""Bytes of course.yml that are read: a course of a thousand sessions names them in 50,000."""
FRONT_PAGES = frozenset({"readme", "index"})
_natural = natsort_keygen(alg=ns.PATH | ns.IGNORECASE)


class Module(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A module of the course: its title and its sessions' files or patterns, in order."""

    title: str
    sessions: tuple[str, ...] = ()


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What course.yml may say today; `details` without a summary are notes or content.

    `answers` says whether learners get the answer keys, after the session.
    """

    title: str = ""
    subtitle: str = ""
    author: str = ""
    organisation: str = ""
    language: str = "en"
    licence: str = ""
    version: str = ""
    paper: Literal["a4", "letter"] = "a4"
    details: Literal["notes", "content"] = "notes"
    answers: Literal["never", "after"] = "never"
    delivery: Delivery = Delivery()
    template: str = ""
    layouts: dict[str, str] = {}
    modules: tuple[Module, ...] = ()
    sessions: tuple[str, ...] = ()
    vocabulary: dict[str, tuple[str, ...]] = {}

    def patterns(self) -> tuple[str, ...]:
        """Return the sessions' files or patterns in order, those of the modules first."""
        return (*(p for m in self.modules for p in m.sessions), *self.sessions)

    def module_of(self, path: str) -> str:
        """Return the title of the module that names a session's file, or ""."""
        names = (
            m.title for m in self.modules if any(PurePosixPath(path).match(p) for p in m.sessions)
        )
        return next(names, "")


class Loaded(msgspec.Struct, frozen=True):
    """A course as read: its root folder, the course, its files' findings, and who failed.

    `failed` are the paths of sessions that have an error; `order` is the session paths in order.
    """

    root: Path
    course: Course
    settings: Settings
    findings: tuple[Diagnostic, ...]
    failed: frozenset[str]

    def paths(self) -> tuple[str, ...]:
        """Return the sessions' paths in order."""
        return tuple(session.path for session in self.course.sessions)


Reader = Callable[[bytes, str, Vocabulary, str], Reading]


def load(where: Path, output: Path | None = None, read: Reader = read_session) -> Loaded:
    """Read the course at `where`: a folder, or one file, which is a course of one.

    `output` is no part of it; `read` reads a session's bytes.
    """
    if where.is_file():
        root, paths = where.parent, [where.name]
        settings, findings = Settings(), list[Diagnostic]()
    else:
        root = where
        settings, findings = read_settings(root)
        paths, left_out = session_paths(root, settings, output)
        findings += left_out
    sessions, found, failed = _read(root, paths, settings, read)
    sessions, guessed = _numbers(sessions)
    findings += [*found, *guessed]
    clashing = _clashes(sessions)
    findings += clashing
    if settings.template and files.found(root, settings.template.lstrip("/")) is None:
        findings.append(lost_template(settings.template))
    failed |= {f.span.path for f in clashing}
    title = settings.title or ("" if where.is_file() else without_controls(root.resolve().name))
    course = Course(
        title=title,
        subtitle=settings.subtitle,
        author=settings.author,
        organisation=settings.organisation,
        language=settings.language,
        licence=settings.licence,
        version=settings.version,
        paper=settings.paper,
        delivery=settings.delivery,
        answers=settings.answers,
        template=settings.template.lstrip("/"),
        layouts=settings.layouts,
        sessions=_solutions(sessions),
    )
    return Loaded(root, course, settings, in_order(findings), frozenset(failed))


def lost_template(name: str) -> Diagnostic:
    """Return the finding on a slide template that is not in the course."""
    message = f'template: there is no file "{name}" in the course'
    hint = "a path from the course's folder; --template takes any"
    return Diagnostic("C311", message, Span("course.yml"), hint)


def _read(
    root: Path, paths: list[str], settings: Settings, read: Reader
) -> tuple[list[Session], list[Diagnostic], set[str]]:
    words = vocabulary_for(settings.language, settings.vocabulary.items())
    sessions: list[Session] = []
    findings: list[Diagnostic] = []
    failed: set[str] = set()
    for path in paths:
        try:
            data = files.read(root / path, LARGEST + 1)
        except OSError as error:
            message = error.strerror or "it cannot be read"
            findings.append(Diagnostic("C001", message, Span(path)))
            failed.add(path)
            continue
        reading = read(data, path, words, settings.details)
        findings += reading.findings
        if reading.session is not None:
            module = reading.session.module or settings.module_of(path)
            sessions.append(replace(reading.session, module=module))
            if reading.session.role == "facilitator":
                message = "the whole file is for the facilitator, as its title or first lines say"
                findings.append(Diagnostic("C131", message, Span(path)))
        if any(f.severity == "error" for f in reading.findings):
            failed.add(path)
    return sessions, findings, failed


def read_settings(root: Path) -> tuple[Settings, list[Diagnostic]]:
    """Return what course.yml says, or the defaults, and what is wrong with it."""
    file = root / "course.yml"
    if not files.is_file(file):
        return Settings(), []
    try:
        values = _settings_text(file)
    except (YamlError, UnicodeDecodeError, OSError) as error:
        line = error.line if isinstance(error, YamlError) else 1
        return Settings(), [Diagnostic("C104", str(error), Span("course.yml", line))]
    if not isinstance(values, dict):
        return Settings(), [Diagnostic("C104", "it is not `key: value`", Span("course.yml"))]
    known: dict[str, Any] = {}
    findings: list[Diagnostic] = []
    for key, item in values.items():
        place = Span("course.yml", item.line, item.column)
        if key not in Settings.__struct_fields__:
            hint = did_you_mean(key, Settings.__struct_fields__)
            findings.append(Diagnostic("C105", f'unknown key "{key}"', place, hint))
            continue
        try:
            one = msgspec.convert({key: _bare(item, key)}, Settings, strict=False)
        except msgspec.ValidationError as error:
            message = f'"{key}": {str(error).split(" - ")[0].lower()}'
            choices = get_args(get_type_hints(Settings)[key])
            known_words = [c for c in choices if isinstance(c, str)]
            hint = f"one of {', '.join(known_words)}" if known_words else ""
            findings.append(Diagnostic("C106", message, place, hint))
            continue
        known[key] = getattr(one, key)
    return Settings(**known), findings


def _settings_text(file: Path) -> Any:
    text = files.text(file, most=MOST_SETTINGS + 1)
    if len(text) > MOST_SETTINGS:
        raise YamlError(f"it has more than {MOST_SETTINGS:,} characters", 1, 1)
    return read_yaml(text).value


def _bare(item: Value, key: str) -> Any:
    value = item.value
    if isinstance(value, list):
        return [_bare(v, key) for v in value]
    if isinstance(value, dict):
        return {k: _bare(v, k) for k, v in value.items()}
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def session_paths(
    root: Path, settings: Settings, output: Path | None = None
) -> tuple[list[str], list[Diagnostic]]:
    """Return the paths of a course's session files in order, and notes on what is left out."""
    found: list[str] = []
    notes: list[Diagnostic] = []
    skipped = output.resolve() if output else None
    for folder, names, here_files in os.walk(root):
        here = Path(folder)
        files.names(here)
        for name in sorted(names):
            path = (here / name).relative_to(root).as_posix()
            hidden = name.startswith(".") or name.lower() in LEFT_OUT_FOLDERS
            if (
                hidden
                or (skipped and files.resolved(here / name) == skipped)
                or files.exists(here / name / "pyvenv.cfg")
            ):
                names.remove(name)
                if not name.startswith((".", "__")):
                    notes.append(Diagnostic("C003", "this folder is left out", Span(path)))
        found += [
            (here / f).relative_to(root).as_posix() for f in here_files if f.lower().endswith(".md")
        ]
    found.sort(key=_natural)
    inside = root.resolve()
    kept = []
    for path in found:
        stem = PurePosixPath(path).stem.lower()
        front = stem in FRONT_PAGES and "/" not in path and len(found) > 1
        where = files.resolved(root / path)
        if where is None or not where.is_relative_to(inside):
            notes.append(Diagnostic("C208", "this link leads out of the course", Span(path)))
        elif stem in LEFT_OUT_FILES or front or path.startswith("."):
            notes.append(Diagnostic("C003", "this file is left out", Span(path)))
        else:
            kept.append(path)
    if settings.patterns():
        kept, more = _chosen(kept, settings.patterns())
        notes += more
    return kept, notes


def _chosen(paths: list[str], patterns: tuple[str, ...]) -> tuple[list[str], list[Diagnostic]]:
    chosen: list[str] = []
    notes: list[Diagnostic] = []
    for pattern in patterns:
        hits = [p for p in paths if PurePosixPath(p).match(pattern) and p not in chosen]
        if not hits and pattern not in chosen:
            message = f'sessions: "{pattern}" fits no file'
            notes.append(
                Diagnostic("C106", message, Span("course.yml"), did_you_mean(pattern, paths))
            )
        chosen += hits
    rest = [p for p in paths if p not in chosen]
    notes += [Diagnostic("C003", "course.yml does not name this file", Span(p)) for p in rest]
    return chosen, notes


def _numbers(sessions: list[Session]) -> tuple[list[Session], list[Diagnostic]]:
    """Drop guessed numbers that are taken, and guess from folders for READMEs."""
    taken = {s.number for s in sessions if s.number_stated}
    result: list[Session] = []
    findings: list[Diagnostic] = []
    for session in sessions:
        if session.number is not None and not session.number_stated:
            if session.number in taken:
                message = f"number {session.number}, guessed from the name, is taken already"
                findings.append(Diagnostic("C132", message, Span(session.path)))
                session = replace(session, number=None)
            else:
                taken.add(session.number)
        result.append(session)
    return result, findings


def _clashes(sessions: list[Session]) -> list[Diagnostic]:
    first: dict[int, str] = {}
    findings: list[Diagnostic] = []
    for session in sessions:
        if session.number is None or not session.number_stated:
            continue
        if session.number in first:
            other = first[session.number]
            for path, rival in ((session.path, other), (other, session.path)):
                message = f"number {session.number} is also stated by {rival}"
                findings.append(Diagnostic("C201", message, Span(path), "number them apart"))
        first.setdefault(session.number, session.path)
    return findings


def _solutions(sessions: list[Session]) -> tuple[Session, ...]:
    """Keep a file titled Solution for the facilitator only after an exercise file."""
    result: list[Session] = []
    for session in sessions:
        before = result[-1] if result else None
        if session.role == "answers" and not (
            before and before.sections and before.sections[0].kind == "exercises"
            and not before.sections[0].heading.name
        ):  # fmt: skip
            session = replace(session, role="session")
        result.append(session)
    return tuple(result)


def slug_of(session: Session) -> str:
    """Return the name of a session's files: number and slug of its title."""
    from slugify import slugify

    slug = slugify(session.title.plain, max_length=80, word_boundary=True) or "session"
    return f"{session.number:02d}-{slug}" if session.number is not None else slug


def slugs(sessions: tuple[Session, ...]) -> dict[str, str]:
    """Return each session's file name by path, the folder's before it where two would clash."""
    from slugify import slugify

    names = {s.path: slug_of(s) for s in sessions}
    result: dict[str, str] = {}
    for session in sessions:
        name = names[session.path]
        if list(names.values()).count(name) > 1:
            folder = slugify(str(PurePosixPath(session.path).parent))
            name = f"{folder}-{name}" if folder else name
        while name in result.values():
            name = _next(name)
        result[session.path] = name
    return result


def _next(name: str) -> str:
    found = re.search(r"-x(\d+)$", name)
    return f"{name[: found.start()]}-x{int(found[1]) + 1}" if found else f"{name}-x2"


def find_sessions(course: Course, wanted: tuple[str, ...]) -> tuple[list[Session], list[str]]:
    """Return the sessions that are named by number, slug, part of a slug or file; and the unknown."""
    if not wanted:
        return list(course.sessions), []
    names = slugs(course.sessions)
    chosen: list[Session] = []
    unknown: list[str] = []
    for word in wanted:
        hits = [s for s in course.sessions if _is_named(s, word, names[s.path])]
        if not hits:
            hits = [s for s in course.sessions if word.lower() in names[s.path]]
        if len(hits) != 1:
            unknown.append(word)
        chosen += hits if len(hits) == 1 else []
    order = {s.path: i for i, s in enumerate(course.sessions)}
    unique = {s.path: s for s in chosen}
    return sorted(unique.values(), key=lambda s: order[s.path]), unknown


def _is_named(session: Session, word: str, slug: str) -> bool:
    if word.isdecimal() and len(word) < 7:
        return session.number == int(word)
    return word.lower() == slug or session.path == word or session.path.endswith("/" + word)
