"""The small words around times, in all languages (`anywhere` in the languages' files), and those that a course adds."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from courseware.language.catalogue import Added, Tongue, words_anywhere
from courseware.language.twins import EASTERN, alike

TIMES = "time_"
"""What the names of the lists begin with."""
UNITS = {"hours": "time_hours", "minutes": "time_minutes"}
"""Lists of a course, by the names that they have among all languages'."""
_WHOLE = re.compile("[a-z\u00c0-\u024f\u0400-\u04ff]")
"""A letter of a script that puts white space around words, between which a digit may stand."""


class SmallWords(msgspec.Struct, frozen=True):
    """The words of the lists as patterns, by the lists' names."""

    added: Added = ()

    def words(self, *names: str) -> tuple[str, ...]:
        """Return the words of lists, of each those first that others begin."""
        return tuple(word for name in names for word in _words(name, self.added))

    def plain(self, *names: str) -> tuple[str, ...]:
        """Return the words of lists that hold no patterns, in lower case, as a text's own are looked for."""
        mine = (word for name in names for word in _own(name, self.added))
        return (*mine, *(word for name in names for word in words_anywhere(name)))

    def any_of(self, *names: str) -> str:
        """Return the pattern of such words."""
        return "|".join(self.words(*names))

    def apart(self, *names: str) -> str:
        """Return the pattern of such words as words of their own where their script parts words."""
        words = self.words(*names)
        whole = "|".join(filter(_WHOLE.match, words))
        return "|".join((rf"\b(?:{whole})\b", *(w for w in words if not _WHOLE.match(w))))

    def east(self, *names: str) -> str:
        """Return the pattern of those of such words that a script writes which puts no space around them."""
        return "|".join(filter(EASTERN.match, self.words(*names)))

    def spaced(self, *names: str) -> str:
        """Return the pattern of such words with the white space behind them, which some scripts need."""
        words = self.words(*names)
        whole, other = (
            "|".join(w for w in words if bool(_WHOLE.match(w)) == o) for o in (True, False)
        )
        return rf"(?:\b(?:{whole})\s+|(?:{other})\s*)?"

    @property
    def about(self) -> str:
        """What may stand before a length: it is about so long, or from so long on."""
        return rf"(?:{self.any_of('time_about')}|[~≈])?\s*"

    @property
    def nearly(self) -> str:
        """What may stand behind a length in its place: "10分程度", "10분 내외"."""
        return f"(?:{self.any_of('time_nearly')})"

    @property
    def to(self) -> str:
        """What stands between the least and the most: "20 bis 30 Minuten"."""
        return f"(?:[-–—~]|{self.apart('time_to')})"

    @property
    def minutes(self) -> str:
        """The words for minutes, without a bare m, which is a metre's, too."""
        said = self.words("time_minutes")
        return f"(?:{'|'.join(word for word in said if len(word) > 1 or not word.isascii())})"

    def unit(self, name: str) -> str:
        """Return the pattern of a unit: a word that ends as one, or one of the east, with no space around it."""
        words = self.words(name)
        east = "|".join(filter(EASTERN.match, words))
        return (
            rf"(?:(?:{'|'.join(w for w in words if not EASTERN.match(w))})(?![^\W\d_])|(?:{east}))"
        )

    @property
    def of(self) -> str:
        """What stands between a round number and its unit: "une vingtaine de minutes"."""
        return rf"(?:(?:{self.any_of('time_of')})\s+)?"


def small_words(tongue: Tongue) -> SmallWords:
    """Return the small words that a text is read by."""
    return _around(tongue.added)


@cache
def _around(added: Added) -> SmallWords:
    """Return the words with those of a course that are of these lists alone, so that patterns are made once."""
    return SmallWords(
        tuple((name, words) for name, words in added if name.startswith(TIMES) or name in UNITS)
    )


@cache
def _words(name: str, added: Added) -> tuple[str, ...]:
    more = (re.escape(word).replace(r"\ ", r"\s+") for word in _own(name, added))
    return (*sorted(more, key=len, reverse=True), *words_anywhere(name))


def _own(name: str, added: Added) -> tuple[str, ...]:
    """Return what a course adds to a list, in lower case: patterns take either."""
    mine = (word for own, words in added if UNITS.get(own, own) == name for word in words)
    return tuple(alike(word).lower() for word in mine)
