"""A course's own layouts: the examples of docs/layouts.md, values, shadowed files, Letter."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from courseware.course.loading import load
from courseware.folders import layouts
from courseware.html.design import design
from courseware.pdf.fetching import CourseFetcher
from courseware.pdf.pages import laid_out, written
from courseware.pdf.sheets import sheets, walk, words
from courseware.pdf.writer import WrittenPdf
from courseware.products.table import PRODUCTS, page
from tests.support import PROJECT

GUIDE = (PROJECT / "docs" / "layouts.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```\w+ (layouts/\S+)\n(.*?)^```$", GUIDE, re.M | re.S)
SESSION = """# One

## Further reading

- A [book](https://www.example.org/a/book/) to read.
- An address that says itself: [example.org/b](https://example.org/b).

## Talk

Listen. See the [page](https://example.org/c).
"""


def course(folder: Path, files: dict[str, str]) -> Path:
    for name, text in {"one.md": SESSION, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def handout(folder: Path, paper: str = "a4") -> WrittenPdf:
    loaded = load(folder)
    found = page(PRODUCTS["handout"], loaded.course, "one.md")
    assert found is not None
    return written(found, loaded.root, paper)


def text_of(made: WrittenPdf) -> str:
    return " ".join(p.extract_text() for p in PdfReader(io.BytesIO(made.data)).pages)


@pytest.mark.parametrize("items", [
    "- Name: ______\n- Shelf: ____", "1. ______\n2. ______", "- 1.\n- 2.\n- 3.", "- one\n    - ____\n    - ____",
])  # fmt: skip
def test_a_blank_that_an_item_ends_with_reaches_to_its_edge(tmp_path: Path, items: str) -> None:
    course(
        tmp_path, {"one.md": f"# One\n\n## Talk\n\nWrite:\n\n{items}\n\nA word ____ in between.\n"}
    )
    found = page(PRODUCTS["handout"], load(tmp_path).course, "one.md")
    assert found is not None
    (sheet,) = sheets(laid_out(found, tmp_path, "a4"))
    blanks = [
        p
        for p in walk(sheet.pieces)
        if p.tag == "li" and p.kind == "block" and "fills" in p.classes
    ]
    assert len(blanks) >= 2
    for blank in blanks:
        right = max((p.right for p in walk((blank,)) if p.kind == "text"), default=0.0)
        assert blank.right - 12 < right <= blank.right + 1 and blank.right > 340
    lone = [p for p in walk(sheet.pieces) if p.tag == "ul" and p.kind == "block"]
    assert not ("1." in items and "- " in items) or "•" not in words(lone[0])


def test_the_guides_examples_are_two() -> None:
    assert [name for name, _ in EXAMPLES] == [
        "layouts/shared/course.css",
        "layouts/handout/page.html.j2",
    ]
    assert all(text.count("\n") <= 12 for _, text in EXAMPLES)


def test_a_course_changes_colours_and_adds_words_as_the_guide_says(tmp_path: Path) -> None:
    plain = handout(course(tmp_path / "plain", {}))
    own = handout(course(tmp_path / "own", dict(EXAMPLES)))
    assert own.reports == ()
    assert "Questions about One?" in text_of(own) and "Questions about" not in text_of(plain)
    colour = "0.478431 0.121569 0.239216"  # #7a1f3d, as PDF says it
    assert colour in contents(own) and colour not in contents(plain)


def contents(made: WrittenPdf) -> str:
    """Return what the pages and the forms on them draw."""
    found = []
    for sheet in PdfReader(io.BytesIO(made.data)).pages:
        found.append(sheet.get_contents().get_data().decode("latin-1"))  # type: ignore[union-attr]
    return " ".join(found)


def test_every_value_that_the_guide_names_is_one(tmp_path: Path) -> None:
    table = GUIDE.split("| value |")[1].split("\n\n")[0]
    assert set(re.findall(r"`--([\w-]+)`", table)) == set(design(tmp_path))


def test_a_courses_values_come_after_the_built_in_ones(tmp_path: Path) -> None:
    course(tmp_path, {"layouts/shared/course.css": "/* own */ :root { --accent: #123 } p { x: y }"})
    assert design(tmp_path)["accent"] == "#123"
    assert design(tmp_path)["ink"] == design(tmp_path / "elsewhere")["ink"]


def test_what_a_stylesheet_imports_is_the_courses_where_it_has_it(tmp_path: Path) -> None:
    built_in = (layouts() / "shared" / "design.css").read_text("utf-8")
    own = built_in.replace("--page: A4", "--page: 150mm 200mm")
    course(tmp_path, {"layouts/shared/design.css": own})
    sheet = laid_out_sheet(tmp_path)
    assert (round(sheet[0]), round(sheet[1])) == (567, 756)


def laid_out_sheet(folder: Path) -> tuple[float, float]:
    """Return the first page's width and height in CSS pixels (1/96 in)."""
    loaded = load(folder)
    found = page(PRODUCTS["handout"], loaded.course, "one.md")
    assert found is not None
    first = laid_out(found, loaded.root, "a4").pages[0]
    return first.width, first.height


def test_a_courses_own_sheet_finds_what_it_does_not_have_among_the_built_in_ones(
    tmp_path: Path,
) -> None:
    own = '@import "../shared/design.css"; @page { size: var(--page) } p { color: var(--accent) }'
    course(tmp_path, {"layouts/handout/style.css": own})
    assert handout(tmp_path).reports == ()


def test_no_item_of_a_list_on_paper_is_set_as_a_word_of_a_line() -> None:
    """Such an item is no item in the structure tree: its text is directly in the list."""
    sheets = [path for path in layouts().glob("*/*.css") if path.parent.name != "site"]
    assert sheets
    rules = [(path.parent.name, rule[1].strip()) for path in sheets
             for rule in re.finditer(r"([^{}]+)\{([^{}]*)\}", path.read_text("utf-8"))
             if re.search(r"\bli(?![\w:-])[^ >+~]*$", rule[1].strip())
             and re.search(r"display:\s*inline", rule[2])]  # fmt: skip
    assert rules == []


def test_letter_is_216_by_279_mm_and_nothing_runs_over(tmp_path: Path) -> None:
    made = handout(course(tmp_path, {}), "letter")
    box = PdfReader(io.BytesIO(made.data)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (612, 792)


def test_a_reading_list_shows_addresses_that_its_words_do_not_say(tmp_path: Path) -> None:
    printed = text_of(handout(course(tmp_path, {})))
    assert "to read. example.org/a/book" in printed
    assert printed.count("example.org/b") == 1
    assert "example.org/c" not in printed


@pytest.mark.parametrize("url", ["../../secret.txt", "%2e%2e/%2e%2e/secret.txt"])
def test_shadowing_opens_no_way_out(url: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("no", "utf-8")
    root = course(tmp_path / "course", {"layouts/shared/course.css": ""})
    with pytest.raises((ValueError, OSError)):
        CourseFetcher(root).fetch((root / "layouts").as_uri() + "/" + url)
