"""Who may see what a label or a title heads, as the frames decide it where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from courseware.language.frames import OPEN, Decision, Place, Reader, Setting
from courseware.language.frames.recipients import is_sentence
from courseware.language.twins import twins
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.model.blocks import (
    Block,
    Code,
    Field,
    Form,
    List,
    Node,
    Paragraph,
    Part,
    Quote,
    Row,
    Space,
    Table,
    Text,
    Topic,
)
from courseware.model.cutting import asks, ends_asking, part_of
from courseware.model.inline import Run
from courseware.model.walk import texts
from courseware.reading.blocks.hidden_parts import with_hidden_columns
from courseware.reading.readers import Readers
from courseware.reading.structure.labels import (
    Label,
    headed_labels,
    initial_label,
    inner_cuts,
    label_of,
    lines_of,
    longer_label,
    ornament,
    take_reader,
)
from courseware.reading.structure.lead_ins import begins, is_task, names_task, tells_to_do
from courseware.reading.structure.tasks.exercises import Recogniser
from courseware.reading.structure.withholding.around import Around, near_lines, title_of
from courseware.reading.structure.withholding.asides import Asides
from courseware.reading.structure.withholding.hiding import halves

replace = msgspec.structs.replace
MOST_CHOICE = 15
"""Words of a question's choice at most."""
MOST_ALONE = 5
"""Words of a line that is a label without a colon at most."""
_HEADED_BY_LINES = (List, Code, Table, Quote)
"""What a line without a colon may head."""
_CHECKED = re.compile(r"\s*(?:✅|✔|☑|✓)")
"""What stands before the answer to what was asked, at the latest when a sentence says so."""
MOST_KEPT = 20
"""Words of a label that keeps a hint back, at most."""
_ARROWS = frozenset("→⇒➔←⇐>»")
_COMMENT = re.compile(r"\s*(?://\s|%%)\s*\S")
"""How a comment begins in other languages: in Markdown, it is text."""
_SENTENCE_ENDS = frozenset(".?!…:。？！：؟।")
ROOM = "____"
"""What stands for room to write in behind a label."""
_BLANK = re.compile(
    r"(?:(?:_{3,}|\.{4,}|…{2,}|(?:\. ){3,}\.)[\s,;.]*)+(?:\(?[^\W\d_]+\)?\.?\s*){0,2}|\[ {1,9}\]|[☐□]"
)


class Deciding:
    """Asks the frames about labels, titles, quotations and columns."""

    def __init__(self, readers: Readers, recogniser: Recogniser) -> None:
        """Take who decides, and what recognises a question or a command."""
        self.readers, self.recogniser, self.asides = readers, recogniser, Asides(readers)

    def asks_for(self, block: Block) -> bool:
        """Whether a block asks or commands something."""
        if isinstance(block, Code | Form) or (isinstance(block, List) and block.ordered):
            return True
        if isinstance(block, Field) and begins(block.value.plain, self.recogniser.words) != "none":
            return True
        return any(
            asks(t.plain, self.recogniser.words.tongue)
            or _BLANK.search(t.plain)
            or self.recogniser.commands(t.plain)
            for t in texts([block])
        )

    def is_hint(self, block: Block) -> bool:
        """Whether a paragraph is a hint by its label, given to all or kept back."""
        label = label_of(block.text) if isinstance(block, Paragraph) else None
        if label is None or not label.colon or not label.rest:
            return False
        hint = key_of(label.words) in self.recogniser.words.of("hints")
        return hint or self.readers.frames.is_long_label(label.words)

    def of_label(
        self, label: Label, block: Node, around: Around, place: Place, after_question: bool = False
    ) -> Decision:
        """Return who may see what a label begins."""
        words, line = label.words, block.span.line
        near = tuple(text for _, text in near_lines(around.labels, line, line) if text != words)
        if (
            not label.marked
            and len(words.split()) > 5
            and not self.readers.frames.lead_in(f"{words} x")
            and not self.readers.frames.is_known_label(words)
            and not self.readers.is_leaders(words)
            and not self.readers.frames.is_long_label(words)
        ):
            return OPEN
        beside = tuple(text for _, text in near_lines(around.plain, line, line) if text != words)
        setting = Setting(place, in_exercise=around.in_exercise, after_question=after_question, asked=around.asked,
                          text=label.rest, siblings=near, parents=around.parents, near=near, beside=beside, marked=label.marked)  # fmt: skip
        if not label.marked and not label.colon:
            return OPEN
        points = key_of(words) in self.recogniser.words.of("discussion_points")
        if points and around.in_exercise and not asks(label.rest, self.recogniser.words.tongue):
            return Decision(Reader.ANSWER)
        if label.bracketed:
            setting = replace(setting, place=Place.BRACKET)
        if (
            is_blank(label.rest)
            and self.readers.frames.decide(words, setting).reader is Reader.ANSWER
        ):
            return OPEN
        named = (
            label.colon
            or place is Place.BOLD_LINE
            or not label.rest
            or words[-1:] in _SENTENCE_ENDS
        )
        if not named and not around.in_exercise:
            found = self.readers.frames.decide(words, setting)
            if found.reader is Reader.ANSWER and not (found.sure and len(words.split()) > 1):
                return OPEN  # "**Answers** come later"
        found = self.readers.decide(words, line, setting)
        if not found and label.signed:
            return self.readers.decide(label.signed, line, Setting(Place.SIGNATURE))
        return found

    def cut(
        self,
        block: Paragraph,
        around: Around,
        after_question: bool,
        blocks: Sequence[Block],
        at: int,
    ) -> tuple[Text, Text, Decision]:
        """Return what a paragraph holds before a label that hides, the rest, and the decision."""
        lines = lines_of(block.text)
        told = around.in_exercise or _follows_command(blocks, at, self.recogniser.words)
        after_question = after_question or (told and not around.in_exercise)
        chosen = at > 0 and are_choices(blocks[at - 1], self.recogniser.words)
        below = [*(line.plain for line in lines[1:]), next_words(blocks, at)]
        for number, line in enumerate(lines):
            if line.inlines and isinstance(line.inlines[0], Run) and _COMMENT.match(line.plain):
                return *halves(block.text, number), self.readers.commented(
                    line.plain, block.span.line
                )
            said = self.asides.of_line(line)
            if (
                (aside := self.asides.standing(line))
                and is_sentence(aside)
                and not asks(aside, self.recogniser.words.tongue)
            ):
                self.readers.asides[block.span.line + number, aside] = bool(said)
            if said:
                found = self.readers.decide(said, block.span.line, Setting(Place.ASIDE))
                return *halves(block.text, number), found
            if (at_said := self.readers.frames.led_from(line.plain)) >= 0:
                return self._led(block, lines, number, at_said)
            label = label_of(line) or self._kept_hint(line.plain)
            checked = _CHECKED.match(line.plain) is not None
            asked = after_question or any(
                ends_asking(one.plain, self.recogniser.words.tongue) for one in lines[:number]
            )
            if checked and asked and self._says_answer(line.plain):
                found = self.readers.decide(line.plain, block.span.line, Setting(Place.SUMMARY))
                return *halves(block.text, number), replace(found, sure=False)
            if label is None and (told or checked or (after_question and chosen)):
                label = self._lead_in(line.plain)
            label = label or self._line_alone(
                lines, number, blocks[at + 1 : at + 2], told or after_question
            )
            label = label or self._headed(line) or (initial_label(line) if asked else None)
            if label is None:
                continue
            label = replace(label, rest=label.rest or below[number])
            if label.rest and line.plain.lstrip()[0] in _ARROWS:
                label = replace(label, rest=f"{label.rest}.")  # what is done, though it has no stop
            question = asked or (checked and at > 0)
            if found := self.of_label(label, block, around, Place.LABEL, question):
                return *halves(block.text, number), found
            longer = longer_label(label) or (None if label.marked else self._kept_hint(line.plain))
            found = self.of_label(longer, block, around, Place.LABEL) if longer else OPEN
            if found.reader is Reader.FACILITATOR:
                return *halves(block.text, number), found
            if longer and found:  # printed, so not told of
                self.readers.withheld.pop((block.span.line, longer.words), None)
        before, rest, found = self.cut_inside(block, around)
        return (before, rest, found) if found else self.asides.cut_out(block.text, block.span.line)

    def is_led_in(self, text: Text) -> bool:
        """Whether a text says all that its first words lead in: "The answer is tea.", "Teaching tip. Draw it."."""
        bare = text.plain[ornament(text.plain) :]
        lines = lines_of(text)
        told = (
            self.asides.of_line(lines[0])
            or self.asides.is_one(text)
            or self._says_answer(lines[0].plain)
        )
        if _COMMENT.match(text.plain):
            return True
        if told or self.readers.frames.led_from(lines[0].plain) >= 0:
            return not bare.rstrip().endswith((":", "："))
        if label_of(text) is not None:
            return False
        kept = self._kept_hint(lines[0].plain)
        headed = self._headed(lines[0]) or (lines[1:] and self._line_alone(lines, 0, (), False))
        return bool(self.readers.frames.lead_in(bare) or headed or (kept and kept.rest))

    def _says_answer(self, line: str) -> bool:
        """Whether a sentence behind a tick has a word for an answer: "✅ Paris is the right answer."."""
        said = self.readers.frames.decide(line, Setting(Place.SUMMARY))
        return (
            bool(_CHECKED.match(line))
            and not asks(line, self.recogniser.words.tongue)
            and said.reader is Reader.ANSWER
        )

    def _led(
        self, block: Paragraph, lines: Sequence[Text], number: int, at: int
    ) -> tuple[Text, Text, Decision]:
        """Return a paragraph cut before a sentence of a line that tells who leads what to do in a case."""
        said = lines[number].plain[at:]
        found = self.readers.decide(said, block.span.line, Setting(Place.ASIDE))
        start = block.text.plain.find(said) if at else -1
        if start < 0:
            return *halves(block.text, number), found
        whole = len(block.text.plain)
        return part_of(block.text, 0, start), part_of(block.text, start, whole), found

    def _kept_hint(self, line: str) -> Label | None:
        """Return a line's words up to its colon as a label, however many, where they keep a hint back."""
        words, colon, rest = twins(line).partition(": ")
        kept = (
            colon and len(words.split()) <= MOST_KEPT and self.readers.frames.is_long_label(words)
        )
        return Label(words.strip(), rest.strip(), False, True) if kept else None

    def _lead_in(self, line: str) -> Label | None:
        """Return the first words of a sentence that lead in an answer as its label, not of one that asks or tells to write."""
        lead = self.readers.frames.lead_in(line)
        rest = line.partition(lead)[2].strip() if lead else ""
        if not lead or asks(line, self.recogniser.words.tongue) or self.recogniser.commands(rest):
            return None
        return Label(lead, rest, False, True)

    def _headed(self, line: Text) -> Label | None:
        """Return a line's first words as its label where they are plainly for who leads: "Teaching tip. Draw it first.", "Teaching tip Draw it first."."""
        for label in headed_labels(line):
            found = self.readers.frames.decide(label.words, Setting(Place.LABEL, text=label.rest))
            if found.sure and found.reader is Reader.FACILITATOR:
                return label
        return None

    def _line_alone(
        self, lines: Sequence[Text], number: int, below: Sequence[Block], asked: bool
    ) -> Label | None:
        """Return a line that heads what is below it as a label without its colon, where words for who leads, or for an answer to what was `asked`, are all of it."""
        plain = lines[number].plain.strip()
        before = lines[number - 1].plain.rstrip() if number else "."
        more = lines[number + 1 :] or (
            below and isinstance(below[0], (*_HEADED_BY_LINES, Paragraph))
        )
        paragraph = not lines[number + 1 :] and isinstance(below[0] if below else None, Paragraph)
        whole = len(plain.split()) <= MOST_ALONE and before[-1:] in _SENTENCE_ENDS
        if not more or not whole or plain[-1:] in _SENTENCE_ENDS:
            return None
        found = self.readers.frames.decide(
            plain, Setting(Place.LABEL, in_exercise=True, asked=True)
        )
        answers = found.reader is Reader.ANSWER and asked and not paragraph
        leads = found.reader is Reader.FACILITATOR and found.sure
        return Label(plain, "", False, True) if answers or leads else None

    def cut_inside(self, block: Paragraph, around: Around) -> tuple[Text, Text, Decision]:
        """Return what a paragraph's line holds before a label that hides inside of it, the rest, and the decision."""
        cuts = [(cut, label_of(cut[1])) for cut in inner_cuts(block.text)]
        labelled = [(*cut, label) for cut, label in cuts if label and label.colon]
        if not labelled:
            return Text(), block.text, OPEN
        speakers = [label_of(block.text), *(label for *_, label in labelled)]
        beside = [(block.span.line, label.words) for label in speakers if label]
        around = replace(around, labels=tuple(sorted({*around.labels, *beside})))
        for before, rest, label in labelled:
            found = self.of_label(
                label,
                block,
                around,
                Place.LABEL,
                ends_asking(before.plain, self.recogniser.words.tongue),
            )
            if found:
                return before, rest, found
        return Text(), block.text, OPEN

    def of_title(self, block: Part | Topic, around: Around) -> Decision:
        """Return who may see what the title of a part heads."""
        title = title_of(block)
        if not title:
            return OPEN
        text = " ".join(t.plain for t in texts(block.blocks[:1]))
        line = block.span.line
        near = tuple(text for _, text in near_lines(around.labels, line, line) if text != title)
        setting = Setting(Place.BOLD_LINE, in_exercise=around.in_exercise, asked=around.asked, text=text,
                          parents=around.parents, siblings=near)  # fmt: skip
        return self.readers.decide(title, block.span.line, setting)

    def of_quote(self, quote: Quote, around: Around) -> Decision:
        """Return who may see a quotation: its first words say it of all."""
        first = quote.blocks[0] if quote.blocks else None
        if isinstance(first, Part | Topic):
            return self.of_title(first, around)
        label = None
        if isinstance(first, Field):
            label = Label(first.label.plain.rstrip(":： "), first.value.plain, True, True)
        elif isinstance(first, Paragraph) and first.text:
            label = label_of(lines_of(first.text)[0])
        if label is None and isinstance(first, Paragraph) and len(quote.blocks) > 1:
            return self._of_first_line(first, around) or self.asides.of_quote(quote)
        if label is None or first is None:
            return self.asides.of_quote(quote)
        whole = replace(label, rest=label.rest or next_words(quote.blocks, 0))
        found = self.of_label(whole, first, around, Place.LABEL, around.question)
        directs = isinstance(first, Paragraph) and self.readers.frames.directs(first.text.plain)
        return found or (self.asides.of_quote(quote) if directs else OPEN)

    def _of_first_line(self, first: Paragraph, around: Around) -> Decision:
        """Return who may see a quotation whose first paragraph is all of a heading's words."""
        setting = Setting(Place.BOLD_LINE, in_exercise=around.in_exercise, parents=around.parents,
                          after_question=around.question)  # fmt: skip
        found = self.readers.frames.decide(first.text.plain, setting)
        answered = around.question and found.reader is Reader.ANSWER
        if not (found.sure or answered) or not found:
            return OPEN
        return self.readers.decide(first.text.plain, first.span.line, setting)

    def with_columns(self, table: Table, around: Around) -> Table:
        """Return a table whose columns that are not the learners' are marked so."""

        heads = tuple(text.plain for row in table.head for text in texts([row]))
        room = any(map(_has_room, table.rows))

        def decide(title: str, cells: tuple[str, ...], line: int) -> bool:
            bare, stated = take_reader(_text(title))
            setting = Setting(Place.COLUMN, in_exercise=around.in_exercise, cells=cells, asked=room,
                              parents=around.parents, near=heads)  # fmt: skip
            found = self.readers.decide(bare.plain, line, setting, stated)
            blank = all(not cell.strip("_ .…") or is_blank(cell) for cell in cells)
            return bool(found) and not blank

        return with_hidden_columns(self._without_answers(table, around), decide)

    def _without_answers(self, table: Table, around: Around) -> Table:
        """Return an exercise's table whose rows of answers are marked as the facilitator's."""
        if not around.in_exercise:
            return table
        before = tuple(_first_words(row) for row in table.rows)

        def marked(row: Row) -> Row:
            near = tuple(one for one in before if one != _first_words(row))
            setting = Setting(Place.LABEL, in_exercise=True, asked=around.asked, near=near, siblings=near,
                              parents=around.parents)  # fmt: skip

            def decide(label: str, rest: str) -> Decision:
                whole = replace(setting, text=rest)
                found = self.readers.frames.decide(label, whole)
                if found.reader is not Reader.ANSWER:
                    return OPEN
                return self.readers.decide(label, row.span.line, whole)

            return replace(row, audience="facilitator") if _answers_row(row, decide) else row

        rows = tuple(map(marked, table.rows))
        return (
            replace(table, rows=rows)
            if rows or not table.head
            else replace(table, head=tuple(map(marked, table.head)))
        )


def _answers_row(row: Row, decide: Callable[[str, str], Decision]) -> bool:
    """Whether a row's first cell calls the others an answer; empty ones are space for the learner's own."""
    said = [" ".join(text.plain for text in texts([cell])) for cell in row.cells]
    rest = " ".join(said[1:])
    if not said or not rest.strip("_ .…") or row.cells[0].rowspan > 1:
        return False
    return decide(said[0], rest).reader is Reader.ANSWER


def _text(plain: str) -> Text:
    return Text((Run(plain),)) if plain else Text()


def _has_room(row: Row) -> bool:
    """Whether a row has a cell to write in beside its first: an empty one, a blank, a box."""
    said = [" ".join(text.plain for text in texts([cell])) for cell in row.cells]
    return any(not one.strip() or _BLANK.search(one) for one in said[1:])


def _first_words(row: Row) -> str:
    return " ".join(text.plain for text in texts(row.cells[:1]))


def follows_task(blocks: Sequence[Block], at: int, words: Vocabulary) -> bool:
    """Whether the paragraph, label or list before a block ends with a question, or tells to do something."""
    before = blocks[at - 1] if at else None
    if isinstance(before, Field) and not before.blocks:
        said = before.value.plain
        return ends_asking(said, words.tongue) or names_task(before.label.plain, said, words)
    if isinstance(before, List):
        return is_task(" ".join(text.plain for text in texts(before.items[-1:])), words)
    said = before.text.plain if isinstance(before, Paragraph) else ""
    return (
        ends_asking(said, words.tongue)
        or _BLANK.search(said) is not None
        or tells_to_do(said, words)
    )


def _follows_command(blocks: Sequence[Block], at: int, words: Vocabulary) -> bool:
    """Whether a command stands before a block, code to work on between them aside."""
    while at and isinstance(blocks[at - 1], Code):
        at -= 1
    before = blocks[at - 1] if at else None
    said = before.text.plain if isinstance(before, Paragraph) else ""
    return not ends_asking(said, words.tongue) and tells_to_do(said, words)


def are_choices(block: Block, words: Vocabulary) -> bool:
    """Whether a block is a list of short items such as a question's choices, none of which asks."""
    if not isinstance(block, List) or len(block.items) < 2:
        return False
    said = [text.plain for item in block.items for text in texts([item])]
    return len(said) == len(block.items) and all(
        len(one.split()) <= MOST_CHOICE and not asks(one, words.tongue) for one in said
    )


def is_blank(rest: str) -> bool:
    """Whether what stands behind a label is room to write in, a unit beside it: "______", "…… grams"."""
    return _BLANK.fullmatch(rest.strip()) is not None


def is_room(blocks: Sequence[Block]) -> bool:
    """Whether blocks are room to write in and nothing else."""
    return bool(blocks) and all(isinstance(block, Space) for block in blocks)


def next_words(blocks: Sequence[Block], at: int) -> str:
    """Return the first words of what stands behind a block."""
    return " ".join(t.plain for t in texts(blocks[at + 1 : at + 2]))[:400]
