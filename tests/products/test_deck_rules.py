"""Each rule of what goes on which slide, by example: title, input, expected deck as lines.

The rules in words are in docs/slides.md.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.decks import html_of, outline
from tests.support import PROJECT, session_of

FILE = Path(__file__).parent / "decks.md"


def cases() -> list[tuple[str, str, str]]:
    pieces = FILE.read_text("utf-8").split("\n.\n")
    rows = zip(pieces[0::3], pieces[1::3], pieces[2::3], strict=False)
    return [(title.strip(), given + "\n", expected + "\n") for title, given, expected in rows]


@pytest.mark.parametrize(("title", "given", "expected"), cases(), ids=[c[0] for c in cases()])
def test_rule(title: str, given: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "plan.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    lines = outline(html_of(session_of(given), tmp_path)).splitlines(keepends=True)
    assert "".join(lines[1:] if lines[0] == "[title] T\n" else lines) == expected


def test_every_rule_has_an_example() -> None:
    page = (PROJECT / "docs" / "slides.md").read_text("utf-8")
    rules = re.findall(r"^\| (\d+) \|", page, re.MULTILINE)
    assert rules == [str(n + 1) for n in range(len(rules))]
    assert set(rules) == {title.split(".")[0] for title, _, _ in cases()}
