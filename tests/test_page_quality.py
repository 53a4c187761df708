"""Each measure finds its fault in a page made to have it, and nothing in the page mended."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from courseware.course.loading import load
from courseware.folders import layouts
from courseware.pdf.sheets import LayoutBox, sheets, walk
from courseware.pdf.writer import laid_out
from tests.sample import Sample
from tools.proofs import proofs
from tools.quality import MEASURES, MENDABLE, Fault, faults

PAGE = """<!doctype html><html lang="en"><title>t</title><style>
@page {{ size: 300pt 400pt; margin: 50pt; @bottom-left {{ content: "foot"; font-size: 8pt }} }}
html {{ font: 10pt/20pt "Atkinson Hyperlegible Next" }}
* {{ margin: 0; padding: 0; orphans: 1; widows: 1; break-inside: auto; break-after: auto }}
h2, td, th, .item {{ font: inherit; text-align: left }}
table {{ border-spacing: 0 }}
{style}</style><body>{body}"""
SPACE = '<p style="height: {}pt; border: 1pt solid">above</p>'
WORDS = "word " * 40
"""Some five lines of the page's 200 points."""


def found(body: str, style: str = "") -> list[tuple[int, str]]:
    document = laid_out(PAGE.format(body=body, style=style), [], Path())
    return [(f.page, f.kind) for f in faults(sheets(document))]


def rows(count: int) -> str:
    return "<table>" + "<tr><td>a</td><td>b</td></tr>" * count + "</table>"


def items(count: int) -> str:
    return "<ul>" + "<li>an item</li>" * count + "</ul>"


@pytest.mark.parametrize(
    ("bad", "good", "kind"),
    [
        ("{270}<h2>Title</h2><p>text</p>", "{250}<h2>Title</h2><p>text</p>", (1, "a heading last on its page")),
        ('{270}<p style="break-after: avoid-column">lead-in</p><p>text</p>', "{250}<p>lead-in</p><p>text</p>",
         (1, "kept with its next, which is a page on")),
        (f"{{270}}<p>{WORDS}</p>", f"{{250}}<p>{WORDS}</p>", (1, "one line alone at the foot")),
        (f"{{220}}<p>{WORDS}</p>", f"{{230}}<p>{WORDS}</p>", (2, "one line alone at the head")),
        ("{270}" + items(4), "{250}" + items(4), (1, "a list item alone at the foot")),
        ("{230}" + items(4), "{250}" + items(4), (2, "a list item alone at the head")),
        ("{270}" + rows(4), "{250}" + rows(4), (1, "a table's row alone at the foot")),
        ("{230}" + rows(4), "{250}" + rows(4), (2, "a table's row alone at the head")),
        ("{270}<p>Do this:</p><p>so</p>", "{250}<p>Do this:</p><p>so</p>", (1, "a lead-in last on its page")),
        ('<p style="white-space: nowrap">unbroken-unbroken-unbroken-unbroken-unbroken</p>',
         '<p style="overflow-wrap: anywhere">unbroken-unbroken-unbroken-unbroken-unbroken</p>',
         (1, "19 pt past the margin")),
        ('<p>under</p><p style="margin-top: -20pt">over</p>', "<p>one</p><p>other</p>", (1, "text over text")),
        ('<p style="font-size: 6pt">small</p>', '<p><sup style="font-size: 6pt">a</sup></p>', (1, "type of 6.0 pt")),
    ],
)  # fmt: skip
def test_a_fault_and_its_mend(bad: str, good: str, kind: tuple[int, str]) -> None:
    def filled(body: str) -> str:
        for height in range(100, 300, 10):
            body = body.replace(f"{{{height}}}", SPACE.format(height - 2))
        return body

    assert found(filled(good)) == []
    assert kind in found(filled(bad))


def test_an_empty_foot_is_a_fault_unless_what_follows_could_not_go_there() -> None:
    above, card = SPACE.format(150), '<div style="height: {}pt; border: 1pt solid">card</div>'
    narrow = "@page narrow { margin: 50pt } .narrow { page: narrow } div { break-inside: avoid }"
    assert found(above + card.format(240), narrow) == []
    assert found(above + card.format(40), narrow) == []
    assert found(f'{above}<p style="break-before: page">asked for</p>') == []
    pushed = f'{above}<div class="narrow">{card.format(40)}</div>'
    assert found(pushed, narrow) == [(1, "49% empty at the foot")]


def test_what_should_stay_whole_and_is_cut_is_a_fault() -> None:
    body = SPACE.format(198) + f'<div class="card">{"<p>line</p>" * 8}</div>'
    made = sheets(laid_out(PAGE.format(body=body, style=""), [], Path()))
    assert faults(made) == ()

    def wholes(piece: LayoutBox) -> LayoutBox:
        pieces = tuple(wholes(p) for p in piece.pieces)
        return msgspec.structs.replace(piece, whole=piece.classes == ("card",), pieces=pieces)

    asked = [msgspec.structs.replace(s, pieces=tuple(wholes(p) for p in s.pieces)) for s in made]
    assert [(f.page, f.kind) for f in faults(asked)] == [(1, "cut, though it fits on one page")]


def test_a_repeated_head_is_not_a_cut_row() -> None:
    table = "<table><thead><tr><th>head</th></tr></thead>" + "<tr><td>a</td></tr>" * 20 + "</table>"
    assert found(table, "tr { break-inside: avoid }") == []


def test_the_boxes_read_are_still_what_weasyprint_makes() -> None:
    """The one test that says when a new WeasyPrint changes what pdf/sheets.py relies on."""
    body = f'<h1 id="a">A <em>b</em></h1><ul><li>c<li>d</ul>{rows(2)}<p>e<span class="n">note</span></p>'
    style = (
        ".n { float: footnote } h1 { break-after: avoid; border: 1pt solid } ul { display: flex }"
    )
    (sheet,) = sheets(laid_out(PAGE.format(body=body, style=style), [], Path()))
    pieces = list(walk(sheet.pieces))
    assert (sheet.width, sheet.height, sheet.left, sheet.bottom) == pytest.approx(
        (300, 400, 50, 350)
    )
    assert [p.text for p in walk(sheet.margins) if p.text] == ["foot"]
    assert [p.text for p in walk(sheet.notes) if p.text][-1] == "note"
    assert sheet.notes_top < sheet.bottom
    (heading,) = (p for p in pieces if p.tag == "h1" and p.kind == "block")
    assert heading.keeps and heading.inked and heading.size == 20
    assert [p.kind for p in heading.pieces] == ["line"]
    assert [p.text.strip() for p in walk((heading,)) if p.text] == ["A", "b"]
    assert {"ul", "li", "table", "tr", "td"} <= {p.tag for p in pieces}
    assert next(p for p in pieces if p.tag == "ul").across


@pytest.mark.slow
def test_the_samples_pages_have_no_fault_that_no_page_may_have(sample: Sample) -> None:
    assert [fault for fault in faults(sheets(sample.document)) if fault.kind not in MENDABLE] == []


def test_every_measure_is_in_the_table_once() -> None:
    assert len({m.__name__ for m in MEASURES}) == len(MEASURES)


def test_a_label_that_floats_in_a_card_pushes_none_down_in_the_next() -> None:
    said = '<h3>A</h3><p class="over label">{0}</p><ul><li>b</li><li>b</li></ul><p class="over label">{0} B</p><ul><li>b</li></ul>'
    card = f'<section class="card">{said}</section>'
    cards = "".join(card.format(name) for name in ("ONE", "TWO"))
    body = f'<div class="cards narrow across-2">{cards}</div>'
    style = layouts() / "handout" / "style.css"
    document = laid_out(PAGE.format(body=body, style=""), [style], Path())
    tops = {p.text: p.top for sheet in sheets(document) for p in walk(sheet.pieces)}
    assert abs(tops["ONE"] - tops["TWO"]) <= 1


def refused(folder: Path, text: str, product: str) -> list[Fault]:
    """Return the faults that no page may have, of what a product prints of a session."""
    (folder / "01-a.md").write_text(text)
    (document,) = (
        document
        for printed, document in proofs(load(folder).course, "01-a.md", folder, "a4")
        if printed.product.name == product
    )
    return [fault for fault in faults(sheets(document)) if fault.kind not in MENDABLE]


@pytest.mark.parametrize("wide", [
    "### Exercise 1: Guess (5 min)\n\nWrite down:\n\n- how many there are\n- what one of them would cost\n- who pays\n",
    "- how many there are\n- the share that is of this kind\n- what one of them would cost\n- who pays\n",
    "::: facilitator\n- High in all that may be said of it.\n- Level, too.\n- Can be scaled down to very small ones.\n"
    "- Has no runtime or garbage collection.\n:::\n",
    "```\n" + "ls -l | sort | uniq --count --ignore-case --skip-fields=2 | sort --reverse\n" * 3 + "```\n",
    "| One | Other | Third |\n|---|---|---|\n" + "| what one would cost | who pays in the end | and when |\n" * 3,
])  # fmt: skip
@pytest.mark.parametrize("words", [0, pytest.param(60, marks=pytest.mark.slow), 300])
def test_no_text_of_a_guide_lies_over_what_its_slides_show(
    tmp_path: Path, wide: str, words: int
) -> None:
    said = f"::: facilitator\nSay: {'wait for it, ' * (words // 3)}and look.\n:::\n"
    text = f"# A\n\n## What is made at home by hand (20 min)\n\n{wide}\n{said}\n### C\n\nx\n"
    assert refused(tmp_path, text, "guide") == []


def test_headings_beside_texts_chain_no_part_to_the_next(tmp_path: Path) -> None:
    step = "- Modify the file that you made before, and take from it all that is declared twice\n"
    parts = f"## One\n\n{step * 6}\n## Two\n\nSome things to try:\n\n{step * 12}\n## Three\n\nSketch how you define it.\n"
    text = f"# Exercise: A\n\n{parts}\n## Where to find help\n\n{step * 2}"
    assert refused(tmp_path, text, "worksheet") == []
