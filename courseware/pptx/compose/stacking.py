"""Units of one slide laid below each other in a place: boxes with their content."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import msgspec

from courseware.pptx.compose.grid import MARGINS, RowSet
from courseware.pptx.compose.units import Bed, Unit, kind, picture_size
from courseware.pptx.template.template import LayoutPlace
from courseware.pptx.text.formulas import DESCENT, SetFormula
from courseware.pptx.text.setting import Measured
from courseware.pptx.values import Box, Grid, Image, Line, Picture, Text

replace = msgspec.structs.replace


SIDES = ("left", "middle", "right")
"""Places in which a picture begins where the words below it do; in any other it stands in the middle."""


class Laid(NamedTuple):
    """What is laid in a place: boxes in order, and the pictures of formulas in them."""

    boxes: tuple[Box, ...]
    formulas: tuple[Image, ...]


def laid(units: Sequence[Unit], bed: Bed) -> Laid:
    """Return the boxes of units in a bed. A single text stays as the place anchors it."""
    runs = [list(group) for _, group in groupby(units, kind)]
    if len(runs) == 1 and isinstance(runs[0][0].content, Measured):
        if runs[0][0].code:
            return text_box(runs[0], replace(bed.place, idx=None, anchor="top", moved=True))
        return text_box(runs[0], bed.place)
    total = sum(u.height + u.after for u in units) - (units[-1].after if units else 0.0)
    spare = max(bed.place.inner_height - bed.hold - total, 0.0)
    share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
    alone = len(units) == 1 and isinstance(units[0].content, Picture)
    y = bed.place.y + bed.place.insets[1] + spare * (0.5 if alone else share[bed.place.anchor])
    boxes: list[Box] = []
    formulas: list[Image] = []
    taken: set[int | None] = set()
    for run in runs:
        found, height = _box(run, bed, y, len(runs) == 1)
        boxes += [_own(box, taken) for box in found.boxes]
        formulas += found.formulas
        y += height + run[-1].after
    return Laid(tuple(boxes), tuple(formulas))


def _own(box: Box, taken: set[int | None]) -> Box:
    """Return a box that has its placeholder only if no other has it already."""
    place = box.place
    if (
        place.idx is None
        or place.idx in taken
        or (isinstance(box.content, Text) and box.content.code)
    ):
        return replace(box, place=replace(place, idx=None, moved=True))
    taken.add(place.idx)
    return box


def _box(units: Sequence[Unit], bed: Bed, y: float, alone: bool = False) -> tuple[Laid, float]:
    """Return the box of units of one kind at a height on the slide, and how high they are."""
    first = units[0]
    place = bed.place
    x = place.x + place.insets[0]
    if first.plan is not None:
        grid = _roomy(_grid(units), units, bed) if alone else _grid(units)
        where = _at(first.place, x, y, sum(grid.widths), sum(grid.heights))
        return Laid((Box(where, grid),), _in_grid(grid, units, x, y)), sum(grid.heights)
    if isinstance(first.content, Picture):
        width, height = picture_size(first, bed.width)
        left = x + (bed.width - width) * (0.0 if place.name in SIDES else 0.5)
        picture = first.content
        image = Image(
            round(left, 2),
            round(y, 2),
            width,
            height,
            picture.alt,
            picture.source,
            colour=picture.ink,
        )
        return Laid((Box(_at(first.place, left, y, width, height), image),), ()), height
    height = _height(units)
    _, top, _, bottom = place.insets
    where = replace(_at(first.place, place.x, y - top, place.width, height + top + bottom + bed.hold),
                    insets=place.insets, anchor="top")  # fmt: skip
    return text_box(units, where), height


def _at(place: LayoutPlace, x: float, y: float, width: float, height: float) -> LayoutPlace:
    return replace(place, x=round(x, 2), y=round(y, 2), width=round(width, 2),
                   height=round(height, 2), moved=True)  # fmt: skip


def _height(units: Sequence[Unit]) -> float:
    return sum(u.height + u.after for u in units) - units[-1].after


def text_box(units: Sequence[Unit], place: LayoutPlace) -> Laid:
    """Return the text of units in a place, their formulas where they are on the slide."""
    height = _height(units)
    spare = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[place.anchor]
    y = place.y + place.insets[1] + max(place.inner_height - height, 0.0) * spare
    lines: list[Line] = []
    formulas: list[Image] = []
    for number, unit in enumerate(units):
        found = unit.content
        assert isinstance(found, Measured)
        last = number + 1 == len(units)
        after = found.extra + (0.0 if last else unit.after)
        own = found.line.own or _style(unit.place) != _style(place)
        lines.append(replace(found.line, after=round(after, 2), own=own))
        x = place.x + place.insets[0] + found.line.left
        colour = unit.place.levels[found.line.level].colour
        formulas += [_formula(mark, found, x, y, colour) for mark in found.marks]
        y += unit.height + unit.after
    return Laid((Box(place, Text(tuple(lines), round(height, 2), units[0].code)),), tuple(formulas))


def _style(place: LayoutPlace) -> list[tuple[float, float, str]]:
    """Return what the pitch of a place's text depends on, level by level."""
    return [(level.spacing, level.pitch, level.family) for level in place.levels]


def _formula(mark: SetFormula, found: Measured, x: float, y: float, colour: str) -> Image:
    """Return the picture of a formula whose paragraph begins at x, y."""
    line = found.line
    share = {"left": 0.0, "justify": 0.0, "center": 0.5, "right": 1.0}[line.align]
    top = y + mark.line * line.pitch
    if mark.display:
        top += (line.pitch - mark.size.height) / 2
    else:
        top += line.pitch - DESCENT * line.size + mark.size.depth - mark.size.height
    left = x + mark.x + mark.slack * share
    return Image(round(left, 2), round(top, 2), round(mark.size.width, 2), round(mark.size.height, 2),
                 "", "", mark.tex, mark.em, colour, mark.display)  # fmt: skip


# -- tables ---------------------------------------------------------------------------


def _rows(units: Sequence[Unit]) -> tuple[tuple[RowSet, ...], int]:
    """Return the rows of units, the head above them, and how many rows head them."""
    first = units[0]
    assert first.plan is not None
    rows = [row for unit in units for row in unit.content if isinstance(row, RowSet)]  # type: ignore[union-attr]
    head = first.plan.head
    if first.lead:
        rows = [*head, *rows]
    return tuple(rows), len(head)


def _grid(units: Sequence[Unit]) -> Grid:
    rows, head = _rows(units)
    assert units[0].plan is not None
    return Grid(units[0].plan.widths, tuple(r.height for r in rows), tuple(r.cells for r in rows),
                head, MARGINS)  # fmt: skip


FULL, HIGHER = 0.85, 26.0
"""Share of its place that a table alone fills, with rows that are so many points higher at most."""


def height_shown(units: Sequence[Unit], bed: Bed) -> float:
    """Return how high units are on their slide: a table alone there has higher rows."""
    if units and units[0].plan is not None and len({kind(unit) for unit in units}) == 1:
        return sum(_roomy(_grid(units), units, bed).heights)
    return _height(units) if units else 0.0


def _roomy(grid: Grid, units: Sequence[Unit], bed: Bed) -> Grid:
    """Return a table alone on its slide with higher rows, as far as there is room."""
    spare = FULL * bed.height - sum(grid.heights)
    formulas = any(t.marks for row in _rows(units)[0] for cell in row.texts for t in cell)
    more = round(min(spare / len(grid.heights), HIGHER * bed.scale), 2)
    if more <= 0 or formulas or any(c.rowspan > 1 for row in grid.rows for c in row):
        return grid
    return replace(grid, heights=tuple(round(h + more, 2) for h in grid.heights), roomy=True)


def _in_grid(grid: Grid, units: Sequence[Unit], x: float, y: float) -> tuple[Image, ...]:
    """Return the formulas in a table that begins at x, y."""
    found: list[Image] = []
    colour = units[0].place.levels[0].colour
    for row in _rows(units)[0]:
        left = x
        for width, texts in zip(grid.widths, row.texts, strict=True):
            top = y + MARGINS[1]
            for text in texts:
                found += [_formula(m, text, left + MARGINS[0] + text.line.left, top, colour)
                          for m in text.marks]  # fmt: skip
                top += text.lines * text.line.pitch + text.line.after
            left += width
        y += row.height
    return tuple(found)
