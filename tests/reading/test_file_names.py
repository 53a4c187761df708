"""A file that its name or its folder calls an exercise is one, as a whole."""

from __future__ import annotations

import pytest

from tests.support import session_of

PLAIN = "# Pull a handle\n\n1. Roll the clay.\n2. Bend it.\n\n## Tips\n\nKeep it wet.\n"


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        ("exercises/handle.md", PLAIN, 1),
        ("day-1/Activities/handle.md", PLAIN, 1),
        ("day-1/assignment.md", PLAIN, 1),
        ("day-1/handle.md", PLAIN, 0),
        ("exercises/README.md", PLAIN, 0),
        ("exercises/all.md", "# Exercises\n\nTwo follow.\n", 0),
        ("exercises/two.md", "# Two\n\n## Exercise 1: A\n\nDo.\n\n## Exercise 2: B\n\nDo.\n", 2),
        ("day-1/pots.md", "# Handle exercise\n\nRoll the clay.\n", 1),
        ("exercises/solutions-handle.md", PLAIN, 0),
        ("exercises/solutions.md", PLAIN, 0),
    ],
)
def test_a_file_in_a_folder_of_exercises_is_one(path: str, text: str, count: int) -> None:
    assert len(session_of(text, path).exercises()) == count


def test_solutions_in_a_folder_of_exercises_are_answers() -> None:
    assert session_of(PLAIN, "exercises/solutions-handle.md").role == "answers"
    assert session_of(PLAIN, "exercises/handle.md").role == "session"


def test_a_sample_schedule_below_activities_is_no_exercise() -> None:
    text = "# T\n\n## Suggested activities for the day\n\n### Roll\n\nRoll it.\n\n### Example schedule for the day\n\nTen.\n"
    assert [e.heading.name for e in session_of(text).exercises()] == ["Roll"]
