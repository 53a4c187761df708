"""What a build tells: a bar on a terminal only, lines and a summary everywhere."""

from __future__ import annotations

import io
import sys

import pytest

from courseware.build.driver import Line
from courseware.build.plan.queue import State
from courseware.cli import progress
from courseware.cli.progress import Progress, duration, left, told


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal in place of standard error; called in a test, as pytest sets it before one."""
    found = Terminal()
    monkeypatch.setattr(sys, "stderr", found)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    return found


def state(ended: int, todo: float, known: bool = True) -> State:
    return State(40, ended, ("a", "b"), todo, 2, known)


@pytest.mark.parametrize(("seconds", "said"), [
    (0.04, "0.0 s"), (9.94, "9.9 s"), (48.4, "48 s"), (59.7, "1 min 00 s"), (200, "3 min 20 s"),
    (3900, "1 h 05 min"),
])  # fmt: skip
def test_times_are_said_as_one_says_them(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_time_left_is_that_of_past_builds_then_of_this_one_s_pace() -> None:
    first = state(0, 40.0)
    assert left(first, first, 3.0) == 20.0
    assert left(first, state(10, 30.0), 8.0) == 24.0
    assert left(state(0, 40.0, known=False), state(0, 40.0, known=False), 3.0) is None
    assert told(state(12, 30.0), 15.2) == "12 of 40  2 running  15 s left"
    assert told(state(0, 40.0), None) == "0 of 40  2 running"


def test_a_terminal_gets_a_bar_that_goes_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = terminal(monkeypatch)
    shown = Progress()
    shown.watch(state(0, 40.0))
    shown.line(Line("a.pdf", "built", 3, "pages", 0.5))
    shown.watch(state(20, 20.0))
    shown.close()
    drawn = screen.getvalue()
    assert "[------------------------]  0 of 40  2 running  20 s left" in drawn
    assert "[############------------]  20 of 40  2 running" in drawn
    assert drawn.endswith("\r\x1b[K\x1b[?25h")
    assert capsys.readouterr().out == "a.pdf  3 pages  built  0.5 s\n"


def test_ci_gets_lines_only(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setenv("CI", "true")
    shown = Progress()
    shown.watch(state(0, 40.0))
    shown.close()
    assert screen.getvalue() == ""


def test_a_short_build_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 60.0)
    Progress().watch(state(0, 40.0))
    assert screen.getvalue() == ""


def test_findings_for_programs_come_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = terminal(monkeypatch)
    shown = Progress(lines=False)
    shown.watch(state(0, 40.0))
    shown.line(Line("a.pdf", "built"))
    shown.close()
    assert (capsys.readouterr().out, screen.getvalue()) == ("", "")


def test_the_summary_counts_and_tells_the_time_saved() -> None:
    shown = Progress(lines=False)
    assert shown.summary().startswith("nothing to build in 0.")
    for line in (Line("a", "unchanged", saved=1.4), Line("b", "failed"), Line("c", "built"),
                 Line("d", "unchanged", saved=31.0), Line("e", "removed")):  # fmt: skip
        shown.line(line)
    said = shown.summary()
    assert said.startswith("1 built, 2 unchanged, 1 failed, 1 removed in 0.")
    assert said.endswith(" s, 32 s saved")
