"""Whether a deck can be shown in the minutes that its session has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from courseware.diagnostics import Diagnostic, Span
from courseware.model.session import Course, Session
from courseware.model.times.timing import Segment, run_sheet
from courseware.pptx.values import ComposedDeck
from courseware.products.deck.clock import owners_of
from courseware.products.deck.cues import words_for

PASSED = frozenset({"title", "section"})
"""Layouts that are shown in passing: the title, dividers, breaks."""
SHORT, FEWEST = 3, 2
"""A segment of fewer minutes than `SHORT` may have `FEWEST` slides."""
HINT = "give it more minutes, or keep a part of it to the handout, with `::: not slides`"


def crowded(deck: ComposedDeck, course: Course, session: Session) -> Iterator[Diagnostic]:
    """Tell of segments of a session with more slides than minutes; hidden slides do not count.

    Text below no heading is called by its kind, as in the run sheet.
    """
    whole = next((s for s in course.sessions if s.path == session.path), session)
    owners = owners_of(run_sheet(whole, course.delivery))
    words = words_for(course, session)
    counts: Counter[str] = Counter()
    segments: dict[str, Segment] = {}
    called: dict[str, str] = {}
    for slide in deck.slides:
        named = (i for i in (*slide.covers, slide.source) if i in owners)
        segment = owners.get(next(named, ""))
        if segment is not None and slide.layout not in PASSED and not slide.hidden:
            segments[segment.id] = segment
            called.setdefault(
                segment.id, segment.title or words.title(segment.kind) or slide.section
            )
            counts[segment.id] += 1
    for name, segment in segments.items():
        minutes = segment.minutes
        if counts[name] > (max(minutes, FEWEST) if minutes < SHORT else minutes):
            said = f'"{called[name]}" has {counts[name]} slides for {minutes} minutes'
            spans = (node.span for node in whole.nodes() if node.id == name)
            yield Diagnostic("C196", said, next(spans, Span(session.path)), HINT)
