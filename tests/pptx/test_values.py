"""Where a deck says that blocks are."""

from __future__ import annotations

from courseware.pptx.values import ComposedDeck, ComposedSlide, Paragraph, Run


def test_a_block_is_where_a_slide_stands_for_it_first() -> None:
    slides = (
        ComposedSlide(1, "title", "Opening", ()),
        ComposedSlide(2, "content", "Nets", (), source="nets", covers=("nets", "knots")),
        ComposedSlide(3, "content", "Knots", (), source="knots", covers=("knots", "ends")),
    )
    found = ComposedDeck("", "en", 960, 540, slides).pages()
    assert found == {"nets": 2, "knots": 2, "ends": 3}


def test_the_plain_text_of_a_paragraph_holds_its_formulas() -> None:
    runs = (Run("Mass is ", bold=True), Run("", math="E/c^2"), Run("."))
    assert Paragraph(runs).plain == "Mass is E/c^2."
