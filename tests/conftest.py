"""What holds for all tests."""

from __future__ import annotations

import gc

from tests import searching
from tests.sample import sample as sample

searching.begin()


def pytest_collection_finish() -> None:
    """Look for no garbage among thousands of tests, which live until the end."""
    gc.collect()
    gc.freeze()
