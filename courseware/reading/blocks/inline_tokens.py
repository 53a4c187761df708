"""Inline tokens to inline values: markdown's own, and the HTML that authors write in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import NamedTuple

import msgspec
from markdown_it.token import Token

from courseware.language.vocabulary import split_emoji
from courseware.model.cutting import TextLine, together, trimmed
from courseware.model.inline import (
    BOLD,
    Formula,
    Image,
    Inline,
    LineBreak,
    Link,
    Mark,
    NoteRef,
    Run,
    Text,
    Verbatim,
    append,
    in_course,
    is_harmless,
    runs_and_blanks,
)
from courseware.reading.dialects.cells import without_raw
from courseware.reading.dialects.components import THEME, is_component
from courseware.reading.dialects.decks import PICTURE_SETTINGS
from courseware.reading.source.decoding import without_controls

MARKS = frozenset(
    ["abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
     "span", "strong", "sub", "sup", "u", "var"]
)  # fmt: skip
"""Elements that mark what is in them."""
INLINE_TAGS = MARKS | {"a", "br", "img", "wbr"}
"""Elements that authors may write in a line."""
ATTRIBUTES = frozenset({"class", "title", "lang", "dir"})
"""What they may say of a mark."""


NO_BOXES = frozenset(
    [
        "script", "style", "iframe", "object", "embed", "applet", "form", "input", "select",
        "textarea", "svg", "math", "video", "audio", "source", "track", "canvas", "marquee", "blink",
        "noscript", "link", "meta", "base", "title", "head", "body", "html", "pre",
        "fieldset", "legend", "col", "colgroup", "area", "map", "param", "frame", "frameset", "dialog",
    ]
)  # fmt: skip
"""Elements of HTML that are printed as text; any other that is closed is a box, or its words."""
LOOKS = frozenset(
    ["font", "big", "tt", "strike", "nav", "picture", "template", "button", "label", "ruby", "rt", "rp", "dl", "dt", "dd", "output", "center",
     "h1", "h2", "h3", "h4", "h5", "h6"]
)  # fmt: skip
"""Elements that say how their words look, or where they stand."""
EMBEDS = frozenset({"iframe", "video", "audio", "embed", "source"})
"""Elements that show another page, or a film: its address is printed."""


class ParagraphLine(msgspec.Struct, frozen=True):
    """A line of a paragraph: `bold` is the bold run it starts with, `rest` what follows that.

    `breaks` tells that its author broke the line there: by two spaces or a backslash at its end.
    """

    number: int
    text: Text
    bold: Text | None = None
    rest: Text = Text()
    breaks: bool = False


class Tag(NamedTuple):
    """An HTML tag: `end` where it closes its element, `empty` where it is all of it."""

    name: str
    attributes: dict[str, str] = {}
    end: bool = False
    empty: bool = False


def address_of(tag: Tag | None) -> str:
    """Return the address that an element shows, "" where it may not be a link."""
    address = tag.attributes.get("src", "") if tag is not None and tag.name in EMBEDS else ""
    return "" if "{" in address or not is_harmless(address) else address


def told_of(source: str, out: bool, address: str = "") -> str:
    """Return what is told of a tag that is not kept: `out` where its words stay without it."""
    shown = " ".join(source.split())
    if address:
        return f"{shown} is printed as a link"
    return f"{shown} is left out" if out else f"{shown} is printed as text"


_VALUED = re.compile(r"[\w:@.#-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_PROGRAM = re.compile(r"\{[^{}]*\}")
_BARE = re.compile(r"[^\W\d_][\w'-]{2,}")
_SWITCHES = frozenset(
    ["allowfullscreen", "async", "autofocus", "autoplay", "checked", "compact", "controls", "default", "defer",
     "disabled", "download", "hidden", "inert", "ismap", "itemscope", "loop", "markdown", "multiple", "muted",
     "nomodule", "noshade", "novalidate", "nowrap", "open", "playsinline", "readonly", "required", "reversed",
     "selected", "allow", "border", "popover", "alt", "class", "href", "name", "src", "title", "value"]
)  # fmt: skip
"""Attributes without a value (HTML Living Standard, "Attributes"), `markdown`, and those that may be empty."""
_PREFIXED = re.compile(r"(?:data|aria|v|x|hx|ng|uk)-", re.IGNORECASE)


class _TagReader(HTMLParser):
    """Reads one tag."""

    found: Tag | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = Tag(tag, {key: value or "" for key, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = Tag(tag, {key: value or "" for key, value in attrs}, empty=True)

    def handle_endtag(self, tag: str) -> None:
        self.found = Tag(tag, end=True)


def tag_of(source: str) -> Tag | None:
    """Return the tag that a source is, None for a comment and the like."""
    if not source[1:2].isalpha() and source[1:2] != "/":
        return None
    reader = _TagReader()
    reader.feed(source)
    return reader.found


def bare_words(source: str) -> list[str]:
    """Return the words of a tag that are no attributes; a `>` is missing where a text stands in it.

    What stands in braces is a program's.
    """
    bare, count = re.sub(r"^</?[\w.:-]+", "", source), 1
    while count:
        bare, count = _PROGRAM.subn("''", bare)
    bare = _VALUED.sub(" ", bare)
    return [w for w in _BARE.findall(bare) if w.lower() not in _SWITCHES and not _PREFIXED.match(w)]


def told_words(source: str) -> str:
    """Return what is told of a tag that holds words, "" where it holds none."""
    shown = " ".join(source.split())
    return f"the words in {shown} are not printed" if bare_words(source) else ""


class _Open(msgspec.Struct):
    """An element that is open: the value that it becomes, and what it holds so far.

    `again` tells that it goes on from another line or from before the end of one around it.
    """

    kind: str
    value: Mark | Link
    inside: list[Inline] = []
    again: bool = False


class _Tree:
    """Builds the lines of a text; elements that overlap are closed and opened again."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.depth = 0
        self.lines: list[TextLine] = []
        self.inside: list[Inline] = []
        self.open: list[_Open] = []

    def add(self, *inlines: Inline) -> None:
        """Add values to the innermost open element."""
        for inline in inlines:
            append(self.open[-1].inside if self.open else self.inside, inline)

    def start(self, kind: str, value: Mark | Link) -> None:
        """Open an element of a kind: a token's type, or a tag's name."""
        self.open.append(_Open(kind, value, []))

    def end(self, kind: str) -> None:
        """Close the innermost element of a kind, and open again those in it that are not closed."""
        at = next((n for n in reversed(range(len(self.open))) if self.open[n].kind == kind), None)
        if at is not None:
            again = self.open[at + 1 :]
            self._close(at)
            self._open(again)

    def end_line(self, hard: bool) -> None:
        """End a line; elements that are open go on in the next, and empty ones are space below it."""
        again = list(self.open)
        self._close(0)
        text = trimmed(Text(tuple(self.inside)))
        if text:
            self.lines.append(TextLine(text, hard))
        elif hard and self.lines:
            last = self.lines[-1]
            more = (LineBreak(True, self.line),) if last.hard else ()
            self.lines[-1] = TextLine(Text((*last.text.inlines, *more)), True)
        self.inside = []
        self._open(again)

    def end_or_break(self, hard: bool, of_source: bool) -> None:
        """End a line, or break it where that is inside markdown's own marks."""
        line = self.line
        self.line += of_source
        if self.depth:
            self.add(LineBreak(hard, line))
        else:
            self.end_line(hard)

    def finished(self) -> list[TextLine]:
        """Return the lines."""
        self.end_line(False)
        return self.lines

    def _open(self, elements: list[_Open]) -> None:
        for element in elements:
            value = msgspec.structs.replace(element.value, line=self.line)
            self.open.append(_Open(element.kind, value, [], again=True))

    def _close(self, at: int) -> None:
        """Close all elements from the `at`-th on; a mark of nothing is left out."""
        while len(self.open) > at:
            element = self.open.pop()
            leads = isinstance(element.value, Link) and bool(element.value.target)
            if element.inside or (leads and not element.again):
                self.add(msgspec.structs.replace(element.value, inside=tuple(element.inside)))


class Inlines:
    """Reads inline tokens of one file; collects the tags it could not keep."""

    def __init__(self, path: str) -> None:
        """Take the file's path in the course, which relative links start from."""
        self.path = path
        self.refused: list[tuple[int, int, str]] = []
        """Line, column, and what is told of each."""
        self._paired: set[str] = set()
        """Names of tags that a text opens and closes."""

    def text(self, tokens: list[Token], line: int, bare: bool = False) -> Text:
        """Return tokens as a text; `bare` leaves out bold and italic marks, as in headings."""
        return together(self._read(tokens, line, bare))

    def lines(self, token: Token, first: int) -> list[ParagraphLine]:
        """Return a paragraph's lines, each with the bold run that it starts with."""
        read = self._read(token.children or [], first)
        return [line_of(piece.text, piece.hard) for piece in read]

    def _read(self, tokens: list[Token], line: int, bare: bool = False) -> list[TextLine]:
        tree = _Tree(line)
        tags = [tag for t in tokens if t.type == "html_inline" and (tag := tag_of(t.content))]
        self._paired = {tag.name for tag in tags if tag.end} & {
            tag.name for tag in tags if not tag.end
        }
        for token in tokens:
            tree.depth += token.nesting
            if token.type in ("softbreak", "hardbreak"):
                tree.end_or_break(token.type == "hardbreak", of_source=True)
            else:
                self._token(token, tree, bare)
                tree.line += token.meta.get("lines", 0)
        return tree.finished()

    def _token(self, token: Token, tree: _Tree, bare: bool) -> None:
        kind, words, line = token.type, without_controls(token.content), tree.line
        if kind == "text":
            tree.add(*runs_and_blanks(words, line))
        elif kind.endswith("_close"):
            tree.end(kind.removesuffix("_close"))
        elif kind in ("strong_open", "em_open", "s_open"):
            if not (bare and token.tag != "s"):
                tree.start(kind.removesuffix("_open"), Mark(token.tag, line=line))
        elif kind == "link_open":
            target = in_course(self.path, str(token.attrGet("href") or ""))
            tree.start("link", Link(without_controls(target), (), *_place(token, line)))
        elif kind in ("sub_open", "sup_open", "span_open"):
            given = (("class", str(token.attrs["class"])),) if token.attrs.get("class") else ()
            tree.start(kind.removesuffix("_open"), Mark(token.tag, attributes=given, line=line))
        elif kind == "code_inline":
            tree.add(Verbatim(without_raw(words), line))
        elif kind == "image":
            given = token.meta.get("attributes", {})
            source, alt = (
                str(token.attrGet("src") or ""),
                given.get("alt") or PICTURE_SETTINGS.sub("", words),
            )
            tree.add(self._image({**given, "src": source, "alt": alt}, token, line))
        elif kind.startswith("math_inline"):
            tree.add(Formula(words, *_place(token, line)))
        elif kind == "footnote_ref":
            tree.add(NoteRef(str(token.meta["label"]), line))
        elif kind == "html_inline":
            self._html(token, tree)
        elif words:
            tree.add(Run(words, line))

    def _image(self, given: dict[str, str], token: Token, line: int) -> Image:
        source = without_controls(in_course(self.path, THEME.sub("", given.get("src", ""))))
        alt, width, height = (
            without_controls(given.get(k, "")) for k in ("alt", "width", "height")
        )
        return Image(source, alt, width, height, *_place(token, line))

    def _html(self, token: Token, tree: _Tree) -> None:
        tag = tag_of(token.content)
        if token.content.startswith("<!--"):
            return
        if told := told_words(token.content):
            self.refused.append((*_place(token, tree.line), told))
        if tag is None or tag.name not in INLINE_TAGS:
            self._foreign(tag, token, tree)
        elif tag.name == "br":
            tree.end_or_break(True, of_source=False)
        elif tag.end:
            tree.end(f"<{tag.name}>")
        elif tag.name == "img":
            tree.add(self._image(tag.attributes, token, tree.line))
        elif tag.name == "wbr":
            tree.add(Mark("wbr", line=tree.line))
        elif not tag.empty:
            tree.start(f"<{tag.name}>", self._element(tag, token, tree.line))

    def _foreign(self, tag: Tag | None, token: Token, tree: _Tree) -> None:
        """Leave out a tag whose words stay without it, and a component's; any other is printed as text."""
        paired = tag is not None and tag.name in self._paired and tag.name not in NO_BOXES
        out = (
            paired
            or is_component(token.content)
            or (tag is not None and tag.name in LOOKS | EMBEDS)
        )
        address = address_of(tag)
        if address:
            tree.add(Link(without_controls(address), (Run(without_controls(address), tree.line),)))
        elif not out:
            tree.add(Run(without_controls(token.content), tree.line))
        self.refused.append((*_place(token, tree.line), told_of(token.content, out, address)))

    def _element(self, tag: Tag, token: Token, line: int) -> Mark | Link:
        """Return what an element becomes."""
        if tag.name == "a":
            target = tag.attributes.get("href", "")
            target = in_course(self.path, target) if is_harmless(target) else ""
            return Link(without_controls(target), (), *_place(token, line))
        given = ((k, without_controls(v)) for k, v in tag.attributes.items() if k in ATTRIBUTES)
        return Mark(tag.name, attributes=tuple(given), line=line)


def line_of(text: Text, breaks: bool = False) -> ParagraphLine:
    """Return a line; emoji may stand before the bold run that it starts with."""
    number = text.inlines[0].line
    at = 1 if text and _is_decoration(text.inlines[0]) else 0
    bold = text.inlines[at] if len(text.inlines) > at else None
    if (
        not isinstance(bold, Mark)
        or bold.name not in BOLD
        or not (inside := trimmed(Text(bold.inside)))
    ):
        return ParagraphLine(number, text, breaks=breaks)
    return ParagraphLine(number, text, inside, trimmed(Text(text.inlines[at + 1 :])), breaks)


def _is_decoration(inline: Inline) -> bool:
    return isinstance(inline, Run) and not split_emoji(inline.text.strip())[1].strip()


def text_of(lines: Iterable[ParagraphLine]) -> Text:
    """Return lines as one text, broken where their author broke them."""
    return together([TextLine(line.text, line.breaks) for line in lines])


def _place(token: Token, line: int) -> tuple[int, int]:
    """Return a link's line and column: where it was found, else the line's beginning."""
    found: tuple[int, int] = token.meta.get("place", (line, 1))
    return found
