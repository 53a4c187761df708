"""What a handout's first page lists: the sections with their pages, where there are many; and what is said twice."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from courseware.model.blocks import Paragraph, Rule, Section, Text
from courseware.model.inline import Image
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
"""Characters of the text that a session ends with, and that stands beside its heading: four lines."""
ONE_LINE, NAME = 60, 24
"""Characters of any other section's text beside its heading, and of the heading: a line each."""


def brief(section: Section) -> bool:
    """Return whether a section is a text of one line, or of a few where it is what comes next."""
    blocks = [block for block in section.blocks if not isinstance(block, Rule)]
    if len(blocks) != 1 or not isinstance(blocks[0], Paragraph):
        return False
    letters = len(blocks[0].text.plain)
    if section.kind == "next":
        return letters <= FEW_LINES
    short = letters <= ONE_LINE and 0 < len(section.heading.name) <= NAME
    return short and not section.heading.time and not blocks[0].text.has(Image)


LETTER, LEAST, MOST = 2.3, 27.0, 52.0
"""Width in mm of a label's capital, and of a column of labels at least and at most."""

WIDE = 4 / 3
"""Capitals that a Chinese, Japanese or Korean letter is as wide as."""


def room(label: str) -> float:
    """Return how many capitals' room a label takes."""
    return sum(WIDE if east_asian_width(letter) in "WF" else 1 for letter in label)


def label_column(labels: Sequence[str], least: float = LEAST) -> float:
    """Return the width in mm of a column that holds the longest word of labels on one line."""
    longest = max((room(word) for label in labels for word in label.split()), default=0)
    return round(min(max(LETTER * longest + 4, least), MOST), 1)


def repeats(title: Text, session: Session, anywhere: bool = False) -> bool:
    """Return whether a title says the session's once more, or, `anywhere`, any heading's."""
    said = title.plain.casefold().strip(" :：")
    headings = (getattr(node, "heading", None) for node in session.nodes() if anywhere)
    names = [session.title.plain, *(h.title.plain for h in headings if h)]
    return bool(said) and said in {name.casefold().strip(" :：") for name in names}
