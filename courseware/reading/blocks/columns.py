"""A table's columns that are the facilitator's, by their titles."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from courseware.model.blocks import Cell, Row, Table
from courseware.model.walk import texts

replace = msgspec.structs.replace
Decide = Callable[[str, tuple[str, ...], int], bool]
"""Whether a column is withheld, by its title, its cells' words and the line of its title."""
Placed = list[tuple[Row, list[tuple[int, Cell]]]]


def with_hidden_columns(table: Table, decide: Decide) -> Table:
    """Return a table with the cells of columns that are withheld kept to the facilitator."""
    rows = _placed((*table.head, *table.rows))
    heads = rows[: len(table.head)] or rows[:1]
    hidden: set[int] = set()
    for row, cells in heads:
        for at, cell in cells:
            if (
                cell.header
                and (title := _words(cell))
                and decide(title, _under(rows, at, cell), row.span.line)
            ):
                hidden |= set(range(at, at + cell.colspan))
    if not hidden:
        return table
    kept = [_without(row, cells, hidden) for row, cells in rows]
    return replace(table, head=tuple(kept[: len(table.head)]), rows=tuple(kept[len(table.head) :]))


def _placed(rows: tuple[Row, ...]) -> Placed:
    """Return rows with the column that each cell starts at: those that span rows are counted."""
    below: dict[int, int] = {}
    found: Placed = []
    for row in rows:
        at, cells, taken = 0, [], dict(below)
        below = {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in row.cells:
            while at in taken:
                at += 1
            cells.append((at, cell))
            for column in range(at, at + cell.colspan):
                if cell.rowspan > 1:
                    below[column] = cell.rowspan - 1
            at += cell.colspan
        found.append((row, cells))
    return found


def _words(cell: Cell) -> str:
    return " ".join(text.plain for text in texts([cell]))


def _under(rows: Placed, column: int, head: Cell) -> tuple[str, ...]:
    return tuple(
        _words(c) for _, cells in rows for at, c in cells if at == column and c is not head
    )


def _without(row: Row, cells: list[tuple[int, Cell]], hidden: set[int]) -> Row:
    kept = (replace(cell, audience="facilitator") if at in hidden else cell for at, cell in cells)
    return replace(row, cells=tuple(kept))
