"""`new course` and `new session`: what they make builds at once; nothing is overwritten."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courseware.cli.commands import main
from courseware.course.loading import load


def call(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def strict(course: Path) -> Result:
    return call("--course", str(course), "check", "--strict")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "good-work"
    assert call("new", "course", str(folder)).exit_code == 0
    return folder


def add(course: Path, title: str) -> Result:
    return call("--course", str(course), "new", "session", title)


def test_a_new_course_has_no_finding(course: Path) -> None:
    result = strict(course)
    assert result.exit_code == 0
    assert [
        line for line in result.output.splitlines() if ": warning" in line or ": error" in line
    ] == []
    assert (
        result.output.count("note[") == result.output.count("note[C140]") == 1
    )  # its answers, listed
    loaded = load(course)
    assert loaded.course.title == "Good work"
    (session,) = loaded.course.sessions
    kinds = {s.kind for s in session.sections}
    assert {"objectives", "concept", "exercises", "questions", "takeaways"} <= kinds
    assert session.length is not None and len(session.exercises()) == 2


def test_a_new_course_and_session_build(course: Path, tmp_path: Path) -> None:
    add(course, "Second")
    result = call(
        "--course", str(course), "handouts", "--strict", "--output", str(tmp_path / "out")
    )
    assert result.exit_code == 0, result.output
    names = sorted(p.name for p in (tmp_path / "out/handouts").iterdir())
    assert names == ["01-welcome.pdf", "02-second.pdf"]
    lengths = [s.length.high for s in load(course).course.sessions if s.length]
    assert lengths == [90, 60]


def test_a_session_gets_the_next_number(course: Path) -> None:
    result = add(course, "Roles & Tasks")
    assert result.stdout == f"{course}/02-roles-tasks.md  made\n" and result.stderr == ""
    (course / "07-late.md").write_text("---\na: [\n---\n")
    assert "08-roles-tasks.md" in add(course, "Roles & Tasks").stdout


@pytest.mark.parametrize(
    "title",
    [
        'He said: "no" #1 \'yes\'', "Ça va, Łódź? 日本語", "*Stars* and [links](x.md)", "Time (30 min)",
        "Exercise 3: Plan", "🎯 Aims", "<b>Bold</b> & more", "a {#b}", "$x$ and ${title} $head", "Facilitator Notes",
        "back\\slash \\* `code`", "100 %", "::: facilitator", "07: Seven", "title: x", "snake_case_name", "!![]",
    ],
)  # fmt: skip
def test_any_title_is_kept_as_it_is(course: Path, title: str) -> None:
    if not any(c.isalnum() for c in title):
        assert add(course, title).exit_code == 2
        return
    assert add(course, title).exit_code == 0
    loaded = load(course)
    made = next(s for s in loaded.course.sessions if s.number == 2)
    assert made.title.plain == title
    assert re.fullmatch(r"02-[\w-]+\.md", made.path)
    if title != "Facilitator Notes":
        assert strict(course).exit_code == 0, strict(course).output


def test_control_characters_end_in_spaces(course: Path) -> None:
    assert add(course, "One\n# Two\x00\x1b[31m\u202ethree").exit_code == 0
    assert load(course).course.sessions[1].title.plain == "One # Two [31m three"
    folder = course.parent / "x"
    assert call("new", "course", str(folder), "--title", 'A\n"b": \x07c').exit_code == 0
    assert load(folder).course.title == 'A "b": c'
    assert json.dumps('A "b": c') in (folder / "course.yml").read_text()


@pytest.mark.parametrize("title", ["", " \n", "!?", "\u202e", "x" * 201])
def test_a_title_that_is_none(course: Path, title: str) -> None:
    before = sorted(course.iterdir())
    assert add(course, title).exit_code == 2
    assert sorted(course.iterdir()) == before


def test_nothing_is_overwritten(course: Path, tmp_path: Path) -> None:
    result = call("new", "course", str(course))
    assert result.exit_code == 2 and "is not empty" in result.stderr
    (tmp_path / "file").write_text("mine")
    result = call("new", "course", str(tmp_path / "file"))
    assert result.exit_code == 2 and "is a file" in result.stderr
    assert (tmp_path / "file").read_text() == "mine"
    result = call("new", "course", str(tmp_path / "file" / "below"))
    assert result.exit_code == 2 and "Error" in result.stderr
    assert call("new", "course", str(tmp_path / "a\x1bb")).exit_code == 2
    (tmp_path / "empty").mkdir()
    assert call("new", "course", str(tmp_path / "empty")).exit_code == 0


def test_a_session_needs_a_course_folder(tmp_path: Path) -> None:
    assert add(tmp_path / "none", "A").exit_code == 2
    (tmp_path / "one.md").write_text("# One\n")
    assert add(tmp_path / "one.md", "A").exit_code == 2


def test_a_session_stands_where_the_others_do(course: Path) -> None:
    (course / "sessions").mkdir()
    (course / "01-welcome.md").rename(course / "sessions" / "01-welcome.md")
    (course / "sessions" / "02-b.md").write_text("# B\n\nText.\n")
    assert add(course, "C").stdout == f"{course}/sessions/03-c.md  made\n"


def test_a_course_that_lists_its_sessions_is_told_so(course: Path) -> None:
    with (course / "course.yml").open("a") as file:
        file.write("sessions: [01-welcome.md]\n")
    assert "course.yml" in add(course, "C").stderr
