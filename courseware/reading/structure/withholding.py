"""What learners do not see by its words: labels, bold lines, brackets, columns, quotations, boxes.

Goes through the blocks of a section once its headings are told apart, before its exercises are
recognised. What a label hides is its own paragraph and the list or fence that it leads in; what a
whole-bold line hides is all up to the next heading, rule or bold line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from courseware.language.frames import OPEN, Decision, Place, Reader, Setting
from courseware.language.vocabulary import key_of
from courseware.model.blocks import (
    Block,
    Box,
    BoxKind,
    Code,
    Definitions,
    Exercise,
    Field,
    Form,
    Heading,
    Item,
    List,
    Node,
    Paragraph,
    Part,
    Quote,
    Rule,
    Section,
    Table,
    Text,
    Topic,
)
from courseware.model.cutting import Piece, asks, part_of, pieces, together
from courseware.model.inline import Run
from courseware.model.kinds import find_kind, select_kinds
from courseware.model.walk import CHILD_FIELDS, N, grouped, texts, ungrouped
from courseware.reading.blocks.hidden_parts import with_hidden_columns, without_solutions
from courseware.reading.readers import Readers
from courseware.reading.structure.exercises import Recogniser
from courseware.reading.structure.labels import (
    Label,
    inner_cuts,
    is_bold_line,
    is_sentence,
    label_of,
    lines_of,
    take_reader,
)

replace = msgspec.structs.replace
NEAR_LINES = 8
"""Lines within which another label makes a dialogue."""
_ASKING = ("exercises", "questions", "guiding", "discussion")
Headed = Topic | Part | Box | Exercise | Section
_HEADED = (Topic, Part, Section, Exercise)
_HIDDEN_BOXES = select_kinds(lambda kind: kind.audience == "facilitator")


Labels = tuple[tuple[int, str], ...]
"""Labels with their lines, in order."""


class Around(msgspec.Struct, frozen=True):
    """What stands around blocks: titles above, labels beside, whether they are an exercise's."""

    parents: tuple[str, ...] = ()
    labels: Labels = ()
    in_exercise: bool = False
    asked: bool = False


class Withholding:
    """Takes out of learners' sight what words say is not theirs."""

    def __init__(self, readers: Readers, recogniser: Recogniser) -> None:
        """Take who decides, and what recognises a question or a command."""
        self.readers, self.recogniser = readers, recogniser

    def section(self, section: Section, parents: tuple[str, ...]) -> Section:
        """Return a section with its blocks decided; `parents` are titles above it."""
        if section.audience == "facilitator":
            return section
        around = Around((*parents, _title(section)), in_exercise=section.kind in _ASKING)
        return replace(section, blocks=self.blocks(section.blocks, around))

    def blocks(self, blocks: Sequence[Block], around: Around) -> tuple[Block, ...]:
        """Return the blocks of one container."""
        blocks = ungrouped(tuple(blocks))
        around = replace(around, labels=_joined(around.labels, _labels(blocks), blocks))
        result: list[Block] = []
        at = 0
        while at < len(blocks):
            found, end = self._one(blocks, at, around)
            if self.readers.has_exercises and not around.asked:
                around = replace(around, asked=any(map(self._asks, blocks[at:end])))
            result += found
            at = end
        return grouped(result)

    def _asks(self, block: Block) -> bool:
        if isinstance(block, Code | Form) or (isinstance(block, List) and block.ordered):
            return True
        return any(asks(t.plain) or self.recogniser.commands(t.plain) for t in texts([block]))

    def _one(self, blocks: Sequence[Block], at: int, around: Around) -> tuple[list[Block], int]:
        block = blocks[at]
        if isinstance(block, Paragraph):
            return self._paragraph(block, blocks, at, around)
        if isinstance(block, Field):
            return self._field(block, blocks, at, around)
        if isinstance(block, Code):
            return _code(block), at + 1
        beside = around.in_exercise or (at > 0 and isinstance(blocks[at - 1], Exercise))
        if beside and self.readers.folds_hidden and isinstance(block, Box):
            block = _fold(block)
        return [self._container(block, around)], at + 1

    # -- labels -------------------------------------------------------------------------

    def _paragraph(
        self, block: Paragraph, blocks: Sequence[Block], at: int, around: Around
    ) -> tuple[list[Block], int]:
        text, stated = take_reader(block.text)
        if stated:
            block = replace(block, text=text, groups=self.readers.groups(stated))
            found = self.readers.stated(stated, block.span.line)
            return ([_box(found, [block])] if found else [block]), at + 1
        label = label_of(text)
        if is_bold_line(text) and not (label and is_sentence(label.rest)):
            found = self._decided(Label(text.plain, self._next_words(blocks, at), True, False), block, around,
                                  Place.BOLD_LINE, self._follows_question(blocks, at))  # fmt: skip
            if found:
                return self._under(block, blocks, at, found)
        before, labelled, found = self._cut(
            block, around, self._follows_question(blocks, at), blocks, at
        )
        if not found:
            return [block], at + 1
        first = [replace(block, text=before)] if before else []
        mine = replace(block, text=labelled)
        taken = self._led(blocks, at, labelled, found)
        return [*first, _labelled(found, mine, blocks[at + 1 : taken])], taken

    def _cut(
        self,
        block: Paragraph,
        around: Around,
        after_question: bool,
        blocks: Sequence[Block],
        at: int,
    ) -> tuple[Text, Text, Decision]:
        """Return what a paragraph holds before a label that hides, the rest, and the decision."""
        lines = lines_of(block.text)
        for number, line in enumerate(lines):
            label = label_of(line)
            if label is None:
                continue
            if not label.rest:
                label = replace(
                    label,
                    rest=self._next_words(blocks, at)
                    if number == len(lines) - 1
                    else lines[number + 1].plain,
                )
            question = after_question if number == 0 else lines[number - 1].plain.endswith("?")
            if found := self._decided(label, block, around, Place.LABEL, question):
                return *_halves(block.text, number), found
        for before, rest in inner_cuts(block.text):
            label = label_of(rest)
            if label is None or not label.colon:
                continue
            found = self._decided(label, block, around, Place.LABEL, before.plain.endswith("?"))
            if found and (label.marked or found.sure):
                return before, rest, found
        return Text(), block.text, OPEN

    def _decided(
        self, label: Label, block: Node, around: Around, place: Place, after_question: bool = False
    ) -> Decision:
        words, line = label.words, block.span.line
        near = tuple(text for _, text in _around(around.labels, line, line) if text != words)
        if not label.marked and len(words.split()) > 5:
            return OPEN
        setting = Setting(place, in_exercise=around.in_exercise, after_question=after_question, asked=around.asked,
                          text=label.rest, siblings=near, parents=around.parents, near=near)  # fmt: skip
        if not label.marked and not label.colon:
            return OPEN
        points = key_of(words) in self.recogniser.words.of("discussion_points")
        if points and around.in_exercise and not asks(label.rest):
            return Decision(Reader.ANSWER)
        if label.bracketed:
            setting = replace(setting, place=Place.BRACKET)
        found = self.readers.decide(words, line, setting)
        named = label.colon or place is Place.BOLD_LINE or not label.rest
        if found.reader is Reader.ANSWER and not named and not around.in_exercise:
            return OPEN
        return found

    def _follows_question(self, blocks: Sequence[Block], at: int) -> bool:
        before = blocks[at - 1] if at else None
        return isinstance(before, Paragraph) and asks(
            before.text.plain[-3:] if before.text.plain else ""
        )

    def _next_words(self, blocks: Sequence[Block], at: int) -> str:
        return " ".join(t.plain for t in texts(blocks[at + 1 : at + 2]))[:400]

    def _led(self, blocks: Sequence[Block], at: int, text: Text, found: Decision) -> int:
        """Return where what a label hides ends: what it leads in is its own."""
        label = label_of(text)
        alone = label is None or not label.rest
        leads = alone or text.plain.rstrip().endswith((":", "："))
        end = at + 1
        if leads and end < len(blocks) and not isinstance(blocks[end], (*_HEADED, Rule, Field)):
            end += 1
            first = blocks[end - 1]
            lead = isinstance(first, Paragraph) and first.text.plain.endswith(":")
            if lead and end < len(blocks) and isinstance(blocks[end], List | Code | Table):
                end += 1
        elif found.reader is Reader.ANSWER and end < len(blocks) and isinstance(blocks[end], Code):
            end += 1
        return end

    def _under(
        self, line: Paragraph, blocks: Sequence[Block], at: int, found: Decision
    ) -> tuple[list[Block], int]:
        """Return what a whole-bold line hides: all up to the next heading, rule or bold line."""
        stops = (*_HEADED, Rule, Field) if found.reader is Reader.ANSWER else (*_HEADED, Rule)
        end = at + 1
        while end < len(blocks):
            block = blocks[end]
            bold = isinstance(block, Paragraph) and is_bold_line(block.text)
            if isinstance(block, stops) or bold:
                break
            end += 1
        return [_box(found, blocks[at + 1 : end], Heading(line.text), line)], end

    def _field(
        self, block: Field, blocks: Sequence[Block], at: int, around: Around
    ) -> tuple[list[Block], int]:
        value, stated = take_reader(block.value)
        rest = (
            value.plain
            or " ".join(t.plain for t in texts(block.blocks))
            or self._next_words(blocks, at)
        )
        if stated:
            block = replace(block, value=value, groups=self.readers.groups(stated))
            found = self.readers.stated(stated, block.span.line)
        else:
            label = Label(block.label.plain.rstrip(":： "), rest, True, True)
            found = self._decided(
                label, block, around, Place.LABEL, self._follows_question(blocks, at)
            )
        if not found:
            return self._open_field(block, around), at + 1
        role = "answer" if found.reader is Reader.ANSWER else "facilitator"
        block = replace(block, role=role, audience="facilitator")
        end = at + 1
        if (not value and not block.blocks) or (value.plain.endswith(":") and not block.blocks):
            end = self._led(blocks, at, block.label, found) if not value else at + 1
            if value and end < len(blocks) and isinstance(blocks[end], List | Code | Table):
                end += 1
            block = replace(block, blocks=(*block.blocks, *blocks[at + 1 : end]))
        return [block], end

    def _open_field(self, block: Field, around: Around) -> list[Block]:
        """Return a field that is open, its value cut where an answer begins in it."""
        inside = self.blocks(block.blocks, around)
        for before, rest in inner_cuts(block.value):
            label = label_of(rest)
            if (
                label
                and label.colon
                and label.marked
                and (found := self._decided(label, block, around, Place.LABEL))
            ):
                hidden = _box(found, [Paragraph(span=block.span, text=rest)])
                return [replace(block, value=before, blocks=(hidden, *inside))]
        return [replace(block, blocks=inside)]

    # -- containers -------------------------------------------------------------------

    def _container(self, block: Block, around: Around) -> Block:
        if isinstance(block, Box) and block.kind in _HIDDEN_BOXES:
            return block
        if isinstance(block, Quote):
            return self._quote(block, around)
        if isinstance(block, Table):
            block = self._table(block, around)
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
                mine = replace(
                    around,
                    labels=tuple(
                        sorted(
                            (
                                *around.labels,
                                *_labels([b for i in inside for b in getattr(i, "blocks", ())[:1]]),
                            )
                        )
                    ),
                )
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
        title = _title(block)
        exercise = isinstance(block, Exercise) or (
            isinstance(block, Section) and block.kind in (*_ASKING, "exercise")
        )
        inside = replace(around, parents=(*around.parents, title) if title else around.parents, labels=(),
                         in_exercise=around.in_exercise or exercise, asked=False if title else around.asked)  # fmt: skip
        if isinstance(block, Part) or (
            isinstance(block, Topic) and block.span.line not in self.readers.headings
        ):
            found = self._title_decided(block, title, around)
            if found.reader is Reader.ANSWER:
                return Box(span=block.span, id=block.id, kind="answer", heading=block.heading, blocks=block.blocks,
                           products=find_kind("answer").products)  # fmt: skip
            if found:
                return replace(block, audience="facilitator")
        if block.audience == "facilitator":
            return block
        return self._deeper(block, inside)

    def _title_decided(self, block: Headed, title: str, around: Around) -> Decision:
        if not title:
            return OPEN
        text = " ".join(t.plain for t in texts(block.blocks[:1]))
        line = block.span.line
        near = tuple(text for _, text in _around(around.labels, line, line) if text != title)
        setting = Setting(Place.BOLD_LINE, in_exercise=around.in_exercise, asked=around.asked, text=text,
                          parents=around.parents, siblings=near)  # fmt: skip
        return self.readers.decide(title, block.span.line, setting)

    def _quote(self, quote: Quote, around: Around) -> Block:
        """Return a quotation; one whose first words hide is hidden whole."""
        first = quote.blocks[0] if quote.blocks else None
        found = OPEN
        if isinstance(first, Paragraph | Field):
            label = (
                label_of(lines_of(first.text)[0])
                if isinstance(first, Paragraph) and first.text
                else None
            )
            if isinstance(first, Field):
                label = Label(
                    first.label.plain.rstrip(":： "),
                    first.value.plain or self._next_words(quote.blocks, 0),
                    True,
                    True,
                )
            if label is not None:
                rest = label.rest or self._next_words(quote.blocks, 0)
                found = self._decided(replace(label, rest=rest), first, around, Place.LABEL)
        elif isinstance(first, Part | Topic):
            found = self._title_decided(first, _title(first), around)
        return _box(found, quote.blocks) if found else self._deeper(quote, around)

    def _table(self, table: Table, around: Around) -> Table:
        def decide(title: str, cells: tuple[str, ...], line: int) -> bool:
            bare, stated = take_reader(_text(title))
            setting = Setting(
                Place.COLUMN, in_exercise=around.in_exercise, cells=cells, parents=around.parents
            )
            found = self.readers.decide(bare.plain, line, setting, stated)
            blank = not any(cell.strip("_ .…") for cell in cells)
            return bool(found) and not blank

        return with_hidden_columns(table, decide)

    def _definitions(self, block: Definitions, around: Around) -> Definitions:
        entries = []
        for entry in block.entries:
            rest = " ".join(t.plain for t in texts(entry.blocks))
            found = self._decided(
                Label(entry.term.plain, rest, True, True), entry, around, Place.LABEL
            )
            entries.append(
                replace(entry, audience="facilitator") if found else self._deeper(entry, around)
            )
        return replace(block, entries=tuple(entries))


def _text(plain: str) -> Text:
    return Text((Run(plain),)) if plain else Text()


def _title(block: Node) -> str:
    heading = getattr(block, "heading", None)
    if heading is None:
        return ""
    return (
        f"{heading.label}: {heading.title.plain}".strip(": ")
        if heading.label
        else str(heading.title.plain)
    )


def _around(labels: Labels, first: int, last: int) -> Labels:
    """Return the labels within `NEAR_LINES` of some lines."""
    start = bisect_left(labels, (first - NEAR_LINES, ""))
    return labels[start : bisect_left(labels, (last + NEAR_LINES + 1, ""))]


def _joined(outer: Labels, inner: Labels, blocks: Sequence[Block]) -> Labels:
    """Return a container's labels with those that stand near it."""
    if not blocks:
        return inner
    near = _around(outer, blocks[0].span.line, blocks[-1].span.line)
    return tuple(sorted({*near, *inner}))


def _labels(blocks: Sequence[Block]) -> tuple[tuple[int, str], ...]:
    """Return the labels of fields, paragraphs and parts, with their lines."""
    found = []
    for block in blocks:
        if isinstance(block, Field):
            found.append((block.span.line, block.label.plain.rstrip(":： ")))
        elif (
            isinstance(block, Paragraph)
            and block.text
            and (label := label_of(block.text))
            and label.marked
        ):
            found.append((block.span.line, label.words))
        elif isinstance(block, Part):
            found.append((block.span.line, _title(block)))
        elif isinstance(block, List):
            found += _labels([b for item in block.items for b in item.blocks[:1]])
    return tuple(found)


def _halves(text: Text, number: int) -> tuple[Text, Text]:
    """Return a text's lines before one, and that one with those behind it."""
    some = [piece for piece in pieces(text) if piece.text]
    return together(some[:number]) if number else Text(), together(
        [Piece(p.text, p.hard) for p in some[number:]]
    )


def _code(code: Code) -> list[Block]:
    """Return code as learners get it, and whole as an answer where a solution is marked in it."""
    bare = without_solutions(code.text)
    if bare == code.text:
        return [code]
    whole = Box(
        span=code.span, kind="answer", blocks=(code,), products=find_kind("answer").products
    )
    return [replace(code, text=bare), whole]


def _fold(box: Box) -> Box:
    """Return a box; a fold without a title is the facilitator's."""
    if box.kind != "details" or box.heading.name:
        return box
    return replace(box, kind="facilitator", products=find_kind("facilitator").products)


def _labelled(found: Decision, paragraph: Paragraph, more: Sequence[Block]) -> Box | Field:
    """Return a paragraph that begins with a label as a field, or in a box where it is in brackets."""
    text = paragraph.text
    label = label_of(text)
    at = text.plain.find(label.rest) if label and label.rest and not label.bracketed else -1
    if label is None or at <= 0:
        return _box(found, [paragraph, *more])
    role = "answer" if found.reader is Reader.ANSWER else "facilitator"
    return Field(span=paragraph.span, label=part_of(text, 0, at), key=key_of(label.words), role=role,
                 value=part_of(text, at, len(text.plain)), blocks=tuple(more), audience="facilitator")  # fmt: skip


def _box(
    found: Decision,
    blocks: Sequence[Block],
    heading: Heading | None = None,
    place: Node | None = None,
) -> Box:
    kind: BoxKind = "answer" if found.reader is Reader.ANSWER else "facilitator"
    span = (place or blocks[0]).span
    return Box(span=span, kind=kind, heading=heading or Heading(), blocks=tuple(blocks),
               products=find_kind(kind).products)  # fmt: skip
