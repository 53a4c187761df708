"""Who may see a text, by the words that head or label it: frames, one grammar for all places.

A text is a heading, a whole-bold line, a label, what stands in brackets, a summary, a tab, a
column's head, a box's title, the name of a tag, class, file or folder. The frames F1 to F8
(`leaders`) and those of answers (`answers`) were fitted to 5,700 files of real courses; each part
of a text is tested and must be consumed whole. What only may be meant is withheld in doubt.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

import msgspec

from courseware.language.catalogue import Added, Tongue, base, data_of, languages
from courseware.language.counting import count_words
from courseware.language.frames import answers, leaders
from courseware.language.frames.asked import folds, is_label, sentence_start, told_by
from courseware.language.frames.foreign import answers_label
from courseware.language.frames.forms import forms_of
from courseware.language.frames.leading import (
    acts,
    directs,
    is_of_plan,
    is_person,
    leader_in,
    speaks_to_leader,
    tells_how,
    tells_to,
)
from courseware.language.frames.phrases import COLUMNS_OF_PLAN, Phrases, key, phrases_of
from courseware.language.frames.places import (
    FEW,
    FOLDS,
    HEADS,
    OPEN,
    TITLES,
    Decision,
    Place,
    Reader,
    Setting,
)
from courseware.language.frames.recipients import is_for_leader, is_phrased_for_leader, is_sentence
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
    known_languages,
    leader_names,
    name_words,
    nearest_name,
    slip_of,
    split_words,
    take_apart,
    with_umlauts,
    words_of,
)
from courseware.language.twins import twins

__all__ = [
    "OPEN",
    "Decision",
    "Frames",
    "Place",
    "Reader",
    "Setting",
    "known_languages",
    "leader_names",
    "may_lead",
    "may_learn",
    "name_words",
    "nearest_name",
    "with_umlauts",
]


_UMLAUT = re.compile("(?<![aeiouqAEIOUQ])([aouAOU])e")
"""How German is written without its own letters; words are compared without their points."""
_UNSEEN = re.compile("[\u00ad\u2060\ufeff]")
"""Characters within words that nobody sees: a place to part a word, and joiners."""
SEVERAL = "there are several, by letters: they may be things of that name"
_BARE = (Place.LABEL, Place.HEADING, Place.BOLD_LINE, Place.COLUMN)
"""Places where an answer's word alone needs an exercise or a question: "Solution" is one to dissolve salt in, too."""
KEY = "it may be the key of the exercises"
HOW, TO_SELF = "it tells how to lead", "it is said to oneself"
FEWEST_TOLD = 3
"""Words behind a label, at least, that tell something, and are no name."""
MOST_SAID = 400
"""Characters of a first paragraph that may say whom a file is for."""


def _facilitator(reason: str, sure: bool = True) -> Decision:
    return Decision(Reader.FACILITATOR, sure, reason)


def _answer(reason: str, sure: bool = True) -> Decision:
    return Decision(Reader.ANSWER, sure, reason)


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
        self.language, self.tongue = language, Tongue(language, added)
        self.phrases = phrases_of(base(language))
        self.known = words_of(language) is not None or self.phrases is not None
        self.subject = subject
        self.open_titles = frozenset(map(key, open_titles))
        self.own = {key(p): _answer("course.yml says so") for p in answer}
        self.own |= {key(p): _facilitator("course.yml says so") for p in facilitator}
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
            return _facilitator(f'"{text}" is for who leads', False)
        if not found and not self.subject and self._speaks_to_leader(text, setting):
            return _facilitator(f'"{text}" speaks to who leads', False)
        if not found and self._is_script(text, setting):
            return _facilitator(f'"{text}" is a cue for who leads', False)
        if not found and (why := told_by(text, setting, self.tongue)):
            return _answer(why, False)
        return found or self._in_others(text, setting) or self._foreign(text, setting)

    def _tells_how(self, text: str) -> Decision:
        """Return the doubt that a text makes that tells how to lead; the parts of one, too."""
        pieces = take_apart(text)
        told = not (self.subject or pieces.asks) and tells_how((text, *pieces.parts), self.language)
        return _facilitator(HOW, False) if told else OPEN

    def _of_aside(self, text: str, alone: bool) -> Decision:
        """Return the doubt that an aside makes that tells what who leads does: "(The trainer draws the table.)"; `alone` it is no part of a sentence."""
        if self.subject or take_apart(text).asks:
            return OPEN
        if self.directs(text, alone):
            return _facilitator(IN_ROOM, False)
        told = acts(text, self.language) or directs(text, self.language)
        return _facilitator("it tells what who leads does", False) if told else OPEN

    def _of_room(self, text: str, setting: Setting) -> Decision:
        """Return the doubt that a hint makes that is kept back, or a case that speaks of those in the room."""
        if self.subject or take_apart(text).asks:
            return OPEN
        if is_kept_hint(text, setting, self.language):
            return _facilitator(KEPT, False)
        told = is_case(text, setting, self.language)
        return _facilitator(IN_CASE, False) if told else OPEN

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
        return _facilitator(f'"{who}" signs it', False) if named and not self.subject else OPEN

    def _in_forms(self, text: str, setting: Setting) -> Decision:
        """Return what each of the forms that a text stands for says of who leads: "Notes for the trainer/co-trainer"."""
        forms = forms_of(text)
        if len(forms) > 1 and self.phrases is not None and self.phrases.is_leader(forms[0]):
            forms = forms[1:]  # "老师/助教用"
        said = [self._found(form, setting) for form in forms]
        if said and all(one.reader is Reader.FACILITATOR for one in said):
            return _facilitator("it is for who leads, in two forms", all(one.sure for one in said))
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
        return _answer(f'in "{language}" that is a word for an answer', False) if language else OPEN

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
        found = self._said(text, pieces) or self._phrased(text, pieces, setting)
        if found or self._names_leader(pieces, setting):
            return found
        for words in self.words:
            if words is not self.words[0] and leaders.is_order(text, self.words[0]):
                continue
            found = self._leaders(text, pieces, setting, words) or _answers(
                text, pieces, setting, words
            )
            if found:
                slip = _slip(text, words, self.words[0])
                if slip is None:
                    continue
                if slip and words is not self.words[0] and OTHER in words.letters(text, "leader"):
                    continue  # a word of the text's own language: "Présentez votre solution"
                return found if not slip else Decision(found.reader, False, slip)
        return OPEN

    def _said(self, text: str, pieces: Pieces) -> Decision:
        """Return what a course's own words say of a text."""
        return next(
            (self.own[one] for one in map(key, (text, *pieces.parts)) if one in self.own), OPEN
        )

    def _phrased(self, text: str, pieces: Pieces, setting: Setting) -> Decision:
        """Return what the patterns of a language without letters for its words say of a text."""
        if self.phrases is None:
            return OPEN
        tested = (text, *pieces.parts)
        if self.phrases.is_kept_back(pieces.brackets):
            return _facilitator("it says that it is not for learners")
        if self._names_leader(pieces, setting):
            return self._leader_of_label(text, setting, self.phrases)
        if not pieces.asks:
            if any(map(self.phrases.leads, tested)):
                return _facilitator("it is for who leads")
            told = setting.place is Place.LABEL and count_words(setting.text) >= FEWEST_TOLD
            told = told and not any(map(is_person, pieces.parts))
            if any(
                self.phrases.leads_in_brackets(one, pieces.parts, told) for one in pieces.brackets
            ):
                return _facilitator("it is for who leads", False)
            done = 2 * sum(map(leaders.is_done, setting.cells)) > len(setting.cells)
            if done and not self.subject and self.phrases.is_theirs_in_plan(text, setting.near):
                return _facilitator(f'"{text}" is what who leads does', False)
            own = not any(map(self.phrases.is_mine, pieces.parts)) and _has_letters(setting)
            if own and any(map(self.phrases.is_to_self, (*pieces.parts, *pieces.brackets))):
                return _facilitator(TO_SELF, False)
            if setting.place in (Place.BRACKET, *TITLES) and self.phrases.is_leader(text):
                return _facilitator("it names who leads", False)
        asked = setting.in_exercise or setting.place in FOLDS
        if any(self.phrases.answers(one, asked) for one in tested):
            around = (*setting.parents[-1:], *setting.siblings, *pieces.parts)
            if setting.place in FOLDS or not any(map(self.phrases.is_problem, around)):
                bare = setting.place in _BARE and all(map(self.phrases.is_bare_answer, tested))
                found = _plain_answer(setting, self.words[0])
                return found if bare else _answer("its words say so")
            told = setting.asked or setting.after_question
            return _answer("it may be that of a problem", False) if told else OPEN
        if _heads_key(text, setting, self.phrases.is_key(text)):
            return _answer(KEY, False)
        if setting.place not in TITLES or not self.phrases.holds_answer(text):
            return OPEN
        sure = setting.place is Place.SUMMARY and not pieces.asks and len(text.split()) <= FEW
        return _answer("its title names an answer", sure)

    def _names_leader(self, pieces: Pieces, setting: Setting) -> bool:
        """Whether a label is one who leads and nothing else, in a language told by phrases."""
        alone = pieces.parts[-1] if pieces.parts and setting.place is Place.LABEL else ""
        return bool(alone) and self.phrases is not None and self.phrases.is_leader(alone)

    def _leader_of_label(self, text: str, setting: Setting, phrases: Phrases) -> Decision:
        """Return what a leader alone as a label is: open in a dialogue, in doubt before a sentence."""
        if self.subject or phrases.is_dialogue(setting.near) or phrases.describes(setting.text):
            return OPEN
        told = phrases.leads(text) or is_sentence(setting.text)
        return _facilitator(f'"{text}" alone names who leads', False) if told else OPEN

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
        return _answer("learners check their answer by it", False) if found else OPEN

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

    # -- for who leads ----------------------------------------------------------------

    def _leaders(self, text: str, pieces: Pieces, setting: Setting, words: Words) -> Decision:
        if kept := leaders.is_kept_back(pieces, words):
            return _facilitator("it says that it is not for learners", kept == "brackets")
        if pieces.asks:
            return OPEN
        for part in pieces.parts if not pieces.whole else pieces.brackets:
            if frame := leaders.frame_of(part, words, self.subject):
                return _facilitator(f'"{part}" is for who leads', _is_sure(frame, part, words))
        if any(
            leaders.across(*pair, words)
            for pair in zip(pieces.parts, pieces.parts[1:], strict=False)
        ):
            return _facilitator("it is for who leads")
        for inside in pieces.brackets:
            if leaders.in_brackets(inside, words, self.subject):
                return self._in_brackets(inside, pieces, setting, words)
            if words.matches("to_self", " ".join(split_words(inside))) and _has_letters(setting):
                mine = (
                    words.matches("mine", w) for part in pieces.parts for w in split_words(part)
                )
                return OPEN if any(mine) else _facilitator(TO_SELF, False)
        if setting.place in (Place.SUMMARY, Place.TAB) and leaders.holds_frame(text, words):
            return _facilitator("its title names who leads", False)
        return self._whole(pieces, setting, words) or self._alone(pieces, setting, words)

    def _in_brackets(self, inside: str, pieces: Pieces, setting: Setting, words: Words) -> Decision:
        """Return what "(trainer)" beside a text makes it: a person's name beside it is open."""
        rest = " ".join(pieces.parts)
        bare = leaders.is_alone(inside, words) and not pieces.whole
        if bare and leaders.is_among_people(setting.parents[1:], words):
            return OPEN
        if pieces.whole and leaders.is_alone(inside, words):
            return self._alone(pieces, setting, words)
        named = bare and len(rest.split()) in (2, 3) and all(w[:1].isupper() for w in rest.split())
        doubt = named and setting.place is not Place.HEADING
        return _facilitator(f'"({inside})" is for who leads', not doubt)

    def _whole(self, pieces: Pieces, setting: Setting, words: Words) -> Decision:
        """Return what a text that stands alone makes it: "Talking points", "Speaker notes"."""
        if len(pieces.parts) != 1:
            return OPEN
        low = " ".join(split_words(pieces.parts[0])).replace(" & ", " and ")
        about = " ".join(map(folded, (*setting.parents, *setting.siblings)))
        speaking = words.lists["speaking"].within(about)
        if words.matches("alone", low) or words.matches("alone_unless_subject", low):
            return _facilitator("that is what a facilitator says", not speaking)
        if words.matches("to_self", low) and _has_letters(setting):
            return _facilitator(TO_SELF, False)
        return OPEN

    def _alone(self, pieces: Pieces, setting: Setting, words: Words) -> Decision:
        """F6: a leader alone."""
        parts = pieces.parts or pieces.brackets
        if not self.subject and parts and leaders.is_addressed(parts[0], words):
            return _facilitator(f'"{parts[0]}" calls on who leads', False)
        if setting.place is Place.LABEL and not leaders.is_alone("".join(parts[:1]), words):
            parts = parts[-1:]  # "Time buffer – trainer: shorten the interview"
        plays = setting.place is Place.COLUMN and leaders.is_part_played("".join(parts[:1]), words)
        if self.subject or not parts or not (plays or leaders.is_alone(parts[0], words)):
            return OPEN
        reason = f'"{parts[0]}" alone names who leads'
        if setting.place in (Place.SUMMARY, Place.TAB, Place.BOX, Place.NAME) and len(parts) == 1:
            return _facilitator(reason, setting.place is Place.NAME)
        heads = setting.place in (Place.HEADING, Place.BOLD_LINE)
        if pieces.whole and heads:
            return _facilitator(reason, False)
        explained = leaders.is_explained(setting.text, pieces.brackets, words)
        if explained or (heads and not leaders.is_plainly_alone(parts[0], words)):
            return OPEN
        if setting.place is Place.FOLDER:
            return _facilitator(reason)
        if setting.place is Place.COLUMN:
            plan = leaders.is_plan(setting.near, words)
            plays = plays or (plan and len(setting.near) >= COLUMNS_OF_PLAN)
            done = sum(
                leaders.is_done(cell) if plays else leaders.is_told(cell, words, plan)
                for cell in setting.cells
            )
            return _facilitator(reason, False) if done * 2 > len(setting.cells) else OPEN
        text = setting.text if len(parts) == 1 else " ".join((*parts[1:], setting.text))
        above = (*setting.parents[1:], *_roles(setting, words))  # a file's title says what it is on
        peopled = leaders.is_among_people(above, words)
        told = leaders.is_told(text, words) or leaders.is_short_order(text, words)
        if peopled or leaders.is_dialogue(setting.near, words) or not told:
            return OPEN
        plural = setting.place is Place.HEADING and len(parts) > 1
        return (
            OPEN
            if plural and not leaders.is_order(parts[1], words)
            else _facilitator(reason, False)
        )


def _has_letters(setting: Setting) -> bool:
    """Whether a text heads or labels words, or nothing at all, and no room to write in."""
    return re.search(r"[^\W_]|^$", setting.text) is not None


def _roles(setting: Setting, words: Words) -> tuple[str, ...]:
    """Return "roles" where a heading of a leader has siblings of other people's names."""
    others = [s for s in setting.siblings if leaders.is_dialogue((s,), words)]
    return ("roles",) if setting.place is Place.HEADING and others else ()


def _is_sure(frame: str, part: str, words: Words) -> bool:
    """Whether a frame leaves no doubt: helpers and hosts alone may be others."""
    if frame == leaders.IN_DOUBT:
        return False
    return frame != "F3" or "L" in words.letters(part, "leader")


def _answers(text: str, pieces: Pieces, setting: Setting, words: Words) -> Decision:
    if setting.place in FOLDS:
        return _folded_answer(text, setting, words)
    inside = pieces.brackets if pieces.parts else ()
    tested = [*(pieces.parts or pieces.brackets), *inside]
    asked = setting.asked or setting.after_question
    lettered = setting.place in (Place.LABEL, Place.BRACKET) and (asked or answers.is_short(text))
    if lettered and answers.is_of_question(text, setting.near, words):
        shown = setting.in_exercise and not answers.is_legend(setting.text, words)
        return _answer("it follows a question", False) if shown else OPEN
    if any(answers.is_filled_in(part, setting.text, words) for part in pieces.parts):
        return OPEN
    if not pieces.asks and setting.in_exercise and asked:
        heads = setting.place in (Place.HEADING, Place.BOLD_LINE)
        for part in pieces.parts:
            if (heads and answers.tells_answer(part, words)) or answers.is_expected(part, words):
                return _answer("it tells an answer", False)
    if _heads_key(text, setting, answers.is_key(text, words)) and not answers.is_legend(
        setting.text, words
    ):
        return _answer(KEY, False)
    key = any(answers.is_key_of(part, one, words) for part in pieces.parts for one in inside)
    if pieces.asks or not (key or any(answers.is_answer(part, words) for part in tested)):
        either = setting.in_exercise and any(map(partial(answers.is_either, words=words), tested))
        return _answer("it may be an answer", False) if either and not pieces.asks else OPEN
    if any(answers.is_sure_answer(part, words) for part in tested):
        return _answer("it names an expected answer")
    if setting.place in (Place.FILE, Place.FOLDER):
        return _answer("its name is an answer's")
    if setting.place is Place.BRACKET:
        return _answer("it is an answer in brackets", setting.has_exercises)
    around = (*setting.parents[-1:], *setting.siblings, *pieces.parts)
    if not _is_of_problem(around, words):
        found = _plain_answer(setting, words)
        several = found and answers.is_lettered(text, (*setting.near, *setting.siblings))
        return msgspec.structs.replace(found, sure=False, reason=SEVERAL) if several else found
    if not asked or any(words.matches("outcomes", folded(one)) for one in setting.siblings):
        return OPEN
    found = _plain_answer(setting, words)
    return msgspec.structs.replace(found, sure=False) if found else OPEN


def _heads_key(text: str, setting: Setting, is_key: bool) -> bool:
    """Whether a word for a key heads what stands in an exercise, or in a file with some."""
    heads = setting.place in (Place.HEADING, Place.BOLD_LINE)
    return is_key and heads and (setting.in_exercise or setting.has_exercises)


def _is_of_problem(around: tuple[str, ...], words: Words) -> bool:
    """Whether a solution is that of a problem told beside it."""
    return any(
        answers.is_problem(other, words) and not answers.is_answer(other, words) for other in around
    )


def _plain_answer(setting: Setting, words: Words) -> Decision:
    if setting.in_exercise or (setting.has_exercises and setting.place is Place.HEADING):
        return _answer(
            "it is an answer's heading"
            if setting.place is Place.HEADING
            else "it is an answer's label"
        )
    faq = any(words.matches("faq", " ".join(folded(p).split())) for p in setting.parents)
    if setting.after_question and not faq:
        return _answer("it follows a question or a task", False)
    return OPEN


def _folded_answer(text: str, setting: Setting, words: Words) -> Decision:
    if setting.place is Place.NAME:
        letters = words.letters(text, "answer")
        return (
            _answer("its name is an answer's")
            if letters and answers.is_answer(text, words)
            else OPEN
        )
    parts = take_apart(text).parts
    if any(answers.is_expected(part, words) for part in parts):
        return _answer("it tells an answer", False)
    if setting.place in (Place.SUMMARY, Place.BOX) and answers.is_key(text, words):
        return _answer("it may be the key of what stands before it", False)
    alone = any(answers.is_answer(part, words) for part in parts)
    if not alone and not answers.holds_answer(text, words):
        return OPEN
    system = any(words.matches("systems", w) for w in split_words(text))
    if setting.place is Place.TAB and system and not setting.in_exercise:
        return OPEN
    sure = alone or setting.place is Place.SUMMARY
    return _answer("its title names an answer", sure and not text.rstrip().endswith("?"))


def may_lead(name: str) -> bool:
    """Whether a name is that of one who leads or helps to, in any language: "host", "leitung"."""
    known = (words_of(language) for language in known_languages())
    if any(words.entry(folded(name), "leader") in ("L", "W", "P") for words in known if words):
        return True
    others = (data_of(language).get("withheld") or {} for language in languages())
    return any(key(name) in map(key, row.get("leaders", ())) for row in others)


def may_learn(name: str) -> bool:
    """Whether a name is that of one who learns, in any language whose words are known: "student", "lernende"."""
    known = (words_of(language) for language in known_languages())
    return any(words.matches("others", folded(name)) for words in known if words)


def _slip(text: str, words: Words, own: Words) -> str | None:
    """Return what is told of a word that is a slip of the pen, or ""; None where the text's own language has it."""
    for token in split_words(text):
        if not words.entry(token, "leader") and (meant := slip_of(token, words.language)):
            return None if own.entry(token, "leader") else f'"{token}" is read as "{meant}"'
    return ""
