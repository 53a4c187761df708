"""Each rule of what goes on which slide, by example: title, input, expected deck as lines.

The rules in words are in docs/slides.md.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courseware.language.printed import printed
from courseware.model.heading import Heading
from courseware.model.inline import plain_text
from courseware.products.deck.titles import below
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


@pytest.mark.parametrize(("language", "expected"), [("en", "A: B"), ("ja", "A：B"), ("zh", "A：B")])
def test_a_parts_name_stands_behind_its_sections_in_the_signs_of_the_language(
    language: str, expected: str
) -> None:
    assert below(plain_text("A"), Heading(title=plain_text("B")), printed(language)).plain == expected  # fmt: skip
