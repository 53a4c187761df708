"""What each change of the layout engine gives: a handout and a guide, written with and without it.

    .venv/bin/python benchmarks/engine.py [ROUNDS]

Rounds are interleaved. It prints, for each trade of `CHANGES` and for all of them, the median of the
processor's time without it, as a ratio of the time with all changes in the same round.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from courseware.course.loading import load  # noqa: E402
from courseware.pdf.pages import written  # noqa: E402
from courseware.products.table import PRODUCTS, Page, page  # noqa: E402
from courseware.weasyprint_speed.changes import CHANGES  # noqa: E402
from courseware.weasyprint_speed.trades import Patch, change, undo  # noqa: E402

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    ("handout", "07-working-with-ai-teams.md"),
    ("guide", "08-ai-products-taken-apart.md"),
)


def documents() -> list[Page]:
    """Return the pages that are written."""
    course = load(PROJECT / "content").course
    found = [page(PRODUCTS[product], course, path) for product, path in DOCUMENTS]
    return [one for one in found if one]


def seconds(pages: list[Page], without: tuple[Patch, ...]) -> float:
    """Return the processor's seconds that pages take without some changes."""
    undo(without)
    gc.collect()
    started = time.process_time()
    for one in pages:
        written(one, PROJECT / "content", "a4")
    taken = time.process_time() - started
    change(without)
    return taken


def main(rounds: int) -> None:
    """Measure, and print a line a trade."""
    pages = documents()
    trades = {row.trade: tuple(r for r in CHANGES if r.trade == row.trade) for row in CHANGES}
    rows = {"with all": (), **trades, "without any": CHANGES}
    seconds(pages, ())
    runs: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(rounds):
        for name, without in rows.items():
            runs[name].append(seconds(pages, without))
    for name, taken in runs.items():
        ratios = [one / whole for one, whole in zip(taken, runs["with all"], strict=True)]
        print(f"{name:12} {statistics.median(taken):.3f} s  {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
