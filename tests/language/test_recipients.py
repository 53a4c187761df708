"""Any thing for who leads is withheld in doubt as a label, whatever it is called; for learners it is open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.language.frames import Frames, Place, Reader, Setting

TEXT = "Who felt rushed? Two groups."
LABEL, BRACKET = (Setting(place, text=TEXT) for place in (Place.LABEL, Place.BRACKET))
FOR = {
    "en": ("{} for the trainer", "{} for the trainees"),
    "de": ("{} für die Kursleitung", "{} für die Gruppe"),
    "fr": ("{} pour le formateur", "{} pour le groupe"),
    "es": ("{} para la formadora", "{} para la clase"),
    "pt": ("{} para o formador", "{} para o grupo"),
    "it": ("{} per la docente", "{} per la classe"),
    "ru": ("{} для тренера", "{} для группы"),
    "uk": ("{} для тренерки", "{} для групи"),
    "he": ("{} למנחה", "{} לקבוצה"),
    "ar": ("{} للمدرب", "{} للمجموعة"),
    "fa": ("{} برای مربی", "{} برای گروه"),
    "hi": ("प्रशिक्षक के लिए {}", "समूह के लिए {}"),
    "ja": ("講師用{}", "受講者用{}"),
    "ko": ("강사용 {}", "수강생용 {}"),
    "zh": ("给讲师的{}", "给学员的{}"),
}
"""How each language says that a thing is for who leads, and for others."""


@pytest.mark.parametrize("language", FOR)
@given(thing=st.text("bdfgklmnprstvz", min_size=6, max_size=10))
def test_any_thing_for_who_leads_is_withheld_in_doubt(language: str, thing: str) -> None:
    frames = Frames(language)
    theirs, others = FOR[language]
    for setting in (LABEL, BRACKET):
        found = frames.decide(theirs.format(thing), setting)
        assert found.reader is Reader.FACILITATOR and not found.sure
        assert not frames.decide(others.format(thing), setting)
    assert not frames.decide(f"{theirs.format(thing)}?", LABEL)


@pytest.mark.parametrize("text", ["", "____"])
def test_room_to_write_for_who_leads_is_the_learners(text: str) -> None:
    assert not Frames("en").decide("Wish for the trainer", Setting(Place.LABEL, text=text))


@pytest.mark.parametrize(
    ("language", "command"),
    [("en", "Write for the trainer"), ("de", "Schreibe für die Kursleitung"), ("pt", "Escreva para o formador"),
     ("it", "Scrivi per la docente"), ("hi", "प्रशिक्षक के लिए लिखें")],
)  # fmt: skip
def test_a_command_to_learners_is_open(language: str, command: str) -> None:
    assert not Frames(language).decide(command, LABEL)


@pytest.mark.parametrize(
    "aside", ["지도자 주의", "संचालक ध्यान दें", "Atenção instrutor", "讲师总结", "先生の声"]
)
def test_words_beside_who_leads_are_withheld_in_brackets(aside: str) -> None:
    language = {"지": "ko", "स": "hi", "A": "pt", "讲": "zh", "先": "ja"}[aside[0]]
    assert Frames(language).decide(aside, BRACKET).reader is Reader.FACILITATOR


def test_a_heading_must_say_the() -> None:
    heading = Setting(Place.HEADING, parents=("Bread",))
    frames = Frames("en")
    assert frames.decide("Wrap-around for the trainer", heading)
    assert not frames.decide("Python for teachers", heading)
    assert not frames.decide("Python for the teacher", Setting(Place.HEADING)), "a file's title"
    assert not Frames("en", subject=True).decide("Python for the teacher", heading)


def test_a_person_in_what_is_for_others_too_is_open() -> None:
    assert not Frames("en").decide("Wrap-around for learners and trainers", LABEL)
    assert not Frames("fr").decide("Tour pour les stagiaires et le formateur", LABEL)
