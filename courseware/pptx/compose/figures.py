"""Figures in native shapes: chains of steps, matrices of two by two, canvases; what stands above them.

A chain is circles with arrows between them, its terms below; a matrix is four shapes between two
arrows, the axes; a canvas is a grid of cells. Each is on one slide, its text in the largest size that
fits. What is drawn between shapes, `arrows` says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Literal, NamedTuple

import msgspec

from courseware.model.colours import READABLE, contrast
from courseware.pptx.compose.units import Bed, Unit, units_of
from courseware.pptx.template.contrast import grounds
from courseware.pptx.template.template import Layout, LayoutPlace, Level, Template
from courseware.pptx.text.fit import Style, chunks, widest
from courseware.pptx.values import Align, Block, Holder, Paragraph, Run

replace = msgspec.structs.replace
SIZES = (28.0, 26.0, 24.0, 22.0, 20.0)
"""Sizes of text in drawn shapes, on a slide 540 points high; a name is `NAME` times as large."""
SMALLER = (*SIZES, 18.0, 16.0, 14.0)
"""Sizes of a matrix's and a canvas's text, which stay on one slide."""
NAME = 1.2
ABOVE, BELOW = 9.0, 6.0
"""Points between the title and what is drawn, and between that and the foot."""
LOWEST = 0.9
"""Share of the slide's height at which its room ends where it has no foot."""
LEAD = 22.0
"""Points of the text that leads in what is drawn."""
HIGHEST = 0.4
"""Share of the room that this takes at most."""
CIRCLE, APART = 76.0, 8.0
"""Points across a step's circle, and between it and its term."""
OPTICAL = 34.0
"""Points that the optical middle's box ends above its place, on a slide 540 points high."""
AXIS, ENDS = 0.17, 18.0
"""Share of a matrix's width for what is said beside it, and points of that text."""
GUTTER = 6.0
"""Points between a matrix's fields."""
DRAWN = ("card-", "field-", "step-", "axis-", "words-", "code-", "point-", "row-", "sketch-")
"""How the names of drawn places begin."""
LOW = 0.57
"""Share of a slide's height above which nothing that is drawn in its middle should end."""
Laid = tuple[dict[str, Bed], list[dict[str, list[Unit]]]]


class Area(NamedTuple):
    """A rectangle to draw in, in points."""

    x: float
    y: float
    width: float
    height: float


def is_drawn(name: str) -> bool:
    """Whether a place is one of shapes that are drawn."""
    return name.startswith(DRAWN)


def area(layout: Layout, template: Template) -> Area:
    """Return where there is room to draw: the place of the task in an exercise, else below the title."""
    scale = template.scale
    title, foot = layout.places["title"], layout.places.get("footer")
    body = layout.places.get("body")
    if layout.name == "exercise" and body is not None:
        return Area(body.x, body.y, body.width, body.height)
    ground = grounds(template.data)[layout.number]
    top = ground.under(title, template.height / 2) + ABOVE * scale
    low = foot.y if foot is not None and foot.y > top else LOWEST * template.height
    if title.y > template.height - title.y - title.height:
        top, low = (1 - LOWEST) / 2 * template.height, title.y
    return Area(title.x, top, title.width, low - BELOW * scale - top)


def above(
    blocks: Sequence[Block], room: Area, template: Template, bed_of: Callable[[LayoutPlace], Bed]
) -> tuple[Area, dict[str, Bed], dict[str, list[Unit]]]:
    """Return the room that a text leaves above what is drawn, the text's bed and its units.

    One that would take more than `HIGHEST` of the room leaves all of it: it is on slides of its own.
    """
    if not blocks:
        return room, {}, {}
    size = LEAD * template.scale
    place = box("lead", room, template, size)
    bed = bed_of(place)
    made = units_of([(b, _styled(place, b)) for b in blocks], bed)
    high = round(height(made) + bed.hold + APART * template.scale, 2)
    if high > HIGHEST * room.height:
        return room, {"lead": bed}, {"lead": made}
    bed = bed_of(replace(place, height=high))
    return Area(room.x, room.y + high, room.width, room.height - high), {"lead": bed}, {"lead": made}  # fmt: skip


def figure(
    holders: Sequence[Holder], room: Area, template: Template, bed_of: Callable[[LayoutPlace], Bed]
) -> Laid | None:
    """Return the beds of a figure's shapes by name, and what its slide has in them; None if it does not fit."""
    if not all(isinstance(b, Paragraph) for h in holders for b in h.blocks):
        return None
    if holders[0].name.startswith("step-"):
        return _steps(holders, room, template, bed_of)
    fields = [h for h in holders if not h.name.startswith("axis-")]
    if len(fields) == len(holders):
        return _cells(fields, room, template, bed_of)
    return _matrix(holders, room, template, bed_of)


# -- cells and matrices -----------------------------------------------------------------


def _cells(
    holders: Sequence[Holder],
    room: Area,
    template: Template,
    bed_of: Callable[[LayoutPlace], Bed],
    gap: float = 0.0,
) -> Laid | None:
    """Return named cells in a grid, two across where they are four or fewer, in one size of text."""
    across = 2 if len(holders) <= 4 else 3
    rows = ceil(len(holders) / across)
    width, high = (room.width - gap * (across - 1)) / across, (room.height - gap * (rows - 1)) / rows  # fmt: skip
    fill = shaded(template) if gap else ""
    for size in SMALLER:
        beds, made = {}, {}
        for number, holder in enumerate(holders):
            at = Area(room.x + number % across * (width + gap), room.y + number // across * (high + gap),
                      width, high)  # fmt: skip
            place = replace(box(holder.name, at, template, size * template.scale), fill=fill,
                            line="" if fill else "tx1", insets=(10.0 * template.scale,) * 4)  # fmt: skip
            first, *rest = holder.blocks
            styled = [(first, named(place)), *((b, _styled(place, b)) for b in rest)]
            beds[holder.name] = bed_of(place)
            made[holder.name] = units_of(styled, beds[holder.name])
        if _fits(beds, made):
            return beds, [made]
    return None


def _fits(beds: Mapping[str, Bed], made: Mapping[str, list[Unit]]) -> bool:
    return all(height(us) <= beds[n].height - beds[n].hold for n, us in made.items())


DOWN = 3.0
"""Points below the name of an axis's lower end, for what some letters have below the line."""


def _matrix(
    holders: Sequence[Holder], room: Area, template: Template, bed_of: Callable[[LayoutPlace], Bed]
) -> Laid | None:
    """Return the four fields of a matrix, and what stands at the ends of its axes beside and below."""
    scale, ends = template.scale, {h.name: h for h in holders if h.name.startswith("axis-")}
    beside = AXIS * room.width if {"axis-top", "axis-bottom"} & ends.keys() else 0.0
    size, gap = ENDS * scale, GUTTER * scale
    line = 2.6 * size
    below = line + gap if {"axis-left", "axis-right"} & ends.keys() else 0.0
    inner = Area(room.x + beside + gap, room.y, room.width - beside - gap, room.height - below - gap)  # fmt: skip
    found = _cells([h for h in holders if h.name not in ends], inner, template, bed_of, gap)
    if found is None:
        return None
    beds, (made, *_) = found
    half, foot = inner.width / 2, inner.y + inner.height + gap * 1.5
    places: dict[str, tuple[Area, Align, Literal["top", "bottom"]]] = {
        "axis-top": (Area(room.x, inner.y, beside, 2 * line), "right", "top"),
        "axis-bottom": (Area(room.x, inner.y + inner.height - 2 * line, beside, 2 * line), "right", "bottom"),
        "axis-left": (Area(inner.x, foot, half, line), "left", "top"),
        "axis-right": (Area(inner.x + half, foot, half, line), "right", "top"),
    }  # fmt: skip
    for name, holder in ends.items():
        where, align, anchor = places[name]
        below_it = DOWN * scale if anchor == "bottom" else 0.0
        place = replace(box(name, where, template, size, align), anchor=anchor)
        left, top, right, bottom = place.insets
        place = replace(place, insets=(left, top, right, bottom + below_it))
        beds[name] = bed_of(place)
        made[name] = units_of([(bold(b), flush(place)) for b in holder.blocks], beds[name])
    return (beds, [made]) if _fits(beds, made) else None


# -- chains -----------------------------------------------------------------------------


def _steps(
    holders: Sequence[Holder], room: Area, template: Template, bed_of: Callable[[LayoutPlace], Bed]
) -> Laid | None:
    """Return a chain: a circle with its number for each step, its term below."""
    scale, slot = template.scale, room.width / len(holders)
    across = min(CIRCLE * scale, 0.5 * slot)
    for size in SIZES:
        if all(_is_whole(h, slot, size * scale, template) for h in holders):
            break
    terms = {h.name: box("", Area(0.0, 0.0, slot, room.height / 2), template, size * scale, "center")
             for h in holders}  # fmt: skip
    made = {h.name: units_of([(bold(b), flush(terms[h.name])) for b in h.blocks], bed_of(terms[h.name]))
            for h in holders}  # fmt: skip
    high = max(map(height, made.values())) + bed_of(terms[holders[0].name]).hold
    whole = across + APART * scale + high
    if whole > room.height or not all(_is_whole(h, slot, size * scale, template) for h in holders):
        return None
    top = room.y + max((room.height - whole - OPTICAL * scale) / 2, 0.0)
    beds: dict[str, Bed] = {}
    units: dict[str, list[Unit]] = {}
    for number, holder in enumerate(holders):
        x = room.x + number * slot
        mark = circle(f"step-{number + 1}", x + (slot - across) / 2, top, across, template)
        below = Area(x, top + across + APART * scale, slot, high)
        term = box(f"term-{number + 1}", below, template, size * scale, "center")
        beds |= {mark.name: bed_of(mark), term.name: bed_of(term)}
        figure_of = Paragraph((Run(str(number + 1), bold=True),))
        units[mark.name] = units_of([(figure_of, mark)], beds[mark.name])
        units[term.name] = made[holder.name]
    return beds, [units]


def _is_whole(holder: Holder, width: float, size: float, template: Template) -> bool:
    """Whether no word of a term is wider than its place."""
    level = template.layouts["content"].places["body"].levels[0]
    style = Style(template.faces[level.family], template.faces[template.code], bold=True)
    room = width * (1 - style.face.hold) - 8 * template.scale
    return all(
        widest(chunks(b.runs, style)) * size <= room
        for b in holder.blocks
        if isinstance(b, Paragraph)
    )


def circle(name: str, x: float, y: float, across: float, template: Template) -> LayoutPlace:
    """Return a step's circle: filled with the accent where light text is read on it, else outlined."""
    colours = template.colours
    accent, light = colours.get("accent1", ""), colours.get("bg1", "")
    filled = bool(accent and light) and contrast(accent, light) >= READABLE
    place = box(name, Area(x, y, across, across), template, 0.46 * across, "center")
    levels = tuple(
        replace(v, left=0.0, indent=0.0, bullet="", ground=accent if filled else v.ground,
                colour=light if filled else v.colour) for v in place.levels
    )  # fmt: skip
    return replace(place, insets=(0.0, 0.0, 0.0, 0.0), anchor="middle", levels=levels, round=True,
                   fill="accent1" if filled else "", line="" if filled else "tx1")  # fmt: skip


# -- what all of them share ---------------------------------------------------------------


def height(units: Sequence[Unit]) -> float:
    """Return how high units below each other are, in points."""
    return sum(u.height + u.after for u in units) - (units[-1].after if units else 0.0)


def lowest_ink(template: Template) -> float:
    """Return the height of a slide, in points, above which little text should not end."""
    return LOW * template.height


def lowered(high: float, room: Area, template: Template, optical: float = 0.0) -> float:
    """Return how far below its room's top something begins that stands in the middle, or `optical` points above it.

    It ends no higher than little text should, and in its room.
    """
    spare = room.height - high
    down = max((spare - optical * template.scale) / 2, lowest_ink(template) - room.y - high, 0.0)
    return min(down, spare)


def shaded(template: Template) -> str:
    """Return the theme's colour that shapes are filled with; "" where text is not read on it."""
    tint = template.colours.get("bg2", "")
    text = template.layouts["content"].places["body"].levels
    return "bg2" if tint and contrast(tint, text[0].colour) >= READABLE else ""


def levels_of(template: Template, size: float, align: Align = "left") -> tuple[Level, ...]:
    """Return how text in a drawn shape is set, in points `size`."""
    levels = template.layouts["content"].places["body"].levels
    return tuple(replace(v, size=size, left=(n + 1) * 0.9 * size, indent=-0.9 * size, before=0.0,
                         after=0.2 * size, align=align, bullet=v.bullet or "•", spacing=1.0, pitch=0.0)
                 for n, v in enumerate(levels))  # fmt: skip


def bold(block: Block) -> Block:
    """Return a paragraph in bold, any other block as it is."""
    if not isinstance(block, Paragraph):
        return block
    return replace(block, runs=tuple(replace(run, bold=True) for run in block.runs))


def named(place: LayoutPlace) -> LayoutPlace:
    """Return a place as it sets a name: larger, flush."""
    levels = tuple(replace(v, size=round(v.size * NAME), left=0.0, indent=0.0, bullet="")
                   for v in place.levels)  # fmt: skip
    return replace(place, levels=levels)


def _styled(place: LayoutPlace, block: Block) -> LayoutPlace:
    """Return a place as it sets a block: flush unless it is an item."""
    return place if isinstance(block, Paragraph) and block.item else flush(place)


def flush(place: LayoutPlace) -> LayoutPlace:
    """Return a place as it sets a plain paragraph."""
    levels = tuple(replace(v, left=0.0, indent=0.0, bullet="") for v in place.levels)
    return replace(place, levels=levels)


def box(name: str, at: Area, template: Template, size: float, align: Align = "left") -> LayoutPlace:
    """Return a drawn place without fill and line, its text in points `size`."""
    x, y, width, high = (round(n, 2) for n in at)
    return LayoutPlace(name, None, "body", x, y, width, high, (0.0, 0.0, 0.0, 0.0), "top",
                 levels_of(template, size, align), moved=True)  # fmt: skip
