"""A facilitator's blocks as the guide shows them: cues told apart, answers and debriefs named.

A line of theirs that starts with Say, Do, Ask, Listen for or Watch becomes a cue of that kind.
What learners write on becomes what it asks for. No word of theirs is added to or taken away but
the colon after a cue's word.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from courseware.language.catalogue import Tongue
from courseware.language.printed import Printed
from courseware.model.blocks import (
    AnyNode,
    Block,
    Box,
    BoxKind,
    Field,
    Item,
    PageBreak,
    Paragraph,
    Rule,
    Space,
    Text,
)
from courseware.model.inline import joined, marked, plain_text
from courseware.model.session import hidden
from courseware.model.walk import rebuild
from courseware.products.deck.cues import cue_kind, cue_lines, cue_of

replace = msgspec.structs.replace
_CUE_KINDS: dict[str, BoxKind] = {"say": "cue say", "do": "cue do", "ask": "cue ask", "listen": "cue listen",
              "watch": "cue watch"}  # fmt: skip
_NAMES = {"answer": "expect", "debrief": "debrief"}
"""The words that name what its author gave no name."""


def guided(blocks: Iterable[Block], words: Printed, product: str = "guide") -> tuple[Block, ...]:
    """Return blocks as the guide prints them; those that are not for `product` are left out."""

    def keep(node: AnyNode, cued: bool = False) -> Any:
        mine = cued or (isinstance(node, Box) and hidden(node) and node.kind != "answer")
        if mine and hasattr(node, "blocks"):
            node = replace(
                node, blocks=tuple(b for one in node.blocks for b in _lines(one, words.tongue))
            )
        if (node.products and product not in node.products) or product in node.except_products:
            return None
        if isinstance(node, Space):
            return _asked_for(node)
        if isinstance(node, PageBreak | Rule):
            return None
        if isinstance(node, Paragraph) and cued:
            return _cue(node, words.tongue)
        if isinstance(node, Item) and node.asks and node.blocks:
            first = node.blocks[0]
            if isinstance(first, Paragraph):
                node = replace(node, blocks=(replace(first, asks=True), *node.blocks[1:]))
        if isinstance(node, Field) and cued and (kind := cue_kind(_word(node), words.tongue)):
            node = _cue_of_field(node, kind)
        done = rebuild(node, lambda child: keep(child, mine))
        if isinstance(done, Field) and done.role in ("answer", "debrief"):
            return _labelled(done)
        return _named(done, words) if isinstance(done, Box) else done

    return tuple(n for n in map(keep, blocks) if n is not None)


def _lines(block: Block, tongue: Tongue) -> list[Block]:
    """Return a paragraph cut before each line that begins a cue; any other block as it is."""
    if not isinstance(block, Paragraph):
        return [block]
    cut = cue_lines(block.text, tongue)
    if len(cut) == 1:
        return [block]
    names = [block.id, *(f"{block.id}-{n}" for n in range(2, len(cut) + 1))]
    return [replace(block, id=name, text=text) for name, text in zip(names, cut, strict=True)]


def _asked_for(space: Space) -> Paragraph | None:
    """Return the titles of a canvas; other writing space holds no word."""
    titles = " · ".join(t for t in space.titles if t)
    return Paragraph(span=space.span, id=space.id, text=plain_text(titles)) if titles else None


def _cue(paragraph: Paragraph, tongue: Tongue) -> Paragraph | Box:
    """Return a facilitator's paragraph as a cue where it starts with a cue's word."""
    found = cue_of(paragraph.text, tongue)
    if found is None:
        return paragraph
    word = " ".join(found[0].split())
    text = _cued(word[:1].upper() + word[1:].lower(), found[1])
    return _cue_box(paragraph, cue_kind(word, tongue), replace(paragraph, text=text, asks=False))


def _word(field: Field) -> str:
    """Return a field's label without its colon."""
    return field.label.plain.rstrip(" :：")


def _cued(word: str, said: Text) -> Text:
    """Return what is said behind a cue's word."""
    name = marked(plain_text(word), "strong", ("class", "cue-word"))
    return joined(name, " ", said) if said else name


def _cue_box(node: Block, kind: str, first: Paragraph, *more: Block) -> Box:
    return Box(span=node.span, id=f"{node.id}-cue", kind=_CUE_KINDS[kind], audience=node.audience,
               blocks=(first, *more))  # fmt: skip


def _cue_of_field(field: Field, kind: str) -> Box:
    word = _word(field)
    text = _cued(word[:1].upper() + word[1:].lower(), field.value)
    return _cue_box(field, kind, Paragraph(span=field.span, text=text), *field.blocks)


def _labelled(field: Field) -> Box:
    """Return a field that is an answer or a debrief as the box of its kind, its label kept."""
    said = _cued(field.label.plain.rstrip(" :："), field.value)
    first = Paragraph(span=field.span, id=f"{field.id}-name", text=said)
    return Box(span=field.span, id=field.id, kind="answer" if field.role == "answer" else "debrief", audience=field.audience,
               blocks=(first, *field.blocks))  # fmt: skip


def _named(box: Box, words: Printed) -> Box:
    """Return an answer or a debrief with its name, where its author gave it none."""
    if box.kind not in _NAMES or box.heading.name:
        return box
    name = words(_NAMES[box.kind])
    first = Paragraph(span=box.span, id=f"{box.id}-name", text=_cued(name, Text()))
    return replace(box, blocks=(first, *box.blocks))
