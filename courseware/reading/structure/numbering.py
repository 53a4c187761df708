"""What depends on the session as a whole: roles, numbers of exercises, names of blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec
from slugify import slugify

from courseware.diagnostics import Diagnostic, Span
from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import (
    Cell,
    Definition,
    Exercise,
    Field,
    Item,
    Node,
    Row,
    Section,
    Topic,
)
from courseware.model.walk import N, rebuild, walk
from courseware.reading.structure.tasks.exercises import with_role
from courseware.reading.structure.times import time_phrases as times

replace = msgspec.structs.replace
LONGEST_SLUG = 60
"""Characters of a name that is made of words."""


def with_roles(section: Section, words: Vocabulary) -> Section:
    """Give the fields outside exercises their roles: a facilitator's word hides one anywhere."""

    def keep(node: Node) -> Node:
        if isinstance(node, Field) and not node.role:
            node = with_role(node, words, exercise=False)
        return rebuild(node, keep)

    result: Section = rebuild(section, keep)
    return result


def numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Number the exercises that state no number: the next after the one before."""
    last = 0

    def keep(node: N) -> N:
        nonlocal last
        if isinstance(node, Exercise):
            stated = times.whole(node.number.split(".")[0])
            if stated is not None:
                last = stated
            elif not node.number:
                last += 1
                node = replace(node, number=str(last))
        rebuilt: N = rebuild(node, keep)
        return rebuilt

    return tuple(keep(s) for s in sections)


def named_twice(sections: Iterable[Section], path: str) -> list[Diagnostic]:
    """Return a warning for each identifier that the author gave twice."""
    seen: set[str] = set()
    findings: list[Diagnostic] = []
    for node in walk(sections):
        if node.id and node.id in seen:
            message = f'the identifier "{node.id}" stands twice'
            findings.append(Diagnostic("C006", message, Span(path, node.span.line)))
        seen.add(node.id)
    return findings


def identified(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Give every node a name that no other has.

    It is the author's, or a heading's slug, or kind and count. What stands in a list or a table is
    called by that and its place there ("list-3-item-2"), a field by its holder and its label.
    """
    used: set[str] = set()
    counts: Counter[str] = Counter()

    def free(base: str) -> str:
        name = base
        while name in used:
            counts[base] += 1
            name = f"{base}-{counts[base]}"
        used.add(name)
        return name

    def named(node: N, holder: str, number: int) -> N:
        name = free(node.id or _slug(node) or _path(node, holder, number))
        places: Counter[type[Node]] = Counter()

        def keep(child: N) -> N:
            places[type(child)] += 1
            return named(child, name, places[type(child)])

        return rebuild(replace(node, id=name), keep)

    return tuple(named(section, "", 0) for section in sections)


def _path(node: Node, holder: str, number: int) -> str:
    """Return the name of a node by where it stands; `number` counts its holder's nodes of its kind."""
    kind = type(node).__name__.lower()
    if isinstance(node, Field):
        return f"{holder}-{_shortened(node.key) or kind}"
    return f"{holder}-{kind}-{number}" if isinstance(node, Item | Row | Cell | Definition) else kind


def _slug(node: Node) -> str:
    """Return the name that a node has of its own, "" for none."""
    heading = getattr(node, "heading", None)
    if isinstance(node, Section | Topic | Exercise) and heading is not None and heading.title:
        slug = _shortened(heading.title.plain)
        if slug:
            return slug
    return f"exercise-{node.number}" if isinstance(node, Exercise) else ""


def _shortened(words: str) -> str:
    return str(slugify(words, max_length=LONGEST_SLUG))
