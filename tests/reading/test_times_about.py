"""Lengths that are about so long, in the words and the order of each language, and what looks like one."""

from __future__ import annotations

import pytest

from courseware.language.catalogue import Tongue
from courseware.reading.structure.times.heading_times import split_time
from courseware.reading.structure.times.time_phrases import in_all

ABOUT = [
    ("fr", "A (une bonne vingtaine de minutes)", 20),
    ("fr", "A (une dizaine de minutes)", 10),
    ("fr", "A – une quinzaine de minutes", 15),
    ("fr", "Pause d'une quinzaine de minutes", 15),
    ("it", "A (una ventina di minuti)", 20),
    ("it", "A (una decina di minuti)", 10),
    ("es", "A (una veintena de minutos)", 20),
    ("pt", "A (uma quinzena de minutos)", 15),
    ("pt", "A (uns vinte minutos)", 20),
    ("ru", "A (минут 20)", 20),
    ("ru", "A (минут десять)", 10),
    ("ru", "A (минут 15–20)", 20),
    ("uk", "A (хвилин 10)", 10),
    ("ru", "A (часа два)", 120),
    ("ru", "A (час 20 минут)", 80),
    ("ja", "Excelの使い方 20分", 20),
    ("ja", "グループA　10〜15分", 15),
    ("ja", "話合い（15分ほど）", 15),
    ("ja", "話合い（約15分）", 15),
    ("ja", "話合い（15分くらい）", 15),
    ("ja", "話合い（20分前後）", 20),
    ("ja", "話合い（30分以内）", 30),
    ("ja", "話合い（所要時間10分）", 10),
    ("zh", "PPT 15分钟", 15),
    ("zh", "讨论（大约10分钟）", 10),
    ("zh", "讨论（时间10分钟）", 10),
    ("zh", "讨论（一小时左右）", 60),
    ("ko", "토의 (약 10분 정도)", 10),
    ("ko", "토의 (10분 가량)", 10),
    ("ko", "토의 (10분 이내)", 10),
    ("hi", "क (10 मि.)", 10),
    ("hi", "क (करीब 15 मि.)", 15),
    ("hi", "क (10 मिनट के आसपास)", 10),
    ("en", "A (45m)", 45),
    ("en", "A (5m)", 5),
    ("en", "A (about 10 mins or so)", 10),
    ("en", "A (20 minutes approx.)", 20),
    ("en", "A (roughly an hour)", 60),
    ("he", "א (בערך 10 דקות)", 10),
    ("he", "א (15-10 דקות)", 15),
    ("he", "א (10-15 דקות)", 15),
    ("ar", "أ (15-10 دقيقة)", 15),
    ("ar", "أ (نحو 10 دقائق)", 10),
    ("fa", "الف (حدود ۱۰ دقیقه)", 10),
    ("fa", "الف (۱۵-۱۰ دقیقه)", 15),
    ("de", "A (ungefähr 20 Min.)", 20),
    ("de", "A (gut 20 Minuten)", 20),
    ("de", "A (Dauer 30 Min.)", 30),
    ("fr", "A (durée 30 min)", 30),
    ("fr", "A (20 minutes environ)", 20),
    ("it", "A (circa 20 minuti)", 20),
    ("it", "A (20 minuti circa)", 20),
    ("es", "A (alrededor de 20 minutos)", 20),
    ("es", "A (20 minutos aprox.)", 20),
    ("pt", "A (cerca de 20 minutos)", 20),
]

NONE = [
    ("en", "Run (400m)"),
    ("en", "Run (5 m)"),
    ("en", "Sprint (100m)"),
    ("en", "Bike 10m"),
    ("ja", "第1回 10分でわかる表計算"),
    ("zh", "测验 满分 100分"),
    ("zh", "得分 10分"),
    ("en", "A (15-10 minutes)"),
    ("zh", "10分钟左右的路程"),
    ("ja", "5分前行動"),
    ("ko", "하루 10분"),
    ("fr", "Une vingtaine de minutes par jour"),
    ("ru", "Минут славы"),
    ("en", "Time 2 change"),
]


@pytest.mark.parametrize(("language", "heading", "minutes"), ABOUT)
def test_a_heading_is_about_so_long(language: str, heading: str, minutes: int) -> None:
    _, end, time = split_time(heading, Tongue(language))
    assert time is not None and time.high == minutes
    assert not any(sign.isdigit() for sign in heading[:end])


@pytest.mark.parametrize(("language", "heading"), NONE)
def test_what_is_no_time(language: str, heading: str) -> None:
    assert split_time(heading, Tongue(language))[2] is None


def test_the_least_stands_last_in_text_from_the_right() -> None:
    for language, said in (("he", "15-10 דקות"), ("ar", "15-10 دقيقة"), ("fa", "۱۵–۱۰ دقیقه")):
        time = in_all(said, Tongue(language))
        assert time is not None and (time.low, time.high) == (10, 15)


def test_minutes_in_words_join_hours_in_words() -> None:
    for language, said in (("ar", "ساعتان وخمس دقائق"), ("he", "שעתיים וחמש דקות")):
        time = in_all(said, Tongue(language))
        assert time is not None and time.high == 125
