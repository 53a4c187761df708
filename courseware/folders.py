"""Where the built-in layouts are, and where a user keeps what can be made again."""

from __future__ import annotations

import os
from pathlib import Path

from courseware import __version__

PACKAGE = Path(__file__).resolve().parent
"""The folder of the package."""


def layouts() -> Path:
    """Return the built-in layouts: beside the package in a checkout, inside it when installed."""
    inside = PACKAGE / "layouts"
    return inside if inside.is_dir() else PACKAGE.parent / "layouts"


def cache() -> Path | None:
    """Return the user's folder for what can be made again; None where there can be none."""
    try:
        folder = (
            Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
            / "courseware"
            / __version__
        )
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # no home
        return None
    return folder if os.access(folder, os.W_OK) else None
