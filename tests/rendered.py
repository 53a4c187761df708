"""A deck as LibreOffice renders it: which text ends below its box or off its slide.

An independent measure: it knows nothing of how the program measures text. Words are found on the
rendered pages by pdftotext, boxes in the file by python-pptx.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from courseware.folders import layouts

POINT = 12700
"""English metric units in a point."""
SLACK = 2.0
"""Points by which a word's box may pass its shape's: descenders of the last line."""
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)


class Word(NamedTuple):
    """A word on a page: its left, top, right and bottom in points, its text."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class Over(NamedTuple):
    """A text that passes its box, above or below: the slide from 1, the shape, by how many points."""

    slide: int
    shape: str
    points: float


def available() -> bool:
    """Whether LibreOffice and pdftotext are there."""
    return bool(shutil.which("soffice") and shutil.which("pdftotext"))


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>{aliases}</fontconfig>"""
ALIAS = '<alias binding="same"><family>{}</family><prefer><family>{}</family></prefer></alias>'
STANDING_IN = {"Calibri": "Carlito", "Consolas": "DejaVu Sans Mono", "Arial": "Liberation Sans",
               "Verdana": "DejaVu Sans", "Trebuchet MS": "Liberation Sans"}  # fmt: skip
"""What stands in for the faces of the templates: those that the program measures with."""


def unfitted(deck: Path, folder: Path) -> Path:
    """Return a copy of a deck whose texts do not fit themselves to their boxes."""
    copy = folder / deck.name
    with zipfile.ZipFile(deck) as given, zipfile.ZipFile(copy, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            made.writestr(name, re.sub(rb"<a:normAutofit[^>]*/>", b"<a:noAutofit/>", data)
                          if name.endswith(".xml") else data)  # fmt: skip
    return copy


def as_pdfs(decks: Sequence[Path], folder: Path, fitted: bool = False) -> list[Path]:
    """Return the PDFs that LibreOffice makes of decks, in a profile of its own, with our fonts.

    Where a text is too long for its box, a `fitted` one is smaller; else it passes its box.
    """
    with tempfile.TemporaryDirectory() as profile:
        copies = Path(profile) / "decks"
        copies.mkdir()
        decks = decks if fitted else [unfitted(deck, copies) for deck in decks]
        aliases = "".join(ALIAS.format(*pair) for pair in STANDING_IN.items())
        fonts = Path(profile) / "fonts.conf"
        fonts.write_text(
            FONTS.format(fonts=layouts() / "fonts", cache=profile, aliases=aliases), "utf-8"
        )
        subprocess.run(
            ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless",
             "--convert-to", "pdf", "--outdir", str(folder), *map(str, decks)],
            check=True, capture_output=True, timeout=600,
            env={**os.environ, "HOME": profile, "FONTCONFIG_FILE": str(fonts)},
        )  # fmt: skip
    return [folder / f"{deck.stem}.pdf" for deck in decks]


def pages(pdf: Path) -> list[tuple[float, float, list[Word]]]:
    """Return width, height and words of each page of a PDF."""
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True)  # fmt: skip
    text = done.stdout.decode("utf-8", "replace")  # a word of a face without a map is no text
    return [
        (float(width), float(height), [
            Word(float(left), float(top), float(right), float(bottom), unescape(word))
            for left, top, right, bottom, word in _WORD.findall(inside)])
        for width, height, inside in _PAGE.findall(text)
    ]  # fmt: skip


def overflows(deck: Path, pdf: Path | None = None) -> list[Over]:
    """Return the texts of a deck that pass their boxes or are off their slides.

    `pdf` is the deck as rendered, where that is there already.
    """
    from pptx import Presentation

    shown = Presentation(str(deck))
    with tempfile.TemporaryDirectory() as folder:
        rendered = pages(pdf or as_pdfs([deck], Path(folder))[0])
    visible = [s for s in shown.slides if s._element.get("show") != "0"]
    assert len(rendered) == len(visible), f"{len(rendered)} pages of {len(visible)} slides"
    assert shown.slide_width is not None
    found: list[Over] = []
    for number, (slide, page) in enumerate(zip(visible, rendered, strict=True), 1):
        scale = page[0] / (shown.slide_width / POINT)
        found += _passed(number, slide, page, scale)
    return found


def _passed(
    number: int, slide: Any, page: tuple[float, float, list[Word]], scale: float
) -> list[Over]:
    _, height, words = page
    found: list[Over] = []
    for shape in slide.shapes:
        for text, bottom in _texts(shape):
            end = _end(text, words, shape, scale)
            over = end - min(bottom * scale, height) if end is not None else 0.0
            top = _top(text, words, shape, scale) if _anchored(shape) else None
            over = max(over, shape.top / POINT * scale - top) if top is not None else over
            if over > SLACK:
                found.append(Over(number, shape.name, round(over, 1)))
    return found


def _anchored(shape: Any) -> bool:
    """Whether a shape is a text that could grow beyond its top: one that is not set from there."""
    return shape.has_text_frame and bool(shape.text_frame.text.strip())


def _texts(shape: Any) -> list[tuple[str, float]]:
    """Return a shape's texts with the bottoms in points that they may not pass.

    LibreOffice sets a link as a field, which it breaks inside of words: such a text is not measured by it.
    """
    if shape.top is None or shape.height is None or _is_linked(shape):
        return []
    bottom = (shape.top + shape.height) / POINT
    if shape.has_text_frame:
        return [(shape.text_frame.text, bottom)] if shape.text_frame.text.strip() else []
    if getattr(shape, "has_table", False) and shape.has_table:
        rows = list(shape.table.rows)
        return [(cell.text, bottom) for cell in rows[-1].cells if cell.text.strip()]
    return []


def _is_linked(shape: Any) -> bool:
    """Whether a shape's text holds a link."""
    paragraphs = shape.text_frame.paragraphs if shape.has_text_frame else ()
    return any(run.hyperlink.address for paragraph in paragraphs for run in paragraph.runs)


def _top(text: str, words: list[Word], shape: Any, scale: float) -> float | None:
    """Return where the first words of a text begin, nearest to their shape; None if not found."""
    first = text.casefold().split()[:3]  # a layout may set it in capitals
    left, right = shape.left / POINT * scale - 2, (shape.left + shape.width) / POINT * scale + 2
    tops = [
        inside[at].top
        for inside in _orders([w for w in words if left <= w.left and w.right <= right + 20])
        for at in range(len(inside) - len(first) + 1)
        if [w.text.casefold() for w in inside[at : at + len(first)]] == first
    ]
    top, bottom = shape.top / POINT * scale, (shape.top + shape.height) / POINT * scale
    within = [found for found in tops if top - SLACK <= found <= bottom]
    return min(within) if within else min(tops, key=lambda found: abs(found - top), default=None)


def _end(text: str, words: list[Word], shape: Any, scale: float) -> float | None:
    """Return where the last words of a text end, nearest to their shape; None if not found.

    Where its end is not on the page, the lowest three words of it that are count.
    """
    told = text.split()
    left, right = shape.left / POINT * scale - 2, (shape.left + shape.width) / POINT * scale + 2
    inside = [w for w in words if left <= w.left and w.right <= right + 20]
    top, bottom = shape.top / POINT * scale, (shape.top + shape.height) / POINT * scale
    ends = _bottoms(told[-3:], inside)
    if not ends and len(told) > 3:
        runs = {tuple(told[at : at + 3]) for at in range(len(told) - 2)}
        return max((end for run in runs for end in _bottoms(list(run), inside)), default=None)
    within = [end for end in ends if top <= end <= bottom + SLACK]
    return max(within) if within else min(ends, key=lambda e: abs(e - bottom), default=None)


def _bottoms(run: list[str], words: list[Word]) -> list[float]:
    """Return where a run of words ends, wherever it stands: over bullets, and broken at a hyphen."""
    wanted, found = "".join(run).casefold(), list[float]()
    for ordered in _orders([w for w in words if w.text not in "•–◦▪"]):
        for at in range(len(ordered)):
            said, end = "", at
            while len(said) < len(wanted) and end < len(ordered):
                said, end = said + ordered[end].text.casefold(), end + 1
            if said == wanted:
                found.append(ordered[end - 1].bottom)
    return found


def _orders(words: list[Word]) -> tuple[list[Word], list[Word]]:
    """Return words as pdftotext says them, and line by line: it parts a line at a wide gap."""
    return words, sorted(words, key=lambda word: (round(word.bottom), word.left))
