"""How much space a prompt's words ask for: each row of docs/worksheets.md."""

from __future__ import annotations

import pytest

from courseware.products.worksheet.space import DRAWN, PITCH, PromptSize, asked_for, defines, stated
from tests.support import WORDS


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [("Which shop is it?", 1), ("Who decides?", 1), ("When is it over?", 1), ("Where?", 1),
     ("How many are there?", 1), ("How much does it cost?", 1), ("From which shop?", 1),
     ("What do you ask?", 3), ("List the tools.", 3), ("What's negotiable?", 3),
     ("How do you decide?", 6), ("Why?", 6), ("Describe a morning. Where does it begin?", 6),
     ("Explain it to a friend.", 6), ("🤔 Why not?", 6), ("Who decides, and why?", 6),
     ("Once it runs, how do you know?", 6), ("List four reasons.", 4), ("List two reasons.", 3),
     ("Answer in two sentences.", 4), ("Give one sentence.", 2), ("Work it out. One line each.", 1),
     ("How do you fill the eleven weeks?", 6), ("The team’s name", 3), ("¿Qué haces?", 3),
     ("", 3), ("The six layers, one line each", 6), ("Three reasons, a sentence each", 3),
     ("Three reasons, one sentence each", 6),
     ("Which signals give it away?", 3), ("Whose words are these?", 3), ("Which is worse?", 1),
     ("Which boss?", 1)],
)  # fmt: skip
def test_the_words_decide_the_lines(prompt: str, lines: int) -> None:
    assert asked_for(prompt, WORDS) == PromptSize("lines", lines)


@pytest.mark.parametrize("prompt", ["Draw your team.", "Now sketch the screen", "Map who talks."])
def test_what_is_drawn_gets_a_box(prompt: str) -> None:
    assert asked_for(prompt, WORDS) == PromptSize("box", DRAWN)


def test_a_question_about_drawing_is_written() -> None:
    assert asked_for("Sketch or text: which is better?", WORDS).kind == "lines"


def test_no_prompt_gets_less_than_the_floor() -> None:
    assert asked_for("Which?", WORDS, 3) == PromptSize("lines", 3)
    assert asked_for("In one line.", WORDS, 3) == PromptSize("lines", 3)
    assert PromptSize("lines", 3).height == 3 * PITCH and PromptSize("box", 50).height == 50


def test_what_a_lead_in_says_of_each() -> None:
    assert defines("Create:", WORDS) and defines("Then define, for each request:", WORDS)
    assert not defines("Answer:", WORDS) and not defines("Do you define it?", WORDS)
    assert stated("Write one or two sentences for each point:", WORDS) == 4
    assert stated("Write down:", WORDS) == 0
