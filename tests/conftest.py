"""What holds for all tests."""

from __future__ import annotations

from tests import searching
from tests.sample import sample as sample

searching.begin()
