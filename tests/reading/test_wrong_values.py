"""Keys that nothing prints, keys without a value, and what course.yml's values are told in."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.course.loading import load
from courseware.course.settings import read_settings
from courseware.reading.source.front_matter import KEYS
from tests.support import read, session_of

MODULE = 'write "- title: First", and below it "  sessions: [a.md]", below "modules:"'
BROKEN = ["a: b", "@x", "*x*", "`x`", "%x", "& x", '"x', "'x", "[a, b", "{a: b", '"A" and B', "- a"]


@pytest.mark.parametrize("value", [*BROKEN, "!x y", "2020-13-45", "[[[]]]", "9" * 5000, "{{ x }}"])
def test_a_key_that_nothing_prints_stops_nothing(value: str) -> None:
    reading = read(f"---\nthumbnail: {value}\ntitle: Tea\ntags: {{a: b}}\n---\n\nWords.\n")
    assert not [f for f in reading.findings if f.severity == "error"]
    assert any("thumbnail" in f.message for f in reading.findings)
    assert reading.session is not None
    assert reading.session.title.plain == "Tea"


@pytest.mark.parametrize("key", KEYS)
def test_a_key_without_a_value_says_nothing(key: str) -> None:
    assert not read(f"---\n{key}:\n---\n\n# Tea\n\nWords.\n").findings


@pytest.mark.parametrize("before", ["\n", "  \n\n", "<!-- a\ncomment -->\n", "<!-- a -->\n\n"])
def test_front_matter_stands_below_blank_lines_and_comments(before: str) -> None:
    session = session_of(f"{before}---\nTITLE: Tea\n---\n\n## A\n\nWords.\n")
    assert session.title.plain == "Tea"
    assert session.sections[0].span.line == 5 + before.count("\n")


def test_text_between_two_rules_is_no_front_matter() -> None:
    session = session_of("\n---\nNote: words of the author\n\n---\n\nMore.\n")
    assert "words of the author" in str(session)


def test_the_nearest_key_is_named() -> None:
    hints = [f.hint for f in read("---\nlenght: 90\ntitel: x\n---\n\nWords.\n").findings]
    assert hints == ['did you mean "duration"?', 'did you mean "title"?']


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("lenght: 60", 'did you mean "duration"?'),
        ("durration: 2h", 'did you mean "duration"?'),
        ("duration: sixty", 'such as "90" (minutes) or "2-3 hours"'),
        ("number: seven", "in digits, such as 7"),
        ("title: Tea: a start", "put it in quotes: it holds a colon"),
        ("title: 'Tea", "close its quotation mark"),
        ("tags: {a: b}", "such as [cups, kettle]"),
        ("materials:\n\t- cup", "with spaces, not with a tab"),
        ("audience: [a, b", "close its bracket"),
        ("minutes: -5", 'such as 45 or "45 min"'),
        ("room: @home", "put it in quotes: it begins with @"),
        ("module: {week: 2}", 'such as "Week 2"'),
        ("language: english", 'write "language: en"'),
        ("teaching: ten", 'such as 45 or "45 min"'),
        ("cover: tea.png", "leave out what no other tool reads"),
        ("objectives: {a: b}", "such as [cups, kettle]"),
    ],
)
def test_each_wrong_line_of_front_matter_is_told_with_what_to_write(line: str, says: str) -> None:
    (found,) = read(f"---\n{line}\n---\n# S\n\nWords.\n").findings
    assert says in f"{found.message} {found.hint}"
    assert found.span.line == 2


@pytest.mark.parametrize(
    ("text", "code", "line", "says"),
    [
        ("title: A\nsessions: a.md\n", "C106", 2, "a list, not a text"),
        ("title: A\ndelivery:\n  lenght: 9\n", "C106", 3, '"lenght"'),
        ("title: A\npaper: a5\n", "C106", 2, "a5"),
    ],
)
def test_course_yml_is_told_in_plain_words(
    tmp_path: Path, text: str, code: str, line: int, says: str
) -> None:
    (tmp_path / "course.yml").write_text(text)
    (found,) = read_settings(tmp_path)[1]
    assert (found.code, found.span.line) == (code, line)
    assert says in found.message


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("title: A\naccept: C203\n", 2, 'write "accept: [C203]"'),
        ("title: A\naccept: [C999]\n", 2, 'did you mean "C199"?'),
        ("title: A\nauthor: [Ann, Bob]\n", 2, 'write "author: Ann, Bob"'),
        ("title: A\nlogo: [a.png]\n", 2, 'write "logo: a.png"'),
        ("title: A\nfonts: Arial\n", 2, 'write lines "name: value" below "fonts:"'),
        ("title: A\ndelivery:\n  start: nine\n", 3, 'write "start: 09:00"'),
        ("title: A\ndelivery:\n  group: many\n", 3, "write digits alone, as 60"),
        ("title: A\naccept: [C111]\n", 2, "leave it out, and mend what it tells"),
        ("title: A\nmodules:\n  First: [a.md]\n", 2, MODULE),
        ("title: A\nmodules: [First]\n", 2, MODULE),
        ("title: A\nmodules: First\n", 2, MODULE),
        (
            "title: A\nsessions: {a: b}\n",
            2,
            'write each on a line of its own below "sessions:", as "- …"',
        ),
        ("title: A\nmodules:\n  - titel: First\n", 3, 'did you mean "title"?'),
        ("title: A\nschedule:\n  days:\n    - date: soon\n", 4, ""),
        ("title: A\n\tpaper: a4\n", 1, "begin line 2 with spaces, not with a tab"),
        (
            "- title: A\n",
            1,
            'write each setting on a line of its own, as "title: …", without a dash',
        ),
    ],
)
def test_what_to_write_instead_is_told(tmp_path: Path, text: str, line: int, hint: str) -> None:
    (tmp_path / "course.yml").write_text(text)
    (found,) = read_settings(tmp_path)[1]
    assert (found.span.line, found.hint) == (line, hint)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("delivery:\n  start: nine\n  length: x\n  lenght: 3\n", [2, 3, 4]),
        ("modules:\n  - titel: A\n  - title: B\n    sessions: x\n  - 3\n", [2, 4, 5]),
        ("variants:\n  a: {length: 0}\n  b: {}\n  c:\n    length: x\n    total: y\n", [2, 3, 5, 6]),
        ("schedule:\n  days:\n    - date: 2027-13-45\n    - date: 2027-01-02\n      start: 12:00\n      end: 09:00\n", [3, 4]),
        ("schedule:\n  isued: x\n  days:\n    - date: x\n      start: y\n    - room: z\n", [2, 4, 5, 6]),
        ("words:\n  answers: [x]\n  minutes: [y]\n", [2, 3]),
        ("sessions:\n  - [a]\n  - {b: c}\n", [2, 3]),
    ],
)  # fmt: skip
def test_all_that_is_wrong_in_a_value_is_told(tmp_path: Path, text: str, lines: list[int]) -> None:
    (tmp_path / "course.yml").write_text(text)
    assert sorted({f.span.line for f in read_settings(tmp_path)[1]}) == lines


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("sessions:\n  - a.md\n  - b.md\n  - c/a.md\n", 4, 'did you mean "a.md"?'),
        ("sessions: [a.md, b.md, kettle.md]\n", 1, "there are a.md, b.md"),
        ("modules:\n  - title: X\n    sessions: [a.md, b.md,\n      d/b.md]\n", 4, 'did you mean "b.md"?'),
        ("variants:\n  short:\n    sessions: [1,\n      9]\n", 4, "the sessions are 1, 2"),
        ("variants:\n  short:\n    sessions: [a.mdx]\n", 3, 'did you mean "a.md"?'),
    ],
)  # fmt: skip
def test_what_names_no_session_is_told_at_its_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    (tmp_path / "course.yml").write_text(text)
    (tmp_path / "a.md").write_text("# Session 1: A\n\nWords.\n")
    (tmp_path / "b.md").write_text("# Session 2: B\n\nWords.\n")
    (found,) = load(tmp_path).findings
    assert (found.code, found.span.line, found.hint) == ("C106", line, says)


def test_keys_of_course_yml_without_a_value_say_nothing(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text("title: A\npaper:\naccept: [c203]\nlogo:\n")
    settings, findings = read_settings(tmp_path)
    assert not findings
    assert (settings.paper, settings.accept) == ("a4", ("C203",))


def test_capitals_count_for_nothing_in_course_yml(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text("Title: A\npaper: Letter\nDETAILS: Content\n")
    settings, findings = read_settings(tmp_path)
    assert not findings
    assert (settings.title, settings.paper, settings.details) == ("A", "letter", "content")
