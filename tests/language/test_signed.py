"""Notes of who leads without a label in front: signed, ended like a sentence, by a check mark, by what is brought."""

from __future__ import annotations

import pytest

from courseware.model.session import for_learner
from tests.support import session_of

SIGNED = {
    "en": "leader", "de": "Kursleitung", "fr": "l'animatrice", "es": "la docente", "pt": "a formadora",
    "it": "docente", "ru": "тренер", "uk": "тренер", "he": "המנחה", "ar": "المدرب", "fa": "مربی",
    "hi": "प्रशिक्षक", "ja": "講師", "ko": "강사", "zh": "讲师",
}  # fmt: skip
NOTES = {
    "en": "Teaching tip", "de": "Trainerhinweis", "fr": "Note pédagogique", "es": "Nota didáctica",
    "pt": "Nota ao professor", "it": "Nota per la docente", "ru": "Заметка для тренера", "he": "הערה למנחה",
    "ar": "ملاحظة للمدرب", "ko": "강사 메모", "zh": "教师提示", "ja": "講師用メモ",
}  # fmt: skip
BROUGHT = {
    "en": "Trainer brings", "de": "Die Trainerin bringt mit", "fr": "La formatrice apporte",
    "es": "La formadora trae", "pt": "A formadora traz", "it": "La formatrice porta", "ru": "Тренер приносит",
    "uk": "Тренерка приносить", "he": "המנחה מביאה", "ar": "تحضر المدربة", "fa": "مربی می‌آورد",
    "hi": "प्रशिक्षक लाएँ", "ja": "講師が持参するもの", "ko": "강사가 가져올 것", "zh": "讲师带来",
}  # fmt: skip
RIGHT = {
    "en": ("Which is sweeter?", "The right answer is"), "de": ("Was ist süßer?", "Richtig ist"),
    "ja": ("甘いのはどちらでしょう。", "正解は"), "ko": ("어느 것이 더 단가요?", "정답은"),
    "zh": ("哪个更甜？", "正确答案是"), "es": ("¿Cuál es más dulce?", "La respuesta correcta es"),
}  # fmt: skip


def is_open(language: str, body: str) -> bool:
    """Whether a learner of a session that is no exercise gets "xyzzy"."""
    session = session_of(f"---\nlanguage: {language}\n---\n# T\n\n## A\n\nB.\n\n{body}\n")
    return "xyzzy" in " ".join(t.plain for t in for_learner(session).texts())


@pytest.mark.parametrize("language", SIGNED)
@pytest.mark.parametrize(
    "form", ["[xyzzy - {}]", "*(One, two, three, four, xyzzy. – {})*", "[xyzzy—{}]"]
)
def test_what_who_leads_signs_in_brackets_is_withheld(language: str, form: str) -> None:
    assert not is_open(language, form.format(SIGNED[language]))
    assert is_open(language, form.format("Anna Q."))


def test_what_others_say_of_teaching_is_open() -> None:
    assert is_open("en", "> Teaching is xyzzy. — a teacher")


@pytest.mark.parametrize("language", NOTES)
@pytest.mark.parametrize(
    "form", ["{}. Xyzzy, xyzzy.", "{}\nxyzzy, xyzzy.", "{} → xyzzy.", "- {}. Xyzzy xyzzy."]
)
def test_a_note_ends_its_label_like_a_sentence_or_a_line(language: str, form: str) -> None:
    body = f"{form.format(NOTES[language])}\n\nOpen."
    assert not is_open(language, body)
    assert is_open(language, body.replace("Open", "xyzzy"))
    assert is_open("en", form.format("Baking tip"))


@pytest.mark.parametrize("language", BROUGHT)
def test_what_who_leads_brings_is_theirs(language: str) -> None:
    assert not is_open(language, f"**{BROUGHT[language]}:** xyzzy.")


@pytest.mark.parametrize("language", RIGHT)
def test_a_check_mark_or_choices_make_it_the_answer(language: str) -> None:
    question, right = RIGHT[language]
    assert not is_open(language, f"{question}\n\n✅ {right} xyzzy.")
    assert not is_open(language, f"{question}\n\n- A\n- B\n\n{right} xyzzy.")


@pytest.mark.parametrize(
    ("language", "label"),
    [("it", "Indicazioni per chi tiene il corso"), ("hi", "जो कक्षा ले रहे हैं उनके लिए"),
     ("en", "Notes for the person running this session"), ("de", "Hinweise für alle, die diesen Kurs leiten")],
)  # fmt: skip
def test_a_long_label_that_does_not_stand_out_is_theirs_where_it_says_so(
    language: str, label: str
) -> None:
    assert not is_open(language, f"{label}: xyzzy, xyzzy.")
    assert is_open("en", "Here is what happened when I opened it: xyzzy, xyzzy.")
