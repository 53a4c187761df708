"""Drawings in characters as vector drawings: lines, boxes, arrows and words where their author put them.

Rows of lines alone are lower, empty rows are room. What has no box stays in characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape

import msgspec

from courseware.media.drawings import data_address
from courseware.media.sketches import STEPS, Cell, Sketch, sketch

CELL, TEXT_ROW, LINE_ROW = 5.2, 12.6, 7.0
"""Points that a column is wide, and a row is high: one with words or room, one that has a line across it."""
SIZE = 8.8
"""Points of the words; those that would not fit into their columns are smaller."""
SMALLEST = 6.5
"""Points below which words are not set: the drawing stays in characters."""


class LineArt(msgspec.Struct, frozen=True):
    """A drawing as SVG and the address of that, its size in points, and its words in order."""

    svg: str
    width: float
    height: float
    words: str

    @property
    def source(self) -> str:
        """The drawing as an address of its own."""
        return data_address(self.svg)


@lru_cache(maxsize=64)
def line_art(text: str, ink: str, face: str) -> LineArt | None:
    """Return a drawing in characters as a vector drawing, None where it stays as it is."""
    found = sketch(text)
    size = round(found.size(CELL, SIZE), 2) if found else 0.0
    if found is None or size < SMALLEST or not found.boxed:
        return None
    tops = found.tops(TEXT_ROW, LINE_ROW, TEXT_ROW)
    body = [*_lines(found, tops), f'<g stroke="none" font-family="{escape(face)}" font-size="{size:g}">',
            *_texts(found, tops, size), "</g>"]  # fmt: skip
    left = CELL / 2 - 0.4 if any(at == 0 for _, at in found.arms) else 0.0
    wide = found.columns * CELL - left
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.1f} 0 {wide:.1f} {tops[-1]:.1f}" '
           f'width="{wide:.1f}pt" height="{tops[-1]:.1f}pt" fill="{escape(ink)}" stroke="{escape(ink)}">{"".join(body)}</svg>')  # fmt: skip
    return LineArt(svg, round(wide, 1), round(tops[-1], 1), found.said)


def _lines(found: Sketch, tops: list[float]) -> Iterator[str]:
    whole: list[str] = []
    broken: list[str] = []
    for line in found.strokes(CELL, tops):
        end = f"H{line.x2:.1f}" if line.y1 == line.y2 else f"V{line.y2:.1f}"
        (broken if line.dashed else whole).append(f"M{line.x1:.1f} {line.y1:.1f}{end}")
    yield f'<g fill="none" stroke-width=".8"><path d="{"".join(whole)}"/>'
    if broken:
        yield f'<path stroke-dasharray="3 2.4" d="{"".join(broken)}"/>'
    yield "</g>"
    tips = "".join(_tip(cell, side, tops) for cell, side in found.heads.items())
    if tips:
        yield f'<path stroke="none" d="{tips}"/>'


def _tip(cell: Cell, side: int, tops: list[float]) -> str:
    """Return the head of an arrow: as long as its cell, half as wide."""
    row, at = cell
    x, y = (at + 0.5) * CELL, (tops[row] + tops[row + 1]) / 2
    down, right = STEPS[side]
    half, wide = CELL / 2 + 0.4, 2.2
    tip = (x + right * half, y + down * half)
    base = (x - right * half, y - down * half)
    a = (base[0] + down * wide, base[1] + right * wide)
    b = (base[0] - down * wide, base[1] - right * wide)
    return "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in (tip, a, b)) + "Z"


def _texts(found: Sketch, tops: list[float], size: float) -> Iterator[str]:
    for one in found.words(CELL, tops):
        place = ' text-anchor="middle"' if one.middle else ""
        yield f'<text x="{one.x:.1f}" y="{one.y + size * 0.34:.1f}"{place}>{escape(one.text, quote=False)}</text>'
