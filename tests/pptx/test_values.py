"""Where a deck says that blocks are."""

from __future__ import annotations

from courseware.pptx.values import Deck, Paragraph, Run, Slide


def test_a_block_is_where_a_slide_stands_for_it_first() -> None:
    slides = (
        Slide(1, "title", "Opening", ()),
        Slide(2, "content", "Nets", (), source="nets", covers=("nets", "knots")),
        Slide(3, "content", "Knots", (), source="knots", covers=("knots", "ends")),
    )
    found = Deck("", "en", 960, 540, slides).pages()
    assert found == {"nets": 2, "knots": 2, "ends": 3}


def test_the_plain_text_of_a_paragraph_holds_its_formulas() -> None:
    runs = (Run("Mass is ", bold=True), Run("", math="E/c^2"), Run("."))
    assert Paragraph(runs).plain == "Mass is E/c^2."
