"""Hours, minutes and breaks as the languages write them.

Units of time and the small words around them are read in any language (`small_words`); numbers and lengths in words, and breaks, are those of English and of the text's own language: of no other
is the file read. Signs, digits and numerals are no language's words: they stand in the code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from courseware.language.catalogue import Tongue, base, line_of, read_by, table_read, words_read
from courseware.language.twins import HAN, normal

_BEHIND = re.compile(r"\s*(?:[:,(–—].*|-\s.*|\s\d{1,2})$")
_LETTERS = re.compile(r"[^\W_]+")


FROM_RIGHT = re.compile("[\u0590-\u06ff]")
"""Letters of scripts from the right, where the least of two numbers may stand last: "15-10 דקות"."""


@cache
def number_words(tongue: Tongue) -> dict[str, int]:
    """Return the numbers that English and a language write as words, once for each gender: "ten" is 10."""
    found = _minutes_of(tongue, "tens")
    for code in read_by(tongue.language):
        if code != "ko":  # its minutes are counted in others
            found |= _counted(line_of(code, "numbers"))
    found |= _counted(tongue.more("numbers"))
    return found | (_han_numbers() if base(tongue.language) in ("ja", "zh") else {})


def _counted(words: Iterable[str]) -> dict[str, int]:
    """Return the numbers that a list has in words, once or once for each gender."""
    return {word.lower(): n % 12 + 1 for n, word in enumerate(words)}


@cache
def length_words(tongue: Tongue) -> dict[str, int]:
    """Return the minutes of lengths that English and a language have words for: "half an hour" is 30."""
    halves = words_read("halves", tongue)
    numbers = (*map(str, range(1, 13)), *words_read("numbers", tongue))
    found = {
        half.replace("{n}", word.lower()): 60 * (n % 12 + 1) + 30
        for half in halves
        for n, word in enumerate(numbers)
    }
    return found | _minutes_of(tongue, "lengths")


def _minutes_of(tongue: Tongue, name: str) -> dict[str, int]:
    rows = table_read(name, tongue).items()
    return {word.lower(): int(minutes) for minutes, words in rows for word in words}


def _han_numbers() -> dict[str, int]:
    """Return the numbers from eleven to ninety-nine in Chinese numerals."""
    tens, ones = ("十", *(f"{n}十" for n in HAN[1:9])), ("", *HAN[:9])
    numbers = {f"{t}{o}": 10 * n + m for n, t in enumerate(tens, 1) for m, o in enumerate(ones)}
    return numbers | {word: n for n, word in enumerate(HAN, 1)}


def is_break(title: str, tongue: Tongue) -> bool:
    """Whether a title is that of a break in English or its text's language: "Coffee break", "Kaffeepause"."""
    if _titles(tongue).fullmatch(title):
        return True
    bare = _BEHIND.sub("", normal(title)).casefold().strip(" .!")
    whole, endings = _break_words(tongue)
    one = _LETTERS.fullmatch(bare) is not None
    return (
        bare in whole
        or _without_article(bare) in whole
        or (one and (_ends(bare, endings, tongue) or _is_small(bare, tongue)))
        or _is_of_break_words(bare.split(), tongue)
    )


def _ends(word: str, endings: tuple[str, ...], tongue: Tongue) -> bool:
    """Whether a word is one for a break with others before it: "Hofpause"; a doctor's are none."""
    return word.endswith(endings) and not word.endswith(words_read("break_none", tongue))


@cache
def _titles(tongue: Tongue) -> re.Pattern[str]:
    """Return the pattern of whole titles that name a break."""
    own = (title for code in read_by(tongue.language) for title in line_of(code, "break_titles"))
    added = map(re.escape, tongue.more("break_titles"))
    return re.compile("|".join((*own, *added)), re.IGNORECASE)


def _is_small(bare: str, tongue: Tongue) -> bool:
    """Whether a word is that of a break made small, as Spanish, Portuguese and Italian do."""
    tried = (re.fullmatch(p, _plain(bare)) for p in _small(tongue))
    stem = next((found[1] for found in tried if found), "")
    whole, _ = _break_words(tongue)
    return bool(stem) and any(
        w.startswith(stem) and len(w) - len(stem) < 2 for w in map(_plain, whole)
    )


@cache
def _small(tongue: Tongue) -> tuple[str, ...]:
    """Return the patterns of words made small; a course's say where the break's word stands: "{break}ito"."""
    own = (word for code in read_by(tongue.language) for word in line_of(code, "break_small"))
    added = map(re.escape, map(_plain, map(str.casefold, tongue.more("break_small"))))
    return (*own, *(word.replace(r"\{break\}", r"(\w{3,}?)") for word in added))


def _plain(word: str) -> str:
    """Return a word without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _is_of_break_words(words: list[str], tongue: Tongue) -> bool:
    """Whether a break's word stands with words that breaks are named by, or is counted: "Pausa para el almuerzo", "Zweite Hofpause"."""
    whole, endings = _break_words(tongue)
    said = [_without_article(word) for word in words]
    breaks = [
        word
        for word in said
        if word in whole or _ends(word, endings, tongue) or _is_small(word, tongue)
    ]
    return len(said) > 1 and bool(breaks) and _beside_breaks(tongue).issuperset({*said} - {*breaks})


@cache
def _beside_breaks(tongue: Tongue) -> frozenset[str]:
    """Return the words that breaks are named by, and those that count them."""
    phrases = (*_break_words(tongue)[0], *words_read("ordinals", tongue))
    return frozenset(
        _without_article(word) for p in phrases for word in normal(p).casefold().split()
    )


def _without_article(word: str) -> str:
    """Return an Arabic word without its article."""
    return word.removeprefix("ال")


@cache
def _break_words(tongue: Tongue) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words for breaks, and the endings of words for them ("*spause")."""
    said = [normal(word).casefold() for word in words_read("breaks", tongue)]
    return (
        frozenset(word for word in said if not word.startswith("*")),
        tuple(word[1:] for word in said if word.startswith("*")),
    )
