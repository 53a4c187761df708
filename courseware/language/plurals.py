"""Which form of a word goes with a whole number, and which way a line runs, by language.

Source: the cardinal rules of CLDR 46 (unicode.org/cldr/charts/46/supplemental), for whole numbers below
a million, where a few languages have a form more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from courseware.language.catalogue import base

Rule = Callable[[int], str]
FORMS = ("zero", "one", "two", "few", "many", "other")


def _one(n: int) -> str:
    return "one" if n == 1 else "other"


def _up_to_one(n: int) -> str:
    return "one" if n in (0, 1) else "other"


def _never(n: int) -> str:
    return "other"


def _hebrew(n: int) -> str:
    return {1: "one", 2: "two"}.get(n, "other")


def _russian(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else "many"


def _arabic(n: int) -> str:
    if n < 3:
        return ("zero", "one", "two")[n]
    return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"


RULES: dict[str, tuple[Rule, tuple[str, ...]]] = {
    "ar": (_arabic, FORMS),
    "fa": (_up_to_one, ("one", "other")),
    "fr": (_up_to_one, ("one", "other")),
    "he": (_hebrew, ("one", "two", "other")),
    "hi": (_up_to_one, ("one", "other")),
    "ja": (_never, ("other",)),
    "ko": (_never, ("other",)),
    "pt": (_up_to_one, ("one", "other")),
    "ru": (_russian, ("one", "few", "many")),
    "uk": (_russian, ("one", "few", "many")),
    "zh": (_never, ("other",)),
}
"""The rule of a language, and the forms that it can ask for; other languages are as English."""
ENGLISH: tuple[Rule, tuple[str, ...]] = (_one, ("one", "other"))


def form_of(language: str, number: int) -> str:
    """Return the name of the form that goes with a number ("one", "few", "other")."""
    return RULES.get(language, ENGLISH)[0](abs(number))


def forms(language: str) -> tuple[str, ...]:
    """Return the names of a language's forms."""
    return RULES.get(language, ENGLISH)[1]


Direction = Literal["ltr", "rtl"]
_LANGUAGES = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_SCRIPTS = frozenset(
    ["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"]
)


def direction_of(language: str) -> Direction:
    """Return the direction of a language: its script decides where it is named ("pa-Arab")."""
    parts = language.lower().replace("_", "-").split("-")[1:]
    script = next((part for part in parts if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in _SCRIPTS else "ltr"
    return "rtl" if base(language) in _LANGUAGES else "ltr"
