"""How wide pictures may be that share a line: those of a table's row, and those on one line of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from courseware.model.blocks import AnyNode, Figure, Row, Table
from courseware.model.inline import Image, LineBreak, Run, Text
from courseware.model.walk import own_texts, walk

Key = tuple[str, int, int]
"""A picture's source, line and column: what it is found by in any product."""
LETTER_MM = 1.9
"""Width of a letter in a cell, on average."""
NARROWEST_MM, WIDEST_MM = 12.0, 45.0
"""Room for the words of a column without pictures: what one has at least, and is given at most."""
MARGIN_MM = 28.0
"""Room on a line of pictures for a box's sides and the words before them."""
PADDING_MM = 4.0
"""Space between two cells, and between two pictures on a line."""


def in_cells(nodes: Iterable[AnyNode], room: float) -> dict[Key, float]:
    """Return the width in mm that each picture in a table has at most; `room` is the text's."""
    tables = [(node, _column(node, room)) for node in nodes if isinstance(node, Table)]
    return {key: most for table, most in tables for key in _pictures([table])}


def on_lines(nodes: Iterable[AnyNode], room: float) -> dict[Key, float]:
    """Return the width in mm of each picture that follows another on a line of a text."""
    found: dict[Key, float] = {}
    for line in (line for node in nodes for text in own_texts(node) for line in _lines(text)):
        found |= dict.fromkeys(line, (room - MARGIN_MM - PADDING_MM * (len(line) - 1)) / len(line))
    return found


def _column(table: Table, room: float) -> float:
    """Return the width of a column with pictures, beside the others' words."""
    pictured: dict[int, bool] = {}
    words: dict[int, int] = {}
    for row in (*table.head, *table.rows):
        for at, cell in _places(row):
            pictured[at] = pictured.get(at, False) or bool(list(_pictures([cell])))
            said = max((len(t.plain) for n in walk([cell]) for t in own_texts(n)), default=0)
            words[at] = max(words.get(at, 0), said)
    taken = sum(min(max(words[at] * LETTER_MM, NARROWEST_MM), WIDEST_MM)
                for at, held in pictured.items() if not held)  # fmt: skip
    count = sum(pictured.values()) or 1
    return max((room - taken - PADDING_MM * (len(pictured) - 1)) / count, NARROWEST_MM)


def _places(row: AnyNode) -> Iterator[tuple[int, AnyNode]]:
    """Yield a row's cells with the numbers of their columns."""
    at = 0
    for cell in row.cells if isinstance(row, Row) else ():
        yield at, cell
        at += cell.colspan


def _pictures(nodes: Iterable[AnyNode]) -> Iterator[Key]:
    for node in walk(nodes):
        if isinstance(node, Figure):
            yield node.source, node.span.line, node.span.column
        for text in own_texts(node):
            yield from map(key_of, text.images)


def key_of(image: Image) -> Key:
    """Return what a picture in a line is found by."""
    return image.source, image.line, image.column


def _lines(text: Text) -> Iterator[list[Key]]:
    """Yield two or more pictures that follow each other on a line without words between them."""
    run: list[Key] = []
    for inline in text.walk() if text.has(Image) else ():
        if isinstance(inline, Image):
            run.append(key_of(inline))
        elif isinstance(inline, LineBreak) or (isinstance(inline, Run) and inline.text.strip()):
            yield from [run] if len(run) > 1 else []
            run = []
    yield from [run] if len(run) > 1 else []
