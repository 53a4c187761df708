"""Pandoc's tables without bars, tables pasted from a word processor, and notes in a line.

A simple table has a line of dashes with gaps below its head, or around its rows; in a table of several lines a row, blank lines
part the rows, and lines of dashes stand around it. A table that is pasted has a tab between its cells.
"""

from __future__ import annotations

import re
from hashlib import sha1
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from courseware.reading.markdown.directives import line_of

_GAPPED = re.compile(r"\s{0,3}-{2,}(?: +-{2,})+\s*")
_GAP = re.compile("--+ +--")
"""What is in a text that has such a line: few have."""
_LINED = re.compile(r"\| (?!\s*:?-+:?\s*$)[^|]*[^|\s][^|]*$")
"""A line of a verse or an address, which a bar begins and none ends."""
_WHOLE = re.compile(r"\s{0,3}-{3,}\s*")
MOST_LINES, MOST_HEAD = 400, 8
"""Lines of a table that are read, and those among which its line of dashes is."""
Cells = list[tuple[str, int, int, int]]
"""A row's cells: the text of each, its first line from 0, its columns and its rows."""


def _columns(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table whose columns are where dashes are."""
    if state.is_code_block(start) or not _has_dashes(state, start, end):
        return False
    rows = [
        state.src[state.bMarks[n] : state.eMarks[n]]
        for n in range(start, _reach(state, start, end))
    ]
    dashes = next((n for n, row in enumerate(rows[:MOST_HEAD]) if _GAPPED.fullmatch(row)), -1)
    several = dashes > 0 and _WHOLE.fullmatch(rows[0]) is not None
    if dashes < 0 or (dashes > 1 and not several) or not all(row.strip() for row in rows[:dashes]):
        return False
    last = _last(rows, dashes, several)
    read = (
        _read(rows, (int(several), dashes, last), several or _parted(rows, dashes, last))
        if last > 0
        else None
    )
    if read is None:
        return False
    closing = last < len(rows) and (_GAPPED.fullmatch(rows[last]) or _WHOLE.fullmatch(rows[last]))
    return silent or _push(state, (start, start + last + bool(closing)), read)


def _has_dashes(state: StateBlock, start: int, end: int) -> bool:
    """Whether a line of dashes with gaps stands where a table's head ends: few lines are looked at."""
    if "gapped" not in state.env:
        state.env["gapped"] = _GAP.search(state.src) is not None
    first = range(start, min(end, start + MOST_HEAD))
    return bool(state.env["gapped"]) and any(
        _GAPPED.fullmatch(state.src, state.bMarks[n], state.eMarks[n]) for n in first
    )


def _reach(state: StateBlock, start: int, end: int) -> int:
    """Return the line before which a table ends that begins at `start`: what stands further left is not its."""
    stop = min(end, start + MOST_LINES)
    outside = (
        n for n in range(start, stop) if not state.isEmpty(n) and state.sCount[n] < state.blkIndent
    )
    return next(outside, stop)


def _last(rows: list[str], dashes: int, several: bool) -> int:
    """Return the line after the last row, -1 where the table has no end."""
    closing = [
        n
        for n in range(dashes + 2, len(rows))
        if _WHOLE.fullmatch(rows[n]) or _GAPPED.fullmatch(rows[n])
    ]
    blank = next((n for n in range(dashes + 1, len(rows)) if not rows[n].strip()), len(rows))
    if several or not dashes:
        first = closing[0] if closing else -1
        alike = not several and first > 0 and bool(_GAPPED.fullmatch(rows[first])) and first > blank
        return -1 if alike else first
    return closing[0] if closing and closing[0] < blank else blank if blank > dashes + 1 else -1


def _parted(rows: list[str], dashes: int, last: int) -> bool:
    """Whether blank lines part the rows."""
    return any(not row.strip() for row in rows[dashes + 1 : last])


def _read(
    rows: list[str], at: tuple[int, int, int], parted: bool
) -> tuple[list[Cells], list[Cells]] | None:
    """Return the head and the rows; `at` are the lines of the head, the dashes and the end. None where words cross columns."""
    head, dashes, last = at
    starts = [found.start() for found in re.finditer("-+", rows[dashes])]
    edges = [0, *starts[1:], None]
    groups: list[list[int]] = [[]]
    for number in range(dashes + 1, last):
        if rows[number].strip() and (not parted or not groups[-1] or rows[number - 1].strip()):
            groups = [*groups, [number]] if not parted else [*groups[:-1], [*groups[-1], number]]
        elif rows[number].strip():
            groups.append([number])
    wanted = [list(range(head, dashes)), *filter(None, groups)]
    if any(
        rows[n][edge - 1 : edge].strip() for lines in wanted for n in lines for edge in starts[1:]
    ):
        return None
    made: list[Cells] = []
    for lines in wanted:
        texts = ["\n".join(rows[n][a:b].strip() for n in lines) for a, b in pairwise(edges)]
        made.append(
            [(text.strip("\n"), lines[0] if lines else 0, 1, 1) for text in texts] if lines else []
        )
    return ([made[0]] if made[0] else []), made[1:]


def _lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read lines behind a bar each, two or more, as a paragraph that keeps its lines."""
    last = start
    while last < min(end, start + MOST_LINES) and _LINED.match(line_of(state, last)):
        last += 1
    if last - start < 2 or state.is_code_block(start):
        return False
    if not silent:
        lines = (line_of(state, number)[2:].strip() for number in range(start, last))
        state.push("paragraph_open", "p", 1).map = [start, last]
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = "\\\n".join(lines), [start, last], []
        state.push("paragraph_close", "p", -1)
        state.line = last
    return True


def _tabs(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read lines that have as many tabs each as a table: two lines or more, the first its head."""
    first = state.src.find("\t", state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if silent or first < 0 or state.is_code_block(start):
        return False
    rows: list[list[str]] = []
    for number in range(start, _reach(state, start, end)):
        row = state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip(
            "\n"
        )
        cells = row.split("\t")
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])) or not row.strip():
            break
        rows.append([cell.strip() for cell in cells])
    after = start + len(rows)
    if (
        len(rows) < 2
        or (after < end and not state.isEmpty(after))
        or not all(rows[0])
        or re.match(r"[-*+>|#:`~]|\d+[.)]\s", rows[0][0])
    ):
        return False
    cells_of = [[(cell, number, 1, 1) for cell in row] for number, row in enumerate(rows)]
    return _push(state, (start, after), (cells_of[:1], cells_of[1:]))


def _push(state: StateBlock, lines: tuple[int, int], read: tuple[list[Cells], list[Cells]]) -> bool:
    token = state.push("grid_table", "", 0)
    token.map, token.meta = list(lines), {"head": read[0], "rows": read[1]}
    state.line = lines[1]
    return True


def _note(state: StateInline, silent: bool) -> bool:
    """Read `^[words]` as the reference to a note; the note follows its text."""
    if not state.src.startswith("^[", state.pos) or state.src[state.pos - 1 : state.pos] == "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0 or not state.src[state.pos + 2 : end].strip():
        return False
    if not silent:
        content = state.src[state.pos + 2 : end]
        token = state.push("footnote_ref", "", 0)
        label = f"note-{sha1(content.encode(), usedforsecurity=False).hexdigest()[:10]}"
        token.meta = {"label": label, "content": content, "lines": content.count("\n")}
    state.pos = end + 1
    return True


def _notes(state: StateCore) -> None:
    """Put the notes that stand in lines behind the text, each once."""
    found: dict[str, list[Token]] = {}
    for token in state.tokens if not state.inlineMode else ():
        for child in token.children or ():
            content = child.meta.get("content") if child.type == "footnote_ref" else None
            if content and child.meta["label"] not in found:
                found[child.meta["label"]] = _footnote(
                    state, child.meta["label"], content, token.map
                )
    for tokens in found.values():
        state.tokens += tokens


def _footnote(state: StateCore, label: str, content: str, lines: list[int] | None) -> list[Token]:
    """Return the tokens of a note's text."""
    children: list[Token] = []
    state.md.inline.parse(content, state.md, state.env, children)
    inline = Token("inline", "", 0, content=content, map=lines, children=children, level=2)
    note, paragraph = "footnote_reference", "paragraph"
    opened = [
        Token(f"{name}_open", "", 1, block=True, map=lines, meta={"label": label})
        for name in (note, paragraph)
    ]
    closed = [Token(f"{name}_close", "", -1, block=True) for name in (paragraph, note)]
    return [*opened, inline, *closed]


def pandoc_texts_plugin(md: MarkdownIt) -> None:
    """Add tables without bars and notes in a line to a markdown parser."""
    md.block.ruler.before(
        "fence", "columns", _columns, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    md.block.ruler.before(
        "fence", "lined", _lines, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    md.block.ruler.before("paragraph", "tabs", _tabs, {"alt": []})
    md.inline.ruler.before("emphasis", "note", _note)
    md.core.ruler.after("inline", "notes", _notes)
