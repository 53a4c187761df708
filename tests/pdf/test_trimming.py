"""The rule beside a cut block ends with its text; nothing else moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.pdf.sheets import LayoutBox, sheets, walk
from courseware.pdf.writer import laid_out

PAGE = """<!doctype html><html lang="en"><title>t</title><style>
@page {{ size: 300pt 400pt; margin: 50pt }} * {{ margin: 0; padding: 0 }}
html {{ font: 10pt/20pt "Atkinson Hyperlegible Next" }}
section {{ border-left: 2pt solid; padding-bottom: 5pt }} .kept {{ height: 200pt; break-inside: avoid }}
</style><body>{}"""


def blocks(body: str, tag: str) -> list[tuple[int, LayoutBox]]:
    made = sheets(laid_out(PAGE.format(body), [], Path()))
    return [(s.number, p) for s in made for p in walk(s.pieces) if p.tag == tag]


@pytest.mark.parametrize("inside", ["{}", "<div>{}</div>", "<section>{}</section>"])
def test_a_cut_block_ends_with_its_text(inside: str) -> None:
    body = inside.format('<p>some words</p><p class="kept">a figure</p><p>more</p>')
    found = blocks(f"<p style='height: 150pt'>x</p><section>{body}</section>", "section")
    first = [p for number, p in found if number == 1]
    assert {round(p.top) for p in first} == {200}
    assert all(220 <= p.bottom <= 230 for p in first)
    assert {number for number, _ in found} == {1, 2}


def test_a_block_that_fills_its_page_stays_as_it_is() -> None:
    found = blocks(f"<section>{'<p>line</p>' * 30}</section>", "section")
    assert [(n, round(p.top), round(p.bottom)) for n, p in found] == [(1, 50, 350), (2, 50, 355)]


def test_a_block_that_is_not_cut_keeps_its_height() -> None:
    found = blocks("<section style='height: 90pt'><p>line</p></section>", "section")
    assert [round(p.height) for _, p in found] == [95]
