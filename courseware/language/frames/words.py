"""The words of the frames, one file a language, and a text as letters: one a word, by its class.

A text is compared in lower case, after NFKC, without accents, possessive endings and the marks of
gendered plurals ("Trainer:innen", "formateur·rice·s"). A language's own words come first, English
ones after them: courses mix both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any, cast

import msgspec
import yaml

from courseware.language.late import LatePattern
from courseware.language.twins import normal

_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\u25a0-\u25ff\u2139\ufe0f\u200d\u20e3]+"
)
_NUMBERED = re.compile(r"^\s*(?:#?\d+(?:\.\d+)*[.):]?|[A-Za-z][.)])\s+(?=\S)")
_UNIT = r"(?:m|min|mins|minutes?|minuten|minutos?|h|hrs?|hours?|std|stunden?|heures?|horas?)\b\.?"
_TIME = re.compile(
    rf"[*_]*[(\[]?\s*(?:ca\.?|about|~)?\s*\d+(?:\s*[-–—]\s*\d+)?\s*{_UNIT}\s*[)\]]?[*_]*", re.I
)
_BRACKET = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_PARTS = re.compile(
    r"[:：](?=\s|$)|(?<=\s)[-–—]+(?=\s|$)|[–—|｜·•»→]|(?<=\S)[-–—]+(?=\s*$)|\s/\s(?=$)"
)
_EDGES = " \t\u00a0*_~`\"'“”‘’«»„.,;:!¡✅☑✓✔→←-–—"
LONGEST_PHRASE = 6
"""Words that one entry of the lists has at most."""
SHORTEST_SLIP, SHORTEST_SWAPPED = 8, 5
"""Letters of a word that may be a slip of the pen in running text, and of one with two swapped."""
OTHER, NUMBER = "x", "#"
LEADER_LETTERS = (
    ("leaders", "L"), ("helpers", "W"), ("leading", "P"), ("compounds", "B"), ("notes", "t"),
    ("things", "T"), ("belongings", "S"), ("doing", "G"), ("reserved", "r"), ("for", "f"), ("to", "k"),
    ("of", "o"), ("only", "y"), ("and", "&"), ("articles", "d"), ("will", "w"), ("should", "u"), ("says", "s"),
    ("what", "q"), ("subjects", "N"), ("closing", "c"), ("stops", "V"), ("about", "p"),
)  # fmt: skip
"""Lists by the letter that stands for their words where a leader's frame is looked for."""
ANSWER_LETTERS = (
    ("sure_answers", "Z"), ("answers", "A"), ("sure_qualifiers", "R"), ("qualifiers", "Q"),
    ("suggested_answers", "Y"), ("never_answers", "U"), ("ours", "O"), ("keys", "K"), ("exercise_words", "E"), ("answer_joins", "j"),
    ("answer_more", "m"),
)  # fmt: skip
"""Lists by the letter that stands for their words where an answer's frame is looked for."""
CONDUCT_LETTERS = (
    ("notes", "t"), ("things", "t"), ("leading", "P"), ("conducting", "C"), ("doing", "G"),
    ("occasions", "e"), ("for", "f"), ("to", "f"), ("of", "f"), ("about", "f"), ("articles", "d"),
    ("and", "&"), ("closing", "c"),
)  # fmt: skip
"""Lists by the letter that stands for their words where it is told how to lead something."""
COLUMN_LETTERS = (
    ("leaders", "L"), ("parts_played", "r"), ("acting", "s"), ("says", "s"), ("what", "q"),
    ("of", "o"), ("about", "o"), ("and", "&"), ("articles", "d"),
)  # fmt: skip
"""Lists by the letter that stands for their words where a column's head tells what a leader does there."""
TABLES = {
    "leader": LEADER_LETTERS,
    "answer": ANSWER_LETTERS,
    "conduct": CONDUCT_LETTERS,
    "column": COLUMN_LETTERS,
}
_ADJECTIVES = ("led", "centred", "centered", "facing", "driven", "student", "learner")
"""After a hyphen these make one word that is no leader's: "instructor-led"."""
_GENDER = re.compile(
    r"(?<=\w\w\w)(?:[·•.*:_/]|\()-?(?:in|innen|e|es|s|n|rice|rices|trice|trices|euse|euses|ne|nes|a|as|os|en)"
    r"(?:[·•./](?:s|es))?\)?(?![\w])"
)
_BOTH = re.compile(
    r"(?<!\w)(?P<one>el|la|los|las|un|una|del|al|le|les|une|der|die|das|den|dem|des|ein|eine|einen|einer|einem)\s?/\s?"
    r"(?:de |a )?(?:el|la|los|las|le|les|una?|une|der|die|das|den|dem|des|eine[nrms]?)(?!\w)"
)
"""Articles for both, of which the first counts: "para el/la docente"."""
_ELISION = re.compile(r"\b([ldnsjcmt]|qu)'(?=\w\w)")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b|(?<=s)'(?=\s|$)")
_LETTER = r"\w\u0900-\u0dff\u0e31-\u0e4e"
"""Vowel signs of India's scripts and of Thai are letters, too."""
_WORD = re.compile(rf"[{_LETTER}]+'(?=\s)|[{_LETTER}](?:[{_LETTER}'-]*[{_LETTER}])?|[&/+,]")
_NUMBER = re.compile(r"(?:q|ex)?\d+(?:\.\d+)*[a-z]?|[b-z]|i{1,3}|iv|vi{0,3}|ix")
_PLAIN = re.compile(r"[^\\\[\](){}?*+|^$.]+")
"""An entry that stands for itself alone."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Entries(msgspec.Struct, frozen=True):
    """One list: phrases that are looked up, and the pattern of those that are written as one."""

    phrases: frozenset[str]
    rest: LatePattern | None

    def hold(self, phrase: str) -> bool:
        """Whether a phrase is an entry."""
        if phrase in self.phrases:
            return True
        return self.rest is not None and self.rest.fullmatch(phrase) is not None

    def within(self, text: str) -> bool:
        """Whether an entry stands anywhere in a text, as words of its own."""
        return re.search(rf"(?<!\w)(?:{self.pattern})(?!\w)", text) is not None

    @property
    def pattern(self) -> str:
        """The pattern of any entry."""
        rest = () if self.rest is None else (self.rest.pattern,)
        return "|".join((*map(re.escape, self.phrases), *rest)) or r"(?!)"


class Words(msgspec.Struct, frozen=True):
    """One language's lists, each of whole phrases."""

    language: str
    lists: dict[str, Entries]
    thing_first: bool
    """Whether a thing stands before the one it is for, as in French and Spanish."""

    def matches(self, name: str, phrase: str) -> bool:
        """Whether a phrase is an entry of a list."""
        return self.lists[name].hold(phrase)

    def letters(self, text: str, table: str) -> str:
        """Return a text as letters of one of the `TABLES`, a word each."""
        found = _lettered(self.language, tuple(split_words(text)), table)
        return "".join(letter for _, letter in found)

    def compound(self, name: str) -> str:
        """Return the two words that a name is without a mark between them, "trainernotes", or ""."""
        cuts = ((name[:at], name[at:]) for at in range(3, len(name) - 2))
        found = (f"{who} {what}" for who, what in cuts if self.matches("leaders", who)
                 and (self.matches("notes", what) or self.matches("things", what)))  # fmt: skip
        return next(found, "")

    def entry(self, phrase: str, table: str) -> str:
        """Return the letter of a phrase that is an entry of a table, or ""."""
        return _entry(self.language, phrase, table)


@lru_cache(maxsize=8192)
def _entry(language: str, phrase: str, table: str) -> str:
    words = words_of(language)
    if words is None:
        return ""
    return next((x for name, x in TABLES[table] if words.lists[name].hold(phrase)), "")


@lru_cache(maxsize=8192)
def _lettered(language: str, tokens: tuple[str, ...], table: str) -> tuple[tuple[str, str], ...]:
    """Return phrases with their letters, the longest that is an entry first."""
    words = words_of(language)
    found: list[tuple[str, str]] = []
    at = 0
    while words is not None and at < len(tokens):
        for count in range(min(LONGEST_PHRASE, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + count])
            if letter := words.entry(phrase, table):
                found.append((phrase, letter))
                break
        else:
            count = 1
            found += _unlisted(language, tokens[at], table)
        at += count
    return tuple(found)


def _unlisted(language: str, token: str, table: str) -> list[tuple[str, str]]:
    """Return a word that no list has: a number, a compound with a hyphen, or any other."""
    if _NUMBER.fullmatch(token):
        return [(token, NUMBER)]
    parts = token.split("-")
    if len(parts) < 2 or parts[-1] in _ADJECTIVES:
        words = words_of(language)
        meant = slip_of(token, language)
        found = words.entry(meant, table) if words and meant else ""
        ends = table == "leader" and words is not None and words.matches("note_ends", token)
        return [(token, found or ("S" if ends else OTHER))]
    return list(_lettered(language, tuple(p for p in parts if p), table))


@lru_cache(maxsize=4096)
def slip_of(word: str, language: str) -> str:
    """Return the word that one of eight letters or more is a slip of, or "".

    Two letters may be changed, missing or swapped, never among the first three; in shorter words of
    five letters or more, two neighbours swapped. A word of the language is never a slip.
    """
    words = words_of(language)
    if words is None or len(word) < SHORTEST_SWAPPED or words.matches("not_slips", word):
        return ""
    from rapidfuzz.distance import OSA

    for meant in _spelled(language):
        if word[:1] != meant[:1]:
            continue
        distance = OSA.distance(word, meant, score_cutoff=2)
        swapped = distance == 1 and sorted(word) == sorted(meant)
        if swapped or (
            0 < distance <= 2 and len(word) >= SHORTEST_SLIP <= len(meant) and word[:3] == meant[:3]
        ):
            return meant
    return ""


def nearest_name(name: str, known: Iterable[str]) -> str:
    """Return the known name that one of five letters or more is a slip of, or "".

    Two letters may be changed, missing or swapped, in names of five letters one. An English word
    is no slip.
    """
    from rapidfuzz.distance import OSA

    english = words_of("en")
    bare = name.casefold().replace("_", "-")
    if len(bare) < SHORTEST_SWAPPED - 1 or (english and english.matches("not_slips", bare)):
        return ""
    near = (
        (OSA.distance(bare, one), one)
        for one in known
        if len(one) >= SHORTEST_SWAPPED and (one[0] == bare[0] or len(one) >= SHORTEST_SLIP)
    )
    distance, found = min(near, default=(9, ""))
    return found if 0 < distance <= (1 if len(found) == SHORTEST_SWAPPED else 2) else ""


@cache
def _spelled(language: str) -> tuple[str, ...]:
    return tuple(_read(language).get("spelled", ()))


@cache
def leader_names(language: str) -> tuple[str, ...]:
    """Return plain names of who leads a session, in a language and in English."""
    found = (
        (words_of(one), word) for one in dict.fromkeys((language, "en")) for word in _spelled(one)
    )
    return tuple(
        word for words, word in found if words and words.entry(word, "leader") in ("L", "W")
    )


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return a text as it is compared, its marks between words kept."""
    low = normal(text).casefold().replace("‘", "'")
    split = unicodedata.normalize("NFD", low)
    bare = "".join(c for c in split if not "\u0300" <= c <= "\u036f")
    bare = _GENDER.sub("", _BOTH.sub(r"\g<one>", unicodedata.normalize("NFC", bare)))
    return _POSSESSIVE.sub("", _ELISION.sub(r"\1' ", bare))


def split_words(text: str) -> list[str]:
    """Return a text's words; "/", "+" and "," between them are "and"."""
    found = _WORD.findall(folded(text))
    return ["&" if token in ("&", "/", "+", ",") else token for token in found]


def name_words(name: str) -> str:
    """Return the words of a file's, folder's, tag's or class's name, with spaces between them."""
    return re.sub(r"[-_.\s]+", " ", _CAMEL.sub(" ", name)).strip()


def with_umlauts(name: str) -> str:
    """Return a name with the letters that "ae", "oe", "ue" and "ss" stand for in German."""
    for letters, one in (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("ss", "ß")):
        name = name.replace(letters, one)
    return name


@cache
def _read(language: str) -> dict[str, Any]:
    found = resources.files("courseware.language.frames") / f"{language}.yml"
    if not language.isalpha() or not found.is_file():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = cast(dict[str, Any], yaml.load(found.read_text("utf-8"), Loader=loader))  # noqa: S506
    return {
        name: _entries(value) if isinstance(value, str) else value for name, value in data.items()
    }


def _entries(value: str) -> tuple[str, ...]:
    """Return the entries of a list; a comma and a space stand between two, lines wrap anywhere."""
    return tuple(entry.strip() for entry in re.split(r",\s+", value) if entry.strip())


@cache
def known_languages() -> tuple[str, ...]:
    """Return the languages whose words are known."""
    folder = resources.files("courseware.language.frames")
    return tuple(sorted(f.name[:-4] for f in folder.iterdir() if f.name.endswith(".yml")))


@cache
def words_of(language: str) -> Words | None:
    """Return the words of a language ("de", "pt-BR"), or None where it has no file."""
    data = _read(language.split("-")[0].lower())
    if not data:
        return None
    leader = "|".join(data["leaders"]).replace("\n", " ")
    names = {name for name in _read("en") if name not in ("thing_first", "spelled")}
    lists = {name: _listed(data.get(name, ()), leader) for name in names | {"compounds"}}
    return Words(language.split("-")[0].lower(), lists, bool(data.get("thing_first")))


def _listed(entries: Sequence[str], leader: str) -> Entries:
    """Return a list as it is looked up; "(leader)" in an entry stands for any who leads."""
    said = [entry.replace("\n", " ").replace("(leader)", f"(?:{leader})") for entry in entries]
    plain = frozenset(entry for entry in said if _PLAIN.fullmatch(entry))
    rest = "|".join(f"(?:{entry})" for entry in said if entry not in plain)
    return Entries(plain, LatePattern(rest) if rest else None)


class Pieces(msgspec.Struct, frozen=True):
    """What a text is made of: `parts` between colons, dashes and bars; `brackets` hold the rest."""

    parts: tuple[str, ...]
    brackets: tuple[str, ...]
    whole: bool
    """Whether the text is one bracket."""
    asks: bool


def take_apart(text: str) -> Pieces:
    """Return a text's pieces, without emoji, leading number and time."""
    bare = _TIME.sub(" ", _EMOJI.sub(" ", text)).strip(_EDGES)
    bare = _NUMBERED.sub("", bare)
    inside = [found.strip(_EDGES) for found in _BRACKET.findall(bare)]
    rest = _BRACKET.sub(" ", bare).strip(_EDGES)
    asks = rest.endswith(("?", "？", "؟")) or rest.startswith("¿")
    parts = [part.strip(_EDGES) for part in _PARTS.split(rest)]
    kept = tuple(part for part in parts if part)
    return Pieces(kept, tuple(i for i in inside if i), not kept and bool(inside), asks)
