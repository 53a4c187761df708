"""Items of a short list as what they are: steps with their numbers in circles, points on cards.

Steps stand below each other, points beside each other. Either has one size of text, the largest that
fits, and stands in the optical middle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

import msgspec

from courseware.pptx.compose.figures import (
    OPTICAL,
    Area,
    Laid,
    box,
    circle,
    flush,
    height,
    lowered,
    shaded,
)
from courseware.pptx.compose.units import Bed, Unit, units_of
from courseware.pptx.template.template import LayoutPlace, Template
from courseware.pptx.values import Holder, Paragraph, Run

replace = msgspec.structs.replace
SIZES = (32.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0)
"""Sizes of points, and of steps but the largest, on a slide 540 points high."""
CIRCLE, BESIDE = 46.0, 20.0
"""Points across the circle of a step's number, and between it and what is said."""
BETWEEN, NEAREST = 30.0, 16.0
"""Points between steps: where there is room, and at least."""
GAP, SIDE, EDGE = 18.0, 20.0, 18.0
"""Points between cards, and around their text: at the sides, above and below."""
LOW = 110.0
"""Points that a card is high at least."""
ROOMY, FULL = 0.85, 0.97
"""Share of the room that steps fill where a size of 22 points or more does, and that is filled at most."""
READ = 22.0
LINK = 10.0
"""Points by which a box is higher than its text only where a link may take one more line."""
ROWS = {2: 2, 3: 3, 4: 2, 5: 3, 6: 3}
"""Cards in a row by how many there are."""


def points(
    holders: Sequence[Holder],
    room: Area,
    template: Template,
    bed_of: Callable[[LayoutPlace], Bed],
    most: float = SIZES[0],
) -> Laid | None:
    """Return the beds of points or steps by name, and what the slide has in them; None if they do not fit.

    Their text has at most `most` points on a slide 540 points high.
    """
    steps = holders[0].name.startswith("row-")
    ways = [(size, ROOMY) for size in SIZES if steps and size >= READ]
    for size, full in [*ways, *((size, FULL) for size in SIZES)]:
        made = (_steps if steps else _cards)(holders, room, template, bed_of, size, full) if size <= most else None  # fmt: skip
        if made is not None:
            return made
    return None


def size_of(laid: Laid, template: Template) -> float:
    """Return the size of points, steps or cards as laid, on a slide 540 points high; 0 for anything else."""
    beds = (bed for name, bed in laid[0].items() if name.startswith(("point-", "row-", "card-")))
    return max((bed.place.levels[0].size / template.scale for bed in beds), default=0.0)


def _said(holder: Holder) -> Paragraph:
    """Return an item as a plain paragraph."""
    block = holder.blocks[0]
    assert isinstance(block, Paragraph)
    return replace(block, level=0, bullet="", item=False)


def _tall(
    holder: Holder, units: Sequence[Unit], place: LayoutPlace, bed_of: Callable[[LayoutPlace], Bed]
) -> float:
    """Return how high an item is, in a program, too, that begins a link on a new line and breaks it anywhere."""
    said = _said(holder)
    kept = tuple(replace(r, text=r.text.replace(" ", "\u00a0")) if r.link else r for r in said.runs)
    if kept == said.runs:
        return height(units)
    return max(height(units), height(units_of([(replace(said, runs=kept), place)], bed_of(place))))


# -- cards ------------------------------------------------------------------------------


def _cards(
    holders: Sequence[Holder],
    room: Area,
    template: Template,
    bed_of: Callable[[LayoutPlace], Bed],
    size: float,
    full: float,
) -> Laid | None:
    """Return points on cards of one height, in text of a size; None where they do not fit."""
    scale, across = template.scale, ROWS[len(holders)]
    rows = ceil(len(holders) / across)
    gap = GAP * scale
    width = (room.width - gap * (across - 1)) / across
    fill = shaded(template)
    insets = (SIDE * scale, EDGE * scale, SIDE * scale, EDGE * scale)
    made: dict[str, list[Unit]] = {}
    places: dict[str, LayoutPlace] = {}
    for holder in holders:
        at = Area(0.0, 0.0, width, room.height)
        place = flush(replace(box(holder.name, at, template, size * scale), fill=fill, anchor="middle",
                              line="" if fill else "tx1", insets=insets))  # fmt: skip
        bed = bed_of(place)
        if not is_whole(_said(holder), bed):
            return None
        places[holder.name] = place
        made[holder.name] = units_of([(_said(holder), place)], bed)
    hold = bed_of(place).hold
    tall = (_tall(h, made[h.name], places[h.name], bed_of) for h in holders)
    high = max(LOW * scale, max(tall) + hold + 2 * EDGE * scale)
    whole = rows * high + (rows - 1) * gap
    if whole > full * room.height:
        return None
    top = room.y + lowered(whole, room, template)
    beds: dict[str, Bed] = {}
    for number, (name, place) in enumerate(places.items()):
        x, y = number % across * (width + gap), number // across * (high + gap)
        beds[name] = bed_of(replace(place, x=round(room.x + x, 2), y=round(top + y, 2), height=round(high, 2)))  # fmt: skip
    return beds, [made]


def is_whole(said: Paragraph, bed: Bed) -> bool:
    """Whether no word of a paragraph is wider than its place."""
    from courseware.pptx.text.fit import chunks, widest

    level = bed.place.levels[0]
    style = bed.manner.style(level)
    return widest(chunks(said.runs, style)) * level.size <= bed.width * (1 - style.face.hold)


# -- steps ------------------------------------------------------------------------------


def _steps(
    holders: Sequence[Holder],
    room: Area,
    template: Template,
    bed_of: Callable[[LayoutPlace], Bed],
    size: float,
    full: float,
) -> Laid | None:
    """Return steps below each other, each beside its number, in text of a size; None where they do not fit."""
    scale = template.scale
    across = CIRCLE * scale
    x = room.x + across + BESIDE * scale
    places = {h.name: flush(box(h.name, Area(x, 0.0, room.x + room.width - x, room.height), template, size * scale))
             for h in holders}  # fmt: skip
    made = {h.name: units_of([(_said(h), places[h.name])], bed_of(places[h.name])) for h in holders}
    heights = {h.name: _tall(h, made[h.name], places[h.name], bed_of) + bed_of(places[h.name]).hold
               for h in holders}  # fmt: skip
    highs = [max(across, high) for high in heights.values()]
    between = len(holders) - 1
    gap = min(BETWEEN * scale, (full * room.height - sum(highs)) / max(between, 1))
    if gap < NEAREST * scale:
        return None
    y = room.y + lowered(sum(highs) + between * gap, room, template, OPTICAL)
    beds: dict[str, Bed] = {}
    units: dict[str, list[Unit]] = {}
    for number, (holder, high) in enumerate(zip(holders, highs, strict=True), 1):
        block = holder.blocks[0]
        assert isinstance(block, Paragraph)
        mark = circle(f"number-{number}", room.x, y + (high - across) / 2, across, template)
        beds[mark.name] = bed_of(mark)
        units[mark.name] = units_of([(Paragraph((Run(str(block.number), bold=True),)), mark)], beds[mark.name])  # fmt: skip
        own = heights[holder.name]
        anchor = "middle" if own > height(made[holder.name]) + LINK * scale else "top"
        place = replace(
            places[holder.name],
            anchor=anchor,
            y=round(y + (high - own) / 2, 2),
            height=round(own, 2),
        )
        beds[holder.name], units[holder.name] = bed_of(place), made[holder.name]
        y += high + gap
    return beds, [units]
