"""Writing space as a value, and how much of it a prompt's words ask for (docs/worksheets.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import msgspec

from courseware.language.twins import normal
from courseware.language.vocabulary import Vocabulary, key_of, split_emoji
from courseware.model.blocks import List, Node, Table
from courseware.model.tasks.pieces import number_of

PITCH = 8.0
"""Millimetres from one ruled line to the next: a hand of ordinary size."""
LINE, FEW, MANY = 1, 3, 6
"""Lines for a "which", a "what", a "how" (products.md, "Print")."""
DRAWN = 70.0
"""Millimetres of a box to draw in."""
THING = 36.0
"""Millimetres of a box for one of several things to define."""
CELL = 9.0
"""Millimetres of a table's cell to fill: one line of writing."""
TALLEST = 170.0
"""Millimetres of the tallest single space: the first page holds it with title and prompt, on Letter, too."""

_SENTENCES = re.compile(r"(?<=[.!?])[\"'”’)*_]*\s+")
_CLAUSES = re.compile(r"[,;:(]\s*|\s[—–-]\s")
_WORDS = re.compile(r"[^\W\d_]+|\d+")

Kind = Literal["lines", "box", "grid", "cell"]


class PromptSize(msgspec.Struct, frozen=True):
    """What a prompt asks for: ruled lines (a count) or an empty box (millimetres)."""

    kind: Kind
    amount: float

    @property
    def height(self) -> float:
        """Height in millimetres."""
        return self.amount * PITCH if self.kind == "lines" else self.amount


class Room(Node, frozen=True, tag=True, omit_defaults=True):
    """A space to write or draw in: `height` in millimetres, `name` and `label` of its field.

    `grows` tells whether a page's spare room may go to it, `fills` that it may take all of it; `wide` is
    a cell's share of its table.
    """

    kind: Kind
    height: float
    name: str = ""
    label: str = ""
    grows: bool = True
    fills: bool = False
    wide: int = 0


class Things(List, frozen=True, tag=True, omit_defaults=True):
    """A list each of whose items is a box to fill, `across` of them side by side.

    `form` tells that they are one form, its fields next to each other; `whole` that it takes its page.
    """

    across: int = 2
    form: bool = False
    whole: bool = False


class Grid(Table, frozen=True, tag=True, omit_defaults=True):
    """A table to fill in or to tick in: `widths` of its columns in mm, 0 where they share the rest."""

    widths: tuple[float, ...] = ()

    @property
    def ticked(self) -> frozenset[int]:
        """Return the columns of boxes to tick."""
        cells = self.rows[0].cells if self.rows else ()
        return frozenset(
            n for n, c in enumerate(cells) if any(isinstance(b, Tick) for b in c.blocks)
        )


class Tick(Node, frozen=True, tag=True, omit_defaults=True):
    """A box to tick: `name` and `label` of its field; `checked` where an answer key says so."""

    name: str = ""
    label: str = ""
    checked: bool = False


class Axes(msgspec.Struct, frozen=True):
    """What a matrix says: its four fields by rows, and what stands at the ends of its axes.

    `fields` are their names, `details` what stands below each, "" where nothing does.
    """

    fields: tuple[str, str, str, str]
    left: str = ""
    right: str = ""
    top: str = ""
    bottom: str = ""
    details: tuple[str, str, str, str] = ("", "", "", "")


class Plot(Node, frozen=True, tag=True, omit_defaults=True):
    """A matrix to write in: its axes, and a space for each of its fields."""

    axes: Axes
    blocks: tuple[Room, ...] = ()


class ClauseStart(msgspec.Struct, frozen=True):
    """How a clause begins: the words that decide its size, in lower case."""

    words: tuple[str, ...]
    asks: bool


def asked_for(text: str, words: Vocabulary, floor: int = LINE) -> PromptSize:
    """Return the space that a prompt's words ask for; of several clauses the largest counts.

    `floor` is the least count of lines. A prompt that no word of the vocabulary decides gets `FEW`.
    """
    lines = stated(text, words)
    if lines:
        return PromptSize("lines", max(lines, floor))
    for piece in _pieces(text, words):
        lead = piece.words[0]
        if not piece.asks and lead in words.of("space_draw"):
            return PromptSize("box", DRAWN)
        lines = max(lines, _lines(piece, words))
    return PromptSize("lines", max(lines or FEW, floor))


def defines(text: str, words: Vocabulary) -> bool:
    """Whether a lead-in asks for things to define or create, each of which gets a box."""
    return any(not p.asks and p.words[0] in words.of("space_things") for p in _pieces(text, words))


def picked(text: str, words: Vocabulary) -> bool:
    """Whether a lead-in asks to select from the list that follows."""
    pieces = _pieces(text, words) if text.rstrip().endswith(":") else []
    return any(not p.asks and p.words[0] in words.of("space_picked") for p in pieces)


def chosen_by(text: str, words: Vocabulary) -> bool:
    """Whether a text that code follows leads in to answers: a clause of it tells to choose, or asks by its first word."""
    if not text.rstrip().endswith((":", "：")):
        return False
    last = _SENTENCES.split(normal(text))[-1]
    picks = words.of("picking_verbs") | words.of("space_picked")
    if words.verbs and any(word in last for word in picks):
        return True  # the verb is inflected, and no space may part it from other words
    wanted = picks | words.of("answer_words")
    return any(piece.words[0] in wanted for piece in _pieces(last, words))


def completes(text: str, words: Vocabulary) -> bool:
    """Whether a text tells to fill in what stands below it: "Complete the table."."""
    verbs = words.of("filling_verbs")
    if words.verbs:  # the verb is inflected, and no space may part it from other words
        return any(word in normal(text) for word in verbs)
    return any(piece.words[0] in verbs for piece in _pieces(text, words))


def _pieces(text: str, words: Vocabulary) -> list[ClauseStart]:
    """Return the clauses of a text, less the small words that they begin with."""
    found: list[ClauseStart] = []
    for sentence in _SENTENCES.split(split_emoji(text)[1]):
        for clause in _CLAUSES.split(sentence):
            bare = _WORDS.findall(normal(clause).lower())
            while bare and bare[0] in words.of("space_skipped"):
                bare = bare[1:]
            if bare:
                found.append(ClauseStart(tuple(bare), sentence.rstrip("\"'”’)*_ ").endswith("?")))
    return found


def _lines(piece: ClauseStart, words: Vocabulary) -> int:
    """Return the lines that a clause asks for; 0 where none of its words decides."""
    one, two = piece.words[0], " ".join(piece.words[:2])
    for name, lines in (("space_line", LINE), ("space_few", FEW), ("space_many", MANY)):
        if two in words.of(name):
            return lines
    for name, lines in (("space_many", MANY), ("space_few", FEW), ("space_line", LINE)):
        if one in words.of(name):
            if piece.asks:
                return FEW if lines < FEW and _several(piece, words) else lines
            return max(lines, _counted(piece, words))
    inside = set(piece.words) if piece.asks else set[str]()
    for name, lines in (("space_many", MANY), ("space_few", FEW), ("space_line", LINE)):
        if inside & words.of(name):
            return lines
    return 0 if piece.asks else _counted(piece, words)


def _several(piece: ClauseStart, words: Vocabulary) -> bool:
    """Whether a question asks for several things: "which signals", not "which signal"."""
    asked = piece.words[1] if len(piece.words) > 1 else ""
    return piece.words[0] in words.of("space_several") and key_of(asked) != asked


def writes(text: str, words: Vocabulary) -> bool:
    """Whether a text says somewhere to write or to draw."""
    found = _pieces(text, words)
    return any(not p.asks and p.words[0] in words.of("space_written") for p in found)


def stated(text: str, words: Vocabulary) -> int:
    """Return the lines that a text states; else 0.

    "Two sentences" are four, "three lines" three, "six layers, one line each" six.
    """
    pieces = _pieces(text, words)
    counts = [found for piece in pieces for found in _counts(piece, words)]
    lines = {"sentences": 2, "lines": 1}
    for count, after in counts:
        for name, high in lines.items():
            if after in words.of(name):
                each = any(words.of("each") & set(piece.words) for piece in pieces)
                return high * count * (_things(counts, words) if each else 1)
    return 0


def _things(counts: list[tuple[int, str]], words: Vocabulary) -> int:
    """Return the largest count that is not of lines or sentences; 1 where there is none."""
    measures = words.of("sentences") | words.of("lines")
    return max((count for count, after in counts if after not in measures), default=1)


def _counted(piece: ClauseStart, words: Vocabulary) -> int:
    """Return how many things a clause asks for ("list three reasons"), a line for each; else 0."""
    return max((count for count, _ in _counts(piece, words) if count > 1), default=0)


def _counts(piece: ClauseStart, words: Vocabulary) -> Iterator[tuple[int, str]]:
    """Yield each number up to twelve in a clause, with the word after it in the singular."""
    for word, after in pairwise(piece.words):
        count = number_of(word, words)
        if count > 0:
            yield count, key_of(after)
