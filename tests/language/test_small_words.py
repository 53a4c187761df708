"""The small words of a language are its file's: marks of numbers, what begins a clause, what joins things."""

from __future__ import annotations

import pytest

from courseware.language.catalogue import ANY, data_of, line_of, words_anywhere
from courseware.language.small_words import small_words
from courseware.language.vocabulary import list_names, vocabulary_for
from courseware.model.blocks import Time
from courseware.model.cutting import asks, ends_asking
from courseware.model.inline import plain_text
from courseware.products.deck.cues import sentences
from courseware.reading.structure.lead_ins import commands
from courseware.reading.structure.times.agendas import column_times
from courseware.reading.structure.times.clocks import clock_range
from courseware.reading.structure.times.heading_times import split_time
from courseware.reading.structure.times.time_phrases import duration, in_all
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


DUTCH = {
    "minutes": "minuten", "hours": "uur", "breaks": "pauze", "time_to": "tot", "time_about": "ongeveer",
    "time_half": "en een half", "time_from": "van", "time_oclock": "uur", "time_optional": "vrijwillig",
    "time_for": "van", "time_each": "elk", "time_start": "begin", "time_clock": "tijd", "time_lengths": "duur",
    "time_sum": "samen", "time_in_all": "samen",
}  # fmt: skip


def test_a_course_adds_small_words_around_times() -> None:
    """A language without a file has none of its own: each list takes them."""
    added = vocabulary_for("nl", [(name, (word,)) for name, word in DUTCH.items()]).tongue
    plain = vocabulary_for("nl").tongue
    lengths = {"10 tot 15 minuten": (10, 15), "ongeveer 20 minuten": (20, 20), "2 uur en een half": (150, 150)}  # fmt: skip
    for text, length in lengths.items():
        time = duration(text, added, whole=True)
        assert time is not None and (time.low, time.high) == length
        assert duration(text, plain, whole=True) is None
    for text, title in (("Zetten (10 tot 15 minuten, vrijwillig)", "Zetten"), ("Pauze van 10 minuten", "Pauze")):  # fmt: skip
        assert text[: split_time(text, added)[1]] == title
        assert split_time(text, plain)[2] is None
    assert in_all("10 minuten elk", added) is None
    assert clock_range("van 9 tot 10 uur", added) == Time(60, 60, "van 9 tot 10 uur")
    assert clock_range("van 9 tot 10 uur", plain) is None
    columns = {("Duur", "5", "10"): [5, 10], ("Tijd", "begin", "10 minuten", "30 minuten"): [10, 20, None]}  # fmt: skip
    for (head, *cells), minutes in columns.items():
        times = column_times(head, cells, added)
        assert [time and time.low for time in times] == minutes
        assert [time and time.low for time in column_times(head, cells, plain)] != minutes


@pytest.mark.parametrize(
    ("name", "word", "column"),
    [("time_lengths", "Hoe lang", ("Hoe lang", "5", "10")), ("time_lengths", "Duur (u.)", ("Duur (u.)", "5", "10")),
     ("time_start", "Het Begin", ("Time", "Het begin", "10 min", "30 min")),
     ("time_clock", "Op de klok", ("Op de klok", "0 min", "10 min", "30 min"))],
)  # fmt: skip
def test_an_added_word_may_have_capitals_spaces_and_signs(
    name: str, word: str, column: tuple[str, ...]
) -> None:
    head, *cells = column
    added, plain = (vocabulary_for("nl", more).tongue for more in ([(name, (word,))], []))
    assert column_times(head, cells, added) != column_times(head, cells, plain)


@pytest.mark.parametrize("name", [n for n in data_of("en")["anywhere"] if n.startswith("time_")])
def test_each_list_of_small_words_is_one_that_a_course_adds_to(name: str) -> None:
    assert name in list_names()
    assert "xyzzy" in small_words(vocabulary_for("nl", [(name, ("xyzzy",))]).tongue).words(name)


@pytest.mark.parametrize(
    ("text", "told"),
    [("お茶は何ですか", True), ("どれが正しいでしょう。", True), ("そうでしょう。", False), ("이것은 무엇일까요", True),
     ("お茶です。", False), ("Is it tea?", True), ("الشاي؟", True), ("It is tea.", False)],
)  # fmt: skip
def test_a_question_is_told_by_its_sign_or_its_end(text: str, told: bool) -> None:
    assert asks(text, ANY) == ends_asking(text, ANY) == told


@pytest.mark.parametrize("short", [w for w in words_anywhere("abbreviations") if "." not in w])
def test_an_abbreviation_ends_no_sentence(short: str) -> None:
    said = f"It is {short}. Tea is hot."
    assert sentences(plain_text(said).plain, ANY) == [len(said)]
