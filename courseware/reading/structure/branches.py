"""Headings as a tree: what each asks, and who may see what it heads."""

from __future__ import annotations

import msgspec

from courseware.language.frames import Decision, Place, Reader, Setting
from courseware.language.frames.answers import is_challenge
from courseware.language.vocabulary import Vocabulary, key_of, split_emoji
from courseware.model.blocks import Code, Form, List
from courseware.model.cutting import asks, ends_asking
from courseware.model.walk import texts
from courseware.reading.readers import Readers
from courseware.reading.structure.bold import Raw, RawParagraph
from courseware.reading.structure.headings import RawHeading
from courseware.reading.structure.lead_ins import tells_to_do
from courseware.reading.structure.tasks.exercises import Recogniser
from courseware.reading.structure.withholding.deciding import Deciding
from courseware.reading.structure.withholding.own_titles import defines, is_learners

MOST_SIBLINGS = 30
"""Headings before and behind one that are looked at for what it is."""


class Branch(msgspec.Struct):
    """A heading with its own raw blocks and the headings below it."""

    raw: RawHeading
    own: list[Raw]
    below: list[Branch]


def branches(blocks: list[Raw]) -> tuple[list[Raw], list[Branch]]:
    """Return what stands before the first heading, and the headings as a tree."""
    before: list[Raw] = []
    top: list[Branch] = []
    opened: list[Branch] = []
    for block in blocks:
        if not isinstance(block, RawHeading):
            (opened[-1].own if opened else before).append(block)
            continue
        while opened and opened[-1].raw.level >= block.level:
            opened.pop()
        branch = Branch(block, [], [])
        (opened[-1].below if opened else top).append(branch)
        opened.append(branch)
    return before, top


class Branches:
    """The headings of one file, each decided of once."""

    def __init__(
        self, words: Vocabulary, readers: Readers, recogniser: Recogniser, deciding: Deciding
    ) -> None:
        """Take the file's vocabulary, who decides what learners may see, and what tells tasks and answers."""
        self.words, self.readers = words, readers
        self.recogniser, self.deciding = recogniser, deciding
        self.decided: dict[int, Decision] = {}

    def decide(
        self, top: list[Branch], parents: tuple[str, ...], asked: bool = False, task: bool = False
    ) -> None:
        """Decide of each heading who may see what it heads; what stands above the first may ask, or be a task."""
        titles = [branch.raw.text.plain for branch in top]
        before, ever = asked, asked or task or len(parents) > 1
        for at, branch in enumerate(top):
            setting = Setting(
                Place.HEADING,
                in_exercise=any(map(self.asks_by_name, parents[-1:])),
                asked=before,
                after_question=task,
                text=self.text(branch.own[:1]),
                siblings=(
                    *titles[max(at - MOST_SIBLINGS, 0) : at],
                    *titles[at + 1 : at + MOST_SIBLINGS],
                ),
                parents=parents,
            )
            stated = branch.raw.attributes.get("for", "")
            found = self.readers.decide(titles[at], branch.raw.line, setting, stated)
            taught = found.reader is Reader.ANSWER and not (ever or setting.in_exercise)
            defined = taught and defines(titles[at], branch.own, self.words)
            if defined or is_learners(titles[at], branch.own, found, self.words, self.deciding):
                found = self.readers.opened(titles[at], branch.raw.line)
            self.decided[id(branch)] = found
            self.readers.headings.add(branch.raw.line)
            before = self.asks_by_name(titles[at]) or self.asks(branch)
            own = self.is_task(branch.own)
            if not found:
                self.decide(branch.below, (*parents, titles[at]), before, own)
            hint = key_of(titles[at]) in self.words.of("hints")
            task = self.ends_as_task(branch) or (task and (hint or bool(found)))
            ever = ever or before or task

    def text(self, blocks: list[Raw]) -> str:
        """Return the words of blocks."""
        return " ".join(
            b.text.plain if isinstance(b, RawParagraph) else " ".join(t.plain for t in texts([b]))
            for b in blocks
            if not isinstance(b, RawHeading)
        )

    def asks(self, branch: Branch) -> bool:
        """Whether what stands right under a heading asks or commands something, or is in steps."""
        own = [b for b in branch.own if not isinstance(b, Code | Form)]
        steps = any(isinstance(b, List) and b.ordered for b in own)
        said = (self.text([b]) for b in own)
        return (
            steps
            or len(own) < len(branch.own)
            or any(asks(t, self.words.tongue) or self.recogniser.commands(t) for t in said)
        )

    def is_task(self, blocks: list[Raw]) -> bool:
        """Whether a text of some blocks asks something or tells to do something."""
        said = (self.text([b]) for b in blocks if not isinstance(b, Code | Form))
        return any(asks(text, self.words.tongue) or tells_to_do(text, self.words) for text in said)

    def ends_as_task(self, branch: Branch) -> bool:
        """Whether what stands last under a heading is a task, or the heading asks or names one."""
        if branch.below:
            return self.ends_as_task(branch.below[-1])
        title = branch.raw.text.plain
        return (
            ends_asking(title, self.words.tongue)
            or self.asks_by_name(title)
            or self.is_task(branch.own)
        )

    def asks_by_name(self, title: str) -> bool:
        """Whether a heading names an exercise; "Challenge" may name a problem, too."""
        words = self.words.frames.words
        if any(is_challenge(title, each) for each in words):
            return False
        start = self.words.exercise_start.match(split_emoji(title)[1])
        return bool(start) or self.words.section_kind(title) in ("exercises", "questions")

    def reader(self, branch: Branch) -> Reader:
        """Return who may see what a heading heads; it has been decided."""
        found = self.decided.get(id(branch))
        return found.reader if found else Reader.EVERYONE
