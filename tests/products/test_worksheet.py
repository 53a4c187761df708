"""The worksheet: what is on it, and that every prompt has its space."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from courseware.course.loading import load
from courseware.html.rendering import render
from courseware.model.blocks import Item, List, Paragraph, Space
from courseware.model.session import Course, Session
from courseware.model.walk import texts, walk
from courseware.products.answers.key import Answer, Key
from courseware.products.table import PRODUCTS, Page, page
from courseware.products.worksheet.selection import holds, is_asked, is_served
from courseware.products.worksheet.space import TALLEST, Room, Things
from courseware.products.worksheet.spacing import SHOWN, is_shown
from courseware.products.worksheet.worksheet import LABEL, Worksheet
from tests.reading.test_properties import QUICK, sessions
from tests.searching import examples
from tests.support import PROJECT, session_of, tokens

FEW = settings(QUICK, max_examples=examples(60))


def page_of(text: str | Session, product: str = "worksheet") -> Page | None:
    session = session_of(text) if isinstance(text, str) else text
    return page(PRODUCTS[product], Course(title="C", sessions=(session,)), session.path)


def sheet_of(text: str | Session) -> Worksheet:
    found = page_of(text)
    assert found is not None
    content: Worksheet = found.content
    return content


def key_of(text: str) -> Key:
    found = page_of(text, "answers")
    assert found is not None
    content: Key = found.content
    return content


def shown(units: Any, depth: int = 0) -> str:
    """Return units as lines: a space with its kind and size, what is no text by its name, else words."""
    lines = []
    for node in walk(units):
        if isinstance(node, Room):
            amount = node.height / 8 if node.kind == "lines" else node.height
            lines.append(f"[{node.kind} {amount:g}]")
        elif isinstance(node, Answer):
            lines.append(f"answer {node.heading.name}".strip())
        elif isinstance(node, Paragraph):
            lines.append(node.text.plain)
        elif isinstance(node, SHOWN):
            lines.append(f"<{type(node).__name__.lower()}>")
        elif heading := getattr(node, "heading", None):
            lines.append(f"# {heading.name}")
    return "\n".join(lines)


EXERCISE = "# T\n\n## Exercise 1: Try (5 min)\n\n"


def test_each_prompt_has_space_by_its_words() -> None:
    text = EXERCISE + "Read this.\n\n1. Which one?\n2. Why?\n\n**Part 1**\n\nWhat is it?\n"
    assert shown(sheet_of(text).units) == (
        "# Try\nRead this.\nWhich one?\n[lines 1]\nWhy?\n[lines 6]\n# Part 1\nWhat is it?\n[lines 3]"
    )


@pytest.mark.parametrize(
    ("blocks", "space"),
    [("1. Which?\n2. Why?\n\n::: grid 6cm\n", "Which? Why? [grid 60]"),
     ("1. Which?\n2. Why?\n\n___\n", "Which? [lines 1] Why? [lines 6] [lines 1]"),
     ("1. Which?\n\n   - a\n   - b\n2. Why?\n\n::: lines 2\n", "Which? a b Why? [lines 2]"),
     ("Why?\n\n::: lines 5\n", "Why? [lines 5]"),
     ("Which?\n\n- one\n- two\n", "Which? one two"),
     ("Which is right?\n\n```sh\nls\n```\n\n1. this\n2. that\n", "Which is right? <code> this that"),
     ("Which one?\n\n```sh\nls\n```\n\nRead on.\n", "Which one? <code> [lines 1] Read on."),
     ("Consider it, then select one:\n\n- this\n- that\n", "Consider it, then select one: this that"),
     ("My name is ____. Is it?\n", "My name is ____. Is it?"),
     ("Name three:\n\n-\n-\n", "Name three: [lines 1] [lines 1]"),
     ("- [ ] done\n", "done"),
     ('::: canvas "A" "B"\n', "A [box 42] B [box 42]"),
     ("Define:\n\n- The goal\n- The price\n", "Define: The goal [box 36] The price [box 36]"),
     ("Write two sentences on each:\n\n- how\n- who\n",
      "Write two sentences on each: how [lines 4] who [lines 4]"),
     ("| a | b |\n|---|---|\n| x | |\n| y | ____ |\n", "a b x [cell 9] y [cell 9]"),
     ("::: lines 30\n", "[lines 15] [lines 15]"),
     ("1. Which?\n2. Why?\n\n::: lines 2\n", "Which? Why? [lines 2]"),
     ("1. Which?\n2. Why?\n\n::: lines 1\n", "Which? [lines 1] Why? [lines 6] [lines 1]"),
     ("1. Which?\n2. Who?\n3. Where?\n\n::: lines 3\n", "Which? Who? Where? [lines 3]"),
     ("1. Which?\n\n   ::: lines 4\n2. Who?\n3. Why?\n\n::: lines 9\n",
      "Which? [lines 4] Who? [lines 1] Why? [lines 9]"),
     ("Which one?\n\n```sh\nls\n```\n\n$$\nx\n$$\n", "Which one? <code> <math> [lines 1]"),
     ("Which one?\n\nRead on.\n\n```sh\nls\n```\n", "Which one? [lines 1] Read on. <code>"),
     ("Define:\n\n- The goal\n", "Define: The goal [lines 3]"),
     (f"Define:\n\n- {'a' * 80}\n- b\n", f"Define: {'a' * 80} [box 36] b [box 36]"),
     (f"Define:\n\n- {'a' * 81}\n- b\n", f"Define: {'a' * 81} [lines 3] b [lines 3]"),
     ("| a | b |\n|---|---|\n| x | y |\n| z | |\n", "a b x y z [cell 9]"),
     ("Which?\n\n| a | b | c |\n|---|---|---|\n| x | y | z |\n| q | r | |\n", "Which? [lines 1] a b c x y z q r")],
)  # fmt: skip
def test_whose_space_serves(blocks: str, space: str) -> None:
    assert " ".join(shown(sheet_of(EXERCISE + blocks).units).split("\n")[1:]) == space


@pytest.mark.parametrize(
    ("blocks", "space"),
    [("Write on it:\n\n{}", "Write on it: [lines 6] More."), ("Write on it:\n\n{}\n{}", "Write on it: [lines 6] More. More."),
     ("Write on it:\n\n{}\n---\n", "Write on it: [lines 6] More."),
     ("Write on it:\n\n{}\nThen that.\n", "Write on it: More. Then that. [lines 6]"),
     ("Write on it:\n\n{}\nThen that.\n\n{}", "Write on it: More. Then that. [lines 6] More.")],
)  # fmt: skip
def test_the_space_of_a_whole_exercise_stands_before_the_boxes_that_close_it(
    blocks: str, space: str
) -> None:
    found = shown(sheet_of(EXERCISE + blocks.replace("{}", "::: example\nMore.\n:::\n")).units)
    assert " ".join(line for line in found.split("\n") if not line.startswith("#")) == space


def test_what_is_as_tall_as_a_page_is_one_space_and_what_is_taller_is_two() -> None:
    most = int(TALLEST)
    one, two = (sheet_of(EXERCISE + f"::: box {n}mm\n").units for n in (most, most + 2))
    assert shown(one).split("\n")[1:] == [f"[box {most}]"]
    assert shown(two).split("\n")[1:] == [f"[box {most // 2 + 1}]"] * 2


def test_of_other_parts_there_is_what_is_written_on_and_what_leads_to_it() -> None:
    text = (
        "# T\n\n## A\n\nLong text.\n\nFill in:\n\n```\nA: ____ B: ____\nC: ____\n```\n\nMore text.\n\n"
        "## B\n\nNothing here.\n\n### Deep\n\nMy tea is ____.\n\n## Further Reading\n\n- [ ] A book\n"
    )
    units = sheet_of(text).units
    assert [u.heading.name for u in units] == ["A", "Deep"]
    assert "Fill in:" in shown(units) and "My tea" in shown(units)
    assert not re.search("Long text|More text|Nothing|A book", shown(units))


def test_hints_stand_at_the_end_and_stretches_where_they_are() -> None:
    text = EXERCISE + (
        "Why?\n\n::: hint\nLook up.\n:::\n\n**Hint:** Look down.\n\n::: stretch\nDraw it.\n:::\n"
    )
    sheet = sheet_of(text)
    assert "Look" not in shown(sheet.units) and "Draw it." in shown(sheet.units)
    assert [(h.source, shown(h.blocks)) for h in sheet.hints] == [
        ("Exercise 1: Try", "Look up."), ("Exercise 1: Try", "Look down."),
    ]  # fmt: skip


def test_hints_are_on_a_sheet_though_nothing_asks() -> None:
    for hint in (
        "**Hint:** They end in s.",
        "Hint: They end in s.",
        "::: hint\nThey end in s.\n:::",
    ):
        sheet = sheet_of(f"# T\n\n## Exercise 1: Verbs\n\nFind three verbs.\n\n{hint}\n")
        said = " ".join(t.plain for one in sheet.hints for t in texts(one.blocks))
        assert said == "They end in s." and "Find three" in shown(sheet.units)


def test_a_session_with_nothing_to_write_on_has_none() -> None:
    assert page_of("# T\n\n## A\n\nText.\n\n## Further Reading\n\n- [ ] A book\n") is None
    assert page_of("# T\n\n## A\n\n::: activity\nWalk about.\n:::\n") is None


def rooms_in(units: Any) -> list[Room]:
    nodes: list[Any] = list(walk(units))
    return [node for node in nodes if isinstance(node, Room)]


def test_fields_have_names_of_their_own_and_labels_that_say_where_they_are() -> None:
    text = EXERCISE + "1. Why?\n2. Why?\n\n## Exercise 2: Again {#a.b}\n"
    rooms = rooms_in(sheet_of(text).units)
    assert len({r.name for r in rooms}) == 3 and not any("." in r.name for r in rooms)
    assert rooms[0].label == "Exercise 1: Try. Why?" and rooms[2].label == "Exercise 2: Again."


def prompts(nodes: Any) -> list[Any]:
    return [n for n in walk(nodes) if is_asked(n)]


def unserved(units: Any) -> list[Any]:
    """Return prompts that no space serves: in them, after them, or after their list."""
    rest, served = [], set[int]()
    for node in [n for u in units for n in walk([u])]:
        inside = list(getattr(node, "blocks", ()))
        for at, block in enumerate(inside):
            after = next((b for b in inside[at + 1 :] if not is_shown(b)), None)
            space = isinstance(after, Room | Things) or (
                after is not None and holds([after], is_served)
            )
            asked = after is not None and holds([after], is_asked)
            if isinstance(block, Paragraph | List) and (space or asked):
                served |= {id(n) for n in prompts([block])}
    for prompt in prompts(units):
        mine = holds([prompt], lambda n: isinstance(n, Room) or is_served(n))
        inner = isinstance(prompt, Item) and len(prompts([prompt])) > 1
        if not mine and not inner and id(prompt) not in served:
            rest.append(prompt)
    return rest


@FEW
@given(sessions())
def test_every_prompt_has_a_space(text: str) -> None:
    found = page_of(text)
    if found is not None:
        assert unserved(found.content.units) == []


@FEW
@given(sessions())
def test_no_two_fields_share_a_name_and_none_lacks_a_label(text: str) -> None:
    found = page_of(text)
    if found is None:
        return
    html = render(found, Path())
    names = re.findall(r'<(?:input|textarea)[^>]* name="([^"]*)"', html)
    assert len(set(names)) == len(names) and not any("." in name for name in names)
    labels = re.findall(r'<(?:input|textarea)[^>]* title="([^"]*)"', html)
    assert len(labels) == len(names) and all(0 < len(label) <= LABEL * 6 for label in labels)
    assert set(found.content.long) <= {unit.id for unit in found.content.units}


def test_a_course_keeps_the_rules(source: Path = PROJECT / "content") -> None:
    loaded = load(source)
    for session in loaded.course.sessions:
        found = page(PRODUCTS["worksheet"], loaded.course, session.path)
        if found is not None:
            assert unserved(found.content.units) == [], session.path
            assert not holds(found.content.units, lambda n: isinstance(n, Space | Answer))
            assert not holds(found.content.units, lambda n: n.audience == "facilitator")


# -- the answer key ----------------------------------------------------------------


KEYED = """# T

## Exercise 1: Try

1. Which?
2. Why?

::: grid 4cm

::: answer
First this:

1. The left.
2. Because.
:::

What then?

::: answer "A sample"
Nothing.

::: facilitator
Smile.
:::
:::

::: debrief
- And now?
:::

**Hint:** Think.
"""


def test_answers_are_at_their_prompts_and_the_others_after_them() -> None:
    assert shown(key_of(KEYED).units) == (
        "# Try\nWhich?\nanswer\nThe left.\nWhy?\nanswer\nBecause.\nanswer\nFirst this:\n"
        "What then?\nanswer A sample\nNothing."
    )


def test_a_list_of_another_length_stays_whole() -> None:
    shown_key = shown(key_of(EXERCISE + "1. Which?\n2. Why?\n\n::: answer\n1. x\n:::\n").units)
    assert shown_key == "# Try\nWhich?\nWhy?\nanswer\nx"


def test_answers_of_a_section_of_their_own_come_to_the_questions_before() -> None:
    text = "# T\n\n## Questions\n\n1. Why?\n2. Who?\n\n## Answer Key\n\n1. So.\n2. Me.\n"
    assert shown(key_of(text).units) == "# Questions\nWhy?\nanswer\nSo.\nWho?\nanswer\nMe."


def test_a_session_without_answers_has_no_key() -> None:
    assert page_of(EXERCISE + "Why?\n", "answers") is None
    assert page_of("# T\n\n## A\n\n- **Solution:** learn\n", "answers") is None


@FEW
@given(sessions())
def test_every_answer_is_in_the_key_and_no_other_word_of_the_facilitators(text: str) -> None:
    session = session_of(text)
    found = page_of(session, "answers")
    told = tokens(" ".join(t.plain for t in texts(found.content.units))) if found else []
    learners = page(PRODUCTS["handout"], Course(title="C", sessions=(session,)), session.path)
    assert learners is not None
    assert holds(session.sections, _is_answer) == (found is not None) or not told
    seen = set(tokens(" ".join(t.plain for t in texts(learners.session.sections))))
    answers = [n for n in walk(session.sections) if _is_answer(n)]
    mine = set(tokens(" ".join(t.plain for t in texts(answers))))
    worksheets = page_of(session)
    sheet = set[str]()
    if worksheets is not None:
        sheet = set(tokens(" ".join(t.plain for t in texts(worksheets.session.sections))))
    assert set(told) <= seen | mine | sheet


def _is_answer(node: Any) -> bool:
    from courseware.products.answers.key import is_answer

    return is_answer(node)


def test_below_the_title_an_exercise_with_a_picture_may_break_so_that_the_title_is_not_alone() -> (
    None
):
    told = "It is so.\n\n" * 16
    part = f"## Exercise {{n}}: Draw\n\n{told}![A plan](plan.png)\n\nWhat is it?\n\n"
    found = sheet_of("# Session 1: Plans\n\n" + part.format(n=1) + part.format(n=2))
    assert [unit.id in found.long for unit in found.units] == [True, False]


def test_a_scale_and_the_boxes_of_a_table_are_to_tick_and_have_no_lines() -> None:
    text = EXERCISE + "How sure are you?\n\nNever 1 – 2 – 3 always\n\n"
    found = page_of(text + "| Tool | Clean |\n|---|---|\n| Brush | [ ] |\n| Pan | ☐ |\n")
    assert found is not None
    html = render(found, PROJECT)
    assert (html.count('type="checkbox"'), html.count("<textarea")) == (5, 0)
    assert html.count('class="choices scale') == 1


SHORT = "Bees fly far. What do they find?\n\n"


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("### Exercise 1: One\n\n{0}### Exercise 2: Two\n\n{0}", 2),
        ("### Exercise 1: One\n\n{0}### Exercise 2: Two\n\nLook.\n\n", 2),
        ("### Exercise 1: One\n\n{0}", 0),
        ("### Exercise 1: One\n\n{0}### Exercise 2: Two\n\n1. Why?\n2. How?\n", 0),
        ("### Exercise 1: One\n\n{0}### Exercise 2: " + "very " * 9 + "long\n\n{0}", 0),
        ("### Exercise 1: One\n\n{0}### Exercise 2: Two\n\nLook.\n\n```sh\nls\n```\n\nWhy?\n", 0),
    ],
)
def test_headings_of_short_exercises_stand_beside_them_all_or_none(text: str, beside: int) -> None:
    made = page_of("# Session 1: T\n\n## Exercises\n\n" + text.format(SHORT))
    assert made is not None
    assert render(made, PROJECT).count('class="headed"') == beside
