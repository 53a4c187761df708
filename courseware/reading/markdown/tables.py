"""Rows of tables with more cells than their table: a bar in code is the code's, no cell is dropped.

A row of dashes that is longer or shorter than the head is read as long as that is.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

from courseware.reading.markdown.directives import line_of
from courseware.reading.markdown.notices import Notice, notice

MORE_CELLS = "a row has more cells than its table; they are printed in its last cell"
_RULE = re.compile(r"(?=.*[-\u2010-\u2015\u2212=])[-\u2010-\u2015\u2212=:|+\s]+$")
_DASHES = re.compile(r":?-+:?")
_CROSS = re.compile(r"(?<=\S)\+(?=\S)")
"""What parts the dashes of Emacs' tables."""
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:.*?[^`])?\1(?!`)")
_WITH_BARS = re.compile(
    r"(?<![\\$])\$(?![\s$])(?:[^$\n]*?[^\s\\$])?\$(?![\w$])|\[\[[^\[\]\n]+\]\]|\\\(.*?\\\)|\$\$[^$\n]+\$\$"
    r"|\{\{.*?\}\}|\{%.*?%\}"
)
"""Formulas, links to a page and a template's tags, whose bars part no cells where a row has too many."""
_KEPT = "\ue07c"
"""Stands for a bar in code while a table is taken apart; a private character of Unicode."""
_BAR = re.compile(r"(?<!\\)\|")


def table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table: rows that have too many cells keep the bars in their code, then all cells."""
    if start + 2 > end or not _RULE.match(line_of(state, start + 1)):
        return False
    source, rule = state.src, line_of(state, start + 1).rstrip()
    dashes = _split(_CROSS.sub("|", rule))
    strange = "+" in rule or not all(map(_DASHES.fullmatch, dashes))
    if strange and (rule[0] != "|" or rule == "|===" or line_of(state, start)[:1] != "|"):
        return False
    written = len(dashes)
    _keep_bars(state, start, written)
    head = line_of(state, start)
    count = _cells(head)
    uneven = strange or (count != written and (head.startswith("|") or "|" in rule))
    surplus: dict[int, list[str]] = {}
    for number in range(start + 2, end):
        if not line_of(state, number).strip():
            break
        if _keep_bars(state, number, count) > count:
            surplus[number] = _split(line_of(state, number))[count - 1 :]
    before = len(state.tokens)
    done = (_even if uneven else table)(state, start, end, silent)
    state.src = source
    if done and not silent:
        _mend(state, state.tokens[before:], surplus)
        if uneven:
            told = f"the row of dashes has {written} cells, the head of its table {count}"
            told = told if count != written else "the row below a table's head is no row of dashes"
            hint = f"write |{'---|' * count}"
            notice(state.env, Notice("C125", start + 1, told, hint))
    return done


def _even(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table whose row of dashes is made as long as its head; that stands at the source's end meanwhile."""
    count = _cells(line_of(state, start))
    rule = _split(_CROSS.sub("|", line_of(state, start + 1)))
    cells = [f"{':' * (c[:1] == ':')}---{':' * (c[-1:] == ':')}" for c in [*rule, *[""] * count]]
    places = (state.bMarks, state.eMarks, state.tShift)
    kept = [marks[start + 1] for marks in places]
    first = len(state.src) + 1
    state.src += "\n|" + "|".join(cells[:count]) + "|"
    for marks, place in zip(places, (first, len(state.src), 0), strict=True):
        marks[start + 1] = place
    done = table(state, start, end, silent)
    for marks, place in zip(places, kept, strict=True):
        marks[start + 1] = place
    return done


def _cells(line: str) -> int:
    return len(_split(line))


def _split(line: str) -> list[str]:
    """Return a row's cells, without the empty ones outside of its outer bars."""
    cells = [cell.strip() for cell in _BAR.split(line.strip())]
    first = not cells[0]
    last = len(cells) > 1 and not cells[-1]
    return cells[first : len(cells) - last]


def _keep_bars(state: StateBlock, number: int, count: int) -> int:
    """Keep the bars in the code of a row with more cells than `count`, then in its formulas; return its cells."""
    line = line_of(state, number)
    for pattern in (_CODE, _WITH_BARS):
        if _cells(line) <= count:
            break
        kept = pattern.sub(lambda found: _BAR.sub(_KEPT, found.group()), line)
        line = kept if pattern is _CODE or _cells(kept) >= count else line
    at = state.bMarks[number] + state.tShift[number]
    state.src = state.src[:at] + line + state.src[at + len(line) :]
    return _cells(line)


def _mend(state: StateBlock, tokens: list[Token], surplus: dict[int, list[str]]) -> None:
    """Give cells their bars back, and the last of a row what follows it."""
    last: dict[int, Token] = {}
    for token in tokens:
        if token.type == "inline" and token.map:
            token.content = token.content.replace(_KEPT, "|")
            last[token.map[0]] = token
    for number, cells in surplus.items():
        more = [cell.replace(_KEPT, "|") for cell in cells]
        if number in last and any(more[1:]):
            last[number].content = " | ".join(cell.replace("\\|", "|") for cell in more).rstrip(
                " |"
            )
            last[number].meta["surplus"] = True
            hint = "write \\| for a bar that parts no cells"
            notice(state.env, Notice("C125", number, MORE_CELLS, hint))
