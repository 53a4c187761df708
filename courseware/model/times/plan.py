"""The best plan for the minutes that there are: what is shortened, to what, and what falls out.

    best_plan(candidates, length) -> Plan

A plan is chosen by a cost of two parts, the first before the second:

1. **what falls out**: the least sum of `drop_cost` among the sets of segments whose floors fit.
   Because every segment is counted at its floor, nothing falls out while shortening would do;
2. **what is shortened**: minutes above the floors go first to what is dearest (`TIERS`).

What is optional goes before anything is shortened. Breaks follow the clock (`BREAK_FREE`,
`LONGEST_SITTING`). The rules and their weights are told in docs/timing.md. Everything is in whole
minutes, and depends on nothing but what is given.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import combinations
from typing import Literal

import msgspec

Kind = Literal["talk", "practice", "break", "opening", "closing"]
FLOORS: dict[Kind, float] = {
    "talk": 0.6, "practice": 0.7, "break": 0.5, "opening": 0.6, "closing": 0.6
}  # fmt: skip
"""The share of its minutes that a segment keeps at least when it is shortened."""
SHORTEST_BREAK = 10
"""Minutes that a shortened break lasts at least. Our choice: a queue for coffee takes as long."""
BREAK_FREE = 30
"""Minutes at the beginning and at the end of a plan that have no break."""
LONGEST_SITTING = 110
"""Minutes in one go that a break of the author's is left out of at most: with it they are two hours."""
SHOWN = 0.15
"""Share of a session's minutes up to which talk is dearer than practice that no objective names."""
STEP, STEPPED = 5, 15
"""Stated times of `STEPPED` minutes and more that are multiples of `STEP` stay such where they can."""
MOST_BREAKS = 6
"""Breaks whose every choice is tried; of more, the longest are chosen from."""
MOST_ADDED = 0.5
"""Share of its own minutes that a segment gains at most where there is time to spare."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A segment as a plan sees it.

    `minutes` are those of the full session, `low` the low end of a stated range (the same where
    there is none), `floor` the fewest that make sense. `stated` tells the author's time from an
    estimate. `optional` is the first to go, `keep` never goes. `named` counts the objectives that
    name it, `uses` is the talk that practice builds on, by its id. `shown` marks talk that is dear for that.
    """

    id: str
    kind: Kind
    minutes: int
    floor: int
    low: int
    stated: bool = True
    optional: bool = False
    keep: bool = False
    named: int = 0
    uses: str = ""
    shown: bool = False

    @property
    def stays(self) -> bool:
        """Whether it is in every plan: kept by its author, or what opens and closes a session."""
        return self.keep or self.kind in ("opening", "closing")


class Plan(msgspec.Struct, frozen=True):
    """The minutes of each segment by its id; one that falls out is not among them.

    `fits` is False where what stays is longer than the length. `spare` are minutes not used.
    """

    length: int
    minutes: dict[str, int]

    @property
    def total(self) -> int:
        """Minutes planned."""
        return sum(self.minutes.values())

    @property
    def fits(self) -> bool:
        """Whether the plan is no longer than the time there is."""
        return self.total <= self.length

    @property
    def spare(self) -> int:
        """Minutes that nothing is planned for."""
        return max(0, self.length - self.total)


def floor_of(kind: Kind, minutes: int, low: int | None = None) -> int:
    """Return the fewest minutes of a segment: its kind's share, or the low end that is stated."""
    least = -int(-minutes * FLOORS[kind] // 1)
    if kind == "break":
        least = min(minutes, max(least, SHORTEST_BREAK))
    return max(1, min(least, low or minutes)) if minutes else 0


def best_plan(candidates: Sequence[Candidate], length: int, *, few: bool = False) -> Plan:
    """Return the best plan of `candidates`, in the order of the session, for `length` minutes.

    With `few`, as few segments as can be are shortened, each as far as it goes, and breaks stay
    where they are while they can: for a start that is late. Without, segments of a tier give in
    proportion.
    """
    whole = sum(c.minutes for c in candidates)
    if whole <= length:
        return _extended(candidates, length) if not few else _as_it_is(candidates, length)
    needed = [c for c in candidates if not c.optional or c.stays]
    extra = [c for c in candidates if c.optional and not c.stays]
    room = length - sum(c.minutes for c in needed)
    if room >= 0:
        kept = _Knapsack(extra, drop_costs(candidates), room).best(room)
        return _given(needed, candidates, length, few, kept)
    return _shortened(needed, drop_costs(needed), length, few)


# -- what falls out ------------------------------------------------------------------


def drop_costs(candidates: Sequence[Candidate]) -> dict[str, int]:
    """Return by id what it costs to leave a segment out.

    From dear to cheap: practice that an objective names; short talk that objectives name, for
    nobody practises what was not shown; other practice; other talk, twice where an objective names
    it. Within a rank by minutes; a rank outweighs all below it.
    """
    ranks = _ranks(candidates)
    unit = 2 * sum(c.minutes for c in candidates) + 1
    costs: dict[str, int] = {}
    for c in candidates:
        weight = 2 if c.named and c.kind == "talk" else 1
        costs[c.id] = unit ** ranks[c.id] * max(1, c.minutes) * weight
    return costs


def _ranks(candidates: Sequence[Candidate]) -> dict[str, int]:
    """Return the rank of each segment by id, from 0."""
    core = {c.id for c in _core(candidates)}
    ranks = {c.id: 2 if c.shown else 0 for c in candidates}
    return ranks | {c.id: 3 if c.id in core else 1 for c in candidates if c.kind == "practice"}


def _core(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the practice that objectives name; where they name none, the longest."""
    work = [c for c in candidates if c.kind == "practice"]
    longest = max(work, key=lambda c: c.minutes, default=None)
    return [c for c in work if c.named] or ([longest] if longest else [])


def with_shown(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return candidates with the talk marked that is dear, up to `SHOWN` of all minutes.

    First what the core of the practice builds on, then other practice, then what objectives name.
    """
    room = int(sum(c.minutes for c in candidates) * SHOWN)
    work = [*_core(candidates), *(c for c in candidates if c.kind == "practice")]
    talk = {c.id: c for c in candidates if c.kind == "talk"}
    named = sorted(talk, key=lambda i: -talk[i].named)
    shown: set[str] = set()
    for name in dict.fromkeys([*(c.uses for c in work if c.uses in talk), *named]):
        if talk[name].floor <= room:
            shown.add(name)
            room -= talk[name].floor
    return tuple(msgspec.structs.replace(c, shown=c.id in shown) for c in candidates)


class _Knapsack:
    """The sets of segments that cost least to keep out, for every number of minutes."""

    def __init__(self, free: Sequence[Candidate], costs: dict[str, int], room: int) -> None:
        """Find what is saved at most in each number of minutes up to `room`, item by item."""
        self.free = free
        most = max(0, min(room, sum(c.floor for c in free)))
        self.saved = [0] * (most + 1)
        self.taken: list[list[bool]] = []
        for c in free:
            before, at, worth = self.saved, c.floor, costs[c.id]
            moved = [s + worth for s in before[: max(0, most + 1 - at)]]
            took = [new > old for old, new in zip(before[at:], moved, strict=True)]
            self.saved = [*before[:at], *map(max, before[at:], moved)]
            self.taken.append([*[False] * min(at, most + 1), *took])

    def worth(self, room: int) -> int:
        """Return what the segments that fit into `room` minutes save at most; -1 for no room."""
        return self.saved[min(room, len(self.saved) - 1)] if room >= 0 else -1

    def least(self, room: int) -> int:
        """Return the fewest minutes into which fits what saves as much."""
        return bisect_left(self.saved, self.worth(room))

    def best(self, room: int) -> list[Candidate]:
        """Return the segments that fit into `room` minutes and save most."""
        at = min(room, len(self.saved) - 1)
        found: list[Candidate] = []
        for c, took in zip(reversed(self.free), reversed(self.taken), strict=True):
            if at >= 0 and took[at]:
                found.append(c)
                at -= c.floor
        return found[::-1]


def _shortened(
    needed: Sequence[Candidate], costs: dict[str, int], length: int, few: bool
) -> Plan:  # fmt: skip
    """Return the best plan where all cannot stay as it is: by the breaks that it keeps."""
    fixed = [c for c in needed if c.stays]
    base = sum(c.floor for c in fixed)
    free = [c for c in needed if not c.stays and c.kind != "break"]
    sack = _Knapsack(free, costs, length - base)
    heap: list[tuple[int, int, int, tuple[Candidate, ...]]] = []

    def push(breaks: tuple[Candidate, ...], total: int, number: int) -> None:
        own = base + sum(c.floor for c in breaks)
        if total >= own:
            heappush(heap, (-sack.worth(total - own), -total, number, breaks))

    choices = list(_choices([c for c in needed if c.kind == "break" and not c.stays]))
    for number, some in enumerate(reversed(choices) if few else choices):
        push(some, min(length, _most(needed, some)), number)
    while heap:  # the first that has its breaks well is the best: what comes later saves less
        _, less, number, some = heappop(heap)
        total, own = -less, base + sum(c.floor for c in some)
        kept = [*fixed, *some, *sack.best(total - own)]
        lost = not _sits_well({c.id: c.floor for c in kept}, needed) or not (
            few or _breaks_inside({c.id: c.minutes for c in kept}, needed)
        )
        if not lost:
            plan = _given(kept, needed, total, few)
            if _sits_well(plan.minutes, needed) and (few or _breaks_inside(plan.minutes, needed)):
                return Plan(length, plan.minutes)
        push(some, own + sack.least(total - own) - 1 if lost else total - 1, number)
    return _given([*fixed, *sack.best(max(0, length - base))], needed, length, few)


def _choices(breaks: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    """Yield the sets of breaks to try, the fewest first; of many breaks, of the longest."""
    free = sorted(breaks, key=lambda b: -b.minutes)[:MOST_BREAKS]
    for count in range(len(free) + 1):
        yield from combinations(free, count)


def _most(candidates: Sequence[Candidate], breaks: Sequence[Candidate]) -> int:
    """Return the minutes that a plan with these breaks has at most, for no sitting to be too long."""
    most, sitting, missed = 0, 0, False
    for c in candidates:
        if c.kind != "break":
            sitting += c.minutes
        elif c in breaks or c.stays:
            most += (min(sitting, LONGEST_SITTING) if missed else sitting) + c.minutes
            sitting, missed = 0, False
        else:
            missed = True
    return most + (min(sitting, LONGEST_SITTING) if missed else sitting)


def _sits_well(minutes: Mapping[str, int], candidates: Sequence[Candidate]) -> bool:
    """Whether no break is left out of a sitting that is too long."""
    at, began, missed = 0, 0, False
    for c in candidates:
        if c.kind == "break" and c.id in minutes:
            if missed and at - began > LONGEST_SITTING:
                return False
            began, missed = at + minutes[c.id], False
        missed |= c.kind == "break" and c.id not in minutes
        at += minutes.get(c.id, 0)
    return not (missed and at - began > LONGEST_SITTING)


def _breaks_inside(minutes: Mapping[str, int], candidates: Sequence[Candidate]) -> bool:
    """Whether no break lies at the beginning or at the end, but where its author keeps it."""
    at, total = 0, sum(minutes.values())
    for c in candidates:
        start, at = at, at + minutes.get(c.id, 0)
        if c.kind == "break" and c.id in minutes and not c.keep:
            if start < BREAK_FREE or at > total - BREAK_FREE:
                return False
    return True


# -- what is shortened ---------------------------------------------------------------


def _tier(c: Candidate) -> int:
    """Return how dear a segment's minutes are, the dearest first: see `TIERS`."""
    if c.kind == "practice":
        return 0
    if c.kind == "break":
        return 2
    return 1 if c.stated else 3


TIERS = ("practice", "talk with a stated time", "breaks", "talk with an estimated time")
"""In this order minutes above the floors are given, up to a range's low end; then the ranges."""


def _given(
    kept: Sequence[Candidate], order: Sequence[Candidate], length: int, few: bool,
    extra: Sequence[Candidate] = (),
) -> Plan:  # fmt: skip
    """Return a plan of the segments kept: floors first, the minutes left over by tiers.

    What is in `extra` gets minutes last of all.
    """
    if few:
        minutes = _taken((*kept, *extra), length)
        return Plan(length, {c.id: minutes[c.id] for c in order if c.id in minutes})
    minutes = {c.id: c.floor for c in (*kept, *extra)}
    left = length - sum(minutes.values())
    steps: list[list[tuple[Candidate, int]]] = [[] for _ in TIERS]
    for c in kept:
        steps[_tier(c)].append((c, c.low))
    steps = [*steps, [(c, c.minutes) for c in kept], *steps, [(c, c.minutes) for c in extra]]
    for number, step in enumerate(steps):
        if left <= 0:
            break
        wanted = {c.id: goal - minutes[c.id] for c, goal in step if goal > minutes[c.id]}
        shares = _shares(left, wanted)
        if number < len(TIERS):
            shares = {
                c.id: _stepped(c, minutes[c.id], shares.get(c.id, 0), goal) for c, goal in step
            }
        for name, share in shares.items():
            minutes[name] += share
            left -= share
    return Plan(length, {c.id: minutes[c.id] for c in order if c.id in minutes})


def _stepped(c: Candidate, now: int, share: int, goal: int) -> int:
    """Return a share less what keeps the segment's minutes from being a multiple of `STEP`."""
    if now + share == goal or not c.stated or c.minutes < STEPPED or c.minutes % STEP:
        return share
    return max(0, share - (now + share) % STEP)


def _taken(kept: Sequence[Candidate], length: int) -> dict[str, int]:
    """Return the minutes of segments of which as few as can be give what is too much.

    The cheapest that can give all of it does; while none can, the one with most to give gives all.
    """
    minutes = {c.id: c.minutes for c in kept}
    over = sum(minutes.values()) - length
    giving = list(kept)
    while over > 0 and giving:
        able = [c for c in giving if c.minutes - c.floor >= over]
        most = max(able or giving, key=lambda c: (_tier(c) if able else 0, c.minutes - c.floor))
        given = min(over, most.minutes - most.floor)
        minutes[most.id] -= given
        over -= given
        giving.remove(most)
    return minutes


def _shares(room: int, wanted: dict[str, int]) -> dict[str, int]:
    """Share `room` minutes out: all that is wanted, else in proportion, the largest rests first."""
    total = sum(wanted.values())
    if total <= room:
        return wanted
    exact = {name: room * want / total for name, want in wanted.items()}
    shares = {name: int(share) for name, share in exact.items()}
    order = sorted(exact, key=lambda n: shares[n] - exact[n])
    for name in order[: room - sum(shares.values())]:
        shares[name] += 1
    return shares


# -- time to spare -------------------------------------------------------------------


def _as_it_is(candidates: Iterable[Candidate], length: int) -> Plan:
    return Plan(length, {c.id: c.minutes for c in candidates})


def _extended(candidates: Sequence[Candidate], length: int) -> Plan:
    """Return a plan for more time: what is to spare goes to practice, half of its own at most.

    Who gained least for its length gains next: `STEP` minutes, a short one a minute.
    """
    plan = _as_it_is(candidates, length)
    work = {c.id: c for c in candidates if c.kind == "practice"}
    gains = dict.fromkeys(work, 0)
    left = plan.spare
    while True:
        steps = {i: STEP if c.minutes >= STEPPED else 1 for i, c in work.items()}
        able = [i for i, step in steps.items()
                if step <= left and gains[i] + step <= work[i].minutes * MOST_ADDED]  # fmt: skip
        if not able:
            break
        least = min(able, key=lambda i: gains[i] / work[i].minutes)
        gains[least] += steps[least]
        left -= steps[least]
    return Plan(length, {i: m + gains.get(i, 0) for i, m in plan.minutes.items()})
