"""A heading taken apart: attributes, icon, stated time, number, an exercise's label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar, cast

import msgspec

from courseware.language.catalogue import Tongue
from courseware.language.twins import twins
from courseware.language.vocabulary import Vocabulary, split_emoji
from courseware.model.blocks import Heading, Text, Time
from courseware.model.cutting import without_end, without_start
from courseware.reading.markdown.directives import split_attributes
from courseware.reading.structure.times import time_phrases as times
from courseware.reading.structure.times.heading_times import sits_together, split_time

_DOTTED = re.compile(r"^(?P<number>#?\d+(?:\.\d+)*)[.):]\s+")


_OWN_NUMBER = re.compile(r"^(?P<number>\d+(?:\.\d+)+)\s+(?=\S)")


_GONE = re.compile(
    r"[(\[]?(\d{1,2}):([0-5]\d)\s*[-–—]\s*(\d{1,2}):([0-5]\d)[)\]]?\s*(?:[:.|·–—-]\s+)?(?=\S)"
)
"""Hours and minutes from the start."""
T = TypeVar("T")


class RawHeading(msgspec.Struct):
    """A heading as the parser found it, with its attributes; `line` is its first line."""

    level: int
    text: Text
    line: int
    attributes: dict[str, str]


def take_attributes(text: Text) -> tuple[Text, dict[str, str]]:
    """Split attributes in braces off a text."""
    if not text.plain.endswith("}"):
        return text, {}
    kept, values = split_attributes(text.plain)
    return (without_end(text, kept), values) if values else (text, {})


def heading_of(
    text: Text, words: Vocabulary, attributes: dict[str, str], level: int = 0
) -> Heading:
    """Return a heading's parts; a time in brackets at its end or in `minutes` is its own."""
    found = _parts(text, words, attributes, level)
    bring = tuple(w.strip() for w in attributes.get("materials", "").split(",") if w.strip())
    group = attributes.get("group", "").strip()
    return msgspec.structs.replace(
        found, group=group or found.group, materials=bring, keep="keep" in attributes,
        drop_first=attributes.get("drop") == "first",
        groups=_groups(attributes.get("for", ""), words),
    )  # fmt: skip


def with_minutes_gone(raw: Sequence[T]) -> list[T]:
    """Return blocks with the minutes of headings that count from the start and follow one another: "0:00–0:20 Meet", "0:20–0:50 Pour"."""
    found = {
        at: (int(m[1]) * 60 + int(m[2]), int(m[3]) * 60 + int(m[4]), m.end())
        for at, block in enumerate(raw)
        if isinstance(block, RawHeading) and (m := _GONE.match(twins(block.text.plain)))
    }
    edges = [0, *(edge for start, end, _ in found.values() for edge in (start, end))]
    chained = all(a == b for a, b in zip(edges[::2], edges[1::2], strict=False))
    if len(found) < 2 or not chained or edges != sorted(edges) or any(e % 5 for e in edges):
        return list(raw)
    result = list(raw)
    for at, (start, end, length) in found.items():
        heading = cast(RawHeading, raw[at])
        minutes = {"minutes": str(end - start), **heading.attributes}
        text = without_start(heading.text, length)
        result[at] = cast(T, RawHeading(heading.level, text, heading.line, minutes))
    return result


def with_own_number(heading: Heading) -> Heading:
    """Return an exercise's heading with the dotted number that it begins with: "3.1 Throw"."""
    found = None if heading.label else _OWN_NUMBER.match(heading.title.plain)
    if found is None:
        return heading
    short = without_start(heading.title, found.end())
    return msgspec.structs.replace(
        heading, title=short, label=found["number"], number=found["number"]
    )


def _groups(value: str, words: Vocabulary) -> tuple[str, ...]:
    """Return the audiences of variants that a `{for=…}` names."""
    return tuple(w for word in value.split(",") if (w := word.strip()) in words.audiences)


def untimed(text: Text, tongue: Tongue) -> tuple[Text, Time | None]:
    """Return a heading's text without the time that it states, and that time, or None."""
    start, end, time = split_time(text.plain, tongue)
    if time is None:
        return text, None
    shorter = without_start(without_end(text, text.plain[:end]), start)
    return shorter, time if shorter is not text else Time(time.low, time.high)


def _parts(text: Text, words: Vocabulary, attributes: dict[str, str], level: int) -> Heading:
    icon, rest = split_emoji(text.plain)
    if icon:
        text = without_start(text, len(text.plain) - len(rest))
    text, time = untimed(text, words.tongue)
    text, group = _seated(text, time, words.tongue)
    if group:
        inside = _parts(text, words, attributes, level)
        return msgspec.structs.replace(inside, icon=icon, time=time, group=group)
    if time is None and (minutes := times.whole(attributes.get("minutes", ""))):
        time = Time(minutes, minutes)
    counted = _DOTTED.match(text.plain)
    inner = words.exercise_start.match(text.plain[counted.end() :]) if counted else None
    if counted and inner and inner["number"]:  # "3. Exercise 1 – Pour": its own number counts
        text = without_start(text, counted.end())
    found = words.exercise_start.match(text.plain)
    labelled = _labelled(text, found, time, words) if found else None
    if labelled is not None:
        return msgspec.structs.replace(labelled, icon=icon, level=level)
    number = _DOTTED.match(text.plain)
    if number and len(text.plain) > number.end():
        short = without_start(text, number.end())
        if short is not text:
            bare = number["number"].lstrip("#")
            return Heading(short, icon, number.group().strip(), bare, time, level)
    return Heading(text, icon, "", "", time, level)


def _seated(text: Text, time: Time | None, tongue: Tongue) -> tuple[Text, str]:
    """Return a heading's text without a time in it and how people sit behind that, and the latter: "Pour (20 min), in pairs"."""
    start = text.plain.find(time.text) if time and time.text[:1] in ("(", "[", "（", "［") else -1
    group = (
        sits_together(text.plain[start + len(time.text) :], tongue) if time and start > 0 else ""
    )
    return (without_end(text, text.plain[:start].rstrip()) if group else text), group


def _labelled(
    text: Text, found: re.Match[str], time: Time | None, words: Vocabulary
) -> Heading | None:
    """Return a heading with the exercise's word and number that begin it as its label; None where neither parts from it."""
    said = words.number_of(found)
    aside = found.groupdict().get("aside") if time is None else None
    if aside and (stated := times.duration(aside, words.tongue, whole=True)):
        time = Time(stated.low, stated.high, f"({aside})")
    if found["mark"].strip() + said and found["rest"].strip():
        short = without_start(text, found.start("rest"))
        if short is not text:
            label = text.plain[: found.start("rest")].strip(" -—–,")
            if aside and time:  # "Exercise 4 (15 min): Weigh"
                mark = text.plain[found.end("aside") + 1 : found.start("rest")]
                label = text.plain[: found.end("label")] + mark.rstrip(" -—–")
            return Heading(short, "", label, said, time)
    elif said:
        return Heading(Text(), "", text.plain, said, time)
    return None


def case_heading(heading: Heading, words: Vocabulary) -> Heading | None:
    """Return the heading of a case study, an experiment or a problem that has a number or minutes; else None.

    Its word and number are its label: "Case study 1".
    """
    found = words.case_start.match(heading.title.plain)
    if found is None or (heading.label and heading.number == ""):
        return None
    labelled = _labelled(heading.title, found, heading.time, words)
    if labelled is None:  # "Case study (25 min)"
        return heading if heading.time else None
    if not labelled.number and labelled.time is None:
        return None
    return msgspec.structs.replace(
        heading, title=labelled.title, label=labelled.label, number=labelled.number,
        time=labelled.time,
    )  # fmt: skip
