"""A whole morning in each language: who may see what, hints, exercises with their times, and breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from courseware.language.catalogue import languages
from courseware.model.blocks import Exercise
from courseware.model.session import for_learner
from courseware.model.times.timing import run_sheet
from courseware.model.walk import texts, walk
from tests.support import session_of, yaml_of

ROWS: list[dict[str, Any]] = yaml_of(Path(__file__).with_name("mornings.yml").read_text("utf-8"))


def test_there_is_one_in_every_language() -> None:
    assert sorted(row["language"] for row in ROWS) == sorted(languages())


@pytest.mark.parametrize("row", ROWS, ids=[row["language"] for row in ROWS])
def test_a_morning_is_read_as_it_is_meant(row: dict[str, Any]) -> None:
    session = session_of(f"---\nlanguage: {row['language']}\n---\n# T\n\n{row['text']}")
    shown = [text.plain for text in texts(for_learner(session).sections)]
    assert not [text for text in shown if "XX" in text]
    assert sum(text.count("OK") for text in shown) == row["text"].count("OK")
    hints = [n for n in walk(session.sections) if "hint" in (getattr(n, "role", ""), getattr(n, "kind", ""))]  # fmt: skip
    assert any("HH" in text.plain for text in texts(hints))
    tasks = [n for n in walk(session.sections) if isinstance(n, Exercise)]
    assert [[t.number, t.heading.time.high if t.heading.time else 0] for t in tasks] == row["exercises"]  # fmt: skip
    assert [s.minutes for s in run_sheet(session).timed() if s.kind == "break"] == row["breaks"]


@pytest.mark.parametrize(
    ("language", "unit"),
    [("en", "min"), ("de", "Min."), ("ru", "мин"), ("uk", "хв"), ("ja", "分"), ("ko", "분"), ("zh", "分钟"), ("he", "דקות")],
)  # fmt: skip
@pytest.mark.parametrize(
    "rows", ["- 0–10 {u}: A\n- 10–30 {u}: B\n", "- T+0 {u} A\n- T+10 {u} B\n- T+30\n"]
)
def test_minutes_that_have_gone_by_are_told_in_each_language(
    language: str, unit: str, rows: str
) -> None:
    told = rows.replace("{u}", unit).replace("A", "Kneten").replace("B", "Backen")
    text = f"# T\n\n## Agenda\n\n{told}\n## Kneten\n\nx\n\n## Backen\n\nx\n"
    found = run_sheet(session_of(f"---\nlanguage: {language}\n---\n{text}")).timed()
    assert [s.minutes for s in found] == [10, 20]


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "The fishbowl exercise"), ("de", "Eine kleine Übung"), ("ja", "聞き取り練習"), ("ko", "말하기 연습"), ("it", "L'ultimo esercizio")],
)  # fmt: skip
def test_a_title_that_ends_as_an_exercise_is_one(language: str, title: str) -> None:
    front = f"---\nlanguage: {language}\n---\n# T\n\n"
    session = session_of(
        f"{front}## A (20 min)\n\nx\n\n### {title}\n\nXyz.\n\n### {title}\n\nXyz.\n"
    )
    assert any(isinstance(node, Exercise) for node in walk(session.sections))
