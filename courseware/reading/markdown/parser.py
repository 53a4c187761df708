"""The markdown parser: CommonMark, tables, footnotes, definition lists, maths, directives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, lheading
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from courseware.reading.dialects.comment_pairs import comment_pairs_plugin
from courseware.reading.dialects.components import components_plugin
from courseware.reading.dialects.decks import decks_plugin
from courseware.reading.dialects.latex_answers import latex_answers_plugin
from courseware.reading.dialects.other_tools import other_tools_plugin
from courseware.reading.dialects.pages import pages_plugin
from courseware.reading.dialects.pandoc import pandoc_plugin
from courseware.reading.dialects.pandoc_texts import pandoc_texts_plugin
from courseware.reading.dialects.shortcodes import shortcode_plugin
from courseware.reading.dialects.sites import sites_plugin
from courseware.reading.dialects.speaker_notes import REMARK, speaker_notes_plugin
from courseware.reading.dialects.templates import templates_plugin
from courseware.reading.markdown.block_marks import heading, label, plain_marks, restore
from courseware.reading.markdown.directives import attributes, directive_plugin
from courseware.reading.markdown.emphasis import emphasis
from courseware.reading.markdown.first_signs import rules_by_sign
from courseware.reading.markdown.notices import LinkDefinitions
from courseware.reading.markdown.positions import TooMuchError, counting, placing_plugin
from courseware.reading.markdown.tables import table_rule
from courseware.reading.markdown.unclosed import comment_rule, fence_rule, html_rule
from courseware.reading.source.front_matter import MYST

DEEPEST = 100
"""Nested containers that are read; deeper ones stay text."""
MOST_INLINE = 20_000
"""Characters of a paragraph, a heading or a cell that are read: six pages of it."""
MOST_HEADING = 500
"""Characters of a heading: a title stands at each page's head, too."""
MOST_WORD = 2_000
"""Characters of a word: breaking one into lines takes a time that grows with their square."""
LITERAL = ("fence", "code_block")
MOST_TOKENS = 21_000
"""What the parser may find in a file: seven thousand paragraphs, cells and lines of code, three each;
a long session has 2,000 of them."""
DEEPEST_INLINE = 50
"""Bold, links and inline HTML inside each other."""
_VOID = re.compile(r"<(?:br|img|wbr|hr|!|\?)|<(?s:.*)/>\Z", re.IGNORECASE)
_GIVEN = ("image", "link_close", "code_inline", "math_inline", "math_inline_double")
"""Tokens that attributes may follow."""
_MARKS = re.compile(r"[*_]{1,3}")
_KRAMDOWN = re.compile(r":\s*(?:[.#][\w-]|[\w-]+=|toc\b)")
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
    """Take `{key=value}` directly after an image, a link or code, and `{.class}` after what is marked.

    kramdown's braces begin with a colon: they are attributes wherever they stand.
    """
    if state.src[state.pos] != "{":
        return False
    found = _BRACES.match(state.src, state.pos)
    inside = found[1].strip() if found else ""
    values = attributes(inside.removeprefix(":")) if found else {}
    last = state.tokens[-1] if state.tokens and not state.pending.strip() else None
    if last is not None and state.pending and not last.type.startswith("math"):
        last = None
    told = last is not None and last.type in _GIVEN and bool(values or inside.startswith("="))
    marked = (
        last is not None
        and _MARKS.fullmatch(last.content)
        and (inside[:1] in (".", "#") or inside.startswith("style="))
    )
    if found is None or "for" in values or not (told or marked or _KRAMDOWN.match(inside)):
        return False
    if not silent and last is not None and told:
        last.meta = {**last.meta, "attributes": {**last.meta.get("attributes", {}), **values}}
    state.pos = found.end()
    return True


def _setext(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a heading that is underlined; in remark's decks, two dashes are a step."""
    below = start + 1 < end and state.src[state.bMarks[start + 1] : state.eMarks[start + 1]].strip()
    return not (below == "--" and REMARK in state.env.get("decks", ())) and lheading(
        state, start, end, silent
    )


def _inline(state: StateCore) -> None:
    """Parse what stands in paragraphs, as the parser's own rule does, where that has an end."""
    line = count = 0
    before = ""
    for token in state.tokens:
        line = token.map[0] if token.map else line
        count += 3 * token.content.count("\n") + 3 if token.type in LITERAL else 1
        if count > MOST_TOKENS:
            raise TooMuchError(f"more than {MOST_TOKENS // 3:,} paragraphs, cells and lines", line)
        most = MOST_HEADING if before == "heading_open" else MOST_INLINE
        before = token.type
        if token.type != "inline":
            continue
        if len(token.content) > most:
            what = "heading" if most == MOST_HEADING else "text"
            raise TooMuchError(f"a {what} of more than {most:,} characters", line)
        token.children = token.children or []
        try:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        except TooMuchError as error:
            raise TooMuchError(str(error), line) from None
        if _depth(token.children) > DEEPEST_INLINE:
            raise TooMuchError(
                f"marks and tags are nested deeper than {DEEPEST_INLINE} levels", line
            )
        if len(token.content) > MOST_WORD and _longest(token.children) > MOST_WORD:
            raise TooMuchError(f"a word of more than {MOST_WORD:,} characters", line)


def _longest(tokens: list[Token]) -> int:
    """Return the characters of the longest word that would be printed."""
    shown = (t.content for t in tokens if t.type in ("text", "code_inline"))
    return max((len(word) for text in shown for word in text.split()), default=0)


def _depth(tokens: list[Token]) -> int:
    """Return how deep inline tokens are nested; tags that are not closed count, too."""
    depth = deepest = 0
    for token in tokens:
        if token.type == "html_inline":
            depth += -1 if token.content.startswith("</") else not _VOID.match(token.content)
        else:
            depth += token.nesting
        deepest = max(depth, deepest)
    return deepest


@cache
def parser() -> MarkdownIt:
    """Return the parser that all sessions are read with."""
    md = every_rule()
    rules_by_sign(md)
    return md


def every_rule() -> MarkdownIt:
    """Return a parser with all rules, each asked at every place."""
    md = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    md.use(footnote_plugin).use(deflist_plugin)
    md.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    md.use(directive_plugin).use(other_tools_plugin).use(shortcode_plugin)
    md.use(speaker_notes_plugin).use(pandoc_plugin).use(latex_answers_plugin).use(
        pandoc_texts_plugin
    ).use(pages_plugin).use(sites_plugin).use(templates_plugin).use(components_plugin).use(
        decks_plugin
    ).use(placing_plugin)
    md.disable(["footnote_tail", "footnote_inline"])
    md.inline.ruler.before("math_inline", "letter_after_math", _letter_after_math)
    md.inline.ruler.at("emphasis", emphasis)
    md.inline.ruler.before("emphasis", "attributes", counting(_attributes))
    md.inline.ruler.before("html_inline", "unclosed", comment_rule)
    md.core.ruler.at("inline", _inline)
    stops = ["paragraph", "reference", "blockquote"]
    md.block.ruler.at("table", table_rule, {"alt": stops[:2]})
    md.block.ruler.at("fence", fence_rule, {"alt": [*stops, "list"]})
    md.block.ruler.at("html_block", html_rule, {"alt": stops})
    md.block.ruler.at("lheading", _setext)
    md.block.ruler.at("heading", heading, {"alt": stops})
    md.use(comment_pairs_plugin)
    md.block.ruler.before("paragraph", "label", label, {"alt": ["paragraph"]})
    return md


def parse(
    text: str,
    whole: bool,
    decks: frozenset[str],
    definitions: LinkDefinitions,
    names: Mapping[str, str],
) -> tuple[list[Token], EnvType]:
    """Return a text's tokens and the environment they were made in; raise `TooMuchError`.

    `whole` where the text is a file's, not a part of it; `decks` are the tools whose slide deck the file is.
    `definitions` of links are the file's, and grow by the text's. `names` are the course's own of directives, with
    the English ones. What is to be told is in the environment's `notices`.
    """
    myst = MYST.search(text) is not None
    env: EnvType = {
        "myst": myst,
        "whole": whole,
        "decks": decks,
        "references": definitions,
        "names": names,
    }
    marked, changed = plain_marks(text)
    tokens = parser().parse(marked, env)
    restore(tokens, marked, changed, env)
    return tokens, env
