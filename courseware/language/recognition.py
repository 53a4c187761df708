"""Which language a text is in: by its script, else by the words most frequent in a language.

A script that one language alone is written in decides by itself. The frequent words are the articles,
pronouns and small words that make up some fifteen to thirty percent of any text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib import resources

from courseware.language.catalogue import languages

LEAST_WORDS = 40
"""Words that a text must have for its language to be guessed by them."""
LEAST_SHARE = 0.08
"""Of its words, how many must be frequent ones: real texts have 15 to 30 percent."""
FEWEST = 10
"""Words of a text that is guessed by fewer signs."""
LEAST_POINTS, SOME, BY_FAR = 2.0, 30, 1.5
"""What such a text's words and letters say for a language at least, one for some words, and how many times what they say for the next.

A word that is one language's alone says 1, one that four share a quarter of it. Of 120 short sessions in four
languages, 110 were known and none was taken for another's.
"""
LEAST_DIFFERENT = 3
"""Different words of it that a text has: one alone may be a letter in formulas, or Hungarian's "a" in another language."""
NEAR = 1.15
"""How many times the share of a language's words may be another's before they are far from each other."""
LEAST_LETTERS, LEAST_SURE = 30, 3
"""Letters of a script that a text must have for its language to be guessed by it; few where others use none of them."""
LEAST_OF_SCRIPT = 0.3
"""Of a text's letters, how many must be of the script: code and names are in Latin ones."""

SCRIPTS = {
    "ja": "\u3041-\u30ff", "ko": "\uac00-\ud7af\u1100-\u11ff", "zh": "\u4e00-\u9fff\u3400-\u4dbf",
    "he": "\u0590-\u05ff", "ar": "\u0600-\u06ff\u0750-\u077f", "hi": "\u0900-\u097f",
    "th": "\u0e00-\u0e7f", "el": "\u0370-\u03ff\u1f00-\u1fff", "ru": "\u0400-\u04ff",
    "bn": "\u0980-\u09ff", "pa": "\u0a00-\u0a7f", "gu": "\u0a80-\u0aff", "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f", "kn": "\u0c80-\u0cff", "ml": "\u0d00-\u0d7f", "si": "\u0d80-\u0dff",
    "lo": "\u0e80-\u0eff", "my": "\u1000-\u109f", "ka": "\u10a0-\u10ff", "am": "\u1200-\u137f",
    "km": "\u1780-\u17ff", "hy": "\u0530-\u058f",
}  # fmt: skip
"""The letters of scripts, by the language that most texts in them are in."""
SURE = frozenset({"ja", "ko", "zh", "he", "ar", "hi", "ru"})
"""Languages of scripts whose letters stand for nothing in other texts, as Greek ones do in formulas."""
OTHERS = {"ar": ("fa", "ur"), "hi": ("mr", "ne"), "ru": ("uk", "bg", "sr")}
"""Languages that share a script: their own words decide between them."""
OWN = {"de": "äöüß", "es": "ñ", "pt": "ãõ", "fr": "œêèûîëâ", "sv": "åäö", "da": "æøå", "nb": "æøå",
       "ru": "ыэё", "uk": "іїєґ", "sr": "ђјљњћџ", "ar": "ةإ", "fa": "پچژگ", "ur": "پچژگٹڈڑںے"}  # fmt: skip
"""Letters and signs that few languages write."""
OF_LETTER = 0.3
"""What a word with one of them says for a language."""
_CODE = re.compile(r"(?ms)^ *(`{3,}|~{3,}).*?^ *\1|`[^`\n]*`|<[^<>\n]*>|https?://\S+")
_WORD = re.compile(r"(?<!\d)(?!\b\w\))[^\W\d_]+(?:[\u0900-\u097f]+[^\W\d_]*)*")
"""A word; a letter behind a figure or before a bracket counts what is asked: "1a", "b)"."""


@cache
def _frequent() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return the words most frequent in each language, and more by which a short text is known."""
    file = resources.files("courseware.language.labels") / "frequent.yml"
    lines = (
        line.partition(": ") for line in file.read_text("utf-8").splitlines() if line[0] != "#"
    )
    parts = ((name, said.partition("|")) for name, _, said in lines)
    return {
        name: (frozenset(one.split()), frozenset(more.split())) for name, (one, _, more) in parts
    }


def language_of(text: str) -> str:
    """Return the language that a text is written in, "" where neither script nor words tell."""
    letters = sum(map(str.isalpha, text))
    script = next((one for one in SCRIPTS if _is_in(one, text, letters)), "")
    if not script:
        names = tuple(name for name in _frequent() if name not in _written())
        return (
            _by_words(text, names)
            or _of_few_words(text, names)
            or _by_words(text, names, languages())
        )
    others = OTHERS.get(script)
    if not others:
        return script
    return _by_letters(text, (script, *others)) or _by_words(text, (script, *others)) or script


def _by_letters(text: str, names: tuple[str, ...]) -> str:
    """Return which of some languages a text has the most own letters of, "" where that is the first or none."""
    low = text.lower()
    counts = {name: sum(map(low.count, OWN.get(name, ""))) for name in names}
    best = max(names, key=lambda name: counts[name])
    return best if counts[best] and best != names[0] else ""


@cache
def _written() -> frozenset[str]:
    """Return the languages that a script tells."""
    return frozenset((*SCRIPTS, *(other for others in OTHERS.values() for other in others)))


def _is_in(script: str, text: str, letters: int) -> bool:
    count = len(re.findall(f"[{SCRIPTS[script]}]", text))
    share = LEAST_OF_SCRIPT / 3 if script == "ja" else LEAST_OF_SCRIPT
    least = LEAST_SURE if script in SURE else LEAST_LETTERS
    return count >= least and count >= share * letters


def _by_words(text: str, names: tuple[str, ...], preferred: tuple[str, ...] = ()) -> str:
    """Return which of some languages has the most of a text's words, by far; else "".

    Of two that are near, a preferred one comes first.
    """
    counts = Counter(_WORD.findall(text.lower()))
    total = sum(counts.values())
    said = {name: counts.keys() & _frequent()[name][0] for name in names}
    shares = {name: sum(counts[w] for w in said[name]) / max(total, 1) for name in names}
    near = [name for name in names if shares[name] * NEAR >= max(shares.values())]
    best, *others = [name for name in near if name in preferred] or near
    enough = shares[best] >= LEAST_SHARE and len(said[best]) >= LEAST_DIFFERENT
    return best if total >= LEAST_WORDS and enough and not others else ""


def _of_few_words(text: str, names: tuple[str, ...]) -> str:
    """Return the language of a text with few of the frequent words: a word says the more for one, the fewer have it."""
    counts = Counter(_WORD.findall(_CODE.sub(" ", text).lower()))
    total = counts.total()
    if total < FEWEST:
        return ""
    known = _known_words(names)
    owners = Counter(word for words in known.values() for word in words)
    points = {
        name: sum(min(counts[word], 3) / owners[word] for word in sorted(words & counts.keys()))
        + OF_LETTER * sum(min(counts[w], 2) for w in counts if any(o in w for o in OWN.get(name, "")))
        for name, words in known.items()
    }  # fmt: skip
    if "¿" in text or "¡" in text:
        points["es"] += 1
    best, second, *_ = sorted(points, key=lambda name: points[name], reverse=True)
    several = len(known[best] & counts.keys()) >= LEAST_DIFFERENT
    least = max(LEAST_POINTS, total / SOME, BY_FAR * points[second])
    return best if several and points[best] >= least else ""


@cache
def _known_words(names: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Return the words that a short text is known by; single letters stand in code, too."""
    own = {name: _frequent()[name] for name in names}
    return {
        name: frozenset(word for word in said | more if more or len(word) > 1)
        for name, (said, more) in own.items()
    }
