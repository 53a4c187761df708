"""What a layout is made of. Lengths are points on a slide of 960 × 540, colours the theme's names."""

from __future__ import annotations

from typing import NamedTuple

WIDTH, HEIGHT = 960, 540
MARGIN, WIDE = 51, 858


class Level(NamedTuple):
    """How one level sets text; None leaves it to the master. Sizes and lengths are points, spacing is a percentage."""

    size: float | None = None
    left: float | None = None
    indent: float | None = None
    bullet: str | None = None
    colour: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    align: str | None = None
    after: float | None = None
    face: str | None = None
    spacing: float | None = None
    mark: str = ""


class Holder(NamedTuple):
    """A placeholder: its name in the selection pane, type, index, and where it is."""

    name: str
    type: str
    idx: int
    box: tuple[float, float, float, float]
    levels: tuple[Level, ...] = ()
    anchor: str = ""
    insets: tuple[float, float, float, float] | None = None
    fill: str = ""


class Drawn(NamedTuple):
    """A drawing of a layout: a preset shape, filled or outlined, or a glyph in the title's face."""

    shape: str
    box: tuple[float, float, float, float]
    fill: str = ""
    line: str = ""
    weight: float = 0
    glyph: str = ""
    size: float = 0
    name: str = ""


class Look(NamedTuple):
    """A layout: name, type in the file ("" for none), places, drawings, colours.

    `foot` is the left edge of its footer; `tone` the colour of footer and number.
    """

    name: str
    type: str
    holders: tuple[Holder, ...]
    drawn: tuple[Drawn, ...] = ()
    back: str = ""
    foot: float = MARGIN
    tone: str = ""


def plain(*sizes: float, **other: object) -> tuple[Level, ...]:
    """Return levels of these sizes without bullets and indents."""
    return tuple(Level(size, 0, 0, "", **other) for size in sizes)  # type: ignore[arg-type]


def sized(*sizes: float) -> tuple[Level, ...]:
    """Return levels of these sizes that are the master's in all else."""
    return tuple(Level(size) for size in sizes)
