"""A session as a plan has it: what falls out is not there, times are the plan's, numbers stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from courseware.model.blocks import AnyNode, Break, Item, List, Parallel, Row, Rule, Time
from courseware.model.inline import plain_text
from courseware.model.session import Meta, Session
from courseware.model.times.timing import RunSheet, Segment
from courseware.model.walk import children, grouped, rebuild, ungrouped, walk

replace = msgspec.structs.replace
_MINUTES = re.compile(r"\d+(?:\s*[-–—]\s*\d+)?")


class LeftOut(msgspec.Struct, frozen=True):
    """What a variant has not: its title, and the names of its blocks.

    `others` tells that it is for other people alone; all else falls out of a plan.
    """

    title: str
    ids: tuple[str, ...]
    others: bool = False


def in_english(minutes: int) -> str:
    """Return a number of minutes in words."""
    return f"{minutes} min"


def shortened(
    session: Session, sheet: RunSheet, say: Callable[[int], str] = in_english
) -> Session:  # fmt: skip
    """Return `session` with the blocks that a plan keeps, the plan's minutes on them.

    `say` gives minutes in the session's language.
    """
    if sheet.delivery.length is None:
        return session
    out = [s for s in sheet.segments if s.out]
    kept = [s for s in sheet.segments if not s.out and s.kind != "agenda"]
    timed = with_times(session, sheet, say)
    gone, names = _ids(b for s in out for b in s.blocks), {s.id for s in out}
    held = _ids(b for s in kept for b in s.blocks)
    names |= {s.id for s in timed.sections if s.kind == "agenda"}

    def keep(node: Any) -> Any | None:
        if node.id in gone and node.id not in held:
            return None
        if node.id in names and not _ids([node]) & held - {node.id}:
            return None
        return emptied(node, keep)

    sections = tuple(s for s in map(keep, timed.sections) if s is not None)
    return replace(timed, sections=sections)


def _ids(nodes: Iterable[AnyNode]) -> set[str]:
    return {node.id for node in walk(nodes) if node.id}


def emptied(node: Any, keep: Any) -> Any | None:
    """Return a node with what is kept in it; None where it held something and nothing is left."""
    if any(isinstance(b, Parallel) for b in getattr(node, "blocks", ())):
        bare = rebuild(replace(node, blocks=ungrouped(node.blocks)), keep)
        bare = replace(bare, blocks=grouped(bare.blocks))
    else:
        bare = rebuild(node, keep)
    had, has = (list(children(n)) for n in (node, bare))
    left = [c for c in has if not isinstance(c, Break | Rule)]
    return None if len(has) < len(had) and not left else bare


def with_times(
    session: Session, sheet: RunSheet, say: Callable[[int], str] = in_english
) -> Session:  # fmt: skip
    """Return `session` with the plan's length and minutes where its author states others."""
    length = sheet.delivery.length
    if length is None:
        return session
    minutes = {s.id: s.minutes for s in _flat(sheet.segments) if s.stated and not s.out}

    def timed(node: Any) -> Any:
        node = rebuild(node, timed)
        now = minutes.get(node.id)
        if now is None or isinstance(node, Item | List | Row):
            return node
        if isinstance(node, Break):
            return replace(node, minutes=now)
        heading = getattr(node, "heading", None)
        if heading is not None and heading.time is not None:
            node = replace(node, heading=replace(heading, time=_other(heading.time, now, say)))
        if getattr(node, "time", None) is not None:
            node = replace(node, time=_other(node.time, now, say))
        return node

    return replace(session, sections=tuple(timed(s) for s in session.sections),
                   length=Time(length, length),
                   meta=tuple(_with_length(m, say(length)) for m in session.meta))  # fmt: skip


def left_out(seen: Session, sheet: RunSheet) -> tuple[LeftOut, ...]:
    """Return what of a session, as an audience sees it, falls out of a plan; breaks are not told."""
    there = {node.id for node in seen.nodes()}
    out = [s for s in sheet.segments if s.out and s.timed and s.kind != "break" and s.title]
    return tuple(LeftOut(s.title, s.ids) for s in out if there & set(s.ids))


def _flat(segments: Iterable[Segment]) -> list[Segment]:
    return [s for segment in segments for s in (segment, *_flat(segment.inside))]


def _other(time: Time, minutes: int, say: Callable[[int], str]) -> Time:
    """Return a time with other minutes, written as its author did where that is one number."""
    if time.low == time.high == minutes:
        return time
    said = _MINUTES.findall(time.text)
    same = len(said) == 1 and said[0].endswith(str(time.high))
    text = (
        _MINUTES.sub(str(minutes), time.text) if same else f"({say(minutes)})" if time.text else ""
    )
    return Time(minutes, minutes, text)


def _with_length(fact: Meta, length: str) -> Meta:
    """Return a fact of the title block: the length is the plan's."""
    if fact.key != "length":
        return fact
    label, mark, _ = fact.text.plain.partition(":")
    said = f"{label}: {length}" if mark else length
    return replace(fact, value=length, text=plain_text(said))
