"""A delivery: when a session starts, how long the room is there, for how many people.

Where the course has a schedule, a session's delivery is an `Appointment`.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

LONGEST = 24 * 60
LARGEST = 10_000
CLOCK = r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$|^$"


class Delivery(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One delivery: `start` as "09:00" ("" where unknown), `length` in minutes, `group` in people."""

    start: Annotated[str, msgspec.Meta(pattern=CLOCK)] = ""
    length: Annotated[int, msgspec.Meta(ge=1, le=LONGEST)] | None = None
    group: Annotated[int, msgspec.Meta(ge=1, le=LARGEST)] | None = None

    @property
    def begins(self) -> int | None:
        """The start in minutes after midnight, or None where it is unknown."""
        hours, _, minutes = self.start.partition(":")
        return int(hours) * 60 + int(minutes) if minutes else None

    @property
    def dates(self) -> tuple[str, ...]:
        """The days that it is on, where the course has a schedule."""
        return ()

    @property
    def rooms(self) -> tuple[str, ...]:
        """The rooms that it is in, as the schedule says."""
        return ()

    def clock(self, minutes: int) -> str:
        """Return a time of the delivery: of day where the start is known, else from the start."""
        begins = self.begins
        if begins is None:
            return f"{minutes // 60}:{minutes % 60:02d}"
        at = (begins + minutes) % LONGEST
        return f"{at // 60:02d}:{at % 60:02d}"


class Pause(msgspec.Struct, frozen=True):
    """A break of the course's hours, free time before it, or a night: `minutes` without a session.

    `before` is the id of the segment that it comes before; `instead` says that this segment is a
    break of the session's own, which the course's takes the place of. `date` is the day on which the session goes on, ""
    within a day.
    """

    before: str = ""
    minutes: int = 0
    title: str = ""
    date: str = ""
    instead: bool = False
    free: bool = False


class Sitting(msgspec.Struct, frozen=True):
    """What of a session is on one day: from its first minute to its last, after midnight."""

    date: str
    start: int
    end: int
    room: str = ""
    time_zone: str = ""


class Appointment(Delivery, frozen=True, kw_only=True):
    """A session's delivery by the course's schedule: `start` is that of its first sitting.

    `before` are the pauses of its first day between the session before and this one.
    """

    sittings: tuple[Sitting, ...]
    pauses: tuple[Pause, ...] = ()
    before: tuple[Pause, ...] = ()

    @property
    def dates(self) -> tuple[str, ...]:
        """The days that it is on."""
        return tuple(sitting.date for sitting in self.sittings)

    @property
    def rooms(self) -> tuple[str, ...]:
        """The rooms that it is in."""
        return tuple(dict.fromkeys(one.room for one in self.sittings if one.room))


class Issue(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the calendar says of itself: the delivery's name, when it was given out, how often anew.

    `issued` is a date, "" where it was not given out: then there is no calendar.
    """

    id: str = ""
    issued: str = ""
    revision: int = 0
