"""Titles of lesson plans that learners' pages have, too: what they head decides."""

from __future__ import annotations

from collections.abc import Sequence

from courseware.language.frames import Decision, Reader
from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import Table
from courseware.reading.structure.times.plans import is_plan
from courseware.reading.structure.withholding.around import Around
from courseware.reading.structure.withholding.deciding import Deciding

_LEARNERS = ("discussion", "objectives", "questions", "checklist", "takeaways")
"""Kinds of sections that learners do, whatever their words say of them beside: "Рефлексия"."""


def is_learners(
    title: str, blocks: Sequence[object], found: Decision, words: Vocabulary, deciding: Deciding
) -> bool:
    """Whether what a title withholds in doubt is the learners': a section of theirs, or a plan with columns for each.

    Of such a plan the columns of who leads are withheld by their heads.
    """
    if found.sure or found.reader is not Reader.FACILITATOR:
        return False
    if words.names(title) in _LEARNERS:
        return True
    tables = [block for block in blocks if isinstance(block, Table)]
    parted = any(deciding.with_columns(one, Around(())) != one for one in tables)
    return parted and is_plan(blocks, words.tongue)
