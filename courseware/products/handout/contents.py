"""What a handout's first page lists: the sections with their pages, where there are many."""

from __future__ import annotations

from courseware.model.blocks import Paragraph, Rule, Section
from courseware.model.session import Session
from courseware.model.walk import texts

SECTIONS, LETTERS = 5, 4500
"""Sections and letters, some three pages, from which a handout has a list of contents."""
NOT_LISTED = frozenset({"objectives", "guiding", "reading", "next", "agenda"})
"""Kinds that one finds without a list: they stand first or last."""


def contents(session: Session) -> tuple[Section, ...]:
    """Return the sections that the first page of a session's handout lists, () for a short one."""
    found = tuple(s for s in session.sections if s.heading.name and s.kind not in NOT_LISTED)
    if len(found) < SECTIONS or sum(len(t.plain) for t in texts(session.sections)) < LETTERS:
        return ()
    return found


FEW_LINES = 280
"""Characters of a section that stands beside its heading: four lines."""


def brief(section: Section) -> bool:
    """Return whether what a session ends with, such as the next session's name, is a few lines."""
    blocks = [block for block in section.blocks if not isinstance(block, Rule)]
    if section.kind != "next" or len(blocks) != 1:
        return False
    return isinstance(blocks[0], Paragraph) and len(blocks[0].text.plain) <= FEW_LINES
