"""Units on slides: on as few as hold them, as evenly as may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from courseware.pptx.compose.units import APART, Unit

NEAR = 0.01
"""Points by which a sum of rounded heights may be off."""
BARRED = 1000
"""Parts that it counts for to part what is to be kept together, where another way is looked for."""
STEPS = 14
"""Halvings that find the lowest even height: to a 16,000th of a slide."""


class _Best(NamedTuple):
    """The best way so far: parts, its cost, and where the last part begins."""

    parts: int
    cost: float
    begin: int


def spread(units: Sequence[Unit], room: float) -> list[list[Unit]]:
    """Return units in parts, none higher than `room` (but for a unit that alone is).

    The fewest parts; among those, what is to be kept together is, and parts are as even as may be.
    One part more is taken only to keep together what belongs together.
    """
    if not units:
        return []
    best = _parted(units, room, False)
    if any(part[-1].joint >= APART for part in best[:-1]):
        kept = _parted(units, room, True)
        if len(kept) <= len(best) + 1:
            return kept
    return best


def spread_in(units: Sequence[Unit], room: float, count: int) -> list[list[Unit]]:
    """Return units in `count` even parts, or fewer where there are not so many units."""
    low, high = 0.0, room
    best = spread(units, room)
    for _ in range(STEPS if len(best) < count else 0):
        middle = (low + high) / 2
        found = spread(units, middle)
        if len(found) <= count and all(_height(part) <= middle + 0.01 for part in found):
            best, high = found, middle
        else:
            low = middle
    return best


def _parted(units: Sequence[Unit], room: float, strict: bool) -> list[list[Unit]]:
    """Return the fewest parts; the sum of squared heights is least where they are even."""
    table = [_Best(0, 0.0, 0)]
    for end in range(1, len(units) + 1):
        table.append(_best(units, table, end, room, strict))
    parts: list[list[Unit]] = []
    end = len(units)
    while end:
        begin = table[end].begin
        parts.append(list(units[begin:end]))
        end = begin
    return parts[::-1]


def _best(units: Sequence[Unit], table: list[_Best], end: int, room: float, strict: bool) -> _Best:
    """Return the best way to spread the units up to `end`; the last part holds at least one."""
    cost = 0.0 if end == len(units) else units[end - 1].joint
    barred = BARRED if strict and cost >= APART else 0
    best: _Best | None = None
    height = -units[end - 1].after
    for begin in range(end - 1, -1, -1):
        height += units[begin].height + units[begin].after
        if best is not None and height > room + NEAR:
            break
        whole = height + (units[begin].lead if begin else 0.0)
        if best is not None and whole > room + NEAR:
            continue
        parts, before, _ = table[begin]
        found = _Best(parts + 1 + barred, before + (whole / room) ** 2 + cost, begin)
        if best is None or found < best:
            best = found
    assert best is not None
    return best


def _height(part: Sequence[Unit]) -> float:
    return sum(u.height + u.after for u in part) - part[-1].after
