"""Any thing for who leads is withheld in doubt as a label, whatever it is called; for learners it is open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.language.frames import Frames, Place, Reader, Setting
from courseware.model.session import for_learner
from tests.support import in_languages, session_of

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


@pytest.mark.parametrize("language", in_languages(FOR))
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


ALONE = {
    "pt": ("Professora", "Mostrar primeiro a demo.", "Aluno"), "it": ("Docente", "Mostrare prima la demo.", "Alunno"),
    "ru": ("Учитель", "Сначала показать демо.", "Ученик"), "uk": ("Вчитель", "Спочатку показати демо.", "Учень"),
    "he": ("מורה", "להראות קודם את ההדגמה.", "תלמיד"), "fa": ("مدرس", "نخست نمونه را نشان دهید.", "شاگرد"),
    "hi": ("शिक्षक", "पहले डेमो दिखाएँ।", "छात्र"), "ja": ("先生", "先にデモを見せる。", "生徒"),
    "ko": ("선생님", "먼저 시연을 보여 주세요.", "학생"), "zh": ("讲师", "先演示，再动手。", "学生"),
}  # fmt: skip
"""One who leads alone as a label, a sentence for them, and another speaker."""


@pytest.mark.parametrize("language", ALONE)
def test_a_leader_alone_hides_a_sentence_in_doubt_and_none_of_a_dialogue(language: str) -> None:
    label, text, other = ALONE[language]
    frames = Frames(language)
    found = frames.decide(label, Setting(Place.LABEL, text=text))
    assert found.reader is Reader.FACILITATOR and not found.sure
    assert not frames.decide(label, Setting(Place.LABEL, text=text, near=(other,)))
    assert not Frames(language, subject=True).decide(label, Setting(Place.LABEL, text=text))


@pytest.mark.parametrize(
    ("language", "label", "text"),
    [("ru", "Наставник", "Сопровождает новых сестёр."), ("zh", "带教老师", "陪伴新护士的人。"),
     ("ko", "교육 담당자", "신규 간호사를 돕는 사람."), ("hi", "प्रशिक्षिका", "नई नर्सों के साथ रहती हैं।")],
)  # fmt: skip
def test_who_a_leader_is_told_to_be_is_open(language: str, label: str, text: str) -> None:
    assert not Frames(language).decide(label, Setting(Place.LABEL, text=text))


@pytest.mark.parametrize(
    ("language", "text"),
    [("it", "Chiusura (da non distribuire)"), ("pt", "Fechamento (não distribuir)"), ("ja", "ふりかえり（配布しない）"),
     ("zh", "小结（不发给学员）"), ("ko", "정리(배부 금지)"), ("ar", "الختام (لا يوزَّع)"), ("he", "סיכום (לא לחלק)"),
     ("hi", "समापन (बाँटें नहीं)"), ("ru", "Итог (не раздавать)"), ("uk", "Підсумок (не роздавати)"), ("fa", "جمع‌بندی (پخش نشود)")],
)  # fmt: skip
def test_what_is_not_handed_out_is_withheld(language: str, text: str) -> None:
    assert Frames(language).decide(text, LABEL).reader is Reader.FACILITATOR
    assert not Frames(language).decide(
        text.replace("(", "").replace(")", "").replace("（", "").replace("）", "x"), LABEL
    )


def test_a_sentence_for_who_leads_below_the_title_is_no_fact() -> None:
    text = "---\nlanguage: it\n---\n# Pane\n\n**Docente:** {}\n\n## Farina\n\nGrano.\n"
    told, named = (
        session_of(text.format(one)) for one in ("mostrare prima la demo.", "Anna Rossi")
    )
    assert not told.meta and "demo" not in " ".join(t.plain for t in for_learner(told).texts())
    assert [row.value for row in named.meta] == ["Anna Rossi"]


@pytest.mark.parametrize(
    ("language", "title"), [("ja", "指導員"), ("ko", "교관"), ("zh", "教官"), ("ru", "Тренер")]
)
def test_a_box_called_after_who_leads_is_theirs_in_doubt(language: str, title: str) -> None:
    found = Frames(language).decide(title, Setting(Place.BOX))
    assert found.reader is Reader.FACILITATOR and not found.sure


def test_a_thing_is_of_who_is_named_in_brackets() -> None:
    assert Frames("ru").decide("Материалы (тренер)", LABEL)
    assert not Frames("ru").decide("Анна Петрова (тренер)", LABEL)


@pytest.mark.parametrize(
    ("language", "who", "order", "name"),
    [
        ("he", "מדריכה", "להביא את המשקל מהמטבח", "דנה כהן לוי"),
        ("ar", "المدرّبة", "إحضار الميزان من المطبخ", "د. أحمد بن علي الشمري"),
        ("ru", "Тренер", "принести весы из кухни", "Анна Петровна Белова"),
    ],
)
def test_an_order_of_more_words_than_a_name_needs_no_stop(
    language: str, who: str, order: str, name: str
) -> None:
    decide = Frames(language).decide
    assert decide(who, Setting(Place.LABEL, text=order)).reader is Reader.FACILITATOR
    assert not decide(who, Setting(Place.LABEL, text=name))
