"""What is left to fill in: labels with nothing behind them, placeholders, boxes and letters on lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any, cast

import msgspec

from courseware.diagnostics import Span
from courseware.language.twins import twins
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
from courseware.model.cutting import asks, part_of, trimmed
from courseware.model.inline import Blank, Mark, joined, plain_text
from courseware.model.kinds import find_kind
from courseware.model.walk import CHILD_FIELDS, N
from courseware.reading.blocks.inline_tokens import Line
from courseware.reading.structure.lead_ins import commands

replace = msgspec.structs.replace
_LETTER = re.compile(r"^\(?(?P<letter>[A-Ha-h])[.)]\s+\S")
_BOX = re.compile(r"(?:\[(?P<mark>[ xX]?)\]|[☐□○◯]|\((?P<radio>[ xX]?)\))\s+")
_RIGHT, _WRONG = "✅✔✓☑🟢", "❌✗✘✖🔴"
"""Signs of a right choice, and of a wrong one."""
_FIRST_SIGN = re.compile(rf"^(?P<sign>[{_RIGHT}{_WRONG}])\ufe0f?\s*")
_LAST_SIGN = re.compile(rf"\s*(?P<sign>[{_RIGHT}{_WRONG}])\ufe0f?")
_SAID = re.compile(
    r"\s*(?:[(\[（]|\s(?:←|<-+|–|—|-)\s*)\*{0,2}(?P<words>[^()\[\]（）]{2,30}?)[.!]?\*{0,2}(?:[)\]）]|$)"
)
"""What says in words of a choice that it is the right one: "(correct)", "← right answer"."""
_PLACEHOLDER = re.compile(r"^\[[^\W\d_][^\[\]:]*\]$")
_WITHHELD = ("answer", "hint", "facilitator", "debrief", "time")
_FORM_LABEL = re.compile(r"^\s*(?:[-*•]\s+)?[^:?.!]{1,40}:$")
_FORM_QUESTION = re.compile(r"\?[\"')]*\s*$")
_SLOT = re.compile(r"(?<![\w\]])\[([^\W\d_][^\[\]:]*)\](?![(\[:\w])")
_PLACE = re.compile(r"^\s*(?:[-*•]\s+)?[^:?.!\[\]]{1,40}:\s*\[[^\W\d_][^\[\]:]*\]$")
"""A form's line that names what stands there in a placeholder: "Goal: [your goal]"."""
COUNTED = re.compile(r"^[\s*_]*(?:[^\W\d_]+\s?)?\d+\s*[.):]\s+")
"""A question's number: "Q2: ", "3) "."""
_EDGE = " \t-–—:=()|·•"
_FIRST = re.compile(r"[^\W\d_]+")
_ONE = r"(?:(?:\[ ?\]|[☐□○◯]|\( ?\))\s*)?\d{1,2}"
_SCALE = re.compile(
    rf"(?P<low>(?:[^\d\[(☐□○◯]|\((?! ?\)))*?)(?P<run>{_ONE}(?:(?:\s*[-–—/|·•]+\s*|\s+|(?=[☐□○◯])){_ONE}){{2,10}})(?P<high>\D*)"
)
"""A scale to mark: "Never 1 2 3 4 5 always", "1 – 2 – 3", "☐1 ☐2 ☐3"."""
LONGEST_END = 40
"""Characters of what a scale's end is called."""
_TICKS = re.compile(r"(?:^|(?<=\s))(\[[ xX]?\]|[☐□☑☒])(?:\s+|$)")
_OPEN = ("[ ]", "[]", "☐", "□")
"""Boxes that nobody has ticked."""
TASKS = ("exercises", "questions")
"""Kinds of sections in which what is ticked is the key."""
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
    items = tuple(_choice(text, span, _is_ticked(mark)) for mark, text in said)
    before = Paragraph(span=span, text=part_of(line.text, 0, len(lead)))
    return (*((before,) if lead else ()), List(span=span, items=items, choices=True))


def scale_of(line: Line, span: Span, before: str, words: Vocabulary) -> tuple[Block, ...]:
    """Return the numbers of a scale to mark as choices, and a label before them; () where a line is none.

    A scale's numbers follow each other from or to 0 or 1. It stands below what asks, or behind a colon.
    """
    plain = twins(line.text.plain).strip()
    found = _SCALE.fullmatch(plain)
    if found is None:
        return ()
    numbers = [int(number) for number in re.findall(r"\d+", found["run"])]
    rising = numbers[-1] > numbers[0]
    steps = {b - a for a, b in itertools.pairwise(numbers)}
    if steps != {1 if rising else -1} or min(numbers) > 1:
        return ()
    low, high = found["low"].strip(_EDGE), found["high"].strip(_EDGE)
    lead = found["low"].rstrip().endswith((":", "?"))
    asked = asks(before) or commands(before, words) or _picks(before, words)
    if not (lead or asked) or max(len(high), 0 if lead else len(low)) > LONGEST_END:
        return ()
    ends = {0: "" if lead else low, len(numbers) - 1: high}
    said = (f"{number} {ends.get(n, '')}".strip() for n, number in enumerate(numbers))
    items = tuple(_choice(plain_text(text), span, None) for text in said)
    label = part_of(line.text, 0, len(found["low"].rstrip())) if lead else Text()
    first = (Paragraph(span=span, text=label),) if label else ()
    return (*first, List(span=span, items=items, choices=True))


def _is_ticked(box: re.Match[str]) -> bool:
    return bool((box["mark"] or box["radio"] or "").strip())


def boxed(lines: Sequence[str]) -> int:
    """Return how many of lines begin with a box or a round one, as choices do of which one at least is empty; else 0."""
    boxes = [_BOX.match(one) for one in lines]
    count = next((n for n, box in enumerate(boxes) if box is None), len(boxes))
    begun = [box for box in boxes[:count] if box]
    return count if count > 1 and not all(map(_is_ticked, begun)) else 0


def boxes_below(lines: Sequence[Line], span: Span) -> List:
    """Return lines that begin with boxes as choices, ticked where the box is."""
    found = [(one, _BOX.match(one.text.plain)) for one in lines]
    items = (_choice(part_of(one.text, box.end(), len(one.text.plain)), replace(span, line=one.number), _is_ticked(box))
             for one, box in found if box)  # fmt: skip
    return List(span=replace(span, line=lines[0].number), items=tuple(items), choices=True)


def keyed(listed: List, before: str, words: Vocabulary) -> List:
    """Return a list of a question's choices with the right ones ticked that a sign or a word marks; others as they are."""
    if any(i.checked for i in listed.items) and not all(i.checked for i in listed.items):
        asked = listed.choices or _is_asked(before, words)
        return replace(listed, choices=True) if asked else listed
    firsts = [i.blocks[0] if i.blocks else None for i in listed.items]
    texts = [one.text for one in firsts if isinstance(one, Paragraph)]
    if len(texts) < max(len(firsts), 2):
        return listed
    if (round_ := boxed([text.plain for text in texts])) == len(texts):
        found = [(_BOX.match(text.plain), text) for text in texts]
        marks = [
            (part_of(t, box.end(), len(t.plain)), Text(), _is_ticked(box))
            for box, t in found
            if box
        ]
    else:
        marks = [_right(text, words) for text in texts]
    ticks = [right for *_, right in marks]
    if (not any(ticks) and not round_) or all(ticks):
        return listed
    if not round_ and not (listed.choices or _is_asked(before, words)):
        return listed
    items = (
        replace(item, checked=right, blocks=(*_of_choice(item, kept, said), *item.blocks[1:]))
        for item, (kept, said, right) in zip(listed.items, marks, strict=True)
    )
    return replace(listed, items=tuple(items), choices=True)


def _right(text: Text, words: Vocabulary) -> tuple[Text, Text, bool]:
    """Return a choice without what marks it, what is said behind that, and whether it is the right one."""
    plain = text.plain
    if first := _FIRST_SIGN.match(plain):
        return part_of(text, first.end(), len(plain)), Text(), first["sign"] in _RIGHT
    last = _LAST_SIGN.search(plain)
    right = last is not None and last["sign"] in _RIGHT
    said = (
        one for one in _SAID.finditer(plain) if key_of(one["words"]) in words.of("right_choice")
    )
    told = next(said, None)
    found = last or told
    if found is None:
        return text, Text(), False
    cut = min(one.start() for one in (last, told) if one)
    end = max(one.end() for one in (last, told) if one)
    return part_of(text, 0, cut), part_of(text, end, len(plain)), right or told is not None


def _of_choice(item: Item, text: Text, said: Text) -> tuple[Block, ...]:
    """Return a choice's text, not bold as a whole, and what is said of it as an answer."""
    bold = text.inlines[0] if len(text.inlines) == 1 else None
    if isinstance(bold, Mark) and bold.name in ("strong", "b"):
        text = Text(bold.inside)
    shown = Paragraph(span=item.blocks[0].span, text=text)
    if not said.plain.strip():
        return (shown,)
    hidden = Paragraph(span=shown.span, text=said)
    return (
        shown,
        Box(
            span=shown.span, kind="answer", blocks=(hidden,), products=find_kind("answer").products
        ),
    )


def _is_asked(before: str, words: Vocabulary) -> bool:
    """Whether a text before choices asks: a question, a blank, or a command to pick."""
    return bool(asks(before) or "__" in before or _picks(before, words))


def has_slots(text: str, words: Vocabulary) -> bool:
    """Whether a sentence leaves places to fill in: two "[placeholders]", or one that says whose or what."""
    found = _SLOT.findall(text)
    own = words.of("placeholder_words")
    return len(found) > 1 or any(key_of(_FIRST.match(slot)[0]) in own for slot in found)  # type: ignore[index]


def _choice(text: Text, span: Span, checked: bool | None) -> Item:
    return Item(span=span, checked=checked, blocks=(Paragraph(span=span, text=text),))


def lettered(lines: Sequence[str], before: str, words: Vocabulary) -> int:
    """Return how many of lines are the lettered choices of the question before them, else 0."""
    if not _is_asked(before, words):
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
    changes: dict[str, Any] = {}
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
    items = tuple(_choice(words, cell.span, ticked) for ticked, words in parts)
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
    return item.checked is None and bool(_PLACEHOLDER.match(said))


def _with_line(item: Item) -> Item:
    return replace(item, blocks=(*item.blocks, _line(item.span)))


def _line(span: Span) -> Space:
    return Space(span=span, kind="lines", size=1.0)
