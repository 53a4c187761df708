"""Blocks as other tools write them, read as the directives that they are: what hides, hides here too.

MyST's fences, the boxes of MkDocs, and kramdown's attributes on a line below a quotation. Names
that mean nothing here leave their block as it is.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from courseware.model.kinds import find_kind
from courseware.reading.markdown.directives import (
    DIRECTIVES,
    FOLDED_NAMES,
    Directive,
    FoundDirective,
    classes_in,
    line_of,
    options,
    push,
)

ALIASES = {
    "facilitator": (
        "instructor-note", "instructor-notes", "facilitator-note", "facilitator-notes", "teacher",
        "teacher-note", "trainer", "trainer-note", "speaker-note", "speaker-notes", "presenter",
    ),
    "answer": ("answers", "solutions", "sol", "soln", "ans", "lsg"),
    "hint": ("hints",),
    "exercise": ("exercises", "hands-on", "hands_on", "task"),
    "question": ("faq",),
    "note": ("info", "seealso"),
    "important": ("attention",),
    "warning": ("bug", "failure", "fail", "missing"),
    "caution": ("danger", "error"),
    "callout": (
        "admonition", "notice", "alert", "topic", "comment", "agenda", "type-along", "code-in",
        "code-out", "abstract", "quote", "cite", "todo", "success", "check", "done", "margin", "sidebar", "epigraph", "pull-quote",
        "versionadded", "versionchanged", "deprecated", "rubric", "card", "theorem", "lemma", "proof", "corollary",
        "proposition", "remark", "axiom", "conjecture", "property", "assumption", "observation", "algorithm",
    ),
    "spoiler": (
        "dropdown", "toggle", "details", "expand", "collapse", "accordion", "disclosure",
        "collapsible", "expandable", "fold", "foldable", "reveal",
    ),
    "prereq": ("prerequisites", "prerequisite", "prereqs"),
    "takeaways": ("keypoint", "key-points", "summary", "tldr", "highlights"),
    "objectives": ("learning-objectives", "objective"),
    "group": (
        "column", "panel-tabset", "tab-set", "tab-item", "tabs", "tab", "group-tab", "incremental",
        "center", "aside", "grid-item", "grid-item-card", "container", "div", "figure-md",
    ),
}  # fmt: skip
"""Other tools' names by the kind that each is here."""
OWN = ("note", "tip", "important", "warning", "caution", "question", "group")
"""Kinds that have no directive of that name here."""
_SECTIONS = {"takeaways": DIRECTIVES["keypoints"]}


def _row(kind: str) -> Directive:
    row = _SECTIONS.get(kind) or DIRECTIVES.get(kind)
    return row or Directive(kind, "box", kind)


OTHERS = {name: _row(kind) for kind in OWN for name in (kind,)}
OTHERS |= {name: _row(kind) for kind, names in ALIASES.items() for name in names}
OTHERS |= {f"callout-{kind}": _row(kind) for kind in ("note", "tip", "important", "warning", "caution")}  # fmt: skip
HIDING = tuple(sorted(
    name for name, row in {**DIRECTIVES, **OTHERS}.items() if find_kind(row.kind).audience == "facilitator"
))  # fmt: skip
"""Names whose body learners do not see."""
_MYST = re.compile(
    r"^(?P<mark>`{3,}|~{3,}|:{3,}(?=[ \t]*\{[\w:-]+-start\}))[ \t]*\{(?:[a-z]+:)?(?P<name>[A-Za-z][\w-]*)\}[ \t]*(?P<rest>[^`]*)$"
)
_MKDOCS = re.compile(
    r"^(?P<mark>!!!|\?\?\?[+-]?)[ \t]+(?P<name>[A-Za-z][\w-]*)(?P<more>[ \t]+[^\s\"][^\"]*)?"
    r"[ \t]*(?P<title>\"[^\"]*\")?[ \t]*(?P<given>\{[^{}]*\})?[ \t]*$"
)
_SLASHED = re.compile(
    r"^(?P<mark>/{3,})[ \t]+(?P<name>[A-Za-z][\w-]*)[ \t]*(?:\|[ \t]*(?P<title>[^\"]*))?$"
)
_OPTIONS = re.compile(r"(?: {4}|\t)[\w-]+:(?:\s|$)")
_TAB = re.compile(r"^(?P<mark>===)[!+]?[ \t]+(?P<title>\"[^\"]*\")[ \t]*$")
_KRAMDOWN = re.compile(
    r"^\{(?::(?!:comment\})|(?=[ \t]*[.#][A-Za-z])(?![^{}]*\bfor=))(?P<inside>[^{}]*)\}[ \t]*$"
)
_BOX_TITLE = re.compile(
    r"^<(?P<name>[a-z][\w-]*)-title(?:\s[^<>]*)?>(?P<title>.*?)</(?P=name)-title>[ \t]*$",
    re.IGNORECASE,
)
_TARGET = re.compile(r"^(?:\([\w:.-]+\)=|\^)[ \t]*$")
_KEY = re.compile(r"^([a-z][\w-]*):(?:\s|$)")
_SETTING = re.compile(r"^(?:[a-z][\w-]*:(?:\s.*)?|[ \t]+\S.*|- .*)$")
MOST_SETTINGS = 20
"""Lines that the settings of a slide may have."""
_CLASS = re.compile(r"\.([\w-]+)")


def row_of(name: str) -> Directive | None:
    """Return what a name means, as ours or another tool's; None where it means nothing."""
    return DIRECTIVES.get(name) or OTHERS.get(name)


def _myst(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a fence whose language is a directive's name in braces as that directive."""
    found = None if state.is_code_block(start) else _MYST.match(line_of(state, start))
    name = found["name"].lower() if found else ""
    row = row_of(name.removesuffix("-start"))
    if found is None or row is None or not row.body:
        return False
    if silent:
        return True
    last = _fence_end(state, found["mark"], start, end)
    if name.endswith("-start"):
        return _gated(state, found, start, (last, end))
    stop = end if last < 0 else last
    first, folded, classes = options(state, start + 1, stop)
    push(state, FoundDirective(name, found["rest"].strip(), start, first, stop, stop + (last >= 0),
                      mark=found["mark"], braced=True, folded=folded or name in FOLDED_NAMES,
                      unclosed=last < 0, classes=classes))  # fmt: skip
    return True


def _gated(state: StateBlock, found: re.Match[str], start: int, lines: tuple[int, int]) -> bool:
    """Read what stands between the fences `{name-start}` and `{name-end}` as that directive."""
    name, mark = found["name"].lower().removesuffix("-start"), found["mark"]
    first, end = lines[0] + 1, lines[1]
    gate = re.compile(rf"^(?:`{{3,}}|:{{3,}})\s*\{{(?:[a-z]+:)?{name}-end\}}")
    last = next((n for n in range(first, end) if gate.match(line_of(state, n))), -1)
    unclosed = first < 1 or last < 0
    stop = end if unclosed else last
    after = (
        end
        if unclosed
        else _fence_end(state, "```" if mark[0] == "`" else ":::", last, end) + 1 or end
    )
    push(state, FoundDirective(name, found["rest"].strip(), start, max(first, start + 1), stop, after,
                      mark=mark, braced=True, unclosed=unclosed))  # fmt: skip
    return True


def _fence_end(state: StateBlock, mark: str, start: int, end: int) -> int:
    """Return the line that closes a fence, or -1."""
    for number in range(start + 1, end):
        text = line_of(state, number)
        if text and state.sCount[number] < state.blkIndent:
            return -1
        bare = text.rstrip()
        if bare.startswith(mark) and not bare.strip(mark[0]):
            return number
    return -1


def _mkdocs(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `!!! name "Title"`, `??? name "Title"` and `=== "Title"` with the indented lines below."""
    text = "" if state.is_code_block(start) else line_of(state, start)
    found = _MKDOCS.match(text)
    tab = None if found else _TAB.match(text)
    opened = found or tab
    if opened is None or (found and found["more"] and row_of(found["name"].lower()) is None):
        return False
    inner = state.sCount[start] + 4
    last = start + 1
    for number in range(start + 1, end):
        if line_of(state, number).strip():
            if state.sCount[number] < inner:
                break
            last = number + 1
    if silent or last == start + 1:
        return last > start + 1
    name = found["name"].lower() if found else "tab"
    classes = (*(found["more"] or "").split(), *classes_in(found["given"] or "")) if found else ()
    indent, state.blkIndent = state.blkIndent, inner
    push(state, FoundDirective(name, opened["title"] or "", start, start + 1, last, last, mark=opened["mark"],
                      braced=True, folded=opened["mark"] in ("???", "???-"), classes=classes))  # fmt: skip
    state.blkIndent = indent
    return True


def _slashed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `/// name | Title` … `///`, with options that are indented below it."""
    found = None if state.is_code_block(start) else _SLASHED.match(line_of(state, start))
    if found is None:
        return False
    close = re.compile(rf"{found['mark']}[ \t]*$")
    last = next((n for n in range(start + 1, end) if close.match(line_of(state, n))), -1)
    if silent or last < 0:
        return last > 0
    first = start + 1
    while first < last and _OPTIONS.match(_whole(state, first)):
        first += 1
    title = f'"{found["title"].strip()}"' if found["title"] else ""
    name = found["name"].lower()
    push(state, FoundDirective(name, title, start, first, last, last + 1, mark=found["mark"], braced=True,
                      folded=name in FOLDED_NAMES))  # fmt: skip
    return True


def _slide_settings(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the settings of one slide, between two rules, for what they are: no heading."""
    if state.level or state.is_code_block(start) or line_of(state, start).rstrip() != "---":
        return False
    at = start + 1
    while at < end and at <= start + MOST_SETTINGS and _SETTING.match(_whole(state, at)):
        at += 1
    keys = [found[1] for n in range(start + 1, at) if (found := _KEY.match(line_of(state, n)))]
    if at >= end or line_of(state, at).rstrip() != "---" or not keys or state.sCount[start + 1]:
        return False
    if not silent:
        token = state.push("settings", "", 0)
        token.map, token.meta = [start, at + 1], {"keys": keys}
        state.line = at + 1
    return True


def _whole(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] : state.eMarks[number]]


def _kramdown(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a line of attributes, kramdown's or others': they tell what the block above is."""
    found = None if state.is_code_block(start) else _KRAMDOWN.match(line_of(state, start))
    if found is None:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.map = [start, start + 1]
        token.meta = {"classes": _CLASS.findall(found["inside"]), "inside": found["inside"].strip()}
        state.line = start + 1
    return True


def _box_title(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `<tip-title>words</tip-title>` at the head of a quotation: Galaxy's name and title of the box that it is."""
    above = state.tokens[-1] if state.tokens else None
    found = None if state.is_code_block(start) else _BOX_TITLE.match(line_of(state, start))
    if found is None or above is None or above.type != "blockquote_open":
        return False
    if silent:
        return True
    above.meta = {"classes": [found["name"].lower()]}
    state.line = start + 1
    if found["title"].strip():
        tops = (t.tag for t in reversed(state.tokens) if t.type == "heading_open" and not t.level)
        tag = f"h{min(int(next(tops, 'h1')[1]) + 1, 6)}"
        opened = state.push("heading_open", tag, 1)
        text = state.push("inline", "", 0)
        text.content, text.children = found["title"].strip(), []
        state.push("heading_close", tag, -1)
        opened.map = text.map = [start, start + 1]
    return True


def _target(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Skip MyST's name for the block below, which nothing here refers to, and kramdown's mark of a list's end."""
    if state.is_code_block(start) or not _TARGET.match(line_of(state, start)):
        return False
    if not silent:
        state.line = start + 1
    return True


def other_tools_plugin(md: MarkdownIt) -> None:
    """Add other tools' blocks to a markdown parser."""
    stops = ["paragraph", "reference", "blockquote", "list"]
    for name, rule in (("myst", _myst), ("mkdocs", _mkdocs), ("slashed", _slashed), ("kramdown", _kramdown), ("target", _target), ("box_title", _box_title),
                       ("settings", _slide_settings)):  # fmt: skip
        md.block.ruler.before(
            "directive" if name == "myst" else "fence", name, rule, {"alt": stops}
        )
