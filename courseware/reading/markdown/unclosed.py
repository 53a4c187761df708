"""Fences, comments and tags that are never closed, or closed by another's end: they swallow no section."""

from __future__ import annotations

import re
from html import escape

from markdown_it.rules_block import StateBlock, fence, html_block
from markdown_it.rules_inline import StateInline

from courseware.reading.markdown.directives import found_row, line_of, opened_by
from courseware.reading.markdown.notices import Notice, notice

_INNER = re.compile(r"(?P<mark>`{3,}|~{3,})[ \t]*\{?\.?[A-Za-z][^`]*$")
_HEADING = re.compile(r"#{2,6}[ \t]+\S")
_HTML = (
    (re.compile(r"<(?:script|pre|style|textarea)(?=\s|>|$)", re.IGNORECASE),
     re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
)  # fmt: skip
"""How HTML begins that may hold blank lines, and what ends it."""
_GIVEN = r"(?:\s(?:[^<>\"'{}]|\"[^\"]*\"|'[^']*'|\{[^{}]*\})*)?>[ \t]*"
_LONE = re.compile(r"<(?:[A-Z][\w.]*|[a-z]\w*-[\w-]+)\b[^<>]*/>[ \t]*$")
"""A component that is all of its line."""
_COMPONENT = re.compile(
    rf"</?[A-Z][\w.]*{_GIVEN}(?:</?[A-Za-z][\w.]*{_GIVEN})*$"
    r"|<(?P<name>[A-Z][\w.]*)(?:\s[^<>]*)?>.*</(?P=name)>[ \t]*$"
)
_BEGUN = re.compile(r"<[A-Z][\w.]*(?:\s[^<>]*)?$")
"""A component's tag that goes on in the next line."""
MOST_LINES = 50
"""Lines of one tag that are read."""
_COMMENT = re.compile(r"<!--|-->")


def fence_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a fence; one without an end of its own ends at a shorter one, or before the first heading or directive in it."""
    if not fence(state, start, end, silent):
        return False
    if silent:
        return True
    token = state.tokens[-1]
    last = state.line - 1
    mark = token.markup
    closer = line_of(state, last).rstrip() if last > start else ""
    closed = closer.startswith(mark) and not closer.strip(mark[0])
    body = range(start + 1, last if closed else state.line)
    inner = next((n for n in body if _opens(state, n, mark)), -1)
    if closed and inner < 0:
        return True
    cut = next((n for n in body if _section(state, n) and (inner < 0 or n < inner)), -1)
    what = "is never closed" if not closed else "holds the beginning of another one"
    where = "; it ends before the next heading" if cut >= 0 else ""
    stop = next((n for n in (cut, inner) if n >= 0), body.stop)
    boxed = token.info.strip().startswith(
        "{"
    )  # it may withhold: then as much as can be meant is in it
    slip = -1 if boxed else _slip(state, range(start + 1, stop), mark)
    if slip >= 0:
        cut, where = slip, f"; it ends at line {slip + 1}, {line_of(state, slip).strip()}"
    hint = f"put a line {mark} where it ends"
    notice(state.env, Notice("C124", start, f"the fence {mark} {what}{where}", hint))
    if cut >= 0:
        token.content = state.getLines(start + 1, cut, state.sCount[start], True)
        token.map = [start, cut]
        state.line = cut + (slip >= 0)
    return True


def _slip(state: StateBlock, body: range, mark: str) -> int:
    """Return the line that was to end a fence and is too short: of its kind, and no end of one in it; -1 for none."""
    depth = 0
    for number in body:
        line = "" if state.is_code_block(number) else line_of(state, number).strip()
        if not line.startswith(mark[0] * 3):
            continue
        if line.strip(mark[0]):
            depth += bool(_INNER.match(line))
        elif (
            len(line) < len(mark)
            and not depth
            and state.getLines(body.start, number, 0, True).strip()
        ):
            return number
        else:
            depth = max(depth - 1, 0)
    return -1


def _opens(state: StateBlock, number: int, mark: str) -> bool:
    """Whether a line in a fence begins another: with its mark, and a language."""
    if state.is_code_block(number):
        return False
    found = _INNER.match(line_of(state, number))
    return bool(found and found["mark"].startswith(mark))


def _section(state: StateBlock, number: int) -> bool:
    if state.is_code_block(number):
        return False
    line = line_of(state, number)
    opened = opened_by(line)
    return bool(_HEADING.match(line)) or bool(opened and found_row(state, opened))


def html_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read an HTML block; what is never closed ends at its line, and is told."""
    if _LONE.match(line_of(state, start)):
        return False
    if last := _component(state, start, end):
        return silent or _push_lines(state, start, last)
    if not html_block(state, start, end, silent):
        return False
    token = state.tokens[-1] if not silent else None
    first = line_of(state, start)
    found = next((pair for pair in _HTML if pair[0].match(first)), None)
    if token is None or found is None:
        return True
    comment = first.startswith("<!--")
    content = token.content.lstrip(" ")
    begun, ended = found[0].match(content), found[1].search(content, 4)
    inside = content[begun.end() if begun else 0 : ended.start() if ended else None]
    again = found[0].search(inside) or (found is _HTML[-1] and "\n\n" in inside)
    if ended and not again:
        return True
    last, behind = _nested_end(state, start, end) if comment else (-1, "")
    if last >= 0:  # a comment with comments in it
        token.content, token.map, state.line = f"<!-- -->{behind}", [start, last + 1], last + 1
        return True
    what = "the comment" if comment else f'"{first.split(">")[0][:20].strip()}"'
    hint = "close it with -->" if comment else "close it, or write &lt; for its <"
    told = f"{what} is never closed; it ends at its line"
    notice(state.env, Notice("C124", start, told, hint))
    token.content = "<!-- -->" if comment else escape(first)
    token.map, state.line = [start, start + 1], start + 1
    return True


def comment_rule(state: StateInline, silent: bool) -> bool:
    """Leave out a comment that a text begins and never closes, as far as its line goes."""
    at = state.pos
    if not state.src.startswith("<!--", at) or "-->" in state.src[at:]:
        return False
    end = state.src.find("\n", at, state.posMax)
    state.pos = end if end >= 0 else state.posMax
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content, token.meta = "<!-- -->", {"unclosed": state.src[at : state.pos]}
    return True


def _component(state: StateBlock, start: int, end: int) -> int:
    """Return the line after one that is nothing but tags, a component's first, or all of a component; 0 for none.

    Markdown goes on between. A tag may have lines of its own, down to one that its `>` begins.
    """
    line = line_of(state, start)
    if state.is_code_block(start) or any(begin.match(line) for begin, _ in _HTML):
        return 0
    if _COMPONENT.match(line):
        return start + 1
    if not _BEGUN.match(line):
        return 0
    for number in range(start + 1, min(end, start + MOST_LINES)):
        more = line_of(state, number)
        if not more:
            break
        line += f"\n{more}"
        if more[0] == ">":
            return number + 1 if _COMPONENT.match(line) else 0
    return 0


def _push_lines(state: StateBlock, start: int, last: int) -> bool:
    token = state.push("html_block", "", 0)
    lines = (line_of(state, number) for number in range(start, last))
    token.map, token.content = [start, last], "\n".join(lines) + "\n"
    state.line = last
    return True


def _nested_end(state: StateBlock, start: int, end: int) -> tuple[int, str]:
    """Return the line where a comment ends whose inner comments all end in it, and what stands behind; -1 for none."""
    depth = 0
    for number in range(start, end):
        line = line_of(state, number)
        for mark in _COMMENT.finditer(line):
            depth += 1 if mark.group() == "<!--" else -1
            if depth == 0:
                return number, line[mark.end() :]
    return -1, ""
