"""Lesson plans that name nobody: their labels, what is said of oneself, directions apart from the text, in each language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from courseware.language.catalogue import languages
from courseware.language.frames import Frames, Place, Reader, Setting
from tests.language.test_acting import FORMS, learners
from tests.support import in_languages, yaml_of

TABLE: dict[str, dict[str, Any]] = yaml_of(Path(__file__).with_name("plans.yml").read_text("utf-8"))
TITLE = Setting(Place.HEADING, parents=("Bread",))


def is_hidden(language: str, text: str, setting: Setting, subject: bool = False) -> bool:
    """Whether a text is withheld for who leads."""
    found = Frames(language, subject).decide(text, setting)
    return found.reader is Reader.FACILITATOR


def test_every_language_has_a_row() -> None:
    assert sorted(TABLE) == sorted(languages())


@pytest.mark.parametrize("language", in_languages(TABLE))
def test_a_direction_apart_from_the_text_is_withheld_though_it_names_nobody(language: str) -> None:
    row = TABLE[language]
    told = [form.format(one) for form in FORMS for one in row["directs"]]
    shown = {one: learners(language, one) for one in told}
    assert not [one for one, seen in shown.items() if any(d[:6] in seen for d in row["directs"])]


@pytest.mark.parametrize("language", TABLE)
def test_running_text_and_what_learners_are_told_apart_are_open(language: str) -> None:
    row = TABLE[language]
    assert not [one for one in row["directs"] if one[:6] not in learners(language, one)]
    told = [form.format(one) for form in FORMS[:4] for one in row["open"]]
    shown = {one: learners(language, one) for one in told}
    assert not [one for one, seen in shown.items() if not any(o[:5] in seen for o in row["open"])]


@pytest.mark.parametrize("language", TABLE)
def test_labels_of_a_plan_are_withheld_with_what_they_label(language: str) -> None:
    row = TABLE[language]
    for place in (Place.LABEL, Place.BRACKET, Place.HEADING):
        setting = Setting(place, text=row["weak"][2], parents=("Bread",))
        assert not [one for one in row["plan"] if not is_hidden(language, one, setting)]
    taught = [one for one in row["plan"] if is_hidden(language, one, setting, subject=True)]
    assert len(taught) < len(row["plan"])


@pytest.mark.parametrize("language", TABLE)
def test_a_label_that_learners_have_too_is_theirs_unless_it_speaks_of_them(language: str) -> None:
    label, of_them, of_the_thing = TABLE[language]["weak"]
    for place in (Place.LABEL, Place.HEADING):
        theirs = Setting(place, text=of_the_thing, parents=("Bread",))
        assert not is_hidden(language, label, theirs)
        assert is_hidden(language, label, Setting(place, text=of_them, parents=("Bread",)))


@pytest.mark.parametrize("language", TABLE)
def test_a_row_of_a_plan_is_withheld_beside_another_or_before_a_direction(language: str) -> None:
    row = TABLE[language]
    label, text = row["rows"], row["weak"][2]
    assert not is_hidden(language, label, Setting(Place.LABEL, text=text))
    beside = tuple(row["plan"])
    assert is_hidden(language, label, Setting(Place.LABEL, text=text, beside=beside))
    assert is_hidden(language, label, Setting(Place.LABEL, text=row["directs"][0]))


@pytest.mark.parametrize("language", TABLE)
def test_what_is_said_of_oneself_is_withheld_outside_of_exercises(language: str) -> None:
    own, text = TABLE[language]["own"], TABLE[language]["weak"][2]
    for place in (Place.HEADING, Place.BOLD_LINE, Place.COLUMN):
        found = Setting(place, text=text, cells=(text,), parents=("Bread",))
        assert is_hidden(language, own, found)
        asked = Setting(place, text=text, cells=(text,), parents=("Bread",), in_exercise=True)
        assert not is_hidden(language, own, asked)
