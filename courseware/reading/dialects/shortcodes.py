"""Pairs of template tags around blocks, as Hugo, Docsy, GitBook and Jekyll have them.

`{{% notice tip %}}` … `{{% /notice %}}` and `{% hint style="info" %}` … `{% endhint %}` are boxes where
their name, or their title's words, say so; those around code are code. All others are text. Fences
with a cell's options hold code, too.
"""

from __future__ import annotations

import re

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from courseware.reading.dialects.components import values_of
from courseware.reading.dialects.other_tools import row_of
from courseware.reading.dialects.pandoc import hides
from courseware.reading.dialects.templates import LITERAL, NOBODYS, keep_literal
from courseware.reading.markdown.directives import (
    FENCE,
    FOLDED_NAMES,
    TAG,
    FoundDirective,
    line_of,
    push,
    push_text,
)
from courseware.reading.markdown.notices import Notice, notice

_TAG = re.compile(
    r"^(?:\{\{[%<]|\{%-?)\s*(?P<name>[A-Za-z][\w-]*)(?P<given>[^{}]*?)\s*(?:[%>]\}\}|-?%\})[ \t]*$"
)
_ENDS_IT = re.compile(r"\{\{[%<]|\{%|#{1,6}\s")
"""How a line begins that ends what a tag hides which nothing closes."""
_CONDITIONS = frozenset({"if", "unless", "for", "case", "ifchanged", "tablerow"})
"""Tags whose values are a program's, no title."""
_CHECKS = frozenset({"validation", "context"})
"""HonKit's tags in an exercise before code that tests what a learner wrote."""
_OF_EXERCISE = re.compile(r"\{%-?\s*(?:initial|solution|validation|context|endexercise)\b")
_VALUE = re.compile(
    r"(?:(?P<key>[\w-]+)=)?(?:(?P<mark>[\"'])(?P<quoted>.*?)(?P=mark)|(?P<bare>[^\s\"=]+))"
)
_CODE = frozenset({"highlight", "code", "codeblock"})
_SOURCES = {
    "mermaid": "mermaid",
    "graphviz": "dot",
    "uml": "plantuml",
    "plantuml": "plantuml",
} | dict.fromkeys(("katex", "math", "mathjax", "latex"), "math")
"""Names of tags around a diagram or a formula, and its language."""
_BY_KIND = frozenset({"notice", "alert", "callout", "admonition", "hint", "box"})
"""Names whose first value says what the box is."""
_BOXES = frozenset({"note", "info", "tip", "block", "card", "panel"})
"""Names whose type says what the box is, where it is stated as such."""
_TYPED = re.compile(r"\b(?:type|style|class)=")
_CONTENT = re.compile(r"\b(content|text|message)=[\"']")
"""What a tag gives a file to show; without quotes it is a name."""
TITLES = frozenset({"title", "header", "heading", "summary", "text", "label", "name", "caption"})
"""Values that are a box's title."""


def _closer(state: StateBlock, name: str, start: int, end: int) -> int:
    """Return the line that closes a tag, or -1; the same tag inside it has its own."""
    close = re.compile(
        rf"^(?:\{{\{{[%<]\s*/\s*{name}\s*[%>]\}}\}}|\{{%-?\s*(?:end[_-]?|/){name}\s*-?%\}})"
    )
    depth = 1
    for number in range(start + 1, end):
        text = line_of(state, number)
        if text and state.sCount[number] < state.blkIndent:
            return -1
        opened = _TAG.match(text)
        depth += bool(opened and opened["name"] == name) - bool(close.match(text))
        if not depth:
            return number
    return -1


def _values(name: str, given: str) -> tuple[str, str]:
    """Return a tag's kind and its title: what stands first, and what is quoted or called so."""
    kind = title = ""
    for found in _VALUE.finditer(given):
        value = found["quoted"] if found["quoted"] is not None else found["bare"]
        names_kind = name in _BY_KIND and not kind and row_of(value.lower())
        bare = (
            not found["key"]
            and not names_kind
            and (found["quoted"] is not None or (name not in _BY_KIND and name not in _CODE))
        )
        if bare:
            title = f"{title} {value}".strip()
        elif found["key"] in TITLES:
            title = title or (value if value not in ("true", "false") else "")
        elif found["key"] in (None, "type", "style", "level", "context"):
            kind = kind or value.lower()
    return kind, title


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found = None if state.is_code_block(start) else _TAG.match(line_of(state, start))
    if found is None:
        return False
    last = _closer(state, re.escape(found["name"]), start, end)
    name = found["name"].lower()
    kind, title = _values(name, found["given"])
    if kind and row_of(kind) and (name in _BY_KIND or _TYPED.search(found["given"])):
        name = kind if not row_of(name) or name in _BY_KIND or name in _BOXES else name
    if last < 0 and name == "initial" and (stop := _stops(state, start, end)):
        return silent or _push_code(state, start, stop)
    if last < 0 and name in _CHECKS:
        name = "answer"
    if last < 0 and (found["name"] == "include" or not hides(name)):
        return found["name"] == "include" and _included(state, found["given"], start, silent)
    if silent:
        return True
    if last < 0:
        return _unclosed(state, start, end, FoundDirective(name, title, start, start + 1, 0, 0))
    if found["name"].lower() in NOBODYS:
        state.line = last + 1
        return True
    if name in _CONDITIONS and line_of(state, start).startswith("{%"):
        told = f"{line_of(state, start).strip()} of a template: what it holds is printed"
        notice(state.env, Notice("C127", start, told, "say here what it says"))
        name, title = "group", ""
    if name == "capture":
        name, title = title if hides(title) else "group", _shown_as(state, title, last + 1, end)
    if name in LITERAL:
        keep_literal(state.env, state.getLines(start + 1, last, state.blkIndent, True))
        name = "group"
    if name in _CODE and _fenced(state, start + 1, last):
        name = "group"
    if name in _CODE or name in _SOURCES:
        token = state.push("fence", "code", 0)
        token.info, token.map = _SOURCES.get(name, kind), [start, last + 1]
        token.content = state.getLines(start + 1, last, state.blkIndent, True)
        state.line = last + 1
        return True
    push(state, FoundDirective(name, f'"{title}"' if title else "", start, start + 1, last, last + 1,
                      mark=TAG, braced=True, folded=name in FOLDED_NAMES))  # fmt: skip
    return True


def _shown_as(state: StateBlock, name: str, start: int, end: int) -> str:
    """Return the title of the tag below that shows a captured text by its name, "" for none."""
    for number in range(start, end):
        given = line_of(state, number)
        if name and given.startswith("{%") and re.search(rf"=\s*{re.escape(name)}\b", given):
            values = values_of(given)
            return next((v for key in TITLES if (v := values.get(key, "")) not in ("", name)), "")
    return ""


def _stops(state: StateBlock, start: int, end: int) -> int:
    """Return the line of the next tag where that is one of HonKit's within an exercise or ends it, else 0."""
    tags = (n for n in range(start + 1, end) if line_of(state, n).startswith("{%"))
    stop = next(tags, 0)
    return stop if stop and _OF_EXERCISE.match(line_of(state, stop)) else 0


def _push_code(state: StateBlock, start: int, stop: int) -> bool:
    """Put the lines up to the tag that ends them as code."""
    token = state.push("fence", "code", 0)
    token.info, token.map = "", [start, stop]
    token.content = state.getLines(start + 1, stop, state.blkIndent, True).strip("\n") + "\n"
    state.line = stop
    return True


def _unclosed(state: StateBlock, start: int, end: int, found: FoundDirective) -> bool:
    """Withhold what follows a tag that hides and is never closed: up to the next tag or heading, or to the end of its box."""
    tags = (n for n in range(start + 1, end) if _ENDS_IT.match(line_of(state, n)))
    stop = _stops(state, start, end)
    last = stop or next(tags, end)
    told = f"{line_of(state, start).strip()} is not closed: learners do not see what follows, up to the next tag or heading"
    if not stop:
        notice(state.env, Notice("C127", start, told, "close the tag"))
    title = f'"{found.rest}"' if found.rest else ""
    push(
        state,
        msgspec.structs.replace(found, rest=title, last=last, after=last, mark=TAG, braced=True),
    )
    return True


def _fenced(state: StateBlock, first: int, last: int) -> bool:
    """Whether the first line of a body that is not empty opens a fence."""
    lines = (line_of(state, number) for number in range(first, last))
    return bool(FENCE.match(next((line for line in lines if line), "")))


def _included(state: StateBlock, given: str, start: int, silent: bool) -> bool:
    """Read what a tag gives a file to show as a box: the file's name, or its type, says of which kind."""
    values = values_of(given)
    quoted = _CONTENT.search(given)
    content = values[quoted[1]] if quoted else ""
    if not content:
        return False
    if silent:
        return True
    stem = given.split()[0].rpartition("/")[2].partition(".")[0].lower()
    kind = next(
        (v.lower() for k in ("type", "class", "style") if row_of((v := values.get(k, "")).lower())),
        stem,
    )
    title = next((values[key] for key in TITLES if key != "text" and values.get(key)), "")
    titled = f'"{title}"' if title else ""
    made = FoundDirective(
        kind, titled, start, start + 1, start + 1, start + 1, mark=TAG, braced=True
    )
    push_text(state, made, content)
    return True


def shortcode_plugin(md: MarkdownIt) -> None:
    """Add paired template tags to a markdown parser."""
    stops = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "shortcode", _rule, {"alt": stops})


_INFO = re.compile(r"^\{\s*\.?(?P<name>[A-Za-z][\w+#.-]*)(?P<inside>[^{}]*)\}\s*(?P<rest>.*)$")
_KEY = re.compile(r"([A-Za-z][\w-]*):(?:\s+(.*)|$)")
_FOLDED = re.compile(r"[>|][+-]?")
_OPTION = re.compile(r"^:(?P<key>[\w-]+):\s*(?P<value>.*)$")
_HOLDS_CODE = frozenset(
    ["code-block", "code-cell", "code", "sourcecode", "code-example", "prompt", "parsed-literal"]
)
TABLES = frozenset({"list-table", "csv-table", "table"})
SETTINGS = frozenset(
    {
        "toctree",
        "contents",
        "bibliography",
        "index",
        "tableofcontents",
        "currentmodule",
        "footbibliography",
        "include",
        "literalinclude",
        "video",
    }
)
"""Fences that say something to a site, and hold no text."""


class Coded(msgspec.Struct, frozen=True):
    """A fence of another tool: its name, what stands behind that, its options and its body."""

    name: str
    rest: str
    options: dict[str, str]
    body: str
    skipped: int

    @property
    def language(self) -> str:
        """The language of its code."""
        return self.rest.split(" ")[0] if self.name in _HOLDS_CODE else self.name


def coded(info: str, text: str) -> Coded | None:
    """Take a fence's `{name} rest` and the options that its text begins with apart."""
    found = _INFO.match(info)
    if not found:
        return None
    name = found["name"].lower()
    taken = name in _HOLDS_CODE or name in ("figure", "image", "math") or name in TABLES
    options, lines, skipped = _options(text.split("\n")) if taken else ({}, text.split("\n"), 0)
    body = "\n".join(lines).strip("\n")
    return Coded(name, found["rest"].strip(), options, body, skipped)


def _options(lines: list[str]) -> tuple[dict[str, str], list[str], int]:
    """Return a fence's options, the lines of its body, and how many lines stand before that.

    A line between the rules that is no option is one of the body; one that is indented is the option's above.
    """
    if lines and lines[0].rstrip() == "---" and "---" in (line.rstrip() for line in lines[1:]):
        end = [line.rstrip() for line in lines].index("---", 1)
        return _between_rules(lines[1:end], lines[end + 1 :])
    options: dict[str, str] = {}
    at = 0
    while at < len(lines) and (found := _OPTION.match(lines[at].strip())):
        options[found["key"]] = found["value"].strip()
        at += 1
    return options, lines[at:], at


def _between_rules(inside: list[str], body: list[str]) -> tuple[dict[str, str], list[str], int]:
    options: dict[str, str] = {}
    strange: list[str] = []
    key = ""
    for line in inside:
        folded = bool(key) and not options[key] and line[:1].isspace()
        if not folded and (found := _KEY.match(line.strip())):
            key, value = found[1], (found[2] or "").strip()
            options[key] = "" if _FOLDED.fullmatch(value) else value
        elif key and line[:1].isspace():
            options[key] = f"{options[key]} {line.strip()}".strip()
        elif line.strip():
            strange.append(line)
    return options, [*strange, *([""] if strange else []), *body], len(inside) + 2 - len(strange)


def figure_source(found: Coded) -> str:
    """Return a figure's or picture's markdown."""
    size = "".join(f" {k}={found.options[k]}" for k in ("width", "height") if k in found.options)
    alt = re.sub(r"[\[\]]", "", found.options.get("alt", ""))
    return f"![{alt}](<{found.rest}>)" + (f"{{{size.strip()}}}" if size else "")
