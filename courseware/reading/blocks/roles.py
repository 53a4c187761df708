"""What a directive makes, by its role in the table."""

from __future__ import annotations

import re
from typing import cast

import msgspec

from courseware.diagnostics import Diagnostic, Edit, Span, nearest
from courseware.language.frames import (
    OPEN,
    Decision,
    Place,
    Reader,
    leader_names,
    may_lead,
    nearest_name,
)
from courseware.model.blocks import (
    Audience,
    Block,
    Box,
    BoxKind,
    Break,
    Exercise,
    Heading,
    PageBreak,
    Section,
    SectionKind,
    Space,
    Text,
)
from courseware.model.kinds import KINDS, find_kind
from courseware.reading.blocks.builder import Builder
from courseware.reading.markdown.directives import (
    DIRECTIVES,
    PRODUCT_ALIASES,
    PRODUCT_NAMES,
    Directive,
)
from courseware.reading.markdown.parser import parser
from courseware.reading.structure.bold import Raw
from courseware.reading.structure.headings import RawHeading, heading_of
from courseware.reading.structure.times import time_phrases as times

_HIDING = [
    name for kind in KINDS.values() if kind.audience == "facilitator" for name in kind.directives
]
"""Directives of what learners do not see: a product called so is the facilitator's, too."""
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)?")
_QUOTED = re.compile(r"[\"“]([^\"”]*)[\"”]")
MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
LINES, HEIGHT = 4.0, 50.0
MOST_LINES, MOST_HEIGHT = 30.0, 240.0
"""Writing space without a size: lines, and millimetres of a box or grid."""


def of_role(
    builder: Builder,
    row: Directive,
    rest: tuple[str, dict[str, str]],
    blocks: list[Raw],
    span: Span,
) -> list[Block]:
    """Return what a directive's row makes of its title, attributes and blocks."""
    role, kind, name = row.role, row.kind, row.name
    title, given = rest
    if role == "pagebreak":
        _unread(builder, title, span)
        return [PageBreak(span=span)]
    if role == "break":
        tongue = builder.words.tongue
        time = times.duration(title, tongue) or times.duration(
            f"{given.get('minutes', '')} min", tongue
        )
        called = title[len(time.text) :].strip(" \"'") if time and title else title
        if time is None:
            hint = 'say "::: break 10 min"'
            builder.tell("C115", "a break needs its minutes", (":::", span), hint)
        return [Break(span=span, minutes=time.low if time else 0, title=called.strip('"'))]
    if role == "space":
        return [_space(builder, kind, title or given.get("size", ""), span)]
    if name in ("only", "not"):
        return [_for_products(builder, name, title, blocks, span)]
    if role == "section":
        heading, rest_blocks = _heading(builder, title, given, blocks, span.line)
        inside = builder.finished(rest_blocks)
        readers = builder.readers.stated(given["for"], span.line) if given.get("for") else OPEN
        audience = _audience(readers)
        if kind == "exercise":
            return [Exercise(span=span, heading=heading, number=heading.number, audience=audience,
                             time=heading.time, id=given.get("id", ""), blocks=inside)]  # fmt: skip
        return [Section(span=span, kind=cast(SectionKind, kind), heading=heading, blocks=inside, boxed=True,
                        audience=audience, id=given.get("id", ""))]  # fmt: skip
    return [_box(builder, span, kind, title, given, blocks)]


def _box(
    builder: Builder, span: Span, kind: str, title: str, given: dict[str, str], blocks: list[Raw]
) -> Box:
    heading, rest = _heading(builder, title, given, blocks, span.line)
    row = find_kind(kind)
    stated = given.get("for", "")
    found = builder.readers.stated(stated, span.line) if stated else OPEN
    if not stated and not row.products and heading.name:
        found = builder.readers.of_name(heading.name, span.line, Place.BOX)
    if found.reader is Reader.ANSWER:
        kind, row = "answer", find_kind("answer")
    return Box(span=span, kind=cast(BoxKind, kind), heading=heading, blocks=builder.finished(rest),
               id=given.get("id", ""), attributes=tuple(sorted(given.items())),
               products=row.products, except_products=row.except_products,
               audience=_audience(found))  # fmt: skip


def _audience(found: Decision) -> Audience:
    """Return for whom a box is that a decision was made of."""
    return "facilitator" if found.reader is Reader.FACILITATOR else "everyone"


def _heading(
    builder: Builder, title: str, given: dict[str, str], blocks: list[Raw], line: int
) -> tuple[Heading, list[Raw]]:
    """Return a box's heading: what stands on its line, else the heading it begins with."""
    title = title or given.get("title", "")
    if title:
        quoted = re.match(r"^[\"“](.*?)[\"”]\s*(.*)$", title)
        behind = ""
        if quoted:
            title, behind = quoted[1], quoted[2]
        elif (time := times.duration(title, builder.words.tongue, whole=True)) is not None:
            bare = heading_of(Text(), builder.words, given)
            return msgspec.structs.replace(bare, time=time), blocks
        inline = parser().parseInline(title)[0]
        builder.places.locate(inline, line, line)
        text = builder.inline.text(inline.children or [], line, bare=True)
        heading = heading_of(text, builder.words, given)
        time = times.duration(behind, builder.words.tongue) if behind else None
        return msgspec.structs.replace(heading, time=time or heading.time), blocks
    if blocks and isinstance(blocks[0], RawHeading):
        raw = blocks[0]
        heading = heading_of(raw.text, builder.words, {**raw.attributes, **given}, raw.level)
        return heading, blocks[1:]
    return heading_of(Text(), builder.words, given), blocks


def _unread(builder: Builder, words: str, span: Span) -> None:
    """Tell of words behind a directive that takes none."""
    if words := words.strip():
        hint = "write it on a line of its own below"
        builder.tell("C115", f'"{words}" is not printed', (words, span), hint)


def _space(builder: Builder, kind: str, size: str, span: Span) -> Space:
    if kind == "canvas":
        _unread(builder, _QUOTED.sub("", size), span)
        titles = tuple(_QUOTED.findall(size)) or ("", "", "", "")
        return Space(span=span, kind="canvas", titles=titles)
    found = _SIZE.match(size)
    if size and not found:
        builder.tell("C115", f'"{size}" is no size', (size, span), f'say "::: {kind} 5"')
    _unread(builder, size[found.end() :] if found else "", span)
    lines = kind == "lines"
    value = float(found[1]) if found else LINES if lines else HEIGHT
    if found and not lines:
        value *= MILLIMETRES[found[2] or "cm"]
    most = MOST_LINES if lines else MOST_HEIGHT
    if value > most:
        message = f'"{size}" is more than a page holds'
        builder.tell("C115", message, (size, span), f'say "::: {kind} 5"')
    return Space(span=span, kind=kind, size=float(min(value, most)))  # type: ignore[arg-type]


def _product(builder: Builder, word: str, span: Span) -> str:
    """Return the product that a word names, is near to, or whose readers it names; "" for none."""
    low = PRODUCT_ALIASES.get(word.lower(), word.lower())
    if low in PRODUCT_NAMES:
        return low
    if _names_people(builder, word):
        hint = f"write {{for={word}}} for an audience of a variant, or name some of {', '.join(PRODUCT_NAMES)}"
        message = f'"{word}" names people, not a product; it is read as "guide"'
        builder.tell("C144", message, (word, span), hint)
        return "guide"
    near = nearest(word, (*PRODUCT_NAMES, *PRODUCT_ALIASES))
    near = _of_readers(builder, word, span) or PRODUCT_ALIASES.get(near, near)
    if not near and nearest_name(word, leader_names(builder.words.language)):
        near = "guide"
    if not near and (kind := nearest(word, _HIDING)):
        near = "answers" if find_kind(DIRECTIVES[kind].kind).answers else "guide"
    if near:
        message = f'there is no product "{word}"; it is read as "{near}"'
        _tell_meant(builder, message, (word, near), span)
    return near


def _names_people(builder: Builder, word: str) -> bool:
    """Whether a word is an audience of the course's variants, or one who may lead: a host, a helper."""
    return bool(builder.readers.groups(word)) or may_lead(word)


def _tell_meant(builder: Builder, message: str, words: tuple[str, str], span: Span) -> None:
    """Tell of a word that names no product, and of the one that it is read as."""
    place = builder.place_of(words[0], span)
    told = Diagnostic("C144", message, place, f'write "{words[1]}"')
    builder.tell_mend(told, Edit(place.line, place.column, *words))


def _of_readers(builder: Builder, name: str, span: Span) -> str:
    """Return the product of those whom a name names: who leads, or who has the answers; "" for none."""
    reader = builder.readers.of_name(name, span.line, Place.NAME).reader
    return {Reader.FACILITATOR: "guide", Reader.ANSWER: "answers"}.get(reader, "")


def _products(builder: Builder, title: str, span: Span) -> tuple[str, ...]:
    """Return the products that a title names: word by word, or as a whole ("speaker notes")."""
    words = [w for w in re.split(r"[\s,]+", title) if w]
    found = {word: _product(builder, word, span) for word in words}
    if words and not any(found.values()) and (whole := _of_readers(builder, title, span)):
        message = f'there is no product "{title}"; it is read as "{whole}"'
        _tell_meant(builder, message, (title, whole), span)
        return (whole,)
    for word in (word for word, product in found.items() if not product):
        message = f'there is no product "{word}", so this names none'
        builder.tell("C144", message, (word, span), f"there are {', '.join(PRODUCT_NAMES)}")
    return tuple(dict.fromkeys(product for product in found.values() if product))


def _for_products(builder: Builder, name: str, title: str, blocks: list[Raw], span: Span) -> Box:
    some = _products(builder, title, span)
    if name == "only" and not title.strip(" ,"):
        hint = f"name some of {', '.join(PRODUCT_NAMES)}"
        builder.tell("C144", "no product is named, so it is printed in all", (":::", span), hint)
    inside = builder.finished(blocks)
    if name == "only":
        return Box(span=span, kind="only", blocks=inside, products=some or PRODUCT_NAMES)
    return Box(span=span, kind="not", blocks=inside, except_products=some)
