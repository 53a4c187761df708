"""What stands side by side: two fields or siblings as two columns, parallel siblings as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple

import msgspec

from courseware.language.catalogue import Tongue
from courseware.model.blocks import (
    AnyNode,
    Block,
    Cell,
    Definition,
    Definitions,
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
from courseware.model.walk import fields_of, own_texts, walk
from courseware.products.deck.content import BIG, SCARCE, chosen, flows
from courseware.products.deck.cues import LEEWAY, words, words_in
from courseware.products.deck.titles import LayoutName, Placeholder, bare, title_of

replace = msgspec.structs.replace
SHORT = 25
"""Words up to which a field's value is short enough for a cell."""
WIDEST = 5
"""Columns that a table of siblings has at most."""
SIDES = {2: ("left", "right"), 3: ("left", "middle", "right")}
LAYOUTS: dict[int, LayoutName] = {2: "comparison", 3: "three-columns"}
MOST = 3
"""Columns that a slide has at most."""
LEAD = 24
"""Words that the line above columns has at most; its height in points is `LEADING`."""
LEADING = 48.0
WORDS = 84
"""Words that columns hold together at most; where they are more, or have no room, each is cut."""


class TextRoom(NamedTuple):
    """Room for text: letters in a line, its pitch, the space after an item, the height in points.

    They are those of the smallest size in the built-in template; what is written is measured.
    """

    letters: int
    pitch: float
    after: float
    height: float

    def holds(self, texts: Iterable[str]) -> bool:
        """Whether texts, each a paragraph, have room."""
        lines = (ceil(len(text) / self.letters) for text in texts)
        return sum(count * self.pitch + self.after for count in lines) <= self.height


ROOMS = {2: TextRoom(38, 24.4, 11.0, 335.0), 3: TextRoom(24, 25.0, 11.0, 335.0)}
"""Columns' rooms by their number."""


def said(blocks: Iterable[AnyNode]) -> list[str]:
    """Return the paragraphs and values in blocks, as they are shown."""
    return [text.plain for node in walk(blocks) for text in own_texts(node) if text]


def _column(side: str, title: Text, blocks: Sequence[Block], span_of: Block) -> tuple[Placeholder, ...]:  # fmt: skip
    head = Paragraph(span=span_of.span, text=title)
    return (Placeholder(f"{side}-title", (head,)), Placeholder(side, tuple(blocks)))


def _inside(field: Field) -> tuple[Block, ...]:
    value = (Paragraph(span=field.span, text=field.value),) if field.value else ()
    return (*value, *field.blocks)


def _label(field: Field) -> Text:
    return bare(field.label)


def aside(run: Sequence[Block], tongue: Tongue, wide: int = 0) -> tuple[LayoutName, tuple[Placeholder, ...]] | None:  # fmt: skip
    """Return the columns of a run with two or three labelled fields; None where it is no such run.

    At least two fields hold lists; or two short ones are all there is, with a paragraph before them
    at most; or `wide` columns are what its siblings have. What stands before the first list is the
    line above, other short fields are columns where there is room.
    """
    run = _opened(run)
    fields = [b for b in run if isinstance(b, Field)]
    others = [b for b in run if not isinstance(b, Field)]
    led = not others or (len(others) == 1 and isinstance(run[0], Paragraph))
    if not led or not all(map(flows, run)) or not all(map(_inside, fields)):
        return None
    listed = [f for f in fields if f.blocks]
    if len(fields) == 2 and not listed:
        return _fitted(fields, others, tongue, wide)
    if len(listed) < (1 if wide else 2) or len(fields) < 2:
        return None
    behind = fields[fields.index(listed[0]) :]
    for some in (behind, listed):
        most = wide or MOST
        found = (
            _fitted(some, [b for b in run if b not in some], tongue, wide)
            if 2 <= len(some) <= most
            else None
        )
        if found is not None:
            return found
    return None


def _opened(run: Sequence[Block]) -> Sequence[Block]:
    """Return a run with the items of the list that it ends with in its place, each being one block."""
    listing = run[-1] if run else None
    if isinstance(listing, List) and all(len(i.blocks) == 1 for i in listing.items):
        return [*run[:-1], *(i.blocks[0] for i in listing.items)]
    return run


def _fitted(
    some: list[Field], rest: Sequence[Block], tongue: Tongue, wide: int
) -> tuple[LayoutName, tuple[Placeholder, ...]] | None:
    """Return fields as columns, whole where there is room, else cut to cues; None without room."""
    count = max(len(some), wide, 2)
    sides, room = SIDES[count], ROOMS[count]
    lead: tuple[Placeholder, ...] = ()
    first = chosen(rest[:1], tongue)
    whole = [_inside(field) for field in some]
    lower = room._replace(height=room.height - LEADING)
    spare = WORDS - sum(map(words_in, whole))
    if (
        first
        and words_in(first) <= min(LEAD, spare)
        and (_fits(whole, lower) or not _fits(whole, room))
    ):
        lead, room = (Placeholder("subtitle", first),), lower
    every = whole
    if not _fits(whole, room):
        every = [chosen(blocks, tongue, WORDS // len(whole), SCARCE) for blocks in whole]
        if not _fits(every, room):
            return None
    made = lead
    for side, field, blocks in zip(sides, some, every, strict=False):
        made += _column(side, _label(field), blocks, field)
    return LAYOUTS[count], made


def _fits(every: Sequence[tuple[Block, ...]], room: TextRoom) -> bool:
    """Whether columns have room, and few words enough."""
    return sum(map(words_in, every)) <= WORDS and all(room.holds(said(b)) for b in every)


CARDS = {2: TextRoom(38, 24.4, 4.0, 164.0), 3: TextRoom(23, 24.4, 4.0, 164.0)}
"""Rooms of cards in two rows by how many stand in one, their names with them."""
FEWEST, MANY = 4, 6
"""Labelled fields that are cards: fewer are columns."""


def carded(
    run: Sequence[Block], tongue: Tongue, sure: bool = False
) -> tuple[Placeholder, ...] | None:
    """Return a run of labelled fields, two of which hold lists at least, as cards; None without room.

    Where siblings are cards (`sure`), it is without room, too: cards go on, on one more slide.
    """
    run = _opened(run)
    fields = [b for b in run if isinstance(b, Field)]
    lead = run[0] if run and isinstance(run[0], Paragraph) else None
    if not FEWEST <= len(fields) <= MANY or len(fields) + bool(lead) < len(run):
        return None
    if not all(map(flows, run)) or not all(map(_inside, fields)):
        return None
    if sum(bool(f.blocks) for f in fields) < 2 or (lead and words_in([lead]) > LEAD):
        return None
    room = CARDS[2 if len(fields) == FEWEST else 3]
    room = room._replace(height=room.height - LEADING / 2) if lead else room
    whole = [_inside(field) for field in fields]
    for every in (whole, [chosen(b, tongue, WORDS // len(whole), SCARCE) for b in whole]):
        held = zip(fields, every, strict=True)
        last = sure and every is not whole
        if last or all(room.holds([_label(f).plain, *said(b)]) for f, b in held):
            above = (Placeholder("subtitle", (lead,)),) if lead else ()
            made = [(Paragraph(span=f.span, text=_label(f)), *b) for f, b in zip(fields, every, strict=True)]  # fmt: skip
            return (*above, *(Placeholder(f"card-{n}", held) for n, held in enumerate(made, 1)))
    return None


LONG, SHORT_ITEM, TYPICAL = 7, 56, 36
"""Entries from which a list is two columns, letters of each at most, and of the middle one."""


def halved(run: Sequence[Block]) -> tuple[Placeholder, ...] | None:
    """Return a long list of short items or terms as two columns, read down, what leads it in above them."""
    *before, found = run or (None,)
    led = not before or (len(before) == 1 and isinstance(before[0], Paragraph))
    if not led or words_in(before) > LEAD or len(entries := _entries(found)) < LONG:
        return None
    texts = sorted(len(" ".join(said([one]))) for one in entries)
    half = ceil(len(entries) / 2)
    parts = [_some(found, 0, half), _some(found, half, len(entries))]
    room = ROOMS[2]._replace(height=ROOMS[2].height - LEADING * bool(before))
    long = texts[-1] > SHORT_ITEM or texts[len(texts) // 2] > TYPICAL
    if long or not all(room.holds(said([part])) for part in parts):
        return None
    above = (Placeholder("subtitle", tuple(before)),) if before else ()
    sides = zip(SIDES[2], parts, strict=True)
    return (*above, *(Placeholder(side, (part,)) for side, part in sides))


def _entries(found: Block | None) -> tuple[Item, ...] | tuple[Definition, ...]:
    """Return the items of a list, or the terms of a glossary, that are a line of text each; else ()."""
    if isinstance(found, Definitions) and not any(e.blocks for e in found.entries):
        return found.entries
    if isinstance(found, List) and all(list(map(type, i.blocks)) == [Paragraph] for i in found.items):  # fmt: skip
        return found.items
    return ()


def _some(found: Block | None, start: int, end: int) -> Block:
    """Return some of a list's items, which go on being counted, or of a glossary's terms."""
    if isinstance(found, Definitions):
        return replace(found, entries=found.entries[start:end])
    assert isinstance(found, List)
    return replace(found, items=found.items[start:end], start=found.start + start)


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
    for side, part in zip(SIDES[2], parts, strict=True):
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
            by_label.setdefault(field.label.plain.rstrip(":： "), field.key)
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
