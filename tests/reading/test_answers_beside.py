"""Answers where authors put them: behind a title, between comments, in a fence of their name, in the code below."""

from __future__ import annotations

import msgspec
import pytest

from courseware.language.frames import Decision, Frames, Reader
from courseware.language.vocabulary import vocabulary_for
from courseware.model.session import for_learner
from courseware.reading.readers import Readers
from courseware.reading.structure.tasks.exercises import Recogniser
from courseware.reading.structure.withholding.own_titles import is_learners
from courseware.reading.structure.withholding.walking import Withholding
from tests.support import session_of

ASKED = "## Exercise 1\n\nWrite a loop.\n\n"


def seen(body: str) -> str:
    """Return all that learners get of a text."""
    return msgspec.json.encode(for_learner(session_of(f"# T\n\n{body}\n"))).decode()


@pytest.mark.parametrize(
    "body",
    [
        "## A\n\nText.\n\n### Which river runs through Vienna? (Answer: the SECRET)\n\nThink.",
        "## Which river runs through Vienna? (Answer: the SECRET)\n\nThink.",
        "## Bread (Instructor note: bring SECRET)\n\nThink.",
        f"{ASKED}**Solution:** Use range, as here.\n\n```python\nSECRET\n```",
        f"{ASKED}**Solution:** Use range, as here.\n\n| a | SECRET |\n|--|--|\n| 1 | 2 |",
        "## Exercise 1\n\n1. Write a loop.\n\n   **Solution:** Use range, as here.\n\n   ```python\n   SECRET\n   ```",
        "## A\n\nQ1: Which river runs through Vienna?\n\nA1: The SECRET.",
        "## A\n\n**Q2.** Which river runs through Vienna?\n\n**A2.** The SECRET.",
        f"{ASKED}```python solution\nSECRET\n```",
        f"{ASKED}```{{.python .solution}}\nSECRET\n```",
        f'{ASKED}```python title="solution.py"\nSECRET\n```',
        f"{ASKED}<!-- BEGIN SOLUTION -->\n\nSECRET\n\n<!-- END SOLUTION -->\n\nMore.",
        "## A\n\nText.\n<!-- BEGIN INSTRUCTOR -->\nSECRET\n<!-- END INSTRUCTOR -->",
        f"{ASKED}<!-- solution -->\n\nSECRET\n\n<!-- /solution -->",
    ],
)
def test_an_answer_is_withheld(body: str) -> None:
    assert "SECRET" not in seen(body)


@pytest.mark.parametrize(
    "body",
    [
        f"{ASKED}**Solution:** Use range.\n\nNow read OPEN.\n\n```python\nfoo\n```",
        f"{ASKED}```python editable\nOPEN\n```",
        f'{ASKED}```python title="loop.py"\nOPEN\n```',
        "## A\n\n<!-- BEGIN SOLUTION -->\n\nOPEN, as the pair has no end.",
        "## A\n\n<!-- BEGIN figure -->\n\nOPEN\n\n<!-- END figure -->",
        "## Exercise 2: Fill in (solution below)\n\nWrite OPEN down.\n\n### Solution\n\nX",
        "## Exercise 2: Fill in (answers on page 4)\n\nWrite OPEN down.",
        "## Solutions\n\nA solution is an OPEN mixture of two things.\n\n## Exercise 1\n\nWrite why.",
        "## Bread (time: OPEN)\n\nText.",
        "## A\n\nA1: The OPEN paper is A1.",
    ],
)
def test_what_looks_like_one_is_open(body: str) -> None:
    assert "OPEN" in seen(body)


@pytest.mark.parametrize("title", ["### Solution", "## Solutions", "## Text\n\n### Solution"])
def test_a_task_before_it_makes_a_definition_an_answer(title: str) -> None:
    assert "SECRET" not in seen(f"{ASKED}{title}\n\nA solution is to sort the SECRET first.")
    assert "SECRET" not in seen(f"{ASKED}## A\n\nText.\n\n## Solutions\n\nA solution is a SECRET.")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ja", "演習2（解答・後半）"),
        ("ru", "Упражнение 2 (решение смеси)"),
        ("zh", "练习2（答案意见）"),
    ],
)
def test_a_part_of_a_word_says_no_place(language: str, title: str) -> None:
    words = vocabulary_for(language)
    readers = Readers("x.md", Frames(language))
    deciding = Withholding(readers, Recogniser(words)).deciding
    assert not is_learners(title, (), Decision(Reader.ANSWER), words, deciding)


def test_the_solution_of_a_task_is_no_definition() -> None:
    assert "SECRET" not in seen(
        "## Exercise 1\n\nWrite why.\n\n## Solutions\n\nThe solution is SECRET, of course."
    )


def test_an_exercise_named_with_its_solution_is_still_that() -> None:
    assert "SECRET" not in seen("## Exercise 2\n\nWrite why.\n\n## Exercise 2 (solution)\n\nSECRET")
