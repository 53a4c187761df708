"""What is an answer where something was asked: "Expected result", "People often say", "Right: …", "A: …".

Such words are ordinary ones elsewhere. So they hide only what stands below a question or a task, or in an exercise
that has asked before; a letter only beside its question's; a column only in a table with room to write. In doubt.
"""

from __future__ import annotations

import re
from functools import cache

from courseware.language.catalogue import Tongue, line_of, read_by, words_read
from courseware.language.frames.places import Place, Setting
from courseware.language.twins import Pattern, normal, phrases

_LISTS = {
    "answer_outcomes": "it says what should come out",
    "answer_reasons": "it tells why an answer is right",
    "answer_usual": "it tells what is usually answered",
    "answer_marking": "it tells how answers are marked",
    "answer_right": "it says what is right",
    "answer_sentences": "it tells an answer",
}
"""The lists of labels, with what a finding says of each."""
_SINGLE = ("answer_right", "answer_sentences")
"""Lists whose words are ordinary ones as headings, and in what explains signs."""
_COLUMNS = ("answer_columns", "answer_outcomes")
"""Lists of heads of columns that hold what should come out."""
_EXPLAINS = re.compile("[=;；؛]")
"""What stands between the signs of a map or a drawing and what they mean: "red = road"."""
_HEADS = (Place.HEADING, Place.BOLD_LINE)
_SIGNS = re.compile(r"^[^\w(（\[【]+")
"""What stands before a label's first word."""


def told_by(text: str, setting: Setting, tongue: Tongue) -> str:
    """Return why a text labels an answer to what was asked, "" where it does not."""
    if setting.place is Place.COLUMN:
        return _of_column(text, setting, tongue)
    if setting.place not in (Place.LABEL, *_HEADS):
        return ""
    if _is_initial(text, setting, tongue):
        return "it is the letter of an answer beside its question"
    name = _labels(tongue).get(_key(text), "")
    asked = setting.after_question or (setting.in_exercise and setting.asked)
    if name in _SINGLE:
        asked = asked and not _EXPLAINS.search(setting.text)
    elif setting.place is Place.HEADING:
        asked = asked or setting.in_exercise
    return _LISTS[name] if name and asked else ""


def is_label(text: str, tongue: Tongue) -> bool:
    """Whether a text is one of the labels, however many words it has."""
    return _key(text) in _labels(tongue)


def folds(title: str, name: str, tongue: Tongue) -> bool:
    """Whether a fold's title is one of a list: by it learners check their answer ("answer_checks"), or it only opens."""
    return _key(title) in _keys(tongue, name)


def sentence_start(sentence: str, tongue: Tongue) -> str:
    """Return the first words of a sentence that tells an answer, "The answer is", or ""."""
    begin = len(sentence) - len(_SIGNS.sub("", sentence))
    found = _starts(tongue).match(sentence[begin:])
    if found is None or not found.group():
        return ""
    end = begin + found.end()
    return sentence[begin:end] if any(sign.isalnum() for sign in sentence[end:]) else ""


def _of_column(text: str, setting: Setting, tongue: Tongue) -> str:
    """Return why a column's head hides it: one of its words beside room to write, a letter beside its question's."""
    heads = {_key(one) for one in setting.near}
    if not setting.in_exercise:
        return ""
    if _initials(tongue).get(_key(text), frozenset()) & heads:
        return "it is the letter of answers beside their questions"
    said = _key(text) in _keys(tongue, *_COLUMNS) and setting.asked
    return "it says what should come out" if said else ""


_NUMBERED = re.compile(r"(\D+?)(\d{1,3})")
"""The letter of an answer with its number: "A1" beside "Q1"."""


def _is_initial(text: str, setting: Setting, tongue: Tongue) -> bool:
    """Whether a label is an answer's first letters: in an exercise beside its question's or cut short, or behind a question."""
    numbered = _NUMBERED.fullmatch(_key(text))
    if numbered and setting.place is Place.LABEL:
        questions = _initials(tongue).get(numbered[1], frozenset())
        return not {f"{q}{numbered[2]}" for q in questions}.isdisjoint(map(_key, setting.beside))
    letters = _initials(tongue).get(_key(text), frozenset())
    cut = text.rstrip().endswith(".")
    beside = setting.in_exercise or (cut and setting.after_question)
    if not letters or not beside or setting.place is not Place.LABEL:
        return False
    short = cut and setting.asked
    behind = setting.after_question and not _EXPLAINS.search(setting.text)
    return short or behind or bool(letters & {_key(one) for one in setting.beside})


def _key(text: str) -> str:
    """Return a label as it is compared, without the signs before it."""
    return " ".join(normal(_SIGNS.sub("", text)).casefold().strip(" :.,。،*_").split())


@cache
def _labels(tongue: Tongue) -> dict[str, str]:
    """Return the labels of English and a language, with the list that each is in."""
    return {_key(word): name for name in _LISTS for word in words_read(name, tongue)}


@cache
def _keys(tongue: Tongue, *names: str) -> frozenset[str]:
    """Return the words of some lists of English and a language as they are compared."""
    return frozenset(_key(word) for name in names for word in words_read(name, tongue))


@cache
def _initials(tongue: Tongue) -> dict[str, frozenset[str]]:
    """Return the letters of answers, each with those of the questions beside it."""
    found: dict[str, frozenset[str]] = {}
    for code in read_by(tongue.language):
        for asked, answered in dict(line_of(code, "answer_initials")).items():
            key = _key(str(answered))
            found[key] = found.get(key, frozenset()) | {_key(str(asked))}
    return found


@cache
def _starts(tongue: Tongue) -> Pattern:
    """Return the pattern of the first words of sentences that tell an answer."""
    return Pattern(phrases(map(normal, words_read("answer_sentences", tongue))))
