"""What slide decks of other tools write on their slides: classes, settings, columns, comments that are notes.

remark: `.name[ … ]`. Deckset: `[fit]`, `[.column]`, `[.setting: value]`. Slidev: `::right::`. In Marp and Slidev
a comment that sets nothing is a note for who presents.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from courseware.reading.dialects.pandoc import hides, pair_meta
from courseware.reading.dialects.speaker_notes import DECKSET, MARP, REMARK, SLIDEV
from courseware.reading.markdown.directives import FENCE, TAG, FoundDirective, line_of, push
from courseware.reading.markdown.notices import Notice, notice

PICTURE_SETTINGS = re.compile(
    r"^(?:bg(?=\s|$)[\w:%. -]*|(?:[wh]|width|height):\S+(?:\s+(?:[wh]|width|height):\S+)*)$"
)
"""How Marp sets a picture, in place of what it shows: `bg right:40%`, `w:300`."""
_WORDS_OF_PICTURES = r"(?:left|right|fit|fill|inline|original|hide|loop|autoplay|mute|filtered|\d{1,3}%|corner-radius\(\d+\))"
_DECKSET_PICTURE = re.compile(rf"{_WORDS_OF_PICTURES}(?:\s+{_WORDS_OF_PICTURES})*")
_CLASSED = re.compile(r"\.(?P<names>[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*)\[")
_CODE = re.compile(r"`[^`]*`")
_SETTING = re.compile(r"\[\.(?P<key>[\w-]+)(?:[:\s][^\]]*)?\][ \t]*$")
_SLOT = re.compile(r"::[a-z][\w-]*::[ \t]*$")
_SETS = re.compile(
    r"\s*(?:\.(?:slide|element)\b|_?(?:marp|theme|size|paginate|header|footer|class|style|math|color|fit|headingDivider|"
    r"background\w*|transition|prettier-ignore|markdownlint|eslint|omit|toc|page-?break)\b)", re.IGNORECASE
)  # fmt: skip
"""How a comment begins that says something to a program."""
_LAYOUT = frozenset(
    ["pull", "col", "cols", "column", "columns", "left", "right", "center", "centre", "middle", "top", "bottom", "row", "grid",
     "small", "smaller", "large", "larger", "big", "bigger", "tiny", "huge", "font", "text", "size", "wide", "narrow", "half",
     "third", "two", "three", "first", "second", "align", "float", "lead", "content", "main", "x", "xx", "w", "h"]
)  # fmt: skip
"""Words that name a place or a size."""
MOST_LINES = 200
"""Lines of one comment, or between the brackets of a class."""


def _classed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `.name[ … ]` that has its lines to itself as a box of that name."""
    found = _CLASSED.match(line_of(state, start))
    if REMARK not in state.env.get("decks", ()) or state.is_code_block(start) or not found:
        return False
    last = _bracket_end(state, start, end)
    if last < 0:
        return False
    if silent:
        return True
    names = found["names"].split(".")
    name = next(filter(hides, names), names[0])
    first, stop = _without_marks(state, (start, last), (found.end(), 1))
    if all(map(_places, names)):  # what stands in a column is on the slide as it is
        limit, state.lineMax = state.lineMax, stop
        state.md.block.tokenize(state, first, stop)
        state.line, state.lineMax = last + 1, limit
        return True
    push(
        state, FoundDirective(name.lower(), "", start, first, stop, last + 1, mark=TAG, braced=True)
    )
    return True


def _places(name: str) -> bool:
    """Whether a class only says where its words stand and how large they are."""
    return all(part in _LAYOUT for part in re.split(r"[-_\d]+", name.lower()) if part)


def _bracket_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line that ends with the bracket which `start` opens, or -1."""
    depth, fence = 0, ""
    for number in range(start, min(end, start + MOST_LINES)):
        text = line_of(state, number).rstrip()
        if fence:
            fence = "" if text.startswith(fence) and not text.strip(fence[0]) else fence
            continue
        if mark := FENCE.match(text):
            fence = mark[1]
            continue
        for at, letter in enumerate(_CODE.sub(lambda code: "`" * len(code.group()), text)):
            depth += (letter == "[") - (letter == "]")
            if letter == "]" and not depth:
                return number if at == len(text) - 1 else -1
    return -1


def _without_marks(
    state: StateBlock, lines: tuple[int, int], marks: tuple[int, int]
) -> tuple[int, int]:
    """Take marks of so many characters off the first and the last line; return the lines of what is left."""
    first, last = lines
    text = line_of(state, last).rstrip()
    state.eMarks[last] = state.bMarks[last] + state.tShift[last] + len(text) - marks[1]
    rest = line_of(state, first)[marks[0] :].lstrip()
    state.bMarks[first] = state.eMarks[first] - len(rest)
    state.tShift[first], state.sCount[first] = 0, state.blkIndent
    return first + (not rest.strip()), last + bool(line_of(state, last).strip())


def _settings(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out Deckset's settings and Slidev's names of columns; settings are told."""
    decks, text = state.env.get("decks", ()), line_of(state, start)
    found = _SETTING.match(text) if DECKSET in decks else None
    if state.is_code_block(start) or not (found or (SLIDEV in decks and _SLOT.match(text))):
        return False
    if not silent:
        if found and found["key"] != "column":
            told = f'settings of slides are not used: "{found["key"]}"'
            notice(state.env, Notice("C102", start, told, ""))
        state.line = start + 1
    return True


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a comment of Marp or Slidev that sets nothing as a note for who presents."""
    if not {MARP, SLIDEV} & set(state.env.get("decks", ())) or state.is_code_block(start):
        return False
    text = line_of(state, start)
    if not text.startswith("<!--") or _SETS.match(
        text[4:] or line_of(state, min(start + 1, end - 1))
    ):
        return False
    close = (n for n in range(start, min(end, start + MOST_LINES)) if "-->" in line_of(state, n))
    last = next(close, -1)
    if last < 0 or not line_of(state, last).rstrip().endswith("-->"):
        return False
    if silent:
        return True
    first, stop = _without_marks(state, (start, last), (4, 3))
    push(state, FoundDirective("facilitator", "", start, first, stop, last + 1, braced=True))
    return True


def _words(state: StateInline, silent: bool) -> bool:
    """Read `.name[words]` in a line, and leave out `[fit]` before a heading's words."""
    decks, at, most = state.env.get("decks", ()), state.pos, state.posMax
    if DECKSET in decks and not at and state.src.startswith("[fit]"):
        state.pos = at + 5 + (state.src[at + 5 : at + 6] == " ")
        return True
    found = _CLASSED.match(state.src, at, most) if REMARK in decks else None
    if not found or state.src[at - 1 : at].isalnum():
        return False
    end = state.md.helpers.parseLinkLabel(state, found.end() - 1)
    if end < 0:
        return False
    if not silent:
        names = found["names"].split(".")
        token = state.push("span_open", "span", 1)
        token.attrs = {"class": " ".join(names)}
        token.meta = pair_meta(names, (at, found.end(), end, end + 1))
        state.pos, state.posMax = found.end(), end
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = end + 1, most
    return True


def _pictures(state: StateCore) -> None:
    """Leave out the words that set a picture of Deckset, in place of what it shows: `right fit`, `inline 50%`."""
    if DECKSET not in state.env.get("decks", ()):
        return
    for token in (c for t in state.tokens for c in t.children or ()):
        if token.type == "image" and _DECKSET_PICTURE.fullmatch(token.content):
            token.content, token.children = "", []


def decks_plugin(md: MarkdownIt) -> None:
    """Add what slide decks write to a markdown parser."""
    stops = ["paragraph", "reference", "blockquote", "list"]
    for name, rule in (
        ("classed", _classed),
        ("deck_settings", _settings),
        ("deck_notes", _comment),
    ):
        md.block.ruler.before("fence", name, rule, {"alt": stops})
    md.core.ruler.after("inline", "deck_pictures", _pictures)
    md.inline.add_terminator_char(".")
    md.inline.ruler.before("text", "deck_words", _words)
