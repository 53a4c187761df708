"""What stands side by side: two fields or siblings as two columns, parallel siblings as a table."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from courseware.model.blocks import (
    Block,
    Cell,
    Field,
    Item,
    List,
    Paragraph,
    Parallel,
    Part,
    Row,
    Table,
    Text,
    Topic,
)
from courseware.model.inline import plain_text
from courseware.model.walk import fields_of, walk
from courseware.products.deck.content import BIG, SCARCE, chosen, flows
from courseware.products.deck.cues import LEEWAY, SLIDE, words, words_in
from courseware.products.deck.titles import Placeholder, bare, title_of

replace = msgspec.structs.replace
SHORT = 25
"""Words up to which a field's value is short enough for a cell."""
WIDEST = 5
"""Columns that a table of siblings has at most."""
COLUMNS = 60
"""Words that two columns hold together at most."""
_SIDES = ("left", "right")


def _column(side: str, title: Text, blocks: Sequence[Block], span_of: Block) -> tuple[Placeholder, ...]:  # fmt: skip
    head = Paragraph(span=span_of.span, text=title)
    return (Placeholder(f"{side}-title", (head,)), Placeholder(side, tuple(blocks)))


def _inside(field: Field) -> tuple[Block, ...]:
    value = (Paragraph(span=field.span, text=field.value),) if field.value else ()
    return (*value, *field.blocks)


def _label(field: Field) -> Text:
    return bare(field.label)


def pair(run: Sequence[Block]) -> tuple[Placeholder, ...] | None:
    """Return the columns of a run with two fields of one weight; None where it is no such pair.

    They are two that hold a list each, short fields beside them allowed, or two short ones and
    nothing but a paragraph before them.
    """
    listing = run[-1] if run else None
    if isinstance(listing, List) and all(len(i.blocks) == 1 for i in listing.items):
        run = [*run[:-1], *(i.blocks[0] for i in listing.items)]
    fields = [b for b in run if isinstance(b, Field)]
    others = [b for b in run if not isinstance(b, Field)]
    led = not others or (len(others) == 1 and isinstance(run[0], Paragraph))
    if not led or not all(map(flows, run)) or not all(map(_inside, fields)):
        return None
    listed = [f for f in fields if f.blocks]
    if len(listed) == 2 and len(fields) <= 4:
        return _fitted(listed, [b for b in run if b not in listed])
    return _fitted(fields, others) if len(fields) == 2 and not listed else None


def _fitted(two: list[Field], rest: Sequence[Block]) -> tuple[Placeholder, ...] | None:
    every = [_inside(field) for field in two]
    sides = every if sum(map(words_in, every)) <= SLIDE else [_side(b) for b in every]
    total = sum(words_in(side) for side in sides) + sum(words(f.label.plain) for f in two)
    if total > COLUMNS:
        return None
    lead: tuple[Placeholder, ...] = ()
    first = chosen(rest[:1])
    if first and total + words_in(first) <= LEEWAY:
        lead = (Placeholder("subtitle", first),)
    columns = [
        _column(side, _label(field), blocks, field)
        for side, field, blocks in zip(_SIDES, two, sides, strict=True)
    ]
    return (*lead, *columns[0], *columns[1])


def _side(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return chosen(blocks, COLUMNS // 2, SCARCE)


def pair_shown(run: Sequence[Block], holders: Sequence[Placeholder]) -> tuple[str, ...]:
    """Return the ids of the blocks of a run that its columns show whole."""
    on = [b for holder in holders for b in holder.blocks]
    return tuple(node.id for block in run if _whole(block, on) for node in walk([block]))


def _whole(block: Block, on: list[Block]) -> bool:
    if isinstance(block, List) and block not in on:
        return all(_whole(inner, on) for item in block.items for inner in item.blocks)
    inside = _inside(block) if isinstance(block, Field) else ()
    return block in on or (bool(inside) and all(b in on for b in inside))


def two(parts: Sequence[Part] | Sequence[Topic | Part]) -> tuple[Placeholder, ...]:
    """Return two siblings as two columns."""
    result: tuple[Placeholder, ...] = ()
    for side, part in zip(_SIDES, parts, strict=True):
        result += _column(side, title_of(part.heading), part.blocks, part)
    return result


def siblings(block: Parallel) -> tuple[Placeholder, ...] | None:
    """Return parallel siblings as two columns or a table; None where each needs a slide."""
    listed = any(f.blocks for s in block.siblings for f in fields_of(s))
    big = any(isinstance(n, BIG) for n in walk(block.siblings))
    if big:
        return None
    headed = all(s.heading.name and s.blocks for s in block.siblings)
    if len(block.siblings) == 2 and headed and words_in(block.siblings) <= LEEWAY:
        return two(block.siblings)
    long = any(words(f.value.plain) > SHORT for s in block.siblings for f in fields_of(s))
    if listed or long or len(block.labels) + headed > WIDEST:
        return None
    return (Placeholder("body", (_table(block),)),)


def shown(block: Parallel) -> tuple[str, ...]:
    """Return the ids of what a table or two columns of siblings show whole."""
    if len(block.siblings) == 2 and words_in(block.siblings) <= LEEWAY:
        return tuple(n.id for n in walk(block.siblings))
    keys = _keys(block)
    fields = [f for s in block.siblings for f in fields_of(s) if f.key in keys]
    lists = [b for s in block.siblings for b in s.blocks
             if isinstance(b, List) and all(_only(i, fields) for i in b.items)]  # fmt: skip
    return tuple(n.id for n in (*fields, *walk(lists)))


def _only(item: Item, fields: list[Field]) -> bool:
    return len(item.blocks) == 1 and any(item.blocks[0] is f for f in fields)


def _keys(block: Parallel) -> list[str]:
    """Return the keys of the columns' fields, in the labels' order."""
    by_label: dict[str, str] = {}
    for sibling in block.siblings:
        for field in fields_of(sibling):
            by_label.setdefault(field.label.plain.rstrip(": "), field.key)
    return [by_label[label] for label in block.labels]


def _table(block: Parallel) -> Table:
    keys = _keys(block)
    headed = any(s.heading.name for s in block.siblings)
    first = [plain_text("")] if headed else []
    span = block.span
    head = [_cell(text, block, True) for text in (*first, *map(plain_text, block.labels))]
    rows = []
    for sibling in block.siblings:
        values = {f.key: f.value for f in fields_of(sibling)}
        title = [_cell(title_of(sibling.heading), sibling, True)] if headed else []
        cells = [_cell(values.get(key, Text()), sibling) for key in keys]
        rows.append(Row(span=sibling.span, id=sibling.id, cells=(*title, *cells)))
    return Table(span=span, id=block.siblings[0].id, head=(Row(span=span, cells=tuple(head)),),
                 rows=tuple(rows))  # fmt: skip


def _cell(text: Text, near: Block, header: bool = False) -> Cell:
    blocks = (Paragraph(span=near.span, text=text),) if text else ()
    return Cell(span=near.span, blocks=blocks, header=header)
