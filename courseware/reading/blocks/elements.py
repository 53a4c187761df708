"""What an HTML element becomes when it is closed: a box, a table, a list, a figure, or what it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias, TypeVar

import msgspec

from courseware.diagnostics import Span
from courseware.language.frames import Place, name_words
from courseware.model.blocks import (
    Box,
    BoxKind,
    Cell,
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
from courseware.reading.dialects.other_tools import HIDING, OTHERS, row_of
from courseware.reading.dialects.pandoc import condition
from courseware.reading.dialects.shortcodes import TITLES
from courseware.reading.markdown.directives import DIRECTIVES, FOLDED_NAMES, UNKNOWN, Directive
from courseware.reading.readers import box_kind
from courseware.reading.structure.bold import Raw, RawParagraph
from courseware.reading.structure.headings import RawHeading
from courseware.reading.structure.labels import take_reader

READERS = ("audience", "data-audience", "data-for", "data-role", "data-visible-to")
"""Attributes by which other tools' elements say whom they are for."""
TAG_NAME = re.compile(r"^<([A-Za-z][\w.-]*)")
"""A tag's name, as it is written."""
_PLAIN = frozenset(
    ["div", "section", "article", "aside", "header", "footer", "main", "center", "p"]
)
"""Elements that are boxes by their class."""
_CLASSED = frozenset(
    ["details", "blockquote", "ul", "ol", "table", "figure", "li", "td", "th", "tr"]
)
"""Elements that stay what they are, and are hidden by their class."""


Held: TypeAlias = "Raw | OpenElement | Item | Row | Cell"
"""What an open element holds: blocks, and what only stands in a list, a table or `details`."""
C = TypeVar("C", Item, Cell)


class OpenElement(msgspec.Struct):
    """An open element: its tag, attributes, place and what it holds so far."""

    tag: str
    attributes: dict[str, str]
    span: Span
    blocks: list[Held] = []
    source: str = ""
    """The tag as written, where nobody knows it."""


class Elements:
    """Makes blocks of closed elements; `builder` reads what they hold."""

    def __init__(self, builder: Builder) -> None:
        """Take the builder."""
        self.builder = builder

    def made(self, frame: OpenElement) -> Held | None:
        """Return what a closed element becomes, hidden as its class says; None where it holds nothing."""
        made = self._made(frame)
        if made is not None and frame.tag in _CLASSED and (kind := self._class_kind(frame)):
            return _classed(made, kind)
        return made

    def _made(self, frame: OpenElement) -> Held | None:
        finished, span = self.builder.finished, frame.span
        match frame.tag:
            case "details":
                return self._details(frame)
            case "summary" | "caption" | "figcaption" | "thead" | "tbody" | "tfoot":
                return frame
            case "tr":
                return Row(span=span, cells=self._wrapped(frame, Cell))
            case "td" | "th":
                return Cell(span=span, blocks=finished(flat(frame.blocks), item=True),
                            header=frame.tag == "th", colspan=_count(frame, "colspan"),
                            rowspan=_count(frame, "rowspan"))  # fmt: skip
            case "table":
                return self._table(frame)
            case "li":
                return Item(span=span, blocks=finished(flat(frame.blocks), item=True))
            case "ul" | "ol":
                items = self._wrapped(frame, Item)
                return List(span=span, items=items, ordered=frame.tag == "ol")
            case "blockquote":
                return Quote(span=span, blocks=finished(flat(frame.blocks)))
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
                    title = stacked(*_titles(head)) if isinstance(head, OpenElement) else Text()
                    blocks = [RawHeading(6, title, span.line, {}), *flat(rest)]
                    return Group(
                        span=span,
                        blocks=tuple(of_row(self.builder, row, ("", {}), blocks, (span, False))),
                    )
                if not kind and _holds_section(frame) and not self.hides(frame):
                    return frame  # a heading of the session in a frame for its looks
                if frame.source:
                    return self._component(frame)
                inside = finished(flat(frame.blocks))
                if kind:
                    return Box(
                        span=span, kind=kind, blocks=inside, products=find_kind(kind).products
                    )
                return Group(span=span, blocks=inside) if inside else None

    def _titled_row(self, frame: OpenElement) -> Directive | None:
        """Return what an element is by its class that begins with a title, as Sphinx and MkDocs write a box."""
        if not (
            frame.blocks and isinstance(frame.blocks[0], OpenElement) and _is_title(frame.blocks[0])
        ):
            return None
        classes = (name.lower() for name in reversed(frame.attributes.get("class", "").split()))
        return next((row for name in classes if (row := row_of(name)) and row.body), UNKNOWN)

    def _component(self, frame: OpenElement) -> Group:
        """Return the box that a pair of unknown tags is: hidden where its name or title says so."""
        given = frame.attributes
        title = next((given[key] for key in sorted(TITLES) if given.get(key)), "")
        row = row_of(frame.tag) or row_of(_camel(frame.source))
        kind = self._class_kind(frame) or ("" if row else self._named(frame))
        row = DIRECTIVES[kind] if kind else row if row and row.body else OTHERS["group"]
        quoted = f'"{title}"' if title else ""
        folded = frame.tag in FOLDED_NAMES
        made = of_row(self.builder, row, (quoted, {}), flat(frame.blocks), (frame.span, folded))
        return Group(span=frame.span, blocks=tuple(made))

    def _named(self, frame: OpenElement) -> str:
        return self.builder.readers.kind_named(TAG_NAME.findall(frame.source)[:1], frame.span.line)

    def _class_kind(self, frame: OpenElement) -> BoxKind | Literal[""]:
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

    def _figure(self, frame: OpenElement) -> Figure | Group | None:
        """Return an HTML figure: its one picture with its caption, else what it holds."""
        titles = [text for block in frame.blocks if isinstance(block, OpenElement)
                  and block.tag == "figcaption" for text in _titles(block)]  # fmt: skip
        others = [
            b for b in frame.blocks if not (isinstance(b, OpenElement) and b.tag == "figcaption")
        ]
        inside = self.builder.finished(flat(others))
        if len(inside) == 1 and isinstance(inside[0], Figure) and titles:
            return msgspec.structs.replace(inside[0], caption=stacked(*titles))
        inside = self.builder.finished(flat(frame.blocks))
        return Group(span=frame.span, blocks=inside) if inside else None

    def _wrapped(self, frame: OpenElement, kind: type[C]) -> tuple[C, ...]:
        """Return what an element may hold, with everything else in one of that kind."""
        result = []
        for block in frame.blocks:
            inside = () if isinstance(block, kind) else self.builder.finished(flat([block]))
            if isinstance(block, kind):
                result.append(block)
            elif inside:
                result.append(kind(span=frame.span, blocks=inside))
        return tuple(result)

    def _table(self, frame: OpenElement) -> Table | Group:
        head: list[Row] = []
        rows: list[Row] = []
        others: list[Held] = []
        titles: list[Text] = []
        for block in frame.blocks:
            if isinstance(block, OpenElement) and block.tag == "caption":
                inside = flat(block.blocks)
                titles += [b.text for b in inside if isinstance(b, RawParagraph)]
                others += [b for b in inside if not isinstance(b, RawParagraph)]
                continue
            parts = (
                block.blocks
                if isinstance(block, OpenElement) and block.tag != "summary"
                else [block]
            )
            for row in parts:
                if isinstance(row, Row):
                    header = row.cells and all(c.header for c in row.cells)
                    (head if header and not rows else rows).append(row)
                else:
                    others.append(row)
        table = Table(span=frame.span, head=tuple(head), rows=tuple(rows), caption=stacked(*titles))
        before = self.builder.finished(flat(others))
        return Group(span=frame.span, blocks=(*before, table)) if before else table

    def _details(self, frame: OpenElement) -> Box:
        titles: list[Text] = []
        blocks: list[Raw] = []
        for block in frame.blocks:
            if isinstance(block, OpenElement) and block.tag == "summary":
                inside = flat(block.blocks)
                titles += [b.text for b in inside if isinstance(b, RawParagraph)]
                blocks += [b for b in inside if not isinstance(b, RawParagraph)]
            else:
                blocks += flat([block])
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

    def hides(self, frame: OpenElement) -> bool:
        """Whether an element's class, name or title keeps from learners what it holds."""
        if not frame.source:
            return frame.tag in _PLAIN | _CLASSED and bool(self._class_kind(frame))
        title = [block for block in frame.blocks[:1] if isinstance(block, RawHeading)]
        made = self._component(msgspec.structs.replace(frame, blocks=title)).blocks[:1]
        return any(isinstance(box, Box) and _is_hidden(box) for box in made)


def _classed(built: Held, kind: BoxKind) -> Held:
    """Return what an element became, hidden as its class says."""
    if isinstance(built, Item | Row | Cell):
        return msgspec.structs.replace(built, audience="facilitator")
    if isinstance(built, OpenElement | RawParagraph | RawHeading):
        return built
    return Box(span=built.span, kind=kind, blocks=(built,), products=find_kind(kind).products)


def _is_title(frame: OpenElement) -> bool:
    """Whether an element is a box's title by its class: "admonition-title"."""
    classes = frame.attributes.get("class", "").lower().split()
    return frame.tag in _PLAIN and any(name.split("-")[-1] == "title" for name in classes)


def _holds_section(frame: OpenElement) -> bool:
    return any(isinstance(b, RawHeading) and b.level < 3 for b in flat(frame.blocks))


def _is_hidden(box: Box) -> bool:
    return "facilitator" in (box.audience, find_kind(box.kind).audience)


def _camel(source: str) -> str:
    """Return a component's name as directives are named: `KeyPoints` is `key-points`."""
    return name_words(TAG_NAME.findall(source)[0]).lower().replace(" ", "-")


def _titles(frame: OpenElement) -> list[Text]:
    return [block.text for block in flat(frame.blocks) if isinstance(block, RawParagraph)]


def _count(frame: OpenElement, name: str) -> int:
    """Return how many rows or columns a cell spans: 1 to 50."""
    given = frame.attributes.get(name, "")
    return min(max(int(given), 1), 50) if given.isdecimal() and len(given) < 4 else 1


def flat(blocks: Sequence[Held]) -> list[Raw]:
    """Return blocks with what only stands in a table, a list or `details` opened up elsewhere."""
    result: list[Raw] = []
    for block in blocks:
        if isinstance(block, OpenElement | Cell | Item):
            result.extend(flat(list(block.blocks)))
        elif isinstance(block, Row):
            result.extend(flat(list(block.cells)))
        else:
            result.append(block)
    return result
