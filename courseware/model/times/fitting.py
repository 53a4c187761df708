"""Minutes made to fit: estimated times scaled, and what to cut when time is short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from courseware.model.times.segments import Piece

How = Literal["if time", "short end", "thinned"]
THINNEST = 0.5
"""Thinning leaves at least this share of an estimated time."""
KEPT = frozenset({"objectives", "guiding", "introduction", "takeaways", "next", "break"})
"""Kinds of segments that are never left out whole."""


class Cut(msgspec.Struct, frozen=True):
    """What is cut: the segment's id, how, and the minutes that gives back."""

    id: str
    how: How
    minutes: int


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


def cuts(pieces: Sequence[Piece], minutes: Sequence[int], limit: int) -> tuple[Cut, ...]:
    """Return what to cut, in order, so that `pieces` of `minutes` take no more than `limit`.

    The optional goes first, then ranges go to their low end, then the longest estimated segments
    are thinned, then whole segments are left out, the last first.
    """
    now = {i: m for i, m in enumerate(minutes) if m}
    found: list[Cut] = []
    for i, piece in enumerate(pieces):
        if sum(now.values()) > limit and piece.optional and i in now:
            found.append(Cut(piece.id, "if time", now.pop(i)))
    for i, piece in enumerate(pieces):
        spare = now.get(i, 0) - piece.time.low if piece.time else 0
        if sum(now.values()) > limit and spare > 0:
            found.append(Cut(piece.id, "short end", spare))
            now[i] -= spare
    found += _thinned(pieces, now, limit)
    left = _left_out(pieces, now, limit)
    if not left:
        return tuple(found)
    first = {pieces[i].id: minutes[i] for i in range(len(pieces))}
    whole = [Cut(c.id, c.how, first[c.id]) for c in left]
    gone = {c.id for c in left}
    rest = [c for c in found if c.id not in gone]
    return (*_given_back(rest, max(0, limit - sum(now.values()))), *whole)


def _given_back(made: list[Cut], spare: int) -> list[Cut]:
    """Return cuts less what is to spare now that whole segments are out, the last made first."""
    kept: list[Cut] = []
    for cut in reversed(made):
        whole = cut.how != "thinned"
        back = min(spare, cut.minutes) if not whole or cut.minutes <= spare else 0
        spare -= back
        if cut.minutes > back:
            kept.insert(0, msgspec.structs.replace(cut, minutes=cut.minutes - back))
    return kept


def _thinned(pieces: Sequence[Piece], now: dict[int, int], limit: int) -> list[Cut]:
    """Take minutes one by one from the longest estimated segment; `now` follows."""
    floor = {
        i: max(1, round(m * THINNEST))
        for i, m in now.items()
        if pieces[i].timed and pieces[i].time is None
    }
    given: dict[int, int] = {}
    over = sum(now.values()) - limit
    while over > 0:
        longest = max(
            (i for i in floor if now[i] > floor[i]), key=lambda i: (now[i], i), default=None
        )
        if longest is None:
            break
        now[longest] -= 1
        given[longest] = given.get(longest, 0) + 1
        over -= 1
    order = sorted(given, key=lambda i: (-given[i], i))
    return [Cut(pieces[i].id, "thinned", given[i]) for i in order]


def _left_out(pieces: Sequence[Piece], now: dict[int, int], limit: int) -> list[Cut]:
    """Leave whole segments out from the end, then take back, in order, what there is time for.

    The first exercise stays, and what opens and closes the session.
    """
    work = [i for i in now if pieces[i].kind in ("exercise", "exercises")]
    free = [i for i in sorted(now) if pieces[i].kind not in KEPT and i not in work[:1]]
    over = sum(now.values()) - limit
    out: list[int] = []
    while over > 0 and free:
        last = free.pop()
        out.append(last)
        over -= now[last]
    for i in sorted(out):
        if now[i] <= -over:
            out.remove(i)
            over += now[i]
    return [Cut(pieces[i].id, "if time", now.pop(i)) for i in out]
