"""The rules that `check` and every build apply to a course, and the table `CHECKS` of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec

from courseware import files
from courseware.checking.addresses import broken
from courseware.checking.layouts import changed_names
from courseware.checking.plans import plans
from courseware.checking.schedule import schedule_findings
from courseware.checking.tasks import no_prompt, no_space, no_task
from courseware.checking.times import (
    no_answer,
    no_break,
    no_cue,
    times_above_length,
    times_inside,
    unused_times,
)
from courseware.course.contents import MARKDOWN
from courseware.course.found_pictures import picture_file
from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Edit, Severity, Span, in_order, renaming
from courseware.folders import output_of
from courseware.model.blocks import Exercise, Figure, Footnote, Heading, Section, Topic
from courseware.model.inline import EMBEDDED, Image, Link, is_elsewhere, is_remote
from courseware.model.session import Session
from courseware.model.times.timing import run_sheet
from courseware.model.walk import blocks_of
from courseware.reading.source.decoding import decode
from courseware.schedule.appointments import SlotsOf, plan_slots

_APART = re.compile(r"[\W_]+")
_AGAIN = re.compile(r"-\d+$")
_NAMED = re.compile(
    r"\b(?:id|name)\s*=\s*[\"']?([^\s\"'>}]+)|\{[^{}\n]*#([\w:.-]+)|^[ \t]*\(([\w:.-]+)\)=",
    re.MULTILINE,
)
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}[ \t]*$")
_TIME = re.compile(r"[([][^()\[\]]*[)\]][ \t]*$")
Check = Callable[[Loaded, Session], Iterator[Diagnostic]]


def exercises_without_time(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Warn once a session of exercises that state no time; none inside a timed block or agenda."""
    if dict(session.minutes).get("exercises") or dict(session.minutes).get("minutes"):
        return
    open_ = {s.id for s in run_sheet(session).segments if s.timed and not s.stated}
    untimed = [e for e in session.exercises() if e.time is None and e.id in open_]
    if untimed:
        names = ", ".join(e.number for e in untimed)
        what = f"exercise {names} states" if len(untimed) == 1 else f"exercises {names} state"
        hint = 'say "(30 min)" in the heading'
        yield Diagnostic("C203", f"{what} no time", untimed[0].span, hint)


def links_and_images(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Warn of dead links, missing images and images without alternative text."""
    for text in session.texts():
        for link in text.links:
            yield from _link(loaded, session, link)
        for image in text.images:
            yield from _image(loaded, session, image)
    for node in session.nodes():
        if isinstance(node, Figure):
            image = Image(node.source, node.alt, line=node.span.line, column=node.span.column)
            yield from _image(loaded, session, image)


def _link(loaded: Loaded, session: Session, link: Link) -> Iterator[Diagnostic]:
    target = link.target.partition("#")[0]
    if not target or is_remote(link.target) or "{" in target:
        return
    place = Span(session.path, link.line, link.column)
    if target.startswith(".."):
        yield Diagnostic("C205", f'"{target}" is not in the course', place)
        return
    if not any(files.exists(loaded.root / path) for path in _pages(target)):
        hint, mend = renaming(target, loaded.paths(), place)
        yield Diagnostic("C205", f'"{target}" does not exist', place, hint, mend=mend)


def _pages(target: str) -> Iterator[str]:
    """Yield the files that a link may mean: as written, or as the page that a site makes of a file."""
    yield target
    bare = target.removesuffix("/").removesuffix("/index.html").removesuffix(".html")
    yield from (f"{bare}{ending}" for ending in (*MARKDOWN, "/README.md", "/index.md"))


def _image(loaded: Loaded, session: Session, image: Image) -> Iterator[Diagnostic]:
    place = Span(session.path, image.line, image.column)
    if not image.alt:
        message = f'the image "{image.source[:60]}" has no alternative text'
        yield Diagnostic("C207", message, place, "say what it shows: ![what it shows](file)")
    if is_elsewhere(image.source):
        message = f'"{image.source}" is not fetched'
        yield Diagnostic("C209", message, place, "put the image beside the session")
    if image.source.startswith(EMBEDDED) and (why := broken(image.source)):
        told = f'the address "{image.source[:40]}…" holds no picture: {why}'
        yield Diagnostic(
            "C194", told, place, "put the picture beside the session, and name its file"
        )
    if is_remote(image.source):
        return
    path = loaded.root / image.source
    if image.source.startswith("..") and not path.exists():
        message = f'the image "{image.source}" is missing: that is outside of the course'
        yield Diagnostic("C206", message, place, "put it into the course")
    elif image.source.startswith("..") or files.leaves(loaded.root, image.source):
        yield Diagnostic(
            "C208", f'"{image.source}" leaves the course', place, "put it into the course"
        )
    elif (
        image.source
        and not _exact(path)
        and (_alike(path) or not picture_file(loaded.root, image.source))
    ):
        hint, mend = _other_name(path, place)
        told = f'the image "{image.source}" is missing'
        yield Diagnostic("C206", told, place, hint, mend=mend)


def _exact(path: Path) -> bool:
    return files.is_file(path) and path.name in files.names(path.parent)


def _alike(path: Path) -> bool:
    """Whether a file is there whose name has other capitals: on another machine, it is missing."""
    return path.name.lower() in {name.lower() for name in files.names(path.parent)}


def _other_name(path: Path, place: Span) -> tuple[str, tuple[Edit, ...]]:
    """Return the hint that names the file meant, the same but for capitals, else the nearest; and the edit."""
    names = files.names(path.parent)
    same = [n for n in names if n.lower() == path.name.lower()]
    hint, mend = renaming(path.name, same or names, place)
    return f'the file is called "{same[0]}"' if same else hint, mend


def skipped_headings(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Warn where a heading lies more than one level below the one before it."""
    level = 0
    for node in session.nodes():
        heading: Heading | None = getattr(node, "heading", None)
        if heading is None or not heading.level or not isinstance(node, Section | Topic | Exercise):
            continue
        if level and heading.level > level + 1:
            message = f"a heading of level {heading.level} follows one of level {level}"
            mend = (Edit(node.span.line, 1, "#" * heading.level, "#" * (level + 1)),)
            hint = f"begin it with {'#' * (level + 1)}"
            yield Diagnostic("C202", message, node.span, hint, mend=mend)
        level = heading.level


def lonely_footnotes(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Warn of footnotes that nothing refers to, and of those whose name another has."""
    printed = session.footnotes()
    for note in blocks_of(session.sections, Footnote):
        if (other := printed[note.label]) is not note:
            message = f"[^{note.label}] is not printed: line {other.span.line} has it again"
            yield Diagnostic("C122", message, note.span, "give one of them another name")
    referred = {label for text in session.texts() for label in text.notes}
    for label, note in printed.items():
        if label not in referred:
            message = f"nothing refers to the footnote [^{label}]"
            yield Diagnostic("C122", message, note.span)


def lost_anchors(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Warn of links to a place in this file, or in another session's, that is not there."""
    known: dict[str, frozenset[str]] = {}
    for text in session.texts():
        for link in text.links:
            path, mark, name = link.target.partition("#")
            if not mark or name in ("", "top") or ":" in path or "{" in name:
                continue
            path = path or session.path
            if path not in known:
                known[path] = _places(loaded, path)
            if known[path] and not {_key(name), _key(_AGAIN.sub("", name))} & known[path]:
                place = Span(session.path, link.line, link.column)
                message = f'"#{name}" is no place in {path}'
                hint, mend = renaming(name, _headings(loaded, path), place)
                hint = hint or "name a heading of that file"
                yield Diagnostic("C126", message, place, hint, mend=mend)


def _headings(loaded: Loaded, path: str) -> list[str]:
    """Return the names of a session's headings."""
    found = (s for s in loaded.course.sessions if s.path == path)
    return [n.id for s in found for n in s.nodes() if n.id and getattr(n, "heading", None)]


def _key(text: str) -> str:
    return _APART.sub("", unquote(text).casefold())


def _places(loaded: Loaded, path: str) -> frozenset[str]:
    """Return what links to a session may name: its lines as keys, names and ids; nothing of another file."""
    if path not in {session.path for session in loaded.course.sessions}:
        return frozenset()
    try:
        source, _ = decode(files.read(loaded.root / path), path)
    except OSError:
        return frozenset()
    lines = [_ATTRIBUTES.sub("", line) for line in (source or "").split("\n")]
    names = (name for found in _NAMED.finditer(source or "") for name in found.groups() if name)
    return frozenset(
        {"", *map(_key, lines), *(_key(_TIME.sub("", one)) for one in lines), *map(_key, names)}
    )


CHECKS: tuple[Check, ...] = (
    exercises_without_time,
    times_above_length,
    plans,
    times_inside,
    unused_times,
    no_break,
    no_cue,
    no_answer,
    no_prompt,
    no_space,
    no_task,
    links_and_images,
    lost_anchors,
    skipped_headings,
    lonely_footnotes,
)
if len(set(CHECKS)) != len(CHECKS):
    raise RuntimeError("a check stands twice in the table")


def of_session(loaded: Loaded, session: Session) -> tuple[Diagnostic, ...]:
    """Return what every rule finds in a session."""
    return tuple(found for rule in CHECKS for found in rule(loaded, session))


def check(
    loaded: Loaded, each: Callable[[Loaded, Session], Iterable[Diagnostic]] = of_session,
    slots_of: SlotsOf | None = plan_slots, output: Path | None = None,
) -> tuple[Diagnostic, ...]:  # fmt: skip
    """Return all findings on a course: those of its reading, those in `each` session, those on its days.

    `slots_of` gives a session's segments, None where the days are not to be looked at; `output` is the folder of what was published, where it is not the usual.
    """
    found = [*loaded.findings, *changed_names(loaded)]
    if slots_of is not None:
        found += schedule_findings(loaded, slots_of, output or output_of(loaded.root))
    for session in loaded.course.sessions:
        found.extend(each(loaded, session))
    return with_lines(loaded, in_order(accepted(loaded, found)))


def accepted(loaded: Loaded, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return findings without the warnings and notes whose codes course.yml accepts."""
    codes = loaded.settings.accept
    return [one for one in found if one.code not in codes or one.severity is Severity.ERROR]


def with_lines(loaded: Loaded, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return findings with their source lines, where a rule found them at a place of a file."""
    read: dict[str, list[str]] = {}
    paths = {session.path for session in loaded.course.sessions}

    def line_of(one: Diagnostic) -> str:
        span = one.span
        if span.path not in read:
            try:
                text, _ = decode(files.read(loaded.root / span.path), span.path)
            except OSError:  # it went since the course was read
                text = None
            read[span.path] = (text or "").split("\n")
        return read[span.path][span.line - 1][:300] if span.line <= len(read[span.path]) else ""

    return tuple(
        msgspec.structs.replace(one, line=line_of(one))
        if one.code[1] in "12" and not one.line and one.span.path in paths
        and (one.span.line, one.span.column) > (1, 1)
        else one
        for one in found
    )  # fmt: skip
