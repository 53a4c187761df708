"""Rules that hold for the sample course hold for courses of other habits, which lie beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.model.session import Session
from tests.e2e.conftest import sources
from tests.model import test_timing
from tests.products import test_slides, test_worksheet
from tests.support import SHARED, session_of

OTHERS = sources()[1:]
SESSIONS = test_slides.sessions(OTHERS)
if not OTHERS:
    pytest.skip("no courses lie beside the project", allow_module_level=True)


@pytest.mark.parametrize("where", OTHERS, ids=lambda path: path.stem)
def test_run_sheets_and_worksheets_keep_their_rules(where: Path) -> None:
    test_timing.test_run_sheets_lie_within_the_stated_length_or_the_difference_is_a_finding(where)
    test_worksheet.test_a_course_keeps_the_rules(where)


@pytest.mark.parametrize(("name", "root", "session"), SESSIONS, ids=[row[0] for row in SESSIONS])
def test_decks_keep_their_rules(name: str, root: Path, session: Session) -> None:
    test_slides.test_every_word_is_on_a_slide_or_in_its_notes(name, root, session)
    test_slides.test_slides_are_those_of_a_session_without_the_facilitators_blocks(
        name, root, session
    )
    test_slides.test_titles_of_two_sections_are_apart(name, root, session)


COUNTED = {
    "carpentries-shell/episodes/01-intro.md": 0,
    "carpentries-shell/episodes/02-filedir.md": 5,
    "carpentries-shell/episodes/03-create.md": 10,
    "carpentries-shell/episodes/04-pipefilter.md": 8,
    "carpentries-shell/episodes/05-loop.md": 7,
    "carpentries-shell/episodes/06-script.md": 6,
    "carpentries-shell/episodes/07-find.md": 5,
    "shell-novice-es/01-intro.md": 0,
    "shell-novice-es/04-pipefilter.md": 13,
}
"""Exercises that a reader counts in files of other courses."""


@pytest.mark.parametrize("name", COUNTED)
def test_every_exercise_that_a_reader_finds_is_one(name: str) -> None:
    """All are found, and nothing else is taken for one."""
    file = SHARED / "courses" / name
    if not file.is_file():
        pytest.skip("this course does not lie beside the project")
    session = session_of(file.read_text("utf-8"))
    assert len(session.exercises()) == COUNTED[name]
