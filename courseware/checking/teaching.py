"""Rules on teaching, which `check --teaching` adds: objectives, what practises them, how it is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseware.checking.rules import of_session
from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic
from courseware.language.vocabulary import Vocabulary, vocabulary_in
from courseware.model.blocks import Box, Field, Section
from courseware.model.session import Session
from courseware.model.times.planning import Matrix, matrix, name_of
from courseware.model.times.segments import Piece, pieces
from courseware.model.walk import walk

CLOSING = frozenset({"debrief", "discussion", "questions"})
"""Kinds of boxes and sections that close an exercise."""
_WORD = re.compile(r"[^\W\d_]+")


def unobservable(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Say of objectives whose first verb nobody can see done: "understand", "know"."""
    words = vocabulary_in(session.tongue)
    for goal in matrix(session).goals:
        verb = next(iter(_WORD.findall(goal.words.lower())), "")
        if verb in words.of("unobservable_verbs"):
            message = f'nobody sees whether somebody can "{verb}"'
            hint = "begin with what a learner does: name, draw, compare, decide, write"
            yield Diagnostic("C154", message, goal.node.span, hint)


def no_practice(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Say of objectives that no exercise practises, where a session has exercises."""
    found = matrix(session)
    for goal in found.goals if found else ():
        if not goal.by:
            message = f'no exercise practises "{goal.words}"'
            hint = "an exercise that does shares its words: name there what the objective names"
            yield Diagnostic("C155", message, goal.node.span, hint)


def no_debrief(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Say of exercises that end without a question on them."""
    parts = pieces(session) if session.role == "session" else ()
    spans, words = {node.id: node.span for node in session.nodes()}, vocabulary_in(session.tongue)
    for piece, after in zip(parts, (*parts[1:], None), strict=False):
        closed = _closes(piece, words) or (after is not None and after.kind in CLOSING)
        if piece.kind == "exercise" and not closed and piece.id in spans:
            message = f"{name_of(piece)} has no debrief"
            hint = 'a block "::: debrief" asks what was hard, what surprised, what to take home'
            yield Diagnostic("C156", message, spans[piece.id], hint)


def _closes(piece: Piece, words: Vocabulary) -> bool:
    """Whether something in a segment asks what came of it: by its kind, or by its title's words."""
    for node in walk(piece.blocks):
        heading = getattr(node, "heading", None)
        kinds = {
            getattr(node, "kind", "") if isinstance(node, Box | Section) else "",
            node.role if isinstance(node, Field) else "",
            words.section_kind(heading.name) if heading is not None and heading.name else "",
        }
        if kinds & CLOSING:
            return True
    return False


TEACHING = (unobservable, no_practice, no_debrief)


def with_teaching(loaded: Loaded, session: Session) -> tuple[Diagnostic, ...]:
    """Return what every rule finds in a session, those on teaching among them."""
    found = (one for rule in TEACHING for one in rule(loaded, session))
    return (*of_session(loaded, session), *found)


def matrices(loaded: Loaded) -> str:
    """Return the matrix of each session that has one."""
    found = ((session, matrix(session)) for session in loaded.course.sessions)
    return "".join(_as_text(session, one) for session, one in found if one)


def _as_text(session: Session, found: Matrix) -> str:
    """Return a session's objectives by its exercises: a cross where one practises the other."""
    number = f"{session.number:02d} " if session.number is not None else ""
    lines = [f"{number}{session.title.plain}"]
    lines += [f"  {at:2}  {name_of(piece)}"
              for at, piece in enumerate(found.work, 1)]  # fmt: skip
    lines.append("      " + " ".join(f"{at:2}" for at in range(1, len(found.work) + 1)))
    for goal in found.goals:
        marks = " ".join(" x" if piece.id in goal.by else " ·" for piece in found.work)
        lines.append(f"      {marks}  {goal.words}")
    return "\n".join(lines) + "\n"
