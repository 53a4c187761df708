"""Text of decks is read on what is behind it, on any template."""

from __future__ import annotations

import io
from pathlib import Path

import PIL.Image
import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.course.loading import load
from courseware.model.colours import READABLE, contrast
from courseware.pptx.template.contrast import MEDIUM_2, grounds, ink_on, readable, table_inks
from courseware.pptx.template.drawn import with_drawn
from courseware.pptx.template.reader import builtin, read
from courseware.pptx.template.template import meet
from courseware.pptx.values import Image, Text
from courseware.pptx.write.draw import drawn
from courseware.pptx.write.furniture import paper
from courseware.pptx.write.making import composed
from courseware.products.table import PRODUCTS, page
from tests.templates import TEMPLATES, banded, dark

SESSION = """# Trees

## Kinds

| Tree | Street |
|---|---|
| Oak | [High Street](https://example.org) |

```python
def oak(n):  # a tree
    return "oak" * n
```

![A tree](tree.png "An oak")

> [!WARNING]
> Never in summer heat.

## Questions

1. Why do trees stand?

## Exercise 1: Plant (10 min)

What do you plant?
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30">
<path d="M5 5h50" stroke="#111"/><text x="5" y="20" font-size="6">An oak</text></svg>"""
HEX = st.from_regex(r"[0-9A-F]{6}", fullmatch=True)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_text_of_a_deck_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "house.pptx").write_bytes(TEMPLATES[name]())
    (tmp_path / "course.yml").write_text("title: T\ntemplate: house.pptx\n")
    (tmp_path / "trees.md").write_text(SESSION)
    found = page(PRODUCTS["slides"], load(tmp_path).course, "trees.md")
    assert found is not None
    made = composed(found, tmp_path)
    assert made.deck is not None and len(made.deck.slides) > 5
    known, judged = grounds(made.template.data), 0
    for slide in made.deck.slides:
        for box in slide.boxes:
            filled = made.template.colours.get(box.place.fill, "")
            behind = filled or known[made.template.layouts[slide.layout].number].behind(box.place)
            for line in box.content.lines if isinstance(box.content, Text) and behind else ():
                level = box.place.levels[min(line.level, len(box.place.levels) - 1)]
                assert contrast(level.colour, behind or "") >= READABLE, (
                    slide.layout,
                    box.place.name,
                )
                judged += 1
    assert judged > 5
    assert drawn(made.deck, made.template, tmp_path)


def test_what_is_read_keeps_its_colour_and_says_nothing() -> None:
    template = read(builtin(), {})[0]
    made, told = readable(template, "x")
    assert told == () and not made.layouts["content"].places["body"].levels[0].inked
    shown = [p.levels[0] for layout in made.layouts.values() for p in layout.places.values()]
    assert not any(level.inked for level in shown)


def test_a_dark_title_on_a_dark_band_takes_the_light_ink() -> None:
    template = read(banded(), {})[0]
    title = readable(template, "x")[0].layouts["content"].places["title"].levels[0]
    assert (title.colour, title.ground, title.inked) == ("FFFFFF", "7A0016", True)


def test_the_heads_of_tables_are_read() -> None:
    head, rows = table_inks(dark(), MEDIUM_2)
    assert contrast(head, "E9C46A") >= READABLE and rows == ""
    assert table_inks(builtin(), "{6B5F1C2E-0F4D-4B57-9C0A-8E2D7A41C5D1}") == ("", "")


def test_the_file_says_a_mended_colour_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "house.pptx").write_bytes(dark())
    (tmp_path / "course.yml").write_text("title: T\ntemplate: house.pptx\n")
    (tmp_path / "trees.md").write_text(SESSION)
    found = page(PRODUCTS["slides"], load(tmp_path).course, "trees.md")
    assert found is not None
    made = composed(found, tmp_path)
    assert made.deck is not None
    shown = pptx.Presentation(io.BytesIO(drawn(made.deck, made.template, tmp_path)))
    *_, table = [s.table for slide in shown.slides for s in slide.shapes if s.has_table]
    head, cell = (table.cell(row, 0)._tc for row in (0, 1))
    (name,) = head.xpath(".//a:rPr//a:schemeClr/@val")
    assert made.template.colours[name] == "0B1220" and not cell.xpath(".//a:rPr//a:solidFill")


@given(st.lists(HEX, min_size=1, max_size=3), HEX, HEX)
def test_there_is_an_ink_for_any_ground(grounds_: list[str], own: str, other: str) -> None:
    colours = {"tx1": other, "bg1": "FFFFFF"}
    ink = ink_on(grounds_[:1], own, colours)
    assert contrast(ink, grounds_[0]) >= READABLE
    assert ink == own or contrast(own, grounds_[0]) < READABLE
    assert ink_on(grounds_, own, colours)


@pytest.mark.parametrize("data", [dark(), banded()])
def test_questions_and_exercises_without_layouts_are_drawn(data: bytes) -> None:
    before, told = read(data, {})
    made = with_drawn(before)
    question, exercise = made.layouts["question"].places, made.layouts["exercise"].places
    title = made.layouts["content"].places["title"]
    assert question["title"].levels[0].size >= max(40 * made.scale, title.levels[0].size)
    assert question["title"].height > 2 * title.height and question["body"].y > question["title"].y
    foot = (
        question["title"].y + question["title"].height
    )  # two lines at its foot are in the slide's middle
    assert question["title"].anchor == "bottom" and 0.55 <= foot / made.height <= 0.68
    assert exercise["time"].x + exercise["time"].width <= exercise["body"].x
    assert exercise["time"].levels[0].size > exercise["group"].levels[0].size
    assert not meet(exercise["time"], exercise["group"]) and not meet(
        exercise["group"], exercise["body"]
    )
    assert not any("question" in f.message or "exercise" in f.message for f in told)
    assert with_drawn(read(builtin(), {})[0]).layouts == read(builtin(), {})[0].layouts


def drawing() -> bytes:
    return DRAWING.encode()


def raster(ink: str, mode: str = "RGBA", ground: int = 0) -> bytes:
    """Return a PNG of lines of an ink on clear ground, or on as much white as `ground` says."""
    picture = PIL.Image.new("RGBA", (120, 60), (255, 255, 255, ground))
    for y in range(5, 60, 12):
        picture.paste(ink, (10, y, 110, y + 3))
    out = io.BytesIO()
    picture.quantize(16).save(out, "PNG") if mode == "P" else picture.convert(mode).save(out, "PNG")
    return out.getvalue()


PICTURES = {
    "drawing.svg": (drawing(), "000000"),
    "dark.png": (raster("#111111"), "000000"),
    "palette.png": (raster("#202020", "P"), "000000"),
    "grey.png": (raster("#000000", "LA"), "000000"),
    "light.png": (raster("#FFFFFF"), "FFFFFF"),
    "middle.png": (raster("#8A8A8A"), ""),
    "full.png": (raster("#111111", "RGB"), ""),
    "covered.png": (raster("#111111", ground=255), ""),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_picture_on_ground_of_its_ink_stands_on_paper(name: str, tmp_path: Path) -> None:
    (tmp_path / "house.pptx").write_bytes(TEMPLATES[name]())
    (tmp_path / "course.yml").write_text("title: T\ntemplate: house.pptx\n")
    for source, (data, _) in PICTURES.items():
        (tmp_path / source).write_bytes(data)
    shows = "".join(f"## An oak of {source}\n\n![An oak]({source})\n\n" for source in PICTURES)
    (tmp_path / "trees.md").write_text(f"# Trees\n\n{shows}## Next\n")
    found = page(PRODUCTS["slides"], load(tmp_path).course, "trees.md")
    assert found is not None
    made = composed(found, tmp_path)
    assert made.deck is not None
    slides = [s for s in made.deck.slides if any(isinstance(b.content, Image) for b in s.boxes)]
    file = pptx.Presentation(io.BytesIO(drawn(made.deck, made.template, tmp_path)))
    for slide, (source, (_, ink)) in zip(slides, PICTURES.items(), strict=True):
        (shown,) = [b.content for b in slide.boxes if isinstance(b.content, Image)]
        assert shown.colour == ink, source
        behind = made.template.layouts[slide.layout].background
        ground = paper(shown, slide, made.template)
        if not ink or contrast(behind, ink) >= READABLE:
            assert ground is None, source
            continue
        assert ground is not None, source
        assert contrast(made.template.colours[ground[0]], ink) >= READABLE, source
        shapes = list(file.slides[slide.number - 1].shapes)
        pictures = [n for n, s in enumerate(shapes) if s._element.tag.endswith("}pic")]
        assert shapes[pictures[0] - 1].name == "Paper", source


ASKED = "# Trees\n\n## Questions\n\n1. {}\n\n## Exercise 1: Plant (10 min)\n\nWhat do you plant?\n\n## Kinds\n\nSay it so:\n\n```sh\noak\n```\n\nThen say it to all of them.\n"
LONG = "Your team can look at one tree for two weeks. Would you take the highest, the oldest, or the one that you know least about?"


@pytest.mark.parametrize("question", ["Why?", LONG])
def test_no_text_is_on_the_edge_of_a_band(question: str, tmp_path: Path) -> None:
    (tmp_path / "house.pptx").write_bytes(banded())
    (tmp_path / "course.yml").write_text("title: T\ntemplate: house.pptx\n")
    (tmp_path / "trees.md").write_text(ASKED.format(question))
    found = page(PRODUCTS["slides"], load(tmp_path).course, "trees.md")
    assert found is not None
    made = composed(found, tmp_path)
    known, judged = grounds(made.template.data), 0
    assert made.deck is not None
    for slide in made.deck.slides:
        for _, top, _, high, _ in known[made.template.layouts[slide.layout].number].shapes:
            own = (b.place for b in slide.boxes if isinstance(b.content, Text) and b.place.moved)
            for place in own:  # others stand where their template has them
                assert place.y >= top + high, (slide.layout, place.name)
                judged += 1
    assert judged > 1
