"""The language of whole sessions of lists, tables and commands, which have few small words."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from courseware.language.recognition import language_of
from tests.support import yaml_of

ROWS = yaml_of(Path(__file__).with_name("short_sessions.yml").read_text("utf-8"))
LETTERED = "\n\n1a 2a 3b 4a 5e\n\na) b) e)\n" * 3
"""Letters that count what is asked, and are words in some languages."""


@pytest.mark.parametrize("language", ROWS)
@pytest.mark.parametrize("behind", ["", LETTERED])
@pytest.mark.parametrize("together", [1, 2, 3])
def test_a_short_session_tells_its_language(language: str, behind: str, together: int) -> None:
    for some in itertools.combinations(ROWS[language], together):
        assert language_of("\n\n".join(some) + behind) == language, some
