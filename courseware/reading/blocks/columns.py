"""A table's columns that are the facilitator's, by their titles."""

from __future__ import annotations

import msgspec

from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import Cell, Row, Table
from courseware.model.walk import texts

replace = msgspec.structs.replace


def with_hidden_columns(table: Table, words: Vocabulary) -> Table:
    """Return a table with the cells under a facilitator's title kept to the facilitator."""
    hidden = {
        at
        for row in (table.head or table.rows[:1])
        for at, cell in _columns(row)
        if cell.header and words.is_facilitator(" ".join(t.plain for t in texts([cell])))
    }
    if not hidden:
        return table
    head = tuple(_without(row, hidden) for row in table.head)
    return replace(table, head=head, rows=tuple(_without(row, hidden) for row in table.rows))


def _columns(row: Row) -> list[tuple[int, Cell]]:
    """Return a row's cells with the column each starts at."""
    at, found = 0, []
    for cell in row.cells:
        found.append((at, cell))
        at += cell.colspan
    return found


def _without(row: Row, hidden: set[int]) -> Row:
    cells = tuple(
        replace(cell, audience="facilitator") if at in hidden else cell
        for at, cell in _columns(row)
    )
    return replace(row, cells=cells)
