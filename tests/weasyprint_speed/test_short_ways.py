"""Lines shaped once, questions answered with less work: the same bytes as on the library's own way."""

from __future__ import annotations

import inspect
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from weasyprint.css import INITIAL_VALUES
from weasyprint.text import fonts, line_break
from weasyprint.text.line_break import Layout

from courseware.course.loading import load
from courseware.pdf import writer as pdf
from courseware.pdf.pages import written
from courseware.pdf.writer import write
from courseware.products.table import PRODUCTS, page
from courseware.weasyprint_speed import lengths, packing, shaping
from courseware.weasyprint_speed.changes import CHANGES
from courseware.weasyprint_speed.trades import SWITCH, Patch, change, undo
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
<p>{WORDS}<span class="note">{WORDS}</span></p><p><s>{WORDS}</s></p><p>{WORDS * 8}</p><p>{"한국어 단어는 줄 끝에서 나뉘지 않습니다. " * 6}<b>굵은</b>글</p><p>Tail</p>
"""

TRADES = sorted({row.trade for row in CHANGES})


@contextmanager
def without(rows: Iterable[Patch]) -> Iterator[None]:
    """Have the library's own functions in place of these changes."""
    rows = tuple(rows)
    undo(rows)
    try:
        yield
    finally:
        change(rows)


def test_every_change_fits_the_library_that_is_installed() -> None:
    assert [row.name for row in CHANGES if not row.fits()] == []
    assert [row.name for row in CHANGES if not placed(row)] == []


def placed(row: Patch) -> bool:
    return inspect.getattr_static(row.owner, row.name) in (row.replacement,) or (
        getattr(row.owner, row.name) is row.replacement
    )


@pytest.mark.slow
@pytest.mark.parametrize("trade", TRADES)
def test_a_product_has_the_same_bytes_without_a_trade(trade: str) -> None:
    rows = [row for row in CHANGES if row.trade == trade]
    loaded = load(PROJECT / "content")
    for product in ("handout", "worksheet"):
        found = page(PRODUCTS[product], loaded.course, "08-ai-products-taken-apart.md")
        assert found is not None
        changed = written(found, loaded.root, "a4")
        with without(rows):
            assert written(found, loaded.root, "a4") == changed


def test_a_change_whose_library_is_another_is_not_made() -> None:
    rows = tuple(msgspec.structs.replace(row, source="0") if row.name == "draw_text" else row
                 for row in CHANGES if row.trade == "shaping")  # fmt: skip
    with without(CHANGES):
        change(rows)
        assert [row.name for row in rows if placed(row)] == []


def test_the_switch_turns_all_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "1")
    with without(CHANGES):
        change(CHANGES)
        assert [row.name for row in CHANGES if placed(row)] == []
        assert shaping.fonts_for([""]) is not shaping.fonts_for([""])
        monkeypatch.delenv(SWITCH)


def test_used_lengths_ask_for_the_properties_that_are_listed() -> None:
    asked: set[str] = set()

    class Style(dict[str, object]):
        def __getitem__(self, name: str) -> object:
            asked.add(name)
            return INITIAL_VALUES[name]

    for place in lengths._PLACES:
        lengths.library_resolve(lengths._Probe(Style()), place)
    assert asked == set(lengths._NAMES)


def test_lines_are_known_by_all_that_shaping_asks_of_a_style() -> None:
    read = [*map(inspect.getsource, (Layout, shaping.library_split, line_break.first_line_metrics)),
            inspect.getsource(line_break.line_size), inspect.getsource(fonts.get_font_description)]  # fmt: skip
    assert set(re.findall(r"style\['(\w+)'\]", "".join(read))) == set(shaping.PROPERTIES)


OWN = """p { margin: 1% 2mm; max-width: calc(90% - 3mm); box-sizing: border-box; border: 1pt solid }
li { width: 80%; padding: calc(1em + 2mm); margin-inline-start: 9mm; border-block-end: 1pt solid red }
td { border: 2pt solid red } table { border-collapse: collapse; width: 50% } h1 { margin: calc(1em + 1px) }
"""


def test_a_courses_own_lengths_and_sides_are_the_same_without_changes(tmp_path: Path) -> None:
    (tmp_path / "layouts" / "shared").mkdir(parents=True)
    (tmp_path / "layouts" / "shared" / "course.css").write_text(OWN, "utf-8")
    text = "# Three\n\n## Talk\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n- one\n- two\n"
    (tmp_path / "three.md").write_text(text, "utf-8")
    loaded = load(tmp_path)
    found = page(PRODUCTS["handout"], loaded.course, "three.md")
    assert found is not None
    changed = written(found, loaded.root, "a4").data
    with without(CHANGES):
        assert written(found, loaded.root, "a4").data == changed


@pytest.mark.slow
def test_a_page_of_everything_has_the_same_bytes_on_the_long_way(tmp_path: Path) -> None:
    html = f'<html lang="en"><title>x</title><style>{STYLE}</style>{BODY}</html>'
    short = write(html, [], tmp_path)
    assert short.pages > 8
    with without(CHANGES):
        plain = write(html, [], tmp_path)
    assert plain.data == short.data
    assert plain.map == short.map


@pytest.mark.slow
def test_bounds_of_what_is_remembered_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = f'<html lang="en"><title>x</title><style>{STYLE}</style>{BODY}</html>'
    short = write(html, [], tmp_path).data
    for name, bound in (("LONGEST", 50), ("MOST", 3), ("MOST_SHAPED", 5)):
        monkeypatch.setattr(shaping, name, bound)
        assert write(html, [], tmp_path).data == short


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
        short, plain = (
            way(*asked, minimum=True) for way in (shaping.split_first_line, shaping.library_split)
        )
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
        assert packing.png_data(opened) in file.getvalue()
        assert _rows(packing.png_data(opened), opened) == opened.tobytes()
    else:
        assert packing.png_data(opened) == packing.library_pixels(opened)
    assert packing.png_data(picture) == packing.library_pixels(picture)


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
    assert packing.png_data(short) == packing.library_pixels(plain)


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_pixels_that_a_file_holds_in_several_pieces_are_all_taken(mode: str) -> None:
    picture = Image.effect_noise((400, 300), 90).convert(mode)  # noise packs badly
    file = BytesIO()
    picture.save(file, "PNG")
    assert file.getvalue().count(b"IDAT") > 1
    packed = packing.png_data(Image.open(BytesIO(file.getvalue())))
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
