"""Whom a text is for, by its words: tables of headings and labels, a file a language."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from courseware.language.frames import Frames, Place, Reader, Setting

HERE = Path(__file__).parent / "frames"
LANGUAGES = ("en", "de", "fr", "es")
TABLES = {name: yaml.safe_load((HERE / f"{name}.yml").read_text("utf-8")) for name in LANGUAGES}
READERS = {"facilitator": Reader.FACILITATOR, "answers": Reader.ANSWER, "open": Reader.EVERYONE}
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sort", READERS)
def test_labels(language: str, sort: str) -> None:
    assert not wrong(language, TABLES[language]["labels"][sort], READERS[sort], LABEL)
