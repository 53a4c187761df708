"""Tasks as tables on the worksheet: for each of several things, cases to sort, a matrix to write in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from courseware.html.rendering import render
from courseware.language.vocabulary import vocabulary_for
from courseware.model.blocks import Item, Paragraph
from courseware.model.tasks.classes import classes_of
from courseware.model.tasks.each import each_of
from courseware.model.walk import texts, walk
from courseware.pdf.engine import boxes
from courseware.pdf.pages import laid_out
from courseware.products.worksheet.matrices import axes_of
from courseware.products.worksheet.space import Grid, Plot, Room, Things, Tick
from tests.products.test_worksheet import key_of, page_of, sheet_of

EXERCISE = "# T\n\n## Practical Exercises\n\n### Exercise 1: Try (20 min)\n\n"


Kind = TypeVar("Kind")


def found(units: Iterable[Any], kind: type[Kind]) -> list[Kind]:
    """Return the nodes of a kind, in source order."""
    return [node for node in walk(units) if isinstance(node, kind)]


def grids(text: str) -> list[Grid]:
    return found(sheet_of(EXERCISE + text).units, Grid)


def rows(grid: Grid) -> list[str]:
    """Return the rows of a table, cells parted by bars; a space is "_", a box to tick "o"."""
    lines = []
    for row in (*grid.head, *grid.rows):
        cells = []
        for cell in row.cells:
            signs = ["_" for n in cell.blocks if isinstance(n, Room)]
            signs += ["o" for n in cell.blocks if isinstance(n, Tick)]
            cells.append(" ".join([*(t.plain for t in texts(cell.blocks)), *signs]))
        lines.append("|".join(cells))
    return lines


def test_for_each_is_a_table_of_as_many_rows_as_the_text_before_says() -> None:
    (grid,) = grids(
        "1. **Name 3 tools**\n2. **For each tool, assess:**\n   - Weight (in grams?)\n   - Price: for whom?\n   - Age\n"
    )
    assert rows(grid) == [
        "|Tool|Weight in grams?|Price for whom?|Age",
        *(f"{n}|_|_|_|_" for n in (1, 2, 3)),
    ]


@pytest.mark.parametrize("end", [":", "."])
def test_the_things_below_are_rows_where_their_lead_in_says_what_is_asked(end: str) -> None:
    (grid,) = grids(f"For each idea, rate its cost and its value{end}\n\n- A dam\n- A dyke\n")
    assert rows(grid) == ["|Idea|Cost|Value", "1|A dam|_|_", "2|A dyke|_|_"]


def test_the_things_asked_for_before_have_no_other_space() -> None:
    units = sheet_of(
        EXERCISE
        + "1. Choose five trees\n2. For each tree, note:\n   - Height\n   - Age\n3. Which one falls?\n"
    ).units
    first, second, third = (n for n in walk(units) if isinstance(n, Item))
    assert not any(isinstance(n, Room) for n in walk([first]))
    assert sum(isinstance(n, Room) for n in walk([second])) == 15
    assert sum(isinstance(n, Room) for n in walk([third])) == 1


@pytest.mark.parametrize(
    ("lead", "count"),
    [
        ("For each of the six streets that you know, write down:", 6),
        ("Walk two streets. For each street, note:", 2),
        ("For every street, note:", 4),
        ("Note for each of your 3 streets:", 3),
        ("Rate each street on:", 4),
    ],
)
def test_the_number_is_in_the_text_or_before_it_else_four(lead: str, count: int) -> None:
    (grid,) = grids(f"{lead}\n\n- Noise\n- Light\n")
    assert len(grid.rows) == count and rows(grid)[0] == "|Street|Noise|Light"


def test_things_that_a_list_gave_name_the_rows() -> None:
    (grid,) = grids(
        "Three complaints came in:\n\n- It leaks.\n- It is late.\n- It hums.\n\nFor each complaint, write:\n\n- Cause\n- Cure\n"
    )
    assert [row.split("|")[1] for row in rows(grid)] == [
        "Complaint",
        "It leaks.",
        "It is late.",
        "It hums.",
    ]


def test_criteria_in_the_sentence_and_one_alone() -> None:
    (grid,) = grids("1. For each of the 3 sites: sun, water and access.\n")
    assert rows(grid)[0] == "|Site|Sun|Water|Access"
    (grid,) = grids("1. Visit two parks. For each park, write its size and its age.\n")
    assert rows(grid)[1:] == ["1|_|_|_", "2|_|_|_"]
    (grid,) = grids("1. For each of your two ideas, explain why it matters.\n")
    assert rows(grid) == ["|Idea|Explain why it matters", "1|_|_", "2|_|_"]


def test_more_than_six_criteria_have_a_row_each() -> None:
    names = [f"Side {n}" for n in "abcdefgh"]
    (grid,) = grids("For each of two plans, note:\n\n" + "".join(f"- {n}\n" for n in names))
    assert rows(grid) == ["|Plan 1|Plan 2", "Plan|_|_", *(f"{n}|_|_" for n in names)]


def test_things_below_a_lead_in_that_says_what_to_write_are_no_criteria() -> None:
    assert grids("For each of these terms, write a definition:\n\n- Loam\n- Clay\n- Sand\n") == []
    assert (
        grids(
            "Write one or two sentences for each of these points:\n\n- How we talk\n- How we decide\n"
        )
        == []
    )
    assert (
        grids(
            "For each flag a mechanic looks again, for 2. Of ten, one is right.\n\n1. Why?\n2. When?\n"
        )
        == []
    )
    assert grids("For each file, run:\n\n- Open it\n- Save it\n\nWhat changed?\n") == []


def test_cases_are_sorted_in_a_table_with_boxes_and_a_because() -> None:
    (grid,) = grids(
        "Sort each case: does it need a rule, a talk, or nothing?\n\n1. A dog\n2. A radio\n3. A shed\n4. A hen\n"
    )
    assert rows(grid) == [
        "|Case|Rule|Talk|Nothing|Because",
        *(
            f"{n}|{case}|o|o|o|_"
            for n, case in enumerate(("A dog", "A radio", "A shed", "A hen"), 1)
        ),
    ]
    assert grids("Sort each case as rule or talk:\n\n- A dog\n- A radio\n- A shed\n") == []


@pytest.mark.parametrize(
    ("lead", "classes"),
    [
        ("Classify each as fact, opinion or guess and say why.", "Fact Opinion Guess"),
        ("Sort these statements into facts and opinions.", "Facts Opinions"),
        ("Mark each statement true or false:", "True False"),
        ("True or false?", "True False"),
        ("Is each of these a fact or an opinion?", "Fact Opinion"),
        ("In pairs, sort the cases: act (now), watch, or drop.", "Act Watch Drop"),
        ("Decide for every case whether it is safe or unsafe:", "Safe Unsafe"),
        ("Rewrite each sentence as a question or a command:", ""),
        ("In groups of three, with the map and the photo sheets:", ""),
        ("Discuss each case in pairs or threes:", ""),
        ("Choose one or two of these:", ""),
        ("Which is a mammal, whale or shark?", ""),
    ],
)
def test_classes_are_read_from_the_lead_in(lead: str, classes: str) -> None:
    assert " ".join(classes_of(lead, vocabulary_for("en"))) == classes


def test_choices_of_a_question_stay_choices() -> None:
    assert (
        classes_of(
            "Is each one compiled or interpreted?", vocabulary_for("en"), ["Compiled", "Both"]
        )
        == ()
    )


LANGUAGES = {
    "de": ("Für jede der fünf Ideen, die ihr habt, notiert:", 5, "Ordne jeden Fall ein: Regel, Gespräch oder nichts?", 3),
    "fr": ("Pour chacune des cinq idées, notez :", 5, "Classez chaque cas : règle, discussion ou rien.", 3),
    "es": ("Para cada una de las tres ideas, anota:", 3, "Clasifica cada frase como hecho u opinión:", 2),
    "pt": ("Para cada uma das três ideias, anote:", 3, "Classifique cada frase como fato ou opinião:", 2),
    "it": ("Per ciascuna delle tre idee:", 3, "Classificate ogni frase come fatto o opinione:", 2),
    "ru": ("Для каждой из пяти идей запишите:", 5, "Распределите случаи: правило, разговор или ничего", 3),
    "uk": ("Для кожної з п'яти ідей запишіть:", 5, "Розподіліть випадки: правило, розмова або нічого", 3),
    "ja": ("各アイデアについて、評価してください：", 0, "各事例を規則、話し合い、放置のいずれかに分類してください。", 3),
    "zh": ("对每个想法，评估：", 0, "将每个案例分为规则、谈话或不处理。", 3),
    "ko": ("각 아이디어에 대해 평가하세요:", 0, "각 사례를 규칙, 대화, 방치 중 하나로 분류하세요.", 3),
    "ar": ("لكل فكرة، اكتبوا:", 0, "صنفوا كل حالة إلى قاعدة أو حوار أو لا شيء", 3),
    "fa": ("برای هر یک از پنج ایده بنویسید:", 5, "هر مورد را به قانون، گفت‌وگو یا هیچ دسته‌بندی کنید", 3),
    "he": ("לכל רעיון, כתבו:", 0, "מיינו כל מקרה: כלל, שיחה או כלום", 3),
    "hi": ("प्रत्येक विचार के लिए लिखें:", 0, "प्रत्येक मामले को नियम, बातचीत या कुछ नहीं में वर्गीकृत करें", 3),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_tasks_are_known_in_every_language(language: str) -> None:
    each, count, sorting, classes = LANGUAGES[language]
    words = vocabulary_for(language)
    task = each_of(each, words)
    assert task is not None and task.count == count and task.thing
    assert len(classes_of(sorting, words)) == classes


@pytest.mark.parametrize(
    "lead",
    ["法務部から。", "次の点それぞれについて、あとで責任を問える文を一つか二つ書いてください："],
)
def test_a_particle_of_japanese_names_no_classes(lead: str) -> None:
    assert classes_of(lead, vocabulary_for("ja")) == ()


DRAWN = """
        High value
            |
 Do first   |   Plan it
            |
Little -----+----- Much
work        |      work
 Some day   |   Drop it
            |
        Low value
"""
FRAMED = """
      Urgent        Not urgent
    ┌─────────────┬────────────┐
    │ Do          │ Plan       │
    ├─────────────┼────────────┤
    │ Delegate    │ Drop       │
    └─────────────┴────────────┘
"""


def test_a_matrix_is_read_from_its_drawing() -> None:
    axes = axes_of(DRAWN)
    assert axes is not None and axes.fields == ("Do first", "Plan it", "Some day", "Drop it")
    assert (axes.left, axes.right, axes.top, axes.bottom) == (
        "Little work",
        "Much work",
        "High value",
        "Low value",
    )
    framed = axes_of(FRAMED)
    assert framed is not None and framed.fields == ("Do", "Plan", "Delegate", "Drop")
    assert (framed.left, framed.right) == ("Urgent", "Not urgent")
    assert axes_of("a --> b --> c\n  |\n") is None


@pytest.mark.parametrize(
    "matrix",
    [f"```{DRAWN}```\n", "| | Little | Much |\n|---|---|---|\n| High | a | b |\n| Low | c | d |\n"],
)
def test_a_prompt_that_names_the_sessions_matrix_prints_it_empty(matrix: str) -> None:
    text = f"# T\n\n## Ways\n\n{matrix}\n## Exercise 1: Try (9 min)\n\n1. Plot the five on the matrix\n2. Which first?\n"
    (plot,) = found(sheet_of(text).units, Plot)
    assert len(plot.blocks) == 4
    placed = text.replace("Plot the five on", "Place each idea in")
    assert len(found(sheet_of(placed).units, Plot)) == 1
    assert not found(sheet_of(text.replace("the matrix", "a sheet")).units, Plot)


def test_a_form_of_groups_is_a_canvas_with_a_space_for_each_entry() -> None:
    form = "```\nPLAN: ______\n\nProblem:\n- What do we solve?\n- Who is hit?\n\nCost:\n- Budget: ______\n- Team: ______\n```\n"
    (canvas,) = found(sheet_of(EXERCISE + f"Fill it.\n\n{form}").units, Things)
    said = [" ".join(t.plain for t in texts(i.blocks)) for i in canvas.items]
    assert said == ["Problem What do we solve? Who is hit?", "Cost Budget Team"]
    assert all(sum(isinstance(b, Room) for b in i.blocks) == 2 for i in canvas.items)


def test_each_cell_is_a_field_with_a_label() -> None:
    page = page_of(EXERCISE + "Sort each as wet or dry:\n\n- Rain\n- Sand\n- Fog\n- Salt\n")
    assert page is not None
    html = render(page, Path())
    assert html.count('type="checkbox"') == 8 and 'title="Exercise 1: Try. Rain: Wet"' in html
    assert html.count("<textarea") == 4 and 'scope="col" class="tick">Wet' in html


def test_the_key_ticks_the_class_that_an_answer_names() -> None:
    source = "Sort each as wet or dry:\n\n1. Rain\n2. Sand\n3. Fog\n4. Salt\n\n::: answer\n1. Wet: it falls\n2. Dry\n3. Wet\n4. {}\n:::\n"
    (grid,) = found(key_of(EXERCISE + source.format("Dry")).units, Grid)
    ticks = [[n.checked for n in found(row.cells, Tick)] for row in grid.rows]
    assert ticks == [[True, False], [False, True], [True, False], [False, True]]
    assert "Wet: it falls" in rows(grid)[1]
    unsure = key_of(EXERCISE + source.format("It depends"))
    assert not any(isinstance(n, Grid) for n in walk(unsure.units))


def test_a_paragraph_that_says_to_write_has_space() -> None:
    units = sheet_of(
        EXERCISE + "Describe your street.\n\nOpen the map.\n\nWho lives there?\n"
    ).units
    asked = [n.text.plain for n in walk(units) if isinstance(n, Paragraph) and n.asks]
    assert asked == ["Describe your street.", "Who lives there?"]


@pytest.mark.parametrize(
    "names", ["Mammals, reptiles or amphibians", "Mommommom, wowwowwow or MAMMAM"]
)
def test_a_classs_name_is_whole_over_its_column(names: str, tmp_path: Path) -> None:
    page = page_of(EXERCISE + f"Sort each: {names}?\n\n- Rain\n- Sand\n- Fog\n- Salt\n")
    assert page is not None
    heads = [
        box
        for sheet in laid_out(page, tmp_path, "a4").pages
        for box in sheet._page_box.descendants()
        if isinstance(box, boxes.LineBox) and box.element_tag == "th"
    ]
    said = ["".join(t.text for t in h.descendants() if isinstance(t, boxes.TextBox)) for h in heads]
    assert {name.capitalize() for name in re.findall(r"\w{6,}", names)} <= {
        s.capitalize() for s in said
    }
