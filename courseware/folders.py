"""Where the package is, and the built-in layouts."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The folder of the package."""


def layouts() -> Path:
    """Return the built-in layouts: beside the package in a checkout, inside it when installed."""
    inside = PACKAGE / "layouts"
    return inside if inside.is_dir() else PACKAGE.parent / "layouts"
