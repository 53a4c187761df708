"""The course's days on a page: days across, the clock down, each session as its readers may see it.

    read(session, group, appointment) -> what of a session is when; kept while these stay the same
    weeks(sessions, dates) -> days side by side, placed on the lines of a grid

The grid's lines are the times at which something begins or ends, so that days that stand side by side share a
clock, and a row whose words need more room makes room on all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote

import msgspec

from courseware.html.screen import SearchPlace
from courseware.model.session import Session
from courseware.model.times.clock import Kind, on_days
from courseware.model.times.delivery import Appointment
from courseware.model.times.timing import run_sheet
from courseware.model.variants import for_group
from courseware.schedule.days import clock_of

ACROSS = 4
"""Days side by side, where they are not those of a week. Our choice: a column then holds a title in two lines."""
HOUR = 60


class DayStretch(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of a session: its kind, its day, its minutes after midnight, its block's id, a break's name.

    `number` is that of the session's day, from 0.
    """

    kind: Kind
    number: int
    date: str
    start: int
    end: int
    id: str = ""
    title: str = ""


class Seen(msgspec.Struct, frozen=True):
    """A session for the page: its path, title and language as readers see them, its page, its places, its marks."""

    path: str
    title: str
    language: str
    page: str
    places: tuple[SearchPlace, ...]
    appointment: Appointment
    marks: tuple[DayStretch, ...]


class SiteRow(msgspec.Struct, frozen=True):
    """A row of a day: what it says, where it leads, from which line of the grid to which; `title` may be ""."""

    kind: Kind
    start: int
    end: int
    title: str = ""
    href: str = ""
    language: str = ""
    part: str = ""
    lines: tuple[int, int] = (0, 0)

    @property
    def hours(self) -> str:
        """From when until when."""
        return f"{clock_of(self.start)}–{clock_of(self.end)}"


class SiteDay(msgspec.Struct, frozen=True):
    """A day of the course: its number from 1, its date, rooms, time zones and rows."""

    number: int
    date: str
    rooms: tuple[str, ...]
    zones: tuple[str, ...]
    rows: tuple[SiteRow, ...]

    @property
    def hours(self) -> str:
        """From when until when."""
        return f"{clock_of(self.rows[0].start)}–{clock_of(max(row.end for row in self.rows))}"


class Week(msgspec.Struct, frozen=True):
    """Days that stand side by side, and the grid's tracks: minutes each lasts at least, 0 for a session's head.

    `hours` are those on the clock, with their lines.
    """

    days: tuple[SiteDay, ...]
    tracks: tuple[int, ...]
    hours: tuple[tuple[str, int], ...]


def read(session: Session, group: str, appointment: Appointment) -> tuple[DayStretch, ...]:
    """Return what of a session is when; `group` is an audience of variants."""
    sheet = run_sheet(for_group(session, group), appointment)
    found = []
    for one in on_days(sheet):
        segment = one.segment
        title = segment.pause.title if segment and segment.pause else one.title
        mine = segment.id if segment and not segment.pause else ""
        found.append(DayStretch(one.kind, one.number, one.date, one.start, one.end, mine, title))
    return tuple(found)


def weeks(sessions: Iterable[Seen], dates: Iterable[str]) -> tuple[Week, ...]:
    """Return the days of sessions, those of a calendar week side by side where there is more than one.

    `dates` are all of the course's: a day has its number among them.
    """
    numbers = {day: number for number, day in enumerate(sorted(set(dates)), 1)}
    rows: dict[str, list[SiteRow]] = {}
    rooms: dict[str, dict[str, None]] = {}
    zones: dict[str, dict[str, None]] = {}
    for one in sessions:
        for sitting in one.appointment.sittings:
            rooms.setdefault(sitting.date, {}).update({sitting.room: None} if sitting.room else {})
            zone = sitting.time_zone
            zones.setdefault(sitting.date, {}).update({zone: None} if zone else {})
        for mark in one.marks:
            rows.setdefault(mark.date, []).extend(_rows(one, mark))
    days = [
        SiteDay(numbers[day], day, tuple(rooms[day]), tuple(zones[day]), tuple(rows[day]))
        for day in sorted(rows)
    ]
    return tuple(map(_week, _side_by_side(days)))


def _rows(one: Seen, mark: DayStretch) -> list[SiteRow]:
    """Return the row of a mark; none for a segment that readers have no place of."""
    if mark.kind == "session":
        many = len(one.appointment.sittings)
        part = f"{mark.number + 1}/{many}" if many > 1 else ""
        return [
            SiteRow(mark.kind, mark.start, mark.end, one.title, quote(one.page), one.language, part)
        ]
    if mark.kind in ("break", "free"):
        return [SiteRow(mark.kind, mark.start, mark.end, mark.title)]
    place = next((p for p in one.places if p.id == mark.id), None)
    if place is None:
        return []
    href = f"{quote(one.page)}#{quote(place.id)}"
    return [SiteRow(mark.kind, mark.start, mark.end, place.title, href, one.language)]


def _side_by_side(days: Sequence[SiteDay]) -> list[tuple[SiteDay, ...]]:
    """Return days in groups: by calendar week, or a few each where no week has two."""
    in_week = Counter(_week_of(day) for day in days)
    if max(in_week.values(), default=0) < 2:
        return [tuple(days[at : at + ACROSS]) for at in range(0, len(days), ACROSS)]
    return [tuple(day for day in days if _week_of(day) == week) for week in in_week]


def _week_of(day: SiteDay) -> tuple[int, int]:
    return date.fromisoformat(day.date).isocalendar()[:2]


def _week(days: Sequence[SiteDay]) -> Week:
    """Return days on the lines of their grid."""
    rows = [row for day in days for row in day.rows]
    edges = {edge for row in rows for edge in (row.start, row.end)}
    edges |= set(range(-(-min(edges) // HOUR) * HOUR, max(edges), HOUR))
    heads = {row.start for row in rows if row.kind == "session"}
    before: dict[int, int] = {}
    behind: dict[int, int] = {}
    tracks: list[int] = []
    times = sorted(edges)
    for time, following in zip(times, [*times[1:], times[-1]], strict=True):
        before[time] = len(tracks) + 1
        tracks += [0] * (time in heads)
        behind[time] = len(tracks) + 1
        tracks += [following - time] * (following > time)

    def placed(row: SiteRow) -> SiteRow:
        first = before[row.start] if row.kind == "session" else behind[row.start]
        last = behind[row.start] if row.kind == "session" else before[row.end]
        return msgspec.structs.replace(row, lines=(first, max(last, first + 1)))

    made = (msgspec.structs.replace(d, rows=tuple(map(placed, d.rows))) for d in days)
    hours = tuple((clock_of(time), behind[time]) for time in times if time % HOUR == 0)
    return Week(tuple(made), tuple(tracks), hours)


def rules(all_weeks: Sequence[Week]) -> str:
    """Return the rules of a stylesheet that put rows on their lines; no element has a style of its own."""
    said = []
    for number, week in enumerate(all_weeks, 1):
        tracks = " ".join(
            f"minmax(calc({minutes} * var(--minute)), auto)" if minutes else "auto"
            for minutes in week.tracks
        )
        said.append(f".week-{number} {{ --tracks: auto {tracks}; --days: {len(week.days)} }}\n")
    most = max((len(week.tracks) for week in all_weeks), default=0) + 1
    widest = max((len(week.days) for week in all_weeks), default=0) + 1
    said += [f".day:nth-child({n}) {{ grid-column: {n} }}\n" for n in range(2, widest + 1)]
    said += [f".from-{n} {{ grid-row-start: {n} }}\n" for n in range(1, most + 1)]
    said += [f".to-{n} {{ grid-row-end: {n} }}\n" for n in range(2, most + 1)]
    return "".join(said)
