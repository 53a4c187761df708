"""Marker sentences in every place for the facilitator's words: in no learner's file, in the guide."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from courseware.html.deck_page import render_deck
from courseware.html.rendering import render
from courseware.inspection.carried import pieces
from courseware.inspection.leaks import judged, letters
from courseware.model.session import Course
from courseware.model.walk import texts
from courseware.products.table import PRODUCTS, Page, page
from courseware.products.withheld import withheld
from courseware.reading.dialects.other_tools import OTHERS
from courseware.writers import WRITERS, Made
from tests import markers
from tests.decks import SLIDES, split
from tests.markers import INSIDE, THEIRS, UNPRINTED, Planted, markers_in
from tests.support import read

ROOT = Path(__file__).parent
ROWS = {**PRODUCTS, "slides": PRODUCTS.get("slides", SLIDES)}
LEARNERS = [n for n, row in ROWS.items() if row.audience == "learner" and row.scope == "session"]


@pytest.fixture(scope="module")
def planted() -> Planted:
    return markers.planted()


@pytest.fixture(scope="module")
def course(planted: Planted) -> Course:
    return course_of(planted)


@pytest.fixture(scope="module")
def few() -> Planted:
    return markers.planted(1)


@pytest.fixture(scope="module")
def short(few: Planted) -> Course:
    return course_of(few)


def course_of(planted: Planted) -> Course:
    reading = read(planted.text)
    assert reading.session is not None
    assert {f.code for f in reading.findings if f.code.startswith("C1")} <= {"C140", "C141"}
    return Course(title="Lamps", sessions=(reading.session,))


@pytest.fixture(scope="module")
def made(short: Course) -> dict[str, Made]:
    """Return the written files of the shorter session, by product."""
    single = {name: row for name, row in PRODUCTS.items() if row.scope == "session"}
    found = {name: page(row, short, "session.md") for name, row in single.items()}
    pages = {name: one for name, one in found.items() if one is not None}
    return {n: WRITERS[one.product.writer].write(one, ROOT, "a4") for n, one in pages.items()}


def told(planted: Planted, numbers: set[int]) -> list[str]:
    """Return how markers were planted."""
    return [planted.markers[number] for number in sorted(numbers)]


def page_of(name: str, course: Course) -> Page:
    found = page(ROWS[name], course, "session.md")
    assert found is not None
    return found


def html_of(name: str, course: Course) -> str:
    """Return the HTML that a writer gets for the eyes of a product's readers."""
    found = page_of(name, course)
    return split(render_deck(found, ROOT))[0] if name == "slides" else render(found, ROOT)


def carried(data: bytes, notes: bool) -> set[int]:
    return markers_in(letters(" ".join(piece.text for piece in pieces(data, notes))))


def printed(planted: Planted) -> set[int]:
    return {n for n, how in planted.markers.items() if how not in UNPRINTED}


def test_the_tables_are_planted(planted: Planted) -> None:
    how = " ".join(planted.markers.values())
    assert {"facilitator", "instructor", "notes", "answer", "solution", "debrief"} <= THEIRS.keys()
    assert all(f"::: {name} in by itself" in how for name in THEIRS)
    assert all(f"in {place}" in how for place in INSIDE)


def test_every_marker_is_read(planted: Planted, course: Course) -> None:
    (session,) = course.sessions
    words = " ".join([*(t.plain for t in session.texts()), session.room, *session.materials])
    assert told(planted, printed(planted) - markers_in(words)) == []


def test_every_marker_is_withheld(planted: Planted, course: Course) -> None:
    kept = withheld(PRODUCTS["handout"], course, ())
    assert kept is not None
    words = " ".join(text.plain for text in texts(kept.blocks))
    front = {"room", "materials"}
    left = printed(planted) - markers_in(words)
    assert set(told(planted, left)) == front


@pytest.mark.parametrize("name", [*LEARNERS, *({"slides"} - set(LEARNERS))])
def test_no_marker_is_in_the_html_for_learners(name: str, planted: Planted, course: Course) -> None:
    assert told(planted, markers_in(html_of(name, course))) == []


def test_every_marker_is_in_the_guide_and_in_the_notes(planted: Planted, course: Course) -> None:
    assert told(planted, printed(planted) - markers_in(html_of("guide", course))) == []
    notes = split(render_deck(page_of("slides", course), ROOT))[1]
    missing = told(planted, printed(planted) - markers_in(notes))
    elsewhere = {"room", "materials", "only guide in by itself"}
    assert [how for how in missing if how not in elsewhere and not how.endswith("in columns")] == []


@pytest.mark.slow
def test_an_answer_key_has_answers_alone(few: Planted, made: dict[str, Made]) -> None:
    if "answers" not in made:
        pytest.skip("there is no answer key")
    found = set(told(few, carried(made["answers"].data, True)))
    assert "::: answer in an exercise, in by itself" in found
    theirs = ("answer", "solution", "in questions")
    named = {name for name, row in OTHERS.items() if row.kind == "answer"}
    mine = [how for how in found if any(word in how.lower() for word in theirs)]
    mine += [how for how in found if named & {*re.findall(r"[\w-]+", how.lower())}]
    assert found == {*mine}


@pytest.mark.slow
def test_no_marker_is_in_a_learners_file(few: Planted, made: dict[str, Made]) -> None:
    for name, one in made.items():
        row = PRODUCTS[name]
        if row.audience == "learner" or row.writer == "pptx":
            leaked = carried(one.data, notes=row.audience == "learner")
            assert (name, told(few, leaked)) == (name, [])
    guide = carried(made["guide"].data, True)
    assert told(few, printed(few) - guide) == []


@pytest.mark.slow
def test_the_gate_opens_for_what_is_made(short: Course, made: dict[str, Made]) -> None:
    for name, one in made.items():
        assert judged(one, PRODUCTS[name], short, {}) == one


@pytest.mark.slow
def test_the_gate_shuts_for_every_marker(short: Course, made: dict[str, Made]) -> None:
    """A handout that held the guide's words would be told of each of them."""
    found = judged(Made(made["guide"].data), PRODUCTS["handout"], short, {})
    assert found.data == b""
    kept = withheld(PRODUCTS["handout"], short, ())
    assert kept is not None
    told_lines = {finding.span.line for finding in found.findings}
    blocks = [b for b in kept.blocks if markers_in(" ".join(t.plain for t in texts([b])))]
    lines = {b.span.line: b.span.end_line or b.span.line for b in blocks}
    silent = [first for first, last in lines.items()
              if not told_lines & set(range(first, max(last, first + 12) + 1))]  # fmt: skip
    assert silent == []


def test_a_forgotten_projection_is_caught() -> None:
    """Were the facilitator's session given to the handout's layout, nothing would be published."""
    text = "# A\n\nOpen.\n\n::: notes {id=mine}\nThe key is under the old mat.\n:::\n"
    session = read(text).session
    assert session is not None
    small = Course(title="C", sessions=(session,))
    found = page(PRODUCTS["handout"], small, "session.md")
    assert found is not None
    wrong = msgspec.structs.replace(found, session=session)
    one = judged(WRITERS["pdf"].write(wrong, ROOT, "a4"), PRODUCTS["handout"], small, {})
    messages = [finding.message for finding in one.findings]
    assert 'handout: its layout gets the block "mine"' in messages
    assert 'handout: page 1: "The key is under the old mat."' in messages
    assert one.data == b""


def test_no_segment_bears_a_name_of_the_facilitators() -> None:
    """What follows a break or a stretch is named by its own first heading, for agendas, too."""
    parts = [f"## Part {n}\n\nWords.\n\n::: stretch\nMore.\n:::\n\nLast words.\n\n"
             f"::: notes\n**1. zq{n}zq**\n\n### zq{n}zq lamp\n\nSay.\n:::\n" for n in range(5)]  # fmt: skip
    session = read("# Lamps\n\n" + "\n".join(parts)).session
    assert session is not None
    lamps = Course(title="C", sessions=(session,))
    assert markers_in(html_of("slides", lamps)) == set()
    assert "Agenda" in html_of("slides", lamps)
