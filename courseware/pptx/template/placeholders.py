"""The places of a layout by the names that decks use.

A placeholder that bears such a name is that place. Others are told by type and position. What a
layout lacks is cut off the place that is nearest to it: a strip above a table for its caption, a
column beside the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from courseware.pptx.template.styles import Theme, chain, frame, geometry, kind_of, levels
from courseware.pptx.template.template import HEIGHT, LayoutPlace, Level
from courseware.products.deck.titles import LayoutName

replace = msgspec.structs.replace
NEEDED: Mapping[LayoutName, tuple[str, ...]] = {
    "title": ("subtitle",),
    "section": ("subtitle",),
    "content": ("body",),
    "two-content": ("left", "right", "subtitle"),
    "comparison": ("left", "right", "left-title", "right-title", "subtitle"),
    "three-columns": (
        "left",
        "middle",
        "right",
        "left-title",
        "middle-title",
        "right-title",
        "subtitle",
    ),
    "cards": (),
    "statement": (),
    "number": ("body",),
    "table": ("body", "caption"),
    "picture": ("picture", "caption"),
    "exercise": ("body", "time", "group"),
    "question": ("body",),
    "quote": ("body",),
    "code": ("body", "caption"),
    "closing": ("body",),
}
"""The places that decks use on a layout besides the title; the largest first."""
OPTIONAL = frozenset({"figure", "sections", "label"})
"""Places that are on a layout only where it has a placeholder of that name."""
DRAWN = frozenset(
    [f"card-{n}" for n in range(1, 7)] + [f"field-{n}" for n in range(1, 13)]
    + [f"step-{n}" for n in range(1, 8)] + [f"axis-{end}" for end in ("top", "bottom", "left", "right")]
)  # fmt: skip
"""Places that no layout has: they are drawn where there is room."""
KNOWN = (
    frozenset(name for names in NEEDED.values() for name in names) | {"title"} | OPTIONAL | DRAWN
)
TITLES = ("title", "ctrTitle")
FURNITURE = {"dt": "date", "ftr": "footer", "sldNum": "number"}
TEXTS = ("body", "obj", "subTitle")
STRIP, NAMED = 44.0, 36.0
"""Height in points of a strip cut off a place, on a slide 540 points high: one line of 24 points, a column's name of 20."""
GAP = 12.0


def places_of(
    asked: LayoutName, layout: Any, theme: Theme, default: Any, size: tuple[float, float]
) -> dict[str, LayoutPlace]:
    """Return a layout's places by name; `size` is the slide's in points."""
    found = [p for p in (_place(s, layout, theme, default) for s in layout.placeholders) if p]
    named: dict[str, LayoutPlace] = {}
    for place in found:
        own = place.name if place.name in KNOWN and place.type not in FURNITURE else ""
        name = "title" if place.type in TITLES else FURNITURE.get(place.type, own)
        if name and name not in named:
            named[name] = replace(place, name=name)
    rest = [p for p in found if p.idx not in {n.idx for n in named.values()}]
    _told(asked, named, rest)
    if "title" not in named:
        named["title"] = _title(found, layout, size)
    _cut(asked, named, size)
    return named


def _place(shape: Any, layout: Any, theme: Theme, default: Any) -> LayoutPlace | None:
    """Return a placeholder as a place that still bears its own name, or None if it is nowhere."""
    elements = chain(shape, layout.slide_master)
    where = geometry(elements)
    insets, anchor, across = frame(elements)
    if where is None or not across:
        return None
    name = "-".join(re.findall(r"\w+", shape.name.lower()))
    own: Any = anchor
    return LayoutPlace(name, shape.placeholder_format.idx, kind_of(shape), *where, insets=insets,
                 anchor=own, levels=levels(elements, layout.slide_master, default, theme))  # fmt: skip


def _told(asked: LayoutName, named: dict[str, LayoutPlace], rest: list[LayoutPlace]) -> None:
    """Name the places that bear no name of ours, by type, then size and position."""
    for name in (n for n in NEEDED[asked] if n not in named):
        wanted = _wanted(name, asked, named, rest)
        if wanted is not None:
            rest.remove(wanted)
            named[name] = replace(wanted, name=name)


def _wanted(
    name: str, asked: LayoutName, named: Mapping[str, LayoutPlace], rest: list[LayoutPlace]
) -> LayoutPlace | None:
    texts = sorted((p for p in rest if p.type in TEXTS), key=_area, reverse=True)
    if name == "picture":
        return next((p for p in rest if p.type == "pic"), None) or next(
            (p for p in texts if p.type == "obj"), None
        )
    if name == "body" and asked == "table":
        texts = [p for p in rest if p.type == "tbl"] + texts
    if name == "middle":
        return None
    if name == "left" and len(texts) > 1:
        return min(texts[:2], key=lambda p: p.x)
    if name in ("time", "group"):
        return None
    if name in ("left-title", "right-title"):
        column = named.get(name.removesuffix("-title"))
        over = [p for p in texts if column and abs(p.x - column.x) < column.width / 4
                and p.y < column.y]  # fmt: skip
        return over[0] if over else None
    return texts[0] if texts else None


def _area(place: LayoutPlace) -> float:
    return place.width * place.height


# -- what a layout lacks --------------------------------------------------------------


def _title(found: list[LayoutPlace], layout: Any, size: tuple[float, float]) -> LayoutPlace:
    """Return a place for the title of a layout that has none: a strip at its top."""
    width, height = size
    like = found[0].levels if found else ()
    scale = height / HEIGHT
    level = like[0] if like else Level(32 * scale, 0, 0, 0, 0, "Arial", True, False, "000000",
                                       "left", "", False, 0)  # fmt: skip
    own = replace(level, size=32 * scale, left=0, indent=0, bullet="", bold=True)
    return LayoutPlace("title", None, "title", width * 0.06, height * 0.05, width * 0.88, height * 0.11,
                 (7.2, 3.6, 7.2, 3.6), "middle", (own,) * 5, moved=True)  # fmt: skip


def _cut(asked: LayoutName, named: dict[str, LayoutPlace], size: tuple[float, float]) -> None:
    """Cut what a deck needs and the layout lacks off the place that is nearest to it."""
    scale = size[1] / HEIGHT
    for name in (n for n in NEEDED[asked] if n not in named):
        if name in ("body", "picture", "left", "subtitle") and not _hosts(named):
            named[name] = _free(name, named, size)
        elif name == "left":
            named["left"] = replace(_largest(named), name="left")
        elif name in ("middle", "right") and asked == "three-columns":
            _thirds(named, scale)
        elif name == "right":
            named["left"], named["right"] = _halved(named["left"], scale)
        elif name in ("body", "picture"):
            named[name] = _free(name, named, size)
        elif name == "group":
            named["time"], named["group"] = _split(named["time"], name, scale)
        else:
            _strip(name, named, scale)


def _hosts(named: Mapping[str, LayoutPlace]) -> list[LayoutPlace]:
    furniture = {"title", *FURNITURE.values()}
    return [p for n, p in named.items() if n not in furniture]


def _largest(named: dict[str, LayoutPlace]) -> LayoutPlace:
    largest = max(_hosts(named), key=_area)
    return named.pop(largest.name)


def _free(name: str, named: Mapping[str, LayoutPlace], size: tuple[float, float]) -> LayoutPlace:
    """Return a place in the slide's free room, above or below the title, whichever is higher."""
    title, height = named["title"], size[1]
    top, end = title.y + title.height, height * 0.9
    if title.y > height - top:
        top, end = height * 0.06, title.y
    level = replace(title.levels[0], size=24 * height / HEIGHT, bold=False, align="left")
    return LayoutPlace(name, None, "body", title.x, top + 6, title.width, max(end - top - 12, 40),
                 title.insets, "top", (level,) * 5, moved=True)  # fmt: skip


def _quiet(place: LayoutPlace, name: str, scale: float, size: float) -> LayoutPlace:
    """Return a place as a text box that sets plain lines of at most `size` points."""
    plain = tuple(replace(v, size=min(v.size, size * scale), left=0.0, indent=0.0, bullet="")
                  for v in place.levels)  # fmt: skip
    return replace(place, name=name, idx=None, type="body", levels=plain, moved=True)


def _halved(place: LayoutPlace, scale: float) -> tuple[LayoutPlace, LayoutPlace]:
    width = (place.width - GAP * scale) / 2
    right = replace(place, name="right", idx=None, x=place.x + place.width - width, width=width,
                    type="body", moved=True)  # fmt: skip
    return replace(place, width=width, moved=True), right


def _thirds(named: dict[str, LayoutPlace], scale: float) -> None:
    """Cut the room of one column or two into three."""
    left, last = named["left"], named.get("right", named["left"])
    whole = max(left.x + left.width, last.x + last.width) - left.x
    width = (whole - 2 * GAP * scale) / 3
    for number, side in enumerate(("left", "middle", "right")):
        own = named.get(side)
        given = own or replace(left, idx=None, type="body")
        named[side] = replace(given, name=side, x=left.x + number * (width + GAP * scale), y=left.y,
                              width=width, height=left.height, moved=True)  # fmt: skip


def _split(place: LayoutPlace, name: str, scale: float) -> tuple[LayoutPlace, LayoutPlace]:
    """Return a strip as two: its first third, and the rest with the name given."""
    width = place.width / 3
    rest = replace(place, name=name, idx=None, x=place.x + width, width=place.width - width,
                   moved=True)  # fmt: skip
    return replace(place, width=width, moved=True), rest


def _strip(name: str, named: dict[str, LayoutPlace], scale: float) -> None:
    """Cut a strip off the top of the places that it belongs to."""
    big = "picture" if "picture" in named else "body"
    sides = ("left", "middle", "right")
    hosts = {**{f"{side}-title": (side,) for side in sides}, "caption": (big,),
             "subtitle": (*sides, *(f"{side}-title" for side in sides))}.get(name, ("body",))  # fmt: skip
    below = [named[n] for n in hosts if n in named]
    if not below:
        return
    column = name.endswith("-title")
    high = (NAMED if column else STRIP) * scale
    first = min(p.y for p in below)
    left, right = min(p.x for p in below), max(p.x + p.width for p in below)
    quiet = _quiet(below[0], name, scale, 20 if column or name == "caption" else 24)
    levels = tuple(replace(v, bold=v.bold or column) for v in quiet.levels)
    named[name] = replace(quiet, x=left, y=first, width=right - left, height=high, levels=levels)
    for place in below:
        lower = (
            place.height if name == "subtitle" and "title" in place.name else place.height - high
        )
        named[place.name] = replace(place, y=place.y + high, height=lower, moved=True)
