"""Minutes of segments in full and in each variant, side by side: as a table, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from courseware.cli.minutes import name_of, table
from courseware.model.session import Session
from courseware.model.times.delivery import Delivery
from courseware.model.times.timing import RunSheet, run_sheet
from courseware.model.variants import Edition, for_group

FULL = "in full"
OUT = "–"
"""What stands for a segment that falls out."""


class Cells(msgspec.Struct, frozen=True):
    """A segment's minutes by edition; None where it falls out."""

    id: str
    title: str
    minutes: dict[str, int | None]


class SegmentRows(msgspec.Struct, frozen=True):
    """A session's segments, the totals and the lengths by edition; a length may be unknown."""

    session: str
    path: str
    segments: tuple[Cells, ...]
    total: dict[str, int]
    length: dict[str, int | None]


def compared(
    sessions: Iterable[Session], editions: Sequence[Edition], delivery: Delivery
) -> tuple[SegmentRows, ...]:
    """Return the minutes of sessions in each edition that has them."""
    return tuple(_rows(s, editions, delivery) for s in sessions if s.role == "session")


def _rows(session: Session, editions: Sequence[Edition], delivery: Delivery) -> SegmentRows:
    sheets = {
        e.name or FULL: run_sheet(
            for_group(session, e.audience), e.of(session.path, delivery), in_parts=True
        )
        for e in editions
        if e.has(session.path)
    }
    whole = sheets[FULL]
    return SegmentRows(
        session=name_of(session),
        path=session.path,
        segments=tuple(
            Cells(
                s.id, s.title or s.kind, {n: _minutes(sheet, s.id) for n, sheet in sheets.items()}
            )
            for s in whole.timed()
        ),
        total={name: sheet.total for name, sheet in sheets.items()},
        length={n: s.available.high if s.available else None for n, s in sheets.items()},
    )


def _minutes(sheet: RunSheet, name: str) -> int | None:
    return next((s.minutes for s in sheet.timed() if s.id == name), None)


def as_json(rows: Iterable[SegmentRows]) -> str:
    """Return the minutes as JSON."""
    return msgspec.json.format(msgspec.json.encode(tuple(rows)), indent=2).decode() + "\n"


def as_table(rows: Iterable[SegmentRows]) -> str:
    """Return the minutes as a table a session."""
    return "\n".join(_table(row) for row in rows)


def _table(rows: SegmentRows) -> str:
    columns = tuple(rows.total)
    lines = [(rows.session, *columns)]
    for cells in rows.segments:
        said = (cells.minutes[c] for c in columns)
        lines.append((f"  {cells.title}", *(OUT if m is None else str(m) for m in said)))
    lines.append(("  planned", *(str(rows.total[c]) for c in columns)))
    lines.append(("  of", *(str(rows.length[c] or "") for c in columns)))
    return table(lines)
