"""How parallel siblings stand in print: as a table, as cards two across, or each as a ladder."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from courseware.model.blocks import (
    Block,
    Box,
    Field,
    Footnote,
    Paragraph,
    Parallel,
    Part,
    Rule,
    Section,
    Topic,
)
from courseware.model.walk import children, fields_of, texts

SHORT = 130
"""Characters of a value that a cell holds in three lines of a quarter of the measure."""
COLUMNS = 4
"""Labels that stand side by side on A4 beside the siblings' names."""
TALL = 16
"""Lines from which a row of cards may break: a third of a page at 40 characters a line."""
LINE = 40
"""Characters on a line of a card."""

_NAMELESS = re.compile(r"\w+ (?:\d+|\w)[:.]?")
"""A name that only counts ("Example 1"): such siblings are read one by one, not compared."""

Sibling = Topic | Part


class Siblings(msgspec.Struct, frozen=True):
    """Siblings as they are printed; `rows` holds a table's cells, None where a label is lacking.

    `tall` tells, for each row of two cards, whether it may break over pages. `after` is printed below them all.
    """

    kind: Literal["table", "cards", "ladder"]
    labels: tuple[str, ...] = ()
    rows: tuple[tuple[Sibling, tuple[Field | None, ...]], ...] = ()
    pairs: tuple[tuple[tuple[Sibling, ...], bool], ...] = ()
    after: tuple[Block, ...] = ()

    @property
    def named(self) -> bool:
        """Whether a sibling has a name: without one, a table needs no column for names."""
        return any(sibling.heading.name for sibling, _ in self.rows)


def arrange(group: Parallel) -> Siblings:
    """Return how the siblings of `group` are printed: short values in a table, lists on cards."""
    siblings, after = _parted(group.siblings)
    return msgspec.structs.replace(_arranged(group, siblings), after=after)


def _parted(siblings: tuple[Sibling, ...]) -> tuple[tuple[Sibling, ...], tuple[Block, ...]]:
    """Return siblings, and the boxes that follow the last one's own blocks: they are for all."""
    *others, last = siblings
    kept = list(last.blocks)
    while kept and isinstance(kept[-1], Box | Section | Rule | Footnote):
        kept.pop()
    after = last.blocks[len(kept) :]
    if any(isinstance(b, Box | Section) for s in others for b in s.blocks):
        return siblings, ()
    return (*others, msgspec.structs.replace(last, blocks=tuple(kept))), after


def _arranged(group: Parallel, siblings: tuple[Sibling, ...]) -> Siblings:
    if not all(_is_short(s, group.labels) for s in siblings):
        pairs = [tuple(siblings[i : i + 2]) for i in range(0, len(siblings), 2)]
        return Siblings("cards", pairs=tuple((p, max(map(_lines, p)) > TALL) for p in pairs))
    rows = tuple((s, _cells(s, group.labels)) for s in siblings)
    if all(_NAMELESS.fullmatch(s.heading.name) for s in siblings) or len(group.labels) > COLUMNS:
        return Siblings("ladder", group.labels, rows)
    return Siblings("table", group.labels, rows)


def _bare(label: str) -> str:
    return label.rstrip(": ").casefold()


def _cells(sibling: Sibling, labels: tuple[str, ...]) -> tuple[Field | None, ...]:
    mine = {_bare(f.label.plain): f for f in fields_of(sibling)}
    by_key = {f.key: f for f in fields_of(sibling)}
    return tuple(mine.get(_bare(n)) or by_key.get(_bare(n)) for n in labels)


def _is_short(sibling: Sibling, labels: tuple[str, ...]) -> bool:
    """Whether a sibling is nothing but the labels' fields, each a few lines of text."""
    fields = tuple(fields_of(sibling))
    found = tuple(f for f in _cells(sibling, labels) if f is not None)
    if len(found) != len(fields) or any(not _is_value(f) for f in fields):
        return False
    return all(c in fields or isinstance(c, Rule) or _holds(c, fields) for c in children(sibling))


def _holds(node: object, fields: tuple[Field, ...]) -> bool:
    items = getattr(node, "items", ())
    return bool(items) and all(len(i.blocks) == 1 and i.blocks[0] in fields for i in items)


def _is_value(field: Field) -> bool:
    texts = [field.value] + [b.text for b in field.blocks if isinstance(b, Paragraph)]
    plain = all(isinstance(b, Paragraph) for b in field.blocks)
    return plain and sum(len(t.plain) for t in texts) <= SHORT


def _lines(sibling: Sibling) -> int:
    """Return some lines that a card takes, for its row's breaking."""
    return sum(1 + len(text.plain) // LINE for text in texts([sibling]))
