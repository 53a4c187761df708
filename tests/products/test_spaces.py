"""What is done on a screen, with the hands or on a whiteboard gets no space on paper; choices get boxes."""

from __future__ import annotations

import pytest

from courseware.model.blocks import List
from courseware.model.session import Session
from courseware.model.walk import texts, walk
from courseware.products.worksheet.space import Grid
from tests.products.test_worksheet import page_of, rooms_in, sheet_of
from tests.support import session_of

TASK = "# T\n\n## Exercise 1: Try (5 min)\n\n"
CODE = "```\nls -a\n```\n\n"


def rooms(text: str | Session) -> list[int]:
    """Return the lines of each space of a text's worksheet."""
    found = page_of(text)
    return [round(room.height / 8) for room in rooms_in(found.content.units)] if found else []


@pytest.mark.parametrize(
    "task",
    [
        "1. Open a terminal.\n2. Run this:\n\n   ```sh\n   ls\n   ```\n\nThat was a success!\n",
        "Build a new target that holds:\n\n```c\nint one;\n```\n\nCall it from the main file.\n",
        "Write a function that counts bees.\n\n```rust\nfn count() {\n    todo!()\n}\n```\n",
        "Fill in the blanks:\n\n```sh\nmv one ____/____\n```\n",
        "Let's write a Compose file for the app!\n\nThe code is at: https://example.org/app\n",
        "Take turns as the owner.\n",
        "1. Pick your favourite lamp and insert the legs into the two holes.\n2. Turn it on.\n",
        "1. Name your project `nightlight`.\n2. Open it.\n",
        "1. List out your ideas on Post-its.\n2. Put them up.\n",
        "Have everyone note two ideas on the whiteboard.\n",
        "**Supplies needed:** whiteboard, markers\n\n1. List three ideas.\n2. Group them.\n",
        "| Criteria | Good | Poor |\n|---|---|---|\n| Describe a sensor | All of it | Some |\n",
    ],
)
def test_what_is_done_elsewhere_has_no_space(task: str) -> None:
    assert not rooms(TASK + task)


def test_a_file_that_is_one_exercise_has_its_supplies_at_its_head() -> None:
    text = "# Ideas\n\n**Supplies needed:** Post-Its, Whiteboard\n\n## Instructions\n\n1. List three ideas.\n"
    assert not rooms(session_of(text, "exercises/ideas.md"))
    assert rooms(session_of(text.replace("Post-Its, Whiteboard", "None"), "exercises/ideas.md"))


@pytest.mark.parametrize(
    ("task", "lines"),
    [
        ("Arrange these lines in their order:\n\n```sh\nls\ncd\n```\n\nHere is an example.\n", [6]),
        ("Write a short explanatory comment for this script:\n\n```sh\nls\n```\n", [6]),
        ("What would be the result of the following code:\n\n```sh\nls\n```\n", [3]),
        ("1. Name three parts of a bee.\n2. Pick one of them.\n", [3, 3]),
        ("Look at the whiteboard and describe the largest bee.\n", [3]),
        ("Explain the difference between a whiteboard and a wiki.\n", [6]),
        ("**Supplies needed:** whiteboard\n\n1. List three ideas.\n2. Which is the best?\n", [1]),
        ("| Part | Notes |\n|---|---|\n| Describe a sensor | |\n| Describe a lamp | |\n", [1, 1]),
    ],
)
def test_what_asks_for_words_has_it(task: str, lines: list[int]) -> None:
    assert rooms(TASK + task) == lines


@pytest.mark.parametrize(
    "verb", ["Draw the path of a bee", "Sketch the hive", "Plot the bees on the matrix"]
)
@pytest.mark.parametrize(
    "task",
    [
        "{}.\n",
        "Bees fly far. {}.\n",
        "- Read the map.\n- {}.\n",
        "1. In pairs:\n   - {}.\n   - Discuss it.\n",
        "{}.\n\n```\nA --- B\n```\n",
        "```\nA --- B\n```\n\n{}.\n",
        "{}.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "**Step 1:** {}.\n\n**Step 2:** Discuss it.\n",
    ],
)
def test_what_says_to_draw_has_a_box(task: str, verb: str) -> None:
    """A picture, code or a full table beside it is what it is about, no space for it."""
    found = page_of(TASK + task.format(verb))
    assert found is not None
    assert [room.kind for room in rooms_in(found.content.units)][:1] == ["box"]


@pytest.mark.parametrize("between", [CODE, "![A tree](tree.svg)\n\n", "`a   b`\n\n", CODE + CODE])
@pytest.mark.parametrize(
    "lead",
    [
        "Which command prints this?",
        "On a full disk, what command(s) will print this:",
        "Tras estos comandos, selecciona la respuesta que describe el archivo:",
        "Welcher Befehl gibt dies aus:",
        "Choose what it prints:",
        "次から正しいものを選んでください：",
    ],
)
def test_choices_behind_code_a_picture_or_a_plain_command_are_boxes(
    lead: str, between: str
) -> None:
    language = {"T": "es", "W": "de", "次": "ja"}.get(lead[0] if "Which" not in lead else "", "en")
    text = f"---\nlanguage: {language}\n---\n{TASK}{lead}\n\n{between}1. `ls pwd`\n2. `ls -r`\n"
    units = sheet_of(text).units
    assert [len(n.items) for n in walk(units) if isinstance(n, List) and n.choices] == [2]
    assert not rooms_in(units)


@pytest.mark.parametrize(
    "lead", ["What it prints:", "How to run it:", "What you need is:", "Run it:"]
)
def test_a_label_before_code_asks_nothing(lead: str) -> None:
    assert not rooms(f"{TASK}{lead}\n\n{CODE}1. Open it.\n2. Save it.\n")


def test_questions_that_open_a_file_without_headings_guide_it() -> None:
    text = ":::: objectives\n- Name bees.\n::::\n\n:::: questions\n- What is a bee?\n::::\n\nBees fly.\n"
    kinds = [section.kind for section in session_of(text).sections]
    assert kinds == ["objectives", "guiding", "introduction"] and page_of(text) is None
    asked = session_of(text + "\n:::: questions\n- What is a wasp?\n::::\n").sections
    assert [section.kind for section in asked][-1] == "questions"


def test_one_empty_cell_beside_other_texts_is_no_worksheet() -> None:
    row = "| A terminal | helpful | |\n"
    table = "# T\n\n## Bees\n\n| Needed | How | Notes |\n|---|---|---|\n"
    assert page_of(table + row) is None and page_of(table + row + row) is not None


TICKED = "# T\n\n## Bees\n\nBees fly.\n\n{}\n\nThey hum.\n"


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        ("✅ What other bees do you know?", [3]),
        ("✅ Do some research. What does a hive weigh?", [3]),
        ("✔️ For each of the hives below, describe its place.", [3]),
        ("✅ Saved the file", []),
        ("✅ You will be using an editor. If you never did, read about it.", []),
        ("✅ What is a bee?\n✅ What is a wasp?", []),
        ("✅ Write short sentences.\n\n✅ Write in plain words.", []),
        ("✅ Write short sentences.\n\n❌ Write long ones.", []),
        ("What other bees do you know?", []),
        ("- ✅ Describe the hive\n- ✅ Describe the queen", []),
    ],
)
def test_a_tick_before_a_paragraph_that_asks_makes_a_small_task(
    told: str, lines: list[int]
) -> None:
    assert rooms(TICKED.format(told)) == lines


def test_a_heading_with_a_colon_and_nothing_behind_it_waits_for_words() -> None:
    form = "# The problem\n\n## Current solutions:\n\n## For whom:\n\n### First group:\n\n## The end\n\nText.\n"
    assert rooms(form) == [3, 3]
    assert not rooms("# T\n\n## Agenda:\n\n## Materials:\n\n## Bees\n\nText.\n")


@pytest.mark.parametrize(
    ("lead", "cells"),
    [("Complete the table.", 2), ("Please fill in the gaps.", 2), ("Look at the table: what is missing in Brest?", 0)],
)  # fmt: skip
def test_scattered_gaps_of_a_table_to_complete_are_written_in(lead: str, cells: int) -> None:
    table = "\n\n| Port | High | Low |\n|--|--|--|\n| Brest | 06:12 | |\n| Dover | | 05:40 |\n"
    found = page_of(TASK + lead + table)
    made = [r for r in rooms_in(found.content.units) if r.kind == "cell"] if found else []
    assert len(made) == cells


@pytest.mark.parametrize(
    ("task", "heads"),
    [
        ("List three risks. For each of them, note:\n\n- who it touches\n- how likely it is\n",
         ["Risk", "who it touches", "how likely it is"]),
        ("Interview two people. For each person write down the name, the job and one wish.\n",
         ["Person", "Name", "Job", "Wish"]),
    ],
)  # fmt: skip
def test_what_is_asked_of_each_heads_a_table(task: str, heads: list[str]) -> None:
    grid = next(n for n in walk(sheet_of(TASK + task).units) if isinstance(n, Grid))
    said = [" ".join(t.plain for t in texts(c.blocks)) for c in grid.head[0].cells]
    assert [one for one in said if one] == heads
    assert len(grid.rows) == (3 if "three" in task else 2)


def test_begun_sentences_and_places_of_a_list_have_a_line_each() -> None:
    ticket = "# T\n\n## Exit ticket\n\nOne thing I learned today:\n\nOne question I still have:\n"
    assert len(rooms(ticket)) == 2
    assert (
        len(rooms(TASK + "Fill in your pitch.\n\n- For: [target customer]\n- Who: [need]\n")) == 2
    )


def test_statements_below_a_numbered_question_are_its_choices() -> None:
    quiz = "# T\n\n## Quiz\n\n1. Which grape is white?\n    - Merlot\n    - Riesling\n"
    assert not rooms(quiz)
    assert sum(n.choices for n in walk(sheet_of(quiz).units) if isinstance(n, List)) == 1
    assert rooms(
        "# T\n\n## Discussion questions\n\n- What did you learn?\n    - facts\n    - feelings\n"
    )


@pytest.mark.parametrize("title", ["Exercise 2: Smell (5 min)", "Try it yourself", "Your turn"])
@pytest.mark.parametrize("kind", ["example", "question", "note"])
def test_a_box_that_is_called_an_exercise_is_one(kind: str, title: str) -> None:
    text = f'# T\n\n## Teas\n\nWords.\n\n!!! {kind} "{title}"\n\n    Smell the tea. Which notes do you find?\n'
    assert len(session_of(text).exercises()) == 1
    assert not session_of(text.replace(title, "Exercise is good")).exercises()
