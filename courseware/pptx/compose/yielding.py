"""Places that need more room: they take it from those beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf

import msgspec

from courseware.pptx.compose.units import HOLD, Bed, units_of
from courseware.pptx.template.template import NEAR, Place, meet
from courseware.pptx.values import Block, Paragraph

replace = msgspec.structs.replace
MAIN = ("body", "left", "middle", "right", "picture")
"""Places that go on from slide to slide; what others hold stays on the first."""
FIGURES = ("figure", "time")
"""Places that hold a figure, which is set on one line."""
REPEATED = ("left-title", "middle-title", "right-title")
LINE = 1.23
"""Ems from line to line of the faces that ask for most."""
LEAST = 0.5
"""Share of its height that a main place keeps where one above or below it needs more room."""
Blocks = list[tuple[Block, Place]]


def grow(
    content: Mapping[str, Blocks], places: dict[str, Place], bed_of: Callable[[Place], Bed]
) -> tuple[dict[str, Blocks], dict[str, Place]]:
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


def _moved(name: str, lack: float, mains: Sequence[str], places: dict[str, Place]) -> bool:
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


def lower(place: Place, host: Place) -> Place:
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


def _over(one: Place, other: Place) -> bool:
    """Whether two places share a stretch of the slide's width."""
    return one.x < other.x + other.width - NEAR and other.x < one.x + one.width - NEAR
