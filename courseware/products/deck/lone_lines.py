"""A slide of a single line shares one with its neighbour of the same unit, where both have room.

Text joins text or short code under the same title; topics of a line each join under their parent's
title, each with its own as a label. Slides that an author marks, and slides with a time, stay.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil

import msgspec

from courseware.model.blocks import Block, Code, Field, List, Paragraph, Text
from courseware.model.walk import own_texts, walk
from courseware.products.deck.content import BIG, bulleted
from courseware.products.deck.cues import LEEWAY, SENTENCE, SLIDE, words
from courseware.products.deck.frames import LINES
from courseware.products.deck.steps import WORDS
from courseware.products.deck.titles import Placeholder, Slide, bare

replace = msgspec.structs.replace
OPEN = frozenset({"content", "code", "exercise"})
"""Layouts that take another line."""
SHUT = frozenset({"slide", "next", "takeaways", "objectives", "question"})
"""Kinds of slides that stay as they are."""
LABELS = 6
"""Topics of a line each that share a slide at most."""


def share_lines(slides: Sequence[Slide], title: Text, timed: Collection[str]) -> list[Slide]:
    """Return a unit's slides, those of a line on one with a neighbour where that has room.

    `title` is the unit's; a slide that covers one of the ids `timed` keeps to itself.
    """
    result: list[Slide] = []
    for slide in slides:
        before = result[-1] if result else None
        both = _both(before, slide, title, timed) if before is not None else None
        if both is None:
            result.append(slide)
        else:
            result[-1] = both
    return result


def _both(one: Slide, other: Slide, title: Text, timed: Collection[str]) -> Slide | None:
    """Return two slides as one; None where neither is of a line, or they have no room together."""
    if not (_is_lone(one) or _is_lone(other)) or not (_takes(one) and _takes(other)):
        return None
    if one.title == other.title:
        return _fitted(one, other, _merged(_flat(one), _flat(other)))
    topics = [slide for slide in (one, other) if slide.title != title]
    if not title or any(set(slide.covers) & set(timed) for slide in topics):
        return None
    if not all(_is_lone(slide) and slide.kind == "topic" for slide in topics):
        return None
    blocks = (*_as_fields(one, title), *_as_fields(other, title))
    own = sum(isinstance(block, Field) for block in blocks)
    if (one.title != title and other.title == title) or own > LABELS:
        return None
    return _fitted(replace(one, title=title, set=""), other, blocks)


def _takes(slide: Slide) -> bool:
    """Whether a slide is of text and short code."""
    blocks = [b for b in walk(_flat(slide)) if isinstance(b, BIG)]
    plain = all(isinstance(block, Code) for block in blocks)
    return slide.layout in OPEN and slide.kind not in SHUT and plain


def _is_lone(slide: Slide) -> bool:
    """Whether a slide holds a single line: a short paragraph, value or item, or a line of code."""
    blocks = _flat(slide)
    code = sum(b.text.strip().count("\n") + 1 for b in walk(blocks) if isinstance(b, Code))
    return code + len(_texts(blocks)) == 1 and _words(blocks) <= SENTENCE


def _texts(blocks: Sequence[Block]) -> list[Text]:
    """Return the texts in blocks, code aside."""
    nodes = (node for node in walk(blocks) if not isinstance(node, Code))
    return [text for node in nodes for text in own_texts(node) if text]


def _words(blocks: Sequence[Block]) -> int:
    return sum(words(text.plain) for text in _texts(blocks))


def _flat(slide: Slide) -> tuple[Block, ...]:
    """Return what a slide says: what leads in its code before that, paragraphs in bullets as such."""
    said = [h for h in slide.placeholders if h.name == "caption"]
    held = [h for h in slide.placeholders if h.name == "body"]
    result: list[Block] = []
    for block in (b for h in (*said, *held) for b in h.blocks):
        if isinstance(block, List) and not block.id:
            result += [b for item in block.items for b in item.blocks]
        else:
            result.append(block)
    return tuple(result)


def _merged(one: Sequence[Block], other: Sequence[Block]) -> tuple[Block, ...]:
    blocks = (*one, *other)
    coded = any(isinstance(node, Code) for node in walk(blocks))
    return blocks if coded else bulleted(blocks)


def _as_fields(slide: Slide, title: Text) -> tuple[Block, ...]:
    """Return what a slide says, under its title as a label where that is not `title`."""
    blocks = _flat(slide)
    if slide.title == title:
        return blocks
    only = blocks[0]
    label = bare(slide.title)
    if not isinstance(only, Paragraph):
        return (Field(span=only.span, label=label, key="", blocks=blocks),)
    return (Field(span=only.span, label=label, key="", value=only.text),)


def _fitted(one: Slide, other: Slide, blocks: tuple[Block, ...]) -> Slide | None:
    """Return a slide of blocks that covers what two do; None where it has no room for them."""
    code = [b for b in walk(blocks) if isinstance(b, Code)]
    lines = sum(b.text.count("\n") + 2 for b in code) + ceil(_words(blocks) / WORDS)
    room = SLIDE if one.layout == "exercise" or other.layout == "exercise" else LEEWAY
    if _words(blocks) > room or (code and lines > LINES) or other.layout == "exercise":
        return None
    facts = [h for h in one.placeholders if h.name not in ("body", "caption")]
    return replace(
        one, layout=one.layout if one.layout == "exercise" else "content",
        placeholders=(*facts, Placeholder("body", blocks)),
        covers=tuple(dict.fromkeys((*one.covers, *other.covers))),
        shown=tuple(dict.fromkeys((*one.shown, *other.shown))),
    )  # fmt: skip
