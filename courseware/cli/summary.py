"""What a build came to, in a line. Light: a build with nothing to do says it, too."""

from __future__ import annotations

from collections.abc import Sequence

STATES = ("built", "unchanged", "failed", "removed")
"""What a summary counts, in order."""


def summary(states: Sequence[str], seconds: float, saved: float) -> str:
    """Return files by what happened to them, the time taken, the time saved."""
    counts = [(states.count(state), state) for state in STATES]
    said = ", ".join(f"{count} {state}" for count, state in counts if count) or "nothing to build"
    return f"{said} in {duration(seconds)}" + (f", {duration(saved)} saved" if saved else "")


def duration(seconds: float) -> str:
    """Return a time as one says it: "0.4 s", "48 s", "3 min 20 s", "1 h 05 min"."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
