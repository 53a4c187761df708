"""Choices of a question among which the right one is marked: learners get them without the mark, who leads with it."""

from __future__ import annotations

import pytest

from courseware.model.blocks import List
from courseware.model.session import for_learner
from courseware.model.walk import walk
from tests.support import session_of

ASKED = "1. What does ISO set?\n\n"
KEYS = [
    ASKED + "   ( ) Focus\n   (x) Sense\n   ( ) Shutter",
    ASKED + "- ( ) Focus\n- (x) Sense\n- ( ) Shutter",
    "What does ISO set?\n( ) Focus\n(X) Sense",
    "1. What does ISO set?\n   - a. Focus\n   - b. Sense ✅\n   - c. Shutter",
    ASKED + "- Focus\n- **Sense** (correct)",
    ASKED + "- Focus ❌\n- Sense ✔",
    ASKED + "- ❌ Focus\n- ✅ Sense",
    "What does ISO set?\n\nA) Focus\nB) Sense ✓",
    ASKED + "- Focus\n- Sense ← right answer",
    ASKED + "- Focus\n- Sense (correct): it is the film's",
    "### What does ISO set?\n\n- Focus\n- Sense ✅",
    "Welche Zahl ist das und was ist es?\n\n- Focus\n- Sense (richtig)",
    "Quel est le nombre et pour les gens ?\n\n- Focus\n- Sense (bonne réponse)",
    "¿Qué es el número y para los que leen?\n\n- Focus\n- Sense (correcta)",
    "Che cosa è il numero e per la gente?\n\n- Focus\n- Sense (corretta)",
]
OPEN = [
    "What we did:\n\n- Install ✅\n- Run ✅",
    "Is it done?\n\n- Install ✅\n- Run ✅",
    "Our plan.\n\n- Install ✅\n- Run",
    "- [x] Install\n- [ ] Run",
    "(x) marks the spot.",
    "Spelling.\n\n- Install (right)\n- Run",
]


@pytest.mark.parametrize("text", KEYS)
def test_the_key_among_choices_is_not_the_learners(text: str) -> None:
    session = session_of(f"# Photo\n\n## Quiz\n\n{text}\n")
    lists = [n for n in walk(session.sections) if isinstance(n, List) and n.choices]
    ticked = [i for n in lists for i in n.items if i.checked]
    assert len(ticked) == 1 and "Sense" in " ".join(
        t.plain for t in session_of(f"# A\n\n{text}").texts()
    )
    mine = for_learner(session)
    seen = " ".join(t.plain for t in mine.texts())
    assert "Sense" in seen and "Focus" in seen
    marks = (
        "(x)",
        "(X)",
        "( )",
        "✅",
        "✔",
        "✓",
        "❌",
        "correct",
        "right",
        "richtig",
        "bonne",
        "film",
    )
    assert not any(mark in seen for mark in marks)
    assert not any(i.checked for n in walk(mine.sections) if isinstance(n, List) for i in n.items)


@pytest.mark.parametrize("text", OPEN)
def test_marks_of_no_choices_stay(text: str) -> None:
    session = session_of(f"# Photo\n\n## Plan\n\n{text}\n")
    assert not any(n.choices for n in walk(session.sections) if isinstance(n, List))
    seen = " ".join(t.plain for t in for_learner(session).texts())
    assert [sign in seen for sign in ("✅", "(right)", "(x)")] == [
        sign in text for sign in ("✅", "(right)", "(x)")
    ]
