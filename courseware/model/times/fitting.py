"""Estimated minutes made to fit: shared out by weights, scaled into the length that is stated.

Long segments are opened for a plan: what they hold is planned for part by part.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import msgspec

from courseware.model.blocks import Block, Time
from courseware.model.times.estimate import WORDS_A_MINUTE
from courseware.model.times.segments import WORK, Piece, words_between
from courseware.model.walk import rebuild

replace = msgspec.structs.replace
OPENED = 0.5
"""Share of a segment's minutes from which its parts are planned one by one."""


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


def inner_minutes(piece: Piece, planned: int) -> list[int]:
    """Return the minutes of what a segment of so many planned minutes contains.

    Estimated parts fill what telling the segment's other words leaves of it. Stated ones keep their
    minutes, unless a plan shortens the segment: then they are shortened as it is.
    """
    told = ceil(sum(words_between(piece)) / WORDS_A_MINUTE)
    own = [part.minutes for part in piece.inside]
    if piece.time is not None and planned < piece.minutes:
        own = [max(1, minutes * planned // piece.minutes) for minutes in own]
    minutes = scaled(piece.inside, own, max(0, planned - told), planned)
    return shared(planned, minutes) if sum(minutes) > planned < piece.minutes else minutes


def opened(pieces: Sequence[Piece], minutes: Sequence[int]) -> tuple[tuple[Piece, ...], list[int]]:
    """Return segments and their minutes with those opened that consist of two parts or more.

    What is told besides the parts is a segment of its own, before them; it bears the title. An
    exercise is one segment, whatever it holds.
    """
    found: list[tuple[Piece, int]] = []
    for piece, planned in zip(pieces, minutes, strict=True):
        inner = inner_minutes(piece, planned) if len(piece.inside) > 1 else []
        if piece.kind in WORK or not inner or sum(inner) < planned * OPENED:
            found.append((piece, planned))
            continue
        rest = max(0, planned - sum(inner))
        found.append((_rest(piece, rest), rest))
        deeper, theirs = opened(piece.inside, inner)
        found += zip(deeper, theirs, strict=True)
    return tuple(piece for piece, _ in found), [planned for _, planned in found]


def _rest(piece: Piece, minutes: int) -> Piece:
    """Return a segment without its parts: what introduces them and stands between them."""
    names = {part.id for part in piece.inside}

    def keep(node: Any) -> Any | None:
        return None if node.id in names else rebuild(node, keep)

    blocks: tuple[Block, ...] = tuple(b for b in map(keep, piece.blocks) if b is not None)
    kind = "concept" if piece.kind == "exercises" else piece.kind
    return replace(piece, kind=kind, blocks=blocks, inside=(), time=Time(minutes, minutes),
                   timed=minutes > 0, opened=tuple(part.id for part in piece.inside))  # fmt: skip
