"""A course on disk: course.yml, its session files in order, what is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from courseware import files
from courseware.course.brand import read_brand
from courseware.course.includes import with_includes
from courseware.course.numbers import (
    find_sessions,
    number_clashes,
    settle_numbers,
    settle_solutions,
    slugs,
)
from courseware.course.orders import is_markdown
from courseware.course.paths import layouts_elsewhere, session_paths
from courseware.course.settings import Settings, place_of, read_settings
from courseware.diagnostics import Diagnostic, Span, did_you_mean, in_order
from courseware.language.vocabulary import Vocabulary, vocabulary_for
from courseware.model.blocks import AnyNode, Item, List, Paragraph, Section, Text, Topic
from courseware.model.brand import Brand
from courseware.model.inline import Link, is_remote, plain_text
from courseware.model.session import Course, Session
from courseware.model.times.delivery import Issue
from courseware.model.variants import names
from courseware.process import MOST_MEMORY, Overdue, bounded_memory, limited
from courseware.reading.source.decoding import decode, largest, without_controls
from courseware.reading.source.front_matter import split
from courseware.reading.stages import Reading, read_session

__all__ = [
    "FileReading",
    "Loaded",
    "Reader",
    "Settings",
    "Survey",
    "assembled",
    "find_sessions",
    "heading_alone",
    "load",
    "lost_template",
    "read_file",
    "read_settings",
    "slugs",
    "survey",
]

LONGEST = 30.0
"""Seconds of the processor's time in which a session file has to be read; the longest that are allowed take some ten."""
_TITLE = re.compile(r"^(?:title:\s*[\"']?(.+?)[\"']?|#\s+(.+?))\s*$", re.MULTILINE)
_CONTENTS = re.compile(r"^(?:@@TOC@@|\[TOC\]|\[\[_?TOC_?\]\])[ \t]*$", re.MULTILINE | re.IGNORECASE)
_TARGET = re.compile(r"[ \t]*\[[^\]]+\]:[ \t]*\S")
MOST_NUMBERS = 40
"""Sessions that a hint names by their numbers."""
FIRST = 4_000
"""Bytes of a file in which its heading is looked for before it is read."""
replace = msgspec.structs.replace


class Loaded(msgspec.Struct, frozen=True):
    """A course as read: its root folder, the course, its files' findings, and who failed.

    `failed` are the paths of sessions that have an error.
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


class Survey(msgspec.Struct, frozen=True):
    """What a course's folder says before a session is read: settings, session files in order, findings."""

    root: Path
    settings: Settings
    paths: tuple[str, ...]
    folder: str
    findings: tuple[Diagnostic, ...]
    brand: Brand = Brand()

    def words(self) -> Vocabulary:
        """Return the words that reading its sessions understands."""
        settings = self.settings
        audiences = (variant.audience for variant in settings.variants.values())
        leaders = ("subject",) * (settings.leaders == "subject")
        framed = {"leaders": leaders, "open": settings.open, "audiences": tuple(filter(None, audiences))}  # fmt: skip
        added = (row for row in (dict(settings.added()) | framed).items() if row[1])
        return vocabulary_for(settings.language, added)


class FileReading(msgspec.Struct, frozen=True):
    """What came of a session file: its session, None where it has none; findings; whether it failed."""

    path: str
    session: Session | None
    findings: tuple[Diagnostic, ...]
    failed: bool = False


def load(where: Path, output: Path | None = None, read: Reader = read_session) -> Loaded:
    """Read the course at `where`: a folder, or one file, which is a course of one.

    `output` is no part of it; `read` reads a session's bytes.
    """
    found = survey(where, output)
    words = found.words()
    return assembled(found, [read_file(found, path, words, read) for path in found.paths])


def survey(where: Path, output: Path | None = None) -> Survey:
    """Return what there is to read of the course at `where`; `output` is no part of it."""
    if where.is_file():
        return Survey(where.parent, Settings(), (where.name,), "", ())
    settings, findings = read_settings(where)
    paths, left_out = session_paths(where, settings, output)
    folder = without_controls(where.resolve().name)
    brand, told = read_brand(where)
    findings = [*findings, *left_out, *layouts_elsewhere(where), *told]
    return Survey(where, settings, tuple(paths), folder, tuple(findings), brand)


def assembled(found: Survey, readings: Sequence[FileReading]) -> Loaded:
    """Return the course of sessions as read, in order: numbers settled, solutions known as such."""
    settings, root = found.settings, found.root
    sessions, guessed = settle_numbers([r.session for r in readings if r.session is not None])
    clashing = number_clashes(sessions)
    language = settings.language or _common_language(sessions)
    settled, doubted = settle_solutions(sessions, settings.open, language)
    findings = [
        *found.findings,
        *(f for r in readings for f in r.findings),
        *guessed,
        *doubted,
        *clashing,
    ]
    if settings.template and files.found(root, settings.template.lstrip("/")) is None:
        findings.append(lost_template(settings.template))
    if all(r.session is not None and r.session.sections for r in readings):  # all are read
        findings += _strange_sessions(found, settled)
    failed = {r.path for r in readings if r.failed} | {f.span.path for f in clashing}
    stated = settings.language or "en"  # what is of no other language was read as English
    spoken = tuple(replace(one, language=one.language or stated) for one in settled)
    course = _course(settings, found.folder, spoken)
    course = replace(course, language=language, brand=found.brand)
    return Loaded(root, course, settings, in_order(findings), frozenset(failed))


def _common_language(sessions: Sequence[Session]) -> str:
    """Return the language that most of the sessions are in; English where none has more than half of them."""
    counted = Counter(session.language or "en" for session in sessions if session.sections)
    language, most = next(iter(counted.most_common(1)), ("en", 0))
    return language if most > counted.total() / 2 else "en"


def _strange_sessions(found: Survey, sessions: Sequence[Session]) -> Iterator[Diagnostic]:
    """Yield the words of variants that name none of the course's sessions."""
    numbers = ", ".join(str(s.number) for s in sessions[:MOST_NUMBERS] if s.number is not None)
    for name, variant in found.settings.variants.items():
        for word in (w for w in variant.sessions if not any(names(w, s) for s in sessions)):
            message = f'variants: {name}: "{word}" is no session of the course'
            hint = f"the sessions are {numbers}" if word.isdecimal() and numbers else ""
            hint = hint or did_you_mean(word, found.paths)
            yield Diagnostic("C106", message, place_of(found.root, word, "variants"), hint)


def read_file(found: Survey, path: str, words: Vocabulary, read: Reader) -> FileReading:
    """Return what reading a session file gives."""
    try:
        data = files.read(found.root / path, largest(path) + 1)
    except OSError as error:
        message = error.strerror or "it cannot be read"
        return FileReading(path, None, (Diagnostic("C001", message, Span(path)),), True)
    try:
        with limited(LONGEST, processor=True), bounded_memory():
            data, told = with_includes(found.root, path, data)
            reading = read(data, path, words, found.settings.details)
    except (Overdue, MemoryError) as error:
        message = f"it takes more than {_exceeded(error)} to read"
        finding = Diagnostic("C007", message, Span(path), "split it")
        return FileReading(path, None, (finding,), True)
    findings, session = [*told, *reading.findings], reading.session
    holds = _holds_alone(session, data) if len(found.paths) > 1 and session is not None else ""
    if holds:
        message = f"this file is left out: it holds {holds} alone"
        return FileReading(path, None, (*findings, Diagnostic("C003", message, Span(path))))
    if session is not None:
        session = replace(session, module=session.module or found.settings.module_of(path))
        if session.role == "facilitator":
            message = "the whole file is for the facilitator, as its title or first lines say"
            findings.append(Diagnostic("C131", message, Span(path)))
    failed = any(f.severity == "error" for f in reading.findings)
    return FileReading(path, session, tuple(findings), failed)


def heading_alone(data: bytes, path: str) -> Reading:
    """Return a file that is not read yet by its heading alone: the facilitator's until it is read."""
    begun = data if len(data) <= FIRST else data[:FIRST].rpartition(b"\n")[0]
    source, _ = decode(begun, path)
    found = _TITLE.search(source or "")
    title = (found[1] or found[2]) if found else PurePosixPath(path).stem
    return Reading(Session(path=path, title=plain_text(title), role="facilitator"), ())


def _exceeded(error: BaseException) -> str:
    """Return the limit that a file's reading went beyond, in words."""
    memory = f"{MOST_MEMORY // 1_000_000_000} GB of memory"
    return memory if isinstance(error, MemoryError) else f"{LONGEST:g} s of the processor's time"


def _holds_alone(session: Session, data: bytes) -> str:
    """Return what a file holds that has no session's text, "" where it has some.

    A list of contents is one of links to pages of the course; one of links to elsewhere is something to read.
    """
    nodes = session.nodes()
    if any(isinstance(node, List) for node in nodes) and all(map(_is_of_contents, nodes)):
        return "a list of contents"
    if session.sections or session.meta:
        return ""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    lines = split(text)[3]
    below = "\n".join(text.split("\n")[lines:]).strip()
    if not below:
        return "front matter" if lines else ""
    if all(_TARGET.match(line) for line in below.split("\n") if line.strip()):
        return "targets of links"
    return "a list of contents" if _CONTENTS.search(below) else ""


def _is_of_contents(node: AnyNode) -> bool:
    """Whether a block is part of a list of links to the course's pages, or of its headings."""
    if isinstance(node, Section):
        return node.kind in ("introduction", "concept")
    if isinstance(node, Paragraph):
        said = [one for one in node.text.inlines if Text((one,)).plain.strip("-–—·|")]
        return bool(said) and all(isinstance(one, Link) and _is_page(one.target) for one in said)
    return isinstance(node, List | Item | Topic)


def _is_page(target: str) -> bool:
    """Whether a link leads to a page of the course: a file that may be a session, or what a site makes of it."""
    path = PurePosixPath(target.partition("#")[0])
    return not is_remote(target) and (is_markdown(path.name) or path.suffix in ("", ".html"))


def _course(settings: Settings, folder: str, sessions: tuple[Session, ...]) -> Course:
    """Return the course: what course.yml says of it, and its sessions."""
    return Course(
        title=settings.title,
        folder=folder,
        subtitle=settings.subtitle,
        author=settings.author,
        organisation=settings.organisation,
        direction=settings.direction,
        licence=settings.licence,
        version=settings.version,
        paper=settings.paper,
        typography=settings.typography,
        file_names=settings.file_names,
        delivery=settings.delivery,
        issue=_issue(settings, settings.title or folder),
        guide=settings.guide,
        answers=settings.answers,
        template=settings.template.lstrip("/"),
        layouts=settings.layout_names(),
        words=settings.words,
        sessions=sessions,
    )


def _issue(settings: Settings, title: str) -> Issue:
    """Return what the calendar says of itself; a delivery without a name has the course's."""
    own = settings.schedule
    return Issue(own.id or title, own.issued, own.revision) if own else Issue()


def lost_template(name: str) -> Diagnostic:
    """Return the finding on a slide template that is not in the course."""
    message = f'template: there is no file "{name}" in the course'
    hint = "a path from the course's folder; --template takes any"
    return Diagnostic("C311", message, Span("course.yml"), hint)
