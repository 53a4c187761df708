"""A session's number in its title, and its length in a bold line below it, in the words of each language."""

from __future__ import annotations

import pytest

from tests.support import session_of

NUMBERED = {
    "de": ["Einheit 6: A", "Lektion 6: A", "Thema 6: A", "Unterrichtseinheit 2: A", "UE 2: A", "Doppelstunde 2: A", "2. Einheit: A"],
    "zh": ["第二单元 A", "第2单元：A", "第二單元 A", "单元2 A", "第2讲\u3000A", "第二章：A", "专题二：A", "课题2：A", "课题2 A", "第2课时 A", "主题2：A"],
    "es": ["Tema 2: A", "Unidad 2: A", "Lección 2. A", "Módulo 2 – A", "Unidad didáctica 2: A"],
    "fr": ["Unité 2 : A", "Thème 2 : A", "Séquence 2 : A", "2e séance : A"],
    "it": ["Unità 2: A", "Tema 2: A", "Unità didattica 2: A"],
    "pt": ["Unidade 2: A", "Tema 2: A", "Unidade didática 2 – A"],
    "ru": ["Урок 2. A", "Тема 2. A", "Урок № 2: A", "Раздел 2. A"],
    "uk": ["Урок 2. A", "Тема 2. A"],
    "ja": ["第2課 A", "第2単元\u3000A", "第2時 A", "第二課\u3000A", "テーマ2：A"],
    "ko": ["제2과 A", "제2단원 A", "2단원: A", "제2강 A", "제2차시 A", "주제 2: A"],
    "ar": ["الوحدة 2: A", "الوحدة الثانية: A", "الدرس الثاني: A", "الموضوع 2: A"],
    "fa": ["درس ۲: A", "درس دوم: A", "موضوع ۲: A"],
    "he": ["יחידה 3: A", "נושא 3: A", "יחידה ג׳: A", "שיעור שני: A"],
    "hi": ["इकाई 2: A", "पाठ 2: A", "विषय 2: A", "इकाई दो: A"],
    "en": ["Topic 2: A", "Unit 2: A"],
}  # fmt: skip
TITLES = [("es", "Tema 2 de 5"), ("es", "Tema libre: A"), ("de", "Einheit der Welt: A"), ("en", "Topic sentences: A"), ("en", "Unit tests: A"), ("en", "Topic 2 or 3"), ("zh", "单元测试：A"), ("ru", "Тема любви: A"), ("hi", "विषय: A")]  # fmt: skip
"""What says a number's word and numbers nothing."""
LENGTHS = {
    "en": ["Time: 90 minutes | Level A2", "Lesson length: 90 minutes", "Time: 90 min / Room: 4"],
    "de": [
        "Zeit: 90 Minuten | Niveau A2",
        "Unterrichtszeit: 90 Min.",
        "Dauer: 90 Min. · Klasse: 6",
    ],
    "fr": ["Durée : 90 minutes | Niveau A2", "Durée de la séance : 90 min / Salle : 4"],
    "es": ["Tiempo: 90 minutos | Nivel A2", "Duración de la clase: 90 min"],
    "pt": ["Tempo: 90 minutos | Nível A2", "Duração da aula: 90 min"],
    "it": ["Tempo: 90 minuti | Livello A2", "Durata della lezione: 90 min"],
    "ru": ["Время: 90 минут | Уровень A2", "Время урока: 90 мин"],
    "uk": ["Час: 90 хвилин | Рівень A2", "Тривалість уроку: 90 хв"],
    "ja": ["授業時間：90分", "時間：90分／対象：新人"],
    "zh": ["学时：90分钟", "教学时间：90分钟／对象：新人", "學時：90分鐘"],
    "ko": ["총 시간: 70분 / 대상: 신입 사원", "수업 시간: 90분"],
    "ar": ["الوقت: 90 دقيقة | المستوى: 2", "زمن الحصة: 90 دقيقة"],
    "fa": ["مدت: ۹۰ دقیقه | سطح: ۲", "مدت جلسه: ۹۰ دقیقه"],
    "he": ["זמן: 90 דקות | רמה: ב", "זמן השיעור: 90 דקות"],
    "hi": ["समय: 90 मिनट | स्तर: 2", "कक्षा की अवधि: 90 मिनट"],
}


@pytest.mark.parametrize(
    ("language", "title"), [(k, t) for k, some in NUMBERED.items() for t in some]
)
def test_a_title_has_its_number_apart(language: str, title: str) -> None:
    session = session_of(f"---\nlanguage: {language}\n---\n# {title}\n\n## X\n\nx\n")
    assert (session.title.plain, session.number_stated) == ("A", True)
    assert session.label and title.startswith(session.label)


@pytest.mark.parametrize(("language", "title"), TITLES)
def test_a_title_without_a_number_is_whole(language: str, title: str) -> None:
    session = session_of(f"---\nlanguage: {language}\n---\n# {title}\n\n## X\n\nx\n")
    assert not session.label and not session.number_stated


@pytest.mark.parametrize(
    ("language", "line"), [(k, t) for k, some in LENGTHS.items() for t in some]
)
def test_a_line_below_the_title_states_the_length(language: str, line: str) -> None:
    session = session_of(f"---\nlanguage: {language}\n---\n# T\n\n**{line}**\n\n## X\n\nx\n")
    assert session.length is not None and session.length.high in (70, 90)
    assert all(":" not in fact.value for fact in session.meta)
