"""A course on disk: course.yml, its session files in order, what is left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from courseware import files
from courseware.course.numbers import (
    find_sessions,
    number_clashes,
    settle_numbers,
    settle_solutions,
    slugs,
)
from courseware.course.paths import layouts_elsewhere, session_paths
from courseware.course.settings import Settings, read_settings
from courseware.diagnostics import Diagnostic, Span, in_order
from courseware.language.vocabulary import Vocabulary, vocabulary_for
from courseware.model.session import Course, Session
from courseware.reading.source.decoding import LARGEST, without_controls
from courseware.reading.source.front_matter import split
from courseware.reading.stages import Reading, read_session

__all__ = [
    "Loaded",
    "Reader",
    "Settings",
    "find_sessions",
    "load",
    "lost_template",
    "read_settings",
    "slugs",
]

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
        findings += [*left_out, *layouts_elsewhere(root)]
    sessions, found, failed = _read(root, paths, settings, read)
    sessions, guessed = settle_numbers(sessions)
    findings += [*found, *guessed]
    clashing = number_clashes(sessions)
    findings += clashing
    if settings.template and files.found(root, settings.template.lstrip("/")) is None:
        findings.append(lost_template(settings.template))
    failed |= {f.span.path for f in clashing}
    title = settings.title or ("" if where.is_file() else without_controls(root.resolve().name))
    course = _course(settings, title, settle_solutions(sessions))
    return Loaded(root, course, settings, in_order(findings), frozenset(failed))


def _is_bare(session: Session, data: bytes) -> bool:
    """Whether a file has nothing below its front matter."""
    if session.sections or session.meta:
        return False
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    lines = split(text)[3]
    return lines > 0 and not "".join(text.split("\n")[lines:]).strip()


def _course(settings: Settings, title: str, sessions: tuple[Session, ...]) -> Course:
    """Return the course: what course.yml says of it, and its sessions."""
    return Course(
        title=title,
        subtitle=settings.subtitle,
        author=settings.author,
        organisation=settings.organisation,
        language=settings.language,
        direction=settings.direction,
        licence=settings.licence,
        version=settings.version,
        paper=settings.paper,
        delivery=settings.delivery,
        guide=settings.guide,
        answers=settings.answers,
        template=settings.template.lstrip("/"),
        layouts=settings.layout_names(),
        words=settings.words,
        vocabulary=settings.vocabulary,
        sessions=sessions,
    )


def lost_template(name: str) -> Diagnostic:
    """Return the finding on a slide template that is not in the course."""
    message = f'template: there is no file "{name}" in the course'
    hint = "a path from the course's folder; --template takes any"
    return Diagnostic("C311", message, Span("course.yml"), hint)


def _read(
    root: Path, paths: list[str], settings: Settings, read: Reader
) -> tuple[list[Session], list[Diagnostic], set[str]]:
    """Return the sessions of files, the findings, and the paths that have an error."""
    audiences = (variant.audience for variant in settings.variants.values())
    framed = {"leaders": (settings.leaders,), "open": settings.open,
              "audiences": tuple(filter(None, audiences))}  # fmt: skip
    words = vocabulary_for(settings.language, (settings.vocabulary | framed).items())
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
        if len(paths) > 1 and reading.session is not None and _is_bare(reading.session, data):
            message = "this file is left out: it holds front matter alone"
            findings.append(Diagnostic("C003", message, Span(path)))
            continue
        if reading.session is not None:
            module = reading.session.module or settings.module_of(path)
            sessions.append(replace(reading.session, module=module))
            if reading.session.role == "facilitator":
                message = "the whole file is for the facilitator, as its title or first lines say"
                findings.append(Diagnostic("C131", message, Span(path)))
        if any(f.severity == "error" for f in reading.findings):
            failed.add(path)
    return sessions, findings, failed
