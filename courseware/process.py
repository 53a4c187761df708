"""Garbage is looked for seldom: what a build makes lives until it is done with a file or a library."""

from __future__ import annotations

import atexit
import gc

SELDOM = 50_000
"""Objects made before Python looks for garbage; it looks after 700 if it is not told otherwise."""


def look_seldom() -> None:
    """Let Python look for garbage seldom; called first of all, as modules are made of much, too."""
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)  # what is left at the end is not looked through once more
