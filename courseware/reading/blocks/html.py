"""HTML blocks: tags that hold blocks become containers, what is between them stays markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from html.parser import HTMLParser
from typing import Literal, TypeAlias, TypeVar

import msgspec
from markdown_it.token import Token

from courseware.diagnostics import Diagnostic, Span
from courseware.language.frames import Place, name_words
from courseware.model.blocks import (
    Box,
    BoxKind,
    Cell,
    Code,
    Figure,
    Group,
    Heading,
    Item,
    List,
    Quote,
    Row,
    Table,
    Text,
)
from courseware.model.cutting import stacked
from courseware.model.kinds import find_kind
from courseware.reading.blocks.boxes import of_row, title_kind
from courseware.reading.blocks.builder import Builder
from courseware.reading.blocks.inline_tokens import (
    EMBEDS,
    INLINE_TAGS,
    LOOKS,
    NO_BOXES,
    address_of,
    bare_words,
    tag_of,
    text_of,
    told_of,
    told_words,
)
from courseware.reading.dialects.components import is_component
from courseware.reading.dialects.other_tools import HIDING, OTHERS, row_of
from courseware.reading.dialects.pandoc import condition
from courseware.reading.dialects.shortcodes import TITLES
from courseware.reading.markdown.directives import DIRECTIVES, FOLDED_NAMES, UNKNOWN, Directive
from courseware.reading.readers import box_kind
from courseware.reading.structure.bold import Raw, RawParagraph
from courseware.reading.structure.headings import RawHeading
from courseware.reading.structure.labels import take_reader

CONTAINERS = frozenset(
    [
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "caption",
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "center",
        "p",
        "blockquote",
        "ul",
        "ol",
        "li",
        "figure",
        "figcaption",
        *(f"h{level}" for level in range(1, 7)),
    ]
)


READERS = ("audience", "data-audience", "data-for", "data-role", "data-visible-to")
"""Attributes by which other tools' elements say whom they are for."""
_PRE = re.compile(
    r"\s*<pre\b[^<>]*>\s*(?:<code\b[^<>]*>)?(?P<text>.*?)(?:</code>)?\s*</pre>\s*",
    re.DOTALL | re.IGNORECASE,
)
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_STYLE = re.compile(r"<style\b[^<>]*>.*?</style\s*>", re.DOTALL | re.IGNORECASE)
_TAG_NAME = re.compile(r"^<([A-Za-z][\w.-]*)")
_PLAIN = frozenset(
    ["div", "section", "article", "aside", "header", "footer", "main", "center", "p"]
)
"""Elements that are boxes by their class."""
_CLASSED = frozenset(
    ["details", "blockquote", "ul", "ol", "table", "figure", "li", "td", "th", "tr"]
)
"""Elements that stay what they are, and are hidden by their class."""


Held: TypeAlias = "Raw | Frame | Item | Row | Cell"
"""What an open element holds: blocks, and what only stands in a list, a table or `details`."""
C = TypeVar("C", Item, Cell)


class Frame(msgspec.Struct):
    """An open element: its tag, attributes, place and what it holds so far."""

    tag: str
    attributes: dict[str, str]
    span: Span
    blocks: list[Held] = []
    source: str = ""
    """The tag as written, where nobody knows it."""


class HtmlFrames(HTMLParser):
    """Collects the blocks of one container, with HTML elements open across markdown."""

    def __init__(self, builder: Builder) -> None:
        """Take the builder that reads what stands between tags."""
        super().__init__(convert_charrefs=False)
        self.builder = builder
        self.frames = [Frame("", {}, Span(builder.path))]
        self.inline = self.closing = ""
        self.place = Span(builder.path)
        self.first = 1

    def feed(self, data: str, span: Span | None = None) -> None:
        """Read one HTML block."""
        self.place, self.first = span or self.place, self.getpos()[0]
        if found := _PRE.fullmatch(data):
            text = unescape(_TAGS.sub("", found["text"])).strip("\n")
            self.add(Code(span=self.place, text=text))
            return
        super().feed(_STYLE.sub(self._no_style, data))
        rest, self.rawdata = self.rawdata, ""
        if rest:  # a tag or a mark without an end
            self._refuse(rest)
        self.flush()

    def _no_style(self, found: re.Match[str]) -> str:
        """Leave out what a page says of its looks; its lines are counted as before."""
        message = "lines of a program are left out: a page's style"
        place = self.builder.places.seek(found.group().split("\n")[0], self.place)
        self.builder.findings.append(Diagnostic("C190", message, place, "show code in a fence"))
        return "\n" * found.group().count("\n")

    def add(self, block: Held) -> None:
        """Add a block to the innermost open element."""
        self.frames[-1].blocks.append(block)

    def flush(self) -> None:
        """Read the text gathered between tags."""
        text, self.inline = self.inline, ""
        for block in self.builder.inline_html(text, self._here(text.lstrip().count("\n"))):
            self.add(block)

    def _here(self, less: int = 0) -> Span:
        """Return the place of what is read now, `less` lines above it."""
        line = self.place.line + self.getpos()[0] - self.first - less
        line = min(max(line, self.place.line), max(self.place.end_line, self.place.line))
        return msgspec.structs.replace(self.place, line=line)

    def end(self) -> list[Raw]:
        """Close what is still open and return the blocks."""
        self.flush()
        while len(self.frames) > 1:
            self._leave()
        return _flat(self.frames[0].blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a container, or keep an inline tag."""
        if tag in CONTAINERS:
            self._tell_words(self.get_starttag_text() or "")
        if tag in CONTAINERS:
            self.flush()
            if tag in ("td", "th", "li", "tr") and self.frames[-1].tag == tag:
                self._close()
            given = {k: v or "" for k, v in attrs}
            self.frames.append(Frame(tag, given, self._here(), []))
        elif tag == "hr":
            self.flush()
        elif tag not in INLINE_TAGS and tag not in NO_BOXES and tag not in LOOKS:
            self.flush()
            source = self.get_starttag_text() or ""
            given = {k: v or "" for k, v in attrs}
            self.frames.append(Frame(tag, given, self._here(), [], source))
        else:
            self._other(self.get_starttag_text() or "", tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an inline tag; an empty container holds nothing."""
        if tag not in CONTAINERS:
            self._other(self.get_starttag_text() or "", tag)

    def _other(self, source: str, tag: str) -> None:
        if tag in INLINE_TAGS:
            self.inline += source
        else:
            self._refuse(source)

    def _refuse(self, source: str, where: Span | None = None) -> None:
        """Tell of what is not kept: a component's tag is left out, a page's address is a link, all other is printed as text."""
        tag = tag_of(source)
        address = address_of(tag)
        out = is_component(source) or (tag is not None and tag.name in LOOKS | EMBEDS)
        if address:
            self.inline += f'<a href="{escape(address)}">{escape(address)}</a>'
        elif not out:
            self.inline += source.replace("<", "&lt;")
        message = told_of(source, out, address)
        place = self.builder.places.seek(source, where or self.place)
        self.builder.findings.append(Diagnostic("C121", message, place))

    def _tell_words(self, source: str) -> None:
        """Tell of words in a tag, where a `>` is missing."""
        if told := told_words(source):
            place = self.builder.places.seek(source, self.place)
            self.builder.findings.append(Diagnostic("C121", told, place))

    def set_cdata_mode(self, elem: str, *, escapable: bool = False) -> None:
        """Read what scripts and styles hold like any text: it is printed."""

    def handle_decl(self, decl: str) -> None:
        """Keep a declaration as text."""
        self._refuse(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        """Keep an instruction as text."""
        self._refuse(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        """Keep a section of other data as text."""
        self._refuse(f"<![{data}]]>")

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Keep a section `<![…` as text, also one of a name that the library does not know and raises on."""
        try:
            return super().parse_marked_section(i, bool(report))
        except AssertionError:
            return self.parse_bogus_comment(i, report)

    def parse_bogus_comment(self, i: int, report: int = 1) -> int:
        """Keep what is no comment, though a browser takes it for one, as text."""
        end = self.rawdata.find(">", i + 2)
        if end >= 0:
            self._refuse(self.rawdata[i : end + 1])
        return end + 1 if end >= 0 else -1

    def parse_endtag(self, i: int) -> int:
        """Keep an end that holds a text as text: what it ends goes on. One word in it is told."""
        end = self.rawdata.find(">", i)
        self.closing = self.rawdata[i : end + 1]
        if end >= 0 and len(bare_words(self.closing)) > 1:
            self._refuse(self.closing)
            return end + 1
        self._tell_words(self.closing)
        return super().parse_endtag(i)

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest open element of that name."""
        if tag not in CONTAINERS and not any(frame.tag == tag for frame in self.frames):
            self._other(self.closing, tag)
            return
        self.flush()
        if any(frame.tag == tag for frame in self.frames[1:]):
            while self.frames[-1].tag != tag:
                self._leave()
            self._close()

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.inline += data

    def handle_entityref(self, name: str) -> None:
        """Keep an entity."""
        self.inline += f"&{name};"

    def handle_charref(self, name: str) -> None:
        """Keep a character reference."""
        self.inline += f"&#{name};"

    def _leave(self) -> None:
        """Close an element that has no end: a fold, or what hides its body, ends before the next heading.

        A tag that nobody knows and that hides nothing is text before what follows it.
        """
        frame = self.frames[-1]
        if frame.tag in ("details", "summary") or self._hides(frame):
            kept, rest = _first_line(frame) if frame.tag == "summary" else _before_heading(frame)
            self._tell_unclosed(frame, bool(rest))
            self.frames[-1] = msgspec.structs.replace(frame, blocks=kept)
            self._close()
            for block in rest:
                self.add(block)
            return
        if not frame.source:
            self._close()
            return
        self.frames.pop()
        self.flush()
        self._refuse(frame.source, frame.span)
        self.flush()
        for block in frame.blocks:
            self.add(block)

    def _hides(self, frame: Frame) -> bool:
        """Whether an element's class, name or title keeps from learners what it holds."""
        if not frame.source:
            return frame.tag in _PLAIN | _CLASSED and bool(self._class_kind(frame))
        title = [block for block in frame.blocks[:1] if isinstance(block, RawHeading)]
        made = self._component(msgspec.structs.replace(frame, blocks=title)).blocks[:1]
        return any(isinstance(box, Box) and _is_hidden(box) for box in made)

    def _tell_unclosed(self, frame: Frame, more: bool) -> None:
        name = _TAG_NAME.findall(frame.source)[0] if frame.source else frame.tag
        where = "; it ends before the next heading" if more else ""
        where = "; it ends at its line" if name == "summary" else where
        told, hint = f"<{name}> is never closed{where}", f"put </{name}> where it ends"
        self.builder.notice("C124", frame.span.line, told, hint)

    def closes(self, token: Token) -> bool:
        """Whether a paragraph holds the end of an element that is open around it."""
        children = token.children or ()
        if any(c.type == "code_inline" and "<" in c.content for c in children):
            return False
        ends = (tag_of(c.content) for c in children if c.type == "html_inline")
        names = {tag.name for tag in ends if tag is not None and tag.end}
        return bool(names) and any(frame.tag in names for frame in self.frames[1:])

    def _close(self) -> None:
        frame = self.frames.pop()
        built = self._built(frame)
        if built is not None and frame.tag in _CLASSED and (kind := self._class_kind(frame)):
            built = _classed(built, kind)
        if built is not None:
            self.add(built)

    def _built(self, frame: Frame) -> Held | None:
        finished, span = self.builder.finished, frame.span
        match frame.tag:
            case "details":
                return self._details(frame)
            case "summary" | "caption" | "figcaption" | "thead" | "tbody" | "tfoot":
                return frame
            case "tr":
                return Row(span=span, cells=self._wrapped(frame, Cell))
            case "td" | "th":
                return Cell(span=span, blocks=finished(_flat(frame.blocks), item=True),
                            header=frame.tag == "th", colspan=_count(frame, "colspan"),
                            rowspan=_count(frame, "rowspan"))  # fmt: skip
            case "table":
                return self._table(frame)
            case "li":
                return Item(span=span, blocks=finished(_flat(frame.blocks), item=True))
            case "ul" | "ol":
                items = self._wrapped(frame, Item)
                return List(span=span, items=items, ordered=frame.tag == "ol")
            case "blockquote":
                return Quote(span=span, blocks=finished(_flat(frame.blocks)))
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                title = stacked(*_titles(frame))
                return RawHeading(int(frame.tag[1]), title, span.line, {}) if title else frame
            case "figure":
                return self._figure(frame)
            case _:
                if _is_title(frame):
                    return frame
                kind = "" if frame.source else self._class_kind(frame)
                if not kind and (row := self._titled_row(frame)):
                    head, *rest = frame.blocks
                    title = stacked(*_titles(head)) if isinstance(head, Frame) else Text()
                    blocks = [RawHeading(6, title, span.line, {}), *_flat(rest)]
                    return Group(
                        span=span,
                        blocks=tuple(of_row(self.builder, row, ("", {}), blocks, (span, False))),
                    )
                if not kind and _holds_section(frame) and not self._hides(frame):
                    return frame  # a heading of the session in a frame for its looks
                if frame.source:
                    self._tell_words(frame.source)
                    return self._component(frame)
                inside = finished(_flat(frame.blocks))
                if kind:
                    return Box(
                        span=span, kind=kind, blocks=inside, products=find_kind(kind).products
                    )
                return Group(span=span, blocks=inside) if inside else None

    def _titled_row(self, frame: Frame) -> Directive | None:
        """Return what an element is by its class that begins with a title, as Sphinx and MkDocs write a box."""
        if not (frame.blocks and isinstance(frame.blocks[0], Frame) and _is_title(frame.blocks[0])):
            return None
        classes = (name.lower() for name in reversed(frame.attributes.get("class", "").split()))
        return next((row for name in classes if (row := row_of(name)) and row.body), UNKNOWN)

    def _component(self, frame: Frame) -> Group:
        """Return the box that a pair of unknown tags is: hidden where its name or title says so."""
        given = frame.attributes
        title = next((given[key] for key in sorted(TITLES) if given.get(key)), "")
        row = row_of(frame.tag) or row_of(_camel(frame.source))
        kind = self._class_kind(frame) or ("" if row else self._named(frame))
        row = DIRECTIVES[kind] if kind else row if row and row.body else OTHERS["group"]
        quoted = f'"{title}"' if title else ""
        folded = frame.tag in FOLDED_NAMES
        made = of_row(self.builder, row, (quoted, {}), _flat(frame.blocks), (frame.span, folded))
        return Group(span=frame.span, blocks=tuple(made))

    def _named(self, frame: Frame) -> str:
        return self.builder.readers.kind_named(_TAG_NAME.findall(frame.source)[:1], frame.span.line)

    def _class_kind(self, frame: Frame) -> BoxKind | Literal[""]:
        """Return what an element's classes, and whom it says to be for, make it: facilitator, answer or "".

        Notes are a presenter's, as in "::: notes"; a list or a paragraph of that class is not.
        """
        given, readers, line = frame.attributes, self.builder.readers, frame.span.line
        whose = [given[name] for name in READERS if given.get(name)]
        classes = given.get("class", "").split()
        if kind := condition(classes, given):
            readers.note_condition(kind, " ".join(classes), line)
            return "facilitator" if kind == "facilitator" else ""
        for name in (*classes, *whose):
            if frame.tag in ("aside", "div", "section") and name == "notes":
                return "facilitator"
            if kind := readers.kind_named((name,), line):
                return kind
            if name.lower() in HIDING and name != "notes":
                readers.note_condition("facilitator", name, line)
                row = row_of(name.lower())
                return "answer" if row is not None and row.kind == "answer" else "facilitator"
        return ""

    def _figure(self, frame: Frame) -> Figure | Group | None:
        """Return an HTML figure: its one picture with its caption, else what it holds."""
        titles = [text for block in frame.blocks if isinstance(block, Frame)
                  and block.tag == "figcaption" for text in _titles(block)]  # fmt: skip
        others = [b for b in frame.blocks if not (isinstance(b, Frame) and b.tag == "figcaption")]
        inside = self.builder.finished(_flat(others))
        if len(inside) == 1 and isinstance(inside[0], Figure) and titles:
            return msgspec.structs.replace(inside[0], caption=stacked(*titles))
        inside = self.builder.finished(_flat(frame.blocks))
        return Group(span=frame.span, blocks=inside) if inside else None

    def _wrapped(self, frame: Frame, kind: type[C]) -> tuple[C, ...]:
        """Return what an element may hold, with everything else in one of that kind."""
        result = []
        for block in frame.blocks:
            inside = () if isinstance(block, kind) else self.builder.finished(_flat([block]))
            if isinstance(block, kind):
                result.append(block)
            elif inside:
                result.append(kind(span=frame.span, blocks=inside))
        return tuple(result)

    def _table(self, frame: Frame) -> Table | Group:
        head: list[Row] = []
        rows: list[Row] = []
        others: list[Held] = []
        titles: list[Text] = []
        for block in frame.blocks:
            if isinstance(block, Frame) and block.tag == "caption":
                inside = _flat(block.blocks)
                titles += [b.text for b in inside if isinstance(b, RawParagraph)]
                others += [b for b in inside if not isinstance(b, RawParagraph)]
                continue
            parts = block.blocks if isinstance(block, Frame) and block.tag != "summary" else [block]
            for row in parts:
                if isinstance(row, Row):
                    header = row.cells and all(c.header for c in row.cells)
                    (head if header and not rows else rows).append(row)
                else:
                    others.append(row)
        table = Table(span=frame.span, head=tuple(head), rows=tuple(rows), caption=stacked(*titles))
        before = self.builder.finished(_flat(others))
        return Group(span=frame.span, blocks=(*before, table)) if before else table

    def _details(self, frame: Frame) -> Box:
        titles: list[Text] = []
        blocks: list[Raw] = []
        for block in frame.blocks:
            if isinstance(block, Frame) and block.tag == "summary":
                inside = _flat(block.blocks)
                titles += [b.text for b in inside if isinstance(b, RawParagraph)]
                blocks += [b for b in inside if not isinstance(b, RawParagraph)]
            else:
                blocks += _flat([block])
        title = stacked(*titles)
        title, stated = take_reader(title)
        kind = self._details_kind(title.plain, frame.span.line, stated)
        return Box(span=frame.span, kind=kind, heading=Heading(title),
                   blocks=self.builder.finished(blocks),
                   products=find_kind(kind).products)  # fmt: skip

    def _details_kind(self, title: str, line: int, stated: str) -> BoxKind:
        if stated:
            return box_kind(self.builder.readers.stated(stated, line)) or "details"
        if not title:
            return "facilitator" if self.builder.details == "notes" else "details"
        return title_kind(self.builder, title, line, Place.SUMMARY) or "details"


def _classed(built: Held, kind: BoxKind) -> Held:
    """Return what an element became, hidden as its class says."""
    if isinstance(built, Item | Row | Cell):
        return msgspec.structs.replace(built, audience="facilitator")
    if isinstance(built, Frame | RawParagraph | RawHeading):
        return built
    return Box(span=built.span, kind=kind, blocks=(built,), products=find_kind(kind).products)


def _first_line(frame: Frame) -> tuple[list[Held], list[Held]]:
    """Split what a summary without an end holds behind its first line."""
    first, rest = frame.blocks[:1], frame.blocks[1:]
    if first and isinstance(text := first[0], RawParagraph) and len(text.lines) > 1:
        title, more = text.lines[:1], text.lines[1:]
        below = RawParagraph(more, text_of(more), text.span)
        return [RawParagraph(title, text_of(title), text.span)], [below, *rest]
    return first, rest


def _before_heading(frame: Frame) -> tuple[list[Held], list[Held]]:
    """Split what an element holds before its next heading; one that it begins with is its title."""
    levels = [
        min((b.level for b in _flat([block]) if isinstance(b, RawHeading)), default=7)
        if isinstance(block, RawHeading | Frame)
        else 7
        for block in frame.blocks
    ]
    begun = next((n for n, b in enumerate(frame.blocks) if not _is_summary(b)), 0)
    most = levels[begun] if begun < len(levels) and levels[begun] < 7 else 6
    ends = (n for n, level in enumerate(levels) if n > begun and level <= most)
    end = next(ends, len(levels))
    return frame.blocks[:end], frame.blocks[end:]


def _is_title(frame: Frame) -> bool:
    """Whether an element is a box's title by its class: "admonition-title"."""
    classes = frame.attributes.get("class", "").lower().split()
    return frame.tag in _PLAIN and any(name.split("-")[-1] == "title" for name in classes)


def _is_summary(block: Held) -> bool:
    return isinstance(block, Frame) and block.tag == "summary"


def _holds_section(frame: Frame) -> bool:
    return any(isinstance(b, RawHeading) and b.level < 3 for b in _flat(frame.blocks))


def _is_hidden(box: Box) -> bool:
    return "facilitator" in (box.audience, find_kind(box.kind).audience)


def _camel(source: str) -> str:
    """Return a component's name as directives are named: `KeyPoints` is `key-points`."""
    return name_words(_TAG_NAME.findall(source)[0]).lower().replace(" ", "-")


def _titles(frame: Frame) -> list[Text]:
    return [block.text for block in _flat(frame.blocks) if isinstance(block, RawParagraph)]


def _count(frame: Frame, name: str) -> int:
    """Return how many rows or columns a cell spans: 1 to 50."""
    given = frame.attributes.get(name, "")
    return min(max(int(given), 1), 50) if given.isdecimal() and len(given) < 4 else 1


def _flat(blocks: Sequence[Held]) -> list[Raw]:
    """Return blocks with what only stands in a table, a list or `details` opened up elsewhere."""
    result: list[Raw] = []
    for block in blocks:
        if isinstance(block, Frame | Cell | Item):
            result.extend(_flat(list(block.blocks)))
        elif isinstance(block, Row):
            result.extend(_flat(list(block.cells)))
        else:
            result.append(block)
    return result
