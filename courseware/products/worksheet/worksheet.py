"""The worksheet: what learners write on, each prompt with its space, hints at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from courseware.language.counting import count_words, shortened
from courseware.language.printed import Printed
from courseware.language.vocabulary import Vocabulary, key_of, vocabulary_in
from courseware.model.blocks import (
    Block,
    Box,
    Code,
    Drawing,
    Exercise,
    Field,
    Figure,
    Heading,
    Item,
    List,
    Math,
    Node,
    Paragraph,
    Part,
    Section,
    Table,
    Topic,
)
from courseware.model.session import Course, Session
from courseware.model.walk import N, children, own_texts, rebuild, walk
from courseware.products.deck.cues import words_for
from courseware.products.handout.rows import led
from courseware.products.projection import for_product
from courseware.products.worksheet.matrices import matrices
from courseware.products.worksheet.selection import chosen, holds, is_served
from courseware.products.worksheet.space import Grid, Room, Tick
from courseware.products.worksheet.spacing import Spacing, Terms

replace = msgspec.structs.replace
LABEL = 200
"""Characters of a field's label, which a screen reader speaks whole."""
LONG = 170.0
"""Millimetres from which an exercise may break over pages: three quarters of a page."""
SHORT_HINT = 60
"""Words of a hint that stands beside another: some eight lines in half a page's width."""
WIDE = (Code, Drawing, Figure, Math, Table)
"""What half a page's width is too narrow for."""
TEXT_LINE = 5.0
CHARACTERS = 85
"""Millimetres and characters of a line of text, to guess an exercise's height."""
PICTURE = 70.0
"""Millimetres of a picture, to guess the same: one of usual proportions, as wide as a column of text."""


class Hint(msgspec.Struct, frozen=True):
    """A hint, and the name of the exercise or section that it belongs to, "" where it has none."""

    source: str
    blocks: tuple[Block, ...]


class Worksheet(msgspec.Struct, frozen=True):
    """What the layout prints: `units` in source order, then the hints.

    `long` names the units that are taller than most of a page: they may break between prompts. `headed`
    names those, and topics in them, whose heading stands beside the text that it is over.
    """

    units: tuple[Any, ...]
    hints: tuple[Hint, ...] = ()
    long: frozenset[str] = frozenset()
    headed: frozenset[str] = frozenset()

    @property
    def short_hints(self) -> bool:
        """Whether there are several hints, each a few words that stand in half a page's width."""
        told = [list(walk(hint.blocks)) for hint in self.hints]
        plain = not any(isinstance(n, WIDE) for nodes in told for n in nodes)
        words = [sum(count_words(t.plain) for n in nodes for t in own_texts(n)) for nodes in told]
        return plain and len(told) > 1 and max(words) <= SHORT_HINT


def worksheet(course: Course, session: Session) -> Worksheet | None:
    """Return the worksheet of a session as learners see it; None where it has nothing to write on, and no hint.

    Hints are on no other page of the learners'.
    """
    words = words_for(course, session)
    understood = vocabulary_in(session.tongue)
    sections, hints = _without_hints(for_product(session, "worksheet"), understood)
    terms = Terms(understood, words, matrices(sections))
    units = Spacing(terms).blocks(chosen(sections))
    if not hints and not holds(units, lambda n: isinstance(n, Room) or is_served(n)):
        return None
    named = _named(units, words)
    # The first one stands below the title, which must not be left alone on its page.
    heights = (height(unit, 0.0 if number else PICTURE) for number, unit in enumerate(named))
    tall = frozenset(unit.id for unit, high in zip(named, heights, strict=True) if high > LONG)
    return Worksheet(named, hints, tall, frozenset(_headed(named)))


def _headed(blocks: Sequence[Node], within: bool = False) -> Iterator[str]:
    """Yield the ids of siblings whose headings stand beside their texts: all are texts with a space, or none is.

    `within` tells that they are topics of such a one: then one is enough.
    """
    own = [b for b in blocks if isinstance(b, Section | Exercise | Topic) and b.heading.name]
    beside = (within or len(own) > 1) and all(map(_is_asked_alone, own))
    for block in own:
        if beside:
            yield block.id
        yield from _headed(block.blocks, beside)


def _is_asked_alone(block: Section | Exercise | Topic) -> bool:
    """Whether a heading is over a text and its space, and nothing else but topics."""
    rest = block.blocks[led(block) :]
    return len(rest) < len(block.blocks) and all(isinstance(b, Room | Topic) for b in rest)


def height(unit: Node, picture: float = 0.0) -> float:
    """Return some millimetres that a unit takes: its spaces, its lines of text, `picture` for each picture."""
    if isinstance(unit, Room):
        return unit.height / 2 if unit.kind == "box" else unit.height
    if isinstance(unit, Grid):
        cells = [[height(cell, picture) for cell in row.cells] for row in (*unit.head, *unit.rows)]
        return sum(max(row, default=0.0) for row in cells)
    own = sum(TEXT_LINE * (1 + len(t.plain) // CHARACTERS) for t in own_texts(unit) if t)
    own += picture if isinstance(unit, Figure) else 0.0
    return own + sum(height(child, picture) for child in children(unit))


def _without_hints(
    session: Session, words: Vocabulary
) -> tuple[tuple[Section, ...], tuple[Hint, ...]]:
    """Return the sections without their hints, and the hints in source order."""
    found: list[Hint] = []

    def keep(node: N, source: str) -> N | None:
        if isinstance(node, Box) and node.kind == "hint":
            found.append(Hint(source, _hint(node, words)))
            return None
        if isinstance(node, Field) and node.role == "hint":
            value = (Paragraph(span=node.span, id=node.id, text=node.value),) if node.value else ()
            found.append(Hint(source, (*value, *node.blocks)))
            return None
        if isinstance(node, Exercise):
            source = node.heading.full
        bare = rebuild(node, lambda child: keep(child, source))
        lost = isinstance(bare, Item) and bare is not node and not bare.blocks
        return None if lost or (isinstance(bare, List) and not bare.items) else bare

    sections = tuple(s for s in (keep(one, one.heading.name) for one in session.sections) if s)
    return sections, tuple(found)


def _hint(box: Box, words: Vocabulary) -> tuple[Block, ...]:
    """Return a hint's blocks, its own title before them where that says more than "Hint"."""
    title = box.heading.title
    if not title or key_of(title.plain) in words.of("hints"):
        return box.blocks
    return (
        Part(span=box.span, id=box.id, heading=replace(box.heading, level=0), blocks=box.blocks),
    )


def _named(units: Iterable[Node], words: Printed) -> tuple[Node, ...]:
    """Give each space a name that no other has, and a label that says where it belongs."""
    used: set[str] = set()

    def keep(node: Node, where: tuple[str, ...]) -> Node:
        if isinstance(node, Room | Tick):
            name = free_name(node.id, used)
            return replace(node, id=name, name=name, label=label_of(where, node.label, words))
        heading = getattr(node, "heading", None)
        if isinstance(heading, Heading) and heading.name:
            where = (*where, heading.full)
        elif isinstance(node, Exercise):
            where = (*where, words("exercise_number", number=node.number))
        return rebuild(node, lambda child: keep(child, where))

    return tuple(keep(unit, ()) for unit in units)


def free_name(wanted: str, used: set[str]) -> str:
    """Return a field's name near `wanted` that is not in `used`, and put it there; it has no dot."""
    base = re.sub(r"[^\w-]", "-", wanted)
    name, count = base, 1
    while name in used:
        count += 1
        name = f"{base}-{count}"
    used.add(name)
    return name


def label_of(where: tuple[str, ...], said: str, words: Printed) -> str:
    """Return a field's label: the innermost headings, then the prompt, shortened at a word."""
    said = "" if any(part.endswith(said) for part in where) else said
    own = [part for part in where[-2:] if part not in said]
    parts = [part if part[-1] in ".!?:" else f"{part}." for part in own]
    whole = " ".join(" ".join([*parts, said]).split())
    if not whole:
        return words("writing_space")
    return whole if len(whole) <= LABEL else shortened(whole, LABEL) + "…"
