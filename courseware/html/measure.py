"""What may be wider than its page: type sizes that make it fit, chosen before it is laid out.

Widths are estimates from characters: an author's table, drawing or title is known by its words, and
a page that is laid out twice takes twice its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape as html_escape
from typing import Literal
from unicodedata import combining, east_asian_width

from markupsafe import Markup, escape

from courseware.language.counting import ems, shortened
from courseware.language.twins import UNSPACED
from courseware.language.typography import with_ends
from courseware.model.blocks import Cell, Row, Table
from courseware.model.walk import texts

Density = Literal["", "dense", "denser"]
ROOM = 400.0
"""Points that a table's words may take side by side: a page has 476, boxes and exercises less."""
SIZES: tuple[tuple[Density, float, float], ...] = (("", 9.5, 8.5), ("dense", 8.0, 5.7))
"""Of each density, its type's size and a column's own space in points, as the stylesheet has them."""
ADVANCE = 0.54
"""A character's width in ems: of words in Atkinson Hyperlegible Next, some of them bold."""
LONG = 30
"""Characters of a word that may be cut where its line ends: no column waits for it."""
CUT = 12
"""Characters of such a word that its column has at least."""
FEW = 6
"""Letters of a line, at least, in scripts that put no space between words."""
LONG_TITLE, LONGEST_TITLE = 80, 160
"""Characters of a title in two full lines and in four: a longer one is set smaller."""
SHORT_TITLE = 64
"""Characters of a running line: a half of it, at its size."""
WIDTH = 470.0
"""Points across a page that a drawing may take: A4 has 476, Letter some more."""
ADVANCE_OF_CELL = 0.6021
"""A cell's width in ems of DejaVu Sans Mono."""
LARGEST, SMALLEST = 8.6, 5.0
"""Points of a drawing's type: as in the text around it, and as small as one can read."""
_BREAK = re.compile(r"[\s\u200b-]+")
_MAYBE_WIDE = "\u1100"
"""The first character that may fill two cells of a terminal."""
_WORD = re.compile(rf"[^\s\u200b-]{{{LONG},}}")


TALL_CELL, TALL_ROW = 2_400, 4_000
"""Letters of a cell, and of a row, that take half a page or more."""


def density(table: Table) -> Density:
    """Return how densely a table is set, so that its words stand side by side.

    The densest one cuts words where it must.
    """
    longest: dict[int, int] = {}
    for number, cell in _cells((*table.head, *table.rows)):
        longest[number] = max(longest.get(number, 1), _longest(cell))
    for name, size, space in SIZES:
        if sum(n * size * ADVANCE + space for n in longest.values()) <= ROOM:
            return name
    return "denser"


def is_tall(row: Row) -> bool:
    """Return whether a row may be higher than what a page has left: it is cut where the page ends.

    The layout engine moves one that is kept whole to the next page, without its table's head.
    """
    letters = [sum(len(text.plain) for text in texts([cell])) for cell in row.cells]
    return max(letters, default=0) > TALL_CELL or sum(letters) > TALL_ROW


def _cells(rows: tuple[Row, ...]) -> Iterator[tuple[int, Cell]]:
    """Yield cells with the number of their column, those over several columns aside."""
    for row in rows:
        number = 0
        for cell in row.cells:
            if cell.colspan == 1:
                yield number, cell
            number += cell.colspan


def _longest(cell: Cell) -> int:
    words = [word for text in texts(cell.blocks) for word in _BREAK.split(text.plain)]
    return max(map(_letters, words), default=1)


def _letters(word: str) -> int:
    """Return how many letters of Latin a word is as wide as; one of a script without spaces may be cut."""
    if word.isascii():
        return len(word) if len(word) < LONG else CUT
    kept = word[:FEW] if UNSPACED.search(word) else word
    return min(round(ems(kept) / ADVANCE), CUT if len(kept) >= LONG else LONG)


def with_cuts(words: str) -> str:
    """Return words as HTML, the long ones marked: they may be cut where their line ends."""
    words = with_ends(words)
    html, at = "", 0
    for found in _WORD.finditer(words) if len(words) >= LONG else ():
        html += _escaped(words[at : found.start()])
        html += f'<span class="long">{_escaped(found[0])}</span>'
        at = found.end()
    return html + _escaped(words[at:])


def _escaped(words: str) -> str:
    return html_escape(words, quote=False)


def title_class(title: str) -> str:
    """Return the class of a title that is too long for the largest type, "" for others."""
    if len(title) <= LONG_TITLE:
        return ""
    return "long-title" if len(title) <= LONGEST_TITLE else "longest-title"


def running(title: str) -> str:
    """Return a title as a running line shows it: cut between words where it is long."""
    if len(title) <= SHORT_TITLE:
        return title
    return shortened(title, SHORT_TITLE - 1).rstrip(" ,;:–—-") + "…"


def drawing_size(text: str) -> float:
    """Return the size in points at which a drawing in characters is as wide as a page, or less."""
    cells = max((_cells_of(line) for line in text.expandtabs(8).split("\n")), default=1)
    return round(max(SMALLEST, min(LARGEST, WIDTH / (max(cells, 1) * ADVANCE_OF_CELL))), 2)


def in_cells(text: str) -> Markup:
    """Return a drawing's HTML: what fills two cells of a terminal has their width here, too."""
    shown = str(escape(text.expandtabs(8)))
    return Markup("".join(map(_two, shown)))  # noqa: S704


def _two(character: str) -> str:
    wide = character >= _MAYBE_WIDE and east_asian_width(character) in "WF"
    return f'<span class="two">{character}</span>' if wide else character


def _cells_of(line: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else not combining(c) for c in line)
