"""Whole sessions of few lines: what is the facilitator's is withheld, what is the learners' is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.language.catalogue import languages
from tests.language.test_doubt import seen
from tests.support import yaml_of

ROWS = yaml_of(Path(__file__).with_name("sessions.yml").read_text("utf-8"))


def test_there_are_some_in_every_language() -> None:
    assert {row["language"] for row in ROWS} == set(languages())


@pytest.mark.parametrize("row", ROWS, ids=[f"{n}-{row['language']}" for n, row in enumerate(ROWS)])
def test_nothing_leaks_and_nothing_is_lost(row: dict[str, str]) -> None:
    shown, _ = seen(f"# T\n\n## A\n\nB.\n\n{row['text']}", row["language"])
    assert "XX" not in shown
    assert ("OK" in shown) == ("OK" in row["text"])
