"""Pictures that stand in a text, as figures of their own: a slide shows them large.

The words keep their place, the pictures come behind them. Those of a table come behind it, each
side by side. A sign in a line stays what it is called there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from courseware.model.blocks import Block, Field, Figure, Node, Paragraph, Pictures, Row, Table
from courseware.model.inline import Image, Inline, Run, Text, mapped, own_words
from courseware.model.walk import N, child_fields, own_texts, walk

replace = msgspec.structs.replace
Size = Callable[[str], tuple[float, float] | None]
"""What tells a picture's width and height in pixels, None where there is none to show."""
SIGN = 48.0
"""Pixels a side up to which a picture among words is a sign, as of a button that they name."""
BESIDE = 3
"""Pictures that a slide has beside each other at most."""


def with_figures(node: N, size: Size) -> N:
    """Return a block with the pictures in its texts as figures behind them.

    A figure without a picture to show, or with one on the web, is marked as lost; such a picture in a line is its words.
    """
    if isinstance(node, Figure):
        return replace(node, lost=node.remote or size(node.source) is None)
    if isinstance(node, Table | Pictures):
        return node
    changes = {}
    for name in child_fields(type(node)):
        old = getattr(node, name)
        new = tuple(made for child in old for made in _apart(child, size))
        if len(new) != len(old) or any(a is not b for a, b in zip(new, old, strict=True)):
            changes[name] = new
    return replace(node, **changes) if changes else node


def _apart(node: Any, size: Size) -> Iterator[Any]:
    """Yield a block less the pictures in its text, and these."""
    if isinstance(node, Table):
        pictures = list(_of_table(node, size))
        if not pictures or any(_words(t) for n in walk([node]) for t in own_texts(n)):
            yield node
        yield from pictures
    elif isinstance(node, Pictures):
        figures = [f for f in (with_figures(f, size) for f in node.blocks) if not f.lost]
        yield from _beside(figures, node.id)
    elif isinstance(node, Paragraph):
        text, figures = _parted(node.text, node, size)
        if text.plain.strip():
            yield replace(node, text=text) if text is not node.text else node
        yield from _beside(figures, "" if text.plain.strip() else node.id)
    elif isinstance(node, Field):
        value, figures = _parted(node.value, node, size)
        inside = with_figures(node, size)
        more = (*_beside(figures, ""), *inside.blocks)
        yield replace(inside, value=value, blocks=more) if figures else inside
    else:
        yield with_figures(node, size)


def _parted(text: Text, near: Node, size: Size) -> tuple[Text, list[Figure]]:
    """Return a text less its pictures, and these; a sign and a lost picture are words in it."""
    if not text.has(Image):
        return text, []
    alone = not _words(text)
    figures: list[Figure] = []

    def part(inline: Inline) -> tuple[Inline, ...] | None:
        if not isinstance(inline, Image):
            return None
        sides = size(inline.source)
        if sides is None or (max(sides) <= SIGN and not alone):
            return (Run(inline.alt, inline.line),)
        figures.append(_figure(inline, near))
        return ()

    left = Text(mapped(text.inlines, part))
    return left, figures


def _words(text: Text) -> str:
    """Return the words of a text less those that its pictures are called by."""
    return "".join(own_words(i) for i in text.walk() if not isinstance(i, Image)).strip()


def _figure(image: Image, near: Node) -> Figure:
    return Figure(span=near.span, source=image.source, alt=image.alt, width=image.width,
                  height=image.height)  # fmt: skip


def _beside(figures: Sequence[Figure], name: str) -> Iterator[Figure | Pictures]:
    """Yield figures as rows of so many as a slide has beside each other; the first bears the id."""
    count = -(-len(figures) // BESIDE)
    for number in range(count):
        row = tuple(figures[number * len(figures) // count : (number + 1) * len(figures) // count])
        own = name if not number else ""
        if len(row) == 1:
            yield replace(row[0], id=row[0].id or own)
        else:
            yield Pictures(span=row[0].span, id=own, blocks=row)


def _of_table(table: Table, size: Size) -> Iterator[Block]:
    """Yield the pictures of a table's cells; one without a name has the words of its row's first cell."""
    rows = [row for row in (*table.head, *table.rows) if isinstance(row, Row)]
    figures = [f for row in rows for f in _of_row(row, size)]
    yield from _beside(figures, "")


def _of_row(row: Row, size: Size) -> Iterator[Figure]:
    first = " ".join(t.plain for n in walk(row.cells[:1]) for t in own_texts(n))
    for node in walk(row.cells):
        if isinstance(node, Figure):
            found = [with_figures(node, size)]
        else:
            found = [f for text in own_texts(node) for f in _parted(text, node, size)[1]]
        for figure in found:
            if not figure.lost:
                named = Text((Run(first),)) if first and not figure.alt else Text()
                yield replace(figure, id="", caption=figure.caption or named)
