"""What the run book holds before the guides: the days, materials added up, rooms, what to print.

    run_book(guides) -> RunBook

Without a schedule a session is a day of its own, on the clock of the delivery.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from courseware.model.times.clock import Kind, on_days
from courseware.model.times.delivery import Appointment
from courseware.products.guide.guide import Guide, GuideStep
from courseware.products.run_book.needs import Need, needs_of

replace = msgspec.structs.replace
FRAME, JOINED = 5, 10
"""Minutes below which a talk's row is joined with the one beside it, and what they take together at most."""
LEAST = 4.06
"""Millimetres that a row has at least (11.5 points): type of 7.6 points is not clipped in it."""
COLUMN = 176.0
"""Millimetres of page 1 for a day's column: what a Letter page has beside its head and its notes."""
LINE = 3.3
"""Millimetres of a second line of a row's name."""
LETTERS = {1: 60, 2: 31, 3: 17}
"""Letters of a row's name in a line, by the number of days side by side: an estimate from the type."""
DETAILED, ACROSS, HEAD = 3, 4, 16.0
"""Days across with all that is said of a row, and with less, and millimetres of a day's head with the gap before it."""
RUNNING, WIDE = 3.1, 25
"""Millimetres of a line of running text below a session's title, and its letters at least."""
A_MINUTE = 1.9
"""Millimetres that a minute takes at most: a short day is not blown up to a whole page."""


class DayRow(msgspec.Struct, frozen=True):
    """A line of a day: a session's title, a segment or a break; times in minutes after midnight.

    `part` is the place of the session's page among the run book's parts; -1 for a break between
    sessions. `steps` are the guide's steps that it stands for, more than one where short ones are
    joined. `height` is in mm, for the course on one page; `within` are rows that a session's own has below
    its title there, where rows of their own are too many.
    """

    kind: Kind
    start: int
    end: int
    part: int = -1
    steps: tuple[GuideStep, ...] = ()
    title: str = ""
    optional: bool = False
    height: float = 0.0
    within: tuple[DayRow, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start


class BookDay(msgspec.Struct, frozen=True):
    """A day of the course; without a schedule a session, with no date.

    `rows` are all of its lines, `across` those of the course on one page, with their heights.
    """

    date: str
    rooms: tuple[str, ...]
    rows: tuple[DayRow, ...]
    across: tuple[DayRow, ...] = ()
    time_zone: str = ""
    on_the_clock: bool = True

    @property
    def start(self) -> int:
        """When it begins, in minutes after midnight."""
        return self.rows[0].start

    @property
    def end(self) -> int:
        """When it ends."""
        return self.rows[-1].end

    def sessions(self) -> tuple[DayRow, ...]:
        """Return the rows of sessions: each from its first minute on this day to its last."""
        return tuple(row for row in self.rows if row.kind == "session")

    def breaks(self) -> tuple[DayRow, ...]:
        """Return the breaks."""
        return tuple(row for row in self.rows if row.kind == "break")

    def clock(self, minutes: int) -> str:
        """Return a time as it is printed."""
        if not self.on_the_clock:
            return f"{minutes // 60}:{minutes % 60:02d}"
        return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


class Print(msgspec.Struct, frozen=True):
    """A file to print: its product, its session's part, pages, copies and sheets on both sides."""

    product: str
    part: int
    pages: int
    copies: int

    @property
    def sheets(self) -> int:
        """Sheets of paper, printed on both sides: each copy begins a new one."""
        return self.copies * -(-self.pages // 2)


class RunBook(msgspec.Struct, frozen=True):
    """What the layout gets besides the guides."""

    days: tuple[BookDay, ...]
    needs: tuple[Need, ...]
    people: tuple[int | None, ...]
    detailed: bool = True

    def zones(self) -> tuple[str, ...]:
        """Return the time zones of the days."""
        return tuple(dict.fromkeys(day.time_zone for day in self.days if day.time_zone))

    def prints(self, paths: Sequence[str], counts: Mapping[str, int]) -> tuple[Print, ...]:
        """Return what to print for the group; `counts` are files' pages by product and session's path."""
        found: list[Print] = []
        for place, (path, people) in enumerate(zip(paths, self.people, strict=True)):
            for product in ("handout", "worksheet"):
                pages = counts.get(f"{product} {path}", 0)
                found += [Print(product, place, pages, people or 1)] if pages else []
        return tuple(found)


def run_book(guides: Sequence[Guide]) -> RunBook:
    """Return the days, materials and prints of a course's guides."""
    days = tuple(_days(guides))
    short = [_short(day.rows) for day in days]
    detailed = _fits(short, 0)
    if not detailed:
        made = _closest(days, short)
    else:
        made = tuple(replace(d, across=rows) for d, rows in zip(days, _scaled(short), strict=True))
    people = tuple(guide.sheet.delivery.group for guide in guides)
    return RunBook(made, tuple(needs_of(guides)), people, detailed)


# -- days ----------------------------------------------------------------------------


def _days(guides: Sequence[Guide]) -> Iterator[BookDay]:
    rows = [row for place, guide in enumerate(guides) for row in _rows(place, guide)]
    for (_, day), some in groupby(rows, key=lambda one: (one[0], one[1])):
        mine = [row for _, _, row in some]
        places = {row.part for row in mine if row.part >= 0}
        deliveries = [guides[place].sheet.delivery for place in sorted(places)]
        own = [s for d in deliveries if isinstance(d, Appointment)
               for s in d.sittings if s.date == day]  # fmt: skip
        rooms = dict.fromkeys(s.room for s in own if s.room)
        zone = next((s.time_zone for s in own), "")
        on_the_clock = all(delivery.begins is not None for delivery in deliveries)
        yield BookDay(day, tuple(rooms), tuple(mine), time_zone=zone, on_the_clock=on_the_clock)


def _rows(place: int, guide: Guide) -> Iterator[tuple[int, str, DayRow]]:
    """Yield a session's rows with the day that they are on; without a schedule, its own."""
    steps = {step.segment.id: step for step in guide.timed()}
    for one in on_days(guide.sheet):
        key = -1 if one.date else place
        segment = one.segment
        if segment is None:
            part = place if one.kind == "session" else -1
            yield key, one.date, DayRow(one.kind, one.start, one.end, part, title=one.title)
            continue
        yield key, one.date, DayRow(
            one.kind, one.start, one.end, place,
            tuple(steps[i] for i in (segment.id,) if i in steps), segment.title, segment.optional,
        )  # fmt: skip


def _short(rows: Sequence[DayRow]) -> tuple[DayRow, ...]:
    """Return rows with short talks joined: what opens and what closes a session."""
    found: list[DayRow] = []
    for row in rows:
        last = found[-1] if found else None
        brief = last is not None and min(row.minutes, last.minutes) < FRAME
        brief = brief and last is not None and row.minutes + last.minutes <= JOINED
        if last is not None and brief and row.kind == last.kind == "talk" and row.part == last.part:
            optional = last.optional and row.optional
            found[-1] = replace(
                last, end=row.end, steps=(*last.steps, *row.steps), optional=optional
            )
        else:
            found.append(row)
    return tuple(found)


def _closest(days: Sequence[BookDay], short: Sequence[tuple[DayRow, ...]]) -> tuple[BookDay, ...]:
    """Return days with as many rows as page 1 holds of four days across: all, or what is done, or sessions."""
    levels = (
        short,
        [tuple(row for row in rows if row.kind != "talk") for rows in short],
        [_gathered(rows) for rows in short],
        [tuple(row for row in rows if row.kind == "session" or row.part < 0) for rows in short],
    )
    heights = [[_narrow(rows) for rows in level] for level in levels]
    fits = (n for n, level in enumerate(heights) if _stacked(level, ACROSS) <= COLUMN)
    best = next(fits, len(levels) - 1)
    return tuple(
        replace(day, across=tuple(replace(r, height=h) for r, h in zip(rows, mine, strict=True)))
        for day, rows, mine in zip(days, levels[best], heights[best], strict=True)
    )


def _narrow(rows: Sequence[DayRow]) -> list[float]:
    """Return the heights of rows of a narrow day, where a session's hours stand below its title."""
    least = _heights(rows, 0, LETTERS[3])
    return [
        h + LINE * (row.kind == "session") + RUNNING * _running(row)
        for h, row in zip(least, rows, strict=True)
    ]


def _gathered(rows: Sequence[DayRow]) -> tuple[DayRow, ...]:
    """Return the rows of sessions, each with what is done in it, and the breaks between them."""
    found: list[DayRow] = []
    for row in rows:
        if row.kind == "session" or not found:
            found.append(row)
        elif row.kind != "talk":
            found[-1] = replace(found[-1], within=(*found[-1].within, row))
    return tuple(found)


def _running(row: DayRow) -> int:
    """Return the lines of what stands below a session's title: clock, name and minutes one behind the other."""
    return -(-sum(len(_name(one)) + len("09:00  90 min ") for one in row.within) // WIDE)


def _stacked(days: Sequence[Sequence[float]], across: int) -> float:
    """Return the millimetres that days take, some across, one row of them below the other."""
    tall = (max(map(sum, days[at : at + across])) for at in range(0, len(days), across))
    return sum(HEAD + high for high in tall)


def _letters(columns: Sequence[tuple[DayRow, ...]]) -> int:
    return LETTERS[max(1, min(DETAILED, len(columns)))]


def _fits(columns: Sequence[tuple[DayRow, ...]], a_minute: float) -> bool:
    """Whether page 1 holds all rows of some days, where a minute takes so many mm; the first row's heads stand above."""
    heights = [_heights(rows, a_minute, _letters(columns)) for rows in columns]
    return _stacked(heights, DETAILED) - HEAD <= COLUMN


def _scaled(columns: Sequence[tuple[DayRow, ...]]) -> list[tuple[DayRow, ...]]:
    """Return rows with heights: by their minutes, on one scale, none less than can be read."""
    low, high, letters = 0.0, A_MINUTE, _letters(columns)
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if _fits(columns, middle) else (low, middle)
    return [
        tuple(
            replace(r, height=round(h, 2))
            for r, h in zip(rows, _heights(rows, low, letters), strict=True)
        )
        for rows in columns
    ]


def _heights(rows: Sequence[DayRow], a_minute: float, letters: int) -> list[float]:
    """Return the heights of rows in mm, where a minute takes so many."""
    return [
        max(_least(row, letters), row.minutes * a_minute * (row.kind != "session")) for row in rows
    ]


def _least(row: DayRow, letters: int) -> float:
    """Return the millimetres that the lines of a row's name need."""
    lines = min(3, -(-(len(_name(row)) + 7) // letters)) if row.kind != "session" else 1
    return LEAST + LINE * (lines - 1)


def _name(row: DayRow) -> str:
    return ", ".join(step.segment.title for step in row.steps) or row.title
