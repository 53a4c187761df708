"""Headings to sections, topics and exercises; levels are normalised by what is open above."""

from __future__ import annotations

from typing import cast

import msgspec

from courseware.diagnostics import Span
from courseware.language.durations import is_break
from courseware.language.frames import Reader
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.model.blocks import (
    Audience,
    Block,
    Box,
    Break,
    Exercise,
    Heading,
    List,
    Paragraph,
    Part,
    Rule,
    Section,
    SectionKind,
    Text,
    Topic,
)
from courseware.model.cutting import asks
from courseware.model.kinds import find_kind, select_kinds
from courseware.model.walk import grouped, texts, walk
from courseware.reading.readers import Readers
from courseware.reading.structure.bold import Raw, RawParagraph, structured
from courseware.reading.structure.branches import Branch, Branches
from courseware.reading.structure.headings import (
    RawHeading,
    case_heading,
    heading_of,
    with_own_number,
)
from courseware.reading.structure.tasks.exercises import Recogniser
from courseware.reading.structure.tasks.gaps import TASKS, with_gaps
from courseware.reading.structure.tasks.small_tasks import with_small_tasks
from courseware.reading.structure.times.agendas import with_times
from courseware.reading.structure.times.plans import (
    CLOCK,
    is_plan,
    is_timed,
    names_parts,
    with_agenda,
)
from courseware.reading.structure.times.time_phrases import with_stated_times
from courseware.reading.structure.withholding import Withholding

replace = msgspec.structs.replace
_TEACHING = select_kinds(lambda kind: kind.teaches)
_UNTIMED = {"agenda", "exercises", "questions", "deliverable", "facilitator", "answers"}
"""Kinds of sections in which a bold line "Agenda" heads no agenda of the session."""


class Outline:
    """Turns a heading tree into sections."""

    def __init__(self, path: str, words: Vocabulary, readers: Readers) -> None:
        """Take the file's path, its vocabulary, and who decides what learners may see."""
        self.path, self.words, self.readers = path, words, readers
        self.recogniser = Recogniser(words)
        self.withholding = Withholding(readers, self.recogniser)
        self.branches = Branches(words, readers, self.recogniser, self.withholding.deciding)
        self.headings: dict[int, Heading] = {}
        self.title = ""
        self.names: frozenset[str] = frozenset()

    def sections(self, before: list[Raw], top: list[Branch]) -> list[Section]:
        """Return the sections of a session, boxes of a section's kind at an edge among them."""
        result: list[Section] = []
        self.readers.has_exercises = self._has_tasks(before, top)
        self.names = frozenset(key_of(self._heading(b).name) for b in top)
        self.branches.decide(top, (self.title,) if self.title else ())
        own = with_agenda(structured(before, self.words), self.words)
        planned = self.words.of("times_only").intersection(map(key_of, self.title.split(":")))
        timed = is_timed(own[-1:], self.words.tongue) or (
            planned and is_plan(own[-1:], self.words.tongue)
        )
        last = len(own) - bool(own and timed)
        for blocks, kind in ((own[:last], "introduction"), (own[last:], "agenda")):
            if blocks:
                section = Section(span=blocks[0].span, kind=cast(SectionKind, kind), blocks=blocks)
                result.extend(self._lifted(section))
        for branch in top:
            result.extend(self._lifted(self.section(branch)))
        above = (self.title,) if self.title else ()
        result = [self.withholding.section(s, above) for s in result]
        taught = [i for i, s in enumerate(result) if s.kind in _TEACHING]
        told = [i for i in taught if not find_kind(result[i].kind).opens] or taught[-1:]
        found = [
            self._recognised(s, i < next(iter(told if s.boxed else taught), 0))
            for i, s in enumerate(result)
        ]
        whole = [
            replace(s, blocks=with_gaps(lifted_breaks(s.blocks), s.kind in TASKS)) for s in found
        ]
        return [with_small_tasks(s, self.words) for s in whole]

    def whole_exercise(self, heading: Heading, before: list[Raw], top: list[Branch]) -> Section:
        """Return the one section of a file whose title names an exercise."""
        self.readers.has_exercises = True
        self.branches.decide(top, (self.title,))
        own = structured(before, self.words)
        inside = (*own, *(self.inner(b, in_exercise=True) for b in top))
        span = Span(self.path)
        exercise = Exercise(span=span, heading=heading, number=heading.number,
                            time=heading.time, blocks=inside)  # fmt: skip
        whole = Section(span=span, kind="exercises", blocks=(exercise,))
        whole = self.withholding.section(whole, ())
        return replace(whole, blocks=with_gaps(self._exercises_in(whole.blocks), task=True))

    # -- who may see what a heading heads ------------------------------------------

    def _has_tasks(self, before: list[Raw], top: list[Branch]) -> bool:
        """Whether a file has exercises or questions, under a heading or in a box."""
        boxed = (Exercise, Section)
        if any(isinstance(b, boxed) for b in before):
            return True
        return any(
            self.begins(heading := self._heading(b))
            or self.words.section_kind(heading.name) in ("exercises", "questions")
            or self._case(b)
            or self._has_tasks(b.own, b.below)
            for b in top
        )

    # -- sections -----------------------------------------------------------------

    def section(self, branch: Branch) -> Section:
        """Return a top heading's section."""
        heading = self._heading(branch)
        kind = self._kind(branch, heading)
        span = Span(self.path, branch.raw.line)
        identity = branch.raw.attributes.get("id", "")
        if self._is_exercise(branch, heading, kind):
            found = self._exercise(branch, heading)
            return Section(span=span, kind="exercises", blocks=(found,))
        own = structured(branch.own, self.words, title=branch.raw.text.plain)
        own = own if kind in _UNTIMED else with_agenda(own, self.words)
        inside = self._children(branch, kind)
        if kind == "answers":  # what it heads answers exercises, it is none
            inside = [self.inner(b, in_exercise=True) for b in branch.below]
        audience = find_kind(kind).audience
        return Section(span=span, kind=kind, heading=heading, id=identity, audience=audience,
                       blocks=grouped((*own, *inside)))  # fmt: skip

    def _heading(self, branch: Branch) -> Heading:
        if id(branch) not in self.headings:
            raw = branch.raw
            self.headings[id(branch)] = heading_of(raw.text, self.words, raw.attributes, raw.level)
        return self.headings[id(branch)]

    def _kind(self, branch: Branch, heading: Heading) -> SectionKind:
        if (reader := self.branches.reader(branch)) is not Reader.EVERYONE:
            return "answers" if reader is Reader.ANSWER else "facilitator"
        kind = cast(SectionKind, self.words.section_kind(heading.name))
        key = key_of(heading.name)
        if kind == "concept" and key in self.words.of("assignment"):
            steps = any(isinstance(b, List) and b.ordered for b in branch.own)
            return "exercises" if branch.below or steps else "deliverable"
        if kind == "concept" and key in self.words.of("times_only"):
            said = [b.text for b in branch.own if isinstance(b, RawParagraph)]
            said += texts(b for b in branch.own if not isinstance(b, RawParagraph | RawHeading))
            shown = " ".join(text.plain for text in said)
            timed = CLOCK.search(shown) or is_plan(branch.own, self.words.tongue)
            return "agenda" if timed else "concept"
        if kind == "concept" and key in self.words.of("discussion_points"):
            said = [b.text for b in branch.own if isinstance(b, RawParagraph)]
            inside = walk(b for b in branch.own if not isinstance(b, RawParagraph | RawHeading))
            said += [n.text for n in inside if isinstance(n, Paragraph)]
            return (
                "discussion"
                if any(asks(text.plain, self.words.tongue) for text in said)
                else "answers"
            )
        if (
            kind == "concept"
            and not branch.below
            and (
                is_timed(branch.own, self.words.tongue)
                or names_parts(branch.own, self.names, self.words.tongue)
            )
        ):
            return "agenda"
        return kind

    def has_exercises(self, before: list[Raw], top: list[Branch]) -> bool:
        """Whether exercises stand in a file, under headings of their own or in boxes."""
        return any(isinstance(b, Exercise) for b in before) or any(
            self.begins(self._heading(b))
            or self.words.section_kind(self._heading(b).name) == "exercises"
            or self._has_exercises(b)
            for b in top
        )

    def is_whole_session(self, top: list[Branch]) -> bool:
        """Whether an agenda or a break stands in a file, whatever its title calls it: "Workshop 2"."""
        return any(
            self._is_break(b) or self._kind(b, self._heading(b)) == "agenda" or self.is_whole_session(b.below)
            for b in top
        )  # fmt: skip

    def begins(self, heading: Heading) -> bool:
        """Whether a heading names one exercise: it begins with the word, or ends in it."""
        if heading.label and self.words.exercise_start.match(heading.label):
            return True
        return self.words.exercise_end.match(heading.name) is not None

    def _case(self, branch: Branch) -> Heading | None:
        """Return the heading of an exercise that is a case study or a problem: with a number and minutes, or one and a task."""
        found = case_heading(self._heading(branch), self.words)
        if found is None or (found.number and found.time):
            return found
        task = self.branches.is_task(branch.own) or any(
            map(self.branches.ends_as_task, branch.below)
        )
        return found if task else None

    def _has_exercises(self, branch: Branch) -> bool:
        """Whether exercises stand below a heading; cases below an exercise are its parts."""
        parts = self.begins(self._heading(branch))
        return any(
            self.branches.reader(b) is Reader.EVERYONE
            and (
                self.begins(self._heading(b))
                or (not parts and self._case(b) is not None)
                or self._has_exercises(b)
            )
            for b in branch.below
        )

    def _is_exercise(self, branch: Branch, heading: Heading, kind: SectionKind) -> bool:
        if find_kind(kind).audience == "facilitator" or self._has_exercises(branch):
            return False
        boxed = any(isinstance(b, Exercise) for b in branch.own)
        if self.begins(heading) or self._case(branch):
            return not boxed
        if kind != "exercises":
            return False
        others = [
            b
            for b in branch.below
            if self._kind(b, self._heading(b)) == "concept" and not self._is_break(b)
        ]
        whole = [b for b in others if key_of(self._heading(b).name) not in self.words.of("whole")]
        return not whole and not boxed

    def _children(self, branch: Branch, kind: SectionKind) -> list[Block]:
        result: list[Block] = []
        for below in branch.below:
            heading = self._heading(below)
            own_kind = self._kind(below, heading)
            last = result[-1] if result else None
            belongs = own_kind == "answers" or (
                own_kind in ("discussion", "checklist") and not self.begins(heading)
            )
            if isinstance(last, Exercise) and belongs:
                inner = self.inner(below, in_exercise=True)
                result[-1] = replace(last, blocks=(*last.blocks, inner))
            elif self._is_exercise(below, heading, own_kind) or (
                kind == "exercises" and own_kind == "concept"
                and not self._has_exercises(below) and not self._is_break(below)
            ):  # fmt: skip
                result.append(self._exercise(below, heading))
            else:
                result.append(self.inner(below, kind == "questions"))
        return result

    def _is_break(self, branch: Branch) -> bool:
        """Whether a heading is a break's, and what it heads asks nothing."""
        title = self._heading(branch).title.plain
        return is_break(title, self.words.tongue) and not self.branches.asks(branch)

    def _exercise(self, branch: Branch, heading: Heading) -> Exercise:
        heading = with_own_number(self._case(branch) or heading)
        own = structured(branch.own, self.words, title=branch.raw.text.plain)
        inside = tuple(self.inner(b, in_exercise=True) for b in branch.below)
        counted = any(map(str.isalpha, heading.label)) or "." in heading.number
        return Exercise(
            span=Span(self.path, branch.raw.line),
            id=branch.raw.attributes.get("id", ""),
            heading=heading,
            number=heading.number if counted else "",
            time=heading.time,
            blocks=grouped((*own, *inside)),
        )

    def inner(self, branch: Branch, in_exercise: bool) -> Block:
        """Return a heading below a section's: a topic, or what it is to an exercise."""
        heading = self._heading(branch)
        kind = self._kind(branch, heading)
        span = Span(self.path, branch.raw.line)
        own = structured(branch.own, self.words, title=branch.raw.text.plain)
        blocks = (*own, *self._below(branch, in_exercise))
        if kind == "answers":
            return Box(span=span, kind="answer", heading=heading, blocks=blocks)
        if in_exercise and key_of(heading.name) in self.words.of("hints"):
            return Box(span=span, kind="hint", heading=heading, blocks=blocks,
                       products=find_kind("hint").products)  # fmt: skip
        audience: Audience = "facilitator" if kind == "facilitator" else "everyone"
        return Topic(span=span, id=branch.raw.attributes.get("id", ""), heading=heading,
                     audience=audience, blocks=grouped(blocks))  # fmt: skip

    def _below(self, branch: Branch, in_exercise: bool) -> list[Block]:
        if in_exercise:
            return [self.inner(b, True) for b in branch.below]
        return self._children(branch, "concept")

    # -- after the tree ------------------------------------------------------------

    def _lifted(self, section: Section) -> list[Section]:
        """Take boxes of a section's kind at a section's edges out, as sections of their own."""
        blocks = list(section.blocks)
        before: list[Section] = []
        after: list[Section] = []
        if not section.heading.name:
            while blocks and isinstance(blocks[0], Section | Rule):
                first = blocks.pop(0)
                if isinstance(first, Section):
                    before.append(first)
        while blocks and isinstance(blocks[-1], Section):
            after.insert(0, cast(Section, blocks.pop()))
        kept = [replace(section, blocks=tuple(blocks))] if blocks or section.heading.name else []
        return [*before, *kept, *after]

    def _recognised(self, section: Section, before_teaching: bool) -> Section:
        kind = section.kind
        if kind == "questions" and before_teaching:
            kind = "guiding"
        if kind == "questions":
            blocks = self.recogniser.questions(section.blocks)
        elif kind == "deliverable":
            blocks = self.recogniser.deliverable(section.blocks)
        elif kind == "agenda":
            blocks = with_times(section.blocks, self.words.tongue)
        else:
            blocks = self._exercises_in(section.blocks)
        target = _target(blocks) if kind == "next" else ""
        section = replace(section, kind=kind, blocks=blocks, target=target)
        return with_stated_times(section, self.words)

    def _exercises_in(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        result: list[Block] = []
        for block in blocks:
            last = result[-1] if result else None
            if isinstance(block, Exercise):
                result.append(self.recogniser.exercise(block))
            elif isinstance(last, Exercise) and isinstance(block, Box) and block.kind == "answer":
                result[-1] = replace(last, blocks=(*last.blocks, block))
            elif isinstance(block, Section):
                result.append(self._recognised(block, before_teaching=False))
            else:
                inside = getattr(block, "blocks", ())
                result.append(
                    replace(block, blocks=self._exercises_in(inside)) if inside else block
                )
        return tuple(result)


def lifted_breaks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put the breaks that end an exercise, a topic or a part after it, where they take place."""
    result: list[Block] = []
    for block in blocks:
        if not isinstance(block, Exercise | Topic | Part):
            result.append(block)
            continue
        inside = list(lifted_breaks(block.blocks))
        after: list[Block] = []
        while inside and isinstance(inside[-1], Break | Rule):
            after.insert(0, inside.pop())
        if any(isinstance(b, Break) for b in after):
            result += [replace(block, blocks=tuple(inside)), *after]
        else:
            result.append(replace(block, blocks=(*inside, *after)))
    return tuple(result)


def _target(blocks: tuple[Block, ...]) -> str:
    for block in blocks:
        for text in (getattr(block, "text", None), getattr(block, "value", None)):
            if isinstance(text, Text) and text.links:
                return text.links[0].target
        found = _target(tuple(getattr(block, "blocks", ()) or getattr(block, "items", ())))
        if found:
            return found
    return ""
