"""What a text says decides its form: words and code, lists, paragraphs that stand alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.pptx.compose import figures
from courseware.pptx.compose.compose import compose, turn
from courseware.pptx.compose.forms import part_of
from courseware.pptx.template.template import LayoutPlace, Template, meet
from courseware.pptx.values import (
    Cell,
    Code,
    ComposedSlide,
    Draft,
    Grid,
    Holder,
    Paragraph,
    Row,
    Run,
    Script,
    Table,
)
from courseware.pptx.write.furniture import arrows
from tests.pptx.scripts import lines, templates

LONG = "A net holds what its knots hold and not a word more than that. "
ALL = pytest.mark.parametrize("template", templates())


def said(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def item(words: str, bullet: str = "•", number: int = 1) -> Paragraph:
    return Paragraph((Run(words),), 0, bullet, number, item=True)


def deck(template: Template, *drafts: Draft) -> tuple[ComposedSlide, ...]:
    return compose(Script("T", "en", drafts), template).slides


def draft(*blocks: object, group: str = "") -> Draft:
    return Draft("content", (Run("Nets"),), (Holder("body", blocks),), set=group)  # type: ignore[arg-type]


def words_in(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def places(slide: ComposedSlide) -> dict[str, LayoutPlace]:
    return {box.place.name: box.place for box in slide.boxes}


# -- words and code ---------------------------------------------------------------------


@ALL
def test_short_code_stands_beside_the_words_before_it_on_its_ground(template: Template) -> None:
    held = (said("Make a net:"), Code("tie net", "sh"), said("Mend it:"), Code("mend net --all", "sh"))  # fmt: skip
    (slide,) = deck(template, draft(*held))
    at = places(slide)
    codes = [at["code-1"], at["code-2"]]
    assert slide.layout == "cards" and len({(c.x, c.width) for c in codes}) == 1
    assert all(c.fill or c.line for c in codes)
    for words, code in zip((at["words-1"], at["words-2"]), codes, strict=True):
        assert words.x + words.width < code.x
        assert words.y < code.y + code.height and code.y < words.y + words.height
    assert at["code-1"].y + at["code-1"].height < at["code-2"].y
    back = places(turn(slide))
    assert back["code-1"].x < back["words-1"].x


@ALL
def test_wide_code_stands_below_its_words_over_the_whole_width(template: Template) -> None:
    wide = Code("tie net " + "--knots 12 " * 3, "sh")
    (slide,) = deck(template, draft(said("Make a net:"), wide, said("And again:"), wide))
    at = places(slide)
    for n in (1, 2):
        assert at[f"words-{n}"].y + at[f"words-{n}"].height <= at[f"code-{n}"].y
        assert at[f"words-{n}"].x == at[f"code-{n}"].x
    assert all(len(words_in(line.runs).strip("\n").split("\n")) == 1 for line in lines(slide))


@ALL
def test_what_code_prints_stands_below_it_without_its_colours(template: Template) -> None:
    held = (said("Count them:"), Code("for n in nets: print(n)", "python"), Code("for one in nets", "output"))  # fmt: skip
    (slide,) = deck(template, draft(*held))
    (code,) = [box for box in slide.boxes if box.place.name == "code-1"]
    first, last = code.content.lines  # type: ignore[union-attr]
    assert any(run.colour for run in first.runs) and not any(run.colour for run in last.runs)
    assert first.after > last.after


def test_words_and_code_without_room_stay_in_the_text() -> None:
    long = [block for n in range(5) for block in (said("Make a net. " * 12), Code(f"tie net {n}\n" * 4, "sh"))]  # fmt: skip
    slides = deck(templates()[-1], draft(*long))
    assert len(slides) > 1 and all(slide.layout == "content" for slide in slides)


# -- lists ------------------------------------------------------------------------------


@ALL
def test_numbered_items_are_steps_each_beside_its_number(template: Template) -> None:
    held = [item(f"Tie knot {n}", "1", n) for n in (3, 4, 5)]
    (slide,) = deck(template, draft(said("Mend the net."), *held))
    at = places(slide)
    marks = [at[f"number-{n}"] for n in (1, 2, 3)]
    rows = [at[f"row-{n}"] for n in (1, 2, 3)]
    assert all(m.round and m.width == m.height for m in marks) and not arrows(slide)
    assert [words_in(line.runs) for line in lines(slide)] == [
        "Mend the net.", "3", "Tie knot 3", "4", "Tie knot 4", "5", "Tie knot 5"
    ]  # fmt: skip
    for mark, row in zip(marks, rows, strict=True):
        assert mark.x + mark.width < row.x
        assert mark.y < row.y + row.height / 2 < mark.y + mark.height
    assert max(r.y + r.height for r in rows) <= template.height


@ALL
@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_short_points_are_cards_of_one_size(template: Template, count: int) -> None:
    (slide,) = deck(template, draft(*(item(f"Knot {n}") for n in range(count))))
    cards = [p for n, p in places(slide).items() if n.startswith("point-")]
    assert len(cards) == count and len({(c.width, c.height) for c in cards}) == 1
    assert all(c.fill or c.line for c in cards)
    assert all(run.bold for line in lines(slide) for run in line.runs if "Knot" in run.text)
    assert not any(meet(a, b) for a, b in itertools.combinations(cards, 2))


@pytest.mark.parametrize(
    "items",
    [["one"], ["a knot"] * 7, [LONG * 2, LONG * 2], ["a knot", LONG * 2, "a net"], ["k" * 90] * 3],
)
def test_longer_lists_stay_lists(items: list[str]) -> None:
    slides = deck(templates()[-1], draft(*map(item, items)))
    assert all(slide.layout == "content" for slide in slides)


def test_terms_and_what_explains_them_are_pairs_of_a_table() -> None:
    held = [
        item("Bow: the front"),
        item("Stern – the back"),
        item("Keel: what it stands on: a beam"),
    ]
    (slide,) = deck(templates()[-1], draft(*held))
    (grid,) = [box.content for box in slide.boxes if isinstance(box.content, Grid)]
    said_in = [[words_in(line.runs) for cell in row for line in cell.lines] for row in grid.rows]
    assert slide.layout == "table" and all(row[0].header for row in grid.rows)
    assert said_in == [["Bow", "the front"], ["Stern", "the back"], ["Keel", "what it stands on: a beam"]]  # fmt: skip


def test_lists_of_a_set_are_points_where_most_of_them_have_room() -> None:
    short, other = draft(item("a"), item("b"), group="x"), draft(item("c"), item("d"), group="x")
    long = draft(*(item(LONG * 2) for _ in range(2)), group="x")
    layouts = [slide.layout for slide in deck(templates()[-1], short, other, long)]
    assert layouts == ["cards", "cards", "content"]
    assert {s.layout for s in deck(templates()[-1], short, long, long)} == {"content"}


@pytest.mark.parametrize(("others", "strong"), [(["Bake", "Cool"], True), (["Bake it until it sounds hollow", "Cool"], False)])  # fmt: skip
def test_points_of_a_set_are_in_bold_where_all_of_them_are_short(
    others: list[str], strong: bool
) -> None:
    lists = (["Mix", "Rest"], others)
    slides = deck(templates()[0], *(draft(*map(item, words), group="bread") for words in lists))
    runs = [run for slide in slides for line in lines(slide) for run in line.runs]
    runs = [run for run in runs if run.text in (*lists[0], *others)]
    assert len(runs) == 4 and {run.bold for run in runs} == {strong}


@ALL
def test_pieces_of_code_stand_each_on_its_ground_with_what_it_prints(template: Template) -> None:
    blocks = [Code("pwd", "sh"), Code("/home", "output"), Code("cd bread", "sh")]
    (slide,) = deck(template, draft(*blocks))
    assert [n for n in places(slide) if n.startswith("code-")] == ["code-1", "code-2"]


def test_steps_leave_room_below_the_title_where_a_smaller_size_does() -> None:
    template = templates()[0]
    items = [item(f"{LONG[:44]}and {n}", "1", n) for n in range(1, 6)]
    (slide,) = deck(template, draft(*items))
    rows = [p for n, p in places(slide).items() if n.startswith("row-")]
    room = figures.area(template.layouts["cards"], template)
    assert rows[-1].y + rows[-1].height - rows[0].y <= 0.86 * room.height


@ALL
def test_columns_without_a_layout_and_room_stand_below_each_other(template: Template) -> None:
    listed = tuple(item(LONG[:30]) for _ in range(5))
    sides = [Holder("left-title", (said("Nets"),)), Holder("left", listed),
             Holder("right-title", (said("Ropes"),)), Holder("right", listed)]  # fmt: skip
    held = (*sides, Holder("middle-title", (said("Knots"),)), Holder("middle", listed))
    given = [Draft("three-columns", (Run("Nets"),), held, set="n") for _ in "ab"]
    slides = deck(template, *given)
    words = [words_in(line.runs) for slide in slides for line in lines(slide)]
    assert [words.count(name) >= 2 for name in ("Nets", "Knots", "Ropes")] == [True] * 3
    assert words.count(listed[0].plain) == 30


@pytest.mark.parametrize("path", ["shell-lesson-data/exercise-data/alkanes"])
def test_a_path_too_long_to_stand_beside_code_stands_above_it(path: str) -> None:
    words = Paragraph((Run("Go to "), Run(path, code=True), Run(" and say:")))
    (slide,) = deck(
        templates()[0], draft(words, Code("pwd", "sh"), said("Then:"), Code("ls", "sh"))
    )
    found = places(slide)
    assert found["words-1"].width == pytest.approx(found["code-1"].width)


@ALL
def test_a_step_with_a_link_has_room_for_one_more_line(template: Template) -> None:
    link = Run("the remote development of the shop and its documentation", link="https://a.example")
    step = Paragraph((Run("Follow the instructions in "), link), 0, "1", 1, item=True)
    plain = Paragraph((Run(step.plain),), 0, "1", 1, item=True)
    heights = [places(deck(template, draft(one, item("Rest", "1", 2)))[0])["row-1"].height
               for one in (plain, step)]  # fmt: skip
    assert heights[1] >= heights[0]


def test_points_and_steps_of_a_set_have_one_size() -> None:
    short = draft(item("a"), item("b"), group="x")
    longer = draft(*(item("a net of knots that hold " * 2) for _ in range(4)), group="x")
    slides = deck(templates()[-1], short, longer)
    sizes = [{line.size for line in lines(slide)} for slide in slides]
    assert [s.layout for s in slides] == ["cards", "cards"]
    assert sizes[0] == sizes[1] and len(sizes[0]) == 1


# -- paragraphs -------------------------------------------------------------------------


def test_a_paragraph_has_its_first_sentence_apart_from_the_rest() -> None:
    text = said(
        "A net holds fish. It is made of knots, each of which holds two ropes. Mend it soon."
    )
    (slide,) = deck(templates()[-1], draft(text))
    at, found = places(slide), list(lines(slide))
    assert slide.layout == "two-content" and at["left"].x + at["left"].width <= at["right"].x
    assert words_in(found[0].runs) == "A net holds fish." and all(run.bold for run in found[0].runs)
    assert words_in(found[1].runs).startswith("It is made") and not any(
        r.bold for r in found[1].runs
    )
    assert at["left"].y == at["right"].y


@pytest.mark.parametrize("words", ["One sentence and not a word more.", "It is. Nets hold."])  # fmt: skip
def test_what_has_no_sentence_to_set_apart_stays_a_text(words: str) -> None:
    (slide,) = deck(templates()[-1], draft(said(words)))
    assert slide.layout == "content"


def test_a_label_is_not_lost_among_bold_words() -> None:
    text = Paragraph((Run("Tip:", bold=True), Run(" Tie the net well. Mend it soon, and often.")))
    (slide,) = deck(templates()[-1], draft(text))
    assert slide.layout == "content"


@given(
    st.lists(st.tuples(st.text("ab .:\u00a0", max_size=9), st.booleans()), max_size=5),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_a_part_of_runs_has_the_words_of_that_part(
    pieces: list[tuple[str, bool]], one: int, other: int
) -> None:
    runs = [Run(text, bold=bold) for text, bold in pieces]
    start, end = sorted((one, other))
    found = part_of(runs, start, end)
    assert words_in(found) == "".join(run.text for run in runs)[start:end].strip()
    assert all(run.text for run in found)


@ALL
def test_beside_a_canvas_an_exercise_keeps_its_panel_as_wide_as_it_is(template: Template) -> None:
    layout = template.layouts["exercise"]
    fields = tuple(Holder(f"field-{n}", (said(f"Field {n}"),)) for n in range(1, 5))
    facts = (Holder("time", (said("30"),)), Holder("group", (said("a worksheet, page 7·W4"),)))
    (slide,) = deck(template, Draft("exercise", (Run("Nets"),), (*facts, *fields)))
    found = places(slide)
    assert all(found[n].width == layout.places[n].width for n in ("time", "group") if n in found)
    panel = [found[n] for n in ("time", "group") if n in found]
    assert not any(
        meet(one, place) for one in panel for n, place in found.items() if n[:5] == "field"
    )


@pytest.mark.parametrize(
    ("label", "words"), [("願い", "すべての便り" * 9), ("鋭く", "短い"), ("เป้า", "x y " * 40)]
)
def test_a_short_label_of_a_table_stays_on_one_line_in_any_script(label: str, words: str) -> None:
    row = Row((Cell((said(label),), header=True), Cell((said(words),))))
    (slide,) = deck(
        templates()[0], Draft("table", (Run("Nets"),), (Holder("body", (Table((row,)),)),))
    )
    (grid,) = (box.content for box in slide.boxes if isinstance(box.content, Grid))
    assert grid.widths[0] >= 2 * grid.rows[0][0].lines[0].size
