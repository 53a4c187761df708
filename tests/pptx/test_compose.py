"""Slides composed: nothing is lost, nothing is higher than its place, parts are even."""

from __future__ import annotations

import itertools
from collections import Counter

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from courseware.pptx.compose.compose import compose, turn
from courseware.pptx.template.reader import builtin, read
from courseware.pptx.template.template import Template
from courseware.pptx.text.setting import Manner, measured
from courseware.pptx.values import (
    Cell,
    Code,
    ComposedSlide,
    Draft,
    Grid,
    Holder,
    Image,
    Paragraph,
    Picture,
    Row,
    Run,
    Script,
    Table,
    Text,
)
from courseware.pptx.write.furniture import arrows
from tests.pptx.scripts import SCRIPTS, given_texts, lines, plain, shown, templates
from tests.searching import examples

replace = msgspec.structs.replace
SLOW = settings(phases=[Phase.explicit, Phase.reuse, Phase.generate], max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])  # fmt: skip


def text(words: str) -> tuple[Run, ...]:
    return (Run(words),)


def item(words: str, level: int = 0) -> Paragraph:
    return Paragraph(text(words), level, "•", item=True)


def listed(*words: str) -> list[Paragraph]:
    """Return a list that stays a text in any form: its first item has a number, the others have not."""
    first, *others = (item(one) for one in words)
    return [replace(first, bullet="1"), *others]


def draft(*blocks: object, layout: str = "content", title: str = "Nets") -> Draft:
    return Draft(layout, text(title), (Holder("body", blocks),))  # type: ignore[arg-type]


def deck(*drafts: Draft, template: Template | None = None) -> tuple[ComposedSlide, ...]:
    return compose(Script("T", "en", drafts), template or templates()[0]).slides


def words_of(slide: ComposedSlide) -> list[str]:
    return [plain(line.runs) for line in lines(slide)]


LONG = "A net holds what its knots hold and not a word more. "


def test_little_text_is_large_and_in_the_optical_middle() -> None:
    (slide,) = deck(draft(*listed("one", "two")), template=templates()[-1])
    assert slide.name == "Nets" and words_of(slide) == ["one", "two"]
    assert [line.size for line in lines(slide)] == [36, 36]
    place, usual = slide.boxes[1].place, templates()[-1].layouts["content"].places["body"]
    assert place.anchor == "middle" and place.insets[3] > usual.insets[3] and not place.moved


def test_a_question_alone_is_nearer_the_middle_than_one_with_choices() -> None:
    asked = replace(draft(layout="question", title="Which net holds?"), holders=())
    template = templates()[-1]
    alone, chosen = deck(
        asked, draft(*listed("Fine", "Both"), layout="question"), template=template
    )
    usual = template.layouts["question"].places["title"]
    assert chosen.boxes[0].place.height == usual.height
    place = alone.boxes[0].place
    assert place.height > usual.height and place.anchor == "middle"
    assert 0.45 < (place.y + place.height / 2) / template.height < 0.5


def test_a_size_is_the_largest_that_leaves_a_third_of_the_place() -> None:
    template = templates()[-1]
    place = template.layouts["content"].places["body"]
    sizes = []
    for count in range(1, 9):
        words = f"one {LONG}" if count == 4 else "one"
        (slide,) = deck(draft(*listed(*[words] * count)), template=template)
        size = next(lines(slide)).size
        (box,) = slide.boxes[1:]
        assert isinstance(box.content, Text)
        assert size == 24 or box.content.height <= place.inner_height * 2 / 3
        sizes.append(size)
    assert {36, 24} < set(sizes) <= {36, 32, 28, 24} and sizes[0] == 36 and sizes[-1] == 24


def test_slides_of_a_set_have_one_size_and_begin_at_one_height() -> None:
    template = templates()[-1]
    short, longer = draft(item("one")), draft(*listed(*"01234"), title="Knots")
    apart = deck(short, longer, template=template)
    assert len({next(lines(slide)).size for slide in apart}) == 2
    together = deck(*(Draft(d.layout, d.title, d.holders, set="a") for d in (short, longer)),
                    template=template)  # fmt: skip
    assert len({next(lines(slide)).size for slide in together}) == 1
    places = [slide.boxes[1].place for slide in together]
    assert {(p.y + p.insets[1], p.anchor) for p in places} == {
        (places[0].y + places[0].insets[1], "top")
    }
    assert places[0].insets[1] > template.layouts["content"].places["body"].insets[1]


def test_a_set_stands_lower_where_its_shortest_slide_would_end_above_the_middle() -> None:
    template = templates()[-1]
    short, longer = draft(item("one")), draft(*listed(*"012"), title="Knots")
    together = deck(*(Draft(d.layout, d.title, d.holders, set="a") for d in (short, longer)),
                    template=template)  # fmt: skip
    (one, other) = (
        next(box for box in slide.boxes if box.place.name == "body") for slide in together
    )
    end = one.place.y + one.place.insets[1] + one.content.height  # type: ignore[union-attr]
    assert end > 0.55 * template.height
    assert other.content.height <= other.place.inner_height  # type: ignore[union-attr]


def test_code_among_words_stands_in_the_optical_middle() -> None:
    (slide,) = deck(draft(Paragraph(text("Type")), Code("ls", "sh"), Paragraph(text("and look"))))
    place = templates()[0].layouts["content"].places["body"]
    first, last = slide.boxes[1].place, slide.boxes[-1].place
    above, below = first.y - place.y, place.y + place.height - last.y - last.height
    assert 0 < above < below


def test_a_time_is_a_large_figure_with_its_unit_below() -> None:
    facts = (
        Holder("time", (Paragraph(text("20–30 min")),)),
        Holder("group", (Paragraph(text("Pairs")),)),
    )
    made = Draft("exercise", text("T"), (*facts, Holder("body", (item("Go"),))))
    (slide,) = deck(made, template=templates()[-1])
    held = {b.place.name: b.content for b in slide.boxes}
    said = {n: [plain(li.runs) for li in t.lines] for n, t in held.items() if isinstance(t, Text)}
    assert said["time"] == ["20–30"] and said["group"] == ["min", "Pairs"]
    assert next(iter(held["time"].lines)).size > 60  # type: ignore[union-attr]


def test_items_are_split_evenly_and_titles_numbered() -> None:
    slides = deck(draft(*(item(f"{n} {LONG}") for n in range(18))))
    assert [s.name for s in slides] == [
        f"Nets ({n} of {len(slides)})" for n in range(1, len(slides) + 1)
    ]
    counts = [len(words_of(s)) for s in slides]
    assert max(counts) - min(counts) <= 1 and sum(counts) == 18


def test_the_number_of_a_slide_stays_on_one_line() -> None:
    (slide, *more) = deck(draft(*(item(f"{n} {LONG}") for n in range(18))))
    (line,) = slide.boxes[0].content.lines  # type: ignore[union-attr]
    count = len(more) + 1
    assert line.runs[-1].text == f" (1\u00a0of\u00a0{count})" and slide.name.endswith(
        f" (1 of {count})"
    )


@pytest.mark.parametrize("template", templates())
def test_text_of_any_template_has_twenty_points_where_one_slide_holds_it_only_then(
    template: Template,
) -> None:
    slide = next(
        slides[0]
        for n in range(30, 1, -1)
        if len(slides := deck(draft(*(item(f"{i} {LONG}") for i in range(n))), template=template))
        == 1
    )
    (size,) = {li.size for li in lines(slide) if li.bullet}
    assert 20.0 * template.scale <= size <= 20.0 * template.scale + 0.5


@pytest.mark.parametrize("template", [t for t in templates() if not t.layouts["comparison"].exact])
@pytest.mark.parametrize(("more", "less"), [("left", "right"), ("right", "left")])
def test_columns_without_a_layout_share_the_width_by_what_they_hold(
    template: Template, more: str, less: str
) -> None:
    for count in range(4, 9):
        held = {
            more: tuple(item(f"{n} {LONG} {LONG}") for n in range(count)),
            less: (item("Short."),),
        }
        names = [Holder(f"{side}-title", (Paragraph(text(side)),)) for side in ("left", "right")]
        made = Draft("comparison", text("Nets"), (*names, *(Holder(n, b) for n, b in held.items())))
        found = deck(made, template=template)
        places = {b.place.name: b.place for b in found[0].boxes}
        if len(found) > 1 or not {"left", "right"} <= set(places):
            break
        assert places[more].width >= places[less].width
        assert places[f"{more}-title"].width == places[more].width
        assert places["left"].x + places["left"].width <= places["right"].x
    assert count > 4


def test_a_set_has_the_smallest_size_that_one_of_it_needs() -> None:
    full = tuple(item(f"{n} {LONG}") for n in range(9))
    for template in templates():
        for layout in ("content", "exercise"):
            drafts = [Draft(layout, text(f"Nets {n}"), (Holder("body", full[:n]),), set="nets") for n in range(1, 10)]  # fmt: skip
            made = deck(*drafts, template=template)
            assert sum(len(words_of(s)) for s in made) >= 45
            assert len({li.size for s in made for li in lines(s) if li.bullet}) == 1


def test_a_dense_table_of_a_set_leaves_its_text_as_large() -> None:
    cells = tuple(Cell((Paragraph(text(LONG)),)) for _ in range(3))
    dense = Table(tuple(Row(cells) for _ in range(5)), (Row(cells),))
    for template in templates():
        short = draft(item("one"), layout="exercise")
        held = (short, draft(item("two"), dense, layout="exercise"))
        apart = deck(short, template=template)
        together = deck(*(Draft(d.layout, d.title, d.holders, set="a") for d in held),
                        template=template)  # fmt: skip
        sizes = [[li.size for li in lines(s) if li.bullet] for s in (apart[0], *together)]
        assert sizes[0] == sizes[1] and max(sizes[2]) <= sizes[1][0]


def test_titles_of_a_set_have_one_size_and_room_for_a_wider_face() -> None:
    template = templates()[-1]
    for longer in (f"Nets {'that hold and hold ' * 3}", f"Nets {'that hold and hold ' * 6}"):
        drafts = [draft(item("one"), title=t) for t in ("Nets", longer)]
        made = deck(*(Draft(d.layout, d.title, d.holders, set="a") for d in drafts), template=template)  # fmt: skip
        boxes = [slide.boxes[0] for slide in made]
        assert len({li.size for b in boxes for li in b.content.lines}) == 1  # type: ignore[union-attr]
    (size,) = {li.size for li in boxes[0].content.lines}  # type: ignore[union-attr]
    place = boxes[1].place
    level = replace(place.levels[0], size=size)
    widths = (place.inner_width, place.inner_width / 1.1)
    used = [measured(Paragraph(text(longer)), Manner(template, (level,)), w).lines for w in widths]
    assert size < place.levels[0].size and place.set and used == [2, 2]


def test_a_step_down_is_taken_where_it_saves_a_slide() -> None:
    place = templates()[0].layouts["content"].places["body"]
    size = place.levels[0].size
    room = int(place.inner_height // (1.4 * size)) + 1
    (slide,) = deck(draft(*(item("one") for _ in range(room))))
    assert {line.size for line in lines(slide)} == {round(size * 12 / 7) / 2}


def test_a_head_stays_with_what_follows() -> None:
    head = Paragraph(text("Head"), keep=True)
    for count in range(1, 14):
        slides = deck(draft(*(item("one two three") for _ in range(count)), head, item(LONG)))
        (where,) = [words_of(s) for s in slides if "Head" in words_of(s)]
        assert where[-1] != "Head", count


def test_a_paragraph_too_tall_is_cut_at_sentences() -> None:
    slides = deck(draft(Paragraph(text(LONG * 20))))
    assert len(slides) > 1
    for slide in slides:
        assert words_of(slide)[-1].endswith("more.")


def test_a_table_goes_on_with_its_head() -> None:
    head = Row((Cell((Paragraph(text("Head")),), True), Cell((Paragraph(text("Other")),), True)))
    rows = tuple(
        Row((Cell((Paragraph(text(str(n))),)), Cell((Paragraph(text(LONG)),)))) for n in range(30)
    )
    slides = deck(draft(Table(rows, (head,)), layout="table"))
    assert len(slides) > 1
    for slide in slides:
        (grid,) = [b.content for b in slide.boxes if isinstance(b.content, Grid)]
        assert words_of(slide)[:2] == ["Head", "Other"] and grid.head == 1
        assert len(grid.rows) == len(grid.heights) > 1
        assert grid.rows[0][0].lines[0].runs[0].bold


@pytest.mark.parametrize(("words", "ems"), [("誰が何をするか", 1.3), ("حدّد الفكرة", 1.4), ("मछली पकड़ना", 1.4), ("רשת", 1.2)])  # fmt: skip
def test_lines_of_other_scripts_are_as_high_as_said(words: str, ems: float) -> None:
    rows = (Row((Cell((Paragraph(text(words)),)),)),)
    slides = deck(draft(Paragraph(text("Knots")), Table(rows)), draft(Paragraph(text(words))))
    found = {plain(line.runs): line for slide in slides for line in lines(slide)}
    assert not found["Knots"].own
    texts = [
        line
        for slide in slides
        for line in lines(slide)
        if plain(line.runs) == words.replace(" ", "")
    ]
    assert len(texts) == 2
    for line in texts:
        assert line.own and line.pitch >= round(ems * line.size, 2)


def test_a_table_is_smaller_where_that_keeps_its_words_whole() -> None:
    words = [
        "Программирование",
        "Администрирование",
        "Конфигурирование",
        "Усовершенствование",
        "Производительность",
    ]
    size = {}
    for count in (3, 5):
        row = Row(tuple(Cell((Paragraph(text(word)),)) for word in words[:count]))
        (slide,) = deck(draft(Table((row,)), layout="table"), template=templates()[-1])
        (line, *_) = [line for line in lines(slide) if line.runs]
        size[count] = line.size
    assert size[5] == 16 < 18 <= size[3]


def test_columns_are_wider_than_their_words_where_all_have_room() -> None:
    row = Row(tuple(Cell((Paragraph(text(words)),)) for words in ("Neverbroken", 9 * LONG)))
    (slide,) = deck(draft(Table((row,)), layout="table"))
    grid = next(b.content for b in slide.boxes if isinstance(b.content, Grid))
    level = templates()[0].layouts["table"].places["body"].levels[0]
    style = Manner(templates()[0], (level,)).style(level)
    (line,) = grid.rows[0][0].lines
    wide = style.advance(line.runs[0], "Neverbroken") * line.size
    assert grid.widths[0] - grid.margins[0] - grid.margins[2] > 1.03 * wide


def test_cells_that_others_reach_over_are_there() -> None:
    rows = (
        Row((Cell((Paragraph(text("a")),), rowspan=2), Cell((Paragraph(text("b")),), colspan=2))),
        Row((Cell((Paragraph(text("c")),)), Cell((Paragraph(text("d")),)))),
    )
    (slide,) = deck(draft(Table(rows), layout="table"))
    (grid,) = [b.content for b in slide.boxes if isinstance(b.content, Grid)]
    assert [[(c.covered, c.colspan, c.rowspan) for c in row] for row in grid.rows] == [
        [(False, 1, 2), (False, 2, 1), (True, 1, 1)],
        [(True, 1, 1), (False, 1, 1), (False, 1, 1)],
    ]


def test_code_is_broken_where_a_line_is_full_and_coloured() -> None:
    (slide,) = deck(draft(Code("def f():\n    return " + "x" * 200, "python"), layout="code"))
    first, second = lines(slide)
    assert [r.text for r in first.runs if r.colour][:1] == ["def"]
    assert [r.text for r in second.runs].count("\n") >= 1
    (box,) = [b for b in slide.boxes if isinstance(b.content, Text) and b.content.code]
    assert box.place.idx is None
    assert isinstance(box.content, Text) and box.content.code == "python"


@pytest.mark.parametrize("language", ["", "html", "python"])
def test_code_of_words_is_broken_between_them(language: str) -> None:
    """Prose in a page's source, a long command, an address: as on paper, no word is cut."""
    prose = "    <p>" + "Aenean eu leo quam pellentesque ornare sem lacinia " * 6 + "</p>"
    address = "curl https://example.org/" + "/".join(f"folder{n}" for n in range(30))
    (slide,) = deck(draft(Code(f"{prose}\n{address}", language), layout="code"))
    for line, source in zip(lines(slide), (prose, address), strict=True):
        rows = "".join(run.text for run in line.runs).split("\n")
        assert "".join(rows) == source and len(rows) > 1
        assert all(row[-1] in " /" for row in rows[:-1])
        assert max(map(len, rows)) < 1.6 * min(map(len, rows[:-1]))


def test_a_picture_is_as_large_as_its_place_and_itself_allow() -> None:
    place = templates()[0].layouts["picture"].roomy({"title", "picture"})["picture"]
    (slide,) = deck(Draft("picture", text("P"), (Holder("picture", (Picture("a.png", "Net", 4000, 1000),)),)))  # fmt: skip
    (image,) = [b.content for b in slide.boxes if isinstance(b.content, Image)]
    assert image.width == pytest.approx(place.inner_width, abs=0.1)
    assert image.width == pytest.approx(4 * image.height, abs=0.1)
    (slide,) = deck(Draft("picture", text("P"), (Holder("picture", (Picture("a.png", "Net", 20, 10),)),)))  # fmt: skip
    (image,) = [b.content for b in slide.boxes if isinstance(b.content, Image)]
    assert (image.width, image.height) == (40, 20)


def test_a_formula_lies_on_a_gap_in_its_line() -> None:
    runs = (Run("Mass is "), Run("", math=r"\frac{E}{c^2}"), Run(", they say."))
    (slide,) = deck(draft(Paragraph(runs)))
    (line,) = lines(slide)
    (image,) = slide.formulas
    gap = line.runs[1]
    assert gap.text == "\u00a0" and gap.math == image.math == r"\frac{E}{c^2}"
    assert line.pitch > 1.2 * line.size
    place = slide.boxes[1].place
    assert place.x < image.x < place.x + place.width
    assert place.y <= image.y and image.y + image.height <= place.y + place.height


def test_a_paragraph_with_formulas_is_broken_where_it_was_measured() -> None:
    runs = (Run(LONG), Run("", math="x"), Run(f" {LONG}"))
    (slide,) = deck(draft(Paragraph(runs)))
    (line,) = lines(slide)
    (box,) = [b for b in slide.boxes[1:] if isinstance(b.content, Text)]
    count = round(box.content.height / line.pitch)  # type: ignore[union-attr]
    assert sum(run.text == "\n" for run in line.runs) == count - 1
    assert not any(run.text.endswith(" ") for run, after in zip(line.runs, line.runs[1:], strict=False)
                   if after.text == "\n")  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        LONG * 3,
        "تختلف المسميات الوظيفية من شركة إلى أخرى، وفي الفريق الصغير يشغل الشخص الواحد عددا من هذه الأدوار.",
    ],
)
def test_a_divider_and_what_comes_next_are_one_slide(words: str) -> None:
    """Their text is set smaller, and takes the lines that a short title leaves, before it goes on overleaf."""
    plain = read(builtin(), {})[0]
    divider = Draft("section", text("Nets"), (Holder("subtitle", (Paragraph(text(words)),)),))
    below = Paragraph(text(words * 2)), Paragraph(text("First edition"))
    closing = Draft("closing", text("Next"), (Holder("body", below),))
    for one in (divider, closing):
        (slide,) = deck(one, template=plain)
        boxes = [b.place for b in slide.boxes]
        assert all(a.y + a.height <= b.y + 60 for a, b in itertools.pairwise(boxes))
        assert all(p.y + p.height <= 501 for p in boxes)


def test_columns_are_split_together() -> None:
    left, right = ([item(f"{side} {LONG}") for _ in range(8)] for side in "lr")
    slides = deck(Draft("comparison", text("T"), (Holder("left", tuple(left)), Holder("right", tuple(right[:3])))))  # fmt: skip
    for slide in slides[:3]:
        assert {b.place.name for b in slide.boxes[1:]} == {"left", "right"}


@pytest.mark.parametrize("each", ["短い項目の説明の文章です。" * 3, f"{LONG} {LONG}"])
def test_a_list_in_two_columns_that_needs_more_slides_goes_on_in_order(each: str) -> None:
    """What stands on a slide is what follows in the list: not some of its first half beside some of its second."""
    items = [item(f"{n:02} {each}") for n in range(14)]
    holders = Holder("left", tuple(items[:7])), Holder("right", tuple(items[7:]))
    slides = deck(Draft("two-content", text("T"), holders))
    said = [line.runs[0].text[:2] for slide in slides for line in lines(slide)]
    assert len(slides) > 1 and [s for s in said if s.isdigit()] == [f"{n:02}" for n in range(14)]


@pytest.mark.parametrize("words", ["Typical work:", "主な仕事：", "أعمال معتادة"])
def test_the_heads_of_columns_are_as_high_as_their_lines(words: str) -> None:
    """A script's line may be higher than its place by a point; the columns still begin at one height."""
    side = tuple(item(f"{words} {n}") for n in range(3))
    holders = (Holder("left-title", (Paragraph(text(words)),)), Holder("left", side),
               Holder("right-title", (Paragraph(text(words)),)), Holder("right", side))  # fmt: skip
    (slide,) = deck(Draft("comparison", text("T"), holders), template=read(builtin(), {})[0])
    places = {b.place.name: b.place for b in slide.boxes}
    assert places["left"].y == places["right"].y
    assert places["left-title"].y == places["right-title"].y
    assert places["left-title"].height < 2 * places["left-title"].levels[0].size


def test_a_long_caption_takes_room_from_what_it_stands_above() -> None:
    table = Table((Row((Cell((Paragraph(text("a")),)),)),))
    made = Draft("table", text("T"), (Holder("caption", (Paragraph(text(LONG * 2)),)), Holder("body", (table,))))  # fmt: skip
    (slide,) = deck(made)
    places = {b.place.name: b.place for b in slide.boxes}
    usual = templates()[0].layouts["table"].places
    assert places["caption"].height > usual["caption"].height
    assert places["body"].y > usual["body"].y


def test_a_title_too_long_is_cut_and_whole_in_the_notes() -> None:
    (slide,) = deck(draft(item("x"), title=LONG * 12))
    assert (
        slide.name == " ".join((LONG * 12).split()) + " "
        or slide.name.strip() == (LONG * 12).strip()
    )
    title = slide.boxes[0].content
    assert isinstance(title, Text) and plain(title.lines[0].runs).endswith("…")
    assert plain(slide.notes[0].runs) == "".join((LONG * 12).split())


def test_equal_titles_are_told_apart() -> None:
    drafts = [Draft("content", text("Nets"), section=s) for s in ("a", "b", "a")]
    assert [s.name for s in deck(*drafts)] == ["Nets (1 of 2)", "Nets", "Nets (2 of 2)"]
    drafts = [Draft("content", text("Nets"), section=s) for s in ("a", "b")]
    assert [s.name for s in deck(*drafts)] == ["Nets", "Nets (2)"]


def test_a_slide_that_goes_on_says_where_its_notes_are() -> None:
    made = Draft("content", text("N"), (Holder("body", tuple(item(LONG) for _ in range(18))),), (Paragraph(text("Say")),))  # fmt: skip
    first, second, *_ = deck(draft(item("x")), made)[1:]
    assert [n.plain for n in first.notes] == ["Say"]
    assert [n.plain for n in second.notes] == ["Notes: slide 2"]


def test_texts_on_a_place_with_large_insets_stand_apart() -> None:
    made = draft(
        Paragraph(text("It counts.")),
        Code("print(1)", "python"),
        Code("1", "text"),
        layout="code",
    )
    (slide,) = deck(made, template=templates()[-1])
    boxes = [b.place for b in slide.boxes[1:]]
    assert len(boxes) == 3 and sum(boxes[0].insets[1::2]) == 20
    for one, other in itertools.pairwise(boxes):
        assert one.y + one.height <= other.y + 0.01


def test_texts_at_the_bottom_of_their_place_end_in_it() -> None:
    place = templates()[0].layouts["question"].places["body"]
    assert place.anchor == "bottom"
    (slide,) = deck(draft(Code("print(1)", "python"), item("It counts."), layout="question"))
    end = max(b.place.y + b.place.height for b in slide.boxes[1:])
    assert end <= place.y + place.height + 0.01


def test_cards_are_shapes_of_one_size_below_the_title() -> None:
    for which in (0, -1):
        template = templates()[which]
        held = tuple(
            Holder(f"card-{n}", (Paragraph(text(f"Net {n}")), item("a knot"), item(LONG)))
            for n in range(1, 6)
        )
        (slide,) = deck(Draft("cards", text("T"), held), template=template)
        title, *cards = [box.place for box in slide.boxes]
        assert [place.name for place in cards] == [f"card-{n}" for n in range(1, 6)]
        assert len({(p.width, p.height) for p in cards}) == 1
        assert all(
            p.idx is None and p.y >= title.y + title.height and (p.fill or p.line) for p in cards
        )
        sizes = {line.size for line in lines(slide) if line.bullet}
        assert len(sizes) == 1 and min(sizes) >= 20 * template.scale


def test_steps_stand_beside_each_other_their_terms_below() -> None:
    for template in templates():
        held = tuple(Holder(f"step-{n}", (Paragraph(text(f"Net {n}")),)) for n in range(1, 6))
        (slide,) = deck(Draft("cards", text("T"), held), template=template)
        places = {box.place.name: box.place for box in slide.boxes}
        circles = [places[f"step-{n}"] for n in range(1, 6)]
        assert all(c.round and c.width == c.height for c in circles)
        assert len({c.y for c in circles}) == 1
        for n, (one, other) in enumerate(itertools.pairwise(circles), 1):
            term = places[f"term-{n}"]
            assert one.x + one.width < other.x and term.y > one.y + one.height
            assert abs(term.x + term.width / 2 - one.x - one.width / 2) < 0.1
        ways = arrows(slide)
        assert len(ways) == 4 and all(x1 < x2 and y1 == y2 for x1, y1, x2, y2 in ways)
        assert all(x1 > x2 for x1, _, x2, _ in arrows(turn(slide)))


def test_a_matrix_has_its_fields_between_its_axes() -> None:
    held = [Holder(f"card-{n}", (Paragraph(text(f"Net {n}")),)) for n in range(1, 5)]
    held += [Holder(f"axis-{end}", (Paragraph(text(end)),)) for end in ("top", "bottom", "left", "right")]  # fmt: skip
    for template in templates():
        (slide,) = deck(Draft("cards", text("T"), tuple(held)), template=template)
        places = {box.place.name: box.place for box in slide.boxes}
        up, right = arrows(slide)
        for n in range(1, 5):
            field = places[f"card-{n}"]
            assert field.x > up[0] and field.y + field.height < right[1]
        assert places["axis-top"].x + places["axis-top"].width <= up[0]
        assert places["axis-left"].y >= right[1] and up[3] < up[1]


def test_what_no_figure_can_hold_stands_on_cards() -> None:
    long = Paragraph(text(LONG * 40))
    held = tuple(Holder(f"field-{n}", (long,)) for n in range(1, 5))
    slides = deck(Draft("cards", text("T"), held), template=templates()[-1])
    assert len(slides) > 1 and not any(arrows(slide) for slide in slides)
    said = "".join(run.text for slide in slides for line in lines(slide) for run in line.runs)
    assert said.count("A net holds") == 160


def test_a_statement_without_a_layout_is_a_text_below_its_label() -> None:
    said = Draft("statement", text("Nets hold."), (Holder("label", (Paragraph(text("Knots")),)),))
    (own,) = deck(said, template=templates()[-1])
    assert (own.name, own.layout) == ("Nets hold.", "statement") and words_of(own) == ["Knots"]
    (other,) = deck(said, template=templates()[0])
    assert (other.name, other.layout, words_of(other)) == ("Knots", "content", ["Netshold."])


# -- any deck on any template ---------------------------------------------------------


@SLOW
@given(SCRIPTS, st.sampled_from(range(len(templates()))))
def test_every_word_is_on_a_slide_and_in_order(script: Script, which: int) -> None:
    made = compose(script, templates()[which])
    whole = shown(made)
    for slide in script.slides:
        for holder in slide.holders:
            for words in given_texts(holder.blocks):
                assert not Counter(words) - Counter(whole)
            order = [plain(b.runs) for b in holder.blocks if isinstance(b, Paragraph)]
            at = 0
            for words in order:
                at = _after(whole, words, at)
    assert [s.number for s in made.slides] == list(range(1, len(made.slides) + 1))
    names = [s.name.casefold() for s in made.slides]
    assert len(set(names)) == len(names)


def _after(whole: str, words: str, at: int) -> int:
    """Return where `words` end in `whole` from `at` on, other text between them allowed."""
    for character in words:
        found = whole.find(character, at)
        assert found >= 0
        at = found + 1
    return at


@pytest.mark.slow
@SLOW
@given(SCRIPTS, st.sampled_from(range(len(templates()))))
def test_nothing_is_higher_than_its_place(script: Script, which: int) -> None:
    template = templates()[which]
    for slide in compose(script, template).slides:
        idx = [b.place.idx for b in slide.boxes if b.place.idx is not None]
        assert len(set(idx)) == len(idx)
        for box in slide.boxes:
            place, content = box.place, box.content
            assert place.x >= -0.1 and place.x + place.width <= template.width + 0.1
            assert place.y + place.height <= template.height + 0.1, (
                place,
                content,
                [
                    (
                        b.place.name,
                        b.place.y,
                        b.place.height,
                        type(b.content),
                        getattr(b.content, "height", 0),
                    )
                    for b in slide.boxes
                ],
            )
            if isinstance(content, Text):
                bare = place.type == "title" or len(content.lines) < 2  # they have no smaller form
                spare = 0.0 if bare else 2.9
                assert content.height <= place.inner_height - spare, (place, content)
                assert content.height >= sum(li.pitch for li in content.lines) - 0.1
            elif isinstance(content, Grid):
                assert sum(content.heights) <= place.height + 0.1
                assert sum(content.widths) <= place.width + 0.1
        for one, other in itertools.combinations([box.place for box in slide.boxes], 2):
            if other.x < one.x + one.width - 0.1 and one.x < other.x + other.width - 0.1:
                ends = one.y + one.height, other.y + other.height
                assert ends[0] <= other.y + 0.1 or ends[1] <= one.y + 0.1, (one, other)


def cells(rows: list[list[str]], head: list[str]) -> Table:
    """Return a table of such words."""

    def row(words: list[str], header: bool = False) -> Row:
        return Row(tuple(Cell((Paragraph(text(w)),), header=header) for w in words))

    return Table(rows=tuple(map(row, rows)), head=(row(head, True),))


@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_long_cell_leaves_the_other_columns_their_width(at: int) -> None:
    short = ["a short name", "two words that say", "what to do with it", "some more of it"]
    long = [*short[:at], "a long text goes on " * 24, *short[at + 1 :]]
    slides = deck(
        draft(cells([long, *[short] * 5], ["One", "Two", "Three", "Four"]), layout="table")
    )
    widths = next(b.content.widths for s in slides for b in s.boxes if isinstance(b.content, Grid))
    assert min(widths) > 0.2 * max(widths)
    assert widths[at] == max(widths)


def test_seven_rows_of_running_text_are_two_slides_of_18_points() -> None:
    row = ["3. Some name", "A thing that one asks a base of data with", "A simple count today beats a late one",
           "Answer your own small questions, notice early what is not recorded"]  # fmt: skip
    slides = deck(draft(cells([row] * 7, ["", "What it is", "Why it matters", "What to do"]), layout="table"))  # fmt: skip
    grids = [b.content for s in slides for b in s.boxes if isinstance(b.content, Grid)]
    sizes = {line.size for g in grids for r in g.rows for c in r for line in c.lines}
    assert len(grids) == 2 and min(sizes) >= 18


@pytest.mark.parametrize("rows", [2, 3, 4])
def test_a_small_table_stands_in_the_optical_middle(rows: int) -> None:
    (slide,) = deck(draft(cells([["Wish", "a word"]] * rows, ["A", "B"]), layout="table"))
    (box,) = [b for b in slide.boxes if isinstance(b.content, Grid)]
    assert isinstance(box.content, Grid)
    assert 0.55 < (box.place.y + sum(box.content.heights)) / 540 < 0.8


def agenda(rows: int) -> Draft:
    """Return an agenda of so many rows, every third of them an exercise, the second a break."""

    def row(number: int) -> Row:
        named = Run(f"Part {number}", bold=number % 3 == 0, italic=number == 1)
        cells = ((Run(f"9:{number:02}"),), (named,), (Run(f"~{5 + number}"),))
        return Row(tuple(Cell((Paragraph(runs),)) for runs in cells))

    return draft(Table(rows=tuple(map(row, range(rows)))), layout="table")


@pytest.mark.parametrize("rows", [3, 6, 9])
def test_a_strip_above_an_agenda_is_in_proportion(rows: int) -> None:
    (slide,) = deck(agenda(rows))
    places = {b.place.name: b.place for b in slide.boxes}
    spans = [places[f"span-{n}"] for n in range(1, rows + 1)]
    (table,) = [b for b in slide.boxes if isinstance(b.content, Grid)]
    assert all(p.y + p.height < table.place.y for p in spans)
    assert [round(p.width / spans[0].width, 1) for p in spans] == [round((5 + n) / 5, 1) for n in range(rows)]  # fmt: skip
    assert [p.fill for p in spans[:3]] == ["accent1", "", "bg2"]


@pytest.mark.parametrize("rows", [2, 14])
def test_an_agenda_that_leaves_no_room_has_no_strip(rows: int) -> None:
    assert not any(b.place.name.startswith("span-") for s in deck(agenda(rows)) for b in s.boxes)
