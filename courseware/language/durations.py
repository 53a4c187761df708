"""Hours, minutes and breaks as the languages write them: a time is read in any of them.

A break is one in any language: no language has such a word for something else that takes minutes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from courseware.language.catalogue import languages, line_of, words_of_all
from courseware.language.twins import HAN

_ENGLISH = re.compile(
    r"(?:(?:short|long|coffee|tea|snack|lunch|comfort|rest|stretch|\d+[ -]min(?:ute)?s?)[ -])?"
    r"(?:break|lunch)(?:[ :,–—-].*)?",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*(?:[:,(–—].*|-\s.*)$")
_LETTERS = re.compile(r"[^\W\d_]+")
HOURS = (
    "hours", "hour", "hrs", "hr", "heures", "heure", "horas", "hora", "stunden", "stunde", r"std\.?",
    "ore", "ora", "часов", "часа", "час", "ч", "ساعات", "ساعة", "ساعه", "שעות", "שעה", "घंटे", "घंटा", "घण्टे",
    "घण्टा", "h",
)  # fmt: skip
MINUTES = (
    "minutes", "minute", "minuten", "minutos", "minuto", "minuti", r"mins\.?", r"min\.?", "m", "минуты", "минута",
    "минут", r"мин\.?", "mn", "دقائق", "دقيقة", "دقيقه", "דקות", "דקה", "דק[׳']", "मिनट",
)  # fmt: skip
HOURS_EAST, MINUTES_EAST = ("時間", "小时", "小時", "시간"), ("分間", "分钟", "分鐘", "分", "분")
"""These have no space before or behind them."""
TO = r"(?:-|–|—|~|\bto\b|\bbis\b|\bà\b|\ba\b|\bto\b|до|من|إلى|עד|से|から|至|到)"
"""What stands between the least and the most: "20 bis 30 Minuten"."""


def pattern(east: tuple[str, ...], words: tuple[str, ...]) -> str:
    """Return the pattern of a unit: a word that ends as one, or one of the east."""
    return rf"(?:(?:{'|'.join(words)})(?![^\W\d_])|(?:{'|'.join(east)}))"


WORDED: dict[int, tuple[str, ...]] = {
    30: ("half an hour", "a half hour", "eine halbe stunde", "halbe stunde", "une demi-heure", "demi-heure", "media hora", "meia hora",
         "mezz'ora", "mezz’ora", "mezzora", "полчаса", "نصف ساعة", "חצי שעה", "आधा घंटा", "आधा घण्टा", "आधे घंटे", "半小时", "半小時",
         "半時間", "半个小时", "반시간", "반 시간"),
    45: ("three quarters of an hour", "three-quarters of an hour", "eine dreiviertelstunde", "dreiviertelstunde", "drei viertelstunden",
         "trois quarts d'heure", "trois quarts d’heure", "tres cuartos de hora", "três quartos de hora", "tre quarti d'ora",
         "tre quarti d’ora", "три четверти часа", "ثلاثة أرباع الساعة", "ثلاثة أرباع ساعة", "שלושת רבעי שעה", "שלושת רבעי השעה",
         "पौन घंटा", "पौने घंटे", "三刻钟"),
    15: ("a quarter of an hour", "quarter of an hour", "a quarter hour", "eine viertelstunde", "viertelstunde", "un quart d'heure",
         "un quart d’heure", "un cuarto de hora", "um quarto de hora", "un quarto d'ora", "un quarto d’ora", "четверть часа",
         "ربع ساعة", "רבע שעה", "पाव घंटा", "一刻钟", "一刻鐘"),
    90: ("an hour and a half", "one and a half hours", "one hour and a half", "anderthalb stunden", "eineinhalb stunden", "une heure et demie",
         "una hora y media", "hora y media", "uma hora e meia", "hora e meia", "un'ora e mezza", "un’ora e mezza", "un'ora e mezzo",
         "полтора часа", "1時間半", "一時間半", "一个半小时", "一個半小時", "1시간 반", "한 시간 반", "ساعة ونصف", "ساعة و نصف", "שעה וחצי",
         "डेढ़ घंटा", "डेढ़ घंटे"),
    75: ("an hour and a quarter", "one and a quarter hours", "eineinviertel stunden", "une heure et quart", "una hora y cuarto",
         "uma hora e um quarto", "un'ora e un quarto", "un’ora e un quarto", "une heure un quart", "fünf viertelstunden",
         "час с четвертью", "ساعة وربع", "שעה ורבע", "सवा घंटा", "सवा घंटे", "一小时一刻钟", "一個小時一刻鐘"),
    60: ("an hour", "one hour", "eine stunde", "1 stunde", "une heure", "una hora", "uma hora", "un'ora", "un’ora", "ساعة واحدة",
         "ساعة", "ساعه", "שעה", "одного часа", "один час", "一小时", "一個小時", "一个小时", "一時間", "한 시간", "एक घंटा", "एक घंटे"),
    120: ("two hours", "zwei stunden", "deux heures", "dos horas", "duas horas", "due ore", "два часа", "ساعتان", "ساعتين", "שעתיים",
          "两小时", "兩小時", "两个小时", "二時間", "두 시간", "दो घंटे"),
    150: ("two and a half hours", "two hours and a half", "zweieinhalb stunden", "deux heures et demie", "dos horas y media", "duas horas e meia",
          "due ore e mezza", "два с половиной часа", "2時間半", "二時間半", "两个半小时", "2시간 반", "두 시간 반", "ساعتان ونصف", "שעתיים וחצי",
          "ढाई घंटे", "ढाई घंटा"),
}  # fmt: skip
"""Minutes that languages have words for, without a digit or with one before a half."""
TENS: dict[int, tuple[str, ...]] = {
    15: ("fifteen", "fünfzehn", "quinze", "quince", "quindici", "пятнадцать", "خمس عشرة", "חמש עשרה", "חמש-עשרה", "पंद्रह", "पन्द्रह",
         "십오"),
    20: ("twenty", "zwanzig", "vingt", "veinte", "vinte", "venti", "двадцать", "عشرون", "عشرين", "עשרים", "बीस", "이십"),
    25: ("twenty-five", "fünfundzwanzig", "vingt-cinq", "veinticinco", "vinte e cinco", "venticinque", "двадцать пять", "خمس وعشرون",
         "עשרים וחמש", "पच्चीस", "이십오"),
    30: ("thirty", "dreißig", "dreissig", "trente", "treinta", "trinta", "trenta", "тридцать", "ثلاثون", "ثلاثين", "שלושים", "तीस", "삼십"),
    35: ("thirty-five", "fünfunddreißig", "trente-cinq", "treinta y cinco", "trinta e cinco", "trentacinque", "тридцать пять"),
    40: ("forty", "vierzig", "quarante", "cuarenta", "quarenta", "quaranta", "сорок", "أربعون", "أربعين", "ארבעים", "चालीस", "사십"),
    45: ("forty-five", "fünfundvierzig", "quarante-cinq", "cuarenta y cinco", "quarenta e cinco", "quarantacinque", "сорок пять",
         "خمس وأربعون", "ארבעים וחמש", "पैंतालीस", "사십오"),
    50: ("fifty", "fünfzig", "cinquante", "cincuenta", "cinquenta", "cinquanta", "пятьдесят", "خمسون", "خمسين", "חמישים", "पचास", "오십"),
    60: ("sixty", "sechzig", "soixante", "sesenta", "sessenta", "sessanta", "шестьдесят", "ستون", "ستين", "שישים", "साठ", "육십"),
    75: ("seventy-five", "fünfundsiebzig", "soixante-quinze", "setenta y cinco", "setenta e cinco", "settantacinque"),
    90: ("ninety", "neunzig", "quatre-vingt-dix", "noventa", "novanta", "девяносто", "تسعون", "تسعين", "תשעים", "नब्बे", "구십"),
}  # fmt: skip
"""Numbers above twelve in words, those that minutes are counted in; those below are in the languages' files."""
AND = r"(?:and|und|et|y|e|и|و|ו|ו-)?"
LENGTHS = ("how long", "wie lange", "combien de temps", "cuánto dura", "duration", "length", "min", "dauer", "durée", "duración", "duração", "durata", "длительность", "所要", "时长", "時間", "소요", "المدة", "משך", "अवधि")  # fmt: skip
"""In a column's head: its cells are how long each part lasts."""
OFFSETS = ("start", "time", "begin", "beginn", "zeit", "début", "heure", "inicio", "hora", "início", "inizio", "ora", "начало", "время", "開始", "时间", "시작", "البداية", "الوقت", "התחלה", "שעה", "प्रारंभ", "समय")  # fmt: skip
"""In a column's head: its cells are clock times, or, where they rise, how much time has gone by."""
AT_START = frozenset({"start", "begin", "beginn", "début", "inicio", "início", "inizio", "начало", "開始", "开始", "시작", "البداية", "התחלה", "प्रारंभ"})  # fmt: skip
"""In a cell of such a column: the beginning."""


@cache
def number_words() -> dict[str, int]:
    """Return the numbers that languages write as words, once for each gender: "ten" is 10."""
    found = {word: n for n, words in TENS.items() for word in words}
    for language in languages():
        if language != "ko":  # its minutes are counted in others
            found |= {
                word.lower(): n % 12 + 1 for n, word in enumerate(line_of(language, "numbers"))
            }
    tens = ("", "", *"二三四五六七八九")
    found |= {
        f"{tens[n]}十{one}": 10 * n + m
        for n in range(2, 10)
        for m, one in enumerate(("", *HAN[:9]))
    }
    return (
        found | {f"十{one}": 10 + m for m, one in enumerate(("", *HAN[:9]))} | {"오": 5, "십": 10}
    )


def is_break(title: str) -> bool:
    """Whether a title is that of a break: "Coffee break", "Kaffeepause", "休憩"."""
    if _ENGLISH.fullmatch(title):
        return True
    bare = _BEHIND.sub("", unicodedata.normalize("NFKC", title)).casefold().strip(" .!")
    whole, endings = _words()
    one = _LETTERS.fullmatch(bare) is not None
    return (
        bare in whole
        or _without_article(bare) in whole
        or (one and bare.endswith(endings))
        or _is_of_break_words(bare.split())
    )


def _is_of_break_words(words: list[str]) -> bool:
    """Whether a break's word stands with words that breaks are named by: "Pausa para el almuerzo"."""
    whole, _ = _words()
    known = {_without_article(word) for phrase in whole for word in phrase.split()}
    said = [_without_article(word) for word in words]
    return len(said) > 1 and bool(whole.intersection(said)) and known.issuperset(said)


def _without_article(word: str) -> str:
    """Return an Arabic word without its article."""
    return word.removeprefix("ال")


@cache
def _words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words for breaks, and the endings of words for them ("*spause")."""
    said = [unicodedata.normalize("NFKC", word).casefold() for word in words_of_all("breaks")]
    return (
        frozenset(word for word in said if not word.startswith("*")),
        tuple(word[1:] for word in said if word.startswith("*")),
    )
