"""Tasks that ask something of each of several things: how many, and what is asked.

The words that such a task is known by are `for_each`, `thing_…` and `following` of the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from courseware.language.twins import EASTERN, twins
from courseware.language.vocabulary import Vocabulary, key_of, split_emoji
from courseware.model.cutting import asks
from courseware.model.tasks.pieces import (
    CLOSING,
    OPENING,
    SENTENCES,
    WORDS,
    is_east,
    measures,
    names,
    number_of,
    parted,
)

LONGEST_THING = 40
"""Characters of the name of a thing: it heads a column."""
THING_WORDS = 3
"""Words of such a name: more are a clause of their own."""
AFTER = 3
"""Words behind a number among which the thing is that it counts: "five of your sites"."""
_END = r"(?=\s*(?:[,;:.?!]|$))"


class Each(msgspec.Struct, frozen=True):
    """A task for each of several things: their name in the singular, how many, what is asked of each.

    `count` is 0 where the text states no number; `rest` is what follows the things' name, and what
    stands before it where nothing follows.
    """

    thing: str
    count: int
    rest: str


def each_of(text: str, words: Vocabulary) -> Each | None:
    """Return what a text's last sentence asks of each of several things; None where it does not.

    It says so before a colon, or begins with it.
    """
    sentences = [s for s in SENTENCES.split(split_emoji(text)[1]) if s.strip()]
    bare = twins(sentences[-1]).strip() if sentences else ""
    for pattern in _each_patterns(tuple(words.data["for_each"])):
        found = pattern.search(bare)
        if found is None or not (bare.endswith(":") or not found.start()):
            continue
        pointed = (word in bare[: found.end()] for word in words.data["following"])
        if is_east(bare) and any(pointed):
            return None  # "次のそれぞれについて": the items below are the things
        said, rest = found["thing"].strip(), bare[found.end() :]
        if (cut := _told(found["thing"], words)) > 0:  # "for each person write down the name, …"
            said, rest = found["thing"][:cut].strip(), bare[found.start("thing") + cut :]
        tokens = WORDS.findall(said)
        counts = [n for token in tokens if (n := number_of(token, words)) > 1]
        thing = _thing(tokens, words, rest.lstrip()[:1] in (":", ""))
        if len(thing) <= LONGEST_THING and len(thing.split()) <= THING_WORDS:
            after = rest.strip(" ,;:") or bare[: found.start()].strip(" ,;:")
            return Each(thing, counts[0] if counts else 0, after)
    return None


def _told(said: str, words: Vocabulary) -> int:
    """Return where a verb stands behind a thing's name, with what it asks for behind it; 0 where none does."""
    tokens = list(WORDS.finditer(said))
    verbs = words.of("writing_verbs")
    return next((t.start() for t in tokens[1:-1] if key_of(t.group()) in verbs), 0)


@lru_cache(maxsize=64)
def _each_patterns(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    made = []
    for phrase in phrases:
        before, _, after = phrase.partition("{thing}")
        start = rf"(?<![^\W\d_]){re.escape(before.strip())}(?![^\W\d_])\s*" if before else ""
        if EASTERN.match(before.rstrip()[-1:]):
            start = re.escape(before.strip()) + r"\s*"
        end = re.escape(after) if after.strip() else _END
        tail = _END if after.strip().isascii() and after.strip() else ""
        made.append(re.compile(rf"{start}(?P<thing>[^,;:.?!]*?){end}{tail}", re.IGNORECASE))
    return tuple(made)


def _thing(tokens: Sequence[str], words: Vocabulary, closed: bool) -> str:
    """Return the name of a thing among the words behind "for each".

    `closed` tells that nothing follows them: then a verb among them is what is asked.
    """
    kept: list[str] = []
    for token in tokens:
        key = key_of(token)
        if not kept and (key in words.of("thing_skipped") or number_of(token, words)):
            continue
        verb = key in words.of("writing_verbs") or key in words.of("acting_verbs")
        if kept and (key in words.of("thing_ends") or (closed and verb)):
            break
        kept.append(token)
    name = " ".join(kept)
    singular = key_of(name) if words.language == "en" else name
    return singular[:1].upper() + singular[1:]


def counted(thing: str, texts: Iterable[str], words: Vocabulary) -> tuple[str, int]:
    """Return what the texts before ask for, and how many, by the last that says so; else "" and 0.

    `thing` is its name; where that is "", what any number counts is meant.
    """
    name = thing.split(" ")[-1]
    for text in reversed(list(texts)):
        tokens = WORDS.findall(twins(text))
        for at, token in enumerate(tokens):
            behind = tokens[at + 1 : at + 1 + AFTER]
            if number_of(token, words) < 2 or not behind:
                continue
            if thing and any(names(t, name) for t in behind):
                return thing, number_of(token, words)
            if not thing and key_of(behind[0]) not in measures(words):
                return key_of(behind[0]).capitalize(), number_of(token, words)
    return "", 0


def asks_criteria(each: Each, items: Sequence[str], words: Vocabulary) -> bool:
    """Whether the items behind "for each …" are what is asked of each, not the things themselves.

    They are where most are questions, or where what the lead-in asks has no object yet: "assess:",
    "write a line on:", "note the following:", but not "write a definition:".
    """
    if 2 * sum(asks(one, words.tongue) for one in items) >= len(items):
        return True
    tokens = [key_of(t) for t in WORDS.findall(twins(each.rest))]
    while tokens and tokens[0] in words.of("space_skipped"):
        tokens = tokens[1:]
    pointing = words.of("space_skipped") | words.of("thing_ends")
    points = bool(set(tokens[-1:]) & pointing or set(tokens) & words.of("following"))
    return len(tokens) <= 2 or points or is_east(each.rest)


def criteria_of(each: Each, words: Vocabulary) -> tuple[str, ...]:
    """Return what a text asks of each thing in its own sentence: "its cost, its value and its risk"."""
    said = each.rest.strip(OPENING + CLOSING)
    tokens = WORDS.findall(said)
    first = key_of(tokens[0]) if tokens else ""
    if first in words.of("acting_verbs"):
        return ()
    verb = first in words.of("writing_verbs")
    things = key_of(" ".join(tokens[1:2])) in words.of("thing_skipped")
    told = verb and (things or first not in words.of("space_many"))
    bare = said[len(tokens[0]) :].strip(OPENING) if told else said
    pieces = [_own(p, words) for p in parted(bare, words)]
    acts = sum(key_of(p.split(" ")[0]) in words.of("acting_verbs") for p in pieces)
    if (
        len(pieces) > 1
        and 2 * acts < len(pieces)
        and all(0 < len(p) <= LONGEST_THING for p in pieces)
    ):
        return tuple(p[:1].upper() + p[1:] for p in pieces)
    return (
        (said[:1].upper() + said[1:],)
        if verb and each.count and len(said) <= 2 * LONGEST_THING
        else ()
    )


def _own(piece: str, words: Vocabulary) -> str:
    """Return a criterion without the small words before it: "its cost" is "cost"."""
    tokens = piece.strip(OPENING + CLOSING).split()
    while len(tokens) > 1 and key_of(tokens[0]) in words.of("thing_skipped"):
        tokens = tokens[1:]
    return " ".join(tokens)
