"""Hints that are kept back, and what who leads does while learners work or in a case, in each language's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.language.catalogue import languages
from courseware.language.frames import Frames, Place, Setting
from tests.language.test_acting import learners
from tests.language.test_doubt import EXERCISES
from tests.support import in_languages, yaml_of

TABLE: dict[str, dict[str, list[str]]] = yaml_of(
    Path(__file__).with_name("room.yml").read_text("utf-8")
)
LABELS = ("{}: 12 {}", "**{}:** 12 {}", "- {}: 12 {}", "> {}: 12 {}")
LINES = ("{}", "*{}*", "- {}", "({})", "> {}")
"""How a sentence stands."""
APART = ("({})", "*{}*", "- [{}]", "> {}")
"""How one stands out from the text."""


def is_seen(language: str, text: str) -> bool:
    """Whether learners get anything of a text."""
    return learners(language, text) != learners(language, "")


def test_every_language_has_a_row() -> None:
    assert sorted(TABLE) == sorted(languages())


@pytest.mark.parametrize("language", in_languages(TABLE))
def test_a_hint_that_is_kept_back_is_withheld(language: str) -> None:
    told = TABLE[language]["open"][-1].partition(":")[2]
    texts = [form.format(one, told) for one in TABLE[language]["hints"] for form in LABELS]
    assert not [one for one in texts if is_seen(language, one)]


@pytest.mark.parametrize("kind", ["while", "cases"])
@pytest.mark.parametrize("language", in_languages(TABLE))
def test_what_to_do_while_learners_work_and_in_a_case_is_withheld(language: str, kind: str) -> None:
    texts = [form.format(one) for one in TABLE[language][kind] for form in LINES]
    assert not [one for one in texts if is_seen(language, one)]


@pytest.mark.parametrize("language", TABLE)
def test_a_sentence_within_a_paragraph_is_withheld_from_where_it_begins(language: str) -> None:
    for told in TABLE[language]["cases"]:
        found = learners(language, f"Tea (12 °C). {told}")
        assert "12 °C" in found
        assert told[:-1] not in found


@pytest.mark.parametrize("language", TABLE)
def test_a_quotation_that_directs_is_withheld(language: str) -> None:
    shown = [one for one in TABLE[language]["quotes"] if is_seen(language, f"> {one}")]
    assert not shown
    assert all(is_seen(language, one) for one in TABLE[language]["quotes"])


@pytest.mark.parametrize("language", TABLE)
def test_what_learners_shall_not_know_yet_is_withheld_where_it_stands_out(language: str) -> None:
    texts = [form.format(one) for one in TABLE[language]["back"] for form in APART]
    assert not [one for one in texts if is_seen(language, one)]


@pytest.mark.parametrize("language", TABLE)
def test_rules_of_a_game_are_the_learners(language: str) -> None:
    texts = [form.format(one) for one in TABLE[language]["rules"] for form in APART]
    assert not [one for one in texts if not is_seen(language, one)]


@pytest.mark.parametrize("language", TABLE)
def test_a_hint_held_back_leaves_what_stands_behind_it(language: str) -> None:
    back = TABLE[language]["back"][0].rstrip(".。।")
    found = learners(language, f"7 × 8?\n\n{back}: 12\n\n34")
    assert "12" not in found
    assert "34" in found


@pytest.mark.parametrize("language", TABLE)
def test_who_leads_after_a_session_heads_what_is_theirs(language: str) -> None:
    told = TABLE[language]["cases"][0]
    for title in TABLE[language]["heads"]:
        assert "12" not in learners(language, f"### {title}\n\n12 {told}")


@pytest.mark.parametrize("language", TABLE)
def test_what_speaks_to_learners_or_tells_what_happens_is_theirs(language: str) -> None:
    texts = [form.format(one) for one in TABLE[language]["open"] for form in ("{}", "- {}")]
    assert not [one for one in texts if not is_seen(language, one)]


@pytest.mark.parametrize("language", TABLE)
def test_what_a_phase_is_for_and_who_stands_in_is_withheld(language: str) -> None:
    told = TABLE[language]["cases"][0]
    texts = [form.format(one, told) for one in TABLE[language]["labels"] for form in LABELS[:2]]
    assert not [one for one in texts if is_seen(language, one.replace("12 ", ""))]


@pytest.mark.parametrize("language", TABLE)
def test_letters_of_an_answer_behind_a_question_are_withheld(language: str) -> None:
    letter = TABLE[language]["letter"][0]
    for form in ("{}: 12.", "{}.: 12.", "**{}.:** 12."):
        assert "12" not in learners(
            language, f"## {EXERCISES[language]} 1\n\n7 × 8?\n\n{form.format(letter)}"
        )


@pytest.mark.parametrize("language", TABLE)
def test_where_leading_is_taught_it_is_open(language: str) -> None:
    frames, row = Frames(language, subject=True), TABLE[language]
    assert all(frames.led_from(one) < 0 for one in (*row["while"], *row["cases"]))
    assert not [one for one in row["hints"] if frames.decide(one, Setting(Place.LABEL, text="A."))]
