"""What is withheld in languages whose headings are told by patterns of their own words.

A language's `withheld` names people, things, ways to say "how to lead it" and occasions, and frames
with holes for them, as a whole heading or label must be: "{t} para {p}", "{p}用{t}". A frame is a
regular expression; a number and what is led may follow ("… da aula 2"). Where a script has no
spaces, or writes them as it likes (Korean), a text is compared without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from courseware.language.catalogue import data_of
from courseware.language.frames.words import split_words
from courseware.language.late import LatePattern
from courseware.language.twins import normal, with_digits

NUMBER = re.escape("#")
"""What stands for a number in a word: "第#题"."""
MOST_WORDS, MOST_SIGNS = 9, 24
"""Words of a summary in which one for an answer tells what it hides, and signs where no spaces part words."""
SHORT = 2
"""Letters of a word that grows together with the next: "ל", "لل"."""
SPACELESS = ("ja", "zh", "ko")
COLUMNS_OF_PLAN = 3
"""Columns of a table that tells who does what when, at least."""
"""Languages whose headings are compared without spaces."""
UNPARTED = ("ja", "zh")
"""Languages that put no spaces between words."""


class Phrases(msgspec.Struct, frozen=True):
    """The patterns of one language, for texts as `compact` makes them."""

    language: str
    leading: LatePattern
    named: LatePattern
    """A word for a thing, for leading or for an occasion, anywhere in a text."""
    answer: LatePattern
    held: LatePattern
    """A word for an answer, anywhere in a summary."""
    bare: LatePattern
    """A word for an answer that means others, too: "soluzione", a number aside."""
    own: LatePattern
    """A word that stands beside one for an answer where that is the learner's own: "write", "your"."""
    asked: LatePattern
    """What is an answer in an exercise alone: "svolgimento" is a course of events elsewhere."""
    named_leader: LatePattern
    """One who leads, as named in brackets: "[Тренер: …]"."""
    within: LatePattern
    """One who leads, anywhere in a text, an article or a short word such as "to" grown together with it."""
    key_word: LatePattern
    """A word for a key, which as a heading below exercises is theirs."""
    problem: LatePattern
    """A problem that is told beside its solution."""
    learner: LatePattern
    """Another speaker of a dialogue: one who learns, a client."""
    learns: LatePattern
    """One who learns, anywhere in a text, with any ending."""
    described: LatePattern
    """What a sentence begins or ends with that tells who somebody is: "的人。"."""
    kept_back: LatePattern
    """What in brackets says that a text is not handed out."""
    mine: LatePattern
    """A word of who speaks of himself, as learners do on what they fill in: "meu"."""
    anything_for: LatePattern
    """Any thing, in a group of its own, that is for who leads."""
    aside: LatePattern
    """Any words, in a group of their own, beside who leads, which in brackets call on them: "지도자 주의"."""
    to_self: LatePattern
    """What somebody writes to himself: "só para mim"."""

    def leads(self, text: str) -> bool:
        """Whether a text as a whole is for who leads."""
        return self.leading.fullmatch(compact(text, self.language)) is not None

    def leads_in_brackets(self, inside: str, beside: Iterable[str], told: bool = False) -> bool:
        """Whether what stands in brackets says that a text beside it is for who leads.

        A person's name beside a leader alone is a person, "김민수 (강사)", where no words that are `told` follow.
        """
        alone = self.is_leader(inside)
        return self.leads(inside) or (
            alone
            and (told or any(self.named.search(compact(part, self.language)) for part in beside))
        )

    def is_theirs_in_plan(self, head: str, others: Sequence[str]) -> bool:
        """Whether a column's head names who leads, and another who learns: "教师活动" beside "学生活动".

        Alone, "教师", it is so where a third column says when, or which step it is.
        """
        said = compact(head, self.language)
        found = self.within.search(said)
        learns = any(
            self.learns.search(compact(one, self.language)) for one in others if one != head
        )
        third = len(others) >= COLUMNS_OF_PLAN
        return learns and found is not None and (third or found.group() != said)

    def thing_for(self, text: str, in_brackets: bool) -> str:
        """Return the thing that a text says is for who leads, whatever it is called: "Разбор" of "Разбор для тренера"; else ""."""
        said = compact(text, self.language)
        aside = self.aside.fullmatch(said) if in_brackets else None
        found = self.anything_for.fullmatch(said) or aside
        return next((one for one in found.groups() if one), "") if found else ""

    def is_to_self(self, text: str) -> bool:
        """Whether a text as a whole says that it is written to oneself."""
        return self.to_self.fullmatch(compact(text, self.language)) is not None

    def is_mine(self, text: str) -> bool:
        """Whether a text speaks of who wrote it."""
        return self.mine.search(key(text)) is not None

    def is_leader(self, inside: str) -> bool:
        """Whether a label in brackets is one who leads and nothing else: "[Тренер: …]"."""
        return self.named_leader.fullmatch(compact(inside, self.language)) is not None

    def is_dialogue(self, labels: Iterable[str]) -> bool:
        """Whether one of the labels near is another speaker's."""
        return any(self.learner.fullmatch(compact(label, self.language)) for label in labels)

    def describes(self, text: str) -> bool:
        """Whether a sentence tells who somebody is: "陪伴新护士的人。"."""
        return self.described.search(compact(text, self.language)) is not None

    def is_kept_back(self, brackets: Iterable[str]) -> bool:
        """Whether what stands in brackets says that a text is not handed out: "Chiusura (da non distribuire)"."""
        return any(self.kept_back.fullmatch(compact(inside, self.language)) for inside in brackets)

    def is_problem(self, text: str) -> bool:
        """Whether a neighbour is a problem that a solution belongs to."""
        return self.problem.fullmatch(compact(text, self.language)) is not None

    def is_bare_answer(self, text: str) -> bool:
        """Whether a text is a word for an answer that means others, too, and says no more of it."""
        return self.bare.fullmatch(compact(text, self.language)) is not None

    def is_key(self, text: str) -> bool:
        """Whether a text is a word for a key and nothing else."""
        return self.key_word.fullmatch(compact(text, self.language)) is not None

    def answers(self, text: str, asked: bool) -> bool:
        """Whether a text as a whole names an answer, whatever exercise it says it is of; `asked` in one."""
        said = compact(text, self.language)
        return bool(self.answer.fullmatch(said) or (asked and self.asked.fullmatch(said)))

    def holds_answer(self, title: str) -> bool:
        """Whether a summary of few words has one for an answer that is not the learner's own: "Ver resposta"."""
        said = key(title)
        others = self.held.sub("", said)
        few = len(said.split()) <= MOST_WORDS and (
            self.language not in UNPARTED or len(said) <= MOST_SIGNS
        )
        asked = self.own.search(others) and not self.own.sub("", others).strip()
        return few and others != said and not asked


def compact(text: str, language: str) -> str:
    """Return a text as a language's patterns compare it: its words without marks."""
    return _gap(language).join(_key_words(text))


def key(text: str) -> str:
    """Return a text's words, lower case and without accents, one space between two."""
    return " ".join(_key_words(text))


def _key_words(text: str) -> list[str]:
    return [word for word in split_words(with_digits(text)) if word != "&"]


@cache
def phrases_of(language: str) -> Phrases | None:
    """Return a language's patterns, None where it has no `withheld`."""
    data = data_of(language).get("withheld")
    if not data:
        return None
    holes = _holes(language, data)
    frames = [_filled(normal(frame), holes) for frame in data["frames"]]
    said = _either(language, data["facilitator"])
    tail = _filled("(?: ?{j} ?{s}| ?{s})?(?: ?[0-9]+)?", holes)
    return Phrases(
        language,
        LatePattern(f"(?:{'|'.join((*frames, said))}){tail}"),
        LatePattern(
            _filled("(?<!\\w)(?:{t}|{c})(?!\\w)" if " " in _gap(language) else "{t}|{c}", holes)
        ),
        LatePattern(_answer(language, data, holes)),
        _anywhere(language, data["answer_words"]),
        LatePattern(f"{_either(language, data['bare_answers'])}(?: ?[0-9]+)?"),
        _anywhere(language, data["own_answers"]),
        LatePattern(_either(language, data["asked_answers"])),
        LatePattern(
            leader
            := f"{_definite(data)}{_filled('{p}', holes)}|{_either(language, data['named_leaders'])}"
        ),
        LatePattern(_within(language, data, leader)),
        LatePattern(_either(language, data["keys"])),
        LatePattern(f"{_either(language, data['problems'])}(?: ?[0-9]+)?"),
        LatePattern(_either(language, data["learners"])),
        LatePattern(
            ("(?<!\\w)" if _gap(language) else "")
            + f"{_definite(data)}{_either(language, data['learners'])}"
        ),
        LatePattern("|".join(map(normal, data["described"]))),
        LatePattern(_either(language, data["kept_back"])),
        _anywhere(language, data["mine"]),
        *(
            LatePattern("|".join(_filled(normal(frame), holes) for frame in data[name]))
            for name in ("anything_for", "asides", "to_self")
        ),
    )


def _anywhere(language: str, words: Iterable[str]) -> LatePattern:
    """Return a pattern of words anywhere in a key, whole ones where spaces part them; "ответ~" has any ending."""
    found = "|".join(
        re.escape(key(word.rstrip("~"))) + r"\w{0,3}" * word.endswith("~") for word in words
    )
    return LatePattern(f"(?:{found})" if language in UNPARTED else rf"(?<!\w)(?:{found})(?!\w)")


def _definite(data: Mapping[str, Any]) -> str:
    """Return a pattern for an article that may stand before a word: "ال", "la "."""
    return f"(?:{'|'.join(map(re.escape, data['definite']))})?" if data["definite"] else ""


def _within(language: str, data: Mapping[str, Any], leader: str) -> str:
    """Return a pattern of who leads anywhere in a key, a whole word where spaces part words."""
    before = _either(language, (word for word in data["joins"] if len(word) <= SHORT))
    return f"(?<!\\w){before}?(?:{leader})(?!\\w)" if _gap(language) else f"(?:{leader})"


def _gap(language: str) -> str:
    return "" if language in SPACELESS else " "


def _holes(language: str, data: Mapping[str, Any]) -> dict[str, str]:
    """Return what fills the holes of frames, by letter."""
    exercises = (*data_of(language)["exercise_starts"], *data["occasions"])
    found = {
        "p": data["leaders"], "a": data["advice"], "t": (*data["advice"], *data["things"]),
        "c": data["leading"], "s": exercises, "q": data["qualifiers"], "j": data["joins"], "n": data["named_leaders"],
    }  # fmt: skip
    holes = {name: _either(language, words) for name, words in found.items()}
    holes["x"] = r"(\S{1,12}?)" if language in SPACELESS else r"(\S+(?: \S+){0,3}?)"
    both = _either(language, data["ands"])
    who = (normal(one).replace("{s}", holes["s"]) for one in data["who_leads"])
    one = f"(?:{'|'.join((holes['p'], *who))})"
    holes["p"] = f"{one}(?: ?{both} ?{one})?"
    return holes


def _either(language: str, words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first."""
    made = {_compared(word, language) for word in words}
    longest = sorted(made - {""}, key=len, reverse=True)
    patterns = (re.escape(word).replace(NUMBER, "[0-9一二三四五六七八九十]+") for word in longest)
    return f"(?:{'|'.join(patterns)})" if longest else "(?!)"


def _compared(word: str, language: str) -> str:
    """Return a word as `compact` makes it, its last apostrophe and "#" for a number kept."""
    whole = "#".join(compact(part, language) for part in word.split("#"))
    return whole + "'" * word.endswith("'")


def _filled(frame: str, holes: Mapping[str, str]) -> str:
    """Return a frame as a pattern; a thing may have a word such as "important" beside it."""
    beside = f"(?:{holes['q']} ?)?{{0}}(?: ?{holes['q']})?"
    for name, words in holes.items():
        frame = frame.replace(f"{{{name}}}", beside.format(words) if name in "at" else words)
    return frame


def _answer(language: str, data: Mapping[str, Any], holes: Mapping[str, str]) -> str:
    """Return the pattern of answers: the word, what tells it is expected, the exercise, a number."""
    kinds = f"(?:{_either(language, data['answer_kinds'])} ?(?:{holes['j']} ?)?)?"
    answers = f"{kinds}{_either(language, data['answers'])}"
    results = _either(language, data["results"])
    expected = _either(language, data["answer_qualifiers"])
    exercise = f"(?:{holes['j']} ?)?(?:{holes['s']}|[0-9]+)"
    told_more = _either(language, data["answer_more"])
    parts = f"(?: ?{exercise}| ?{expected}| ?{told_more}| ?[0-9]+)*"
    told = f"{expected} ?{results}|{results} ?{expected}"
    of = f"(?:{exercise} ?)+(?:{holes['j']} ?)?"
    more = f"(?: ?{holes['j']} ?{answers})?"
    key = f"{_either(language, (*data['keys'], *data['more_keys']))} ?(?:{holes['j']} ?)?{holes['s']}(?: ?[0-9]+)?"
    return f"{key}|(?:{of})?(?:{expected} ?){{0,3}}{answers}{more}{parts}|{of}(?:{told})|(?:{told})(?: ?{exercise})+"
