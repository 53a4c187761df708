"""The run sheet: a session's segments with their minutes, when each starts, what to cut.

    run_sheet(session, delivery) -> RunSheet
        segments: Segment, …          in source order
        available: Time | None        the length that is there, where it is known
        cuts: Cut, …                  what `--length` took out
        short: Cut, …                 what to cut to get down to the low end of the length
        late: Cut, …                  where neither is known: what to cut after a late start

The rules, and where their figures come from, are in docs/timing.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

import msgspec

from courseware.model.blocks import Block, Heading, Time
from courseware.model.session import Session
from courseware.model.times.agenda import with_agenda
from courseware.model.times.delivery import Delivery
from courseware.model.times.estimate import WORDS_A_MINUTE
from courseware.model.times.fitting import Cut, cuts, scaled, shared
from courseware.model.times.segments import WORK, Piece, pieces, words_between

LONG_WITHOUT_BREAK = 120
"""Minutes in one go after which `check` suggests a break."""

LATE = 15
"""Minutes that a late start costs: what a plan has to give in without warning. Our choice."""
LATE_FROM = 60
"""Minutes that a session takes at least for a late start to be planned for."""


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the run sheet; minutes are planned ones, `start` counts from the beginning.

    `low` and `high` are the stated range, or the estimate twice. `stated` tells the author's time
    from the program's. `timed` is False for what takes no time in the room, `if_time` marks what
    the delivery leaves out unless there is time. `inside` are the parts with times of their own,
    which the segment's minutes contain.
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
    if_time: bool = False
    blocks: tuple[Block, ...] = ()
    inside: tuple[Segment, ...] = ()

    @property
    def title(self) -> str:
        """What the segment is called; "" where its author gave it no name."""
        head = self.heading
        return ": ".join(w for w in (head.label.rstrip(" :.—–-"), head.title.plain) if w)

    @property
    def taken(self) -> int:
        """The minutes that it takes off the clock."""
        return 0 if self.if_time or not self.timed else self.minutes

    @property
    def end(self) -> int:
        """When it ends, in minutes from the beginning."""
        return self.start + self.taken


class RunSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A session's segments for one delivery, and what they add up to, in minutes."""

    segments: tuple[Segment, ...]
    delivery: Delivery
    available: Time | None = None
    cuts: tuple[Cut, ...] = ()
    short: tuple[Cut, ...] = ()
    late: tuple[Cut, ...] = ()

    def timed(self) -> tuple[Segment, ...]:
        """Return the segments that take time in the room."""
        return tuple(s for s in self.segments if s.timed)

    def segment(self, name: str) -> Segment | None:
        """Return the segment of a block's id, or None; those inside others count, too."""
        return next((s for s in _all(self.segments) if s.id == name), None)

    @property
    def total(self) -> int:
        """Minutes planned."""
        return sum(s.taken for s in self.segments)

    @property
    def stated(self) -> int:
        """Minutes planned that the author stated."""
        return sum(s.taken for s in self.segments if s.stated)

    @property
    def estimated(self) -> int:
        """Minutes planned that the program estimated."""
        return self.total - self.stated

    @property
    def breaks(self) -> int:
        """Minutes planned that are breaks."""
        return sum(s.taken for s in _all(self.segments) if s.kind == "break")

    @property
    def over(self) -> int:
        """Minutes planned beyond those available."""
        return max(0, self.total - self.available.high) if self.available else 0

    @property
    def spare(self) -> int:
        """Minutes available at least that nothing is planned for."""
        return max(0, self.available.low - self.total) if self.available else 0


def _all(segments: Iterable[Segment]) -> Iterable[Segment]:
    for segment in segments:
        yield segment
        yield from _all(segment.inside)


def length_of(session: Session) -> Time | None:
    """Return the length that a session states, in its title block or its front matter's minutes."""
    if session.length is not None:
        return session.length
    given = dict(session.minutes)
    total = given.get("minutes") or given.get("time")
    total = total or sum(given.get(key, 0) for key in ("teaching", "exercises", "break"))
    return Time(total, total) if total else None


def run_sheet(session: Session, delivery: Delivery = Delivery()) -> RunSheet:  # noqa: B008
    """Return a session's run sheet for a delivery."""
    parts = with_agenda(session, pieces(session)) if session.role == "session" else ()
    length = length_of(session)
    minutes = _pooled(session, parts, [p.minutes if p.timed else 0 for p in parts])
    if length is not None:
        minutes = scaled(parts, minutes, length.low, length.high)
    available, made, short = length, tuple[Cut, ...](), tuple[Cut, ...]()
    if delivery.length is not None:
        available = Time(delivery.length, delivery.length)
        made = cuts(parts, minutes, delivery.length)
    elif length is not None and length.low < sum(minutes):
        short = cuts(parts, minutes, length.low)
    late = () if made or short else _late(parts, minutes)
    segments = _on_the_clock(parts, minutes, made)
    return RunSheet(segments=segments, delivery=delivery, available=available, cuts=made,
                    short=short, late=late)  # fmt: skip


def _late(parts: tuple[Piece, ...], minutes: list[int]) -> tuple[Cut, ...]:
    """Return what to cut after a late start; nothing where the session is short or cannot give it."""
    total = sum(minutes)
    found = cuts(parts, minutes, total - LATE) if total >= LATE_FROM else ()
    return found if sum(cut.minutes for cut in found) >= LATE else ()


def _pooled(session: Session, parts: tuple[Piece, ...], minutes: list[int]) -> list[int]:
    """Scale estimated times to what front matter states for teaching and for exercises."""
    given = dict(session.minutes)
    for key, working in (("teaching", False), ("exercises", True)):
        pool = [i for i, p in enumerate(parts)
                if p.timed and p.kind != "break" and (p.kind in WORK) == working]  # fmt: skip
        free = [i for i in pool if parts[i].time is None]
        room = given.get(key, 0) - sum(minutes[i] for i in pool if i not in free)
        if room > 0:
            for i, share in zip(free, shared(room, [minutes[i] for i in free]), strict=True):
                minutes[i] = share
    return minutes


def _on_the_clock(
    parts: tuple[Piece, ...], minutes: list[int], made: tuple[Cut, ...]
) -> tuple[Segment, ...]:
    """Return the segments with their starts, the cuts made."""
    out = {c.id for c in made if c.how == "if time"}
    less = {c.id: c.minutes for c in made if c.how != "if time"}
    found: list[Segment] = []
    at = 0
    for piece, planned in zip(parts, minutes, strict=True):
        left = piece.id in out
        segment = _segment(piece, planned - less.get(piece.id, 0), at, left)
        found.append(segment)
        at = segment.end
    return tuple(found)


def _segment(piece: Piece, planned: int, at: int, left: bool) -> Segment:
    time = piece.time or Time(planned, planned)
    return Segment(
        id=piece.id, heading=piece.heading, kind=piece.kind, low=time.low, high=time.high,
        minutes=planned, stated=piece.time is not None, start=at, timed=piece.timed,
        optional=piece.optional, if_time=left, blocks=piece.blocks,
        inside=_inside(piece, planned, at),
    )  # fmt: skip


def _inside(piece: Piece, planned: int, at: int) -> tuple[Segment, ...]:
    """Return what a segment contains, and when.

    Estimated parts fill what telling the segment's other words leaves of it; what is left over
    lies where those words are.
    """
    parts = piece.inside
    if not parts:
        return ()
    between = words_between(piece)
    told = ceil(sum(between) / WORDS_A_MINUTE)
    minutes = scaled(parts, [p.minutes for p in parts], max(0, planned - told), planned)
    gaps = _gaps(between, planned - sum(minutes), len(parts))
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


def totals(sessions: Iterable[Session], delivery: Delivery = Delivery()) -> Totals:  # noqa: B008
    """Return what sessions add up to: those of a module, or of a course."""
    sheets = [run_sheet(session, delivery) for session in sessions]
    stated = sum(sheet.stated for sheet in sheets)
    planned = sum(sheet.total for sheet in sheets)
    breaks = sum(sheet.breaks for sheet in sheets)
    return Totals(planned, stated, planned - stated, breaks)


def module_totals(
    sessions: Iterable[Session], delivery: Delivery = Delivery()  # noqa: B008
) -> dict[str, Totals]:  # fmt: skip
    """Return the totals by module, in the order of their first sessions."""
    by_module: dict[str, list[Session]] = {}
    for session in sessions:
        by_module.setdefault(session.module, []).append(session)
    return {name: totals(some, delivery) for name, some in by_module.items()}


def longest_sitting(sheet: RunSheet) -> tuple[int, Segment | None]:
    """Return the most minutes without a break, and the segment they begin with."""
    best: tuple[int, Segment | None] = (0, None)
    first: Segment | None = None
    for segment in sheet.timed():
        if segment.kind == "break":
            first = None
            continue
        if any(part.kind == "break" for part in segment.inside):
            first = None
            continue
        first = first or segment
        best = max(best, (segment.end - first.start, first), key=lambda pair: pair[0])
    return best
