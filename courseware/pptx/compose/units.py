"""A place's blocks as units: what a slide holds whole, each with its height.

A unit is a paragraph, a row of a table (or rows that a span holds together), a line of code or a
picture. One that alone is higher than its place comes in pieces.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from courseware.pptx.compose.grid import GridPlan, RowSet, plan, table_manner
from courseware.pptx.template.template import LayoutPlace
from courseware.pptx.text.code_lines import code_lines, divided_line, pieces
from courseware.pptx.text.setting import Manner, Measured, measured, space
from courseware.pptx.values import Block, Code, Paragraph, Picture, Table

TABLE = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0)
"""Sizes of tables on a slide 540 points high, where the template has no smaller one."""
CODE = (20.0, 18.0, 16.0, 16.0, 16.0, 16.0)
"""Sizes of code, likewise."""
USUAL = 4
"""Of these sizes so many are for all; those after them are for a table of few, high rows."""
HOLD = 3.0
"""Points of a text's height that are held back at least; else a tenth of an em."""
GAP = 12.0
"""Points between a text and a table, code or picture, on a slide 540 points high."""
LARGER = 2.0
"""How many times its own size a picture is at most."""
SMALLEST = 0.3
"""Share of a place's height that a picture among text has at least."""
APART = 1000.0
"""What it costs to part what is to be kept together; other costs are shares of 1."""
IN_ITEM, BEFORE_LEVEL = 0.4, 0.2


class Way(NamedTuple):
    """How a slide is tried: the step in size of its text, and of its tables and code.

    `code` is the size of code on a slide 540 points high, 0 where the step says it.
    """

    step: float = 1.0
    dense: int = 0
    code: float = 0.0


class Unit(NamedTuple):
    """A unit: what it is, its height, the space after it if another follows.

    `lead` is the height of what is repeated above it where a slide begins with it (a table's
    head), `joint` what it costs to end a slide with it. `place` is the place whose style it has.
    `of` tells apart tables and pieces of code that follow each other. `broken` counts lines of
    code or columns that are too wide.
    """

    content: Measured | tuple[RowSet, ...] | Picture
    height: float
    after: float
    place: LayoutPlace
    lead: float = 0.0
    joint: float = 0.0
    of: int = 0
    plan: GridPlan | None = None
    code: str = ""
    broken: int = 0


class Bed(NamedTuple):
    """Where units are laid: a place, its manner, width and height inside, and its ground."""

    place: LayoutPlace
    manner: Manner
    way: Way
    width: float
    height: float
    dark: bool

    @property
    def scale(self) -> float:
        """What lengths made for a slide 540 points high are multiplied by."""
        return self.manner.template.scale

    @property
    def hold(self) -> float:
        """Points of the height that are held back."""
        return max(HOLD, 0.1 * max(self.manner.size(v) for v in self.place.levels))


def units_of(blocks: Sequence[tuple[Block, LayoutPlace]], bed: Bed) -> list[Unit]:
    """Return blocks as units, each set as its place sets text, in a bed."""
    made: list[Unit] = []
    room = bed.height - bed.hold
    for number, (block, place) in enumerate(blocks):
        home = bed._replace(place=place, manner=bed.manner._replace(levels=place.levels))
        if isinstance(block, Paragraph):
            made += _texts(block, [b for b, _ in blocks], home, room)
        elif isinstance(block, Table):
            made += _rows(block, home, room, number)
        elif isinstance(block, Code):
            made += _lines(block, home, room, number)
        else:
            made.append(Unit(block, 0.0, 0.0, place, of=number))
    return _pictured(_spaced(made, bed), bed, room)


def _texts(block: Paragraph, blocks: Sequence[Block], bed: Bed, room: float) -> Iterator[Unit]:
    most = max((b.number for b in blocks if isinstance(b, Paragraph) and b.bullet == "1"
                and b.level == block.level), default=0) if block.item else 0  # fmt: skip

    def height(paragraph: Paragraph) -> float:
        return measured(paragraph, bed.manner, bed.width, most).height

    for piece in pieces(block, height, room):
        found = measured(piece, bed.manner, bed.width, most)
        yield Unit(found, found.height, 0.0, bed.place, joint=APART if piece.keep else 0.0)


def _dense(bed: Bed, sizes: Sequence[float]) -> float:
    """Return the size of tables or code in a place, in points."""
    return round(min(bed.place.levels[0].size, sizes[bed.way.dense] * bed.scale), 2)


def _rows(table: Table, bed: Bed, room: float, number: int) -> Iterator[Unit]:
    if table.caption:
        yield from _texts(Paragraph(table.caption, keep=True), (), bed, room)
    manner = table_manner(bed.manner, _dense(bed, TABLE))
    found = plan(table, manner, bed.width, room)
    head = sum(row.height for row in found.head)
    begin = 0
    for index, count in enumerate(found.groups):
        rows = found.rows[begin : begin + count]
        begin += count
        above = found.head if index == 0 else ()
        height = sum(row.height for row in rows)
        broken = found.broken if index == 0 else 0
        yield Unit((*above, *rows), height + (head if index == 0 else 0.0), 0.0, bed.place,
                   0.0 if index == 0 else head, of=number, plan=found, broken=broken)  # fmt: skip
    if not found.groups and found.head:
        yield Unit(found.head, head, 0.0, bed.place, of=number, plan=found)


def _lines(code: Code, bed: Bed, room: float, number: int) -> Iterator[Unit]:
    size = round(bed.way.code * bed.scale, 2) or _dense(bed, CODE)
    for found in code_lines(code, bed.manner, size, bed.width, bed.dark):
        most = max(int(room / found.line.pitch), 1)
        for part in divided_line(found, most):
            yield Unit(part, part.height, 0.0, bed.place, of=number, code=code.language or "text",
                       broken=part.lines - 1)  # fmt: skip


def kind(unit: Unit) -> tuple[str, object]:
    """Return what units must share to be in one box."""
    if unit.plan is not None or unit.code:
        return "rows" if unit.plan else "code", unit.of
    if isinstance(unit.content, Picture):
        return "picture", unit.of
    return "text", unit.place.name


def _spaced(units: list[Unit], bed: Bed) -> list[Unit]:
    """Return units with the space between them, and what it costs to part them."""
    made: list[Unit] = []
    for number, unit in enumerate(units):
        if number + 1 == len(units):
            made.append(unit)
            continue
        other = units[number + 1]
        if kind(unit) != kind(other):
            made.append(unit._replace(after=_gap(unit, other, bed)))
        elif isinstance(unit.content, Measured) and not unit.code:
            made.append(_before(unit, other, bed))
        else:
            made.append(unit)
    return made


def _gap(unit: Unit, other: Unit, bed: Bed) -> float:
    """Return the space between units of two boxes: what is between their contents.

    A text's box reaches beyond its lines by the place's insets, and these may be larger than the gap.
    """
    _, top, _, bottom = bed.place.insets
    edges = bottom * isinstance(unit.content, Measured) + top * isinstance(other.content, Measured)
    return max(GAP * bed.scale, edges) + bed.hold


def _before(unit: Unit, other: Unit, bed: Bed) -> Unit:
    """Return a paragraph with the space before another, and what it costs to part the two."""
    assert isinstance(unit.content, Measured) and isinstance(other.content, Measured)
    one, two = (Paragraph((), u.content.line.level, item=True) for u in (unit, other))  # type: ignore[union-attr]
    after = space(one, two, bed.manner._replace(levels=unit.place.levels))
    joint = unit.joint
    if unit.content.line.left and other.content.line.left and not other.content.line.bullet:
        joint = max(joint, IN_ITEM)
    elif two.level > one.level:
        joint = max(joint, BEFORE_LEVEL)
    return unit._replace(after=after, joint=joint)


def _pictured(units: list[Unit], bed: Bed, room: float) -> list[Unit]:
    """Return units with the heights of pictures, which share the room that others leave."""
    pictures = [u for u in units if isinstance(u.content, Picture)]
    if not pictures:
        return units
    others = sum(u.height + u.after for u in units if u not in pictures)
    share = (room - others - sum(u.after for u in pictures)) / len(pictures)
    most = room if len(units) == 1 else min(max(share, SMALLEST * room), room)
    return [u._replace(height=_picture_size(u.content, bed.width, most)[1])
            if isinstance(u.content, Picture) else u for u in units]  # fmt: skip


def _picture_size(picture: Picture, width: float, height: float) -> tuple[float, float]:
    """Return a picture's width and height in points, as large as its room and its own size allow."""
    factor = min(width / picture.width, height / picture.height, LARGER)
    return math.floor(picture.width * factor * 100) / 100, math.floor(picture.height * factor * 100) / 100  # fmt: skip


def picture_size(unit: Unit, width: float) -> tuple[float, float]:
    """Return the width and height in points of a unit's picture."""
    assert isinstance(unit.content, Picture)
    return _picture_size(unit.content, width, unit.height + 0.01)
