"""What stands beside what in a handout: a heading beside its text, code beside its text or what it prints.

A heading over little prose leaves most of its line empty; in a column of its own, with those of its
siblings below each other, it is a label that one finds. The form is decided once for all siblings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from typing import Literal

import msgspec

from courseware.model.blocks import (
    Block,
    Box,
    Code,
    Exercise,
    Field,
    Figure,
    Footnote,
    List,
    Paragraph,
    Part,
    Quote,
    Rule,
    Section,
    Topic,
)
from courseware.model.inline import Image
from courseware.model.kinds import find_kind
from courseware.model.walk import texts

NAME, SECTION_NAME = 48, 44
"""Letters of a heading that stands in three lines of its column, and of a section's, which is larger."""
LINE, WHOLE, HIGHEST = 62, 14, 45
"""Letters on a line beside the column; lines of a row that is not broken, and of any row."""
FIGURE = 8
"""Lines that a picture is counted as: it may be broken off."""
PLAIN_SECTIONS = frozenset({"concept", "introduction", "prerequisites", "materials", "next"})
"""Kinds of sections that are read as they come; the others have forms of their own."""
WIDTHS = {"narrow": (27, 53), "even": (38, 38), "broad": (53, 27)}
"""Letters of code and of what it prints where they stand side by side: a third, half, or two thirds for the code."""
LINES = 24
"""Lines of both at most: they are not broken."""
TOLD = {"even": (32, 42), "wide": (40, 34), "narrow": (46, 25)}
"""Letters of code that stands beside its text, and of the text's lines: half and half, three parts of five, two of three."""
COMPARED = 3
"""Lines of one of some pieces of code of one language, at least, for which two stand side by side."""
TALL = 43
"""Letters of code of more than `LINES`, a tree of files or a listing: it is smaller, and may be broken."""
BOX_LINES = (2, 9)
"""Lines that a box has, at least and at most, whose title stands beside them: it is not broken."""
UNTINTED = frozenset({"activity", "stretch", "note-lines", "details", "only", "not", "columns"})
"""Kinds of boxes that are no boxes in print: work with a rule beside it, frames of what they hold."""
MORE = 4
"""Lines that a text may have more than the code beside it, whose rule is higher than its lines."""

Headed = Section | Topic | Part | Exercise


class Rows(msgspec.Struct, frozen=True):
    """Siblings below each other, each heading beside its own text."""

    siblings: tuple[Headed, ...]

    @property
    def tall(self) -> bool:
        """Whether a row is so high that it may be broken."""
        return max(map(_lines, self.siblings)) > WHOLE


class Pair(msgspec.Struct, frozen=True):
    """A text and the code that it tells of ("told"), or code and what it prints ("printed"), side by side.

    `widths` names those of their columns.
    """

    kind: Literal["told", "printed"]
    left: Paragraph | Code
    right: Code
    widths: str


def is_plain(block: object) -> bool:
    """Return whether a block is a section that has no form of its own."""
    return (
        isinstance(block, Section)
        and block.kind in PLAIN_SECTIONS
        and bool(block.heading.name)
        and not block.boxed
    )


def is_row(sibling: Headed) -> bool:
    """Return whether a sibling's heading can stand beside all that it heads: a little prose."""
    large = isinstance(sibling, Section | Exercise) and sibling.heading.level < 3
    most = SECTION_NAME if large else NAME
    if not 0 < len(sibling.heading.name) <= most or not all(map(_is_prose, sibling.blocks)):
        return False
    return _lines(sibling) <= HIGHEST


def are_rows(run: Sequence[Headed]) -> bool:
    """Return whether siblings, two at least, are rows: all can be, and most have a text."""
    held = sum(bool(sibling.blocks) for sibling in run)
    return len(run) > 1 and held * 2 > len(run) and all(map(is_row, run))


def led(block: Headed) -> int:
    """Return how many blocks of prose a short heading is over before anything else, 0 where it is long."""
    large = isinstance(block, Section | Exercise)
    if not 0 < len(block.heading.name) <= (SECTION_NAME if large else NAME):
        return 0
    return len(list(takewhile(_is_prose, block.blocks)))


def is_side_headed(box: Box) -> bool:
    """Return whether a box's title, or its kind's name, stands beside its text: a little prose, as high."""
    if box.kind in UNTINTED or len(box.heading.name) > NAME or box.heading.time:
        return False
    least, most = BOX_LINES
    if not box.heading.name:  # its kind's word stands there, where its kind has one
        least = 1 if find_kind(box.kind).icon else most + 1
    return all(map(_is_prose, box.blocks)) and least <= _lines(box) <= most


def in_pairs(blocks: Sequence[Block]) -> Iterator[Block | Pair]:
    """Yield blocks, as one those that stand side by side: code and what it prints, else with its text.

    Pieces of code of one language are compared: two of them stand side by side, none beside the text.
    """
    compared = _compared(blocks)
    held: Block | None = None
    for block, after in zip(blocks, (*blocks[1:], None), strict=False):
        pair = _printed(held, block)
        if isinstance(held, Code) and isinstance(block, Code) and {id(held), id(block)} <= compared:
            pair = Pair("printed", held, block, "even")
        elif pair is None and _printed(block, after) is None and not _alike(block, after):
            pair = _told(held, block)
        if pair is not None:
            yield pair
        elif held is not None:
            yield held
        held = block if pair is None else None
    if held is not None:
        yield held


def _compared(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the ids of code of one language that stands two across: all of a run fits, some of it is high."""
    found: list[int] = []
    for _, run in groupby(blocks, lambda b: b.language if isinstance(b, Code) else ""):
        codes = [b for b in run if isinstance(b, Code) and b.language]
        fits = all(_fits(c, WIDTHS["even"][0]) for c in codes)
        if fits and any(len(c.text.splitlines()) >= COMPARED for c in codes):
            found += map(id, codes)
    return frozenset(found)


def _printed(code: Block | None, output: Block | None) -> Pair | None:
    """Return code with what it prints, None where one is not the other's or there is no room."""
    if not isinstance(code, Code) or not isinstance(output, Code) or not code.language:
        return None
    for widths, (left, right) in WIDTHS.items():
        if output.language != code.language and _fits(code, left) and _fits(output, right):
            return Pair("printed", code, output, widths)
    return None


def _alike(code: Block, after: Block | None) -> bool:
    """Return whether more code of the same language follows: a text tells of both, and they are compared."""
    return isinstance(code, Code) and isinstance(after, Code) and code.language == after.language


def _told(text: Block | None, code: Block) -> Pair | None:
    """Return a text with the code that follows it, None where there is no room or one is much higher."""
    if not isinstance(text, Paragraph) or not isinstance(code, Code) or text.text.has(Image):
        return None
    for widths, (letters, line) in TOLD.items():
        lines = 1 + len(text.text.plain) // line
        if _fits(code, letters) and lines <= len(code.text.splitlines()) + MORE:
            return Pair("told", text, code, widths)
    found = code.text.splitlines()
    if len(found) > LINES and max(map(len, found)) <= TALL:
        return Pair("told", text, code, "tall")
    return None


def _fits(code: Code, letters: int) -> bool:
    found = code.text.splitlines()
    return len(found) <= LINES and max(map(len, found), default=0) <= letters


def _lines(sibling: Headed | Box) -> int:
    pictures = sum(isinstance(block, Figure) for block in sibling.blocks)
    pictures += sum(len(t.images) for t in texts(sibling.blocks))
    return FIGURE * pictures + sum(1 + len(t.plain) // LINE for t in texts(sibling.blocks))


def _is_prose(block: Block) -> bool:
    if isinstance(block, List):
        return not block.choices and all(map(_is_prose, (b for i in block.items for b in i.blocks)))
    if isinstance(block, Quote):
        return all(map(_is_prose, block.blocks))
    if isinstance(block, Field):
        return all(map(_is_prose, block.blocks))
    return isinstance(block, Paragraph | Figure | Rule | Footnote)
