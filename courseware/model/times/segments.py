"""A session cut into what follows one another in the room, in source order.

A segment is a section, or, where a section holds exercises, activities, breaks or blocks that
state times, each of these and what stands between them. A block that states a time is one segment
with all that is in it: a parent's time is never added to its children's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from courseware.language.catalogue import Tongue
from courseware.language.durations import is_break
from courseware.model.blocks import (
    AnyNode,
    Block,
    Box,
    Break,
    Exercise,
    Heading,
    Parallel,
    Part,
    Rule,
    Section,
    Time,
    Topic,
)
from courseware.model.inline import plain_text
from courseware.model.kinds import find_kind, select_kinds
from courseware.model.session import Session, hidden, named_in_course, once
from courseware.model.times import estimate
from courseware.model.times.delivery import Appointment, Delivery
from courseware.model.walk import children, ungrouped, walk

replace = msgspec.structs.replace
UNTIMED = select_kinds(lambda kind: kind.timing == "none")
"""Kinds of sections that take no time in the room: read before or after, or for one's own use."""
LAST_BREAK = "break-at-the-end"
"""The id of a break that front matter states: no block has it."""
WORK = select_kinds(lambda kind: kind.timing in ("work", "spare"))


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a session: `time` where it is stated, else `estimate` in minutes.

    `timed` is False for what takes no time in the room; `optional` is the first to go; `inside`
    are the pieces with times of their own that a stated time contains; `opened` are the ids of those
    that stand as pieces of their own after it.
    """

    id: str
    heading: Heading
    kind: str
    blocks: tuple[Block, ...] = ()
    time: Time | None = None
    estimate: int = 0
    timed: bool = True
    optional: bool = False
    inside: tuple[Piece, ...] = ()
    opened: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """The minutes planned at first: a stated range's high end, or the estimate."""
        return self.time.high if self.time is not None else self.estimate


def in_course(delivery: Delivery, name: str) -> Delivery:
    """Return a session's delivery for a session whose ids are unique in the course; `name` is its file name."""
    if not isinstance(delivery, Appointment):
        return delivery
    pauses = tuple(
        p if p.before == LAST_BREAK else replace(p, before=named_in_course(name, p.before))
        for p in delivery.pauses
    )
    return replace(delivery, pauses=pauses)


def time_of(node: AnyNode) -> Time | None:
    """Return the time that a node states of itself, in its heading, its first lines or its row."""
    time: Time | None = getattr(node, "time", None)
    heading: Heading | None = getattr(node, "heading", None)
    if isinstance(node, Break):
        return Time(node.minutes, node.minutes)
    return time or (heading.time if heading is not None else None)


@once
def pieces(session: Session) -> tuple[Piece, ...]:
    """Return the pieces of a session in source order, a break of its front matter last."""
    cut = (piece for section in session.sections for piece in _section(section))
    found = [_told_breaks(piece, session.tongue) for piece in cut]
    rest = dict(session.minutes).get("break", 0)
    if rest:
        time = Time(rest, rest)
        found.append(Piece(id=LAST_BREAK, heading=Heading(), kind="break", time=time))
    return tuple(found)


def _told_breaks(piece: Piece, tongue: Tongue) -> Piece:
    """Return a piece as a break where it states a time and is called so; those inside likewise."""
    paused = piece.time is not None and piece.kind not in (*WORK, "exercise")
    kind = "break" if paused and is_break(piece.heading.title.plain, tongue) else piece.kind
    inside = tuple(_told_breaks(one, tongue) for one in piece.inside)
    return replace(piece, kind=kind, inside=inside)


def _section(section: Section) -> Iterator[Piece]:
    own, breaks = without_last_breaks(section.blocks)
    section = replace(section, blocks=own)
    if hidden(section) or (section.kind in UNTIMED and not _holds_work(section)):
        yield Piece(id=section.id, heading=section.heading, kind=section.kind, timed=False,
                    blocks=own)  # fmt: skip
    elif section.heading.time is not None:
        yield _stated(section, section.kind)
    else:
        yield from _Cutter(section, section.kind).cut()
    yield from map(_break, breaks)


def gathered(section: Section) -> Piece:
    """Return a section as one piece, as if its heading stated a time: what has times of its own is inside."""
    own, _ = without_last_breaks(section.blocks)
    return _stated(replace(section, blocks=own), section.kind)


def without_last_breaks(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], list[Break]]:
    """Split the breaks off that end `blocks`, those inside their last block among them."""
    kept = list(blocks)
    found: list[Break] = []
    while kept and isinstance(kept[-1], Break | Rule):
        last = kept.pop()
        if isinstance(last, Break):
            found.insert(0, last)
    if kept and isinstance(kept[-1], Topic | Part | Exercise) and not hidden(kept[-1]):
        inner, more = without_last_breaks(kept[-1].blocks)
        if more:
            kept[-1] = replace(kept[-1], blocks=inner)
            found = more + found
    return (tuple(kept), found) if found else (blocks, [])


def _break(node: Break) -> Piece:
    title = plain_text(node.title)
    return Piece(id=node.id, heading=Heading(title=title), kind="break", time=time_of(node))


def _stated(node: Any, kind: str) -> Piece:
    inside = tuple(piece for child in node.blocks for piece in _within(child))
    return Piece(id=node.id, heading=node.heading, kind=kind, blocks=node.blocks,
                 time=time_of(node), inside=inside)  # fmt: skip


def _within(node: AnyNode) -> Iterator[Piece]:
    """Yield the pieces in a block whose parent states a time: exercises, breaks, stated times."""
    if hidden(node) or (_optional(node) and time_of(node) is None):
        return
    if isinstance(node, Break):
        yield _break(node)
    elif isinstance(node, Exercise) or _activity(node):
        yield _work(node)
    elif isinstance(node, Topic | Part | Section) and time_of(node) is not None:
        yield _stated(node, type(node).__name__.lower())
    else:
        for child in children(node):
            yield from _within(child)


def _activity(node: AnyNode) -> bool:
    return isinstance(node, Box) and node.kind in WORK


def _holds_work(section: Section) -> bool:
    """Whether a section that takes no time itself holds what does: a setup whose steps are tasks."""
    return section.kind != "agenda" and any(
        (isinstance(node, Exercise) or _activity(node)) and not _optional(node)
        for node in _seen(section.blocks)
    )


def _optional(node: AnyNode) -> bool:
    return isinstance(node, Box) and find_kind(node.kind).timing == "spare"


def _work(node: Any) -> Piece:
    kind = "exercise" if isinstance(node, Exercise) else node.kind
    parts = tuple(piece for child in node.blocks for piece in _within(child))
    minutes = estimate.working(node.blocks, bool(node.heading.group))
    stated = sum(p.time.high for p in parts if p.time is not None)
    return Piece(id=node.id, heading=node.heading, kind=kind, blocks=node.blocks,
                 time=time_of(node), estimate=max(minutes, stated), optional=_optional(node),
                 inside=parts)  # fmt: skip


class _Cutter:
    """Cuts a block without a stated time at what has to be told apart in it."""

    def __init__(self, owner: Section | Topic | Part, kind: str) -> None:
        """Take the block, and what its own text counts as."""
        self.owner, self.kind = owner, kind
        self.run: list[Block] = []
        self.found: list[Piece] = []

    def cut(self) -> list[Piece]:
        """Return the block's pieces; one that holds nothing to tell apart is one piece."""
        if not any(map(_parts_off, ungrouped(self.owner.blocks))):
            return [self._piece(self.owner.id, self.owner.heading, self.owner.blocks)]
        for block in _opened(self.owner.blocks):
            self._take(block)
        self._flush()
        return self.found

    def _take(self, block: Block) -> None:
        if not _parts_off(block):
            self.run.append(block)
            return
        self._flush()
        if isinstance(block, Break):
            self.found.append(_break(block))
        elif isinstance(block, Exercise | Box):
            own, breaks = without_last_breaks(block.blocks)
            self.found.append(_work(replace(block, blocks=own)))
            self.found.extend(map(_break, breaks))
        elif isinstance(block, Section):
            self.found.extend(_section(block))
        elif isinstance(block, Topic | Part):
            own, breaks = without_last_breaks(block.blocks)
            block = replace(block, blocks=own)
            kind = type(block).__name__.lower()
            if time_of(block) is not None:
                self.found.append(_stated(block, kind))
            else:
                self.found.extend(_Cutter(block, kind).cut())
            self.found.extend(map(_break, breaks))

    def _flush(self) -> None:
        blocks = tuple(self.run)
        self.run = []
        if all(isinstance(b, Rule) for b in blocks):
            return
        last = self.found[-1] if self.found else None
        if last is not None and last.kind in WORK and all(hidden(b) for b in blocks):
            self.found[-1] = replace(last, blocks=(*last.blocks, *blocks))
            return
        self.found.append(self._piece(*self._name(blocks), blocks))

    def _name(self, blocks: tuple[Block, ...]) -> tuple[str, Heading]:
        """Return what a run is called: its owner at first, then by its own first heading.

        A heading in a facilitator's block names none: learners' agendas print these names.
        """
        if not any(p.id == self.owner.id for p in self.found):
            return self.owner.id, self.owner.heading
        heads = (getattr(node, "heading", None) for node in _seen(blocks))
        named = next((h for h in heads if h is not None and h.name), self.owner.heading)
        return blocks[0].id, named

    def _piece(self, name: str, heading: Heading, blocks: tuple[Block, ...]) -> Piece:
        spoken = estimate.words(blocks) + estimate.asked(blocks)
        timed = spoken > 0 and self.kind not in UNTIMED
        count = estimate.questions if self.kind == "questions" else estimate.teaching
        return Piece(id=name, heading=heading, kind=self.kind, blocks=blocks, timed=timed,
                     estimate=count(blocks) if timed else 0)  # fmt: skip


def _seen(nodes: Iterable[AnyNode]) -> Iterator[AnyNode]:
    """Yield nodes and all in them, without what is the facilitator's."""
    for node in nodes:
        if not hidden(node):
            yield node
            yield from _seen(children(node))


def _opened(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks, a group of parallel siblings one by one where one of them parts off."""
    for block in blocks:
        if isinstance(block, Parallel) and any(map(_parts_off, block.siblings)):
            yield from block.siblings
        else:
            yield block


def _parts_off(node: AnyNode) -> bool:
    """Whether a block is a segment of its own, or holds one."""
    if hidden(node):
        return False
    if isinstance(node, Break | Exercise | Section) or _activity(node):
        return True
    if isinstance(node, Parallel):
        return any(map(_parts_off, node.siblings))
    if isinstance(node, Topic | Part):
        return time_of(node) is not None or any(map(_parts_off, node.blocks))
    return False


def words_between(piece: Piece) -> list[int]:
    """Return the words told before, between and after the pieces inside a piece."""
    names = {part.id for part in piece.inside}
    counts = [0]

    def count(nodes: Iterable[AnyNode]) -> None:
        for node in nodes:
            if node.id in names:
                counts.append(0)
            elif any(n.id in names for n in walk(children(node))):
                count(children(node))
            else:
                counts[-1] += estimate.words([node])

    count(piece.blocks)
    return counts


def overruns(session: Session) -> Iterator[tuple[AnyNode, Time, int]]:
    """Yield each block whose children state more minutes than it does: block, time, their sum."""
    for node in walk(session.sections):
        time = time_of(node)
        if time is None or isinstance(node, Break):
            continue
        below = sum(t.low for child in children(node) for t in _stated_below(child))
        if below > time.high:
            yield node, time, below


def _stated_below(node: AnyNode) -> Iterator[Time]:
    time = time_of(node)
    if time is not None:
        yield time
        return
    for child in children(node):
        yield from _stated_below(child)
