"""A paragraph cut where it alone is too tall: at sentences, else at words, else anywhere."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from courseware.pptx.values import Paragraph, Run
from courseware.products.deck.cues import sentences

replace = msgspec.structs.replace
Height = Callable[[Paragraph], float]
_WORD = re.compile(r"\s+(?=\S)|(?<=[。！？、])")
_HOLE = "\ufffc"
"""Stands for a formula where characters are counted."""


def pieces(paragraph: Paragraph, height: Height, room: float) -> list[Paragraph]:
    """Return a paragraph in pieces of one height as nearly as may be, none higher than `room`."""
    whole = height(paragraph)
    if whole <= room:
        return [paragraph]
    even = whole / math.ceil(whole / room)
    aim = min(room, max(even * 1.15, even + 0.1))
    return list(_cut(paragraph, height, aim, room))


def _cut(paragraph: Paragraph, height: Height, aim: float, room: float) -> Iterator[Paragraph]:
    rest = paragraph
    while height(rest) > aim:
        at = _end(rest, height, aim) or _end(rest, height, room) or 1
        if at >= _length(rest):
            break
        first, rest = divided(rest, at)
        yield first
    yield rest


def _end(paragraph: Paragraph, height: Height, room: float) -> int:
    """Return where the longest beginning that fits ends: after a sentence, a word, a character."""
    text = text_of(paragraph)
    words = [m.end() for m in _WORD.finditer(text)]
    for ends in (sentences(text)[:-1], words):
        at = last(ends, lambda end: height(divided(paragraph, end)[0]) <= room)
        if at:
            return at
    return last(range(1, len(text)), lambda end: height(divided(paragraph, end)[0]) <= room)


def last(ends: Sequence[int], fits: Callable[[int], bool]) -> int:
    """Return the last end that fits, 0 where none does; what is longer is higher."""
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if fits(ends[middle]):
            low = middle + 1
        else:
            high = middle
    return ends[low - 1] if low else 0


def divided(paragraph: Paragraph, at: int) -> tuple[Paragraph, Paragraph]:
    """Return a paragraph as two, the second from the character `at` on and without a bullet."""
    first: list[Run] = []
    second: list[Run] = []
    begin = 0
    for run in paragraph.runs:
        length = _run_length(run)
        inside = at - begin
        if inside >= length:
            first.append(run)
        elif inside <= 0:
            second.append(run)
        else:
            first.append(replace(run, text=run.text[:inside]))
            second.append(replace(run, text=run.text[inside:]))
        begin += length
    if first and not first[-1].math:
        first[-1] = replace(first[-1], text=first[-1].text.rstrip())
    if second and not second[0].math:
        second[0] = replace(second[0], text=second[0].text.lstrip())
    kept = [tuple(r for r in runs if r.text or r.math) for runs in (first, second)]
    return replace(paragraph, runs=kept[0], keep=False), replace(paragraph, runs=kept[1], bullet="")


def _run_length(run: Run) -> int:
    return 1 if run.math else len(run.text)


def _length(paragraph: Paragraph) -> int:
    return sum(map(_run_length, paragraph.runs))


def text_of(paragraph: Paragraph) -> str:
    """Return a paragraph's text, a character for each formula."""
    return "".join(_HOLE if run.math else run.text for run in paragraph.runs)
