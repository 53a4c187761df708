"""Times as authors write them in headings and agendas, and what looks like one and is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.language.catalogue import Tongue, data_of, languages
from courseware.model.blocks import Item, Row, Time
from courseware.model.times.timing import run_sheet
from courseware.reading.structure.times.agendas import column_times, list_times
from courseware.reading.structure.times.clocks import clock_range
from courseware.reading.structure.times.heading_times import looks_timed, split_time
from tests.support import session_of, yaml_of

HEADINGS = {
    "Pour (30 min)": ("Pour", 30),
    "Pour *(1hr)*": ("Pour", 60),
    "Pour (15')": ("Pour", 15),
    "Pour (15′)": ("Pour", 15),
    "Pour (1½ hours)": ("Pour", 90),
    "Pour (1/2 hour)": ("Pour", 30),
    "Pour (1 1/2 hours)": ("Pour", 90),
    "Pour (2.5 min)": ("Pour", 2),
    "Pour (15 min, in pairs)": ("Pour", 15),
    "Pour (in pairs, 15 min)": ("Pour", 15),
    "Pour (pairs · 15 min)": ("Pour", 15),
    "Pour (20 min total)": ("Pour", 20),
    "Pour – 15 min": ("Pour", 15),
    "Pour - 1 h 15": ("Pour", 75),
    "Pour: 20 minutes": ("Pour", 20),
    "Pour | 20–30 min": ("Pour", 30),
    "Part 2: Pour — 45 minutes": ("Part 2: Pour", 45),
    "(15 min) Pour": ("Pour", 15),
    "(2 hours) – Morning": ("Morning", 120),
    "15 min – Pour": ("Pour", 15),
    "Pour [15 min]": ("Pour", 15),
    "[15 min] Pour": ("Pour", 15),
    "Pour (10 mins.)": ("Pour", 10),
    "Pour (10+ min)": ("Pour", 10),
    "Pour (up to 20 min)": ("Pour", 20),
    "Pour, 20 min": ("Pour", 20),
    "Pour / 20 min": ("Pour", 20),
    "Pour (5 + 10 min)": ("Pour", 15),
    "Pour (10 min + 5 min)": ("Pour", 15),
    "Pour (2 x 10 min)": ("Pour", 20),
    "Pour [Duration: 10 min]": ("Pour", 10),
    "Pour (20 min) ⭐": ("Pour", 20),
    "Pour (⏱ 20 minutes)": ("Pour", 20),
    "Pour (🕐 20 min)": ("Pour", 20),
    "Pour (⏱ 20 minutes, groups of 4)": ("Pour", 20),
    "Pour (20 min) — pairs": ("Pour (20 min) — pairs", 20),
    "Pour (20 min) *optional*": ("Pour (20 min) *optional", 20),
    "Pour (09:00–09:20)": ("Pour", 20),
    "09:00–09:20 Pour": ("Pour", 20),
    "9h00 – 9h30 : Pour": ("Pour", 30),
    "1:00-1:20 pm: Pour": ("Pour", 20),
    "C++ (20 min)": ("C++", 20),
    "注ぐ（30分）": ("注ぐ", 30),
    "Gießen (30 Minuten)": ("Gießen", 30),
}
TITLES = [
    "Scene 1 (0:00–0:30)", "Python 3.10–3.12", "Rule 3, 5", "Room 3 / 20", "The 9:00–5:00 job",
    "Run (400 m)", "Walk (5 m)", "Python (3.10 min)", "Ratio (16:9)", "Meet (1:1)", "Score: 7/10",
    "12:00 noon deadline", "Total: [60 hrs]", "Alerts (1 hour SLA)", "Interviews (1hr each)",
    "Map (30 minutes per flow)", "Version (2.15 h)", "The 5 minute rule", "A day in 24 hours of work",
    "The (20 min) rule", "Pour (20 min) — each", "Pour (20 min) – per pot", "Plan (2-4 weeks)", "Read [15 min read]", "Apollo 11: landing", "(a) Pour", "Chapter 3: Ten minutes",
]  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings_state_times(heading: str) -> None:
    start, end, time = split_time(heading, Tongue("en"))
    assert time is not None
    assert (heading[start:end].strip(" *"), time.high) == HEADINGS[heading]


@pytest.mark.parametrize("heading", TITLES)
def test_titles_state_none(heading: str) -> None:
    assert split_time(heading, Tongue("en")) == (0, len(heading), None)


@given(st.text(max_size=30), st.integers(1, 600))
@pytest.mark.slow
def test_a_time_in_brackets_is_taken_off_any_title(title: str, minutes: int) -> None:
    if any(sign in title for sign in "()[]（）［］【】*_") or title.rstrip().endswith((":", "：")):
        return
    start, end, time = split_time(f"{title} ({minutes} min)", Tongue("en"))
    assert time is not None and time.low == time.high == minutes
    assert f"{title} ({minutes} min)"[start:end] == title.rstrip()


RANGES = {
    "9:00-9:30 Hello": 30, "9:00–10:15": 75, "9.00 – 9.45": 45, "09h00 à 09h30": 30, "9h–9h45": 45,
    "12.00–1.00 Lunch": 60, "11:30 am - 1:00 pm": 90, "9–10 AM": 60, "9:30-10am": 30, "14:00 → 15:30": 90,
    "9:00 to 9:20": 20, "9:00 bis 9:20 Uhr": 20, "0:10-0:20": 10, "(9:00-9:30)": 30, "11pm - 1am": 120,
}  # fmt: skip


@pytest.mark.parametrize("text", RANGES)
def test_ranges_of_clock_times(text: str) -> None:
    time = clock_range(text, Tongue("en"))
    assert time is not None and time.low == RANGES[text]


@pytest.mark.parametrize(
    "text", ["1-2 people", "16:9", "3–5", "2020-2024", "1:1 talk", "9:00", "25:10-26:00"]
)
def test_what_is_no_range(text: str) -> None:
    assert clock_range(text, Tongue("en")) is None


def minutes(times: list[Time | None]) -> list[int | None]:
    return [time.low if time else None for time in times]


LISTS = [
    (["9:00 Hello", "9:20 Work", "10:45 End"], [20, 85, None]),
    (["00:00 Check-in", "00:05 Round", "00:65 Reflection", "00:75 End"], [5, 60, 10, None]),
    (["11:30 Work", "12:30 Lunch", "1:15 Work", "3:00 Close"], [60, 45, 105, None]),
    (["9.30 Hello", "10.00 Work", "11.00 Ende"], [30, 60, None]),
    (["5 minutes: Hello", "10 minutes: Names"], [5, 10]),
    (["20–30 min Lesson", "Questions", "15 minute break"], [20, None, 15]),
    (["1 h – Lab", "30 min | Debrief"], [60, 30]),
    (["9:00-9:30 Hello", "9:30-10:30 Work"], [30, 60]),
    (["Hello", "3 ideas each", "10 minutes each: round"], [None, None, None]),
    (["1:1 with your mentor", "16:9 pictures"], [None, None]),
]


@pytest.mark.parametrize(("texts", "expected"), LISTS)
def test_lists_of_an_agenda(texts: list[str], expected: list[int | None]) -> None:
    assert minutes(list_times(texts, Tongue("en"))) == expected


COLUMNS = [
    ("Time", ["Start", "5 mins", "15 mins", "35 mins", "1hr 0 mins"], [5, 10, 20, 25, None]),
    ("Start", ["0:00", "0:10", "0:25", "0:40"], [10, 15, 15, None]),
    ("Duration", ["10 mins", "20 mins", "30 mins"], [10, 20, 30]),
    ("Length (min)", ["10", "20", "5"], [10, 20, 5]),
    ("Minutes", ["10", "20", ""], [10, 20, None]),
    ("Time", ["10 min", "20 min", "5 min"], [10, 20, 5]),
    ("When", ["9:00–9:30", "9:30–10:00", ""], [30, 30, None]),
    ("Time", ["9:00", "9:15", "10:00"], [15, 45, None]),
    ("Points", ["10", "20", "30"], [None, None, None]),
    ("Dauer", ["10 Min.", "½ Stunde"], [10, 30]),
]


@pytest.mark.parametrize(("head", "cells", "expected"), COLUMNS)
def test_columns_of_an_agenda(head: str, cells: list[str], expected: list[int | None]) -> None:
    assert minutes(column_times(head, cells, Tongue("en"))) == expected


@given(st.lists(st.integers(1, 90), min_size=2, max_size=8), st.integers(7 * 60, 13 * 60))
def test_starts_last_to_the_next_whatever_the_clock(lengths: list[int], start: int) -> None:
    clocks = [start + sum(lengths[:n]) for n in range(len(lengths) + 1)]
    for hours in (24, 12):
        texts = [f"{(c // 60 - 1) % hours + 1}:{c % 60:02} x" for c in clocks]
        assert minutes(list_times(texts, Tongue("en"))) == [*lengths, None]


def test_what_looks_timed() -> None:
    assert looks_timed("Map (30 minutes per flow)", Tongue("en")) and looks_timed(
        "10 min each", Tongue("en")
    )
    assert not looks_timed("Run (400 m)", Tongue("en")) and not looks_timed(
        "Session 5", Tongue("en")
    )


@pytest.mark.parametrize(
    ("agenda", "minutes"),
    [
        ("| Time | What |\n|---|---|\n| 9:00 | Start |\n| 9:20 | Pour |\n| 10:00 | End |", 60),
        ("| When | What |\n|---|---|\n| 09.00 – 09.20 | Start |\n| 09.20 – 10.00 | Pour |", 60),
        ("- 9:00am - 9:20am: Start\n- 9:20am - 10:00am: Pour", 60),
        ("- Start (20 min)\n- Pour (40 min)", 60),
        ("0:00-0:20 Start  **here**\n0:20-1:00   Pour", 60),
        ("- Start – 20 min\n- Pour – 40 min", 60),
        ("- Start: 20 minutes\n- Pour: 40 minutes", 60),
        ("1. Start, 20 min\n2. Pour, 40 min", 60),
        ("- [20 min] Start\n- [40 min] Pour", 60),
        ("- 0-20: Start\n- 20-60: Pour", 60),
        ("- 0–20 min: Start\n- 20–60 min: Pour", 60),
        (
            "| What | Duration |\n|---|---|\n| Start | 20 min |\n| Pour | 40 min |\n| **Total** | **60 min** |",
            60,
        ),
        ("| What | Time (min) |\n|---|---|\n| Start | 20 |\n| Pour | 40 |\n| Total | 60 |", 60),
        ("| Minutes | What |\n|---|---|\n| 0–20 | Start |\n| 20–60 | Pour |", 60),
        ("- 20' Start\n- 40' Pour", 60),
        ("- 9 am Start\n- 10 am End", 60),
        ("- Read chapter 3-5\n- Pour 2", 0),
        ("- Discuss the rule of 5 minutes\n- Pour", 0),
        ("1. 3-12-3: a warm-up\n2. Pour", 0),
    ],
)
def test_an_agenda_takes_as_long_as_it_says(agenda: str, minutes: int) -> None:
    """In every usual form; a line that adds the others up counts nothing of its own."""
    nodes = session_of(f"# T\n\n## Agenda\n\n{agenda}\n").nodes()
    times = [n.time for n in nodes if isinstance(n, Item | Row) and n.time is not None]
    assert sum(time.high for time in times) == minutes


LANGUAGES = ("en", "de", "fr", "es")
"""Those that the table has: a row is in one of them, and is no other time in another."""
TABLE: dict[str, Any] = yaml_of(Path(__file__).with_name("times.yml").read_text("utf-8"))
AGENDAS = [
    ("\n".join(f"- {item}" for item in items), lengths) for items, lengths in TABLE["agendas"]
]


@pytest.mark.parametrize("heading", TABLE["headings"])
def test_a_heading_states_its_minutes(heading: str) -> None:
    found = {split_time(heading, Tongue(language))[2] for language in LANGUAGES} - {None}
    wanted = TABLE["headings"][heading]
    assert [time.high for time in found if time] == ([wanted] if wanted else [])


@pytest.mark.parametrize(("agenda", "lengths"), AGENDAS + TABLE["paragraphs"])
def test_an_agenda_has_the_parts_and_minutes_that_it_states(
    agenda: str, lengths: list[int | None]
) -> None:
    body = f"# S\n\n## Agenda\n\n{agenda}\n\n## Other\n\nWords.\n"
    planned = []
    for language in LANGUAGES:
        session = session_of(f"---\nlanguage: {language}\n---\n{body}")
        planned.append([one.minutes for one in run_sheet(session).timed() if one.stated])
    assert [length for length in lengths if length] in planned


@pytest.mark.parametrize(
    "words",
    [
        "Walk for ten minutes, then rest",
        "We meet 9:00–9:20 or later",
        "Half an hour of quiet, each day",
        "Eine halbe Stunde am Tag",
        "9:00–9:20",
    ],
)
def test_a_time_that_is_not_used_is_told(words: str) -> None:
    assert looks_timed(words, Tongue("de"))


@pytest.mark.parametrize(
    ("agenda", "minutes"),
    [
        ("### Meet (15 min)\n\n### Pour (1 hr)\n\nWords.", [15, 60]),
        ("### Morning (2 hours)\n\n- Pour (20 min)\n- Dry (10 min)\n\n### Noon (1 hr)", [120, 60]),
        ("### Morning\n\n- 9:00–9:20 Meet\n- 9:20–10:00 Pour\n\n### Noon\n\n- Eat (30 min)", [20, 40, 30]),
        ("### Meet (5 min)\n\n#### Pour (40 min)\n\n#### Dry (30 min)", [5, 40, 30]),
    ],
)  # fmt: skip
def test_headings_of_an_agenda_are_its_parts(agenda: str, minutes: list[int]) -> None:
    session = session_of(f"# T\n\n## Schedule\n\n{agenda}\n")
    assert [s.minutes for s in run_sheet(session).timed()] == minutes


def test_a_length_of_each_of_several_is_none_of_the_session() -> None:
    assert session_of("# T\n\n**Estimated time:** 3 minutes for each sketch\n\nA.\n").length is None


@pytest.mark.parametrize(
    ("heading", "title", "minutes"),
    [
        ("Bread (60 minutes)", "Bread", 60),
        ("Session 3: Salt (45 min)", "Salt", 45),
        ("Session 2: Water – 45 min", "Water", 45),
        ("Session 4: 45 min", "45 min", 45),
        ("Session 5: Ten minutes that count", "Ten minutes that count", None),
    ],
)
def test_a_sessions_title_is_told_from_its_length(
    heading: str, title: str, minutes: int | None
) -> None:
    session = session_of(f"# {heading}\n\n## Flour\n\nFlour is milled grain.\n")
    assert session.title.plain == title
    assert (session.length.high if session.length else None) == minutes


LENGTHS = {
    "- **Level:** easy\n- **Duration:** 75 minutes": 75,
    "## Overview\n\n- Level: easy\n- Duration: 75 minutes": 75,
    "> **Duration:** 75 minutes": 75,
    "| Duration | Level |\n|---|---|\n| 75 minutes | easy |": 75,
    "| Duration | 75 minutes |\n|---|---|\n| Level | easy |": 75,
    "⏱️ 75 minutes | 👥 groups of 4": 75,
    "We bake.\n\nDuration: 75 minutes": 75,
    "_75 minutes_": 75,
    "- Rest it for 75 minutes\n- Bake: 20 minutes": None,
    "75 minutes later it was done.": None,
    "- Duration of the journey: 75 minutes": None,
    "| Step | Time |\n|---|---|\n| Rest | 75 minutes |\n| Bake | 20 minutes |": None,
    "| Step | Time |\n|---|---|\n| Rest | 75 minutes |": None,
}


@pytest.mark.parametrize("text", LENGTHS)
def test_the_length_of_a_session_below_its_title(text: str) -> None:
    found = session_of(f"# Session 3: Dough\n\n{text}\n\n## Mix\n\nMix it.\n").length
    assert (found.high if found else None) == LENGTHS[text]


def test_a_length_below_the_title_is_no_time_of_its_paragraph() -> None:
    session = session_of("# Session 3: Dough\n\n_75 minutes_\n\n## Mix\n\nMix it.\n")
    assert session.sections[0].heading.time is None


@pytest.mark.parametrize(
    ("value", "minutes"), [("1H", 60), ("1H30M", 90), ("45M", 45), ("soon", None)]
)
def test_galaxys_estimate(value: str, minutes: int | None) -> None:
    found = session_of(f"---\ntime_estimation: {value}\n---\n# Dough\n\nMix it.\n").length
    assert (found.high if found else None) == minutes


KINDS = {
    "Plan\n\n- 9:00–9:30 Welcome\n- 9:30–10:00 Work": "agenda",
    "Today\n\n- 9:00 Welcome\n- 9:30 Work": "agenda",
    "Our way\n\n- 9:00–9:30 Welcome\n- 9:30–10:00 Work": "agenda",
    "Day\n\n| When | What |\n|---|---|\n| 9:00–9:30 | A |\n| 9:30–10:00 | B |": "agenda",
    "Plan\n\nWe plan.": "concept",
    "Opening hours\n\n- 9:00–12:00 Shop\n- 14:00–18:00 Shop": "concept",
    "Film\n\n- 0:00–0:30 Intro\n- 0:30–1:00 End": "concept",
}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("**Agenda:**\n\n- 9:00–9:30 Mix\n- 9:30–10:00 Knead", ["agenda"]),
        (
            "We bake.\n\n| When | What |\n|---|---|\n| 9:00–9:30 | A |\n| 9:30–10:00 | B |",
            ["introduction", "agenda"],
        ),
        ("- 9:00–9:30 Mix\n- 9:30–10:00 Knead\n\nCome early.", ["introduction"]),
        ("- 9:00–12:00 Shop\n- 14:00–18:00 Shop", ["introduction"]),
    ],
)
def test_an_agenda_right_below_the_title(text: str, kinds: list[str]) -> None:
    sections = session_of(f"# Session 3: Dough\n\n{text}\n\n## Mix\n\nMix it.\n").sections
    assert [section.kind for section in sections[:-1]] == kinds


@pytest.mark.parametrize("text", KINDS)
def test_an_agenda_by_its_times(text: str) -> None:
    assert session_of(f"# Session 3: Dough\n\n## {text}\n").sections[0].kind == KINDS[text]


@pytest.mark.parametrize(
    ("language", "heading", "title", "minutes"),
    [
        ("it", "A (dalle 9.15 alle 10)", "A", 45),
        ("pt", "A (das 9h15 às 10h)", "A", 45),
        ("pt", "A (das 9h15 até às 10h)", "A", 45),
        ("ja", "一覧（9時15分〜10時）", "一覧", 45),
        ("ja", "一覧（9時半から10時まで）", "一覧", 30),
        ("zh", "清单（9点15分到10点）", "清单", 45),
        ("ko", "목록 (9시 15분부터 10시까지)", "목록", 45),
        ("ar", "القائمة (من ٩:١٥ إلى ١٠:٠٠)", "القائمة", 45),
        ("fa", "فهرست (از ساعت ۹:۱۵ تا ۱۰:۰۰)", "فهرست", 45),
        ("he", "רשימה (מ־9:15 עד 10:00)", "רשימה", 45),
        ("uk", "Список (з 9:15 до 10:00)", "Список", 45),
        ("de", "Pause 10 Minuten", "Pause", 10),
        ("en", "Lunch half an hour", "Lunch", 30),
        ("en", "Practice (two and a half hours)", "Practice", 150),
        ("de", "Praxis (zweieinhalb Stunden)", "Praxis", 150),
        ("de", "Praxis (2 und eine halbe Stunde)", "Praxis", 150),
        ("ru", "Практика (две с половиной часа)", "Практика", 150),
        ("uk", "Практика (2 з половиною години)", "Практика", 150),
        ("zh", "练习（两个半小时）", "练习", 150),
        ("fa", "تمرین (۲ و نیم ساعت)", "تمرین", 150),
        ("ja", "演習（2時間半）", "演習", 150),
        ("pt", "Prática (duas horas e meia)", "Prática", 150),
        ("en", "10 minutes' break", "break", 10),
        ("en", "Stretch your legs – 5 minutes break", "Stretch your legs", 5),
        ("fr", "10 minutes de pause", "pause", 10),
        ("fr", "Repas : 30'", "Repas", 30),
        ("es", "Descanso de 10 minutos", "Descanso", 10),
        ("pt", "Intervalo de dez minutos", "Intervalo", 10),
        ("it", "Intervallo di 10 minuti", "Intervallo", 10),
        ("ru", "Перемена 10 минут", "Перемена", 10),
        ("uk", "Перерва 10 хвилин", "Перерва", 10),
        ("ja", "小休止　10分", "小休止", 10),
        ("ja", "10分間の休憩", "休憩", 10),
        ("ja", "昼食：30分", "昼食", 30),
        ("ja", "見積もり 20〜25分", "見積もり", 25),
        ("zh", "课间休息10分钟", "课间休息", 10),
        ("zh", "估算——20到25分钟", "估算", 25),
        ("ko", "쉬는 시간 10분", "쉬는 시간", 10),
        ("ar", "استراحة عشر دقائق", "استراحة", 10),
        ("fa", "استراحت ده دقیقه", "استراحت", 10),
        ("he", "הפסקה של עשר דקות", "הפסקה", 10),
        ("hi", "दस मिनट का विराम", "विराम", 10),
    ],
)
def test_a_heading_in_any_language_states_its_minutes(
    language: str, heading: str, title: str, minutes: int
) -> None:
    start, end, time = split_time(heading, Tongue(language))
    assert time is not None and (heading[start:end], time.high) == (title, minutes)


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("ja", "一覧（3時間〜4時間）"),
        ("ja", "5点〜10点"),
        ("zh", "十分重要的休息"),
        ("en", "Break the 10 minutes barrier"),
        ("en", "Learn it in 10 minutes"),
        ("de", "Abnehmen in 10 Minuten"),
        ("es", "Inglés en 10 minutos"),
        ("ko", "하루 10분"),
        ("ja", "比率は3：30"),
    ],
)
def test_what_is_no_time_of_a_heading(language: str, heading: str) -> None:
    assert split_time(heading, Tongue(language)) == (0, len(heading), None)


@pytest.mark.parametrize(
    ("language", "heading", "line"),
    [
        ("ja", "演習1", "時間：三十分"),
        ("zh", "练习1", "时间：半小时"),
        ("ko", "연습 1", "시간: 삼십 분"),
    ],
)
def test_a_line_behind_a_wide_colon_states_a_time(language: str, heading: str, line: str) -> None:
    text = f"---\nlanguage: {language}\n---\n# T\n\n## {heading}\n\n{line}\n\nX?\n"
    (exercise,) = session_of(text).exercises()
    assert exercise.time is not None and exercise.time.high == 30


WORDED = {"de": "von {} bis {} Uhr", "en": "from {} to {}", "fr": "de {} à {}", "es": "de {} a {}", "pt": "das {} às {}", "it": "dalle {} alle {}",
          "ru": "с {} до {}", "uk": "з {} до {}", "ja": "{}から{}まで", "zh": "从{}到{}", "ko": "{}부터 {}까지",
          "ar": "من الساعة {} إلى الساعة {}", "fa": "از {} تا {}", "he": "מ־{} עד {}", "hi": "{} से {} तक"}  # fmt: skip


@given(
    st.sampled_from(sorted(WORDED)),
    st.integers(7 * 12, 18 * 12).map(lambda steps: steps * 5),
    st.integers(1, 36).map(lambda steps: steps * 5),
)
def test_a_range_of_clock_times_in_any_languages_words(
    language: str, start: int, length: int
) -> None:
    said = [f"{clock // 60}:{clock % 60:02}" for clock in (start, start + length)]
    heading = f"A ({WORDED[language].format(*said)})"
    _, end, time = split_time(heading, Tongue(language))
    assert time is not None and (heading[:end], time.high) == ("A", length)


@pytest.mark.parametrize(
    ("language", "title", "minutes"),
    [("fr", "On souffle 10 minutes : pause", 10), ("de", "Durchatmen 10 Minuten: Pause", 10),
     ("en", "We stretch for 5 minutes: break", 5), ("en", "Run 5 minutes: loops", 0), ("en", "Loops: break", 0)],
)  # fmt: skip
def test_a_breaks_name_behind_its_minutes(language: str, title: str, minutes: int) -> None:
    time = split_time(title, Tongue(language))[2]
    assert (time.low if time else 0) == minutes


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("behind", ["25 min", "20–25 min", "25 min, 3 × A", "25 min (A)", "25 min."])  # fmt: skip
def test_a_line_below_a_heading_may_state_its_time_alone(language: str, behind: str) -> None:
    for label in data_of(language)["times"]:
        source = f"---\nlanguage: {language}\n---\n# Bread\n\n## Pour\n\n{label}: {behind}\n\nWater and flour.\n"
        segments = run_sheet(session_of(source)).segments
        assert [(s.title, s.minutes) for s in segments] == [("Pour", 25)], label


@pytest.mark.parametrize("sign", ["⏱", "⏱️", "⏲", "🕐", "⏳"])
@pytest.mark.parametrize("behind", ["25 min", "20–25 min", "25 min · pairs", "25 min, at your table"])  # fmt: skip
@pytest.mark.parametrize("title", ["Pour", "Exercise 1: Pour"])
def test_a_clock_below_a_heading_states_its_time(sign: str, behind: str, title: str) -> None:
    session = session_of(f"# Bread\n\n## {title}\n\n{sign} {behind}\n\nMix water and flour.\n")
    assert [s.minutes for s in run_sheet(session).segments if s.minutes] == [25]


@pytest.mark.parametrize("line", [
    "Time: 25 min is what most bakers give it, though some say that it is never enough for a good crumb.",
    "Time: 5 min each", "Water: 25 min", "25 min", "Time is money: 25 min", "🍞 25 min",
])  # fmt: skip
def test_a_line_that_says_more_states_no_time(line: str) -> None:
    session = session_of(f"# Bread\n\n## Pour\n\n{line}\n\nWater and flour.\n")
    assert session.sections[0].heading.time is None


ROWS = {
    "a table": "| A | B | C |\n|---|---|---|\n| 10 min | Pour | x |\n| 25 min | Knead well | y |\n| 15 min | z | Look back |",
    "a table whose times are last": "| B | C |\n|---|---|\n| Pour | 10 min |\n| Knead well | 25 min |\n| Look back | 15 min |",
    "a list": "- 10 min – Pour\n- 25 min – Knead well\n- 15 min – Look back",
    "a list whose times are last": "- Pour (10 min)\n- Knead well (25 min)\n- Look back (15 min)",
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("heading", ["How it goes", "教学过程", "Roteiro", "खाका", "Wie wir vorgehen"])  # fmt: skip
def test_times_of_the_session_s_parts_are_its_agenda_whatever_they_are_called(
    rows: str, heading: str
) -> None:
    parts = "\n\n".join(f"## {title}\n\nWater." for title in ("Pour", "Knead well", "Look back"))
    sheet = run_sheet(session_of(f"# Bread\n\n## {heading}\n\n{rows}\n\n{parts}\n"))
    assert [(s.title, s.minutes) for s in sheet.segments if s.minutes] == [
        ("Pour", 10), ("Knead well", 25), ("Look back", 15)]  # fmt: skip


def test_times_of_other_things_are_no_agenda() -> None:
    source = "# Bread\n\n## Loaves\n\n| Loaf | Rest |\n|---|---|\n| Rye | 10 min |\n| Pour | 25 min |\n| Oat | 15 min |\n\n## Pour\n\nWater.\n"
    assert [s.kind for s in session_of(source).sections] == ["concept", "concept"]
