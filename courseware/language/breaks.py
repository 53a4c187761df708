"""Words for breaks, in every language there is: a heading or a slot of an agenda, with a time.

A break is one in any language: no language has such a word for something else that takes minutes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from courseware.language.files import words_of_all

_ENGLISH = re.compile(
    r"(?:(?:short|long|coffee|tea|snack|lunch|comfort|rest|stretch|\d+[ -]min(?:ute)?s?)[ -])?"
    r"(?:break|lunch)(?:[ :,–—-].*)?",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*(?:[:,(–—].*|-\s.*)$")
_LETTERS = re.compile(r"[^\W\d_]+")


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
