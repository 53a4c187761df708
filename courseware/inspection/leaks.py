"""The gate: no file is published that holds words which are withheld from its readers.

It reads the file as written, whatever layout, style or fault of the program made it, and looks for
runs of five words that stand in a withheld block and in nothing that the readers may see. What is
compared are letters and digits alone: line ends, hyphens, ligatures and columns count for nothing.
Numbers alone ("1 2 3 4 5") are no words: a layout counts, too. Scripts that put no spaces between words
are compared by runs of eight letters. A withheld block that is shorter than a run is looked for whole, and
told as a warning: an answer of one word may stand in a file by chance.
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
from courseware.inspection.carried import CarriedText, pieces
from courseware.inspection.made import Made
from courseware.language.printed import printed
from courseware.language.twins import UNSPACED, without_vowels
from courseware.model.blocks import AnyNode, Text
from courseware.model.session import Course
from courseware.model.walk import own_texts, walk
from courseware.products.table import Product
from courseware.products.withheld import Withheld, withheld

LEAK, SHORT = "C331", "C308"
RUN = 5
"""Words in a row that make a leak."""
LONG = 12
"""Letters from which a run is told by them alone; a shorter one ("a, b, c, d, e") must stand in the
file word by word."""
LABEL = 2
"""Words of a sentence that is a layout's label, its holes aside."""
CLOSE = 8
"""Letters in a row that make a leak in a script that puts no spaces between words."""
WHOLE = 4
"""Letters from which a withheld block that is shorter than a run is looked for."""
SHOWN = 12
"""Words of a leak that a finding shows."""
SIGNS = 80
"""Letters of a leak that a finding shows."""
_APART = re.compile(r"[\W_]+")
_LIGATURE = re.compile("[اأإآٱل]{2,}")
"""Lam and alef are one sign in Arabic print, and come out of a PDF in either order."""
_SENTENCE = re.compile(r"(?<=[.!?…:])[\"')\]»”’*]*\s+")
_STOP = re.compile(r"[\s。！？：、，；（）「」『』・…]+")
"""Where a layout may cut a text of a script without spaces."""
_CLAUSE = re.compile(r"(?<=[.!?…:;,)—–])[\"')\]»”’*]*\s+|\s+(?=[(—–-]\s?)")


class BlockWord(msgspec.Struct, frozen=True):
    """A word of a block: as written, its letters alone, and the place of its block."""

    written: str
    letters: str
    span: Span


def judged(
    made: Made,
    product: Product,
    course: Course,
    titles: Mapping[str, str],
    written: WrittenFile | None = None,
) -> Made:
    """Return a made file, or none of it with an error for each block that it must not hold.

    A short block that stands there whole is a warning, and the file is kept.

    `course` holds the file's sessions as the facilitator may see them; `titles` are those of all sessions that
    the file's readers may see. `written` is the file as read already.
    """
    kept = withheld(product, course, titles.values())
    if kept is None or not kept.blocks or not made.data:
        return made
    written = written or WrittenFile(made.data, notes_shown(product))
    found = [*_named(made, product, kept), *_words(written, product, kept, _labels(course))]
    data = b"" if any(finding.code == LEAK for finding in found) else made.data
    return msgspec.structs.replace(made, data=data, findings=(*made.findings, *found))


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
    written: WrittenFile, product: Product, kept: Withheld, labels: frozenset[str]
) -> list[Diagnostic]:
    learners, close = Learners(kept.texts, labels), Close(kept.texts, labels)
    found: list[Diagnostic] = []
    for words in map(_flat, kept.blocks):
        leaks = [*_leaks(words, written, learners), *_close_leaks(words, written, close)]
        for first, last, run in leaks:
            place = written.place(run)
            found.append(
                _finding(product, f"{place}: {_quoted(words[first:last])}", words[first].span)
            )
        if not leaks and _stands_whole(words, written, learners):
            place = written.place("".join(word.letters for word in words))
            message = f"{product.name}: {place}: {_quoted(words)}"
            found.append(Diagnostic(SHORT, message, words[0].span, "look whether it is given away"))
    return found


def _finding(product: Product, what: str, span: Span) -> Diagnostic:
    hint = "not published; a layout prints what only the facilitator may see"
    return Diagnostic(LEAK, f"{product.name}: {what}", span, hint)


def _quoted(words: Sequence[BlockWord]) -> str:
    said = " ".join(word.written for word in words[:SHOWN])
    dots = " …" if len(words) > SHOWN or len(said) > SIGNS else ""
    return f'"{said[:SIGNS]}{dots}"'


def letters(text: str) -> str:
    """Return a text's letters and digits, without case: ligatures apart, hyphens gone."""
    plain = text.lower() if text.isascii() else _plain(text)
    return plain if plain.isalnum() else _APART.sub("", plain)


def _flat(block: AnyNode) -> list[BlockWord]:
    """Return the words of a block and all in it, in source order."""
    return [
        BlockWord(word, bare, node.span)
        for node in walk([block])
        for text in own_texts(node)
        for word in text.plain.split()
        if (bare := letters(word))
    ]


Leak = tuple[int, int, str]
"""A stretch of words that is a leak: the first, behind the last, and the letters it begins with."""


def _leaks(words: list[BlockWord], written: WrittenFile, learners: Learners) -> list[Leak]:
    """Return where words are a leak."""
    found: list[Leak] = []
    for at in range(len(words) - RUN + 1):
        run = words[at : at + RUN]
        if all(word.letters.isdigit() for word in run):
            continue
        if not written.holds(run) or learners.have([word.letters for word in run]):
            continue
        _add(found, at, at + RUN, "".join(word.letters for word in run))
    return found


def _close_leaks(words: list[BlockWord], written: WrittenFile, learners: Close) -> list[Leak]:
    """Return where words of scripts without spaces are a leak, by their letters."""
    found: list[Leak] = []
    said = "".join(word.letters for word in words)
    if said.isascii():
        return found
    places = [at for at, word in enumerate(words) for _ in word.letters]
    for n in range(len(said) - CLOSE + 1):
        run = said[n : n + CLOSE]
        if run in written.close and UNSPACED.fullmatch(run) and not learners.have(run):
            _add(found, places[n], places[n + CLOSE - 1] + 1, run)
    return found


def _add(found: list[Leak], first: int, last: int, run: str) -> None:
    """Add a stretch, or lengthen the one before where they touch."""
    if found and first <= found[-1][1]:
        found[-1] = (found[-1][0], last, found[-1][2])
    else:
        found.append((first, last, run))


def _stands_whole(words: list[BlockWord], written: WrittenFile, learners: Learners) -> bool:
    """Whether a block that is shorter than a run stands in the file, and in nothing that is the learners'."""
    said = "".join(word.letters for word in words)
    if len(words) >= RUN or len(said) < WHOLE or said.isdigit():
        return False
    if learners.say([word.letters for word in words]):
        return False
    if UNSPACED.search(said):
        return said in written.letters
    return f" {' '.join(word.letters for word in words)} " in f" {written.apart} "


class WrittenFile:
    """A written file's texts, to be searched; read when they are first asked for."""

    def __init__(self, data: bytes | Sequence[CarriedText], notes: bool = True) -> None:
        """Take a file's bytes, or texts read from it; without `notes`, those of slides are not searched."""
        self._data, self._notes = data, notes

    @cached_property
    def pieces(self) -> list[CarriedText]:
        """All that the file carries."""
        given = self._data
        return list(pieces(given, self._notes) if isinstance(given, bytes) else given)

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

    @cached_property
    def close(self) -> frozenset[str]:
        """All stretches of `CLOSE` letters."""
        return frozenset(self.letters[n : n + CLOSE] for n in range(len(self.letters)))

    def holds(self, run: Sequence[BlockWord]) -> bool:
        """Whether the words stand in the file one after the other."""
        wanted = "".join(word.letters for word in run)
        if len(wanted) < LONG:
            return f" {' '.join(word.letters for word in run)} " in f" {self.apart} "
        return wanted[:LONG] in self.starts and wanted in self.letters

    def place(self, run: str) -> str:
        """Return where the letters first stand."""
        at = max(self.letters.find(run), 0)
        ends = list(accumulate(map(len, self.parts)))
        return self.pieces[min(bisect_right(ends, at), len(ends) - 1)].place


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", without_vowels(text)).casefold()
    return _LIGATURE.sub(lambda found: "".join(sorted(found[0])), plain) if "ل" in plain else plain


class Learners:
    """What a file's readers may see, to be searched: in source order, and text set beside text."""

    size = RUN
    """Words of a run."""

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
        said = (words for words in self._words(_SENTENCE) if len(words) < self.size)
        return frozenset("".join(words) for words in said)

    def _words(self, end: re.Pattern[str]) -> Iterator[list[str]]:
        for text in self._texts:
            for part in end.split(text):
                yield [bare for word in part.split() if (bare := letters(word))]

    def _edges(
        self, end: re.Pattern[str], cut: Callable[[list[str], int], list[str]]
    ) -> frozenset[str]:
        return frozenset(
            "".join(cut(words, n)) for words in self._words(end) for n in range(1, self.size)
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

    def say(self, run: Sequence[str]) -> bool:
        """Whether words stand in a text, or are the layout's own."""
        return "".join(run) in self.letters or self._between_labels(run)

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


class Close(Learners):
    """The same for scripts without spaces: each letter counts as a word, and any stop ends a sentence."""

    size = CLOSE

    def __init__(self, texts: Iterable[Text], labels: Collection[str] = ()) -> None:
        """Take all texts in source order, and the words that layouts print themselves."""
        super().__init__(texts)
        self._texts += labels

    def _words(self, end: re.Pattern[str]) -> Iterator[list[str]]:
        for text in self._texts:
            for part in _STOP.split(text):
                yield list(letters(part))
