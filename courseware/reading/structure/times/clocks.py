"""Ranges of clock times as authors write them: "9:00–9:30", "9–10 am", "12.00–1.00", "von 9 bis 10 Uhr"."""

from __future__ import annotations

import re

from courseware.language.catalogue import any_of, words_anywhere
from courseware.language.durations import TO, apart, east_of, spaced
from courseware.language.twins import alike
from courseware.model.blocks import Time

HALF_DAY = 12 * 60
LONGEST = 10 * 60
"""Minutes that a part of an agenda lasts at most: a longer one is a slip, or no part of a session."""
EARLIEST = 7
"""The hour from which a range without "am" or "pm" is of a day: "0:00–0:30" marks a recording."""
_HOUR, _POINTS = any_of("time_hour"), any_of("time_points")
"""What stands behind an hour before its minutes, and what may count points behind a number without minutes."""
_AFTER_NOON = frozenset(words_anywhere("time_past_noon"))
_LED = rf"(?:{any_of('time_past_noon')}|{apart('time_at')})"
_AT = rf"(?:{_LED}\s*)?"
"""What stands before a clock time: "at", or the half of the day."""
_TIME = (
    rf"{_AT}(?P<{{h}}>\d{{{{1,2}}}})(?:\s*(?P<{{s}}>[:.]|{_HOUR})\s*(?P<{{m}}>\d{{{{2}}}}|{east_of('time_half')})\s*(?:{any_of('time_past')})?)?"
    rf"\s*(?P<{{p}}>{any_of('time_oclock')})?(?:(?P<{{e}}>(?:{_POINTS})(?=[\s:,]|$))|{_POINTS})?"
)
_A, _B = (
    _TIME.format(h="h1", m="m1", p="p1", s="s1", e="e1"),
    _TIME.format(h="h2", m="m2", p="p2", s="s2", e="e2"),
)
_FROM = spaced("time_from", "time_between")
_RANGE = re.compile(
    rf"{_FROM}(?<![\d:.]){_A}(?:\s*(?:[-‒−→⟶]|->|{TO}|{apart('time_until')}))+\s*{_B}(?!\d|:\d)(?:\s*(?:{any_of('time_till')}))?",
    re.IGNORECASE,
)
_START = re.compile(rf"^[\s(\[]*{_FROM}(?P<led>{_LED})?\s*{_A}(?![\d%/]|:\d)", re.IGNORECASE)
_OPENED = re.compile(r"^[\s(\[]*")


def clock_range(text: str) -> Time | None:
    """Return the minutes of a range of clock times that begins `text`, or None."""
    plain = alike(text)
    opened = _OPENED.match(plain)
    return _lasting(text, _RANGE.match(plain, opened.end() if opened else 0))


def last_range(text: str) -> Time | None:
    """Return the minutes of a range of clock times that ends `text`, or None."""
    found = [m for m in _RANGE.finditer(alike(text)) if not text[m.end() :].strip(" .)]*_")]
    return _lasting(text, found[0]) if found else None


def has_range(text: str) -> bool:
    """Whether a range of clock times stands anywhere in a text."""
    return any(_lasting(text, found) for found in _RANGE.finditer(alike(text)))


def day_range(text: str, start: int = 0) -> Time | None:
    """Return the range of clock times of a day that stands in `text` at `start`: no marks of a recording.

    With dots, it is one in steps of five minutes alone: "3.10–3.12" and "22.04" are versions.
    """
    found = _RANGE.match(alike(text), start)
    if found is None or not (found["m1"] or found["m2"]):
        return None
    said = found["p1"] or found["p2"] or {found["s1"], found["s2"]} - {None, ":", "."}
    dotted = "." in (found["s1"], found["s2"]) and not said
    odd = any(_past(found[m]) % 5 for m in ("m1", "m2"))
    if (int(found["h1"]) < EARLIEST and not said) or (dotted and odd):
        return None
    return _lasting(text, found)


def start_of(text: str) -> tuple[int, str] | None:
    """Return the clock time that begins a text, in minutes after midnight, and its words."""
    found = _START.match(alike(text))
    minutes = _clock(found, "1") if found else None
    if found is None or minutes is None:
        return None
    late = found["led"] in _AFTER_NOON and minutes < HALF_DAY
    return minutes + (HALF_DAY if late else 0), text[: found.end()].strip()


def is_full_hour(text: str) -> bool | None:
    """Whether the clock time that begins a text is a full hour, "ore 11", "9 Uhr", "11点"; None where none does.

    A number that no sign says to be an hour is none.
    """
    found = _START.match(alike(text))
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
