"""Times: the agenda after the opening, and each slide's place in the run sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from courseware.diagnostics import Span
from courseware.language.printed import Printed
from courseware.model.blocks import Cell, Paragraph, Row, Table, Text
from courseware.model.inline import marked, plain_text
from courseware.model.kinds import select_kinds
from courseware.model.session import Session
from courseware.model.times.shortened import shortened
from courseware.model.times.timing import RunSheet, Segment
from courseware.model.walk import walk
from courseware.products.deck.titles import Placeholder, Slide, When, called

replace = msgspec.structs.replace
FRAMING = select_kinds(lambda kind: kind.opens or kind.closes)
"""Kinds of segments that the agenda leaves out where their time is not stated."""
WORK = frozenset({"exercise", "activity"})
COLUMNS = ("agenda_time", "agenda_what", "agenda_minutes")
"""What the columns of an agenda are called."""
FEWEST, FEWEST_OF_PLAN = 3, 2
"""Rows that an agenda has at least: of a whole session, and of a plan for another length."""

_WORDS = re.compile(r"\d+|[^\W\d_]+")


def agenda(sheet: RunSheet, learner: Session, words: Printed) -> Slide | None:
    """Return the agenda of what learners see; None of few rows, or where the author's own holds.

    The author's times do not hold in a plan for another length.
    """
    own = bool(learner.agendas())
    whole = sheet.delivery.length is None
    if own and whole:
        return None
    seen = {node.id for node in learner.nodes()}
    shown = (s for s in sheet.timed() if s.id in seen or s.pause)
    rows = [s for s in shown if s.title or s.kind in ("break", "free")]
    rows = [s for s in rows if s.stated or s.kind not in FRAMING]
    if len(rows) < (FEWEST if whole else FEWEST_OF_PLAN):
        return None
    span = Span(learner.path)
    head = _row(span, [plain_text(words(name)) for name in COLUMNS], header=True)
    body = tuple(_row(span, _cells(s, sheet, words)) for s in rows)
    table = Table(span=span, head=(head,), rows=body)
    title = called("agenda", words)
    return Slide("table", "agenda", title, "", (Placeholder("body", (table,)),),
                 section=title.plain)  # fmt: skip


def _cells(segment: Segment, sheet: RunSheet, words: Printed) -> list[Text]:
    if segment.date:
        told = words("next_day", date=words.date(segment.date))
        return [plain_text(""), plain_text(told), plain_text("")]
    title = plain_text(segment.title or words.title(segment.kind))
    if segment.kind in WORK:
        title = marked(title, "strong")
    elif segment.pause or segment.kind == "break":
        title = marked(title, "em")
    clock = words.numeral(sheet.delivery.clock(segment.start))
    return [plain_text(clock), title, plain_text(words.numeral(_minutes(segment, words)))]


def _minutes(segment: Segment, words: Printed) -> str:
    about = "" if segment.stated else "~"
    return f"{about}{segment.minutes}"


def _row(span: Span, texts: Sequence[Text], header: bool = False) -> Row:
    cells = (Cell(span=span, header=header, blocks=(Paragraph(span=span, text=t),)) for t in texts)
    return Row(span=span, cells=tuple(cells))


def placed(slides: Sequence[Slide], sheet: RunSheet, words: Printed) -> list[Slide]:
    """Return slides with the time of the segment that each of them belongs to in their notes."""
    owners = owners_of(sheet)
    result: list[Slide] = []
    for slide in slides:
        found = next((owners[i] for i in slide.covers if i in owners), None)
        if found is not None:
            when = _when(found, sheet)
            stated = _unsaid(slide.notes.stated, found, when, words)
            slide = replace(slide, notes=replace(slide.notes, when=when, stated=stated))
        result.append(slide)
    return result


def owners_of(sheet: RunSheet) -> dict[str, Segment]:
    """Return the segment that each block belongs to, by the block's id."""
    owners: dict[str, Segment] = {}
    for segment in sheet.timed():
        _own(segment, owners)
    return owners


def hidden(slides: Sequence[Slide], learner: Session, sheet: RunSheet) -> list[Slide]:
    """Return slides with those marked of which a plan keeps nothing."""
    if sheet.delivery.length is None:
        return list(slides)
    there = {node.id for node in shortened(learner, sheet).nodes()}
    return [
        replace(slide, hidden=True) if slide.covers and there.isdisjoint(slide.covers) else slide
        for slide in slides
    ]


def _own(segment: Segment, owners: dict[str, Segment]) -> None:
    for name in (segment.id, *_ids(segment.blocks)):
        owners[name] = segment
    for part in segment.inside:
        _own(part, owners)


def _ids(blocks: Iterable[object]) -> list[str]:
    return [node.id for node in walk(blocks) if node.id]  # type: ignore[arg-type]


def _when(segment: Segment, sheet: RunSheet) -> When:
    clock = sheet.delivery.clock
    return When(clock(segment.start), clock(segment.end), segment.minutes, segment.stated,
                segment.title)  # fmt: skip


def _unsaid(
    stated: tuple[str, ...], segment: Segment, when: When, words: Printed
) -> tuple[str, ...]:
    """Leave out the segment's own time as written, "(30min)", where its minutes say as much."""
    own = segment.heading.time.text if segment.heading.time else ""
    said = set(_WORDS.findall(own.lower())) <= set(
        _WORDS.findall(words("minutes", n=when.minutes).lower())
    )
    if own not in stated or not said:
        return stated
    at = stated.index(own)
    return stated[:at] + stated[at + 1 :]
