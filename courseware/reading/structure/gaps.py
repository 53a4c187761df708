"""What is left to fill in: labels with nothing behind them, placeholders, boxes and letters on lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

import msgspec

from courseware.diagnostics import Span
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.model.blocks import (
    Block,
    Box,
    Cell,
    Code,
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
from courseware.model.cutting import asks, part_of
from courseware.model.inline import Blank
from courseware.model.kinds import find_kind
from courseware.model.walk import CHILD_FIELDS, N
from courseware.reading.blocks.inline_tokens import Line

replace = msgspec.structs.replace
_LETTER = re.compile(r"^\(?(?P<letter>[A-Ha-h])[.)]\s+\S")
_BOX = re.compile(r"(?:\[(?P<mark>[ xX]?)\]|[☐□○◯]|\( ?\))\s+")
_PLACEHOLDER = re.compile(r"^\[[^\W\d_][^\[\]:]*\]$")
_WITHHELD = ("answer", "hint", "facilitator", "debrief", "time")
_FORM_LABEL = re.compile(r"^\s*(?:[-*•]\s+)?[^:?.!]{1,40}:$")
_FORM_QUESTION = re.compile(r"\?[\"')]*\s*$")
_SLOT = re.compile(r"(?<![\w\]])\[([^\W\d_][^\[\]:]*)\](?![(\[:\w])")
_PLACE = re.compile(r"^\s*(?:[-*•]\s+)?[^:?.!\[\]]{1,40}:\s*\[[^\W\d_][^\[\]:]*\]$")
"""A form's line that names what stands there in a placeholder: "Goal: [your goal]"."""
COUNTED = re.compile(r"^[\s*_]*(?:[^\W\d_]+\s?)?\d+\s*[.):]\s+")
"""A question's number: "Q2: ", "3) "."""
_FIRST = re.compile(r"[^\W\d_]+")
SLOTS = 2
"""Placeholders in a table from which they are places to fill in."""
LINE = 24
"""Characters of a blank behind a form's line."""


# -- lines of a paragraph ------------------------------------------------------------


def boxes_of(line: Line, span: Span) -> tuple[Block, ...]:
    """Return the choices that a line of two or more boxes holds, and the words before: "Open: [ ] yes [ ] no"."""
    plain = line.text.plain
    marks = list(_BOX.finditer(plain))
    first = marks[0].start() if marks else 0
    lead = plain[:first].rstrip()
    written = bool(marks) and marks[0].group().startswith(("[", "("))
    if len(marks) < 2 or (written and lead and not lead.endswith((":", "?", "：", "？"))):
        return ()
    ends = [*(mark.start() for mark in marks[1:]), len(plain)]
    said = [
        (mark, part_of(line.text, mark.end(), end)) for mark, end in zip(marks, ends, strict=True)
    ]
    items = tuple(_choice(text, span, bool((mark["mark"] or "").strip())) for mark, text in said)
    before = Paragraph(span=span, text=part_of(line.text, 0, len(lead)))
    return (*((before,) if lead else ()), List(span=span, items=items, choices=True))


def has_slots(text: str, words: Vocabulary) -> bool:
    """Whether a sentence leaves places to fill in: two "[placeholders]", or one that says whose or what."""
    found = _SLOT.findall(text)
    own = words.of("placeholder_words")
    return len(found) > 1 or any(key_of(_FIRST.match(slot)[0]) in own for slot in found)  # type: ignore[index]


def _choice(text: Text, span: Span, checked: bool | None) -> Item:
    return Item(span=span, checked=checked, blocks=(Paragraph(span=span, text=text),))


def lettered(lines: Sequence[str], before: str, words: Vocabulary) -> int:
    """Return how many of lines are the lettered choices of the question before them, else 0."""
    if not (asks(before) or "__" in before or _picks(before, words)):
        return 0
    letters = [found["letter"].lower() if (found := _LETTER.match(one)) else "" for one in lines]
    count = next((n for n, one in enumerate(letters) if one != chr(ord("a") + n)), len(letters))
    return count if count > 1 else 0


def as_choices(listed: List, before: str, words: Vocabulary) -> List:
    """Return a list whose items are the lettered choices of the question before it as such; others as they are."""
    said = [i.blocks[0].text.plain if i.blocks and isinstance(i.blocks[0], Paragraph) else ""
            for i in listed.items]  # fmt: skip
    all_of_them = lettered(said, before, words) == len(said) > 1
    boxed = any(item.checked is not None for item in listed.items)
    return (
        listed
        if boxed or not all_of_them or any(map(asks, said))
        else replace(listed, choices=True)
    )


def _picks(text: str, words: Vocabulary) -> bool:
    """Whether a text asks without its mark, or tells to pick: "Which of these floats", "Choose one:"."""
    first = _FIRST.match(COUNTED.sub("", text).strip(" *_"))
    word = key_of(first[0]) if first else ""
    open_question = word in words.of("question_words") and not text.rstrip().endswith(":")
    return open_question or word in words.of("space_picked") | words.of("picking_verbs")


def letters_of(lines: Sequence[Line], span: Span) -> List:
    """Return lettered lines as choices, with their letters."""
    places = [replace(span, line=one.number) for one in lines]
    items = (_choice(one.text, at, None) for one, at in zip(lines, places, strict=True))
    return List(span=places[0], items=tuple(items), choices=True)


def last_words(listed: List) -> str:
    """Return the words that a list ends with, "" where something else ends it."""
    last = listed.items[-1].blocks[-1:] if listed.items else ()
    return last[0].text.plain if last and isinstance(last[0], Paragraph) else ""


def with_choices_below(listed: List, choices: List) -> List:
    """Return a list with choices that stand below it, without an indent, in its last question."""
    *items, last = listed.items
    last = replace(last, blocks=(*last.blocks, choices))
    return replace(listed, items=(*items, last))


def form_of(lines: Sequence[Line], span: Span) -> Form | None:
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


# -- blocks --------------------------------------------------------------------------


def with_gaps(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks with a line to write on behind each label and placeholder that waits for one."""
    return tuple(
        _gap(block, after) for block, after in zip(blocks, [*blocks[1:], None], strict=False)
    )


def _gap(block: N, after: Block | None) -> N:
    if isinstance(block, Code) or (
        isinstance(block, Box) and find_kind(block.kind).audience != "everyone"
    ):
        return block
    if isinstance(block, Field):
        return cast(N, _field(block, after))
    if isinstance(block, Table):
        return cast(N, _filled_cells(block))
    changes: dict[str, Any] = {}
    for name in CHILD_FIELDS:
        inside = getattr(block, name, ())
        if inside:
            changes[name] = with_gaps(inside)
    if isinstance(block, List) and len(block.items) > 1 and all(map(_is_placeholder, block.items)):
        changes["items"] = tuple(_with_line(i) for i in block.items)
    return replace(block, **changes) if changes else block


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


def _field(field: Field, after: Block | None) -> Field:
    """Return a field with a line where nothing, or a placeholder, stands behind its label."""
    if field.role in _WITHHELD:
        return field
    if field.blocks:
        return replace(field, blocks=with_gaps(field.blocks))
    empty = not field.value and (after is None or isinstance(after, Field | Rule))
    if empty or _PLACEHOLDER.match(field.value.plain.strip()):
        return replace(field, blocks=(_line(field.span),))
    return field


def _is_placeholder(item: Item) -> bool:
    first = item.blocks[0] if len(item.blocks) == 1 else None
    said = first.text.plain.strip() if isinstance(first, Paragraph) and not first.text.links else ""
    return item.checked is None and bool(_PLACEHOLDER.match(said))


def _with_line(item: Item) -> Item:
    return replace(item, blocks=(*item.blocks, _line(item.span)))


def _line(span: Span) -> Space:
    return Space(span=span, kind="lines", size=1.0)
