"""Rules that hold for the sample course hold for courses of other habits, which lie beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.model.session import Session
from tests.e2e.conftest import sources
from tests.model import test_timing
from tests.products import test_slides, test_worksheet

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
