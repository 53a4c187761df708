"""Rows of tables that are higher than a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.model.session import Course
from courseware.pdf.pages import laid_out
from courseware.pdf.sheets import sheets, walk
from courseware.products.table import PRODUCTS, page
from tests.support import session_of


@pytest.mark.parametrize("words", [300, 900, 1500])
def test_a_row_higher_than_a_page_is_cut_below_its_title_and_head(words: int) -> None:
    rows = f"| Head | B |\n|---|---|\n| one | {'smoker ' * words} |\n| two | short |\n"
    text = "# T\n\n## First\n\n" + "- word\n" * 30 + f"\n## Long\n\n{rows}"
    course = Course(title="C", sessions=(session_of(text),))
    found = page(PRODUCTS["handout"], course, "session.md")
    assert found is not None
    made = sheets(laid_out(found, Path(), "a4"))
    pages = [{p.text.strip() for p in walk(s.pieces) if p.kind == "text"} for s in made]
    held = [said for said in pages if any("smoker" in text for text in said)]
    assert all("Head" in said for said in held) and len(held) == 1 + (words > 300) + (words > 900)
    assert any(tag.tag == "h2" for tag in walk(made[pages.index(held[0])].pieces))
    assert {"Long", "one"} <= held[0]
