"""Planned minutes as text: a course's sessions, modules and total, and one session's run sheet.

Estimated minutes have a "~", on the command line as in the guide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from courseware.model.blocks import Time
from courseware.model.session import Session
from courseware.model.times.delivery import Delivery
from courseware.model.times.planning import Change
from courseware.model.times.timing import (
    RunSheet,
    Segment,
    Totals,
    fallbacks,
    length_of,
    module_totals,
    run_sheet,
    totals,
)

HEAD = ("minutes", "length", "planned", "stated", "estimated", "breaks")
Row = tuple[str, ...]


def course_times(sessions: Iterable[Session], deliveries: Mapping[str, Delivery]) -> str:
    """Return a table of minutes: a row a session, a module of several named ones, the course.

    `deliveries` are those of the sessions by their paths.
    """
    taught = tuple(s for s in sessions if s.role == "session")
    rows = [_session(s, deliveries[s.path]) for s in taught]
    modules = module_totals(taught, deliveries)
    if len(modules) > 1:
        rows += [_sums(name or "(no module)", found) for name, found in modules.items()]
    rows.append(_sums("course", totals(taught, deliveries)))
    return table([HEAD, *rows])


def session_times(session: Session, delivery: Delivery) -> str:
    """Return a session's run sheet: when each segment begins, its minutes, its name; the cuts."""
    sheet = run_sheet(session, delivery)
    rows = [row for segment in sheet.timed() for row in _lines(segment, delivery)]
    rows.append((delivery.clock(sheet.end), str(sheet.total), _summed(sheet)))
    text = f"{name_of(session)}\n" + table(rows, left=2)
    made = [(f"{sheet.delivery.length} min in place of {sheet.whole}", sheet.changes)]
    back = fallbacks(session, delivery)
    made += [("if time is short", back.short)]
    made += [
        (f"if you begin {', '.join(map(str, late.minutes))} min late", late.changes)
        for late in back.late
    ]
    for title, some in made:
        text += f"{title}:\n" if some else ""
        text += "".join(f"  {_change(change, sheet)}\n" for change in some)
    return text


def name_of(session: Session) -> str:
    """Return a session's number and title."""
    number = f"{session.number:02d} " if session.number is not None else ""
    return number + session.title.plain


def _session(session: Session, delivery: Delivery) -> Row:
    found = totals([session], {session.path: delivery})
    stated = length_of(session)
    limit = delivery.length
    length = str(limit) if limit is not None else _range(stated) if stated else ""
    return (name_of(session), length, *_minutes(found))


def _sums(name: str, found: Totals) -> Row:
    return (name, "", *_minutes(found))


def _minutes(found: Totals) -> Row:
    estimated = f"~{found.estimated}" if found.estimated else "0"
    return (str(found.planned), str(found.stated), estimated, str(found.breaks))


def _range(time: Time) -> str:
    return str(time.low) if time.low == time.high else f"{time.low}–{time.high}"


def _lines(segment: Segment, delivery: Delivery) -> Iterator[Row]:
    minutes = f"{'' if segment.stated else '~'}{segment.minutes}"
    name = segment.title or segment.kind
    if segment.date:
        yield ("", "", segment.date)
        return
    yield (delivery.clock(segment.start), minutes, name)
    for part in segment.inside:
        mark = "" if part.stated else "~"
        name = f"  {part.title or part.kind}"
        yield (delivery.clock(part.start), f"({mark}{part.minutes})", name)


def _summed(sheet: RunSheet) -> str:
    said = [f"stated {sheet.stated}"]
    said += [f"estimated ~{sheet.estimated}"] if sheet.estimated else []
    if sheet.available is not None:
        said.insert(0, f"available {_range(sheet.available)}")
    said += [f"{sheet.over} too many"] if sheet.over else []
    said += [f"{sheet.spare} to spare"] if sheet.spare else []
    return ", ".join(said)


def _change(change: Change, sheet: RunSheet) -> str:
    segment = sheet.segment(change.id)
    name = (segment.title or segment.kind) if segment else change.id
    if change.out:
        return f"leave out {name} ({change.before} min)"
    return f"{name}: {change.before} → {change.after} min"


def table(rows: list[Row], left: int = 0) -> str:
    """Return rows in columns; all but column `left` have their ends under each other."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(c.ljust(w) if at == left else c.rjust(w)
                  for at, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    )  # fmt: skip
    return "".join(f"{line.rstrip()}\n" for line in lines)
