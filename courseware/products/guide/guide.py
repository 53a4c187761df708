"""The facilitator's guide: the session at a glance, the run sheet, then segment by segment.

All of it comes from the session: its structure where its author says nothing to the facilitator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

from courseware.language.counting import count_words
from courseware.language.names import grouping_in
from courseware.language.printed import Printed
from courseware.model.blocks import (
    AnyNode,
    Block,
    Box,
    Code,
    Drawing,
    Exercise,
    Figure,
    Form,
    Group,
    Heading,
    Math,
    Paragraph,
    Parallel,
    Pictures,
    Space,
    Table,
    Text,
)
from courseware.model.inline import plain_text
from courseware.model.kinds import select_kinds
from courseware.model.session import Course, Session, for_learner, hidden
from courseware.model.times.estimate import asked
from courseware.model.times.planning import matrix, name_of
from courseware.model.times.segments import UNTIMED, WORK
from courseware.model.times.timing import Fallbacks, RunSheet, Segment, fallbacks, run_sheet
from courseware.model.walk import N, children, rebuild, texts, walk
from courseware.products.deck.cues import words_for
from courseware.products.guide.materials import Material, groups, materials, writes
from courseware.products.guide.scripts import guided

_TALKED = select_kinds(lambda kind: kind.talked)
_OWN = {"exercise": "how_exercise", "activity": "how_activity", "stretch": "how_optional"}
"""How a kind of segment is run where its author does not say."""
_WHEN: dict[str, Literal["before", "after"]] = {
    "before": "before", "beforehand": "before", "prepare": "before", "preparation": "before",
    "after": "after", "afterwards": "after",
}  # fmt: skip
"""The words that begin the title of what is done before or after a session."""


SHORT = 60
"""Words of a segment that is not cut by a page's end: some eight lines with its heading."""


COLUMN = 20
"""Words that are as high as a slide's number, title and words in a column beside them."""


WIDEST = 70
"""Letters of exercises' names, together, that stand beside each other as heads of columns."""


NOTES = (5, 10, 20)
"""Minutes from which a segment has a line for notes, a second, a third."""


_WIDE = (Code, Drawing, Exercise, Figure, Form, Math, Parallel, Pictures, Space, Table)
"""What takes the width of the page: a column beside would lie over it."""


class GuideStep(msgspec.Struct, frozen=True):
    """A segment as the guide tells it: `ids` are its blocks' names, for other products' pages.

    `first` are the facilitator's own blocks of a talk.
    `told` are all others; of a talk only what is asked and answered, and what is the facilitator's. `method` is how it is run, `teams`
    how many groups there are, `works` whether learners work on it by themselves. `following` comes
    next. What page 1 prints is not told again.
    """

    segment: Segment
    ids: tuple[str, ...]
    first: tuple[Block, ...]
    told: tuple[Block, ...]
    method: str
    teams: int | None = None
    works: bool = False
    following: Segment | None = None

    @property
    def notes(self) -> int:
        """The lines to write on: a segment of a few minutes leaves no time to."""
        return sum(self.segment.minutes >= least for least in NOTES)

    @property
    def talk(self) -> bool:
        """Whether somebody speaks and shows slides, and learners neither work nor talk it over."""
        other = ("facilitator", "answers", "break", "free", *_TALKED)
        return self.segment.timed and not self.works and self.segment.kind not in other

    @property
    def short(self) -> bool:
        """Whether it is a few lines, which stay on one page."""
        return self.words <= SHORT

    @property
    def words(self) -> int:
        """The words of what is told."""
        return sum(count_words(text.plain) for text in texts((*self.first, *self.told)))

    def holds(self, slides: int) -> bool:
        """Whether a column of its slides stands beside what is told: prose alone, as high as the column."""
        told = (*self.first, *self.told)
        return self.words >= COLUMN * slides and not any(isinstance(n, _WIDE) for n in walk(told))


class Aside(msgspec.Struct, frozen=True):
    """A facilitator's block that its title says to do before or after: its title and its id."""

    when: Literal["before", "after"]
    title: Text
    id: str


class Guide(msgspec.Struct, frozen=True):
    """What the layout prints: `purpose` and `objectives` are the learners' own words.

    `practisers` are the names of the exercises that there is time for, `practice` tells of each objective
    which of them practise it; both are empty where there is nothing to compare.
    `asides` are for the checklist, which says on which page they stand. `writes` is for a page that no other product's pages are
    known to: with them, the worksheet's map tells whether there is a worksheet.
    """

    sheet: RunSheet
    purpose: tuple[Block, ...]
    objectives: tuple[Block, ...]
    objectives_heading: Heading
    materials: tuple[Material, ...]
    steps: tuple[GuideStep, ...]
    rest: tuple[Block, ...]
    writes: bool
    prerequisites: tuple[str, ...]
    reading: bool
    collects: Text
    ahead: bool
    asides: tuple[Aside, ...] = ()
    fallbacks: Fallbacks = Fallbacks()
    practisers: tuple[str, ...] = ()
    practice: tuple[tuple[Text, tuple[bool, ...]], ...] = ()

    @property
    def has_marks(self) -> bool:
        """Whether `practice` is a table of marks: its heads fit above it, and are not more than its cells."""
        across, down = len(self.practisers), len(self.practice)
        return len("".join(self.practisers)) < WIDEST and across * down > across + down

    def timed(self) -> tuple[GuideStep, ...]:
        """Return the steps that take time in the room."""
        return tuple(step for step in self.steps if step.segment.timed)

    def step(self, name: str) -> GuideStep:
        """Return the step of a segment's id."""
        return next(step for step in self.steps if step.segment.id == name)

    def exercises(self) -> tuple[Segment, ...]:
        """Return the exercises, those inside other segments and those that fall out among them."""
        return tuple(s for s in _flat(self.sheet.segments) if s.kind == "exercise")

    def out(self) -> tuple[Segment, ...]:
        """Return what falls out of the plan."""
        return tuple(s for s in self.sheet.segments if s.out and s.timed)

    def work(self) -> Segment | None:
        """Return the first exercise or activity that takes place, inside another or not."""
        return next(
            (s for s in _flat(self.sheet.timed()) if s.kind in ("exercise", "activity")), None
        )

    def breaks(self) -> tuple[Segment, ...]:
        """Return the breaks; nights are none."""
        return tuple(s for s in _flat(self.sheet.timed()) if s.kind == "break" and not s.date)


def _flat(segments: tuple[Segment, ...]) -> list[Segment]:
    return [s for segment in segments for s in (segment, *_flat(segment.inside))]


def guide(course: Course, session: Session) -> Guide:
    """Return the guide of a session as the facilitator may see it, for the course's delivery.

    `session` has the blocks that a plan keeps; the run sheet is that of the course's session.
    """
    words = words_for(course, session)
    whole = next((s for s in course.sessions if s.path == session.path), session)
    sheet = run_sheet(whole, course.delivery)
    kinds = {section.kind: section for section in session.sections}
    goals = kinds.get("objectives") or kinds.get("guiding")
    aims = tuple(b for b in goals.blocks if not hidden(b)) if goals else ()
    return Guide(
        sheet=sheet,
        purpose=_purpose(session, words),
        objectives=_copied(aims, words),
        objectives_heading=goals.heading if goals else Heading(),
        materials=materials(session, sheet),
        steps=_steps(sheet, frozenset(b.id for b in aims), words, course.guide),
        rest=() if sheet.segments else guided(session.sections, words),
        writes=writes(for_learner(session)),
        prerequisites=session.prerequisites,
        reading="reading" in kinds,
        collects=kinds["deliverable"].heading.title if "deliverable" in kinds else Text(),
        ahead="next" in kinds,
        asides=_asides(session),
        fallbacks=fallbacks(whole, course.delivery),
        **_practice(whole, sheet),
    )


def _practice(session: Session, sheet: RunSheet) -> dict[str, Any]:
    """Return the names of the exercises that take place, and which of them practise an objective."""
    found = matrix(session)
    there = {s.id for s in _flat(sheet.timed())}
    work = [piece for piece in found.work if piece.id in there]
    goals = tuple(
        (plain_text(goal.words), tuple(p.id in goal.by for p in work)) for goal in found.goals
    )
    if not any(any(marks) for _, marks in goals):
        return {}
    return {"practisers": tuple(map(name_of, work)), "practice": goals}


def _asides(session: Session) -> tuple[Aside, ...]:
    """Return the facilitator's blocks whose titles say when, if not in the session itself."""
    found: list[Aside] = []
    for node in session.nodes():
        heading: Heading | None = getattr(node, "heading", None)
        first = heading.title.plain.split()[:1] if heading is not None and hidden(node) else []
        when = _WHEN.get(first[0].lower().rstrip(":,")) if first else None
        if heading is not None and when is not None:
            found.append(Aside(when, heading.title, node.id))
    return tuple(found)


def _purpose(session: Session, words: Printed) -> tuple[Block, ...]:
    """Return the introduction's first paragraph, which says what the session is for.

    One that leads to a list says nothing without it. A file for the facilitator is printed whole.
    """
    if session.role != "session":
        return ()
    first = next((s for s in session.sections if s.kind not in ("objectives", "guiding")), None)
    if first is None or first.kind != "introduction":
        return ()
    said = [b for b in first.blocks if isinstance(b, Paragraph) and not hidden(b)]
    return _copied([b for b in said[:1] if not b.text.plain.rstrip().endswith(":")], words)


def _copied(blocks: Iterable[Block], words: Printed) -> tuple[Block, ...]:
    """Return blocks as page 1 prints them, under other names than where they stand."""

    def renamed(node: N) -> N:
        copy: N = rebuild(msgspec.structs.replace(node, id=f"glance-{node.id}"), renamed)
        return copy

    return tuple(renamed(block) for block in guided(blocks, words))


def _steps(
    sheet: RunSheet, glance: frozenset[str], words: Printed, how: Literal["brief", "full"]
) -> tuple[GuideStep, ...]:
    """Return the segments as they are told; `glance` are the ids of what page 1 prints."""
    shown = [s for s in sheet.segments if not s.out and (s.timed or _kept(s))]
    found: list[GuideStep] = []
    for at, segment in enumerate(shown):
        after = next((s for s in shown[at + 1 :] if s.timed), None)
        step = _without(_step(segment, sheet, after, words), glance)
        if how == "brief" and step.talk:
            step = msgspec.structs.replace(step, told=_brief(step.told))
        found.append(step)
    return tuple(found)


def _brief(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return of a talk's blocks what is not on its slides: exercises, questions, answers, what is the facilitator's."""

    def keep(node: N) -> N | None:
        if (
            isinstance(node, Exercise)
            or hidden(node)
            or node.products
            or node.except_products
            or getattr(node, "asks", False)
        ):
            return node
        if isinstance(node, Table):
            return node if any(hidden(inside) for inside in walk([node])) else None
        inside = rebuild(node, keep)
        if isinstance(inside, Parallel):
            inside = Group(span=inside.span, id=inside.id, blocks=inside.siblings)
        return inside if any(True for _ in children(inside)) else None

    return tuple(kept for kept in map(keep, blocks) if kept is not None)


def _without(step: GuideStep, glance: frozenset[str]) -> GuideStep:
    """Return a step less the blocks that page 1 prints."""
    told = tuple(b for b in step.told if b.id not in glance)
    return msgspec.structs.replace(step, told=told)


def _kept(segment: Segment) -> bool:
    """Whether what takes no time has something for the facilitator, or is work all the same."""
    own = segment.kind in ("facilitator", "answers")
    if own or segment.kind not in UNTIMED:
        return bool(segment.blocks)
    return any(hidden(node) for node in walk(segment.blocks))


def _step(segment: Segment, sheet: RunSheet, after: Segment | None, words: Printed) -> GuideStep:
    blocks = guided(segment.blocks, words)
    whole = segment.kind in ("facilitator", "answers")
    works = segment.kind in WORK
    first = tuple(b for b in blocks if isinstance(b, Box) and hidden(b) and not whole and not works)
    told = tuple(b for b in blocks if b not in first)
    if segment.kind in UNTIMED and not whole:
        told = tuple(b for b in told if any(hidden(n) for n in walk([b])))
    return GuideStep(
        segment=segment,
        ids=tuple(dict.fromkeys([segment.id, *_names(segment.blocks)])),
        first=first,
        told=told,
        method=_method(segment, words),
        teams=groups(segment, sheet.delivery.group, words.tongue),
        works=works,
        following=after,
    )


def _names(nodes: Iterable[AnyNode]) -> Iterator[str]:
    """Yield the ids of what is worked on where it stands: worksheets have hints at their end."""
    for node in nodes:
        hint = getattr(node, "kind", "") == "hint" or getattr(node, "role", "") == "hint"
        if not hint:
            yield from [node.id] if node.id else []
            yield from _names(children(node))


def _method(segment: Segment, words: Printed) -> str:
    """Return how a segment is run: its grouping, else what its kind implies."""
    if segment.heading.group:
        said = grouping_in(segment.heading.group, words.language)
        return said[:1].upper() + said[1:]
    if segment.kind in ("break", "free"):
        return ""
    if segment.kind in _OWN:
        return words(_OWN[segment.kind])
    if segment.kind in _TALKED:
        return words("how_discussion")
    inside = [part for part in segment.inside if part.kind in ("exercise", "activity")]
    if inside:
        return words(f"how_talk_{inside[0].kind}")
    cued = any(
        isinstance(n, Box) and n.kind == "cue ask" for n in walk(guided(segment.blocks, words))
    )
    return words("how_talk_questions" if cued or asked(segment.blocks) else "how_talk")
