"""What the tasks in tables are read with: sentences, what a sentence enumerates, numbers, names."""

from __future__ import annotations

import re

from courseware.language.twins import EASTERN, normal
from courseware.language.vocabulary import Vocabulary, key_of

SENTENCES = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
COMMA = r"\s*[,;、，؛،]\s*|\s*/\s*"
WORDS = re.compile(
    r"[一二两兩三四五六七八九十](?=[个個つ種种項项件條条人名枚])|[^\W\d_](?:[^\W\d_]|[\u0900-\u097f\u200c'’-])*|\d+(?:[x×]\d+)?"
)
OPENING, CLOSING = " ¿¡*_\"'“”«»(:：,", " *_\"'“”«».,;:：?!？！。)"


def number_of(token: str, words: Vocabulary) -> int:
    """Return the number that a word or some digits are, up to twelve; else 0.

    A language's list holds the numbers once, or once for each gender.
    """
    if token.isdigit():
        return int(token) if int(token) <= 12 else 0
    numbers = [normal(word).lower() for word in words.data["numbers"]]
    key = normal(token).lower()
    return numbers.index(key) % 12 + 1 if key in numbers else 0


def names(word: str, thing: str) -> bool:
    """Whether a word is a thing's name, in the singular or the plural, in any case."""
    one, two = key_of(word), key_of(thing)
    if not one or not two:
        return False
    if is_east(two):
        return two in one
    same = next(
        (n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b),
        min(len(one), len(two)),
    )
    least = max(3, min(len(one), len(two)) - 2)
    return one == two or (same >= least and abs(len(one) - len(two)) <= 3)


def measures(words: Vocabulary) -> frozenset[str]:
    """Return what a number counts that is no thing to work on."""
    lists = ("minutes", "hours", "lines", "sentences", "thing_skipped", "thing_ends")
    return frozenset(key for name in lists for key in words.of(name))


def parted(text: str, words: Vocabulary) -> list[str]:
    """Return what stands between the commas, "or" and "and" of a text."""
    between = f"{joins(words, 'class_or')}|{joins(words, 'class_and')}"
    bare = f"{joins(words, 'class_or', False)}|{joins(words, 'class_and', False)}"
    found = re.split(rf"{COMMA}(?:{bare})?|{between}", text, flags=re.IGNORECASE)
    return [piece for piece in found if piece and piece.strip()]


def joins(words: Vocabulary, name: str, apart: bool = True) -> str:
    """Return the pattern of what stands between two names: words of a list, with white space.

    `apart` tells that white space stands before them; else a comma does.
    """
    east = [re.escape(w) for w in words.data[name] if is_east(w)]
    plain = [re.escape(w) for w in words.data[name] if not is_east(w)]
    found = [rf"\s*(?:{'|'.join(east)})\s*"] if east else []
    before = r"(?<=\s)" if apart else ""
    found += [rf"{before}(?:{'|'.join(plain)})\s+"] if plain else []
    return "|".join(found) or r"(?!)"


def is_east(text: str) -> bool:
    """Whether a text has letters of a script whose words stand next to each other."""
    return bool(EASTERN.search(text))
