"""The time that a heading states: in brackets, behind a dash, a colon or a bar, or before the title.

"Pour (30 min)", "Pour – 30 min", "Pour (15 min, in pairs)", "(15 min) Pour", "[15 min]", "Pour (15')". A
time of each of several things, or one that other words qualify ("1 hour SLA"), is the title's.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from courseware.language.catalogue import Tongue, words_read
from courseware.language.durations import is_break, length_words, number_words
from courseware.language.names import grouping
from courseware.language.small_words import SmallWords, small_words
from courseware.language.twins import EASTERN, HAN, alike
from courseware.language.vocabulary import split_emoji
from courseware.model.blocks import Time
from courseware.reading.structure.times.clocks import day_range, has_range, last_range
from courseware.reading.structure.times.time_phrases import duration

LONGEST = 24 * 60
"""Minutes that a heading may state: a longer time is no block's of a session."""
_CLOSERS = {"(": ")", "[": "]"}
_BRACKET = re.compile(r"[*_]*(?P<open>[(\[])(?P<inside>[^()\[\]]{1,60})[)\]][*_]*")
_HAN = "\u3041-\u30ff\u3400-\u9fff"
_BEGIN = re.compile(rf"(?<!\d)(?<!\d[.,])\d|(?<=\s)\S|[{HAN}半]")
"""Where a time behind a break's name may begin."""
_BESIDE = re.compile(r"[*_]*\s*[-–—|·,]\s*([^\W_][^:.]{0,30}?)\s*")
_PARTS = re.compile(r"\s*(?:[,;·・|]|/(?!\d)|\s[-–—]\s|:\s)\s*")
_VERSION = re.compile(r"\d\.\d\d")
"""A number such as 3.10 is a version's; minutes have one decimal at most."""
_BARE_METRE = re.compile(r"^\s*\d[\d.,]*\s*m$")
"""A bare m is a metre; it counts as minutes behind an hour alone,"""
_BRACKET_METRE = re.compile(r"(?:[1-9]|[1-8]\d|90)m")
"""… and in brackets, right behind a number of up to ninety: "(45m)"."""
_REST = re.compile(r"\s*(?:[-–—|:·,]\s+)?")
_SUM = re.compile(r"\s*\+\s*")
_TIMES = re.compile(r"^\s*(\d{1,2})\s*[x×]\s*(?=\d)")
_FRACTION = re.compile(
    r"(?P<whole>\d{1,2})?\s*(?:(?P<sign>[½¼¾])|(?<![\d/])(?P<over>[13])\s*/\s*(?P<under>[24]))(?![\d/])"
)
_NUMBERED = re.compile(r"\s*[^\W\d_]*\s*\d[\d.]*\s*")
_WORD = re.compile(r"\w")
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


class _HeadingForms(msgspec.Struct, frozen=True):
    """How headings state times: the patterns of what stands around one."""

    separator: re.Pattern[str]
    """What parts a time from its title; the pictures are those of clocks and hourglasses. A space parts words of Japanese or Chinese from minutes."""
    linked: re.Pattern[str]
    """What stands between a break's name and its minutes: "Pausa de 10 minutos"."""
    links: re.Pattern[str]
    """What stands between minutes and the break's name: "10分間の休憩"."""
    aside: re.Pattern[str]
    """A few words behind a time in brackets that go with the title: "Grind (20 min) — pairs"."""
    qualified: re.Pattern[str]
    """Words beside a time that leave it what it is: "up to 10 min", "10 min in total"."""
    turned: re.Pattern[str]
    """A unit before its number, which means about so many: "минут 20"."""
    prime: re.Pattern[str]
    plus: re.Pattern[str]
    east: re.Pattern[str]
    """A unit of the east."""
    hours: re.Pattern[str]
    """Hours and minutes that say so: "1:30 h"."""


def _forms(tongue: Tongue) -> _HeadingForms:
    return _made(small_words(tongue))


@cache
def _made(small: SmallWords) -> _HeadingForms:
    units = small.east("time_hours", "time_minutes")
    ends = "".join(dict.fromkeys(word[-1] for word in units.split("|")))
    stops = (word[:-3] for word in small.words("time_minutes") if word.endswith(r"\.?"))
    short = "|".join(f"(?<={stop})" for stop in stops)  # their full stop ends no sentence: "min."
    optional = small.any_of("time_optional")
    patterns = (
        rf"\s+[-–—|·/]\s*|(?i:{short})\.\s+"
        r"|\s*(?:\.{3,}|…+|_{3,})\s*|\s+(?=\d{1,3}['′’]\s*$)|(?<=\d['′’])\s+|,\s+|\s*[|·]\s*|(?<!\d)[–—]+\s*|:\s+|(?<!\d)："
        rf"|(?<=[{_HAN}])\s+(?=\d)|\s+(?=\d(?:[\d~–—-]|{small.east('time_to')})*\s*(?=[{_HAN}])(?:{units})[^\s:]{{0,5}}$)"
        "|\\s*[\u23f0-\u23f3\u231a\u231b\U0001f550-\U0001f567]\ufe0f?\\s*",
        rf"\s+(?:{small.any_of('time_for')})$",
        rf"(?:[\s-]*(?:{small.any_of('time_whose')})(?![^\W\d_\u3041-\u9fff])|(?:{small.east('time_whose')}))?[\s-]*",
        rf"\s*(?:(?:[-–—|·]\s+|,\s*)(?!{small.apart('time_each')})[^\W\d_][^\d:.]{{0,30}}|[*_]*(?:{optional})[*_]*)\s*",
        rf"^{small.spaced('time_limit', 'time_optional')[:-1]}|\s+(?:{small.any_of('time_limit_behind')}|{optional})$"
        rf"|(?:(?<=[{ends}])|\s+){small.nearly}$",
        rf"({small.any_of('time_turned')})\s+(?=[^\W_])(.+)",
        rf"^\s*{small.about}(\d{{1,3}})\s*['′’]\s*$",
        rf"\(\d{{1,3}}\+?\s*{small.minutes}",
        units,
        rf"([0-4]):([0-5]\d)\s*{small.unit('time_hours')}",
    )
    return _HeadingForms(*(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in patterns))


@cache
def _in_words(tongue: Tongue) -> re.Pattern[str]:
    """Return the pattern of a number with a unit of time, and of a length in words, anywhere in a text."""
    said = sorted(map(alike, number_words(tongue)), key=len, reverse=True)
    numbers = "|".join(map(re.escape, said))
    lengths = "|".join(re.escape(alike(word)) for word in length_words(tongue) if " " in word)
    small = small_words(tongue)
    known = small.words("time_hours", "time_minutes")
    whole = "|".join(w for w in known if len(w) > 1 and not EASTERN.match(w))
    return re.compile(
        rf"(?:\d|\b(?:{numbers}))\s*-?\s*{small.of}(?:{whole})\b|\b(?:{lengths or '(?!)'})\b",
        re.IGNORECASE,
    )


@cache
def _named(tongue: Tongue) -> re.Pattern[str]:
    """Return the pattern of a word for a length right before it: "用时10分钟", "Dauer 30 Min."."""
    words = "|".join(map(re.escape, sorted(words_read("times", tongue), key=len, reverse=True)))
    return re.compile(rf"^\s*(?:{words})\s*(?=[^\s:])", re.IGNORECASE)


@lru_cache(maxsize=4096)
def split_time(text: str, tongue: Tongue) -> tuple[int, int, Time | None]:
    """Return where a heading's title begins and ends in its text, and the time it states, or None."""
    plain = parted = alike(text)
    if "：" in text:  # it parts without a space
        parted = "".join(a if a == "：" else b for a, b in zip(text, plain, strict=True))
    for find in (_in_brackets, _clock_first, _behind, _before, _clock_last, _of_break):
        found = find(parted if find in (_behind, _before) else plain, tongue)
        if found is not None:
            start, end, time, written = found
            return start, end, Time(time.low, time.high, text[written[0] : written[1]].strip())
    return 0, len(text), None


@lru_cache(maxsize=4096)
def looks_timed(text: str, tongue: Tongue) -> bool:
    """Whether a text has a number with a unit of time."""
    plain = alike(text)
    found = _in_words(tongue).search(plain) or _primed(plain, tongue)
    return found is not None or has_range(plain, tongue)


def _primed(text: str, tongue: Tongue) -> re.Match[str] | None:
    return re.search(r"(?:^|\s)\d{1,3}['′’](?=\s|$)", text) or _forms(tongue).plus.search(text)


Found = tuple[int, int, Time, tuple[int, int]]


def _in_brackets(text: str, tongue: Tongue) -> Found | None:
    """Find a time in brackets at the end of a text, or at its start."""
    found = [
        m for m in _BRACKET.finditer(text) if _CLOSERS[m["open"]] == m.group().rstrip("*_")[-1]
    ]
    for match in reversed(found):
        first, last = not text[: match.start()].strip(" *_"), not _WORD.search(text, match.end())
        rest = text[match.end() :]
        aside = not (first or last) and bool(
            _forms(tongue).aside.fullmatch(rest) or sits_together(rest, tongue)
        )
        labelled = match["open"] == "(" or ":" in match["inside"]
        inside = _named(tongue).sub("", match["inside"])
        time = (_stated if labelled else whole_time)(inside, tongue)
        if (
            time is None
            or not (first or last or aside)
            or text[: match.start()].rstrip().endswith(":")
        ):
            continue
        if last:
            return 0, len(text[: match.start()].rstrip()), time, (match.start(), len(text))
        if aside:  # it stands within the title
            return 0, len(text), time, match.span()
        sign = re.match(r"\s*(?:[-–—|:·]\s*)?", rest)
        return match.end() + (sign.end() if sign else 0), len(text), time, (0, match.end())
    return None


def sits_together(rest: str, tongue: Tongue) -> str:
    """Return how people sit together where what stands behind a time says no more: ", in pairs"; else ""."""
    said = _BESIDE.fullmatch(alike(rest))
    return rest[slice(*said.span(1))] if said and grouping(said[1], tongue) else ""


def _clock_first(text: str, tongue: Tongue) -> Found | None:
    """Find a range of clock times that begins a text: "09:00–09:20 Warm-up"."""
    time = day_range(text, tongue)
    rest = _REST.match(text, len(time.text)) if time else None
    if time is None or rest is None or not _WORD.search(text, rest.end()):
        return None
    return rest.end(), len(text), time, (0, rest.end())


def _clock_last(text: str, tongue: Tongue) -> Found | None:
    """Find a break's clock times behind its name with nothing between: "Lunch 12:30–13:30"; others may be of a book."""
    time = last_range(text, tongue)
    start = text.rfind(time.text) if time else 0
    if time is None or day_range(text, tongue, start) is None or not is_break(text[:start], tongue):
        return None
    return 0, len(text[:start].rstrip()), time, (start, len(text))


def _behind(text: str, tongue: Tongue) -> Found | None:
    """Find a time that is all there is behind the last dash, colon or bar of a text."""
    separators = list(_forms(tongue).separator.finditer(text))
    for separator in reversed(separators):
        time = whole_time(text[separator.end() :], tongue)
        title = text[: separator.start()]
        points = title.strip().endswith(tuple(words_read("scores", tongue)))
        if time is not None and title.strip() and not points and not _is_title(title, time):
            return 0, len(title.rstrip()), time, (separator.end(), len(text))
        beside = _of_break(text[separator.end() :], tongue) if time is None else None
        if beside is not None and is_break(title, tongue):  # "Stretch – 5 minutes break"
            return 0, len(title.rstrip()), beside[2], (separator.end(), len(text))
    return None


def _of_break(text: str, tongue: Tongue) -> Found | None:
    """Find minutes that stand beside a break's name with no sign between: "Pause 10 Minuten", "10分間の休憩"."""
    if not (_in_words(tongue).search(text) or _forms(tongue).east.search(text)):
        return None
    for begin in _BEGIN.finditer(text):
        title = _forms(tongue).linked.sub("", text[: begin.start()].rstrip())
        time = whole_time(text[begin.start() :], tongue) if title else None
        if time is not None:
            found = 0, len(title), time, (begin.start(), len(text))
            return found if is_break(title, tongue) else None
    time = duration(text, tongue)
    if time is None or not text.startswith(time.text):
        return _break_last(text, tongue)
    start = len(time.text)
    linked = _forms(tongue).links.match(text, start)
    start = linked.end() if linked else start
    named = text[start:].strip() and is_break(text[start:], tongue)
    return (start, len(text), time, (0, len(time.text))) if named else None


def _break_last(text: str, tongue: Tongue) -> Found | None:
    """Find minutes before a colon with the break's name behind it: "On souffle 10 minutes : pause"."""
    parted = re.fullmatch(r"(?P<front>[^:]*?)\s*:\s*(?P<name>[^:]+)", text)
    if parted is None or not is_break(parted["name"], tongue):
        return None
    for begin in _BEGIN.finditer(parted["front"]):
        if time := whole_time(parted["front"][begin.start() :], tongue):
            return parted.start("name"), len(text), time, (begin.start(), len(parted["front"]))
    return None


def _is_title(before: str, time: Time) -> bool:
    """Whether what stands behind a number is the title, though a time in words: "Chapter 3: Ten Minutes"."""
    return bool(_NUMBERED.fullmatch(before)) and not re.search(r"\d", time.text)


def _before(text: str, tongue: Tongue) -> Found | None:
    """Find a time that is all there is before the first dash, colon or bar of a text."""
    some = (
        found for found in _forms(tongue).separator.finditer(text) if text[: found.start()].strip()
    )
    separator = next(some, None)
    if separator is None or not text[separator.end() :].strip():
        return None
    time = whole_time(text[: separator.start()], tongue)
    return (separator.end(), len(text), time, (0, separator.start())) if time else None


def _stated(inside: str, tongue: Tongue) -> Time | None:
    """Return the one time among the parts of a bracket: "15 min, in pairs"."""
    whole = whole_time(f"{inside}in" if _BRACKET_METRE.fullmatch(inside) else inside, tongue)
    if whole is not None:
        return whole
    parts = [part for part in _PARTS.split(inside) if part]
    times = [time for part in parts if (time := whole_time(part, tongue)) is not None]
    return times[0] if len(parts) > 1 and len(times) == 1 else None


def whole_time(text: str, tongue: Tongue) -> Time | None:
    """Return the time that a text is, with a word such as "in total" at most; None where it is none."""
    text = _forms(tongue).qualified.sub("", split_emoji(text.strip(" *_"))[1])
    if (turned := _forms(tongue).turned.fullmatch(text)) is not None:
        text = f"{turned[2]} {turned[1]}"
    if (clocks := day_range(text, tongue)) is not None and clocks.text == text:
        return clocks
    if (clock := _forms(tongue).hours.fullmatch(text)) is not None:
        minutes = int(clock[1]) * 60 + int(clock[2])
        return Time(minutes, minutes, text)
    if (times := _TIMES.match(text)) is not None:
        return _added([text[times.end() :]] * int(times[1]), text, tongue)
    if len(parts := _SUM.split(text)) > 1 and all(re.search(r"\d", p) for p in parts):
        return _added(parts, text, tongue)
    text = text.replace("+", " ").rstrip(". ")
    if _VERSION.search(text) or _BARE_METRE.match(text):
        return None
    prime = _forms(tongue).prime.match(text) if text.endswith(("'", "′", "’")) else None
    time = duration(f"{prime[1]} min" if prime else _decimal(text), tongue, whole=True)
    return time if time is not None and time.high <= LONGEST else None


def _added(parts: list[str], text: str, tongue: Tongue) -> Time | None:
    """Return times added up: "10 min + 5 min", "5 + 10 min", "2 × 10 min"."""
    unit = re.search(r"[^\d.,\s]+\.?$", parts[-1])
    said = [p if re.search(r"[^\d.,\s]", p) else f"{p} {unit[0] if unit else ''}" for p in parts]
    times = [whole_time(p, tongue) for p in said]
    found = [time for time in times if time is not None]
    if not found or len(found) < len(parts):
        return None
    return Time(sum(t.low for t in found), sum(t.high for t in found), text)


def _decimal(text: str) -> str:
    """Return a text with its fractions as decimal numbers: "1½ hours" as "1.5 hours"."""

    def number(match: re.Match[str]) -> str:
        part = _SIGNS.get(match["sign"] or "", 0.0) or int(match["over"] or 0) / int(
            match["under"] or 1
        )
        return f"{int(match['whole'] or 0) + part:g}"

    return _FRACTION.sub(number, text)
