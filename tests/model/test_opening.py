"""Long segments in a plan: part by part."""

from __future__ import annotations

from courseware.model.times.delivery import Delivery
from courseware.model.times.shortened import shortened
from courseware.model.times.timing import run_sheet
from tests.support import session_of

TEXT = """# A

## Practical Exercises (120 min)

Three in a row.

### Exercise 1: Draw (40 min)

Draw what?

### Exercise 2: Sort (40 min)

Sort what?

### Exercise 3: Sing (40 min)

Sing what?
"""


def test_a_long_segment_is_planned_part_by_part() -> None:
    session = session_of(TEXT)
    assert [s.title for s in run_sheet(session).timed()] == ["Practical Exercises"]
    found = run_sheet(session, Delivery(length=60))
    assert [s.title for s in found.segments if s.out] == ["Exercise 2: Sort"] or found.total == 60
    assert sum(s.out for s in found.segments if s.kind == "exercise") == 1
    assert found.whole == 120 and found.total <= 60
    kept = shortened(session, found)
    assert [e.number for e in kept.exercises()] == [
        e.number for e in session.exercises()
        if e.id in {s.id for s in found.timed()}
    ]  # fmt: skip
    assert kept.sections[0].heading == session.sections[0].heading or kept.sections[0].heading.time


def test_an_exercise_is_one_segment_whatever_it_holds() -> None:
    text = "# A\n\n## Exercise 1: B (60 min)\n\n**Scenario A (30 min)**\n\nWhy?\n\n**Scenario B (30 min)**\n\nWho?\n"
    found = run_sheet(session_of(text), Delivery(length=45))
    assert [(s.title, s.minutes) for s in found.timed()] == [("Exercise 1: B", 45)]


def test_a_container_of_which_all_falls_out_is_not_there() -> None:
    text = TEXT + "\n## Exercise 4: Stay (40 min) {keep}\n\nWhy?\n"
    session = session_of(text)
    found = run_sheet(session, Delivery(length=40))
    assert [s.kind for s in shortened(session, found).sections] == ["exercises"]
    assert [e.heading.title.plain for e in shortened(session, found).exercises()] == ["Stay"]
