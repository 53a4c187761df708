"""Parts of a table or of code that are the facilitator's: columns by their titles, marked solutions.

Solutions are marked as in nbgrader and otter: `### BEGIN SOLUTION` … `### END SOLUTION`, `# SOLUTION`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from courseware.model.blocks import Cell, Row, Table
from courseware.model.walk import texts

_MARK = r"(?P<indent>\s*)(?P<mark>#+|//+|--+|%+|;+|/\*+|<!--)\s*"
_BEGIN = re.compile(rf"{_MARK}BEGIN[ _-]?(?:HIDDEN[ _-])?SOLUTION\b.*", re.IGNORECASE)
_END = re.compile(rf"{_MARK}END[ _-]?(?:HIDDEN[ _-])?SOLUTION\b.*", re.IGNORECASE)
_WHOLE = re.compile(rf"{_MARK}SOLUTION\b(?!\s*\w).*")
_LINE = re.compile(r"(?P<indent>\s*)\S.*?\s(?P<mark>#+|//+|--+|%+|;+)\s*SOLUTION\s*$")
HERE = "your code here"
"""What stands in a solution's place."""
_CLOSERS = {"/": " */", "<": " -->"}
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


def without_solutions(code: str) -> str:
    """Return code with a line in place of each marked solution; code without any as it is.

    A solution that is not ended, or that a line of `# SOLUTION` alone begins, goes to the end.
    """
    kept: list[str] = []
    inside = False
    for line in code.split("\n"):
        begun = _BEGIN.fullmatch(line) or _WHOLE.fullmatch(line) or _LINE.fullmatch(line)
        if inside:
            inside = not _END.fullmatch(line)
        elif begun:
            kept.append(_stub(begun["indent"], begun["mark"]))
            inside = not _LINE.fullmatch(line)
        elif not _END.fullmatch(line):
            kept.append(line)
    return "\n".join(kept)


def _stub(indent: str, mark: str) -> str:
    sign = "#" if mark.startswith("#") else mark
    close = _CLOSERS.get(mark[0], "") if mark.startswith(("/*", "<")) else ""
    return f"{indent}{sign} {HERE}{close}"
