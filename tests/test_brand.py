"""A course's brand: read, made fit to be read, and on paper, slides and the site."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pptx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from courseware.cli.commands import main
from courseware.course.brand import read_brand
from courseware.course.loading import load
from courseware.folders import layouts
from courseware.html.design import design
from courseware.html.rendering import render
from courseware.model.brand import SHIPPED, Brand, FontFile
from courseware.model.colours import WHITE, contrast, darkened, lightened, luminance
from courseware.pdf.pages import laid_out, stylesheets
from courseware.pdf.sheets import sheets as sheets_of
from courseware.pdf.sheets import walk
from courseware.pptx.text import faces
from courseware.products.table import PRODUCTS, page
from courseware.writers import WRITERS
from tests.support import PROJECT

MARGIN = 14 * 72 / 25.4
"""Points of the narrowest margin of a course's own pages."""
COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><rect width="80" height="20" fill="#437725"/></svg>'
SESSION = "# Soil\n\n## Kinds\n\n- Clay\n- Loam\n\n## Exercise 1: Dig (5 min)\n\nWhy?\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a course with a logo and files of a family."""
    (tmp_path / "fonts").mkdir()
    for weight in ("Regular", "Bold"):
        data = (layouts() / "fonts" / f"LiberationSans-{weight}.ttf").read_bytes()
        (tmp_path / "fonts" / f"GardenSans-{weight}.ttf").write_bytes(data)
    (tmp_path / "logo.svg").write_text(DRAWING)
    (tmp_path / "01-soil.md").write_text(SESSION)
    return tmp_path


FULL = """
meta: {name: Mill Lane}
logo:
  images:
    mark: {path: logo.svg, alt: Mill Lane}
  medium: mark
color:
  palette: {leaf: "#375", sun: orange}
  primary: leaf
  secondary: {light: sun, dark: white}
  foreground: "#3b2a1a"
typography:
  fonts:
    - family: Garden Sans
      source: file
      files: [fonts/GardenSans-Regular.ttf, {path: fonts/GardenSans-Bold.ttf, weight: bold}]
  base: {family: Garden Sans, size: 11pt}
  headings: Carlito
"""


def test_the_keys_that_quarto_reads_are_read(course: Path) -> None:
    (course / "_brand.yml").write_text(FULL)
    brand, told = read_brand(course)
    assert (brand.accent, brand.ink, brand.logo, brand.alt) == (
        "#337755",
        "#3b2a1a",
        "logo.svg",
        "Mill Lane",
    )
    assert (brand.face, brand.heading, brand.code) == ("Garden Sans", "Carlito", "")
    assert [(f.path[-12:], f.weight) for f in brand.fonts] == [
        ("-Regular.ttf", 400),
        ("ans-Bold.ttf", 700),
    ]
    assert [f.code for f in told] == ["C199"] and brand.second == darkened(
        "#ffa500", WHITE, "#eff2f6"
    )


@pytest.mark.parametrize("inside", [True, False])
def test_a_brand_may_stand_in_course_yml_or_be_named_there(course: Path, inside: bool) -> None:
    (course / "house.yml").write_text('color: {primary: "#123456"}\n')
    said = '{color: {primary: "#123456"}}' if inside else "house.yml"
    (course / "course.yml").write_text(f"title: T\nbrand: {said}\n")
    assert read_brand(course) == (Brand(accent="#123456"), [])


def test_short_keys_come_before_the_brands(course: Path) -> None:
    (course / "_brand.yml").write_text('color: {primary: "#123456", foreground: "#222222"}\n')
    (course / "course.yml").write_text(
        'title: T\naccent: "#654321"\nlogo: logo.svg\nfonts: {Garden Sans: fonts/GardenSans-Regular.ttf}\n'
    )
    brand, told = read_brand(course)
    assert (brand.accent, brand.ink, brand.logo, brand.face, told) == (
        "#654321",
        "#222222",
        "logo.svg",
        "Garden Sans",
        [],
    )
    assert load(course).course.brand == brand


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("color: {primary: greeen}\n", 1),
        ("colour: {primary: green}\n", 1),
        ("\nlogo: away.png\n", 2),
        ("\n\nlogo: ../logo.svg\n", 3),
        ("typography: {base: Poppins}\n", 1),
        ("typography: {fonts: [{family: G, files: [logo.svg]}]}\n", 1),
        ("color: [red]\ntypography: 3\nlogo: [a]\n", 3),
    ],
)
def test_what_cannot_be_used_is_told_where_it_stands(course: Path, text: str, line: int) -> None:
    (course / "_brand.yml").write_text(text)
    brand, told = read_brand(course)
    assert brand in (Brand(), Brand(accent="")) and not brand.face
    assert [(f.code, f.span.path, f.span.line) for f in told] == [("C192", "_brand.yml", line)]
    assert " object at " not in told[0].message


def test_light_text_on_dark_is_dark_text_on_paper(course: Path) -> None:
    (course / "_brand.yml").write_text("color: {foreground: white, background: '#102030'}\n")
    assert read_brand(course) == (Brand(ink="#102030"), [])


@given(COLOURS, COLOURS)
def test_a_mended_colour_is_read_and_its_grey_as_well(colour: str, other: str) -> None:
    made = darkened(colour, WHITE)
    assert contrast(made, WHITE) >= 4.5
    assert made == colour or contrast(colour, WHITE) < 4.5
    assert contrast(lightened(colour, "#000000"), "#000000") >= 4.5
    grey = (luminance(made) + 0.05) / 1.05
    assert 1 / grey == pytest.approx(contrast(made, WHITE))
    assert contrast(colour, other) == contrast(other, colour) >= 1


@given(COLOURS)
def test_a_theme_made_of_any_accent_can_be_read(accent: str) -> None:
    theme = Brand(accent=darkened(accent, WHITE, "#eff2f6")).theme()
    assert (
        contrast(theme["accent4"], theme["accent1"]) >= 4.5
        and contrast(theme["accent4"], theme["dk2"]) >= 4.5
    )
    assert contrast(WHITE, theme["dk2"]) >= 7 and contrast(theme["lt2"], theme["dk2"]) >= 7
    assert Brand().theme() == {}


def test_paper_has_the_brands_values_and_a_logo(course: Path) -> None:
    (course / "_brand.yml").write_text(FULL)
    loaded = load(course)
    found = page(PRODUCTS["handout"], loaded.course, "01-soil.md")
    assert found is not None
    html = render(found, course)
    assert '<img class="logo"' in html and 'alt="Mill Lane"' in html
    values = design(course, loaded.course.brand)
    assert values["accent"] == "#337755" and values["face"].startswith('"Garden Sans", "Atkinson')
    assert values["head-face"].startswith('"Carlito", "Atkinson')
    made = WRITERS["pdf"].write(found, course, "a4")
    with pikepdf.open(io.BytesIO(made.data)) as document:
        names = {str(f.BaseFont) for f in document.pages[0].Resources.Font.values()}
    assert any("Garden-Sans" in name for name in names) and any("Carlito" in name for name in names)


def test_a_courses_own_stylesheet_comes_after_the_brand(course: Path) -> None:
    (course / "_brand.yml").write_text(FULL)
    (course / "layouts" / "shared").mkdir(parents=True)
    (course / "layouts" / "shared" / "course.css").write_text(":root { --accent: #000080 }\n")
    loaded = load(course)
    found = page(PRODUCTS["handout"], loaded.course, "01-soil.md")
    assert found is not None and design(course, loaded.course.brand)["accent"] == "#000080"
    *_, brand, own = stylesheets(found, course, "a4")
    assert isinstance(brand, str) and "#337755" in brand and str(own).endswith("course.css")


def test_slides_have_the_theme_and_the_logo_unless_a_template_is_named(course: Path) -> None:
    (course / "_brand.yml").write_text(FULL)
    made = WRITERS["pptx"].write(_deck(course), course, "a4")
    shown = pptx.Presentation(io.BytesIO(made.data))
    theme = next(
        r.target_part
        for r in shown.slide_master.part._rels.values()
        if r.reltype.endswith("/theme")
    )
    assert (
        b'<a:accent1><a:srgbClr val="337755"/>' in theme.blob
        and b'<a:latin typeface="Garden Sans"/>' in theme.blob
    )
    assert len(shown.slide_layouts[0]._element.xpath(".//p:pic")) == 1
    assert not any(f.code == "C313" for f in made.findings)
    (course / "house.pptx").write_bytes((layouts() / "slides" / "template.pptx").read_bytes())
    (course / "course.yml").write_text("title: T\ntemplate: house.pptx\n")
    plain = pptx.Presentation(io.BytesIO(WRITERS["pptx"].write(_deck(course), course, "a4").data))
    assert not plain.slide_layouts[0]._element.xpath(".//p:pic")


def _deck(course: Path):  # type: ignore[no-untyped-def]
    found = page(PRODUCTS["slides"], load(course).course, "01-soil.md")
    assert found is not None
    return found


def test_the_families_of_both_tables_are_the_same() -> None:
    assert set(SHIPPED) == set(faces.SHIPPED)


def test_a_brand_is_a_value_that_jobs_pass_on() -> None:
    brand = Brand(fonts=(FontFile("A", "a.ttf", 700, "italic"),))
    assert hash(brand) == hash(
        Brand(fonts=(FontFile("A", "a.ttf", 700, "italic"),))
    ) and brand.shipped("A")


def test_no_course_without_a_brand_has_one() -> None:
    assert read_brand(PROJECT / "content") == (Brand(), [])


@given(COLOURS)
def test_the_grounds_of_a_brand_are_of_its_accent_and_text_is_read_on_them(colour: str) -> None:
    accent = darkened(colour, WHITE, "#eff2f6")
    values = design(layouts(), Brand(accent=accent))
    built_in = design(layouts())
    for ground in (values["tint"], values["work"]):
        assert (
            contrast(built_in["ink"], ground) >= 12 and contrast(built_in["quiet"], ground) >= 4.5
        )
    assert contrast(accent, values["tint"]) >= 4.3


def test_the_built_in_grounds_are_made_of_the_built_in_accent() -> None:
    built_in = design(layouts())
    values = design(layouts(), Brand(accent=built_in["accent"]))
    for name in ("tint", "work"):
        assert contrast(values[name], built_in[name]) < 1.03


@pytest.mark.parametrize("name", ["workbook", "run-book"])
def test_a_courses_own_pages_bear_its_logo(course: Path, name: str) -> None:
    (course / "_brand.yml").write_text(FULL)
    (course / "02-sand.md").write_text(SESSION.replace("Soil", "Sand"))
    out = course.parent / "out"
    args = ["--course", str(course), name, "--jobs", "1", "--output", str(out)]
    assert CliRunner().invoke(main, args).exit_code == 0
    with pikepdf.open(out / f"{name}.pdf") as pdf:
        figures = [
            n for n in pdf.objects if isinstance(n, pikepdf.Dictionary) and n.get("/S") == "/Figure"
        ]
        assert [str(f.Alt) for f in figures if f.Pg.objgen == pdf.pages[0].objgen] == ["Mill Lane"]
    with PdfDocument(out / f"{name}.pdf") as document:
        first, said = document[0], document[0].get_textpage()
        rights = [said.get_rect(at)[2] for at in range(said.count_rects())]
        assert rights and max(rights) <= first.get_width() - MARGIN


@pytest.mark.parametrize(("wide", "lines"), [(40, 1), (400, 2)])
def test_a_title_leaves_a_logo_the_width_that_it_has(course: Path, wide: int, lines: int) -> None:
    (course / "logo.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} 40"><rect width="{wide}" height="40"/></svg>'
    )
    (course / "course.yml").write_text("title: T\nlogo: logo.svg\n")
    (course / "01-soil.md").write_text("# Planning a Community Garden\n\n## Soil\n\nDig.\n")
    found = page(PRODUCTS["handout"], load(course).course, "01-soil.md")
    assert found is not None
    (sheet,) = sheets_of(laid_out(found, course, "a4"))
    title = next(p for p in walk(sheet.pieces) if p.tag == "h1")
    assert sum(p.kind == "line" for p in title.pieces) == lines
