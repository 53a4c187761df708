"""Cards: siblings beside and below each other, in shapes that are drawn below the title.

Two stand in a row where they are two or four, else three. All have one size of text, the largest
that fits; where the smallest does not, fewer rows stand on a slide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil

from courseware.pptx.compose.figures import (
    OPTICAL,
    SIZES,
    Area,
    Laid,
    bold,
    height,
    levels_of,
    lowered,
    named,
    replace,
    shaded,
)
from courseware.pptx.compose.placement import Blocks
from courseware.pptx.compose.units import Bed, Unit, units_of
from courseware.pptx.template.template import LayoutPlace, Template
from courseware.pptx.values import Block, Holder, Paragraph

CARD = "card-1"
"""The name of the first card."""
GAP, INSET = 16.0, 14.0
"""Points between cards, and around their text."""
AIR, TALL = 1.3, 0.75
"""How many times as high as their text cards are that would be much higher, and the share of the room from which they take all of it."""


def cards(
    holders: Sequence[Holder], room: Area, template: Template, bed_of: Callable[[LayoutPlace], Bed],
    most: float = SIZES[0],
) -> Laid:  # fmt: skip
    """Return the beds of cards by name, and what each slide has in them.

    Their text has at most `most` points on a slide 540 points high.
    """
    held = {h.name: h.blocks for h in holders}
    names = list(held)
    across = 2 if len(names) in (2, 4) else 3
    for rows in range(ceil(len(names) / across), 0, -1):
        for size in (s for s in SIZES if s <= max(most, SIZES[-1])):
            beds: dict[str, Bed] = {}
            made: dict[str, list[Unit]] = {}
            for number, name in enumerate(names):
                at = number % (rows * across)
                place = _place(name, at, (across, rows), room, template, size)
                blocks: Blocks = [(_bold(b), _named(place, b)) for b in held[name]]
                beds[name] = bed_of(place)
                made[name] = units_of(blocks, beds[name])
            if all(height(made[n]) <= beds[n].height - beds[n].hold for n in names):
                needed = max(height(made[n]) + beds[n].hold for n in names) + 1.28 * INSET * template.scale  # fmt: skip
                high = rows * AIR * needed + (rows - 1) * GAP * template.scale
                if high < TALL * room.height:
                    top = room.y + lowered(high, room, template, OPTICAL)
                    return cards(
                        holders, Area(room.x, top, room.width, high), template, bed_of, most
                    )
                return beds, _slides(made, names, rows * across)
    return _split(made, beds, names)


def _slides(
    made: Mapping[str, list[Unit]], names: Sequence[str], many: int
) -> list[dict[str, list[Unit]]]:
    return [{n: made[n] for n in names[at : at + many]} for at in range(0, len(names), many)]


def _split(made: Mapping[str, list[Unit]], beds: dict[str, Bed], names: Sequence[str]) -> Laid:
    """Return cards of which one is higher than a slide: it goes on, on slides of its own."""
    from courseware.pptx.compose.titles import spread

    parts: list[dict[str, list[Unit]]] = []
    for name in names:
        parts += [{name: some} for some in spread(made[name], beds[name].height - beds[name].hold)]
    return beds, parts


def _place(
    name: str, at: int, grid: tuple[int, int], room: Area, template: Template, size: float
) -> LayoutPlace:
    """Return where a card is in a grid, its text in points `size` on a slide 540 points high."""
    across, rows = grid
    gap, inset = GAP * template.scale, INSET * template.scale
    width = (room.width - gap * (across - 1)) / across
    high = (room.height - gap * (rows - 1)) / rows
    fill = shaded(template)
    return LayoutPlace(name, None, "body", round(room.x + at % across * (width + gap), 2),
                 round(room.y + at // across * (high + gap), 2), round(width, 2), round(high, 2),
                 (inset, inset * 0.64, inset, inset * 0.64), "top", levels_of(template, size * template.scale),
                 moved=True, fill=fill, line="" if fill else "tx1")  # fmt: skip


def _bold(block: Block) -> Block:
    """Return a card's name in bold, any other block as it is."""
    if not isinstance(block, Paragraph) or block.item:
        return block
    return replace(bold(block), keep=True)


def _named(place: LayoutPlace, block: Block) -> LayoutPlace:
    """Return a place as it sets a block: a paragraph that is no item is the card's name."""
    if not isinstance(block, Paragraph) or block.item:
        return place
    return named(place)
