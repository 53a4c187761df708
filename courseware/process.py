"""How the program runs: garbage is looked for seldom, and a stream that is closed leads nowhere."""

from __future__ import annotations

import atexit
import gc
import os
import sys

SELDOM = 50_000
"""Objects made before Python looks for garbage; it looks after 700 if it is not told otherwise."""


def look_seldom() -> None:
    """Let Python look for garbage seldom; called first of all, as modules are made of much, too."""
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)  # what is left at the end is not looked through once more


def open_closed_streams() -> None:
    """Lead the three streams that are closed to nowhere: else the next file opened is taken for one."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False))  # noqa: SIM115
