"""The order of words in an index: by the letters of a language's alphabet, and which letter heads a word."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

LAST = {"sv": "åäö", "fi": "åäö", "da": "æøå", "nb": "æøå", "nn": "æøå", "no": "æøå"}
"""Letters that stand behind z in an alphabet, in their order."""
BEHIND = {"es": {"ñ": "n"}, "pl": dict(zip("ąćęłńóśźż", "acelnoszz", strict=True)), "tr": {"ç": "c", "ğ": "g", "ı": "h", "ö": "o", "ş": "s", "ü": "u"},
          "uk": {"ґ": "г", "є": "е", "і": "и", "ї": "и\uf8ff", "й": "и\uf8ff\uf8ff"},
          "fa": {"پ": "ب", "چ": "ج", "ژ": "ز", "ک": "ق", "گ": "ق\uf8ff", "ه": "و", "ی": "و\uf8ff"},
          "cs": {"č": "c", "ř": "r", "š": "s", "ž": "z"}, "hr": {"č": "c", "ć": "c", "đ": "d", "š": "s", "ž": "z"}}  # fmt: skip
"""Letters of their own that stand behind another in an alphabet."""
_KANA = {katakana: katakana - 0x60 for katakana in range(0x30A1, 0x30F7)}
"""Hiragana for Katakana: both are sorted as one."""
_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""The consonants that Korean words are found under, in the order of U+1100; doubled ones under the plain ones."""
_ARTICLE = re.compile(r"\bال(?=\w{2})(?!ت(?:زام|قاء|فات|هاب|ماس|باس|حاق|حام|قاط|واء|صاق)|له\b)")
"""Arabic's article, which its indexes pass over; in nouns as "التزام" it is none."""
_PINYIN = dict(zip((0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
          0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1),
          "abcdefghjklmnopqrstwxyz", strict=True))  # fmt: skip
"""Where the letters begin in GB 2312, whose 3,755 frequent characters are in the order of their sound."""
_FREQUENT = range(0xB0A1, 0xD7FA)
_AFTER = "\uf8ff"
"""What is sorted behind all letters."""


def sort_key(words: str, language: str = "") -> str:
    """Return what words are sorted by: their letters and digits, without case and without accents.

    What a language counts as a letter of its own has its place: å, ä, ö behind z in Swedish, ñ behind n.
    """
    base = language.partition("-")[0]
    last, behind = LAST.get(base, ""), BEHIND.get(base, {})
    made = ""
    words = _ARTICLE.sub("", words) if base == "ar" else words
    traditional = re.search("hant|tw|hk", language.lower()) is not None
    for letter in unicodedata.normalize("NFC", words.casefold()):
        if base == "zh" and "\u4e00" <= letter <= "\u9fff":
            made += _by_strokes(letter) if traditional else _by_sound(letter)
        elif letter in last:
            made += f"{_AFTER}{last.index(letter)}"
        elif letter in behind:
            made += f"{behind[letter]}{_AFTER}"
        else:
            plain = unicodedata.normalize("NFKD", letter).casefold()
            made += "".join(c for c in plain if c.isalnum() or c == " ")
    return made.strip().translate(_KANA)


def _by_sound(letter: str) -> str:
    """Return what a Chinese character is sorted by: its sound's letter, its place in GB 2312."""
    code = int.from_bytes(letter.encode("gb2312", "ignore"), "big")
    if code not in _FREQUENT:
        return _AFTER + letter
    starts = list(_PINYIN)
    return _PINYIN[starts[bisect_right(starts, code) - 1]] + chr(
        0xE000 + (code >> 8) % 0xB0 * 94 + code % 256 - 0xA1
    )


def _by_strokes(letter: str) -> str:
    """Return what a character is sorted by in Taiwan and Hong Kong: its place in Big5, in the order of strokes."""
    code = int.from_bytes(letter.encode("big5", "ignore"), "big")
    return _AFTER + (chr(code) if code else letter)


def letter_of(words: str, language: str) -> str:
    """Return the capital that words are found under, "" for numbers and scripts without letters."""
    base = language.partition("-")[0]
    own = unicodedata.normalize("NFC", words.casefold()).strip()[:1]
    if own and (own in LAST.get(base, "") or own in BEHIND.get(base, {})):
        return own.upper()
    first = sort_key(words, language if base in ("ar", "zh") else "")[:1]
    if "\u1100" <= first <= "\u1112":
        return _INITIALS[ord(first) - 0x1100]
    cased = first.upper() != first.lower()
    return first.upper() if cased or _has_letters(first) else ""


def _has_letters(first: str) -> bool:
    """Whether a letter without capitals is one of a few: Arabic, Hebrew, Devanagari, Kana."""
    return "\u0590" <= first <= "\u097f" or "\u3041" <= first <= "\u30ff"
