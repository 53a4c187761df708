"""Boxes that are drawn in characters, as a vector drawing: `+---+`, `| text |`, `┌──┐`, arrows between them.

Lines, arrows and words stand where their author put them, in rows and columns; rows of lines alone are
lower, empty rows are room. A drawing that has no box, or a sign that is neither a line nor a word, stays in characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import groupby, pairwise
from unicodedata import combining, east_asian_width, name

import msgspec

from courseware.language.counting import ems
from courseware.media.drawings import data_address

CELL, TEXT_ROW, LINE_ROW = 5.2, 12.6, 7.0
"""Points that a column is wide, and a row is high: one with words or room, one that has a line across it."""
WIDEST, MOST = 90, 8_000
"""Columns of a drawing that is as wide as a page, and characters of one that is drawn anew."""
SIZE = 8.8
"""Points of the words; those that would not fit into their columns are smaller."""
SMALLEST = 6.5
"""Points below which words are not set: the drawing stays in characters."""
LETTERS_WIDE = 1.04
"""How much wider than estimated words may be."""
NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
_STEPS = {NORTH: (-1, 0), EAST: (0, 1), SOUTH: (1, 0), WEST: (0, -1)}
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


class LineArt(msgspec.Struct, frozen=True):
    """A drawing as SVG and the address of that, its size in points, and its words in order."""

    svg: str
    width: float
    height: float
    words: str

    @property
    def source(self) -> str:
        """The drawing as an address of its own."""
        return data_address(self.svg)


@lru_cache(maxsize=64)
def line_art(text: str, ink: str, face: str) -> LineArt | None:
    """Return a drawing in characters as a vector drawing, None where it stays as it is."""
    rows = _rows(text[: MOST + 1])
    if len(text) > MOST or max(map(len, rows), default=0) > WIDEST:
        return None
    arms, dashed = _arms(rows)
    heads = dict(_arrow_heads(rows, arms))
    if not _has_box(arms):
        return None
    runs = list(_runs(rows, arms, dashed, heads))
    if any(_STRAY.search(words) or not any(c.isalnum() for c in words) for _, _, words in runs):
        return None
    sizes = [_size(rows, arms, *run) for run in runs]
    if min(sizes, default=SIZE) < SMALLEST:
        return None
    lined = {row for (row, _), sides in arms.items() if sides & (EAST | WEST)} - {
        row for row, _, _ in runs
    }
    tops = [0.0]
    for row in range(len(rows)):
        tops.append(tops[-1] + (LINE_ROW if row in lined else TEXT_ROW))
    size = round(min(sizes, default=SIZE), 2)
    body = [*_lines(arms, dashed, heads, tops), f'<g stroke="none" font-family="{escape(face)}" font-size="{size:g}">',
            *_texts(rows, arms, runs, tops, size), "</g>"]  # fmt: skip
    left = CELL / 2 - 0.4 if any(at == 0 for _, at in arms) else 0.0
    wide = max(map(len, rows)) * CELL - left
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.1f} 0 {wide:.1f} {tops[-1]:.1f}" '
           f'width="{wide:.1f}pt" height="{tops[-1]:.1f}pt" fill="{escape(ink)}" stroke="{escape(ink)}">{"".join(body)}</svg>')  # fmt: skip
    said = "; ".join(words for _, _, words in runs)
    return LineArt(svg, round(wide, 1), round(tops[-1], 1), said)


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
        for side, (down, right) in _STEPS.items():
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
            down, right = _STEPS[_BACK[side]]
            if arms.get((row + down, at + right), 0) & side:
                yield (row, at), side


def _has_box(arms: dict[Cell, int]) -> bool:
    """Whether four lines close somewhere: from a corner to the right and down, and around."""
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
            return True
    return False


def _runs(rows: list[list[str]], arms: dict[Cell, int], dashed: set[Cell], heads: dict[Cell, int]) -> Iterator[tuple[int, int, str]]:  # fmt: skip
    """Yield the words of a drawing by row and column; two spaces part them."""
    for row, cells in enumerate(rows):
        drawn = [(row, at) in arms or (row, at) in dashed or (row, at) in heads for at in range(len(cells))]  # fmt: skip
        shown = "".join(" " if lined else sign or "\0" for lined, sign in zip(drawn, cells, strict=True))  # fmt: skip
        for found in _WORDS.finditer(shown):
            yield row, _column(shown, found.start()), found[0].replace("\0", "")


def _column(shown: str, at: int) -> int:
    return sum(not combining(sign) for sign in shown[:at])


def _free(rows: list[list[str]], arms: dict[Cell, int], row: int, start: int, words: str) -> tuple[int, int]:  # fmt: skip
    """Return the columns between which words stand, from one line or word to the next."""
    wide = len(_row(words))
    first, last = start, start + wide
    while first > 0 and _at(rows, row, first - 1) == " ":
        first -= 1
    while last < len(rows[row]) and _at(rows, row, last) == " ":
        last += 1
    return first, last if last < len(rows[row]) or (row, last) in arms else last + 40


def _size(rows: list[list[str]], arms: dict[Cell, int], row: int, start: int, words: str) -> float:
    """Return the size in points at which words fit into their columns and the space behind them."""
    _, last = _free(rows, arms, row, start, words)
    room = max(len(_row(words)) + 0.5, last - start - 1) * CELL
    return min(SIZE, room / (ems(words) * LETTERS_WIDE))


def _lines(
    arms: dict[Cell, int], dashed: set[Cell], heads: dict[Cell, int], tops: list[float]
) -> Iterator[str]:
    whole: list[str] = []
    broken: list[str] = []
    for (row, at), first, last in _joined(arms, heads, EAST, WEST, dashed):
        y = (tops[row] + tops[row + 1]) / 2
        (broken if _is_dashed(row, at, last, dashed) else whole).append(
            f"M{(at + first) * CELL:.1f} {y:.1f}H{last * CELL:.1f}"
        )
    for (at, row), first, last in _joined(_turned(arms), _turned(heads), SOUTH, NORTH, set()):
        whole.append(f"M{(at + 0.5) * CELL:.1f} {_height(tops, row + first):.1f}V{_height(tops, last):.1f}")  # fmt: skip
    yield f'<g fill="none" stroke-width=".8"><path d="{"".join(whole)}"/>'
    if broken:
        yield f'<path stroke-dasharray="3 2.4" d="{"".join(broken)}"/>'
    yield "</g>"
    tips = "".join(_tip(cell, side, tops) for cell, side in heads.items())
    if tips:
        yield f'<path stroke="none" d="{tips}"/>'


def _is_dashed(row: int, at: int, last: float, dashed: set[Cell]) -> bool:
    return any((row, n) in dashed for n in range(at, int(last)))


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


def _tip(cell: Cell, side: int, tops: list[float]) -> str:
    """Return the head of an arrow: as long as its cell, half as wide."""
    row, at = cell
    x, y = (at + 0.5) * CELL, (tops[row] + tops[row + 1]) / 2
    down, right = _STEPS[side]
    half, wide = CELL / 2 + 0.4, 2.2
    tip = (x + right * half, y + down * half)
    base = (x - right * half, y - down * half)
    a = (base[0] + down * wide, base[1] + right * wide)
    b = (base[0] - down * wide, base[1] - right * wide)
    return "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in (tip, a, b)) + "Z"


def _texts(rows: list[list[str]], arms: dict[Cell, int], runs: list[tuple[int, int, str]], tops: list[float], size: float) -> Iterator[str]:  # fmt: skip
    """Yield words where they stand; those with as much room on both sides are in the middle of it."""
    for row, found in groupby(runs, key=lambda run: run[0]):
        y = (tops[row] + tops[row + 1]) / 2 + size * 0.34
        for _, start, words in found:
            first, last = _free(rows, arms, row, start, words)
            end = start + len(_row(words))
            middle = abs((start - first) - (last - end)) < 2 and start > first
            x = (first + last) / 2 if middle else start
            place = ' text-anchor="middle"' if middle else ""
            yield f'<text x="{x * CELL:.1f}" y="{y:.1f}"{place}>{escape(words, quote=False)}</text>'
