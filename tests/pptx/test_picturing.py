"""Slides as pictures for other products."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from courseware.model.blocks import Break
from courseware.model.session import Course
from courseware.model.walk import walk
from courseware.pptx.compose.compose import compose
from courseware.pptx.pictures.thumbnails import as_svg, pictures
from courseware.pptx.values import Script
from courseware.pptx.write.making import composed
from courseware.products.table import PRODUCTS, page
from courseware.writers import WRITERS
from tests.pdfs import tree
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


def test_a_block_has_the_picture_of_its_slide(tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "red").save(tmp_path / "red.png")
    course = Course(title="Tea", sessions=(session_of(TEXT),))
    whole = page(PRODUCTS["guide"], course, "session.md")
    assert whole is not None
    found = pictures(whole, tmp_path)
    drawings = {b64decode(a.partition(",")[2]).decode() for a in found.values()}
    assert len(drawings) >= 2
    assert any("Anetholds" in said(d) for d in drawings)
    assert all("quagga" not in said(d) for d in drawings)
    assert any("data:image/png" in d for d in drawings)
    for drawing in drawings:
        ElementTree.fromstring(drawing)  # noqa: S314 - our own


def test_a_section_s_picture_is_the_first_slide_that_tells_more_than_a_title(
    tmp_path: Path,
) -> None:
    text = "# A\n\n## Knots\n\n### Bowline\n\nA loop.\n\n### Hitch\n\nA turn.\n\n::: break 5 min\n"
    course = Course(title="Tea", sessions=(session_of(text),))
    whole = page(PRODUCTS["guide"], course, "session.md")
    assert whole is not None
    knots = whole.session.sections[0]
    deck = composed(page(PRODUCTS["slides"], course, "session.md") or whole, tmp_path).deck
    assert deck is not None
    divider = next(slide for slide in deck.slides if knots.id in slide.covers)
    pause = next(node.id for node in whole.session.nodes() if isinstance(node, Break))
    assert divider.layout == "section" and pause in deck.pages()
    found = pictures(whole, tmp_path)
    assert pause not in found and knots.id not in found
    shown = (found[node.id] for node in walk(knots.blocks) if node.id in found)
    assert "Bowline" in said(b64decode(next(shown).partition(",")[2]).decode())


def test_a_guide_shows_slides(tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "red").save(tmp_path / "red.png")
    course = Course(title="Tea", sessions=(session_of(TEXT),))
    whole = page(PRODUCTS["guide"], course, "session.md")
    assert whole is not None
    made = WRITERS["pdf"].write(whole, tmp_path, "a4")
    assert made.findings == ()
    said_aloud = tree(PdfReader(io.BytesIO(made.data))).spoken()
    assert "Slide: Knots" in said_aloud


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
