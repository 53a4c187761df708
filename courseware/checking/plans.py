"""Rules on plans: of a session as it is, of the delivery's length, of each variant of course.yml."""

from __future__ import annotations

from collections.abc import Iterator

from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Span
from courseware.model.session import Session
from courseware.model.times.agenda import with_agenda
from courseware.model.times.objectives import Wording, objectives, said
from courseware.model.times.planning import KINDS, kind_of
from courseware.model.times.segments import pieces
from courseware.model.times.timing import RunSheet, Segment, run_sheet
from courseware.model.variants import edition, for_group

LONG_TALK = 45
"""Minutes of talk in a row from which `check` suggests to stop for something to do. Our choice."""
LEAST_PRACTICE = 1 / 3
"""Share of the minutes, breaks aside, that is practice at least. Our choice."""
LONG = 60
"""Minutes that a session takes at least for the share of practice to be looked at."""


Plans = tuple[tuple[str, RunSheet], ...]
"""What plans of a session are called, and the plans."""


def _plans(loaded: Loaded, session: Session) -> Iterator[tuple[str, RunSheet]]:
    """Yield what a plan is called, and the plan: the session in full first, then its variants."""
    delivery = loaded.course.delivery
    whole = f"a delivery of {delivery.length} minutes" if delivery.length else ""
    yield whole, run_sheet(session, delivery)
    for name, variant in loaded.settings.variants.items():
        made = edition(name, variant, loaded.course.sessions, lambda s: s)
        if made.lengths.get(session.path) is not None:
            seen = for_group(session, made.audience)
            yield f'the variant "{name}"', run_sheet(seen, made.of(session.path, delivery))


def plans(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Yield what every rule below finds in a session and its plans."""
    found = tuple(_plans(loaded, session))
    for rule in (_no_plan, _not_practised, _long_talk, _little_practice):
        yield from rule(session, found)


def _no_plan(session: Session, found: Plans) -> Iterator[Diagnostic]:
    """Warn of a length that no plan fits: what stays is longer, or nothing is left to teach."""
    for name, sheet in found:
        length = sheet.delivery.length
        if length is None or not sheet.segments:
            continue
        if sheet.over:
            message = f"{name}: what stays takes {sheet.total} minutes, {sheet.over} too many"
        elif any(s.out for s in sheet.segments) and not any(map(_teaches, sheet.timed())):
            message = f"{name}: no exercise and no talk fits into {length} minutes"
        else:
            continue
        hint = "what opens and closes a session, and what says {keep}, is never left out"
        yield Diagnostic("C150", message, Span(session.path), hint)


def _teaches(segment: Segment) -> bool:
    return KINDS.get(segment.kind) not in ("opening", "closing", "break")


def _not_practised(session: Session, found: Plans) -> Iterator[Diagnostic]:
    """Say of which objective a plan leaves out every exercise."""
    if all(sheet.delivery.length is None for _, sheet in found):
        return
    parts = with_agenda(session, pieces(session))
    work = {p.id for p in parts if kind_of(p) == "practice"}
    goals = {node.id: node for node in objectives(session)}
    held = {i: ids & work for i, ids in Wording(session, parts).practised().items()} if work else {}
    for name, sheet in found:
        kept = {s.id for s in sheet.timed()}
        for goal, ids in held.items():
            if sheet.delivery.length is not None and ids and not ids & kept:
                message = f'{name}: no exercise is left for the objective "{said(goals[goal])}"'
                hint = "more minutes, or {keep} on the exercise that is for it"
                yield Diagnostic("C151", message, goals[goal].span, hint)


def _long_talk(session: Session, found: Plans) -> Iterator[Diagnostic]:
    """Say where talk goes on for long, of whose minutes the author stated the most."""
    spans = {node.id: node.span for node in session.nodes()}
    for name, sheet in found:
        for run in _talks(sheet):
            minutes = sum(s.taken for s in run)
            if minutes > LONG_TALK < sum(s.taken for s in run if s.stated):
                message = f"{minutes} minutes of talk in a row"
                hint = "a question, an exercise or a break in between keeps a group with you"
                place = spans.get(run[0].id, Span(session.path))
                yield Diagnostic("C152", f"{name}: {message}" if name else message, place, hint)


def _talks(sheet: RunSheet) -> Iterator[list[Segment]]:
    """Yield runs of segments in which nobody but the facilitator has something to do."""
    run: list[Segment] = []
    for segment in (*sheet.timed(), None):
        if segment is not None and KINDS.get(segment.kind) is None and not _active(segment):
            run.append(segment)
            continue
        if run:
            yield run
        run = []


def _active(segment: Segment) -> bool:
    return segment.kind in ("questions", "discussion", "checklist") or bool(segment.inside)


def _little_practice(session: Session, found: Plans) -> Iterator[Diagnostic]:
    """Say where a session with exercises gives them less than a third of its minutes."""
    for name, sheet in found:
        total = sum(s.taken for s in sheet.timed() if KINDS.get(s.kind) != "break")
        practice = sum(
            s.taken for s in sheet.timed() if KINDS.get(s.kind) == "practice" or _active(s)
        )
        if (
            practice
            and total >= LONG
            and practice < total * LEAST_PRACTICE
            and sheet.stated * 2 >= total
        ):
            message = f"{practice} of {total} minutes are practice, less than a third"
            hint = "shorten talk, or let an exercise have its time"
            said_of = f"{name}: {message}" if name else message
            yield Diagnostic("C153", said_of, Span(session.path), hint)
