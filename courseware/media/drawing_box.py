"""The box that a drawing draws in, where it states neither its size nor its view box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from courseware.media.drawing_size import NUMBER, name_of

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
"""As SVG's `matrix(a b c d e f)`."""
WHOLE: Matrix = (1, 0, 0, 1, 0, 0)
FONT_SIZE = 16.0
"""Pixels of a text that states no size, by CSS."""
LETTER = 0.6
"""Width of a letter, of its size: what a face of usual width has."""
MARGIN = 4.0
"""Pixels around what is drawn: half of a thick stroke."""
_NOT_DRAWN = frozenset(
    [
        "defs",
        "symbol",
        "clipPath",
        "mask",
        "pattern",
        "marker",
        "style",
        "title",
        "desc",
        "metadata",
    ]
)
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*(?:[eE][-+]?\d+[^A-Za-z]*)*)")
_STEPS = {"m": 2, "l": 2, "t": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "a": 7}
"""Numbers that each command of a path takes."""
_TRANSFORM = re.compile(r"(matrix|translate|scale)\s*\(([^()]*)\)")


def drawn_box(root: Element) -> tuple[float, float, float, float] | None:
    """Return the left, top, width and height in pixels of all that a drawing draws; None where it draws nothing."""
    points = list(_points(root, WHOLE, FONT_SIZE))
    if len(set(points)) < 2:
        return None
    left, top = (min(p[side] for p in points) - MARGIN for side in (0, 1))
    right, bottom = (max(p[side] for p in points) + MARGIN for side in (0, 1))
    left, top = (
        min(left, 0.0) if left > -MARGIN * 2 else left,
        min(top, 0.0) if top > -MARGIN * 2 else top,
    )
    return left, top, right - left, bottom - top


def _points(node: Element, matrix: Matrix, size: float) -> Iterator[Point]:
    """Yield corners of what an element and all in it draw, in the drawing's pixels."""
    if name_of(node) in _NOT_DRAWN:
        return
    for kind, given in _TRANSFORM.findall(node.get("transform") or ""):
        matrix = _joined(matrix, kind, _numbers(given))
    size = next(iter(_numbers(node.get("font-size"))), size)
    a, b, c, d, e, f = matrix
    for x, y in _own(node, size):
        yield a * x + c * y + e, b * x + d * y + f
    for child in node:
        yield from _points(child, matrix, size)


def _joined(matrix: Matrix, kind: str, given: list[float]) -> Matrix:
    """Return a matrix with a transformation inside it."""
    a, b, c, d, e, f = matrix
    if kind == "matrix" and len(given) == 6:
        g, h, i, j, k, m = given
    elif kind == "scale" and given:
        g, h, i, j, k, m = given[0], 0, 0, given[-1], 0, 0
    else:
        g, h, i, j, k, m = 1, 0, 0, 1, *(*given, 0.0, 0.0)[:2]
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)  # fmt: skip


def _numbers(text: str | None) -> list[float]:
    return [float(found) for found in NUMBER.findall(text or "")]


def _own(node: Element, size: float) -> Iterator[Point]:
    """Yield the corners of what an element draws itself."""

    def of(*names: str) -> list[float]:
        return [next(iter(_numbers(node.get(name))), 0.0) for name in names]

    match name_of(node):
        case "rect" | "image" | "use" | "foreignObject":
            x, y, width, height = of("x", "y", "width", "height")
            yield from ((x, y), (x + width, y + height))
        case "circle" | "ellipse":
            x, y, r, rx, ry = of("cx", "cy", "r", "rx", "ry")
            yield from ((x - (r or rx), y - (r or ry)), (x + (r or rx), y + (r or ry)))
        case "line":
            x, y, width, height = of("x1", "y1", "x2", "y2")
            yield from ((x, y), (width, height))
        case "polyline" | "polygon":
            numbers = _numbers(node.get("points"))
            yield from zip(numbers[::2], numbers[1::2], strict=False)
        case "path":
            yield from _path(node.get("d") or "")
        case "text" | "tspan" if words := "".join(node.itertext()).strip():
            x, y = of("x", "y")
            wide = LETTER * size * len(words) / (2 if node.get("text-anchor") == "middle" else 1)
            left = wide if node.get("text-anchor") in ("middle", "end") else 0.0
            yield from (
                (x - left, y - size),
                (x + (0 if node.get("text-anchor") == "end" else wide), y + size / 3),
            )


def _path(drawn: str) -> Iterator[Point]:
    """Yield the points of a path, those that bend it, too."""
    x = y = 0.0
    for command, given in _COMMAND.findall(drawn):
        numbers, kind, own = _numbers(given), command.lower(), command.islower()
        step = _STEPS.get(kind, 0)
        for at in range(0, len(numbers) - step + 1, step or 1):
            part = numbers[at : at + step]
            if kind == "h":
                pairs = [(part[0] + (x if own else 0), y)]
            elif kind == "v":
                pairs = [(x, part[0] + (y if own else 0))]
            else:
                part = part[5:] if kind == "a" else part
                pairs = [(px + (x if own else 0), py + (y if own else 0))
                         for px, py in zip(part[::2], part[1::2], strict=False)]  # fmt: skip
            yield from pairs
            x, y = pairs[-1] if pairs else (x, y)
