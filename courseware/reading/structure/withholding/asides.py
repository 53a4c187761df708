"""Asides that tell what who leads does: a line of its own, brackets or italics inside of a paragraph, a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from courseware.language.frames import OPEN, Decision, Place, Setting
from courseware.language.frames.recipients import is_sentence
from courseware.language.twins import EASTERN
from courseware.model.blocks import Paragraph, Quote, Text
from courseware.model.cutting import asks, only_mark, part_of
from courseware.model.inline import ITALIC, Mark, joined
from courseware.model.walk import texts
from courseware.reading.readers import Readers
from courseware.reading.structure.labels import (
    bare_aside,
    label_of,
    lines_of,
    ornament,
    starts,
)

_BRACKETS = re.compile(r"[(（\[［](?P<said>[^()（）\[\]［］]{4,})[)）\]］]")
_SIGNED = re.compile(r"^\s*(?:—|–|--|~|-\s)", re.MULTILINE)
"""What stands before the name of who is quoted."""
_SENTENCE_ENDS = ".!?:…。！？।؟"
_WORD = re.compile(r"[\w(\[]")
_SPOKEN = re.compile('["«»„“”「『‘‹]')


class Asides:
    """Asks the frames about what stands out from a text."""

    def __init__(self, readers: Readers) -> None:
        """Take who decides."""
        self.readers = readers

    def of_line(self, line: Text) -> str:
        """Return what a line in brackets or italics, or behind a sign, says that who leads does; else ""."""
        bare = self.standing(line)
        return bare if bare and self._tells(bare) else ""

    def standing(self, line: Text) -> str:
        """Return what a line in brackets or italics, or behind a sign, says; else ""."""
        plain = line.plain.strip()
        said = plain[ornament(plain) :]
        bare = bare_aside(said)
        label = label_of(line)
        if bare == said == plain and only_mark(line, ITALIC) is None:
            return ""
        if label and label.colon and self.readers.is_leaders(label.words):
            return ""
        return bare

    def is_one(self, text: Text) -> bool:
        """Whether a text is asides and nothing else."""
        left, _, said = self._parted(text)
        return bool(said) and not left.plain.strip()

    def cut_out(self, text: Text, line: int) -> tuple[Text, Text, Decision]:
        """Return a text without the asides inside of it, these, and the decision on the first."""
        left, apart, said = self._parted(text)
        found = [self.readers.decide(one, line, Setting(Place.ASIDE)) for one in said]
        return (left, apart, found[0]) if found else (Text(), text, OPEN)

    def of_quote(self, quote: Quote) -> Decision:
        """Return the doubt that a quotation makes that tells what who leads does, and names nobody whose words it is."""
        first = quote.blocks[0] if quote.blocks else None
        said = "\n".join(text.plain for text in texts([quote]))
        if not isinstance(first, Paragraph) or _SIGNED.search(said) or _SPOKEN.match(said):
            return OPEN
        for line in lines_of(first.text):
            bare = bare_aside(line.plain.strip())
            if self._tells(bare):
                return self.readers.decide(bare, first.span.line, Setting(Place.ASIDE))
        whole = first.text.plain
        if (
            is_sentence(whole)
            and not asks(whole, self.readers.frames.tongue)
            and self.readers.frames.names_room(whole)
        ):
            self.readers.asides[first.span.line, whole] = False
        return OPEN

    def _parted(self, text: Text) -> tuple[Text, Text, list[str]]:
        """Return a text without its asides, these as one text, and what each says."""
        plain, kept, apart, said, end = text.plain, list[Text](), list[Text](), list[str](), 0
        for start, stop in sorted(self._places(text)):
            bare, before = bare_aside(plain[start:stop].strip()), plain[:start].rstrip()
            alone = not before or before[-1] in _SENTENCE_ENDS
            if start >= end and self._tells(bare, alone):
                kept, apart = (
                    [*kept, part_of(text, end, start)],
                    [*apart, part_of(text, start, stop)],
                )
                said, end = [*said, bare], stop
        if not said:
            return text, Text(), said
        return _together([*kept, part_of(text, end, len(plain))]), _together(apart), said

    def _places(self, text: Text) -> Iterator[tuple[int, int]]:
        """Yield where brackets and italics begin and end in a text's plain words."""
        yield from (found.span() for found in _BRACKETS.finditer(text.plain))
        for at, inline in starts(text):
            if isinstance(inline, Mark) and inline.name in ITALIC:
                length = len(Text((inline,)).plain.strip())
                at += len(text.plain[at:]) - len(text.plain[at:].lstrip())
                yield at, at + length

    def _tells(self, said: str, alone: bool = True) -> bool:
        return bool(self.readers.frames.decide(said, Setting(Place.ASIDE, marked=alone)))


def _together(some: list[Text]) -> Text:
    """Return parts of a text as one, a space before each that begins with a letter."""
    found = Text()
    for part in filter(None, some):
        apart = found and _WORD.match(part.plain) and not EASTERN.match(part.plain)
        found = joined(found, " " if apart else "", part)
    return found
