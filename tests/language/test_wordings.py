"""Sessions as teachers word them in each language: nothing leaks, exercises, hints, breaks and times are found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from courseware.language.catalogue import Tongue, data_of, languages
from courseware.language.durations import is_break
from courseware.language.names import grouping
from courseware.language.vocabulary import vocabulary_for
from courseware.model.blocks import Exercise, Field, Item
from courseware.model.session import Session, for_learner
from courseware.products.deck.cues import cue_kind
from courseware.reading.structure.lead_ins import tells_to_write
from courseware.reading.structure.times.time_phrases import duration
from tests.support import read, yaml_of

TABLE: dict[str, dict[str, Any]] = yaml_of(
    Path(__file__).with_name("wordings.yml").read_text("utf-8")
)
ROWS = [(language, kind, said) for language, kinds in TABLE.items() for kind, rows in kinds.items()
        if kind != "things" for said in rows]  # fmt: skip

TITLES: dict[str, dict[str, list[str]]] = yaml_of(
    Path(__file__).with_name("exercise_titles.yml").read_text("utf-8")
)


def session_in(language: str, body: str) -> Session:
    session = read(f"---\nlanguage: {language}\n---\n# T\n\n## A\n\nB.\n\n{body}\n").session
    assert session is not None
    return session


def prompts(language: str, start: str, lead: str) -> int:
    """Return how many of two things below a lead-in are given space."""
    things = "\n".join(f"- {thing}" for thing in TABLE[language]["things"])
    session = session_in(language, f"## {start}\n\n{lead}\n\n{things}")
    return sum(isinstance(n, Item) and n.asks for n in session.nodes())


def is_right(language: str, kind: str, said: str) -> bool:
    """Whether a wording is understood as what it is."""
    start = TABLE[language]["exercises"][0]
    if kind == "times":
        found = duration(said, Tongue(language), whole=True)
        return found is not None and (found.low, found.high) == (TABLE[language][kind][said],) * 2
    if kind in ("hides", "open"):
        session = session_in(language, f"## {said}\n\nXYZZY.")
        shown = "XYZZY" in " ".join(t.plain for t in for_learner(session).texts())
        return shown == (kind == "open")
    if kind == "answers":
        session = session_in(language, f"## {start}\n\nX?\n\n**{said}:** XYZZY.")
        return "XYZZY" not in " ".join(t.plain for t in for_learner(session).texts())
    if kind == "hints":
        session = session_in(language, f"## {start}\n\nX?\n\n**{said}:** XYZZY.")
        return [n.role for n in session.nodes() if isinstance(n, Field)] == ["hint"]
    if kind == "breaks":
        return is_break(said, Tongue(language))
    if kind == "cues":
        return bool(cue_kind(said, Tongue(language)) == TABLE[language][kind][said])
    if kind == "groups":
        return bool(grouping(said, Tongue(language)) == TABLE[language][kind][said])
    if kind == "titles":
        titled = read(f"---\nlanguage: {language}\n---\n# {said}\n\n## A\n\nB.\n").session
        return bool(titled and titled.number == TABLE[language][kind][said])
    if kind in ("asks", "acts"):
        return (prompts(language, start, said) == 2) == (kind == "asks")
    exercises = session_in(language, f"## {said}\n\nX?").exercises()
    return bool(exercises) and isinstance(exercises[0], Exercise) and (
        exercises[0].heading.number in ("2", "4")
        and exercises[0].heading.time is not None and exercises[0].heading.time.low == 15
    )  # fmt: skip


def test_every_language_has_a_row() -> None:
    assert set(TABLE) == set(languages())
    assert all(sum(map(len, kinds.values())) >= 30 for kinds in TABLE.values())


@pytest.mark.parametrize(("language", "kind", "said"), ROWS)
def test_a_wording_is_understood(language: str, kind: str, said: str) -> None:
    assert is_right(language, kind, said)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "تحدٍّ"),
        ("ar", "تحديًا"),
        ("ar", "تحدٍّ ٢: الرحلة"),
        ("ar", "تمرينٌ ٢: الرحلة"),
        ("fa", "چالش"),
        ("fa", "چالش ۲: سفر"),
        ("he", "אתגר"),
        ("he", "תַּרְגִּיל 2: מסע"),
        ("hi", "चुनौती"),
        ("it", "Sfida"),
        ("ja", "チャレンジ"),
        ("ko", "도전"),
        ("pt", "Desafio"),
        ("ru", "Челлендж"),
        ("uk", "Челендж"),
        ("zh", "挑战"),
    ],
)
def test_a_challenge_is_an_exercise_with_vowels_and_without(language: str, said: str) -> None:
    (exercise,) = session_in(language, f"## {said}\n\nX.").exercises()
    assert isinstance(exercise, Exercise)
    assert exercise.heading.number == ("2" if ":" in said else "")


def test_a_time_in_brackets_behind_the_number_is_the_exercises() -> None:
    (exercise,) = session_in("fr", "## Exercice 4 (15 minutes) : Peser\n\nX.").exercises()
    assert isinstance(exercise, Exercise)
    assert (exercise.heading.label, exercise.heading.title.plain) == ("Exercice 4 :", "Peser")


@pytest.mark.parametrize(
    ("language", "said", "kind"),
    [
        ("en", "Summary of this session", "takeaways"),
        ("en", "At the end you can fold a box", "objectives"),
        ("de", "Nach dieser Einheit können Sie", "objectives"),
        ("de", "Wie es weitergeht", "next"),
        ("fr", "Objectifs de la séance", "objectives"),
        ("fr", "À la fin de cette séance, vous saurez", "objectives"),
        ("es", "Al terminar, podrás", "objectives"),
        ("pt", "Resumo da aula", "takeaways"),
        ("it", "Obiettivi della lezione", "objectives"),
        ("ru", "Главное за занятие", "takeaways"),
        ("uk", "Після заняття ви зможете", "objectives"),
        ("ar", "ملخص الدرس", "takeaways"),
        ("fa", "هدف جلسه", "objectives"),
        ("he", "סיכום השיעור", "takeaways"),
        ("hi", "आज के उद्देश्य", "objectives"),
        ("ja", "本日のねらい", "objectives"),
        ("zh", "本课小结", "takeaways"),
        ("ko", "오늘의 목표", "objectives"),
        ("en", "You will learn to", "objectives"),
        ("de", "Das können Sie am Ende", "objectives"),
        ("fr", "À la fin, vous saurez", "objectives"),
        ("es", "Vas a aprender a", "objectives"),
        ("it", "Traguardi", "objectives"),
        ("ru", "Вы научитесь", "objectives"),
        ("uk", "Цілі дня", "objectives"),
        ("ar", "في نهاية الجلسة تستطيع أن", "objectives"),
        ("fa", "در پایان می‌توانید", "objectives"),
        ("he", "בסוף המפגש תדעו", "objectives"),
        ("hi", "इस सत्र के बाद आप", "objectives"),
        ("ko", "이 시간이 끝나면", "objectives"),
        ("de", "Am Ende der Sitzung: Feedback", "concept"),
        ("fr", "À la fin de la guerre", "concept"),
        ("en", "The plan of the day", "concept"),
    ],
)
def test_a_section_is_told_with_what_it_is_of(language: str, said: str, kind: str) -> None:
    assert vocabulary_for(language).section_kind(said) == kind


@pytest.mark.parametrize(
    ("language", "heading", "minutes"),
    [
        ("ja", "ワーク② 並べ替え（10分・ペアワーク）", 10),
        ("ja", "■ 演習2 並べ替え（10分）", 10),
        ("zh", "【练习2】排序（限时10分钟）", 10),
        ("fr", "Atelier 2 : tri (3/4 d'heure)", 45),
        ("de", "Auftrag 2: Sortieren (dreiviertel Stunde)", 45),
        ("es", "Reto 2: Ordenar (aprox. 10 min)", 10),
        ("ar", "تمرين 2: فرز (١٠ د)", 10),
        ("he", "תרגיל 2: מיון (10 דק)", 10),
    ],
)
def test_an_exercise_is_numbered_and_timed(language: str, heading: str, minutes: int) -> None:
    (exercise,) = session_in(language, f"## {heading}\n\nX?").exercises()
    assert exercise.number == "2"
    assert exercise.time is not None and exercise.time.high == minutes


@pytest.mark.parametrize(
    ("language", "task"),
    [
        ("ru", "Объясните, почему заголовок манипулирует."),
        ("uk", "Поясніть, чому заголовок маніпулює."),
        ("de", "Fassen Sie den Text zusammen."),
        ("de", "Geben Sie ein Beispiel für Lob."),
        ("fr", "Donnez un exemple de compliment."),
        ("es", "Escribí un texto corto."),
        ("pt", "Calcule o total."),
        ("it", "Scrivere un breve testo."),
        ("fa", "یک نمونه از تحسین بیاورید."),
        ("he", "תנו דוגמה לשבח."),
        ("ja", "理由を述べよ。"),
        ("zh", "计算总和。"),
        ("ko", "합계를 계산하시오."),
        ("ar", "احسب المجموع."),
        ("hi", "योग ज्ञात कीजिए।"),
    ],
)
def test_a_task_asks_for_space(language: str, task: str) -> None:
    assert tells_to_write(task, vocabulary_for(language))


@pytest.mark.parametrize("language", languages())
def test_a_counted_word_for_an_exercise_begins_one(language: str) -> None:
    titles = [f"{said}{sign} A b" for said in TITLES[language]["numbered"] for sign in (":", ".")]
    read_as = {title: session_in(language, f"## {title}\n\nX?").exercises() for title in titles}
    wrong = [t for t, found in read_as.items() if [e.heading.number for e in found] != ["2"]]
    assert not wrong


@pytest.mark.parametrize("language", languages())
def test_a_letter_of_the_languages_own_numbers_an_exercise(language: str) -> None:
    for said in TITLES[language]["lettered"]:
        for sign in (":", ".", " –", *([","] if said[-1] == "2" else [])):
            (found,) = session_in(language, f"## {said}{sign} Xyz ab\n\nX?").exercises()
            assert (found.heading.title.plain, bool(found.number)) == ("Xyz ab", True), said + sign


@pytest.mark.parametrize(
    ("language", "title"),
    [("ar", "الورشة الثانية: الخبز"), ("fr", "Activité 2 : Le pain"), ("en", "Exercise 2: Bread")],
)
def test_a_file_with_a_break_is_a_session_whatever_its_title_says(
    language: str, title: str
) -> None:
    text = f"---\nlanguage: {language}\n---\n# {title}\n\n## A\n\nB.\n\n## Lunch (30 min)\n"
    session = read(text).session
    assert session and not session.exercises()
    alone = read(text.partition("\n\n## Lunch")[0]).session
    assert language == "ar" or (alone and len(alone.exercises()) == 1)


@pytest.mark.parametrize(
    ("language", "heading", "group"),
    [
        ("en", "Your turn 2: Sort (20'), pair up", "pair up"),
        ("en", "Exercise 2: Sort (20 min) — in groups of four", "in groups of four"),
        ("fr", "À vous 2 : Sort (20'), en tandem", "en tandem"),
        ("es", "Te toca 2: Sort (20 min), de dos en dos", "de dos en dos"),
        ("ar", "دورك 2: Sort (20 د)، كل اثنين معاً", "كل اثنين معاً"),
        ("ja", "やってみよう2　Sort（20分間）、二人一組で", "二人一組で"),
        ("zh", "动手2：Sort（20分），两两合作", "两两合作"),
        ("ko", "해 보기 2: Sort (20분), 2인 1조", "2인 1조"),
    ],
)
def test_how_people_sit_stands_behind_the_minutes(language: str, heading: str, group: str) -> None:
    (exercise,) = session_in(language, f"## {heading}\n\nX?").exercises()
    title, time = exercise.heading.title.plain, exercise.heading.time
    assert (title, time and time.high, exercise.heading.group) == ("Sort", 20, group)


def test_headings_that_count_from_the_start_have_minutes() -> None:
    text = "## 0:00–0:20 A b\n\nX.\n\n## 0:20–0:50 Exercise 1 – C\n\nX?\n\n## 0:50–1:00 Break"
    session = session_in("en", text)
    (exercise,) = session.exercises()
    times = {
        h.title.plain: h.time and h.time.high
        for h in (exercise.heading, *(section.heading for section in session.sections))
    }
    assert (times["C"], times["A b"]) == (30, 20)
    marks = session_in("en", "## 0:00–0:32 A b\n\nX.\n\n## 0:32–2:15 C\n\nX.")
    assert all(s.heading.time is None for s in marks.sections)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Total: 2 h 15"),
        ("de", "Gesamtdauer: 2 h 15"),
        ("fr", "Durée totale : 2 h 15"),
        ("fr", "Temps prévu : 2 h 15"),
        ("es", "Duración total: 2 h 15"),
        ("pt", "Carga horária: 2 h 15"),
        ("it", "Durata complessiva: 2 h 15"),
        ("ru", "Общая продолжительность: 2 ч 15 мин"),
        ("uk", "Загальна тривалість: 2 год 15 хв"),
        ("ar", "المدة الكلية: ساعتان و15 دقيقة"),
        ("fa", "کل زمان: ۲ ساعت و ۱۵ دقیقه"),
        ("he", "משך כולל: 2 שעות ו-15 דקות"),
        ("hi", "कुल अवधि: 2 घंटे 15 मिनट"),
        ("ja", "全体：2時間15分"),
        ("zh", "总时长：2小时15分钟"),
        ("ko", "총 시간: 2시간 15분"),
    ],
)
def test_a_line_that_says_how_long_all_lasts_is_the_sessions_length(
    language: str, line: str
) -> None:
    for said in (f"**{line}**", line):
        session = read(f"---\nlanguage: {language}\n---\n# T\n\n{said}\n\n## A\n\nB.\n").session
        assert session and session.length and session.length.high == 135, said


@pytest.mark.parametrize("language", languages())
def test_an_ordinary_title_with_such_a_word_begins_none(language: str) -> None:
    titles = TITLES[language]["ordinary"]
    assert not [t for t in titles if session_in(language, f"## {t}\n\nX.").exercises()]


@pytest.mark.parametrize("language", languages())
def test_an_exercises_kind_alone_counts_nothing(language: str) -> None:
    """A number behind "group" or "practical" alone is no exercise's: that stands behind a word for one."""
    kinds = data_of(language)["exercise_kinds"]
    own = vocabulary_for(language).written("exercise_starts") | vocabulary_for(language).written(
        "counted_starts"
    )
    bare = [kind for kind in kinds if kind.lower() not in own]
    assert bare and not [
        k for k in bare if session_in(language, f"## {k} 2: A b\n\nX.").exercises()
    ]


@pytest.mark.parametrize("language", languages())
def test_a_case_with_a_number_or_minutes_is_an_exercise(language: str) -> None:
    """With both it is one; with one of them where it asks; with neither, or where it tells alone, it is none."""
    counted = "2" if any(cased in language for cased in ("ja", "zh")) else " 2"
    for said in TITLES[language]["cases"]:
        both, number, time = (
            f"{said}{counted}: A b (15 min)",
            f"{said}{counted}: A b",
            f"{said} (15 min)",
        )
        for title in (both, number, time):
            (found,) = session_in(language, f"## {title}\n\nX?").exercises()
            assert found.number == ("1" if title == time else "2")
            assert (found.time is None) == (title == number)
        assert len(session_in(language, f"## {both}\n\nX.").exercises()) == 1
        for title, body in ((number, "X."), (time, "X."), (f"{said}: A b", "X?")):
            assert not session_in(language, f"## {title}\n\n{body}").exercises()


def test_cases_below_an_exercise_are_its_parts() -> None:
    text = "## Exercise 1: Law (30 min)\n\nX.\n\n### Case 1: A\n\nX?\n\n### Case 2: B\n\nX?"
    (exercise,) = session_in("en", text).exercises()
    assert exercise.heading.title.plain == "Law"
    told = session_in("en", text.replace("Exercise 1: ", "The "))
    assert [e.heading.label for e in told.exercises()] == ["Case 1:", "Case 2:"]


def test_a_bold_line_with_a_case_its_number_and_minutes_is_an_exercise() -> None:
    (exercise,) = session_in("en", "**Case study 1: Law (25 min)**\n\nX.").exercises()
    assert exercise.number == "1" and exercise.time is not None
    assert not session_in("en", "**Case study: Law (25 min)**\n\nX?").exercises()


@pytest.mark.parametrize(
    "body",
    [
        "It is told.\n\n```python\nx = 1\n```",
        "1. The cost\n2. The noise",
        "### Causes\n\nThere are two.",
    ],
)
def test_a_problem_that_is_told_about_is_no_exercise(body: str) -> None:
    assert not session_in("en", f"## Problem 1: Who owns the data?\n\n{body}").exercises()
    assert session_in("en", f"## Problem 1: The data\n\n{body}\n\nName two reasons.").exercises()
