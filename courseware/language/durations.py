"""Hours, minutes and breaks as the languages write them.

Units of time are read in any language; numbers and lengths in words, and breaks, are those of English and of
the text's own language: of no other is the file read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from courseware.language.catalogue import base, line_of, read_by, words_read
from courseware.language.twins import HAN, normal

_ENGLISH = re.compile(
    r"(?:(?:short|long|coffee|tea|snack|lunch|comfort|rest|stretch|(?:\d+|five|ten|fifteen|twenty|thirty)[ -]min(?:ute)?s?)[ -])?"
    r"(?:break(?:\s*[:,(–—].*| (?:- |(?:for|at|until|till|to|from|before|after|in|on|\d+)\b).*)?|lunch(?:[ :,–—-].*)?)",
    re.IGNORECASE,
)
_DONE = re.compile(r"(?:break|lunch) (?!break\b)", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:[:,(–—].*|-\s.*|\s\d{1,2})$")
_DOCTORS = ("nopause", "dropause")
"""Ends of words for what is no rest: "Menopause", "Andropause"."""
_SMALL = re.compile(r"(\w{3,}?)(?:ec|[cz]|(?<=[^aeiou]))(?:it|ill|ic|inh|in|ett)[oa]")
"""A word made small, without its accents: "descansito", "cafezinho", "pausetta"."""
_LETTERS = re.compile(r"[^\W_]+")
HOURS = (
    "hours", "hour", "hrs", "hr", "heures", "heure", "horas", "hora", "stunden", "stunde", r"std\.?",
    "ore", "ora", "часов", "часа", "час", "ч", "години", "година", "годину", "годин", r"год\.?", "ساعات", "ساعة", "ساعه", r"ساعت(?:ه|[\u200c ]?اي)?", r"stündige[mnrs]?", "שעות", "שעה", "घंटे", "घंटा", "घण्टे",
    "घण्टा", r"घंटों", r"घं\.?", "d'heure", "de hora", "d'ora", "h",
)  # fmt: skip
MINUTES = (
    "minutes", "minute", "minuten", "minutos", "minuto", "minuti", r"mins\.?", r"min\.?", "m", "минуты", "минута", "минуту", "минутами",
    "минут", r"мин\.?", "хвилини", "хвилина", "хвилину", "хвилинами", "хвилин", r"хв\.?", "mn", "دقائق", "دقيقة", r"دقيقه(?:[\u200c ]?اي)?", r"minütige[mnrs]?", r"минутн(?:ый|ая|ое)", r"хвилинн(?:а|ий|е)", "דקות", "דקה", "דק[׳']?", "د", "मिनट", "मिनटों", "मिनिट", r"मि\.?",
)  # fmt: skip
HOURS_EAST, MINUTES_EAST = (
    ("時間", "小时", "小時", "시간"),
    ("分間", "分钟", "分鐘", "分", "분간", "분"),
)
"""These have no space before or behind them."""
TO = r"(?:-|–|—|~|\b(?:to|bis|à|a)\b|до|تا|إلى|الى|עד|से|から|至|到|에서|부터)"
"""What stands between the least and the most: "20 bis 30 Minuten"."""
BETWEEN = "between|zwischen|entre|tra|fra|между|між|بين|בין"
"""What leads in to the least and the most where "and" stands between them: "entre 5 et 10 minutes"."""


def pattern(east: tuple[str, ...], words: tuple[str, ...]) -> str:
    """Return the pattern of a unit: a word that ends as one, or one of the east."""
    return rf"(?:(?:{'|'.join(words)})(?![^\W\d_])|(?:{'|'.join(east)}))"


ABOUT = (
    r"(?:about|approx\.?|approximately|aprox\.?|around|roughly|circa|zirka|ca\.?|~|≈|約|约|大约|大約|大概|およそ|だいたい|おおむね|약|대략|etwa|rund|ungefähr|gut"
    r"|environ|à peu près|unos|unas|uns|umas|cerca de|alrededor de|por volta de|aproximadamente|più o meno|all'incirca|mais ou menos|más o menos"
    r"|(?:une|una|uma)(?: (?:petite|bonne|buona|buena|boa))?|около|примерно|приблизительно|ориентировочно|приблизно|близько|орієнтовно"
    r"|حوالي|نحو|قرابة|حدود|در حدود|تقريبا|بين|בערך|כ[־-]?|लगभग|करीब|क़रीब|तकरीबन|de|da|от|с|від|з|من|از|从|從|von|from)?\s*"
)
"""What may stand before a length: it is about so long, or from so long on."""
NEARLY = (
    r"(?:or so|approx\.?|approximately|roughly|circa|ca\.?|environ|à peu près|aprox\.?|aproximadamente|más o menos|mais ou menos|più o meno|ungefähr|примерно|приблизно"
    r"|程度|前後|ほど|[くぐ]らい|左右|上下|以内|以內|内外|내외|정도|가량|안팎|이내|تقريبا|בערך|לערך|के (?:करीब|क़रीब|आसपास|लगभग)|लगभग)"
)
"""What may stand behind a length in its place: "10分程度", "10분 내외"."""
OF = r"(?:d[ei]\s+)?"
"""What stands between a round number and its unit: "une vingtaine de minutes"."""
TURNED = re.compile(
    r"(минут|хвилин|часа|часов|годин[иу]?)\s+(?=[^\W_])(.+)", re.IGNORECASE | re.DOTALL
)
"""A unit before its number, which means about so many: "минут 20"."""
FROM_RIGHT = re.compile("[\u0590-\u06ff]")
"""Letters of scripts from the right, where the least of two numbers may stand last: "15-10 דקות"."""
AND = r"(?:and|und|et|y|e|и|і|й|та|و|ו-?|ל-?)"
HALF = r"(?:and a half|et demie?|y medi[ao]|e mei[ao]|e mezz[ao]|und eine halbe|с половиной|з половиною|و ?نصف|و ?نيم|וחצי|[个個]?半|반)"
QUARTER = r"(?:and a quarter|et (?:un )?quart|y cuarto|e um quarto|e un quarto|с четвертью|з чвертю|و ?ربع|ורבע)"
"""What stands behind hours for 30 and 15 minutes more: "1 ora e mezza", "1 h y media"."""
IN_ALL = re.compile(
    r"\b(?:total\w*|gesamt\w*|insgesamt|complessiv[oa]|общ(?:ая|ее)|всего|загальн(?:а|ий)|усього)\b|in all|en tout|en todo|ao todo|in tutto"
    r"|全体|合計|合计|合計時間|总|總|총|전체|الكلية?|الإجمالية?|כולל|הכול|כל המפגש|कुल|كل\b|مجموع", re.IGNORECASE
)  # fmt: skip
"""In a label: what it says, where that is a time, is how long all lasts."""
LENGTHS = ("how long", "wie lange", "combien de temps", "cuánto dura", "duration", "length", "min", "dauer", "durée", "duración", "duração", "durata", "длительность", "тривалість", "所要", "时长", "時間", "소요", "المدة", "مدت", "משך", "अवधि")  # fmt: skip
"""In a column's head: its cells are how long each part lasts."""
OFFSETS = ("start", "time", "begin", "beginn", "zeit", "début", "heure", "inicio", "hora", "início", "inizio", "ora", "начало", "время", "початок", "開始", "时间", "시작", "البداية", "الوقت", "شروع", "زمان", "ساعت", "התחלה", "שעה", "प्रारंभ", "समय")  # fmt: skip
"""In a column's head: its cells are clock times, or, where they rise, how much time has gone by."""
AT_START = frozenset({"start", "begin", "beginn", "début", "inicio", "início", "inizio", "начало", "початок", "開始", "开始", "시작", "البداية", "شروع", "آغاز", "התחלה", "प्रारंभ"})  # fmt: skip
"""In a cell of such a column: the beginning."""


@cache
def number_words(language: str) -> dict[str, int]:
    """Return the numbers that English and a language write as words, once for each gender: "ten" is 10."""
    found = _minutes_of(language, "tens")
    for code in read_by(language):
        if code != "ko":  # its minutes are counted in others
            words = enumerate(line_of(code, "numbers"))
            found |= {word.lower(): n % 12 + 1 for n, word in words}
    return found | (_han_numbers() if language in ("ja", "zh") else {})


@cache
def length_words(language: str) -> dict[str, int]:
    """Return the minutes of lengths that English and a language have words for: "half an hour" is 30."""
    halves = words_read("halves", language)
    numbers = (*map(str, range(1, 13)), *words_read("numbers", language))
    found = {
        half.replace("{n}", word.lower()): 60 * (n % 12 + 1) + 30
        for half in halves
        for n, word in enumerate(numbers)
    }
    return found | _minutes_of(language, "lengths")


def _minutes_of(language: str, name: str) -> dict[str, int]:
    rows = (dict(line_of(code, name)) for code in read_by(language))
    return {word: minutes for row in rows for minutes, words in row.items() for word in words}


def _han_numbers() -> dict[str, int]:
    """Return the numbers from eleven to ninety-nine in Chinese numerals."""
    tens, ones = ("十", *(f"{n}十" for n in HAN[1:9])), ("", *HAN[:9])
    numbers = {f"{t}{o}": 10 * n + m for n, t in enumerate(tens, 1) for m, o in enumerate(ones)}
    return numbers | {word: n for n, word in enumerate(HAN, 1)}


def is_break(title: str, language: str) -> bool:
    """Whether a title is that of a break in English or its text's language: "Coffee break", "Kaffeepause"."""
    if _ENGLISH.fullmatch(title):
        return True
    bare = _BEHIND.sub("", normal(title)).casefold().strip(" .!")
    whole, endings = _break_words(base(language))
    one = _LETTERS.fullmatch(bare) is not None
    return (
        bare in whole
        or _without_article(bare) in whole
        or (one and (_ends(bare, endings) or _is_small(bare, whole)))
        or _is_of_break_words(bare.split(), language)
    )


def _ends(word: str, endings: tuple[str, ...]) -> bool:
    """Whether a word is one for a break with others before it: "Hofpause"; a doctor's are none."""
    return word.endswith(endings) and not word.endswith(_DOCTORS)


def _is_small(bare: str, whole: frozenset[str]) -> bool:
    """Whether a word is that of a break made small, as Spanish, Portuguese and Italian do."""
    found = _SMALL.fullmatch(_plain(bare))
    stem = found[1] if found else ""
    return bool(stem) and any(
        w.startswith(stem) and len(w) - len(stem) < 2 for w in map(_plain, whole)
    )


def _plain(word: str) -> str:
    """Return a word without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def names_break(title: str, language: str) -> bool:
    """Whether a title is that of a break and tells to do nothing: "Break into pairs" does."""
    return not _DONE.match(title) and is_break(title, language)


def _is_of_break_words(words: list[str], language: str) -> bool:
    """Whether a break's word stands with words that breaks are named by, or is counted: "Pausa para el almuerzo", "Zweite Hofpause"."""
    whole, endings = _break_words(base(language))
    said = [_without_article(word) for word in words]
    breaks = [word for word in said if word in whole or _ends(word, endings)]
    return (
        len(said) > 1
        and bool(breaks)
        and _beside_breaks(base(language)).issuperset({*said} - {*breaks})
    )


@cache
def _beside_breaks(language: str) -> frozenset[str]:
    """Return the words that breaks are named by, and those that count them."""
    phrases = (*_break_words(language)[0], *words_read("ordinals", language))
    return frozenset(
        _without_article(word) for p in phrases for word in normal(p).casefold().split()
    )


def _without_article(word: str) -> str:
    """Return an Arabic word without its article."""
    return word.removeprefix("ال")


@cache
def _break_words(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words for breaks, and the endings of words for them ("*spause")."""
    listed = (word for code in read_by(language) for word in line_of(code, "breaks"))
    said = [normal(word).casefold() for word in listed]
    return (
        frozenset(word for word in said if not word.startswith("*")),
        tuple(word[1:] for word in said if word.startswith("*")),
    )
