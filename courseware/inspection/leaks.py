"""The gate: no file is published that holds words which are withheld from its readers.

It reads the file as written, whatever layout, style or fault of the program made it, and looks for
runs of five words that stand in a withheld block and in nothing that the readers may see. What is
compared are letters and digits alone: line ends, hyphens, ligatures and columns count for nothing.
Numbers alone ("1 2 3 4 5") are no words: a layout counts, too.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

import msgspec

from courseware.diagnostics import Diagnostic, Span
from courseware.inspection.carried import Piece, pieces
from courseware.inspection.proofs import Made
from courseware.language.printed import printed
from courseware.language.twins import without_vowels
from courseware.model.blocks import AnyNode, Text
from courseware.model.session import Course
from courseware.model.walk import own_texts, walk
from courseware.products.table import Product
from courseware.products.withheld import Withheld, withheld

RUN = 5
"""Words in a row that make a leak."""
LONG = 12
"""Letters from which a run is told by them alone; a shorter one ("a, b, c, d, e") must stand in the
file word by word."""
LABEL = 2
"""Words of a sentence that is a layout's label, its holes aside."""
SHOWN = 12
"""Words of a leak that a finding shows."""
_APART = re.compile(r"[\W_]+")
_LIGATURE = re.compile("[اأإآٱل]{2,}")
"""Lam and alef are one sign in Arabic print, and come out of a PDF in either order."""
_SENTENCE = re.compile(r"(?<=[.!?…:])[\"')\]»”’*]*\s+")
_CLAUSE = re.compile(r"(?<=[.!?…:;,)—–])[\"')\]»”’*]*\s+|\s+(?=[(—–-]\s?)")


class Word(msgspec.Struct, frozen=True):
    """A word of a block: as written, its letters alone, and the place of its block."""

    written: str
    letters: str
    span: Span


def judged(
    made: Made,
    product: Product,
    course: Course,
    titles: Mapping[str, str],
    written: Written | None = None,
) -> Made:
    """Return a made file, or none of it with an error for each block that it must not hold.

    `course` holds the file's sessions as the facilitator may see them; `titles` are those of all sessions that
    the file's readers may see. `written` is the file as read already.
    """
    kept = withheld(product, course, titles.values())
    if kept is None or not kept.blocks or not made.data:
        return made
    written = written or Written(made.data, notes_shown(product))
    found = [*_named(made, product, kept), *_words(written, product, kept, _labels(course))]
    if not found:
        return made
    return msgspec.structs.replace(made, data=b"", findings=(*made.findings, *found))


def _named(made: Made, product: Product, kept: Withheld) -> list[Diagnostic]:
    ids = kept.ids & made.ids
    nodes = [node for node in walk(kept.blocks) if node.id in ids]
    return [_finding(product, f'its layout gets the block "{n.id}"', n.span) for n in nodes]


def notes_shown(product: Product) -> bool:
    """Whether slides' notes are for those who get the file, not for the facilitator alone."""
    return product.audience == "learner"


def _labels(course: Course) -> frozenset[str]:
    """Return the words that layouts print themselves, in the session's language and in the course's."""
    languages = {course.language, *(session.language for session in course.sessions)} - {""}
    said = (
        label for name in languages or {"en"} for label in printed(name, course.words).labels(LABEL)
    )
    return frozenset(bare for label in said for word in label.split() if (bare := letters(word)))


def _words(
    written: Written, product: Product, kept: Withheld, labels: frozenset[str]
) -> list[Diagnostic]:
    runs = [_flat(block) for block in kept.blocks]
    if all(len(words) < RUN for words in runs):
        return []
    learners = Learners(kept.texts, labels)
    found: list[Diagnostic] = []
    for words in runs:
        for first, last in _leaks(words, written, learners):
            said = " ".join(word.written for word in words[first:last][:SHOWN])
            place = written.place(words[first : first + RUN])
            dots = " …" if last - first > SHOWN else ""
            found.append(_finding(product, f'{place}: "{said}{dots}"', words[first].span))
    return found


def _finding(product: Product, what: str, span: Span) -> Diagnostic:
    hint = "not published; a layout prints what only the facilitator may see"
    return Diagnostic("C331", f"{product.name}: {what}", span, hint)


def letters(text: str) -> str:
    """Return a text's letters and digits, without case: ligatures apart, hyphens gone."""
    plain = text.lower() if text.isascii() else _plain(text)
    return plain if plain.isalnum() else _APART.sub("", plain)


def _flat(block: AnyNode) -> list[Word]:
    """Return the words of a block and all in it, in source order."""
    return [
        Word(word, bare, node.span)
        for node in walk([block])
        for text in own_texts(node)
        for word in text.plain.split()
        if (bare := letters(word))
    ]


def _leaks(words: list[Word], written: Written, learners: Learners) -> list[tuple[int, int]]:
    """Return where words are a leak: first, and behind the last, of each stretch."""
    found: list[tuple[int, int]] = []
    for at in range(len(words) - RUN + 1):
        run = words[at : at + RUN]
        if all(word.letters.isdigit() for word in run):
            continue
        if not written.holds(run) or learners.have([word.letters for word in run]):
            continue
        if found and at <= found[-1][1]:
            found[-1] = (found[-1][0], at + RUN)
        else:
            found.append((at, at + RUN))
    return found


class Written:
    """A written file's texts, to be searched; read when they are first asked for."""

    def __init__(self, data: bytes, notes: bool = True) -> None:
        """Take a file's bytes; without `notes`, those of slides are not searched."""
        self._data, self._notes = data, notes

    @cached_property
    def pieces(self) -> list[Piece]:
        """All that the file carries."""
        return list(pieces(self._data, self._notes))

    @cached_property
    def pages(self) -> list[str]:
        """The letters of each page of a PDF."""
        return [letters(piece.text) for piece in self.pieces if piece.flows]

    @cached_property
    def apart(self) -> str:
        """The words of all texts, with spaces between."""
        return " ".join(_APART.sub(" ", _plain(piece.text)) for piece in self.pieces)

    @cached_property
    def parts(self) -> list[str]:
        """The letters of each text; a mark ends one that does not go on in the next."""
        return [letters(piece.text) + ("" if piece.flows else "\0") for piece in self.pieces]

    @cached_property
    def letters(self) -> str:
        """The letters of all texts."""
        return "".join(self.parts)

    @cached_property
    def starts(self) -> frozenset[str]:
        """All stretches of so many letters: what begins with none of them is not there."""
        return frozenset(self.letters[n : n + LONG] for n in range(len(self.letters)))

    def holds(self, run: Sequence[Word]) -> bool:
        """Whether the words stand in the file one after the other."""
        wanted = "".join(word.letters for word in run)
        if len(wanted) < LONG:
            return f" {' '.join(word.letters for word in run)} " in f" {self.apart} "
        return wanted[:LONG] in self.starts and wanted in self.letters

    def place(self, run: Sequence[Word]) -> str:
        """Return where the words first stand."""
        at = max(self.letters.find("".join(word.letters for word in run)), 0)
        ends = list(accumulate(map(len, self.parts)))
        return self.pieces[min(bisect_right(ends, at), len(ends) - 1)].place


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", without_vowels(text)).casefold()
    return _LIGATURE.sub(lambda found: "".join(sorted(found[0])), plain) if "ل" in plain else plain


class Learners:
    """What a file's readers may see, to be searched: in source order, and text set beside text."""

    def __init__(self, texts: Iterable[Text], labels: Collection[str] = ()) -> None:
        """Take all texts in source order, and the words that layouts print themselves."""
        self._texts = [text.plain for text in texts]
        self._labels = labels

    @cached_property
    def letters(self) -> str:
        """The letters of all texts."""
        return letters("\n".join(self._texts))

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first words of each sentence, up to one less than a run has: a slide may begin with it."""
        return self._edges(_SENTENCE, lambda words, count: words[:count])

    @cached_property
    def ends(self) -> frozenset[str]:
        """The last words of each clause, up to one less than a run has: a slide may cut a text short there."""
        return self._edges(_CLAUSE, lambda words, count: words[-count:])

    @cached_property
    def wholes(self) -> frozenset[str]:
        """The sentences that are shorter than a run."""
        said = (words for words in self._words(_SENTENCE) if len(words) < RUN)
        return frozenset("".join(words) for words in said)

    def _words(self, end: re.Pattern[str]) -> Iterator[list[str]]:
        for text in self._texts:
            for part in end.split(text):
                yield [bare for word in part.split() if (bare := letters(word))]

    def _edges(
        self, end: re.Pattern[str], cut: Callable[[list[str], int], list[str]]
    ) -> frozenset[str]:
        return frozenset(
            "".join(cut(words, n)) for words in self._words(end) for n in range(1, RUN)
        )

    def have(self, run: Sequence[str]) -> bool:
        """Whether words stand in a text, or where a layout sets one text behind another.

        A text may begin or end at any of its sentences, and be cut short at a clause. A layout's own word
        may stand before a text, or behind it: all but the first or the last word are then a text's
        beginning or end.
        """
        if "".join(run) in self.letters:
            return True
        if "".join(run[1:]) in self.starts or "".join(run[:-1]) in self.ends:
            return True
        cuts = range(1, len(run))
        if any("".join(run[:n]) in self.ends and self._goes_on(run[n:]) for n in cuts):
            return True
        return self._between_labels(run)

    def _between_labels(self, run: Sequence[str]) -> bool:
        """Whether a run is words of the layout with texts between: numbers, "min", "Worksheet"."""
        own = [word.isdigit() or word in self._labels for word in run]
        reached = [True] + [False] * len(run)
        for end in range(1, len(run) + 1):
            reached[end] = (own[end - 1] and reached[end - 1]) or any(
                reached[start] and self._said(run[start:end]) for start in range(end)
            )
        return any(own) and reached[-1]

    def _said(self, run: Sequence[str]) -> bool:
        """Whether words stand in a text: one after the other, or one that is a sentence of its own."""
        said = "".join(run)
        return said in self.wholes if len(run) == 1 else said in self.letters

    def _goes_on(self, run: Sequence[str]) -> bool:
        cuts = range(1, len(run))
        return "".join(run) in self.starts or any(
            "".join(run[:n]) in self.wholes and self._goes_on(run[n:]) for n in cuts
        )
