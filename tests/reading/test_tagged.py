"""What stands between tags that hide, in a sentence, a cell or a term, and in fences with such a name."""

from __future__ import annotations

import pytest

from courseware.model.session import for_learner
from tests.support import session_of

HEAD = "# Tea\n\n## Exercise 1: Brew\n\nWhat is A?\n\n"


@pytest.mark.parametrize(("source", "seen"), [
    ("What? <Answer>hidden</Answer> Then **go** on.", ("What?", "Then go on.")),
    ("- step <solution>hidden</solution> tail", ("step", "tail")),
    ("| a | b |\n|---|---|\n| x | y <answer>hidden</answer> |", ("x", "y")),
    ("Term <answer>hidden</answer>\n: meaning", ("Term", "meaning")),
    ("What? <Answer>hidden and never closed", ()),
    ('What? <span class="answer">hidden</span> Fine.', ()),
    ("## Heading <answer>hidden</answer>\n\nhidden, too", ()),
    ("```notes\nSay: hidden\n```\n\nAfter.", ("After.",)),
    ("``` solution\nhidden `x`\n```\n\nAfter.", ("After.",)),
    ("## What the teacher should know\n\nhidden for all of it.", ()),
    ("## Notes for whoever leads this\n\nhidden for all of it.", ()),
    ("::: loesung\nhidden\n:::", ()),
])  # fmt: skip
def test_what_tags_hide_is_the_facilitators(source: str, seen: tuple[str, ...]) -> None:
    session = session_of(HEAD + source + "\n")
    shown = [t.plain for t in for_learner(session).texts()]
    whole = " ".join(t.plain for t in session.texts())
    assert "hidden" in whole and not any("hidden" in text for text in shown)
    assert [text for text in shown if text in seen] == list(seen)


@pytest.mark.parametrize("source", ["## How to run this program\n\nopen", "## The teacher should be fair\n\nopen",
                                    "Press <kbd>Enter</kbd> and <b>open</b>.", "```python\nopen()\n```"])  # fmt: skip
def test_what_is_taught_stays_open(source: str) -> None:
    session = for_learner(session_of(HEAD + source + "\n"))
    assert "open" in " ".join(t.plain for t in session.texts())
