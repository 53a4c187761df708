"""All properties, with many more examples than each run has, and others every time."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable

from tests.searching import FACTOR
from tests.support import PROJECT


def test_no_property_fails_in_a_wide_search(figure: Callable[[str], None]) -> None:
    seed = secrets.randbits(32)
    words = [sys.executable, "-m", "pytest", "-m", "hypothesis", f"--hypothesis-seed={seed}"]
    env = {**os.environ, "SEARCH": "wide"}
    done = subprocess.run(words, cwd=PROJECT, env=env, capture_output=True, text=True)
    found = re.search(r"^(\d+) passed", done.stdout, re.MULTILINE)
    again = f"SEARCH=wide pytest -m hypothesis --hypothesis-seed={seed}"
    assert done.returncode == 0 and found, f"{again}\n{done.stdout[-8000:]}"
    figure(f"search: {found[1]} properties hold with {FACTOR} times as many examples; {again}")
