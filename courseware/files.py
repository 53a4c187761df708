"""Files of a course: a path that an author wrote leads to a file of the course, or nowhere."""

from __future__ import annotations

from pathlib import Path


def found(root: Path, target: str) -> Path | None:
    """Return the file that `target`, a path in the course `root`, leads to, links followed.

    None where there is none, where it is a folder or a device, and where it lies outside.
    """
    if not target:
        return None
    try:
        path = (root / target).resolve(strict=True)
        return path if path.is_relative_to(root.resolve()) and path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # too long, a null character, links in a circle
        return None


def leaves(root: Path, target: str) -> bool:
    """Whether a path, links followed, leads out of the course."""
    try:
        return not (root / target).resolve().is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):
        return False
