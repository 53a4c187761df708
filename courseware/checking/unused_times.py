"""A rule on times: what looks like a time in a heading or an agenda, and is none of the session's."""

from __future__ import annotations

from collections.abc import Iterator

from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Span
from courseware.model.blocks import Heading, Item, Paragraph, Row
from courseware.model.session import Session
from courseware.model.walk import walk
from courseware.reading.structure.heading_times import looks_timed


def unused_times(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Tell of a heading, or of an agenda's item or row, whose words hold a time that it does not take."""
    told = [(span, words) for span, words in _untimed(session) if looks_timed(words)]
    if told:
        (span, words), *others = told
        more = f" and {len(others)} more" if others else ""
        hint = 'a time counts alone in brackets, "(30 min)", or begins an item of the agenda'
        yield Diagnostic("C180", f'the time in "{words[:50]}"{more} is not planned', span, hint)


def _untimed(session: Session) -> Iterator[tuple[Span, str]]:
    """Yield the place and the words of what could state a time and has none."""
    for node in walk(session.sections):
        heading = getattr(node, "heading", None)
        if isinstance(heading, Heading) and heading.time is None:
            yield node.span, heading.title.plain
    for agenda in walk(s for s in session.sections if s.kind == "agenda"):
        if isinstance(agenda, Item | Row) and agenda.time is None:
            yield agenda.span, _words(agenda)


def _words(node: Item | Row) -> str:
    """Return the words that an item begins with, or those of a row's cells."""
    holders = node.cells if isinstance(node, Row) else (node,)
    firsts = [holder.blocks[0] for holder in holders if holder.blocks]
    return " ".join(first.text.plain for first in firsts if isinstance(first, Paragraph))
