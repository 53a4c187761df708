"""The answer key: the worksheet with its answers where the spaces are, and the rest after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeGuard

import msgspec

from courseware.language.vocabulary import vocabulary_in
from courseware.model.blocks import (
    Box,
    Field,
    Heading,
    Item,
    List,
    Node,
    PageBreak,
    Paragraph,
    Rule,
    Section,
    Space,
    Text,
)
from courseware.model.cutting import without_last
from courseware.model.inline import plain_text
from courseware.model.kinds import find_kind
from courseware.model.session import Course, Session, hidden, is_ticked
from courseware.model.walk import rebuild, texts, walk
from courseware.products.deck.cues import words_for
from courseware.products.handout.contents import LETTER, room
from courseware.products.projection import printed_in
from courseware.products.worksheet.selection import chosen, holds, is_blank
from courseware.products.worksheet.space import Things
from courseware.products.worksheet.task_tables import Past, TaskTables

replace = msgspec.structs.replace
LONGEST = 16
"""Letters of a name that stands beside its answer, on one line."""
ASKED, SAID = 160, 640
"""Letters of a question beside its answer, and of the answer: six lines and some ten."""


class Answer(Node, frozen=True, tag=True, omit_defaults=True):
    """An expected answer, under the title that its author gave it."""

    heading: Heading = Heading()
    blocks: tuple[Node, ...] = ()


class Key(msgspec.Struct, frozen=True):
    """What the layout prints, in source order.

    `column` is the width in mm of the names of answers beside them; 0 where they stand over them. `headed` names
    the items whose answers stand beside what they ask.
    """

    units: tuple[Node, ...]
    column: float = 0.0
    headed: frozenset[str] = frozenset()


def answer_key(course: Course, session: Session) -> Key | None:
    """Return the answer key of a session as the facilitator may see it; None without answers."""
    if session.role == "facilitator":
        return None
    if session.role == "answers":
        whole = Answer(span=session.sections[0].span, id="answers", blocks=_bare(session.sections))
        return Key((whole,)) if session.sections else None
    sections = _joined([s for s in map(_kept, session.sections) if s is not None])
    units = settled(chosen(sections, lambda n: is_blank(n) or _tells(n)))
    if not holds(units, _tells):
        return None
    words = words_for(course, session)
    tables = TaskTables(vocabulary_in(session.tongue), words, Past())
    made = _sorted(units, tables)
    return Key(tuple(made), _column(made, words("answer")), frozenset(_headed(made)))


def _column(units: Sequence[Node], word: str) -> float:
    """Return the width of the names of answers beside them, `word` where one has none; 0 where one is too long."""
    nodes: Iterator[object] = walk(units)
    names = {n.heading.name or word for n in nodes if isinstance(n, Answer)}
    longest = max(map(room, names), default=0)
    return round(LETTER * longest + 1, 1) if longest <= LONGEST else 0.0


def _headed(units: Sequence[Node]) -> Iterator[str]:
    """Yield the ids of items whose answers stand beside what they ask: in a list, all that have one do, or none."""
    for found in walk(units):
        given = [i for i in found.items if _holds_answer(i)] if isinstance(found, List) else []
        if given and all(map(_fits_beside, given)):
            yield from (item.id for item in given)


def _holds_answer(item: Item) -> bool:
    return any(isinstance(block, Answer) for block in item.blocks)


def _fits_beside(item: Item) -> bool:
    """Whether an item is a short question and its short answer: a row of them is not broken."""
    asked, *rest = item.blocks
    if len(rest) != 1 or not isinstance(asked, Paragraph) or not isinstance(rest[0], Answer):
        return False
    answer: Node = rest[0]
    prose = all(isinstance(n, Answer | Paragraph | List | Item) for n in walk([answer]))
    said = sum(len(text.plain) for text in texts([answer]))
    return prose and len(asked.text.plain) <= ASKED and said <= SAID


def _tells(node: Node) -> bool:
    """Whether a node is an answer, or choices with the right ones ticked."""
    return isinstance(node, Answer) or is_ticked(node)


def is_answer(node: Node) -> TypeGuard[Box | Field | Section]:
    """Whether a node is an expected answer."""
    if isinstance(node, Field):
        return node.role == "answer"
    return isinstance(node, Box | Section) and find_kind(node.kind).answers


def _kept(node: Node) -> Node | None:
    """Return what learners see and the answers; nothing else of the facilitator's, no hint."""
    if is_answer(node):
        return _answer(node)
    if hidden(node) or "answers" in node.except_products:
        return None
    hint = getattr(node, "kind", "") == "hint" or getattr(node, "role", "") == "hint"
    if hint or not (printed_in(node, "worksheet") or printed_in(node, "answers")):
        return None
    return rebuild(node, _kept)


def _answer(node: Box | Field | Section) -> Answer | None:
    blocks = _bare(node.blocks)
    if isinstance(node, Field) and node.value:
        blocks = (Paragraph(span=node.span, id=f"{node.id}-value", text=node.value), *blocks)
    heading = Heading(title=_bare_label(node.label)) if isinstance(node, Field) else node.heading
    return Answer(span=node.span, id=node.id, heading=heading, blocks=blocks) if blocks else None


def _bare_label(label: Text) -> Text:
    return without_last(label, ": ")


def _bare(blocks: Sequence[Node]) -> tuple[Node, ...]:
    """Return an answer's blocks without what else is the facilitator's; answers inside are open."""
    found: list[Node] = []
    for block in blocks:
        if is_answer(block):
            inner = _answer(block)
            found += [inner] if inner else []
        elif not hidden(block):
            found.append(rebuild(block, lambda n: None if hidden(n) and not is_answer(n) else n))
    return tuple(found)


def _joined(sections: list[Node]) -> list[Node]:
    """Put answers that have a section of their own to the questions before them."""
    found: list[Node] = []
    for section in sections:
        before = found[-1] if found else None
        if (
            isinstance(section, Answer)
            and isinstance(before, Section)
            and before.kind == "questions"
        ):
            found[-1] = replace(before, blocks=(*before.blocks, section))
        else:
            found.append(section)
    return found


def settled(blocks: Sequence[Node]) -> list[Node]:
    """Return blocks with each answer at its prompt; space that nothing is written in is left out."""
    found: list[Node] = []
    for block in blocks:
        if isinstance(block, Space):
            found += [_canvas(block)] if any(block.titles) else []
        elif isinstance(block, Rule | PageBreak):  # made for the worksheet's pages
            continue
        elif isinstance(block, Answer):
            found += _placed(found, block)
        else:
            found.append(_deeper(block))
    return found


def _deeper(node: Node) -> Node:
    if isinstance(node, Answer):
        return node
    if isinstance(node, List) and node.choices and node.ordered and not is_ticked(node):
        node = replace(node, choices=False)  # nobody ticks here, and answers name the numbers
    if hasattr(node, "blocks"):
        return replace(node, blocks=tuple(settled(node.blocks)))
    return rebuild(node, _deeper)


def _placed(before: list[Node], answer: Answer) -> list[Answer]:
    """Set the answers of a list to as many items before them; return what is left over."""
    lists = [block for block in answer.blocks if isinstance(block, List)]
    at = _asking(before, lists[0]) if len(lists) == 1 else None
    asking = None if at is None else before[at]
    if at is None or not isinstance(asking, List):
        return [answer]
    mine = {p.id: given for p, given in zip(_asked(asking, lists[0]), lists[0].items, strict=True)}
    items = tuple(_with(i, mine[i.id]) if i.id in mine else i for i in asking.items)
    before[at] = replace(asking, items=items, choices=False)
    rest = tuple(b for b in answer.blocks if b is not lists[0])
    return [replace(answer, blocks=rest)] if rest else []


def _asking(before: Sequence[Node], given: List) -> int | None:
    """Return the place of the list that a list of answers is for: no other answer stands between."""
    for at in range(len(before) - 1, -1, -1):
        block = before[at]
        if any(isinstance(n, Answer) for n in walk([block])):
            break
        if isinstance(block, List) and (found := _asked(block, given)):
            return at if len(found) == len(given.items) else None
    return None


def _asked(block: List, given: List) -> list[Item]:
    """Return the items that a list of answers is for: prompts, or all where each has an answer of its number."""
    numbered = block.ordered and given.ordered and block.start == given.start
    if numbered and len(block.items) == len(given.items) > 1:
        return list(block.items)
    return [i for i in block.items if i.asks]


def _sorted(blocks: Sequence[Node], tables: TaskTables, lead: str = "") -> list[Node]:
    """Return blocks with cases whose answers name their classes as the worksheet's table, ticked."""
    found: list[Node] = []
    for block in blocks:
        ticked = _ticked(lead, block, tables) if isinstance(block, List) else None
        lead = block.text.plain if isinstance(block, Paragraph) else lead
        if isinstance(block, Field):
            lead = f"{block.label.plain} {block.value.plain}"
        found.append(ticked or _within(block, lead, tables))
    return found


def _within(node: Node, lead: str, tables: TaskTables) -> Node:
    if isinstance(node, Answer):
        return node
    if isinstance(node, Field):
        return replace(node, blocks=tuple(_sorted(node.blocks, tables, lead)))
    if hasattr(node, "blocks"):
        return replace(node, blocks=tuple(_sorted(node.blocks, tables)))
    return rebuild(node, lambda child: _within(child, lead, tables))


def _ticked(lead: str, block: List, tables: TaskTables) -> Node | None:
    """Return a list of cases as a table with each one's class ticked; None where not all name one."""
    cases = [replace(i, blocks=i.blocks[:1]) for i in block.items]
    given = [i.blocks[1] if len(i.blocks) == 2 else None for i in block.items]
    classes = tables.classes(lead, replace(block, items=tuple(cases)))
    answers: list[tuple[int, Node]] = []
    for one in given:
        said = one.blocks[0] if isinstance(one, Answer) and len(one.blocks) == 1 else None
        if not classes or not isinstance(said, Paragraph):
            return None
        words = said.text.plain.casefold()
        named = [
            n
            for n, name in enumerate(classes)
            if re.match(rf"{re.escape(name.casefold())}\b", words)
        ]
        if len(named) != 1:
            return None
        answers.append((named[0], said))
    return tables.sorting(replace(block, items=tuple(cases)), classes, answers) if answers else None


def _with(prompt: Item, given: Item) -> Item:
    answer = Answer(span=given.span, id=given.id, blocks=given.blocks)
    return replace(prompt, asks=True, blocks=(*prompt.blocks, answer))


def _canvas(space: Space) -> Things:
    """Return a canvas: its titles are words of the worksheet."""

    items = tuple(
        Item(span=space.span, id=f"{space.id}-{n}", blocks=(
            Paragraph(span=space.span, id=f"{space.id}-title-{n}", text=plain_text(title)),))
        for n, title in enumerate(space.titles, 1) if title
    )  # fmt: skip
    return Things(span=space.span, id=space.id, items=items)
