"""Which blocks ask, and the slide of a question."""

from __future__ import annotations

from courseware.model.blocks import (
    Block,
    Field,
    Item,
    List,
    Paragraph,
    Text,
)
from courseware.model.inline import joined
from courseware.products.deck import names
from courseware.products.deck.cues import cue
from courseware.products.deck.frames import ids
from courseware.products.deck.values import Placeholder, Slide

QUESTION = 30
"""Words up to which a question is a slide's title as it is."""


def find_questions(block: Block) -> list[tuple[Item | Paragraph, Text]]:
    """Return the questions in a block with their texts; none where not all of it asks."""
    if isinstance(block, Paragraph):
        return [(block, block.text)] if block.asks or _asks(block.text) else []
    if not isinstance(block, List):
        return []
    found: list[tuple[Item | Paragraph, Text]] = []
    for item in block.items:
        text = _own(item)
        if item.checked is not None or not text or not (item.asks or _asks(text)):
            return []
        found.append((item, text))
    return found


def _asks(text: Text) -> bool:
    return text.plain.rstrip(" *_\"'”’)").endswith("?")


def _own(item: Item) -> Text:
    first = item.blocks[0] if item.blocks else None
    if isinstance(first, Paragraph):
        return first.text
    if isinstance(first, Field):
        return joined(names.bare(first.label), ": ", first.value)
    return Text()


def ask(node: Item | Paragraph, text: Text) -> Slide:
    """Return the slide of a question: its title is what is asked."""
    title = names.bare(text)
    short = cue(title, QUESTION)
    choices = [b for b in node.blocks if isinstance(b, List) and b.choices] if isinstance(node, Item) else []  # fmt: skip
    holders = (Placeholder("body", tuple(choices)),) if choices else ()
    more = isinstance(node, Item) and len(node.blocks) > 1 + len(choices)
    covers = ids([node])
    shown = covers if short == title and not more else ids(choices)
    return Slide("question", "question", short, node.id, holders, covers=covers, shown=shown)
