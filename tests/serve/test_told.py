"""Findings beside what learners get tell nothing that is withheld, whatever they are on, and all else whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.serve.conftest import Visitor

OPEN = """# Session 03: Plans

## A plan (10 min)

See [this](gone.md) and ![](away.png).

"""
WITHHELD = (
    "See [x](kumquat.md).",
    "![kumquat](kumquat.png)",
    "See [y](#kumquat) and [^kumquat] and [z][kumquat].",
    "<kumquat>",
    '<img src="kumquat.png">',
    "$\\kumquat{x}$",
    "::: kumquat\na\n:::",
    "- a\n\n  - [b](kumquat.md)",
)
WAYS = (
    "::: facilitator\n{}\n:::\n",
    "::: answer\n{}\n:::\n",
    "## Facilitator notes\n\n{}\n",
    "::: tip\nWords.\n\n::: facilitator\n{}\n:::\n:::\n",
)


@pytest.mark.parametrize("way", WAYS)
def test_findings_on_what_is_withheld_say_their_kind_alone(
    visitor: Visitor, course: Path, way: str
) -> None:
    inside = "\n\n".join(WITHHELD)
    (course / "03-plans.md").write_text(f"{OPEN}{way.format(inside)}\n## End\n\n[c](last.md)\n")
    visitor.view("03", "guide", lambda v: "kumquat" in json.dumps(v["findings"]))
    for product in ("handout", "worksheet", "plain-slides"):
        view = visitor.view("03", product)
        assert "kumquat" not in json.dumps(view).lower()
        assert [f for f in view["findings"] if f["hint"] == "its words are in the tabs that only you see"]  # fmt: skip
        told = [f["message"] for f in view["findings"]]
        for name in ("gone.md", "away.png", "last.md"):
            assert any(name in message for message in told), name
