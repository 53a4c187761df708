"""Variants of a course: other lengths, for other people, beside the material in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any

import msgspec

from courseware.model.blocks import AnyNode
from courseware.model.session import Session
from courseware.model.times.delivery import LONGEST, Delivery
from courseware.model.times.fitting import shared
from courseware.model.times.shortened import LeftOut, emptied
from courseware.model.times.timing import run_sheet
from courseware.model.walk import children, walk

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What a variant may be called: its name is part of its files' names."""
TAKEN = re.compile(r"a4|letter|\d+-min")
"""Names that mean something else at the end of a file's name: papers, and lengths without a name."""


def for_group(session: Session, audience: str) -> Session:
    """Return a session without what is for other audiences of variants alone; all without an audience.

    No plan leaves out what is for this audience alone and has a heading.
    """
    if not audience:
        return session

    def keep(node: Any) -> Any | None:
        if _is_others(node, audience):
            return None
        heading = getattr(node, "heading", None)
        if heading is not None and audience in (*node.groups, *heading.groups):
            node = msgspec.structs.replace(
                node, heading=msgspec.structs.replace(heading, keep=True)
            )
        return emptied(node, keep)

    sections = tuple(s for s in map(keep, session.sections) if s is not None)
    return msgspec.structs.replace(session, sections=sections)


def for_others(session: Session, audience: str) -> tuple[LeftOut, ...]:
    """Return what has a title and is for other audiences alone, in source order."""

    def find(nodes: Iterable[AnyNode]) -> Iterator[LeftOut]:
        for node in nodes:
            heading = getattr(node, "heading", None)
            if not _is_others(node, audience):
                yield from find(children(node))
            elif heading is not None and heading.name:
                yield LeftOut(heading.name, tuple(n.id for n in walk([node]) if n.id), others=True)

    return tuple(find(session.sections)) if audience else ()


def _is_others(node: Any, audience: str) -> bool:
    heading = getattr(node, "heading", None)
    groups = node.groups or (heading.groups if heading is not None else ())
    return bool(groups) and audience not in groups


class Variant(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What course.yml says of a variant: minutes of each session, or of the course; who it is for.

    `sessions` names those that it has, by file, pattern or number; without any, it has all.
    """

    length: Annotated[int, msgspec.Meta(ge=1, le=LONGEST)] | None = None
    total: Annotated[int, msgspec.Meta(ge=1)] | None = None
    audience: str = ""
    sessions: tuple[str, ...] = ()

    def has(self, session: Session) -> bool:
        """Whether a session is in the variant."""
        return not self.sessions or any(names(word, session) for word in self.sessions)


def names(word: str, session: Session) -> bool:
    """Whether a word of course.yml names a session: its number, its file, or a pattern of files."""
    if word.isdecimal():
        return session.number == int(word)
    return session.path == word or PurePosixPath(session.path).match(word)


class Edition(msgspec.Struct, frozen=True):
    """A set of files: the material in full, without a name, or a variant of it.

    `lengths` are minutes by session's path, None where a session keeps its own; of a session that
    is not among them, the edition has nothing. The edition in full has every session. `appointments`
    are the sessions' deliveries, by path, where the course has a schedule.
    """

    name: str = ""
    lengths: dict[str, int | None] = {}
    audience: str = ""
    appointments: dict[str, Delivery] = {}

    def has(self, path: str) -> bool:
        """Whether there is anything of a session in this edition."""
        return not self.name or path in self.lengths

    def of(self, path: str, delivery: Delivery) -> Delivery:
        """Return a session's delivery in this edition."""
        own = msgspec.structs.replace(delivery, length=self.lengths.get(path))
        return self.appointments.get(path, own)

    @property
    def suffix(self) -> str:
        """What it adds to a file's name."""
        return f"-{self.name}" if self.name else ""


def of_length(minutes: int, sessions: Iterable[Session]) -> Edition:
    """Return the edition of a length that has no name of its own."""
    return Edition(f"{minutes}-min", {session.path: minutes for session in sessions})


def edition(
    name: str, variant: Variant, sessions: Iterable[Session], full: Callable[[Session], Session]
) -> Edition:
    """Return the edition of a variant; `full` gives a session all that its sections hold.

    A total is shared out by the sessions' own minutes.
    """
    mine = [s for s in sessions if variant.has(s) and s.role == "session"]
    lengths: Mapping[str, int | None] = {s.path: variant.length for s in mine}
    if variant.total is not None:
        seen = (for_group(full(session), variant.audience) for session in mine)
        own = [run_sheet(session).total for session in seen]
        lengths = dict(zip((s.path for s in mine), shared(variant.total, own), strict=True))
    return Edition(name, dict(lengths), variant.audience)
