"""What is left to fill in: labels with nothing behind them, placeholders, forms, boxes in tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

import msgspec

from courseware.diagnostics import Span
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.model.blocks import (
    Block,
    Box,
    Cell,
    Code,
    Exercise,
    Field,
    Form,
    Item,
    List,
    Paragraph,
    Row,
    Rule,
    Space,
    Table,
    Text,
)
from courseware.model.cutting import part_of, trimmed
from courseware.model.inline import Blank, joined
from courseware.model.kinds import find_kind
from courseware.model.walk import CHILD_FIELDS, N
from courseware.reading.blocks.inline_tokens import ParagraphLine
from courseware.reading.structure.tasks.choices import choice

replace = msgspec.structs.replace
_PLACEHOLDER = re.compile(r"^\[[^\W\d_][^\[\]:]*\]$")
_WITHHELD = ("answer", "hint", "facilitator", "debrief", "time")
_FORM_LABEL = re.compile(r"^\s*(?:[-*•]\s+)?[^:?.!]{1,40}:$")
_FORM_QUESTION = re.compile(r"\?[\"')]*\s*$")
_SLOT = re.compile(r"(?<![\w\]])\[([^\W\d_][^\[\]:]*)\](?![(\[:\w])")
_PLACE = re.compile(r"^\s*(?:[-*•]\s+)?[^:?.!\[\]]{1,40}:\s*\[[^\W\d_][^\[\]:]*\]$")
"""A form's line that names what stands there in a placeholder: "Goal: [your goal]"."""
_FIRST = re.compile(r"[^\W\d_]+")
_TICKS = re.compile(r"(?:^|(?<=\s))(\[[ xX]?\]|[☐□☑☒])(?:\s+|$)")
_OPEN = ("[ ]", "[]", "☐", "□")
"""Boxes that nobody has ticked."""
TASKS = ("exercises", "questions")
"""Kinds of sections in which what is ticked is the key."""
SLOTS = 2
"""Placeholders in a table from which they are places to fill in."""
LINE = 24
"""Characters of a blank behind a form's line."""


def has_slots(text: str, words: Vocabulary) -> bool:
    """Whether a sentence leaves places to fill in: two "[placeholders]", or one that says whose or what."""
    found = _SLOT.findall(text)
    own = words.of("placeholder_words")
    return len(found) > 1 or any(key_of(_FIRST.match(slot)[0]) in own for slot in found)  # type: ignore[index]


def form_of(lines: Sequence[ParagraphLine], span: Span) -> Form | None:
    """Return the form that two or more lines "Goal: [your goal]" are, each with a blank, else None."""
    said = [one.text for one in lines]
    if len(said) < 2 or not all(_PLACE.match(text.plain) and not text.links for text in said):
        return None
    return Form(span=span, lines=filled_in(said))


def filled_in(lines: Sequence[Text]) -> tuple[Text, ...]:
    """Return a form's lines with a blank behind each that asks, or that names what stands nowhere."""
    return tuple(
        Text((*line.inlines, Blank(LINE))) if _waits(line, after) else line
        for line, after in zip(lines, [*lines[1:], None], strict=False)
    )


def _waits(line: Text, after: Text | None) -> bool:
    if line.has(Blank):
        return False
    below = after.plain if after is not None else ""
    if _PLACE.match(line.plain):
        return True
    alone = not below.strip() or bool(_FORM_LABEL.match(below))
    return bool(_FORM_QUESTION.search(line.plain)) or (
        alone and bool(_FORM_LABEL.match(line.plain))
    )


def with_gaps(blocks: Sequence[Block], task: bool = False) -> tuple[Block, ...]:
    """Return blocks with a line to write on behind each label and placeholder that waits for one, and tables' boxes to tick.

    `task` tells that they are of an exercise or of questions, where what is ticked is the key.
    """
    return tuple(
        _gap(block, after, task) for block, after in zip(blocks, [*blocks[1:], None], strict=False)
    )


def _gap(block: N, after: Block | None, task: bool) -> N:
    if isinstance(block, Code) or (
        isinstance(block, Box) and find_kind(block.kind).audience != "everyone"
    ):
        return block
    if isinstance(block, Field):
        return cast(N, _field(block, after, task))
    if isinstance(block, Table):
        return cast(N, with_ticks(_filled_cells(block), task))
    task = task or isinstance(block, Exercise) or getattr(block, "kind", "") in TASKS
    changes: dict[str, object] = {}
    for name in CHILD_FIELDS:
        inside = getattr(block, name, ())
        if inside:
            changes[name] = with_gaps(inside, task)
    if isinstance(block, List) and len(block.items) > 1 and all(map(_is_placeholder, block.items)):
        changes["items"] = tuple(_with_line(i) for i in block.items)
    return replace(block, **changes) if changes else block


def with_ticks(table: Table, task: bool) -> Table:
    """Return a table with the boxes of its cells, `[ ]` or ☐, to tick; ticked ones are the key of a task, else signs."""
    said = (_text(cell).plain for row in table.rows for cell in row.cells)
    found = [mark for text in said for mark in _TICKS.findall(text)]
    if not found:
        return table
    ticked = any(mark not in _OPEN for mark in found)
    rows = tuple(
        replace(row, cells=tuple(_cell_ticks(c, ticked and not task) for c in row.cells))
        for row in table.rows
    )
    return replace(table, rows=rows)


def _text(cell: Cell) -> Text:
    """Return the text that is all of a cell, an empty one where anything else is in it."""
    first = cell.blocks[0] if len(cell.blocks) == 1 and not cell.header else None
    return first.text if isinstance(first, Paragraph) else Text()


def _cell_ticks(cell: Cell, signs: bool) -> Cell:
    """Return a cell that begins with a box as its boxes, or as the signs of them."""
    text = _text(cell)
    marks = list(_TICKS.finditer(text.plain))
    if not marks or marks[0].start():
        return cell
    ends = [*(mark.start() for mark in marks[1:]), len(text.plain)]
    parts = [
        (m[1] not in _OPEN, part_of(text, m.end(), end)) for m, end in zip(marks, ends, strict=True)
    ]
    if signs:
        shown = (joined("☑ " if ticked else "☐ ", words) for ticked, words in parts)
        return replace(cell, blocks=(Paragraph(span=cell.span, text=trimmed(joined(*shown))),))
    items = tuple(choice(words, cell.span, ticked) for ticked, words in parts)
    return replace(cell, blocks=(List(span=cell.span, items=items, choices=True),))


def _filled_cells(table: Table) -> Table:
    """Return a table with a blank in each cell that holds a placeholder, where two or more do."""
    slots = {id(c) for row in table.rows for c in row.cells if _is_slot(c) or _is_labels(row)}
    if len(slots) < SLOTS:
        return table
    rows = tuple(
        replace(row, cells=tuple(_slot(c) if id(c) in slots else c for c in row.cells))
        for row in table.rows
    )
    return replace(table, rows=rows)


def _is_labels(row: Row) -> bool:
    """Whether all that a row's cells, two or more, hold is a label that waits: "Strengths:"."""
    said = [b.text.plain if isinstance(b, Paragraph) else "" for c in row.cells for b in c.blocks]
    return len(said) > 1 and all(text.rstrip().endswith((":", "：")) for text in said)


def _is_slot(cell: Cell) -> bool:
    first = cell.blocks[0] if len(cell.blocks) == 1 else None
    plain = isinstance(first, Paragraph) and not first.text.links and not cell.header
    return plain and bool(_PLACEHOLDER.match(first.text.plain.strip()))  # type: ignore[union-attr]


def _slot(cell: Cell) -> Cell:
    return replace(cell, blocks=(*cell.blocks, _line(cell.span)))


def _field(field: Field, after: Block | None, task: bool) -> Field:
    """Return a field with a line where nothing, or a placeholder, stands behind its label."""
    if field.role in _WITHHELD:
        return field
    if field.blocks:
        return replace(field, blocks=with_gaps(field.blocks, task))
    empty = not field.value and (after is None or isinstance(after, Field | Rule))
    if empty or _PLACEHOLDER.match(field.value.plain.strip()):
        return replace(field, blocks=(_line(field.span),))
    return field


def _is_placeholder(item: Item) -> bool:
    first = item.blocks[0] if len(item.blocks) == 1 else None
    said = first.text.plain.strip() if isinstance(first, Paragraph) and not first.text.links else ""
    return item.checked is None and bool(_PLACEHOLDER.match(said) or _PLACE.match(said))


def _with_line(item: Item) -> Item:
    return replace(item, blocks=(*item.blocks, _line(item.span)))


def _line(span: Span) -> Space:
    return Space(span=span, kind="lines", size=1.0)
