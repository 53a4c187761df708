"""Drawings made safe: what runs, fetches or never ends is left out and named."""

from __future__ import annotations

import base64
import struct
import time
import zlib
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from courseware.media import PictureError
from courseware.media.drawing_size import DEEPEST
from courseware.media.drawing_values import PROPERTIES, sensible
from courseware.media.pictures import picture
from courseware.media.svg import MOST_BYTES, cleaned, in_the_open
from tests.searching import examples

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, head: str = ' width="96" height="48"') -> bytes:
    return f"{HEAD}{head}>{inside}</svg>".encode()


def png() -> str:
    out = BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def test_a_plain_drawing_stays_as_it_is(tmp_path: Path) -> None:
    text = svg(
        '<style>.a{fill:url(#g)}</style><defs><linearGradient id="g"><stop offset="0"/>'
        '</linearGradient><path id="p" d="M0 0h9"/></defs><use xlink:href="#p" class="a"/>'
        '<text x="2" y="9" xml:space="preserve">words</text>'
    )
    assert cleaned(text).data == text
    path = tmp_path / "a.svg"
    path.write_bytes(text)
    made = picture(path, (160, 200))
    assert (made.mime, made.width_mm, made.height_mm, made.removed) == (
        "image/svg+xml", 25.4, 12.7, ())  # fmt: skip


@pytest.mark.parametrize(
    ("inside", "gone", "named"),
    [
        ("<script>alert(1)</script>", "alert", "<script>"),
        ('<script xlink:href="x.js"/>', "x.js", "<script>"),
        ('<x:script xmlns:x="http://www.w3.org/1999/xhtml">a()</x:script>', "a()", "<script>"),
        ('<rect onload="alert(1)"/>', "alert", "onload="),
        ('<rect OnClick="alert(1)"/>', "alert", "OnClick="),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "foreign",
         "<foreignObject>"),
        ('<image href="http://x.example/a.png"/>', "x.example", "the image"),
        ('<image xlink:href="../../etc/passwd"/>', "passwd", "the image"),
        ('<image href="file:///etc/passwd"/>', "passwd", "the image"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "PHN2Zy8", "the image"),
        ('<image href="data:image/png;base64,AAAA"/>', "AAAA", "an embedded image"),
        ('<use href="http://x.example/a.svg#b"/>', "x.example", "a reference"),
        ('<use xlink:href="other.svg#b"/>', "other.svg", "a reference"),
        ('<use href="data:image/svg+xml;base64,AAAA#x"/>', "AAAA", "a reference"),
        ('<rect fill="url(http://x.example/a)"/>', "x.example", "fill="),
        ('<rect fill="url(\'other.svg#g\')"/>', "other.svg", "fill="),
        (r'<rect fill="\75\72\6c(http://x.example/a)"/>', "x.example", "fill="),
        ('<rect style="fill:red;mask:url(a.svg#b)"/>', "a.svg", "style="),
        ("<style>@import 'http://x.example/a.css';</style>", "x.example", "@import"),
        ("<style>@import url(a.css);rect{fill:red}</style>", "a.css", "@import"),
        ("<style>@font-face{font-family:a;src:url(a.ttf)}</style>", "a.ttf", "@font-face"),
        ("<style>rect{fill:url(http://x.example/)}</style>", "x.example", "a style rule"),
        ("<style>@media print{rect{fill:url(//x.example/)}}</style>", "x.example", "@media"),
        ("<style>a:has(</style>", "has", "a style rule"),
        ("<style>rect{fill:url(\n) url(</style>", "fill", "a style rule"),
        ("<style><g>@import 'a.css';</g></style>", "a.css", "@import"),
        ('<filter id="f"><feImage href="http://x.example/a"/></filter>', "x.example", "<feImage>"),
        ('<linearGradient spreadMethod="repeat" x2="0.00001"/>', "repeat", "spreadMethod="),
        ('<blink>x</blink>', "blink", "<blink>"),
        ('<handler type="x">a()</handler>', "a()", "<handler>"),
    ],
)  # fmt: skip
def test_what_runs_or_fetches_is_left_out(inside: str, gone: str, named: str) -> None:
    found = cleaned(svg(f"<rect width='5'/>{inside}<circle r='2'/>"))
    assert gone.encode() not in found.data
    assert any(r.startswith(named) for r in found.removed), found.removed
    names = [e.tag.rpartition("}")[2] for e in ElementTree.fromstring(found.data)]
    assert names[0] == "rect" and names[-1] == "circle"


@pytest.mark.parametrize(
    ("inside", "gone"),
    [
        ('<a href="javascript:alert(1)"><rect/></a>', "javascript"),
        ('<a xlink:href="https://x.example/"><rect/></a>', "x.example"),
        ('<g xml:base="http://x.example/"><rect/></g>', "x.example"),
        ('<rect xmlns:q="urn:q" q:x="secret"/>', "secret"),
        ('<metadata><r xmlns="urn:q">secret</r></metadata>', "secret"),
        ('<q:view xmlns:q="urn:q" label="secret"/>', "secret"),
        ('<rect><animate attributeName="href" to="x"/></rect>', "animate"),
        ('<symbol viewBox="a b c d"/>', "viewBox"),
        ('<svg viewBox="0 0 0 9"/>', "viewBox"),
        ('<svg viewBox="1 2 3" width="-5" height="1e999"><rect/></svg>', "viewBox"),
        ('<svg width="-5" height="1e999"><rect/></svg>', "1e999"),
        ("<!-- secret --><rect/><script/>", "secret"),
        ("<?xml-stylesheet href='a.css'?><rect/><script/>", "a.css"),
        ("<switch><foreignObject>x</foreignObject><text>x</text></switch>", "foreignObject"),
    ],
)
def test_what_prints_nothing_goes_without_a_word(inside: str, gone: str) -> None:
    found = cleaned(svg(inside))
    assert gone.encode() not in found.data
    assert [r for r in found.removed if r != "<script>"] == []


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ('text-anchor="left"', ""),
        ('text-anchor=" Middle "', 'text-anchor="middle"'),
        ('text-anchor="initial"', 'text-anchor="start"'),
        ('text-anchor="inherit"', 'text-anchor="inherit"'),
        ('stroke="nothing"', ""),
        ('stroke="RebeccaPurple"', 'stroke="RebeccaPurple"'),
        ('fill="url(#a)" stroke="rgb(1 2 3)"', 'fill="url(#a)" stroke="rgb(1 2 3)"'),
        ('stroke-opacity="null"', ""),
        ('stroke-width="-2"', ""),
        (
            'stroke-width="0.5e1px" stroke-dasharray="2, 1 4%"',
            'stroke-width="0.5e1px" stroke-dasharray="2, 1 4%"',
        ),
        ('stroke-miterlimit="high" font-weight="heavy" font-size="big"', ""),
        ('style="text-anchor:left; fill:red; --own:1"', 'style="fill:red; --own:1"'),
        ('style="text-anchor:end;fill:red"', 'style="text-anchor:end;fill:red"'),
        ('class="left" letter-spacing="odd"', 'class="left" letter-spacing="odd"'),
    ],
)
def test_a_wrong_value_counts_as_none(given: str, taken: str) -> None:
    """As in a browser: text with the anchor "left" begins where it stands."""
    found = ElementTree.fromstring(cleaned(svg(f'<text x="2" {given}>words</text>')).data)[0].attrib
    assert found == ElementTree.fromstring(f'<text x="2" {taken}/>').attrib


@given(st.sampled_from(sorted(PROPERTIES)), st.text(max_size=12))
@settings(max_examples=examples(50))
def test_a_value_that_is_taken_is_taken_again(name: str, value: str) -> None:
    taken = sensible(name, value)
    assert taken is None or sensible(name, taken) == taken


def test_what_stands_in_a_style_sheet_goes_though_its_rules_may_stay() -> None:
    unsafe = svg('<style>rect{fill:red}<image href="http://x.example/a"/></style><rect/>')
    found = cleaned(unsafe)
    assert b"x.example" not in found.data and b"fill:red" in found.data


@pytest.mark.parametrize(
    "before",
    [
        b'<!DOCTYPE svg SYSTEM "http://x.example/a.dtd">',
        b'<?xml-stylesheet href="http://x.example/a"?>',
    ],
)
def test_nothing_outside_the_drawing_names_a_file(before: bytes) -> None:
    found = cleaned(before + svg("<rect/>"))
    assert b"x.example" not in found.data and b"rect" in found.data


def test_words_beside_what_is_left_out_stay() -> None:
    found = cleaned(svg("<text>a<tspan>b</tspan><script/>c<script/>d</text>"))
    assert "".join(ElementTree.fromstring(found.data).itertext()) == "abcd"


def test_an_embedded_picture_stays() -> None:
    found = cleaned(svg(f'<image xlink:href="data:image/png;base64,{png()}" width="9"/>'))
    assert png().encode() in found.data and found.removed == ()


def test_an_embedded_bomb_is_left_out() -> None:
    head = struct.pack(">IIBBBBB", 90_000, 90_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head
    data += struct.pack(">I", zlib.crc32(b"IHDR" + head)) + b"\0\0\0\0IDAT" + bytes(4)
    coded = base64.b64encode(data).decode()
    found = cleaned(svg(f'<image href="data:image/png;base64,{coded}"/>'))
    assert "million pixels" in found.removed[0]


def tens(first: str, each: str, inside: str) -> str:
    """Return eleven elements, each of which holds ten references to the one before it."""
    return first + "".join(
        each.replace("N", str(i)).replace("*", inside.replace("M", str(i - 1)) * 10)
        for i in range(1, 12)
    )


LAUGHS = tens("<!ENTITY l0 'x'>", '<!ENTITY lN "*">', "&lM;")
USES = tens('<rect id="g0"/>', '<g id="gN">*</g>', '<use href="#gM"/>')
PATTERNS = tens('<pattern id="p0"/>', '<pattern id="pN">*</pattern>', '<rect fill="url(#pM)"/>')
STYLED = tens('<pattern id="p0"/>', '<pattern id="pN">*</pattern>', '<rect class="cM"/>')
CLASSES = "<style>" + "".join(f".c{i}{{fill:url(#p{i})}}" for i in range(12)) + "</style>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"<!DOCTYPE svg [" + LAUGHS.encode() + b"]>" + svg("&l11;"), "entities"),
        (b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("&x;"), "entities"),
        (b'<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://x.example/a">%x;]>' + svg(""), "entities"),
        (svg(f'{USES}<use href="#g11"/>'), "draws"),
        (svg(f'{PATTERNS}<rect fill="url(#p11)"/>'), "draws"),
        (svg(f'{STYLED}{CLASSES}<rect class="c11"/>'), "draws"),
        (svg('<g id="a"><use href="#a"/></g>'), "refers to itself"),
        (svg('<pattern id="a"><rect fill="url(#a)"/></pattern>'), "refers to itself"),
        (svg('<style>*{mask:url(#a)}</style><mask id="a"><rect/></mask>'), "refers to itself"),
        (svg('<marker id="m"><path marker-mid="url(#n)" d="' + "M1 2" * 999 + '"/></marker>'
             '<marker id="n">' + "<path/>" * 99 + "</marker>"
             '<path marker-mid="url(#m)" d="' + "M1 2" * 999 + '"/>'), "draws"),
        (svg("<g>" * (DEEPEST + 1) + "</g>" * (DEEPEST + 1)), "nested"),
        (svg("<g>" * 100_000 + "</g>" * 100_000), "nested"),
        (b" " * (MOST_BYTES + 1), "bytes"),
        (b"<html/>", "no SVG"),
        (b"<svg", "well-formed"),
        (b"", "well-formed"),
        (b'<?xml version="1.0" encoding="nonsense"?><svg/>', "well-formed"),
    ],
)  # fmt: skip
def test_a_bomb_is_refused(text: bytes, message: str) -> None:
    started = time.process_time()
    with pytest.raises(PictureError, match=message):
        cleaned(text)
    assert time.process_time() - started < 5


def test_a_doctype_without_entities_is_harmless() -> None:
    kind = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    assert cleaned(kind + svg("<rect/>")).removed == ()


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (' width="50mm" height="2cm"', (50, 20)),
        (' viewBox="0 0 96 192"', (25.4, 50.8)),
        (' width="72pt" viewBox="0 0 10 20"', (25.4, 50.8)),
        (' width="100%" height="100%" viewBox="0 0 96 96"', (25.4, 25.4)),
        (' width="1e400" height="5"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_drawing_has_its_own_size(head: str, size: tuple[float, float]) -> None:
    found = cleaned(svg("<rect/>", head))
    assert (found.width_mm, found.height_mm) == pytest.approx(size)


BITS = ["<g>", "</g>", "<script>", "</script>", '<rect onload="x"/>', "<style>", "</style>", "@import ",
        "'http://x.example'", "url(", ")", "&lt;", "&#117;rl(//x.example)", '<use href="#a"/>', "\\75 ",
        '<a href="javascript:x">', "</a>", "text", '<image href="http://x.example"/>', "<![CDATA[",
        "]]>", "<!--", "-->", '<g id="a">', "{", "}", ";", 'xlink:href="http://x.example"']  # fmt: skip


@settings(max_examples=examples(300))
@given(st.lists(st.sampled_from(BITS), max_size=14))
def test_nothing_but_what_is_known_comes_out(bits: list[str]) -> None:
    try:
        found = cleaned(svg("".join(bits)))
    except PictureError:
        return
    root = ElementTree.fromstring(found.data)
    for node in root.iter():
        assert node.tag.rpartition("}")[2] not in ("script", "foreignObject", "image")
        for key, value in node.attrib.items():
            assert not key.lower().startswith("on")
            assert "x.example" not in value and "javascript" not in value
        if node.tag.endswith("style"):
            assert "x.example" not in (node.text or "") or "url" not in (node.text or "")


@pytest.mark.parametrize("inside", [
    "<style>" + "a{" * 20000 + "}" * 20000 + "</style>", f"<rect style='x:{'(' * 20000}'/>",
    "<style>rect{x:" + "[" * 20000 + "</style><rect/>", f"<rect fill='{'a(' * 20000}'/>",
])  # fmt: skip
def test_styles_nested_deep_end_in_a_finding_or_are_harmless(inside: str) -> None:
    try:
        found = cleaned(svg(inside))
    except PictureError as error:
        assert "nested" in str(error)
    else:
        assert b"svg" in found.data


HIDDEN = [
    "<text display='none'>{}</text>", "<g visibility='hidden'><text>{}</text></g>", "<text opacity='0'>{}</text>",
    "<g style='opacity: 0'><text y='9'>{}</text></g>", "<text x='-500'>{}</text>", "<text x='5' y='4000'>{}</text>",
    "<style>.a{{display:none}}</style><text class='a'>{}</text>", "<defs><text>{}</text></defs>",
    "<title>{}</title><rect/>", "<desc>{}</desc>", "<!-- {} --><rect/>", "<metadata>{}</metadata>",
    "<text fill='none'>{}</text>", "<g transform='translate(-900)'><text>{}</text></g>", "<text><tspan dx='9000'>{}</tspan></text>",
    "<symbol id='s'><text>{}</text></symbol>", "<foreignObject><p>{}</p></foreignObject>", "<switch><g/><text>{}</text></switch>",
    "<g>{}</g>", "<a>{}</a><text>x</text>", "<svg x='9000'><text>{}</text></svg>", "<clipPath id='c'><text>{}</text></clipPath>", "<text font-size='0.01'>{}</text>",
]  # fmt: skip


@pytest.mark.parametrize("inside", HIDDEN)
def test_no_hidden_word_is_in_a_drawing_of_a_deck(inside: str) -> None:
    drawing = svg(f"<rect width='5'/>{inside.format('Sesame')}<text x='5' y='9'>Open</text>")
    assert b"Sesame" not in in_the_open(cleaned(drawing).data)


def test_a_drawing_whose_words_are_seen_stays_one_in_a_deck() -> None:
    found = in_the_open(
        cleaned(svg("<g fill='red'><text x='5' y='9'>Open</text></g><path d='M0 0h9'/>")).data
    )
    assert b"Open" in found and b"path" in found
    shapes = "<style>path{opacity:.5}</style><path d='M0 0h9' transform='scale(2)'/>"
    assert b"scale(2)" in in_the_open(cleaned(svg(shapes)).data)
