"""Follows every cross-reference of real courses in the files as written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from courseware.course.loading import Loaded, load
from courseware.products.table import PRODUCTS
from tests.crossing import Files, astray, misplaced
from tests.e2e.conftest import sources

MOST = 8
"""Sessions of a course that are looked at: those with the most exercises."""


def chosen(loaded: Loaded) -> list[str]:
    """Return the paths of the sessions to look at; all of a small course."""
    able = [
        s for s in loaded.course.sessions if s.role == "session" and s.path not in loaded.failed
    ]
    by_exercises = sorted(able, key=lambda session: -len(session.exercises()))
    return [session.path for session in by_exercises[:MOST]]


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_every_reference_leads_to_what_it_says(source: Path, figure: Callable[[str], None]) -> None:
    loaded = load(source)
    counts = Counter[str]()
    wrong: list[str] = []
    for path in chosen(loaded):
        files = Files(loaded, path)
        for reference in files.references():
            counts[f"{reference.citing} to {reference.cited}"] += 1
            if said := astray(files, reference):
                wrong.append(f"{path}: {reference.citing} says {reference.cited} {reference.pages} "
                             f"of {min(reference.blocks)}: {said}")  # fmt: skip
        for name in {cited for row in PRODUCTS.values() for cited in row.cites} & files.made.keys():
            wrong += [f"{path}: {one}" for one in misplaced(files, name)]
    figure(f"{source.stem}: {sum(counts.values())} references followed: {dict(counts)}")
    assert wrong == []
