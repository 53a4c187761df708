"""What reading a file again costs, as a share of making it: `python benchmarks/inspecting.py [COURSE]`.

For each product that is a PDF: processor time to write the files of a course, and to look in them for
withheld words and for what all products say alike. The best of three, in a process that is warm.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import msgspec
import pypdfium2  # noqa: F401 (imported before the clock runs, as the layout engine is)

from courseware.course.loading import Loaded, load
from courseware.inspection.inspection import inspected
from courseware.products.table import PRODUCTS, Product, page, titles
from courseware.writers import WRITERS

ROUNDS = 3


def cost(loaded: Loaded, product: Product, path: str) -> tuple[float, float]:
    """Return seconds to write a session's file and to inspect it; 0 where there is none."""
    found = page(product, loaded.course, path)
    if found is None or path in loaded.failed:
        return 0, 0
    alone = tuple(s for s in loaded.course.sessions if s.path == path)
    course = msgspec.structs.replace(loaded.course, sessions=alone)
    seen = titles(product.audience, loaded.course)
    writing: list[float] = []
    inspecting: list[float] = []
    for _ in range(ROUNDS):
        started = time.process_time()
        made = WRITERS[product.writer].write(found, loaded.root, loaded.course.paper)
        written = time.process_time()
        inspected(made, found, course, seen)
        writing.append(written - started)
        inspecting.append(time.process_time() - written)
    return min(writing), min(inspecting)


def main(course: Path) -> None:
    """Print a line for each product."""
    loaded = load(course)
    for product in (row for row in PRODUCTS.values() if row.writer == "pdf"):
        costs = [cost(loaded, product, session.path) for session in loaded.course.sessions]
        writing, inspecting = (sum(seconds) for seconds in zip(*costs, strict=True))
        if writing:
            share = 100 * inspecting / (writing + inspecting)
            print(
                f"{product.name}: {writing:.2f} s to write, {inspecting:.3f} s to inspect, {share:.1f} %"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("content"))
