"""Decks of real courses on templates of all kinds: whole, with nothing lost, nothing overflowing.

LibreOffice renders them: it knows nothing of how the program measures. Counts slides, splits (slides
more than the layout wrote), texts that pass their boxes, what the schemas of Office say.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pptx
import pytest
from openxml_audit import OpenXmlValidator

from courseware.course.loading import Loaded, load
from courseware.html.deck_page import render_deck
from courseware.pptx.write.check import faults
from courseware.pptx.write.draw import drawn
from courseware.pptx.write.making import composed
from courseware.products.table import PRODUCTS, page
from tests.decks import counted, words
from tests.e2e.conftest import sources
from tests.rendered import as_pdfs, available, overflows
from tests.templates import TEMPLATES

BATCH = 60
"""Decks that one LibreOffice renders."""


BUILT_IN = "built-in"
OTHERS = int(os.environ.get("E2E_TEMPLATES", len(TEMPLATES)))
"""Templates that a course is tried on beside the built-in one; which ones goes round with the courses."""


class Made(msgspec.Struct, frozen=True):
    """A deck as written: its file, the words that its layout wrote, slides, and slides more."""

    path: Path
    html: str
    slides: int
    splits: int


def templates_of(source: Path) -> list[str]:
    """Return the names of the templates that a course is tried on."""
    others = [name for name in TEMPLATES if name != BUILT_IN]
    first = sources().index(source) * OTHERS
    turned = [others[(first + n) % len(others)] for n in range(min(OTHERS, len(others)))]
    return [BUILT_IN, *turned]


def made(loaded: Loaded, template: Path, folder: Path) -> Iterator[Made]:
    """Write the decks of a course's sessions on a template."""
    course = msgspec.structs.replace(loaded.course, template=str(template))
    for number, session in enumerate(course.sessions):
        if session.path in loaded.failed:
            continue
        found = page(PRODUCTS["slides"], course, session.path)
        assert found is not None
        whole = composed(found, loaded.root)
        assert whole.deck is not None
        path = folder / f"{number}.pptx"
        path.write_bytes(drawn(whole.deck, whole.template, loaded.root))
        html = render_deck(found, loaded.root)
        slides = len(whole.deck.slides)
        yield Made(path, html, slides, slides - html.count('<section class="slide"'))


def carried(deck: Path) -> Counter[str]:
    """Return the words in a deck's slides, notes and alternative texts."""
    return counted("\n".join(texts(deck)))


def texts(deck: Path) -> list[str]:
    found: list[str] = []
    for slide in pptx.Presentation(str(deck)).slides:
        holders: list[Any] = [slide, *([slide.notes_slide] if slide.has_notes_slide else [])]
        for holder in holders:
            found += holder._element.xpath(".//p:cNvPr/@descr")
            for paragraph in holder._element.xpath(".//a:p"):
                parts = paragraph.xpath("./a:r/a:t | ./a:br | ./a:fld/a:t")
                found.append("".join(" " if p.tag.endswith("}br") else p.text or "" for p in parts))
    return found


def lost(deck: Made) -> dict[str, int]:
    """Return the words that the layout wrote and the file lacks; code may break within one."""
    there = carried(deck.path)
    together = "".join(t for s in texts(deck.path) for t in re.findall(r"\w+", s.lower()))
    said = re.sub(r'<img class="math"[^>]*>', "", deck.html)
    said = re.sub(r'<div data-placeholder="figure">.*?</div>', "", said, flags=re.DOTALL)
    missing = words(said) - there  # a section's or a session's figure is an ornament of its layout
    return {w: n for w, n in missing.items() if not there[w] and w not in together}


def over(decks: list[Made], folder: Path) -> list[str]:
    """Return the texts that pass their boxes where LibreOffice renders them."""
    found: list[str] = []
    for first in range(0, len(decks), BATCH):
        some = [deck.path for deck in decks[first : first + BATCH]]
        for deck, pdf in zip(some, as_pdfs(some, folder), strict=True):
            # LibreOffice sets a footer in a style of its own where the layout's is empty.
            passed = [text for text in overflows(deck, pdf) if text.shape != "Footer"]
            found += [f"{deck.stem}: {text}" for text in passed]
    return found


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_decks_hold_what_they_say(
    source: Path, tmp_path: Path, figure: Callable[[str], None], lacking: Callable[[str], None]
) -> None:
    if not available():
        lacking("LibreOffice and pdftotext")
    loaded = load(source)
    for number, name in enumerate(templates_of(source)):
        folder = tmp_path / str(number)
        folder.mkdir()
        template = folder / "template"
        template.write_bytes(TEMPLATES[name]())
        decks = list(made(loaded, template, folder))
        assert {d.path.stem: f for d in decks if (f := faults(d.path.read_bytes()))} == {}
        assert {d.path.stem: w for d in decks if (w := lost(d))} == {}
        audited = {d.path.stem: e for d in decks if (e := OpenXmlValidator().validate(d.path).errors)}  # fmt: skip
        found = over(decks, folder)
        figure(f"{source.stem} on {name}: {len(decks)} decks, {sum(d.slides for d in decks)} slides, "
               f"{sum(d.splits for d in decks)} splits, {len(found)} texts over, {len(audited)} "
               "with schema errors")  # fmt: skip
        assert found == [] and audited == {}
        shutil.rmtree(folder)


def test_an_overflow_is_seen(tmp_path: Path, lacking: Callable[[str], None]) -> None:
    if not available():
        lacking("LibreOffice and pdftotext")
    shown = pptx.Presentation(io.BytesIO(TEMPLATES["built-in"]()))
    slide = shown.slides.add_slide(shown.slide_layouts[2])
    slide.shapes.title.text = "Too much"
    slide.placeholders[1].text_frame.text = "\n".join(f"Line number {n} of many" for n in range(14))
    path = tmp_path / "over.pptx"
    shown.save(str(path))
    assert [found.shape for found in overflows(path)] == [slide.placeholders[1].name]
