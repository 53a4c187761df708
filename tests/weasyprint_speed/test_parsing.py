"""Pages read as XML: the same tree as browsers make of them, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tinyhtml5
from weasyprint import HTML

from courseware.weasyprint_speed.parsing import ParsedHtml, read, tree_of
from courseware.weasyprint_speed.trades import SWITCH
from tests.support import PROJECT

PAGES = sorted(
    file
    for file in (PROJECT / "tests/golden").glob("*.html")
    if file.suffixes[-2] not in (".slides", ".pdf", ".no-notes", ".notes-pdf")
)
PAGE = "<!doctype html>\n<html lang='en'><head><title>T</title></head><body>{}</body></html>"


def rows(tree: Any) -> list[tuple[Any, ...]]:
    """Return all that a page's tree holds; not the space about the body, which a browser moves into it."""
    found: list[tuple[Any, ...]] = [(one.tag, tuple(one.attrib.items()), one.text or "", one.tail or "") for one in tree.iter()]  # fmt: skip
    body = tree.find("body")
    for at, one in enumerate(tree.iter()):
        if one is tree:
            found[at] = (*found[at][:2], "", "")
        elif one is body or (len(body) and one is body[-1]):
            found[at] = (*found[at][:3], found[at][3].rstrip())
    return found


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_a_page_of_every_product_is_the_same_tree_in_both(file: Path) -> None:
    html = file.read_text("utf-8")
    tree = tree_of(html)
    assert tree is not None
    assert rows(tree) == rows(tinyhtml5.parse(html, namespace_html_elements=False))


def test_elements_without_an_end_are_closed() -> None:
    inside = (
        '<p>a<br>b<br/>c<wbr>d</p><img src="x.png" alt="1 > 0"><input type="checkbox" checked="">'
    )
    html = PAGE.format(inside)
    tree = tree_of(html)
    assert tree is not None
    assert rows(tree) == rows(tinyhtml5.parse(html, namespace_html_elements=False))


@pytest.mark.parametrize(
    "inside",
    [
        "<p>open",
        "<p>a &nbsp; b</p>",
        "<b><i>x</b></i>",
        "<input checked>",
        "a & b",
        "1 < 2",
        "\x0c",
    ],
)
def test_what_is_not_well_formed_is_left_to_the_parser_of_html(inside: str) -> None:
    assert tree_of(PAGE.format(inside)) is None
    assert not isinstance(read(PAGE.format(inside), "file:///", None, built_in=True), ParsedHtml)


def test_a_part_of_a_page_is_left_to_it() -> None:
    assert tree_of("<p>x</p>") is None


def test_pages_of_other_layouts_are_read_as_browsers_do(monkeypatch: pytest.MonkeyPatch) -> None:
    html = PAGE.format("<p>a<div>b</div></p>")  # a browser ends the paragraph before the block
    assert isinstance(read(html, "file:///", None, built_in=True), ParsedHtml)
    assert type(read(html, "file:///", None, built_in=False)) is HTML
    monkeypatch.setenv(SWITCH, "1")
    assert type(read(html, "file:///", None, built_in=True)) is HTML
