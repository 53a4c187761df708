"""The vocabulary: which words mean what, as data, one file a language.

A course's `vocabulary` in course.yml adds words to a list. Words are compared as `key_of` makes
them: without case, plural, leading emoji and marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any

from courseware.language.catalogue import Added, Tongue, base, data_of, languages, line_of
from courseware.language.frames import Frames
from courseware.language.twins import (
    BEHIND_EAST,
    EAST,
    EASTERN,
    HAN,
    HEBREW,
    Pattern,
    alike,
    hebrew_number,
    normal,
    phrases,
)
from courseware.language.verbs import LISTS, Verbs, command_pattern

EMOJI = re.compile(
    "^(?:(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\u25a0\u25aa-\u25fe\u2139]"
    "|[0-9#*]\ufe0f?\u20e3)[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*)+\\s*"
)
"""Emoji that begin a heading or a line: the blocks that Unicode gives to pictographs."""

_PUNCTUATION = re.compile(r"^[\s\"'“”‘’«»„「『【(*_¿¡]+|[\s\"'“”‘’«»」』】).:;,*_→!?]+$")
_ES = ("ses", "xes", "ches", "shes")


def split_emoji(text: str) -> tuple[str, str]:
    """Return a text's leading emoji and the rest."""
    found = EMOJI.match(text)
    return (found.group().strip(), text[found.end() :]) if found else ("", text)


def _singular(word: str) -> str:
    if word[-1:] in (":", ","):
        return _singular(word[:-1]) + word[-1]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_ES):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """Return a label or phrase as it is compared: lower case, singular words, no marks."""
    bare = _PUNCTUATION.sub("", split_emoji(normal(text).strip())[1])
    return " ".join(_singular(word) for word in bare.lower().split())


_LETTER = "(?:[a-z\u0370-\u0556\u05d0-\u05ea\u0620-\u064a\u0671-\u06d3\u0904-\u0939]\u0640?|الف|[가나다라마바사아자차카타파하])"
"""A letter that numbers an exercise, of the language's own alphabet: "Упражнение Б", "تمرین الف", "연습 가"."""
_ROMAN = r"(?-i:[IVX]{2,5})(?!\w)"
"""A Roman number of more than a letter: "Exercise II"."""
_LETTER_EAST = "(?-i:[A-Z\u30a2\u30a4\u30a6\u30a8\u30aa甲乙丙丁](?![A-Za-z0-9]))"
"""One right behind a word of the east: "練習A", "練習ア", "练习甲"."""
_INSIDE = rf"(?=[^\d{HAN}]{{0,4}}(?P<number>\d{{1,6}}|[{HAN}]{{1,3}}))"
"""A number in the middle of a word: "第3回", "第三课"."""
_WORD_ENDS = re.compile(r"[a-z\u00e0-\u024f\u0430-\u04ff]$")
_MARK_EAST = r"(?P<mark>\s*(?:[:.)—–-]|,(?!\s*\d))\s*|\s+|$|(?=\())(?P<rest>.*)$"


def _one_of(words: Iterable[str]) -> str:
    """Return the alternatives of words that may stand right beside a number, with white space at will in them."""
    ordered = sorted(filter(None, map(alike, words)), key=len, reverse=True)
    return "|".join(r"\s*".join(map(re.escape, word.split())) for word in ordered) or "(?!)"


def _before_number(words: Iterable[str]) -> str:
    """Return the pattern of what may stand before a number: "n.º 1", "Nr. 2", "número 3", "#4"."""
    known = [word.lower() for word in words]
    apart, close = ([w for w in known if bool(_WORD_ENDS.search(w)) == o] for o in (True, False))
    return rf"(?:(?:{_one_of(apart)})\s+|(?:{_one_of(close)}|[#№])\s*)?"


def _starts(words: Iterable[str]) -> tuple[str, str]:
    """Return the patterns of words that a number follows, and of those that hold one."""
    known = list(words)
    return phrases(w for w in known if "#" not in w), phrases(w for w in known if "#" in w)


def _numbers(data: Mapping[str, Any]) -> dict[str, int]:
    """Return what number a word is: "three", "third"; a list has them once, or once for each gender."""
    lists = ((data["ordinals"], ORDINALS), (data["numbers"], NUMBERS))
    return {normal(w).lower(): n % many + 1 for words, many in lists for n, w in enumerate(words)}


def _of_han(said: str) -> int:
    """Return the number that up to three Chinese numerals are: 三, 十二, 二十一."""
    tens, ten, ones = said.rpartition("十")
    return (10 * (HAN.find(tens) + 1 or 1) if ten else 0) + (HAN.find(ones) + 1 if ones else 0)


NUMBERS, ORDINALS = 12, 10
"""Numbers in words that a language's lists hold, for each gender."""


class Vocabulary:
    """The words of one language, with what a course adds.

    `of(name)` gives a list's keys; `section_kind` decides a heading.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        """Take the parsed data of a vocabulary file."""
        self.data = data
        self.tongue = Tongue("en")
        self.frames = Frames()
        self.stated = True
        """Whether somebody says that the language is this one; else it is English until a text tells."""
        self.audiences: frozenset[str] = frozenset()
        self._lists = {
            name: frozenset(key_of(w) for w in words)
            for name, words in data.items()
            if isinstance(words, list)
        }
        for name in LISTS:  # a verb may end in s as it stands: "faites"
            self._lists[name] |= {normal(w).lower() for w in data[name]}
        self._kinds: dict[str, str] = {
            key_of(word): kind for kind, words in data["sections"].items() for word in words
        }
        self._phrases: dict[str, list[tuple[str, str]]] = {}  # by their first letter
        for phrase, found in self._kinds.items():
            self._phrases.setdefault(phrase[:1], []).append((phrase, found))
        self._qualifiers, self._behind = (
            tuple(sorted(self.of(name), key=len, reverse=True))
            for name in ("qualifiers", "qualifiers_behind")
        )
        self._numbers = _numbers(data)
        said = phrases(self._numbers)
        starts, counted = _starts(self.written("exercise_starts"))
        said_before = _before_number(data["number_marks"])
        ends, turns = _one_of(data["number_ends"]), _one_of(data["number_turns"])
        number = rf"{said_before}(?P<number>\d+(?:\.\d+)*[a-z]?|{said}|{HEBREW}|{_ROMAN}|{_LETTER})(?:{ends}|\.?[ºª°])?(?=\s*(?:[:.),—–-]|$|\s))"
        east = rf"(?:{starts}){BEHIND_EAST}(?P<number>\d+(?:[.-]\d+)*|[{HAN}]{{1,3}}|[①-⑳]|{_LETTER_EAST})"
        around = (_one_of(data[name]) for name in ("nth_marks", "nth_ends"))
        nth = rf"(?:{next(around)})\s*(?P<number>\d{{1,6}}|[{HAN}]{{1,3}})\s*(?:{next(around)})?\s*"
        nth += rf"(?:{starts}){BEHIND_EAST}"
        mark = r"(?P<mark>\s*[:.)—–|](?!\d)\s*|(?<=\d),\s+(?!\d)|\s+-\s+|\s*$|(?<=[\dºª°])\s+(?-i:(?=[^\W\d_a-z])))(?P<rest>.*)$"
        aside = r"(?:\s*\((?P<aside>[^()]*\d[^()]*)\))?"
        turn = rf"(?:\.?\s?[ºª°]|\.|[.-]?(?:{turns})(?!\w))"  # "4.º", "3.er", "2e", "3. Übung"
        before = rf"(?:(?P<number>\d+){turn}|(?P<said>{phrases(self.of('ordinals'))}))\s+"
        always = phrases(self.written("counted_starts"))
        kind = rf"(?:(?:{phrases(self.written('exercise_kinds'))})\s*)"
        work = rf"{kind}{{0,2}}(?:{always}|{starts})(?:\s+{kind}{{1,2}})?"
        whole = r"(?:\d+(?:\.[1-9]\d*)*(?!\.\d)[a-z]?)"  # "Workshop 2.0" is no second one
        near = rf"!?\s*(?P<number>\d+(?:[.-]\d+)*|[{HAN}]{{1,3}}|[①-⑳]|{_LETTER_EAST})"
        ended = phrases(self.written("exercise_ends"))
        self.exercise_end = Pattern(rf"\S.*(?:\s|(?=[{EAST}]))(?:{ended})$")
        cases = phrases(self.written("case_starts"))
        self.case_start = Pattern(
            rf"^(?P<label>(?:{cases})(?:!?\s+{number})?){aside}{mark}",
            rf"^(?P<label>\[?(?:{cases}){BEHIND_EAST}{near}\]?){_MARK_EAST}",
        )
        self.exercise_start = Pattern(
            rf"^(?P<label>\[?{east}\]?){_MARK_EAST}", rf"^(?P<label>\[{east}\])(?P<mark>\s*)(?P<rest>.*)$", rf"^(?P<label>{nth}){_MARK_EAST}", rf"^(?P<label>[¡¿]?(?:{starts})(?:\s+{number})?){aside}{mark}",
            rf"^(?P<label>[¡¿]?{work}(?:\s?!)?\s+(?={said_before}(?:{whole}|\D)){number}){aside}{mark}",
            rf"^(?P<label>\[?{work}{BEHIND_EAST}{near}\]?){_MARK_EAST}",
            rf"^(?P<label>{before}(?:{starts})){aside}{mark}", rf"^(?P<label>{_INSIDE}(?:{counted})){_MARK_EAST}",
        )  # fmt: skip
        session, counted = _starts(self.of("session"))
        rest = r"(?!\d)\s*(?:[:.—–-]\s*(?P<rest>.+)|$)"
        behind = r"(?!\d)(?:(?:\s*[:.—–-]\s*|\s+)(?P<rest>.+)|\s*$)"
        self._counted = Pattern(
            rf"^(?:{session})\s+{said_before}(?:\d{{1,6}}|{said})\s*[:.—–-]?\s+(?=\S)"
        )
        self.session_title = Pattern(
            rf"^(?P<label>(?:{session})\s+{said_before}(?P<number>\d{{1,6}}|{said}|{HEBREW})){rest}",
            rf"^(?P<label>{_INSIDE}(?:{counted})){behind}",
            rf"^(?P<label>(?:{session}){BEHIND_EAST}\s*(?P<number>\d{{1,6}}|[{HAN}]{{1,3}})){behind}",
            rf"^(?P<label>{before}(?:{session})){rest}",
        )  # fmt: skip
        parts = phrases(self.of("part_words"))
        self.part_title = Pattern(rf"^(?:{parts})\s*(?:\d+|[A-Z])\b")
        takes = "|".join(sorted(map(re.escape, data["takes"]), key=len, reverse=True))
        self.takes = Pattern(rf"\b(?:{takes})\s+")

    @property
    def language(self) -> str:
        """The language, without its region."""
        return self.tongue.language

    def of(self, name: str) -> frozenset[str]:
        """Return the keys of a list."""
        return self._lists[name]

    def written(self, name: str) -> frozenset[str]:
        """Return the words of a list as keys and as they stand: "travaux pratiques" is a plural that its key is not."""
        return self._lists[name] | {normal(word).lower() for word in self.data[name]} - {""}

    @cached_property
    def verbs(self) -> Verbs:
        """What finds a command's verb where the language does not put it first."""
        return Verbs(self.data["commands"], frozenset().union(*map(self.of, LISTS)))

    @cached_property
    def surface(self) -> re.Pattern[str]:
        """What a group writes on that is no worksheet, in a text of small letters."""
        surfaces = self.data["surfaces"]
        spaced = ("" if EASTERN.search(thing) else r"(?<!\w)" for thing in surfaces)
        found = "|".join(map(str.__add__, spaced, map(re.escape, surfaces)))
        return re.compile(found or r"(?!)")

    def number_of(self, found: re.Match[str]) -> str:
        """Return the number that a heading of an exercise or a session was found to have, in digits; else ""."""
        said = found["number"] or found.groupdict().get("said") or ""
        if said and set(said) <= set(HAN):
            return str(_of_han(said))
        if re.fullmatch(f"{HEBREW}|[א-ת]", alike(said)):
            return str(hebrew_number(said) or said)
        known = self._numbers.get(normal(said).lower()) if len(said) > 1 else None
        return str(known) if known else normal(said)

    def names(self, title: str) -> str:
        """Return the kind of section that a title is a word for, and nothing else; else ""."""
        return self._kinds.get(key_of(title), "")

    def section_kind(self, text: str) -> str:
        """Return the kind that a heading's words decide; "concept" where none does."""
        key = key_of(text)
        for _ in range(2):
            kind = self._kinds.get(key) or self._begins(key) or self._ends(key)
            if kind:
                return kind
            if counted := self._counted.match(key):
                key = key[counted.end() :]
                continue
            for word in self._qualifiers:
                if key.startswith(word + " ") or (key.startswith(word) and EASTERN.match(word)):
                    key = key[len(word) :].lstrip()
                    break
            else:
                last = (word for word in self._behind if key.endswith(" " + word))
                key = key.removesuffix(next(last, "")).rstrip()
        return "concept"

    def _begins(self, key: str) -> str | None:
        said = key.replace(",", "")
        if any(map(said.startswith, self.of("by_the_end"))):
            return "objectives"
        for phrase, kind in self._phrases.get(key[:1], ()):
            if not key.startswith(phrase):
                continue
            rest = key[len(phrase) :]
            if rest[:1] in (":", ",") or rest[:2] in (" -", " –", " —", " ("):
                return kind
            if kind in ("exercises", "agenda") or len(phrase.split()) > 1:
                word = rest.split(" ")[1:2]
                if word and word[0] in self.of("title_joins"):
                    return kind
        return None

    def _ends(self, key: str) -> str | None:
        """Return "questions" for a title that ends with a quiz's word: "Module 2 quiz"."""
        return (
            "questions"
            if any(f" {key}".endswith(f" {w}") for w in self.of("question_ends"))
            else None
        )

    def role_of(self, key: str) -> str:
        """Return what a field's label is for: hint, debrief, whole, time, or ""."""
        for name, role in _ROLES:
            if key in self._lists[name]:
                return role
        return ""


LATIN = ("de", "fr", "es", "pt", "it")
"""Languages in letters like English ones that a text may be in of which too little tells it."""
FRAMED = ("facilitator", "answers", "leaders", "open", "audiences")
"""What a course says of who may see a text: it goes to the frames, not to the lists."""
_ROLES = (
    ("hints", "hint"),
    ("debriefs", "debrief"),
    ("times", "time"),
    ("whole", "whole"),
)


def has_words(language: str) -> bool:
    """Whether there are words that a text in a language is understood by."""
    return "sections" in data_of(base(language))


def _merged(language: str) -> dict[str, Any]:
    """Return the English words with a language's own: courses mix both."""
    english, more = data_of("en"), data_of(language) if language != "en" else {}
    data: dict[str, Any] = {
        name: [*words, *more.get(name, ())]
        for name, words in english.items()
        if isinstance(words, list)
    }
    kinds = more.get("sections", {})
    data["sections"] = {k: [*words, *kinds.get(k, ())] for k, words in english["sections"].items()}
    return data


HOLES = {"halves": "{n}", "for_each": "{thing}", "break_small": "{break}", "commands": "{verb}"}
"""What the entries of a list stand around: "halb {n}"."""
MINUTES = ("lengths", "tens")
"""Tables of words by the minutes that they mean."""
TABLES = (*MINUTES, "directives", "groupings", "shares")
"""Tables of words by what they mean."""


@cache
def list_names() -> frozenset[str]:
    """Return the names of the lists that a course can add words to, kinds of sections among them."""
    data = data_of("en")
    rows = (*data.items(), *data["cues"].items(), *data["replies"].items())
    lists = {name for name, words in rows if isinstance(words, list)}
    return frozenset({*lists, *data["anywhere"], *data["sections"], "facilitator", "answers"})


@cache
def table_keys(name: str) -> frozenset[str]:
    """Return the keys of a table that a course can add words to; none where there is no such table.

    Those of `lengths` and `tens` are minutes, to which any whole number may come.
    """
    rows = (line_of(code, name) for code in languages()) if name in TABLES else ()
    return frozenset(str(key) for row in rows for key in dict(row))


def takes_words(name: str) -> bool:
    """Whether a list or a row of a table, "lengths.45", takes words of a course."""
    table, _, key = name.partition(".")
    counted = table in MINUTES and key.isdecimal()
    return name in list_names() or counted or key in table_keys(table)


@lru_cache(maxsize=64)
def _made(
    language: str,
    added: Added,
    stated: bool,
    others: tuple[str, ...],
) -> Vocabulary:
    data = _merged(language)
    for name, words in added:
        if name in FRAMED:
            data["framed"] = {**data.get("framed", {}), name: words}
            continue
        if name == "commands":
            words = tuple(map(command_pattern, words))
        where = data["sections"] if name in data["sections"] else data
        where[name] = [*where.get(name, []), *words]
    made = Vocabulary(data)
    made.tongue = Tongue(language, added)
    made.frames = _framed(language, dict(added), others)
    made.stated = stated
    made.audiences = frozenset(dict(added).get("audiences", ()))
    return made


def _framed(language: str, added: Mapping[str, tuple[str, ...]], others: tuple[str, ...]) -> Frames:
    """Return the frames of a language, with what a course says of them, and of others in doubt."""
    return Frames(
        language,
        others=others,
        subject=added.get("leaders", ()) == ("subject",),
        open_titles=added.get("open", ()),
        facilitator=added.get("facilitator", ()),
        answer=added.get("answers", ()),
        added=tuple(added.items()),
    )


def vocabulary_for(language: str, added: Iterable[tuple[str, tuple[str, ...]]] = ()) -> Vocabulary:
    """Return the words of a language, English ones among them, with a course's additions.

    `added` pairs a list's name, a section kind's or one of `FRAMED` with words.
    """
    words = tuple(
        (key, tuple(word for word in words if word.strip()))
        for key, words in added
        if key in FRAMED or takes_words(key)
    )
    return _made(base(language), words, bool(language), ())


def vocabulary_in(tongue: Tongue) -> Vocabulary:
    """Return the words that a text is read by."""
    return vocabulary_for(tongue.language, tongue.added)


def in_doubt(words: Vocabulary) -> Vocabulary:
    """Return English words for a text whose language nobody knows: what others withhold is so in doubt."""
    return _made(words.language, words.tongue.added, False, LATIN)
