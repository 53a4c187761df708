"""Whether a task is done in words on paper, or elsewhere: on a screen, with the hands, on a whiteboard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import (
    Box,
    Code,
    Drawing,
    Exercise,
    Field,
    Item,
    Node,
    Paragraph,
    Section,
    Table,
)
from courseware.model.cutting import asks
from courseware.model.kinds import select_kinds
from courseware.model.session import Meta
from courseware.model.walk import N, children, own_texts, rebuild, walk
from courseware.reading.structure.lead_ins import acts, names_surface, wants_words

replace = msgspec.structs.replace
_UNASKED = select_kinds(lambda kind: kind.unasked)


def with_wording(
    sections: Iterable[Section], meta: Sequence[Meta], words: Vocabulary
) -> tuple[Section, ...]:
    """Return sections whose exercises are told by `worded` whether they ask for words as a whole.

    Where an exercise's supplies name what is written on beside paper, only its questions are prompts; a file's
    supplies are an exercise's where the file is that exercise.
    """
    told = tuple(sections)
    whole = len(told) == 1 and [type(b) for b in told[0].blocks] == [Exercise]
    on_wall = whole and any(
        words.section_kind(m.key) == "materials" and names_surface(m.text.plain, words)
        for m in meta
    )

    def keep(node: N) -> N:
        if isinstance(node, Exercise) and (on_wall or _is_on_wall(node, words)):
            return _asking_alone(node, words)
        if isinstance(node, Exercise) or (isinstance(node, Section) and node.kind == "exercises"):
            node = replace(node, worded=asks_for_words(node, words))
        rebuilt: N = rebuild(node, keep)
        return rebuilt

    return tuple(map(keep, told))


def asks_for_words(task: Exercise | Section, words: Vocabulary) -> bool:
    """Whether a task as a whole asks for words: by its title or its sentences, or as it says nothing else.

    It does not where as many of its sentences are steps to be done elsewhere, on a screen or with the hands.
    """
    said = list(_said(task.blocks))
    shown = any(isinstance(n, Code | Table) for n in walk(task.blocks))
    if asks(task.heading.name, words.tongue) or not (said or shown):
        return True
    told = sum(asks(text, words.tongue) or wants_words(text, words) for text in said)
    return told > sum(acts(text, words) for text in said)


def _said(blocks: Sequence[Node]) -> Iterator[str]:
    """Yield the texts of blocks that stand in no code or table, and in no box or field of another purpose."""
    for block in blocks:
        if isinstance(block, Code | Drawing | Table) or (
            isinstance(block, Box) and block.kind in _UNASKED
        ):
            continue
        if isinstance(block, Field) and block.role in ("answer", "hint", "facilitator"):
            continue
        yield from (text.plain for text in own_texts(block) if text)
        yield from _said(list(children(block)))


def _is_on_wall(task: Exercise, words: Vocabulary) -> bool:
    """Whether an exercise's own supplies name what is written on beside paper."""
    if any(names_surface(thing, words) for thing in task.heading.materials):
        return True
    fields = (b for b in walk(task.blocks) if isinstance(b, Field))
    return any(
        words.section_kind(f.label.plain) == "materials"
        and any(names_surface(text.plain, words) for text in own_texts(f))
        for f in fields
    )


def _asking_alone(task: N, words: Vocabulary) -> N:
    """Return a task in which nothing but a question is a prompt."""

    def keep(node: N) -> N:
        if isinstance(node, Item | Paragraph) and node.asks:
            first = next(
                iter(own_texts(node if isinstance(node, Paragraph) else node.blocks[0])), None
            )
            node = replace(node, asks=first is not None and asks(first.plain, words.tongue))
        rebuilt: N = rebuild(node, keep)
        return rebuilt

    return keep(task)
