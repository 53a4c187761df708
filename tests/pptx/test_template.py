from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from itertools import combinations
from typing import get_args

import pptx
import pytest
from lxml import etree
from pptx.util import Pt

from courseware.folders import layouts
from courseware.pptx.template.placeholders import GAP, NEEDED, STRIP
from courseware.pptx.template.reader import emptied, read
from courseware.pptx.template.styles import A
from courseware.pptx.template.template import FURNITURE, LayoutPlace, Template
from courseware.pptx.text.faces import SHIPPED, face
from courseware.products.deck.titles import LayoutName

ASKED = get_args(LayoutName)


def saved(shown: pptx.presentation.Presentation) -> bytes:
    buffer = io.BytesIO()
    shown.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def plain() -> Template:
    """Return the template that python-pptx brings: 4:3, eleven of PowerPoint's own layouts."""
    return read(saved(pptx.Presentation()), {})[0]


def meet(one: LayoutPlace, other: LayoutPlace) -> bool:
    return (one.x + one.width > other.x + 1 and other.x + other.width > one.x + 1
            and one.y + one.height > other.y + 1 and other.y + other.height > one.y + 1)  # fmt: skip


def test_sizes_are_points(plain: Template) -> None:
    assert (plain.width, plain.height, plain.scale) == (720, 540, 1)
    assert (plain.heading, plain.body, plain.code) == ("Calibri", "Calibri", "Consolas")
    assert plain.colours["accent1"] == "4F81BD" and plain.colours["tx1"] == "000000"


def test_a_layout_that_says_nothing_inherits_from_its_master(plain: Template) -> None:
    body = plain.layouts["content"].places["body"]
    assert (body.idx, body.type, body.x, body.y, body.width) == (1, "obj", 36, 126, 648)
    assert body.insets == (7.2, 3.6, 7.2, 3.6) and body.anchor == "top"
    assert [level.size for level in body.levels] == [32, 28, 24, 20, 20]
    assert (body.levels[0].left, body.levels[0].indent, body.levels[0].bullet) == (27, -27, "•")
    assert body.levels[0].before == pytest.approx(0.2 * 32 * 1.2, abs=0.01)
    title = plain.layouts["content"].places["title"]
    assert (title.anchor, title.levels[0].align, title.levels[0].size) == ("middle", "center", 44)


def test_a_layouts_own_words_win(plain: Template) -> None:
    title = plain.layouts["section"].places["title"]
    assert (title.levels[0].size, title.levels[0].align, title.levels[0].bold) == (40, "left", True)
    assert plain.layouts["two-content"].places["left"].levels[0].size == 28
    assert plain.layouts["title"].places["subtitle"].levels[0].colour != "000000"


def test_every_layout_has_the_places_that_decks_use(plain: Template) -> None:
    assert list(plain.layouts) == sorted(ASKED, key=lambda a: list(plain.layouts).index(a))
    assert set(plain.layouts) == set(ASKED)
    for asked, layout in plain.layouts.items():
        assert {"title", *NEEDED[asked]} <= set(layout.places), asked
        hosts = [p for n, p in layout.places.items() if n not in FURNITURE]
        for one, other in combinations([*hosts, layout.places["title"]], 2):
            assert not meet(one, other), (asked, one.name, other.name)


def test_a_place_takes_the_room_of_an_unused_one(plain: Template) -> None:
    layout = plain.layouts["table"]
    assert layout.places["body"].y == layout.places["caption"].y + layout.places["caption"].height
    grown = layout.roomy({"title", "body"})
    assert set(grown) == {"title", "body"}
    assert grown["body"].y == layout.places["caption"].y and grown["body"].moved
    assert layout.roomy({"title", "body", "caption"})["body"] == layout.places["body"]
    columns = plain.layouts["two-content"].roomy({"title", "left", "right"})
    assert columns["left"].y == columns["right"].y == 126
    sides = plain.layouts["comparison"]
    up = sides.roomy({"title", "left", "right", "left-title", "right-title"})
    assert up["left-title"].y == sides.places["subtitle"].y
    assert up["left"].y == pytest.approx(up["left-title"].y + up["left-title"].height, abs=1)


def titled_at(top: float, height: float = 60.0) -> Template:
    """Return a template whose every kind of slide has a layout with a title alone, at this height."""
    shown = pptx.Presentation()
    layout = next(one for one in shown.slide_layouts if one.name == "Title Only")
    (title,) = (s for s in list(layout.placeholders) if s.placeholder_format.idx == 0)
    title.left, title.width = Pt(36), Pt(648)
    title.top, title.height = Pt(top), Pt(height)
    return read(saved(shown), dict.fromkeys(ASKED, "Title Only"))[0]


@pytest.mark.parametrize("asked", [asked for asked in ASKED if NEEDED[asked]])
@pytest.mark.parametrize(
    ("top", "below"), [(0, True), (100, True), (235, True), (250, False), (400, False)]
)
def test_what_has_no_place_is_on_the_larger_side_of_the_title(
    asked: LayoutName, top: float, below: bool
) -> None:
    places = titled_at(top).layouts[asked].places
    title, hosts = places["title"], [places[name] for name in NEEDED[asked]]
    assert (title.y, title.height) == (top, 60)
    for place in hosts:
        assert not meet(place, title) and (place.y > title.y) is below, place.name
        assert place.y >= 0 and place.y + place.height <= 540 * 0.9
    room = max(p.y + p.height for p in hosts) - min(p.y for p in hosts)
    assert room > 0.6 * (540 * 0.9 - title.y - 60 if below else title.y)


def test_a_caption_is_cut_off_above_what_it_captions() -> None:
    names = {
        "picture": "Title and Content",
        "table": "Title and Content",
        "code": "Title and Content",
    }
    layouts_ = read(saved(pptx.Presentation()), names)[0].layouts
    whole = layouts_["content"].places["body"]
    hosts = {"table": "body", "code": "body", "picture": "picture"}
    for asked, host in hosts.items():
        over, body = (layouts_[asked].places[name] for name in ("caption", host))  # type: ignore[index]
        assert over.y == whole.y and body.y == over.y + over.height and over.height == STRIP
        assert body.y + body.height == whole.y + whole.height
        assert (over.x, over.width) == (body.x, body.width) == (whole.x, whole.width)


def test_columns_and_their_titles_are_cut_off_one_place_side_by_side() -> None:
    layouts_ = read(saved(pptx.Presentation()), {"comparison": "Title and Content"})[0].layouts
    whole, places = layouts_["content"].places["body"], layouts_["comparison"].places
    left, right = places["left"], places["right"]
    assert left.x == whole.x and right.x + right.width == whole.x + whole.width
    assert right.x - (left.x + left.width) == pytest.approx(GAP) and left.width == right.width
    for side in (left, right):
        title = places[f"{side.name}-title"]
        assert (title.x, title.width) == (side.x, side.width)
        assert title.y + title.height == pytest.approx(side.y)
        assert side.y + side.height == whole.y + whole.height


def test_what_stands_in_is_said(plain: Template) -> None:
    _, findings = read(saved(pptx.Presentation()), {})
    assert [f.code for f in findings] == ["C312"]
    assert 'quote ("Title and Content")' in findings[0].message
    assert "exercise" not in findings[0].message, "they are drawn"
    assert not plain.layouts["exercise"].exact and plain.layouts["content"].exact


def test_the_authors_table_wins_and_its_mistakes_are_said() -> None:
    names = {"exercise": "two content", "quote": "Title Onyl", "exercize": "Blank"}
    template, findings = read(saved(pptx.Presentation()), names, "house.pptx")
    assert template.layouts["exercise"].called == "Two Content"
    said = [(f.code, f.span.path, f.hint) for f in findings if f.code == "C314"]
    assert said == [("C314", "course.yml", 'did you mean "Title Only"?'),
                    ("C314", "course.yml", 'did you mean "exercise"?')]  # fmt: skip


def test_a_place_that_is_unknown_has_a_home(plain: Template) -> None:
    assert plain.layouts["content"].home("caption").name == "body"
    assert plain.layouts["comparison"].home("body").name == "left"


@pytest.mark.parametrize("family", ["Calibri", "Arial", "Consolas", "Atkinson Hyperlegible Next"])
def test_known_families_are_measured_exactly(family: str) -> None:
    found = face(family)
    assert found.exact and found.hold == 0.01 and found.file(bold=True, italic=True).is_file()


def test_other_families_keep_some_of_the_line() -> None:
    assert face("House Grotesk").hold == pytest.approx(0.06)
    assert face("Times New Roman").regular.name == "Carlito-Regular.ttf"
    assert face("Verdana").regular.name == "DejaVuSans.ttf"
    assert face("Some Mono").regular.name == "AtkinsonHyperlegibleMono_400Regular.ttf"


def test_every_shipped_file_is_there() -> None:
    folder = layouts() / "fonts"
    assert [n for files in SHIPPED.values() for n in files if not (folder / n).is_file()] == []


def archive(*parts: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts:
            file.writestr(name, data)
    return buffer.getvalue()


def retyped(old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(saved(pptx.Presentation()))) as file:
        parts = [(i.filename, file.read(i)) for i in file.infolist()]
    return archive(*((n, d.replace(old, new)) for n, d in parts))


def forged() -> bytes:
    """Return a template with a part of 200 MB that is said to have 9 bytes."""
    with zipfile.ZipFile(io.BytesIO(saved(pptx.Presentation()))) as file:
        parts = [(i.filename, file.read(i)) for i in file.infolist()]
    data = archive(*parts, ("ppt/big.xml", bytes(200_000_000)))
    size = (200_000_000).to_bytes(4, "little")
    return data.replace(size, (9).to_bytes(4, "little"))


def strict() -> bytes:
    """Return a template as PowerPoint saves it as Strict Open XML: other names for all that is in it."""
    names = {b"http://schemas.openxmlformats.org/drawingml/2006/": b"http://purl.oclc.org/ooxml/drawingml/",
             b"http://schemas.openxmlformats.org/presentationml/2006/": b"http://purl.oclc.org/ooxml/presentationml/",
             b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/"}  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(saved(pptx.Presentation()))) as file:
        parts = [(i.filename, file.read(i)) for i in file.infolist()]
    for old, new in names.items():
        parts = [(name, data.replace(old, new)) for name, data in parts]
    return archive(*parts)


MAIN = b"presentationml.presentation.main+xml"
BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "not a zip": (lambda: b"hello", "no PowerPoint file"),
    "empty": (lambda: b"", "no PowerPoint file"),
    "a zip": (lambda: archive(("a.txt", b"a")), "no PowerPoint file"),
    "an old file": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
    "a word file": (lambda: archive(("[Content_Types].xml", b"<Types/>")), "no presentation"),
    "a template": (lambda: retyped(MAIN, b"presentationml.template.main+xml"), ".potx"),
    "a strict file": (lambda: strict(), "Strict Open XML"),
    "macros": (lambda: retyped(b"application/vnd.openxmlformats-officedocument." + MAIN,
                       b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"), "macros"),
    "cut off": (lambda: saved(pptx.Presentation())[:9000], "no PowerPoint file"),
    "no master": (lambda: retyped(b"slideMaster1.xml", b"slideMaster9.xml"), "damaged"),
    "bad xml": (lambda: retyped(b"<p:sldLayoutIdLst>", b"<p:sldLayoutIdLst"), "damaged"),
    "a bomb": (lambda: archive(*((f"{n}.xml", bytes(8_000_000)) for n in range(40))), "unpacks to 320 MB"),
    "forged sizes": (lambda: forged(), "not as large as it says"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_template_is_said(name: str) -> None:
    from courseware.pptx.template.package import UnreadableError, opened

    data, message = BROKEN[name]
    with pytest.raises(UnreadableError, match=message) as caught:
        opened(data())
    assert caught.value.hint


def test_a_template_is_rid_of_its_slides_and_what_they_use() -> None:
    shown = pptx.Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[1])
    slide.shapes.title.text = "Old"
    slide.notes_slide.notes_text_frame.text = "Old notes"
    left = emptied(saved(shown))
    assert len(left.slides) == 0
    with zipfile.ZipFile(io.BytesIO(saved(left))) as file:
        names = file.namelist()
        assert [n for n in names if n.startswith(("ppt/slides/", "ppt/notesSlides/"))] == []
        assert b"/slides/" not in b"".join(file.read(n) for n in names)
    assert len(pptx.Presentation(io.BytesIO(saved(left))).slide_layouts) == 11


def test_what_leads_out_of_a_template_is_dropped_and_told() -> None:
    shown = pptx.Presentation()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for holder in (shown.slide_master, shown.slide_layouts[1]):
        number = holder.part.relate_to(
            "https://x.example/a", f"{office}/hyperlink", is_external=True
        )
        about = holder.shapes[0]._element.xpath("./p:nvSpPr/p:cNvPr")[0]
        etree.SubElement(about, f"{A}hlinkClick").set(f"{{{office}}}id", number)
    (theme,) = (
        r.target_part for r in shown.slide_master.part.rels.values() if r.reltype.endswith("/theme")
    )
    number = theme.relate_to("file:///c:/x.example.png", f"{office}/image", is_external=True)
    linked = f'<a:blip xmlns:r="{office}" r:link="{number}"/></a:themeElements>'
    theme._blob = theme.blob.replace(b"</a:themeElements>", linked.encode())
    data = saved(shown)
    _, said = read(data, {}, "house.pptx")
    assert [f.message for f in said if f.code == "C309"] == [
        'it leads out of its file, to "https://x.example/a" and 1 more: that is left out']  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(saved(emptied(data)))) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
    assert (
        b"x.example" not in everything
        and b"External" not in everything
        and b"hlinkClick" not in everything
    )
    assert b"r:link" not in everything
    assert [
        f for f in read(saved(pptx.Presentation()), {}, "plain.pptx")[1] if f.code == "C309"
    ] == []


def rewritten(beginning: str, old: str, new: bytes) -> bytes:
    """Return PowerPoint's plain template, a pattern replaced in the parts whose names begin so."""
    with zipfile.ZipFile(io.BytesIO(saved(pptx.Presentation()))) as file:
        parts = [(i.filename, file.read(i)) for i in file.infolist()]
    changed = [
        (n, re.sub(old.encode(), new, d) if n.startswith(beginning) else d) for n, d in parts
    ]
    assert changed != parts
    return archive(*changed)


@pytest.mark.parametrize("size", [b"0", b"-5", b"9" * 5000, b"99", b"x"])
def test_a_size_of_type_that_makes_no_sense_is_none(size: bytes) -> None:
    template, said = read(
        rewritten("ppt/slide", r'sz="\d+"', b'sz="' + size + b'"'), {}, "house.pptx"
    )
    assert "C311" not in {f.code for f in said}
    sizes = {v.size for o in template.layouts.values() for p in o.places.values() for v in p.levels}
    assert min(sizes) >= 1


@pytest.mark.parametrize(
    ("beginning", "old", "new"),
    [
        ("ppt/slideLayouts/_rels", "../slideMasters/slideMaster1.xml", b"../slideLayouts/slideLayout1.xml"),
        ("ppt/slide", r'idx="\d+"', b'idx="x"'), ("ppt/slide", r'<a:ext cx="\d+"', b'<a:ext cx="' + b"9" * 4000 + b'"'),
        ("ppt/slideMasters/s", "</p:spTree>", b"<p:grpSp>" * 3000 + b"</p:grpSp>" * 3000 + b"</p:spTree>"),
    ],
)  # fmt: skip
def test_numbers_and_loops_that_make_no_sense_are_damage(
    beginning: str, old: str, new: bytes
) -> None:
    _, said = read(rewritten(beginning, old, new), {}, "house.pptx")
    assert [(f.code, f.span.path) for f in said] == [("C311", "house.pptx")]
