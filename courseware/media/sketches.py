"""Drawings in characters, read: the lines, boxes, arrows and words of `+---+`, `| text |`, `┌──┐`, `──▶`.

Cells are counted by rows and columns; whoever draws says how large they are. Rows of lines alone may be lower than
others. What has neither a box nor two arrows, or a sign that is neither a line nor a word, is no sketch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import combining, east_asian_width, name

from courseware.language.counting import ems

WIDEST, MOST = 90, 8_000
"""Columns of a drawing that is as wide as a page, and characters of one that is drawn anew."""
ARROWS = 2
"""Arrows of a drawing without a box."""
NEAR = 0.1
"""Points by which a line may miss the head of its arrow."""
LETTERS_WIDE = 1.04
"""How much wider than estimated words may be."""
NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
STEPS = {NORTH: (-1, 0), EAST: (0, 1), SOUTH: (1, 0), WEST: (0, -1)}
_BACK = {NORTH: SOUTH, EAST: WEST, SOUTH: NORTH, WEST: EAST}
_SIDES = {"UP": NORTH, "RIGHT": EAST, "DOWN": SOUTH, "LEFT": WEST, "HORIZONTAL": EAST | WEST,
          "VERTICAL": NORTH | SOUTH}  # fmt: skip
_HEADS = {"<": WEST, "◄": WEST, "◀": WEST, "←": WEST, ">": EAST, "►": EAST, "▶": EAST, "→": EAST,
          "^": NORTH, "▲": NORTH, "↑": NORTH, "v": SOUTH, "V": SOUTH, "▼": SOUTH, "↓": SOUTH}  # fmt: skip
"""Signs of arrows, by where they point."""
_DASHED = re.compile(r"(?<=[+|│┃])[ ]?(?:[-·.╌┄] ){3,}[-·.╌┄]?[ ]?(?=[+|│┃])")
"""A line of dashes from one upright to another."""
_WORDS = re.compile(r"\S+(?: \S+)*")
_STRAY = re.compile(r"[-_=~*/\\|+<>^]{2,}|(?:^|\s)[-_=~*/\\|+<>^](?=\s|$)")
"""Signs that are drawn with, not read."""

Cell = tuple[int, int]
"""A row and a column."""
Frame = tuple[int, int, int, int]
"""The rows and columns of a box's lines: top, left, bottom, right."""


class Stroke(NamedTuple):
    """A line from one end to the other, dashed or not, with heads of arrows at its ends or not."""

    x1: float
    y1: float
    x2: float
    y2: float
    dashed: bool = False
    headed: tuple[bool, bool] = (False, False)


class PlacedWords(NamedTuple):
    """Words in a row: where they begin or, if so, have their `middle`, between which edges they have room, and at which height."""

    text: str
    row: int
    x: float
    left: float
    right: float
    y: float
    middle: bool


class Sketch(NamedTuple):
    """A drawing as read: its cells, to which sides each draws a line, dashed cells, heads of arrows, and its words."""

    rows: list[list[str]]
    arms: dict[Cell, int]
    dashed: set[Cell]
    heads: dict[Cell, int]
    runs: list[tuple[int, int, str]]

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return max(map(len, self.rows))

    @property
    def boxed(self) -> bool:
        """Whether it has a box."""
        return next(_boxes(self.arms), None) is not None

    @property
    def said(self) -> str:
        """Its words, in order."""
        return "; ".join(words for _, _, words in self.runs)

    def tops(self, text: float, line: float, empty: float) -> list[float]:
        """Return where rows begin and the last ends: rows with words are `text` high, those with lines across alone `line`, others `empty`."""
        lined = {row for (row, _), sides in self.arms.items() if sides & (EAST | WEST)}
        worded = {row for row, _, _ in self.runs}
        tops = [0.0]
        for row in range(len(self.rows)):
            high = text if row in worded else line if row in lined else empty
            tops.append(tops[-1] + high)
        return tops

    def size(self, cell: float, most: float) -> float:
        """Return the largest size at which all words fit into their columns and the space behind them; `cell` is a column."""
        return min((_size(self, cell, most, *run) for run in self.runs), default=most)

    def strokes(
        self, cell: float, tops: list[float], arms: dict[Cell, int] | None = None
    ) -> Iterator[Stroke]:
        """Yield the lines, or those of some `arms`, each as long as it is straight."""
        arms = self.arms if arms is None else arms
        for (row, at), first, last in _joined(arms, self.heads, EAST, WEST, self.dashed):
            y = (tops[row] + tops[row + 1]) / 2
            dashed = any((row, n) in self.dashed for n in range(at, int(last)))
            yield Stroke((at + first) * cell, y, last * cell, y, dashed)
        for (at, row), first, last in _joined(
            _turned(arms), _turned(self.heads), SOUTH, NORTH, set()
        ):
            x = (at + 0.5) * cell
            yield Stroke(x, _height(tops, row + first), x, _height(tops, last))

    def headed(self, cell: float, tops: list[float], arms: dict[Cell, int]) -> Iterator[Stroke]:
        """Yield the lines of some `arms`; those that end at the head of an arrow go on to its tip."""
        for line in self.strokes(cell, tops, arms):
            level = line.y1 == line.y2
            first, last = (line.x1, line.x2) if level else (line.y1, line.y2)
            heads = [False, False]
            for (row, at), side in self.heads.items():
                begin, end = (at * cell, (at + 1) * cell) if level else (tops[row], tops[row + 1])
                across = (tops[row] + tops[row + 1]) / 2 if level else (at + 0.5) * cell
                if abs(across - (line.y1 if level else line.x1)) > NEAR:
                    continue
                if side == (EAST if level else SOUTH) and abs(begin - last) < NEAR:
                    last, heads[1] = end, True
                elif side == (WEST if level else NORTH) and abs(end - first) < NEAR:
                    first, heads[0] = begin, True
            ends = (first, line.y1, last, line.y2) if level else (line.x1, first, line.x2, last)
            yield Stroke(*ends, line.dashed, (heads[0], heads[1]))

    def words(self, cell: float, tops: list[float]) -> Iterator[PlacedWords]:
        """Yield the words where they stand; those with as much room on both sides are in the middle of it."""
        for row, start, words in self.runs:
            first, last = _free(self, row, start, words)
            end = start + len(_row(words))
            middle = abs((start - first) - (last - end)) < 2 and start > first
            x = (first + last) / 2 if middle else start
            y = (tops[row] + tops[row + 1]) / 2
            yield PlacedWords(words, row, x * cell, first * cell, last * cell, y, middle)

    def frames(self) -> list[Frame]:
        """Return the boxes whose four lines are whole."""
        return [f for f in _boxes(self.arms) if not any(c in self.dashed for c in _border(f))]

    def unframed(self, frames: Iterable[Frame]) -> dict[Cell, int]:
        """Return to which sides cells draw a line besides those of boxes."""
        rest = dict(self.arms)
        for top, left, bottom, right in frames:
            for row in (top, bottom):
                for at in range(left, right + 1):
                    rest[row, at] &= ~((EAST if at < right else 0) | (WEST if at > left else 0))
            for at in (left, right):
                for row in range(top, bottom + 1):
                    rest[row, at] &= ~((SOUTH if row < bottom else 0) | (NORTH if row > top else 0))
        return {cell: sides for cell, sides in rest.items() if sides}


@lru_cache(maxsize=64)
def sketch(text: str) -> Sketch | None:
    """Return a drawing in characters as read, None where it stays as it is."""
    rows = _rows(text[: MOST + 1])
    if len(text) > MOST or max(map(len, rows), default=0) > WIDEST:
        return None
    arms, dashed = _arms(rows)
    heads = dict(_arrow_heads(rows, arms))
    runs = list(_runs(rows, arms, dashed, heads))
    if any(_STRAY.search(words) or not any(c.isalnum() for c in words) for _, _, words in runs):
        return None
    found = Sketch(rows, arms, dashed, heads, runs)
    return found if len(heads) >= ARROWS or found.boxed else None


def _rows(text: str) -> list[list[str]]:
    """Return the cells of a drawing's lines: what fills two has an empty one behind it."""
    lines = text.expandtabs(8).rstrip("\n").split("\n")
    while lines and not lines[0].strip():
        lines = lines[1:]
    left = min((len(n) - len(n.lstrip()) for n in lines if n.strip()), default=0)
    return [_row(line[left:].rstrip()) for line in lines]


def _row(line: str) -> list[str]:
    cells: list[str] = []
    for sign in line:
        if combining(sign) and cells:
            cells[-1] += sign
        else:
            cells += [sign, ""] if east_asian_width(sign) in "WF" else [sign]
    return cells


def _at(rows: list[list[str]], row: int, column: int) -> str:
    inside = 0 <= row < len(rows) and 0 <= column < len(rows[row])
    return rows[row][column] if inside else " "


def _could(sign: str) -> int:
    """Return the sides to which a sign may draw a line."""
    if sign == "+":
        return NORTH | EAST | SOUTH | WEST
    if sign in ("-", "="):
        return EAST | WEST
    if sign == "|":
        return NORTH | SOUTH
    if len(sign) != 1 or not "\u2500" <= sign <= "\u257f":
        return 0
    return sum({_SIDES[word] for word in name(sign).split() if word in _SIDES}) & 15


def _arms(rows: list[list[str]]) -> tuple[dict[Cell, int], set[Cell]]:
    """Return to which sides each cell draws a line, and the cells of lines of dashes."""
    dashed = {(row, at) for row, cells in enumerate(rows) if all(len(c) == 1 for c in cells)
              for found in _DASHED.finditer("".join(cells)) for at in range(*found.span())}  # fmt: skip
    could = {(row, at): EAST | WEST if (row, at) in dashed else _could(sign)
             for row, cells in enumerate(rows) for at, sign in enumerate(cells)}  # fmt: skip
    arms = {}
    for (row, at), sides in could.items():
        joined = 0
        for side, (down, right) in STEPS.items():
            there = (row + down, at + right)
            meets = could.get(there, 0) & _BACK[side] or _HEADS.get(_at(rows, *there), 0) == side
            joined |= side if sides & side and meets else 0
        straight = sides in (EAST | WEST, NORTH | SOUTH)
        if joined:
            arms[row, at] = sides if straight else joined
    return arms, dashed


def _arrow_heads(rows: list[list[str]], arms: dict[Cell, int]) -> Iterator[tuple[Cell, int]]:
    """Yield the heads of arrows and where they point: a line comes from behind."""
    for row, cells in enumerate(rows):
        for at, sign in enumerate(cells):
            side = _HEADS.get(sign, 0)
            if not side:
                continue
            down, right = STEPS[_BACK[side]]
            if arms.get((row + down, at + right), 0) & side:
                yield (row, at), side


def _boxes(arms: dict[Cell, int]) -> Iterator[Frame]:
    """Yield where four lines close: from a corner to the right and down, and around."""
    for (top, left), sides in arms.items():
        if sides & (EAST | SOUTH) != EAST | SOUTH:
            continue
        right = left + 1
        while arms.get((top, right), 0) & WEST and not arms[top, right] & SOUTH:
            right += 1
        bottom = top + 1
        while arms.get((bottom, left), 0) & NORTH and not arms[bottom, left] & EAST:
            bottom += 1
        across = all(arms.get((bottom, n), 0) & (EAST | WEST) for n in range(left + 1, right))
        along = all(arms.get((n, right), 0) & (NORTH | SOUTH) for n in range(top + 1, bottom))
        closes = arms.get((bottom, right), 0) & (NORTH | WEST) == NORTH | WEST
        if right > left + 1 and bottom > top + 1 and across and along and closes:
            yield top, left, bottom, right


def _border(frame: Frame) -> Iterator[Cell]:
    top, left, bottom, right = frame
    yield from ((row, at) for row in (top, bottom) for at in range(left, right + 1))
    yield from ((row, at) for at in (left, right) for row in range(top, bottom + 1))


def _runs(rows: list[list[str]], arms: dict[Cell, int], dashed: set[Cell], heads: dict[Cell, int]) -> Iterator[tuple[int, int, str]]:  # fmt: skip
    """Yield the words of a drawing by row and column; two spaces part them."""
    for row, cells in enumerate(rows):
        drawn = [(row, at) in arms or (row, at) in dashed or (row, at) in heads for at in range(len(cells))]  # fmt: skip
        shown = "".join(" " if lined else sign or "\0" for lined, sign in zip(drawn, cells, strict=True))  # fmt: skip
        for found in _WORDS.finditer(shown):
            yield row, _column(shown, found.start()), found[0].replace("\0", "")


def _column(shown: str, at: int) -> int:
    return sum(not combining(sign) for sign in shown[:at])


def _free(given: Sketch, row: int, start: int, words: str) -> tuple[int, int]:
    """Return the columns between which words stand, from one line or word to the next."""
    rows, arms = given.rows, given.arms
    wide = len(_row(words))
    first, last = start, start + wide
    while first > 0 and _at(rows, row, first - 1) == " ":
        first -= 1
    while last < len(rows[row]) and _at(rows, row, last) == " ":
        last += 1
    return first, last if last < len(rows[row]) or (row, last) in arms else last + 40


def _size(given: Sketch, cell: float, most: float, row: int, start: int, words: str) -> float:
    """Return the size at which words fit into their columns and the space behind them."""
    _, last = _free(given, row, start, words)
    room = max(len(_row(words)) + 0.5, last - start - 1) * cell
    return min(most, room / (ems(words) * LETTERS_WIDE))


def _turned(cells: dict[Cell, int]) -> dict[Cell, int]:
    return {(at, row): sides for (row, at), sides in cells.items()}


def _joined(arms: dict[Cell, int], heads: dict[Cell, int], on: int, back: int, dashed: set[Cell]) -> Iterator[tuple[Cell, float, float]]:  # fmt: skip
    """Yield the lines that go `on`: the first cell, where in it they begin, and where they end."""
    along = sorted(cell for cell, sides in arms.items() if sides & (on | back))
    along += sorted(heads)
    along.sort()

    def parts(pair: tuple[Cell, Cell]) -> bool:
        (row, a), (other, b) = pair
        return row != other or b != a + 1 or not (arms.get((row, b), on | back) & back)

    edges = [n + 1 for n, pair in enumerate(pairwise(along)) if parts(pair)]
    for a, b in pairwise([0, *edges, len(along)]):
        line = [cell for cell in along[a:b] if cell in arms]
        if not line:
            continue
        (row, first), (_, last) = line[0], line[-1]
        begins = 0.0 if arms[row, first] & back else 0.5
        ends = last + (1.0 if arms[row, last] & on else 0.5)
        yield (row, first), begins, ends


def _height(tops: list[float], row: float) -> float:
    whole = int(row)
    return tops[-1] if whole >= len(tops) - 1 else tops[whole] + (row - whole) * (tops[whole + 1] - tops[whole])  # fmt: skip
