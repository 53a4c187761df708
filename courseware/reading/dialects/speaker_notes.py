"""What slide decks of other tools hold for who presents: learners never see it.

remark: a line `???`, and what follows to the end of the slide. reveal.js: the same behind `Note:`, in a file
that says that it is such a deck. Deckset: a paragraph that begins with `^`, likewise. A slide ends at a line of
two to four dashes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from courseware.reading.markdown.directives import FENCE, FoundDirective, line_of, push
from courseware.reading.markdown.notices import Notice, notice
from courseware.reading.source.yaml_values import Value

REMARK, REVEAL, DECKSET, MARP, SLIDEV = "remark", "reveal", "deckset", "marp", "slidev"
_REMARK = re.compile(
    r"^(?:\?\?\?|\.[\w.-]+\[.*)[ \t]*$|"
    r"^---?[ \t]*\n\s*(?:class|count|exclude|layout|template|background-(?:color|image)):[ \t]*\S", re.MULTILINE
)  # fmt: skip
_DECKSET_KEYS = (
    "autoscale",
    "build-lists",
    "slide-transition",
    "slidenumbers",
    "slidecount",
    "slide-dividers",
)
_DECKSET = re.compile(rf"\A\s*(?:[\w-]+:.*\n)*?(?:{'|'.join(_DECKSET_KEYS)}):")
_SLIDEV_KEYS = frozenset({"transition", "mdc", "drawings", "highlighter", "linenumbers", "colorschema", "routermode",
                          "fonts", "canvaswidth", "aspectratio", "themeconfig", "exportfilename"})  # fmt: skip
_SLIDEV = re.compile(r"^(?:---[ \t]*\n(?:layout|transition|clicks|hideInToc|src|level):|<v-clicks?[ >]|::(?:right|left|default)::)", re.MULTILINE)  # fmt: skip
_SLIDE_END = re.compile(r"^-{2,4}[ \t]*$")
_HEADING = re.compile(r"^#{1,6}[ \t]")
_NOTE = re.compile(r"notes?:[ \t]*", re.IGNORECASE)
_CLASSED = re.compile(r"\.[A-Za-z][\w.-]*\[")
"""How what remark sets in a class begins: no setting, but what the slide shows."""
_PROPERTY = re.compile(
    r"^(class|count|exclude|layout|name|template|title|background-(?:color|image|position|size)):(?:\s|$)"
)
_KEY = re.compile(r"^([a-z][\w-]*):(?:\s|$)")
"""What remark takes for a slide's own settings where a slide begins."""


_SLIDEV_LAYOUT = re.compile(
    r"layout (?:cover|intro|center|two-cols(?:-header)?|statement|fact|image-(?:left|right)|iframe(?:-left|-right)?)"
)
"""Layouts of a first slide that no site's page has."""


def decks_of(front: Mapping[str, Value], body: str) -> frozenset[str]:
    """Return the tools whose decks a file says or shows that it is; `front` is its front matter."""
    said = {
        f"{key} {value.value}".lower()
        for key, value in front.items()
        if isinstance(value.value, str)
    }
    keys = {key.lower() for key in front}
    found = {REMARK} if _REMARK.search(body) else set[str]()
    reveal = any(key.startswith("reveal") for key in keys) or any("reveal" in text for text in said)
    if reveal or "<!-- .slide" in body:
        found.add(REVEAL)
    if keys & set(_DECKSET_KEYS) or _DECKSET.match(body):
        found.add(DECKSET)
    if "marp" in keys:
        found.add(MARP)
    laid_out = any(_SLIDEV_LAYOUT.fullmatch(text) for text in said) and "\n---\n" in body
    if (
        laid_out
        or (keys & _SLIDEV_KEYS and keys & {"theme", "layout", "title"})
        or _SLIDEV.search(body)
    ):
        found.add(SLIDEV)
    return frozenset(found)


def _notes(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read notes for who presents as the facilitator's."""
    text = line_of(state, start)
    decks = state.env.get("decks", ())
    alone = text.rstrip() == "???"
    said = _NOTE.match(text) if REVEAL in decks else None
    marked = DECKSET in decks and text.startswith("^")
    if state.is_code_block(start) or not (alone or said or marked):
        return False
    if silent:
        return True
    last = _paragraph_end(state, start, end) if marked else _slide_end(state, start, end)
    first = start + 1
    if said:
        first = _behind(state, start, said.end())
    elif marked:
        first = min(_behind(state, number, 1) for number in range(start, last))
    elif not _is_deck(state.src):
        message = 'what follows "???" is taken for notes of who presents, and not for learners'
        notice(state.env, Notice("C141", start, message, 'delete "???" where all may see it'))
    push(state, FoundDirective("facilitator", "", start, first, last, last, braced=True))
    return True


def _step(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out a line of two dashes between blank lines: a step of remark's, a slide of reveal.js's, else decoration."""
    remark = REMARK in state.env.get("decks", ())
    outside = not state.level or (silent and remark and state.sCount[start] < state.blkIndent)
    alone = line_of(state, start).rstrip() == "--" and outside
    before = start == 0 or not line_of(state, start - 1).strip()
    apart = before and (start + 1 >= end or state.isEmpty(start + 1))
    if not alone or not (apart or remark) or state.is_code_block(start):
        return False
    if not silent:
        if REVEAL in state.env.get("decks", ()):
            token = state.push("hr", "hr", 0)
            token.map, token.markup = [start, start + 1], "--"
        state.line = start + 1
    return True


def _is_deck(text: str) -> bool:
    """Whether a text has slides: a line of dashes."""
    return re.search(_SLIDE_END.pattern, text, re.MULTILINE) is not None


def _slide_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line that ends the slide, or the block it stands in; in a file without slides, a heading does."""
    deck, fence = _is_deck(state.src), ""
    for number in range(start + 1, end):
        text = line_of(state, number).rstrip()
        if text and state.sCount[number] < state.blkIndent:
            return number
        if fence:
            fence = "" if text.startswith(fence) and not text.strip(fence[0]) else fence
        elif mark := FENCE.match(text):
            fence = mark[1]
        elif _SLIDE_END.match(text) or (not deck and _HEADING.match(text)):
            return number
    return end


def _paragraph_end(state: StateBlock, start: int, end: int) -> int:
    return next((n for n in range(start + 1, end) if not line_of(state, n).strip()), end)


def _behind(state: StateBlock, number: int, length: int) -> int:
    """Let a line begin behind its mark of `length` characters; return it, or the next where nothing is left."""
    text = line_of(state, number)
    if length == 1 and not text.startswith("^"):
        return number
    rest = text[length:].lstrip()
    if not rest.strip():
        return number + 1
    state.bMarks[number] = state.eMarks[number] - len(rest)
    state.tShift[number], state.sCount[number] = 0, state.blkIndent
    return number


def _properties(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out a slide's settings: lines at the beginning of remark's slides, and of Deckset's decks."""
    decks = state.env.get("decks", ())
    opens = DECKSET in decks and not state.src[: state.bMarks[start]].strip()
    if not (opens or REMARK in decks) or state.level or not _begins_slide(state, start):
        return False
    last = _paragraph_end(state, start, end)
    last = next((n for n in range(start + 1, last) if _CLASSED.match(line_of(state, n))), last)
    known = _KEY if opens else _PROPERTY
    keys = [found[1] for n in range(start, last) if (found := known.match(line_of(state, n)))]
    if len(keys) < last - start or keys == ["title"]:
        return False
    if not silent:
        token = state.push("settings", "", 0)
        token.map, token.meta = [start, last], {"keys": keys}
        state.line = last
    return True


def _begins_slide(state: StateBlock, start: int) -> bool:
    """Whether a line is the first of a slide that is not blank."""
    before = next((n for n in range(start - 1, -1, -1) if line_of(state, n).strip()), None)
    return before is None or _SLIDE_END.match(line_of(state, before)) is not None


def speaker_notes_plugin(md: MarkdownIt) -> None:
    """Add notes and settings of slide decks to a markdown parser."""
    stops = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "speaker_notes", _notes, {"alt": stops})
    md.block.ruler.before("fence", "slide_properties", _properties, {"alt": []})
    md.block.ruler.before("fence", "step", _step, {"alt": ["paragraph"]})
