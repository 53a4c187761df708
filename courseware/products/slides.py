"""A session's deck: slides from the learner's projection, notes from the facilitator's.

The rules are in `products.deck`, and in words in docs/slides.md. The layout `slides/deck.html.j2`
writes a deck as HTML; the writer measures it, splits what does not fit, and makes the file.
"""

from __future__ import annotations

import msgspec

from courseware.diagnostics import Span
from courseware.model.blocks import Paragraph
from courseware.model.session import Course, Session, for_learner
from courseware.products.deck import names
from courseware.products.deck.notes import noted
from courseware.products.deck.sections import section
from courseware.products.deck.titles import distinct
from courseware.products.deck.values import Deck, Placeholder, Slide

replace = msgspec.structs.replace


def deck(course: Course, session: Session) -> Deck:
    """Return the deck of a session as the facilitator may see it; its slides hold nothing of theirs."""
    learner = for_learner(session)
    slides = [opening(course, learner)]
    for found in learner.sections:
        slides += section(found)
    return Deck(tuple(noted(distinct(slides), session)))


def opening(course: Course, session: Session) -> Slide:
    """Return the title slide: the title; course, module and session; the length and for whom."""
    above = [course.title, session.module, session.label]
    facts = [m.text for m in session.meta if m.key in ("length", "audience")]
    if not facts and session.length:
        facts = [names.plain(names.minutes(session.length))]
    kicker = names.plain(" · ".join(part for part in above if part))
    lines = [kicker, *map(names.bare, facts)]
    blocks = tuple(Paragraph(span=Span(session.path), text=line) for line in lines if line)
    holders = (Placeholder("subtitle", blocks),) if blocks else ()
    return Slide("title", "opening", names.bare(session.title), "", holders,
                 section=session.title.plain)  # fmt: skip
