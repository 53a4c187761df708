"""What speaks to who leads, in each language's own words: labels, words that lead over, and titles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from courseware.language.catalogue import languages
from courseware.language.frames import Frames, Place, Reader, Setting
from tests.support import yaml_of

TABLE: dict[str, dict[str, Any]] = yaml_of(
    Path(__file__).with_name("leading.yml").read_text("utf-8")
)
TITLE = Setting(Place.HEADING, parents=("Bread",))


def is_hidden(language: str, text: str, setting: Setting) -> bool:
    """Whether a text is withheld, and in doubt."""
    found = Frames(language).decide(text, setting)
    return found.reader is Reader.FACILITATOR


def test_every_language_has_a_row() -> None:
    assert sorted(TABLE) == sorted(languages())


@pytest.mark.parametrize("language", TABLE)
def test_a_label_that_speaks_to_who_leads_is_withheld(language: str) -> None:
    row = TABLE[language]
    setting = Setting(Place.LABEL, text=row["orders"])
    spoken = (*row["labels"], *row["running"])
    assert not [one for one in spoken if not is_hidden(language, one, setting)]
    assert not [one for one in row["open"] if is_hidden(language, one, setting)]
    room = Setting(Place.LABEL, text="____")
    assert not [one for one in row["labels"] if is_hidden(language, one, room)]


@pytest.mark.parametrize("language", TABLE)
def test_words_that_lead_over_are_withheld_where_they_are_to_be_said(language: str) -> None:
    row = TABLE[language]
    said, told = (Setting(Place.LABEL, text=row[name]) for name in ("quote", "orders"))
    assert not [one for one in row["over"] if not is_hidden(language, one, said)]
    assert not [one for one in row["over"] if is_hidden(language, one, told)]


@pytest.mark.parametrize("language", TABLE)
def test_a_title_that_is_theirs_is_withheld(language: str) -> None:
    row = TABLE[language]
    assert not [one for one in row["titles"] if not is_hidden(language, one, TITLE)]
    assert not [one for one in row["open_titles"] if is_hidden(language, one, TITLE)]


@pytest.mark.parametrize("language", TABLE)
def test_where_leading_is_taught_all_of_it_is_open(language: str) -> None:
    frames = Frames(language, subject=True)
    over, quote = TABLE[language]["over"], TABLE[language]["quote"]
    assert not [one for one in over if frames.decide(one, Setting(Place.LABEL, text=quote))]
