"""What languages call directives and groups of people, beside their English names.

A name is looked up in all languages, as the session's may not be known yet: a test sees to it that none
means two things. Of each file, one line is parsed, and only where a name is not English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from courseware.language.catalogue import Tongue, base, languages, line_of, table_read
from courseware.language.twins import normal, phrases

LETTERS = "\\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0e31-\u0e4e\u200c\u200d-"
"""What a name is of, for a class of a pattern: letters with the marks that some scripts put on them."""
NAME = f"[^\\W\\d_][{LETTERS}]*"
"""A directive's name in any script."""

ALONE = "1"
"""How people work alone: "alone, then in pairs" is told by the pairs."""


def _rows(language: str, name: str) -> dict[str, list[str]]:
    """Return a line of a language's file that maps names to words."""
    return dict(line_of(language, name))


@cache
def _directives() -> dict[str, str]:
    """Return the English name of a directive by its name in each language."""
    rows = [_rows(language, "directives") for language in languages()]
    return {normal(w): english for row in rows for english, ws in row.items() for w in ws}


def english_name(name: str) -> str:
    """Return the English name of a directive that another language calls so; else the name itself."""
    return _directives().get(normal(name), name)


def directive_names(tongue: Tongue) -> dict[str, str]:
    """Return a language's own names of directives and a course's, with the English one of each."""
    rows = table_read("directives", tongue).items()
    return {word: english for english, words in rows for word in words}


@cache
def added_names(tongue: Tongue) -> dict[str, str]:
    """Return what a course calls directives, in lower case, with the English name of each."""
    rows = tongue.rows("directives").items()
    return {word.lower(): english for english, words in rows for word in words}


@cache
def _groupings(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return _patterns(_rows(language, "groupings"))


@cache
def _added_groupings(tongue: Tongue) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return _patterns(tongue.rows("groupings"))


def _patterns(rows: Mapping[str, Iterable[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (key, re.compile(rf"(?<![^\W\d_])(?:{phrases(map(normal, words))})", re.IGNORECASE))
        for key, words in sorted(rows.items(), key=lambda row: row[0] == ALONE)
    )


def grouping(words: str, tongue: Tongue) -> str:
    """Return how people are grouped by an author's words: "2" for pairs, "tables", "everyone", or ""."""
    bare = normal(words)
    others = (_groupings(one) for one in languages() if one != "en")
    for known in (_added_groupings(tongue), _groupings("en"), *others):
        for key, pattern in known:
            if pattern.search(bare):
                return key
    return ""


def grouping_in(words: str, language: str) -> str:
    """Return a grouping as it is printed in a language: an English word for one is put in its own."""
    code = base(language)
    if code == "en" or code not in languages():
        return words
    key = next((key for key, pattern in _groupings("en") if pattern.fullmatch(normal(words))), "")
    return _rows(code, "groupings")[key][0] if key else words
