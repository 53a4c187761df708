"""Which list or table is an agenda: by its times, by the name above it, or by a bold line that says so."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from courseware.language.catalogue import Tongue
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.model.blocks import (
    Block,
    Field,
    Item,
    List,
    Node,
    Paragraph,
    Part,
    Row,
    Section,
    Table,
    Text,
)
from courseware.model.cutting import without_last
from courseware.model.walk import texts, walk
from courseware.reading.structure.headings import heading_of
from courseware.reading.structure.labels import is_bold_line
from courseware.reading.structure.times.agendas import goes_on, with_times

CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_PARTS = re.compile(r"\s+[-–—|·]+\s+|[:：(（]\s*")
"""What parts a part's name from its time."""
MOST_CLOCK = 9
"""Characters of an agenda's row in which its clock time begins."""


def is_plan(blocks: Sequence[object], tongue: Tongue) -> bool:
    """Whether the items or rows of the first list or table among blocks state times, all but a last one."""
    listed = _listed(blocks)
    timed = with_times([listed], tongue) if listed else ()
    times = [row.time for block in timed for row in _rows(block)]
    return len(times) > 1 and all(times[:-1])


def names_parts(blocks: Sequence[object], names: Collection[str], tongue: Tongue) -> bool:
    """Whether the first list or table among blocks times the session's parts, whose headings are `names`.

    Each row or item states a time, and most say the name of a part, at least two of them.
    """
    rows = _rows(_listed(blocks))
    said = ({key_of(part) for text in texts([row]) for part in _PARTS.split(text.plain)} for row in rows)  # fmt: skip
    found = sum(not cells.isdisjoint(names) for cells in said)
    return found >= 2 and found * 2 >= len(rows) and is_plan(blocks, tongue)


def is_timed(blocks: Sequence[object], tongue: Tongue) -> bool:
    """Whether the first list or table among blocks is an agenda by its times, whatever it is called."""
    firsts = ([text.plain for text in texts([row])][:1] for row in _rows(_listed(blocks)))
    return goes_on([said[0] if said else "" for said in firsts], tongue)


def with_agenda(blocks: tuple[Block, ...], words: Vocabulary) -> tuple[Block, ...]:
    """Return blocks with a list or table of times below a bold line "Agenda" as the session's agenda."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        label: Text | None = None
        inside: tuple[Block, ...] = (block,)
        if isinstance(block, Part | Field) and block.blocks:
            label = block.heading.title if isinstance(block, Part) else block.label
            inside = block.blocks
        elif isinstance(before, Paragraph) and is_bold_line(before.text):
            label = before.text
        if label is None or not _is_agenda(label, inside, words):
            found.append(block)
            continue
        if inside[0] is block:
            found.pop()
        heading = heading_of(without_last(label, ":： "), words, {})
        found.append(Section(span=block.span, kind="agenda", heading=heading, blocks=inside))
    return tuple(found)


def _is_agenda(label: Text, blocks: tuple[Block, ...], words: Vocabulary) -> bool:
    """Whether a label names an agenda, and a list or table with clock times alone is below it.

    One of minutes alone is a meeting's that the text tells of.
    """
    timed = with_times(blocks, words.tongue)
    rows = [node for node in walk(timed) if isinstance(node, Item | Row) and node.time]
    clocks = sum(bool(CLOCK.search(next(texts([row])).plain[:MOST_CLOCK])) for row in rows)
    named = words.section_kind(label.plain) == "agenda"
    return named and len(blocks) == 1 and isinstance(blocks[0], List | Table) and clocks > 1


def _listed(blocks: Sequence[object]) -> List | Table | None:
    return next((b for b in blocks if isinstance(b, List | Table)), None)


def _rows(block: Node | None) -> tuple[Item | Row, ...]:
    """Return the items of a list, the rows of a table."""
    if isinstance(block, List):
        return block.items
    return block.rows if isinstance(block, Table) else ()
