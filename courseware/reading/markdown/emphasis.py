"""Where `*` and `_` begin and end what is emphasised: CommonMark's rule, and where it takes spaces for granted.

By CommonMark a run of them behind a punctuation mark and before a letter ends nothing: `**“中”**는` is printed with its
stars. Scripts that put no spaces there, and Korean with its particles, mean it to end, as who forgets a space behind
`**Note:**` does.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize

from courseware.language.twins import EASTERN, UNSPACED

_CLOSES = re.compile(r"[”’»“.,:;!?…](?=\*\*)")
"""What a bold text may end with before a letter of any script; no bracket: `**options, f(x)**n`."""


def emphasis(state: StateInline, silent: bool) -> bool:
    """Take a run of `*` or `_`, as the parser's own rule does, and let it open and close where its author means it to."""
    start, known = state.pos, len(state.delimiters)
    if not tokenize(state, silent):
        return False
    before, after = state.src[start - 1 : start], state.src[state.pos : state.pos + 1]
    bold = state.pos - start >= 2 and _CLOSES.match(state.src, start - 1 if start else 0)
    ends = _is_eastern(after) or (bold and after.isalpha())
    begins = state.src[start] == "*" and _is_eastern(before) and after.strip()
    for mark in state.delimiters[known:]:
        mark.close = mark.close or bool(before.strip() and ends)
        mark.open = mark.open or bool(begins)
    return True


def _is_eastern(sign: str) -> bool:
    """Whether a sign is a letter of a script in which marks stand between letters without a space."""
    return bool(EASTERN.match(sign) or UNSPACED.match(sign))
