"""Where the built-in layouts are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def layouts() -> Path:
    """Return the folder of the built-in layouts."""
    inside = _PACKAGE / "layouts"
    return inside if inside.is_dir() else _PACKAGE.parent / "layouts"
