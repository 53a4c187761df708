"""The times that lines of a block state: "Estimated time: 5 min", "this should take 5 minutes"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from courseware.language.vocabulary import Vocabulary, key_of, split_emoji
from courseware.model.blocks import (
    Box,
    Exercise,
    Field,
    Paragraph,
    Parallel,
    Part,
    Section,
    Time,
    Topic,
)
from courseware.model.kinds import select_kinds
from courseware.model.walk import rebuild
from courseware.reading.structure import time_phrases as times

_EACH = re.compile(r"\s*(?:for |by )?(?:each|every|per|an?)\b", re.IGNORECASE)
_WORKING = select_kinds(lambda kind: kind.timing in ("work", "spare"))


def stated_time(
    blocks: Sequence[Any], words: Vocabulary, labels: str = "times", sentences: bool = True
) -> Time | None:
    """Return the time that a block's first lines state, or, with `sentences`, one of its sentences.

    `labels` names the vocabulary's list of the words that such a line begins with.
    """
    for line in _first_lines(blocks[:3]):
        label, _, value = line.partition(":")
        if key_of(split_emoji(label)[1]) in words.of(labels):
            time = _in_all(value)
            if time is not None:
                return time
    for block in blocks if sentences else ():
        if isinstance(block, Paragraph):
            found = words.takes.search(block.text.plain)
            if found:
                return _in_all(block.text.plain[found.end() :])
    return None


def _first_lines(blocks: Sequence[Any]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Field):
            yield f"{block.key}: {block.value.lines()[0]}"
        elif isinstance(block, Paragraph):
            yield from block.text.lines()


def _in_all(text: str) -> Time | None:
    """Return the time that begins a text, None where it is that of each of several things."""
    time = times.duration(text)
    rest = text.strip()[len(time.text) :] if time is not None else ""
    return None if _EACH.match(rest) else time


def with_stated_times(section: Section, words: Vocabulary) -> Section:
    """Return a section with the times that the first lines of it and its blocks state.

    Teaching text may tell how long a meeting takes: there, only a line that says "Estimated time"
    or the like counts, and none of parallel siblings, whose labels are what is compared.
    """

    def timed(node: Any, kind: str = "") -> Any:
        if isinstance(node, Parallel | Exercise):
            return node
        node = rebuild(node, timed)
        work = kind == "exercises" or (isinstance(node, Box) and node.kind in _WORKING)
        if not work and not isinstance(node, Section | Topic | Part):
            return node
        if node.heading.time is not None:
            return node
        time = stated_time(node.blocks, words, "times" if work else "estimates", work)
        if time is None:
            return node
        # Without its words: they are printed where they stand.
        return msgspec.structs.replace(
            node, heading=msgspec.structs.replace(node.heading, time=Time(time.low, time.high))
        )

    done: Section = timed(section, section.kind)
    return done
