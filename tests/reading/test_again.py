"""A text that is read again in the same process: quicker, and the same as in a process that knows nothing of it."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from functools import _lru_cache_wrapper
from types import FrameType

import pytest

from courseware.language.vocabulary import Vocabulary, vocabulary_for
from courseware.reading.stages import Reading, read_session
from tests.support import PROJECT

NAME = "07-working-with-ai-teams.md"
LINES = (
    "", "## Exercise 9 – Weigh (15 min)", "1. Which of these floats?", "- [ ] Write down a plan.",
    "**Solution:** 42", "Look at [the table](a.md) and name `two` things.", "| a | b |", ":::", "> Note: it is hot.",
    "[a]: b.md", "Übung 3: Schreiben Sie auf, was Sie sehen.", "Choose one:",
)  # fmt: skip
EDITS = 10


def forgotten() -> None:
    """Forget what was kept of texts by what reads them."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith(("courseware.reading", "courseware.model", "courseware.language")):
            for one in vars(module).values():
                if isinstance(one, _lru_cache_wrapper) and one.cache_parameters()["maxsize"]:
                    one.cache_clear()


def edited(text: str, chance: random.Random) -> str:
    """Return a text with a line or two written anew, put in, moved or left out."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(20, len(lines))
        deed = chance.randrange(4)
        if deed == 0:
            lines[at] += " more"
        elif deed == 1:
            lines.insert(at, chance.choice(LINES))
        elif deed == 2:
            lines.insert(chance.randrange(20, len(lines)), lines.pop(at))
        else:
            del lines[at]
    return "\n".join(lines)


def calls(run: Callable[[], object]) -> int:
    """Return how many functions of Python's run while something is done."""
    count = 0

    def note(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.slow
def test_what_is_read_again_is_as_if_it_were_read_first() -> None:
    chance = random.Random(19)
    text = (PROJECT / "content" / NAME).read_text("utf-8")
    languages = [vocabulary_for("en"), vocabulary_for("de")]
    asked: list[tuple[str, Vocabulary]] = []
    for number in range(EDITS):
        text = edited(text, chance)
        asked.append((text, languages[number % 2]))

    def read(text: str, words: Vocabulary) -> Reading:
        return read_session(text.encode(), NAME, words)

    warm = [read(*one) for one in asked]
    for one, found in zip(asked, warm, strict=True):
        forgotten()
        assert read(*one) == found


def test_a_line_that_changes_costs_less_than_the_whole_text() -> None:
    text = (PROJECT / "content" / NAME).read_text("utf-8")
    changed = text.replace("Work alone for three minutes", "Work alone for four minutes")
    words = vocabulary_for("en")
    read_session(text.encode(), NAME, words)
    forgotten()
    first = calls(lambda: read_session(text.encode(), NAME, words))
    again = calls(lambda: read_session(changed.encode(), NAME, words))
    assert again < 0.65 * first, (again, first)
