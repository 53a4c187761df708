"""Sessions as teachers word them in each language: nothing leaks, exercises, hints, breaks and times are found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from courseware.language.catalogue import languages
from courseware.language.durations import is_break
from courseware.language.names import grouping
from courseware.model.blocks import Exercise, Field, Item
from courseware.model.session import Session, for_learner
from courseware.products.deck.cues import cue_kind
from courseware.reading.structure.times.time_phrases import duration
from tests.support import read

TABLE: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("wordings.yml").read_text("utf-8")
)
ROWS = [(language, kind, said) for language, kinds in TABLE.items() for kind, rows in kinds.items()
        if kind != "things" for said in rows]  # fmt: skip


def session_in(language: str, body: str) -> Session:
    session = read(f"---\nlanguage: {language}\n---\n# T\n\n## A\n\nB.\n\n{body}\n").session
    assert session is not None
    return session


def prompts(language: str, start: str, lead: str) -> int:
    """Return how many of two things below a lead-in are given space."""
    things = "\n".join(f"- {thing}" for thing in TABLE[language]["things"])
    session = session_in(language, f"## {start}\n\n{lead}\n\n{things}")
    return sum(isinstance(n, Item) and n.asks for n in session.nodes())


def is_right(language: str, kind: str, said: str) -> bool:
    """Whether a wording is understood as what it is."""
    start = TABLE[language]["exercises"][0]
    if kind == "times":
        found = duration(said, language, whole=True)
        return found is not None and (found.low, found.high) == (TABLE[language][kind][said],) * 2
    if kind in ("hides", "open"):
        session = session_in(language, f"## {said}\n\nXYZZY.")
        shown = "XYZZY" in " ".join(t.plain for t in for_learner(session).texts())
        return shown == (kind == "open")
    if kind == "answers":
        session = session_in(language, f"## {start}\n\nX?\n\n**{said}:** XYZZY.")
        return "XYZZY" not in " ".join(t.plain for t in for_learner(session).texts())
    if kind == "hints":
        session = session_in(language, f"## {start}\n\nX?\n\n**{said}:** XYZZY.")
        return [n.role for n in session.nodes() if isinstance(n, Field)] == ["hint"]
    if kind == "breaks":
        return is_break(said, language)
    if kind == "cues":
        return bool(cue_kind(said, language) == TABLE[language][kind][said])
    if kind == "groups":
        return bool(grouping(said) == TABLE[language][kind][said])
    if kind == "titles":
        titled = read(f"---\nlanguage: {language}\n---\n# {said}\n\n## A\n\nB.\n").session
        return bool(titled and titled.number == TABLE[language][kind][said])
    if kind in ("asks", "acts"):
        return (prompts(language, start, said) == 2) == (kind == "asks")
    exercises = session_in(language, f"## {said}\n\nX?").exercises()
    return bool(exercises) and isinstance(exercises[0], Exercise) and (
        exercises[0].heading.number in ("2", "4")
        and exercises[0].heading.time is not None and exercises[0].heading.time.low == 15
    )  # fmt: skip


def test_every_language_has_a_row() -> None:
    assert set(TABLE) == set(languages())
    assert all(sum(map(len, kinds.values())) >= 30 for kinds in TABLE.values())


@pytest.mark.parametrize(("language", "kind", "said"), ROWS)
def test_a_wording_is_understood(language: str, kind: str, said: str) -> None:
    assert is_right(language, kind, said)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "تحدٍّ"),
        ("ar", "تحديًا"),
        ("ar", "تحدٍّ ٢: الرحلة"),
        ("ar", "تمرينٌ ٢: الرحلة"),
        ("fa", "چالش"),
        ("fa", "چالش ۲: سفر"),
        ("he", "אתגר"),
        ("he", "תַּרְגִּיל 2: מסע"),
        ("hi", "चुनौती"),
        ("it", "Sfida"),
        ("ja", "チャレンジ"),
        ("ko", "도전"),
        ("pt", "Desafio"),
        ("ru", "Челлендж"),
        ("uk", "Челендж"),
        ("zh", "挑战"),
    ],
)
def test_a_challenge_is_an_exercise_with_vowels_and_without(language: str, said: str) -> None:
    (exercise,) = session_in(language, f"## {said}\n\nX.").exercises()
    assert isinstance(exercise, Exercise)
    assert exercise.heading.number == ("2" if ":" in said else "")


def test_a_time_in_brackets_behind_the_number_is_the_exercises() -> None:
    (exercise,) = session_in("fr", "## Exercice 4 (15 minutes) : Peser\n\nX.").exercises()
    assert isinstance(exercise, Exercise)
    assert (exercise.heading.label, exercise.heading.title.plain) == ("Exercice 4 :", "Peser")
