"""Whom a text is for, by its words: tables of headings and labels, a file a language."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.language.frames import Frames, Place, Reader, Setting
from tests.support import yaml_of

HERE = Path(__file__).parent / "frames"
LANGUAGES = ("en", "de", "fr", "es")
TABLES = {name: yaml_of((HERE / f"{name}.yml").read_text("utf-8")) for name in LANGUAGES}
READERS = {"facilitator": Reader.FACILITATOR, "answers": Reader.ANSWER, "open": Reader.EVERYONE}
HEADINGS = yaml_of((HERE / "headings.yml").read_text("utf-8"))
HEADING = Setting(Place.HEADING, has_exercises=True)
LABEL = Setting(Place.LABEL, has_exercises=True, in_exercise=True)
COMMAND = "Walk around the room and look at what each group has written."


def wrong(language: str, rows: list[str], reader: Reader, setting: Setting) -> list[str]:
    """Return the texts that are read otherwise."""
    frames = Frames(language)
    return [
        f"{row}: {found.reader}"
        for row in rows
        if (found := frames.decide(row, setting)).reader is not reader
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sort", READERS)
def test_headings(language: str, sort: str) -> None:
    assert not wrong(language, TABLES[language][sort], READERS[sort], HEADING)


@pytest.mark.parametrize("language", HEADINGS)
@pytest.mark.parametrize("sort", READERS)
def test_headings_of_all_languages(language: str, sort: str) -> None:
    assert not wrong(language, HEADINGS[language][sort], READERS[sort], HEADING)


@pytest.mark.parametrize("language", HEADINGS)
def test_who_leads_is_told_in_any_place_and_beside_a_number(language: str) -> None:
    rows = HEADINGS[language]["facilitator"]
    assert not wrong(language, [f"🎓 {row} (15 min)" for row in rows], Reader.FACILITATOR, LABEL)
    assert not wrong(language, [f"2. {row}:" for row in rows], Reader.FACILITATOR, HEADING)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sort", READERS)
def test_labels(language: str, sort: str) -> None:
    assert not wrong(language, TABLES[language]["labels"][sort], READERS[sort], LABEL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_leader_alone_hides_a_command_in_doubt(language: str) -> None:
    frames = Frames(language)
    for label in TABLES[language]["labels"]["alone"]:
        told = frames.decide(label, Setting(Place.LABEL, text=COMMAND))
        assert told.reader is Reader.FACILITATOR and not told.sure, label
        for text in ("Ann Lee", "[Ann](ann.md)", "{{ page.author }}", "Room 4, second floor"):
            assert not frames.decide(label, Setting(Place.LABEL, text=text)), (label, text)


def test_what_is_in_doubt_is_withheld() -> None:
    frames = Frames("en")
    for row in TABLES["en"]["doubtful"]:
        found = frames.decide(row, HEADING)
        assert found and not found.sure, row


def test_a_course_about_teaching_and_what_it_opens() -> None:
    subject = Frames("en", subject=True)
    assert not subject.decide("Teaching tips", HEADING)
    assert subject.decide("Notes for teachers", HEADING)
    assert not Frames("en", open_titles=("Notes for Teachers",)).decide(
        "Notes for teachers", HEADING
    )


def test_headings_of_answers_alone_need_exercises() -> None:
    frames = Frames("en")
    assert not frames.decide("Answers", Setting(Place.HEADING))
    assert not frames.decide(
        "Solution", Setting(Place.HEADING, has_exercises=True, siblings=("The problem",))
    )
    assert frames.decide("Sample solution", Setting(Place.HEADING))


def test_each_sort_has_a_hundred_rows() -> None:
    for sort in READERS:
        assert sum(len(TABLES[name][sort]) for name in LANGUAGES) >= 100
        assert sort == "facilitator" or len(TABLES["en"][sort]) >= 90
