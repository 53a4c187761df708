"""Canvases, forms as grids, and tables to fill in: what its author draws, with space in each field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from courseware.language.printed import Printed
from courseware.model.blocks import Cell, Form, Item, Node, Paragraph, Space, Table, Text
from courseware.model.inline import Mark, plain_text
from courseware.model.walk import rebuild, texts
from courseware.products.handout.canvas import Canvas, canvas
from courseware.products.worksheet.selection import empty_columns, is_empty
from courseware.products.worksheet.space import CELL, Room, Things

replace = msgspec.structs.replace
TITLE = 42.0
"""Millimetres of a canvas's quadrant."""
PAGE = 150.0
"""Millimetres that the fields of a form which takes its page have in all, at least."""
SMALL = 18.0
"""Millimetres of a field that only has a name."""
FILLED = 62
"""Percent of a table's width that its columns to fill share, at most."""


def quadrants(space: Space, printed: Printed) -> Things:
    """Return a canvas as boxes with its titles."""
    items = []
    for at, title in enumerate(space.titles):
        text = plain_text(title)
        name = f"{space.id}-title-{at + 1}"
        said = (Paragraph(span=space.span, id=name, text=text),) if title else ()
        room: Any = Room(span=space.span, id=f"{space.id}-space-{at + 1}", kind="box", height=TITLE,
                    label=title or printed("field_number", number=at + 1))  # fmt: skip
        items.append(Item(span=space.span, id=f"{space.id}-{at + 1}", blocks=(*said, room)))
    return Things(span=space.span, id=space.id, items=tuple(items))


def canvas_of(form: Form) -> list[Node]:
    """Return a form as boxes to write in where it is a grid of names; else as it is."""
    grid = canvas(form)
    if grid is None:
        return [form]
    found: list[Node] = []
    if grid.title:
        found.append(Paragraph(span=form.span, id=f"{form.id}-title", text=_strong(grid.title)))
    if grid.lines:
        found.append(replace(form, id=f"{form.id}-lines", lines=grid.lines))
    hints = sum(bool(hint) for _, hint in grid.cells)
    fills = 2 * hints >= len(grid.cells) or grid.across > 2
    items = tuple(_field(form, grid, n, fills) for n in range(len(grid.cells)))
    boxes = Things(
        span=form.span, id=form.id, items=items, across=grid.across, form=True, whole=fills
    )
    return [*found, boxes]


def _strong(text: Text) -> Text:
    return Text((Mark("strong", inside=text.inlines),))


def _field(form: Form, grid: Canvas, at: int, fills: bool) -> Item:
    """Return a field of a form: its name, and a space below each thing that it asks."""
    name, hint = grid.cells[at]
    asked = grid.entries[at] if grid.entries else (hint,)
    height = PAGE / -(-len(grid.cells) // grid.across) if fills else SMALL
    blocks: list[Any] = [Paragraph(span=form.span, id=f"{form.id}-{at}", text=name)]
    for n, entry in enumerate(asked, 1):
        said = f"{name.plain}: {entry.plain}" if entry else name.plain
        own = f"{form.id}-{at}-{n}"
        if entry:
            blocks.append(Paragraph(span=form.span, id=f"{own}-asked", text=entry))
        blocks.append(Room(span=form.span, id=f"{own}-space", kind="box", height=height // len(asked),
                           label=said, fills=fills))  # fmt: skip
    return Item(span=form.span, id=f"{form.id}-{at}-field", blocks=tuple(blocks))


def filled(table: Table, deeper: Callable[[Node], Node], completed: bool = False) -> Table:
    """Return a table with space in the columns, or after the row's names, that it leaves empty.

    `completed` tells that every empty cell is written in. `deeper` does what is to be done with the blocks of
    a table that leaves none.
    """
    rows = [list(row.cells) for row in table.rows]
    columns = empty_columns(table)
    lone = {at for at, r in enumerate(rows) if len(r) > 1 and all(map(is_empty, r[1:]))}
    gaps = completed and any(is_empty(cell) for row in rows for cell in row)
    if not columns and not lone and not gaps:
        made: Table = rebuild(table, deeper)
        return made
    share = min(FILLED // max(len(columns), 1), 45) if columns else 0
    heads = [
        " ".join(t.plain for t in texts([c])) for c in (table.head[0].cells if table.head else ())
    ]
    found = []
    for at, row in enumerate(table.rows):
        name = " ".join(t.plain for t in texts(row.cells[:1]))
        cells = tuple(
            _cell(cell, f"{name}: {heads[n]}" if n < len(heads) else name, share)
            if is_empty(cell) and (completed or n in columns or (at in lone and n)) else cell
            for n, cell in enumerate(row.cells)
        )  # fmt: skip
        found.append(replace(row, cells=cells))
    return replace(table, rows=tuple(found))


def _cell(cell: Cell, label: str, share: int) -> Cell:
    room: Node = Room(span=cell.span, id=f"{cell.id}-space", kind="cell", height=CELL, label=label,
                wide=share)  # fmt: skip
    return replace(cell, blocks=(room,))
