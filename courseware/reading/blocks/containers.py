"""Blocks that hold blocks: lists, quotations, tables, definitions, footnotes."""

from __future__ import annotations

import re

import msgspec
from markdown_it.token import Token

from courseware.diagnostics import Span
from courseware.model.blocks import (
    Block,
    Cell,
    Definition,
    Definitions,
    Footnote,
    Item,
    List,
    Paragraph,
    Row,
    Table,
    Text,
)
from courseware.model.cutting import without_end, without_start
from courseware.reading.blocks import boxes
from courseware.reading.blocks.builder import Builder
from courseware.reading.structure.bold import Raw, RawParagraph, paragraphs

_CAPTION = re.compile(r"(?:[Tt]able)?:[ \t]+(?=\S)")
_TABLE_ENDS = ("table_close", "grid_table")
MOST_CAPTIONED = 40
"""Tables in a run, each below its caption, that are looked back over."""
_ATTRIBUTES = re.compile(r"\s*\{(?:[#.]|[\w-]+=)[^{}]*\}\s*$")
_TASK = re.compile(r"^(?:\[([ xX])\]|([☐□☑☒])(?=\s))(?:\s+|$)")


def list_(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a list."""
    token = builder.tokens[at]
    ordered = token.type == "ordered_list_open"
    items: list[Item] = []
    at += 1
    while builder.tokens[at].type == "list_item_open":
        opened = builder.tokens[at]
        blocks, at = builder._until(at + 1, "list_item_close")
        items.append(_item(builder, blocks, builder.span(opened)))
    at += 1
    if at < len(builder.tokens) and builder.tokens[at].meta.get("inside") == "toc":
        return [], at + 1
    start = int(token.attrGet("start") or 1) if ordered else 1
    found = List(span=builder.span(token), items=tuple(items), ordered=ordered, start=start)
    return [found], at


def _item(builder: Builder, blocks: list[Raw], span: Span) -> Item:
    checked = None
    if blocks and isinstance(blocks[0], RawParagraph):
        box = _TASK.match(blocks[0].text.plain)
        if box:
            checked = (box[1] or box[2]) not in (" ", "☐", "□")
            blocks = [blocks[0].less(box.end()), *blocks[1:]]
            blocks = [b for b in blocks if not isinstance(b, RawParagraph) or b.text]
    return Item(span=span, blocks=builder.finished(blocks, item=True), checked=checked)


def quote(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a quotation, or a callout."""
    span = builder.span(builder.tokens[at])
    classes: list[str] = [*builder.tokens[at].meta.get("classes", ())]
    blocks, at = builder._until(at + 1, "blockquote_close")
    while at < len(builder.tokens) and builder.tokens[at].type == "attributes":
        classes += builder.tokens[at].meta["classes"]
        at += 1
    return [*boxes.quoted(builder, blocks, classes, span)], at


def table(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a table."""
    span = builder.span(builder.tokens[at])
    head: list[Row] = []
    body: list[Row] = []
    cells: list[Cell] = []
    in_head = False
    row, first = span, at
    at += 1
    while builder.tokens[at].type != "table_close":
        token = builder.tokens[at]
        if token.type in ("thead_open", "tbody_open"):
            in_head = token.type == "thead_open"
        elif token.type == "tr_open":
            cells, row = [], builder.span(token)
        elif token.type in ("th_open", "td_open"):
            text = builder.tokens[at + 1]
            if text.meta.get("boxes"):
                blocks = builder.boxed(text, row)
            else:
                blocks = paragraphs(builder.inline.lines(text, row.line), row, builder.words)
            cells.append(_cell(token, blocks, row, in_head))
        elif token.type == "tr_close":
            (head if in_head else body).append(Row(span=row, cells=tuple(cells)))
        at += 1
    caption, after = _caption_of(builder, first, at + 1)
    return [Table(span=span, head=tuple(head), rows=tuple(body), caption=caption)], after


def grid(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a table drawn with characters: its cells hold blocks."""
    token = builder.tokens[at]
    span, meta = builder.span(token), token.meta

    def row(cells: list[tuple[str, int, int, int]], header: bool) -> Row:
        return Row(span=span, cells=tuple(
            Cell(span=span, blocks=builder.nested(text, span.line + line), header=header, colspan=columns, rowspan=rows)
            for text, line, columns, rows in cells
        ))  # fmt: skip

    head = tuple(row(cells, True) for cells in meta["head"])
    rows = tuple(row(cells, False) for cells in meta["rows"])
    caption, after = _caption_of(builder, at, at + 1)
    return [Table(span=span, head=head, rows=rows, caption=caption)], after


def captions_below(builder: Builder, at: int) -> bool:
    """Whether the paragraph at `at` is the caption of the table right below it, not of one above."""
    below = builder.tokens[at + 3 : at + 4]
    if not below or below[0].type not in ("table_open", *_TABLE_ENDS):
        return False
    for _ in range(MOST_CAPTIONED):
        if at < 0 or not _caption(builder, at)[0]:
            return False
        at -= 1
        if at < 0 or builder.tokens[at].type not in _TABLE_ENDS:
            return True
        while builder.tokens[at].type not in ("table_open", "grid_table"):
            at -= 1
        at -= 3
    return True


def _caption_of(builder: Builder, first: int, after: int) -> tuple[Text, int]:
    """Return the caption of the table from `first` to `after`, above or below it, and the index behind."""
    if first > 2 and captions_below(builder, first - 3):
        return _caption(builder, first - 3)[0], after
    return _caption(builder, after)


def _caption(builder: Builder, at: int) -> tuple[Text, int]:
    """Return the caption that a paragraph is, `: words` or `Table: words`, and the index behind it; its attributes are left out."""
    tokens = builder.tokens[at : at + 3]
    said = tokens[1].content if len(tokens) == 3 and tokens[0].type == "paragraph_open" else ""
    if not _CAPTION.match(said):
        return Text(), at
    text = builder.inline.text(tokens[1].children or [], builder.span(tokens[0]).line)
    found = _CAPTION.match(text.plain)  # spaces in a row are one there
    text = without_start(text, found.end()) if found else text
    if given := _ATTRIBUTES.search(text.plain):
        text = without_end(text, text.plain[: given.start()])
    return text, at + 3


def _cell(token: Token, blocks: tuple[Block, ...], span: Span, header: bool) -> Cell:
    align = str(token.attrGet("style") or "").removeprefix("text-align:")
    return Cell(span=span, blocks=blocks, align=align, header=header)


def definitions(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a definition list."""
    span = builder.span(builder.tokens[at])
    entries: list[Definition] = []
    at += 1
    while builder.tokens[at].type != "dl_close":
        token = builder.tokens[at]
        if token.type == "dt_open":
            place = builder.span(token)
            entries.append(_entry(builder, builder.tokens[at + 1], place))
            at += 3
            continue
        blocks, at = builder._until(at + 1, "dd_close")
        last = entries.pop()
        more = (*last.blocks, *builder.finished(blocks))
        entries.append(msgspec.structs.replace(last, blocks=more))
    return [Definitions(span=span, entries=tuple(entries))], at + 1


def _entry(builder: Builder, token: Token, place: Span) -> Definition:
    """Return a term, still without what it means; what its tags hide is beside it."""
    if not token.meta.get("boxes"):
        return Definition(span=place, term=builder.inline.text(token.children or [], place.line))
    first, *rest = builder.boxed(token, place)
    if isinstance(first, Paragraph):
        return Definition(span=place, term=first.text, blocks=tuple(rest))
    return Definition(span=place, term=Text(), blocks=(first, *rest))


def footnote(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a footnote's definition."""
    token = builder.tokens[at]
    blocks, at = builder._until(at + 1, "footnote_reference_close")
    found = Footnote(span=builder.span(token), label=str(token.meta["label"]),
                     blocks=builder.finished(blocks))  # fmt: skip
    return [found], at
