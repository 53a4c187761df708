"""What depends on the session as a whole: roles, numbers of exercises, names of blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec
from slugify import slugify

from courseware.diagnostics import Diagnostic, Span
from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import Exercise, Field, Section, Topic
from courseware.model.walk import rebuild, walk
from courseware.reading.structure import time_phrases as times
from courseware.reading.structure.exercises import with_role

replace = msgspec.structs.replace


def with_roles(section: Section, words: Vocabulary) -> Section:
    """Give the fields outside exercises their roles: a facilitator's word hides one anywhere."""

    def keep(node: Any) -> Any:
        if isinstance(node, Field) and not node.role:
            node = with_role(node, words, exercise=False)
        return rebuild(node, keep)

    result: Section = rebuild(section, keep)
    return result


def numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Number the exercises that state no number: the next after the one before."""
    last = 0

    def keep(node: Any) -> Any:
        nonlocal last
        if isinstance(node, Exercise):
            stated = times.whole(node.number.split(".")[0])
            if stated is not None:
                last = stated
            elif not node.number:
                last += 1
                node = replace(node, number=str(last))
        return rebuild(node, keep)

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
    """Give every block a name that no other has: the author's, a heading's slug, kind and count."""
    used: set[str] = set()
    counts: Counter[str] = Counter()

    def free(base: str) -> str:
        name = base
        while name in used:
            counts[base] += 1
            name = f"{base}-{counts[base]}"
        used.add(name)
        return name

    def keep(node: Any) -> Any:
        return rebuild(replace(node, id=free(node.id or _slug(node))), keep)

    return tuple(keep(s) for s in sections)


def _slug(node: Any) -> str:
    heading = getattr(node, "heading", None)
    if isinstance(node, Section | Topic | Exercise) and heading is not None and heading.title:
        slug = slugify(heading.title.plain, max_length=60)
        if slug:
            return str(slug)
    return f"exercise-{node.number}" if isinstance(node, Exercise) else type(node).__name__.lower()
