"""What a session's segments share with its objectives and with each other: by their words.

A word counts by how few segments have it, so that common words decide nothing, in any language;
a word of a segment's title counts half as much again. Words are compared by their beginnings
(`STEM`), scripts without spaces by pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from functools import lru_cache
from math import log

from courseware.language.twins import UNSPACED
from courseware.model.blocks import AnyNode, Item, List, Paragraph
from courseware.model.session import Session, hidden
from courseware.model.times.segments import Piece
from courseware.model.walk import texts

PRACTISED = 0.25
"""Share of an objective's weight that a segment has to hold to deal with it.

Tried on 31 objectives of nine sessions: at a fifth, pairs appear that share one verb; at a third,
half of the exercises that practise an objective in other words are lost.
"""
NAMED, NEAR = 0.4, 0.1
"""Share from which the segment that holds most of an objective is said to be named by it; where
none is, practice from `NEAR` on."""
TITLE = 1.5
STEM, SHORT = 5, 4
"""Letters that words are compared by; words of fewer than `SHORT` count only in capitals ("SBI")."""
_WORD = re.compile(r"[^\W\d_]+")


def objectives(session: Session) -> tuple[AnyNode, ...]:
    """Return what the objectives section lists for learners; its paragraphs where it has no list."""
    blocks = [b for s in session.sections if s.kind == "objectives" for b in s.blocks]
    seen = [b for b in blocks if not hidden(b)]
    items = [i for b in seen if isinstance(b, List) for i in b.items if not hidden(i)]
    return tuple(items or [b for b in seen if isinstance(b, Paragraph)])


def said(node: AnyNode) -> str:
    """Return the words of an objective: of a list's item, its first block's."""
    nodes = node.blocks[:1] if isinstance(node, Item) else (node,)
    return " ".join(text.plain for text in texts(nodes)).strip(" ;.")


class Wording:
    """The words of a session's segments, and what each word weighs."""

    def __init__(self, session: Session, pieces: Sequence[Piece]) -> None:
        """Take a session and its segments; those that take no time, and breaks, have no words."""
        self.session = session
        self.taught = [p for p in pieces if p.timed and p.kind not in ("objectives", "break")]
        self.titles = {p.id: _stems(p.heading.title.plain) for p in self.taught}
        self.words = {p.id: self.titles[p.id] | _stems(_told(p)) for p in self.taught}
        self.weight = _weights(self.words.values())

    def _sum(self, some: Set[str], segment: str) -> float:
        title, words = self.titles[segment], self.words[segment]
        return sum(self.weight.get(w, 0) * (TITLE if w in title else 1) for w in some & words)

    def shares(self) -> dict[str, dict[str, float]]:
        """Return, by objective's id, which share of its weight each segment holds, by its id."""
        unknown = log(len(self.words) + 1)
        found: dict[str, dict[str, float]] = {}
        for node in objectives(self.session):
            mine = _stems(said(node))
            whole = sum(self.weight.get(w, unknown) for w in mine) or 1.0
            found[node.id] = {name: self._sum(mine, name) / whole for name in self.words}
        return found

    def practised(self) -> dict[str, frozenset[str]]:
        """Return, by objective's id, the ids of the segments that deal with it."""
        return {
            node: frozenset(i for i, share in held.items() if share >= PRACTISED)
            for node, held in self.shares().items()
        }

    def named(self, segments: Sequence[Piece], least: float = NAMED) -> list[str]:
        """Return the id of the segment that an objective names, for each that names one of these."""
        found: list[str] = []
        for held in self.shares().values():
            best = max(segments, key=lambda p: held.get(p.id, 0.0), default=None)
            if best is not None and held.get(best.id, 0.0) >= least:
                found.append(best.id)
        return found

    def base(self, work: Piece, talk: Sequence[Piece]) -> str:
        """Return the id of the talk that practice builds on: what it shares most words with, or "".

        A long talk shares many words; they count for less.
        """
        mine = self.words.get(work.id, frozenset())
        held = {p.id: self._sum(mine, p.id) / len(self.words[p.id]) ** 0.5
                for p in talk if self.words.get(p.id)}  # fmt: skip
        best = max(held, key=lambda name: held[name], default="")
        return best if best and held[best] > 0 else ""


def _weights(segments: Collection[Set[str]]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for some in segments:
        for word in some:
            counts[word] = counts.get(word, 0) + 1
    count = len(segments) + 1
    return {w: log(count / n) if n * 2 <= count else 0.0 for w, n in counts.items()}


def _told(piece: Piece) -> str:
    return " ".join(text.plain for text in texts(piece.blocks))


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem_by_stem(_WORD.findall(unicodedata.normalize("NFKC", text))))


def _stem_by_stem(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if UNSPACED.search(word):
            yield from (word[n : n + 2] for n in range(len(word) - 1))
        elif len(word) >= SHORT or (len(word) > 1 and word.isupper()):
            yield word.casefold().rstrip("s")[:STEM]
