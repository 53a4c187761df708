"""What course.yml says of a course's days, and what is wrong with it.

    schedule:
      issued: 2026-11-02
      time_zone: Europe/Vienna
      breaks: [10:30-10:45, 12:00-13:00 Lunch]
      days:
        - date: 2027-01-12
        - {date: 2027-01-13, end: "12:30"}

What a day does not say of itself is as the schedule says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Annotated

import msgspec

CLOCK = r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PAUSE = r"^([01]?[0-9]|2[0-3]):[0-5][0-9] ?[-–] ?([01]?[0-9]|2[0-3]):[0-5][0-9]( .+)?$"
PATTERNS = {
    CLOCK: "as HH:MM",
    DATE: "as 2027-01-12",
    PAUSE: 'as "12:00-13:00 Lunch"',
}
"""The patterns of texts here, and how to say them."""
_PAUSE = re.compile(r"(\S+?) ?[-–] ?(\S+)(?: (.+))?")
_ZONE = re.compile(r"\w[\w+-]*(?:/\w[\w+-]*)*", re.ASCII)

Clock = Annotated[str, msgspec.Meta(pattern=CLOCK)]
Date = Annotated[str, msgspec.Meta(pattern=DATE)]
Breaks = tuple[Annotated[str, msgspec.Meta(pattern=PAUSE)], ...]


class Day(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day of the course: its date, and what of it is not as the schedule says for all days."""

    date: Date
    start: Clock | None = None
    end: Clock | None = None
    breaks: Breaks | None = None
    room: str | None = None
    time_zone: str | None = None


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The days of a course, in order, and what holds for all of them.

    `breaks` are texts as "12:00-13:00 Lunch". `time_zone` is a name as Europe/Vienna; without it,
    the calendar's times are those of whoever reads it. `issued` is the date on which the calendar
    was given out, "" before that; `revision` counts how often it was given out anew. `id` tells
    one delivery of a course from another in people's calendars; "" for the course's title.
    """

    days: Annotated[tuple[Day, ...], msgspec.Meta(min_length=1, max_length=400)]
    start: Clock = "09:00"
    end: Clock = "17:00"
    breaks: Breaks = ()
    room: str = ""
    time_zone: str = ""
    issued: Annotated[str, msgspec.Meta(pattern=rf"{DATE}|^$")] = ""
    revision: Annotated[int, msgspec.Meta(ge=0)] = 0
    id: str = ""

    def open_days(self) -> tuple[OpenDay, ...]:
        """Return the days, each with all that holds for it."""
        return tuple(self._open(day) for day in self.days)

    def _open(self, day: Day) -> OpenDay:
        own = {name: value for name in ("start", "end", "breaks", "room", "time_zone")
               if (value := getattr(day, name)) is not None}  # fmt: skip
        one = msgspec.structs.replace(self, **own)
        breaks = tuple(map(_read_break, one.breaks))
        return OpenDay(day.date, minutes_of(one.start), minutes_of(one.end), breaks,
                       one.room, one.time_zone)  # fmt: skip


class DayBreak(msgspec.Struct, frozen=True):
    """A break at the course's hours, in minutes after midnight; `title` is "" where it has none."""

    start: int
    end: int
    title: str = ""


class OpenDay(msgspec.Struct, frozen=True):
    """A day with its hours, in minutes after midnight."""

    date: str
    start: int
    end: int
    breaks: tuple[DayBreak, ...] = ()
    room: str = ""
    time_zone: str = ""

    @property
    def minutes(self) -> int:
        """Minutes for sessions."""
        return self.end - self.start - sum(b.end - b.start for b in self.breaks)


def minutes_of(clock: str) -> int:
    """Return a time of day in minutes after midnight."""
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def clock_of(minutes: int) -> str:
    """Return minutes after midnight as a time of day; what is past midnight begins anew."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _read_break(text: str) -> DayBreak:
    found = _PAUSE.fullmatch(text)
    if found is None:
        raise ValueError(f"no break: {text}")
    start, end, title = found.groups()
    return DayBreak(minutes_of(start), minutes_of(end), (title or "").strip())


def schedule_faults(schedule: Schedule) -> Iterator[tuple[int | None, str]]:
    """Yield what is wrong with days, once: the place of the first such day, None for the whole, and the fault."""
    told: set[str] = set()
    if schedule.issued and not _is_date(schedule.issued):
        yield None, f'issued: "{schedule.issued}" is no date'
    days = schedule.open_days()
    for place, day in enumerate(days):
        new = [fault for fault in _faults_of(day) if fault not in told]
        told.update(new)
        yield from ((place, f"{day.date}: {fault}") for fault in new)
    for place, (before, after) in enumerate(pairwise(days), 1):
        if after.date <= before.date and _is_date(before.date) and _is_date(after.date):
            yield place, f"{after.date} does not come after {before.date}"


def _faults_of(day: OpenDay) -> Iterator[str]:
    if not _is_date(day.date):
        yield "there is no such date"
    if day.end <= day.start:
        yield f"it ends at {clock_of(day.end)} and starts at {clock_of(day.start)}"
    if day.time_zone and zone_file(day.time_zone) is None:
        yield f'there is no time zone "{day.time_zone}"'
    at = day.start
    for pause in day.breaks:
        said = f"the break {clock_of(pause.start)}-{clock_of(pause.end)}"
        if pause.end <= pause.start:
            yield f"{said} ends before it begins"
        elif day.start < day.end and not day.start <= pause.start <= pause.end <= day.end:
            yield f"{said} is not between {clock_of(day.start)} and {clock_of(day.end)}"
        elif pause.start < at:
            yield f"{said} begins before the one before it ends"
        at = max(at, pause.end)


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def zone_file(name: str) -> Traversable | None:
    """Return the file of a time zone, of those that the program brings along; None where there is none."""
    import tzdata

    place = (resources.files(tzdata) / "zoneinfo").joinpath(*name.split("/"))
    return place if _ZONE.fullmatch(name) and place.is_file() else None
