"""The language of a session: what its front matter states, else what its words tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from courseware.language.vocabulary import Vocabulary, languages, vocabulary_for
from courseware.reading.source.front_matter import Value

MOST_LOOKED = 20_000
"""Characters that a guess looks at."""
LEAST_WORDS = 40
"""Words that a text must have for its language to be guessed."""
LEAST_SHARE = 0.08
"""Of its words, how many must be frequent ones: real texts have 15 to 30 percent."""


def in_language(words: Vocabulary, front: Mapping[str, Value], body: str) -> tuple[Vocabulary, str]:
    """Return the words of a session's language, and that language where only its text tells it."""
    stated = next((str(front[key].value) for key in ("language", "lang") if key in front), "")
    if stated:
        return vocabulary_for(stated, words.added), ""
    found = language_of(body[:MOST_LOOKED]) if words.language == "en" else ""
    if found in ("", words.language):
        return words, ""
    return vocabulary_for(found, words.added), found


def language_of(text: str) -> str:
    """Return the language that a text is written in, "" where its frequent words do not tell."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    shares = {
        name: sum(word in frequent for word in words) / max(len(words), 1)
        for name, frequent in languages().items()
    }
    best, *others = sorted(shares.values(), reverse=True)
    if len(words) < LEAST_WORDS or best < LEAST_SHARE or (others and best < 2 * others[0]):
        return ""
    return max(shares, key=lambda name: shares[name])
