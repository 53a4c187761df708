"""The segments of sessions as they are poured into days, kept by what they were planned from."""

from __future__ import annotations

import msgspec

from courseware.build.state.readings import UNREADABLE, Readings
from courseware.build.state.store import SLOTS
from courseware.files import fingerprint
from courseware.model.session import Session
from courseware.model.times.delivery import Delivery
from courseware.schedule.appointments import plan_slots
from courseware.schedule.pouring import PouredSegment

_slots = msgspec.json.Decoder(tuple[PouredSegment, ...]).decode


class KeptSlots:
    """Gives the segments of a session: from the store where the session is as it was."""

    def __init__(self, readings: Readings) -> None:
        """Take the sessions as read; those that are given are outlines of them."""
        self.readings = readings

    def __call__(
        self, session: Session, delivery: Delivery, audience: str = ""
    ) -> tuple[PouredSegment, ...]:
        """Return the segments of an outline's session, for a delivery and an audience of variants."""
        own = (self.readings.made_by, self.readings.print_of(session), delivery, audience)
        name = SLOTS + fingerprint(msgspec.json.encode(own))
        kept = self.readings.store.get(name)
        try:
            if kept is not None:
                return _slots(kept)
        except UNREADABLE:  # written by another program
            pass
        slots = plan_slots(self.readings.full(session), delivery, audience)
        self.readings.store.put(name, msgspec.json.encode(slots))
        return slots
