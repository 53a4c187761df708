"""Frames of answers: headings and labels of answers' words alone, and folds that name one.

The letters are those of `words.ANSWER_LETTERS`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseware.language.frames.words import Words, folded, split_words

_OURS = "(?:O[mj]*(?=[QRZY]|A[jQ]*[QR]))?"
"""What the author calls "our" is an answer where it is a suggested or a model one."""
_ALONE = re.compile(rf"[jmQREK#]*{_OURS}[jmQREK#]*[AZY][jmQREAZYK#]*")
_KEY_TO = r"[mQ]*Kj+[jE#m]*E[E#jm]*"
_KEY = {False: re.compile(rf"[mQj#]*E#?K[m#]*|{_KEY_TO}"), True: re.compile(_KEY_TO)}
"""A key of exercises, by whether a thing stands first: "questions clés" are key questions."""
_LETTERED = re.compile(r"(.*\w)\s+([a-d])")
LONGEST_LEAD = 7
"""Words that lead in an answer, at most."""
_SURE = re.compile(r"Z|R[mQ]?A|A[Qm]?R")


def is_answer(part: str, words: Words) -> bool:
    """Whether a part is of answers' words alone: "Solutions to exercise 2", "Quiz key"."""
    letters = words.letters(part, "answer")
    if words.matches("commanding", " ".join(folded(part).split())):
        return False
    return bool(_ALONE.fullmatch(letters) or _KEY[words.thing_first].fullmatch(letters))


def is_either(part: str, words: Words) -> bool:
    """Whether a part names an answer beside something else that is no problem: "Result / answer"."""
    sides = re.split(r"\s*/\s*", part)
    plain = len(sides) == 2 and not any(is_problem(side, words) for side in sides)
    return plain and any(is_answer(side, words) for side in sides)


def is_of_question(text: str, near: Sequence[str], words: Words) -> bool:
    """Whether a text is a key, or the first letter of "answer" and no choice: "B" is not near it."""
    written, others = folded(text).strip(" :"), {one.strip(" .:").lower() for one in near}
    known = any(words.matches("answer_letter", one) for one in (written, written.strip(".")) if one)
    return known and not others & {"b", "c"}


def is_legend(text: str, words: Words) -> bool:
    """Whether a key explains the colours or shapes of a map or a chart: "red means above, blue below"."""
    said = split_words(text)
    signs = sum(words.matches("legend_signs", word) for word in said)
    return signs > 1 and ("=" in text or any(words.matches("legend_verbs", w) for w in said))


def is_filled_in(part: str, text: str, words: Words) -> bool:
    """Whether a sheet for answers is the learners' own, as its text tells them to fill it in."""
    first = " ".join(split_words(text)[:1])
    sheet = words.matches("sheets", " ".join(folded(part).split()))
    return sheet and (words.matches("filled_in", first) or text.count("____") > 1)


def is_key(title: str, words: Words) -> bool:
    """Whether a fold's or a box's title is a word for a key or an answer cut short, no single letter: "Key", "Sol."."""
    low = " ".join(split_words(title))
    return len(low) > 2 and words.matches("answer_letter", low)


def is_lettered(text: str, near: Sequence[str]) -> bool:
    """Whether a label ends in a letter and another of that name in another one: "Solution A" beside "Solution B"."""
    own = _LETTERED.fullmatch(folded(text).strip(" :"))
    others = (_LETTERED.fullmatch(folded(one).strip(" :")) for one in near)
    return own is not None and any(o and o[1] == own[1] and o[2] != own[2] for o in others)


def is_short(text: str) -> bool:
    """Whether a text is one word cut short, longer than the letter of a choice: "Sol."."""
    return bool(re.fullmatch(r"\s*[^\W\d_]{2,}\.\s*:?\s*", text))


def is_key_of(part: str, inside: str, words: Words) -> bool:
    """Whether a part with what stands in brackets behind it is a key of exercises: "Key (exercise 1)"."""
    key = re.fullmatch("[mQj]*K", words.letters(part, "answer"))
    return bool(key and re.fullmatch("[jm#]*E[E#jm]*", words.letters(inside, "answer")))


def is_sure_answer(part: str, words: Words) -> bool:
    """Whether a part tells an answer anywhere: "Sample solution", "Answer key"."""
    letters = words.letters(part, "answer")
    return bool(_ALONE.fullmatch(letters) and _SURE.search(letters))


def tells_answer(part: str, words: Words) -> bool:
    """Whether a part tells an answer and is not of answers' words alone: "The answer is that it rains"."""
    told = words.matches("answer_told", " ".join(folded(part).split()))
    return told and not is_answer(part, words)


def is_expected(part: str, words: Words) -> bool:
    """Whether a part says that what follows was to be found: "What we expect", "What you should have got"."""
    low = " ".join(folded(part).split())
    return words.matches("answer_expected", low) or words.matches("answer_lead", low)


def lead_in(sentence: str, words: Words) -> str:
    """Return the first words of a sentence that lead in an answer, "Possible answers include", or ""."""
    said = sentence.split()
    starts = (" ".join(said[:count]) for count in range(min(LONGEST_LEAD, len(said) - 1), 1, -1))
    return next(
        (start for start in starts if words.matches("answer_lead", folded(start).rstrip(",;"))), ""
    )


def holds_answer(title: str, words: Words) -> bool:
    """Whether a summary's or box's title names an answer in any way but those that ask for one."""
    named = words.lists["answer_word"].within(" ".join(folded(title).split()))
    return named and not asks_for_answer(title, words)


def asks_for_answer(title: str, words: Words) -> bool:
    """Whether a title asks for an answer, or names a thing of one: "Write down your solution", "Solution design"."""
    return words.matches("answer_not", " ".join(folded(title).split()))


def is_problem(text: str, words: Words) -> bool:
    """Whether a neighbour is a problem that a solution belongs to: "The problem", "Symptoms"."""
    low = re.sub(r"[\d\W_]+", " ", folded(text)).split()
    bare = [w for w in low if not words.matches("articles", w)]
    return bool(bare) and any(words.matches("problems", w) for w in (bare[0], bare[-1]))


def is_challenge(text: str, words: Words) -> bool:
    """Whether a neighbour is a challenge, which may be an exercise or a problem."""
    low = re.sub(r"[\d\W_]+", " ", folded(text)).split()
    return bool(low) and words.matches("challenge", low[0])
