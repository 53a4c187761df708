"""Pictures and formulas on the page: their size, their captions, and what cannot be printed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from base64 import b64encode
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image
from pypdf import PdfReader

from courseware.course.loading import load
from courseware.diagnostics import Span, as_text
from courseware.media.pictures import Gallery
from courseware.pdf.pages import laid_out, written
from courseware.pdf.sheets import sheets, walk
from courseware.pdf.writer import Document, WrittenPdf
from courseware.products.table import PRODUCTS, page
from courseware.writers import WRITERS
from tests.support import PROJECT


class Printed(msgspec.Struct, frozen=True):
    """A handout of one session: as laid out, and as written."""

    document: Document
    made: WrittenPdf

    def width(self, tag: str) -> float:
        """Return the width, in mm, of the first box of a tag."""
        found = [p for sheet in sheets(self.document) for p in walk(sheet.pieces) if p.tag == tag]
        assert found, f"no {tag}"
        return round((found[0].right - found[0].left) / 72 * 25.4, 1)

    def codes(self) -> list[str]:
        return [f.code for f in self.made.findings]


def printed(folder: Path, text: str) -> Printed:
    (folder / "s.md").write_text(f"# T\n\n{text}\n", "utf-8")
    loaded = load(folder)
    found = page(PRODUCTS["handout"], loaded.course, "s.md")
    assert found is not None
    return Printed(laid_out(found, folder, "a4"), written(found, folder, "a4"))


def picture(folder: Path, name: str, width: int, height: int, **how: Any) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (width, height), "navy").save(folder / name, **how)


def images(made: WrittenPdf) -> list[tuple[int, int]]:
    """Return width and height in pixels of the pictures in a PDF."""
    found = []
    for sheet in PdfReader(io.BytesIO(made.data)).pages:
        found += [image.image.size for image in sheet.images if image.image]
    return found


@pytest.mark.parametrize(
    ("size", "shown", "caption"),
    [
        ((200, 100), 52.9, 60.0),  # small: not blown up; the caption keeps a readable width
        ((400, 200), 105.8, 105.8),
        ((4000, 2000), 115.0, 115.0),  # wide: the measure
        ((1000, 4000), 30.0, 60.0),  # tall: 120 mm high
    ],
)
def test_a_figure_is_as_large_as_it_says_at_most_the_measure(
    tmp_path: Path, size: tuple[int, int], shown: float, caption: float
) -> None:
    picture(tmp_path, "a.png", *size)
    made = printed(tmp_path, '![Blue](a.png "All of it is blue")')
    assert made.width("img") == shown
    assert made.width("figcaption") == caption
    assert not made.made.findings and not made.made.reports


@pytest.mark.parametrize(
    ("stated", "shown"),
    [('{width=60mm}', 60.0), ("{width=50%}", 57.5), ("{width=189}", 50.0), ("{height=30mm}", 60.0),
     ("{width=900mm}", 115.0), ("{width=wide}", 52.9)],
)  # fmt: skip
def test_an_author_states_a_pictures_size(tmp_path: Path, stated: str, shown: float) -> None:
    picture(tmp_path, "a.png", 200, 100)
    assert printed(tmp_path, f"![Blue](a.png){stated}").width("img") == shown
    assert printed(tmp_path, f"Words ![Blue](a.png){stated} go on.").width("img") == shown


def test_a_picture_keeps_300_dpi_and_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture(tmp_path, "a.jpg", 4000, 2000, exif=exif)
    made = printed(tmp_path, "![Blue](a.jpg){width=50.8mm}")
    assert images(made.made) == [(600, 1200)]


def test_the_largest_size_counts_where_a_picture_stands_twice(tmp_path: Path) -> None:
    picture(tmp_path, "a.png", 4000, 2000)
    made = printed(tmp_path, "![Blue](a.png){width=101.6mm}\n\n![Blue](a.png){width=10mm}")
    assert images(made.made) == [(1200, 600)]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="in/a.png" alt="Blue">',
        "<img alt='Blue' src='in/a.png'>",
        "<img alt=Blue width=200 src=in/a.png>",
        '<p align="center"><img src="in/a.png" alt="Blue" /></p>',
        'See <img alt="Blue" title="a > b" src="in/a.png"> here.',
        "| a |\n|---|\n| <img src='in/a.png' alt=Blue> |",
        '<figure><img src="in/a.png" alt="Blue"><figcaption>All *blue*</figcaption></figure>',
    ],
)
def test_a_picture_in_html_is_printed(tmp_path: Path, html: str) -> None:
    picture(tmp_path, "in/a.png", 100, 50)
    made = printed(tmp_path, html)
    assert images(made.made) == [(100, 50)], made.made.reports
    assert not made.made.findings and not made.made.reports


def test_a_figure_in_html_has_its_caption(tmp_path: Path) -> None:
    picture(tmp_path, "a.png", 400, 200)
    html = '<figure>\n<img src="a.png" alt="Blue">\n<figcaption>All blue</figcaption>\n</figure>'
    assert printed(tmp_path, html).width("figcaption") == 105.8


BAD = {
    "empty.png": b"",
    "text.png": b"This is text.",
    "half.jpg": b"\xff\xd8\xff\xe0",
    "bomb.svg": b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    "not.svg": b"<svg",
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_printed_is_told_at_its_place_and_its_words_stay(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    made = printed(
        tmp_path,
        f'Text.\n\n  ![First view]({name} "Its caption")\n\nAnd ![second view]({name}) here.',
    )
    lines = [as_text(f).split(": warning")[0] for f in made.made.findings]
    assert made.codes() == ["C321", "C321"] and lines == ["s.md:5:3", "s.md:7:5"]
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(made.made.data)).pages)
    assert made.made.reports == ()
    assert "First view" in text and "second view" in text
    assert made.made.reports == ()


def test_what_a_drawing_loses_is_told(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48">{}<rect width="9" height="9"/></svg>'
    (tmp_path / "a.svg").write_text(svg.format("<script>x()</script>"), "utf-8")
    made = printed(tmp_path, "![A square](a.svg)")
    assert made.codes() == ["C322"] and "<script>" in made.made.findings[0].message
    assert made.width("img") == 25.4


def test_drawings_are_not_too_large_together(tmp_path: Path) -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48">'
    rows = '<rect width="9" height="9"/>' * 30_000
    (tmp_path / "a.svg").write_text(f"{head}{rows}</svg>", "utf-8")
    gallery = Gallery(tmp_path)
    shown = [gallery.shown("a.svg", Span("s.md", n), (50, 50)) for n in range(5)]
    assert [made is not None for made in shown] == [True, True, True, False, False]
    assert [(f.code, f.span.line) for f in gallery.findings] == [("C321", 3), ("C321", 4)]


def test_tex_that_cannot_be_set_is_told_at_its_place(tmp_path: Path) -> None:
    made = printed(tmp_path, "Words $\\fraq{a}$ and $x$.\n\n$$\n\\frac{\n$$")
    assert [(f.code, f.span.line, f.span.column) for f in made.made.findings] == [
        ("C323", 3, 7), ("C323", 5, 1)]  # fmt: skip
    text = PdfReader(io.BytesIO(made.made.data)).pages[0].extract_text()
    assert r"\fraq{a}" in text and r"\frac{" in text


@pytest.mark.slow
def test_what_a_formula_warns_of_is_not_printed_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "s.md").write_text("# T\n\n$\\enclose{nothing}{x}^{\\unknown}$ $x$\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "courseware.cli.commands", "--course", "s.md", "handouts"],
        cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if not line.startswith(("s.md:", "  "))] == []


def test_a_link_in_html_shows_nothing_of_the_machine(tmp_path: Path) -> None:
    made = printed(tmp_path, 'A <a title="x > y" href="other.md">page</a>, <a href="b.md">b</a>.')
    assert b"file:" not in made.made.data and str(tmp_path).encode() not in made.made.data


def test_a_formula_shrunk_until_it_can_hardly_be_read_is_told(tmp_path: Path) -> None:
    terms = " + ".join(f"a_{{{n}}}x^{{{n}}}" for n in range(40))
    made = printed(tmp_path, f"Words.\n\n$${terms}$$\n\n$$a + b$$")
    assert [(f.code, f.span.line) for f in made.made.findings] == [("C323", 5)]
    found = made.made.findings[0]
    assert "% of its size" in found.message and r"\begin{aligned}" in found.hint


def test_a_picture_that_its_address_holds_is_shown_in_print_and_on_slides(tmp_path: Path) -> None:
    Image.new("RGB", (200, 100), "navy").save(tmp_path / "a.png")
    address = f"data:image/png;base64,{b64encode((tmp_path / 'a.png').read_bytes()).decode()}"
    (tmp_path / "a.png").unlink()
    made = printed(tmp_path, f"![Blue]({address})\n\nIn a line ![blue]({address}), too.")
    assert made.width("img") == 52.9 and made.codes() == [] and images(made.made)
    found = page(PRODUCTS["slides"], load(tmp_path).course, "s.md")
    assert found is not None
    deck = WRITERS["pptx"].write(found, tmp_path, "a4")
    with zipfile.ZipFile(io.BytesIO(deck.data)) as parts:
        slides = "".join(parts.read(n).decode() for n in parts.namelist() if "slides/slide" in n)
    assert slides.count("<p:pic>") == 2 and 'descr="Blue"' in slides and "base64" not in slides


@pytest.mark.parametrize("address", ["data:image/png;base64,AAA", "data:image/png;base64,QUFB"])
def test_an_address_that_holds_no_picture_has_its_words_in_its_place(
    tmp_path: Path, address: str
) -> None:
    made = printed(tmp_path, f"![Blue]({address})")
    assert made.codes() == []  # `check` tells of it
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(made.made.data)).pages)
    assert "Blue" in text
