"""Whatever was typed before, the preview shows what a fresh start shows of the same text."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from courseware.serve import builder
from courseware.serve.board import Board, Look, key_of
from courseware.serve.builder import PreviewBuilder
from courseware.serve.live_course import LiveCourse
from courseware.serve.sources import HIDDEN
from courseware.serve.views import Stopped, View, ViewSource
from tests.serve.conftest import TEXT

PLANS, MORE = "03-plans.md", "04-more.md"
PIECES = (
    "New words of it.", "", "## A heading", "### Below (5 min)", "::: facilitator", "::: answer", ":::", "```",
    "- One item", "1. A step", "| A | B |\n|---|---|\n| c | d |", "> Said.", "[Next](04-more.md#b)", "![](a.png)",
    "Noted.[^n]", "[^n]: A note.", "<details>", "</details>", "**Time:** 20 minutes", "---", "## Exercise 2: Go on",
)  # fmt: skip
"""Lines that open, close and begin all that reading knows of."""


class Desk:
    """The preview of a course without its threads."""

    def __init__(self, course: Path, cache: Path, product: str) -> None:
        self.course, self.product = course, product
        self.builder = PreviewBuilder(LiveCourse(course, course / "output", cache), Board(), "")
        self.builder.live.read(MORE)
        self.builder.board.take_course(self.builder.live, {})
        self.builder.look = Look(PLANS, product)

    def after(self, *names: str) -> dict[str, Any]:
        """Return what is shown once files have changed."""
        self.builder.change(set(names))
        self.builder._take_changes()
        while self.builder._step() and PLANS not in self.builder.checked:
            pass
        self.builder._make(PLANS, self.product)
        board, live = self.builder.board, self.builder.live
        assert board.faults == []
        view = self.builder.views.get((PLANS, self.product))
        stopped = self.builder._stopped(PLANS)
        sheets = () if view is None or stopped else view.sheets
        return {
            "findings": board.found[PLANS],
            "source": [board.source(key_of(PLANS), shown) for shown in ("handout", "guide")],
            "sessions": live.loaded.course.sessions,
            "session": live.session(PLANS),
            "map": {} if view is None or stopped else view.map,
            "sheets": [(s.key, [msgspec.structs.replace(p, changed=False) for p in s.spots]) for s in sheets],
        }  # fmt: skip


def edited(text: str, chance: random.Random) -> str:
    """Return a text with a line put in, taken out, doubled or written anew."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    kind = chance.randrange(4)
    if kind == 0:
        lines[at:at] = chance.choice(PIECES).split("\n")
    elif kind == 1 and len(lines) > 8:
        del lines[at]
    elif kind == 2:
        lines[at:at] = lines[at : at + 3]
    else:
        lines[at] = f"{lines[at]} {chance.choice(('word', '**bold**', '`code`', '(3 min)'))}"
    return "\n".join(lines)


def two_sessions(folder: Path) -> Path:
    """Write a course of two sessions, and return where it is."""
    course = folder / "course"
    course.mkdir()
    (course / MORE).write_text("# Session 04: More\n\n## B\n\nMore words.\n")
    (course / PLANS).write_text(TEXT)
    return course


@pytest.mark.slow
@pytest.mark.parametrize("product", ["plain-slides", "handout"])
@pytest.mark.parametrize("seed", range(3))
def test_edits_leave_nothing_of_the_text_before(product: str, seed: int, tmp_path: Path) -> None:
    course = tmp_path / "course"
    course.mkdir()
    texts = {PLANS: TEXT, MORE: "# Session 04: More\n\n## B\n\nMore words.\n"}
    for name, text in texts.items():
        (course / name).write_text(text)
    chance = random.Random(seed)
    kept = Desk(course, tmp_path / "kept", product)
    for number in range(12):
        name = MORE if chance.randrange(6) == 0 else PLANS
        texts[name] = edited(texts[name], chance)
        (course / name).write_text(texts[name])
        now = kept.after(name)
        if number % 4 == 3:
            fresh = Desk(course, tmp_path / f"fresh{number}", product)
            assert now == fresh.after(), texts[PLANS]


def test_a_look_that_comes_while_the_last_thing_is_done_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = two_sessions(tmp_path)
    made = Desk(course, tmp_path / "kept", "handout").builder
    monkeypatch.setattr(builder, "CALM", 0.0)
    monkeypatch.setattr(made.live, "keep", lambda: made.look_at(Look(MORE, "handout")))
    made.start()
    try:
        ends = time.monotonic() + 60
        while (view := made.board.views.get((MORE, "handout"))) is None or not view["sheets"]:
            assert time.monotonic() < ends, "the look was not seen"
            time.sleep(0.02)
    finally:
        made.stop()
        made.join(20)


def test_what_was_stopped_is_made_anew_to_the_text_before_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = two_sessions(tmp_path)
    desk = Desk(course, tmp_path / "kept", "handout")
    good = desk.after(PLANS)
    (course / PLANS).write_text(TEXT.replace("a list of steps", "a row of steps"))
    with monkeypatch.context() as patched:
        patched.setattr(builder, "make_view", stopped_at_first)
        with pytest.raises(Stopped):
            desk.after(PLANS)
    (course / PLANS).write_text(TEXT)
    assert desk.after(PLANS) == good
    assert desk.builder.board.states[PLANS, "handout"] == "fresh"


def stopped_at_first(
    asked: ViewSource, going_on: Callable[[], None], show: Callable[[View], None]
) -> View:
    """Show the pages there were as if they were new, and stop."""
    assert asked.earlier is not None
    show(msgspec.structs.replace(asked.earlier, whole=False))
    raise Stopped


def test_lines_for_learners_are_worked_out_when_they_are_asked_for(tmp_path: Path) -> None:
    course = tmp_path / "course"
    course.mkdir()
    (course / PLANS).write_text(TEXT)
    (course / MORE).write_text("# Session 04: More\n\n## B\n\nMore words.\n")
    desk = Desk(course, tmp_path / "kept", "handout")
    desk.builder._check(PLANS)
    board = desk.builder.board
    assert not vars(board.sources[PLANS]).keys() & {"open", "all", "open_lines"}
    shown = board.source(key_of(PLANS), "handout")
    assert shown is not None and HIDDEN in shown and "Zero words open." in shown
    assert not [line for line in shown if "Zebra" in line or "Walrus" in line]
    assert board.source(key_of(PLANS), "guide") == TEXT.split("\n")
