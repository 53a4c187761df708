"""Drawings in characters as native shapes: boxes with their words in them, lines, arrows, and the words beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from courseware.media.sketches import Frame, PlacedWords, Sketch, Stroke, sketch
from courseware.pptx.compose.figures import (
    OPTICAL,
    Area,
    Laid,
    box,
    flush,
    height,
    lowered,
    replace,
)
from courseware.pptx.compose.units import HOLD, Bed, Unit, units_of
from courseware.pptx.template.template import LayoutPlace, Template
from courseware.pptx.text.fit import Style, chunks, natural
from courseware.pptx.values import Align, Code, Holder, Paragraph, Run

NAME = "sketch-"
"""How the names of its places begin."""
SIZE, LEAST = 24.0, 14.0
"""Points of its words at most and at least, on a slide 540 points high."""
CELL, ROW, LINE = 0.6, 1.4, 0.9
"""Ems of a column at most, of a row with words, and of any other."""
SPARE = 0.97
"""Share of the room between two lines that words fill at most."""


class Drawn(NamedTuple):
    """A drawing on a slide: its places with what they say, and its lines."""

    places: tuple[tuple[LayoutPlace, tuple[Paragraph, ...]], ...]
    strokes: tuple[Stroke, ...]


def sketched(
    holders: Sequence[Holder], room: Area, template: Template, bed_of: Callable[[LayoutPlace], Bed]
) -> Laid | None:
    """Return the beds of a drawing's words by name, and what its slide has in them; None if it does not fit."""
    found = _drawn(_text(holders), room, template)
    if found is None:
        return None
    beds: dict[str, Bed] = {}
    made: dict[str, list[Unit]] = {}
    for place, said in found.places:
        bed = beds[place.name] = bed_of(place)
        made[place.name] = units_of([(one, place) for one in said], bed)
        if len(made[place.name]) > len(said) or height(made[place.name]) > bed.height:
            return None
    return beds, [made]


def strokes(holders: Sequence[Holder], room: Area, template: Template) -> tuple[Stroke, ...]:
    """Return the lines of a drawing that fits; () of anything else."""
    drawing = bool(holders) and holders[0].name.startswith(NAME)
    found = _drawn(_text(holders), room, template) if drawing else None
    return found.strokes if found else ()


def _text(holders: Sequence[Holder]) -> str:
    return next((b.text for h in holders for b in h.blocks if isinstance(b, Code)), "")


@lru_cache(maxsize=32)
def _drawn(text: str, room: Area, template: Template) -> Drawn | None:
    """Return a drawing as large as it has room, in the optical middle."""
    found = sketch(text)
    if found is None:
        return None
    scale = template.scale
    cell = min(room.width / found.columns, CELL * SIZE * scale)
    size = _size(found, cell, room.width, template)
    high = found.tops(ROW * size, LINE * size, LINE * size)[-1]
    size = int(2 * size * min(1.0, room.height / high)) / 2
    if size < LEAST * scale:
        return None
    tops = found.tops(ROW * size, LINE * size, LINE * size)
    x = room.x + (room.width - found.columns * cell) / 2
    y = room.y + lowered(tops[-1], room, template, OPTICAL)
    places = []
    words = list(found.words(cell, tops))
    filled: list[Frame] = []
    for frame in found.frames():
        inside = _inside(found, frame, words)
        if inside:
            filled.append(frame)
            words = [one for one in words if one not in inside]
            places.append(
                _box(
                    f"{NAME}box-{len(filled)}",
                    _area(frame, cell, tops, x, y),
                    inside,
                    template,
                    size,
                )
            )
    for number, one in enumerate(words, 1):
        places.append(
            _label(f"{NAME}label-{number}", one, (x, y, room.x + room.width), template, size)
        )
    lines = (s._replace(x1=round(s.x1 + x, 2), x2=round(s.x2 + x, 2), y1=round(s.y1 + y, 2), y2=round(s.y2 + y, 2))
             for s in found.headed(cell, tops, found.unframed(filled)))  # fmt: skip
    return Drawn(tuple(places), tuple(lines))


def _size(found: Sketch, cell: float, wide: float, template: Template) -> float:
    """Return the largest size at which all words stay on a line, where they stand."""
    level = template.layouts["content"].places["body"].levels[0]
    style = Style(template.faces[level.family], template.faces[template.code], level.bold)
    edge = (wide + found.columns * cell) / 2
    size = min(SIZE * template.scale, cell / CELL * 1.15)
    for one in found.words(cell, found.tops(1.0, 1.0, 1.0)):
        ems = natural(chunks((Run(one.text),), style)) / (1 - style.face.hold)
        right = min(one.right, edge)
        size = min(size, SPARE * (right - (one.left if one.middle else one.x)) / max(ems, 1.0))
    return size


def _inside(found: Sketch, frame: Frame, words: Sequence[PlacedWords]) -> list[PlacedWords]:
    """Return the words in a box that holds nothing else; none where it holds more."""
    top, left, bottom, right = frame
    cells = {*found.arms, *found.heads}
    if any((row, at) in cells for row in range(top + 1, bottom) for at in range(left + 1, right)):
        return []
    starts = {(row, said): at for row, at, said in found.runs}
    return [
        one for one in words if top < one.row < bottom and left < starts[one.row, one.text] < right
    ]


def _area(frame: Frame, cell: float, tops: Sequence[float], x: float, y: float) -> Area:
    top, left, bottom, right = frame
    above, below = ((tops[row] + tops[row + 1]) / 2 for row in (top, bottom))
    return Area(x + (left + 0.5) * cell, y + above, (right - left) * cell, below - above)


def _box(
    name: str, at: Area, words: Sequence[PlacedWords], template: Template, size: float
) -> tuple[LayoutPlace, tuple[Paragraph, ...]]:
    align: Align = "center" if all(one.middle for one in words) else "left"
    beside = 0.0 if align == "center" else 0.4 * size
    place = flush(box(name, at, template, size, align))
    place = replace(place, anchor="middle", line="tx1", insets=(beside, 0.0, 0.0, 0.0))
    return place, tuple(Paragraph((Run(one.text),)) for one in words)


def _label(
    name: str, one: PlacedWords, origin: tuple[float, float, float], template: Template, size: float
) -> tuple[LayoutPlace, tuple[Paragraph, ...]]:
    x, y, edge = origin
    left = one.left if one.middle else one.x
    high = 1.25 * size + HOLD + 0.2
    at = Area(x + left, y + one.y - high / 2, min(x + one.right, edge) - x - left, high)
    place = flush(box(name, at, template, size, "center" if one.middle else "left"))
    return replace(place, anchor="middle"), (Paragraph((Run(one.text),)),)


def drawings(holders: Sequence[Holder]) -> Iterator[Code]:
    """Yield the drawings in characters that holders have."""
    for holder in holders:
        for block in holder.blocks:
            if isinstance(block, Code) and block.language == "drawing":
                yield block
