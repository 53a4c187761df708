"""The frames of one language, and what is decided by them: see the package."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from courseware.language.catalogue import Added, Tongue, base
from courseware.language.frames import answers, leaders
from courseware.language.frames.asked import folds, is_label, sentence_start, told_by
from courseware.language.frames.foreign import answers_label
from courseware.language.frames.forms import forms_of
from courseware.language.frames.leading import (
    acts,
    directs,
    is_of_plan,
    leader_in,
    speaks_to_leader,
    tells_how,
    tells_to,
)
from courseware.language.frames.lettered import Lettered
from courseware.language.frames.phrased import Phrased
from courseware.language.frames.phrases import key, phrases_of
from courseware.language.frames.places import (
    HEADS,
    OPEN,
    Decision,
    Place,
    Reader,
    Setting,
    for_key,
    for_leader,
)
from courseware.language.frames.recipients import is_for_leader, is_phrased_for_leader
from courseware.language.frames.room import (
    IN_CASE,
    IN_ROOM,
    KEPT,
    holds_back,
    is_case,
    is_kept_hint,
    led_from,
    names_room,
    tells_room,
)
from courseware.language.frames.script import is_script
from courseware.language.frames.words import (
    OTHER,
    Pieces,
    Words,
    folded,
    slip_of,
    split_words,
    take_apart,
    words_of,
)
from courseware.language.twins import twins

_UMLAUT = re.compile("(?<![aeiouqAEIOUQ])([aouAOU])e")
"""How German is written without its own letters; words are compared without their points."""
_UNSEEN = re.compile("[\u00ad\u2060\ufeff]")
"""Characters within words that nobody sees: a place to part a word, and joiners."""
HOW = "it tells how to lead"
MOST_SAID = 400
"""Characters of a first paragraph that may say whom a file is for."""


_ENDS = re.compile(r"[.!?,،؟।](?:\s|[\"”»]|$)")
MOST_NAMED = {Place.HEADING: 8, Place.BOLD_LINE: 8, Place.LABEL: 8, Place.COLUMN: 8, Place.SUMMARY: 8,
              Place.TAB: 8, Place.BOX: 8, Place.BRACKET: 4}  # fmt: skip
"""Words of what heads something, at most, where one that names who leads is told of."""


class Frames:
    """The frames of one language, English ones among them, with what a course says of them."""

    def __init__(self, language: str = "en", subject: bool = False, open_titles: tuple[str, ...] = (),
                 facilitator: tuple[str, ...] = (), answer: tuple[str, ...] = (),
                 others: tuple[str, ...] = (), added: Added = ()) -> None:  # fmt: skip
        """Take a language, `leaders: subject`, `open:`, a course's own phrases, languages that it may be in, and what it adds."""
        names = dict.fromkeys((language.split("-")[0].lower(), "en"))
        self.words = [found for name in names if (found := words_of(name)) is not None]
        self.lettered = [Lettered(words, subject) for words in self.words]
        self.language, self.tongue = language, Tongue(language, added)
        self.phrases = phrases_of(base(language))
        self.phrased = Phrased(self.phrases, subject) if self.phrases is not None else None
        self.known = words_of(language) is not None or self.phrases is not None
        self.subject = subject
        self.open_titles = frozenset(map(key, open_titles))
        self.own = {key(p): for_key("course.yml says so") for p in answer}
        self.own |= {key(p): for_leader("course.yml says so") for p in facilitator}
        self.others = tuple(Frames(name) for name in others)
        self.decide = lru_cache(maxsize=4096)(self._decide)

    def _decide(self, text: str, setting: Setting) -> Decision:
        """Return who may see what a text heads, in its setting; "Loesung" is "Lösung" in German."""
        text = _UNSEEN.sub("", text)
        if self.is_open(text):
            return OPEN
        if setting.place is Place.SIGNATURE:
            return self._of_signature(text)
        if setting.place is Place.ASIDE:
            return self._of_aside(text, setting.marked) or self._in_others(text, setting)
        found = self._found(text, setting)
        bare = _UMLAUT.sub(r"\1", text) if base(self.language) == "de" else text
        found = found if found or bare == text else self._found(bare, setting)
        found = found or self._in_forms(text, setting) or self._tells_how(text)
        found = found or self._of_room(text, setting)
        if not found and self._is_for_leader(text, setting):
            return for_leader(f'"{text}" is for who leads', False)
        if not found and not self.subject and self._speaks_to_leader(text, setting):
            return for_leader(f'"{text}" speaks to who leads', False)
        if not found and self._is_script(text, setting):
            return for_leader(f'"{text}" is a cue for who leads', False)
        if not found and (why := told_by(text, setting, self.tongue)):
            return for_key(why, False)
        return found or self._in_others(text, setting) or self._foreign(text, setting)

    def _tells_how(self, text: str) -> Decision:
        """Return the doubt that a text makes that tells how to lead; the parts of one, too."""
        pieces = take_apart(text)
        told = not (self.subject or pieces.asks) and tells_how((text, *pieces.parts), self.language)
        return for_leader(HOW, False) if told else OPEN

    def _of_aside(self, text: str, alone: bool) -> Decision:
        """Return the doubt that an aside makes that tells what who leads does: "(The trainer draws the table.)"; `alone` it is no part of a sentence."""
        if self.subject or take_apart(text).asks:
            return OPEN
        if self.directs(text, alone):
            return for_leader(IN_ROOM, False)
        told = acts(text, self.language) or directs(text, self.language)
        return for_leader("it tells what who leads does", False) if told else OPEN

    def _of_room(self, text: str, setting: Setting) -> Decision:
        """Return the doubt that a hint makes that is kept back, or a case that speaks of those in the room."""
        if self.subject or take_apart(text).asks:
            return OPEN
        if is_kept_hint(text, setting, self.language):
            return for_leader(KEPT, False)
        told = is_case(text, setting, self.language)
        return for_leader(IN_CASE, False) if told else OPEN

    def is_long_label(self, label: str) -> bool:
        """Whether a label of many words is no sentence: it keeps a hint back, or tells how to lead."""
        kept = is_kept_hint(label, Setting(Place.LABEL), self.language)
        return not self.subject and (kept or tells_how((label,), self.language))

    def directs(self, text: str, alone: bool = True) -> bool:
        """Whether a quotation tells who leads what to do, and names nobody: "Show the slide, then ask the group."."""
        if self.subject or take_apart(text).asks:
            return False
        if led_from(text, self.language, aside=True) >= 0:
            return True
        if alone and holds_back(text, self.language):
            return True
        if leader_in(text, self.language) is not None:
            return False  # "Ask the teacher for the key"
        return tells_to(text, self.language) or tells_room(text, self.language)

    def names_room(self, text: str) -> bool:
        """Whether a text speaks of those in the room, and not to them."""
        return not self.subject and names_room(text, self.language)

    def led_from(self, text: str) -> int:
        """Return where a text begins to tell who leads what to do while learners work, -1 where it does not."""
        return -1 if self.subject else led_from(text, self.language)

    def _of_signature(self, who: str) -> Decision:
        """Return what "[… - trainer]" makes of what stands before it."""
        named = self.phrases is not None and self.phrases.is_leader(who)
        named = named or any(leaders.signs(who, words) for words in self.words)
        return for_leader(f'"{who}" signs it', False) if named and not self.subject else OPEN

    def _in_forms(self, text: str, setting: Setting) -> Decision:
        """Return what each of the forms that a text stands for says of who leads: "Notes for the trainer/co-trainer"."""
        forms = forms_of(text)
        if len(forms) > 1 and self.phrases is not None and self.phrases.is_leader(forms[0]):
            forms = forms[1:]  # "老师/助教用"
        said = [self._found(form, setting) for form in forms]
        if said and all(one.reader is Reader.FACILITATOR for one in said):
            return for_leader("it is for who leads, in two forms", all(one.sure for one in said))
        return OPEN

    def _is_for_leader(self, text: str, setting: Setting) -> bool:
        """Whether a text is anything for who leads; the title of a file is its subject."""
        titles = setting.place is Place.HEADING and not (setting.parents or setting.siblings)
        if self.subject or titles or take_apart(text).asks:
            return False
        return is_phrased_for_leader(text, setting, self.language) or any(
            is_for_leader(text, setting, words) for words in self.words
        )

    def _speaks_to_leader(self, text: str, setting: Setting) -> bool:
        """Whether a label, an aside or a title speaks to who leads, and no dialogue or list of people has it."""
        if is_of_plan(text, setting, self.language):
            return True
        if not speaks_to_leader(text, setting, self.language):
            return False
        spoken = any(leaders.is_dialogue(setting.near, words) for words in self.words)
        spoken = spoken or (self.phrases is not None and self.phrases.is_dialogue(setting.near))
        people = any(leaders.is_among_people(setting.parents[1:], words) for words in self.words)
        return not (spoken or people)

    def _is_script(self, text: str, setting: Setting) -> bool:
        """Whether a label outside of exercises tells who leads what to say."""
        told = setting.place is Place.LABEL and not (setting.in_exercise or self.subject)
        return told and is_script(text, setting.beside, setting.text, self.tongue)

    def _foreign(self, text: str, setting: Setting) -> Decision:
        """Return the doubt that a label of an answer in another language than the text's makes in an exercise."""
        asked = setting.in_exercise or setting.after_question
        if not self.known or not (asked or (setting.has_exercises and setting.place in HEADS)):
            return OPEN
        pieces = take_apart(text)
        language = (
            "" if pieces.asks else answers_label(pieces.parts or pieces.brackets, self.language)
        )
        return for_key(f'in "{language}" that is a word for an answer', False) if language else OPEN

    def _in_others(self, text: str, setting: Setting) -> Decision:
        """Return what a text is in the languages that a file may be in: one that is sure comes first."""
        setting = msgspec.structs.replace(setting, has_exercises=True, in_exercise=True)
        said = [(other.decide(text, setting), other.language) for other in self.others]
        if any(answers.asks_for_answer(text, words) for words in self.words):
            said = [one for one in said if one[0].reader is not Reader.ANSWER]
        said.sort(key=lambda one: (not one[0], not one[0].sure))
        if not said or not said[0][0]:
            return OPEN
        why = f'in "{said[0][1]}" its words say so: write `language:` in the front matter'
        return Decision(said[0][0].reader, False, why)

    def _found(self, text: str, setting: Setting) -> Decision:
        pieces = take_apart(text)
        if said := self._said(text, pieces):
            return said
        if self.phrased is not None:
            said = self.phrased.decide(text, pieces, setting, self.words[0])
            if said or self.phrased.names_leader(pieces, setting):
                return said
        own = self.words[0]
        for lettered in self.lettered:
            words = lettered.words
            if words is not own and leaders.is_order(text, own):
                continue
            found = lettered.decide(text, pieces, setting)
            slip = _slip(text, words, own) if found else None
            if slip is None:
                continue
            if slip and words is not own and OTHER in words.letters(text, "leader"):
                continue  # a word of the text's own language: "Présentez votre solution"
            return found if not slip else Decision(found.reader, False, slip)
        return OPEN

    def _said(self, text: str, pieces: Pieces) -> Decision:
        """Return what a course's own words say of a text."""
        return next(
            (self.own[one] for one in map(key, (text, *pieces.parts)) if one in self.own), OPEN
        )

    def spelled_out(self, name: str) -> str:
        """Return a name with its words apart: "trainernotes" is "trainer notes"."""
        return next((two for words in self.words if (two := words.compound(folded(name)))), name)

    def is_copy_of_leaders(self, name: str) -> bool:
        """Whether a file's name ends in a leader and what is theirs: "loops tutor copy", "boucles version enseignant"."""
        said = name.split()
        last = " ".join(said[-2:])
        if len(said) < 3 or any(leaders.is_order(name, words) for words in self.words):
            return False
        return any(leaders.is_copy(name, last, words) for words in self.words)

    def is_open(self, title: str) -> bool:
        """Whether `open:` in course.yml names a title."""
        return key(title) in self.open_titles

    def names_leader(self, text: str, place: Place) -> bool:
        """Whether a head of a few words names who leads, in a course that is not about them."""
        if self.subject or place not in MOST_NAMED or len(text.split()) > MOST_NAMED[place]:
            return False
        if _ENDS.search(twins(text)):  # a sentence tells of them
            return False
        return not self.is_open(text) and leader_in(text, base(self.language)) is not None

    def asks_about(self, title: str) -> bool:
        """Whether a title asks about solutions as a thing: "Is there always a solution?"."""
        low = " ".join(split_words(title))
        return take_apart(title).asks and any(w.matches("asks_about", low) for w in self.words)

    def lead_in(self, sentence: str) -> str:
        """Return the first words of a sentence that lead in an answer: "Possible answers include"."""
        found = next((lead for w in self.words if (lead := answers.lead_in(sentence, w))), "")
        return found or sentence_start(sentence, self.tongue)

    def is_known_label(self, text: str) -> bool:
        """Whether a text is a label of an answer to what was asked, in as many words: "This is what you should get"."""
        return is_label(text, self.tongue)

    def is_system(self, title: str) -> bool:
        """Whether a title is an operating system: "macOS"."""
        low = " ".join(split_words(title))
        return any(words.matches("systems", low) for words in self.words)

    def checks_answer(self, title: str) -> Decision:
        """Return the doubt that a fold's title makes by which learners check what they answered."""
        found = not self.is_open(title) and folds(title, "answer_checks", self.tongue)
        return for_key("learners check their answer by it", False) if found else OPEN

    def only_unfolds(self, title: str) -> bool:
        """Whether a fold's title says nothing of what is in it: "Click to reveal"."""
        low = " ".join(split_words(title))
        known = any(words.matches("fold", low) for words in self.words)
        return known or folds(title, "answer_unfolds", self.tongue)

    def says_for_leaders(self, text: str) -> bool:
        """Whether a paragraph says that its file is for who leads: "These notes are for trainers"."""
        low = " ".join(folded(text).split()).strip(" .!:()[]*_")
        short = len(low) < MOST_SAID
        return short and any(words.matches("file_is", low) for words in self.words)


def _slip(text: str, words: Words, own: Words) -> str | None:
    """Return what is told of a word that is a slip of the pen, or ""; None where the text's own language has it."""
    for token in split_words(text):
        if not words.entry(token, "leader") and (meant := slip_of(token, words.language)):
            return None if own.entry(token, "leader") else f'"{token}" is read as "{meant}"'
    return ""
