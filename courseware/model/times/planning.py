"""A session's segments as a plan sees them, what a plan changes, and plans by minutes and starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from courseware.model.blocks import AnyNode
from courseware.model.session import Session
from courseware.model.times.agenda import with_agenda
from courseware.model.times.objectives import NEAR, Wording, objectives, said
from courseware.model.times.plan import Candidate, Kind, Plan, best_plan, floor_of, with_shown
from courseware.model.times.segments import WORK, Piece, pieces
from courseware.model.walk import walk

LATE = (5, 10, 15, 30)
"""Minutes late that the guide plans for: what a late start, or one long discussion, costs."""
QUARTER = 15
LATE_FROM, LATEST = 30, 3
"""Minutes that a session takes at least for late starts to be planned for; a start that costs more
than the session's minutes divided by `LATEST` is no late start."""
KINDS: dict[str, Kind] = {
    "break": "break", "free": "break", "introduction": "opening", "welcome": "opening", "objectives": "opening",
    "guiding": "opening", "takeaways": "closing", "next": "closing", "exercises": "practice",
    **dict.fromkeys(WORK, "practice"),
}  # fmt: skip
"""What a kind of segment is for a plan; any other is talk, unless there is work inside it."""


class Change(msgspec.Struct, frozen=True):
    """What a plan changes of a segment: minutes before and after, 0 where it falls out."""

    id: str
    before: int
    after: int

    @property
    def out(self) -> bool:
        """Whether the segment falls out."""
        return self.after == 0


class Late(msgspec.Struct, frozen=True):
    """A start that is so many `minutes` late, and what to change to end in time all the same.

    Several minutes that need the same are one.
    """

    minutes: tuple[int, ...]
    changes: tuple[Change, ...]

    @property
    def quarter(self) -> bool:
        """Whether it is for a start a quarter of an hour late."""
        return QUARTER in self.minutes


def kind_of(piece: Piece) -> Kind:
    """Return what a segment is for a plan."""
    if piece.kind in KINDS:
        return KINDS[piece.kind]
    return "practice" if any(part.kind in WORK for part in piece.inside) else "talk"


def candidates(
    session: Session, pieces: Sequence[Piece], minutes: Sequence[int]
) -> tuple[Candidate, ...]:  # fmt: skip
    """Return the segments that take time, with floors, what is kept and what goes first."""
    wording = Wording(session, pieces)
    talk, work = (
        [p for p in pieces if p.timed and kind_of(p) == kind] for kind in ("talk", "practice")
    )
    told = [*wording.named(talk), *(wording.named(work) or wording.named(work, NEAR))]
    kept, first = (_marked(session, mark) for mark in ("keep", "drop_first"))
    found: list[Candidate] = []
    taking = [(p, planned) for p, planned in zip(pieces, minutes, strict=True)
              if p.timed and planned]  # fmt: skip
    for at, (piece, planned) in enumerate(taking):
        mine = {piece.id, *(b.id for b in piece.blocks)}
        kind, low = kind_of(piece), piece.time.low if piece.time else planned
        if piece.kind == "agenda" and at in (0, len(taking) - 1):
            kind = "closing" if at else "opening"
        found.append(Candidate(
            id=piece.id, kind=kind, minutes=planned, floor=floor_of(kind, planned, low),
            low=min(low, planned), stated=piece.time is not None,
            optional=piece.optional or bool(mine & first),
            keep=bool(mine & kept), named=told.count(piece.id), uses=wording.base(piece, talk) if kind == "practice" else "",
        ))  # fmt: skip
    return with_shown(found)


def _marked(session: Session, mark: str) -> set[str]:
    """Return the ids of what stands under a heading that is marked so."""
    heads = (n for n in walk(session.sections) if getattr(getattr(n, "heading", None), mark, False))
    return {node.id for head in heads for node in walk([head]) if node.id}


def changes(some: Iterable[Candidate], plan: Plan) -> tuple[Change, ...]:
    """Return what a plan changes, in the order of the session."""
    pairs = ((c, plan.minutes.get(c.id, 0)) for c in some)
    return tuple(Change(c.id, c.minutes, after) for c, after in pairs if after != c.minutes)


def late_starts(some: Sequence[Candidate]) -> tuple[Late, ...]:
    """Return what to change after late starts; none that would cost more than can be given."""
    total = sum(c.minutes for c in some)
    found: list[Late] = []
    for minutes in LATE:
        plan = best_plan(some, total - minutes, few=True)
        if not plan.fits or minutes * LATEST > total or total < LATE_FROM:
            continue
        made = changes(some, plan)
        if found and found[-1].changes == made:
            found[-1] = Late((*found[-1].minutes, minutes), made)
        else:
            found.append(Late((minutes,), made))
    return tuple(found)


def planned(some: Sequence[Candidate], plan: Plan) -> tuple[Candidate, ...]:
    """Return what a plan keeps, with its minutes; floors stay."""
    return tuple(
        msgspec.structs.replace(c, minutes=m, low=min(c.low, m), floor=min(c.floor, m))
        for c in some
        if (m := plan.minutes.get(c.id, 0))
    )


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
    return piece.heading.short or piece.heading.name
