"""Directives: the table of all there are, and the block rule that finds them.

A line of three or more colons and a name opens one; a line of colons alone closes the innermost
open one, whatever its length. One that has no body takes no closer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from courseware.language.names import NAME, english_name
from courseware.model.kinds import KINDS
from courseware.products.table import PRODUCTS

Role = Literal["box", "section", "space", "break", "pagebreak"]


class Directive(msgspec.Struct, frozen=True):
    """A row of `DIRECTIVES`: `kind` is the box's or section's, `body` whether blocks follow."""

    name: str
    role: Role = "box"
    kind: str = ""
    body: bool = True


def _bare(role: Role, *names: str) -> list[Directive]:
    return [Directive(n, role, n, body=False) for n in names]


_ROWS = [
    *(Directive(name, kind.role, kind.name) for kind in KINDS.values() for name in kind.directives),
    *_bare("break", "break"),
    *_bare("pagebreak", "pagebreak"),
    *_bare("space", "lines", "box", "grid", "canvas"),
]
DIRECTIVES = {row.name: row for row in _ROWS}
if len(DIRECTIVES) != len(_ROWS):
    raise RuntimeError("a directive stands twice in the table")


def directive_of(name: str, added: Mapping[str, str]) -> Directive | None:
    """Return the row of a directive by its name in any language or among a course's, None where there is none."""
    return DIRECTIVES.get(name) or DIRECTIVES.get(added.get(name, "") or english_name(name))


def found_row(state: StateBlock, found: re.Match[str]) -> Directive | None:
    """Return the row of a directive whose `name` was found in a text, None where there is none."""
    return directive_of(found["name"].lower(), state.env["names"])


UNKNOWN = Directive("unknown", "box", "unknown")
"""A box of a name that means nothing."""
PRODUCT_NAMES = tuple(name for name, row in PRODUCTS.items() if row.scope == "session")
"""Products that a block may be for: those of a session."""
PRODUCT_ALIASES = {
    word: name
    for name in PRODUCT_NAMES
    for word in (PRODUCTS[name].command, name.removesuffix("s"))
} | {
    word: row.holds[0]
    for name, row in PRODUCTS.items()
    for word in (name, row.command)
    if row.scope == "course" and row.holds
}
"""Other words for a product, in the singular or plural; what is joined of products is the first of them."""
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
    "keep",
    "drop",
    "for",
)

OPEN = re.compile(
    rf"^:{{3,}}[ \t]*(?:\{{[ \t]*(?:#[\w:.-]+[ \t]+)*(?:\.|[a-z]+:)?)?(?P<name>{NAME})(?P<rest>.*)$"
)
_NAMED_BY_ID = re.compile(
    r"^:{3,}[ \t]*\{[ \t]*#(?P<id>[\w:.-]+)(?P<rest>(?:[ \t][^{}]*)?)\}[ \t]*$"
)
_IDS = {
    "exr": "exercise", "sol": "solution", "exm": "example", "def": "definition", "thm": "theorem", "lem": "lemma",
    "cor": "corollary", "prp": "proposition", "cnj": "conjecture",
}  # fmt: skip
"""What Quarto says of a box by how its identifier begins."""
CLOSE = re.compile(r"^:{3,}[ \t]*$")
_BEFORE = re.compile(r"(?:\{[^{}]*\})?[ \t]*(?:[\"“][^\"”]*[\"”])?[ \t]*")
"""What stands between a directive's name and a text on its line: attributes, a title."""
_SECTION = re.compile(r"#{1,6}[ \t]")
_TITLE = re.compile(r"[\"“]?[^\W\d_]")
TWO = "::"
TAG = "{"
"""What opens a pair of template tags, or of components, where a directive has its colons."""
_OPEN_TWO = re.compile(rf"^::[ \t]*(?P<name>{NAME})(?P<rest>(?:[ \t].*)?)$")
_CLOSE_TWO = re.compile(r"^:{2,}[ \t]*$")
_BOXED = re.compile(r"\[[ xX]\][ \t]+(?=:::)")
"""A box to tick before a directive."""
FENCE = re.compile(r"^(`{3,}|~{3,})")
_FOLDED = re.compile(r"collapse=[\"']?true|\.dropdown\b")
_OPTION = re.compile(r"^:[\w-]+:(?:\s|$)")
"""What other tools say of a box whose body is not seen before it is opened, and how."""
FOLDED_NAMES = frozenset(
    ["dropdown", "toggle", "details", "expand", "collapse", "accordion", "disclosure", "collapsible",
     "expandable", "fold", "foldable", "reveal"]
)  # fmt: skip
_ATTRIBUTE = re.compile(
    r"#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)|(?P<mark>keep)(?![\w=-])|(?P<key>[\w-]+)=(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)'|(?P<v>[^\s}]*))"
)
_OPTION_CLASS = re.compile(r"^:?class:\s+(?P<names>.*)$")
_BRACED = re.compile(r"\{[^{}]*\}")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_BRACES = re.compile(r"\{(?P<inside>(?:[^{}\"']|\"[^\"]*\"|'[^']*')*)\}\s*$")


FOR_SLIPS = "fro|ofr|foor|forr"
"""How `for` is mistyped."""
SAID_FOR = re.compile(rf"(?<![\w-])(?:for|{FOR_SLIPS})\s*[:=]\s*(?=[\"']?[^\W\d_])", re.IGNORECASE)
"""`for=` as it is written, and mistyped: it says whom a text is for."""


def attributes(inside: str) -> dict[str, str]:
    """Return what stands in braces: `#id`, `.class`, `keep`, `key=value`, quoted or not."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(SAID_FOR.sub("for=", inside)):
        if match["id"]:
            found["id"] = match["id"]
        elif match["class"]:
            found["class"] = match["class"]
        elif match["mark"]:
            found[match["mark"]] = match["mark"]
        else:
            value = next((v for v in match.group("d", "s", "v") if v is not None), "")
            found[match["key"]] = value
    return found


def classes_in(text: str) -> list[str]:
    """Return the classes that a text gives in braces: `{.note .wide}`."""
    return [name for braces in _BRACED.findall(text) for name in _CLASS.findall(braces)]


def split_attributes(text: str) -> tuple[str, dict[str, str]]:
    """Split attributes in braces off a text's end; braces that hold none stay text."""
    found = _BRACES.search(text)
    if not found:
        return text, {}
    inside = SAID_FOR.sub("for=", found["inside"].strip().removeprefix(":"))
    values = attributes(inside)
    rest = _ATTRIBUTE.sub("", inside).strip()
    return (text, {}) if rest or not values else (text[: found.start()].rstrip(), values)


def line_of(state: StateBlock, number: int) -> str:
    """Return a line without its indent."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


_DECIDES = frozenset(":`~")
"""What lines begin with that open or close directives and fences."""
MOST_OPEN = 200
"""Directives that may be open inside one; a session that nests so deep is not read."""


def _closer(
    state: StateBlock, start: int, end: int, close: re.Pattern[str] = CLOSE, titled: bool = False
) -> int:
    """Return the line that closes the directive opened at `start`, or -1; `titled` where a titled space has an end, too.

    Behind so many that are open, none is looked for any further: each would look through all that follow.
    """
    opened = [state.sCount[start]]
    fence = ""
    for number in range(start + 1, end):
        at = state.bMarks[number] + state.tShift[number]
        if state.src[at : at + 1] not in _DECIDES and state.sCount[number] >= state.blkIndent:
            continue  # it neither opens nor closes anything, and the block goes on
        text = line_of(state, number)
        if fence:
            bare = text.rstrip()
            if bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
            continue
        if text and state.sCount[number] < state.blkIndent:
            return -1
        mark = FENCE.match(text)
        if mark:
            fence = mark[1]
        elif close.match(text) and state.sCount[number] <= opened[-1] + 3:
            opened.pop()
            if not opened:
                return number
        elif (
            (found := opened_by(text))
            and ((found_row(state, found) or _BODY).body or (titled and _titled(state, found)))
            and not _one_line(state, number, end, found)
        ):
            opened.append(state.sCount[number])
            if len(opened) > MOST_OPEN:
                return -1
    return -1


_BODY = Directive("?")


def _titled(state: StateBlock, found: re.Match[str]) -> bool:
    """Whether what stands behind the name of a space is a title, not its size."""
    row = found_row(state, found)
    rest = found["rest"].strip()
    space = row is not None and row.role == "space" and row.kind != "canvas"
    return space and bool(_TITLE.match(rest))


def _one_line(state: StateBlock, number: int, end: int, found: re.Match[str]) -> str:
    """Return the text of a directive that is all of its line, `::: note Bring tea. :::`; "" for any other.

    It opens one where text follows without a blank line, and an end before a heading or another one.
    """
    bare = found["rest"].rstrip()
    row = found_row(state, found)
    if not bare.endswith(":::") or not (row or _BODY).body:
        return ""
    bare = _rest(bare.rstrip(":"), "{" in found.string[: found.start("name")]).strip()
    begun = _BEFORE.match(bare)
    words, _ = split_attributes(bare[begun.end() if begun else 0 :])
    if not any(map(str.isalpha, words)):
        return ""
    for below in range(number + 1, end):
        text = line_of(state, below)
        if CLOSE.match(text) and below > number + 1:
            return ""
        if text.startswith((":::", "#")) or (not text and below == number + 1):
            break
    return words


def opened_by(text: str) -> re.Match[str] | None:
    """Return what a line of colons opens: its `name` and the `rest` behind it; Quarto may say the name by an identifier."""
    given = _NAMED_BY_ID.match(text)
    kind = _IDS.get(given["id"].partition("-")[0]) if given else ""
    if given and (kind or not given["rest"].strip()):
        return OPEN.match(f"::: {{.{kind or 'group'} {text[given.start('id') - 1 :]}")
    return OPEN.match(text)


MOST_LINES = 300
"""Lines of a box for drawing that has a title and holds text."""


class FoundDirective(msgspec.Struct, frozen=True):
    """A directive found: its lines (`first` to before `last` are its body), and what opens it."""

    name: str
    rest: str
    start: int
    first: int
    last: int
    after: int
    mark: str = ":::"
    braced: bool = False
    folded: bool = False
    unclosed: bool = False
    classes: tuple[str, ...] = ()
    """Those that stand elsewhere than in braces behind the name."""


def push(state: StateBlock, found: FoundDirective) -> None:
    """Add a directive's tokens, its body read as markdown."""
    token = state.push("directive_open", "", 1)
    token.map = [found.start, max(found.last, found.start + 1)]
    token.info = found.name
    token.meta = {"rest": found.rest, "unclosed": found.unclosed, "mark": found.mark,
                  "braced": found.braced, "folded": found.folded, "classes": found.classes}  # fmt: skip
    if found.last > found.first:
        parent, limit = state.parentType, state.lineMax
        state.parentType, state.lineMax = "directive", found.last
        state.md.block.tokenize(state, found.first, found.last)
        state.parentType, state.lineMax = parent, limit
    state.push("directive_close", "", -1)
    reached = max(state.line, found.start + 1)
    state.line = reached if found.unclosed else found.after


def push_text(state: StateBlock, found: FoundDirective, words: str) -> None:
    """Add the tokens of a directive whose body is a text of its own line."""
    push(state, found)
    closing = state.tokens.pop()
    state.push("paragraph_open", "p", 1).map = [found.start, found.start + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = words, [found.start, found.start + 1], []
    state.push("paragraph_close", "p", -1)
    state.tokens.append(closing)


def options(state: StateBlock, first: int, stop: int) -> tuple[int, bool, tuple[str, ...]]:
    """Return where a fence's body begins below its options, whether they fold it, and its classes."""
    at, folded, classes = first, False, list[str]()
    block = at < stop and line_of(state, at).rstrip() == "---"
    at += block
    while at < stop and (block or _OPTION.match(line_of(state, at))):
        text = line_of(state, at).rstrip()
        folded = folded or "dropdown" in text
        if said := _OPTION_CLASS.match(text):
            classes += said["names"].split()
        at += 1
        if block and text == "---":
            return at, folded, tuple(classes)
    return (first, False, ()) if block else (at, folded, tuple(classes))


def _ending(state: StateBlock, start: int, end: int) -> int:
    """Return the line that closes the directive opened at `start`: spaces with a title in it may have ends of their own."""
    last = _closer(state, start, end)
    more = _closer(state, start, end, titled=True) if last >= 0 else -1
    over = any(_SECTION.match(line_of(state, number)) for number in range(last, more))
    return last if more < 0 or over else more


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    text = line_of(state, start)
    if not silent and (box := _BOXED.match(text)):
        state.bMarks[start] += (
            state.tShift[start] + box.end()
        )  # an item's box to tick stands before it
        state.tShift[start] = 0
        text = line_of(state, start)
    if not text.startswith(":::"):
        return text.startswith(TWO) and _two(state, text, (start, end), silent)
    found = opened_by(text)
    closer = bool(CLOSE.match(text))
    if not found and not closer:
        return False
    if silent:
        return True
    if not found:
        token = state.push("directive_stray", "", 0)
        token.map = [start, start + 1]
        state.line = start + 1
        return True
    name = found["name"].lower()
    row = found_row(state, found)
    braced = "{" in text[: found.start("name")]
    rest = _rest(found["rest"], braced)
    if braced and found["rest"].startswith("="):
        name, row, rest = "group", None, "{" + text[found.start("name") :]  # values alone
    elif braced and row is not None and row.role == "space" and not rest.startswith("{"):
        name, row, rest = "group", None, ""  # a site's grid of cards, no squared paper
    if words := _one_line(state, start, end, found):
        given = rest.replace(words, "", 1).strip().rstrip(":").strip()
        push_text(
            state,
            FoundDirective(name, given, start, start + 1, start + 1, start + 1, braced=braced),
            words,
        )
        return True
    last = _closer(state, start, min(end, start + MOST_LINES)) if _titled(state, found) else -1
    if any(line_of(state, number) for number in range(start + 1, last)):
        name, row = "group", None  # a box with a title, no space
    last = _ending(state, start, end) if row is None or row.body else start
    unclosed = last < 0 and row is not None
    stop = end if unclosed else start + 1 if last < 0 else last
    after = stop if unclosed or last < 0 else last + 1
    first, folded, classes = options(state, start + 1, stop) if braced else (start + 1, False, ())
    folded = folded or bool(_FOLDED.search(rest)) or name in FOLDED_NAMES
    push(state, FoundDirective(name, rest.strip().rstrip(":").strip(), start, first, stop, after,
                      braced=braced, folded=folded, unclosed=unclosed, classes=classes))  # fmt: skip
    return True


def _two(state: StateBlock, text: str, lines: tuple[int, int], silent: bool) -> bool:
    """Read `:: facilitator`, a colon too few, where it is closed, or needs no end."""
    found = _OPEN_TWO.match(text)
    row = found_row(state, found) if found else None
    if found is None:
        return False
    start, holds = lines[0], row is None or row.body
    last = _closer(state, start, lines[1], _CLOSE_TWO) if holds else start
    if last < 0:
        return False
    if not silent:
        body = last if holds else start + 1
        push(
            state,
            FoundDirective(
                found["name"].lower(),
                found["rest"].strip(),
                start,
                start + 1,
                body,
                last + 1,
                mark=TWO,
            ),
        )
    return True


def _rest(rest: str, braced: bool) -> str:
    """Return what stands behind a name; braces around that name alone hold no attributes."""
    if not braced:
        return rest
    bare = re.match(r"\s*\}", rest)
    return rest[bare.end() :] if bare else "{" + rest


def directive_plugin(md: MarkdownIt) -> None:
    """Add directives to a markdown parser."""
    stops = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "directive", _rule, {"alt": stops})
