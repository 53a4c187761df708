"""The sessions' appointments: an edition's run sheets, poured into the course's days."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from courseware.model.session import Session
from courseware.model.times.delivery import Delivery
from courseware.model.times.timing import run_sheet
from courseware.model.variants import Edition, for_group
from courseware.schedule.days import Schedule
from courseware.schedule.pouring import Poured, PouredSegment, pour

SlotsOf = Callable[[Session, Delivery, str], tuple[PouredSegment, ...]]
"""Gives the segments of a session, for a delivery and an audience of variants."""


def plan_slots(
    session: Session, delivery: Delivery, audience: str = ""
) -> tuple[PouredSegment, ...]:
    """Return the segments of a session that take time, for a delivery."""
    seen = for_group(session, audience)
    lines = {node.id: node.span.line for node in seen.nodes() if node.id}
    return tuple(
        PouredSegment(s.id, s.minutes, s.title or s.kind, lines.get(s.id, 1), s.kind == "break",
             s.kind == "break" or any(part.kind == "break" for part in s.inside))
        for s in run_sheet(seen, delivery).timed() if s.taken
    )  # fmt: skip


def pour_edition(
    edition: Edition, schedule: Schedule, sessions: Iterable[Session], delivery: Delivery,
    slots_of: SlotsOf = plan_slots,
) -> Poured:  # fmt: skip
    """Return the sessions of an edition, in their order, poured into the course's days."""
    mine = [s for s in sessions if edition.has(s.path)]
    deliveries = {s.path: edition.of(s.path, delivery) for s in mine}
    slots = {s.path: slots_of(s, deliveries[s.path], edition.audience) for s in mine}
    return pour(schedule.open_days(), slots, deliveries)


def with_appointments(
    edition: Edition, schedule: Schedule, sessions: Iterable[Session], delivery: Delivery,
    slots_of: SlotsOf = plan_slots,
) -> Edition:  # fmt: skip
    """Return an edition whose sessions have the deliveries that the course's days give them."""
    poured = pour_edition(edition, schedule, sessions, delivery, slots_of)
    return msgspec.structs.replace(edition, appointments=dict(poured.appointments))
