"""How well the pages of every course are made up; what no page may have is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from courseware.pdf.sheets import sheets
from tests.e2e.conftest import Course
from tools.proofs import proofs
from tools.quality import MENDABLE, Fault, faults

SELDOM = 1 / 20
"""Faults of the kinds that a word more or less can bring, at most, for each page."""


def test_pages_are_well_made_up(course: Course, figure: Callable[[str], None]) -> None:
    pages, found = 0, list[tuple[str, Fault]]()
    settings = course.loaded.course
    for session in settings.sessions:
        for printed, document in proofs(settings, session.path, course.loaded.root, settings.paper):
            made = sheets(document)
            pages += len(made)
            where = f"{printed.product.name} {session.path}"
            found += [(where, fault) for fault in faults(made)]
    counts = Counter(fault.kind for _, fault in found)
    figure(f"{course.name}: {pages} pages; faults: {dict(counts) or 'none'}")
    for where, fault in found:
        figure(f"  {where}:{fault.page}: {fault.kind}: {fault.what}")
    assert [(w, f) for w, f in found if f.kind not in MENDABLE] == []
    assert len(found) <= 1 + SELDOM * pages
