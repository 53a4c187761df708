"""Labels, asides and titles that speak to who leads, by the `leading` patterns of a language's file.

A label tells when or how to lead ("If nobody answers", "Facilitation"), leads over with words to say, or names who
leads: "What the trainer watches". A title says it behind a comma or in brackets: "(asked by the trainer)". It is always
in doubt. What is about who leads, or what they show learners, is open: "Example of the trainer".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from courseware.language.catalogue import base, line_of, read_by
from courseware.language.counting import count_words
from courseware.language.frames.phrases import SPACELESS, compact, key, phrases_of
from courseware.language.frames.places import Place, Setting
from courseware.language.frames.recipients import commands, is_sentence
from courseware.language.frames.words import Pieces, take_apart, words_of
from courseware.language.late import LatePattern
from courseware.language.twins import EASTERN, normal, twins

MOST_WORDS, MOST_SIGNS = 8, 16
"""Words of a label that names who leads, and signs where no spaces part words."""
NAMED = 3
"""Words of a person's name behind what they do, at most: "The trainer Anna."."""
FEWEST_WORDS = 5
"""Words of what somebody does that ends without a stop."""
LONGEST_NAME = 4
"""Signs of a person's name behind "trainer" where no spaces part words."""
LONG_ORDER = 4
"""Words of an order, at least, that ends without a stop: a name has fewer, "المدرب: أحمد علي"."""
_LABELS = (Place.LABEL, Place.BRACKET)
_TITLES = (Place.HEADING, Place.BOLD_LINE, Place.BOX, Place.SUMMARY)
_QUOTED = re.compile('[*_(]*[«»„“”"「『‘‹›]')
_SENTENCE_END = re.compile(r"[.!…](?=\s|$)|[。！।]")
_TITLED = (*_TITLES, Place.COLUMN)
_COMMA = re.compile("[,،、，]")
_SEARCHED = ("theirs", "about", "room", "habit")
"""Lists of words that stand anywhere in a text."""
_LISTS = ("running", "acts", "told", "self", "spoken", "ways", "orders", "yours", "own", "plan", "rows", "weak",
          "directs", *_SEARCHED)  # fmt: skip


class Leading(msgspec.Struct, frozen=True):
    """The patterns of one language."""

    language: str
    running: LatePattern
    """What tells how to lead, wherever it stands, and names nobody: "Si falta tiempo"."""
    acts: LatePattern
    """A sentence that tells what who leads does: "The trainer draws the table"."""
    told: LatePattern
    self: LatePattern
    spoken: LatePattern
    ways: LatePattern
    orders: LatePattern
    yours: LatePattern
    own: LatePattern
    """What who leads does, said of oneself: "What I say"."""
    plan: LatePattern
    """A label of a lesson plan's that learners' texts have not: "Seating plan"."""
    rows: LatePattern
    """A label that is one of a lesson plan's beside one of `plan`, or before a direction: "Method"."""
    weak: LatePattern
    """A label of what learners do, where what it labels speaks of them: "Common errors"."""
    directs: LatePattern
    """A sentence that tells who leads what to do, and names nobody: "Hand out the cards"."""
    theirs: LatePattern
    about: LatePattern
    room: LatePattern
    """A word by which a text speaks of those in the room, not to them."""
    habit: LatePattern
    """What those in the room usually do, or who some of them are: "They always laugh here", "the quiet ones"."""

    def said(self, text: str) -> str:
        """Return a text as it is compared."""
        return compact(text, self.language)

    def speaks(self, text: str, pieces: Pieces, setting: Setting) -> bool:
        """Whether a label speaks to who leads."""
        parts = [self.said(one) for one in (*pieces.parts, *pieces.brackets)]
        if any(self.told.fullmatch(one) or self.yours.fullmatch(one) for one in parts):
            return True
        if self.is_theirs("", msgspec.structs.replace(pieces, parts=())):
            return True
        if setting.place is Place.BRACKET and any(map(self.self.fullmatch, parts)):
            return True
        whole = self.said(text) if len(parts) == 1 else ""
        if self.spoken.fullmatch(whole) and _QUOTED.match(setting.text):
            return True
        told = self.said(setting.text)
        ordered = self.orders.fullmatch(told) and not setting.text.startswith("(")
        ordered = ordered and not _describes(setting.text, self.language)
        return bool(self.ways.fullmatch(whole) and ordered and is_sentence(setting.text))

    def is_of_plan(self, parts: Sequence[str], setting: Setting) -> bool:
        """Whether a label or a title is one of a lesson plan's, for who leads."""
        said = [self.said(one) for one in parts]
        own = any(map(self.own.fullmatch, said))
        if own and setting.place in _TITLED:
            return not setting.in_exercise
        if setting.place in (Place.COLUMN, Place.SUMMARY):
            return False
        if own or any(map(self.plan.fullmatch, said)):
            return True
        directed = self.tells_to(setting.text)
        if any(map(self.weak.fullmatch, said)):
            told = self.said(setting.text)
            return directed or bool(self.room.search(told) or self.habit.search(told))
        beside = any(self.plan.fullmatch(self.said(one)) for one in setting.beside)
        return (beside or directed) and any(map(self.rows.fullmatch, said))

    def tells_to(self, text: str) -> bool:
        """Whether one of a text's sentences tells who leads what to do."""
        return any(self.directs.fullmatch(self.said(one)) for one in _SENTENCE_END.split(text))

    def is_theirs(self, text: str, pieces: Pieces) -> bool:
        """Whether a title says in brackets, or behind a comma or dash, that it is for who leads."""
        tails = [*pieces.brackets, *pieces.parts[1:], *text.split(",")[1:]]
        if any(
            self.yours.fullmatch(self.said(one))
            for one in (*tails, *pieces.parts, text.split(",")[0])
        ):
            return True
        return any(
            self.theirs.search(self.said(one)) and leader_in(one, self.language, True) is not None
            for one in tails
        )

    def names(self, text: str) -> bool:
        """Whether a label names who leads beside other words, and is not about them."""
        rest = leader_in(text, self.language)
        said = self.said(text)
        if rest is None or not rest.strip() or _is_long(said, self.language):
            return False
        theirs = self.theirs.search(said) is not None
        behind = rest == rest.lstrip() or self.language in SPACELESS
        if is_person(text) and (behind or "," in text or self.language != "de"):
            return False  # all nouns of German begin with a capital
        few = len(rest) <= LONGEST_NAME if self.language in SPACELESS else len(rest.split()) == 1
        return theirs or not (few and behind)


def tells_how(texts: Sequence[str], language: str) -> bool:
    """Whether one of some texts as a whole tells how to lead."""
    found = map(leading_of, read_by(language))
    return any(one.running.fullmatch(one.said(text)) for one in found for text in texts)


def tells_to(text: str, language: str) -> bool:
    """Whether one of a text's sentences tells who leads what to do."""
    return any(leading_of(code).tells_to(text) for code in read_by(language))


def acts(text: str, language: str) -> bool:
    """Whether one of a text's sentences tells what who leads does."""
    found = [*map(leading_of, read_by(language))]
    said = [one for one in _SENTENCE_END.split(text) if len(one.split()) > 1 or EASTERN.search(one)]
    stops = _SENTENCE_END.search(text.rstrip("*_)\"'»”“」』 ")[-1:]) is not None
    whole = stops or count_words(text) >= FEWEST_WORDS
    said = [one for one in said if not (count_words(one) <= NAMED and is_named(one))]
    turned = (turn for part in said for turn in (part, *_turned(part)))
    return whole and any(one.acts.fullmatch(one.said(part)) for part in turned for one in found)


def _turned(sentence: str) -> Iterator[str]:
    """Yield a sentence with its main clause first: "While they work, the trainer waits" does that, too."""
    for comma in _COMMA.finditer(sentence):
        clause, rest = sentence[: comma.start()].strip(), sentence[comma.end() :].strip()
        if rest:
            yield f"{rest} {clause}"


def directs(text: str, language: str) -> bool:
    """Whether an aside tells who leads what to do, or in which case, and names nobody: "Hand out the cards now."."""
    if leader_in(text, language) is not None:
        return False  # "Ask the teacher for the key"
    found = [*map(leading_of, read_by(language))]
    case = _COMMA.split(text)[0]
    return any(one.tells_to(text) or one.running.fullmatch(one.said(case)) for one in found)


def is_of_plan(text: str, setting: Setting, language: str) -> bool:
    """Whether a label or a title is one of a lesson plan's, for who leads, before words of its own."""
    pieces = take_apart(text)
    folded = setting.place is Place.SUMMARY
    if pieces.asks or not (folded or any(map(str.isalpha, setting.text or "".join(setting.cells)))):
        return False
    if setting.place not in (*_LABELS, *_TITLED):
        return False
    parts = (text, *pieces.parts)
    return any(one.is_of_plan(parts, setting) for one in map(leading_of, read_by(language)))


def speaks_to_leader(text: str, setting: Setting, language: str) -> bool:
    """Whether a label, an aside or a title speaks to who leads."""
    pieces = take_apart(text)
    if pieces.asks:
        return False
    found = [*map(leading_of, read_by(language))]
    if setting.place in _TITLES:
        above = setting.place is Place.HEADING and not (setting.parents or setting.siblings)
        fold = setting.place is Place.SUMMARY  # "Backstage"
        folded = fold and any(one.told.fullmatch(one.said(text)) for one in found)
        return folded or (not above and any(one.is_theirs(text, pieces) for one in found))
    if setting.place not in _LABELS or not any(map(str.isalpha, setting.text)):
        return False
    if any(one.speaks(text, pieces, setting) for one in found):
        return True
    return (
        _may_name(text, setting, language)
        and any(one.names(text) for one in found)
        and not (any(one.about.search(one.said(text)) for one in found))
    )


def is_order(text: str, language: str) -> bool:
    """Whether a text of more words than a name has, without a stop at its end, tells to do something."""
    own = leading_of(language)
    return count_words(text) >= LONG_ORDER and own.orders.fullmatch(own.said(text)) is not None


def _may_name(text: str, setting: Setting, language: str) -> bool:
    """Whether a label stands out, is no sentence and commands nothing, and some words follow it."""
    words = key(text).split()
    ordered = not commands(base(language)).isdisjoint((words[0], words[-1])) if words else True
    ordered = ordered or any(
        (one := words_of(code)) is not None and one.matches("commands", words[0])
        for code in read_by(language)
    )
    whole = twins(text).rstrip(" *_").endswith((".", "!"))
    return setting.marked and not (ordered or whole) and is_sentence(setting.text)


def leader_in(text: str, language: str, helpers: bool = False) -> str | None:
    """Return what stands beside who leads in a text, a sign a word where words are told by letters; None where nobody leads."""
    words = words_of(language)
    if words is not None:
        letters = words.letters(text, "leader").lstrip("do")
        at = next((n for n, x in enumerate(letters) if x == "L" or (helpers and x == "W")), -1)
        if at < 0 or "V" in letters or "N" in letters:
            return None
        return " " * bool(at) + " ".join(letters[:at] + letters[at + 1 :].strip("yc#"))
    phrases = phrases_of(language)
    found = phrases.within.search(said := compact(text, language)) if phrases else None
    if found is None:
        return None
    return " " * bool(found.start()) + (said[: found.start()] + said[found.end() :]).strip()


def is_person(text: str) -> bool:
    """Whether a text is a person's name beside what they do: "Jane Doe, trainer", "Trainer Jane Doe"."""
    if "," in twins(text):
        return True
    cased = [word for word in text.split() if word[:1].lower() != word[:1].upper()]
    return len(cased) > 1 and all(word[:1].isupper() for word in cased)


def is_named(text: str) -> bool:
    """Whether a text ends with a word that has a capital, as a name."""
    last = text.split()[-1:]
    return bool(last) and last[0][:1].isupper()


def _is_long(said: str, language: str) -> bool:
    return len(said) > MOST_SIGNS if language in SPACELESS else len(said.split()) > MOST_WORDS


def _describes(text: str, language: str) -> bool:
    """Whether a text tells what something is."""
    phrases = phrases_of(language)
    return phrases is not None and phrases.describes(text)


@cache
def leading_of(language: str) -> Leading:
    """Return the patterns of a language."""
    entries = {name: line_of(base(language), f"lead_{name}") for name in _LISTS}
    words, phrases = words_of(language), phrases_of(language)
    who = (
        words.lists["leaders"].pattern if words else phrases.named_leader.pattern if phrases else ""
    )
    whole = {name: pattern_of(entries[name]).replace("{p}", f"(?:{who})") for name in _LISTS}
    spaced = "{}" if language in SPACELESS else "(?<![^ ])(?:{})(?![^ ])"
    whole |= {name: spaced.format(whole[name]) for name in _SEARCHED}
    return Leading(language, **{name: LatePattern(one) for name, one in whole.items()})


def pattern_of(entries: Iterable[str]) -> str:
    """Return entries as one pattern, its letters as words are compared; "\\w" is any sign within a word."""
    split = unicodedata.normalize("NFD", normal("|".join(f"(?:{one})" for one in entries)))
    bare = "".join(c for c in split if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", bare).replace("\\w", "[^ ]") or "(?!)"
