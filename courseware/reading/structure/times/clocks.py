"""Ranges of clock times as authors write them: "9:00–9:30", "9–10 am", "12.00–1.00", "von 9 bis 10 Uhr"."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from courseware.language.catalogue import Tongue
from courseware.language.small_words import SmallWords, small_words
from courseware.language.twins import alike
from courseware.model.blocks import Time

HALF_DAY = 12 * 60
LONGEST = 10 * 60
"""Minutes that a part of an agenda lasts at most: a longer one is a slip, or no part of a session."""
EARLIEST = 7
"""The hour from which a range without "am" or "pm" is of a day: "0:00–0:30" marks a recording."""
_OPENED = re.compile(r"^[\s(\[]*")


class _ClockForms(msgspec.Struct, frozen=True):
    """How clock times are written: their patterns, and the words for the half of the day after noon."""

    range: re.Pattern[str]
    start: re.Pattern[str]
    late: frozenset[str]


def _forms(tongue: Tongue) -> _ClockForms:
    return _made(small_words(tongue))


@cache
def _made(small: SmallWords) -> _ClockForms:
    hour, points = small.any_of("time_hour"), small.any_of("time_points")
    led = rf"(?:{small.any_of('time_past_noon')}|{small.apart('time_at')})"
    time = (
        rf"(?:{led}\s*)?(?P<{{h}}>\d{{{{1,2}}}})(?:\s*(?P<{{s}}>[:.]|{hour})\s*(?P<{{m}}>\d{{{{2}}}}|{small.east('time_half')})\s*(?:{small.any_of('time_past')})?)?"
        rf"\s*(?P<{{p}}>{small.any_of('time_oclock')})?(?:(?P<{{e}}>(?:{points})(?=[\s:,]|$))|{points})?"
    )
    first = time.format(h="h1", m="m1", p="p1", s="s1", e="e1")
    second = time.format(h="h2", m="m2", p="p2", s="s2", e="e2")
    before = small.spaced("time_from", "time_between")
    between = rf"(?:\s*(?:[-‒−→⟶]|->|{small.to}|{small.apart('time_until')}))+\s*"
    behind = rf"(?!\d|:\d)(?:\s*(?:{small.any_of('time_till')}))?"
    start = rf"^[\s(\[]*{before}(?P<led>{led})?\s*{first}(?![\d%/]|:\d)"
    return _ClockForms(
        re.compile(rf"{before}(?<![\d:.]){first}{between}{second}{behind}", re.IGNORECASE),
        re.compile(start, re.IGNORECASE),
        frozenset(small.plain("time_past_noon")),
    )


def clock_range(text: str, tongue: Tongue) -> Time | None:
    """Return the minutes of a range of clock times that begins `text`, or None."""
    plain = alike(text)
    opened = _OPENED.match(plain)
    return _lasting(text, _forms(tongue).range.match(plain, opened.end() if opened else 0))


def last_range(text: str, tongue: Tongue) -> Time | None:
    """Return the minutes of a range of clock times that ends `text`, or None."""
    found = [
        m for m in _forms(tongue).range.finditer(alike(text)) if not text[m.end() :].strip(" .)]*_")
    ]
    return _lasting(text, found[0]) if found else None


def has_range(text: str, tongue: Tongue) -> bool:
    """Whether a range of clock times stands anywhere in a text."""
    return any(_lasting(text, found) for found in _forms(tongue).range.finditer(alike(text)))


def day_range(text: str, tongue: Tongue, start: int = 0) -> Time | None:
    """Return the range of clock times of a day that stands in `text` at `start`: no marks of a recording.

    With dots, it is one in steps of five minutes alone: "3.10–3.12" and "22.04" are versions.
    """
    found = _forms(tongue).range.match(alike(text), start)
    if found is None or not (found["m1"] or found["m2"]):
        return None
    said = found["p1"] or found["p2"] or {found["s1"], found["s2"]} - {None, ":", "."}
    dotted = "." in (found["s1"], found["s2"]) and not said
    odd = any(_past(found[m]) % 5 for m in ("m1", "m2"))
    if (int(found["h1"]) < EARLIEST and not said) or (dotted and odd):
        return None
    return _lasting(text, found)


def start_of(text: str, tongue: Tongue) -> tuple[int, str] | None:
    """Return the clock time that begins a text, in minutes after midnight, and its words."""
    found = _forms(tongue).start.match(alike(text))
    minutes = _clock(found, "1") if found else None
    if found is None or minutes is None:
        return None
    late = (found["led"] or "").lower() in _forms(tongue).late and minutes < HALF_DAY
    return minutes + (HALF_DAY if late else 0), text[: found.end()].strip()


def is_full_hour(text: str, tongue: Tongue) -> bool | None:
    """Whether the clock time that begins a text is a full hour, "ore 11", "9 Uhr", "11点"; None where none does.

    A number that no sign says to be an hour is none.
    """
    found = _forms(tongue).start.match(alike(text))
    if found is None or not (found["m1"] or found["p1"] or found["e1"] or found["led"]):
        return None
    return not found["m1"] and (found["p1"] or "")[:1].lower() not in ("a", "p")


def _lasting(text: str, found: re.Match[str] | None) -> Time | None:
    if found is None or not (found["m1"] or found["m2"] or found["p1"] or found["p2"]):
        return None
    start, end = _clock(found, "1"), _clock(found, "2")
    if start is None or end is None:
        return None
    noon = bool(found["p1"]) and bool(found["p2"]) and (found["p1"] != found["p2"])
    length = end - start if noon and end > start else (end - start) % HALF_DAY
    said = text[: found.end()] if not text[: found.start()].strip(" ([") else found.group()
    return Time(length, length, said.strip()) if 0 < length <= LONGEST else None


def _clock(found: re.Match[str], which: str) -> int | None:
    hour, minute = int(found[f"h{which}"]), _past(found[f"m{which}"])
    sign = (found[f"p{which}"] or "").lower().replace(".", "")
    if sign in ("am", "pm"):
        hour = hour % 12 + (12 if sign == "pm" else 0)
    return hour * 60 + minute if hour < 25 else None


def _past(said: str | None) -> int:
    """Return the minutes past an hour: in digits, or "half"."""
    return int(said) if said and said.isdecimal() else 30 if said else 0
