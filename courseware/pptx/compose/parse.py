"""A deck's HTML read: the small vocabulary of docs/slides.md, and a word on all that is none of it.

Nothing that a layout writes makes this fail, and no text is lost: what cannot stand on a slide is
kept as plain text, with a finding (C315) that names what was probably meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote

from lxml import html as lxml_html
from lxml.etree import ParserError

from courseware.diagnostics import Diagnostic, Span, did_you_mean
from courseware.media import PictureError
from courseware.media.pictures import ink, origin, upright
from courseware.model.inline import EMBEDDED
from courseware.pptx.template.placeholders import KNOWN
from courseware.pptx.text.runs import DeckFindings, Inline, blank, tidied
from courseware.pptx.values import (
    Align,
    Block,
    Cell,
    Code,
    Draft,
    Holder,
    Paragraph,
    Picture,
    Row,
    Run,
    Script,
    Table,
)
from courseware.products.deck.titles import LayoutName

LAYOUTS: tuple[LayoutName, ...] = get_args(LayoutName)
PLACES = sorted(KNOWN - {"title"})
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "section": frozenset(
        {
            "class",
            "data-layout",
            "data-source",
            "data-section",
            "data-covers",
            "data-hidden",
            "data-part",
            "data-set",
        }
    ),
    "div": frozenset({"data-placeholder"}),
    "aside": frozenset({"class"}),
    "p": frozenset({"data-keep"}),
    "ol": frozenset({"start"}),
    "th": frozenset({"class", "colspan", "rowspan"}),
    "td": frozenset({"class", "colspan", "rowspan"}),
    "pre": frozenset({"class", "data-language"}),
    "img": frozenset({"class", "src", "alt"}),
    "a": frozenset({"href"}),
}
"""Attributes by element; other elements of the vocabulary have none."""
BLOCKS = ("p", "ul", "ol", "table", "pre", "figure")
NOTED = ("p", "ul", "ol", "h2")
ALIGNS: Mapping[str, Align] = {"left": "left", "right": "right", "center": "center"}
PIXEL = 0.75
"""Points of a picture's pixel: 96 to the inch."""
DEEPEST = 4
"""The deepest level of a list; what is deeper stands at it."""


def parse(html: str, root: Path, place: Span) -> tuple[Script, tuple[Diagnostic, ...]]:
    """Return what a deck's HTML says, and findings on it at `place`.

    `root` is the course's folder, where pictures are.
    """
    told = DeckFindings()
    document = _document(html)
    reader = _Reader(root, told)
    body = document.find("body")
    slides = tuple(reader.slides(body)) if body is not None else ()
    head = {m.get("name"): m.get("content") or "" for m in document.iter("meta")}
    script = Script(
        (document.findtext(".//title") or "").strip(), document.get("lang") or "", slides,
        head.get("author", ""), head.get("course", ""), document.get("dir") == "rtl",
    )  # fmt: skip
    return script, tuple(Diagnostic(code, message, place, hint) for code, message, hint in told)


class _Reader:
    """Reads slides; what it meets that it does not know, it tells."""

    def __init__(self, root: Path, told: DeckFindings) -> None:
        self.root, self.told = root, told
        self.inline = Inline(told)

    def slides(self, body: Any) -> Iterator[Draft]:
        for element in _elements(body):
            if element.tag == "section":
                yield self.slide(element)
            else:
                self.told.element(element.tag, ("section",), "outside of a slide")

    def slide(self, section: Any) -> Draft:
        self.attributes(section)
        title: tuple[Run, ...] = ()
        holders: list[Holder] = []
        notes: list[Paragraph] = []
        for child in _elements(section):
            if child.tag == "h1" and not title:
                title = self.inline.runs(child)
            elif child.tag == "div" and child.get("data-placeholder") is not None:
                self.attributes(child)
                holders.append(Holder(self.place(child), tuple(self.blocks(child, BLOCKS))))
            elif child.tag == "aside":
                notes += self.noted(child)
            else:
                self.told.element(child.tag, ("h1", "div", "aside"), "in a slide")
                holders.append(Holder("body", tuple(self.block(child, BLOCKS))))
        if not blank((*self.inline.text(section.text), *(r for c in section for r in self.inline.text(c.tail)))):  # fmt: skip
            self.told.say("text outside of a slide's placeholders", "put it in a placeholder")
            stray = self.inline.text(
                " ".join(filter(None, (section.text, *(c.tail for c in section))))
            )
            holders.append(Holder("body", (Paragraph(stray),)))
        if blank(title):
            self.told.say("a slide has no title", "write one in its h1")
        covers = tuple((section.get("data-covers") or "").split())
        return Draft(self.layout(section), title, tuple(h for h in holders if h.blocks),
                     tuple(notes), section.get("data-source") or "", covers,
                     section.get("data-section") or "", section.get("data-hidden") is not None,
                     _number(section.get("data-part"), 0, 0), section.get("data-set") or "")  # fmt: skip

    def layout(self, section: Any) -> LayoutName:
        said = section.get("data-layout") or ""
        for name in LAYOUTS:
            if name == said:
                return name
        hint = did_you_mean(said, LAYOUTS) or f"one of {', '.join(LAYOUTS)}"
        self.told.say(f'data-layout="{said}" is no layout of a deck', hint)
        return "content"

    def place(self, element: Any) -> str:
        said = str(element.get("data-placeholder"))
        if said in PLACES:
            return said
        hint = did_you_mean(said, PLACES) or f"one of {', '.join(PLACES)}"
        self.told.say(f'data-placeholder="{said}" is no placeholder of a deck', hint)
        return "body"

    def attributes(self, element: Any) -> None:
        """Tell of attributes that mean nothing."""
        known = ATTRIBUTES.get(element.tag, frozenset())
        for name in element.keys():  # noqa: SIM118 - an element's attributes, not its children
            if name not in known:
                self.told.attribute(element.tag, name, known)

    # -- blocks -----------------------------------------------------------------------

    def blocks(self, parent: Any, known: Sequence[str], level: int = 0) -> Iterator[Block]:
        """Return what stands in an element, loose text as paragraphs."""
        loose: list[Run] = list(self.inline.text(parent.text))
        for child in _elements(parent):
            if child.tag in self.inline.known or child.tag in ("br", "img"):
                loose += self.inline.element(child)
            else:
                yield from _loose(loose)
                loose = []
                yield from self.block(child, known, level)
            loose += self.inline.text(child.tail)
        yield from _loose(loose)

    def block(self, element: Any, known: Sequence[str], level: int = 0) -> Iterator[Block]:
        tag = element.tag
        if tag not in known:
            self.told.element(tag, known, "among blocks")
            yield from self.blocks(element, known, level)
            return
        self.attributes(element)
        if tag in ("ul", "ol"):
            yield from self.items(element, known, level)
        elif tag == "table":
            yield from self.table(element)
        elif tag == "pre":
            text = str(element.text_content()).strip("\n")
            if text.strip():
                yield Code(text, element.get("data-language") or "")
        elif tag == "figure":
            yield from self.figure(element)
        else:
            runs = self.inline.runs(element)
            if not blank(runs):
                keep = element.get("data-keep") is not None
                yield Paragraph(runs, keep=keep, heading=tag == "h2")

    def items(self, listing: Any, known: Sequence[str], level: int) -> Iterator[Block]:
        """Return a list's items; in one, the first paragraph has the bullet."""
        number = _number(listing.get("start"), 1)
        for item in _elements(listing):
            if item.tag != "li":
                self.told.element(item.tag, ("li",), "in a list")
                yield from self.block(item, known, min(level + 1, DEEPEST))
                continue
            self.attributes(item)
            bullet = "1" if listing.tag == "ol" else "•"
            for block in self.blocks(item, known, min(level + 1, DEEPEST)):
                if isinstance(block, Paragraph) and not block.item:
                    yield Paragraph(block.runs, level, bullet, number, True, block.keep)
                    bullet = ""
                else:
                    if bullet:
                        yield Paragraph((), level, bullet, number, True, True)
                        bullet = ""
                    yield block
            number += 1

    def figure(self, figure: Any) -> Iterator[Block]:
        for child in _elements(figure):
            if child.tag == "img":
                self.attributes(child)
                yield self.picture(child)
            else:
                self.told.element(child.tag, ("img",), "in a figure")
                yield from self.block(child, BLOCKS)

    def picture(self, image: Any) -> Block:
        """Return a picture with its size; the alternative text where it cannot be shown."""
        source = image.get("src") or ""
        source = source if source.startswith(EMBEDDED) else unquote(source)
        alt = (image.get("alt") or "").strip()
        stem = "" if source.startswith(EMBEDDED) else Path(source).stem
        try:
            path = origin(self.root, source)
            if path is None:
                raise PictureError("there is no such file in the course")
            (width, height), drawn = upright(path), ink(path)
        except PictureError as error:
            self.told.picture(source, str(error), error.hint)
            return Paragraph((Run(alt or stem),))
        return Picture(source, alt or stem, width * PIXEL, height * PIXEL, drawn)

    # -- tables and notes -------------------------------------------------------------

    def table(self, table: Any) -> Iterator[Block]:
        head: list[Row] = []
        rows: list[Row] = []
        caption: tuple[Run, ...] = ()
        for child in _elements(table):
            if child.tag == "caption":
                caption = self.inline.runs(child)
            elif child.tag in ("thead", "tbody", "tfoot"):
                (head if child.tag == "thead" else rows).extend(map(self.row, _elements(child)))
            elif child.tag == "tr":
                rows.append(self.row(child))
            else:
                self.told.element(child.tag, ("thead", "tbody", "tr"), "in a table")
                yield from self.block(child, BLOCKS)
        if head or rows:
            yield Table(tuple(rows), tuple(head), caption)

    def row(self, row: Any) -> Row:
        if row.tag != "tr":
            self.told.element(row.tag, ("tr",), "in a table")
            return Row((Cell(tuple(self.paragraphs(row))),))
        cells: list[Cell] = []
        for cell in _elements(row):
            if cell.tag not in ("td", "th"):
                self.told.element(cell.tag, ("td", "th"), "in a row")
            self.attributes(cell)
            align = ALIGNS.get(cell.get("class") or "left", "left")
            across, down = (_number(cell.get(k), 1) for k in ("colspan", "rowspan"))
            cells.append(Cell(tuple(self.paragraphs(cell)), cell.tag == "th", align, across, down))
        return Row(tuple(cells))

    def paragraphs(self, cell: Any) -> Iterator[Paragraph]:
        """Return what stands in a cell: its text, items of lists a level up; no other blocks."""
        for block in self.blocks(cell, ("p", "ul", "ol")):
            if isinstance(block, Paragraph):
                yield block

    def noted(self, aside: Any) -> Iterator[Paragraph]:
        self.attributes(aside)
        for block in self.blocks(aside, NOTED):
            if isinstance(block, Paragraph):
                yield block


def _document(html: str) -> Any:
    """Return a document's tree; one without any element is an empty one."""
    try:
        return lxml_html.document_fromstring(html)
    except ParserError:
        return lxml_html.document_fromstring("<p></p>")


def _elements(parent: Any) -> list[Any]:
    """Return an element's children less comments."""
    return [child for child in parent if isinstance(child.tag, str)]


def _loose(runs: Sequence[Run]) -> Iterator[Block]:
    kept = tidied(runs)
    if not blank(kept):
        yield Paragraph(kept)


def _number(said: str | None, default: int, least: int = 1) -> int:
    try:
        return min(max(int(said or default), least), 1000)
    except ValueError:
        return default
