"""Text in drawings whose letters join or run from the right."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument

from courseware.pdf.engine import HTML, FontConfiguration

DRAWN = "<svg width='300' height='60' viewBox='0 0 300 60'><text {places} font-size='20' font-family='Vazirmatn'>{text}</text></svg>"


def said(body: str) -> str:
    page = f"<html lang='ar'><style>* {{font-family: Vazirmatn; font-size: 20px}}</style>{body}"
    made = HTML(string=page).write_pdf(font_config=FontConfiguration())
    return str(PdfDocument(made)[0].get_textpage().get_text_bounded()).strip()


@pytest.mark.parametrize("text", ["قبل", "إنذار كاذب", "שלום"])
def test_a_drawings_text_is_that_of_a_page(text: str) -> None:
    drawn = DRAWN.format(places="x='150' y='30' text-anchor='middle'", text=text)
    assert said(drawn) == said(f"<p>{text}</p>")


def test_letters_that_their_author_places_stay_in_their_places() -> None:
    drawn = DRAWN.format(places="x='150 120 90' y='30'", text="قبل")
    assert said(drawn) != said("<p>قبل</p>")
