"""For whom one of what is brought is, and what a title's kind and a step begin with, in each language."""

from __future__ import annotations

import pytest

from courseware.language.catalogue import data_of, languages, line_of
from courseware.language.twins import EASTERN
from courseware.language.vocabulary import vocabulary_for
from courseware.model.blocks import Space
from courseware.model.session import Course
from courseware.model.times.delivery import Delivery
from courseware.model.times.timing import run_sheet
from courseware.model.walk import texts
from courseware.products.deck.deck import deck
from courseware.products.guide.materials import Material, materials
from courseware.reading.stages import read_session
from courseware.reading.structure.lead_ins import acts
from tests.support import session_of


def brought(language: str, thing: str) -> Material:
    """Return what a session's list of materials says of one thing, for twelve people."""
    title = data_of(language)["sections"]["materials"][0]
    text = f"---\nlanguage: {language}\n---\n# A\n\n## {title}\n\n- {thing}\n"
    session = read_session(text.encode(), "a.md", vocabulary_for(language)).session
    assert session is not None
    return materials(session, run_sheet(session, Delivery(group=12)))[0]


@pytest.mark.parametrize("language", languages())
def test_what_each_gets_is_counted_in_every_language(language: str) -> None:
    shares = dict(line_of(language, "shares"))
    for said in shares["each"]:
        for thing in (f"2 Xyz {said}", f"2 Xyz ({said})", f"2 Xyz, {said}"):
            found = brought(language, thing)
            assert (found.text, found.count, found.each) == ("Xyz", 24, "each"), thing
    for said in shares["pair"]:
        found = brought(language, f"Xyz {said}")
        assert (found.text, found.count, found.each) == ("Xyz", 6, "per pair"), said
        if EASTERN.search(said):
            found = brought(language, f"{said} Xyz")
            assert (found.text, found.count, found.each) == ("Xyz", 6, "per pair"), said


@pytest.mark.parametrize("language", languages())
def test_what_is_for_nobody_apart_is_not_counted(language: str) -> None:
    word = dict(line_of(language, "shares"))["each"][0]
    assert brought(language, f"{word} Xyz 5").count is None or EASTERN.search(word)
    assert brought(language, "12 Xyz").count is None


@pytest.mark.parametrize("language", languages())
def test_a_title_goes_on_behind_its_kind_in_every_language(language: str) -> None:
    words = vocabulary_for(language)
    kind = data_of(language)["sections"]["exercises"][0]
    for joint in line_of(language, "title_joins"):
        assert words.section_kind(f"{kind} {joint} Xyz") == "exercises", joint
    assert words.section_kind(f"{kind}xyz") == "concept"


@pytest.mark.parametrize(
    ("language", "step", "done"),
    [
        ("en", "On Windows, open the terminal", True),
        ("de", "Unter Windows: Datei.", True),
        ("fr", "Sous Linux, la commande", True),
        ("es", "En Windows, la orden", True),
        ("ja", "Windowsでは右", True),
        ("en", "Describe Windows in a sentence", False),
        ("de", "Beschreibe Windows in einem Satz", False),
    ],
)
def test_a_step_for_a_system_is_done_there(language: str, step: str, done: bool) -> None:
    assert acts(step, vocabulary_for(language)) == done


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt", "it"])
def test_a_program_s_thing_is_defined_there(language: str) -> None:
    verb = line_of(language, "defining_verbs")[0]
    thing = line_of(language, "made_things")[1]
    article = line_of(language, "one_words")[0]
    words = vocabulary_for(language)
    assert acts(f"{verb.capitalize()} {article} {thing} xyz", words)
    assert not acts(f"{verb.capitalize()} xyz {article}", words)


LABELLED = '---\nlanguage: {language}\n---\n# X\n\n::: exercise "A" 10 min\n\n**{label}:** {said}\n\n{ask}\n\n:::\n'


@pytest.mark.parametrize("language", languages())
def test_how_learners_sit_is_said_beside_an_exercises_minutes(language: str) -> None:
    for label in line_of(language, "grouping_labels"):
        text = LABELLED.format(language=language, label=label, said="Zorblat", ask="Why?")
        session = session_of(text)
        slides = deck(Course(title="T", sessions=(session,)), session).slides
        placed = [b for s in slides for p in s.placeholders if p.name == "group" for b in p.blocks]
        facts = [text.plain for text in texts(placed)]
        assert facts and set(facts) == {"Zorblat"}, label


@pytest.mark.parametrize("language", languages())
def test_what_is_labelled_as_the_task_has_room(language: str) -> None:
    for label in line_of(language, "task_labels"):
        text = LABELLED.format(language=language, label=label, said="Zorblat?", ask="")
        assert any(isinstance(n, Space) for n in session_of(text).nodes()), label
