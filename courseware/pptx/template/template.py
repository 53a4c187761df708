"""A slide template as a value: what places its layouts have, where, and how text in them is set.

    Template > Layout > Place > Level
             > Face

Lengths are points (float), from the slide's left and top edge. What a template does not say itself
is inherited as PowerPoint inherits it: a placeholder of a layout takes what it lacks from the
master's placeholder of its type, that from the master's text styles, these from the presentation.
`read` makes the value of a file's bytes, `emptied` the presentation that a deck is drawn in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from courseware.products.deck.titles import LayoutName

if TYPE_CHECKING:
    pass

replace = msgspec.structs.replace
HEIGHT = 540.0
"""Height in points of the slide that the program's own sizes are made for; see `Template.scale`."""
INSTEAD: Mapping[str, tuple[str, ...]] = {
    "subtitle": ("body", "left"),
    "body": ("left", "subtitle", "picture"),
    "left": ("body",),
    "right": ("body",),
    "middle": ("right", "body"),
    "left-title": ("left", "body"),
    "middle-title": ("middle", "right", "body"),
    "right-title": ("right", "body"),
    "caption": ("body",),
    "picture": ("body",),
    "table": ("body",),
    "time": ("body",),
    "group": ("time", "body"),
    "figure": ("subtitle", "body"),
    "sections": ("subtitle", "body"),
    "label": ("subtitle", "body"),
}
"""Which places take what a slide has for a place that its layout lacks, the nearest first."""


class Level(msgspec.Struct, frozen=True):
    """How a place sets its text at one level of its list.

    `size`, `left` (margin of the text), `indent` (of the first line to it, where the bullet stands,
    mostly negative), `before` and `after` (a paragraph) and `tracking` (between characters) are
    points. `family` is a family's name, the theme's resolved. `colour` is six hexadecimal digits.
    `bullet` is the bullet's character, "1" for numbers, "" for none. From line to line there are
    `pitch` points where that is not 0, else `spacing` times what the face asks for. `ground` is the
    colour behind, "" where it is not one; `inked` tells that `colour` is not the file's, which is not
    read on it. Where the space `before` and `after` is a share of the size, it `grows` with this.
    """

    size: float
    left: float
    indent: float
    before: float
    after: float
    family: str
    bold: bool
    italic: bool
    colour: str
    align: Literal["left", "center", "right", "justify"]
    bullet: str
    capitals: bool
    tracking: float
    spacing: float = 1.0
    pitch: float = 0.0
    ground: str = ""
    inked: bool = False
    grows: bool = False

    def spaces(self, size: float) -> tuple[float, float]:
        """Return the space before and after a paragraph whose text has a size, in points."""
        share = size / self.size if self.grows and self.size else 1.0
        return self.before * share, self.after * share


class LayoutPlace(msgspec.Struct, frozen=True):
    """A place on a layout, a placeholder of the template.

    `name` is what decks call it: title, subtitle, body, left, right, left-title, right-title,
    caption, picture, table, time, group, figure, sections, label, date, footer, number. `idx` is the placeholder's number,
    None where the layout has none and a text box is to be drawn at this place. `type` is the
    placeholder's type in the file (title, ctrTitle, body, obj, pic, tbl, …). `insets` are those
    of its text: left, top, right, bottom. `moved` is True where the place is not where the
    placeholder is, so that its position must be written on the slide. `set` is True where its
    anchor and insets are not the placeholder's either. A shape that is drawn has the theme's colours
    `fill` and `line`, "" for none, and is a rectangle unless it is `round`.
    """

    name: str
    idx: int | None
    type: str
    x: float
    y: float
    width: float
    height: float
    insets: tuple[float, float, float, float]
    anchor: Literal["top", "middle", "bottom"]
    levels: tuple[Level, ...]
    moved: bool = False
    set: bool = False
    fill: str = ""
    line: str = ""
    round: bool = False

    @property
    def inner_width(self) -> float:
        """Width that text has, in points."""
        return self.width - self.insets[0] - self.insets[2]

    @property
    def inner_height(self) -> float:
        """Height that text has, in points."""
        return self.height - self.insets[1] - self.insets[3]


class Layout(msgspec.Struct, frozen=True):
    """A layout of the template as decks ask for it.

    `name` is the asked name, `called` the name in the file, `number` its index among the layouts of
    all masters (`layouts_of`). `exact` is False where another stands in for one that is missing.
    `background` is six hexadecimal digits. `track` is the rectangle of a drawing named "Progress",
    on which a bar shows how far the deck is: left, top, width, height.
    """

    name: LayoutName
    called: str
    number: int
    exact: bool
    places: Mapping[str, LayoutPlace]
    background: str = "FFFFFF"
    track: tuple[float, float, float, float] | None = None

    def home(self, name: str) -> LayoutPlace:
        """Return the place that takes what a slide has for the place `name`."""
        seen, todo = set[str](), [name]
        while todo:
            at = todo.pop(0)
            if at in self.places:
                return self.places[at]
            seen.add(at)
            todo += [n for n in INSTEAD.get(at, ()) if n not in seen]
        raise LookupError(f"{self.called} has no place for {name}")

    def roomy(self, used: Collection[str]) -> Mapping[str, LayoutPlace]:
        """Return the used places, each grown into the room of unused ones beside it.

        A place grows over an unused one straight above or below it that is as wide as it or wider,
        or beside it and as high; what lies between two places goes to the place that grows.
        """
        kept = {name: self.places[name] for name in self.places if name in used}
        free = [p for n, p in self.places.items() if n not in used and n not in FURNITURE]
        if "middle" in self.places:  # three columns stay as wide as they are
            free = [p for p in free if p.name.removesuffix("-title") not in SIDES]
        for spare in sorted(free, key=lambda p: (p.y, p.x)):
            kept = {n: _grown(p, spare, kept) for n, p in kept.items()}
        for side in ("left", "middle", "right"):
            kept |= _raised(side, kept, self.places)
        return kept


SIDES = ("left", "middle", "right")
DRAWN: tuple[LayoutName, ...] = ("question", "exercise")
"""Layouts that are drawn where a template has none."""
FURNITURE = frozenset({"title", "date", "footer", "number"})
"""Places that are every slide's; no other grows over them, and they do not grow."""
NEAR = 2.0
"""Points by which edges may differ and still count as one line."""


class Face(msgspec.Struct, frozen=True):
    """The font files that measure a family; `hold` is the share of a line's width to hold back.

    `exact` is False where the family is not shipped and another stands in for it.
    """

    family: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path
    hold: float
    exact: bool

    def file(self, bold: bool = False, italic: bool = False) -> Path:
        """Return the font file of a weight and slope."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular


class Template(msgspec.Struct, frozen=True, eq=False):
    """A template: slide size in points, a layout for each name, faces by family. Each is equal to itself alone.

    `data` is the file it was read from; `heading`, `body` and `code` are families; `colours` are
    the theme's by name (tx1, bg1, tx2, bg2, accent1 … accent6, hlink), six hexadecimal digits.
    """

    data: bytes
    width: float
    height: float
    layouts: Mapping[LayoutName, Layout]
    faces: Mapping[str, Face]
    heading: str
    body: str
    code: str
    colours: Mapping[str, str]

    @property
    def scale(self) -> float:
        """What sizes made for a slide 540 points high are multiplied by, margins and floors, too."""
        return self.height / HEIGHT


def _grown(place: LayoutPlace, spare: LayoutPlace, kept: Mapping[str, LayoutPlace]) -> LayoutPlace:
    """Return a place with the room of an unused one, if it is its neighbour and no other is there."""
    if place.name in FURNITURE:
        return place
    right, end = place.x + place.width, place.y + place.height
    spare_right, spare_end = spare.x + spare.width, spare.y + spare.height
    grown = place
    if spare.x <= place.x + NEAR and spare_right >= right - NEAR:
        if spare_end <= place.y + NEAR:
            grown = replace(place, y=spare.y, height=end - spare.y, moved=True)
        elif end <= spare.y + NEAR:
            grown = replace(place, height=spare_end - place.y, moved=True)
    elif spare.y <= place.y + NEAR and spare_end >= end - NEAR:
        if spare_right <= place.x + NEAR:
            grown = replace(place, x=spare.x, width=right - spare.x, moved=True)
        elif right <= spare.x + NEAR:
            grown = replace(place, width=spare_right - place.x, moved=True)
    if place.name.endswith("-title"):
        return replace(place, y=min(place.y, grown.y), moved=place.moved or grown.y < place.y)
    others = [p for name, p in kept.items() if name != place.name and not meet(p, place)]
    return place if any(meet(p, grown) for p in others) else grown


def _raised(
    side: str, kept: Mapping[str, LayoutPlace], places: Mapping[str, LayoutPlace]
) -> dict[str, LayoutPlace]:
    """Return a column that follows its title where that moved up."""
    title = kept.get(f"{side}-title")
    if title is None or side not in kept or title.y == places[title.name].y:
        return {}
    column, by = kept[side], places[title.name].y - title.y
    return {side: replace(column, y=column.y - by, height=column.height + by, moved=True)}


def meet(one: LayoutPlace, other: LayoutPlace) -> bool:
    """Whether two places overlap."""
    return (one.x + one.width > other.x + NEAR and other.x + other.width > one.x + NEAR
            and one.y + one.height > other.y + NEAR and other.y + other.height > one.y + NEAR)  # fmt: skip
