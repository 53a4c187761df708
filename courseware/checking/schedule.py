"""Rules on the course's days: what does not fit them, what parts badly, what changed unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from courseware import files
from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Span
from courseware.model.times.timing import LONG_WITHOUT_BREAK
from courseware.model.variants import Edition, of_length
from courseware.schedule.appointments import SlotsOf, pour_edition
from courseware.schedule.days import Schedule, clock_of
from courseware.schedule.pouring import Poured

CALENDAR = "schedule.ics"
WAIT = 15
"""Minutes without a session before a break from which they are told. Our choice."""
NEARLY_EMPTY = 1 / 3
"""Share of a day's minutes below which it is nearly empty. Our choice."""


def schedule_findings(loaded: Loaded, slots_of: SlotsOf, output: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with the course's days; `output` is the folder of its published files."""
    schedule, course = loaded.settings.schedule, loaded.course
    if schedule is None or loaded.failed:
        return
    length = course.delivery.length
    edition = Edition() if length is None else of_length(length, course.sessions)
    poured = pour_edition(edition, schedule, course.sessions, course.delivery, slots_of)
    yield from _beyond(poured)
    yield from _crossings(poured)
    yield from _sat(poured)
    yield from _days(loaded, poured)
    if edition == Edition():
        yield from _unrevised(loaded, schedule, poured, output / CALENDAR)


def _beyond(poured: Poured) -> Iterator[Diagnostic]:
    """Warn of what comes after the last day's end."""
    if poured.beyond is None:
        return
    path, slot = poured.beyond
    last = poured.days[-1]
    message = (
        f'the days are {last.over} minutes too short: "{slot.title}", and what comes after it,'
        f" goes on after {clock_of(last.end)} on {last.date}"
    )
    hint = "another day, a later end, or less to do"
    yield Diagnostic("C174", message, Span(path, slot.line), hint)


def _crossings(poured: Poured) -> Iterator[Diagnostic]:
    """Warn of segments that cross a break, and of those that leave minutes empty before one."""
    for crossing in poured.crossings:
        slot = crossing.slot
        message = (
            f'"{slot.title}" ({slot.minutes} minutes) crosses the break of {crossing.clock}'
            f" on {crossing.date}: it begins later"
        )
        hint = "part it by headings with times of their own, or move the break"
        yield Diagnostic("C175", message, Span(crossing.path, slot.line), hint)
    for wait in poured.waits:
        slot = wait.slot
        if wait.minutes >= WAIT:
            message = (
                f"{wait.minutes} minutes before the break of {wait.clock} on {wait.date} stay empty:"
                f' "{slot.title}" ({slot.minutes} minutes) would cross it'
            )
            hint = "another order, another hour for the break, or shorter segments"
            yield Diagnostic("C175", message, Span(wait.path, slot.line), hint)


def _sat(poured: Poured) -> Iterator[Diagnostic]:
    """Suggest a break where sessions go on for an hour and a half and more without one."""
    for sat in poured.sat:
        if sat.minutes > LONG_WITHOUT_BREAK:
            message = f"from here, {sat.minutes} minutes go by without a break"
            hint = 'a line "::: break 10 min" makes one, or "breaks" of the schedule'
            yield Diagnostic("C221", message, Span(sat.path, sat.slot.line), hint)


def _days(loaded: Loaded, poured: Poured) -> Iterator[Diagnostic]:
    """Warn of days that go on beyond their end, and of those in which little is done."""
    for day in poured.days:
        place = _place_of(loaded, day.date)
        if day.over and not (poured.beyond and day is poured.days[-1]):
            message = f"{day.date} goes on {day.over} minutes beyond {clock_of(day.end)}"
            hint = "a segment is longer than the day: part it, or give the day more hours"
            yield Diagnostic("C178", message, place, hint)
        elif not day.used:
            message = f"nothing is left for {day.date}"
            yield Diagnostic("C178", message, place, "leave the day out")
        elif day.used < day.minutes * NEARLY_EMPTY:
            message = f"{day.date} is nearly empty: {day.used} of {day.minutes} minutes"
            hint = "end the day sooner, or begin the last one later"
            yield Diagnostic("C178", message, place, hint)


def _place_of(loaded: Loaded, date: str) -> Span:
    """Return the line of course.yml that names a date."""
    lines = files.text(loaded.root / "course.yml", "replace").split("\n")
    found = (n for n, line in enumerate(lines, 1) if re.search(rf"date\W+{date}", line))
    return Span("course.yml", next(found, 1))


def _unrevised(
    loaded: Loaded, schedule: Schedule, poured: Poured, file: Path
) -> Iterator[Diagnostic]:
    """Tell of days that are not those of the calendar published as the same revision.

    Such a calendar is not written over: an import of it would not update.
    """
    if not schedule.issued or not file.is_file():
        return
    from courseware.schedule.calendar import CalendarEntry, read_calendar, write_calendar

    course = loaded.course
    seen = [s for s in course.sessions if s.role == "session" and s.path in poured.appointments]
    entries = [CalendarEntry(s.path, s.title.plain, poured.appointments[s.path]) for s in seen]
    try:
        published = read_calendar(file.read_bytes())
    except (OSError, ValueError):  # what is no calendar is written over
        return
    now = read_calendar(write_calendar(course.name, course.language, course.issue, entries))
    if now.times == published.times:
        return
    if now.times.keys().isdisjoint(published.times):
        if schedule.id:  # another delivery
            return
        message = f"the title changed, and with it the names of all entries of {CALENDAR}"
        hint = f'write id: "{published.name}", which keeps them, or an id of another delivery'
    elif now.revision <= published.revision:
        message = f"the days are others than those of {CALENDAR}, published as revision {published.revision}"
        hint = f"write revision: {published.revision + 1}; until then, {CALENDAR} stays as it is"
    else:
        return
    files.noted(file)
    yield Diagnostic("C179", message, _line_of_schedule(loaded), hint)


def _line_of_schedule(loaded: Loaded) -> Span:
    lines = files.text(loaded.root / "course.yml", "replace").split("\n")
    found = (n for n, line in enumerate(lines, 1) if line.lower().startswith("schedule"))
    return Span("course.yml", next(found, 1))
