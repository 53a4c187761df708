"""Times as authors write them, in minutes: "(30 min)", "1 h 15", "2-3 hours", "0:10-0:20"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from courseware.language.durations import (
    AND,
    HOURS,
    HOURS_EAST,
    MINUTES,
    MINUTES_EAST,
    TO,
    WORDED,
    number_words,
    pattern,
)
from courseware.language.twins import EAST, twins
from courseware.language.vocabulary import Vocabulary, key_of, split_emoji
from courseware.model.blocks import (
    Box,
    Exercise,
    Field,
    Node,
    Paragraph,
    Parallel,
    Part,
    Section,
    Time,
    Topic,
)
from courseware.model.cutting import asks
from courseware.model.kinds import select_kinds
from courseware.model.walk import N, rebuild, texts

_SAID = {twins(word): n for word, n in number_words().items()}


def _said(*, apart: bool) -> str:
    """Return the numbers in words of scripts that put white space behind them, or of those that do not."""
    words = (w for w in _SAID if apart != (re.search(f"[{EAST}]", w) is not None))
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NUMBER = (
    r"(?:(?<!\d)\d{1,6}(?!\d)(?:[.,]\d{1,6}(?!\d))?"
    rf"|(?<![^\W\d_])(?:(?:{_said(apart=True)})(?![^\W\d_])|(?:{_said(apart=False)})))"
)
_HOURS, _MINUTES = pattern(HOURS_EAST, HOURS), pattern(MINUTES_EAST, MINUTES)
_DURATION = re.compile(
    r"(?:about|approx\.?|approximately|around|ca\.?|~|≈|約|约|약|около|حوالي|etwa|rund|ungefähr"
    r"|environ|circa|unos|unas|cerca de|aproximadamente|примерно|लगभग|大约|大約|およそ|de|da|от|с|من|从|從|von|from)?\s*"
    rf"(?:(?P<h>{_NUMBER})\s*{_HOURS}(?:\s*,?\s*{AND}\s*(?P<hm>\d{{1,4}})\s*{_MINUTES}?)?(?![a-z])"
    rf"|(?P<low>{_NUMBER})(?:\s*{TO}\s*(?P<high>{_NUMBER}))?[\s-]*"
    rf"(?P<unit>{_HOURS}|{_MINUTES}))",
    re.IGNORECASE,
)
_WORDS = {re.sub(r"\s+", " ", twins(word)): n for n, words in WORDED.items() for word in words}
_WORDED = re.compile(
    rf"(?P<word>{'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})"
    rf"(?:\s*{AND}\s*(?P<more>{_NUMBER})\s*{_MINUTES})?(?![^\W\d_])",
    re.IGNORECASE,
)
"""A time in words; then minutes."""


def whole(text: str) -> int | None:
    """Return a whole number of up to six digits, None where a text is none: more is a slip."""
    return int(text) if text.isdecimal() and len(text) <= 6 else None


def _minutes(number: str, hours: bool) -> int:
    value = _SAID.get(number.lower()) or float(number.replace(",", "."))
    return round(value * 60 if hours else value)


def duration(text: str, whole: bool = False) -> Time | None:
    """Return the time that begins `text` (that is all of it, with `whole`), or None."""
    text = twins(text)
    found = _DURATION.match(text.strip())
    worded = _worded(text.strip(), whole)
    if worded is not None and (found is None or len(worded.text) > found.end()):
        return worded
    if found is None:
        return None
    if whole and found.end() != len(text.strip()):
        return None
    if found["h"]:
        low = high = _minutes(found["h"], True) + int(found["hm"] or 0)
    else:
        hours = re.fullmatch(_HOURS, found["unit"], re.IGNORECASE) is not None
        low = _minutes(found["low"], hours)
        high = _minutes(found["high"] or found["low"], hours)
    if not 0 < low <= high <= 6000:
        return None
    return Time(low, high, found.group().strip())


def _worded(text: str, whole: bool) -> Time | None:
    """Return the time that begins a text in words: "half an hour", "an hour and 15 minutes"."""
    found = _WORDED.match(text)
    if found is None or (whole and found.end() != len(text)):
        return None
    minutes = _WORDS[found["word"].lower()] + _minutes(found["more"] or "0", False)
    return Time(minutes, minutes, found.group().strip())


_EACH = re.compile(r"\s*(?:for |by )?(?:each|every|per|an?)\b", re.IGNORECASE)
_WORKING = select_kinds(lambda kind: kind.timing in ("work", "spare"))


def stated_time(
    blocks: Sequence[Node], words: Vocabulary, labels: str = "times", sentences: bool = True
) -> Time | None:
    """Return the time that a block's first lines state, or, with `sentences`, one of its sentences.

    `labels` names the vocabulary's list of the words that such a line begins with.
    """
    for line in _first_lines(blocks[:3]):
        label, _, value = line.partition(":")
        if key_of(split_emoji(label)[1]) in words.of(labels):
            time = in_all(value)
            if time is not None:
                return time
    for block in blocks if sentences else ():
        if isinstance(block, Paragraph):
            found = words.takes.search(block.text.plain)
            if found:
                return in_all(block.text.plain[found.end() :])
    return None


def _first_lines(blocks: Sequence[Node]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Field):
            yield f"{block.key}: {block.value.lines()[0]}"
        elif isinstance(block, Paragraph):
            yield from block.text.lines()


def in_all(text: str) -> Time | None:
    """Return the time that begins a text, None where it is that of each of several things."""
    time = duration(text)
    rest = text.strip()[len(time.text) :] if time is not None else ""
    return None if _EACH.match(rest) else time


def _is_worked(node: Node) -> bool:
    """Whether a block is a section, or a topic that asks something: it is done, not told about."""
    said = (text.plain for text in texts(getattr(node, "blocks", ())))
    return isinstance(node, Section) or (isinstance(node, Topic) and any(map(asks, said)))


def with_stated_times(section: Section, words: Vocabulary) -> Section:
    """Return a section with the times that the first lines of it and its blocks state.

    Teaching text may tell how long a meeting takes: there, only a line that says "Estimated time"
    or the like counts, or a field "Time" that stands first where something is done, and none of parallel siblings, whose
    labels are what is compared.
    """

    def timed(node: N, kind: str = "") -> N:
        if isinstance(node, Parallel | Exercise):
            return node
        node = rebuild(node, timed)
        work = kind == "exercises" or (isinstance(node, Box) and node.kind in _WORKING)
        if not isinstance(node, Section | Topic | Part | Box) or (
            isinstance(node, Box) and not work
        ):
            return node
        if node.heading.time is not None:
            return node
        time = stated_time(node.blocks, words, "times" if work else "estimates", work)
        if time is None and _is_worked(node):
            time = stated_time([b for b in node.blocks[:1] if isinstance(b, Field)], words)
        if time is None:
            return node
        # Without its words: they are printed where they stand.
        return msgspec.structs.replace(
            node, heading=msgspec.structs.replace(node.heading, time=Time(time.low, time.high))
        )

    done: Section = timed(section, section.kind)
    return done
