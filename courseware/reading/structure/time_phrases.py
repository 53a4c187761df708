"""Times as authors write them, in minutes: "(30 min)", "1 h 15", "2-3 hours", "0:10-0:20"."""

from __future__ import annotations

import re

from courseware.model.blocks import Time

_NUMBER = r"(?<!\d)\d{1,6}(?!\d)(?:[.,]\d{1,6}(?!\d))?"
_HOURS = r"(?:hours|hour|hrs|hr|heures|heure|horas|hora|stunden|stunde|std\.?|h)"
_MINUTES = r"(?:minutes|minute|minuten|minutos|minuto|mins|min\.?|m)"
"""As English, French, Spanish and German write them; an abbreviation may have its full stop."""
_DURATION = re.compile(
    rf"(?:about|approx\.?|approximately|around|ca\.?|~|≈)?\s*"
    rf"(?:(?P<h>{_NUMBER})\s*{_HOURS}(?:\s*,?\s*(?:and\s+)?(?P<hm>\d{{1,4}})\s*{_MINUTES}?)?(?![a-z])"
    rf"|(?P<low>{_NUMBER})(?:\s*(?:-|–|—|to)\s*(?P<high>{_NUMBER}))?[\s-]*"
    rf"(?P<unit>{_HOURS}|{_MINUTES})(?![a-z]))",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*[*_]*\((?P<inside>[^()]{1,40})\)[*_]*\s*$")
_CLOCK = re.compile(
    r"^\s*(?P<a>\d{1,2}):(?P<b>\d{2})\s*(?:-|–|—|to)\s*(?P<c>\d{1,2}):(?P<d>\d{2})(?!\d)"
)


def whole(text: str) -> int | None:
    """Return a whole number of up to six digits, None where a text is none: more is a slip."""
    return int(text) if text.isdecimal() and len(text) <= 6 else None


def _minutes(number: str, hours: bool) -> int:
    value = float(number.replace(",", "."))
    return round(value * 60 if hours else value)


def duration(text: str, whole: bool = False) -> Time | None:
    """Return the time that begins `text` (that is all of it, with `whole`), or None."""
    found = _DURATION.match(text.strip())
    if not found or (whole and found.end() != len(text.strip())):
        return None
    if found["h"]:
        low = high = _minutes(found["h"], True) + int(found["hm"] or 0)
    else:
        hours = re.fullmatch(_HOURS, found["unit"], re.IGNORECASE) is not None
        low = _minutes(found["low"], hours)
        high = _minutes(found["high"] or found["low"], hours)
    if not 0 < low <= high <= 6000:
        return None
    return Time(low, high, found.group().strip())


def behind(text: str) -> tuple[str, Time | None]:
    """Split a heading's text into what stands before a time in brackets at its end, and it."""
    found = _BEHIND.search(text)
    time = duration(found["inside"], whole=True) if found else None
    if found is None or time is None:
        return text, None
    return text[: found.start()].rstrip(), Time(time.low, time.high, found.group().strip())


def clock_range(text: str) -> Time | None:
    """Return the minutes of a range of clock times that begins `text`, or None."""
    found = _CLOCK.match(text)
    if not found:
        return None
    start = int(found["a"]) * 60 + int(found["b"])
    end = int(found["c"]) * 60 + int(found["d"])
    length = (end - start) % (12 * 60)
    return Time(length, length, found.group().strip()) if 0 < length <= 600 else None
