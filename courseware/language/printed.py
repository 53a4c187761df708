"""What products print in a language: sentences with named holes, from its file's `printed`.

    printed("en")("minutes", n=20) -> "20 min"

A file's `variants` hold what regions and scripts say otherwise: "zh-TW", "pt-PT". A course's `words` take the
place of a file's. What a language's file does not have is English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from courseware.language.catalogue import Added, Tongue, base, data_of, variants_of
from courseware.language.plurals import form_of

Forms = str | Mapping[str, str]
"""A sentence, or its forms by plural: `{one: "{n} hour", other: "{n} hours"}`."""
HOLE = re.compile(r"\{(\w+)\}")
HOUR = 60
LATIN_DIGITS = "0123456789"
_FIGURES = re.compile(r"[\s\u200e<(~+-]*[0-9][0-9\s:.,،、–~()-]*")
"""A number, a time or a range of them."""
_OF_AUTHORS = frozenset({"title", "titles", "label", "text", "more", "thing", "name", "version"})
"""Holes that an author's words fill: their digits stay as they are written."""
_LABELS = "_label"
"""How sentences end that say how a page is called in the whole course: a code that is compared across languages."""


class Printed:
    """The sentences of one language, with what a course says in place of some.

    `tongue` is what texts are read by that are printed beside them.
    """

    def __init__(self, tongue: Tongue, sentences: Mapping[str, Forms]) -> None:
        """Take the language, as "pt-BR", with what its texts are read by, and its sentences by name."""
        self.tongue, self.language, self._sentences = tongue, tongue.language, sentences

    def __contains__(self, name: object) -> bool:
        """Whether there is a sentence of that name."""
        return name in self._sentences

    def __call__(self, name: str, /, **holes: Any) -> str:
        """Return a sentence, its holes filled; `n` decides between plural forms."""
        return self.filled(name, holes, str)

    def filled(self, name: str, holes: Mapping[str, Any], shown: Callable[[Any], str]) -> str:
        """Return a sentence whose own text and holes are each given through `shown`."""
        parts = HOLE.split(self._form(self._sentences[name], holes.get("n")))
        own = not name.endswith(_LABELS)
        for at, part in enumerate(parts):
            if at % 2 and part in holes:
                value = holes[part]
                parts[at] = shown(self.numeral(value) if own and part not in _OF_AUTHORS else value)
            else:
                parts[at] = shown(f"{{{part}}}" if at % 2 else part)
        return "".join(parts)

    @property
    def digits(self) -> str:
        """The ten digits that numbers are printed in."""
        digits = self("digits")
        return digits if len(digits) == len(LATIN_DIGITS) else LATIN_DIGITS

    def numeral(self, value: Any) -> Any:
        """Return a number, a time or a range in the language's digits: 9:30 is ۹:۳۰ in Persian; all else as it is."""
        digits = self._sentences["digits"]
        if digits == LATIN_DIGITS or not (
            isinstance(value, int) or (type(value) is str and _FIGURES.fullmatch(value))
        ):
            return value
        return str(value).translate(str.maketrans(LATIN_DIGITS, self.digits))

    def _form(self, sentence: Forms, number: Any) -> str:
        if isinstance(sentence, str):
            return sentence
        form = form_of(base(self.language), number) if isinstance(number, int) else "other"
        found = sentence.get(form) or sentence.get("other")
        return found if found is not None else next(iter(sentence.values()), "")

    @property
    def comma(self) -> str:
        """What stands between things in a list."""
        return self("listed", one="", two="")

    @property
    def semicolon(self) -> str:
        """What stands between things that may have commas in them."""
        return self("and_also", one="", two="")

    def labels(self, most: int) -> Iterator[str]:
        """Yield the sentences of so many words at most, in all their forms, without their holes."""
        for sentence in self._sentences.values():
            for form in (sentence,) if isinstance(sentence, str) else sentence.values():
                said = HOLE.sub(" ", form)
                if len(said.split()) <= most:
                    yield said

    def title(self, kind: str) -> str:
        """Return what a kind of section or box is called, "" where it has no name."""
        return self(kind) if kind in self._sentences else ""

    def minutes(self, low: int, high: int | None = None) -> str:
        """Return a length of time: "30 min", "20–30 min", "2–3 hours"."""
        high = low if high is None else high
        if low >= HOUR and low % HOUR == 0 and high % HOUR == 0:
            low, high = low // HOUR, high // HOUR
            return self("hours", n=low) if low == high else self("hours_range", low=low, high=high)
        return self("minutes", n=low) if low == high else self("minutes_range", low=low, high=high)

    def date(self, iso: str) -> str:
        """Return a date of the calendar, given as 2027-01-12, with its weekday."""
        day = date.fromisoformat(iso)
        names = data_of(base(self.language)).get("calendar") or data_of("en")["calendar"]
        weekday, month = names["weekdays"][day.weekday()], names["months"][day.month - 1]
        return self("full_date", weekday=weekday, day=day.day, month=month, year=day.year)

    def clock_length(self, minutes: int) -> str:
        """Return a length of time in hours and minutes: "45 min", "2 h", "1 h 30 min"."""
        hours, rest = divmod(minutes, HOUR)
        if hours and rest:
            return self("hours_minutes", hours=hours, minutes=rest)
        return self("hours_short", n=hours) if hours else self("minutes", n=minutes)


@cache
def english() -> dict[str, Forms]:
    """Return the English sentences by name: those that there are."""
    return dict(data_of("en")["printed"])


def printed(language: str, words: Mapping[str, Forms] | None = None, added: Added = ()) -> Printed:
    """Return the sentences of a language, a course's `words` in place of some; texts are read by what it adds, too."""
    own = words or {}
    own_sentences = tuple((n, _frozen(s)) for n, s in own.items() if n in english())
    return _made(Tongue(language, added), own_sentences)


def _frozen(sentence: Forms) -> Any:
    return sentence if isinstance(sentence, str) else tuple(sentence.items())


@lru_cache(maxsize=64)
def _made(tongue: Tongue, words: Iterable[tuple[str, Any]]) -> Printed:
    language = tongue.language
    own = {name: said if isinstance(said, str) else dict(said) for name, said in words}
    data = data_of(base(language))
    theirs = {**data.get("printed", {}), **variants_of(data, language)}
    return Printed(tongue, {**english(), **theirs, **own})


def holes_of(sentence: Forms) -> frozenset[str]:
    """Return the names of a sentence's holes, in any of its forms."""
    said = [sentence] if isinstance(sentence, str) else sentence.values()
    return frozenset(hole for text in said for hole in HOLE.findall(text))
