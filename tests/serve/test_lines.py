"""Whatever a page, a slide or its notes print leads to the line of the source that says it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from courseware.inspection.leaks import letters
from courseware.serve.slides import called
from tests.serve.conftest import Visitor

WHEELS = """# Session 01: Wheels

Spokes pull, they never push.

## What a wheel is (15 min)

| Part | Job |
|------|-----|
| Hub  | turns |
| Rim  | holds the tyre |

::: tip
Water shows bubbles.
:::

::: facilitator
Bring three spare tubes.
:::

## Truing (25 min)

Turn nipples a quarter at a time.[^1]

1. Spin
2. Mark
3. Turn
4. Spin

[^1]: Tension is even when it *sounds* even.

## Exercise 1: Find the hole (10 min)

Where is the hole?

::: answer
Where the lever pinched.
:::
"""
LABELS = ("Tip: ", "Answer: ")


def line_of(words: str, nth: int = 1) -> int:
    """Return the line of the source that says some words for the nth time."""
    hits = [n for n, line in enumerate(WHEELS.split("\n"), 1) if words in line.replace("*", "")]
    return hits[nth - 1]


def led(view: Any) -> list[tuple[str, int]]:
    """Return the words on a view's pages with the lines that they lead to."""
    return [(spot[4], spot[1]) for sheet in view["sheets"] for spot in sheet["spots"] if spot[4]]


def shown(visitor: Visitor, course: Path, product: str, text: str = WHEELS) -> Any:
    """Return a product of the course's session as it is of a text."""
    (course / "03-plans.md").write_text(text)
    return visitor.view("03", product, lambda v: v["state"] == "fresh" and "Spin" in str(v))


def test_titles_and_footnotes_lead_to_their_lines(visitor: Visitor, course: Path) -> None:
    found = dict(led(shown(visitor, course, "handout")))
    assert found["Wheels"] == 1
    assert found["Tension is even when it sounds even."] == line_of("Tension is even")
    (course / "03-plans.md").write_text(WHEELS.replace("*sounds* even", "*sounds* quite even"))
    view = visitor.view("03", until=lambda v: any("quite" in words for words, _ in led(v)))
    new = [spot[4] for sheet in view["sheets"] for spot in sheet["spots"] if spot[3]]
    assert new == ["Tension is even when it sounds quite even."]


def test_lines_of_a_slide_lead_to_what_says_them(visitor: Visitor, course: Path) -> None:
    found = led(shown(visitor, course, "plain-slides"))
    for words in ("Hub turns", "Rim holds the tyre", "Tip: Water shows bubbles."):
        bare = re.sub("^Tip: ", "", words).split(" ")[0]
        assert dict(found)[words] == line_of(bare), words
    assert dict(found)["Wheels"] == 1
    said = [row for row in found if row[0] in ("Spin", "Mark", "Turn")]
    steps = [line_of("1. Spin"), line_of("2. Mark"), line_of("3. Turn"), line_of("4. Spin")]
    assert said == list(zip(("Spin", "Mark", "Turn", "Spin"), steps, strict=True))


def test_notes_of_a_slide_lead_to_what_says_them(visitor: Visitor, course: Path) -> None:
    view = shown(visitor, course, "slides")
    notes = {note[2]: note[3] for sheet in view["sheets"] for note in sheet["notes"]}
    assert notes["Bring three spare tubes."] == line_of("Bring three")
    answer = next(words for words in notes if "lever pinched" in words)
    assert notes[answer] == line_of("lever pinched")
    assert all(notes.values())
    assert not [sheet for sheet in visitor.view("03", "plain-slides")["sheets"] if sheet["notes"]]


@given(st.lists(st.text("abcdeé日本 ", min_size=1, max_size=9), max_size=6), st.data())
def test_words_are_called_by_what_says_the_same_before_all_else(
    texts: list[str], data: st.DataObject
) -> None:
    known = [(letters(text), str(n)) for n, text in enumerate(texts) if letters(text)]
    if not known:
        assert called("abc", known, set()) == ""
        return
    by_name = {name: text for text, name in known}
    text = data.draw(st.sampled_from([*by_name.values()]))
    same = [n for t, n in known if t == text]
    assert called(text, known, set()) == same[0]
    assert called(text, known, set(same[:1])) == (same[1:] or same)[0]
    label = data.draw(st.sampled_from(LABELS))
    if len(text) > 3 and not any(other.startswith(letters(label)) for other, _ in known):
        assert len(by_name[called(label + text, known, set())]) >= len(text)
