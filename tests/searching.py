"""Random search: the same examples in every run, so that no run fails by chance; or a wide search.

Where SEARCH is "wide", properties are tried with ten times as many examples, others each time; what
it finds is tried first the next time (`.hypothesis/`). `make e2e` searches so.
"""

from __future__ import annotations

import os

from hypothesis import settings

WIDE = os.environ.get("SEARCH") == "wide"
FACTOR = 10


def examples(count: int) -> int:
    """Return how many examples a property is tried with, where `count` are enough for each run."""
    return count * FACTOR if WIDE else count


def begin() -> None:
    """Make this the way of all properties; before any of them is loaded."""
    settings.register_profile("wide", deadline=None, max_examples=examples(100), print_blob=True)
    settings.register_profile("same", deadline=None, derandomize=True, database=None)
    settings.load_profile("wide" if WIDE else "same")
