"""Pairs of comments around what learners do not see: `<!-- BEGIN SOLUTION -->` … `<!-- END SOLUTION -->`."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from courseware.reading.dialects.other_tools import HIDING
from courseware.reading.markdown.directives import FoundDirective, line_of, push

_OPEN = re.compile(
    r"<!--[ \t]*(?:(?:begin|start)[ \t_:-]*)?(?P<name>[a-z]+)(?:[ \t_:-]*(?:begin|start))?[ \t]*-->[ \t]*$",
    re.IGNORECASE,
)
_CLOSE = r"<!--[ \t]*(?:(?:end|stop|/)[ \t_:-]*{name}|{name}[ \t_:-]*(?:end|stop))[ \t]*-->[ \t]*$"

_UNCLOSED = "comment_pair_unclosed_"


def _pair(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read what stands between two comments of one name that hides as the directive of that name."""
    found = None if state.is_code_block(start) else _OPEN.match(line_of(state, start))
    name = found["name"].lower() if found else ""
    if name not in HIDING:
        return False
    if state.env.get(_UNCLOSED + name) == end:
        return False
    close = re.compile(_CLOSE.format(name=name), re.IGNORECASE)
    last = next((n for n in range(start + 1, end) if close.match(line_of(state, n))), 0)
    if not last:
        state.env[_UNCLOSED + name] = end  # nor is any behind it, up to there
    elif not silent:
        push(state, FoundDirective(name, "", start, start + 1, last, last + 1, mark="<!--"))
    return bool(last)


def comment_pairs_plugin(md: MarkdownIt) -> None:
    """Add the rule for such pairs to a parser."""
    stops = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("html_block", "comment_pair", _pair, {"alt": stops})
