"""What asks outside of exercises: a paragraph that a tick begins, a heading that waits, a file that is a form."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from courseware.language.vocabulary import Vocabulary
from courseware.model.blocks import (
    Block,
    Form,
    Group,
    List,
    Node,
    Paragraph,
    Section,
    Space,
    Table,
    Topic,
)
from courseware.model.cutting import asks
from courseware.model.walk import texts
from courseware.reading.structure.lead_ins import commands

replace = msgspec.structs.replace
TICKS, CROSSES = ("✅", "☑", "✔"), ("❌", "❎", "✗", "✘", "🚫", "⛔")
"""What begins a small task, and what stands beside it in a list of what to do and what not."""
_SERVING = (Space, Form, List, Table)


def with_small_tasks(section: Section, words: Vocabulary) -> Section:
    """Return a section of teaching with space behind each paragraph that a tick begins and that asks for words.

    So has a heading that ends in a colon, with nothing behind it. Where crosses stand too, ticks say what is right.
    """
    if section.kind not in ("concept", "introduction"):
        return section
    crossed = any(t.plain.lstrip().startswith(CROSSES) for t in texts(section.blocks))
    blocks = section.blocks if crossed else _asking(section.blocks, words)
    return replace(section, blocks=blocks or _waiting(section))


def _asking(blocks: Sequence[Block], words: Vocabulary) -> tuple[Block, ...]:
    result: list[Block] = []
    for before, block, after in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
        if isinstance(block, Topic | Group):
            inside = _asking(block.blocks, words)
            block = replace(block, blocks=inside or _waiting(block))
        result.append(block)
        alone = not (_is_ticked(before) or _is_ticked(after) or isinstance(after, _SERVING))
        if isinstance(block, Paragraph) and _is_ticked(block) and alone:
            said = block.text.plain.lstrip().lstrip("".join((*TICKS, "\ufe0f"))).strip()
            single = not any(tick in said for tick in TICKS)
            if single and (asks(said) or commands(said, words)):
                result.append(Space(span=block.span, kind="lines"))
    return tuple(result)


def _is_ticked(block: Node | None) -> bool:
    return isinstance(block, Paragraph) and block.text.plain.lstrip().startswith(TICKS)


def _waiting(block: Section | Topic | Group) -> tuple[Block, ...]:
    """Return the space of a heading that ends in a colon and heads nothing: "Current solutions:"."""
    heading = getattr(block, "heading", None)
    title = heading.title.plain.rstrip() if heading is not None else ""
    return (Space(span=block.span, kind="lines"),) if title.endswith((":", "：")) else ()
