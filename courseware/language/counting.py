"""How many words a text is as long as, also in scripts that put no space between words.

Two letters of Chinese or Japanese, and five of Thai, Lao, Burmese or Khmer, take as long as a word:
Japanese is read at some 400 to 600 letters a minute, Thai at some 1,200, English at some 240 words.
"""

from __future__ import annotations

import re
from math import ceil

from courseware.language.twins import UNSPACED

_SPACELESS = (
    (re.compile("[\u3041-\u30ff\u3400-\u9fff\uff66-\uff9d]"), 2),
    (re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]"), 5),
)
"""Letters of such scripts, and how many of them are a word."""


def count_words(text: str) -> int:
    """Return how many words a text is as long as."""
    if text.isascii() or not UNSPACED.search(text):
        return len(text.split())
    count = 0
    for letters, each in _SPACELESS:
        text, found = letters.subn(" ", text)
        count += ceil(found / each)
    return count + sum(any(map(str.isalnum, word)) for word in text.split())
