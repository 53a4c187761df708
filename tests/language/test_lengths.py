"""What says how long something is done is a time, and no task: "Zwölf Minuten zum Schreiben"."""

from __future__ import annotations

import pytest

from courseware.language.catalogue import data_of, languages
from courseware.language.vocabulary import vocabulary_for
from courseware.reading.structure.lead_ins import acts, commands, tells_to_write

LENGTHS = {
    "en": ("Twelve minutes to write.", "You have ten minutes to write.", "Half an hour for writing."),
    "de": ("Zwölf Minuten zum Schreiben.", "Eine halbe Stunde Zeit zum Zeichnen", "Zehn Minuten schreiben", "5 Minuten notieren"),
    "fr": ("Douze minutes pour écrire.", "Vous avez dix minutes pour écrire.", "10 minutes d'écriture"),
    "es": ("Doce minutos para escribir", "Tienen diez minutos para escribir.", "Media hora para dibujar"),
    "pt": ("Doze minutos para escrever", "Vocês têm dez minutos para escrever.", "10 minutos de escrita"),
    "it": ("Dodici minuti per scrivere", "Avete dieci minuti per scrivere.", "Mezz'ora per disegnare"),
    "ru": ("Двенадцать минут, чтобы написать", "Полчаса на рисунок", "10 минут писать", "Пять минут записать"),
    "uk": ("Дванадцять хвилин, щоб написати", "Пів години на малюнок", "10 хвилин писати", "П'ять хвилин записати"),
    "ja": ("書く時間は12分です", "12分で書く", "書くのに10分", "執筆12分"),
    "zh": ("写作时间十二分钟", "十二分钟写作", "用10分钟写", "你们有十分钟来写。"),
    "ko": ("쓰기 12분", "글 쓰는 시간 12분", "10분 동안 쓰기", "30분 그리기"),
    "ar": ("اثنتا عشرة دقيقة للكتابة", "لديكم عشر دقائق للكتابة.", "عشر دقائق كتابة"),
    "fa": ("دوازده دقیقه برای نوشتن", "نیم ساعت برای کشیدن", "۱۰ دقیقه نوشتن"),
    "he": ("שתים עשרה דקות לכתיבה", "יש לכם עשר דקות לכתוב.", "10 דקות כתיבה"),
    "hi": ("लिखने के लिए बारह मिनट", "आधा घंटा चित्र बनाने के लिए", "10 मिनट लिखना"),
}  # fmt: skip
TASKS = {
    "de": ("Zehn Minuten drei Sätze schreiben.", "In fünf Minuten Stichworte notieren.", "5 Minuten Stichworte notieren"),
    "ja": ("10分で理由を3つ書いてください。", "10分間で書きましょう。"),
    "zh": ("用10分钟写三句话。", "请用十分钟写出三个理由。"),
    "ko": ("10분 동안 이유 세 가지를 쓰세요.",),
    "hi": ("10 मिनट में तीन वाक्य लिखिए।",),
    "en": ("Write for ten minutes.", "Five minutes: write alone."),
}  # fmt: skip


def told(text: str, language: str) -> bool:
    words = vocabulary_for(language)
    return any(one(text, words) for one in (commands, tells_to_write, acts))


def test_there_are_some_in_every_language() -> None:
    assert LENGTHS.keys() == set(languages())
    assert all(data_of(language)["commands"] for language in TASKS if language != "en")


@pytest.mark.parametrize(
    ("language", "text"), [(k, t) for k, some in LENGTHS.items() for t in some]
)
def test_a_length_and_what_it_is_for_is_no_task(language: str, text: str) -> None:
    assert not told(text, language)


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, some in TASKS.items() for t in some])
def test_a_length_and_what_to_write_is_one(language: str, text: str) -> None:
    assert told(text, language)
