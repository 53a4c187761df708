"""Digits and punctuation of all scripts as their ASCII twins, one for one, so that places stay."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from courseware.language.catalogue import base, languages, line_of

_DIGITS = "0660 06f0 0966 09e6 0a66 0ae6 0b66 0be6 0c66 0ce6 0d66 0e50 0ed0 0f20 1040 17e0 ff10"
"""Where the ten digits of scripts begin (Unicode, category Nd)."""
_SIGNS = {
    "。": ".", "、": ",", "，": ",", "．": ".", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")",
    "［": "[", "］": "]", "｜": "|", "／": "/", "～": "~", "〜": "~", "－": "-", "＋": "+", "＝": "=", "＃": "#",
    "【": "[", "】": "]", "\u3000": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "،": ",", "؛": ";", "؟": "?", "٫": ".", "٬": ",", "।": ".", "॥": ".", "։": ":", "׃": ":", "･": "·",
}  # fmt: skip
_TABLE = str.maketrans(
    {chr(int(start, 16) + n): str(n) for start in _DIGITS.split() for n in range(10)} | _SIGNS
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TWINS = _WIDE | _TABLE
_TWIN = re.compile(f"[{re.escape(''.join(map(chr, _TWINS)))}]")
_ALIKE = str.maketrans("’ʼ׳״یکۀ", "'''\"يكه")
"""Apostrophes ("п’ять", "п'ять" and "пʼять" are one word), the geresh and gershayim of Hebrew, and letters that Persian has of its own, or for lack of them Arabic ones."""
_VOWELS = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u200c]")
"""Points and vowels of Hebrew and Arabic, the stroke that stretches words, and what parts letters in Persian ones: few write them."""
_POINTED = re.compile("[\u05d0-\u05ea\u0620-\u06d3]")
EAST = "\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9d"
"""Letters of scripts whose words stand next to each other, or next to a digit, without a space."""

EASTERN = re.compile(f"[{EAST}]")
"""One letter of them; a pattern of thousands of letters takes milliseconds to compile."""
BEHIND_EAST = f"(?-i:(?<=[{EAST}]))"
"""Behind one of them, which have no case: looking for its other case takes twice as long."""
HAN = "一二三四五六七八九十"
"""The numerals from one to ten that Chinese and Japanese write."""
HEBREW = '(?:[\u05d0-\u05ea]\'|[יכל]"[\u05d0-\u05d8]|ט"[וז])'
"""A number from 1 to 39 in Hebrew letters, in the twins of its signs: ג' is 3, י"א is 11."""
_HEBREW = re.compile(f"(?<![\u05d0-\u05ea'\"]){HEBREW}(?![\u05d0-\u05ea])")
_HEBREW_LETTERS = dict(zip("אבגדהוזחטיכל", (*range(1, 11), 20, 30), strict=True))
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uff66-\uff9d]+"
)
"""Letters of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Kana, Han."""


def twins(text: str) -> str:
    """Return a text of the same length in which signs and digits are ASCII where they have a twin."""
    return text.translate(_TWINS) if not text.isascii() and _TWIN.search(text) else text


def alike(text: str) -> str:
    """Return `twins` of a text with signs within words that are written in several ways made one, too."""
    return text if text.isascii() else twins(text).translate(_ALIKE)


def normal(text: str) -> str:
    """Return a text as words are compared: compatible forms made one, without points and vowels."""
    if text.isascii():
        return text
    return without_vowels(unicodedata.normalize("NFKC", alike(text)))


def hebrew_number(said: str) -> int:
    """Return the number that letters with their sign are, 0 where they are none."""
    return sum(_HEBREW_LETTERS.get(letter, 0) for letter in said)


def with_digits(text: str) -> str:
    """Return a text in which numbers in Hebrew letters are in digits: "תרגיל ג׳" is "תרגיל 3"."""
    if text.isascii():
        return text
    return _HEBREW.sub(lambda said: str(hebrew_number(said[0]) or said[0]), alike(text))


def without_vowels(text: str) -> str:
    """Return a text without the points and vowels of Hebrew and Arabic."""
    return text if text.isascii() else _VOWELS.sub("", text)


def spelled(text: str, language: str) -> str:
    """Return a text in small letters, with the ASCII ones that its language's readers put for others.

    It is "" where letters do not tell how they are read, as Chinese ones in Japanese.
    """
    said = unicodedata.normalize("NFC", text).lower()
    own = base(language)
    rules = line_of(own, "ascii") if own in languages() and not text.isascii() else {}
    for pattern, letters in rules.items():
        said, count = re.subn(pattern, letters or "", said)
        if count and letters is None:
            return ""
    return said


def phrases(words: Iterable[str]) -> str:
    """Return the alternatives of words as a pattern, each ended as its script ends words.

    `#` in a word stands for a number, which is taken as the group of its own; `*` before a word for any beginning.
    """
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(_phrase(word) for word in ordered) or r"(?!)"


def _phrase(word: str) -> str:
    if word.startswith("*"):
        letters = rf"(?-i:[{EAST}]){{0,6}}?" if EASTERN.match(word[1:]) else r"[^\W\d_]+"
        return letters + _phrase(word[1:])
    end = "" if EASTERN.match(word[-1:]) else r"(?![^\W\d_])"
    if _POINTED.match(word):
        return (
            "".join(f"{re.escape(sign)}{_VOWELS.pattern}*" for sign in word)
            + r"(?!\u200c?[^\W\d_])"
        )
    return re.escape(word).replace(r"\#", rf"\s*(?:\d{{1,6}}|[{HAN}]{{1,3}})\s*") + end


class Pattern:
    """Patterns that are tried in order on a text's ASCII twin; where they match holds for the text.

    Each is compiled when it is first tried; one with `BEHIND_EAST` is tried where the text has such a letter.
    """

    def __init__(self, *patterns: str) -> None:
        """Take the patterns, compared without case."""
        self._all = patterns

    def _tried(self, plain: str) -> Iterator[re.Pattern[str]]:
        east = not plain.isascii() and EASTERN.search(plain) is not None
        return (_compiled(p) for p in self._all if east or BEHIND_EAST not in p)

    def match(self, text: str) -> re.Match[str] | None:
        """Return how the first pattern that does so begins a text."""
        plain = alike(text)
        return next((m for p in self._tried(plain) if (m := p.match(plain))), None)

    def search(self, text: str) -> re.Match[str] | None:
        """Return where the first pattern that does so is in a text."""
        plain = alike(text)
        return next((m for p in self._tried(plain) if (m := p.search(plain))), None)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)
