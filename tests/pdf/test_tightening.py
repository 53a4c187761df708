"""A first page that holds what it is for, and no last page of a few lines."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from courseware.pdf import tightening
from courseware.pdf.writer import collected, laid_out, page_map

PAGE = """<html lang="en"><head><title>t</title><style>@page {{ size: 100mm 100mm; margin: 0 }}
body, h2 {{ margin: 0 }} p {{ height: 30mm; margin: 0 }} .close p {{ height: 25mm }} .small p {{ height: 10mm }} #a {{ break-inside: avoid }}
b {{ display: none }} .close b {{ display: inline }} i::after {{ content: target-counter("#rest", page) }}
</style></head><body data-first-page="a" data-steps="close small">
{rows}<p id="a">all<i></i></p><h2 id="rest">Rest</h2></body></html>"""


@pytest.mark.parametrize(("rows", "page", "steps"), [(2, 1, ""), (3, 1, "close"), (5, 1, "close small"),
                                                    (12, 2, "close small")])  # fmt: skip
def test_steps_are_taken_until_the_first_page_holds_it(rows: int, page: int, steps: str) -> None:
    html = PAGE.format(rows="<p>row</p>" * rows)
    with collected() as lines:
        document = laid_out(html, [], Path())
    assert lines == []
    assert page_map(document)["a"] == page
    body = next(
        box for box in document.pages[0]._page_box.descendants() if box.element_tag == "body"
    )
    assert (body.element.get("class") or "") == steps
    text = [box.text for box in document.pages[-1]._page_box.descendants() if hasattr(box, "text")]
    assert "Rest" in text


@pytest.mark.parametrize(("behind", "laid_out"), [(3, [4, 1, 1, 4]), (200, [1, 1, 1, 201])])
def test_a_book_is_laid_out_whole_but_once(
    behind: int, laid_out: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f'<html><body data-first-page="a" data-steps="close small"><p id="a"/>{"<p/>" * behind}</body></html>'
    tree, sizes = ElementTree.fromstring(page), list[int]()
    body = tree.find("body")
    assert body is not None
    monkeypatch.setattr(tightening, "_holds", lambda document, name: False)
    tightening.tightened(tree, lambda: sizes.append(len(body)))
    assert sizes == laid_out and body.get("class") == "close small"


SNUG = """<html lang="en"><head><title>t</title><style>@page {{ size: 100mm 100mm; margin: 0 }}
body {{ margin: 0 }} p {{ height: 10mm; margin: 0 }} .snug p {{ height: {close}mm }}
</style></head><body class="own" data-last-page="snug">{rows}</body></html>"""


@pytest.mark.parametrize(
    ("rows", "close", "pages", "classes"),
    [(10, 9, 1, "own"), (11, 9, 1, "own snug"), (11, 9.5, 2, "own"), (13, 7, 2, "own"), (22, 9, 2, "own snug")],
)  # fmt: skip
def test_a_last_page_of_a_few_lines_is_saved_where_that_is_enough(
    rows: int, close: float, pages: int, classes: str
) -> None:
    document = laid_out(SNUG.format(rows="<p>row</p>" * rows, close=close), [], Path())
    assert len(document.pages) == pages
    body = next(
        box for box in document.pages[0]._page_box.descendants() if box.element_tag == "body"
    )
    assert body.element.get("class") == classes


def test_a_page_that_ends_high_is_filled_where_setting_closer_does() -> None:
    style = """<style>@page { size: 100mm 100mm; margin: 0 } body, p { margin: 0; line-height: 10mm }
.snug p { line-height: 8mm }</style>"""
    for lines, classes in ((5, "snug"), (6, None), (3, None)):
        text = "<br>".join(["whole"] * lines)
        block = f'<div style="line-height: 10mm; break-inside: avoid">{text}</div>'
        rows = "<p>row</p>" * 6
        body_of = f'<body data-last-page="snug">{rows}{block}{"<p>row</p>" * 4}</body>'
        page = f'<html lang="en"><head><title>t</title>{style}</head>{body_of}</html>'
        document = laid_out(page, [], Path())
        body = next(
            box for box in document.pages[0]._page_box.descendants() if box.element_tag == "body"
        )
        assert (body.element.get("class"), len(document.pages)) == (classes, 2), lines


@pytest.mark.parametrize(("rows", "classes"), [(4, "snug closer"), (8, "snug")])
def test_what_fills_a_page_but_leaves_few_lines_on_the_last_is_followed_by_the_next_step(
    rows: int, classes: str
) -> None:
    style = """<style>@page { size: 100mm 100mm; margin: 0 } body, p { margin: 0 } p, div { height: 10mm }
    div { height: 60mm; break-inside: avoid } .snug div { height: 40mm } .closer p { height: 6mm }</style>"""
    body_of = f'<body data-last-page="snug closer">{"<p>row</p>" * 5}<div>whole</div>{"<p>row</p>" * (rows - 1)}</body>'
    page = f'<html lang="en"><head><title>t</title>{style}</head>{body_of}</html>'
    document = laid_out(page, [], Path())
    body = next(
        box for box in document.pages[0]._page_box.descendants() if box.element_tag == "body"
    )
    assert body.element.get("class") == classes
    assert len(document.pages) == (1 if rows == 4 else 2)


@pytest.mark.parametrize(("rows", "classes"), [(11, "snug spare"), (13, None)])
def test_room_to_spare_is_given_up_for_a_last_page_of_a_few_lines_alone(
    rows: int, classes: str | None
) -> None:
    style = """<style>@page { size: 100mm 100mm; margin: 0 } body { margin: 0 } p { height: 10mm; margin: 0 }
.spare i { display: none } i { display: block; height: 25mm }</style>"""
    body_of = (
        f'<body data-last-page="snug" data-spare="spare"><i></i>{"<p>row</p>" * (rows - 2)}</body>'
    )
    page = f'<html lang="en"><head><title>t</title>{style}</head>{body_of}</html>'
    document = laid_out(page, [], Path())
    body = next(
        box for box in document.pages[0]._page_box.descendants() if box.element_tag == "body"
    )
    assert body.element.get("class") == classes


def test_setting_closer_keeps_the_first_page_whole() -> None:
    """What saves a page is not taken where it turns out what page 1 must hold."""
    style = """<style>@page { size: 100mm 100mm; margin: 0 } body, p { margin: 0 } p { height: 30mm }
    .snug p { height: 20mm } .snug .k { break-before: page } .snug .k ~ p { height: 10mm }</style>"""
    rows = "<p>row</p>" * 4
    for first, pages in (("a", 3), ("b", 2)):
        html = f'<html lang="en"><head><title>t</title>{style}</head><body data-first-page="{first}" data-last-page="snug"><p>one</p><p id="a" class="k">two</p>{rows}<p>end</p></body></html>'
        assert len(laid_out(html, [], Path()).pages) == pages


@pytest.mark.parametrize(("rows", "pages"), [(5, 1), (8, 2), (9, 2), (10, 3)])
def test_a_worksheet_is_set_closer_where_that_saves_a_last_page_of_a_few_lines(
    rows: int, pages: int
) -> None:
    page = """<html lang="en"><head><title>t</title><style>@page { size: 100mm 100mm; margin: 0 }
    body, p { margin: 0 } p { height: 24mm } .snug p { height: 22mm } .closer p { height: 20mm }</style></head>"""
    html = f'{page}<body data-spare="snug closer">{"<p>a</p>" * rows}</body></html>'
    assert len(laid_out(html, [], Path(), forms=True).pages) == pages
