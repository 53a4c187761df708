"""Drawings in characters on slides: boxes, lines, arrows and words as shapes, at any template's size."""

from __future__ import annotations

from itertools import pairwise

import pytest

from courseware.media.sketches import sketch
from courseware.pptx.compose.compose import compose, turn
from courseware.pptx.template.template import Template
from courseware.pptx.values import Code, ComposedSlide, Draft, Holder, Paragraph, Run, Script, Text
from courseware.pptx.write.draw import drawn
from tests.pptx.scripts import templates

CHAIN = """\
┌─────┐      ┌──────┐
│ one │─────▶│ two  │
└─────┘      └──────┘
   │            ▲
   ▼            │
+--------------------+
| a line of three    |
| and one more       |
+--------------------+"""
NESTED = """\
+---------------------+
|  outer              |
|   +-------------+   |
|   |  one   two  |   |  <-- seen
|   + - - - - - - +   |
|   |  three      |   |
|   +-------------+   |
+---------------------+"""
LADDER = """\
Does it run?  -- no -->  mend it
     |
     | yes
     v
Is it quick?  -- no -->  measure it"""


def slide(text: str, template: Template, lead: str = "") -> ComposedSlide:
    above = (Holder("caption", (Paragraph((Run(lead),)),)),) if lead else ()
    draft = Draft("code", (Run("Nets"),), (*above, Holder("body", (Code(text, "drawing"),))))
    (made,) = compose(Script("T", "en", (draft,)), template).slides
    return made


def said(made: ComposedSlide) -> dict[str, list[str]]:
    return {b.place.name: ["".join(run.text for run in line.runs) for line in b.content.lines]
            for b in made.boxes if isinstance(b.content, Text) and b.place.name.startswith("sketch-")}  # fmt: skip


@pytest.mark.parametrize("template", templates())
@pytest.mark.parametrize(("text", "boxes", "labels"), [
    (CHAIN, [["one"], ["two"], ["a line of three", "and one more"]], []),
    (NESTED, [], ["outer", "one", "two", "seen", "three"]),
    (LADDER, [], ["Does it run?", "no", "mend it", "yes", "Is it quick?", "no", "measure it"]),
])  # fmt: skip
def test_a_drawing_is_boxes_with_their_words_lines_and_words(
    template: Template, text: str, boxes: list[list[str]], labels: list[str]
) -> None:
    made = slide(text, template, "A lead.")
    found = said(made)
    assert [words for name, words in found.items() if "box" in name] == boxes
    assert [words for name, words in found.items() if "label" in name] == [[one] for one in labels]
    places = [b.place for b in made.boxes if b.place.name.startswith("sketch-")]
    sizes = {line.size for b in made.boxes if b.place in places and isinstance(b.content, Text) for line in b.content.lines}  # fmt: skip
    assert len(sizes) == 1 and min(sizes) >= 14 * template.scale
    assert all(bool(p.line) == ("box" in p.name) for p in places)
    assert all(p.x >= 0 and p.x + p.width <= template.width + 1 for p in places)
    assert all(0 <= y <= template.height for s in made.strokes for y in (s.y1, s.y2))
    assert sum(sum(s.headed) for s in made.strokes) == {CHAIN: 3, NESTED: 1, LADDER: 3}[text]
    assert any(s.dashed for s in made.strokes) == (text == NESTED)


def test_an_arrow_leads_to_the_box_that_it_points_at() -> None:
    made = slide(CHAIN, templates()[0])
    one, two, three = (b.place for b in made.boxes if "box" in b.place.name)
    across = next(s for s in made.strokes if s.y1 == s.y2)
    assert (
        one.x + one.width <= across.x1 + 1
        and abs(across.x2 - two.x) < 20
        and across.headed == (False, True)
    )
    down, up = sorted((s for s in made.strokes if s.x1 == s.x2), key=lambda s: s.x1)
    assert down.headed == (False, True) and up.headed == (True, False)
    assert abs(down.y2 - three.y) < 20 and abs(up.y1 - two.y - two.height) < 20


@pytest.mark.parametrize(
    "text", ["a plain line", "a --> b", "+--+\n| ~ |\n+--+", "+-----+\n| a " + "b" * 90]
)
def test_what_is_no_sketch_stays_in_characters(text: str) -> None:
    assert sketch(text) is None
    made = slide(text, templates()[0])
    assert not said(made) and made.layout == "code"


def test_words_too_small_to_read_stay_in_characters() -> None:
    rows = [f"| line {n} |" for n in range(10, 50)]
    text = "\n".join(["+---------+", *rows, "+---------+"])
    draft = Draft("code", (Run("Nets"),), (Holder("body", (Code(text, "drawing"),)),))
    slides = compose(Script("T", "en", (draft,)), templates()[0]).slides
    assert all(s.layout == "code" and not said(s) for s in slides)


def test_a_drawing_stays_as_drawn_where_text_runs_from_the_right() -> None:
    made = slide(CHAIN, templates()[0])
    turned = turn(made)
    assert turned.strokes == made.strokes
    for box, other in zip(made.boxes, turned.boxes, strict=True):
        assert box == other or not box.place.name.startswith("sketch-")


def test_shapes_do_not_lie_on_each_other() -> None:
    made = slide(LADDER, templates()[0])
    rows = sorted(
        (b.place for b in made.boxes if "label" in b.place.name), key=lambda p: (round(p.y), p.x)
    )
    for one, other in pairwise(rows):
        assert round(one.y) != round(other.y) or one.x + one.width <= other.x + 1


def test_a_file_has_lines_and_arrows_that_say_nothing(tmp_path: object) -> None:
    import io

    import pptx

    draft = Draft("code", (Run("Nets"),), (Holder("body", (Code(NESTED, "drawing"),)),))
    template = templates()[0]
    deck = compose(Script("T", "en", (draft,)), template)
    from pathlib import Path

    data = drawn(deck, template, Path())
    assert data == drawn(deck, template, Path())
    (shown,) = pptx.Presentation(io.BytesIO(data)).slides
    lines = shown.shapes._spTree.xpath("./p:cxnSp")
    assert {n.xpath("string(.//p:cNvPr/@name)") for n in lines} == {"Arrow", "Line"}
    assert len([n for n in lines if n.xpath(".//a:headEnd")]) == 1
    assert len([n for n in lines if n.xpath(".//a:prstDash")]) == 1
