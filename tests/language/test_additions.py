"""What a course adds to lists of words reaches all that reads by them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from courseware.checking.teaching import unobservable
from courseware.course.loading import load
from courseware.language import vocabulary
from courseware.language.catalogue import ANY, languages
from courseware.language.vocabulary import HOLES, list_names, vocabulary_in
from courseware.model.session import for_learner
from courseware.model.tasks.classes import classes_of
from courseware.model.tasks.each import each_of
from courseware.model.times.agenda import with_agenda
from courseware.model.times.segments import Piece, pieces
from courseware.model.walk import texts
from courseware.products.deck.cues import cue, words_for
from courseware.products.deck.deck import deck
from courseware.products.guide.guide import guide
from courseware.products.guide.materials import group_size
from courseware.products.guide.scripts import guided
from courseware.products.worksheet import space
from courseware.reading.structure import lead_ins
from tests.support import yaml_of

TABLE: dict[str, dict[str, str]] = yaml_of(
    Path(__file__).with_name("additions.yml").read_text("utf-8")
)


def planned(folder: Path, vocabulary: str, text: str) -> tuple[Piece, ...]:
    """Return the pieces of a course's one session, as its agenda times them."""
    (folder / "course.yml").write_text(vocabulary, "utf-8")
    (folder / "01-bread.md").write_text(text, "utf-8")
    session = load(folder).course.sessions[0]
    return with_agenda(session, pieces(session))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("where", ["course", "front", "guessed"])
def test_an_added_break_is_one_in_every_language(tmp_path: Path, language: str, where: str) -> None:
    said = "language: " + language
    course = said if where == "course" else ""
    front = f"---\n{said}\n---\n" if where == "front" else ""
    own = "vocabulary: {breaks: [siesta], minutes: [minutjes]}\n"
    text = f"{front}# Bread\n\n## Dough (30 minutjes)\n\nText.\n\n## Siesta (20 minutjes)\n"
    found = planned(tmp_path, f"{course}\n{own}", text)
    assert [(p.kind == "break", p.minutes) for p in found if p.timed][-2:] == [
        (False, 30),
        (True, 20),
    ]
    told = planned(tmp_path, course, text)
    assert "break" not in {piece.kind for piece in told}


def test_an_added_break_is_one_in_an_agenda(tmp_path: Path) -> None:
    text = "# Bread\n\n## Agenda\n\n- 9:00–9:30 Dough\n- 9:30–9:50 Siesta\n\n## Dough\n\nText.\n"
    found = planned(tmp_path, "vocabulary: {breaks: [siesta]}", text)
    assert [(p.kind, p.minutes) for p in found if p.kind == "break"] == [("break", 20)]


@pytest.mark.parametrize(
    ("vocabulary", "stated", "minutes"),
    [
        ("numbers: [een, twee, drie]", "drie min", 3),
        ("hours: [stonde], numbers: [een, twee, drie]", "twee stonde", 120),
        ('halves: ["half na {n}"], numbers: [een, twee, drie]', "half na twee", 150),
        ("minutes: [minutjes]", "5–10 minutjes", 10),
        ("minutes: [刻み]", "10刻み", 10),
        ("breaks: ['*pause'], minutes: [minutjes]", "15 minutjes", 15),
    ],
)
def test_added_numbers_and_units_are_times(
    tmp_path: Path, vocabulary: str, stated: str, minutes: int
) -> None:
    text = f"# Bread\n\n## Dough ({stated})\n\nText.\n"
    assert planned(tmp_path, f"vocabulary: {{{vocabulary}}}", text)[0].time is not None
    assert planned(tmp_path, f"vocabulary: {{{vocabulary}}}", text)[0].minutes == minutes
    assert planned(tmp_path, "", text)[0].minutes != minutes


TABLES = {
    "directives": ("exercise", "## A\n\n::: zorblat Bread\nWrite why.\n:::\n"),
    "groupings": ("2", "## Exercise 1 (20 min), zorblat\n\nWrite why.\n"),
    "lengths": ("105", "## A (zorblat)\n\nText.\n"),
    "tens": ("105", "## A (zorblat minutes)\n\nText.\n"),
    "shares": ("pair", "## Materials\n\n- One jug zorblat\n\n## A\n\nText.\n"),
}
"""Tables of words, each with a key and a session that reads otherwise by a word that is added there."""


def test_every_table_has_a_session() -> None:
    assert TABLES.keys() == set(vocabulary.TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_word_added_to_a_table_is_read_by(tmp_path: Path, name: str) -> None:
    key, text = TABLES[name]
    before, after = (read_as(tmp_path, {"text": text}, a) for a in ({}, {name: {key: ["zorblat"]}}))
    assert before != after


@pytest.mark.parametrize(("name", "key"), [("directives", "exercises"), ("groupings", "9"), ("lengths", "an hour"), ("breaks", "a")])  # fmt: skip
def test_a_key_that_a_table_has_not_is_told(tmp_path: Path, name: str, key: str) -> None:
    (tmp_path / "course.yml").write_text(f"vocabulary: {{{name}: {{{key}: [word]}}}}", "utf-8")
    (tmp_path / "01-bread.md").write_text("# Bread\n\n## Dough (20 min)\n\nText.\n", "utf-8")
    found = load(tmp_path)
    assert [one.code for one in found.findings] == ["C170"] and not found.failed


@pytest.mark.parametrize(
    "said",
    [
        "direktives: [word]",
        "direktives: {exercise: [word]}",
        "breaks: {a: [word]}",
        "leaders: [subject]",
        "open: [word]",
    ],
)
def test_a_table_that_there_is_not_is_told(tmp_path: Path, said: str) -> None:
    (tmp_path / "course.yml").write_text(f"vocabulary: {{{said}}}", "utf-8")
    (tmp_path / "01-bread.md").write_text("# Bread\n\n## Dough (20 min)\n\nText.\n", "utf-8")
    (found,) = load(tmp_path).findings
    assert found.code == "C170" and ("direktives" not in said or "directives" in found.hint)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_keys_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "course.yml").write_text(f"vocabulary: {{{name}: [word]}}", "utf-8")
    (tmp_path / "01-bread.md").write_text("# Bread\n\n## Dough (20 min)\n\nText.\n", "utf-8")
    assert [one.code for one in load(tmp_path).findings] == ["C170"]


def test_a_directive_of_the_course_needs_no_end_where_its_english_one_needs_none(
    tmp_path: Path,
) -> None:
    added = "vocabulary: {directives: {lines: [regels], facilitator: [begeleider]}}"
    (tmp_path / "course.yml").write_text(added, "utf-8")
    text = "# Bread\n\n## Dough\n\n::: begeleider\nSecret.\n\n::: regels 3\n\nMore.\n:::\n\nOpen.\n"
    (tmp_path / "01-bread.md").write_text(text, "utf-8")
    found = load(tmp_path)
    assert not found.findings
    blocks = for_learner(found.course.sessions[0]).sections[0].blocks
    assert [t.plain for t in texts(blocks)] == ["Open."]


def test_groups_are_counted_by_a_word_of_the_course(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text("vocabulary: {groupings: {2: [tweetallen]}}", "utf-8")
    (tmp_path / "01-bread.md").write_text("# Bread\n\nText.\n", "utf-8")
    tongue = load(tmp_path).course.sessions[0].tongue
    assert (group_size("in tweetallen", tongue), group_size("in tweetallen", ANY)) == (2, None)


@pytest.mark.parametrize(("name", "hole"), sorted(HOLES.items()))
def test_words_without_what_they_stand_around_are_told(
    tmp_path: Path, name: str, hole: str
) -> None:
    (tmp_path / "01-bread.md").write_text("# Bread\n\nText.\n", "utf-8")
    for said, codes in ((f"odd {hole}", []), ("odd", ["C171"])):
        (tmp_path / "course.yml").write_text(f'vocabulary: {{{name}: ["{said}"]}}', "utf-8")
        assert [one.code for one in load(tmp_path).findings] == codes


def read_as(folder: Path, row: dict[str, str], added: dict[str, Any]) -> list[Any]:
    """Return what comes of a session: model, findings, plan, tasks, cues, the guide's blocks, slides."""
    language = row.get("language", "en")
    settings = {"language": language, "delivery": {"group": 12}, "vocabulary": added}
    (folder / "course.yml").write_text(json.dumps(settings), "utf-8")
    title = "" if row["text"].startswith("# ") else "# Bread\n\n"
    (folder / "01-bread.md").write_text(title + row["text"], "utf-8")
    loaded = load(folder)
    session = loaded.course.sessions[0]
    words, texts = vocabulary_in(session.tongue), session.texts()
    plan = [(p.heading, p.kind, p.time, p.timed) for p in with_agenda(session, pieces(session))]
    asked = (
        *(space.asked_for, space.defines, space.picked, space.chosen_by, space.completes),
        *(space.writes, classes_of, each_of, lead_ins.opens_question, lead_ins.places),
        *(lead_ins.tells_to_write, lead_ins.commands, lead_ins.acts),
    )
    tasks: list[Any] = [one(text.plain, words) for one in asked for text in texts]
    cues = [cue(text, session.tongue, 9).plain for text in texts]
    printed = words_for(loaded.course, session)
    steps = [repr(guided(section.blocks, printed)) for section in session.sections]
    materials = repr(guide(loaded.course, session).materials)
    bare = msgspec.structs.replace(session, tongue=type(session.tongue)())
    codes = [one.code for one in (*loaded.findings, *unobservable(loaded, session))]
    slides = repr(deck(loaded.course, session))
    return [msgspec.json.encode(bare), codes, plan, tasks, cues, steps, slides, materials]


def test_every_list_that_takes_words_has_a_session() -> None:
    assert TABLE.keys() == list_names()


@pytest.mark.parametrize("name", TABLE)
def test_an_added_word_changes_what_is_read_or_printed(tmp_path: Path, name: str) -> None:
    row = TABLE[name]
    added = {name: [row.get("word", "zorblat")]}
    before, after = read_as(tmp_path, row, {}), read_as(tmp_path, row, added)
    assert before != after
