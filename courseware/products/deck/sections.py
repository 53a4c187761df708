"""Sections onto slides: what each kind of section becomes, and where a divider stands."""

from __future__ import annotations

import msgspec

from courseware.language.printed import Printed
from courseware.model.blocks import (
    List,
    Paragraph,
    Section,
    Text,
)
from courseware.model.inline import plain_text
from courseware.model.kinds import select_kinds
from courseware.products.deck import names
from courseware.products.deck.cues import cue
from courseware.products.deck.frames import opened
from courseware.products.deck.units import inside
from courseware.products.deck.values import Placeholder, Slide

replace = msgspec.structs.replace
DIVIDED = select_kinds(lambda kind: kind.divided)
"""Kinds of sections that begin with a divider where they hold more than one slide."""


def section(found: Section, words: Printed) -> list[Slide]:
    """Return a section's slides, its divider first."""
    slides = inside(found, words)
    title = names.title_of(found.heading, names.called(found.kind, words))
    if found.kind in DIVIDED and found.heading.name:
        slides = _divided(found, title, slides, words)
    name = title.plain if found.heading.name or found.boxed or not slides else ""
    name = name or slides[0].title.plain
    return [replace(slide, section=name) for slide in slides]


def _divided(found: Section, title: Text, slides: list[Slide], words: Printed) -> list[Slide]:
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
    time = found.heading.time
    text = plain_text(words.minutes(time.low, time.high)) if time else Text()
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
