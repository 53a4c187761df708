"""What a workbook's own pages need of a session: the headings that its contents list."""

from __future__ import annotations

import msgspec

from courseware.model.blocks import Exercise, Section
from courseware.model.session import Session
from courseware.model.walk import blocks_of

replace = msgspec.structs.replace


def digest(session: Session) -> Session:
    """Return a session with its sections' headings, and those of the exercises in them."""
    return replace(session, sections=tuple(map(_outline, session.sections)))


def _outline(section: Section) -> Section:
    exercises = tuple(replace(found, blocks=()) for found in blocks_of([section], Exercise))
    return replace(section, blocks=exercises)
