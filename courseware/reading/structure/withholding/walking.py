"""The walk through a section's blocks that takes out of learners' sight what is not theirs."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from courseware.language.frames import Place, Reader
from courseware.model.blocks import (
    Block,
    Box,
    Code,
    Definitions,
    Exercise,
    Field,
    Item,
    List,
    Node,
    Paragraph,
    Part,
    Quote,
    Section,
    Table,
    Topic,
)
from courseware.model.cutting import ends_asking
from courseware.model.kinds import find_kind, select_kinds
from courseware.model.walk import CHILD_FIELDS, N, grouped, texts, ungrouped
from courseware.reading.readers import Readers
from courseware.reading.structure.labels import (
    Label,
    is_bold_line,
    is_sentence,
    label_of,
    take_reader,
)
from courseware.reading.structure.tasks.exercises import Recogniser
from courseware.reading.structure.withholding.around import (
    Around,
    joined_labels,
    labels_in,
    title_of,
)
from courseware.reading.structure.withholding.deciding import (
    ROOM,
    Deciding,
    are_choices,
    follows_task,
    is_room,
    next_words,
)
from courseware.reading.structure.withholding.hiding import (
    answered_fold,
    as_field,
    box_of,
    end_of_led,
    hidden_under,
    opened_as_question,
    opened_for_system,
    untitled_hidden,
    without_solution,
)

replace = msgspec.structs.replace
_ASKING = ("exercises", "questions", "guiding", "discussion")
Headed = Topic | Part | Box | Exercise | Section
_HIDDEN_BOXES = select_kinds(lambda kind: kind.audience == "facilitator")


class Withholding:
    """Takes out of learners' sight what words say is not theirs."""

    def __init__(self, readers: Readers, recogniser: Recogniser) -> None:
        """Take who decides, and what recognises a question or a command."""
        self.readers = readers
        self.deciding = Deciding(readers, recogniser)

    def section(self, section: Section, parents: tuple[str, ...]) -> Section:
        """Return a section with its blocks decided; `parents` are titles above it."""
        if section.audience == "facilitator":
            return section
        around = Around((*parents, title_of(section)), in_exercise=section.kind in _ASKING)
        return replace(section, blocks=self.blocks(section.blocks, around))

    def blocks(self, blocks: Sequence[Block], around: Around) -> tuple[Block, ...]:
        """Return the blocks of one container."""
        blocks = ungrouped(tuple(blocks))
        around = replace(around, labels=joined_labels(around.labels, labels_in(blocks), blocks),
                         plain=joined_labels(around.plain, labels_in(blocks, True), blocks))  # fmt: skip
        result: list[Block] = []
        at = 0
        while at < len(blocks):
            found, end = self._one(blocks, at, around)
            if self.readers.has_exercises and not around.asked:
                around = replace(around, asked=any(map(self.deciding.asks_for, blocks[at:end])))
            result += found
            at = end
        return grouped(result)

    def _one(self, blocks: Sequence[Block], at: int, around: Around) -> tuple[list[Block], int]:
        block = blocks[at]
        if isinstance(block, Paragraph):
            return self._paragraph(block, blocks, at, around)
        if isinstance(block, Field):
            return self._field(block, blocks, at, around)
        if isinstance(block, Code):
            return without_solution(block), at + 1
        beside = around.in_exercise or (at > 0 and isinstance(blocks[at - 1], Exercise))
        if beside and self.readers.folds_hidden and isinstance(block, Box):
            block = untitled_hidden(block, self.readers.frames)
        if isinstance(block, Box) and not (beside or self.readers.has_exercises):
            block = opened_for_system(block, self.readers.frames)
        asked = beside or around.asked or self._follows(blocks, at, around)
        above = blocks[at - 1] if at else None
        if isinstance(block, Box) and (
            beside or (isinstance(above, Paragraph) and self.deciding.asks_for(above))
        ):
            block = answered_fold(block, self.readers)
        if isinstance(block, Box) and not asked:
            block = opened_as_question(block, self.readers)
        listed = isinstance(block, List | Quote) and self._follows(blocks, at, around)
        around = replace(around, question=listed)
        return [self._container(block, around)], at + 1

    def _paragraph(
        self, block: Paragraph, blocks: Sequence[Block], at: int, around: Around
    ) -> tuple[list[Block], int]:
        text, stated = take_reader(block.text)
        if stated:
            block = replace(block, text=text, groups=self.readers.groups(stated))
            found = self.readers.stated(stated, block.span.line)
            return ([box_of(found, [block])] if found else [block]), at + 1
        label = label_of(text)
        if is_bold_line(text) and not (label and is_sentence(label.rest)):
            said = ROOM if is_room(blocks[at + 1 :]) else next_words(blocks, at)
            found = self.deciding.of_label(Label(text.plain, said, True, False), block, around,
                                  Place.BOLD_LINE, self._follows(blocks, at, around))  # fmt: skip
            if found:
                return hidden_under(block, blocks, at, found)
        before, labelled, found = self.deciding.cut(
            block, around, self._follows(blocks, at, around), blocks, at
        )
        if not found:
            return [block], at + 1
        first = [replace(block, text=before)] if before else []
        mine = replace(block, text=labelled)
        alone = self.deciding.is_led_in(labelled)
        taken = at + 1 if alone else end_of_led(blocks, at, labelled, found)
        if found.reader is Reader.ANSWER and taken == at + 1 and _is_shown(blocks[taken:]):
            taken += 1
        return [*first, as_field(found, mine, blocks[at + 1 : taken])], taken

    def _field(
        self, block: Field, blocks: Sequence[Block], at: int, around: Around
    ) -> tuple[list[Block], int]:
        value, stated = take_reader(block.value)
        rest = (
            value.plain or " ".join(t.plain for t in texts(block.blocks)) or next_words(blocks, at)
        )
        if stated:
            block = replace(block, value=value, groups=self.readers.groups(stated))
            found = self.readers.stated(stated, block.span.line)
        else:
            rest = ROOM if not value and is_room(block.blocks or blocks[at + 1 : at + 2]) else rest
            label = Label(block.label.plain.rstrip(":： "), rest, True, True)
            found = self.deciding.of_label(
                label, block, around, Place.LABEL, self._follows(blocks, at, around)
            )
        if not found:
            return self._open_field(block, around), at + 1
        role = "answer" if found.reader is Reader.ANSWER else "facilitator"
        block = replace(block, role=role, audience="facilitator")
        end = at + 1
        if (not value and not block.blocks) or (value.plain.endswith(":") and not block.blocks):
            end = end_of_led(blocks, at, block.label, found) if not value else at + 1
            if value and end < len(blocks) and isinstance(blocks[end], List | Code | Table):
                end += 1
        if role == "answer" and value and not block.blocks and _is_shown(blocks[end:]):
            end += 1
        block = replace(block, blocks=(*block.blocks, *blocks[at + 1 : end]))
        return [block], end

    def _open_field(self, block: Field, around: Around) -> list[Block]:
        """Return a field that is open, its value cut where an answer or what is said to the facilitator begins in it."""
        inside = self.blocks(
            block.blocks,
            replace(
                around,
                question=ends_asking(block.value.plain, self.deciding.recogniser.words.tongue),
            ),
        )
        value = Paragraph(span=block.span, text=block.value)
        before, rest, found = self.deciding.cut_inside(value, around)
        if not found:
            before, rest, found = self.deciding.cut(value, around, False, (value,), 0)
        if not found:
            return [replace(block, blocks=inside)]
        hidden = box_of(found, [replace(value, text=rest)])
        return [replace(block, value=before, blocks=(hidden, *inside))]

    def _container(self, block: Block, around: Around) -> Block:
        if isinstance(block, Box) and block.kind in _HIDDEN_BOXES:
            return block
        if isinstance(block, Quote):
            found = self.deciding.of_quote(block, around)
            return box_of(found, block.blocks) if found else self._deeper(block, around)
        if isinstance(block, Table):
            block = self.deciding.with_columns(block, around)
        if isinstance(block, Definitions):
            return self._definitions(block, around)
        if isinstance(block, Headed):
            return self._headed(block, around)
        return self._deeper(block, around)

    def _deeper(self, block: N, around: Around) -> N:
        changes: dict[str, tuple[Node, ...]] = {}
        for name in CHILD_FIELDS:
            inside = getattr(block, name, ())
            if not inside:
                continue
            if name == "blocks":
                changes[name] = self.blocks(inside, around)
            else:
                firsts = [b for i in inside for b in getattr(i, "blocks", ())[:1]]
                mine = replace(around, labels=tuple(sorted((*around.labels, *labels_in(firsts)))),
                               plain=tuple(sorted((*around.plain, *labels_in(firsts, True)))))  # fmt: skip
                changes[name] = tuple(self._part_of_list(i, mine) for i in inside)
        return replace(block, **changes) if changes else block

    def _part_of_list(self, part: N, around: Around) -> N:
        """Return an item, row, cell or definition; `{for=…}` in an item's first line is the item's."""
        first = part.blocks[0] if isinstance(part, Item) and part.blocks else None
        if isinstance(first, Paragraph) and isinstance(part, Item):
            text, stated = take_reader(first.text)
            if stated:
                part = replace(part, blocks=(replace(first, text=text), *part.blocks[1:]),
                               groups=self.readers.groups(stated))  # fmt: skip
                found = self.readers.stated(stated, first.span.line)
                return replace(part, audience="facilitator") if found else part
        if part.audience == "facilitator":
            return part
        return self._deeper(part, around)

    def _headed(self, block: Headed, around: Around) -> Block:
        title = title_of(block)
        exercise = isinstance(block, Exercise) or (
            isinstance(block, Section) and block.kind in (*_ASKING, "exercise")
        )
        inside = replace(around, parents=(*around.parents, title) if title else around.parents, labels=(), plain=(),
                         in_exercise=around.in_exercise or exercise, asked=False if title else around.asked)  # fmt: skip
        if isinstance(block, Part) or (
            isinstance(block, Topic) and block.span.line not in self.readers.headings
        ):
            found = self.deciding.of_title(block, around)
            if found.reader is Reader.ANSWER:
                return Box(span=block.span, id=block.id, kind="answer", heading=block.heading, blocks=block.blocks,
                           products=find_kind("answer").products)  # fmt: skip
            if found:
                return replace(block, audience="facilitator")
        if block.audience == "facilitator":
            return block
        return self._deeper(block, inside)

    def _definitions(self, block: Definitions, around: Around) -> Definitions:
        entries = []
        for entry in block.entries:
            rest = " ".join(t.plain for t in texts(entry.blocks))
            found = self.deciding.of_label(
                Label(entry.term.plain, rest, True, True), entry, around, Place.LABEL
            )
            entries.append(
                replace(entry, audience="facilitator") if found else self._deeper(entry, around)
            )
        return replace(block, entries=tuple(entries))

    def _follows(self, blocks: Sequence[Block], at: int, around: Around) -> bool:
        """Whether a task stands before a block, a question's choices aside, or before the list that it begins."""
        words = self.deciding.recogniser.words
        while at > 1 and self.deciding.is_hint(blocks[at - 1]):
            at -= 1
        if at and are_choices(blocks[at - 1], words):
            if getattr(blocks[at - 1], "choices", False):
                return True
            title = "".join(around.parents[-1:]) if at == 1 else ""
            return ends_asking(title, words.tongue) or follows_task(blocks, at - 1, words)
        return follows_task(blocks, at, words) if at else around.question


def _is_shown(blocks: Sequence[Block]) -> bool:
    """Whether code or a table comes next: behind an answer's text, it is the answer's."""
    return bool(blocks) and isinstance(blocks[0], Code | Table)
