"""What a language's lists of words, each with a letter, make of a text: who leads, or an answer."""

from __future__ import annotations

from functools import partial

import msgspec

from courseware.language.frames import answers, leaders
from courseware.language.frames.phrases import COLUMNS_OF_PLAN
from courseware.language.frames.places import (
    FOLDS,
    OPEN,
    Decision,
    Place,
    Setting,
    for_key,
    for_leader,
)
from courseware.language.frames.words import Pieces, Words, folded, split_words, take_apart

SEVERAL = "there are several, by letters: they may be things of that name"
KEY = "it may be the key of the exercises"
TO_SELF = "it is said to oneself"


class Lettered(msgspec.Struct, frozen=True):
    """The frames of one language's words; with `subject` who leads is what the course is about."""

    words: Words
    subject: bool

    def decide(self, text: str, pieces: Pieces, setting: Setting) -> Decision:
        """Return who may see what a text heads, in its setting."""
        return self._leaders(text, pieces, setting) or _answers(text, pieces, setting, self.words)

    def _leaders(self, text: str, pieces: Pieces, setting: Setting) -> Decision:
        if kept := leaders.is_kept_back(pieces, self.words):
            return for_leader("it says that it is not for learners", kept == "brackets")
        if pieces.asks:
            return OPEN
        for part in pieces.parts if not pieces.whole else pieces.brackets:
            if frame := leaders.frame_of(part, self.words, self.subject):
                return for_leader(f'"{part}" is for who leads', _is_sure(frame, part, self.words))
        if any(
            leaders.across(*pair, self.words)
            for pair in zip(pieces.parts, pieces.parts[1:], strict=False)
        ):
            return for_leader("it is for who leads")
        for inside in pieces.brackets:
            if leaders.in_brackets(inside, self.words, self.subject):
                return self._in_brackets(inside, pieces, setting)
            if self.words.matches("to_self", " ".join(split_words(inside))) and setting.has_letters:
                mine = (
                    self.words.matches("mine", w)
                    for part in pieces.parts
                    for w in split_words(part)
                )
                return OPEN if any(mine) else for_leader(TO_SELF, False)
        if setting.place in (Place.SUMMARY, Place.TAB) and leaders.holds_frame(text, self.words):
            return for_leader("its title names who leads", False)
        return self._whole(pieces, setting) or self._alone(pieces, setting)

    def _in_brackets(self, inside: str, pieces: Pieces, setting: Setting) -> Decision:
        """Return what "(trainer)" beside a text makes it: a person's name beside it is open."""
        rest = " ".join(pieces.parts)
        bare = leaders.is_alone(inside, self.words) and not pieces.whole
        if bare and leaders.is_among_people(setting.parents[1:], self.words):
            return OPEN
        if pieces.whole and leaders.is_alone(inside, self.words):
            return self._alone(pieces, setting)
        named = bare and len(rest.split()) in (2, 3) and all(w[:1].isupper() for w in rest.split())
        doubt = named and setting.place is not Place.HEADING
        return for_leader(f'"({inside})" is for who leads', not doubt)

    def _whole(self, pieces: Pieces, setting: Setting) -> Decision:
        """Return what a text that stands alone makes it: "Talking points", "Speaker notes"."""
        if len(pieces.parts) != 1:
            return OPEN
        low = " ".join(split_words(pieces.parts[0])).replace(" & ", " and ")
        about = " ".join(map(folded, (*setting.parents, *setting.siblings)))
        speaking = self.words.lists["speaking"].within(about)
        if self.words.matches("alone", low) or self.words.matches("alone_unless_subject", low):
            return for_leader("that is what a facilitator says", not speaking)
        if self.words.matches("to_self", low) and setting.has_letters:
            return for_leader(TO_SELF, False)
        return OPEN

    def _alone(self, pieces: Pieces, setting: Setting) -> Decision:
        """F6: a leader alone."""
        parts = pieces.parts or pieces.brackets
        if not self.subject and parts and leaders.is_addressed(parts[0], self.words):
            return for_leader(f'"{parts[0]}" calls on who leads', False)
        if setting.place is Place.LABEL and not leaders.is_alone("".join(parts[:1]), self.words):
            parts = parts[-1:]  # "Time buffer – trainer: shorten the interview"
        plays = setting.place is Place.COLUMN and leaders.is_part_played(
            "".join(parts[:1]), self.words
        )
        if self.subject or not parts or not (plays or leaders.is_alone(parts[0], self.words)):
            return OPEN
        reason = f'"{parts[0]}" alone names who leads'
        if setting.place in (Place.SUMMARY, Place.TAB, Place.BOX, Place.NAME) and len(parts) == 1:
            return for_leader(reason, setting.place is Place.NAME)
        heads = setting.place in (Place.HEADING, Place.BOLD_LINE)
        if pieces.whole and heads:
            return for_leader(reason, False)
        explained = leaders.is_explained(setting.text, pieces.brackets, self.words)
        if explained or (heads and not leaders.is_plainly_alone(parts[0], self.words)):
            return OPEN
        if setting.place is Place.FOLDER:
            return for_leader(reason)
        if setting.place is Place.COLUMN:
            plan = leaders.is_plan(setting.near, self.words)
            plays = plays or (plan and len(setting.near) >= COLUMNS_OF_PLAN)
            done = sum(
                leaders.is_done(cell) if plays else leaders.is_told(cell, self.words, plan)
                for cell in setting.cells
            )
            return for_leader(reason, False) if done * 2 > len(setting.cells) else OPEN
        text = setting.text if len(parts) == 1 else " ".join((*parts[1:], setting.text))
        above = (
            *setting.parents[1:],
            *_roles(setting, self.words),
        )  # a file's title says what it is on
        peopled = leaders.is_among_people(above, self.words)
        told = leaders.is_told(text, self.words) or leaders.is_short_order(text, self.words)
        if peopled or leaders.is_dialogue(setting.near, self.words) or not told:
            return OPEN
        plural = setting.place is Place.HEADING and len(parts) > 1
        return (
            OPEN
            if plural and not leaders.is_order(parts[1], self.words)
            else for_leader(reason, False)
        )


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
        return for_key("it follows a question", False) if shown else OPEN
    if any(answers.is_filled_in(part, setting.text, words) for part in pieces.parts):
        return OPEN
    if not pieces.asks and setting.in_exercise and asked:
        heads = setting.place in (Place.HEADING, Place.BOLD_LINE)
        for part in pieces.parts:
            if (heads and answers.tells_answer(part, words)) or answers.is_expected(part, words):
                return for_key("it tells an answer", False)
    if setting.heads_key(answers.is_key(text, words)) and not answers.is_legend(
        setting.text, words
    ):
        return for_key(KEY, False)
    key = any(answers.is_key_of(part, one, words) for part in pieces.parts for one in inside)
    if pieces.asks or not (key or any(answers.is_answer(part, words) for part in tested)):
        either = setting.in_exercise and any(map(partial(answers.is_either, words=words), tested))
        return for_key("it may be an answer", False) if either and not pieces.asks else OPEN
    if any(answers.is_sure_answer(part, words) for part in tested):
        return for_key("it names an expected answer")
    if setting.place in (Place.FILE, Place.FOLDER):
        return for_key("its name is an answer's")
    if setting.place is Place.BRACKET:
        return for_key("it is an answer in brackets", setting.has_exercises)
    around = (*setting.parents[-1:], *setting.siblings, *pieces.parts)
    if not _is_of_problem(around, words):
        found = plain_answer(setting, words)
        several = found and answers.is_lettered(text, (*setting.near, *setting.siblings))
        return msgspec.structs.replace(found, sure=False, reason=SEVERAL) if several else found
    if not asked or any(words.matches("outcomes", folded(one)) for one in setting.siblings):
        return OPEN
    found = plain_answer(setting, words)
    return msgspec.structs.replace(found, sure=False) if found else OPEN


def _is_of_problem(around: tuple[str, ...], words: Words) -> bool:
    """Whether a solution is that of a problem told beside it."""
    return any(
        answers.is_problem(other, words) and not answers.is_answer(other, words) for other in around
    )


def plain_answer(setting: Setting, words: Words) -> Decision:
    """Return what a word for an answer alone makes of a text: it needs an exercise or a question."""
    if setting.in_exercise or (setting.has_exercises and setting.place is Place.HEADING):
        return for_key(
            "it is an answer's heading"
            if setting.place is Place.HEADING
            else "it is an answer's label"
        )
    faq = any(words.matches("faq", " ".join(folded(p).split())) for p in setting.parents)
    if setting.after_question and not faq:
        return for_key("it follows a question or a task", False)
    return OPEN


def _folded_answer(text: str, setting: Setting, words: Words) -> Decision:
    if setting.place is Place.NAME:
        letters = words.letters(text, "answer")
        return (
            for_key("its name is an answer's")
            if letters and answers.is_answer(text, words)
            else OPEN
        )
    parts = take_apart(text).parts
    if any(answers.is_expected(part, words) for part in parts):
        return for_key("it tells an answer", False)
    if setting.place in (Place.SUMMARY, Place.BOX) and answers.is_key(text, words):
        return for_key("it may be the key of what stands before it", False)
    alone = any(answers.is_answer(part, words) for part in parts)
    if not alone and not answers.holds_answer(text, words):
        return OPEN
    system = any(words.matches("systems", w) for w in split_words(text))
    if setting.place is Place.TAB and system and not setting.in_exercise:
        return OPEN
    sure = alone or setting.place is Place.SUMMARY
    return for_key("its title names an answer", sure and not text.rstrip().endswith("?"))
