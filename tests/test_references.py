"""Every printed reference leads to what it says, in the files as written; and each says the same."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
import pytest

from courseware.course.loading import load
from courseware.inspection.inspection import disagreements, facts
from courseware.inspection.leaks import WrittenFile
from courseware.model.session import Course
from courseware.products.table import PRODUCTS, Page
from courseware.writers import WRITERS
from tests.crossing import Files, astray, misplaced, ranges
from tests.support import session_of

COURSE = Course(title="T")
SESSION = """# Session 05: Roofs

**Duration: 60 minutes**

## Learning Objectives

- Tell a gable from a hip roof
- Say why a flat roof is not flat

## Kinds of roofs

Roofs keep the rain out and the warmth in. Most of them are steep where snow falls.

::: facilitator
Say: Look out of the window first.
:::

::: pagebreak

## Exercise 1: Draw your roof (15 min)

Draw a roof that sheds snow. What holds it up?

::: hint
Look at what the snow does.
:::

::: pagebreak

## Exercise 2: Judge a roof (10 min)

1. Which roof leaks first?
2. How would you mend it?
{more}

## Key Takeaways

- Steep roofs shed snow
- Every flat roof slopes a little towards its drain, or the water stays on it until it finds a way in
"""
MORE = "\n".join(f"{n}. How would you mend house number {n}, and why so?" for n in range(3, 24))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("course")
    (folder / "05-roofs.md").write_text(SESSION.replace("{more}", MORE))
    return Files(load(folder), "05-roofs.md")


def test_every_reference_leads_to_what_it_says(files: Files) -> None:
    found = files.references()
    assert {(ref.citing, ref.cited) for ref in found} >= {
        (name, cited)
        for name, row in PRODUCTS.items()
        if row.scope == "session"
        for cited in row.cites
        if cited in files.made
    }  # fmt: skip
    assert len({ref.pages for ref in found}) > 2
    assert [(ref, wrong) for ref in found if (wrong := astray(files, ref))] == []


def test_every_block_is_where_its_map_says(files: Files) -> None:
    for name in {cited for row in PRODUCTS.values() for cited in row.cites} & files.made.keys():
        assert len(set(files.made[name].map.values())) > 1
        assert misplaced(files, name) == []


def test_a_reference_that_leads_elsewhere_is_seen(files: Files) -> None:
    last = len(files.texts["handout"])
    exercise = next(
        r for r in files.references() if r.cited == "handout" and "judge-a-roof" in r.blocks
    )
    for pages in ((1, 1), (last + 1, last + 1)):
        assert astray(files, msgspec.structs.replace(exercise, pages=(pages,)))
    files.made["wrong"] = files.made["handout"]
    shifted = {name: last + 1 - number for name, number in files.made["handout"].map.items()}
    files.made["wrong"] = msgspec.structs.replace(files.made["handout"], map=shifted)
    files.pages["wrong"], files.texts["wrong"] = files.pages["handout"], files.texts["handout"]
    assert misplaced(files, "wrong")
    for table in (files.made, files.pages, files.texts):
        del table["wrong"]


def test_ranges() -> None:
    assert ranges("1–2, 6") == ((1, 2), (6, 6))


def page_with(handout: dict[str, int]) -> Page:
    page = msgspec.structs.replace(EMPTY, maps={"handout": handout})
    return page


EMPTY = Page(PRODUCTS["guide"], Course(title=""), session_of("# A\n"), {})


@pytest.mark.parametrize(
    ("handout", "said"),
    [
        ({"a": 1, "b": 1}, "1"),
        ({"a": 1, "b": 2}, "1–2"),
        ({"a": 1, "b": 3}, "1–3"),
        ({"a": 1, "b": 6, "other": 3}, "1, 6"),
        ({"a": 1, "b": 2, "c": 6, "other": 2, "more": 5}, "1–2, 6"),
        ({"other": 2}, ""),
    ],
)
def test_pages_between_belong_to_what_begins_there(handout: dict[str, int], said: str) -> None:
    assert page_with(handout).span("handout", ("a", "b", "c")) == said


# -- what all products say alike -----------------------------------------------------------


def test_every_product_says_the_facts(files: Files) -> None:
    for name, made in files.made.items():
        if PRODUCTS[name].writer == "pdf" and not PRODUCTS[name].holds:
            session = files.pages[name].session
            assert disagreements(made, name, session, WrittenFile(made.data), COURSE) == []
            said = [
                f
                for f in facts(session)
                if {f.id, f"segment-{f.id}", f"glance-{f.id}"} & made.map.keys()
            ]
            assert {fact.what for fact in said} >= {
                "the title of exercise 2",
                "the minutes of exercise 2",
            }


def test_the_facts_are_those_that_all_learners_hear(files: Files) -> None:
    assert [(fact.what, fact.words) for fact in facts(files.session)] == [
        ("an objective", "Tell a gable from a hip roof"),
        ("an objective", "Say why a flat roof is not flat"),
        ("a takeaway", "Steep roofs shed snow"),
        ("a takeaway", SESSION.strip().split("\n- ")[-1]),
        ("the title of exercise 1", "Exercise 1: Draw your roof"),
        ("the minutes of exercise 1", "(15 min)"),
        ("the title of exercise 2", "Exercise 2: Judge a roof"),
        ("the minutes of exercise 2", "(10 min)"),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        ("Draw your roof", "Draw a house", "the title of exercise 1"),
        ("Exercise 1: Draw", "Exercise 3: Draw", "the title of exercise 1"),
        ("(15 min)", "(55 min)", "the minutes of exercise 1"),
        ("a gable from", "a dome from", "an objective"),
        ("shed snow\n", "keep snow\n", "a takeaway"),
    ],
)
def test_a_file_that_says_otherwise_is_a_finding(
    right: str, wrong: str, what: str, tmp_path: Path
) -> None:
    """A file made of another text, held against the session: as a layout that says otherwise."""
    text = SESSION.replace("{more}", "")
    assert right in text
    (tmp_path / "05-roofs.md").write_text(text.replace(right, wrong))
    loaded = load(tmp_path)
    made = WRITERS["pdf"].write(Files.page_of(loaded, "handout", "05-roofs.md"), tmp_path, "a4")
    (tmp_path / "05-roofs.md").write_text(text)
    session = Files.page_of(load(tmp_path), "handout", "05-roofs.md").session
    renamed = {node.id for node in session.nodes()} - made.map.keys()
    map_ = {**made.map, **({"draw-your-roof": 2} if "draw-your-roof" in renamed else {})}
    found = disagreements(
        msgspec.structs.replace(made, map=map_), "handout", session, WrittenFile(made.data), COURSE
    )
    assert [(f.code, what in f.message) for f in found] == [("C332", True)]


def test_a_text_over_a_pages_end_is_no_finding(files: Files) -> None:
    fact = next(f for f in facts(files.session) if len(f.words.split()) > 12)
    text = WrittenFile(b"")
    words = fact.words.split()
    text.pages = [" ".join(words[:9]) + " foot 1 2", "head" + " ".join(words[9:])]
    text.pages = ["".join(c for c in page.lower() if c.isalnum()) for page in text.pages]
    made = msgspec.structs.replace(files.made["handout"], map={fact.id: 1})
    assert [
        f for f in disagreements(made, "h", files.session, text, COURSE) if fact.words in f.message
    ] == []


@pytest.mark.parametrize(
    ("head", "said"), [("Exercise 1: Sort (half an hour)", "30"), ("تمرين 1: فرز (١٥ دقيقة)", "15")]
)
def test_minutes_are_said_in_any_form(head: str, said: str, files: Files) -> None:
    language = "en" if head.isascii() else "ar"
    session = session_of(f"---\nlanguage: {language}\n---\n# T\n\n## {head}\n\nX?\n")
    (exercise,) = session.exercises()
    made = msgspec.structs.replace(files.made["handout"], map={exercise.id: 1})
    for minutes, told in ((said, []), ("7", ["C332"])):
        text = WrittenFile(b"")
        text.pages = ["exercise1sortتمرين1فرز" + minutes]
        assert [f.code for f in disagreements(made, "h", session, text, COURSE)] == told


@pytest.mark.parametrize(("direction", "told"), [("rtl", []), ("", ["C332"])])
def test_words_of_a_page_set_from_the_right_may_come_in_another_order(
    direction: Literal["", "rtl"], told: list[str], files: Files
) -> None:
    session = session_of(
        "---\nlanguage: ko\n---\n# 가\n\n## 연습 1: 지붕을 (눈 위에) 그리기\n\n왜요?\n"
    )
    (exercise,) = session.exercises()
    made = msgspec.structs.replace(files.made["handout"], map={exercise.id: 1})
    text = WrittenFile(b"")
    text.pages = ["그리기지붕을눈위에1연습"]
    course = msgspec.structs.replace(COURSE, direction=direction)
    assert [f.code for f in disagreements(made, "h", session, text, course)] == told
