"""Worksheets are filled in by one program and shown by another; what was typed is there."""

from __future__ import annotations

import io
import re
from ctypes import c_double
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest

from courseware.course.loading import load
from courseware.html.fields import Fields, blank_labels, fills
from courseware.language.printed import printed
from courseware.model.inline import Blank, Mark, Run, Text
from courseware.model.session import Course
from courseware.pdf.pages import written
from courseware.pdf.writer import WrittenPdf
from courseware.products.table import PRODUCTS, page
from tests.pdfs import tree
from tests.rules import broken
from tests.support import PROJECT, session_of

TEXT = """# Session 1: Tea

## Exercise 1: Try

1. Why do you drink tea?
2. Which tea?
   - green
   - black

| Tea | Minutes |
|---|---|
| green | |

My cup is ____ and ____.

```
Name: ______
Origin: [where it grows]
Notes: ______
```
"""


def made(text: str = TEXT) -> WrittenPdf:
    course = Course(title="C", sessions=(session_of(text),))
    found = page(PRODUCTS["worksheet"], course, "session.md")
    assert found is not None
    return written(found, Path(), "a4")


def fields(data: bytes, *keys: str) -> list[tuple[str, ...]]:
    """Return these facts of each field, in the form's order."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        form: Any = pdf.Root.AcroForm
        return [tuple(str(field.get(key, "")) for key in keys) for field in form.Fields]


def test_fields_are_in_reading_order_with_labels() -> None:
    told = fields(made().data, "/T", "/TU")
    names = [name for name, _ in told]
    assert names[:2] == ["name", "date"] and len(names) == len(set(names)) == 11
    assert not any("." in name for name in names)
    assert [label for _, label in told[2:]] == [
        "Exercise 1: Try. Why do you drink tea?", "green", "black", "Exercise 1: Try. green: Minutes",
        "My cup is", "and", "Name", "Origin: [where it grows]", "Notes",
    ]  # fmt: skip


def test_long_spaces_take_several_lines_and_boxes_can_be_ticked() -> None:
    kinds = {name: told for name, *told in fields(made().data, "/T", "/FT", "/Ff")}
    room = next(name for name in kinds if name.endswith("-space"))
    assert kinds[room] == ["/Tx", "4096"] and kinds["name"] == ["/Tx", ""]
    assert sum(kind == "/Btn" for kind, _ in kinds.values()) == 2


def drawn(data: bytes) -> list[bytes]:
    """Return the pages as another reader shows them, fields included."""
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        return [
            p.render(scale=1, may_draw_forms=True).to_pil().convert("L").tobytes() for p in document
        ]


def filled(data: bytes, value: str) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if field.FT == "/Tx":
                field.V = pikepdf.String(value)
            else:
                field.V = field.AS = pikepdf.Name("/on")
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def test_what_is_typed_is_kept_and_shown() -> None:
    empty = made().data
    typed = filled(empty, "Grüße aus Čaj")
    assert {value for (value,) in fields(typed, "/V")} == {"Grüße aus Čaj", "/on"}
    (before,), (now,) = drawn(empty), drawn(typed)
    assert sum(a > b + 60 for a, b in zip(before, now, strict=True)) > 400
    (other,) = drawn(filled(empty, "ein ganz anderer Text"))
    assert other != now


def baselines(data: bytes, left: float, top: float, bottom: float) -> list[float]:
    """Return how far below `top` another reader sets the lines in a field, in points, page 1."""
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        sheet = document[0]
        assert raw.FPDFPage_Flatten(sheet, raw.FLAT_PRINT) == raw.FLATTEN_SUCCESS
        text = document[0].get_textpage()
        x, y = c_double(), c_double()
        found = set[float]()
        for number in range(text.count_chars()):
            raw.FPDFText_GetCharOrigin(text, number, x, y)
            if x.value >= left and bottom < y.value < top:
                found.add(round(top - y.value, 1))
    return sorted(found)


@pytest.mark.parametrize(("space", "pitch", "first"), [("lines 4", 8.0, 7.7), ("grid 4", 5.0, 5.0),
                                                       ("box 4", 5.0, 5.0)])  # fmt: skip
def test_what_is_typed_stands_on_the_lines(space: str, pitch: float, first: float) -> None:
    point = 72 / 25.4
    data = made(f"# A\n\n## Exercise 1: B\n\nSay it.\n\n::: {space}\n").data
    named = {n: r for n, r in rectangles(data).items() if n.endswith("-space")}
    (left, bottom, _, top) = next(iter(named.values()))
    top += 2.1 * point if "lines" in space else 0  # the field begins below the first rule's room
    found = baselines(filled(data, "gypq\n" * 4), left, top, bottom)
    assert len(found) >= 4
    for number, down in enumerate(found[:4]):
        above = (first + number * pitch) * point - down
        assert 0.2 <= above <= 4.0, (number, above)  # above its line, and not far


def rectangles(data: bytes) -> dict[str, tuple[float, float, float, float]]:
    """Return the left, bottom, right and top of each field by name."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        form: Any = pdf.Root.AcroForm
        found = {
            str(f.T): sorted(map(float, f.Rect[::2])) + sorted(map(float, f.Rect[1::2]))
            for f in form.Fields
        }
    return {name: (x, y, right, top) for name, (x, right, y, top) in found.items()}


def test_each_field_says_how_it_is_written_in() -> None:
    for name, told in fields(made().data, "/T", "/DA"):
        assert re.fullmatch(r"(?:[\d.]+ rg|0 g|(?:[\d.]+ ){3}rg) /[\w-]+ [\d.]+ Tf", told), name


def test_an_empty_worksheet_shows_no_field() -> None:
    empty = made().data
    with pikepdf.open(io.BytesIO(empty)) as pdf:
        for sheet in pdf.pages:
            kept = [a for a in sheet.Annots if a.FT == "/Btn"]
            sheet.Annots = pikepdf.Array(kept)
        target = io.BytesIO()
        pdf.save(target)
    assert drawn(empty) == drawn(target.getvalue())


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 2])
def test_worksheets_and_keys_keep_the_rules_of_the_tree(number: int) -> None:
    from pypdf import PdfReader

    loaded = load(PROJECT / "content")
    path = loaded.course.sessions[number].path
    for name in ("worksheet", "answers"):
        found = page(PRODUCTS[name], loaded.course, path)
        assert found is not None
        one = written(found, loaded.root, "a4")
        reader = PdfReader(io.BytesIO(one.data))
        assert one.reports == () and broken(reader) == []
        count = len(list(tree(reader).all("Form")))
        assert count == len(reader.get_fields() or {}) and bool(count) == (name == "worksheet")


def test_blanks_are_labelled_by_what_is_before_or_after_them() -> None:
    he_and_she = Mark("b", (Run("he & she"),))
    assert list(blank_labels(Text((Blank(3), Run(" says "), he_and_she)), printed("en"))) == [
        "says he & she"
    ]
    text = Text((Run("Name: "), Blank(5), Run(" of "), he_and_she, Blank(3)))
    assert list(blank_labels(text, printed("en"))) == ["Name", "of he & she"]
    html = Fields(printed("en")).blank(3, "says he & she")
    assert html.startswith('<input type="text" class="gap"') and 'title="says he &amp; she"' in html


def test_a_line_reaches_the_edge_only_where_its_blank_is_last() -> None:
    assert fills(Text((Run("A: "), Blank(3))))
    assert not fills(Text((Run("A: "), Blank(3), Run(" kg"))))
    assert not fills(Text((Run("x" * 99), Blank(3))))
