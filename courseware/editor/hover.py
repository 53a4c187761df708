"""What an editor shows of the place that is pointed at: its minutes, and where it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from courseware.model.blocks import AnyNode, Exercise, Heading, Parallel, Part, Section, Topic
from courseware.model.session import Session
from courseware.model.times.delivery import LONGEST, Delivery
from courseware.model.times.timing import Segment, run_sheet
from courseware.model.walk import children

SHOWN = {
    "slides": "slide",
    "handout": "handout p.",
    "worksheet": "worksheet p.",
    "guide": "guide p.",
}
"""What pages of a product are called, in the order in which they are told."""
Pages = Mapping[str, Mapping[str, int]]


def hover(session: Session, delivery: Delivery, line: int, pages: Pages) -> str:
    """Return what is known of a session's line (from 1), as markdown; "" for nothing.

    `pages` are the pages of blocks by product, in the files that were built last.
    """
    around = _around(session, line)
    if not around:
        return ""
    sheet = run_sheet(session, delivery)
    timed = [s for node in around if node.id and (s := sheet.segment(node.id))]
    named = [node for node in around if _name(node)]
    head = f"**{_name(named[-1])}**" if named else ""
    minutes = _minutes(timed[-1], named[-1:], delivery) if timed else ""
    rows = [head, minutes, _printed(around, pages)]
    return "  \n".join(row for row in rows if row) if any(rows[1:]) else ""


def _around(session: Session, line: int) -> list[AnyNode]:
    """Return what a line is in, the outermost first: on each level, what begins last before it."""
    found: list[AnyNode] = []
    level = list[AnyNode](session.sections)
    while level:
        begun = [node for node in level if node.span.line <= line]
        if not begun or _ended(begun[-1], line):
            break
        found.append(begun[-1])
        level = list(children(begun[-1]))
    return found


def _ended(node: AnyNode, line: int) -> bool:
    """Whether a line is behind a block; what a heading opens goes on to the next heading."""
    open_ = isinstance(node, Section | Topic | Exercise | Part | Parallel)
    return max(node.span.end_line, node.span.line) < line and not (open_ and not node.span.end_line)


def _name(node: AnyNode) -> str:
    heading: Heading | None = getattr(node, "heading", None)
    return heading.full if heading else ""


def _minutes(segment: Segment, named: Sequence[AnyNode], delivery: Delivery) -> str:
    """Return a segment's minutes and when it starts; whose they are, where it is not the place itself."""
    if segment.out or not segment.timed:
        return ""
    minutes = (
        f"{segment.low}–{segment.high}" if segment.low < segment.high else f"{segment.minutes}"
    )
    how = "" if segment.stated else ", estimated"
    mine = any(node.id == segment.id for node in named)
    whose = "" if mine or not segment.title else f" (“{segment.title}”)"
    return f"{minutes} min{how}, {_begins(segment, delivery)}{whose}"


def _begins(segment: Segment, delivery: Delivery) -> str:
    """Return when a segment starts: on which day and by the clock, as far as that is known."""
    clock = f"from {delivery.clock(segment.start)}"
    if not delivery.dates:
        return clock
    days = ((delivery.begins or 0) + segment.start) // LONGEST
    return f"{date.fromisoformat(delivery.dates[0]) + timedelta(days=days)}, {clock}"


def _printed(around: list[AnyNode], pages: Pages) -> str:
    """Return where the innermost of blocks is printed, by product."""
    found = {
        product: page
        for product in SHOWN
        for node in around
        if node.id and (page := pages.get(product, {}).get(node.id)) is not None
    }
    return ", ".join(f"{SHOWN[product]} {page}" for product, page in found.items())
