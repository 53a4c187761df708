"""Puts writing space to each prompt: the author's own, or as much as the prompt's words ask for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import msgspec

from courseware.language.printed import Printed
from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import (
    Box,
    Code,
    Drawing,
    Exercise,
    Field,
    Figure,
    Form,
    Item,
    List,
    Math,
    Node,
    Paragraph,
    Parallel,
    Part,
    Rule,
    Section,
    Space,
    Table,
    Text,
    Topic,
)
from courseware.model.cutting import asks
from courseware.model.inline import Mark, Verbatim
from courseware.model.walk import own_texts, rebuild, texts
from courseware.products.worksheet.canvases import canvas_of, filled, quadrants
from courseware.products.worksheet.matrices import ShownMatrix, named_in, plot
from courseware.products.worksheet.selection import (
    WHOLE_BOXES,
    holds,
    is_asked,
    is_served,
)
from courseware.products.worksheet.space import (
    FEW,
    LINE,
    MANY,
    PITCH,
    TALLEST,
    THING,
    Kind,
    PromptSize,
    Room,
    Things,
    asked_for,
    chosen_by,
    completes,
    defines,
    picked,
    stated,
    writes,
)
from courseware.products.worksheet.task_tables import Past, TaskTables

replace = msgspec.structs.replace
SHORT = 80
"""Characters of a thing to define: its box's title has two lines at most."""
SHOWN = (Code, Drawing, Figure, Math)
"""What a prompt is about, and its space comes after."""
CALLED: dict[Kind, str] = {"lines": "writing_lines", "box": "drawing_box", "grid": "squared_paper"}
"""The sentences that an author's own space is called by."""


class Terms(msgspec.Struct, frozen=True):
    """What decides on space: the words understood, those printed, the matrices that a session shows."""

    words: Vocabulary
    printed: Printed
    shown: tuple[ShownMatrix, ...] = ()


class Spacing:
    """Goes through a unit of the worksheet; `floor` is the least count of lines for its prompts.

    `lines` is what a lead-in states for each prompt; then a prompt's own words do not decide.
    """

    def __init__(
        self, terms: Terms, floor: int = LINE, lines: int = 0, past: Past | None = None
    ) -> None:
        """Take what decides on space; `past` is what the unit has said so far."""
        self.terms, self.words, self.printed = terms, terms.words, terms.printed
        self.floor, self.lines, self.past = floor, lines, past or Past()
        self.tables = TaskTables(terms.words, terms.printed, self.past)

    def unit(self, node: Exercise | Section) -> Node:
        """Return an exercise, section or box with space in it; an exercise has some in any case."""
        asks_all = isinstance(node, Section) and node.kind in ("questions", "deliverable")
        past = Past() if isinstance(node, Exercise) else self.past
        inside = Spacing(self.terms, FEW if asks_all else self.floor, past=past)
        past.texts.append(node.heading.name)
        made = replace(node, blocks=tuple(inside.blocks(node.blocks)))
        if node.worded and not holds(made.blocks, _is_space):
            made = replace(made, blocks=_with_last(made.blocks, self._whole(made)))
        return made

    def blocks(self, blocks: Sequence[Node], lead: str = "") -> list[Node]:
        """Return blocks with space after each prompt; `lead` is the text that leads to them."""
        blocks = self._with_choices([b for b in blocks if not isinstance(b, Rule)])
        found: list[Node] = []
        waiting: list[Node] = []  # a prompt's space comes after the code or picture it is about
        for at, block in enumerate(blocks):
            rest = blocks[at + 1 :]
            if not is_shown(block):
                found += waiting
                waiting = []
            if isinstance(block, Paragraph) and not (waiting and is_shown(block)):
                after = next((b for b in rest if not is_shown(b)), None)
                lead = block.text.plain
                if self._instructs(block, after):
                    block = replace(block, asks=False)
                found.append(block)
                served = _serves(block, after) or self.tables.collects(lead, after)
                if block.asks and not served:
                    waiting = self.spaces(block, lead)
                self.past.texts.append(lead)
            elif isinstance(block, List):
                space = rest[0] if rest and isinstance(rest[0], Space) else None
                found += self.list_(block, lead, space)
                self.past.lists.append((lead, block))
            else:
                found += self._other(block, lead)
        return found + waiting

    def _instructs(self, paragraph: Paragraph, after: Node | None) -> bool:
        """Whether a paragraph says how to work on the parts that follow, which ask for themselves.

        A question is asked, and what says to write is written, whatever follows.
        """
        said = paragraph.text.plain
        if asks(said, self.words.tongue) or writes(said, self.words):
            return False
        parts = after.siblings if isinstance(after, Parallel) else (after,)
        return all(
            isinstance(p, Part | Topic) and holds([p], lambda n: is_asked(n) or is_served(n))
            for p in parts
        )

    def _with_choices(self, blocks: list[Node]) -> list[Node]:
        """Mark lists of choices that code or a picture parts from their prompt, or "select" tells."""
        found: list[Node] = []
        for block in blocks:
            lead = next((b for b in reversed(found) if not is_shown(b)), None)
            if (
                isinstance(block, List)
                and isinstance(lead, Paragraph)
                and _are_choices(block, self.words)
            ):
                apart = found[-1] is not lead and not any(i.asks for i in block.items)
                if (apart and self._is_answered_by_one(lead)) or picked(
                    lead.text.plain, self.words
                ):
                    items = tuple(replace(i, asks=False) for i in block.items)
                    block = replace(block, choices=True, items=items)
                    found[found.index(lead)] = replace(lead, asks=True)
            found.append(block)
        return found

    def _is_answered_by_one(self, lead: Paragraph) -> bool:
        """Whether a text asks, or tells to choose, among what stands below the code or picture that follows it."""
        return lead.asks or chosen_by(lead.text.plain, self.words)

    def _other(self, block: Node, lead: str) -> list[Node]:
        if isinstance(block, Space):
            return self.author(block, lead)
        if isinstance(block, Table):
            return [filled(block, self._deeper, completed=completes(lead, self.words))]
        if isinstance(block, Form):
            return canvas_of(block)
        if isinstance(block, Field):
            said = f"{block.label.plain} {block.value.plain}".strip()
            self.past.texts.append(said)
            return [replace(block, blocks=tuple(self.blocks(block.blocks, said)))]
        if isinstance(block, Exercise | Section):
            return [self.unit(block)]
        return [
            self._inside(block, lead) if hasattr(block, "blocks") else rebuild(block, self._deeper)
        ]

    def _inside(self, block: Any, lead: str) -> Node:
        heading = getattr(block, "heading", None)
        if heading is not None and heading.title:
            self.past.parts.append(heading.title)
        made = replace(
            block, blocks=tuple(self.blocks(block.blocks, heading.name if heading else lead))
        )
        own = isinstance(block, Box) and block.kind in WHOLE_BOXES
        return self._written(made) if own and not holds(made.blocks, _is_space) else made

    def _written(self, box: Box) -> Box:
        """Return a box with space at its end, where it says somewhere to write or to draw."""
        said = next((t.plain for t in texts(box.blocks) if writes(t.plain, self.words)), "")
        if not said:
            return box
        return replace(box, blocks=(*box.blocks, self.room(box, self.asked(said), said)))

    def _deeper(self, node: Node) -> Node:
        if hasattr(node, "blocks"):
            return replace(node, blocks=tuple(self.blocks(node.blocks)))
        return rebuild(node, self._deeper)

    def asked(self, text: str) -> PromptSize:
        """Return the space that a prompt's words ask for."""
        if self.lines:
            return PromptSize("lines", max(self.lines, self.floor))
        return asked_for(text, self.words, self.floor)

    def spaces(self, prompt: Node, text: str) -> list[Node]:
        """Return what a prompt is answered on: a table, the axes of a matrix, else lines or a box."""
        axes = named_in(text, self.terms.shown, prompt.span.line, self.words)
        if axes is not None:
            return [plot(prompt, axes, self.printed)]
        return self.tables.of_text(prompt, text) or [self.room(prompt, self.asked(text))]

    def room(self, prompt: Node, size: PromptSize, label: str = "") -> Room:
        """Return a space for a prompt."""
        said = label or _said(prompt)
        return Room(
            span=prompt.span,
            id=f"{prompt.id}-space",
            kind=size.kind,
            height=size.height,
            label=said,
        )

    def _whole(self, node: Exercise | Section) -> Room:
        said = [t.plain for b in node.blocks if not isinstance(b, Box) for t in texts([b])]
        size = max(
            (self.asked(t) for t in said[-1:]),
            key=lambda s: s.height,
            default=PromptSize("lines", MANY),
        )
        if size.kind == "lines" and size.amount < MANY:
            size = PromptSize("lines", MANY)
        return self.room(node, size, node.heading.name)

    def list_(self, block: List, lead: str, after: Space | None) -> list[Node]:
        """Return a list with space, or the tables that it asks for."""
        tables = [] if after is not None else self.tables.of_list(lead, block)
        return tables or [self._listed(block, lead, after)]

    def _listed(self, block: List, lead: str, after: Space | None) -> List:
        """Return a list with space in each item that asks, unless the author's space `after` serves.

        The author's serves all items if it has a line for each and none has its own; if some have
        their own, it serves the last one.
        """
        asked = [i for i in block.items if i.asks]
        own = any(holds([i], is_served) for i in block.items)
        if block.choices or (
            after is not None and asked and not own and _lines(after) >= len(asked)
        ):
            return block
        if len(asked) == len(block.items) >= 2 and not own and self._things(block, lead):
            items = tuple(self._thing(i) for i in block.items)
            return Things(
                span=block.span, id=block.id, items=items, ordered=block.ordered, start=block.start
            )
        last = asked[-1] if after is not None and asked and own else None
        inside = self._stated(lead)
        made: list[Item] = []
        for item, following in zip_longest(block.items, block.items[1:]):
            served = item is last or self.tables.collects(_said(item), following)
            made.append(inside._item(item, served))
            self.past.texts.append(_said(item))
        return replace(block, items=tuple(made))

    def _stated(self, lead: str) -> Spacing:
        """Return what spaces the items of a list whose lead-in states how much to write for each."""
        lines = stated(lead, self.words)
        return Spacing(self.terms, self.floor, lines, self.past) if lines else self

    def _item(self, item: Item, served: bool) -> Item:
        item = _led(item)
        if not item.blocks and item.checked is None:
            return replace(item, blocks=(self.room(item, PromptSize("lines", LINE)),))
        blocks = tuple(self.blocks([_quiet(b) for b in item.blocks] if item.asks else item.blocks))
        if item.asks and not served and not holds([item], is_served):
            blocks = (*blocks, *self.spaces(item, _said(item)))
        return replace(item, blocks=blocks)

    def _things(self, block: List, lead: str) -> bool:
        plain = all(len(i.blocks) == 1 and isinstance(i.blocks[0], Paragraph) for i in block.items)
        return (
            plain and defines(lead, self.words) and all(len(_said(i)) <= SHORT for i in block.items)
        )

    def _thing(self, item: Item) -> Item:
        return replace(item, blocks=(*item.blocks, self.room(item, PromptSize("box", THING))))

    def author(self, space: Space, lead: str) -> list[Node]:
        """Return the author's own space: a canvas as boxes with titles, what is tall in pieces."""
        if space.kind == "canvas":
            return [quadrants(space, self.printed)]
        kind: Kind = space.kind
        size = PromptSize(kind, space.size or (FEW if kind == "lines" else THING))
        count = -(-int(size.height) // int(TALLEST))
        height = size.height / count
        if kind == "lines":
            height = max(round(height / PITCH), 1) * PITCH
        label = lead or self.printed(CALLED[kind])
        return [Room(span=space.span, id=f"{space.id}-space-{n}" if n else f"{space.id}-space",
                     kind=kind, height=height, label=label) for n in range(count)]  # fmt: skip


def is_shown(node: Node) -> bool:
    """Whether a node is what a prompt is about: code, a picture, a line of code alone."""
    alone = isinstance(node, Paragraph) and not node.asks and bool(node.text.inlines)
    coded = alone and all(isinstance(inline, Verbatim) for inline in node.text.inlines)  # type: ignore[attr-defined]
    return isinstance(node, SHOWN) or coded


def _is_space(node: Node) -> bool:
    return isinstance(node, Room) or is_served(node)


def _lines(space: Space) -> float:
    return space.size if space.kind == "lines" else MANY


def _are_choices(block: List, words: Vocabulary) -> bool:
    """Whether items can be the choices of a prompt: statements, without boxes of their own."""
    plain = all(i.blocks and i.checked is None and not i.part for i in block.items)
    return plain and not any(asks(_said(i), words.tongue) for i in block.items)


def _serves(prompt: Paragraph, after: Node | None) -> bool:
    """Whether a paragraph's blanks, or what follows it, is the space for it."""
    if after is None or is_served(prompt):
        return is_served(prompt)
    if isinstance(after, Space | Form):
        return True
    return isinstance(after, List | Table) and holds([after], lambda n: is_served(n) or is_asked(n))


def _quiet(block: Node) -> Node:
    return replace(block, asks=False) if isinstance(block, Paragraph) else block


def _led(item: Item) -> Item:
    """Return an item with what it begins with as a line of text, as its siblings have it, not a label."""
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Field) or first.value or not first.blocks or first.role:
        return item
    text = Text((Mark("strong", inside=first.label.inlines, line=item.span.line),))
    lead = Paragraph(span=first.span, id=first.id, text=text)
    return replace(item, blocks=(lead, *first.blocks, *item.blocks[1:]))


def _said(node: Node) -> str:
    """Return a prompt's own words."""
    own = node.blocks[:1] if isinstance(node, Item) else (node,)
    return " ".join(t.plain for block in own for t in own_texts(block) if t.plain)


def _with_last(blocks: tuple[Node, ...], room: Room) -> tuple[Node, ...]:
    """Put a space after the blocks, before the boxes that end them."""
    at = len(blocks)
    while at and isinstance(blocks[at - 1], Box | Section | Rule):
        at -= 1
    return (*blocks[: at or len(blocks)], room, *blocks[at or len(blocks) :])
