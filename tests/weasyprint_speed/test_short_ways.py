"""Lines shaped once, questions answered with less work: the same bytes as on the library's own way."""

from __future__ import annotations

import inspect
import re
import sys
import zlib
from collections.abc import Iterator
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pydyf
import pytest
from cssselect2.tree import ElementWrapper
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tinyhtml5 import inputstream
from weasyprint import draw
from weasyprint.css import Style
from weasyprint.formatting_structure.boxes import Box
from weasyprint.images import RasterImage
from weasyprint.layout import background, block, inline, preferred
from weasyprint.layout import float as floating
from weasyprint.text import fonts, line_break
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import Layout

from courseware.course.loading import load
from courseware.pdf import writer as pdf
from courseware.pdf.pages import written
from courseware.pdf.writer import write
from courseware.products.table import PRODUCTS, page
from courseware.weasyprint_speed import flow, packing, shaping
from tests.support import PROJECT

WORDS = "A line is shaped once, wherever incomprehensibilities of it stand. " * 6
STYLE = """
@page { size: 90mm 120mm; margin: 8mm; @top-left { content: string(name) } @bottom-right { content: counter(page) } }
html { hyphens: auto; overflow-wrap: break-word }
h1 { string-set: name content(); break-after: avoid; text-decoration: underline }
.both { text-align: justify; word-spacing: .1em } .wide { letter-spacing: .05em; font-variant-caps: small-caps }
.cut { width: 30mm; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
.two { overflow: hidden; max-lines: 2; block-ellipsis: auto } .tab { white-space: pre; tab-size: 9px }
.pre { white-space: pre-wrap } .any { width: 12mm; overflow-wrap: anywhere; word-break: break-all }
.to { float: left; width: 20mm; border-radius: 2mm; background: #ddd } .from { float: right } .clear { clear: both }
.over { position: absolute; right: 0; box-shadow: 1px 1px red } .rtl { direction: rtl }
.grid { display: grid; grid-template-columns: 1fr 1fr } .flex { display: flex; gap: 2mm }
.block { display: inline-block; border: 1pt solid } .first::first-letter { font-size: 2em; float: left }
.first::first-line { font-weight: bold; text-transform: uppercase } .big { font-size: 1.4em; line-height: 2 }
table { border-collapse: collapse } td { border: 1pt solid } tr:first-child { background: linear-gradient(red, white) }
li::marker { color: red } .hidden { visibility: hidden } .note { float: footnote } s { text-decoration: line-through }
"""
BODY = f"""
<h1>Lines</h1><p>{WORDS}</p><p>{WORDS}</p><p class="both">{WORDS}</p><p class="wide">{WORDS}</p>
<p class="cut">{WORDS}</p><p class="big">{WORDS}<span class="big">{WORDS}</span></p><p class="cut">{WORDS}</p>
<p>A line is shaped once, wherever</p><p class="cut">A line is shaped once, wherever</p><p class="two">{WORDS}</p>
<p class="tab">•\ta\tb</p><p class="tab">•\ta\tb</p><pre class="pre">one  two\n\n\tthree\u2028four {WORDS}</pre>
<p class="any">incomprehensibilities</p><p class="any">soft\u00adhy\u00adphens in\u00adcom\u00adpre\u00adhen\u00adsi\u00adble</p>
<p class="to">{WORDS[:60]}</p><p class="from">x</p><p>{WORDS}</p><p class="clear"><span class="over">over</span>{WORDS}</p>
<p class="rtl">שלום עולם, {WORDS}</p><div class="grid"><p>{WORDS}</p><p>{WORDS}</p><p>one</p><p>two</p></div>
<div class="flex"><p>one two</p><p>{WORDS}</p></div><p><span class="block">{WORDS}</span> <span class="block">in</span></p>
<p class="first">{WORDS}</p><p class="first">{WORDS}</p><ol><li>one<li>two<li>{WORDS}</ol><ul><li>one<li>one</ul>
<table><tr><th>one<td>{WORDS}<tr><th>two three<td>{WORDS}</table><p class="hidden">{WORDS}</p>
<p>{WORDS}<span class="note">{WORDS}</span></p><p><s>{WORDS}</s></p><p>{WORDS * 8}</p><p>Tail</p>
"""


def _modules() -> Iterator[ModuleType]:
    yield from [m for name, m in sys.modules.items() if name.startswith("weasyprint.")]


def long_way(patch: pytest.MonkeyPatch) -> None:
    """Put back all that is the library's own."""
    patch.setattr(Box, "is_in_normal_flow", flow.long_flow)
    patch.setattr(background, "layout_box_backgrounds", flow.long_background)
    patch.setattr(inline, "strut", line_break.strut)
    patch.setattr(draw, "draw_text", shaping.plain_draw)
    patch.setattr(inputstream, "characters_until_regex", {})
    patch.setattr(RasterImage, "_get_png_data", staticmethod(packing.long_pixels))
    patch.setattr(pydyf, "_to_bytes", packing.long_bytes)
    patch.setattr(pdf, "fonts_for", lambda texts: FontConfiguration())
    for name, plain in shaping.plain.items():
        patch.setattr(Layout, name, plain)
    for plain in (flow.long_fit, flow.long_avoid, shaping.long_way):
        for module in _modules():
            if hasattr(module, plain.__name__):
                patch.setattr(module, plain.__name__, plain)


def test_a_page_of_everything_has_the_same_bytes_on_the_long_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = f'<html lang="en"><title>x</title><style>{STYLE}</style>{BODY}</html>'
    short = write(html, [], tmp_path)
    assert short.pages > 8
    long_way(monkeypatch)
    plain = write(html, [], tmp_path)
    assert plain.data == short.data
    assert plain.map == short.map


@pytest.mark.parametrize("product", ["handout", "worksheet", "guide", "answers"])
def test_products_have_the_same_bytes_on_the_long_way(
    product: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = load(PROJECT / "content")
    found = page(PRODUCTS[product], loaded.course, "08-ai-products-taken-apart.md")
    assert found is not None
    short = written(found, loaded.root, "a4")
    long_way(monkeypatch)
    assert written(found, loaded.root, "a4") == short


def test_bounds_of_what_is_remembered_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = f'<html lang="en"><title>x</title><style>{STYLE}</style>{BODY}</html>'
    short = write(html, [], tmp_path).data
    for name, bound in (("LONGEST", 50), ("MOST", 3), ("MOST_SHAPED", 5)):
        monkeypatch.setattr(shaping, name, bound)
        assert write(html, [], tmp_path).data == short


def test_the_engine_shapes_as_when_the_short_way_was_made() -> None:
    # Another release of WeasyPrint: compare `split_first_line` and `Layout` with weasyprint_speed/shaping.py anew.
    assert version("weasyprint") == "70.0"
    read = [*map(inspect.getsource, (Layout, shaping.long_way, line_break.first_line_metrics)),
            inspect.getsource(line_break.line_size), inspect.getsource(fonts.get_font_description)]  # fmt: skip
    asked = set(re.findall(r"style\['(\w+)'\]", "".join(read)))
    assert asked == set(shaping.PROPERTIES)
    assert inline.split_first_line is preferred.split_first_line is shaping.short_way
    assert draw.draw_text is shaping.drawn


def test_the_engine_asks_as_when_the_short_ways_were_made() -> None:
    # Another release: compare what is replaced in weasyprint_speed/flow.py anew.
    assert version("weasyprint") == "70.0"
    assert Box.is_in_normal_flow is flow.in_flow
    assert background.layout_box_backgrounds is flow.behind
    assert inline.strut is flow.height
    assert block.avoid_collisions is floating.avoid_collisions is flow.avoided
    assert inline.shrink_to_fit is floating.shrink_to_fit is flow.fitted


def test_patterns_are_those_of_the_parser() -> None:
    assert version("tinyhtml5") == "2.1.0"
    patterns = flow.Patterns()
    assert patterns["<&\0", False].match("text\n<b>")[0] == "text\n"  # type: ignore[index]
    assert patterns["\t ", True].match("\t\t x")[0] == "\t\t "  # type: ignore[index]
    assert len(patterns) == 2
    assert isinstance(inputstream.characters_until_regex, flow.Patterns)


PLAIN = st.sampled_from(
    ["a", "Wave", "AV.", "no-one", "3,5", "soft\u00adly", "x:", "fi", "(in)", "to", "\u2019s", "é"]
)
LOOKS = st.sampled_from(["", "overflow-wrap: anywhere", "overflow-wrap: break-word", "hyphens: auto",
                         "white-space: pre-wrap", "word-break: break-all", "letter-spacing: 1px"])  # fmt: skip


@given(st.lists(PLAIN, min_size=1, max_size=6), LOOKS)
def test_the_narrowest_line_is_the_same_on_the_long_way(text: list[str], look: str) -> None:
    html = f'<html lang="en"><p style="position: absolute; width: min-content; {look}">{" ".join(text)}'
    document = pdf.laid_out(html, [], Path())
    (box,) = (
        b for b in document.pages[0]._page_box.descendants() if b.element_tag == "p" and b.children
    )
    style, words = box.style, " ".join(text)
    for start in (0, *(match.end() for match in re.finditer(" ", words))):
        asked = (words[start:], style, document, 0, 0)
        short, plain = (way(*asked, minimum=True) for way in (shaping.short_way, shaping.long_way))
        assert (short[0].text, *short[1:]) == (plain[0].text, *plain[1:])


def test_documents_share_fonts_where_none_brings_its_own(tmp_path: Path) -> None:
    first, second = shaping.fonts_for(["p { color: red }"]), shaping.fonts_for([""])
    own = shaping.fonts_for(["p {}", "@FONT-FACE { font-family: x }"])
    assert first is second is not own
    lines = first.lines
    assert shaping.fonts_for([""]).lines is not lines  # one document's lines are not another's
    face = "@font-face { font-family: Mine; src: local('DejaVu Sans Bold') } p { font-family: Mine, serif }"
    html = '<html lang="en"><title>x</title><style>{}</style><p>Letters</p>'
    before = write(html.format("p { font-family: Mine, serif }"), [], tmp_path).data
    write(html.format(face), [], tmp_path)
    assert write(html.format("p { font-family: Mine, serif }"), [], tmp_path).data == before


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "1"])
@pytest.mark.parametrize("optimize", [False, True])
def test_pixels_are_those_of_the_file(mode: str, optimize: bool) -> None:
    picture = Image.radial_gradient("L").resize((37, 23)).convert(mode)
    file = BytesIO()
    picture.save(file, "PNG", optimize=optimize)
    opened = Image.open(BytesIO(file.getvalue()))
    if mode in ("RGB", "L"):
        assert packing.pixels(opened) in file.getvalue()
        assert _rows(packing.pixels(opened), opened) == opened.tobytes()
    else:
        assert packing.pixels(opened) == packing.long_pixels(opened)
    assert packing.pixels(picture) == packing.long_pixels(picture)


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("size", [(37, 23), (8, 8), (1, 5), (300, 200)])
def test_an_interlaced_picture_is_packed_anew(mode: str, size: tuple[int, int]) -> None:
    picture = Image.radial_gradient("L").resize(size).convert(mode)
    data = interlaced(picture)
    assert Image.open(BytesIO(data)).tobytes() == picture.tobytes()
    packed_anew(data)


@pytest.mark.parametrize("depth", [2, 4])
def test_greys_of_few_bits_are_packed_anew(depth: int) -> None:
    rows = b"".join(b"\0" + bytes([17 * n] * depth) for n in range(8))  # eight pixels a row
    data = _file(Image.new("L", (8, 8)), zlib.compress(rows), depth=depth)
    assert Image.open(BytesIO(data)).mode == "L"
    packed_anew(data)


@pytest.mark.parametrize("mode", ["LA", "I;16"])
def test_pictures_with_more_than_colours_are_packed_anew(mode: str) -> None:
    picture = Image.radial_gradient("L").convert("LA" if mode == "LA" else "I").convert(mode)
    file = BytesIO()
    picture.save(file, "PNG")
    packed_anew(file.getvalue())


def packed_anew(data: bytes) -> None:
    """Assert that the pixels of a PNG are packed as the library does it, not taken from the file."""
    short, plain = (
        Image.open(BytesIO(data)) for _ in range(2)
    )  # a picture once looked at has no file
    assert packing.pixels(short) == packing.long_pixels(plain)


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_pixels_that_a_file_holds_in_several_pieces_are_all_taken(mode: str) -> None:
    picture = Image.effect_noise((400, 300), 90).convert(mode)  # noise packs badly
    file = BytesIO()
    picture.save(file, "PNG")
    assert file.getvalue().count(b"IDAT") > 1
    packed = packing.pixels(Image.open(BytesIO(file.getvalue())))
    assert _rows(packed, picture) == picture.tobytes()


def interlaced(picture: Image.Image) -> bytes:
    """Return a picture as a PNG whose rows come in seven passes."""
    colours = len(picture.getbands())
    data, wide = picture.tobytes(), picture.width * colours
    passes = (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    )
    rows = b""
    for left, top, right, down in passes:
        for y in range(top, picture.height, down):
            line = [data[y * wide + x * colours : y * wide + (x + 1) * colours]
                    for x in range(left, picture.width, right)]  # fmt: skip
            rows += b"\0" + b"".join(line) if line else b""
    return _file(picture, zlib.compress(rows), passes=1)


def _rows(packed: bytes, like: Image.Image) -> bytes:
    """Return the pixels in what a picture was packed to."""
    return Image.open(BytesIO(_file(like, packed))).tobytes()


def _file(like: Image.Image, packed: bytes, passes: int = 0, depth: int = 8) -> bytes:
    """Return the PNG of packed rows: `passes` is 1 where they come in several, `depth` in bits."""
    size = like.width.to_bytes(4, "big") + like.height.to_bytes(4, "big")
    header = size + bytes([depth, {"RGB": 2, "L": 0}[like.mode], 0, 0, passes])
    chunks = (b"IHDR" + header, b"IDAT" + packed, b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
        for chunk in chunks
    )


@given(st.one_of(st.binary(), st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False),
                 st.text(st.characters(max_codepoint=127)), st.none()))  # fmt: skip
def test_items_are_written_alike(item: object) -> None:
    assert packing.to_bytes(item) == packing.long_bytes(item)
    for made in (pydyf.String("a"), pydyf.Array([1, 2.5]), pydyf.Dictionary({"A": 1})):
        assert packing.to_bytes(made) == packing.long_bytes(made)


def test_the_libraries_write_as_when_the_short_ways_were_made() -> None:
    # Another release: compare what is replaced in weasyprint_speed/packing.py anew.
    assert (version("weasyprint"), version("pydyf"), version("cssselect2")) == (
        "70.0",
        "0.13.0",
        "0.10.1",
    )
    assert RasterImage._get_png_data is packing.pixels
    assert pydyf._to_bytes is packing.to_bytes
    assert isinstance(vars(ElementWrapper)["classes"], packing.Kept)
    assert isinstance(vars(Style)["anonymous_style"], packing.Kept)
