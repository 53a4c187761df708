"""A page's spare room goes to its spaces: all of it, none too much, and no page break moves."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from courseware.course.loading import load
from courseware.model.session import Course
from courseware.pdf.engine import HTML, Document
from courseware.pdf.growing import LEAST_LINES, MOST, PITCH, POINT, grown, heights
from courseware.pdf.pages import laid_out, stylesheets
from courseware.pdf.sheets import LayoutPage, begun, sheets, walk
from courseware.pdf.writer import laid_out as laid_out_html
from courseware.products.table import PRODUCTS, page
from tests.support import PROJECT, session_of
from tools.quality import faults

SHEET = """<html lang="en"><style>@page {{ size: 100mm 200mm; margin: 0 }} * {{ margin: 0 }}
.room {{ break-inside: avoid }} .two {{ display: grid; grid-template-columns: 1fr 1fr }}</style>
<body>{}</body></html>"""


def room(name: str, height: int, kind: str = "lines") -> str:
    return f'<div class="room {kind} grows" id="{name}" style="height: {height}mm"></div>'


def after(body: str) -> tuple[list[dict[str, float]], int]:
    """Return the heights in mm of the spaces on each page, and how often it was laid out."""
    html = HTML(string=SHEET.format(body))
    times = 0

    def render() -> Document:
        nonlocal times
        times += 1
        return html.render()

    made = sheets(grown(html.etree_element, render, render()))
    return [_heights(sheet) for sheet in made], times


def _heights(sheet: LayoutPage) -> dict[str, float]:
    found = (p for p in walk(sheet.pieces) if "room" in p.classes)
    return {p.id: round(p.height / POINT, 1) for p in found}


def test_lines_grow_by_whole_lines_the_least_grown_first() -> None:
    body = room("a", 24) + room("b", 48) + '<p style="height: 80mm">x</p>'
    assert after(body) == ([{"a": 40, "b": 72}], 2)  # 200 - 80 - 72 = 48, a little held back


def test_no_space_grows_to_more_than_its_share() -> None:
    assert after(room("a", 24) + room("b", 8)) == ([{"a": 24 * MOST, "b": LEAST_LINES * PITCH}], 2)


def test_spaces_side_by_side_grow_together() -> None:
    body = f'<div class="two">{room("a", 30, "box")}{room("b", 30, "box")}</div>'
    assert after(body) == ([{"a": 58, "b": 58}], 2)


def test_a_full_page_is_laid_out_once() -> None:
    assert after(room("a", 192) + "<p>x</p>") == ([{"a": 192}], 1)
    assert after("<p>x</p>") == ([{}], 1)


def test_each_page_keeps_what_it_has() -> None:
    body = room("a", 120) + room("b", 120) + room("c", 40)
    assert after(body) == ([{"a": 192}, {"b": 144, "c": 48}], 2)


def test_what_would_move_to_another_page_leaves_all_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("courseware.pdf.growing.heights", lambda sheets: {"a": 150.0})
    assert after(room("a", 100) + room("b", 60)) == ([{"a": 100, "b": 60}], 2)


def test_a_worksheets_pages_are_filled_to_the_foot() -> None:
    text = "# T\n\n## Exercise 1: Try\n\n" + "".join(f"{n}. How is it {n}?\n" for n in range(1, 8))
    course = Course(title="C", sessions=(session_of(text),))
    found = page(PRODUCTS["worksheet"], course, "session.md")
    assert found is not None
    made = sheets(laid_out(found, Path(), "a4"))
    assert len(made) == 2
    assert heights(made) == {}  # nothing is left to give
    for sheet in made[:1]:
        low = max(p.bottom for p in walk(sheet.pieces) if "room" in p.classes)
        assert (sheet.bottom - low) / POINT < 4 + PITCH


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_growing_lays_out_twice_at_most_and_keeps_every_break(
    paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = load(PROJECT / "content")
    for session in loaded.course.sessions:
        found = page(PRODUCTS["worksheet"], loaded.course, session.path)
        assert found is not None
        from courseware.html.rendering import render

        html, css = render(found, loaded.root), stylesheets(found, loaded.root, paper)
        with monkeypatch.context() as patch:
            patch.setattr("courseware.pdf.growing.heights", lambda pages: {})
            before = laid_out_html(html, css, loaded.root, forms=True)
        made = laid_out_html(html, css, loaded.root, forms=True)
        assert begun(made) == begun(before) and any(begun(made))
        least, most = map(_all, (before, made))
        assert least.keys() == most.keys() and sum(most.values()) > sum(least.values())
        assert all(least[n] <= most[n] <= max(least[n] * MOST, 24) + 0.1 for n in least)


UNIT = """<html lang="en"><head><title>t</title><style>@page {{ size: 100mm 100mm; margin: 0 }} body {{ margin: 0 }}
p {{ height: 10mm; margin: 0 }} .whole {{ break-inside: avoid }}</style></head>
<body>{rows}<section id="u" class="unit whole">{unit}</section></body></html>"""


@pytest.mark.parametrize("forms", [True, False])
@pytest.mark.parametrize(
    ("rows", "unit", "whole"), [(5, 8, False), (7, 8, True), (5, 5, True), (3, 9, False)]
)
def test_what_would_leave_a_third_of_a_page_empty_is_not_kept_whole(
    rows: int, unit: int, whole: bool, forms: bool
) -> None:
    html = UNIT.format(rows="<p>row</p>" * rows, unit="<p>asked</p>" * unit)
    document = laid_out_html(html, [], Path(), forms=forms)
    found = [p for sheet in sheets(document) for p in walk(sheet.pieces) if p.id == "u"]
    assert all(("whole" in p.classes) == whole for p in found)
    assert len(found) == (1 if whole else 2) and len(document.pages) == (
        1 if rows + unit <= 10 else 2
    )


@pytest.mark.parametrize("above", [14, 16, 17, 18, 20])
def test_code_beside_its_text_leaves_no_third_of_a_page_empty(tmp_path: Path, above: int) -> None:
    code = "\n   ".join(f"row {n}" for n in range(23))
    led = "## Two\n\n### Step by step\n\nTo do.\n\n1. Open it\n2. Type this:\n\n"
    head, tail = "Some words.\n\n" * above, "End.\n\n" * 30
    source = f"# Session 1: T\n\n## Part\n\n{head}{led}   ```sh\n   {code}\n   ```\n\n{tail}"
    (tmp_path / "1.md").write_text(source, encoding="utf-8")
    found = page(PRODUCTS["handout"], load(tmp_path).course, "1.md")
    assert found is not None
    made = sheets(laid_out(found, tmp_path, "a4"))
    assert any("pair" in p.classes for sheet in made for p in walk(sheet.pieces))
    assert len(made) > 1 and not [f for f in faults(made) if "empty" in f.kind]
    ends = (max(p.bottom for p in walk(s.pieces) if p.kind == "text") for s in made[:-1])
    assert all(end > 0.67 * sheet.bottom for end, sheet in zip(ends, made, strict=False))


@pytest.mark.parametrize(
    ("last", "kind", "whole"),
    [(4, "whole", {"u", "w"}), (7, "whole", {"u"}), (7, "fixed", {"u", "v"}), (9, "whole", {"u"})],
)
def test_units_are_let_go_in_turn_until_no_page_is_left_empty(
    last: int, kind: str, whole: set[str]
) -> None:
    """The second unit fills page 1; where that empties page 2, the third is let go, too, or neither where it stays whole."""
    style = """<style>@page { size: 100mm 100mm; margin: 0 } body, p { margin: 0 } p { height: 10mm }
    .whole, .fixed { break-inside: avoid }</style>"""
    units = (("u", 5, "whole"), ("v", 9, "whole"), ("w", last, kind))
    body = "".join(
        f'<section id="{name}" class="{kind}">{"<p>asked</p>" * rows}</section>'
        for name, rows, kind in units
    )
    html = f'<html lang="en"><head><title>t</title>{style}</head><body>{body}</body></html>'
    document = laid_out_html(html, [], Path(), forms=True)
    found = [p for sheet in sheets(document) for p in walk(sheet.pieces) if p.id]
    assert {p.id for p in found if "whole" in p.classes} == whole
    assert {p.id for p in found if "fixed" in p.classes} <= {"w"}


def _all(document: Document) -> dict[str, float]:
    return {name: height for sheet in sheets(document) for name, height in _heights(sheet).items()}


@pytest.mark.slow
def test_a_worksheet_is_the_same_twice() -> None:
    from courseware.pdf.pages import written

    loaded = load(PROJECT / "content")
    found = page(PRODUCTS["worksheet"], loaded.course, loaded.course.sessions[1].path)
    assert found is not None
    one, other = (written(found, loaded.root, "a4") for _ in range(2))
    assert msgspec.structs.astuple(one) == msgspec.structs.astuple(other)


def test_a_canvas_has_its_page_and_no_line_in_its_cells(tmp_path: Path) -> None:
    names = "\n".join(f"{name}: what is it? ____" for name in ("Need", "People", "Site", "Risk"))
    source = f"# Session 1: T\n\n## Exercise 1: Plan\n\nFill it in.\n\n```\nCARD\n{names}\n```\n"
    (tmp_path / "1.md").write_text(source, encoding="utf-8")
    found = page(PRODUCTS["worksheet"], load(tmp_path).course, "1.md")
    assert found is not None
    (made,) = sheets(laid_out(found, tmp_path, "a4"))
    cells = _heights(made)
    assert len(cells) == 4 and min(cells.values()) > 80
    assert not faults([made])
