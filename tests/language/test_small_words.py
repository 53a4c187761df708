"""The small words of a language are its file's: marks of numbers, what begins a clause, what joins things."""

from __future__ import annotations

import pytest

from courseware.language.catalogue import line_of, words_anywhere
from courseware.language.vocabulary import vocabulary_for
from courseware.model.cutting import asks, ends_asking
from courseware.model.inline import plain_text
from courseware.products.deck.cues import sentences
from courseware.reading.structure.lead_ins import commands
from tests.test_languages import NAMES

CASES = [(name, mark) for name in NAMES for mark in line_of(name, "number_marks")]


@pytest.mark.parametrize(("language", "mark"), CASES)
def test_a_number_is_known_behind_each_mark_of_its_language(language: str, mark: str) -> None:
    words = vocabulary_for(language)
    start = next(w for w in line_of(language, "exercise_starts") if "#" not in w)
    found = words.exercise_start.match(f"{start} {mark} 2: Tea")
    assert found is not None and words.number_of(found) == "2", mark


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "2nd exercise: Tea"), ("fr", "2e exercice : Thé"), ("es", "2.º ejercicio: Té"), ("es", "1.er ejercicio: Té"),
     ("de", "2. Übung: Tee"), ("ru", "2-е упражнение: Чай"), ("uk", "2-га вправа: Чай"), ("ja", "第2回の演習：茶")],
)  # fmt: skip
def test_a_number_may_stand_before_its_word(language: str, title: str) -> None:
    assert vocabulary_for(language).exercise_start.match(title) is not None


def test_a_course_adds_marks_and_words_that_begin_a_clause() -> None:
    plain = vocabulary_for("en")
    added = vocabulary_for(
        "en", [("number_marks", ("sheet", "(no")), ("clause_words", ("whereupon",))]
    )
    for title in ("Exercise sheet 4: Tea", "Exercise (no 4: Tea"):
        assert plain.exercise_start.match(title) is None
        assert added.exercise_start.match(title) is not None
    text = "Open the tin whereupon describe the smell"
    assert commands(text, added) and not commands(text, plain)


@pytest.mark.parametrize(
    ("text", "told"),
    [("お茶は何ですか", True), ("どれが正しいでしょう。", True), ("そうでしょう。", False), ("이것은 무엇일까요", True),
     ("お茶です。", False), ("Is it tea?", True), ("الشاي؟", True), ("It is tea.", False)],
)  # fmt: skip
def test_a_question_is_told_by_its_sign_or_its_end(text: str, told: bool) -> None:
    assert asks(text) == ends_asking(text) == told


@pytest.mark.parametrize("short", [w for w in words_anywhere("abbreviations") if "." not in w])
def test_an_abbreviation_ends_no_sentence(short: str) -> None:
    said = f"It is {short}. Tea is hot."
    assert sentences(plain_text(said).plain) == [len(said)]
