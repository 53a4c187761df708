"""The guide: what is in it, where it comes from, and that nothing of the facilitator's is lost."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings

from courseware.course.loading import load
from courseware.html.rendering import render
from courseware.language.catalogue import Tongue
from courseware.language.printed import printed
from courseware.model.blocks import Box, SectionKind
from courseware.model.session import Course
from courseware.model.times.delivery import Delivery
from courseware.model.walk import blocks_of, walk
from courseware.products.guide.guide import Guide, guide
from courseware.products.guide.materials import group_size
from courseware.products.guide.scripts import guided
from courseware.products.table import PRODUCTS, Page, page
from courseware.reading.markdown.directives import DIRECTIVES
from tests.reading.test_properties import QUICK, sessions
from tests.searching import examples
from tests.support import PROJECT, session_of, tree

FEW = settings(QUICK, max_examples=examples(60))


def page_of(text: str, **delivery: object) -> Page:
    made = Course(title="C", sessions=(session_of(text),), delivery=Delivery(**delivery),  # type: ignore[arg-type]
                  variant="short" if delivery.get("length") else "")  # fmt: skip
    found = page(PRODUCTS["guide"], made, "session.md")
    assert found is not None
    return found


def html(found: Page) -> str:
    return render(found, Path())


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def guide_of(text: str, **delivery: object) -> Guide:
    content: Guide = page_of(text, **delivery).content
    return content


SESSION = """---
materials: [flip chart, "1 pen each"]
room: tables of four
---
# Session 03: Plans

## Roles (20 min)

Who does what.

::: facilitator
Say: Welcome.

**Listen for:** a name.

Anything else.
:::

## Exercise 1: Try (15 min) {group=pairs materials="2 sheets per group, timer"}

1. Who decides?

   ::: answer
   The owner.
   :::

::: debrief
- What was new?
:::

## Next session

More.
"""


def test_cues_are_told_apart_and_keep_their_words() -> None:
    blocks = guided(session_of(SESSION).sections, printed("en"))
    shown = tree(blocks)
    assert "box cue say" in shown and "Say Welcome." in shown
    assert "box cue listen" in shown and "Listen for a name." in shown
    assert "paragraph: Anything else." in shown
    assert "paragraph: Expect" in shown and "paragraph: Debrief" in shown
    assert "item (asks)" in shown


@pytest.mark.parametrize(
    ("line", "kind"),
    [("Say: x", "say"), ("*Do:* x", "do"), ("Watch for: x", "watch"), ("ASK: x", "ask"),
     ("Saying: x", None), ("We say: x", None)],
)  # fmt: skip
def test_what_begins_a_cue(line: str, kind: str | None) -> None:
    shown = tree(
        guided(session_of(f"# A\n\n::: facilitator\n{line}\n:::\n").sections, printed("en"))
    )
    assert re.findall(r"box cue (\w+)", shown) == ([kind] if kind else [])


def test_each_line_that_begins_with_its_word_is_a_cue() -> None:
    text = (
        "# A\n\n::: facilitator\nSay: we begin *here\nAsk: not*\nand on.\nAsk: What?\nDo: x\n:::\n"
    )
    shown = tree(guided(session_of(text).sections, printed("en")))
    assert re.findall(r"box cue (\w+)", shown) == ["say", "ask", "do"]
    assert "Say we begin here Ask: not and on." in shown


def test_materials_are_added_up_for_the_group() -> None:
    found = {m.text: (m.count, m.where) for m in guide_of(SESSION, group=9).materials}
    assert found == {
        "flip chart": (None, ()), "pen": (9, ()),
        "sheets": (10, ("Exercise 1: Try",)), "timer": (None, ("Exercise 1: Try",)),
    }  # fmt: skip
    shown = words(html(page_of(SESSION, group=9)))
    assert "9 handouts 9 worksheets flip chart" in shown
    assert "orksheet" not in words(html(page_of("# A\n\n## B\n\nx\n")))


def test_the_worksheet_is_on_the_list_where_there_is_one() -> None:
    found = page_of(SESSION, group=9)
    known = msgspec.structs.replace(found, maps={"handout": {}})
    assert "orksheet" not in words(html(known))
    bare = page_of("# A\n\n## B\n\nx\n", group=2)
    shown = words(html(msgspec.structs.replace(bare, maps={"handout": {}, "worksheet": {}})))
    assert "2 worksheets" in shown and "Print 2 handouts and 2 worksheets" in shown


def test_things_for_pairs_and_for_each_are_counted_as_they_are_written() -> None:
    text = (
        "---\nmaterials: [2 jugs per pair, 3 pens each, thermometer each, a table, 4 l of milk]\n---\n"
        '# A\n\n## Exercise 1: B {group="groups of 3" materials="1 jug each, cloth per group"}\n\nWhy?\n'
    )
    shown = words(html(page_of(text, group=11)))
    for said in ("11 handouts", "12 jugs, 2 per pair", "33 pens, 3 each", "11 × thermometer",
                 "a table", "4 l of milk", "4 × cloth, one per group (Exercise 1: B)"):  # fmt: skip
        assert said in shown, said
    bare = words(html(page_of(text)))
    assert "2 jugs per pair" in bare and "thermometer each" in bare and "handout, one each" in bare


@pytest.mark.parametrize(("text", "size"), [("pairs", 2), ("threes", 3), ("groups of 4", 4),
                                            ("tables", None)])  # fmt: skip
def test_what_a_grouping_says(text: str, size: int | None) -> None:
    assert group_size(text, Tongue()) == size


def test_page_1_says_what_is_needed_to_start() -> None:
    shown = words(html(page_of(SESSION, start="09:00", group=9)))
    for said in ("Start 09:00", "End 09:36", "Group 9", "1, 15 min", "tables of four", "9 × pen",
                 "09:20 15 Exercise 1: Try 2 sheets per group, timer Pairs, 5 groups", "36 stated 35, estimated ~1",
                 "Worksheets out at 09:20", "20 min, until 09:20", "Pairs · 5 groups",
                 "Next, 09:20: Exercise 1: Try, 15 min"):  # fmt: skip
        assert said in shown, said


def test_without_a_start_times_count_from_the_beginning() -> None:
    shown = words(html(page_of(SESSION)))
    assert "0:20 15 Exercise 1: Try" in shown and "End after 36 min" in shown


def test_estimated_times_are_marked_in_text_and_italics() -> None:
    found = html(page_of(SESSION))
    assert '<em class="estimated">~1</em>' in found
    assert "~15" not in found


def test_what_a_short_delivery_leaves_out_is_named_and_is_not_there() -> None:
    text = SESSION.replace("## Next", "## Exercise 2: Again (30 min)\n\nWhy not?\n\n## Next")
    shown = words(html(page_of(text, length=40)))
    assert "40 min in place of 1 h 6 min" in shown
    assert "leave out Roles (20 min)" in shown and "Exercise 1: Try: 15 → 12" in shown
    assert "Say: Welcome" not in shown and "Why not?" in shown and "2, 39 min" in shown


def test_pages_of_other_products_are_cited_where_there_are_any() -> None:
    found = page_of(SESSION)
    assert '<th scope="col">Slides</th>' not in html(found)
    exercise = found.session.exercises()[0]
    maps = {"slides": {exercise.id: 4, exercise.blocks[0].id: 6}, "handout": {exercise.id: 2}}
    shown = words(html(msgspec.structs.replace(found, maps=maps)))
    assert "Exercise 1: Try 2 sheets per group, timer Pairs 4–6 2" in shown
    assert "Pairs · slides 4–6 · handout p. 2" in shown and "worksheet p." not in shown


def test_the_worksheet_s_hints_are_not_where_an_exercise_is() -> None:
    found = page_of("# A\n\n## Exercise 1: B\n\nWhy?\n\n::: hint\nThink.\n:::\n\n**Hint:** More.\n")
    exercise = found.session.exercises()[0]
    pages = {n.id: 6 if "hint" in (getattr(n, "kind", ""), getattr(n, "role", "")) else 1
             for n in walk([exercise])}  # fmt: skip
    pages |= {b.id: 6 for box in blocks_of([exercise], Box) for b in box.blocks}
    shown = words(html(msgspec.structs.replace(found, maps={"worksheet": pages})))
    assert set(pages.values()) == {1, 6} and "Worksheet p. 1 Why?" in shown and "1–6" not in shown


def test_a_talk_is_its_slides_in_few_words_and_what_is_asked() -> None:
    text = (
        "# A\n\n## Kinds\n\nThere are two.\n\n### Green\n\nFresh, and light in the cup, and soon drunk up by all.\n\n"
        "::: facilitator\nSay: smell it.\n:::\n\n### Black\n\n- Old\n\n"
    )
    found = page_of(text)
    section = found.session.sections[0]
    _, green, black = section.blocks
    numbers = {node.id: 4 for node in walk([section])}
    numbers |= {node.id: 5 for node in walk([green])} | {node.id: 6 for node in walk([black])}
    shown = words(html(msgspec.structs.replace(found, maps={"slides": numbers})))
    assert (
        "4 There are two. 5 Green : Fresh, and light in the cup, and soon… 6 Black : Old" in shown
    )
    assert "smell it." in shown and "drunk up" not in shown
    assert 'class="on-slides"' in html(msgspec.structs.replace(found, maps={"slides": numbers}))
    said = page_of(text.replace("smell it.", "smell it, " + "and wait, " * 30))
    beside = html(msgspec.structs.replace(said, maps={"slides": numbers}))
    header = beside.partition('class="on-slides column"')[0].rpartition("<header>")[2]
    assert "</header>" not in header  # a float below it would leave it alone at the foot of a page
    course = msgspec.structs.replace(found.course, guide="full")
    whole = page(PRODUCTS["guide"], course, "session.md")
    assert whole is not None
    assert {"drunk"} <= set(words(html(whole)).split())


def test_a_slide_without_a_sentence_is_told_by_what_it_shows() -> None:
    shows = {
        "```\n\n$ cd writing\n```\n": "$ cd writing", "- Old\n- New\n": "Old",
        "| Tea | Steps |\n|---|---|\n| Green | 2 |\n": "Tea", "> Slowly.\n": "Slowly.",
    }  # fmt: skip
    for source, told in shows.items():
        found = page_of(f"# A\n\n## Kinds\n\nFirst.\n\n{source}\n---\n")
        section = found.session.sections[0]
        numbers = {node.id: 5 for node in walk([section])} | {section.id: 4}
        numbers[section.blocks[0].id] = 4
        shown = words(html(msgspec.structs.replace(found, maps={"slides": numbers})))
        assert f"5 {told}" in shown, source


def test_a_few_minutes_leave_no_line_for_notes() -> None:
    lines = {n: guide_of(f"# A\n\n## B ({n} min)\n\nx\n").steps[0].notes for n in (3, 5, 10, 25)}
    assert lines == {3: 0, 5: 1, 10: 2, 25: 3}


def test_where_a_segment_is_names_one_slide_or_several() -> None:
    found = page_of("# A\n\n## B\n\nx\n\n## Exercise 1: C\n\nWhy?\n")
    section, (exercise,) = found.session.sections[0], found.session.exercises()
    maps = {"slides": {section.id: 2, exercise.id: 3, exercise.blocks[0].id: 4}}
    shown = words(html(msgspec.structs.replace(found, maps=maps)))
    assert "Slide 2 2 B" in shown and "Slides 3–4 Why?" in shown


def test_an_exercise_is_told_in_the_order_of_its_source() -> None:
    text = "# A\n\n## Exercise 1: B\n\nIn pairs.\n\n::: facilitator\nDo: call time.\n:::\n\nWhat is it?\n\nMore.\n"
    (step,) = guide_of(text).steps
    told = tree(step.told)
    places = [told.index(w) for w in ("In pairs.", "box cue do", "What is it? (asks)", "More.")]
    assert step.first == () and places == sorted(places)


def test_the_checklist_says_on_which_page_is_what_to_do_before_and_after() -> None:
    text = '# A\n\n## B\n\nx\n\n::: facilitator "Before the room opens"\nDo: chairs.\n:::\n\n::: facilitator After the session\nDo: mails.\n:::\n'
    found = page_of(text)
    shown = html(found)
    for aside in found.content.asides:
        assert f'href="#{aside.id}"' in shown and f'id="{aside.id}"' in shown
    assert [(a.when, a.title.plain) for a in found.content.asides] == [
        ("before", "Before the room opens"), ("after", "After the session")]  # fmt: skip
    assert not guide_of("# A\n\n## Before you go\n\nx\n").asides


def test_an_answer_in_a_line_looks_like_one_in_a_box() -> None:
    text = "# A\n\n## Exercise 1: B\n\nWhy?\n\n**Sample answer:** Because *so* it is.\n\n**Debrief:**\n- Who knew?\n"
    shown = html(page_of(text))
    assert 'class="box answer"' in shown and 'class="box debrief"' in shown
    assert "Sample answer Because so it is." in words(shown) and "Debrief Who knew?" in words(shown)
    assert "Expect" not in shown and shown.count("Debrief") == 1


def test_a_hint_is_called_one_once() -> None:
    text = "# A\n\n## Exercise 1: B\n\nWhy?\n\n::: hint\nThink.\n:::\n\n::: stretch\nMore.\n:::\n"
    shown = words(html(page_of(text)))
    assert shown.count("Hint") == 1 and shown.count("finish early") == 1


def test_sessions_that_learners_know_are_named() -> None:
    before = session_of("# Session 1: Tea\n", "01.md")
    after = session_of(
        "---\nprerequisites: [01.md, patience]\n---\n# Session 2: B\n\n## C\n\nx\n", "02.md"
    )
    found = page(PRODUCTS["guide"], Course(title="C", sessions=(before, after)), "02.md")
    assert found is not None
    assert "Learners know: Session 1: Tea; patience" in words(html(found))


def test_worksheets_go_out_for_the_first_exercise_wherever_it_stands() -> None:
    text = "# A\n\n## Talk (10 min)\n\nx\n\n## Exercises (20 min)\n\n### Exercise 1: B (20 min)\n\nWhy?\n"
    assert "Worksheets out at 0:10, for Exercise 1" in words(html(page_of(text)))


@FEW
@given(sessions(), sessions())
def test_every_word_for_the_facilitator_is_in_the_guide(text: str, secret: str) -> None:
    marked = secret.replace("word", "secret")
    found = page_of(f"{text}\n\n:::::: facilitator\n\n{marked}\n\n::::::\n\n{text}")
    shown = words(html(found)).lower()
    for word in re.findall(r"secret\d+", marked):
        assert re.search(rf"\b{word}\b", shown), word


def test_a_file_for_the_facilitator_is_printed_whole() -> None:
    shown = words(html(page_of("# Instructor Notes\n\n## Setting up\n\nPlug it in.\n")))
    assert "Plug it in." in shown and "Run sheet" not in shown and "Bring" not in shown
    shown = words(
        html(page_of("# Instructor Notes\n\nHow we ran it.\n\n## Setting up\n\nPlug it in.\n"))
    )
    assert shown.count("How we ran it.") == 1 and "Bring" not in shown


def test_a_paragraph_that_leads_to_a_list_is_no_purpose() -> None:
    assert guide_of("# A\n\nYou make tea.\n\n## B\n\nx\n").purpose
    assert not guide_of("# A\n\nToday we make:\n\n- tea\n\n## B\n\nx\n").purpose


def test_supplies_that_run_over_two_lines_are_all_listed() -> None:
    text = "# A\n\n**Supplies needed:** Paper, pen,\nclock\n\n## B\n\nx\n"
    assert [m.text for m in guide_of(text).materials] == ["Paper", "pen", "clock"]


def test_names_of_a_page_are_told_once() -> None:
    text = "# A\n\n## B\n\nx\n\n::: activity C\ny\n:::\n\nz\n\n::: activity D\ny\n:::\n"
    names = re.findall(r'id="([^"]*)"', html(page_of(text)))
    assert len(names) == len(set(names))


@pytest.mark.slow
def test_the_sample_guide_is_tagged_and_gives_the_layout_engine_nothing_to_report() -> None:
    from courseware.pdf.pages import written

    made = load(PROJECT / "content").course
    made = msgspec.structs.replace(made, delivery=Delivery("09:00", 120, 12), variant="short")
    session = next(s for s in made.sessions if s.number == 7)
    found = page(PRODUCTS["guide"], made, session.path)
    assert found is not None and isinstance(found.content, Guide)
    assert guide(found.course, found.session) == found.content
    result = written(found, PROJECT / "content", "a4")
    assert result.reports == ()
    from io import BytesIO

    from pypdf import PdfReader

    reader = PdfReader(BytesIO(result.data))
    first = reader.pages[0].extract_text()
    assert "/StructTreeRoot" in reader.root_object
    assert "Run sheet" in first and "2 h in place of 2 h 57 min" in first


def test_what_page_1_prints_is_not_told_again() -> None:
    text = (
        "# A\n\n## Objectives (5 min)\n\n- Brew\n\n::: facilitator\nSay: hello.\n:::\n\n## B\n\nx\n"
    )
    shown = words(html(page_of(text)))
    assert shown.count("Brew") == 1 and "Say hello." in shown


def test_the_guides_own_parts_do_not_look_like_an_authors_boxes() -> None:
    found = re.findall(r'<(?:section|div) class="([^"]+)"', html(page_of(SESSION)))
    own = {name for names in found for name in names.split() if "box" not in names}
    kinds = {row.kind for row in DIRECTIVES.values()} | set(get_args(SectionKind))
    assert {"phases", "run-sheet", "glance"} <= own
    assert not (own - {"objectives", "exercise"}) & kinds
