"""What is left of a template's language in a line: it is left out, and told; a pair of tags keeps its words.

Liquid's and Jinja's `{{ x }}` and `{% x %}`, Hugo's `{{< x >}}`, mdBook's `{{#x}}`, ERB's `<% x %>`, and `@@X@@`. In code they
are what they are.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.utils import EnvType

from courseware.reading.dialects.components import push_picture, values_of
from courseware.reading.dialects.pandoc import pair_meta

_TAG = re.compile(
    r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|\{#(?!\w+\}).{1,200}?#\}|@@\w[\w.-]*@@|<%.{0,200}?%>",
    re.DOTALL,
)
_VALUE = re.compile(r"\{\{-?\s*[^\s%<#/]|@@|<%=")
_OPEN = re.compile(r"(?:\{%-?|\{\{[%<])\s*(?P<name>[A-Za-z][\w-]*)")
_LINK = re.compile(
    r"\[(?P<words>[^\[\]]+)\]\(\s*(?:\{\{.{0,200}?\}\}|\{%.{0,200}?%\})[^()]{0,200}\)"
)
_IMAGE = re.compile(
    r"!\[(?P<alt>[^\[\]]*)\]\(\s*(?:\{\{(?P<value>.{0,200}?)\}\}|\{%(?P<tag>.{0,200}?)%\})(?P<rest>[^()\s\"]*)\s*(?:\"(?P<title>[^\"]*)\")?\s*\)"
)
_SHORT = re.compile(
    r"(?:\{\{[%<]|\{%-?)\s*(?P<name>[\w-]+)\s+(?P<given>.*?)\s*/?(?:[%>]\}\}|-?%\})", re.DOTALL
)
_TOOL = re.compile(r"\{%-?\s*tool\s+\[(?P<words>[^\[\]]+)\]\([^()]*\)\s*-?%\}")
"""Galaxy's name of a tool."""
_STRING = re.compile(r"[\"']([^\"']+)[\"']")
_FORMULAS = frozenset({"math", "mathjax", "katex", "latex", "tex"})
LITERAL = frozenset({"raw", "verbatim"})
"""Names of pairs whose words are no template's."""
NOBODYS = frozenset({"comment"})
"""Names of pairs whose words nobody sees, as those of a comment in HTML."""
HOLE = "…"
"""Stands for a value that a template would have put between words."""


def _title(tag: str) -> str:
    """Return the first text that a tag quotes: the title of what it holds."""
    quoted = _STRING.search(tag)
    return quoted[1].strip() if quoted else ""


def keep_literal(env: EnvType, text: str) -> None:
    """Note the tags in a text that is no template's: they are printed as they stand."""
    env.setdefault("literal_tags", set()).update(_TAG.findall(text))


def _lone(state: StateInline, silent: bool) -> bool:
    """Leave out a tag: a value between words leaves a hole; one that is noted as literal stays."""
    found = _TAG.match(state.src, state.pos, state.posMax)
    if not found or found.group() in state.env.get("literal_tags", ()):
        return False
    tool = _TOOL.fullmatch(found.group())
    if tool and not silent:
        state.push("span_open", "strong", 1).meta = {"hides": False}
        state.push("text", "", 0).content = tool["words"]
        state.push("span_close", "strong", -1)
    if tool:
        state.pos = found.end()
        return True
    short = None if silent else _SHORT.fullmatch(found.group())
    if short and push_picture(state, values_of(short["given"])):
        state.pos = found.end()
        return True
    if not silent:
        before = _TAG.sub("", state.src[: state.pos]).strip()
        _tell(state, found.group(), HOLE if before and _VALUE.match(found.group()) else "")
    state.pos = found.end()
    return True


def _tell(state: StateInline, said: str, shown: str = "") -> None:
    """Put the token of a tag that is left out; what it shows is its content."""
    token = state.push("template", "", 0)
    token.content, token.meta = shown, {"said": said, "lines": said.count("\n")}


def _pair(state: StateInline, silent: bool) -> bool:
    """Read a pair of tags in a line as its words, hidden where its name hides; in a pair that says so, as they are."""
    found, opened = (
        _OPEN.match(state.src, state.pos),
        _TAG.match(state.src, state.pos, state.posMax),
    )
    if not found or not opened:
        return False
    name, most = found["name"], state.posMax
    close = re.compile(
        rf"(?:\{{%-?\s*(?:end_?|/){re.escape(name)}\s*-?%\}}|\{{\{{[%<]\s*/\s*{re.escape(name)}\s*[%>]\}}\}})"
    )
    end = close.search(state.src, opened.end(), most)
    if not end:
        return False
    if not silent:
        if name in NOBODYS:
            state.pos = end.end()
            return True
        if name in _FORMULAS:
            state.push("math_inline", "math", 0).content = state.src[
                opened.end() : end.start()
            ].strip()
            state.pos = end.end()
            return True
        token = state.push("span_open", "span", 1)
        pair = (state.pos, opened.end(), end.start(), end.end())
        token.meta = {**pair_meta((name,), pair), "titled": _title(opened.group())}
        state.pos, state.posMax = opened.end(), end.start()
        if name in LITERAL:
            state.push("text", "", 0).content = state.src[opened.end() : end.start()]
        else:
            state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = end.end(), most
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """Read a link whose address a template makes as its words."""
    found = _LINK.match(state.src, state.pos, state.posMax)
    if not found or state.src[state.pos - 1 : state.pos] == "!":
        return False
    if not silent:
        state.push("text", "", 0).content = _TAG.sub(HOLE, found["words"])
        _tell(state, found.group()[len(found["words"]) + 3 : -1])
    state.pos = found.end()
    return True


def _image(state: StateInline, silent: bool) -> bool:
    """Read a picture whose address a template begins: it is the rest of that address, or the text that it quotes."""
    found = _IMAGE.match(state.src, state.pos, state.posMax)
    quoted = _STRING.search(found["value"] or found["tag"] or "") if found else None
    if found is None or not (found["rest"] or quoted):
        return False
    if not silent:
        token = state.push("image", "img", 0)
        address = (quoted[1] if quoted and not found["rest"] else "") + found["rest"]
        token.attrs = {"src": address, **({"title": found["title"]} if found["title"] else {})}
        token.content, token.children = found["alt"], []
    state.pos = found.end()
    return True


def templates_plugin(md: MarkdownIt) -> None:
    """Add what is left of a template's language to a markdown parser."""
    for name, rule in (
        ("template_pair", _pair),
        ("template", _lone),
        ("template_link", _link),
        ("template_image", _image),
    ):
        md.inline.ruler.before("escape", name, rule)
