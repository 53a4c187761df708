"""Grids in print: the engine fills them from the left, so styles from the right place what they hold."""

from __future__ import annotations

import re

import pytest

from courseware.folders import layouts

PRINTED = [path for path in sorted(layouts().glob("*/*.css")) if path.parent.name != "site"]
GRID = re.compile(r"^(?P<selector>[^{}@/]+?)\s*\{[^}]*display: grid[^}]*\}", re.MULTILINE)
PLACED = {"plot .fields": "its left and right are as they are drawn"}
"""Grids that stand as they are, and why."""


def grids() -> list[str]:
    found = (
        m["selector"].strip() for path in PRINTED for m in GRID.finditer(path.read_text("utf-8"))
    )
    return sorted({one.split(":")[0].strip().lstrip(".") for one in found} - {*PLACED})


@pytest.mark.parametrize("grid", grids())
def test_what_a_grid_holds_is_placed_from_the_right(grid: str) -> None:
    styles = (layouts() / "shared/rtl.css").read_text("utf-8")
    name = re.split(r"[ >.]+", grid)[0]
    assert re.search(rf"\.{name}\b", styles), f".{grid}"
