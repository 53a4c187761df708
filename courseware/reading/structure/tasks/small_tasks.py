"""What asks outside of exercises: a tick's paragraph, a label "Exercise:" or "Question 1:", a heading that waits."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import (
    Block,
    Field,
    Form,
    Group,
    List,
    Node,
    Paragraph,
    Section,
    Space,
    Table,
    Text,
    Topic,
)
from courseware.model.cutting import asks
from courseware.model.inline import BOLD, Mark, words_of
from courseware.model.walk import texts
from courseware.reading.structure.lead_ins import commands, draws, names_task
from courseware.reading.structure.tasks.exercises import with_role

replace = msgspec.structs.replace
TICKS, CROSSES = ("✅", "☑", "✔"), ("❌", "❎", "✗", "✘", "🚫", "⛔")
"""What begins a small task, and what stands beside it in a list of what to do and what not."""
_TALKED = ("concept", "introduction", "questions", "takeaways", "discussion", "welcome")
_SERVING = (Space, Form, List, Table)


def with_small_tasks(section: Section, words: Vocabulary) -> Section:
    """Return a section of teaching with space behind what asks for words: a tick's paragraph, a labelled task.

    So has a heading that ends in a colon, with nothing behind it. Where crosses stand too, ticks say what is right.
    What is labelled as an answer behind a labelled task is one, as in an exercise.
    """
    if section.kind not in _TALKED:
        return section
    crossed = any(t.plain.lstrip().startswith(CROSSES) for t in texts(section.blocks))
    blocks = section.blocks if crossed else _asking(section.blocks, words)
    return replace(section, blocks=blocks or _waiting(section))


def _asking(blocks: Sequence[Block], words: Vocabulary) -> tuple[Block, ...]:
    result: list[Block] = []
    tasked = False
    for before, block, after in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
        if isinstance(block, Topic | Group):
            inside = _asking(block.blocks, words)
            block = replace(block, blocks=inside or _waiting(block))
        elif isinstance(block, Field) and tasked and not block.role:
            block = with_role(block, words, True)
        served = isinstance(after, _SERVING)
        if not served and isinstance(block, Field) and _is_task(block, words):
            block = replace(block, blocks=(_space(block, block.value, words),))
            tasked = True
        result.append(block)
        if not served and isinstance(block, Paragraph):
            labelled = _is_labelled(block, words)
            if labelled or (
                _ticked_task(block, words) and not (_is_ticked(before) or _is_ticked(after))
            ):
                result.append(_space(block, block.text, words))
            tasked = tasked or labelled
    return tuple(result)


def _space(block: Block, said: Text, words: Vocabulary) -> Space:
    return Space(span=block.span, kind="box" if draws(said.plain, words) else "lines")


def _ticked_task(block: Paragraph, words: Vocabulary) -> bool:
    """Whether a paragraph is a task that one tick begins."""
    said = block.text.plain.lstrip().lstrip("".join((*TICKS, "\ufe0f"))).strip()
    single = not any(tick in said for tick in TICKS)
    return _is_ticked(block) and single and (asks(said, words.tongue) or commands(said, words))


def _is_labelled(block: Paragraph, words: Vocabulary) -> bool:
    """Whether a paragraph is a task behind bold words that no colon ends: "**Exercise.** Write …"."""
    first = next(iter(block.text.inlines), None)
    label = words_of(first) if isinstance(first, Mark) and first.name in BOLD else ""
    return bool(label) and names_task(label, block.text.plain[len(label) :], words)


def _is_task(field: Field, words: Vocabulary) -> bool:
    """Whether a field without anything below it is a task."""
    free = field.role in ("", "whole") and not field.blocks
    return free and names_task(field.label.plain, field.value.plain, words)


def _is_ticked(block: Node | None) -> bool:
    return isinstance(block, Paragraph) and block.text.plain.lstrip().startswith(TICKS)


def _waiting(block: Section | Topic | Group) -> tuple[Block, ...]:
    """Return the space of a heading that ends in a colon and heads nothing: "Current solutions:"."""
    heading = getattr(block, "heading", None)
    title = heading.title.plain.rstrip() if heading is not None else ""
    return (Space(span=block.span, kind="lines"),) if title.endswith((":", "：")) else ()
