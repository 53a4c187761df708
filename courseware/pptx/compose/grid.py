"""A table measured: columns as wide as their content asks for, rows as high."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from courseware.language.twins import UNSPACED
from courseware.pptx.template.template import Level
from courseware.pptx.text.code_lines import pieces
from courseware.pptx.text.fit import chunks, natural, widest
from courseware.pptx.text.formulas import gapped
from courseware.pptx.text.setting import CLOSE, HANG, Manner, Measured, measured, plain_pitch, space
from courseware.pptx.text.widths import SLACK, Flow, shared
from courseware.pptx.values import Align, Cell, GridCell, Paragraph, Row, Table

replace = msgspec.structs.replace
MARGINS = (7.2, 3.6, 7.2, 3.6)
"""Margins of a cell in points, as office programs have them: left, top, right, bottom."""
HIGHEST = 0.4
"""Share of a place that a table's head takes at most; a higher one is not repeated."""
LABEL = 4.0
"""Ems of a text in a script that parts no words up to which it stays on a line, as a word would."""
DIGIT = 0.65
"""Ems of a digit beside Arabic or Hebrew: office programs set it in the face of those."""
_FROM_RIGHT = re.compile("[\u0590-\u08ff]")
_NUMBER = re.compile(r"\d[\d.,:%–-]*")


class MatrixField(NamedTuple):
    """A field of a table's matrix: the cell that begins there, None where one reaches over it."""

    cell: Cell | None
    colspan: int = 1
    rowspan: int = 1


class RowSet(NamedTuple):
    """A row with its numbers: its cells, what is in each as set, and its height in points."""

    cells: tuple[GridCell, ...]
    texts: tuple[tuple[Measured, ...], ...]
    height: float


class GridPlan(NamedTuple):
    """A table with its numbers: columns' widths, rows that head it, other rows.

    `groups` are the numbers of rows that spans hold together, in order. `broken` counts words that
    are wider than their column.
    """

    widths: tuple[float, ...]
    head: tuple[RowSet, ...]
    rows: tuple[RowSet, ...]
    groups: tuple[int, ...]
    broken: int


def table_manner(manner: Manner, size: float) -> Manner:
    """Return how text in a table's cells is set, in points `size`."""
    base = manner.levels[0]
    hang = HANG * size
    levels = tuple(
        replace(
            base,
            size=size,
            left=(deep + 1) * hang,
            indent=-hang,
            before=0.0,
            after=CLOSE * size,
            bullet="•",
            align="left",
        )
        for deep in range(len(manner.levels))
    )
    return Manner(manner.template, levels)


def plan(table: Table, manner: Manner, width: float, tallest: float) -> GridPlan:
    """Return a table's numbers; no row that stands alone is higher than `tallest`, its head aside.

    `manner` is that of its cells, `width` the table's, in points.
    """
    head, rows = matrix(table.head), matrix(table.rows)
    columns = max((len(r) for r in (*head, *rows)), default=0)
    head, rows = (_padded(part, columns) for part in (head, rows))
    widths, broken = _widths([*head, *rows], columns, manner, width)
    head_set = _set(head, widths, manner)
    if sum(r.height for r in head_set) > tallest * HIGHEST:
        head, rows, head_set = [], [*head, *rows], ()
    room = tallest - sum(r.height for r in head_set)
    rows = _no_taller(rows, widths, manner, room)
    return GridPlan(widths, head_set, _set(rows, widths, manner), _groups(rows), broken)


# -- the matrix -----------------------------------------------------------------------


def matrix(rows: Sequence[Row]) -> list[list[MatrixField]]:
    """Return rows as a matrix with a slot for each field; spans that lead outside are clipped."""
    made: list[list[MatrixField | None]] = [[] for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while column < len(made[number]) and made[number][column] is not None:
                column += 1
            down = min(max(cell.rowspan, 1), len(rows) - number)
            across = _free(made[number], column, max(cell.colspan, 1))
            for y in range(number, number + down):
                for x in range(column, column + across):
                    _put(made[y], x, MatrixField(None))
            made[number][column] = MatrixField(cell, across, down)
            column += across
    return [[slot or MatrixField(Cell(())) for slot in line] for line in made]


def _free(line: Sequence[MatrixField | None], at: int, wanted: int) -> int:
    """Return how many of the wanted fields are free from one on."""
    count = 1
    while count < wanted and (at + count >= len(line) or line[at + count] is None):
        count += 1
    return count


def _put(line: list[MatrixField | None], at: int, slot: MatrixField) -> None:
    line += [None] * (at + 1 - len(line))
    line[at] = slot


def _padded(rows: list[list[MatrixField]], columns: int) -> list[list[MatrixField]]:
    return [[*row, *[MatrixField(Cell(()))] * (columns - len(row))] for row in rows]


def _groups(rows: list[list[MatrixField]]) -> tuple[int, ...]:
    """Return how many rows each group has that spans hold together."""
    counts: list[int] = []
    end = 0
    for number, row in enumerate(rows):
        if number >= end:
            counts.append(0)
        counts[-1] += 1
        end = max([end, *(number + slot.rowspan for slot in row)])
    return tuple(counts)


# -- widths ---------------------------------------------------------------------------


def _widths(
    rows: list[list[MatrixField]], columns: int, manner: Manner, width: float
) -> tuple[tuple[float, ...], int]:
    """Return the columns' widths, and how many columns are narrower than a word in them."""
    least, most = [0.0] * columns, [0.0] * columns
    turned = any(
        _FROM_RIGHT.search(paragraph.plain)
        for row in rows for slot in row if slot.cell for paragraph in slot.cell.paragraphs
    )  # fmt: skip
    wide: list[tuple[int, int, float, float]] = []
    held: list[list[tuple[Flow, ...]]] = [[() for _ in row] for row in rows]
    for number, row in enumerate(rows):
        for column, slot in enumerate(row):
            if slot.cell is None:
                continue
            low, high, flows = _extent(slot.cell, manner, turned)
            if slot.colspan > 1:
                wide.append((column, slot.colspan, low, high))
            else:
                least[column] = max(least[column], low)
                most[column] = max(most[column], high)
                held[number][column] = flows if slot.rowspan == 1 else ()
    for column, count, low, high in wide:
        for values, value in ((least, low), (most, high)):
            lack = (value - sum(values[column : column + count])) / count
            for x in range(column, column + count):
                values[x] += max(lack, 0.0)
    return shared(least, most, held, width)


def _extent(cell: Cell, manner: Manner, turned: bool) -> tuple[float, float, tuple[Flow, ...]]:
    """Return the width of a cell's widest word, and that of its longest line, margins included.

    `turned` tells that the table has text from the right.
    """
    low = high = 0.0
    margins = MARGINS[0] + MARGINS[2]
    flows = []
    for paragraph in _paragraphs(cell):
        level = manner.level(paragraph)
        style = manner.style(level)
        runs, sizes = gapped(paragraph.runs, level.size, 10_000.0, style)
        found = chunks(runs, style, tuple(s.width / level.size if s else 0.0 for s in sizes))
        left = level.left if paragraph.item else level.left + level.indent
        share = level.size / (1 - style.face.hold)
        word = min(natural(found), LABEL) if UNSPACED.search(paragraph.plain) else 0.0
        low = max(low, left + max(widest(found), word) * share)
        whole = left + natural(found) * share
        high = max(high, whole)
        flows.append(
            Flow(found, left + margins, share, plain_pitch(level, level.size, style), whole)
        )
        if turned:
            digits = max(map(len, _NUMBER.findall(paragraph.plain)), default=0)
            low = max(low, left + digits * DIGIT * level.size)
            high = max(low, high)
    return low + margins + SLACK, high + margins + SLACK, tuple(flows)


# -- rows -----------------------------------------------------------------------------


def _set(
    rows: list[list[MatrixField]], widths: tuple[float, ...], manner: Manner
) -> tuple[RowSet, ...]:
    """Return rows with their heights; a cell that spans rows makes the last of them higher."""
    heights = [0.0] * len(rows)
    texts: list[list[tuple[Measured, ...]]] = []
    tall: list[tuple[int, int, float]] = []
    for number, row in enumerate(rows):
        line: list[tuple[Measured, ...]] = []
        for column, slot in enumerate(row):
            found = _cell(slot, sum(widths[column : column + slot.colspan]), manner)
            line.append(found)
            if slot.rowspan > 1:
                tall.append((number, slot.rowspan, _height(found)))
            else:
                heights[number] = max(heights[number], _height(found))
        texts.append(line)
    for number, count, height in tall:
        last = number + count - 1
        heights[last] = max(heights[last], height - sum(heights[number:last]))
    return tuple(RowSet(tuple(_grid_cell(s, t) for s, t in zip(row, line, strict=True)), tuple(line),
                        round(height, 2)) for row, line, height in zip(rows, texts, heights, strict=True))  # fmt: skip


def _cell(slot: MatrixField, width: float, manner: Manner) -> tuple[Measured, ...]:
    if slot.cell is None:
        return ()
    inner = max(width - MARGINS[0] - MARGINS[2], 1.0)
    return set_all(_paragraphs(slot.cell), _aligned(manner, slot.cell.align), inner)


def set_all(paragraphs: Sequence[Paragraph], manner: Manner, width: float) -> tuple[Measured, ...]:
    """Return paragraphs as set below each other, with the space after each in its line."""
    made: list[Measured] = []
    for number, paragraph in enumerate(paragraphs):
        found = measured(paragraph, manner, width, _most(paragraphs, paragraph))
        last = number + 1 == len(paragraphs)
        after = found.extra + (0.0 if last else space(paragraph, paragraphs[number + 1], manner))
        made.append(found._replace(line=replace(found.line, after=round(after, 2))))
    return tuple(made)


def _most(paragraphs: Sequence[Paragraph], paragraph: Paragraph) -> int:
    """Return the largest number in a list."""
    return max((p.number for p in paragraphs if p.bullet == "1" and p.level == paragraph.level),
               default=0) if paragraph.item else 0  # fmt: skip


def height_of(found: Sequence[Measured]) -> float:
    """Return the height of paragraphs as set, in points."""
    between = sum(m.line.after for m in found[:-1])
    return sum(m.line.pitch * m.lines for m in found) + between + (found[-1].extra if found else 0)


def _height(found: Sequence[Measured]) -> float:
    return height_of(found) + MARGINS[1] + MARGINS[3]


def _grid_cell(slot: MatrixField, found: tuple[Measured, ...]) -> GridCell:
    if slot.cell is None:
        return GridCell(covered=True)
    return GridCell(tuple(m.line for m in found), slot.cell.header, slot.colspan, slot.rowspan)


def _aligned(manner: Manner, align: Align) -> Manner:
    if align == "left":
        return manner
    levels: tuple[Level, ...] = tuple(replace(v, align=align) for v in manner.levels)
    return manner._replace(levels=levels)


def _paragraphs(cell: Cell) -> tuple[Paragraph, ...]:
    """Return a cell's paragraphs, bold in one that heads a column or row; never none."""
    found = cell.paragraphs or (Paragraph(()),)
    if not cell.header:
        return found
    return tuple(replace(p, runs=tuple(replace(r, bold=True) for r in p.runs)) for p in found)


# -- rows that are too tall -----------------------------------------------------------


def _no_taller(
    rows: list[list[MatrixField]], widths: tuple[float, ...], manner: Manner, room: float
) -> list[list[MatrixField]]:
    """Return rows of which none is higher than `room`, and no group that spans hold together."""
    made: list[list[MatrixField]] = []
    number = 0
    for count in _groups(rows):
        group = rows[number : number + count]
        number += count
        if sum(r.height for r in _set(group, widths, manner)) <= room:
            made += group
            continue
        for row in group:
            alone = [MatrixField(s.cell or Cell(()), s.colspan) if s.cell or not _over(row, i) else s
                     for i, s in enumerate(row)]  # fmt: skip
            made += _cut(alone, widths, manner, room)
    return made


def _over(row: list[MatrixField], at: int) -> bool:
    """Whether a field is covered by a cell of its own row."""
    return any(s.cell is not None and i < at < i + s.colspan for i, s in enumerate(row))


def _cut(
    row: list[MatrixField], widths: tuple[float, ...], manner: Manner, room: float
) -> list[list[MatrixField]]:
    """Return a row as several of which each fits, each cell cut for itself."""
    whole = _set([row], widths, manner)[0].height
    if whole <= room:
        return [row]
    parts: list[list[Cell]] = []
    for column, slot in enumerate(row):
        if slot.cell is None:
            parts.append([])
            continue
        width = sum(widths[column : column + slot.colspan]) - MARGINS[0] - MARGINS[2]
        inner = room - MARGINS[1] - MARGINS[3]
        parts.append([replace(slot.cell, paragraphs=tuple(some), rowspan=1)
                      for some in fill(_paragraphs(slot.cell), manner, max(width, 1.0), inner)])  # fmt: skip
    count = max(map(len, parts))
    return [[slot if slot.cell is None else MatrixField(part[n] if n < len(part) else replace(slot.cell, paragraphs=()),
             slot.colspan) for slot, part in zip(row, parts, strict=True)] for n in range(count)]  # fmt: skip


def fill(
    paragraphs: Sequence[Paragraph], manner: Manner, width: float, room: float
) -> list[list[Paragraph]]:
    """Return paragraphs in groups that are no higher than `room`, cut where one alone is."""

    def height(paragraph: Paragraph) -> float:
        return height_of(set_all([paragraph], manner, width))

    groups: list[list[Paragraph]] = [[]]
    for paragraph in paragraphs:
        for piece in pieces(paragraph, height, room):
            if groups[-1] and height_of(set_all([*groups[-1], piece], manner, width)) > room:
                groups.append([])
            groups[-1].append(piece)
    return groups
