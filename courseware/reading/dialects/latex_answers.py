"""LaTeX's environments of answers, and of what is the facilitator's: `\\begin{solution}` … `\\end{solution}`."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from courseware.reading.dialects.pandoc import hides, pair_meta
from courseware.reading.markdown.directives import FoundDirective, line_of, push

_HIDDEN = re.compile(
    r"\\begin\{(?P<name>[A-Za-z]{3,}\*?)\}(?:\[[^\[\]\n]*\]|\{[^{}\n]*\})*[ \t]*(?P<rest>.*)$"
)
_INSIDE = re.compile(
    r"\\begin\{(?P<name>[A-Za-z]{3,}\*?)\}(?P<words>.{0,4000}?)\\end\{(?P=name)\}", re.DOTALL
)
_ANSWERS = re.compile(
    r"(?:sol|soln|solution|answer|ans|key)s?(?:or\w+|box|key|env(?:ironment)?)?", re.I
)


def _latex_answer(state: StateInline, silent: bool) -> bool:
    """Read an environment of an answer inside of a paragraph, which hides its words."""
    found = _INSIDE.match(state.src, state.pos, state.posMax)
    name = _hiding(found["name"]) if found else ""
    if not found or not name:
        return False
    if not silent:
        most = state.posMax
        pair = (state.pos, *found.span("words"), found.end())
        state.push("span_open", "span", 1).meta = pair_meta((name,), pair)
        state.pos, state.posMax = found.span("words")
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = most
    state.pos = found.end()
    return True


def _hidden(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read LaTeX's environment of an answer, or of what is the facilitator's, as the directive it is."""
    text = line_of(state, start)
    found = None if state.is_code_block(start) else _HIDDEN.match(text)
    name = _hiding(found["name"]) if found else ""
    if found is None or not name:
        return False
    if silent:
        return True
    close = f"\\end{{{found['name']}}}"
    last = next((n for n in range(start, end) if close in line_of(state, n)), -1)
    first, stop = start + 1, end if last < 0 else last
    if last >= 0:
        before, _, behind = line_of(state, last).partition(close)
        if (before.strip() or behind.strip()) and last > start:
            stop = last + 1
        if not behind.strip():
            state.eMarks[last] = state.src.rindex(close, state.bMarks[last], state.eMarks[last])
    if found["rest"].strip():
        first, stop = start, max(stop, start + 1)
        state.bMarks[start] += state.tShift[start] + found.start("rest")
        state.tShift[start] = 0
    push(state, FoundDirective(name, "", start, first, max(stop, first), stop if last < 0 else last + 1,
                      mark="\\begin", braced=True, unclosed=last < 0))  # fmt: skip
    return True


def _hiding(environment: str) -> str:
    """Return the directive that an environment of LaTeX is if it hides, or ""."""
    called = environment.rstrip("*").lower()
    name = "answer" if _ANSWERS.fullmatch(called) else called
    return name if hides(name) else ""


def latex_answers_plugin(md: MarkdownIt) -> None:
    """Add LaTeX's environments that hide to a markdown parser."""
    stops = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "latex_answer", _hidden, {"alt": stops})
    md.inline.ruler.before("escape", "latex_answer", _latex_answer)
