"""Encodings, repair, front matter and hostile input."""

from unicodedata import normalize

import pytest

from courseware.model.times.segments import pieces
from courseware.model.walk import texts
from courseware.reading.source.decoding import repair
from courseware.reading.stages import read_session
from tests.support import WORDS, read, session_of, shown


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252", "latin-1"])
def test_damage_is_repaired_whole(encoding: str) -> None:
    sound = "Naïve café: “yes → no"
    damaged = sound.encode().decode(encoding)
    assert repair(damaged)[0] == sound


@pytest.mark.parametrize("text", ["“curly” ‘quotes’", "ﬁne ligature", "naïve", "日本", "Ã alone"])
def test_sound_text_is_never_touched(text: str) -> None:
    assert repair(text) == (text, "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(encoding: str) -> None:
    reading = read_session("# Café\n\nx\n".encode(encoding), "a.md", WORDS)
    assert reading.session is not None
    assert reading.session.title.plain == "Café"


def test_toml_front_matter() -> None:
    session = session_of('+++\ntitle = "A"\nnumber = 3\nduration = 90\n+++\n\nx\n')
    assert shown(session) == "3 A (90-90 min)\n  section introduction\n    paragraph: x\n"


def test_minutes_in_quotes_are_minutes() -> None:
    assert session_of('---\nteaching: "30"\nexercises: 10\n---\nx\n').minutes == (
        ("teaching", 30),
        ("exercises", 10),
    )


def test_a_yaml_bomb_is_a_finding() -> None:
    rows = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9)]
    reading = read("---\n" + "\n".join(rows) + "\n---\n# A\n")
    assert [f.code for f in reading.findings] == ["C101"]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert read("---\n\n# A\n\ntext\n\n---\n").findings == ()


@pytest.mark.parametrize("text", ["> " * 2000 + "deep\n", "- " * 1000 + "deep\n"])
def test_deep_nesting_is_a_finding(text: str) -> None:
    assert "C005" in [f.code for f in read(text).findings]


def test_an_identifier_given_twice_is_a_finding() -> None:
    reading = read("# A\n\n## B {#x}\n\nb\n\n## C {id=x}\n\nc\n")
    assert [f.code for f in reading.findings] == ["C006"]
    assert reading.session is not None
    assert len({n.id for n in reading.session.nodes()}) == 4


def test_a_binary_file_is_a_finding() -> None:
    assert [f.code for f in read_session(b"\0\1\2", "a.md", WORDS).findings] == ["C001"]


def test_a_title_that_goes_on_behind_an_exercises_word_is_whole() -> None:
    """It begins with a small letter then: "Exercise — writing a file"."""
    assert session_of("# Exercise — writing a file\n\nWrite it.\n").title.plain == "Exercise — writing a file"  # fmt: skip
    assert session_of("# Exercise: Writing a file\n\nWrite it.\n").title.plain == "Writing a file"


@pytest.mark.parametrize(
    ("language", "heading"),
    [("de", "Übung 1: Los (10 Minuten)"), ("fr", "Activité 1 : Là (10 min)"), ("ko", "활동 1: 가 (10분)"),
     ("ar", "تمرين 1: أ (10 دقائق)"), ("es", "Práctica 1: Té (10 min)")],
)  # fmt: skip
def test_accents_written_apart_are_read(language: str, heading: str) -> None:
    text = f"---\nlanguage: {language}\n---\n# T\n\n## {heading}\n\nX?\n\n![](é.png)\n"
    found = session_of(normalize("NFD", text))
    (exercise,) = found.exercises()
    assert exercise.number == "1" and exercise.time is not None and exercise.time.high == 10
    assert normalize("NFD", "é.png") in [
        getattr(n, "source", "") for n in found.nodes()
    ]  # as on the disk


@pytest.mark.parametrize(
    ("heading", "count"),
    [("Coffee break (15 min)", 1), ("☕ Lunch (1 hour)", 1), ("Break the code (15 min)", 2), ("Lunch menu (15 min)", 2)],
)  # fmt: skip
def test_a_break_among_exercises_is_no_exercise(heading: str, count: int) -> None:
    found = session_of(
        f"# T\n\n## Exercises\n\n### Exercise 1: A (5 min)\n\nWhy?\n\n### {heading}\n"
    )
    assert len(found.exercises()) == count
    assert ("break" in [piece.kind for piece in pieces(found)]) == (count == 1)


def test_a_key_is_of_what_is_numbered_last_above_it() -> None:
    exercises = "## Exercise 1: A\n\nWhy?\n\n## Exercise 2: B\n\nWhy?\n\n"
    key = "## Answers\n\n1. ZZZ\n2. She.\n"
    asked = "## Review questions\n\n1. What?\n2. Who?\n\n"
    for between, at_exercise in (("", True), (asked, False)):
        first, _ = session_of(f"# T\n\n{exercises}{between}{key}").exercises()
        assert any("ZZZ" in text.plain for text in texts([first])) == at_exercise
