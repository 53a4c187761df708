"""Hours, minutes and breaks as the languages write them: a time is read in any of them.

A break is one in any language: no language has such a word for something else that takes minutes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from courseware.language.catalogue import words_of_all

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
    "минут", r"мин\.?", "دقائق", "دقيقة", "دقيقه", "דקות", "דקה", "דק[׳']", "मिनट",
)  # fmt: skip
HOURS_EAST, MINUTES_EAST = ("時間", "小时", "小時", "시간"), ("分間", "分钟", "分鐘", "分", "분")
"""These have no space before or behind them."""
TO = r"(?:-|–|—|~|\bto\b|\bbis\b|\bà\b|\ba\b|\bto\b|до|من|إلى|עד|से|から|至|到)"
"""What stands between the least and the most: "20 bis 30 Minuten"."""


def pattern(east: tuple[str, ...], words: tuple[str, ...]) -> str:
    """Return the pattern of a unit: a word that ends as one, or one of the east."""
    return rf"(?:(?:{'|'.join(words)})(?![^\W\d_])|(?:{'|'.join(east)}))"


ONE_HOUR = (
    "an hour", "one hour", "eine stunde", "1 stunde", "une heure", "una hora", "uma hora", "un'ora", "un’ora", "ساعة واحدة",
    "ساعة", "ساعه", "שעה",
)  # fmt: skip
"""An hour without a digit: "ساعة و15 دقيقة"."""
HALF_HOUR = (
    "half an hour", "eine halbe stunde", "halbe stunde", "une demi-heure", "demi-heure", "media hora", "meia hora",
    "mezz'ora", "mezz’ora", "mezzora", "полчаса", "نصف ساعة", "חצי שעה", "आधा घंटा", "आधा घण्टा", "半小时", "半小時", "半時間",
)  # fmt: skip
TWO_HOURS = ("ساعتان", "ساعتين", "שעתיים")
AND = r"(?:and|und|et|y|e|и|و|ו|ו-)?"
LENGTHS = ("duration", "length", "min", "dauer", "durée", "duración", "duração", "durata", "длительность", "所要", "时长", "時間", "소요", "المدة", "משך", "अवधि")  # fmt: skip
"""In a column's head: its cells are how long each part lasts."""
OFFSETS = ("start", "time", "begin", "beginn", "zeit", "début", "heure", "inicio", "hora", "início", "inizio", "ora", "начало", "время", "開始", "时间", "시작", "البداية", "الوقت", "התחלה", "שעה", "प्रारंभ", "समय")  # fmt: skip
"""In a column's head: its cells are clock times, or, where they rise, how much time has gone by."""
AT_START = frozenset({"start", "begin", "beginn", "début", "inicio", "início", "inizio", "начало", "開始", "开始", "시작", "البداية", "התחלה", "प्रारंभ"})  # fmt: skip
"""In a cell of such a column: the beginning."""


def is_break(title: str) -> bool:
    """Whether a title is that of a break: "Coffee break", "Kaffeepause", "休憩"."""
    if _ENGLISH.fullmatch(title):
        return True
    bare = unicodedata.normalize("NFKC", _BEHIND.sub("", title)).casefold().strip(" .!")
    whole, endings = _words()
    one = _LETTERS.fullmatch(bare) is not None
    return bare in whole or (one and bare.endswith(endings))


@cache
def _words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words for breaks, and the endings of words for them ("*spause")."""
    said = [unicodedata.normalize("NFKC", word).casefold() for word in words_of_all("breaks")]
    return (
        frozenset(word for word in said if not word.startswith("*")),
        tuple(word[1:] for word in said if word.startswith("*")),
    )
