"""Who may see the texts of a file: what the frames decide of each, and what is told of that."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from typing import Literal

import msgspec

from courseware.diagnostics import Diagnostic, Edit, Span, nearest
from courseware.language.frames import (
    OPEN,
    Decision,
    Frames,
    Place,
    Reader,
    Setting,
    name_words,
    with_umlauts,
)
from courseware.model.blocks import BoxKind

STATED = {
    "everyone": Reader.EVERYONE,
    "learners": Reader.EVERYONE,
    "facilitator": Reader.FACILITATOR,
}
"""Whom `{for=…}` may name."""
MOST_SHOWN = 60
"""Characters of a text that a finding quotes."""


def box_kind(found: Decision) -> BoxKind | Literal[""]:
    """Return the kind of a box that a decision makes: facilitator, answer or ""."""
    if not found:
        return ""
    return "answer" if found.reader is Reader.ANSWER else "facilitator"


class Readers:
    """Decides for one file, and remembers what was withheld by its words, by line."""

    def __init__(self, path: str, frames: Frames, audiences: Collection[str] = ()) -> None:
        """Take the file's path, the frames of its language, and whom the course's variants are for."""
        self.path, self.frames, self.audiences = path, frames, audiences
        self.has_exercises = False
        self.headings: set[int] = set()
        """Lines of headings that are decided of."""
        self.folds_hidden = True
        self.withheld: dict[tuple[int, str], Decision] = {}
        self.asides: dict[tuple[int, str], bool] = {}
        """Sentences that stand out from the text in brackets, in italics, behind a sign or as a quotation, and whether each is withheld."""
        self.near: set[tuple[int, str]] = set()
        """What names who leads and withholds nothing."""
        self.told: list[Diagnostic] = []

    def decide(self, text: str, line: int, setting: Setting, stated: str = "") -> Decision:
        """Return who may see what a text heads; `stated` is the value of its `{for=…}`."""
        if stated:
            return self.stated(stated, line)
        setting = msgspec.structs.replace(setting, has_exercises=self.has_exercises)
        found = self.frames.decide(text, setting)
        if found:
            self.withheld[line, text] = found
        elif self.frames.names_leader(text, setting.place):
            self.near.add((line, text))
        return found

    def is_leaders(self, words: str) -> bool:
        """Whether a label is plainly for who leads, however long: "Indicazioni per chi tiene il corso"."""
        found = self.frames.decide(words, Setting(Place.LABEL))
        return found.sure and found.reader is Reader.FACILITATOR

    def hides(self, label: str, text: str) -> bool:
        """Whether a label in brackets before a text is an answer's, or for who leads."""
        found = self.frames.decide(label, Setting(Place.BRACKET, text=text))
        return bool(found)

    def commented(self, text: str, line: int) -> Decision:
        """Return the decision that a line is withheld which begins as comments do elsewhere."""
        found = Decision(Reader.FACILITATOR, sure=False, reason="it begins as a comment does")
        self.withheld[line, text] = found
        return found

    def opened(self, text: str, line: int) -> Decision:
        """Return the decision that a text withholds nothing, though its words may say so."""
        self.withheld.pop((line, text), None)
        return OPEN

    def of_name(self, name: str, line: int, place: Place) -> Decision:
        """Return who may see what a summary, tab, box or tag is called."""
        bare = name.strip('"“” ')
        found = self.decide(bare, line, Setting(place)) if bare else OPEN
        written = bare
        if place is Place.NAME:
            written = self.frames.spelled_out(with_umlauts(bare))
        return found if found or written == bare else self.decide(written, line, Setting(place))

    def kind_named(self, names: Iterable[str], line: int) -> BoxKind | Literal[""]:
        """Return the kind of box that the first that hides of a tag's or a box's name and classes makes; "" for none."""
        kinds = (box_kind(self.of_name(name_words(name), line, Place.NAME)) for name in names)
        return next(filter(None, kinds), "")

    def of_file(self, path: str, titles: tuple[str, ...]) -> Reader:
        """Return who may see a file, by its title's words, its layout's, its own and its folders' names."""
        if any(map(self.frames.is_open, titles)):
            return Reader.EVERYONE
        *folders, name = PurePosixPath(path).with_suffix("").parts
        named = [(name_words(text), Place.FILE) for text in (*titles, name)]
        named += [(name_words(folder), Place.FOLDER) for folder in reversed(folders)]
        if self.frames.is_copy_of_leaders(name_words(name)):
            return Reader.FACILITATOR
        readers = (self.frames.decide(text, Setting(place)).reader for text, place in named if text)
        return next((r for r in readers if r is not Reader.EVERYONE), Reader.EVERYONE)

    def is_told_in(self, text: str) -> bool:
        """Whether a file's first lines say that it is for who leads as a whole."""
        return self.frames.says_for_leaders(text)

    def stated(self, value: str, line: int) -> Decision:
        """Return what `{for=…}` says; another value than there is withholds, and is told."""
        if self.groups(value):
            return OPEN
        if value not in STATED:
            message = f"for={value}: that is nobody here, so only the facilitator sees it"
            known = (*STATED, *sorted(self.audiences))
            hint = f"say {', '.join(f'for={word}' for word in known[:-1])} or for={known[-1]}"
            near = nearest(value, known)
            mend = (Edit(line, 1, f"for={value}", f"for={near}"),) if near else ()
            self.told.append(Diagnostic("C145", message, Span(self.path, line), hint, mend=mend))
        return Decision(STATED.get(value, Reader.FACILITATOR))

    def note_condition(self, kind: str, said: str, line: int) -> None:
        """Note what a condition withholds, to be told with what words do."""
        if kind == "facilitator":
            self.withheld[line, said] = Decision(Reader.FACILITATOR)

    def groups(self, value: str) -> tuple[str, ...]:
        """Return whom of the audiences of variants a `{for=…}` names; none unless all are known."""
        said = tuple(word.strip() for word in value.split(",") if word.strip())
        return said if said and all(word in self.audiences for word in said) else ()

    def findings(self) -> list[Diagnostic]:
        """Return one note on all that is withheld by its words, one warning on what is in doubt."""
        rows = sorted(self.withheld.items(), key=lambda row: row[0])
        sure = [(at, d) for at, d in rows if d.sure]
        doubt = [(at, d) for at, d in rows if not d.sure]
        found = list(self.told)
        if sure:
            message = f"not for learners, by their words: {_listed([at for at, _ in sure])}"
            found.append(Diagnostic("C140", message, Span(self.path, sure[0][0][0])))
        if doubt:
            (line, _), first = doubt[0]
            message = f"withheld in doubt: {_listed([at for at, _ in doubt])} ({first.reason})"
            hint = "write {for=everyone} at its end where learners may see it, {for=facilitator} where not"
            found.append(Diagnostic("C141", message, Span(self.path, line), hint))
        shown = sorted(at for at, hidden in self.asides.items() if not hidden)
        mixed = any(one.reader is Reader.FACILITATOR for one in self.withheld.values())
        if shown and mixed:
            message = f"beside what is withheld by its words, learners get {_listed(shown)}"
            hint = "write {for=facilitator} at its end where it is none of theirs"
            found.append(Diagnostic("C157", message, Span(self.path, shown[0][0]), hint))
        lines = {line for line, _ in self.withheld}
        near = sorted(at for at in self.near if at[0] not in lines)
        if near:
            message = f"these name who leads, and learners get what they head: {_listed(near)}"
            hint = "write {for=facilitator} at its end where it is none of theirs; where the course is about who leads, `leaders: subject` in course.yml"
            found.append(Diagnostic("C158", message, Span(self.path, near[0][0]), hint))
        return found


def _listed(places: list[tuple[int, str]]) -> str:
    return ", ".join(f'line {line} "{_short(text)}"' for line, text in places)


def _short(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
