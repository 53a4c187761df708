"""Colours: how they contrast, and what is done to one that contrasts too little.

A colour is "#rrggbb". On paper without colour only the contrast is left, which grey keeps: it is the
ratio of two luminances (WCAG 2.2, "contrast ratio").
"""

from __future__ import annotations

from collections.abc import Callable

READABLE = 4.5
"""The least contrast of text with its ground (WCAG 2.2, 1.4.3)."""
STEPS = 40
"""Steps in which a colour is mixed with black or white."""
BLACK, WHITE = "#000000", "#ffffff"
Colour = str


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    """Return a colour's relative luminance, 0 to 1 (WCAG 2.2)."""
    shares = [part / 255 for part in parts_of(colour)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def parts_of(colour: Colour) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255."""
    bare = colour.lstrip("#")
    return int(bare[0:2], 16), int(bare[2:4], 16), int(bare[4:6], 16)


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """Return a colour with a share of another in it."""
    pairs = zip(parts_of(colour), parts_of(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darkened(colour: Colour, *grounds: Colour, least: float = READABLE) -> Colour:
    """Return a colour with as much black in it as reading it on each of some grounds takes."""
    return _towards(colour, BLACK, lambda c: all(contrast(c, g) >= least for g in grounds))


def lightened(colour: Colour, *grounds: Colour, least: float = READABLE) -> Colour:
    """Return a colour with as much white in it as reading it on each of some grounds takes."""
    return _towards(colour, WHITE, lambda c: all(contrast(c, g) >= least for g in grounds))


def _towards(colour: Colour, end: Colour, reads: Callable[[Colour], bool]) -> Colour:
    steps = (mixed(colour, end, n / STEPS) for n in range(STEPS))
    return next((step for step in steps if reads(step)), end)
