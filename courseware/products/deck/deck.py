"""A session's deck: slides from the learner's projection, notes from the facilitator's.

The rules are in `products.deck`, and in words in docs/slides.md. The layout `slides/deck.html.j2`
writes a deck as HTML; the writer measures it, splits what does not fit, and makes the file.
"""

from __future__ import annotations

import msgspec

from courseware.diagnostics import Span
from courseware.model.blocks import Paragraph
from courseware.model.inline import plain_text
from courseware.model.kinds import select_kinds
from courseware.model.session import Course, Session, for_learner
from courseware.model.times.timing import run_sheet
from courseware.products.cue_lines import words_for
from courseware.products.deck import names
from courseware.products.deck.notes import noted
from courseware.products.deck.sections import section
from courseware.products.deck.times import agenda, hidden, placed
from courseware.products.deck.titles import distinct
from courseware.products.deck.values import Deck, Placeholder, Slide

replace = msgspec.structs.replace


OPENING = select_kinds(lambda kind: kind.opens)
"""Kinds of sections that the agenda comes after, where they open the session."""


def deck(course: Course, session: Session) -> Deck:
    """Return the deck of a session as the facilitator may see it; its slides hold nothing of theirs.

    `session` has the blocks that slides print; the run sheet is that of the course's session.
    """
    learner = for_learner(session)
    whole = next((s for s in course.sessions if s.path == session.path), session)
    sheet = run_sheet(whole, course.delivery)
    first = next((i for i, s in enumerate(learner.sections) if s.kind not in OPENING), None)
    words = words_for(course, session)
    slides = [opening(course, learner)]
    for number, found in enumerate(learner.sections):
        plan = agenda(sheet, learner, words) if number == first else None
        slides += [*([plan] if plan else []), *section(found, words)]
    slides = hidden(noted(distinct(slides), session), learner, sheet)
    return Deck(tuple(placed(slides, sheet, words)))


def opening(course: Course, session: Session) -> Slide:
    """Return the title slide: the title; course, module and session; the length and for whom."""
    above = [course.title, session.module, session.label]
    facts = [m.text for m in session.meta if m.key in ("length", "audience")]
    if not facts and session.length:
        length = session.length
        facts = [plain_text(words_for(course, session).minutes(length.low, length.high))]
    kicker = plain_text(" · ".join(part for part in above if part))
    lines = [kicker, *map(names.bare, facts)]
    blocks = tuple(Paragraph(span=Span(session.path), text=line) for line in lines if line)
    holders = (Placeholder("subtitle", blocks),) if blocks else ()
    return Slide("title", "opening", names.bare(session.title), "", holders,
                 section=session.title.plain)  # fmt: skip
