"""What stands around a block whose reader is decided: titles above it, labels beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from courseware.model.blocks import Block, Field, List, Node, Paragraph, Part
from courseware.reading.structure.labels import label_of

MOST_PLAIN = 3
"""Words of a label that does not stand out; more are a sentence that leads in."""
NEAR_LINES = 8
"""Lines within which another label makes a dialogue."""

Labels = tuple[tuple[int, str], ...]
"""Labels with their lines, in order."""


class Around(msgspec.Struct, frozen=True):
    """What stands around blocks: titles above, labels beside, whether they are an exercise's."""

    parents: tuple[str, ...] = ()
    labels: Labels = ()
    plain: Labels = ()
    """Labels that do not stand out, too: of a script, each line may begin with one."""
    in_exercise: bool = False
    asked: bool = False
    question: bool = False
    """Whether a question leads in what they are the first of."""


def title_of(block: Node) -> str:
    """Return a block's title with the label before it: "Part 1: Tea"."""
    heading = getattr(block, "heading", None)
    if heading is None:
        return ""
    return (
        f"{heading.label}: {heading.title.plain}".strip(": ")
        if heading.label
        else str(heading.title.plain)
    )


def near_lines(labels: Labels, first: int, last: int) -> Labels:
    """Return the labels within `NEAR_LINES` of some lines."""
    start = bisect_left(labels, (first - NEAR_LINES, ""))
    return labels[start : bisect_left(labels, (last + NEAR_LINES + 1, ""))]


def joined_labels(outer: Labels, inner: Labels, blocks: Sequence[Block]) -> Labels:
    """Return a container's labels with those that stand near it."""
    if not blocks:
        return inner
    near = near_lines(outer, blocks[0].span.line, blocks[-1].span.line)
    return tuple(sorted({*near, *inner}))


def labels_in(blocks: Sequence[Block], plain: bool = False) -> tuple[tuple[int, str], ...]:
    """Return the labels of fields, paragraphs and parts, with their lines; `plain` ones do not stand out, too."""
    found = []
    for block in blocks:
        if isinstance(block, Field):
            found.append((block.span.line, block.label.plain.rstrip(":： ")))
        elif (
            isinstance(block, Paragraph)
            and block.text
            and (label := label_of(block.text))
            and (label.marked or (plain and len(label.words.split()) <= MOST_PLAIN))
        ):
            found.append((block.span.line, label.words))
        elif isinstance(block, Part):
            found.append((block.span.line, title_of(block)))
        elif isinstance(block, List):
            found += labels_in([b for item in block.items for b in item.blocks[:1]], plain)
    return tuple(found)
