"""What of a session goes on its worksheet, in source order.

Exercises, activities, questions, the deliverable and checklists as a whole; of any other part what
holds writing space, a form or blanks, under its own heading and with the block that leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from courseware.model.blocks import (
    Box,
    Cell,
    Exercise,
    Field,
    Figure,
    Footnote,
    Form,
    Group,
    Item,
    List,
    Node,
    Paragraph,
    Parallel,
    Rule,
    Section,
    Space,
    Table,
    Topic,
)
from courseware.model.inline import Blank
from courseware.model.kinds import select_kinds
from courseware.model.walk import own_texts, texts, walk

replace = msgspec.structs.replace
WHOLE_BOXES = select_kinds(lambda kind: kind.whole and kind.timing in ("work", "spare"))
WHOLE_SECTIONS = select_kinds(lambda kind: kind.whole) - WHOLE_BOXES
OPEN_BOXES = select_kinds(lambda kind: kind.open)
"""Boxes that frame nothing: what is in them stands for itself."""
FORM = 2
"""Empty cells from which a table among other texts is one to fill in."""
_ONLY_BLANK = re.compile(r"[_\s.…]*")
Test = Callable[[Node], bool]


def is_blank(node: Node) -> bool:
    """Whether a node itself is to be written in: space, a form, blanks, an empty item."""
    if isinstance(node, Space | Form) or (isinstance(node, List) and node.choices):
        return True
    if isinstance(node, Table):
        return bool(node.head) and len(node.rows) * len(empty_columns(node)) >= FORM
    if isinstance(node, Item):
        return not node.blocks and node.checked is None
    return any(text.has(Blank) for text in own_texts(node))


def empty_columns(table: Table) -> frozenset[int]:
    """Return the columns that a table leaves empty in every row, to be filled in."""
    rows = [row.cells for row in table.rows]
    wide = max(map(len, rows), default=0)
    return frozenset(n for n in range(wide) if all(n >= len(r) or is_empty(r[n]) for r in rows))


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing, or blanks alone."""
    said = "".join(t.plain for t in texts(cell.blocks))
    holding = holds(cell.blocks, lambda n: isinstance(n, Figure) or is_ticked(n))
    return not cell.header and not holding and bool(_ONLY_BLANK.fullmatch(said))


def is_ticked(node: Node) -> bool:
    """Whether a node is an item with a box to tick."""
    return isinstance(node, Item) and node.checked is not None


def is_served(node: Node) -> bool:
    """Whether a node brings what its prompt is answered with: blanks, choices, boxes to tick."""
    return is_ticked(node) or is_blank(node)


def is_asked(node: Node) -> bool:
    """Whether a node is a prompt."""
    return isinstance(node, Item | Paragraph) and node.asks


def holds(nodes: Iterable[Node], test: Test) -> bool:
    """Whether a test is true of any node, or of any below it."""
    return any(test(node) for node in walk(nodes))


def is_checklist(node: Node) -> bool:
    """Whether a node is a checklist with boxes to tick."""
    named = isinstance(node, Section | Box) and node.kind == "checklist"
    return named and holds([node], is_served)


def is_whole(node: Node) -> bool:
    """Whether a node goes on the worksheet as it is."""
    if isinstance(node, Exercise):
        return True
    if isinstance(node, Box):
        return node.kind in WHOLE_BOXES or is_checklist(node)
    if not isinstance(node, Section):
        return False
    bare = node.kind == "exercises" and not holds(node.blocks, lambda n: isinstance(n, Exercise))
    return bare or node.kind in WHOLE_SECTIONS or is_checklist(node)


def chosen(blocks: Sequence[Node], wanted: Test = is_blank) -> list[Node]:
    """Return what of blocks goes on the worksheet; `wanted` says what a part is printed for."""
    found: list[Node] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Rule | Footnote):
            continue
        if is_whole(block):
            found.append(block)
        elif not holds([block], lambda n: is_whole(n) or wanted(n)):
            continue
        elif isinstance(block, Section | Topic):
            found += _headed(block, wanted)
        elif isinstance(block, Parallel):
            found += chosen(block.siblings, wanted)
        elif isinstance(block, Group) or (isinstance(block, Box) and block.kind in OPEN_BOXES):
            found += chosen(block.blocks, wanted)
        else:
            found += [*_lead(blocks[:at], found), block]
    return found


def _headed(block: Section | Topic, wanted: Test) -> list[Node]:
    """Return a section or topic with what is wanted of it; none around exercises alone."""
    inside = chosen(block.blocks, wanted)
    own = [b for b in inside if not is_whole(b) and not isinstance(b, Topic)]
    if block.kind == "exercises" if isinstance(block, Section) else False:
        own = [b for b in block.blocks if _says(b)]
        inside = [*own, *(b for b in inside if b not in own)]
    if not own:
        return inside
    return [replace(block, blocks=tuple(inside))]


def _says(block: Node) -> bool:
    """Whether a block of an exercises section is said of all its exercises."""
    return isinstance(block, Paragraph | List | Field) or (
        isinstance(block, Box) and block.kind not in WHOLE_BOXES and not is_checklist(block)
    )


def _lead(before: Sequence[Node], found: list[Node]) -> list[Node]:
    """Return the block that leads to a blank: what stands before it, and what introduces that."""
    last = next((b for b in reversed(before) if not isinstance(b, Rule | Footnote)), None)
    if last is None or last in found or isinstance(last, Section | Topic | Space):
        return []
    if is_whole(last) or (isinstance(last, Box) and last.kind in ("hint", *WHOLE_BOXES)):
        return []
    rest = before[: list(before).index(last)]
    deeper = [] if isinstance(last, Paragraph) else _lead(rest, found)
    return [*[b for b in deeper if isinstance(b, Paragraph)], last]
