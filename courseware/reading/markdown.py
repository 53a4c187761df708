"""The markdown parser: CommonMark, tables, footnotes, definition lists, maths, directives."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from courseware.reading.directives import attributes, directive_plugin
from courseware.reading.placing import placing_plugin

DEEPEST = 100
"""Nested containers that are read; deeper ones stay text."""
_BRACES = re.compile(r"\{((?:[^{}\"']|\"[^\"]*\"|'[^']*')*)\}")


def _letter_after_math(state: StateInline, silent: bool) -> bool:
    """Refuse `$…$` where a letter or digit follows: `$a$b` is text, as are shell variables."""
    if state.src[state.pos] != "$":
        return False
    end = state.src.find("$", state.pos + 1)
    if end < 0 or state.src.startswith("$$", state.pos):
        return False
    if end + 1 < state.posMax and state.src[end + 1].isalnum():
        if not silent:
            state.pending += "$"
        state.pos += 1
        return True
    return False


def _attributes(state: StateInline, silent: bool) -> bool:
    """Take `{key=value}` directly after an image, a link or code."""
    if state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    last = state.tokens[-1]
    if last.type not in ("image", "link_close", "code_inline"):
        return False
    found = _BRACES.match(state.src, state.pos)
    values = attributes(found[1]) if found else {}
    if not found or not values:
        return False
    if not silent:
        last.meta = {**last.meta, "attributes": values}
    state.pos = found.end()
    return True


@cache
def parser() -> MarkdownIt:
    """Return the parser that all sessions are read with."""
    md = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    md.use(footnote_plugin).use(deflist_plugin)
    md.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    md.use(directive_plugin).use(placing_plugin)
    md.disable(["footnote_tail", "footnote_inline"])
    md.inline.ruler.before("math_inline", "letter_after_math", _letter_after_math)
    md.inline.ruler.before("emphasis", "attributes", _attributes)
    return md


def parse(text: str) -> tuple[list[Token], dict[str, Any]]:
    """Return a text's tokens and the environment they were made in."""
    env: dict[str, Any] = {}
    return parser().parse(text, env), env
