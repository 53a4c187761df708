"""How many words a text is as long as, also in scripts that put no space between words.

Two letters of Chinese or Japanese, and five of Thai, Lao, Burmese or Khmer, take as long as a word:
Japanese is read at some 400 to 600 letters a minute, Thai at some 1,200, English at some 240 words.
"""

from __future__ import annotations

import re
from math import ceil
from unicodedata import combining, east_asian_width

from courseware.language.twins import UNSPACED

_SPACELESS = (
    (re.compile("[\u3041-\u30ff\u3400-\u9fff\uff66-\uff9d]"), 2),
    (re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]"), 5),
)
"""Letters of such scripts, and how many of them are a word."""
_PIECE = re.compile(
    f"[\u30a1-\u30ff]+|{UNSPACED.pattern[:-1]}[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*|(?:(?!{UNSPACED.pattern})\\S)+"
)
"""What a line of words is cut between."""
_PAUSE = re.compile("[、。，；：！？」』）]")
"""Signs behind which a clause ends."""
_PHRASE = re.compile("(?<=[\u3041-\u3096])(?=[\u30a1-\u30fa\u3400-\u9fffA-Za-z0-9])")
"""Where a word begins behind the small letters that end the one before it."""


def count_words(text: str) -> int:
    """Return how many words a text is as long as."""
    if text.isascii() or not UNSPACED.search(text):
        return len(text.split())
    count = 0
    for letters, each in _SPACELESS:
        text, found = letters.subn(" ", text)
        count += ceil(found / each)
    return count + sum(any(map(str.isalnum, word)) for word in text.split())


def first_words(text: str, most: int) -> str:
    """Return a text's first words, `most` of them, with "…" where more follow; a name in Kana stays whole."""
    if count_words(text) <= most:
        return text
    ends = [piece.end() for piece in _PIECE.finditer(text)]
    end = max((end for end in ends if count_words(text[:end]) <= most), default=ends[0])
    return text[: _whole_until(text, end)].rstrip(" ,;:.–—、。，；：") + "…"


def shortened(text: str, most: int) -> str:
    """Return the first `most` signs of a text without a part of a word at their end."""
    return text[:most].rpartition(" ")[0] or text[: _whole_until(text, most)]


def _whole_until(text: str, end: int) -> int:
    """Return where a text that is cut at `end` ends without a part of a word, in its second half; else `end`.

    Where no spaces part words, that is behind a sign that does, else, in Japanese, before what follows its small letters.
    """
    if not UNSPACED.match(text, end):
        return end
    for ends in (_PAUSE, _PHRASE):
        found = [m.end() for m in ends.finditer(text, 0, end + 1) if end / 2 <= m.end() <= end]
        if found:
            return found[-1]
    return end


_NARROW = frozenset("iljtfrI.,:;!|'’()[]іїт")
_WIDE = frozenset("mwMW@%&жшщюыфмЖШЩЮЫФМ")


def ems(word: str) -> float:
    """Return how wide a word is in ems of its face, set bold: an estimate, rather too wide."""
    return sum(map(_em, word))


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.44
    if letter in _WIDE:
        return 0.88
    if combining(letter):
        return 0.0
    return 1.0 if east_asian_width(letter) in "WF" else 0.75 if letter.isupper() else 0.59
