"""What the best plan of sixty segments costs, from a third of their time to all of it.

    .venv/bin/python benchmarks/plans.py

Milliseconds of processor time, medians of eleven runs, for each of several lengths; the bound is 50.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from courseware.model.times.plan import Candidate, Kind, best_plan, floor_of

SEGMENTS, RUNS = 60, 11
KINDS: tuple[Kind, ...] = ("talk", "practice", "talk")


def segments() -> tuple[Candidate, ...]:
    """Return a long day: talk and practice, a break after every nine, objectives on a fifth."""
    found: list[Candidate] = []
    for n in range(SEGMENTS):
        kind: Kind = "break" if n % 10 == 9 else KINDS[n % 3]
        minutes = 10 + n % 7 * 5
        found.append(Candidate(id=str(n), kind=kind, minutes=minutes, low=minutes,
                               floor=floor_of(kind, minutes), named=int(n % 5 == 0)))  # fmt: skip
    return tuple(found)


def main() -> None:
    """Print what a plan costs, by its length."""
    some = segments()
    whole = sum(one.minutes for one in some)
    for share in (33, 50, 67, 80, 100):
        taken: list[float] = []
        for _ in range(RUNS):
            began = time.process_time()
            best_plan(some, whole * share // 100)
            taken.append(1000 * (time.process_time() - began))
        print(
            f"{SEGMENTS} segments, {share} % of {whole} minutes: {statistics.median(taken):.1f} ms"
        )


if __name__ == "__main__":
    main()
