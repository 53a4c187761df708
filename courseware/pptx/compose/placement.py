"""Where on its slide a text stands: in the optical middle where it leaves room, those of a set at one height.

Places that need more room take it from those beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import NamedTuple

import msgspec

from courseware.media.sketches import Stroke
from courseware.pptx.compose.figures import OPTICAL, height
from courseware.pptx.compose.stacking import height_shown
from courseware.pptx.compose.units import HOLD, Bed, Unit, Way, units_of
from courseware.pptx.template.template import NEAR, LayoutPlace, Template, meet
from courseware.pptx.text.setting import Measured
from courseware.pptx.values import Block, Code, Draft, Paragraph, Table
from courseware.products.deck.titles import LayoutName

replace = msgspec.structs.replace
GROWING: frozenset[LayoutName] = frozenset(
    {"content", "two-content", "comparison", "three-columns", "exercise", "quote"}
)
"""Layouts on which little text is larger than the template has it."""
SPARSE = 0.7
"""Share of a place under which text is set in the middle."""
MIDDLE = 0.59
"""Share of a slide's height above which neither code, a table nor the text of a set should end."""


class SlidePart(NamedTuple):
    """What one of the slides that a draft becomes has in each place, by the place's name, and lines between these."""

    units: Mapping[str, list[Unit]]
    strokes: tuple[Stroke, ...] = ()


class SlidePlan(NamedTuple):
    """A draft spread over slides: its layout's places as they are used, beds by place, parts.

    `fill` is the largest share of a main place that text fills, `way` how it was tried.
    """

    beds: Mapping[str, Bed]
    parts: list[SlidePart]
    fill: float
    way: Way


def is_dense(draft: Draft) -> bool:
    """Whether a draft holds a table or code."""
    return any(isinstance(b, Table | Code) for holder in draft.holders for b in holder.blocks)


def _texts(plan: SlidePlan, name: str) -> bool:
    """Whether a place holds nothing but text, on one slide."""
    units = [u for part in plan.parts for u in part.units.get(name, [])]
    plain = all(isinstance(u.content, Measured) and not u.code for u in units)
    return len(plan.parts) == 1 and bool(units) and plain


def _body(plan: SlidePlan) -> Bed | None:
    """Return where the text of a slide stands that may be lower: its only main place."""
    mains = [n for n in plan.beds if n in MAIN]
    if mains != ["body"] or not _texts(plan, "body") or plan.fill >= SPARSE:
        return None
    return plan.beds["body"] if plan.beds["body"].place.anchor == "top" else None


def centred(plan: SlidePlan, draft: Draft, template: Template) -> SlidePlan:
    """Return a plan with little text in the optical middle of its place."""
    mixed = draft.layout == "content" and list(plan.beds) == ["body"] and is_dense(draft)
    if draft.layout in ("code", "table") or mixed:
        return _lowered(plan, template)
    if draft.layout == "two-content":
        return _columns_lowered(plan, template)
    bed = _body(plan)
    if bed is None or draft.layout not in GROWING - {"quote"}:
        return plan
    below = OPTICAL * template.scale
    left, top, right, bottom = bed.place.insets
    if bed.height * (1 - SPARSE) < below:
        return plan
    place = replace(bed.place, anchor="middle", insets=(left, top, right, bottom + below), set=True)
    return plan._replace(beds={**plan.beds, "body": bed._replace(place=place)})


def _columns_lowered(plan: SlidePlan, template: Template) -> SlidePlan:
    """Return a plan whose two columns of little text are in the optical middle."""
    if set(plan.beds) != {"left", "right"} or not all(_texts(plan, name) for name in plan.beds):
        return plan
    units = plan.parts[0].units
    spare = min(b.height - b.hold - height(units[n]) for n, b in plan.beds.items())
    down = round((spare - OPTICAL * template.scale) / 2, 2)
    if down <= 0 or any(b.place.anchor != "top" for b in plan.beds.values()):
        return plan
    beds = {}
    for name, bed in plan.beds.items():
        y, high = round(bed.place.y + down, 2), round(bed.place.height - down, 2)
        beds[name] = bed._replace(place=replace(bed.place, y=y, height=high, moved=True))
    return plan._replace(beds=beds)


def _lowered(plan: SlidePlan, template: Template) -> SlidePlan:
    """Return a plan whose code or table, and what stands with it, are in the optical middle of the room."""
    bed = plan.beds.get("body")
    above_it = [n for n, b in plan.beds.items() if bed and b.place.y < bed.place.y]
    if bed is None or len(above_it) + 1 != len(plan.beds):
        return plan
    highest = max(height_shown(part.units.get("body", []), bed) for part in plan.parts)
    spare = bed.height - bed.hold - highest - OPTICAL * template.scale
    if highest > SPARSE * bed.height or spare <= 0:
        return plan
    wanted = MIDDLE * template.height - bed.place.y - bed.place.insets[1] - highest
    down = round(max(spare / 2, min(wanted, spare)), 2)
    beds = {}
    for name, one in plan.beds.items():
        place = replace(one.place, y=round(one.place.y + down, 2), moved=True)
        if name == "body":
            place = replace(place, height=round(place.height - down, 2))
        beds[name] = one._replace(place=place)
    return plan._replace(beds=beds)


def level(
    found: Sequence[SlidePlan], numbers: Sequence[int], made: list[SlidePlan], template: Template
) -> None:
    """Lower the text of a set's slides so that the longest stands in the optical middle.

    It stands lower, as far as it has room, where the shortest would end above the middle.
    """
    beds = [bed for bed in map(_body, found) if bed is not None]
    if len(beds) < len(found):
        return
    heights = [height(plan.parts[0].units["body"]) for plan in found]
    held = OPTICAL * template.scale
    spare = min(b.height - b.hold - h for b, h in zip(beds, heights, strict=True))
    ends = min(b.place.y + b.place.insets[1] + h for b, h in zip(beds, heights, strict=True))
    wanted = MIDDLE * template.height - ends
    down = round(max((spare - held) / 2, min(wanted, spare - held), 0.0), 2)
    for bed, plan, number in zip(beds, found, numbers, strict=True):
        if down:
            left, top, right, bottom = bed.place.insets
            place = replace(bed.place, insets=(left, top + down, right, bottom), set=True)
            made[number] = plan._replace(beds={**plan.beds, "body": bed._replace(place=place)})


# -- places that need more room ---------------------------------------------------------

MAIN = ("body", "left", "middle", "right", "picture")
"""Places that go on from slide to slide; what others hold stays on the first."""
FIGURES = ("figure", "time")
"""Places that hold a figure, which is set on one line."""
REPEATED = ("left-title", "middle-title", "right-title")
LINE = 1.23
"""Ems from line to line of the faces that ask for most."""
LEAST = 0.5
"""Share of its height that a main place keeps where one above or below it needs more room."""
Blocks = list[tuple[Block, LayoutPlace]]


def grow(
    content: Mapping[str, Blocks],
    places: dict[str, LayoutPlace],
    bed_of: Callable[[LayoutPlace], Bed],
) -> tuple[dict[str, Blocks], dict[str, LayoutPlace]]:
    """Return content and places so that what is not a main place holds all that it has.

    It takes the room that it needs from the main places below or above it. Where that leaves them
    too little, its blocks go on in a main place, in its own style.
    """
    found = {name: list(blocks) for name, blocks in content.items()}
    mains = [name for name in MAIN if name in found]
    for name in [n for n in found if n not in (*MAIN, *FIGURES)]:
        if not mains:
            break
        bed = bed_of(places[name])
        units = units_of(found[name], _whole(found[name], bed))
        need = sum(u.height + u.after for u in units) + bed.hold
        lack = need - bed.height
        if lack <= 0 or _moved(name, lack, mains, places):
            continue
        home = name.removesuffix("-title") if name.removesuffix("-title") in mains else mains[0]
        blocks = found.pop(name)
        below = places[name].y > places[home].y
        found[home] = [*found[home], *blocks] if below else [*blocks, *found[home]]
    return found, places


def _whole(blocks: Blocks, bed: Bed) -> Bed:
    """Return a bed as high as texts want: where they are higher than theirs, they come in pieces."""
    texts = all(isinstance(block, Paragraph) for block, _ in blocks)
    return bed._replace(height=inf) if texts else bed


def _moved(name: str, lack: float, mains: Sequence[str], places: dict[str, LayoutPlace]) -> bool:
    """Give a place `lack` more points from the main places beside it; False where they have none.

    Names of columns that stand between move with these.
    """
    place = places[name]
    end = place.y + place.height
    below = [m for m in mains if places[m].y >= end - NEAR and _over(place, places[m])]
    above = [m for m in mains if places[m].y + places[m].height <= place.y + NEAR
             and _over(place, places[m])]  # fmt: skip
    givers = below or above
    named = [n for n in places if n in REPEATED and name not in REPEATED]
    if not givers or (named and not (below and all(places[n].y >= end - NEAR for n in named))):
        return False
    if any(places[m].height - lack < LEAST * places[m].height for m in givers):
        return False
    y = place.y if below else place.y - lack
    larger = replace(place, y=y, height=place.height + lack, moved=True)
    between = [p for n, p in places.items() if n not in (*givers, *named, name)]
    if any(meet(larger, p) and not meet(place, p) for p in between):
        return False
    for n in named:
        places[n] = replace(places[n], y=places[n].y + lack, moved=True)
    for giver in givers:
        given = places[giver]
        y = given.y + lack if below else given.y
        places[giver] = replace(given, y=y, height=given.height - lack, moved=True)
    places[name] = larger
    return True


def lower(place: LayoutPlace, host: LayoutPlace) -> LayoutPlace:
    """Return a place whose text is small enough for one line of it to fit where it is laid."""
    size = max(level.size for level in place.levels)
    first = place.levels[0]
    pitch = first.pitch or LINE * first.spacing * size
    need = pitch + max(HOLD, 0.1 * size)
    if need <= host.inner_height:
        return place
    factor = host.inner_height / need
    low = tuple(replace(v, size=max(int(v.size * factor * 10) / 10, 1.0)) for v in place.levels)
    return replace(place, levels=low)


def _over(one: LayoutPlace, other: LayoutPlace) -> bool:
    """Whether two places share a stretch of the slide's width."""
    return one.x < other.x + other.width - NEAR and other.x < one.x + one.width - NEAR
