"""A deck as it is written, opened again: what a facilitator finds in the file."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pptx
import pytest
from PIL import Image

from courseware.model.session import Course
from courseware.pptx import values
from courseware.pptx.pictures.images import media
from courseware.pptx.write.check import fault, faults
from courseware.products.table import PRODUCTS, VARIANTS, page
from courseware.writers import WRITERS, Made
from tests.support import session_of
from tests.templates import TEMPLATES

SESSION = """# Session 07: Working with Teams

**Week 2 | Duration: 90 minutes**

## Learning Objectives

- Tell roles apart
    - by what they *make*
- Ask the **right** person

## Who does what

### Pipelines

A pipeline moves $c_0$ data, see [the manual](https://example.org/a?b=1&c=2) and `make all`.

```python
def go(n: int) -> int:
    return n + 1  # more
```

![A chain of three boxes](chain.svg)

![A photograph on its side](side.jpg)

![A picture that no office program reads](small.webp)

| Role | Makes |
|---|---|
| Engineer | pipelines |
| Analyst | reports |

### Quality

Each step is checked before the next begins.

## Exercise 1: Roles (20 min)

**Group:** threes

1. Who is asked first?
2. Why?

::: facilitator
Say zanzibar quietly.
:::

::: answer
The quagga engineer.
:::

## Reflection questions

1. When do you ask?
2. Whom do you tell?

## Key takeaways

- Ask early
"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60">
<rect width="80" height="60" fill="#246"/><text x="90" y="40" font-family="Calibri">box</text></svg>"""


def files(folder: Path) -> None:
    (folder / "chain.svg").write_text(SVG, "utf-8")
    picture = Image.new("RGB", (4000, 1000), "red")
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(folder / "side.jpg", exif=exif)
    Image.new("RGB", (60, 40), "blue").save(folder / "small.webp")


def written(folder: Path, product: str = "slides", **course: Any) -> Made:
    rows = {**PRODUCTS, **VARIANTS}
    whole = Course(
        title="Tea & Teams", author="Ada Brewer", sessions=(session_of(SESSION),), **course
    )
    found = page(rows[product], whole, "session.md")
    assert found is not None
    return WRITERS[rows[product].writer].write(found, folder, "a4")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("course")
    files(found)
    return found


@pytest.fixture(scope="module")
def made(folder: Path) -> Made:
    return written(folder)


@pytest.fixture(scope="module")
def slides(made: Made) -> list[Any]:
    return list(pptx.Presentation(io.BytesIO(made.data)).slides)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def shapes(slides: list[Any]) -> Iterator[Any]:
    for slide in slides:
        yield from slide.shapes


def titled(slides: list[Any], title: str) -> Any:
    return next(s for s in slides if s.shapes.title.text_frame.text.startswith(title))


def text_of(slide: Any) -> str:
    return " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)


def notes_of(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text) if slide.has_notes_slide else ""


def test_it_is_whole_and_says_how_many_slides_it_has(made: Made, slides: list[Any]) -> None:
    assert made.findings == () and faults(made.data) == []
    assert made.count == len(slides) > 10
    assert set(made.map.values()) <= set(range(1, made.count + 1))


def test_every_slide_has_its_own_title_in_a_title_placeholder(slides: list[Any]) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert len(set(titles)) == len(titles) and all(titles)


def test_text_is_in_the_layouts_placeholders(slides: list[Any]) -> None:
    exercise = titled(slides, "Exercise 1")
    assert exercise.slide_layout.name == "Exercise"
    names = {s.name: s.text_frame.text for s in exercise.placeholders if s.has_text_frame}
    assert names["Time"] == "20" and names["Group"].split("\n") == ["min", "threes"]
    loose = {s.name for s in shapes(slides) if s.has_text_frame and not s.is_placeholder}
    assert {name for name in loose if not name.startswith("Span ")} == {"Progress"}


def test_a_text_follows_its_template_and_fits_itself_again(slides: list[Any]) -> None:
    body = next(s for s in titled(slides, "Learning Objectives").placeholders if s.name == "Body")
    first = body.text_frame.paragraphs[0]
    assert first._p.pPr is None or not (first._p.pPr.attrib or len(first._p.pPr))
    assert body._element.txBody.bodyPr.find("{*}normAutofit") is not None
    levels = [p.level for p in body.text_frame.paragraphs]
    assert levels == [0, 1, 0]
    assert [r.font.bold for r in body.text_frame.paragraphs[2].runs] == [None, True, None]


def test_another_theme_changes_every_text_but_code(slides: list[Any]) -> None:
    for slide in slides:
        faces = set(slide._element.xpath(".//a:r//@typeface"))
        assert faces <= {"+mj-lt", "+mn-lt", "Consolas"}
        coded = slide.slide_layout.name == "Code"  # highlighted in the layout's own face
        own = slide._element.xpath(".//a:r[not(.//a:latin)]//a:srgbClr | .//p:spPr//a:srgbClr")
        assert own == [] or coded, slide.shapes.title.text_frame.text


def test_a_table_is_one_with_a_header_row(slides: list[Any]) -> None:
    table = next(s for s in titled(slides, "Pipelines (5").shapes if s.has_table)
    assert table.table.first_row and table.is_placeholder
    assert [c.text for c in table.table.rows[0].cells] == ["Role", "Makes"]
    assert table._element._nvXxPr.cNvPr.get("descr") == "Table: Role, Makes"


def test_code_is_monospaced_text_in_colours(slides: list[Any]) -> None:
    code = next(s for s in shapes(slides) if s.has_text_frame and "def go" in s.text_frame.text)
    assert code.text_frame.text.split("\n")[1].startswith("    return n + 1")
    colours = {c.get("val") for c in code._element.xpath(".//a:srgbClr")}
    assert len(colours) > 1
    assert code.text_frame.paragraphs[0].line_spacing is None


def test_pictures_are_upright_small_and_in_formats_that_office_reads(made: Made, slides: list[Any]) -> None:  # fmt: skip
    found = parts(made.data)
    kinds = sorted(name.rsplit(".", 1)[1] for name in found if name.startswith("ppt/media/"))
    assert kinds == [
        "jpeg",
        "jpeg",
        "png",
        "png",
        "svg",
    ]  # the formula and the drawing are the PNGs
    photograph = next(s for s in shapes(slides) if "side" in alt(s) or "photograph" in alt(s))
    assert photograph.height > photograph.width
    assert photograph.image.size[1] > photograph.image.size[0]
    assert photograph.image.size[1] <= photograph.height / 914400 * 220 + 2


def alt(shape: Any) -> str:
    return str(shape._element._nvXxPr.cNvPr.get("descr") or "")


def test_a_drawing_stays_one_with_a_raster_beside_it(made: Made, slides: list[Any]) -> None:
    drawing = next(s for s in shapes(slides) if alt(s) == "A chain of three boxes")
    ids = drawing._element.xpath(".//a:blip//*[local-name()='svgBlip']/@r:embed")
    part = drawing.part.related_part(ids[0])
    assert part.content_type == "image/svg+xml" and b"<svg" in part.blob
    width, height = struct.unpack(">II", drawing.image.blob[16:24])
    assert width / height == pytest.approx(5, rel=0.02)


def test_a_formula_is_a_picture_with_words_for_it(slides: list[Any]) -> None:
    formula = next(s for s in shapes(slides) if s.name == "Formula")
    assert alt(formula) == "c sub 0"
    assert formula._element._nvXxPr.cNvPr.get("title") == "c_0"
    drawn = Image.open(io.BytesIO(formula.image.blob)).convert("RGBA")
    assert drawn.width / drawn.height == pytest.approx(formula.width / formula.height, rel=0.1)
    assert drawn.getchannel("A").getextrema() == (0, 255)


@pytest.mark.parametrize(
    "tex", ["c_0", r"\frac{a}{b}", r"\sqrt{x}", r"\boxed{x}", r"\underbrace{N p}_{\text{all}}"]
)
@pytest.mark.parametrize("colour", ["F4F1E8", "123456"])
def test_a_formula_has_the_colour_of_its_text(tex: str, colour: str, tmp_path: Path) -> None:
    image = values.Image(0.0, 0.0, 40.0, 20.0, "", math=tex, colour=colour)
    drawn = Image.open(io.BytesIO(media(image, tmp_path).data)).convert("RGBA")
    data = drawn.tobytes()
    inks = {tuple(data[n : n + 3]) for n in range(0, len(data), 4) if data[n + 3] == 255}
    assert inks == {tuple(bytes.fromhex(colour))}


def test_links_lead_to_the_web(slides: list[Any]) -> None:
    links = [h.address for s in shapes(slides) if s.has_text_frame
             for p in s.text_frame.paragraphs for h in (r.hyperlink for r in p.runs) if h.address]  # fmt: skip
    assert links == ["https://example.org/a?b=1&c=2"]


def test_every_run_has_its_language(made: Made) -> None:
    for name, data in parts(made.data).items():
        if name.startswith(("ppt/slides/slide", "ppt/notesSlides/notesSlide")):
            runs = re.findall(rb"<a:rPr\b[^>]*>", data)
            assert runs and all(b'lang="en-US"' in run for run in runs), name


def test_notes_are_pages_with_lists(slides: list[Any]) -> None:
    exercise = titled(slides, "Exercise 1")
    notes = exercise.notes_slide
    assert "Say zanzibar quietly." in notes.notes_text_frame.text
    assert "quagga" in notes.notes_text_frame.text
    kinds = [p.placeholder_format.type for p in notes.placeholders]
    assert len(kinds) == 3
    number = next(s for s in notes.placeholders if s.name == "Number")
    assert number._element.xpath(".//a:fld[@type='slidenum']")


def test_nothing_of_the_facilitators_is_on_a_slide(slides: list[Any]) -> None:
    shown = " ".join(text_of(slide) for slide in slides)
    assert "zanzibar" not in shown and "quagga" not in shown


def test_a_file_without_notes_has_the_same_slides(folder: Path, made: Made, slides: list[Any]) -> None:  # fmt: skip
    plain = written(folder, "slides --no-notes")
    assert fault(plain.data) == ""
    others = list(pptx.Presentation(io.BytesIO(plain.data)).slides)
    assert [text_of(s) for s in others] == [text_of(s) for s in slides]
    assert not any(s.has_notes_slide for s in others)
    assert b"zanzibar" not in b"".join(parts(plain.data).values())


def test_the_footer_has_the_course_the_session_and_the_number(slides: list[Any]) -> None:
    feet = [
        {s.name: s.text_frame.text for s in slide.placeholders if s.has_text_frame}
        for slide in slides[1:]
    ]
    assert feet[0]["Footer"] == "Tea & Teams · Working with Teams"
    assert feet[2]["Footer"] == "1 / 4   Who does what" and feet[2]["Number"] == "4"
    assert {s.name for s in slides[0].placeholders} == {"Title", "Subtitle", "Figure"}


def test_sections_are_powerpoints(made: Made) -> None:
    main = parts(made.data)["ppt/presentation.xml"].decode()
    names = re.findall(r'<p14:section name="([^"]*)"', main)
    assert names[:2] == ["Working with Teams", "Learning Objectives"]
    listed = re.findall(r'<p14:sldId id="(\d+)"', main)
    assert listed == re.findall(r'<p:sldId [^>]*?\bid="(\d+)"', main) and len(listed) == made.count


def test_properties_are_the_courses(made: Made) -> None:
    found = parts(made.data)
    core = found["docProps/core.xml"].decode()
    assert "<dc:creator>Ada Brewer</dc:creator>" in core and "Working with Teams" in core
    assert "python-pptx" not in core and "2013" not in core and "Canny" not in core


def test_two_builds_are_the_same_bytes(folder: Path, made: Made) -> None:
    assert written(folder).data == made.data


@pytest.mark.parametrize("name", TEMPLATES)
def test_any_template_carries_a_deck(name: str, folder: Path, tmp_path: Path) -> None:
    template = tmp_path / "house.pptx"
    template.write_bytes(TEMPLATES[name]())
    found = written(folder, template=str(template))
    assert faults(found.data) == []
    assert {f.code for f in found.findings} <= {"C312", "C313"}
    shown = pptx.Presentation(io.BytesIO(found.data))
    assert "Old slide" not in " ".join(text_of(s) + notes_of(s) for s in shown.slides)


def test_a_template_that_is_none_makes_no_deck(folder: Path) -> None:
    found = written(folder, template="chain.svg")
    assert found.data == b"" and [f.code for f in found.findings] == ["C311"]
    found = written(folder, template="lost.pptx")
    assert found.data == b"" and "lost.pptx" in found.findings[0].message


def test_a_link_to_a_slide_leads_there(folder: Path) -> None:
    layouts = folder / "layouts" / "slides"
    layouts.mkdir(parents=True)
    question = layouts / "question.html.j2"
    question.write_text(
        '<section class="slide" data-layout="content" data-source="{{ slide.source }}">'
        '<h1>{{ prose(slide.title) }}</h1><div data-placeholder="body">'
        '<p><a href="#{{ deck.slides[1].source }}">back</a></p>'
        "</div></section>", "utf-8")  # fmt: skip
    try:
        found = written(folder)
    finally:
        question.unlink()
    assert faults(found.data) == [] and found.findings == ()
    shown = list(pptx.Presentation(io.BytesIO(found.data)).slides)
    runs = [h for s in shown for h in s._element.xpath(".//a:hlinkClick[@action]")]
    assert len(runs) == 2
    assert runs[0].get("action") == "ppaction://hlinksldjump"


def test_the_schemas_of_office_find_nothing(made: Made, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    deck = tmp_path / "deck.pptx"
    deck.write_bytes(made.data)
    result = OpenXmlValidator().validate(deck)
    assert result.errors == []


def test_a_broken_file_is_found_out(made: Made) -> None:
    from courseware.pptx.write.making import packed

    found = parts(made.data)
    assert fault(made.data[:-400]) == "an incomplete archive"

    def broken(name: str, data: bytes | None) -> str:
        rest = {n: d for n, d in found.items() if n != name}
        return fault(packed(rest if data is None else {**rest, name: data}))

    media = next(n for n in found if n.startswith("ppt/media/"))
    assert "which is not there" in broken(media, None)
    assert "content type" in broken("[Content_Types].xml", found["[Content_Types].xml"].replace(
        b"presentationml.slide+xml", b"presentationml.slideLayout+xml"))  # fmt: skip
    assert "is empty" in broken("ppt/slides/slide2.xml", found["ppt/slides/slide2.xml"].replace(
        b"by what they ", b"").replace(b"make", b"").replace(b"Tell roles apart", b"").replace(
        b"Ask the ", b"").replace(b"right", b"").replace(b" person", b""))  # fmt: skip
    assert "titled" in broken("ppt/slides/slide3.xml", found["ppt/slides/slide4.xml"])
    assert "cannot be opened" in broken("ppt/slides/slide3.xml", b"<p:sld")


@pytest.mark.parametrize("content", [
    "$$A = \\pi r^2$$", "- $a$\n- $b$", "1. $a$", "> $a$", "- [ ] $a$", "~~$a$~~", "### $a^2$\n\nText.",
    "### Area of $a$\n\n$x$\n\n### Area of $b$\n\n$y$", "### $a$\n\nx\n\n### $b$\n\ny", "$x$\n: $y$",
    "```python\n```", "```\n\n```", "> ```\n> ```", "- ```\n  ```", "![x](a%00.png)", "![](no.png)", "## <br>\n\nText",
    "::: slide \"$x$\"\n$y$\n:::", "| $a$ |\n|-|\n| |", "<details><summary>$x$</summary>$y$</details>", "**$x$**",
    "::: exercise\n$x$\n:::", "::: objectives\n- $x$\n:::", "::: canvas \"\" \"\"", "&nbsp;", "## 🎯\n\n$x$", "- ",
])  # fmt: skip
def test_what_stands_alone_on_a_slide_is_no_fault(content: str, tmp_path: Path) -> None:
    session = session_of(f"# Circles\n\n## Circle\n\n{content}\n")
    found = page(PRODUCTS["slides"], Course(title="", sessions=(session,)), "session.md")
    assert found is not None
    made = WRITERS["pptx"].write(found, tmp_path, "a4")
    assert made.data and faults(made.data) == []


def test_what_the_author_chose_for_a_layout_is_used(folder: Path) -> None:
    found = written(folder, layouts={"quote": "Code", "exercise": "Two Content"})
    shown = list(pptx.Presentation(io.BytesIO(found.data)).slides)
    assert titled(shown, "Exercise 1").slide_layout.name == "Two Content"
    assert msgspec.json.encode(found.map)


DRAWN = """# Nets

## How a net is made

Flax → Yarn → Knots → Net

## Which net first

```
          Much fish
              |
  Mend now    |  Buy one
 Little ------+------ Much
 work         |       work
  Leave it    |  Sell it
              |
          Little fish
```

## Exercise 1: Plan (20 min)

Fill the plan.

```
Boat: which one? ______
Crew: who rows? ______
Place: how far? ______
Catch: which fish? ______
```
"""


def test_drawn_shapes_are_the_theme_s_and_can_be_edited(tmp_path: Path) -> None:
    course = Course(title="", sessions=(session_of(DRAWN),))
    found = page(PRODUCTS["slides"], course, "session.md")
    assert found is not None
    made = WRITERS[PRODUCTS["slides"].writer].write(found, tmp_path, "a4")
    assert fault(made.data) == ""
    slides = list(pptx.Presentation(io.BytesIO(made.data)).slides)
    names = [shape.name for slide in slides for shape in slide.shapes]
    for kind, count in (("Step", 4), ("Term", 4), ("Card", 4), ("Axis", 4), ("Field", 4)):
        assert sum(name.startswith(f"{kind} ") for name in names) == count
    assert names.count("Arrow") == 3 + 2
    said = " ".join(s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame)
    assert all(word in said for word in ("Flax", "Mend now", "Much fish", "Catch", "which fish?"))
    assert not any(slide._element.xpath(".//a:srgbClr") for slide in slides)
