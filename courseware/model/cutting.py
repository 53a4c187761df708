"""Texts cut: by the places of their words, at their ends, at their line breaks.

A place is an index into `Text.plain`. Marks and links that a cut goes through are kept around what
stands on each side of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from courseware.language.catalogue import Tongue, any_of, words_anywhere
from courseware.model.inline import (
    Blank,
    Inline,
    LineBreak,
    Link,
    Mark,
    Run,
    Text,
    Verbatim,
    append,
    words_of,
)

replace = msgspec.structs.replace


def part_of(text: Text, start: int, end: int, mark: str = "") -> Text:
    """Return what stands between two places of a text's words; `mark` is put behind it.

    Where the end is inside of a mark or a link, so is `mark`. A formula or a picture is not cut.
    """
    scissors = _Scissors(_letters(text.plain[:start]), _letters(text.plain[:end]), mark)
    inside = list(scissors.cut(text.inlines))
    if not scissors.placed:
        inside = list(_trimmed(inside))
        append(inside, Run(mark))
    return Text(_trimmed(inside))


def _letters(words: str) -> int:
    """Return how many characters of words are no white space."""
    return len("".join(words.split()))


class _Scissors:
    """Goes through a text: `skip` letters are left out, those up to `left` are kept."""

    def __init__(self, skip: int, left: int, mark: str) -> None:
        self.skip, self.left, self.mark = skip, left, mark
        self.begun = self.placed = False

    def cut(self, inlines: tuple[Inline, ...]) -> Iterator[Inline]:
        """Yield what is kept of values."""
        for inline in inlines:
            if self.left <= 0:
                return
            if isinstance(inline, Mark | Link):
                inside = self._inside(inline.inside)
                if inside or (self.skip <= 0 and not inline.inside):
                    yield replace(inline, inside=inside)
            elif isinstance(inline, Run | Verbatim):
                if kept := self._kept(inline.text):
                    yield replace(inline, text=kept)
            elif isinstance(inline, Blank):
                if kept := self._kept("_" * inline.size):
                    yield replace(inline, size=len(kept))
            else:
                skipped, size = self.skip, _letters(words_of(inline))
                self.skip, self.left = self.skip - size, self.left - size
                if skipped <= 0:
                    yield inline

    def _inside(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Return what is kept of a mark's inside, with the sign of the cut where that is in it."""
        whole = _letters("".join(map(words_of, inlines)))
        cut_here = 0 < self.left < whole
        inside = list(self.cut(inlines))
        if cut_here and not self.placed:
            append(inside, Run(self.mark))
            self.placed = True
        return tuple(inside)

    def _kept(self, words: str) -> str:
        start = end = 0
        for at, character in enumerate(words):
            if self.left <= 0:
                break
            size = not character.isspace()
            end = at + 1
            self.begun = self.begun or (size and self.skip <= 0)
            start = start if self.begun else end
            self.skip, self.left = self.skip - size, self.left - size
        return words[start:end]


def without_start(text: Text, length: int) -> Text:
    """Return a text less the first `length` characters of its words; itself where a mark is in them."""
    start, first = text.plain[:length], text.inlines[0] if text else None
    if not isinstance(first, Run):
        return text
    if not first.text.startswith(start):
        found = _spaced(start).match(first.text)
        if not found:
            return text
        length = found.end()
    return trimmed(Text((replace(first, text=first.text[length:]), *text.inlines[1:])))


def without_end(text: Text, kept: str) -> Text:
    """Return a text less what follows `kept` in its words; itself where a mark is in that."""
    tail, last = text.plain[len(kept) :].strip(), text.inlines[-1] if text else None
    if not isinstance(last, Run):
        return text
    rest = last.text.rstrip()
    if not rest.endswith(tail):
        found = re.search(f"{_spaced(tail).pattern}$", rest)
        if not found:
            return text
        tail = found.group()
    rest = rest.removesuffix(tail)
    return trimmed(Text((*text.inlines[:-1], replace(last, text=rest))))


def _spaced(words: str) -> re.Pattern[str]:
    """Return the pattern of words as they are written: a plain text has one space for any between them."""
    return re.compile(r"\s+".join(map(re.escape, re.split(r"\s+", words))))


def without_last(text: Text, signs: str) -> Text:
    """Return a text less the signs and white space that it ends with, where no mark is in them."""
    last = text.inlines[-1] if text else None
    if not isinstance(last, Run):
        return text
    return trimmed(Text((*text.inlines[:-1], replace(last, text=last.text.rstrip(signs)))))


def trimmed(text: Text) -> Text:
    """Return a text without white space and line breaks at its ends; itself where it has none."""
    if text and not any(map(_ends_open, (text.inlines[0], text.inlines[-1]))):
        return text
    return Text(_trimmed(list(text.inlines)))


def _ends_open(inline: Inline) -> bool:
    """Whether a value at an end may have white space there."""
    if isinstance(inline, Run):
        return inline.text.strip() != inline.text or not inline.text
    return isinstance(inline, LineBreak)


def _trimmed(inlines: list[Inline]) -> tuple[Inline, ...]:
    for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while inlines:
            bare = _stripped(inlines[at], strip)
            if bare is not None:
                inlines[at] = bare
                break
            del inlines[at]
    return tuple(inlines)


def _stripped(inline: Inline, strip: Callable[[str], str]) -> Inline | None:
    """Return a value less the white space at one of its ends, None for one that is nothing else."""
    if isinstance(inline, LineBreak):
        return None
    if not isinstance(inline, Run):
        return inline
    bare = strip(inline.text)
    if bare == inline.text:
        return inline if bare else None
    return replace(inline, text=bare) if bare else None


class TextLine(NamedTuple):
    """A line of a text; `hard` where its author broke the line at its end."""

    text: Text
    hard: bool


def pieces(text: Text) -> list[TextLine]:
    """Return a text's lines: what stands between its breaks, those in marks and links aside."""
    found: list[TextLine] = []
    begun: list[Inline] = []
    for inline in text.inlines:
        if isinstance(inline, LineBreak):
            found.append(TextLine(Text(_trimmed(begun)), inline.hard))
            begun = []
        else:
            begun.append(inline)
    return [*found, TextLine(Text(_trimmed(begun)), False)]


def together(lines: list[TextLine]) -> Text:
    """Return lines as one text; those that are empty are left out."""
    some = [piece for piece in lines if piece.text]
    if len(some) == 1:
        return trimmed(some[0].text)
    inlines: list[Inline] = []
    for piece in some:
        inlines += (*piece.text.inlines, LineBreak(piece.hard, piece.text.inlines[-1].line))
    return trimmed(Text(tuple(inlines)))


def stacked(*texts: Text) -> Text:
    """Return texts as one, a line each."""
    return together([TextLine(text, False) for text in texts])


def only_mark(text: Text, names: Collection[str]) -> Mark | None:
    """Return the mark that is all of a text, if there is one and it has one of these names."""
    only = text.inlines[0] if len(text.inlines) == 1 else None
    return only if isinstance(only, Mark) and only.name in names else None


class _Question(NamedTuple):
    """How a question is told: what none is without, its sign or its words, and the words that a text ends with."""

    mark: re.Pattern[str]
    whole: re.Pattern[str]
    end: re.Pattern[str]


@cache
def _question(added: tuple[str, ...]) -> _Question:
    """Return how a question is told by its sign, or by words where none must stand, those of a course among them."""
    ends = "|".join((*map(re.escape, added), any_of("asking_ends")))
    last = {word[-1] for word in (*added, *words_anywhere("asking_ends"))}
    return _Question(
        re.compile(f"[?؟？{re.escape(''.join(sorted(last)))}]"),
        re.compile(rf"[?؟][\"'”’)*_]*(?:\s|$)|？|(?:{ends})[。.]?(?:$|\s)"),
        re.compile(rf"(?:{ends})[。. ]*$"),
    )


@lru_cache(maxsize=4096)
def asks(text: str, tongue: Tongue) -> bool:
    """Whether a text asks something: by its sign, or by its words where none must stand."""
    found = _question(tongue.more("asking_ends"))
    return bool(found.mark.search(text) and found.whole.search(text))


def ends_asking(text: str, tongue: Tongue) -> bool:
    """Whether the last sentence of a text asks something."""
    end = _question(tongue.more("asking_ends")).end
    return asks(text[-3:], tongue) or end.search(text[-60:]) is not None
