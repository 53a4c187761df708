"""Where the package is, and the built-in layouts."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The folder of the package."""


def layouts() -> Path:
    """Return the built-in layouts: beside the package in a checkout, inside it when installed."""
    inside = PACKAGE / "layouts"
    return inside if inside.is_dir() else PACKAGE.parent / "layouts"


def explanations() -> Path:
    """Return the folder of the pages on codes: docs/diagnostics in a checkout, else the package's own."""
    inside = PACKAGE / "explanations"
    return inside if inside.is_dir() else PACKAGE.parent / "docs" / "diagnostics"


def output_of(where: Path) -> Path:
    """Return where files of the course at `where` go: `output/` in its folder, or beside a single file.

    A course folder named `content` has it beside itself.
    """
    if where.is_file():
        return where.parent / "output"
    if where.resolve().name != "content":
        return where / "output"
    return (where.parent if where.name == "content" else where / "..") / "output"
