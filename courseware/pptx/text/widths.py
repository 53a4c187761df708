"""How a table's width is shared out among its columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import permutations
from typing import NamedTuple

from courseware.pptx.text.fit import Chunk, lines

SLACK = 0.5
"""Points that a column is wider than its widest line."""
EASE = 1.04
"""How many times as wide as its widest word a column is at least, where all have room: faces differ."""
POWERS = (1.0, 0.5)
"""What is left goes by how much longer lines are, or by the root of that: one long cell takes less."""
PARTS = (24, 48)
"""Parts of a table's width, one of which a column gives to another at a time."""


class Flow(NamedTuple):
    """A paragraph of a cell that may be set in any width: its chunks, and its measures in points.

    `beside` is what a column is wider than its lines, `size` that of its letters, larger by what a
    line holds back, `whole` its length as one line.
    """

    given: tuple[Chunk, ...]
    beside: float
    size: float
    pitch: float
    whole: float

    def height(self, width: float) -> float:
        """Return its height in a column of a width."""
        return self.pitch * len(lines(self.given, max(width - self.beside, 1.0) / self.size))


Held = Sequence[Sequence[tuple[Flow, ...]]]
"""What the cells of a table hold, row by row."""


def shared(
    least: list[float], most: list[float], held: Held, width: float
) -> tuple[tuple[float, ...], int]:
    """Return the widths of columns, and how many of them are narrower than a word in them.

    Each has what its words need; what is left goes to where it makes the table lowest.
    """
    low, high = sum(least), sum(most)
    if not least:
        return (), 0
    if low >= width:
        return _narrowed(least, width)
    if high <= width:
        return _rounded([m * width / high for m in most]), 0
    ease = min(EASE, width / low)
    least = [v * ease for v in least]
    starts = []
    for power in POWERS:
        more = [max(b - a, 0.0) ** power for a, b in zip(least, most, strict=True)]
        share = (width - sum(least)) / (sum(more) or 1.0)
        starts.append([a + b * share for a, b in zip(least, more, strict=True)])
    return _rounded(_lowest(starts, least, held)), 0


def _narrowed(least: list[float], width: float) -> tuple[tuple[float, ...], int]:
    """Return a width that has no room for all words: columns wider than their share give, by how wide they are."""
    fair = width / len(least)
    narrow = sum(v for v in least if v <= fair)
    wide = sum(v for v in least if v > fair)
    found = [v if v <= fair else v * (width - narrow) / wide for v in least]
    return _rounded(found), sum(v > s + 0.01 for v, s in zip(least, found, strict=True))


def _lowest(starts: list[list[float]], least: list[float], held: Held) -> list[float]:
    """Return the widths that make the table lowest, some of one column given to another on the way.

    Else one long cell takes what all other columns need. Where rows stay as high, it is what they
    would be high if lines ended anywhere that says which way to go.
    """

    @cache
    def column(at: int, wide: float) -> list[tuple[float, float]]:
        return [(sum(f.height(wide) for f in row[at]),
                 sum(f.whole * f.pitch for f in row[at]) / wide) for row in held]  # fmt: skip

    def cost(widths: list[float]) -> tuple[float, float]:
        cells = (column(at, round(w, 2)) for at, w in enumerate(widths))
        highest = [tuple(map(max, zip(*row, strict=True))) for row in zip(*cells, strict=True)]
        return sum(h for h, _ in highest), sum(a for _, a in highest)

    first = cost(starts[0])
    best, now = min((cost(start), start) for start in starts)
    for part in PARTS:
        step = sum(now) / part
        while True:
            tried = [_moved(now, giver, taker, step)
                     for giver, taker in permutations(range(len(now)), 2)
                     if now[giver] - step >= least[giver]]  # fmt: skip
            found = min(((cost(t), t) for t in tried), default=(best, now))
            if found[0] >= best:
                break
            best, now = found
    return now if best[0] < first[0] - SLACK else starts[0]


def _moved(widths: list[float], giver: int, taker: int, step: float) -> list[float]:
    changed = list(widths)
    changed[giver] -= step
    changed[taker] += step
    return changed


def _rounded(widths: list[float]) -> tuple[float, ...]:
    """Return widths with two decimals that add up to no more than before."""
    return tuple(int(value * 100) / 100 for value in widths)
