"""Where a build notes what it needs to remember, and the folders that its facts name files by."""

from __future__ import annotations

import os
from pathlib import Path

from courseware.folders import PACKAGE, layouts

HOME = ".courseware"
"""The folder, in the output folder, of what builds note for themselves."""
INDEX, LOCK, CACHE = f"{HOME}/index.json", f"{HOME}/lock", f"{HOME}/cache"
FORMAT = 1
"""The index's format: one that says another counts as none."""


def roots(course: Path) -> dict[str, str]:
    """Return the folders that facts name files by, of a course's folder or its only file."""
    folder = course.parent if course.is_file() else course
    return {"course": str(folder), "program": str(layouts()), "package": str(PACKAGE)}


def key_of(course: Path) -> str:
    """Return the name of a course in an index: the real path of its folder or its only file."""
    return os.path.realpath(course)
