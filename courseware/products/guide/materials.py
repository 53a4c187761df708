"""What a session needs: what its author lists and what its exercises imply, for a group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from courseware.language.catalogue import Tongue, line_of, read_by, table_read, words_read
from courseware.language.names import ALONE, grouping
from courseware.language.twins import EASTERN, alike, phrases
from courseware.language.vocabulary import vocabulary_in
from courseware.model.blocks import Form, Item, Paragraph, Space
from courseware.model.session import Session
from courseware.model.times.timing import RunSheet, Segment
from courseware.model.walk import texts, walk

_COUNT = re.compile(r"^(\d{1,6})\s+")
_LISTED = frozenset({"material", "supply needed", "supply"})


Shares = tuple[tuple[str, re.Pattern[str]], ...]


class Material(msgspec.Struct, frozen=True):
    """A thing to bring: `text` as the author wrote it, `count` where it follows from the group.

    Then `one` of it are for each `each`: "each", "per pair". `where` names the segments that need it;
    none where the whole session does.
    """

    text: str
    count: int | None = None
    each: str = ""
    where: tuple[str, ...] = ()
    one: int = 1


def group_size(words: str, tongue: Tongue) -> int | None:
    """Return how many people a grouping's words put together ("pairs", "groups of 4"), or None."""
    digits = re.search(r"\d{1,6}", words)
    if digits:
        return max(1, int(digits.group()))
    key = grouping(words, tongue) if words else ""
    return int(key) if key.isdigit() and key != ALONE else None


def groups(segment: Segment, people: int | None, tongue: Tongue) -> int | None:
    """Return how many groups an exercise makes of so many people, the last one smaller."""
    size = group_size(segment.heading.group, tongue)
    return -(-people // size) if size and people else None


def materials(session: Session, sheet: RunSheet) -> tuple[Material, ...]:
    """Return what to bring beside printed matter, each thing once."""
    people = sheet.delivery.group
    shares, ones = _shares(session.tongue), _ones(session.tongue)
    found = [_counted(text, people, None, "", shares, ones) for text in _listed(session)]
    for segment in _with_inside(sheet.timed()):
        for text in segment.heading.materials:
            teams = groups(segment, people, session.tongue)
            found.append(_counted(text, people, teams, segment.title, shares, ones))
    return _added(found)


def _with_inside(segments: tuple[Segment, ...]) -> Iterator[Segment]:
    for segment in segments:
        yield segment
        yield from _with_inside(segment.inside)


def _listed(session: Session) -> Iterator[str]:
    yield from session.materials
    words = vocabulary_in(session.tongue)
    for fact in session.meta:
        if fact.key.lower() in _LISTED or words.names(fact.key) == "materials":
            told = fact.text.plain.partition(":")[2]
            yield from (part.strip() for part in told.split(",") if part.strip())
    for section in session.sections:
        if section.kind == "materials":
            for node in walk(section.blocks):
                if isinstance(node, Item) and node.blocks:
                    yield " ".join(t.plain for t in texts(node.blocks[:1]))


@cache
def _ones(tongue: Tongue) -> re.Pattern[str]:
    """Return the pattern of what says that a thing is one, before it: "a", "eine"."""
    first = (line_of(code, "numbers")[0] for code in read_by(tongue.language))
    return re.compile(
        rf"^(?:{phrases([*words_read('one_words', tongue), *first])})\s*", re.IGNORECASE
    )


@cache
def _shares(tongue: Tongue) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for whom one of a thing may be, each with the pattern of what says so before or behind it."""
    found = []
    for name, words in table_read("shares", tongue).items():
        said = [alike(word) for word in words]
        apart, east = (
            phrases(w for w in said if bool(EASTERN.search(w)) == o) for o in (False, True)
        )
        ends = rf"\s*\(?(?:(?<![^\W\d_])(?:{apart})|(?:{east}))\s*\)?$"
        found.append((name, re.compile(rf"{ends}|^(?:{east})\s*[:,]?\s*(?=\S)", re.IGNORECASE)))
    return tuple(found)


def _counted(
    text: str,
    people: int | None,
    teams: int | None,
    where: str,
    shares: Shares,
    ones: re.Pattern[str],
) -> Material:
    """Return a listed thing; "each" and "per group" at either end are counted for the group."""
    named = (where,) if where else ()
    both = ((name, shared.search(alike(text))) for name, shared in shares)
    name, found = next((row for row in both if row[1]), ("", None))
    each = f"per {name}" if name not in ("", "each") else "each"
    if each == "per pair" and people:
        teams = -(-people // 2)
    sets = people if each == "each" else teams
    if found is None or sets is None:
        return Material(text, where=named)
    bare = (text[: found.start()] + text[found.end() :]).strip(" ,、，،")
    own = _COUNT.match(bare)
    one = int(own[1]) if own else 1
    thing = bare[own.end() :] if own else ones.sub("", bare)
    return Material(thing, sets * one, each, named, one)


def _added(found: list[Material]) -> tuple[Material, ...]:
    """Put the same thing, named twice, together: its places add up, its largest count holds."""
    result: dict[str, Material] = {}
    for one in found:
        key = one.text.lower().rstrip("s")
        before = result.get(key)
        if before is None:
            result[key] = one
            continue
        counts = [c for c in (before.count, one.count) if c is not None]
        where = (
            tuple(dict.fromkeys((*before.where, *one.where))) if before.where and one.where else ()
        )
        larger = max(before, one, key=lambda m: m.count or 0)
        result[key] = msgspec.structs.replace(larger, count=max(counts, default=None), where=where)
    return tuple(result.values())


def writes(session: Session) -> bool:
    """Whether a session asks for a worksheet: exercises, prompts, forms, space."""
    return bool(session.exercises()) or any(
        isinstance(n, Form | Space) or (isinstance(n, Item | Paragraph) and n.asks)
        for n in session.nodes()
    )
