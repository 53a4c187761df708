"""Small marks of sites' and note books' tools: Docsify's boxes, keys and icons of MkDocs, GitHub's emoji, marked words, lines for a program.

`!> words`, `?> words`; `++ctrl+c++`, `:material-check:`, `:bulb:`; `==words==`; `^block-id` at a line's end; `[TOC]`, `--8<-- "file"`, `. . .`.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from courseware.reading.dialects.components import values_of
from courseware.reading.dialects.emoji_names import NAMELESS, sign_of
from courseware.reading.markdown.directives import TAG, FoundDirective, line_of, push
from courseware.reading.markdown.notices import Notice, notice

BOXES = {"!>": "important", "?>": "tip"}
"""Docsify's marks before a paragraph, and the box that each is."""
_LINE = re.compile(
    r"(?:(?P<told>;?-{1,3}8<-{1,3}(?:\s.*)?|!INCLUDE\s.*|\[!INCLUDE\s*\[[^\]]*\]\([^()]*\)\]|\*\[[^\]*]+\]:\s[^*]*)|\[TOC\]|\[\[_?TOC_?\]\]|@@TOC@@|\. \. \.|<-{2,3}>|\{docsify-[\w-]+\})[ \t]*$",
    re.IGNORECASE,
)
_LEARN = re.compile(
    r":::\s*(?:image\s(?P<given>.*?):::|(?P<told>(?:moniker|zone)\s+[\w-]+\s*=.*)|(?:row|column)(?:\s[^:]*)?:::"
    r"|(?:image|moniker|zone|row|column)-end(?::::)?)[ \t]*$"
)
"""Lines of colons of Microsoft's Learn: a picture, what is for one version, and where such a thing ends."""
_MARKED = re.compile(
    r"(?P<sign>==|\^\^)(?=[^\s=^])(?P<words>[^=^\n]{0,200}?[^\s=^])(?P=sign)(?![=^])"
)
_KEYS = re.compile(r"\+\+(?P<keys>[a-z0-9\"-]+(?:\+[a-z0-9\"-]+)*)\+\+(?!\+)")
_INSERTED = re.compile(r"\+\+(?=[^\s+])(?P<words>[^+\n]{0,200}?[^\s+])\+\+(?!\+)")
_KEY_NAMES = frozenset(
    ["ctrl", "control", "alt", "altgr", "shift", "cmd", "command", "option", "meta", "win", "windows", "super", "fn", "enter", "return", "tab",
     "esc", "escape", "space", "spacebar", "backspace", "delete", "del", "insert", "ins", "home", "end", "pageup", "pagedown", "page-up", "page-down",
     "up", "down", "left", "right", "arrow-up", "arrow-down", "arrow-left", "arrow-right", "capslock", "caps-lock", "print-screen", "pause", "menu"]
)  # fmt: skip
"""Keys that are called by a word."""
_ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:(?:\{[^{}]*\})? ?")
_EMOJI = re.compile(r":(?P<name>[a-z0-9_]*[a-z][a-z0-9_]*|[+-]1|100):(?![\w:`])")
_GONE = re.compile(
    r"(?:(?<= )|^)\^(?:[A-Za-z][A-Za-z0-9-]{1,40}|[a-f0-9]{6})$|(?<=\s):(?:id|class|size)=[\w-]+$|[ \t]*\{docsify-[\w-]+\}"
    r"|[ \t]*\{\.fragment(?:[ \t]+(?:\.(?:fade|grow|shrink|semi|highlight|current|strike)[\w-]*|(?:data-)?fragment-index=[\"\w]+))*[ \t]*\}[ \t]*$",
    re.MULTILINE,
)
"""The name of a block or a heading, and what a site is told of it."""
_TAGS = {"=": "mark", "^": "u", "+": "ins"}
"""The element of marked words, by their mark."""
_CRITIC = re.compile(
    r"\{(?:\+\+(?P<ins>.{1,500}?)\+\+|--(?P<del>.{1,500}?)--|==(?P<mark>.{1,500}?)==|~~(?P<was>.{0,500}?)~>(?P<now>.{0,500}?)~~"
    r"|>>(?P<said>.{1,500}?)<<)\}",
    re.DOTALL,
)
"""CriticMarkup: what an editor put in, took out, changed, marked, and said."""


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a paragraph behind a mark of Docsify's as a box."""
    name = BOXES.get(line_of(state, start)[:2])
    if not name or state.is_code_block(start) or line_of(state, start)[2:3] not in (" ", "\t"):
        return False
    last = start + 1
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        last += 1
    if silent:
        return True
    cut = len(line_of(state, start)) - len(line_of(state, start)[2:].lstrip())
    state.bMarks[start] += state.tShift[start] + cut
    state.tShift[start], state.sCount[start] = 0, state.blkIndent
    push(state, FoundDirective(name, "", start, start, last, last, mark=TAG, braced=True))
    return True


def _line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out a line that says something to a program: where contents or a file go, or a slide waits."""
    found = None if state.is_code_block(start) else _LINE.match(line_of(state, start))
    if not found:
        return False
    if not silent:
        if found["told"]:
            told = f"{found['told'].strip()[:60]}: the file is not put in"
            if found["told"].startswith("*"):
                told = f"{found['told'].strip()[:60]}: what is short for what is not told where it stands"
            notice(state.env, Notice("C127", start, told, "write here what it says"))
        state.line = start + 1
    return True


def _learn(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a picture of Learn's; leave out its lines that say which version or place what follows is for."""
    found = None if state.is_code_block(start) else _LEARN.match(line_of(state, start))
    given = values_of(found["given"] or "") if found else {}
    if found is None or (found["given"] and "source" not in given):
        return False
    if silent:
        return True
    if found["given"]:
        state.push("paragraph_open", "p", 1).map = [start, start + 1]
        inline = state.push("inline", "", 0)
        inline.content = f"![{given.get('alt-text', '').strip('[]')}](<{given['source']}>)"
        inline.map, inline.children = [start, start + 1], []
        state.push("paragraph_close", "p", -1)
    elif found["told"]:
        told = f"{found['told'].strip()[:60]}: what follows is shown for all"
        notice(state.env, Notice("C127", start, told, "delete what is of another version"))
    state.line = start + 1
    return True


def _words(state: StateInline, silent: bool) -> bool:
    """Read marked words and keys; leave out an icon's name, and the name of a block."""
    at, most = state.pos, state.posMax
    if gone := _ICON.match(state.src, at, most) or _GONE.match(state.src, at, most):
        state.pos = gone.end()
        return True
    named = _EMOJI.match(state.src, at, most)
    if named and not (at and (state.src[at - 1].isalnum() or state.src[at - 1] in ":_")):
        return _emoji(state, named, silent)
    marked, keys = _MARKED.match(state.src, at, most), _KEYS.match(state.src, at, most)
    if state.src.startswith("++", at) and not (keys and _is_key(keys["keys"])):
        marked, keys = _INSERTED.match(state.src, at, most), None
    found = marked or keys
    if found is None or (state.src[at] == "+" and state.src[at - 1 : at].isalnum()):
        return False
    if not silent:
        tag = "kbd" if keys else _TAGS[state.src[at]]
        token = state.push("span_open", tag, 1)
        token.meta = {"hides": False}
        if marked:
            state.pos, state.posMax = marked.start("words"), marked.end("words")
            state.md.inline.tokenize(state)
        elif keys:
            names = (name.strip('"') for name in keys["keys"].split("+"))
            state.push("text", "", 0).content = "+".join(
                n.upper() if len(n) == 1 else n.title() for n in names
            )
        state.push("span_close", tag, -1)
    state.pos, state.posMax = found.end(), most
    return True


def _emoji(state: StateInline, named: re.Match[str], silent: bool) -> bool:
    """Read an emoji's name as its sign; one of GitHub's own pictures is left out."""
    sign = sign_of(named["name"])
    if not sign and named["name"] not in NAMELESS:
        return False
    if not silent:
        state.pending += sign
    state.pos = named.end()
    return True


def _is_key(said: str) -> bool:
    """Whether what stands between two signs each is a key: a letter or two, one with a number, a key's name, or several keys."""
    return "+" in said or len(said) < 3 or said[-1].isdigit() or said.strip('"') in _KEY_NAMES


def _critic(state: StateInline, silent: bool) -> bool:
    """Read an editor's marks: what is in, out or changed; what was said of it is left out, and told."""
    found = _CRITIC.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    most = state.posMax
    shown = [("ins", "ins"), ("del", "del"), ("mark", "mark"), ("was", "del"), ("now", "ins")]
    for part, tag in shown if not silent else ():
        if found[part]:
            if part == "now" and found["was"]:
                state.push("text", "", 0).content = " "
            state.push("span_open", tag, 1).meta = {"hides": False}
            state.pos, state.posMax = found.span(part)
            state.md.inline.tokenize(state)
            state.push("span_close", tag, -1)
    if found["said"] and not silent:
        state.push("template", "", 0).meta = {
            "said": found.group(),
            "lines": found.group().count("\n"),
        }
    state.pos, state.posMax = found.end(), most
    return True


def sites_plugin(md: MarkdownIt) -> None:
    """Add sites' small marks to a markdown parser."""
    stops = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "site_box", _box, {"alt": stops})
    md.block.ruler.before("directive", "learn", _learn, {"alt": stops})
    md.block.ruler.before("fence", "site_line", _line, {"alt": stops})
    md.inline.ruler.before("emphasis", "site_words", _words)
    md.inline.ruler.before("escape", "critic", _critic)
    md.inline.add_terminator_char(":")
