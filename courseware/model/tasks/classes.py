"""Tasks that sort cases into classes: which classes a lead-in names.

The words that such a task is known by are `sorting_verbs`, `deciding_verbs` and `class_…` of the
vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseware.language.twins import normal, twins
from courseware.language.vocabulary import Vocabulary, key_of, split_emoji
from courseware.model.tasks.pieces import (
    CLOSING,
    OPENING,
    SENTENCES,
    WORDS,
    is_east,
    joins,
    number_of,
    parted,
)

LONGEST_CLASS, CLASS_WORDS = 30, 4
"""Characters and words of a class's name, which stands over a box to tick."""
CLASSES = 6
"""Classes that stand side by side."""
CASES = 4
"""Cases from which sorting is done in a table."""


def classes_of(text: str, words: Vocabulary, items: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the classes that a lead-in says to sort the items behind it into; () where it does not."""
    said = {key_of(item) for item in items}
    for sentence in SENTENCES.split(split_emoji(text)[1]):
        found = _classes(re.sub(r"\s*\([^)]*\)", "", twins(sentence)).rstrip(CLOSING), words)
        if len(found) > 1 and not any(key_of(name) in said for name in found):
            return found
    return ()


def _classes(sentence: str, words: Vocabulary) -> tuple[str, ...]:
    said, cut = _without_end(sentence, words)
    pieces = parted(said, words)
    while pieces and _commands(pieces[-1], words):
        pieces = pieces[:-1]
    at, rest = _run(pieces, words)
    if not rest:
        return ()
    first, mark = _first(pieces[at], rest, words)
    by_or = bool(re.search(joins(words, "class_or"), sentence, re.IGNORECASE))
    alone = (
        not at
        and by_or
        and key_of(pieces[0]) == key_of(first)
        and not number_of(pieces[1].split(" ")[0], words)
    )
    joined = by_or or cut or mark == ":" or mark in words.of("class_into")
    if not (first and joined and (alone or _sorts(sentence, words))):
        return ()
    found = (first, *rest)
    fits = len(found) <= CLASSES and all(len(n) <= LONGEST_CLASS for n in found)
    return tuple(n[:1].upper() + n[1:] for n in found) if fits else ()


def _without_end(sentence: str, words: Vocabulary) -> tuple[str, bool]:
    """Return a sentence less what closes it behind its classes, where its language puts verbs last."""
    ends = [e for e in words.data["class_ends"] if not e.isascii()]
    at = min((sentence.find(e) for e in ends if sentence.find(e) > 0), default=0)
    return (sentence[:at], True) if at else (sentence, False)


def _run(pieces: Sequence[str], words: Vocabulary) -> tuple[int, tuple[str, ...]]:
    """Return where among a sentence's pieces the first class is, and the classes behind it."""
    rest: list[str] = []
    for at in range(len(pieces) - 1, 0, -1):
        tokens = pieces[at].strip(OPENING + CLOSING).split()
        name = _bare(pieces[at], words)
        led = ":" in pieces[at] or (bool(tokens) and key_of(tokens[0]) in words.of("class_marks"))
        if led or not name or len(name) > LONGEST_CLASS or len(name.split()) > CLASS_WORDS:
            return at, tuple(rest)
        rest.insert(0, name)
    return 0, tuple(rest)


def _first(piece: str, rest: Sequence[str], words: Vocabulary) -> tuple[str, str]:
    """Return the first class, which ends the words before it, and the word that leads to it.

    It begins behind a colon, at its article, or behind the last word that leads to classes ("as",
    "is"); else it is as many words as the longest of the others.
    """
    tail = piece[piece.rfind(":") + 1 :]
    if east := _east(tail, words):
        return east
    tokens = tail.strip(OPENING + CLOSING).split()
    keys = [key_of(t) for t in tokens]
    last = [max((n for n, key in enumerate(keys[:-1]) if key in words.of(name)), default=-1)
            for name in ("articles", "class_marks")]  # fmt: skip
    start, most = max(last) + 1, max(len(name.split()) for name in rest)
    if last[0] < last[1] and len(tokens) - start > most + 1:
        start = len(tokens) - most
    if start and len(tokens) - start <= CLASS_WORDS:
        mark = max((n for n in range(start) if keys[n] in words.of("class_marks")), default=-1)
        return " ".join(tokens[start:]), keys[mark] if mark >= 0 else ":"
    if ":" in piece:
        return (" ".join(tokens), ":") if len(tokens) <= CLASS_WORDS else ("", "")
    return " ".join(tokens[-most:]), ""


def _east(text: str, words: Vocabulary) -> tuple[str, str] | None:
    """Return the first class and its mark where no spaces part words; None elsewhere."""
    if not is_east(text):
        return None
    marks = [(text.rfind(m) + len(m), m) for m in words.data["class_marks"] if m in text]
    at, mark = max(marks, default=(0, ""))
    name = text[at:].strip(OPENING + CLOSING)
    return (name, key_of(mark)) if name and mark else None


def _bare(piece: str, words: Vocabulary) -> str:
    """Return a class without its article, and without the words that close its sentence."""
    small = words.of("articles") | words.of("class_marks")
    tokens = piece.strip(OPENING + CLOSING).split()
    while len(tokens) > 1 and key_of(tokens[0]) in small:
        tokens = tokens[1:]
    while len(tokens) > 1 and key_of(tokens[-1]) in words.of("class_marks") | words.of(
        "class_ends"
    ):
        tokens = tokens[:-1]
    return " ".join(tokens)


def _commands(piece: str, words: Vocabulary) -> bool:
    key = key_of(piece.split(" ")[0])
    return (
        key in words.of("writing_verbs")
        or key in words.of("deciding_verbs")
        or key in words.of("space_many")
    )


def _sorts(sentence: str, words: Vocabulary) -> bool:
    """Whether a sentence says to sort, or to decide something of each of several cases."""
    if is_east(sentence):
        each = any(word in sentence for word in words.data["each"])
        strong = any(word in sentence for word in words.data["sorting_verbs"])
        return strong or (each and any(w in sentence for w in words.data["deciding_verbs"]))
    clauses = [WORDS.findall(part) for part in re.split(r"[,;:]", normal(sentence).lower())]
    heads = {token for tokens in clauses for token in _heads(tokens, words)}
    said = {token for tokens in clauses for token in tokens}
    decides = bool(words.of("each") & said and words.of("deciding_verbs") & heads)
    return decides or bool(heads & words.of("sorting_verbs"))


def _heads(tokens: list[str], words: Vocabulary) -> list[str]:
    """Return where a clause's verb may be: its first word, less small ones, and its last two."""
    skipped = words.of("space_skipped")
    first = next((n for n, token in enumerate(tokens) if token not in skipped), 0)
    return [*tokens[first : first + 1], *tokens[-2:]]
