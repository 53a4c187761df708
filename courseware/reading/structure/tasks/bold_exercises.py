"""Lines of a text with a time that head an exercise, "**Activity: Three nos (10 minutes)**", or are a break."""

from __future__ import annotations

import msgspec

from courseware.language.durations import is_break
from courseware.language.vocabulary import Vocabulary, key_of, split_emoji
from courseware.model.blocks import Break
from courseware.model.cutting import without_last
from courseware.model.inline import joined
from courseware.reading.blocks.inline_tokens import text_of
from courseware.reading.structure.bold import Raw, RawParagraph
from courseware.reading.structure.branches import Branch
from courseware.reading.structure.headings import RawHeading, case_heading, heading_of
from courseware.reading.structure.times.heading_times import split_time

LOWEST = 6
"""The level of what heads a quotation."""


def bold_exercise(block: Raw, words: Vocabulary) -> list[Raw] | None:
    """Return a paragraph whose first line names an exercise and its time as a heading and what follows it; else None."""
    line = block.lines[0] if isinstance(block, RawParagraph) else None
    if not isinstance(block, RawParagraph) or line is None or line.bold is None:
        return None
    rest = line.rest.plain.strip(": ")
    title = without_last(line.bold, ":： ")
    if rest.startswith("(") and rest.endswith(")"):  # the time stands behind the bold words
        title, rest = joined(title, " ", without_last(line.rest, ":： ")), ""
    heading = heading_of(title, words, {})
    named = heading.label and words.exercise_start.match(heading.label)
    bare = key_of(heading.title.plain) in words.of("exercise_starts")
    case = case_heading(heading, words)
    if heading.time is None or not (named or bare or (case and case.number)):
        return None
    lines = block.lines[1:]
    if rest:
        lines = (msgspec.structs.replace(line, text=line.rest, bold=None), *lines)
    more = [RawParagraph(lines, text_of(lines), block.span)] if lines else []
    return [RawHeading(LOWEST, title, line.number, {}), *more]


def break_of(block: Raw, words: Vocabulary) -> Break | None:
    """Return the break that a paragraph is, alone on its line with its time: "☕ **Break (15 min)**"; else None.

    "Break into pairs (5 min)" is none: what stands behind the word is done.
    """
    if not isinstance(block, RawParagraph) or len(block.lines) != 1:
        return None
    said = split_emoji(block.text.plain.strip())[1]
    start, end, time = split_time(said, words.tongue)
    title = said[start:end].strip(" *_:.!–—-")
    if time is None or not is_break(title, words.tongue):
        return None
    return Break(span=block.span, minutes=time.high, title=title)


def with_bold_exercises(
    before: list[Raw], top: list[Branch], words: Vocabulary
) -> tuple[list[Raw], list[Branch]]:
    """Return the blocks before the first heading and the tree of headings, bold lines that head an exercise among them."""
    own, first = _parted(before, words)
    return own, [*first, *(_deeper(branch, words) for branch in top)]


def _deeper(branch: Branch, words: Vocabulary) -> Branch:
    """Return a branch of teaching text with what its bold lines head below it; parts of an exercise stay its own."""
    heading = heading_of(branch.raw.text, words, branch.raw.attributes)
    key = key_of(heading.name)
    tasks = heading.label and words.exercise_start.match(heading.label)
    if tasks or key in words.of("assignment") or words.section_kind(heading.name) != "concept":
        return branch
    own, first = _parted(branch.own, words)
    return Branch(branch.raw, own, [*first, *(_deeper(below, words) for below in branch.below)])


def _parted(blocks: list[Raw], words: Vocabulary) -> tuple[list[Raw], list[Branch]]:
    own: list[Raw] = []
    made: list[Branch] = []
    for block in blocks:
        found = bold_exercise(block, words)
        if found is not None and isinstance(found[0], RawHeading):
            raw = msgspec.structs.replace(found[0], level=0)  # the author gave it no level
            made.append(Branch(raw, found[1:], []))
        else:
            (made[-1].own if made else own).append(block)
    return own, made
