"""Whether there is nothing to do: an order given again when nothing that it depends on changed.

It is told from the index, by looking at sizes and times: no file is read but the index, and nothing
is imported but Python's own modules. Any doubt is left to the build itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courseware.build.state import stamp
from courseware.build.state.fingerprints import Facts, is_of_file, state_of
from courseware.build.state.store import FORMAT, INDEX, roots

MOST = 1e9
"""Seconds that no build takes: an index that says more was not written by one."""


@dataclass(frozen=True, repr=False, eq=False)  # methods that nobody asks for take a millisecond
class Again:
    """What the build told that left nothing to do.

    `lines` are files with their number of pages or slides and its unit, `findings` severities and
    texts, `saved` the seconds that the files took when they were made.
    """

    lines: tuple[tuple[str, int, str], ...]
    findings: tuple[tuple[str, str], ...]
    saved: float


def again(output: Path, course: Path, order: str) -> Again | None:
    """Return what an order for a course told, where nothing changed since; None in any doubt."""
    try:
        with open(output / INDEX, "rb") as file:
            index = json.load(file)
        if index["format"] != FORMAT:
            return None
        entry = index["courses"][os.path.realpath(course)]
        return _again(output, entry, entry["told"][order], roots(course))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _again(
    output: Path, entry: Mapping[str, Any], told: Mapping[str, Any], places: Mapping[str, str]
) -> Again | None:
    jobs = entry["jobs"]
    asked = [(name, jobs[name]) for name in told["jobs"]]
    used = set(told["facts"]).union(*(jobs[n]["facts"] for n in (*told["jobs"], *told["also"])))
    facts = Facts(places, entry["known"], quick=True)
    if not all(_holds(entry["facts"][at], facts) for at in used):
        return None
    lines = []
    for name, job in asked:
        if not job["exists"]:
            continue
        if job["file"] is None or tuple(job["file"][:3]) != state_of(os.path.join(output, name)):
            return None
        others = job.get("others", {}).items()
        if any(tuple(was) != state_of(os.path.join(output, other)) for other, was in others):
            return None
        lines.append((name, int(job["count"]), str(job["unit"])))
    findings = tuple((str(severity), str(text)) for severity, text in told["findings"])
    saved = sum(float(job["seconds"]) for _, job in asked)
    return Again(tuple(lines), findings, saved) if 0 <= saved < MOST else None


def _holds(row: list[str], facts: Facts) -> bool:
    """Whether a fact holds; one that is none of a file follows from those of its order."""
    fact, value = row
    if fact == "libraries":
        return stamp.libraries() == value
    return not is_of_file(fact) or facts.value(fact) == value
