"""Which exercise practises which objective: a session's matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from courseware.model.blocks import AnyNode
from courseware.model.session import Session
from courseware.model.times.agenda import with_agenda
from courseware.model.times.objectives import Wording, objectives, said
from courseware.model.times.segments import WORK, Piece, pieces


class Goal(msgspec.Struct, frozen=True):
    """An objective: its block, its words, and the ids of the exercises that practise it."""

    node: AnyNode
    words: str
    by: frozenset[str]


class Matrix(msgspec.Struct, frozen=True):
    """A session's objectives, and its exercises and activities, both in source order."""

    goals: tuple[Goal, ...]
    work: tuple[Piece, ...]

    def __bool__(self) -> bool:
        """Whether there is something to compare."""
        return bool(self.goals and self.work)


def matrix(session: Session) -> Matrix:
    """Return which exercises practise which objectives, by the words that they share."""
    flat = tuple(_flat(with_agenda(session, pieces(session))))
    work = tuple(p for p in flat if p.kind in WORK and not p.optional)
    practised = Wording(session, flat).practised()
    ids = {p.id for p in work}
    goals = (Goal(n, said(n), practised.get(n.id, frozenset()) & ids) for n in objectives(session))
    return Matrix(tuple(goals), work)


def _flat(parts: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces; in place of one that holds exercises, what it holds."""
    for part in parts:
        inner = [p for p in part.inside if p.kind in WORK]
        yield from _flat(inner) if inner and part.kind not in WORK else (part,)


def name_of(piece: Piece) -> str:
    """Return the short name of an exercise: its label, else its title."""
    return piece.heading.label.rstrip(" :.—–-") or piece.heading.name
