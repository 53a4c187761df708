"""How well the pages of every course are made up; what no page may have is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from courseware.products.table import PRODUCTS, page
from courseware.writing.boxes import sheets
from courseware.writing.pages import laid_out
from courseware.writing.quality import MENDABLE, Fault, faults
from tests.e2e.conftest import Course

SELDOM = 1 / 20
"""Faults of the kinds that a word more or less can bring, at most, for each page."""


def test_pages_are_well_made_up(course: Course, figure: Callable[[str], None]) -> None:
    pages, found = 0, list[tuple[str, Fault]]()
    for product in (row for row in PRODUCTS.values() if row.suffix == ".pdf"):
        for session in course.loaded.course.sessions:
            printed = page(product, course.loaded.course, session.path)
            if printed is None:
                continue
            made = sheets(laid_out(printed, course.loaded.root, course.loaded.course.paper))
            pages += len(made)
            found += [(f"{product.name} {session.path}", fault) for fault in faults(made)]
    counts = Counter(fault.kind for _, fault in found)
    figure(f"{course.name}: {pages} pages; faults: {dict(counts) or 'none'}")
    for where, fault in found:
        figure(f"  {where}:{fault.page}: {fault.kind}: {fault.what}")
    assert [(w, f) for w, f in found if f.kind not in MENDABLE] == []
    assert len(found) <= 1 + SELDOM * pages
