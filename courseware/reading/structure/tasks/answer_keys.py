"""Keys at a file's end: what they hold goes to the exercises that it names, by number or title."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from courseware.language.vocabulary import key_of
from courseware.model.blocks import (
    Box,
    Exercise,
    Field,
    Heading,
    List,
    Node,
    Paragraph,
    Part,
    Section,
    Topic,
)
from courseware.model.kinds import find_kind
from courseware.model.walk import N, rebuild, walk

replace = msgspec.structs.replace
Headed = Field | Topic | Part | Box | Exercise | Section
_NUMBER = re.compile(r"\d+")


def with_matched_keys(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return sections with the parts of answer sections at their exercises; what matches none stays."""
    exercises = [n for n in walk(sections) if isinstance(n, Exercise)]
    names = _names(exercises)
    given: dict[str, list[Box]] = {}
    kept: list[Section] = []
    for section in sections:
        if section.kind == "answers" and names:
            counted = [] if _asks_last(kept) else exercises
            section = _taken(section, counted, names, given)
        kept.append(section)
    if not given:
        return sections

    def keep(node: N) -> N:
        if isinstance(node, Exercise) and (mine := given.get(_place(node))):
            return replace(node, blocks=(*node.blocks, *mine))
        rebuilt: N = rebuild(node, keep)
        return rebuilt

    return tuple(keep(section) for section in kept)


def _asks_last(above: list[Section]) -> bool:
    """Whether what is numbered last above a key are questions: its numbers are theirs."""
    for section in reversed(above):
        inside = list(walk(section.blocks))
        if any(isinstance(node, Exercise) for node in inside):
            return False
        if section.kind == "questions" and any(isinstance(n, List) and n.ordered for n in inside):
            return True
    return False


def _place(exercise: Exercise) -> str:
    return f"{exercise.span.line} {exercise.number} {exercise.heading.name}"


def _names(exercises: list[Exercise]) -> dict[str, str]:
    """Return the exercises' places by number and by title, those that two share left out."""
    pairs = [
        (name, _place(e))
        for e in exercises
        for name in {e.number, key_of(e.heading.title.plain)}
        if name
    ]
    shared = Counter(name for name, _ in pairs)
    return {name: place for name, place in pairs if shared[name] == 1}


def _taken(
    section: Section, exercises: list[Exercise], names: dict[str, str], given: dict[str, list[Box]]
) -> Section:
    """Return an answers' section less what goes to exercises, which joins `given`."""
    left: list[Node] = []
    for block in section.blocks:
        place = names.get(_named(block), "") or names.get(_titled(block), "")
        if place and isinstance(block, Headed):
            given.setdefault(place, []).append(_answer(block))
        elif isinstance(block, List) and _counts(block, exercises):
            for item, exercise in zip(block.items, exercises, strict=True):
                box = Box(
                    span=item.span,
                    kind="answer",
                    blocks=item.blocks,
                    products=find_kind("answer").products,
                )
                given.setdefault(_place(exercise), []).append(box)
        else:
            left.append(block)
    return replace(section, blocks=tuple(left))


def _counts(block: List, exercises: list[Exercise]) -> bool:
    """Whether a numbered list has an item for each exercise, by number."""
    numbers = [str(block.start + at) for at in range(len(block.items))]
    return block.ordered and len(numbers) > 1 and numbers == [e.number for e in exercises]


def _named(block: Node) -> str:
    """Return the number that a part of a key names: "Exercise 2", "2.", "Answer 2"."""
    if isinstance(block, Field):
        found = _NUMBER.search(block.label.plain)
        return found.group() if found else ""
    if not isinstance(block, Topic | Part | Box | Exercise):
        return ""
    if block.heading.number:
        return str(block.heading.number)
    found = _NUMBER.search(block.heading.title.plain)
    return found.group() if found else ""


def _titled(block: Node) -> str:
    if isinstance(block, Field):
        return key_of(block.label.plain)
    heading = getattr(block, "heading", None)
    return key_of(heading.title.plain) if heading else ""


def _answer(block: Headed) -> Box:
    """Return a part of a key as an exercise's answer, under its own heading."""
    products = find_kind("answer").products
    if isinstance(block, Field):
        first = (Paragraph(span=block.span, text=block.value),) if block.value else ()
        heading = Heading(title=block.label)
        return Box(
            span=block.span,
            kind="answer",
            heading=heading,
            blocks=(*first, *block.blocks),
            products=products,
        )
    return Box(
        span=block.span,
        id=block.id,
        kind="answer",
        heading=block.heading,
        blocks=block.blocks,
        products=products,
    )
