"""Directives: the table of all there are, and the block rule that finds them.

A line of three or more colons and a name opens one; a line of colons alone closes the innermost
open one, whatever its length. One that has no body takes no closer.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

Role = Literal["box", "section", "space", "break", "pagebreak"]


class Directive(msgspec.Struct, frozen=True):
    """A row of `DIRECTIVES`: `kind` is the box's or section's, `products` who prints it."""

    name: str
    role: Role = "box"
    kind: str = ""
    products: tuple[str, ...] = ()
    body: bool = True


def _box(name: str, *others: str, products: tuple[str, ...] = ()) -> list[Directive]:
    return [Directive(n, "box", name, products) for n in (name, *others)]


def _bare(role: Role, *names: str) -> list[Directive]:
    return [Directive(n, role, n, (), body=False) for n in names]


PRINT = ("handout", "worksheet", "guide", "answers", "workbook", "run-book")
_ROWS = [
    *_box("facilitator", "instructor", "notes", products=("guide", "slides")),
    *_box("answer", "solution", products=("guide", "answers", "slides")),
    *_box("hint", products=("worksheet", "guide")),
    *_box("debrief", products=("guide", "slides")),
    *(row for name in ("example", "definition", "case", "callout", "prereq", "discussion",
                       "checklist", "testimonial", "spoiler", "activity", "only", "not")
      for row in _box(name)),
    *_box("stretch", products=("worksheet", "guide")),
    *_box("slide", products=("slides",)),
    *_box("columns", products=PRINT),
    Directive("objectives", "section", "objectives"),
    Directive("questions", "section", "questions"),
    Directive("keypoints", "section", "takeaways"),
    Directive("exercise", "section", "exercise"),
    Directive("challenge", "section", "exercise"),
    *_bare("break", "break"),
    *_bare("pagebreak", "pagebreak"),
    *_bare("space", "lines", "box", "grid", "canvas"),
]  # fmt: skip
DIRECTIVES = {row.name: row for row in _ROWS}
if len(DIRECTIVES) != len(_ROWS):
    raise RuntimeError("a directive stands twice in the table")
PRODUCT_NAMES = ("handout", "worksheet", "slides", "guide", "answers", "workbook", "run-book")
PRODUCT_ALIASES = {"handouts": "handout", "worksheets": "worksheet", "slide": "slides",
                   "guides": "guide", "answer": "answers"}  # fmt: skip
ATTRIBUTES = (
    "minutes",
    "group",
    "id",
    "title",
    "alt",
    "width",
    "height",
    "size",
    "class",
    "materials",
)

OPEN = re.compile(r"^:{3,}[ \t]*(?:\{[ \t]*\.?)?(?P<name>[A-Za-z][\w-]*)(?P<rest>.*)$")
CLOSE = re.compile(r"^:{3,}[ \t]*$")
_FENCE = re.compile(r"^(`{3,}|~{3,})")
_ATTRIBUTE = re.compile(
    r"#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)|(?P<key>[\w-]+)=(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)'|(?P<v>[^\s}]*))"
)
_BRACES = re.compile(r"\{(?P<inside>(?:[^{}\"']|\"[^\"]*\"|'[^']*')*)\}\s*$")


def attributes(inside: str) -> dict[str, str]:
    """Return what stands in braces: `#id`, `.class`, `key=value`, quoted or not."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(inside):
        if match["id"]:
            found["id"] = match["id"]
        elif match["class"]:
            found["class"] = match["class"]
        else:
            value = next((v for v in match.group("d", "s", "v") if v is not None), "")
            found[match["key"]] = value
    return found


def split_attributes(text: str) -> tuple[str, dict[str, str]]:
    """Split attributes in braces off a text's end; braces that hold none stay text."""
    found = _BRACES.search(text)
    if not found:
        return text, {}
    values = attributes(found["inside"])
    rest = _ATTRIBUTE.sub("", found["inside"]).strip()
    return (text, {}) if rest or not values else (text[: found.start()].rstrip(), values)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _closer(state: StateBlock, start: int, end: int) -> int:
    """Return the line that closes the directive opened at `start`, or -1."""
    opened = [state.sCount[start]]
    fence = ""
    for number in range(start + 1, end):
        text = _line(state, number)
        if fence:
            bare = text.rstrip()
            if bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
            continue
        if text and state.sCount[number] < state.blkIndent:
            return -1
        mark = _FENCE.match(text)
        if mark:
            fence = mark[1]
        elif CLOSE.match(text) and state.sCount[number] <= opened[-1] + 3:
            opened.pop()
            if not opened:
                return number
        elif (found := OPEN.match(text)) and DIRECTIVES.get(found["name"].lower(), _BODY).body:
            opened.append(state.sCount[number])
    return -1


_BODY = Directive("?")


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    text = _line(state, start)
    if not text.startswith(":::"):
        return False
    found = OPEN.match(text)
    closer = bool(CLOSE.match(text))
    if not found and not closer:
        return False
    if silent:
        return True
    if closer:
        token = state.push("directive_stray", "", 0)
        token.map = [start, start + 1]
        state.line = start + 1
        return True
    assert found is not None
    name = found["name"].lower()
    row = DIRECTIVES.get(name)
    rest = found["rest"]
    if "{" in text[: found.start("name")]:
        rest = "{" + rest
    last = _closer(state, start, end) if row is None or row.body else start
    unclosed = last < 0 and row is not None
    stop = end if unclosed else start + 1 if last < 0 else last
    token = state.push("directive_open", "", 1)
    token.map = [start, max(stop, start + 1)]
    token.info = name
    token.meta = {"rest": rest.strip().rstrip(":").strip(), "unclosed": unclosed}
    if stop > start + 1:
        parent, limit = state.parentType, state.lineMax
        state.parentType, state.lineMax = "directive", stop
        state.md.block.tokenize(state, start + 1, stop)
        state.parentType, state.lineMax = parent, limit
    state.push("directive_close", "", -1)
    state.line = stop if unclosed or last < 0 else last + 1
    return True


def directive_plugin(md: MarkdownIt) -> None:
    """Add directives to a markdown parser."""
    stops = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "directive", _rule, {"alt": stops})
