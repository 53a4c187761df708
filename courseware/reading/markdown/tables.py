"""Rows of tables with more cells than their table: a bar in code is the code's, no cell is dropped."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

from courseware.reading.markdown.directives import line_of
from courseware.reading.markdown.notices import Notice, notice

_RULE = re.compile(r"[-:|\s]*-[-:|\s]*$")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:.*?[^`])?\1(?!`)")
_KEPT = "\ue07c"
"""Stands for a bar in code while a table is taken apart; a private character of Unicode."""
_BAR = re.compile(r"(?<!\\)\|")


def table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table: rows that have too many cells keep the bars in their code, then all cells."""
    if start + 2 > end or not _RULE.match(line_of(state, start + 1)):
        return False
    count = _cells(line_of(state, start + 1))
    source = state.src
    rows = [start, *range(start + 2, end)]
    surplus: dict[int, list[str]] = {}
    for number in rows:
        line = line_of(state, number)
        if number > start and not line.strip():
            break
        if _cells(line) > count:
            _keep_bars(state, number, line)
            cells = _split(line_of(state, number))
            if len(cells) > count and number > start:
                surplus[number] = cells[count - 1 :]
    before = len(state.tokens)
    done = table(state, start, end, silent)
    state.src = source
    if done and not silent:
        _mend(state, state.tokens[before:], surplus)
    return done


def _cells(line: str) -> int:
    return len(_split(line))


def _split(line: str) -> list[str]:
    """Return a row's cells, without the empty ones outside of its outer bars."""
    cells = [cell.strip() for cell in _BAR.split(line.strip())]
    first = not cells[0]
    last = len(cells) > 1 and not cells[-1]
    return cells[first : len(cells) - last]


def _keep_bars(state: StateBlock, number: int, line: str) -> None:
    kept = _CODE.sub(lambda code: _BAR.sub(_KEPT, code.group()), line)
    at = state.bMarks[number] + state.tShift[number]
    state.src = state.src[:at] + kept + state.src[at + len(line) :]


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
            told = "a row has more cells than its table; they are printed in its last cell"
            notice(state.env, Notice("C125", number, told, hint))
