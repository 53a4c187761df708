"""Estimated minutes made to fit: shared out by weights, scaled into the length that is stated."""

from __future__ import annotations

from collections.abc import Sequence

from courseware.model.times.segments import Piece


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` whole minutes out by `weights`: the largest remainders get what is left over.

    Each gets at least one minute where there are that many.
    """
    if not weights:
        return []
    least = 1 if total >= len(weights) else 0
    rest = max(0, total - least * len(weights))
    whole = sum(weights) or len(weights)
    exact = [rest * (w if sum(weights) else 1) / whole for w in weights]
    result = [int(x) for x in exact]
    order = sorted(range(len(weights)), key=lambda i: (-(exact[i] - result[i]), i))
    for i in order[: rest - sum(result)]:
        result[i] += 1
    return [least + x for x in result]


def scaled(pieces: Sequence[Piece], minutes: list[int], low: int, high: int) -> list[int]:
    """Return `minutes` with the estimated ones scaled so that all fit from `low` to `high`."""
    free = [i for i, p in enumerate(pieces) if p.timed and p.time is None]
    now = sum(minutes)
    goal = min(max(now, low), high)
    estimated = sum(minutes[i] for i in free)
    room = goal - (now - estimated)
    if goal == now:
        return minutes
    room = max(room, len(free))
    result = list(minutes)
    for i, share in zip(free, shared(room, [minutes[i] for i in free]), strict=True):
        result[i] = share
    return result
