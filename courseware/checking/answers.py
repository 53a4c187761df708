"""A rule on answers: which exercises and questions have none for the answer key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Span
from courseware.model.blocks import AnyNode, Box, Field, Item, Section
from courseware.model.kinds import find_kind
from courseware.model.session import Session, hidden
from courseware.model.walk import walk


def no_answer(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Say once a session which exercises and questions have no answer."""
    if session.role != "session":
        return
    bare = [e for e in session.exercises() if not _answers([e])]
    missing = [(f"exercise {e.number}", e.span) for e in bare]
    for place, section in enumerate(session.sections):
        if section.kind == "questions":
            missing += _questions(section, session.sections[place + 1 :])
    if missing and not _answered_by_next(loaded, session):
        names = ", ".join(name for name, _ in missing)
        hint = 'a block "::: answer" where it stands is in the answer key and the guide'
        yield Diagnostic("C225", f"no answer: {names}", missing[0][1], hint)


def _answered_by_next(loaded: Loaded, session: Session) -> bool:
    """Whether the file after this one answers it: an exercise file, without a title of its own."""
    first = session.sections[0]
    if first.kind != "exercises" or first.heading.name:
        return False
    sessions = loaded.course.sessions
    at = next((n for n, one in enumerate(sessions) if one.path == session.path), len(sessions))
    return any(one.role == "answers" for one in sessions[at + 1 : at + 2])


def _questions(section: Section, after: Sequence[Section]) -> list[tuple[str, Span]]:
    """Return the questions of a section without an answer; one for all of them counts for each."""
    items = [n for n in walk(section.blocks) if isinstance(n, Item) and n.asks and not hidden(n)]
    inside = sum(_answers([item]) for item in items)
    if _answers(section.blocks) > inside or any(s.kind == "answers" for s in after[:1]):
        return []
    return [(f"question {n}", item.span) for n, item in enumerate(items, 1) if not _answers([item])]


def _answers(nodes: Iterable[AnyNode]) -> int:
    """Return how many answers there are in nodes."""
    return sum(_is_answer(node) for node in walk(nodes))


def _is_answer(node: AnyNode) -> bool:
    if isinstance(node, Box | Section):
        return find_kind(node.kind).answers
    return isinstance(node, Field) and node.role == "answer"
