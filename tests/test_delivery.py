"""A delivery, from course.yml and from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from courseware.cli.commands import main
from courseware.course.loading import read_settings
from courseware.model.times.delivery import Delivery


def test_course_yml_states_a_delivery(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text("delivery: {start: 09:00, length: 120, group: 12}\n")
    settings, findings = read_settings(tmp_path)
    assert settings.delivery == Delivery("09:00", 120, 12) and not findings


@pytest.mark.parametrize(
    "value", ["{start: nine}", "{length: 0}", "{group: many}", "{strat: 09:00}"]
)
def test_a_wrong_delivery_is_an_error_at_its_line(tmp_path: Path, value: str) -> None:
    (tmp_path / "course.yml").write_text(f"title: T\ndelivery: {value}\n")
    settings, (finding,) = read_settings(tmp_path)
    assert (finding.code, finding.span.line) == ("C106", 2)
    assert settings.delivery == Delivery()


@pytest.mark.parametrize("words", [("--start", "9"), ("--start", "24:00"), ("--length", "0"),
                                   ("--group", "x"), ("--start", "")])  # fmt: skip
def test_wrong_options_are_a_wrong_call(tmp_path: Path, words: tuple[str, str]) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    result = CliRunner().invoke(main, ["--course", str(tmp_path), "all", *words])
    assert result.exit_code == 2, result.output


def test_a_delivery_too_short_for_what_stays_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\n## Exercise 1: B (30 min)\n\nWhy?\n")
    (tmp_path / "course.yml").write_text("delivery: {length: 20}\n")
    result = CliRunner().invoke(main, ["--course", str(tmp_path), "check"])
    assert (
        "C150" in result.stderr and "no exercise and no talk fits into 20 minutes" in result.stderr
    )


def test_exercises_that_an_agenda_times_are_not_called_untimed(tmp_path: Path) -> None:
    text = "# A\n\n## Agenda\n\n- 0:00-0:10 Exercise 1: B\n{}\n## Exercise 1: B\n\nWhy?\n\n## Exercise 2: C\n\nWhy?\n"
    (tmp_path / "a.md").write_text(text.format("- 0:10-0:20 Exercise 2: C\n"))
    assert "C203" not in CliRunner().invoke(main, ["--course", str(tmp_path), "check"]).stderr
    (tmp_path / "a.md").write_text(text.format("").replace("## Agenda", "## Other"))
    assert "exercises 1, 2" in CliRunner().invoke(main, ["--course", str(tmp_path), "check"]).stderr


def test_ranges_whose_high_ends_do_not_fit_are_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nDuration: 60 min\n\n## B (50-70 min)\n\nx\n")
    said = CliRunner().invoke(main, ["--course", str(tmp_path), "check"]).stderr
    assert "takes 70 minutes (50 at the low end of ranges), the session has 60" in said
