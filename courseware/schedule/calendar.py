"""The course's days as a calendar (RFC 5545), and what a calendar says of itself.

An entry is a session on a day. Its UID comes from the delivery's id, the session's file and the
number of its day, so that a second import updates what the first brought. DTSTAMP and SEQUENCE are
the date of issue and the revision: nothing comes from the clock.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from icalendar import Calendar, Event, Timezone

from courseware.model.times.delivery import Appointment, Issue, Sitting
from courseware.schedule.days import zone_file
from courseware.versions import __version__


class CalendarEntry(msgspec.Struct, frozen=True):
    """A session in the calendar: its file, its title, what its author says of it, its appointment."""

    path: str
    title: str
    appointment: Appointment


def write_calendar(
    title: str, language: str, issue: Issue, entries: Iterable[CalendarEntry]
) -> bytes:
    """Return a calendar of sessions; raises `ValueError` where it was never issued."""
    stamp = datetime.combine(date.fromisoformat(issue.issued), datetime.min.time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", f"-//courseware//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title, {"LANGUAGE": language})
    calendar.add("x-wr-calname", title)
    events: list[Event] = []
    sittings: list[Sitting] = []
    for entry in entries:
        own = entry.appointment.sittings
        sittings += own
        for number, sitting in enumerate(own, 1):
            events.append(_event(entry, sitting, issue, stamp, number, len(own)))
    for zone in _zones(sittings):
        calendar.add_component(zone)
    for event in events:
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _event(
    entry: CalendarEntry, sitting: Sitting, issue: Issue, stamp: datetime, number: int, many: int
) -> Event:  # fmt: skip
    event = Event()
    event.add("uid", uid_of(issue.id, entry.path, number))
    event.add("dtstamp", stamp)
    event.add("sequence", issue.revision)
    event.add("dtstart", _time(sitting, sitting.start))
    event.add("dtend", _time(sitting, sitting.end))
    event.add("summary", f"{entry.title} ({number}/{many})" if many > 1 else entry.title)
    if sitting.room:
        event.add("location", sitting.room)
    return event


def uid_of(delivery: str, path: str, number: int) -> str:
    """Return the UID of a session's n-th day, as RFC 7986 wants it: a UUID that tells nothing."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"courseware:{delivery}/{path}#{number}"))


def _time(sitting: Sitting, minutes: int) -> datetime:
    zone = _zone(sitting.time_zone) if sitting.time_zone else None
    bare = datetime.combine(date.fromisoformat(sitting.date), datetime.min.time(), zone)
    return bare + timedelta(minutes=minutes)


def _zone(name: str) -> tzinfo:
    """Return a time zone from the zones that the program brings along, not from the machine's."""
    place = zone_file(name)
    if place is None:
        raise ValueError(f"no time zone {name}")
    with place.open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def _zones(sittings: Iterable[Sitting]) -> Iterable[Timezone]:
    """Yield the time zones of sittings, each with its changes in the years of the course."""
    years: dict[str, list[int]] = {}
    for sitting in sittings:
        if sitting.time_zone:
            years.setdefault(sitting.time_zone, []).append(int(sitting.date[:4]))
    for name in sorted(years):
        first, last = date(min(years[name]), 1, 1), date(max(years[name]) + 1, 1, 1)
        yield Timezone.from_tzinfo(_zone(name), name, first_date=first, last_date=last)


class Published(msgspec.Struct, frozen=True):
    """What a calendar says: its name, its revision, and the beginning and end of each entry by its UID."""

    name: str
    revision: int
    times: dict[str, tuple[str, str]]


def read_calendar(data: bytes) -> Published:
    """Return what a calendar that was written here says; raises `ValueError` where it is none."""
    times: dict[str, tuple[str, str]] = {}
    revision, calendar = 0, Calendar.from_ical(data)
    for event in calendar.walk("VEVENT"):
        times[str(event["uid"])] = (_say_time(event["dtstart"]), _say_time(event["dtend"]))
        revision = max(revision, int(event.get("sequence", 0)))
    return Published(str(calendar.get("x-wr-calname", "")), revision, times)


def _say_time(time: Any) -> str:
    return f"{time.dt.isoformat()} {time.params.get('TZID', '')}".strip()
