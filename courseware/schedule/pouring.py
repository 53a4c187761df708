"""Sessions poured into the course's days: when each begins, where breaks and nights part it.

    pour(days, sessions) -> Poured

Sessions follow one another in the course's order. They are parted between segments only. A segment
that would cross a break waits until it is over; where no stretch of a day is long enough for
it, it crosses the break, which then begins when it ends. A break that nothing fits before still
begins at its hour: the minutes up to it are free time. What is left after the last day is
planned on that day, beyond its end. The rules are told in docs/timing.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from courseware.model.times.delivery import Appointment, Delivery, Pause, Sitting
from courseware.schedule.days import DayBreak, OpenDay, clock_of

replace = msgspec.structs.replace
DAY = 24 * 60
FIRST = 15
"""Minutes before a break or a night in which no session begins. Our choice."""
NEAR = 30
"""Minutes before and after a break of the course's, within which a session's own break is left out:
the course's serves. Our choice."""


class PouredSegment(msgspec.Struct, frozen=True, array_like=True):
    """A segment of a session as it is poured: its block's id, its minutes, its name, its line.

    `rests` tells that it is a break, or has one inside.
    """

    id: str
    minutes: int
    title: str = ""
    line: int = 1
    is_break: bool = False
    rests: bool = False


class Crossing(msgspec.Struct, frozen=True):
    """A segment that crosses a break, which was to begin at `clock`."""

    path: str
    slot: PouredSegment
    date: str
    clock: str


class Wait(msgspec.Struct, frozen=True):
    """Minutes before a break at `clock` in which nothing is planned: the segment would cross it."""

    path: str
    slot: PouredSegment
    date: str
    clock: str
    minutes: int


class Sat(msgspec.Struct, frozen=True):
    """Minutes of a day in one go without a break, from a segment on."""

    path: str
    slot: PouredSegment
    minutes: int


class DayUse(msgspec.Struct, frozen=True):
    """What a day has of minutes, how many are used, how many it is over its end."""

    date: str
    minutes: int
    used: int
    over: int
    end: int


class Poured(msgspec.Struct, frozen=True):
    """Sessions' appointments by path, and what does not go well."""

    appointments: dict[str, Appointment]
    days: tuple[DayUse, ...]
    crossings: tuple[Crossing, ...] = ()
    waits: tuple[Wait, ...] = ()
    sat: tuple[Sat, ...] = ()
    beyond: tuple[str, PouredSegment] | None = None
    """The path and the segment that is the first beyond the last day's end."""


def pour(
    days: Sequence[OpenDay],
    sessions: Mapping[str, tuple[PouredSegment, ...]],
    deliveries: Mapping[str, Delivery],
) -> Poured:
    """Return the appointments of sessions, in their order; one without segments has none.

    `deliveries` say for each the length and the group.
    """
    pouring = _Pouring(days)
    for path, slots in sessions.items():
        pouring.pour_session(path, slots, deliveries[path])
    return pouring.poured()


class _Pouring:
    """Where pouring has come to: the day, the time, the breaks that are still to come on it."""

    def __init__(self, days: Sequence[OpenDay]) -> None:
        self.days = days
        self.number = 0
        self.at = days[0].start
        self.breaks = list(days[0].breaks)
        self.rested = -NEAR - 1
        self.pauses: list[Pause] = []
        self.used = [0] * len(days)
        self.ends = [day.start for day in days]
        self.appointments: dict[str, Appointment] = {}
        self.crossings: list[Crossing] = []
        self.waits: list[Wait] = []
        self.sat: list[Sat] = []
        self.sitting = False
        self.beyond: tuple[str, PouredSegment] | None = None

    @property
    def day(self) -> OpenDay:
        return self.days[self.number]

    def poured(self) -> Poured:
        uses = (
            DayUse(day.date, day.minutes, used, max(0, end - day.end), day.end)
            for day, used, end in zip(self.days, self.used, self.ends, strict=True)
        )
        return Poured(self.appointments, tuple(uses), tuple(self.crossings), tuple(self.waits),
                      tuple(self.sat), self.beyond)  # fmt: skip

    def pour_session(self, path: str, slots: tuple[PouredSegment, ...], delivery: Delivery) -> None:
        """Place a session's segments, and note its appointment."""
        pauses: list[Pause] = []
        sittings: list[Sitting] = []
        before: tuple[Pause, ...] = ()
        for slot in slots:
            if slot.is_break and sittings and self._is_rested(slot):
                pauses.append(Pause(slot.id, instead=True))
                continue
            self.pauses = []
            first = min(FIRST, sum(one.minutes for one in slots)) if not sittings else 0
            self._find_place(path, slot, max(first, slot.minutes))
            if not sittings:
                before = tuple(p for p in self.pauses if not p.date)
            elif self.pauses:
                pauses += [replace(pause, before=slot.id) for pause in self.pauses]
                pauses[-1] = replace(pauses[-1], instead=slot.is_break)
                if slot.is_break:
                    continue
            start = self.at
            self._place(path, slot)
            day = self.day
            _add_sitting(sittings, Sitting(day.date, start, self.at, day.room, day.time_zone))
        if sittings:
            self.appointments[path] = Appointment(
                start=clock_of(sittings[0].start), length=delivery.length, group=delivery.group,
                before=before, pauses=tuple(pauses), sittings=tuple(sittings),
            )  # fmt: skip

    def _is_rested(self, slot: PouredSegment) -> bool:
        """Whether a session's own break is too near to one of the course's."""
        soon = bool(self.breaks) and self.breaks[0].start - self.at - slot.minutes <= NEAR
        return soon or self.at - self.rested <= NEAR

    def _find_place(self, path: str, slot: PouredSegment, least: int) -> None:
        """Go on to where a segment may begin, with `least` minutes before the next break: over breaks and nights."""
        while self.at + least > (self.breaks[0].start if self.breaks else self.day.end):
            if self.breaks:
                if self._is_too_long(slot):
                    if self._ends_in_time(slot) or not self._go_to_next_day():
                        return
                    continue
                self._take_break(path, slot)
            elif self.at == self.day.start or not self._go_to_next_day():
                return

    def _is_too_long(self, slot: PouredSegment) -> bool:
        """Whether no stretch from the next break on holds a segment."""
        rest = replace(self.day, start=self.breaks[0].end, breaks=tuple(self.breaks[1:]))
        ahead = [*_stretches(rest)]
        ahead += [s for day in self.days[self.number + 1 :] for s in _stretches(day)]
        return slot.minutes > max(ahead)

    def _ends_in_time(self, slot: PouredSegment) -> bool:
        """Whether a segment that crosses breaks ends, and they, within the day; a whole day's is let be."""
        rest = sum(b.end - b.start for b in self.breaks)
        return self.at == self.day.start or self.at + slot.minutes + rest <= self.day.end

    def _take_break(self, path: str, slot: PouredSegment) -> None:
        one = self.breaks.pop(0)
        idle = one.start - self.at
        if idle > 0:
            self.waits.append(Wait(path, slot, self.day.date, clock_of(one.start), idle))
            self.pauses.append(Pause(minutes=idle, free=True))
        self.pauses.append(Pause(minutes=one.end - one.start, title=one.title))
        self.sitting = False
        self.at = self.rested = one.end

    def _go_to_next_day(self) -> bool:
        """Go on to the next day's start; return False where there is none."""
        if self.number + 1 == len(self.days):
            return False
        before = self.day
        self.number += 1
        apart = date.fromisoformat(self.day.date) - date.fromisoformat(before.date)
        night = self.day.start + apart.days * DAY - self.at
        night += sum(pause.minutes for pause in self.pauses)
        self.pauses = [Pause(minutes=night, date=self.day.date)]
        self.sitting = False
        self.at, self.rested = self.day.start, -NEAR - 1
        self.breaks = list(self.day.breaks)
        return True

    def _place(self, path: str, slot: PouredSegment) -> None:
        crossed = [b for b in self.breaks if b.start < self.at + slot.minutes]
        if crossed:
            found = Crossing(path, slot, self.day.date, clock_of(crossed[0].start))
            self.crossings.append(found)
        self.at += slot.minutes
        self._slide_breaks()
        self._sit(path, slot)
        self.used[self.number] += slot.minutes
        self.ends[self.number] = self.at
        if self.at > self.day.end and self.number + 1 == len(self.days) and self.beyond is None:
            self.beyond = (path, slot)

    def _sit(self, path: str, slot: PouredSegment) -> None:
        """Add a segment to those since the last break."""
        if slot.rests:
            self.sitting = False
        elif self.sitting:
            last = self.sat[-1]
            self.sat[-1] = replace(last, minutes=last.minutes + slot.minutes)
        else:
            self.sat.append(Sat(path, slot, slot.minutes))
            self.sitting = True

    def _slide_breaks(self) -> None:
        """Let breaks that should have begun begin now, one after another."""
        at = self.at
        for place, one in enumerate(self.breaks):
            if one.start >= at:
                return
            at += one.end - one.start
            self.breaks[place] = DayBreak(at - one.end + one.start, at, one.title)


def _stretches(day: OpenDay) -> list[int]:
    """Return the minutes between breaks."""
    edges = [day.start, *(edge for b in day.breaks for edge in (b.start, b.end)), day.end]
    return [end - start for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _add_sitting(sittings: list[Sitting], one: Sitting) -> None:
    """Add minutes of a day to those before them on that day."""
    if sittings and sittings[-1].date == one.date:
        sittings[-1] = replace(sittings[-1], end=one.end)
    else:
        sittings.append(one)
