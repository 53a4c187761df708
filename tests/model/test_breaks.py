"""A break is one in English, and in the language of its session."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.course.loading import load
from courseware.language.catalogue import languages, line_of
from courseware.language.durations import is_break
from courseware.model.times.delivery import Delivery
from courseware.model.times.timing import run_sheet
from courseware.reading.structure.times.heading_times import split_time
from tests.support import session_of


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Break"), ("en", "Coffee break"), ("en", "Tea and biscuits"), ("en", "Coffee, tea and cake"), ("ja", "Lunch: bring your own"), ("de", "Kaffeepause"),
     ("de", "Mittagspause"), ("fr", "Pause"), ("it", "Pausa"), ("es", "Pausa para el café"),
     ("fr", "Pause-café"), ("fr", "Déjeuner"), ("pt", "Almoço"), ("ru", "Перерыв"), ("ru", "Кофе-брейк"),
     ("uk", "Кава-брейк"), ("uk", "Перерва"),
     ("en", "Supper"), ("de", "Abendessen"), ("fr", "Repas"), ("fr", "Pause gourmande"), ("es", "Cena"), ("pt", "Jantar"), ("it", "Caffè"),
     ("ru", "Чаепитие"), ("uk", "Чаювання"), ("ja", "おやつ"), ("zh", "點心時間"), ("zh", "咖啡时间"), ("ko", "간식"),
     ("ar", "قهوة"), ("ar", "وقت الصلاة والراحة"), ("fa", "عصرانه"), ("he", "קפה"), ("he", "הפסקת עשר"), ("hi", "कॉफ़ी"),
     ("ja", "休憩"), ("zh", "茶歇"), ("ko", "휴식"), ("ar", "استراحة"), ("fa", "زنگ تفریح"), ("he", "הפסקה"), ("hi", "विराम")],
)  # fmt: skip
def test_words_for_breaks(language: str, title: str) -> None:
    assert is_break(title, language)
    front = f"---\nlanguage: {language}\n---\n"
    found = run_sheet(
        session_of(
            f"{front}# A\n\n## B (70 min)\n\nx\n\n## {title} (15 min)\n\n## C (60 min)\n\nx\n"
        )
    )
    assert [s.kind for s in found.timed()] == ["concept", "break", "concept"]


@pytest.mark.parametrize("title", ["Make or break", "Pause and reflect", "Breakdown", "Coffee roasting",
                                   "Menopause: a talk", "Lunchtime design"])  # fmt: skip
def test_what_is_no_break(title: str) -> None:
    assert not any(is_break(title, language) for language in ("en", "de", "fr"))


def test_a_courses_language_tells_its_breaks(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text("language: de-AT\n")
    (tmp_path / "a.md").write_text(
        "# A\n\n## B (70 min)\n\nx\n\n## Pause (15 min)\n\n## C (60 min)\n\nx\n"
    )
    (session,) = load(tmp_path).course.sessions
    assert [s.kind for s in run_sheet(session).timed()] == ["concept", "break", "concept"]


def test_an_agendas_break_in_another_language() -> None:
    text = "---\nlanguage: de\n---\n# A\n\n## Agenda\n\n- 9:00-10:00 B\n- 10:00-10:15 Kaffeepause\n- 10:15-11:00 C\n\n## B\n\nx\n\n## C\n\ny\n"
    assert [s.kind for s in run_sheet(session_of(text), Delivery()).timed()][1] == "break"


UNITS = {"de": "Minuten", "en": "minutes", "fr": "minutes", "es": "minutos", "pt": "minutos", "it": "minuti", "ru": "минут", "uk": "хвилин",
         "ja": "分", "zh": "分钟", "ko": "분", "ar": "دقيقة", "fa": "دقیقه", "he": "דקות", "hi": "मिनट"}  # fmt: skip


@pytest.mark.parametrize("language", languages())
def test_each_word_for_a_break_stands_beside_its_minutes(language: str) -> None:
    words = [word for word in line_of(language, "breaks") if not word.startswith("*")]
    time = f"10 {UNITS[language]}"
    for word in words:
        for said in (
            f"{word} {time}",
            f"{word}: {time}",
            f"{word} ({time})",
            f"{word} (9:50–10:00)",
        ):
            start, end, stated = split_time(said, language)
            assert stated is not None and stated.high == 10, said
            assert said[start:end] == word and is_break(word, language), said
