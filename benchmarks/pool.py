"""From how many files on a pool of workers pays: builds of few handouts with one worker and two.

    .venv/bin/python benchmarks/pool.py

Prints medians of whole processes, interleaved. `jobs.FEW` is the number up to which one process does.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from generate import generate  # noqa: E402
from measure import measured  # noqa: E402

ROUNDS = 5
CODE = """
import sys
import courseware.build.plan.jobs as jobs
jobs.FEW = 0
from courseware.cli.commands import main
main(sys.argv[1:])
"""


def seconds(course: Path, output: Path, workers: int) -> float:
    """Return how long the handouts of a course take, a pool for two workers in any case."""
    words = ["--course", str(course), "handouts", "--output", str(output), "--jobs", str(workers)]
    return measured([sys.executable, "-c", CODE, *words]).seconds


def main() -> None:
    """Measure and print."""
    for sessions in (1, 2, 3, 4):
        times: dict[int, list[float]] = {1: [], 2: []}
        with tempfile.TemporaryDirectory() as name:
            generate(Path(name) / "course", sessions)
            for turn in range(ROUNDS):
                for workers, found in times.items():
                    output = Path(name) / f"{workers}-{turn}"
                    found.append(seconds(Path(name) / "course", output, workers))
        one, two = (statistics.median(found) for found in times.values())
        print(f"{sessions} handouts: in one process {one:.2f} s, by two workers {two:.2f} s")


if __name__ == "__main__":
    main()
