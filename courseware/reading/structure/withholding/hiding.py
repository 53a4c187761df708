"""What a decision hides: how far it goes, and the box or field that it becomes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from courseware.language.frames import OPEN, Decision, Frames, Reader
from courseware.language.vocabulary import key_of
from courseware.model.blocks import (
    Block,
    Box,
    BoxKind,
    Code,
    Exercise,
    Field,
    Heading,
    List,
    Node,
    Paragraph,
    Part,
    Rule,
    Section,
    Table,
    Text,
    Topic,
)
from courseware.model.cutting import TextLine, asks, part_of, pieces, together
from courseware.model.kinds import find_kind
from courseware.model.walk import texts
from courseware.reading.blocks.hidden_parts import without_solutions
from courseware.reading.readers import Readers
from courseware.reading.structure.labels import is_bold_line, label_of

replace = msgspec.structs.replace
_HEADED = (Topic, Part, Section, Exercise)


def halves(text: Text, number: int) -> tuple[Text, Text]:
    """Return a text's lines before one, and that one with those behind it."""
    some = [piece for piece in pieces(text) if piece.text]
    return together(some[:number]) if number else Text(), together(
        [TextLine(p.text, p.hard) for p in some[number:]]
    )


def without_solution(code: Code) -> list[Block]:
    """Return code as learners get it, and whole as an answer where a solution is marked in it."""
    bare = without_solutions(code.text)
    if bare == code.text:
        return [code]
    whole = Box(
        span=code.span, kind="answer", blocks=(code,), products=find_kind("answer").products
    )
    return [replace(code, text=bare), whole]


def untitled_hidden(box: Box, frames: Frames) -> Box:
    """Return a box; a fold without a title, or with a fold's word for one, is the facilitator's."""
    if box.kind != "details" or (box.heading.name and not frames.only_unfolds(box.heading.name)):
        return box
    return replace(box, kind="facilitator", products=find_kind("facilitator").products)


def answered_fold(box: Box, readers: Readers) -> Box:
    """Return a box; a fold below what was asked, by which learners check their answer, is the answer."""
    found = readers.frames.checks_answer(box.heading.name) if box.kind == "details" else OPEN
    if not found or any(asks(text.plain, readers.frames.tongue) for text in texts(box.blocks[:1])):
        return box
    readers.withheld[box.span.line, box.heading.name] = found
    return replace(box, kind="answer", products=find_kind("answer").products)


def opened_for_system(box: Box, frames: Frames) -> Box:
    """Return a box; an answer titled as an operating system tells how to set it up, where nothing is asked."""
    if box.kind != "answer" or not frames.is_system(box.heading.name):
        return box
    return replace(box, kind="details", products=find_kind("details").products)


def opened_as_question(box: Box, readers: Readers) -> Box:
    """Return a box; an answer whose title asks about solutions as a thing, beside no exercise, teaches: "Is there a solution?"."""
    title = box.heading.name
    if box.kind != "answer" or not readers.frames.asks_about(title):
        return box
    readers.withheld.pop((box.span.line, title), None)
    return replace(box, kind="details", products=find_kind("details").products)


def as_field(found: Decision, paragraph: Paragraph, more: Sequence[Block]) -> Box | Field:
    """Return a paragraph that begins with a label as a field, or in a box where it is in brackets."""
    text = paragraph.text
    label = label_of(text)
    at = text.plain.find(label.rest) if label and label.rest and not label.bracketed else -1
    if label is None or at <= 0:
        return box_of(found, [paragraph, *more])
    role = "answer" if found.reader is Reader.ANSWER else "facilitator"
    return Field(span=paragraph.span, label=part_of(text, 0, at), key=key_of(label.words), role=role,
                 value=part_of(text, at, len(text.plain)), blocks=tuple(more), audience="facilitator")  # fmt: skip


def box_of(
    found: Decision,
    blocks: Sequence[Block],
    heading: Heading | None = None,
    place: Node | None = None,
) -> Box:
    """Return the box that hides blocks; `place` is where it begins, if not at the first of them."""
    kind: BoxKind = "answer" if found.reader is Reader.ANSWER else "facilitator"
    span = (place or blocks[0]).span
    return Box(span=span, kind=kind, heading=heading or Heading(), blocks=tuple(blocks),
               products=find_kind(kind).products)  # fmt: skip


def end_of_led(blocks: Sequence[Block], at: int, text: Text, found: Decision) -> int:
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


def hidden_under(
    line: Paragraph, blocks: Sequence[Block], at: int, found: Decision
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
    return [box_of(found, blocks[at + 1 : end], Heading(line.text), line)], end
