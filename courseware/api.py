"""The public API: a course read, checked and built from Python; docs/api.md shows it."""

from __future__ import annotations

from pathlib import Path

from courseware import files
from courseware.build.request import course_of
from courseware.build.steps import build
from courseware.checking import rules
from courseware.course.loading import Loaded
from courseware.course.numbers import settle_numbers
from courseware.diagnostics import Diagnostic
from courseware.language.vocabulary import vocabulary_for
from courseware.reading.source.decoding import largest
from courseware.reading.stages import Reading
from courseware.reading.stages import read_session as read_bytes

__all__ = ["build", "check", "read_course", "read_session"]


def read_course(where: str | Path) -> Loaded:
    """Return the course at `where`, a folder or one session file, with the findings of reading it.

    Raises `RequestError` where there is no course or no session; what an author wrote never raises.
    """
    return course_of(Path(where))


def read_session(file: str | Path, data: bytes | None = None) -> Reading:
    """Return the session in a file, as one without a course, and the findings of reading it.

    With `data` its bytes are these, as an editor holds them, and nothing is read. The session is
    None where it cannot be read. Raises `OSError` where the file cannot be opened.
    """
    path = Path(file)
    if data is None:
        data = files.read(path, largest(str(path)) + 1)
    reading = read_bytes(data, path.name, vocabulary_for(""))
    if reading.session is None:
        return reading
    (session,), guessed = settle_numbers([reading.session])
    return Reading(session, (*reading.findings, *guessed))


def check(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Return all findings on a course, those of reading it among them, in order of their places."""
    return tuple(rules.check(loaded))
