"""What the patterns of a language without letters for its words make of a text: who leads, or an answer."""

from __future__ import annotations

import msgspec

from courseware.language.counting import count_words
from courseware.language.frames import leaders
from courseware.language.frames.leading import is_order, is_person
from courseware.language.frames.lettered import KEY, TO_SELF, plain_answer
from courseware.language.frames.phrases import Phrases
from courseware.language.frames.places import (
    FEW,
    FOLDS,
    OPEN,
    TITLES,
    Decision,
    Place,
    Setting,
    for_key,
    for_leader,
)
from courseware.language.frames.recipients import is_sentence
from courseware.language.frames.words import Pieces, Words

_BARE = (Place.LABEL, Place.HEADING, Place.BOLD_LINE, Place.COLUMN)
"""Places where an answer's word alone needs an exercise or a question: "Solution" is one to dissolve salt in, too."""
FEWEST_TOLD = 3
"""Words behind a label, at least, that tell something, and are no name."""


class Phrased(msgspec.Struct, frozen=True):
    """The frames of one language's phrases; with `subject` who leads is what the course is about."""

    phrases: Phrases
    subject: bool

    def decide(self, text: str, pieces: Pieces, setting: Setting, words: Words) -> Decision:
        """Return what the patterns of a language without letters for its words say of a text."""
        tested = (text, *pieces.parts)
        if self.phrases.is_kept_back(pieces.brackets):
            return for_leader("it says that it is not for learners")
        if self.names_leader(pieces, setting):
            return self._leader_of_label(text, setting)
        if not pieces.asks:
            if any(map(self.phrases.leads, tested)):
                return for_leader("it is for who leads")
            told = setting.place is Place.LABEL and count_words(setting.text) >= FEWEST_TOLD
            told = told and not any(map(is_person, pieces.parts))
            if any(
                self.phrases.leads_in_brackets(one, pieces.parts, told) for one in pieces.brackets
            ):
                return for_leader("it is for who leads", False)
            done = 2 * sum(map(leaders.is_done, setting.cells)) > len(setting.cells)
            if done and not self.subject and self.phrases.is_theirs_in_plan(text, setting.near):
                return for_leader(f'"{text}" is what who leads does', False)
            own = not any(map(self.phrases.is_mine, pieces.parts)) and setting.has_letters
            if own and any(map(self.phrases.is_to_self, (*pieces.parts, *pieces.brackets))):
                return for_leader(TO_SELF, False)
            if setting.place in (Place.BRACKET, *TITLES) and self.phrases.is_leader(text):
                return for_leader("it names who leads", False)
        asked = setting.in_exercise or setting.place in FOLDS
        if any(self.phrases.answers(one, asked) for one in tested):
            around = (*setting.parents[-1:], *setting.siblings, *pieces.parts)
            if setting.place in FOLDS or not any(map(self.phrases.is_problem, around)):
                bare = setting.place in _BARE and all(map(self.phrases.is_bare_answer, tested))
                found = plain_answer(setting, words)
                return found if bare else for_key("its words say so")
            told = setting.asked or setting.after_question
            return for_key("it may be that of a problem", False) if told else OPEN
        if setting.heads_key(self.phrases.is_key(text)):
            return for_key(KEY, False)
        if setting.place not in TITLES or not self.phrases.holds_answer(text):
            return OPEN
        sure = setting.place is Place.SUMMARY and not pieces.asks and len(text.split()) <= FEW
        return for_key("its title names an answer", sure)

    def names_leader(self, pieces: Pieces, setting: Setting) -> bool:
        """Whether a label is one who leads and nothing else."""
        alone = pieces.parts[-1] if pieces.parts and setting.place is Place.LABEL else ""
        return bool(alone) and self.phrases.is_leader(alone)

    def _leader_of_label(self, text: str, setting: Setting) -> Decision:
        """Return what a leader alone as a label is: open in a dialogue, in doubt before a sentence."""
        if (
            self.subject
            or self.phrases.is_dialogue(setting.near)
            or self.phrases.describes(setting.text)
        ):
            return OPEN
        told = self.phrases.leads(text) or is_sentence(setting.text)
        told = told or is_order(setting.text, self.phrases.language)
        return for_leader(f'"{text}" alone names who leads', False) if told else OPEN
