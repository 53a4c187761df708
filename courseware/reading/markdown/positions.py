"""Where links and images stand: their line and column in the source.

The parser's inline rules note where in its paragraph each began; `Places` finds the paragraph's
lines in the source, which holds markers of lists, quotes and tables before and between them.
"""

from __future__ import annotations

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, html_inline, image, link
from markdown_it.token import Token
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from courseware.diagnostics import Span

PLACED = ("link_open", "image", "html_inline", "math_inline", "math_inline_double", "code_inline")
WHOLE = frozenset(PLACED) - {"link_open"}
"""Tokens that are all of what their rule took, whose line ends are no tokens of their own."""
MARKS = frozenset("[!<$`{")
MOST_LOOKED = 4_000_000
"""Characters that may be looked through for the ends of marks; a long session takes 60,000."""
MOST_MISSES = 50
"""Lines of a file that may be sought in vain; what comes later stands at column 1."""
Rule = Callable[[StateInline, bool], bool]
MATHS: Rule = math_inline_dollar(allow_space=False, allow_digits=False, allow_double=True)
"""`$…$` and `$$…$$` in a line, as `reading.markdown` has them."""


class TooMuchError(Exception):
    """A text that cannot be read in reasonable time: what it has too much of, and its line from 0."""

    def __init__(self, message: str, line: int = 0) -> None:
        """Keep the line beside the message."""
        super().__init__(message)
        self.line = line


def counting(rule: Rule) -> Rule:
    """Return a rule that counts what it may have to look through: each mark looks for its end."""

    def counted(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] in MARKS:
            looked = state.env.get("looked", 0) + state.posMax - state.pos
            state.env["looked"] = looked
            if looked > MOST_LOOKED:
                raise TooMuchError("too many marks ([ < $ { `) without an end in long paragraphs")
        return rule(state, silent)

    return counted


def placing_plugin(md: MarkdownIt) -> None:
    """Make the rules of links, images, HTML, maths and code note in `meta` where they began, as `at`,
    and how many line ends are in them, as `lines`."""
    for name, sign, rule in (("link", "[", link), ("image", "!", image), ("autolink", "<", autolink),
                             ("html_inline", "<", html_inline), ("math_inline", "$", MATHS)):  # fmt: skip
        md.inline.ruler.at(name, counting(_noting(rule, sign)))
    md.inline.ruler.at("backticks", _noting(backtick, "`"))


def _noting(rule: Rule, sign: str) -> Rule:
    """Return a rule that notes where it began; it is asked only where its first character stands."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if state.src[start] != sign:
            return False
        done = rule(state, silent)
        if done and not silent:
            mine = (t for t in state.tokens[count:] if t.type in PLACED and "at" not in t.meta)
            for token in mine:
                ends = state.src.count("\n", start, state.pos) if token.type in WHOLE else 0
                token.meta = {**token.meta, "at": start, "lines": ends}
                break
        return done

    return noting


class Places:
    """A source's lines, and how far each has been read."""

    def __init__(self, text: str, first: int) -> None:
        """Take a text and the number of its first line."""
        self.lines, self.first = text.split("\n"), first
        self.columns: dict[int, int] = {}
        self.reached, self.misses = first, 0
        self.sought: dict[tuple[str, int], int] = {}

    def locate(self, token: Token, first: int, last: int) -> None:
        """Give each link of an inline token its `place` in `meta`, sought in lines first to last."""
        line, offset = self.reached if first <= self.reached <= last else first, 0
        for row in token.content.split("\n"):
            found = self._find(row.strip(), line, last)
            if found is not None:
                line = found[0]
                start = offset + len(row) - len(row.lstrip())
                _give(token, start, offset + len(row), row, found)
            offset += len(row) + 1

    def seek(self, text: str, span: Span) -> Span:
        """Return where a text stands in the lines of a span, the next time it is sought behind it."""
        for number in range(span.line, max(span.end_line, span.line) + 1):
            row = self.lines[number - self.first] if number - self.first < len(self.lines) else ""
            column = row.find(text, self.sought.get((text, number), 0))
            if column >= 0:
                self.sought[text, number] = column + len(text)
                return Span(span.path, number, column + 1)
        return span

    def _find(self, row: str, line: int, last: int) -> tuple[int, int, str] | None:
        """Return the line and column (from 0) of a row, and the row as the source has it."""
        if not row or self.misses > MOST_MISSES:
            return None
        forms = (row, row.replace("|", "\\|")) if "|" in row else (row,)
        for number in range(line, min(last, self.first + len(self.lines) - 1) + 1):
            source = self.lines[number - self.first]
            for form in forms:
                column = source.find(form, self.columns.get(number, 0))
                if column >= 0:
                    self.columns[number] = column + len(form)
                    self.reached = number
                    return number, column, form
        self.misses += 1
        return None


def _give(token: Token, start: int, end: int, row: str, found: tuple[int, int, str]) -> None:
    line, column, form = found
    escaped = form != row.strip()
    for child in token.children or ():
        at = child.meta.get("at", -1)
        if start <= at < end:
            before = token.content[start:at]
            width = len(before) + (before.count("|") if escaped else 0)
            child.meta = {**child.meta, "place": (line, column + width + 1)}
