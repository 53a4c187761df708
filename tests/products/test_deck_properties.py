"""Whatever an author writes: its words are in the deck, the facilitator's not on a slide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given

from courseware.html.texts import InlineHtml
from courseware.language.catalogue import Tongue
from courseware.model.inline import plain_text
from courseware.model.session import for_learner
from courseware.products.deck.cues import cue, words_in
from courseware.products.deck.deck import deck
from courseware.products.projection import for_product
from tests.decks import course_of, html_of, split, without_agenda, words
from tests.reading.test_properties import QUICK, sessions
from tests.support import session_of

HERE = Path(__file__).parent


@pytest.mark.slow
@QUICK
@given(sessions())
def test_every_word_is_on_a_slide_or_in_its_notes(text: str) -> None:
    session = session_of(f"# T\n\n{text}")
    html = html_of(session, HERE)
    mine = for_product(session, "slides")
    given = words("\n".join(f"<p>{InlineHtml()(t)}</p>" for t in mine.texts()))
    assert {w for w in given if w.startswith("word")} <= set(words(html))


@QUICK
@given(sessions(), sessions())
@pytest.mark.slow
def test_the_facilitators_words_are_in_the_notes_only(text: str, secret: str) -> None:
    marked = secret.replace("word", "secret")
    session = session_of(
        f"# T\n\n{text}\n\n:::::: facilitator\n\nsecret\n\n{marked}\n\n::::::\n\n{text}"
    )
    shown, noted = split(html_of(session, HERE))
    assert "secret" not in shown
    assert set(re.findall(r"secret\d*", noted)) <= set(re.findall(r"secret\d*", marked + "secret"))
    learners = split(html_of(for_learner(session), HERE))[0]
    assert without_agenda(learners) == without_agenda(shown)


@pytest.mark.slow
@QUICK
@given(sessions())
def test_no_slide_is_empty_or_without_a_title(text: str) -> None:
    session = for_product(session_of(f"# T\n\n{text}"), "slides")
    for slide in deck(course_of(session), session).slides:
        assert slide.title.plain.strip(" :…")
        assert slide.layout in ("title", "section", "question", "exercise") or slide.placeholders
        for holder in slide.placeholders:
            assert holder.blocks
            assert words_in(holder.blocks) or slide.layout in ("picture", "code", "table"), holder


@pytest.mark.parametrize(
    ("language", "text", "main"),
    [
        (
            "en",
            "When the water has boiled for two minutes in the large pot, take the pot off",
            "take",
        ),
        (
            "en",
            "With apples, pears and plums from the whole of the garden, bake a large cake",
            "bake",
        ),
        (
            "de",
            "Wenn das Wasser in dem großen Topf auf dem Herd kocht, nehmt den Topf weg",
            "nehmt",
        ),
        (
            "fr",
            "Lorsque les feuilles sont au fond de la tasse blanche, versez le thé doucement",
            "versez",
        ),
        ("es", "Cuando el agua de la olla grande hierve en la cocina, retira la olla", "retira"),
        (
            "ru",
            "Если вода в большой кастрюле на плите закипела, снимите кастрюлю с плиты",
            "снимите",
        ),
    ],
)
def test_a_cue_keeps_the_main_clause(language: str, text: str, main: str) -> None:
    """What leads in to a main clause goes first, and the clause begins with its own words."""
    assert cue(plain_text(f"{text}."), Tongue(language), 9).plain.startswith(f"… {main}")


def test_a_cue_of_a_main_clause_first_is_its_beginning() -> None:
    """A clause that comes behind is what goes."""
    text = "Take the pot off the stove, because the water in it has boiled for long."
    assert cue(plain_text(text), Tongue("en"), 9).plain == "Take the pot off the stove…"
