"""Sections that the front matter holds: questions, objectives and key points as lists of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from courseware.diagnostics import Diagnostic, Span
from courseware.model.blocks import Item, List, Paragraph, Section, SectionKind
from courseware.model.kinds import find_kind
from courseware.reading.markdown.parser import parser
from courseware.reading.source.front_matter import SECTION_KEYS, Value

if TYPE_CHECKING:
    from courseware.reading.blocks.builder import Builder


def front_sections(
    front: dict[str, Value], builder: Builder
) -> tuple[list[Section], list[Section]]:
    """Return the sections that open a session and those that close it."""
    before: list[Section] = []
    after: list[Section] = []
    for key, kind in SECTION_KEYS.items():
        if key in front and (found := _section(front[key], kind, builder)) is not None:
            (after if find_kind(kind).closes else before).append(found)
        elif key in front and front[key].value is not None:
            place = Span(builder.path, front[key].line)
            message = f'what "{key}" holds is not printed: it is no list of texts'
            builder.findings.append(Diagnostic("C102", message, place))
    return before, after


def _section(given: Value, kind: str, builder: Builder) -> Section | None:
    rows = given.value if isinstance(given.value, list) else [given]
    texts = [row for row in rows if isinstance(row.value, str | int | float)]
    if not texts or len(texts) < len(rows):
        return None
    items = tuple(_item(row, builder) for row in texts)
    span = Span(builder.path, given.line)
    found = List(span=span, items=items)
    return Section(span=span, kind=cast(SectionKind, kind), blocks=(found,), boxed=True)


def _item(row: Value, builder: Builder) -> Item:
    span = Span(builder.path, row.line)
    children = parser().parseInline(str(row.value))[0].children or []
    text = builder.inline.text(children, row.line)
    return Item(span=span, blocks=(Paragraph(span=span, text=text),))
