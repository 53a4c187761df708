"""Sections onto slides: what each kind of section becomes, and where a divider stands."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from courseware.model.blocks import (
    Block,
    Field,
    Item,
    List,
    Paragraph,
    Section,
    Text,
    Topic,
)
from courseware.products.deck import names
from courseware.products.deck.cues import cue
from courseware.products.deck.units import Frame, ids, opened, unit
from courseware.products.deck.values import Placeholder, Slide

replace = msgspec.structs.replace
DIVIDED = frozenset({"concept", "exercises", "questions", "discussion"})
"""Kinds of sections that begin with a divider where they hold more than one slide."""
ASKED = frozenset({"questions", "discussion"})
"""Kinds of sections whose questions get a slide each."""
REFERENCE = frozenset({"reading", "glossary"})
"""Kinds of sections to look things up in: one slide, the rest is in the notes."""
QUESTION = 30
"""Words up to which a question is a slide's title as it is."""


def section(found: Section) -> list[Slide]:
    """Return a section's slides, its divider first."""
    slides = inside(found)
    title = names.title_of(found.heading, found.kind)
    if found.kind in DIVIDED and found.heading.name:
        slides = _divided(found, title, slides)
    name = title.plain if found.heading.name or found.boxed or not slides else ""
    name = name or slides[0].title.plain
    return [replace(slide, section=name) for slide in slides]


def inside(found: Section) -> list[Slide]:
    """Return the slides of what a section holds; an introduction's paragraphs are for the notes."""
    frame = Frame(names.title_of(found.heading, found.kind), found.id, found.kind)
    if found.kind == "next":
        return unit(replace(frame, layout="closing"), found.blocks)
    if found.kind in ASKED:
        return asked(frame, found.blocks)
    if found.kind == "introduction":
        return unit(frame, [b for b in found.blocks if not isinstance(b, Paragraph)])
    slides = unit(frame, found.blocks)
    if found.kind in REFERENCE and slides:
        every = tuple(i for slide in slides for i in slide.covers)
        return [replace(slides[0], covers=every)]
    return slides


def _divided(found: Section, title: Text, slides: list[Slide]) -> list[Slide]:
    """Put a divider before two slides or more that bear titles of their own.

    Paragraphs that the section begins with become its subtitle; any other text of its own has a
    slide that bears the section's title and begins it, without a divider.
    """
    first = slides[0] if slides else None
    lead = _lead(found)
    if first is not None and first.source == found.id and lead is not None and _is_text(first):
        rest = slides[1:]
    else:
        rest = slides
    if len(rest) < 2 or any(slide.title == title for slide in rest):
        return slides
    covers = (found.id, *(first.covers if first is not None and rest is not slides else ()))
    shown: tuple[str, ...] = ()
    text = names.plain(names.minutes(found.heading.time)) if found.heading.time else Text()
    if lead is not None and rest is not slides:
        text = cue(lead.text)
        shown = (lead.id,) if text == lead.text else ()
    line = Paragraph(span=found.span, text=text)
    holders = (Placeholder("subtitle", (line,)),) if text else ()
    divider = Slide("section", "divider", title, found.id, holders, covers=covers, shown=shown)
    return [divider, *(_less(slide, covers) for slide in rest)]


def _less(slide: Slide, covers: tuple[str, ...]) -> Slide:
    return replace(slide, covers=tuple(i for i in slide.covers if i not in covers))


def _lead(found: Section) -> Paragraph | None:
    first = next(iter(opened(found.blocks)), None)
    return first if isinstance(first, Paragraph) else None


def _is_text(slide: Slide) -> bool:
    """Whether a slide holds nothing but paragraphs, or sentences of them as a list."""
    blocks = [b for holder in slide.placeholders for b in holder.blocks]
    if slide.layout != "content":
        return False
    return all(isinstance(b, Paragraph) or (isinstance(b, List) and not b.id) for b in blocks)


# -- questions -------------------------------------------------------------------------


def asked(frame: Frame, blocks: Sequence[Block]) -> list[Slide]:
    """Return a slide for each question, and units for what stands between them."""
    slides: list[Slide] = []
    run: list[Block] = []
    for block in opened(blocks):
        found = _questions(block)
        if isinstance(block, Topic):
            slides += unit(frame, run)
            run = []
            title = names.title_of(block.heading)
            slides += asked(replace(frame, title=title, source=block.id), block.blocks)
        elif found:
            slides += unit(frame, run)
            run = []
            slides += [_question(one, text) for one, text in found]
        else:
            run.append(block)
    return slides + unit(frame, run)


def _questions(block: Block) -> list[tuple[Item | Paragraph, Text]]:
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
        return names.joined(names.bare(first.label), first.value, ": ")
    return Text()


def _question(node: Item | Paragraph, text: Text) -> Slide:
    title = names.bare(text)
    short = cue(title, QUESTION)
    choices = [b for b in node.blocks if isinstance(b, List) and b.choices] if isinstance(node, Item) else []  # fmt: skip
    holders = (Placeholder("body", tuple(choices)),) if choices else ()
    more = isinstance(node, Item) and len(node.blocks) > 1 + len(choices)
    covers = ids([node])
    shown = covers if short == title and not more else ids(choices)
    return Slide("question", "question", short, node.id, holders, covers=covers, shown=shown)
