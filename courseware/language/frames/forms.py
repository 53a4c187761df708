"""Two forms of one word, or two people, in a text on who leads: "למדריך/ה", "per il/la docente", "教师/讲师备注"."""

from __future__ import annotations

import re

_TWO = re.compile(
    r"(?P<one>[^\s/／・]+?)(?:\((?:as?|es|os|a|e)\))?\s?[/／・]\s?(?P<dash>-?)(?P<two>[^\s/／・:：]+)"
)
_HEBREW = re.compile(r"(?<=[\u05d0-\u05ea])[./](?:ית|ות|ה|ת|י)(?![\u05d0-\u05ea])")
_LAST = str.maketrans("כמנפצ", "ךםןףץ")
_LAST_LETTER = re.compile("[כמנפצ](?![\u05d0-\u05ea])")
SHORT = 5
"""Letters of an ending, or of an article, at most."""


def forms_of(text: str) -> tuple[str, ...]:
    """Return the texts that one with two forms or people stands for, with the first and the second; none where it has none.

    Two people who have nothing in common, "trainer/learner", are not two forms: both texts must hide then.
    """
    spelled = _HEBREW.sub("", text)
    if spelled != text:
        spelled = _LAST_LETTER.sub(lambda letter: letter[0].translate(_LAST), spelled)
    first = _TWO.sub(lambda two: two["one"], spelled)
    if first == spelled:
        return (spelled,) if spelled != text else ()
    second = _TWO.sub(lambda two: two["two"], spelled)
    return (first,) if all(map(_is_one_word, _TWO.finditer(spelled))) else (first, second)


def _is_one_word(two: re.Match[str]) -> bool:
    """Whether what stands on both sides is one word in two forms, or an ending or an article behind it."""
    one, other = two["one"], two["two"]
    if two["dash"] or min(len(one), len(other)) <= 3 or len(other) <= min(SHORT, len(one) - 1):
        return one.isascii() or not _is_wide(one)
    return not _is_wide(one) and bool(_threes(one) & _threes(other))


def _is_wide(word: str) -> bool:
    """Whether a word is of a script in which two letters may be a whole one."""
    return any("\u3041" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in word)


def _threes(word: str) -> set[str]:
    low = word.casefold()
    return {low[at : at + 3] for at in range(len(low) - 2)}
