"""A session on the clock: what of it is on which day, from when until when.

on_days(sheet) -> the session's days, its segments, the course's breaks and free time in it, in order
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from courseware.model.times.delivery import LONGEST, Appointment
from courseware.model.times.planning import KINDS
from courseware.model.times.segments import WORK
from courseware.model.times.timing import RunSheet, Segment

Kind = Literal["session", "talk", "work", "break", "free"]


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of a day, in minutes after midnight; `date` is "" without a schedule.

    `number` counts the session's days from 0. One without a segment is the session itself: from its first minute on
    that day to its last; a break or free time before the first is the course's.
    """

    kind: Kind
    number: int
    date: str
    start: int
    end: int
    segment: Segment | None = None
    title: str = ""


def on_days(sheet: RunSheet) -> Iterator[Stretch]:
    """Yield the stretches of a session; without a schedule, all on one day without a date."""
    delivery = sheet.delivery
    own = delivery.sittings if isinstance(delivery, Appointment) else ()
    number, begin, over = 0, delivery.begins or 0, 0
    day = own[0].date if own else ""
    before = delivery.before if isinstance(delivery, Appointment) else ()
    at = begin - sum(pause.minutes for pause in before)
    for pause in before:
        kind: Kind = "free" if pause.free else "break"
        yield Stretch(kind, 0, day, at, at + pause.minutes, title=pause.title)
        at += pause.minutes
    yield Stretch("session", 0, day, begin, own[0].end if own else begin + sheet.end)
    for segment in sheet.timed():
        if segment.date:
            number += 1
            day = own[number].date
            over = (date.fromisoformat(day) - date.fromisoformat(own[0].date)).days * LONGEST
            yield Stretch("session", number, day, own[number].start, own[number].end)
            continue
        start = begin + segment.start - over
        yield Stretch(_kind(segment), number, day, start, start + segment.minutes, segment)


def _kind(segment: Segment) -> Kind:
    if segment.kind in ("break", "free"):
        return "break" if segment.kind == "break" else "free"
    practice = segment.kind in WORK or KINDS.get(segment.kind) == "practice"
    return "work" if practice else "talk"
