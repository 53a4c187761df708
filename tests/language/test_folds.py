"""Folds by which learners check their answer, and labels of answers that might be."""

from __future__ import annotations

import pytest

from courseware.model.session import for_learner
from tests.support import session_of

CHECKS = {
    "en": "Check your work", "de": "Zum Vergleich", "fr": "Se vérifier", "es": "Compruébalo", "pt": "Conferir",
    "it": "Controlla", "ru": "Проверь себя", "uk": "Звірити", "ar": "تحقق بنفسك", "fa": "برای بررسی", "he": "בדיקה עצמית",
    "hi": "खुद जाँचें", "ja": "確かめる", "zh": "核对一下", "ko": "맞춰 보기",
}  # fmt: skip
SHOWS = {
    "en": "Show", "it": "Rivela", "pt": "Ver", "ru": "Показать", "uk": "Розгорнути", "ar": "اكشف", "fa": "مشاهده",
    "he": "גלו", "hi": "खोलें", "ja": "開く", "zh": "点击展开", "ko": "펼치기",
}  # fmt: skip
MIGHT = {
    "en": "It might read", "de": "Vertretbare Antworten", "fr": "Réponses acceptables", "es": "Respuestas admisibles",
    "pt": "Respostas plausíveis", "it": "Soluzioni accettabili", "ru": "Возможные варианты решения",
    "uk": "Можна сказати так", "ar": "إجابات مقبولة", "he": "תשובות סבירות", "hi": "स्वीकार्य उत्तर", "ja": "こう書けます",
    "zh": "合理的答案", "ko": "타당한 답",
}  # fmt: skip
EXERCISES = {
    "en": "Exercise", "de": "Übung", "fr": "Exercice", "es": "Ejercicio", "pt": "Exercício", "it": "Esercizio",
    "ru": "Упражнение", "uk": "Вправа", "ar": "تمرين", "fa": "تمرین", "he": "תרגיל", "hi": "अभ्यास", "ja": "練習",
    "zh": "练习", "ko": "연습",
}  # fmt: skip


def is_open(language: str, body: str) -> bool:
    """Whether a learner gets "xyzzy"."""
    session = session_of(f"---\nlanguage: {language}\n---\n# T\n\n## A\n\nB.\n\n{body}\n")
    return "xyzzy" in " ".join(t.plain for t in for_learner(session).texts())


def folded(title: str, text: str = "Xyzzy xyzzy.") -> str:
    return f"<details>\n<summary>{title}</summary>\n\n{text}\n\n</details>"


@pytest.mark.parametrize("language", CHECKS)
def test_a_fold_to_check_by_is_the_answer_where_something_is_asked(language: str) -> None:
    fold = folded(CHECKS[language])
    assert not is_open(language, f"17 + 4 = ?\n\n{fold}")
    assert not is_open(language, f"## {EXERCISES[language]} 1: X\n\n17 + 4\n\n{fold}")
    assert is_open(language, f"17 + 4 = 21.\n\n{fold}")
    assert is_open(language, f"17 + 4 = ?\n\n{folded(CHECKS[language], 'xyzzy = ?')}")


@pytest.mark.parametrize("language", SHOWS)
def test_a_fold_that_only_opens_is_withheld_in_an_exercise(language: str) -> None:
    fold = folded(SHOWS[language])
    assert not is_open(language, f"## {EXERCISES[language]} 1: X\n\n17 + 4 = ?\n\n{fold}")
    assert is_open(language, f"17 + 4 = 21.\n\n{fold}")


@pytest.mark.parametrize("language", MIGHT)
def test_what_an_answer_might_be_is_one(language: str) -> None:
    body = f"## {EXERCISES[language]} 1: X\n\n17 + 4 = ?\n\n**{MIGHT[language]}:** xyzzy."
    assert not is_open(language, body)
