"""What note books and sites write in a page: Obsidian's links and comments, MDX's lines of program, MyST's roles.

Obsidian: `[[page]]`, `[[page|words]]`, `![[picture.png|300]]`, `%%comment%%`. MDX: `import … from "…"`,
`export …`, `{/* comment */}`. Comments are nobody's, as those of HTML.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.myst_role.index import myst_role

from courseware.reading.dialects.components import PICTURE
from courseware.reading.dialects.templates import HOLE
from courseware.reading.markdown.directives import line_of
from courseware.reading.markdown.notices import Notice, notice

_WIKI = re.compile(
    r"(?P<shown>!?)\[\[(?P<target>(?!_?TOC)[^\W#][^\[\]|\n]*?|#[^\[\]|\n]+)(?:\\?\|(?P<words>[^\[\]\n]*))?\]\](?!\()"
)
_PICTURE = re.compile(rf"{PICTURE}$", re.IGNORECASE)
_SIZE = re.compile(r"(?P<width>\d+)(?:x(?P<height>\d+))?$")
_COMMENT = re.compile(
    r"%%(?!%)[^\n]{0,2000}?[^%]%%(?!%)|\{/\*.{0,2000}?\*/\}|\{::comment\}.{0,2000}?\{:/(?:comment)?\}",
    re.DOTALL,
)
_KRAMDOWN, _UNCLOSED = "{::comment}", "comment_unclosed"
_KRAMDOWN_END = re.compile(r"\{:/(?:comment)?\}\s*$")
_IMPORT = re.compile(
    r"(?:import\s+(?:[\w$*{][^;'\"]*\s+from\s+)?|export\s+(?:\*|\{[^}]*\})\s+from\s+)(['\"])[^'\"\n]+\1;?\s*$"
)
_EXPORT = re.compile(r"export\s+(?:(?:const|let|function)\s+\w+|default\b).*[;,{}\[\]()>=]\s*$")
_FILLED = re.compile(r"\{\s*[A-Za-z_$][\w$.]*(?:\([^{}()\n]{0,80}\))?\s*\}")
_PERCENT = re.compile(r"%(?:\s.*)?$|\+{3}(?:\s*\{.*\}\s*|\s*)$|\^{3,}\s*$")
_ROLE = re.compile(r"\{(?P<name>[A-Za-z][\w:+-]*)\}`")
_NAMED = re.compile(r"(?P<words>.*\S)\s*<(?P<target>[^<>]*)>$", re.DOTALL)
ROLES = {"kbd": "kbd", "sub": "sub", "sup": "sup", "subscript": "sub", "superscript": "sup", "code": "code", "file": "code", "samp": "code",
         "command": "code", "program": "code", "strong": "strong", "emphasis": "em", "guilabel": "strong", "menuselection": "strong",
         "ref": "", "numref": "", "doc": "", "term": "", "eq": "", "abbr": "", "download": "", "any": "", "index": "",
         "u": "u", "underline": "u", "del": "s", "strike": "s", "py:func": "code", "py:class": "code", "py:meth": "code", "py:mod": "code", "cite": "", "cite:p": "", "cite:t": "", "cite:ps": "", "cite:ts": "", "math": "math"}  # fmt: skip
"""MyST's and Sphinx's roles in a line, and the element that each is; "" where it is its words."""
_LEADING = frozenset({"ref", "numref", "doc", "eq", "any", "download"})
"""Roles that lead to another place, by a name of another tool's."""
_ICONS = frozenset(
    {"octicon", "fas", "far", "fab", "material-regular", "material-outlined", "material-round"}
)
"""Roles that are an icon."""
MOST_LINES = 200
"""Lines of one comment, or of one value that a page exports."""


def _wiki(state: StateInline, silent: bool) -> bool:
    """Read a link to a page, or what a page shows of another: a picture, else a link."""
    found = _WIKI.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    target, words = found["target"].strip(), (found["words"] or "").strip()
    if not silent and found["shown"] and _PICTURE.search(target):
        _picture(state, target, words)
    elif not silent:
        token = state.push("link_open", "a", 1)
        name, _, part = target.partition("#")
        token.attrs = {"href": quote(name) + (f"#{quote(part)}" if part and not name else "")}
        state.push("text", "", 0).content = words or target.replace("#", " ").strip()
        state.push("link_close", "a", -1)
        if found["shown"]:
            told = f"{found.group()[:60]}: the other page is named, not shown"
            notice(state.env, Notice("C127", 0, told, "write here what it says"))
    state.pos = found.end()
    return True


def _picture(state: StateInline, target: str, words: str) -> None:
    alt, _, last = words.rpartition("|")
    size = _SIZE.match(last)
    token = state.push("image", "img", 0)
    token.attrs = {"src": quote(target), "alt": ""}
    token.content = alt.strip() if size else words
    given = {key: value for key, value in size.groupdict().items() if value} if size else {}
    token.meta = {"attributes": given}
    token.children = []


def _role(state: StateInline, silent: bool) -> bool:
    """Read `{role}`words`` of MyST as what its role makes of it; words before `<target>` are what is shown."""
    found = _ROLE.match(state.src, state.pos, state.posMax)
    name = found["name"].lower() if found else ""
    if not (name in ROLES or state.env.get("myst") or ":" in name) or not myst_role(state, silent):
        return False
    if silent:
        return True
    content = state.tokens.pop().content.strip()
    named, known = _NAMED.match(content), ROLES.get(name, "")
    tag, words = known, named["words"] if named and known in ("", "code") else content
    if name in _ICONS:
        return True
    if tag == "math":
        state.push("math_inline", "math", 0).content = content
        return True
    if tag == "code":
        state.push("code_inline", "code", 0).content = words
        return True
    if tag:
        state.push("span_open", tag, 1)
    state.push("text", "", 0).content = words
    if name in _LEADING and found:
        state.push("unlinked", "", 0).meta = {"unlinked": f"{found.group()}{content}`"}
    if tag:
        state.push("span_close", tag, -1)
    return True


def _comment(state: StateInline, silent: bool) -> bool:
    """Leave out a comment in a line."""
    found = _COMMENT.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    state.pos = found.end()
    return True


def _comment_lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out a comment of several lines, from one that begins with its mark to one that ends with it."""
    text = line_of(state, start).rstrip()
    if text.startswith(_KRAMDOWN) and not state.is_code_block(start):
        return _kramdown_comment(state, start, end, silent)
    mark, close = ("%%", "%%") if text.startswith("%%") else ("{/*", "*/}")
    if state.is_code_block(start) or not text.startswith(mark) or text.startswith("%%%"):
        return False
    rest = text[len(mark) :]
    last = start
    while not rest.rstrip().endswith(close) and last + 1 < min(end, start + MOST_LINES):
        if close in rest:
            return False
        last += 1
        rest = line_of(state, last)
    if not rest.rstrip().endswith(close) or close in rest.rstrip()[: -len(close)]:
        return False
    if not silent:
        state.line = last + 1
    return True


def _kramdown_comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out kramdown's comment up to the line that closes it; of one that is never closed, its mark alone, which is told."""
    first, last = line_of(state, start).strip(), start
    if state.env.get(_UNCLOSED) != end:
        while last + 1 < end and not _KRAMDOWN_END.search(line_of(state, last)):
            last += 1
    closed = _KRAMDOWN_END.search(line_of(state, last)) is not None
    if closed and "{:/" in first and last > start:
        return False
    if silent:
        return closed or first == _KRAMDOWN
    if not closed:
        state.env[_UNCLOSED] = end  # nor is any behind it, up to there
        told, hint = (
            "the comment is never closed; it ends at its line",
            "put {:/comment} where it ends",
        )
        notice(state.env, Notice("C124", start, told, hint))
        last = start
    if closed or first == _KRAMDOWN:
        state.line = last + 1
        return True
    return False


def _percent(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out MyST's comments behind `%`, and its lines `+++` and `^^^`, in a file that shows that it is MyST."""
    if state.is_code_block(start) or not _PERCENT.match(line_of(state, start)):
        return False
    if state.env.get("myst") and not silent:
        state.line = start + 1
    return bool(state.env.get("myst"))


def _program(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leave out what a page of MDX imports and exports; a note tells of it."""
    text = line_of(state, start)
    if state.level or state.is_code_block(start) or not text.startswith(("import", "export")):
        return False
    if not (_IMPORT.match(text) or _EXPORT.match(text)):
        return False
    last = start + 1
    if not _IMPORT.match(text):
        said = text
        while last < min(end, start + MOST_LINES) and (
            line_of(state, last).strip() or _is_open(said)
        ):
            said += line_of(state, last)
            last += 1
    if not silent:
        state.env["mdx"] = True
        state._code_enabled = False  # noqa: SLF001  (MDX has no code by indentation)
        told = "lines of a program are left out: what a page of MDX imports and exports"
        notice(state.env, Notice("C190", start, told, "show code in a fence"))
        state.line = last
    return True


def _value(state: StateInline, silent: bool) -> bool:
    """Leave out what a page of MDX fills in from its program, `{price}`; a finding tells of it."""
    found = _FILLED.match(state.src, state.pos, state.posMax) if state.env.get("mdx") else None
    if found is None:
        return False
    if not silent:
        token = state.push("template", "", 0)
        token.content, token.meta = HOLE, {"said": found.group(), "lines": 0}
    state.pos = found.end()
    return True


def _is_open(program: str) -> bool:
    """Whether more brackets open than close."""
    return sum((sign in "({[") - (sign in ")}]") for sign in program) > 0


def pages_plugin(md: MarkdownIt) -> None:
    """Add Obsidian's and MDX's marks to a markdown parser."""
    stops = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "comment_lines", _comment_lines, {"alt": stops})
    md.block.ruler.before("fence", "percent", _percent, {"alt": stops})
    md.block.ruler.before("fence", "program", _program, {"alt": []})
    md.inline.ruler.before("backticks", "role", _role)
    md.inline.ruler.before("link", "wiki", _wiki)
    md.inline.ruler.before("escape", "page_comment", _comment)
    md.inline.ruler.before("escape", "page_value", _value)
