"""A delivery: when a session starts, how long the room is there, for how many people."""

from __future__ import annotations

from typing import Annotated

import msgspec

LONGEST = 24 * 60
LARGEST = 10_000
CLOCK = r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$|^$"


class Delivery(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One delivery: `start` as "09:00" ("" where unknown), `length` in minutes, `group` in people."""

    start: Annotated[str, msgspec.Meta(pattern=CLOCK)] = ""
    length: Annotated[int, msgspec.Meta(ge=1, le=LONGEST)] | None = None
    group: Annotated[int, msgspec.Meta(ge=1, le=LARGEST)] | None = None

    @property
    def begins(self) -> int | None:
        """The start in minutes after midnight, or None where it is unknown."""
        hours, _, minutes = self.start.partition(":")
        return int(hours) * 60 + int(minutes) if minutes else None

    def clock(self, minutes: int) -> str:
        """Return a time of the delivery: of day where the start is known, else from the start."""
        begins = self.begins
        if begins is None:
            return f"{minutes // 60}:{minutes % 60:02d}"
        at = (begins + minutes) % LONGEST
        return f"{at // 60:02d}:{at % 60:02d}"
