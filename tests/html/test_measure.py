"""What is wider than a page is made to fit it: no word leaves the paper, whatever an author writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courseware.html import measure
from courseware.html.rendering import render
from courseware.model.session import Course
from courseware.pdf.pages import laid_out
from courseware.pdf.sheets import LayoutPage, sheets, walk
from courseware.products.table import PRODUCTS, page
from tests.support import session_of
from tools.quality import faults

LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


def printed(text: str, root: Path, paper: str = "a4") -> tuple[LayoutPage, ...]:
    session = session_of(text)
    found = page(PRODUCTS["handout"], Course(title="A course", sessions=(session,)), session.path)
    assert found is not None
    return sheets(laid_out(found, root, paper))


def html(text: str, root: Path) -> str:
    session = session_of(text)
    found = page(PRODUCTS["handout"], Course(title="A course", sessions=(session,)), session.path)
    assert found is not None
    return render(found, root)


def table(columns: int, word: str = "value") -> str:
    head = "|".join(f"Column {n}" for n in range(columns))
    row = "|".join(f"{word} {n}" for n in range(columns))
    return f"|{head}|\n|{'-|' * columns}\n" + f"|{row}|\n" * 4


@pytest.mark.parametrize("paper", ["a4", pytest.param("letter", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "text",
    [
        *(table(n) for n in (6, 9, 14, 25)),
        table(3, LONG),
        f"::: example\n{table(12)}\n:::",
        f"## Exercise 1: A\n\n{table(14)}",
        f"- {LONG}\n\n> {LONG}\n\n`{LONG}`\n\n**{LONG}** and [{LONG}](https://example.org)",
        f"## {LONG}\n\n### Exercise 1: {LONG} (30 min)\n\nx\n\n{LONG}\n: {LONG}",
        f'::: example "{LONG}"\n{LONG}\n:::\n\nx[^1]\n\n[^1]: {LONG}',
        f"```python\n{LONG} = 1\n'{LONG}'\n```\n\n```\n{LONG}\n```",
        "```\n+" + "-" * 150 + "+\n|" + " " * 150 + "|\n+" + "-" * 150 + "+\n```",
        "```\n+" + "-" * 400 + "+\n```",
        "### A\n\n- **What:** " + LONG[:100] + "\n- **Why:** b\n\n### B\n\n- **What:** a\n- **Why:** b",
    ],
    ids=range(14),
)  # fmt: skip
def test_nothing_leaves_the_page(text: str, paper: str, tmp_path: Path) -> None:
    made = printed(f"# Title\n\n## Section\n\n{text}\n", tmp_path, paper)
    kinds = [f.kind for f in faults(made) if "margin" in f.kind or "text over" in f.kind]
    assert kinds == []


def test_a_table_is_as_dense_as_it_must_be(tmp_path: Path) -> None:
    def classes(columns: int) -> list[str]:
        return re.findall(
            r'<table [^>]*class="(dens\w+)"', html(f"# T\n\n{table(columns)}", tmp_path)
        )

    assert [classes(n) for n in (4, 12, 25)] == [[], ["dense"], ["denser"]]


def test_a_head_wider_than_its_column_is_broken_at_a_syllable(tmp_path: Path) -> None:
    """What is left of it is broken so, too; letters alone were cut off it in English."""
    heads = (
        "Hippopotomonstrosesquippedaliophob | Electroencephalographicmeasurement"
        " | Antidisestablishmentarianismtalkers | Internationalizationresponsibility"
        " | Uncharacteristicallyincomprehensib"
    )
    text = f"# T\n\n## A\n\n| {heads} |\n|{'---|' * 5}\n| a | b | c | d | e |\n"
    shown = [p.text.strip() for sheet in printed(text, tmp_path) for p in walk(sheet.pieces)
             if p.kind == "text" and len(p.text.strip()) > 1]  # fmt: skip
    parts = [part for part in shown if part.rstrip("-\u2010") in heads.replace(" | ", "")]
    cut = [part for part in parts if not part.endswith(("-", "\u2010"))]
    assert len(parts) > 10 and len(cut) == 5, parts


def test_what_items_begin_with_beside_their_rest_is_not_cut(tmp_path: Path) -> None:
    """They stand where their rows begin, and a row shows nothing before its own edge."""
    text = "# T\n\n## A\n\nB:\n\n```\nx\n```\n\n- **Head** – a part.\n- **Body** – all else.\n"
    pieces = [p for sheet in printed(text, tmp_path) for p in walk(sheet.pieces)]
    left = {p.text: p.left for p in pieces if p.kind == "text"}
    rows = [p.left for p in pieces if p.kind == "block" and p.tag == "li"]
    assert [left["Head"], left["Body"]] == pytest.approx(rows)


@pytest.mark.parametrize("product", ["worksheet", "answers"])
def test_boxes_of_a_page_from_the_right_stand_below_each_other(
    product: str, tmp_path: Path
) -> None:
    text = '# T\n\n## Exercise 1: A\n\nWrite.\n\n::: canvas "אחת" "שתיים" "שלוש" "ארבע"\n\n**Answer:** A.'
    session = session_of(f"---\nlanguage: he\n---\n{text}\n")
    found = page(
        PRODUCTS[product], Course(title="T", language="he", sessions=(session,)), session.path
    )
    assert found is not None
    places = {p.text.strip(): p for s in sheets(laid_out(found, tmp_path, "a4"))
              for p in walk(s.pieces) if p.kind == "text"}  # fmt: skip
    one, two, three, four = (places[name] for name in ("אחת", "שתיים", "שלוש", "ארבע"))
    assert one.right == pytest.approx(three.right) and two.right == pytest.approx(four.right)
    assert two.right < one.left and one.top == two.top < three.top == four.top


def test_boxes_to_tick_stand_in_their_columns_on_a_page_from_the_right(tmp_path: Path) -> None:
    text = "# T\n\n## تمرین ۱: نان\n\nهر مورد را به گندم، جو یا چاودار دسته‌بندی کنید:\n\n- a\n- b\n- c\n- d\n"
    session = session_of(f"---\nlanguage: fa\n---\n{text}")
    course = Course(title="T", language="fa", sessions=(session,))
    found = page(PRODUCTS["worksheet"], course, session.path)
    assert found is not None
    pieces = [p for s in sheets(laid_out(found, tmp_path, "a4")) for p in walk(s.pieces)]
    cells = [p for p in pieces if p.tag == "td" and "tick" in p.classes and p.kind == "block"]
    boxes = [p for p in pieces if p.tag == "input" and p.top > cells[0].top]
    assert len(cells) == len(boxes) == 12
    assert all(c.left < b.left < b.right < c.right for c, b in zip(cells, boxes, strict=True))


def test_a_long_word_may_be_cut_and_no_other() -> None:
    word = "x" * measure.LONG
    assert measure.with_cuts(f"a < {word} {word[1:]} , {word}") == (
        f'a &lt; <span class="long">{word}</span> {word[1:]} , <span class="long">{word}</span>'
    )
    assert measure.with_cuts("&" * (measure.LONG - 1)) == "&amp;" * (measure.LONG - 1)
    assert measure.with_cuts("&" * measure.LONG).startswith('<span class="long">&amp;')


def test_a_drawing_is_set_as_large_as_its_page_allows() -> None:
    assert measure.drawing_size("+--+") == measure.LARGEST
    assert measure.drawing_size("-" * 1000) == measure.SMALLEST
    assert 5.5 < measure.drawing_size("-" * 130) < 6.5
    assert measure.drawing_size("水" * 65) == measure.drawing_size("-" * 130)


def test_what_fills_two_cells_is_two_cells_wide(tmp_path: Path) -> None:
    drawing = "```\n│水火│\n│abcd│\n```"
    lines = [[p for p in walk((line,)) if p.kind == "text" and p.text.endswith("│")][-1].right
             for sheet in printed(f"# T\n\n{drawing}", tmp_path)
             for line in walk(sheet.pieces) if line.kind == "line" and "│" in
             "".join(p.text for p in walk((line,)))]  # fmt: skip
    assert len(lines) == 2
    assert lines[0] == pytest.approx(lines[1], abs=0.5)


@pytest.mark.parametrize(
    ("title", "ends"),
    [("パンを焼く前に知っておきたい小麦粉の話", "をくにいの"), ("面粉、酵母、水、", "粉母水")],
)
def test_a_running_title_without_spaces_ends_with_a_word(title: str, ends: str) -> None:
    said = measure.running(title * 9)
    assert len(said) <= measure.SHORT_TITLE
    assert said[-2] in ends and said[-1] == "…"


@pytest.mark.parametrize(("length", "size"), [(40, 28), (100, 20), (300, 15)])
def test_a_long_title_is_set_smaller_and_cut_in_running_lines(
    length: int, size: int, tmp_path: Path
) -> None:
    title = ("word " * length)[:length].strip()
    made = printed(f"# {title}\n\n## A\n\n::: pagebreak\n\ntext", tmp_path)
    found = next(p for p in walk(made[0].pieces) if p.tag == "h1")
    assert found.size == pytest.approx(size)
    shown = [p.text for p in walk(made[1].margins) if p.kind == "text"]
    assert measure.running(title) in shown
    assert len(measure.running(title)) <= measure.SHORT_TITLE


def test_a_list_begins_with_its_number(tmp_path: Path) -> None:
    made = printed("# T\n\n7. seven\n8. eight\n\ntext\n\n9. nine", tmp_path)
    marks = [p.text.strip() for sheet in made for p in walk(sheet.pieces)
             if p.kind == "text" and re.fullmatch(r"\d\. ?", p.text)]  # fmt: skip
    assert marks == ["7.", "8.", "9."]


def test_a_keycap_is_one_sign_of_one_face(tmp_path: Path) -> None:
    made = printed("# T\n\nPress 1\ufe0f\u20e3 or #\u20e3.", tmp_path)
    texts = [p.text for sheet in made for p in walk(sheet.pieces) if p.kind == "text"]
    assert "1\u20e3" in texts and "#\u20e3" in texts


def test_a_tall_picture_has_a_line_of_its_own_and_is_low_in_a_heading(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (300, 300)).save(tmp_path / "p.png")
    made = printed("# T\n\n## A ![x](p.png) b\n\nwords ![x](p.png) words", tmp_path)
    low, tall = [p for s in made for p in walk(s.pieces) if p.kind == "picture" and p.tag == "img"]
    assert low.height < 25 and tall.height > 200
    words = [p for s in made for p in walk(s.pieces) if p.kind == "text" and "words" in p.text]
    assert words[0].bottom <= tall.top + 1 and words[1].top >= tall.bottom - 1


@pytest.mark.parametrize("bit", ["<", "<a ", '<a "', "&", "&amp", "x", "-", '"'])
def test_no_text_takes_long(bit: str) -> None:
    import time

    begin = time.process_time()
    measure.with_cuts(bit * (200_000 // len(bit)))
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("word", "density"),
    [("ふたりで決めたことを紙に書いて前の壁に貼っておきます", ""), ("가나다라마바사아자차카", "dense"),
     ("abcdefghijklmnop", "")],
)  # fmt: skip
def test_words_are_measured_by_their_script(word: str, density: str, tmp_path: Path) -> None:
    found = html("# T\n\n## Talk\n\n" + table(4, word).replace(" ", ""), tmp_path)
    assert (' class="dense"' in found, ' class="denser"' in found) == (density == "dense", False)
