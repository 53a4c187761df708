"""In which form siblings and lists stand in print: side by side where there is room for them.

A set is a run of topics, of parts, of labels with something below, or of a list's items; its form is
decided once for all. The forms, in the order in which they are tried: a comparison (names across,
labels down), a table (labels across), a ladder (siblings whose names only count), cards three or two
across; what fits none of them stays one below another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Literal, TypeGuard

import msgspec

from courseware.model.blocks import (
    Block,
    Box,
    Code,
    Drawing,
    Exercise,
    Field,
    Footnote,
    Item,
    List,
    Paragraph,
    Parallel,
    Part,
    Quote,
    Rule,
    Section,
    Topic,
)
from courseware.model.heading import Heading
from courseware.model.inline import Image
from courseware.model.pairs import pairs_of
from courseware.model.walk import children, fields_of, texts
from courseware.products.handout.contents import room
from courseware.products.handout.leads import is_line, length_of, without_colon
from courseware.products.handout.redrawing import HALF, redrawn
from courseware.products.handout.rows import Pair, Rows, are_rows, is_plain

SHORT = 130
"""Characters of a value that a cell holds in three lines of a quarter of the measure."""
COLUMNS = 4
"""Labels that stand side by side on A4 beside the siblings' names."""
TALL = 16
"""Lines from which a row of cards may break: a third of a page at 40 characters a line."""
LINE = 40
"""Characters on a line of a card of two across."""
ACROSS: dict[int, tuple[int, int]] = {2: (40, 100), 3: (26, 52), 4: (18, 36)}
"""By the number of siblings compared: characters of a list's item, and of a value, in a column."""
HIGHEST = 18
"""Lines of a comparison, some 100 mm; and of a card that is not labelled."""
ITEMS, ITEM = 6, 48
"""Items of a card's list, and their characters in the middle, in a card of two across."""
FEW_ITEMS, SHORT_ITEM = 4, 32
"""The same in a card of three across."""
MATRIX = 14
"""Lines that a matrix is as high as."""
LONGER = 1.5
"""How much longer than the middle one an item may be."""
WORDS = 35
"""Words of a card's own text: more is read on the measure."""
NARROW = 8
"""Characters of the longest label of a set whose labels have a column of their own."""
_NAMELESS = re.compile(r"\w+ (?:\d+|\w)[:.]?")
"""A name that only counts ("Example 1"): such siblings are read one by one, not compared."""

Sibling = Topic | Part
Head = Topic | Part | Field
Cells = tuple[Field | None, ...]


class Siblings(msgspec.Struct, frozen=True):
    """Siblings as they are printed; a row's cells are None where a label is lacking.

    `across` is how many cards stand side by side, `cards` holds them so, each row with whether it may
    break over pages. `narrow` tells that labels are short enough for a column of their own. `list` is
    the list whose items the siblings are. `after` is printed below them all.
    """

    kind: Literal["comparison", "table", "cards", "ladder"]
    labels: tuple[str, ...] = ()
    rows: tuple[tuple[Sibling, Cells], ...] = ()
    cards: tuple[tuple[tuple[Sibling, ...], bool], ...] = ()
    across: int = 2
    narrow: bool = False
    list: List | None = None
    after: tuple[Block, ...] = ()

    @property
    def named(self) -> bool:
        """Whether a sibling has a name: without one, a table needs no column for names."""
        return any(sibling.heading.name for sibling, _ in self.rows)


def arrange(group: Parallel) -> Siblings:
    """Return how siblings of the same labels are printed: short values in tables, lists on cards."""
    siblings, after = _parted(group.siblings)
    return msgspec.structs.replace(_arranged(group, siblings), after=after)


def sets(
    blocks: Sequence[Block | Pair], rows: bool = False
) -> Iterator[Block | Siblings | Rows | Pair]:
    """Yield blocks, and in place of each set of siblings without labels its cards.

    With `rows`, headings of a little prose stand beside it where cards do not hold it.
    """
    run: list[Head | Section | Exercise] = []
    for block in blocks:
        if _begins(block, rows):
            if run and type(block) is not type(run[0]):
                yield from _set(run, rows)
                run = []
            run.append(block)
            continue
        if run and isinstance(block, Rule):
            continue
        yield from _set(run, rows)
        run = []
        yield (_list(block) if isinstance(block, List) else None) or block
    yield from _set(run, rows)


def _heads(field: Field) -> bool:
    """Return whether a label heads what is below it, as a bold line does."""
    return bool(field.blocks) and not field.value


def _begins(block: object, rows: bool) -> TypeGuard[Head | Section | Exercise]:
    """Return whether a block may be one of a set."""
    if isinstance(block, Field):
        return _heads(block)
    return isinstance(block, Topic | Part) or (
        rows and (isinstance(block, Exercise) or is_plain(block))
    )


def _set(
    run: Sequence[Head | Section | Exercise], rows: bool
) -> tuple[Block | Siblings | Rows, ...]:
    """Return a run of siblings on cards where all of them fit, in rows where they may, else as they are."""
    if len(run) < 2:
        return tuple(run)
    headed = tuple(_headed(b) if isinstance(b, Field) else b for b in run)
    named = tuple(s for s in headed if not isinstance(s, Section | Exercise))
    if named:
        siblings, after = _parted(named)
        if all(map(_is_card, siblings)):
            return (msgspec.structs.replace(_cards(siblings), after=after),)
    beside = rows and are_rows(headed) and not any(_holds_cards(s.blocks) for s in headed)
    return (Rows(headed),) if beside else tuple(run)


def _holds_cards(blocks: Sequence[Block]) -> bool:
    """Return whether some of what a heading is over stands on cards: they want the whole width."""
    return any(isinstance(block, Siblings) for block in _sets_within(blocks))


def _sets_within(blocks: Sequence[Block]) -> Iterator[Block | Siblings | Rows | Pair]:
    """Yield blocks as `sets` does, and what labels are over, too."""
    for block in sets(blocks):
        yield block
        if isinstance(block, Field):
            yield from _sets_within(block.blocks)


def _headed(field: Field) -> Part:
    """Return a label with what is below it as a part of that name."""
    heading = Heading(title=without_colon(field.label), level=4)
    return Part(span=field.span, id=field.id, heading=heading, blocks=field.blocks)


def _list(found: List) -> Siblings | None:
    """Return a list's items on cards where most are a name over a list of its own."""
    if len(found.items) < 2 or found.choices or any(i.checked is not None for i in found.items):
        return None
    parts = [_part(found, n, item) for n, item in enumerate(found.items)]
    siblings = tuple(p for p in parts if p is not None)
    below = sum(bool(s.blocks) for s in siblings)
    if len(siblings) < len(parts) or below * 2 <= len(parts) or not all(map(_is_card, siblings)):
        return None
    return msgspec.structs.replace(_cards(siblings), list=found)


def _part(found: List, number: int, item: Item) -> Part | None:
    """Return a list's item as a part: its text is the name of what stands below."""
    if not item.blocks or not isinstance(item.blocks[0], Paragraph):
        return None
    first, rest = item.blocks[0], item.blocks[1:]
    if item.asks or first.asks or first.text.has(Image):
        return None
    label = f"{found.start + number}" if found.ordered else ""
    heading = Heading(title=first.text, label=label, level=4)
    return Part(span=item.span, id=item.id or first.id, heading=heading, blocks=rest)


def _parted(siblings: tuple[Sibling, ...]) -> tuple[tuple[Sibling, ...], tuple[Block, ...]]:
    """Return siblings, and the boxes that follow the last one's own blocks: they are for all."""
    *others, last = siblings
    kept = list(last.blocks)
    while kept and isinstance(kept[-1], Box | Section | Rule | Footnote | Quote):
        if isinstance(kept[-1], Box) and kept[-1].kind == "note-lines":
            break
        kept.pop()
    after = last.blocks[len(kept) :]
    if any(isinstance(b, Box | Section | Quote) for s in others for b in s.blocks):
        return siblings, ()
    return (*others, msgspec.structs.replace(last, blocks=tuple(kept))), after


def _arranged(group: Parallel, siblings: tuple[Sibling, ...]) -> Siblings:
    labels = group.labels
    rows = tuple((s, _cells(s, labels)) for s in siblings)
    if _is_comparison(rows, labels) and not _are_lines_each(rows, labels):
        return Siblings("comparison", labels, rows)
    if not all(_is_short(s, labels) for s in siblings):
        return _cards(siblings, narrow=max(map(room, labels)) <= NARROW)
    if all(_NAMELESS.fullmatch(s.heading.name) for s in siblings) or len(labels) > COLUMNS:
        return Siblings("ladder", labels, rows)
    return Siblings("table", labels, rows)


def _cards(siblings: tuple[Sibling, ...], narrow: bool = False) -> Siblings:
    """Return siblings as cards: three across where all are very short and no row has one alone."""
    three = len(siblings) % 3 != 1 and len(siblings) > 2 and all(map(_is_small, siblings))
    three = three or (len(siblings) == 3 and all(map(_is_scene, siblings)))
    across, line = (3, LINE * 2 // 3) if three else (2, LINE)
    rows = [siblings[i : i + across] for i in range(0, len(siblings), across)]
    cards = tuple((row, max(_lines(s, line) for s in row) > TALL) for row in rows)
    return Siblings("cards", cards=cards, across=across, narrow=narrow)


def _is_card(sibling: Sibling) -> bool:
    """Return whether a sibling without labels is short enough for a card of two across."""
    if not 0 < len(sibling.heading.name) <= ITEM:
        return False
    return _holds_little(sibling, ITEMS, ITEM) and _lines(sibling, LINE) <= HIGHEST


def _is_small(sibling: Sibling) -> bool:
    """Return whether a sibling fits a card of three across."""
    plain = isinstance(sibling, Part) and not any(fields_of(sibling))
    return plain and _holds_little(sibling, FEW_ITEMS, SHORT_ITEM)


def _is_scene(sibling: Sibling) -> bool:
    """Return whether a sibling is one of three short ones to work on: a scenario, an example."""
    words = sum(len(text.plain.split()) for text in texts(sibling.blocks))
    return isinstance(sibling, Part) and not any(fields_of(sibling)) and words <= WORDS


def _holds_little(holder: Sibling | Box, items: int, item: int) -> bool:
    """Return whether all that a sibling holds is short lists, values, and a text of a few lines."""
    own = 0
    for block in holder.blocks:
        if isinstance(block, List):
            fits = len(block.items) <= items and not block.choices and _are_lines(block, item)
        elif isinstance(block, Field):
            fits = _is_value(block)
        elif isinstance(block, Box):
            fits = block.kind == "note-lines" and _holds_little(block, items, item)
        elif isinstance(block, Paragraph):
            own += 0 if pairs_of(block.text) else len(block.text.plain.split())
            fits = own <= WORDS and not block.text.has(Image)
        elif isinstance(block, Drawing | Code):
            fits = _is_matrix(block)
        else:
            fits = isinstance(block, Rule)
        if not fits:
            return False
    return True


def _are_lines(found: List, item: int) -> bool:
    """Return whether a list's items are texts, `item` characters long in the middle."""
    lengths = [length_of(i) for i in found.items]
    return all(map(is_line, found.items)) and (
        median(lengths) <= item and max(lengths) <= item * LONGER
    )


def _is_comparison(rows: tuple[tuple[Sibling, Cells], ...], labels: tuple[str, ...]) -> bool:
    """Return whether siblings stand as columns: two to four, with short values, on a part of a page."""
    limits = ACROSS.get(len(rows))
    if limits is None or not all(s.heading.name and _has_fields_alone(s, c) for s, c in rows):
        return False
    cells = [c for _, found in rows for c in found if c is not None]
    if not all(_fits(c, *limits) for c in cells):
        return False
    heights = (max(_lines_of(found[n], limits[1]) for _, found in rows) for n in range(len(labels)))
    return sum(heights) <= HIGHEST


def _are_lines_each(rows: tuple[tuple[Sibling, Cells], ...], labels: tuple[str, ...]) -> bool:
    """Return whether siblings are lines of a table rather than columns: as many as columns are narrow, a line each."""
    cells = [c for _, found in rows for c in found if c is not None]
    return len(rows) == max(ACROSS) > len(labels) and not any(
        c.blocks or len(c.value.plain) > LINE for c in cells
    )


def _fits(field: Field, item: int, value: int) -> bool:
    """Return whether a field's value and its list's items are as short as a column wants them."""
    if len(field.value.plain) > value:
        return False
    for block in field.blocks:
        if isinstance(block, List):
            if not all(is_line(i) and length_of(i) <= item for i in block.items):
                return False
        elif not isinstance(block, Paragraph) or len(block.text.plain) > value:
            return False
    return True


def _lines_of(field: Field | None, value: int) -> int:
    """Return some lines of a comparison's cell whose values may have `value` characters."""
    found = () if field is None else (field.value, *texts(field.blocks))
    return sum(1 + len(t.plain) * 3 // value for t in found if t.plain)


def _bare(label: str) -> str:
    return label.rstrip(":： ").casefold()


def _cells(sibling: Sibling, labels: tuple[str, ...]) -> Cells:
    mine = {_bare(f.label.plain): f for f in fields_of(sibling)}
    by_key = {f.key: f for f in fields_of(sibling)}
    return tuple(mine.get(_bare(n)) or by_key.get(_bare(n)) for n in labels)


def _is_short(sibling: Sibling, labels: tuple[str, ...]) -> bool:
    """Whether a sibling is nothing but the labels' fields, each a few lines of text."""
    found = _cells(sibling, labels)
    return _has_fields_alone(sibling, found) and all(_is_value(f) for f in fields_of(sibling))


def _has_fields_alone(sibling: Sibling, cells: Cells) -> bool:
    """Whether a sibling is nothing but the fields of its cells."""
    fields = tuple(fields_of(sibling))
    if sum(c is not None for c in cells) != len(fields):
        return False
    return all(c in fields or isinstance(c, Rule) or _holds(c, fields) for c in children(sibling))


def _holds(node: object, fields: tuple[Field, ...]) -> bool:
    items = getattr(node, "items", ())
    return bool(items) and all(len(i.blocks) == 1 and i.blocks[0] in fields for i in items)


def _is_value(field: Field) -> bool:
    found = [field.value] + [b.text for b in field.blocks if isinstance(b, Paragraph)]
    plain = all(isinstance(b, Paragraph) for b in field.blocks)
    return plain and sum(len(t.plain) for t in found) <= SHORT


def _lines(sibling: Sibling, line: int) -> int:
    """Return some lines that a card takes, for its row's breaking."""
    drawn = [block for block in sibling.blocks if isinstance(block, Drawing | Code)]
    written = sum(1 + len(text.plain) // line for text in texts([sibling]))
    own = sum(1 + len(text.plain) // line for text in texts(drawn))
    return written - own + MATRIX * len(drawn)


def _is_matrix(block: Drawing | Code) -> bool:
    """Return whether a drawing in characters is a matrix, which is as wide as a card."""
    found = redrawn(block, HALF)
    return found is not None and bool(found.fields)
