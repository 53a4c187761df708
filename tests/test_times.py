"""The `times` command: minutes of sessions, modules and course; run sheets."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from courseware.cli.commands import main

ONE = "---\nmodule: M\n---\n# Session 1: A\n\nDuration: 60-90 min\n\n## B (20 min)\n\nx\n\n::: break 10 min\n\n## C\n\nx\n"
TWO = "---\nmodule: N\n---\n# Session 2: D\n\n## E (15 min)\n\nx\n\n::: stretch 5 min\nMore.\n:::\n\n### F (4 min)\n\nx\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "1.md").write_text(ONE)
    (tmp_path / "2.md").write_text(TWO)
    (tmp_path / "notes.md").write_text("# Instructor Notes\n\nx\n")
    return tmp_path


def times(course: Path, *words: str) -> str:
    result = CliRunner().invoke(main, ["--course", str(course), "times", *words])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_totals_of_sessions_modules_and_course(course: Path) -> None:
    assert times(course).splitlines() == [
        "minutes  length  planned  stated  estimated  breaks",
        "01 A      60–90       60      30        ~30      10",
        "02 D                  15      15          0       0",
        "M                     60      30        ~30      10",
        "N                     15      15          0       0",
        "course                75      45        ~30      10",
    ]


def test_one_module_is_the_course(course: Path) -> None:
    (course / "2.md").write_text(TWO.replace("module: N", "module: M"))
    assert [line.split()[0] for line in times(course).splitlines()] == [
        "minutes", "01", "02", "course"]  # fmt: skip


def test_a_run_sheet(course: Path) -> None:
    assert times(course, "1", "--start", "09:00", "--length", "45").splitlines() == [
        "01 A",
        "09:00   20  B",
        "09:20  ~25  C",
        "09:45   45  available 45, stated 20, estimated ~25",
        "45 min in place of 60:",
        "  leave out break (10 min)",
        "  C: 30 → 25 min",
        "if you begin 5 min late:",
        "  C: 25 → 20 min",
        "if you begin 10 min late:",
        "  B: 20 → 12 min",
        "  C: 25 → 23 min",
        "if you begin 15 min late:",
        "  B: 20 → 12 min",
        "  C: 25 → 18 min",
    ]
    assert "0:11  (4)    F\n0:15   15  stated 15\n" in times(course, "2")


def test_an_unknown_session_is_a_wrong_call(course: Path) -> None:
    result = CliRunner().invoke(main, ["--course", str(course), "times", "9"])
    assert result.exit_code == 2
