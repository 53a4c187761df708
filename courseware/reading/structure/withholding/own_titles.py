"""Titles of lesson plans that learners' pages have, too: what they head decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseware.language.catalogue import words_read
from courseware.language.frames import Decision, Place, Reader, Setting
from courseware.language.twins import EASTERN
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.model.blocks import Paragraph, Table
from courseware.reading.structure.bold import RawParagraph
from courseware.reading.structure.times.plans import is_plan
from courseware.reading.structure.withholding.around import Around
from courseware.reading.structure.withholding.deciding import Deciding

_BRACKET = re.compile(r"\s*[(（\[](?P<said>[^()（）\[\]]+)[)）\]]\s*$")
_FEWEST = 4
"""Words of a text that says what something is, at least."""
_LEARNERS = ("discussion", "objectives", "questions", "checklist", "takeaways")
"""Kinds of sections that learners do, whatever their words say of them beside: "Рефлексия"."""


def is_learners(
    title: str, blocks: Sequence[object], found: Decision, words: Vocabulary, deciding: Deciding
) -> bool:
    """Whether what a title withholds is the learners': a section of theirs, a plan with columns for each, or a task.

    A task's title may say where its answer is: "Fill in (solution below)".

    Of such a plan the columns of who leads are withheld by their heads.
    """
    if found.reader is Reader.ANSWER:
        return _is_elsewhere(title, words, deciding)
    if found.sure or found.reader is not Reader.FACILITATOR:
        return False
    if words.names(title) in _LEARNERS:
        return True
    tables = [block for block in blocks if isinstance(block, Table)]
    parted = any(deciding.with_columns(one, Around(())) != one for one in tables)
    return parted and is_plan(blocks, words.tongue)


def defines(title: str, blocks: Sequence[object], words: Vocabulary) -> bool:
    """Whether what a title heads begins with what its thing is: "Solutions", "A solution is a mixture".

    Behind a task these words answer it: "A solution is to sort first".
    """
    first = next((b for b in blocks if isinstance(b, RawParagraph | Paragraph)), None)
    said = first.text.plain.split() if first is not None else []
    one = len(said) >= _FEWEST and said[0].lower() in words_read("one_words", words.tongue)
    return one and key_of(said[1]) == key_of(title)


def _is_elsewhere(title: str, words: Vocabulary, deciding: Deciding) -> bool:
    """Whether a title says in brackets where an answer is, and nothing of one beside."""
    found = _BRACKET.search(title)
    place = map(key_of, words_read("answer_elsewhere", words.tongue) if found else ())
    said = f" {key_of(found['said'])} " if found else ""
    near = any((one if EASTERN.search(one) else f" {one} ") in said for one in place)
    bare = title[: found.start()].strip() if found else ""
    return near and not deciding.readers.frames.decide(bare, Setting(Place.HEADING))
