"""Where files go: a course's own folder, and never over another course's files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from courseware.cli.commands import main
from courseware.folders import output_of

SESSION = "# Session 1: {}\n\n## Talk\n\nText of some words.\n"


def call(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


@pytest.fixture
def courses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("tea", "content", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "01.md").write_text(SESSION.format("Tea"), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("where", "expected"),
    [("tea", "tea/output"), ("tea/01.md", "tea/output"), ("content", "output"), (".", "output"),
     ("content/01.md", "content/output"), ("./content", "output")],
)  # fmt: skip
def test_a_course_has_its_own_place(courses: Path, where: str, expected: str) -> None:
    assert output_of(Path(where)) == Path(expected)


def test_from_inside_a_folder_named_content(courses: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(courses / "content")
    assert output_of(Path()).resolve() == courses / "output"


def test_files_go_there_and_git_ignores_them(courses: Path) -> None:
    code, said = call("--course", "tea", "handouts")
    assert (code, "tea/output/handouts/01-tea.pdf" in said) == (0, True)
    assert (courses / "tea/output/.gitignore").read_text() == "*\n"
    assert not (courses / "output").exists()
    code, said = call("--course", "tea", "check")
    assert "output" not in said
    assert call("--course", "tea", "clean")[0] == 0
    assert not (courses / "tea/output/handouts").exists()


def test_a_page_among_what_was_built_is_no_session_to_any_command(courses: Path) -> None:
    (courses / "tea" / "output").mkdir()
    (courses / "tea" / "output" / "README.md").write_text("# What was built\n\nFiles of a build.\n")
    assert "1 session:" in call("--course", "tea", "check")[1]
    for command in ("check", "times", "model"):
        assert "What was built" not in call("--course", "tea", command)[1]


def test_what_is_left_out_is_not_told_where_one_session_is_built(courses: Path) -> None:
    (courses / "tea" / "README.md").write_text("# Tea\n\nHow to build the course.\n")
    (courses / "tea" / "02.md").write_text(SESSION.format("Pots").replace("1:", "2:"))
    assert "left out" in call("--course", "tea", "handouts")[1]
    assert "left out" not in call("--course", "tea", "handouts", "2")[1]


def test_an_earlier_place_is_told_once(courses: Path) -> None:
    call("--course", "tea", "handouts", "--output", "output")
    first, second = (call("--course", "tea", "handouts", "--force")[1] for _ in range(2))
    assert "files of earlier builds are still in output/; new ones go to tea/output/" in first
    assert "earlier builds" not in second


def test_no_course_writes_over_anothers_files(courses: Path) -> None:
    place = courses / "shared"
    call("--course", "tea", "handouts", "--output", str(place))
    before = (place / "handouts/01-tea.pdf").read_bytes()
    (courses / "other/01.md").write_text(SESSION.format("Tea") + "\nMore words.\n", "utf-8")
    code, said = call("--course", "other", "handouts", "--output", str(place))
    assert code == 1 and "error[C307]" in said and "--output" in said
    assert (place / "handouts/01-tea.pdf").read_bytes() == before


def test_a_course_that_has_moved_takes_its_files_along(courses: Path) -> None:
    place = courses / "shared"
    call("--course", "tea", "handouts", "--output", str(place))
    (courses / "tea").rename(courses / "green")
    assert call("--course", "green", "handouts", "--output", str(place))[0] == 0


def test_a_file_in_the_place_names_the_option(courses: Path) -> None:
    (courses / "tea/output").write_text("a file")
    code, said = call("--course", "tea", "handouts")
    assert code == 1 and "--output" in said
