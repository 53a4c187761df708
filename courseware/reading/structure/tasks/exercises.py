"""Inside an exercise: answers, hints, parts, what it asks for, and its time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Literal

import msgspec

from courseware.language.twins import twins
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.model.blocks import (
    Block,
    Box,
    Cell,
    Code,
    Drawing,
    Exercise,
    Field,
    Figure,
    Form,
    Item,
    List,
    Node,
    Paragraph,
    Part,
    Space,
    Table,
)
from courseware.model.cutting import asks
from courseware.model.inline import Blank, Verbatim
from courseware.model.kinds import select_kinds
from courseware.model.tasks.classes import classes_of
from courseware.model.tasks.each import asks_criteria, criteria_of, each_of
from courseware.model.walk import CHILD_FIELDS, N, own_texts, texts, walk
from courseware.reading.structure.bold import unbold_field
from courseware.reading.structure.lead_ins import (
    acts,
    begins,
    commands,
    draws,
    explains,
    leads,
    names_task,
    opens_question,
    picks_elsewhere,
    tells_to_write,
)
from courseware.reading.structure.tasks.choices import COUNTED, as_choices, with_choices
from courseware.reading.structure.tasks.gaps import has_slots
from courseware.reading.structure.tasks.task_words import stated_group
from courseware.reading.structure.times.time_phrases import stated_time

replace = msgspec.structs.replace


class Recogniser:
    """Recognises what is in an exercise, a questions section or a deliverable."""

    def __init__(self, words: Vocabulary) -> None:
        """Take the vocabulary."""
        self.words = words

    # -- fields -------------------------------------------------------------------

    def labelled(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """Return an exercise's blocks with fields given their roles, and "Hint:" lines too."""
        result: list[Block] = []
        for block in blocks:
            last = result[-1] if result else None
            found = unbold_field(block, self.words) if isinstance(block, Paragraph) else None
            if found is not None:
                block = found
            elif isinstance(last, Field) and self._takes(last, block):
                result.pop()
                block = replace(last, blocks=(*last.blocks, block))
            result.append(self._deeper(block))
        return tuple(self._with_role(b) for b in result)

    def _takes(self, last: Field, block: Node) -> bool:
        return not last.value and not last.blocks and not isinstance(block, Field | Part)

    def _deeper(self, block: N) -> N:
        if isinstance(block, Box) and block.kind in ("facilitator", "answer"):
            return block
        changes = {}
        for name in CHILD_FIELDS:
            if getattr(block, name, ()):
                changes[name] = self.labelled(getattr(block, name))
        return replace(block, **changes) if changes else block

    def _with_role(self, block: Block) -> Block:
        if not isinstance(block, Field) or block.role:
            return block
        return with_role(block, self.words, True)

    # -- prompts ------------------------------------------------------------------

    def prompted(
        self, blocks: Sequence[Block], lead: str = "", given: bool = False
    ) -> tuple[Block, ...]:
        """Mark what asks; `lead` is the text that leads in, `given` where nothing asks."""
        result: list[Block] = []
        sentence = lead
        after_question = False
        for block, after in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Paragraph):
                asking = self._asks(block.text.plain, after) and not given
                result.append(replace(block, asks=asking))
                sentence = self._lead(block.text.plain, sentence)
                after_question = asking
                continue
            if isinstance(block, List):
                block = self._list(block, sentence, after_question, given)
            elif isinstance(block, Field):
                block = self._field(block, sentence, given)
            elif isinstance(block, Part):
                block = replace(block, blocks=self.prompted(block.blocks, "", given))
            elif not isinstance(block, Box) or block.kind not in _NEVER:
                block = self._container(block, sentence, given)
            result.append(block)
            after_question = False
        return tuple(result)

    def _container(self, block: N, lead: str, given: bool) -> N:
        changes = {}
        if isinstance(block, Cell) and _own(block).rstrip().endswith((":", "：")):
            return block  # a label: its line stands in the cell
        given = given or (isinstance(block, Table) and not _has_gaps(block, self.words))
        for name in CHILD_FIELDS:
            inside = getattr(block, name, ())
            if inside and not isinstance(inside[0], Item):
                changes[name] = self.prompted(inside, lead, given)
        return replace(block, **changes) if changes else block

    def _lead(self, text: str, before: str) -> str:
        short = text.endswith(":") and len(text.split()) <= 4
        return f"{before} {text}" if short and not self.commands(text) else text

    def _asks(self, text: str, after: Block | None) -> bool:
        """Whether a paragraph asks: by a question, or by a verb of writing that nothing below serves."""
        served = isinstance(after, Code | Drawing | Form | List | Space | Table)
        shown = isinstance(after, Code | Drawing) and (
            explains(text, self.words) or opens_question(text, self.words)
        )
        full = isinstance(after, Table) and not _has_gaps(after, self.words)
        bare = full or isinstance(after, Code | Drawing)
        told = not served and tells_to_write(text, self.words)
        told = told or shown or ((bare or not served) and draws(text, self.words))
        each = not isinstance(after, List) and self._of_each(text)
        return (
            asks(text, self.words.tongue)
            or told
            or each
            or has_slots(text, self.words)
            or self._waits(text, after)
        )

    def _waits(self, text: str, after: Block | None) -> bool:
        """Whether a text is a label with nothing behind it: "One thing I learned today:"."""
        labelled = isinstance(after, Paragraph) and after.text.plain.rstrip().endswith((":", "："))
        label = twins(text).rstrip()
        return (
            (after is None or labelled)
            and label.endswith(":")
            and not self.words.role_of(key_of(label[:-1]))
            and begins(label, self.words) != "act"
        )

    def _of_each(self, text: str) -> bool:
        """Whether a text asks something of each of several things, and says what."""
        each = None if text.rstrip().endswith((":", "：")) else each_of(text, self.words)
        return each is not None and bool(criteria_of(each, self.words))

    def _field(self, field: Field, lead: str, given: bool) -> Field:
        given = (
            given
            or field.key in self.words.of("given")
            or field.role in ("answer", "hint", "facilitator")
        )
        if given:
            return field
        value = field.value.plain
        drawn = draws(value, self.words)
        told = drawn or asks(value, self.words.tongue) or tells_to_write(value, self.words)
        step = (told and self._is_step(field)) or names_task(field.label.plain, value, self.words)
        if step and not field.blocks:
            return replace(field, blocks=(Space(span=field.span, kind=_SPACES[drawn]),))
        label = field.label.plain.rstrip(":") + ":"
        sentence = f"{label} {field.value.plain}".strip()
        if (
            not self.commands(sentence)
            and field.key not in self.words.of("task_labels")
            and not each_of(sentence, self.words)
        ):
            first, *more = label.lower().split()
            goes_on = more and len(more) < 3 and first in self.words.of("title_joins")
            sentence = lead if goes_on else sentence  # "For the pitch:"
        elif field.key in self.words.of("task_labels") and not field.value:
            sentence = "Answer:"
        return replace(field, blocks=self.prompted(field.blocks, sentence, given))

    def _is_step(self, field: Field) -> bool:
        """Whether a label only counts or names what stands behind it: "Step 1", "Task"."""
        if field.key in self.words.of("task_labels"):
            return True
        word, _, number = field.label.plain.rstrip(": ").rpartition(" ")
        return word.lower() in self.words.of("part_words") and len(number) <= 2

    def commands(self, text: str) -> bool:
        """Whether a lead-in commands by a writing verb, at a sentence's start or after its comma."""
        return commands(text, self.words)

    def _list(self, block: List, lead: str, after_question: bool, given: bool) -> List:
        if block.is_scale:
            return block
        own = [_own(i) for i in block.items]
        cases = bool(classes_of(lead, self.words, own)) and not block.choices
        commanded = (
            cases or leads(lead, own, self.words, block.ordered) or self._are_criteria(lead, own)
        )
        items = [self._item(item, block.ordered, commanded, given) for item in block.items]
        if cases and not given:
            items = [replace(i, asks=bool(i.blocks) and i.checked is None) for i in items]
        choices = (
            after_question
            and not cases
            and not any(i.asks or i.part for i in items)
            and any(i.blocks for i in items)
        )
        if (
            after_question
            and commanded
            and not any(asks(_own(i), self.words.tongue) for i in block.items)
        ):
            choices = False
        return replace(block, items=tuple(items), choices=block.choices or choices)

    def _are_criteria(self, lead: str, items: Sequence[str]) -> bool:
        """Whether items are what a lead-in asks of each of several things."""
        each = each_of(lead, self.words)
        acting = sum(acts(item, self.words) for item in items)
        if each is None or acts(each.rest, self.words) or 2 * acting >= len(items):
            return False
        return asks_criteria(each, items, self.words)

    def _item(self, item: Item, ordered: bool, commanded: bool, given: bool) -> Item:
        own = _own(item)
        if any(isinstance(b, List) for b in walk(item.blocks)):
            blocks = self.prompted(item.blocks, own, given)
            inner = any(isinstance(b, List) and any(i.asks for i in b.items) for b in walk(blocks))
            mine = not given and not inner and (asks(own, self.words.tongue) or commanded)
            return replace(item, blocks=_quiet(blocks), part=True, asks=mine)
        coded = any(isinstance(b, Code) for b in item.blocks)
        step = (
            ordered
            and not coded
            and begins(own, self.words) == "write"
            and not picks_elsewhere(own, _has_code(item), self.words)
        )
        step = step or (not coded and draws(own, self.words))
        told = commanded and not coded and not acts(own, self.words)
        alone = len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph)
        step = step or (alone and self._waits(own, None))
        mine = (
            asks(own, self.words.tongue)
            or told
            or step
            or self._of_each(own)
            or has_slots(own, self.words)
        )
        return replace(item, asks=bool(mine and not given and own and item.checked is None))

    # -- the exercise ---------------------------------------------------------------

    def exercise(self, found: Exercise) -> Exercise:
        """Return an exercise with its fields, parts, prompts and time recognised."""
        blocks = self.labelled(found.blocks)
        blocks = self._whole_last(blocks)
        blocks = with_choices(self.prompted(blocks), self.words)
        time = found.time or stated_time(blocks, self.words)
        heading = found.heading
        if not heading.group:
            heading = replace(heading, group=stated_group(blocks, self.words))
        return replace(found, heading=heading, blocks=blocks, time=time)

    def _whole_last(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Take fields of the whole exercise out of its last part."""
        if not blocks or not isinstance(blocks[-1], Part):
            return blocks
        parts = [b for b in blocks if isinstance(b, Part)]
        last = parts[-1]
        others = {b.key for p in parts[:-1] for b in p.blocks if isinstance(b, Field)}
        for at, block in enumerate(last.blocks):
            whole = (
                isinstance(block, Field)
                and block.role in ("whole", "answer")
                and block.key not in others
            )
            timed = isinstance(block, Paragraph) and self.words.takes.search(block.text.plain)
            if at and (timed or (whole and len(parts) > 1)):
                kept = replace(last, blocks=last.blocks[:at])
                return (*blocks[:-1], kept, *last.blocks[at:])
        return blocks

    def questions(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Mark each top-level item of a questions section as a prompt."""
        return with_choices(self._all_asked(self.labelled(blocks), False), self.words)

    def deliverable(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Mark each item of a deliverable as a prompt."""
        return self._all_asked(blocks, True)

    def _all_asked(self, blocks: Sequence[Block], boxes: bool) -> tuple[Block, ...]:
        made: list[Block] = []
        before: Block | None = None
        for block, after in zip(blocks, [*blocks[1:], None], strict=False):
            if isinstance(block, List) and isinstance(before, Paragraph) and not boxes:
                block = self._answers(block, before)
            done = self._asked(block, boxes)
            if isinstance(done, Paragraph) and self._waits(done.text.plain, after):
                done = replace(done, asks=True)
            made.append(done)
            before = before if isinstance(block, Code | Drawing | Figure) else block
        return tuple(made)

    def _answers(self, block: List, before: Paragraph) -> List:
        """Return a list below a text as its choices: with letters, or statements behind a counted question."""
        own = [_own(i) for i in block.items]
        stated = all(own) and all(len(i.blocks) == 1 and i.checked is None for i in block.items)
        asked = asks(before.text.plain, self.words.tongue) and COUNTED.match(before.text.plain)
        if (
            asked
            and stated
            and not any(asks(one, self.words.tongue) for one in own)
            and len(own) > 1
        ):
            return replace(block, choices=True)
        return as_choices(block, "?", self.words)

    def _with_answers(self, item: Item) -> tuple[Block, ...]:
        """Return a numbered question's blocks with the list of statements below it as its choices."""
        own = _own(item)
        return tuple(
            self._list(b, own, True, False)
            if isinstance(b, List) and len(b.items) > 1 and asks(own, self.words.tongue)
            else b
            for b in item.blocks
        )

    def _is_due(self, item: Item, boxes: bool) -> bool:
        """Whether an item is written: of a deliverable, all but what is done elsewhere ("Read chapter 4")."""
        return not acts(_own(item), self.words) if boxes else item.checked is None

    def _asked(self, block: N, boxes: bool) -> N:
        if isinstance(block, List):
            if block.choices:
                return block
            items = [
                replace(i, asks=bool(i.blocks) and self._is_due(i, boxes),
                        blocks=self._with_answers(i) if block.ordered and not boxes else i.blocks)
                for i in block.items
            ]  # fmt: skip
            return replace(block, items=tuple(items))
        if isinstance(block, Paragraph):
            return replace(block, asks=asks(block.text.plain, self.words.tongue))
        if isinstance(block, Form | Box) or (isinstance(block, Field) and not boxes):
            return block
        inside = getattr(block, "blocks", ())
        return replace(block, blocks=self._all_asked(inside, boxes)) if inside else block


_SPACES: tuple[Literal["lines"], Literal["box"]] = ("lines", "box")
_NEVER = select_kinds(lambda kind: kind.unasked)


def _own(item: Item | Cell) -> str:
    """Return an item's own text, before anything in it; code alone between its marks."""
    first = item.blocks[0] if item.blocks else None
    if isinstance(first, Paragraph):
        coded = all(isinstance(inline, Verbatim) for inline in first.text.inlines)
        return f"`{first.text.plain}`" if coded and first.text.plain else first.text.plain
    if isinstance(first, Field):
        return f"{first.label.plain} {first.value.plain}"
    return ""


def _has_gaps(table: Table, words: Vocabulary) -> bool:
    """Whether a table asks: a cell is left empty, or one holds a blank or a question. A rubric does not."""
    cells = [cell for row in table.rows for cell in row.cells if not cell.header]
    said = [[text for text in texts(cell.blocks) if text] for cell in cells]
    return not all(said) or any(
        text.has(Blank) or asks(text.plain, words.tongue) for own in said for text in own
    )


def _has_code(item: Item) -> bool:
    """Whether an item's first block holds code between its words: a name to be typed."""
    return any(text.has(Verbatim) for block in item.blocks[:1] for text in own_texts(block))


def _quiet(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(replace(b, asks=False) if isinstance(b, Paragraph) else b for b in blocks)


def with_role(field: Field, words: Vocabulary, exercise: bool) -> Field:
    """Return a field with its role: hints and debriefs only inside an exercise."""
    role = words.role_of(field.key)
    if role in ("hint", "debrief") and not exercise:
        role = ""
    if role == "debrief":
        return replace(field, role=role, audience="facilitator")
    if role == "hint":
        return replace(field, role=role, products=("worksheet", "guide"))
    return replace(field, role=role) if role else field
