"""Slides as pictures."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from courseware.html.measure import with_cuts
from courseware.language.typography import with_ends
from courseware.model.session import Course
from courseware.pptx.compose.compose import compose
from courseware.pptx.pictures.thumbnails import as_svg
from courseware.pptx.values import Script
from courseware.pptx.write.making import composed
from courseware.products.table import PRODUCTS, page
from tests.pptx.scripts import SCRIPTS, lines, plain, templates
from tests.pptx.test_compose import SLOW
from tests.support import session_of

TEXT = """# Session 1: Nets

## Knots (20 min)

A net holds what its knots hold: $x^2$.

::: facilitator
Say quagga.
:::

| a | b |
|---|---|
| one | two |

![A red square](red.png)
"""


def said(svg: str) -> str:
    return "".join(
        "".join(unescape(t).split()) for t in re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    )


def test_slides_have_pictures_of_what_is_on_them_and_no_notes(tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "red").save(tmp_path / "red.png")
    course = Course(title="Tea", sessions=(session_of(TEXT),))
    whole = page(PRODUCTS["slides"], course, "session.md")
    assert whole is not None
    made = composed(whole, tmp_path)
    assert made.deck is not None
    drawings = [as_svg(slide, made.deck, made.template, tmp_path) for slide in made.deck.slides]
    assert any("Anetholds" in said(d) for d in drawings)
    assert all("quagga" not in said(d) for d in drawings)
    assert any("data:image/png" in d for d in drawings)
    for drawing in drawings:
        ElementTree.fromstring(drawing)  # noqa: S314 - our own


@pytest.mark.slow
@SLOW
@given(SCRIPTS, st.sampled_from(range(len(templates()))))
def test_a_picture_says_what_its_slide_says(script: Script, which: int) -> None:
    made = compose(script, templates()[which])
    for slide in made.slides:
        svg = as_svg(slide, made, templates()[which], Path())
        ElementTree.fromstring(svg)  # noqa: S314 - our own
        words = said(svg)
        for line in lines(slide):
            for character in set(plain(line.runs)):
                assert character in words


def test_a_line_may_end_between_a_quotation_and_a_bracket() -> None:
    said = {
        "“Working Backwards” (it": "“Working Backwards” \u200b(it",
        "»so« [1]": "»so« \u200b[1]",
        'a (b) "c" d': 'a (b) "c" d',
    }
    assert {one: with_ends(one) for one in said} == said
    assert {one: with_cuts(one) for one in said if '"' not in one} == {
        one: found for one, found in said.items() if '"' not in one
    }
