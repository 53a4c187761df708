"""Pages a second of every printed product: the guide and the worksheet beside the handout.

    .venv/bin/python benchmarks/products.py [COURSE]

One process, warm: each session's products are written once before anything is timed, then in turn, a
round after the other. Of each product: files, pages, milliseconds a page (the median round) and pages
a second, in processor time, which other work on the machine does not lengthen. Writing means HTML,
layout, tags and bytes; the pages that a product cites are known beforehand, as in a build. COURSE is
a folder or a file; else the sample course. On a machine of two cores, one of them busy, the sample
course's handouts took 77 ms a page (13.0 pages/s), its worksheets 84 (12.0), its answer keys 75 (13.4),
its guides 95 (10.5).
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import msgspec

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from courseware.course.loading import load  # noqa: E402
from courseware.model.times.delivery import Delivery  # noqa: E402
from courseware.pdf.pages import written  # noqa: E402
from courseware.products.table import PRODUCTS, Page, page  # noqa: E402

ROUNDS = 5


def pages(course: Path) -> tuple[Path, list[Page]]:
    """Return a course's folder and the pages of its printed products, with the maps they cite."""
    loaded = load(course)
    given = msgspec.structs.replace(loaded.course, delivery=Delivery("09:00", None, 12))
    found: list[Page] = []
    for session in given.sessions:
        made: dict[str, dict[str, int]] = {}
        rows = [row for row in PRODUCTS.values() if row.suffix == ".pdf"]
        for row in sorted(rows, key=lambda row: len(row.cites)):
            one = page(row, given, session.path)
            if one is not None and session.path not in loaded.failed:
                maps = {name: made[name] for name in row.cites if name in made}
                one = msgspec.structs.replace(one, maps=maps)
                made[row.name] = written(one, loaded.root, "a4").map
                found.append(one)
    return loaded.root, found


def main() -> None:
    """Measure and print."""
    root, found = pages(Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "content")
    rounds: list[dict[str, float]] = []
    count: dict[str, int] = {}
    for _ in range(ROUNDS):
        took: dict[str, float] = {}
        count = {}
        for one in found:
            start = time.process_time()
            made = written(one, root, "a4")
            name = one.product.name
            took[name] = took.get(name, 0) + time.process_time() - start
            count[name] = count.get(name, 0) + made.pages
        rounds.append(took)
    print(f"{'product':10} {'files':>5} {'pages':>5} {'ms a page':>10} {'pages/s':>8}")
    for name, number in count.items():
        seconds = statistics.median(took[name] for took in rounds)
        files = sum(one.product.name == name for one in found)
        print(
            f"{name:10} {files:5} {number:5} {seconds / number * 1000:10.0f} {number / seconds:8.1f}"
        )


if __name__ == "__main__":
    main()
