"""A product's page written: HTML by its layout, PDF by the writer."""

from __future__ import annotations

from pathlib import Path

from courseware.files import is_file
from courseware.folders import layouts
from courseware.html.design import OWN, brand_css
from courseware.html.rendering import render
from courseware.language.catalogue import base
from courseware.language.tags import is_traditional
from courseware.media.pictures import Gallery
from courseware.pdf.writer import Document, WrittenPdf, write
from courseware.pdf.writer import laid_out as laid_out_html
from courseware.pdf.writer import mapped as mapped_html
from courseware.products.deck.cues import direction_of_text, language_of, words_for
from courseware.products.table import Page

FACES = {"ja": "ja", "ko": "ko", "zh": "zh", **dict.fromkeys(
    ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "el", "vi"), "carlito")}  # fmt: skip
"""The stylesheet of a language's face, where the usual one lacks its letters."""
COUNTERS = {"۰": "persian", "٠": "arabic-indic", "०": "devanagari", "০": "bengali", "๐": "thai"}
"""The counter style of digits of which the first is named."""


def stylesheets(page: Page, root: Path, paper: str) -> list[Path | str]:
    """Return a product's stylesheets: the course's in place of built-in ones, its own one last.

    The rules of its brand are text, and stand before that.
    """
    folder = page.product.layout.split("/")[0]
    names = [f"{folder}/style.css"] + (["shared/letter.css"] if paper == "letter" else [])
    names += [f"shared/{name}.css" for name in _of_language(page)]
    sheets: list[Path | str] = [
        next(p for p in (root / "layouts" / n, layouts() / n) if is_file(p)) for n in names
    ]
    if figures := _figures(page):
        sheets.append(figures)
    brand, own = brand_css(root, page.course.brand), root / "layouts" / OWN
    return [*sheets, *([brand] if brand else []), *([own] if is_file(own) else [])]


def _of_language(page: Page) -> list[str]:
    """Return the names of the stylesheets of a page's direction, and of its script's face."""
    language = language_of(page.course, page.session)
    turned = ["rtl"] if direction_of_text(page.course, page.session) == "rtl" else []
    if is_traditional(language):
        return [*turned, "zh-hant"]
    return [*turned, FACES[base(language)]] if base(language) in FACES else turned


def _figures(page: Page) -> str:
    """Return the rules of a language's own digits, "" where they are Latin; page numbers behind a label stay so."""
    style = COUNTERS.get(words_for(page.course, page.session).digits[0])
    if not style:
        return ""
    pages = "" if page.chapter.mark else f"--page-figures: {style}; "
    return f":root {{ --figures: {style}; {pages}}}\n"


def written(page: Page, root: Path, paper: str) -> WrittenPdf:
    """Return the PDF of a page."""
    gallery = Gallery(root)
    html, sheets = render(page, root, gallery), stylesheets(page, root, paper)
    return write(html, sheets, root, gallery, forms=page.product.fillable)


def mapped(page: Page, root: Path, paper: str) -> WrittenPdf:
    """Return on which pages a page's blocks are, without its PDF: for those that cite it."""
    gallery = Gallery(root)
    html, sheets = render(page, root, gallery), stylesheets(page, root, paper)
    return mapped_html(html, sheets, root, gallery, forms=page.product.fillable)


def laid_out(page: Page, root: Path, paper: str) -> Document:
    """Return a page laid out, not written: for measures of it."""
    gallery = Gallery(root)
    html, sheets = render(page, root, gallery), stylesheets(page, root, paper)
    return laid_out_html(html, sheets, root, gallery, forms=page.product.fillable)
