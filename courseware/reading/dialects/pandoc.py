"""Pandoc's, Quarto's and LaTeX's marks: sub- and superscripts, spans, formulas, page breaks, tables of characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from courseware.language.frames import may_lead, may_learn, nearest_name
from courseware.model.kinds import find_kind
from courseware.reading.dialects.other_tools import HIDING, row_of
from courseware.reading.markdown.directives import FoundDirective, attributes, line_of, push
from courseware.reading.markdown.positions import TooMuchError

_SCRIPT = re.compile(r"(?P<mark>[\^~])(?!(?P=mark))(?P<text>[^\s^~\[\]{}<>$`]{1,24})(?P=mark)(?!(?P=mark))")  # fmt: skip
_SPAN = re.compile(r"\{(?P<inside>\s*(?:[.#]|style=|lang=|key=)[^{}]*)\}")
_MARKS = {"underline": "u", "ul": "u", "mark": "mark", "highlight": "mark", "kbd": "kbd"}
"""Elements that classes of a span stand for."""
_INLINE = re.compile(
    r"(?P<slash>\\{1,2})(?:\((?P<inline>[^\n]{1,2000}?)(?P=slash)\)|\[(?P<display>.{1,2000}?)(?P=slash)\])",
    re.DOTALL,
)
_OPERATOR = re.compile(r"\\[A-Za-z]|[_^=+*<>]|\w\s*/\s*\w")
_PROSE = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{3,}[\s,]+[A-Za-z]{2,}")
_TEXT = re.compile(r"\\[A-Za-z]*(?:text|mathrm|operatorname)[A-Za-z]*\{[^{}]*\}")
_TEX_MARKS = {
    "textbf": "strong",
    "textit": "em",
    "emph": "em",
    "texttt": "code",
    "underline": "u",
    "textsc": "span",
    "alert": "em",
    "caption": "span",
    "footnote": "span",
    "cite": "span",
    "citep": "span",
    "citet": "span",
    "ref": "span",
    "eqref": "span",
}
_MARKED = re.compile(rf"\\(?P<name>{'|'.join(_TEX_MARKS)})\{{(?P<words>[^{{}}\n]*)\}}")
_PAGE = re.compile(
    r"\\(?:(?:re|provide)?newcommand|renewcommand|DeclareMathOperator|def\\)[^\n]*"
    r"|\\(?:noindent|pause|item|centering|raggedright|bigskip|medskip|smallskip|vfill|hfill|maketitle|tableofcontents|listoffigures|appendix"
    r"|small|large|Large|footnotesize|normalsize)(?![A-Za-z])[ \t]*"
    r"|\\(?:[vh]space\*?|usepackage|setlength|setcounter|addtocounter|label|thispagestyle|pagestyle|(?:begin|end)\{(?:quote|quotation|center|"
    r"flushleft|flushright|minipage|multicols|itemize|enumerate|figure|table|landscape|small|footnotesize)\*?)"
    r"(?:\{[^{}\n]*\}|\[[^\[\]\n]*\]|\}|(?=\n|$))+"
)
_EQUATION = re.compile(
    r"\\begin\{(?P<name>(?:equation|align|alignat|gather|multline|flalign|eqnarray|displaymath|math)\*?)\}"
)
_BREAK_TAG = re.compile(r"<(?P<tag>div|p|span|hr|br)\b(?P<given>[^>]*)>(?P<rest>.*)$", re.IGNORECASE)  # fmt: skip
_BREAKS = re.compile(
    r"(?:page-)?break-(?:after|before)\s*:\s*(?:always|page|left|right)|"
    r"class\s*=\s*[\"']?(?:page-?break|new-?page)\b", re.IGNORECASE
)  # fmt: skip
_BREAK_LINE = re.compile(
    r"(?:\\(?:newpage|pagebreak|clearpage)(?:\[\d\])?(?:\{\})?|\{\{[<%]\s*page-?break\s*/?[>%]\}\}|"
    r"<!--\s*page-?break\s*-->)\s*$", re.IGNORECASE
)  # fmt: skip
_GRID = re.compile(r"\+(?:[-=:]+\+)+\s*$")
_PROFILE, _FORMAT = (
    re.compile("(?:when|unless)-(?:profile|meta)"),
    re.compile("(?:when|unless)-format"),
)
MOST_ROWS = 2_000
"""Lines of a table of characters that are read."""
MOST_COLUMNS, MOST_CORNERS = 200, 20_000
"""Corners in a line of a table of characters, and in all of it: looking for what they part takes longer with each."""


def _script(state: StateInline, silent: bool) -> bool:
    """Read `x^2^` and `H~2~O`: behind a letter, a digit or a bracket, with no space inside."""
    at = state.pos
    found = _SCRIPT.match(state.src, at, state.posMax)
    before = state.src[at - 1 : at]
    if not found or not (before.isalnum() or before in tuple(")]*_}")):
        return False
    if not silent:
        tag = "sup" if found["mark"] == "^" else "sub"
        state.push(f"{tag}_open", tag, 1)
        state.push("text", "", 0).content = found["text"]
        state.push(f"{tag}_close", tag, -1)
    state.pos = found.end()
    return True


def _span(state: StateInline, silent: bool) -> bool:
    """Read `[words]{.class}`; words of a class that hides hide all that they stand in."""
    start, most = state.pos, state.posMax
    if state.src[start] != "[" or (end := state.md.helpers.parseLinkLabel(state, start)) < 0:
        return False
    found = _SPAN.match(state.src, end + 1, most)
    if not found or "for" in attributes(found["inside"]):
        return False
    if not silent:
        classes = re.findall(r"\.([\w-]+)", found["inside"])
        if condition(classes, attributes(found["inside"])) == "facilitator":
            classes = ["facilitator"]
        tag = next((_MARKS[name] for name in classes if name in _MARKS), "span")
        token = state.push("span_open", tag, 1)
        token.attrs = {"class": " ".join(classes)}
        token.meta = pair_meta(classes, (start, start + 1, end, found.end()))
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.push("span_close", tag, -1)
    state.pos, state.posMax = found.end(), most
    return True


def _latex(state: StateInline, silent: bool) -> bool:
    """Read LaTeX's marked words, and leave out what it says of a page: that is told."""
    marked = _MARKED.match(state.src, state.pos, state.posMax)
    gone = None if marked else _PAGE.match(state.src, state.pos, state.posMax)
    found = marked or gone
    if found is None:
        return False
    most = state.posMax
    if gone and not silent:
        said = gone.group().strip()
        state.push("template", "", 0).meta = {"said": said, "lines": gone.group().count("\n")}
    elif marked and not silent:
        tag = _TEX_MARKS[marked["name"]]
        state.push("span_open", tag, 1).meta = {"hides": False}
        if marked["name"] in ("ref", "eqref"):
            state.tokens[-1].meta["unlinked"] = marked.group()
        state.pos, state.posMax = marked.span("words")
        state.md.inline.tokenize(state)
        state.push("span_close", tag, -1)
    state.pos, state.posMax = found.end(), most
    return True


def hides(name: str) -> bool:
    """Whether a class of that name hides what it holds from learners."""
    row = row_of(name.lower()) or row_of(near(name))
    return row is not None and find_kind(row.kind).audience == "facilitator"


def condition(names: Iterable[str], given: Mapping[str, str]) -> str:
    """Return what Quarto's condition makes of a box or a span: "facilitator", "group" for everyone's, or "" for neither.

    Profiles are people where they name who leads or learns; formats are no people; what is hidden
    always is the facilitator's.
    """
    shown = "content-visible" in names
    if not shown and "content-hidden" not in names:
        return ""
    said = next(((k, v) for k, v in given.items() if _PROFILE.fullmatch(k)), None)
    if said is None:
        return "group" if shown or any(_FORMAT.fullmatch(key) for key in given) else "facilitator"
    called = [word for word in re.split(r"[\W_]+", said[1].lower()) if word]
    leads = any(may_lead(word) or hides(word) for word in called)
    if not leads and not any(map(may_learn, called)):
        return ""
    to_them = shown != said[0].startswith("unless")
    return "facilitator" if leads == to_them else "group"


def near(name: str) -> str:
    """Return the class that hides of which a name is a slip, "" for none."""
    return "" if row_of(name.lower()) else nearest_name(name, HIDING)


def pair_meta(names: Iterable[str], pair: tuple[int, int, int, int]) -> dict[str, object]:
    """Return what is noted of a pair of marks with these names: whether one hides, which, and where the pair stands.

    `pair` is where its first mark begins, its words begin and end, and its last mark ends.
    """
    hiding = next(filter(hides, names), "")
    slip = near(hiding)
    meta = {"hides": bool(hiding), "named": slip or hiding, "pair": pair}
    return {**meta, "near": (hiding, slip)} if slip else meta


def is_formula(text: str, display: bool = False) -> bool:
    """Whether what stands in `\\( \\)` or `\\[ \\]` is a formula; the marks are those of a plain bracket, too."""
    bare = _TEXT.sub("x", text).strip()
    letter = not display and re.fullmatch(r"[A-Za-z]", bare) is not None
    return (letter or _OPERATOR.search(bare) is not None) and not _PROSE.search(bare)


def _maths(state: StateInline, silent: bool) -> bool:
    found = _INLINE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    tex = found["inline"] or found["display"] or ""
    if not is_formula(tex, found["display"] is not None):
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = tex.strip()
        token.meta["lines"] = found.group().count("\n")
    state.pos = found.end()
    return True


def _display(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a formula between `\\[` and `\\]`, or an equation's environment, that has its lines to itself."""
    text = line_of(state, start)
    if state.is_code_block(start) or not text.startswith("\\"):
        return False
    opened = _EQUATION.match(text)
    if not opened and not text.startswith("\\["):
        return False
    close = f"\\end{{{opened['name']}}}" if opened else "\\]"
    last = next((n for n in range(start, end) if close in line_of(state, n)), -1)
    if last < 0 or line_of(state, last).rstrip().rpartition(close)[2].strip(" .,"):
        return False
    whole = "\n".join(line_of(state, n) for n in range(start, last + 1)).strip()
    tex = whole if opened else whole.partition("\\[")[2].rpartition("\\]")[0].strip()
    if "\n\n" in whole or not (opened or is_formula(tex, display=True)):
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content, token.map, token.block = _environment(tex), [start, last + 1], True
        state.line = last + 1
    return True


def _environment(tex: str) -> str:
    """Return an equation's environment as what a formula may hold: without its label and its number."""
    bare = re.sub(r"\\(?:label\{[^{}]*\}|nonumber|notag)", "", tex)
    whole = re.fullmatch(r"\\begin\{(equation|displaymath|math|multline)\*?\}(.*)\\end\{\1\*?\}", bare, re.DOTALL)  # fmt: skip
    if whole:
        return whole[2].strip()
    bare = re.sub(r"\{(?:align|flalign|eqnarray)\*?\}", "{aligned}", bare)
    bare = re.sub(r"\{alignat\*?\}", "{alignedat}", bare)
    return re.sub(r"\{gather\*?\}", "{gathered}", bare)


def _page_break(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read LaTeX's, Quarto's and HTML's line for a new page."""
    text = line_of(state, start)
    if state.is_code_block(start):
        return False
    after = start + 1 if _BREAK_LINE.match(text) else _after_break(state, start, end)
    if after < 0:
        return False
    if not silent:
        push(state, FoundDirective("pagebreak", "", start, after, after, after, braced=True))
    return True


def _after_break(state: StateBlock, start: int, end: int) -> int:
    """Return the line after an empty element that breaks the page, or -1."""
    found = _BREAK_TAG.match(line_of(state, start))
    if not found or not _BREAKS.search(found["given"]):
        return -1
    tag = found["tag"].lower()
    void = tag in ("hr", "br") or found["given"].rstrip().endswith("/")
    rest, number = found["rest"], start
    close = re.compile(rf"(?:\s|&nbsp;|<br\s*/?>)*</{tag}>\s*$", re.IGNORECASE)
    while not void and number < min(end, start + 3) and not close.match(rest):
        number += 1
        rest += line_of(state, number) if number < end else ""
    done = not rest.strip() if void else close.match(rest) is not None
    return number + 1 if done else -1


def _grid(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table drawn with `+---+` and bars, with docutils' reader of the same tables."""
    if state.is_code_block(start) or not _GRID.match(line_of(state, start)):
        return False
    last = start
    while last < min(end, start + MOST_ROWS) and line_of(state, last)[:1] in ("+", "|"):
        last += 1
    lines = [line_of(state, n).rstrip() for n in range(start, last)]
    corners = [line.count("+") for line in lines]
    if max(corners) > MOST_COLUMNS or sum(corners) > MOST_CORNERS:
        raise TooMuchError(
            f"a table of more than {MOST_COLUMNS:,} columns or {MOST_CORNERS:,} corners", start
        )
    read = _rows(lines)
    if read is None:
        return False
    if not silent:
        token = state.push("grid_table", "", 0)
        token.map, token.meta = [start, last], {"head": read[0], "rows": read[1]}
        state.line = last
    return True


GridRow = list[tuple[str, int, int, int]]
"""A row's cells: the text of each, its first line from 0, its columns and its rows."""


def _rows(lines: list[str]) -> tuple[list[GridRow], list[GridRow]] | None:
    """Return the head and the rows of a table of characters, None where it is none."""
    from docutils.parsers.rst.tableparser import GridTableParser, TableMarkupError
    from docutils.statemachine import StringList

    rules = [line.replace(":", "=" if "=" in line else "-") if _GRID.match(line) else line for line in lines]  # fmt: skip
    block = StringList(rules, "table")
    block.pad_double_width(_WIDE)
    try:
        _, head, body = GridTableParser().parse(block)
    except (TableMarkupError, AssertionError, IndexError):
        return None
    read = [_cells(row) for row in head], [_cells(row) for row in body]
    return read if _holds_all(lines, read) else None


def _holds_all(lines: list[str], read: tuple[list[GridRow], list[GridRow]]) -> bool:
    """Whether cells hold all words of a table's lines: none stands behind its right edge."""
    held = {word for rows in read for row in rows for cell in row for word in cell[0].split()}
    return all(
        word in held
        for line in lines
        for word in re.split(r"[\s|+]+", line)
        if any(map(str.isalpha, word))
    )


_WIDE = "\ue07d"
"""Stands for the second half of a wide character while a table is taken apart."""


def _cells(row: list[tuple[int, int, int, list[str]] | None]) -> GridRow:
    return [("\n".join(cell[3]).replace(_WIDE, "").strip("\n"), cell[2], cell[1] + 1, cell[0] + 1)
            for cell in row if cell is not None]  # fmt: skip


def pandoc_plugin(md: MarkdownIt) -> None:
    """Add pandoc's and LaTeX's marks to a markdown parser."""
    stops = ["paragraph", "reference", "blockquote", "list"]
    for name, rule in (("display", _display), ("page_break", _page_break), ("grid", _grid)):
        md.block.ruler.before("fence", name, rule, {"alt": stops})
    md.inline.ruler.before("escape", "latex_maths", _maths)
    md.inline.ruler.before("escape", "latex", _latex)
    md.inline.ruler.before("emphasis", "script", _script)
    md.inline.ruler.after("link", "span", _span)
