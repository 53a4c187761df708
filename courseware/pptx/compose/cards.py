"""Cards: siblings beside and below each other, in shapes that are drawn below the title.

Two stand in a row where they are two or four, else three. All have one size of text, the largest
that fits; where the smallest does not, fewer rows stand on a slide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil

import msgspec

from courseware.model.colours import READABLE, contrast
from courseware.pptx.compose.units import Bed, Unit, units_of
from courseware.pptx.compose.yielding import Blocks
from courseware.pptx.template.template import Layout, Level, Place, Template
from courseware.pptx.values import Block, Draft, Paragraph

replace = msgspec.structs.replace
SIZES = (28.0, 26.0, 24.0, 22.0, 20.0)
"""Sizes of a card's text, on a slide 540 points high; its name is `NAME` times as large."""
NAME = 1.2
GAP, INSET = 16.0, 14.0
"""Points between cards, and around their text."""
ABOVE, BELOW = 9.0, 6.0
"""Points between the title and cards, and between these and the foot."""
LOWEST = 0.9
"""Share of the slide's height at which its room ends where it has no foot."""
Laid = tuple[dict[str, Bed], list[dict[str, list[Unit]]]]


def is_card(name: str) -> bool:
    """Whether a place is that of a card."""
    return name.startswith("card-")


def cards(draft: Draft, layout: Layout, template: Template, bed_of: Callable[[Place], Bed]) -> Laid:
    """Return the beds of a draft's cards by name, and what each of its slides has in them."""
    held = {h.name: h.blocks for h in draft.holders if is_card(h.name)}
    names = list(held)
    across = 2 if len(names) in (2, 4) else 3
    for rows in range(ceil(len(names) / across), 0, -1):
        for size in SIZES:
            beds: dict[str, Bed] = {}
            made: dict[str, list[Unit]] = {}
            for number, name in enumerate(names):
                at = number % (rows * across)
                place = _place(name, at, across, rows, layout, template, size)
                blocks: Blocks = [(_bold(b), _named(place, b)) for b in held[name]]
                beds[name] = bed_of(place)
                made[name] = units_of(blocks, beds[name])
            if all(_height(made[n]) <= beds[n].height - beds[n].hold for n in names):
                return beds, _slides(made, names, rows * across)
    return _split(made, beds, names, across)


def _slides(
    made: Mapping[str, list[Unit]], names: Sequence[str], many: int
) -> list[dict[str, list[Unit]]]:
    return [{n: made[n] for n in names[at : at + many]} for at in range(0, len(names), many)]


def _split(
    made: Mapping[str, list[Unit]], beds: dict[str, Bed], names: Sequence[str], across: int
) -> Laid:
    """Return cards of which one is higher than a slide: it goes on, on slides of its own."""
    from courseware.pptx.compose.titles import spread

    parts: list[dict[str, list[Unit]]] = []
    for name in names:
        parts += [{name: some} for some in spread(made[name], beds[name].height - beds[name].hold)]
    return beds, parts


def _height(units: Sequence[Unit]) -> float:
    return sum(u.height + u.after for u in units) - (units[-1].after if units else 0.0)


def _place(
    name: str, at: int, across: int, rows: int, layout: Layout, template: Template, size: float
) -> Place:
    """Return where a card is, its text in points `size` on a slide 540 points high."""
    scale = template.scale
    title, foot = layout.places["title"], layout.places.get("footer")
    top = title.y + title.height + ABOVE * scale
    low = foot.y if foot is not None and foot.y > top else LOWEST * template.height
    if title.y > template.height - title.y - title.height:
        top, low = (1 - LOWEST) / 2 * template.height, title.y
    gap = GAP * scale
    width = (title.width - gap * (across - 1)) / across
    height = (low - BELOW * scale - top - gap * (rows - 1)) / rows
    inset = INSET * scale
    tint = template.colours.get("bg2", "")
    text = template.layouts["content"].places["body"].levels
    plain = contrast(tint, text[0].colour) >= READABLE if tint else False
    return Place(name, None, "body", round(title.x + at % across * (width + gap), 2),
                 round(top + at // across * (height + gap), 2), round(width, 2), round(height, 2),
                 (inset, inset * 0.64, inset, inset * 0.64), "top", _levels(text, size * scale),
                 moved=True, fill="bg2" if plain else "", line="" if plain else "tx1")  # fmt: skip


def _levels(levels: Sequence[Level], size: float) -> tuple[Level, ...]:
    return tuple(replace(v, size=size, left=(n + 1) * 0.9 * size, indent=-0.9 * size, before=0.0,
                         after=0.2 * size, align="left", bullet=v.bullet or "•", spacing=1.0, pitch=0.0)
                 for n, v in enumerate(levels))  # fmt: skip


def _bold(block: Block) -> Block:
    """Return a card's name in bold, any other block as it is."""
    if not isinstance(block, Paragraph) or block.item:
        return block
    return replace(block, runs=tuple(replace(run, bold=True) for run in block.runs), keep=True)


def _named(place: Place, block: Block) -> Place:
    """Return a place as it sets a block: a paragraph that is no item is the card's name."""
    if not isinstance(block, Paragraph) or block.item:
        return place
    name = tuple(replace(v, size=round(v.size * NAME), left=0.0, indent=0.0, bullet="")
                 for v in place.levels)  # fmt: skip
    return replace(place, levels=name)
