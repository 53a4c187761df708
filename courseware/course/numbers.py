"""Numbers and roles that depend on the course's other sessions."""

from __future__ import annotations

from pathlib import PurePosixPath

import msgspec

from courseware.diagnostics import Diagnostic, Span
from courseware.model.session import Session

replace = msgspec.structs.replace


def settle_numbers(sessions: list[Session]) -> tuple[list[Session], list[Diagnostic]]:
    """Drop numbers guessed from names that other sessions have, with a note on each."""
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


def number_clashes(sessions: list[Session]) -> list[Diagnostic]:
    """Return a finding at each session whose stated number another one states, too."""
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


def settle_solutions(sessions: list[Session]) -> tuple[Session, ...]:
    """Keep a file titled Solution for the facilitator only after an exercise file of its folder.

    Others may stand between: file names sort so. A file answers one exercise file.
    """
    result: list[Session] = []
    waiting = set[PurePosixPath]()  # folders whose last exercise file has no solution yet
    for session in sessions:
        folder = PurePosixPath(session.path).parent
        if session.role == "answers" and folder not in waiting:
            session = replace(session, role="session")
        elif session.role == "answers":
            waiting.remove(folder)
        elif _is_exercise(session):
            waiting.add(folder)
        result.append(session)
    return tuple(result)


def _is_exercise(session: Session) -> bool:
    """Whether a file is one exercise: what it begins with is the exercise, without a heading."""
    first = session.sections[0] if session.sections else None
    return first is not None and first.kind == "exercises" and not first.heading.name
