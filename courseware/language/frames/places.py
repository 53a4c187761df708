"""Where a text stands, what is around it, and what is decided of it."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec


class Reader(StrEnum):
    """Who may see what a text heads."""

    EVERYONE = "everyone"
    FACILITATOR = "facilitator"
    ANSWER = "answer"


class Place(StrEnum):
    """Where a text stands."""

    HEADING = "heading"
    BOLD_LINE = "bold line"
    LABEL = "label"
    BRACKET = "bracket"
    COLUMN = "column"
    SUMMARY = "summary"
    TAB = "tab"
    BOX = "box title"
    NAME = "name"
    FILE = "file"
    FOLDER = "folder"
    SIGNATURE = "signature"
    ASIDE = "aside"


FOLDS = (Place.SUMMARY, Place.TAB, Place.BOX, Place.NAME)
"""Places where any answer's word hides, with or without an exercise."""
HEADS = (Place.HEADING, Place.SUMMARY, Place.TAB, Place.BOX)
"""Places of titles that hide in a file with exercises, wherever they stand."""
TITLES = (Place.SUMMARY, Place.TAB, Place.BOX)
_LETTER = re.compile(r"[^\W_]|^$")
FEW = 4
"""Words of a summary up to which one for an answer leaves no doubt."""


class Setting(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stands around a text.

    `text` is what a label labels or a heading heads, as far as its first paragraph. `near` are labels
    within eight lines, of a column the other columns' heads; `siblings` and `parents` are titles at its level and above.
    """

    place: Place
    has_exercises: bool = False
    in_exercise: bool = False
    after_question: bool = False
    asked: bool = False
    """Whether the text before it, under the same heading, asks or commands something."""
    text: str = ""
    siblings: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    """`near`, with labels that do not stand out."""
    cells: tuple[str, ...] = ()
    marked: bool = True
    """Whether a label stands out."""

    @property
    def has_letters(self) -> bool:
        """Whether it heads or labels words, or nothing at all, and no room to write in."""
        return _LETTER.search(self.text) is not None

    def heads_key(self, is_key: bool) -> bool:
        """Whether a word for a key heads what stands in an exercise, or in a file with some."""
        heads = self.place in (Place.HEADING, Place.BOLD_LINE)
        return is_key and heads and (self.in_exercise or self.has_exercises)


class Decision(msgspec.Struct, frozen=True):
    """Who may see what a text heads, whether that is sure, and why, as a finding says it."""

    reader: Reader = Reader.EVERYONE
    sure: bool = True
    reason: str = ""

    def __bool__(self) -> bool:
        """Whether anything is withheld."""
        return self.reader is not Reader.EVERYONE


OPEN = Decision()


def for_leader(reason: str, sure: bool = True) -> Decision:
    """Return that a text is for who leads, and why."""
    return Decision(Reader.FACILITATOR, sure, reason)


def for_key(reason: str, sure: bool = True) -> Decision:
    """Return that a text is an answer, and why."""
    return Decision(Reader.ANSWER, sure, reason)
