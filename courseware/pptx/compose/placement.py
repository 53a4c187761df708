"""Where on its slide a text stands that leaves room: in the optical middle, those of a set at one height."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from courseware.pptx.compose.figures import OPTICAL, height
from courseware.pptx.compose.stacking import height_shown
from courseware.pptx.compose.units import Bed, Unit, Way
from courseware.pptx.compose.yielding import MAIN
from courseware.pptx.template.template import Template
from courseware.pptx.text.setting import Measured
from courseware.pptx.values import Code, Draft, Table
from courseware.products.deck.titles import LayoutName

replace = msgspec.structs.replace
GROWING: frozenset[LayoutName] = frozenset(
    {"content", "two-content", "comparison", "three-columns", "exercise", "quote"}
)
"""Layouts on which little text is larger than the template has it."""
SPARSE = 0.7
"""Share of a place under which text is set in the middle."""
MIDDLE = 0.57
"""Share of a slide's height above which neither code, a table nor the text of a set should end."""


class Part(NamedTuple):
    """What one of the slides that a draft becomes has in each place, by the place's name."""

    units: Mapping[str, list[Unit]]


class Plan(NamedTuple):
    """A draft spread over slides: its layout's places as they are used, beds by place, parts.

    `fill` is the largest share of a main place that text fills, `way` how it was tried.
    """

    beds: Mapping[str, Bed]
    parts: list[Part]
    fill: float
    way: Way


def is_dense(draft: Draft) -> bool:
    """Whether a draft holds a table or code."""
    return any(isinstance(b, Table | Code) for holder in draft.holders for b in holder.blocks)


def _texts(plan: Plan, name: str) -> bool:
    """Whether a place holds nothing but text, on one slide."""
    units = [u for part in plan.parts for u in part.units.get(name, [])]
    plain = all(isinstance(u.content, Measured) and not u.code for u in units)
    return len(plan.parts) == 1 and bool(units) and plain


def _body(plan: Plan) -> Bed | None:
    """Return where the text of a slide stands that may be lower: its only main place."""
    mains = [n for n in plan.beds if n in MAIN]
    if mains != ["body"] or not _texts(plan, "body") or plan.fill >= SPARSE:
        return None
    return plan.beds["body"] if plan.beds["body"].place.anchor == "top" else None


def centred(plan: Plan, draft: Draft, template: Template) -> Plan:
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


def _columns_lowered(plan: Plan, template: Template) -> Plan:
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


def _lowered(plan: Plan, template: Template) -> Plan:
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
    found: Sequence[Plan], numbers: Sequence[int], made: list[Plan], template: Template
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
