"""A break is one in English, and in the language of its session."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.course.loading import load
from courseware.language.catalogue import Tongue, languages, line_of
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
    assert is_break(title, Tongue(language))
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
    assert not any(is_break(title, Tongue(language)) for language in ("en", "de", "fr"))


MORE = {
    "en": ["Break 2", "Second break", "Lunch hour", "Break for tea", "Break until 10:30", "Break and refreshments", "Break with tea", "Break - 10 minutes", "Lunch with the team", "Lunch – Main Hall", "Lunch break", "Third coffee break"],
    "de": ["Große Pause", "Vesperpause", "Pinkelpause", "Hofpause", "Pause 2", "Zweite Kaffeepause", "Kleine Hofpause", "Teepause", "Kurze Pause (draußen)"],
    "fr": ["Interclasse", "Entracte", "Récré", "On souffle", "Grande pause", "Deuxième pause", "Petite récré"],
    "es": ["Intermedio", "Recreo", "Recreo largo", "Gran recreo", "Pausa activa", "Receso 2"],
    "pt": ["Recreio", "Intervalo", "Intervalo grande", "Hora do lanche", "Segundo intervalo"],
    "it": ["Ricreazione", "Intervallo lungo", "Pausa lunga", "Secondo intervallo"],
    "ru": ["Физкультминутка", "Большая перемена", "Дыхательная пауза", "Вторая перемена", "Большой перерыв"],
    "uk": ["Руханка", "Велика перерва", "Дихальна пауза", "Фізкультхвилинка"],
    "ja": ["休み時間", "中休み", "10分休み", "昼休み時間", "トイレ休憩"],
    "zh": ["课间", "大课间", "課間", "课间活动"],
    "ko": ["잠깐 쉬기", "쉬는 시간", "긴 쉬는 시간", "쉬어 가기"],
    "ar": ["فاصل", "فاصل قصير", "استراحة", "الاستراحة الثانية", "استراحة طويلة"],
    "fa": ["زنگ تفریح", "استراحت طولانی"],
    "he": ["הפסקה גדולה", "הפסקה שנייה", "הפסקת קפה קצרה", "הפוגה"],
    "hi": ["आधी छुट्टी", "मध्यांतर", "बड़ी छुट्टी", "लंबा अवकाश"],
}  # fmt: skip
TALKS = {
    "en": ["Why breaks matter", "Break the ice", "Line breaks", "Breaking bad news", "Break-even analysis", "Break and continue", "Break into pairs", "Break down the task", "Coffee 101", "The second coffee shop", "Lunch and learn", "Lunch menus in Python"],
    "de": ["Warum Pausen wichtig sind", "Pausenaufsicht", "Pausenregeln", "Menopause", "Andropause", "Keine Pause", "Große Pausen planen", "Pause statt Stress"],
    "fr": ["La ménopause", "Ménopause", "Pourquoi faire une pause", "Entracte et mise en scène", "Petite histoire"],
    "es": ["Intervalo de confianza", "Menopausia", "La hora del cuento", "Nivel intermedio", "Gran angular"],
    "pt": ["Intervalo de confiança", "Menopausa", "Segundo grau"],
    "it": ["Intervallo di confidenza", "Menopausa", "Lunga vita"],
    "ru": ["Зачем нужна перемена", "Большая игра", "Вторая мировая", "Пауза в речи", "Минутка юмора"],
    "uk": ["Велика гра", "Навіщо перерва"],
    "ja": ["夏休み", "休み時間の過ごし方", "冬休みの宿題"],
    "zh": ["课间活动的设计", "休息的重要性"],
    "ko": ["쉬는 시간의 중요성", "긴 글 쓰기"],
    "ar": ["الفاصلة والنقطة", "أهمية الاستراحة"],
    "fa": ["اهمیت استراحت"],
    "he": ["הפסקת אש", "הפסקת חשמל", "שאלה שנייה"],
    "hi": ["विराम चिह्न", "गर्मी की छुट्टी", "पूर्ण विराम"],
}  # fmt: skip
"""What names a break, and what only speaks of one."""


@pytest.mark.parametrize(("language", "title"), [(k, t) for k, some in MORE.items() for t in some])
def test_a_break_by_its_head_or_its_end(language: str, title: str) -> None:
    assert is_break(title, Tongue(language))


@pytest.mark.parametrize(("language", "title"), [(k, t) for k, some in TALKS.items() for t in some])
def test_a_talk_about_breaks_is_none(language: str, title: str) -> None:
    assert not is_break(title, Tongue(language))


def test_a_courses_language_tells_its_breaks(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text("language: de-AT\n")
    (tmp_path / "a.md").write_text(
        "# A\n\n## B (70 min)\n\nx\n\n## Pause (15 min)\n\n## C (60 min)\n\nx\n"
    )
    (session,) = load(tmp_path).course.sessions
    assert [s.kind for s in run_sheet(session).timed()] == ["concept", "break", "concept"]


@pytest.mark.parametrize(
    "title", ["Break down the problem", "Lunch menus in Python", "Before the break"]
)
def test_an_agendas_row_that_only_has_a_breaks_word_is_none(title: str) -> None:
    text = f"# A\n\n## Agenda\n\n- 9:00-10:00 B\n- 10:00-10:15 {title}\n\n## B\n\nx\n"
    assert "break" not in {s.kind for s in run_sheet(session_of(text), Delivery()).timed()}


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
            start, end, stated = split_time(said, Tongue(language))
            assert stated is not None and stated.high == 10, said
            assert said[start:end] == word and is_break(word, Tongue(language)), said
