"""The time table of a session: its segments with their minutes, when each starts, what changes.

    run_sheet(session, delivery) -> RunSheet
        segments: Segment, …          in source order, those that fall out among them
        available: Time | None        the length that is there, where it is known
        changes: Change, …            what a plan for another length changes

    fallbacks(session, delivery) -> Fallbacks
        short: Change, …              what to change to get down to the low end of the length
        late: Late, …                 what to change after late starts

Guide, agenda, notes, checks and `times` read it; none computes a time of its own. The rules, and
where their figures come from, are in docs/timing.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from courseware.model.blocks import Block, Heading, Time
from courseware.model.inline import plain_text
from courseware.model.session import Session, once
from courseware.model.times.agenda import with_agenda
from courseware.model.times.delivery import Appointment, Delivery, Pause
from courseware.model.times.fitting import inner_minutes, opened, scaled, shared
from courseware.model.times.plan import Plan, best_plan
from courseware.model.times.planning import (
    Change,
    Late,
    candidates,
    changes,
    late_starts,
    planned,
)
from courseware.model.times.segments import WORK, Piece, pieces, words_between
from courseware.model.walk import walk

replace = msgspec.structs.replace
_OPENING = frozenset({"introduction", "objectives"})
"""Kinds of sections that lead in to a session."""
LONG_WITHOUT_BREAK = 90
"""Minutes in one go after which `check` suggests a break."""


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the run sheet; minutes are planned ones, `start` counts from the beginning.

    `low` and `high` are the stated range, or the estimate twice. `stated` tells the author's time
    from the program's. `timed` is False for what takes no time in the room, `out` marks what falls
    out of a plan. `inside` are the parts with times of their own, which the segment's minutes contain;
    `opened` are the ids of those that are segments of their own after it. `pause` is the course's break
    or night that it stands for, which is none of the session's minutes.
    """

    id: str
    heading: Heading
    kind: str
    low: int
    high: int
    minutes: int
    stated: bool
    start: int
    timed: bool = True
    optional: bool = False
    out: bool = False
    opened: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    inside: tuple[Segment, ...] = ()
    pause: Pause | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The names of its blocks, its own first."""
        return tuple(dict.fromkeys([self.id, *(node.id for node in walk(self.blocks) if node.id)]))

    @property
    def title(self) -> str:
        """What the segment is called; "" where its author gave it no name."""
        return self.heading.full

    @property
    def taken(self) -> int:
        """The minutes that it takes off the clock."""
        return 0 if self.out or not self.timed else self.minutes

    @property
    def end(self) -> int:
        """When it ends, in minutes from the beginning."""
        return self.start + self.taken

    @property
    def date(self) -> str:
        """The day that begins after it, where it is a night; else ""."""
        return self.pause.date if self.pause else ""


class RunSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A session's segments for one delivery, and what they add up to, in minutes.

    `whole` are the minutes of the session in full, without a plan for another length.
    """

    segments: tuple[Segment, ...]
    delivery: Delivery
    whole: int = 0
    available: Time | None = None
    changes: tuple[Change, ...] = ()

    def timed(self) -> tuple[Segment, ...]:
        """Return the segments that take time in the room; what falls out is not among them."""
        return tuple(s for s in self.segments if s.timed and not s.out)

    def segment(self, name: str) -> Segment | None:
        """Return the segment of a block's id, or None; those inside others count, too."""
        return next((s for s in _all(self.segments) if s.id == name), None)

    @property
    def total(self) -> int:
        """Minutes planned; the course's breaks are none of them."""
        return sum(s.taken for s in self.segments if not s.pause)

    @property
    def end(self) -> int:
        """When the last segment ends, in minutes from the beginning."""
        return max((s.end for s in self.segments), default=0)

    @property
    def stated(self) -> int:
        """Minutes planned that the author stated."""
        return sum(s.taken for s in self.segments if s.stated and not s.pause)

    @property
    def estimated(self) -> int:
        """Minutes planned that the program estimated."""
        return self.total - self.stated

    @property
    def breaks(self) -> int:
        """Minutes planned that are breaks."""
        own = (s for s in _all(self.timed()) if s.kind == "break" and not s.pause)
        return sum(s.taken for s in own)

    @property
    def over(self) -> int:
        """Minutes planned beyond those available."""
        return max(0, self.total - self.available.high) if self.available else 0

    @property
    def spare(self) -> int:
        """Minutes available at least that nothing is planned for."""
        return max(0, self.available.low - self.total) if self.available else 0


class Fallbacks(msgspec.Struct, frozen=True):
    """What to change of a run sheet: to get down to the low end of its length, after late starts."""

    short: tuple[Change, ...] = ()
    late: tuple[Late, ...] = ()


def _all(segments: Iterable[Segment]) -> Iterable[Segment]:
    for segment in segments:
        yield segment
        yield from _all(segment.inside)


def _given(session: Session) -> dict[str, int]:
    """Return the minutes that front matter states, by their names; none where a template left all at 0."""
    given = dict(session.minutes)
    return given if any(given.values()) else {}


def length_of(session: Session) -> Time | None:
    """Return the length that a session states, in its title block or its front matter's minutes."""
    if session.length is not None:
        return session.length
    given = _given(session)
    total = given.get("minutes") or given.get("time")
    total = total or sum(given.get(key, 0) for key in ("teaching", "exercises", "break"))
    return Time(total, total) if total else None


@once
def run_sheet(
    session: Session, delivery: Delivery = Delivery(), *, in_parts: bool = False  # noqa: B008
) -> RunSheet:  # fmt: skip
    """Return a session's run sheet for a delivery: the whole, or the plan for another length.

    A plan has long segments in parts; with `in_parts`, so has the whole.
    """
    parts, minutes = _timed(session, in_parts or delivery.length is not None)
    plan, made = None, tuple[Change, ...]()
    if delivery.length is not None:
        some = candidates(session, parts, minutes)
        plan = best_plan(some, delivery.length)
        made = changes(some, plan)
    length = delivery.length
    segments = _on_the_clock(parts, minutes, plan)
    if isinstance(delivery, Appointment):
        segments = _paused(segments, delivery.pauses)
    return RunSheet(
        segments=segments,
        delivery=delivery,
        whole=sum(minutes),
        available=length_of(session) if length is None else Time(length, length),
        changes=made,
    )


def fallbacks(session: Session, delivery: Delivery = Delivery()) -> Fallbacks:  # noqa: B008
    """Return what to change of a session's run sheet for a delivery where time is short."""
    parts, minutes = _timed(session, delivery.length is not None)
    some, length = candidates(session, parts, minutes), length_of(session)
    if delivery.length is not None:
        plan = best_plan(some, delivery.length)
        return Fallbacks(late=late_starts(planned(some, plan)))
    short = length is not None and length.low < sum(minutes)
    low = best_plan(some, length.low) if short and length is not None else None
    return Fallbacks(changes(some, low) if low else (), late_starts(some))


@once
def _timed(session: Session, in_parts: bool) -> tuple[tuple[Piece, ...], tuple[int, ...]]:
    """Return a session's pieces and their planned minutes, the long ones in parts where asked for."""
    parts = with_agenda(session, pieces(session)) if session.role == "session" else ()
    parts = _as_stated(parts)
    length = length_of(session)
    minutes = _pooled(session, parts, [p.minutes if p.timed else 0 for p in parts])
    if length is not None:
        minutes = scaled(parts, minutes, length.low, length.high)
    if in_parts:
        parts, minutes = opened(parts, minutes)
    return parts, tuple(minutes)


def _as_stated(parts: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return pieces as long as they say, where all but the opening do: that adds none of its own."""
    bare = [p for p in parts if p.timed and p.time is None]
    stated = any(p.time is not None and p.kind != "break" for p in parts)
    if not stated or any(p.kind not in _OPENING for p in bare):
        return parts
    return tuple(replace(p, timed=False, estimate=0) if p in bare else p for p in parts)


def _pooled(session: Session, parts: tuple[Piece, ...], minutes: list[int]) -> list[int]:
    """Scale estimated times to what front matter states for teaching and for exercises."""
    given = _given(session)
    for key, working in (("teaching", False), ("exercises", True)):
        pool = [i for i, p in enumerate(parts)
                if p.timed and p.kind != "break" and (p.kind in WORK) == working]  # fmt: skip
        free = [i for i in pool if parts[i].time is None]
        room = given.get(key, 0) - sum(minutes[i] for i in pool if i not in free)
        if room > 0 or (key in given and not given[key]):
            for i, share in zip(
                free, shared(max(room, 0), [minutes[i] for i in free]), strict=True
            ):
                minutes[i] = share
    return minutes


def _on_the_clock(
    parts: tuple[Piece, ...], minutes: Sequence[int], plan: Plan | None
) -> tuple[Segment, ...]:
    """Return the segments with their starts, in a plan those that fall out with their own minutes."""
    found: list[Segment] = []
    at = 0
    for piece, whole in zip(parts, minutes, strict=True):
        out = plan is not None and whole > 0 and piece.id not in plan.minutes
        now = plan.minutes.get(piece.id, whole) if plan else whole
        found.append(_segment(piece, whole if out else now, at, out))
        at = found[-1].end
    gone = {s.id for s in found if s.out}
    return tuple(replace(s, out=True) if _is_bare(s, gone) else s for s in found)


def _paused(segments: tuple[Segment, ...], pauses: tuple[Pause, ...]) -> tuple[Segment, ...]:
    """Return segments with the course's breaks, free time and nights between them, and each as much later."""
    found: list[Segment] = []
    late = 0
    for segment in segments:
        own = [p for p in pauses if p.before == segment.id and segment.timed and not segment.out]
        for left, pause in zip(range(len(own), 0, -1), own, strict=True):
            if pause.minutes:
                found.append(_pause_segment(pause, segment.start + late, left))
                late += pause.minutes
        if any(pause.instead for pause in own):
            late -= segment.taken
            segment = replace(segment, minutes=0, timed=False)
        found.append(_later(segment, late))
    return tuple(found)


def _later(segment: Segment, minutes: int) -> Segment:
    inside = tuple(_later(part, minutes) for part in segment.inside)
    return replace(segment, start=segment.start + minutes, inside=inside)


def _pause_segment(pause: Pause, start: int, left: int) -> Segment:
    """Return a pause as a segment; `left` are those up to the one that it comes before, itself among them."""
    name = f"pause-{left}" if left > 1 else "pause"
    return Segment(
        id=f"{name}-before-{pause.before}", heading=Heading(title=plain_text(pause.title)),
        kind="free" if pause.free else "break",
        low=pause.minutes, high=pause.minutes, minutes=pause.minutes, stated=True, start=start,
        pause=pause,
    )  # fmt: skip


def _is_bare(segment: Segment, gone: set[str]) -> bool:
    """Whether a segment does no more than introduce what falls out."""
    return bool(segment.opened) and not segment.timed and gone >= set(segment.opened)


def _segment(piece: Piece, planned: int, at: int, out: bool) -> Segment:
    time = piece.time or Time(planned, planned)
    return Segment(
        id=piece.id, heading=piece.heading, kind=piece.kind, low=time.low, high=time.high,
        minutes=planned, stated=piece.time is not None, start=at, timed=piece.timed,
        optional=piece.optional, out=out, blocks=piece.blocks,
        opened=piece.opened, inside=_inside(piece, planned, at),
    )  # fmt: skip


def _inside(piece: Piece, planned: int, at: int) -> tuple[Segment, ...]:
    """Return what a segment contains, and when; what is left over lies where other words are."""
    parts = piece.inside
    if not parts:
        return ()
    minutes = inner_minutes(piece, planned)
    gaps = _gaps(words_between(piece), planned - sum(minutes), len(parts))
    found: list[Segment] = []
    for part, own, gap in zip(parts, minutes, gaps, strict=False):
        at += gap
        found.append(_segment(part, own, at, False))
        at += own
    return tuple(found)


def _gaps(words: list[int], minutes: int, parts: int) -> list[int]:
    """Share minutes out over the gaps before, between and after parts, by the words in each."""
    if minutes <= 0 or len(words) != parts + 1 or not any(words):
        return [0] * parts
    told = [i for i, count in enumerate(words) if count]
    gaps = [0] * len(words)
    for i, share in zip(told, shared(minutes, [words[i] for i in told]), strict=True):
        gaps[i] = share
    return gaps


class Totals(msgspec.Struct, frozen=True):
    """Minutes of several sessions: planned, of which stated and estimated, and of which breaks."""

    planned: int
    stated: int
    estimated: int
    breaks: int = 0


def totals(sessions: Iterable[Session], deliveries: Mapping[str, Delivery] = {}) -> Totals:
    """Return what sessions, delivered by path, add up to: those of a module, or of a course."""
    sheets = [run_sheet(s, deliveries.get(s.path, Delivery())) for s in sessions]
    stated = sum(sheet.stated for sheet in sheets)
    planned = sum(sheet.total for sheet in sheets)
    breaks = sum(sheet.breaks for sheet in sheets)
    return Totals(planned, stated, planned - stated, breaks)


def module_totals(
    sessions: Iterable[Session], deliveries: Mapping[str, Delivery] = {}
) -> dict[str, Totals]:
    """Return the totals by module, in the order of their first sessions."""
    by_module: dict[str, list[Session]] = {}
    for session in sessions:
        by_module.setdefault(session.module, []).append(session)
    return {name: totals(some, deliveries) for name, some in by_module.items()}


def longest_sitting(sheet: RunSheet) -> tuple[int, Segment | None]:
    """Return the most minutes without a break, and the segment they begin with."""
    best: tuple[int, Segment | None] = (0, None)
    first: Segment | None = None
    for segment in sheet.timed():
        if any(part.kind in ("break", "free") for part in (segment, *segment.inside)):
            first = None
            continue
        first = first or segment
        best = max(best, (segment.end - first.start, first), key=lambda pair: pair[0])
    return best
