"""Files of other tools and of other habits: what learners see of them, and what they do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from courseware.model.blocks import Code
from courseware.model.session import Session, for_learner
from courseware.model.walk import walk
from courseware.reading.stages import read_session
from tests.support import WORDS, shown, yaml_of

ROWS: list[dict[str, Any]] = yaml_of((Path(__file__).parent / "habits.yml").read_text("utf-8"))


def session(row: dict[str, Any]) -> Session:
    if "notebook" not in row:
        found = read_session(row["text"].encode(), "session.md", WORDS).session
    else:
        cells = [{"cell_type": kind, "metadata": {}, "source": source,
                  **({"outputs": [], "execution_count": None} if kind == "code" else {})}
                 for kind, source in row["notebook"]]  # fmt: skip
        data = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
        found = read_session(json.dumps(data).encode(), "session.ipynb", WORDS).session
    assert found is not None
    return found


def whole(session: Session) -> str:
    """Return a session as text, its code behind it."""
    code = [node.text for node in walk(session.sections) if isinstance(node, Code)]
    return "\n".join([shown(session), *code])


@pytest.mark.parametrize("row", ROWS, ids=[row["title"] for row in ROWS])
def test_files_of_other_habits(row: dict[str, Any]) -> None:
    full = whole(session(row))
    learners = whole(for_learner(session(row)))
    assert [said for said in row.get("has", ()) if said not in learners] == []
    assert [said for said in row.get("lacks", ()) if said in learners] == []
    assert [said for said in row.get("withheld", ()) if said in learners or said not in full] == []


@pytest.mark.parametrize(
    "heading",
    ["Practice problems", "In-class activity", "Assignment 2", "Pair work", "Worksheet 1: Cups", "Mini-project",
     "Task 1 | Price it", "Exercise time!", "Challenge yourself", "Over to you", "Drill 1", "Brainstorm", "Peer review",
     "Independent practice", "Team challenge", "Vocabulary practice", "You do", "Your task", "Problem set"],
)  # fmt: skip
def test_what_authors_call_a_task_is_an_exercise(heading: str) -> None:
    text = (
        f"# Tea\n\n## Prices\n\nTea costs money.\n\n## {heading}\n\nWork out the price of a cup.\n"
    )
    assert len(session({"text": text}).exercises()) == 1


@pytest.mark.parametrize(
    "heading",
    ["Discussion Questions", "Guiding questions", "Test your knowledge", "Self-check", "Pre-quiz",
     "Questions to consider", "Journal prompt"],
)  # fmt: skip
def test_what_authors_call_questions_are_some(heading: str) -> None:
    text = f"# Tea\n\n## Prices\n\nTea costs money.\n\n## {heading}\n\n- What does a cup cost?\n"
    assert session({"text": text}).sections[-1].kind == "questions"


@pytest.mark.parametrize("heading", ["Worksheets", "Assignments of roles", "Drilling holes", "Homework policies", "Brainstorm rules"])  # fmt: skip
def test_what_is_told_about_tasks_is_none(heading: str) -> None:
    text = f"# Tea\n\n## {heading}\n\nThere are some of these.\n"
    assert not session({"text": text}).exercises()
