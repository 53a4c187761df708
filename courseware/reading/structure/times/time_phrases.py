"""Times as authors write them, in minutes: "(30 min)", "1 h 15", "2-3 hours", "0:10-0:20"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from courseware.language.catalogue import Tongue
from courseware.language.durations import FROM_RIGHT, length_words, number_words
from courseware.language.plurals import direction_of
from courseware.language.small_words import small_words
from courseware.language.twins import EAST, alike
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
from courseware.model.cutting import asks, only_mark
from courseware.model.inline import ITALIC
from courseware.model.kinds import select_kinds
from courseware.model.walk import N, rebuild, texts

MOST_MINUTES = 6_000
"""Minutes that a text may state: a longer time is no session's."""


PARTS = {"¼": 0.25, "½": 0.5, "¾": 0.75}


class _PhraseForms(msgspec.Struct, frozen=True):
    """How times are written in one language: their patterns, and the numbers and lengths of its words."""

    durations: re.Pattern[str]
    numbers: dict[str, int]
    worded: re.Pattern[str]
    lengths: dict[str, int]
    hours: re.Pattern[str]
    each: re.Pattern[str]
    """What tells that a time is that of each of several things."""


@cache
def _forms(tongue: Tongue) -> _PhraseForms:
    small = small_words(tongue)
    hours, minutes = small.unit("time_hours"), small.unit("time_minutes")
    half, quarter, join = (
        f"(?:{small.any_of(f'time_{name}')})" for name in ("half", "quarter", "and")
    )
    between = small.any_of("time_between")
    numbers = {alike(word): n for word, n in number_words(tongue).items()}
    lengths = {" ".join(alike(word).split()): n for word, n in length_words(tongue).items()}
    number = (
        r"(?:(?<!\d)\d{1,6}(?!\d)(?:[.,]\d{1,6}(?!\d)|\s?[¼½¾])?|[¼½¾]"
        rf"|(?:(?<![^\W\d_])|(?<=\b[וو]))(?:(?:{_any(numbers, apart=True)})(?![^\W\d_])|(?:{_any(numbers, apart=False)})))"
    )
    return _PhraseForms(
        re.compile(
            rf"{small.about}(?:(?P<h>{number})\s*(?:(?P<first_half>{half})\s*)?{hours}(?:\s*(?:(?P<half>{half})|(?P<quarter>{quarter}))(?![^\W\d_])|\s*,?\s*{join}?\s*(?P<hm>\d{{1,4}})\s*{minutes}?)?(?![a-z])"
            rf"|(?P<between>{between})\s+(?P<least>{number})\s*{join}\s*(?P<most>{number})\s*(?P<of>{hours}|{minutes})"
            rf"|(?P<low>{number})(?:\s*(?P<first>{minutes})?\s*{small.to}\s*(?P<high>{number}))?[\s-]*{small.of}(?P<unit>{hours}|{minutes}))",
            re.IGNORECASE,
        ),
        numbers,
        re.compile(
            rf"{small.about}(?P<word>{'|'.join(sorted(map(re.escape, lengths), key=len, reverse=True))})"
            rf"(?:\s*{join}?\s*(?P<more>{number})\s*{minutes})?(?![^\W\d_])",
            re.IGNORECASE,
        ),
        lengths,
        re.compile(hours, re.IGNORECASE),
        re.compile(rf"\s*(?:{small.apart('time_each', 'time_every')})", re.IGNORECASE),
    )


def _any(numbers: Iterable[str], *, apart: bool) -> str:
    """Return the numbers in words of scripts that put white space behind them, or of those that do not."""
    words = [w for w in numbers if apart != (re.search(f"[{EAST}]", w) is not None)]
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)"


def whole(text: str) -> int | None:
    """Return a whole number of up to six digits, None where a text is none: more is a slip."""
    return int(text) if text.isdecimal() and len(text) <= 6 else None


def duration(text: str, tongue: Tongue, whole: bool = False) -> Time | None:
    """Return the time that begins `text` (that is all of it, with `whole`), or None.

    Numbers and lengths in words are those of English and of the text's language.
    """
    forms, text = _forms(tongue), alike(text).strip()
    found = forms.durations.match(text)
    worded = _worded(text, forms, whole)
    if worded is not None and (found is None or len(worded.text) > found.end()):
        return worded
    if found is None or (whole and found.end() != len(text)):
        return None
    if found["h"]:
        low = high = _minutes(found["h"], forms, True) + int(
            found["hm"]
            or ((found["half"] or found["first_half"]) and 30)
            or (found["quarter"] and 15)
            or 0
        )
    else:
        hours = forms.hours.fullmatch(found["unit"] or found["of"]) is not None
        low = _minutes(found["low"] or found["least"], forms, hours and not found["first"])
        high = _minutes(found["high"] or found["most"] or found["low"], forms, hours)
    from_right = direction_of(tongue.language) == "rtl" or FROM_RIGHT.search(found.group())
    if low > high and from_right:  # "15-10 דקות", as it looks from the right
        low, high = high, low
    if not 0 < low <= high <= MOST_MINUTES:
        return None
    return Time(low, high, found.group().strip())


def _minutes(number: str, forms: _PhraseForms, hours: bool) -> int:
    part = PARTS.get(number[-1:], 0.0)
    figures = number[:-1].strip() or "0" if part else number.replace(",", ".")
    value = forms.numbers.get(number.lower()) or float(figures) + part
    return round(value * 60 if hours else value)


def _worded(text: str, forms: _PhraseForms, whole: bool) -> Time | None:
    """Return the time that begins a text in words: "half an hour", "an hour and 15 minutes"."""
    found = forms.worded.match(text)
    if found is None or (whole and found.end() != len(text)):
        return None
    minutes = forms.lengths[found["word"].lower()] + _minutes(found["more"] or "0", forms, False)
    return Time(minutes, minutes, found.group().strip())


CLOCKS = frozenset("⏱⏲⏰⌛⏳⌚") | {chr(sign) for sign in range(0x1F550, 0x1F568)}
"""Signs before a length of time."""
REMARK = 40
"""Characters of what may follow the time of a line that states one."""
_WORKING = select_kinds(lambda kind: kind.timing in ("work", "spare"))


def stated_time(
    blocks: Sequence[Node], words: Vocabulary, labels: str = "times", sentences: bool = True
) -> Time | None:
    """Return the time that a block's first lines state, or, with `sentences`, one of its sentences.

    `labels` names the vocabulary's list of the words that such a line begins with.
    """
    for line in _first_lines(blocks[:3]):
        if time := in_all(_labelled(line, words, labels), words.tongue):
            return time
        if time := _alone(blocks[0], line, words.tongue):
            return time
    for block in blocks if sentences else ():
        if isinstance(block, Paragraph):
            found = words.takes.search(block.text.plain)
            if found:
                return in_all(block.text.plain[found.end() :], words.tongue)
    return None


def _labelled(line: str, words: Vocabulary, labels: str) -> str:
    """Return what stands behind a line's label and colon, "" where the label is none of a list's."""
    label, _, value = alike(line).partition(":")
    return value if key_of(split_emoji(label)[1]) in words.of(labels) else ""


def _alone(first: Node, line: str, tongue: Tongue) -> Time | None:
    """Return the time that a first line is behind a clock's sign, or in italics with its brackets at most."""
    sign, said = split_emoji(line.strip())
    if CLOCKS.intersection(sign):
        return _remarked(alike(said), tongue)
    return duration(line.strip("()[] ."), tongue, whole=True) if _stands_out(first) else None


def _first_lines(blocks: Sequence[Node]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Field):
            yield f"{block.key}: {block.value.lines()[0]}"
        elif isinstance(block, Paragraph):
            yield from block.text.lines()


def in_all(text: str, tongue: Tongue) -> Time | None:
    """Return the time that begins a text, None where it is that of each of several things."""
    time = duration(text, tongue)
    rest = text.strip()[len(time.text) :] if time is not None else ""
    return None if _forms(tongue).each.match(rest) else time


def _stands_out(block: Node) -> bool:
    """Whether a block is a labelled field, or a line in italics."""
    italic = isinstance(block, Paragraph) and only_mark(block.text, ITALIC) is not None
    return isinstance(block, Field) or italic


def _first_of(blocks: Sequence[Node], words: Vocabulary) -> Time | None:
    """Return the time that the first of blocks states: a field, a line in italics, or a line "Time: 40 minutes, in pairs"."""
    first = blocks[0] if blocks else None
    if first is None or _stands_out(first):
        return stated_time(blocks[:1], words)
    line = first.text.plain.strip() if isinstance(first, Paragraph) else ""
    return _remarked(_labelled(line, words, "times"), words.tongue)


def _remarked(text: str, tongue: Tongue) -> Time | None:
    """Return the time that a text is, but for a short remark behind it."""
    time = in_all(text, tongue)
    rest = text.strip()[len(time.text) :].strip(" .") if time is not None else ""
    return time if not rest or (rest[0] in ",;(·–—-/|" and len(rest) <= REMARK) else None


def _is_worked(node: Node, words: Vocabulary) -> bool:
    """Whether a block is a section, or a topic that asks something: it is done, not told about."""
    said = (text.plain for text in texts(getattr(node, "blocks", ())))
    return isinstance(node, Section) or (
        isinstance(node, Topic) and any(asks(one, words.tongue) for one in said)
    )


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
        opens = kind == "introduction" and not node.heading.name
        if node.heading.time is not None or opens:  # what stands below a title is the session's
            return node
        time = stated_time(node.blocks, words, "times" if work else "estimates", work)
        if time is None and _is_worked(node, words):
            time = _first_of(node.blocks, words)
        if time is None:
            return node
        # Without its words: they are printed where they stand.
        return msgspec.structs.replace(
            node, heading=msgspec.structs.replace(node.heading, time=Time(time.low, time.high))
        )

    done: Section = timed(section, section.kind)
    return done
