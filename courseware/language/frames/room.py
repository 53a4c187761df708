"""What is said of those in the room to who leads: hints that are kept back, and what to do in a case.

"Hint (only if a group is stuck): …", "While they write, walk round.", "If nobody speaks, mention the market.". A language's
`room` lists hold people, what they do and what befalls them, by which its cases are made: "if {g} {v}". In them learners
are spoken of, so a text that says "you" is theirs. It is always in doubt.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from courseware.language.catalogue import base, line_of, read_by
from courseware.language.frames.leading import leader_in, leading_of, pattern_of
from courseware.language.frames.phrases import SPACELESS, compact
from courseware.language.frames.places import FOLDS, Place, Setting
from courseware.language.late import LatePattern

KEPT = "it is a hint that is kept back"
IN_ROOM = "it tells what to do with those in the room"
IN_CASE = "it tells what to do while learners work, or in which case"
_FINITE = ("t", "en", "te", "ten")
"""How verbs end that tell what happens, in a language of which `room_first` holds what only looks like one."""
MOST_TAIL = 4
"""Words of a case behind what it is known by, at most: "While the pairs work on their posters"."""
_SAID = (Place.LABEL, Place.BRACKET, Place.BOLD_LINE)
_HOLES = {"g": "who", "w": "works", "v": "stuck"}
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？।؟])\s*")
_CLAUSE = re.compile(r"[,;:،؛，、；：](?=\s|$)|[，、；：]|[.!?…。！？।]")
_FORMAL = re.compile(r"\W*\w+ (?:Sie|Ihre?[nmrs]?)\b")
"""A case that speaks to learners in formal German: "Wenn Sie fertig sind"; said of them it is "sie"."""
_SIGNS = " \t*_>#•※→()（）[]【】-–—"
MOST_WORDS, MOST_SIGNS = 40, 90
"""Words of a sentence that is looked at, and signs where no spaces part words."""


class RoomPatterns(msgspec.Struct, frozen=True):
    """The patterns of one language, each made when it is first used."""

    language: str

    def keeps(self, text: str, setting: Setting) -> bool:
        """Whether a label or a title is that of a hint which is not given yet, or not to all."""
        said = compact(text, self.language)
        long = self.language in SPACELESS or said.count(" ") > 1
        told = not setting.text or any(map(str.isalnum, setting.text))
        if long and told and setting.place in _SAID and self.holds_back(text):
            return True
        hint = self._pattern("hints")
        if not hint.search(said) or self._is_learners(said):
            return False
        if self._pattern("kept").search(said):
            return True
        if self._pattern("only").search(said):
            return setting.place not in FOLDS
        first = compact(_CLAUSE.split(setting.text)[0], self.language)
        alone = not hint.sub("", said).strip()
        return alone and bool(self._pattern("kept").match(first)) and not self._is_learners(first)

    def may_lead(self, text: str) -> bool:
        """Whether a text has a word by which cases begin, or begins with "here"."""
        said = compact(text, self.language)
        return bool(self._pattern("marks").search(said) or self._pattern("here").match(said))

    def holds_back(self, text: str) -> bool:
        """Whether a text that stands out says that learners shall not know it yet, or tells what they do: "Don't reveal it yet."."""
        said = compact(text, self.language)
        found = self._pattern("secret").search(said) or leading_of(self.language).habit.search(said)
        if found is None and (found := self._pattern("sly").search(said)) is not None:
            orders = (self._orders(compact(one, self.language), one) for one in _CLAUSE.split(text))
            found = found if any(orders) else None
        if found is None or self._pattern("mates").search(said):
            return False
        return not self._is_learners(f"{said[: found.start()]} {said[found.end() :]}")

    def leads(self, sentence: str, aside: bool) -> bool:
        """Whether a sentence tells who leads what to do while learners work, or in a case."""
        said = compact(sentence, self.language)
        if _is_long(said, self.language):
            return False
        if here := self._pattern("here").match(said):
            rest, directs = said[here.end() :].strip(), leading_of(self.language).directs
            if not self._is_learners(said) and (directs.fullmatch(rest) or directs.fullmatch(said)):
                return True
        if not self._pattern("marks").search(said) or _FORMAL.match(sentence):
            return False
        named, spanned = self._pattern("cases").match(said), self._pattern("spans").match(said)
        late = leading_of(self.language).running.match(said)
        found = named or spanned or late
        rest = said[found.end() :].strip() if found else ""
        if (not rest and not aside) or self._pattern("second").search(said):
            return False
        if rest and leader_in(rest, self.language, True) is not None:
            return True
        strong = rest and leading_of(self.language).directs.fullmatch(rest)
        if strong or ((named or late or aside) and rest and self._orders(rest, sentence)):
            return True
        left = self._pattern("left").match(said) if aside else None
        if left and self._orders(said[left.end() :].strip(), sentence):
            return True
        order = self._pattern("order")
        return aside and bool(order.fullmatch(said) and self._pattern("cases").search(said))

    def is_case(self, label: str, text: str) -> bool:
        """Whether a label is a case, and what it labels tells what to do."""
        said, told = (compact(one, self.language) for one in (label, _SENTENCE.split(text)[0]))
        if not self._pattern("marks").search(said) or not self._pattern("cases").fullmatch(said):
            return False
        return not self._pattern("second").search(f"{said} {told}") and self._orders(told, text)

    def names(self, text: str) -> bool:
        """Whether a text speaks of those in the room, and not to them."""
        said = compact(text, self.language)
        return bool(self._pattern("who").search(said)) and not self._is_learners(said)

    def does(self, clause: str) -> bool:
        """Whether a clause tells what to show, or to ask of, those in the room."""
        said = compact(clause, self.language)
        return bool(self._pattern("does").fullmatch(said)) and not self._is_learners(said)

    def _orders(self, rest: str, sentence: str) -> bool:
        """Whether what follows a case, some of its own last words aside, tells what to do."""
        words = rest.split(" ") if self.language not in SPACELESS else [rest]
        order = self._pattern("order")
        for at in range(min(MOST_TAIL, len(words))):
            if order.fullmatch(" ".join(words[at:])):
                return not _is_told_of(sentence, len(words) - at, self.language)
        return False

    def _is_learners(self, said: str) -> bool:
        return bool(self._pattern("second").search(said) or self._pattern("peeks").search(said))

    def _pattern(self, name: str) -> LatePattern:
        return _pattern(self.language, name)


def is_kept_hint(text: str, setting: Setting, language: str) -> bool:
    """Whether a text heads or labels a hint that is kept back."""
    if setting.place is Place.COLUMN:
        return False
    return any(room_of(code).keeps(text, setting) for code in read_by(language))


def is_case(label: str, setting: Setting, language: str) -> bool:
    """Whether a label is a case that speaks of those in the room, before what to do then."""
    if setting.place not in (Place.LABEL, Place.BRACKET, Place.BOLD_LINE) or not setting.text:
        return False
    return any(room_of(code).is_case(label, setting.text) for code in read_by(language))


def led_from(text: str, language: str, aside: bool = False) -> int:
    """Return where in a text a sentence begins that tells who leads what to do, -1 where none does."""
    rooms = [one for one in map(room_of, read_by(language)) if one.may_lead(text)]
    at = 0
    for sentence in _SENTENCE.split(text) if rooms else ():
        at = text.index(sentence, at)
        bare = sentence.strip(_SIGNS)
        if bare and any(one.leads(bare, aside) for one in rooms):
            return at
    return -1


def holds_back(text: str, language: str) -> bool:
    """Whether a text that stands out says that learners shall not know it yet, or tells what they do."""
    return any(room_of(code).holds_back(text) for code in read_by(language))


def names_room(text: str, language: str) -> bool:
    """Whether a text speaks of those in the room, and not to them."""
    return any(room_of(code).names(text) for code in read_by(language))


def tells_room(text: str, language: str) -> bool:
    """Whether a clause of an aside tells to show the room something, to wait for it, or to ask it."""
    found = [room_of(code) for code in read_by(language)]
    return any(one.does(clause) for clause in _CLAUSE.split(text) for one in found)


def _is_told_of(sentence: str, count: int, language: str) -> bool:
    """Whether the last words of a sentence begin with a verb, or end with a noun, where nouns have capitals: they tell what happens."""
    if not line_of(language, "room_first"):
        return False
    words = sentence.strip(" .!").split()
    first, last = words[-count], words[-1]
    verb = first.islower() and first.endswith(_FINITE)
    told = compact(" ".join(words[-count:][:2]), language)
    formal = " ".join(words[-count:][1:2]) == "Sie"
    meant = first.endswith(",") or _pattern(language, "first").fullmatch(told)
    return not formal and ((verb and not meant) or not last.islower())


def _is_long(said: str, language: str) -> bool:
    return len(said) > MOST_SIGNS if language in SPACELESS else said.count(" ") >= MOST_WORDS


@cache
def room_of(language: str) -> RoomPatterns:
    """Return the patterns of a language."""
    return RoomPatterns(base(language))


@cache
def _pattern(language: str, name: str) -> LatePattern:
    """Return the pattern of a list, its holes filled with others; a text is searched for whole words of it."""

    def one(name: str) -> str:
        return pattern_of(line_of(language, f"room_{name}"))

    found = one(name)
    for hole, words in reversed(_HOLES.items()):  # people last, as they are in the others
        if f"{{{hole}}}" in found:
            found = found.replace(f"{{{hole}}}", f"(?:{one(words)})")
    spaced = language not in SPACELESS
    return LatePattern(f"(?<![^ ])(?:{found})(?![^ ])" if spaced else f"(?:{found})")
