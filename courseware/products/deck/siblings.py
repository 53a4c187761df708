"""Siblings with few words on one slide: as labelled columns, or as cards.

Siblings are topics or parts in a row. Two or three that have the same labels over their lists are
columns, so that labels are level; three to six with a short list each are cards. One decision holds
for all of a set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from courseware.language.catalogue import Tongue
from courseware.model.blocks import Block, Field, List, Paragraph, Part, Text, Topic
from courseware.products.deck.columns import (
    CARDS,
    LAYOUTS,
    ROOMS,
    SIDES,
    WORDS,
    aside,
    carded,
    said,
)
from courseware.products.deck.content import flows
from courseware.products.deck.cues import words
from courseware.products.deck.frames import Frame, ids, make_slide, opened
from courseware.products.deck.titles import LayoutName, Placeholder, Slide, title_of

Sibling = Topic | Part
FEWEST, MOST = 3, 6
"""Siblings that are cards."""
ITEMS = 5
"""Items that a card has at most."""


class Member(NamedTuple):
    """A sibling: its name, its lists with labels (empty where none) and owners, what follows."""

    node: Sibling
    name: Text
    lists: tuple[tuple[Text, List, Block], ...]
    others: tuple[Block, ...]
    rest: tuple[Block, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the lists, as they are compared."""
        return tuple(label.plain.rstrip(":： ").casefold() for label, _, _ in self.lists)


def member(node: Sibling) -> Member | None:
    """Return what a sibling holds; None where it holds more than short fields and lists.

    What stands behind its last list and is neither is its rest, which is shown apart.
    """
    lists: list[tuple[Text, List, Block]] = []
    others: list[Block] = []
    blocks = opened(node.blocks)
    end = 0
    for at, block in enumerate(blocks):
        found = _list_of(block)
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if (
            isinstance(block, Paragraph)
            and block.text.plain.endswith(":")
            and isinstance(following, List)
        ):
            continue
        before = blocks[at - 1] if at else None
        if found is not None and isinstance(block, List) and isinstance(before, Paragraph):
            found = before.text, block, block
        if found is not None:
            lists.append(found)
        elif isinstance(block, Field) and not block.blocks:
            others.append(block)
        else:
            break
        end = at + 1
    rest = tuple(blocks[end:])
    named = bool(node.heading.name)
    if not named or not lists or any(isinstance(b, Topic | Part | List | Field) for b in rest):
        return None
    return Member(node, title_of(node.heading), tuple(lists), tuple(others), rest)


def _list_of(block: Block) -> tuple[Text, List, Block] | None:
    """Return a list that is flat, its label, and the block that both are in."""
    label, owner = Text(), block
    if isinstance(block, Field) and not block.value and len(block.blocks) == 1:
        label, block = block.label, block.blocks[0]
    if not isinstance(block, List) or not flows(block):
        return None
    plain = all(len(i.blocks) == 1 and isinstance(i.blocks[0], Paragraph | Field)
                and not getattr(i.blocks[0], "blocks", ()) for i in block.items)  # fmt: skip
    return (label, block, owner) if plain else None


def runs_of(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Return blocks in runs: siblings of one type that follow each other, any other alone."""
    run: list[Block] = []
    for block in blocks:
        like = isinstance(block, Topic | Part) and run and type(run[-1]) is type(block)
        if run and not like:
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def grouped(frame: Frame, blocks: Sequence[Block]) -> list[Block | Slide]:
    """Return blocks with each set of siblings that shares a slide as that slide."""
    result: list[Block | Slide] = []
    for run in runs_of(blocks):
        siblings = [b for b in run if isinstance(b, Topic | Part)]
        slide = shared(frame, siblings) if len(siblings) == len(run) else None
        if slide is None:
            result += run
            continue
        last = member(siblings[-1])
        result += [slide, *(last.rest if last else ())]
    return result


def shared(frame: Frame, siblings: Sequence[Sibling]) -> Slide | None:
    """Return the slide of a set of siblings; None where each needs one of its own."""
    found = [member(node) for node in siblings]
    members = [m for m in found if m is not None]
    if len(members) < len(found) or len(members) < 2 or any(m.rest for m in members[:-1]):
        return None
    return _columns(frame, members) or _cards(frame, members)


def widest(siblings: Sequence[Block], tongue: Tongue) -> int:
    """Return how many columns the slides of siblings have, so that all of a set have as many."""
    runs = [opened(b.blocks) for b in siblings if isinstance(b, Topic | Part)]
    found = [aside(run, tongue) for run in runs if len(runs) > 1]
    return min((len([h for h in f[1] if h.name in SIDES[3]]) for f in found if f), default=0)


def are_cards(siblings: Sequence[Block], tongue: Tongue) -> bool:
    """Whether the labelled fields of one of some siblings are cards, so that those of all are."""
    runs = [opened(b.blocks) for b in siblings if isinstance(b, Topic | Part)]
    return len(runs) > 1 and any(run and carded(run, tongue) for run in runs)


def _columns(frame: Frame, members: list[Member]) -> Slide | None:
    """Return two or three siblings with the same labels as columns."""
    sides, room = SIDES.get(len(members)), ROOMS.get(len(members))
    labels = members[0].labels
    if sides is None or room is None or not all(labels) or any(m.labels != labels for m in members):
        return None
    if not all(room.holds(_said(m)) for m in members) or _count(members) > WORDS:
        return None
    holders: tuple[Placeholder, ...] = ()
    for side, one in zip(sides, members, strict=True):
        held = [Field(span=f.span, label=label, key="", blocks=(f,)) for label, f, _ in one.lists]
        holders += (_name(f"{side}-title", one), Placeholder(side, tuple(held)))
    return _slide(frame, LAYOUTS[len(members)], holders, members)


def _cards(frame: Frame, members: list[Member]) -> Slide | None:
    """Return siblings with a short list each as cards."""
    if not FEWEST <= len(members) <= MOST or any(len(m.lists) != 1 for m in members):
        return None
    room = CARDS[2 if len(members) == 4 else 3]
    if len(members) == FEWEST:
        room = room._replace(height=2 * room.height)
    if any(len(m.lists[0][1].items) > ITEMS or not room.holds(_said(m)) for m in members):
        return None
    apart = len({m.labels for m in members}) > 1
    holders = tuple(
        Placeholder(f"card-{n}", (*_name("", m).blocks, *_labelled(m, apart)))
        for n, m in enumerate(members, 1)
    )
    return _slide(frame, "cards", holders, members)


def _labelled(one: Member, apart: bool) -> tuple[Block, ...]:
    """Return a card's list, its label before it where those of a set are not all the same."""
    label, found, _ = one.lists[0]
    if not label or not apart:
        return (found,)
    return (Field(span=found.span, label=label, key="", blocks=(found,)),)


def _name(place: str, one: Member) -> Placeholder:
    return Placeholder(place, (Paragraph(span=one.node.span, text=one.name),))


def _count(members: Sequence[Member]) -> int:
    return words(" ".join(text for m in members for text in _said(m)))


def _said(one: Member) -> list[str]:
    """Return the paragraphs of a sibling as it is shown, its name among them."""
    texts = [one.name.plain]
    for label, found, _ in one.lists:
        texts += [label.plain] if label else []
        texts += [" ".join(said(item.blocks)) for item in found.items]
    return texts


def _slide(
    frame: Frame, layout: LayoutName, holders: tuple[Placeholder, ...], members: list[Member]
) -> Slide:
    nodes = [m.node for m in members]
    left = {i for m in members for i in ids(m.rest)}
    covers = tuple(i for i in ids(nodes) if i not in left)
    bare = layout == "cards" and len({m.labels for m in members}) == 1
    whole = ids(found if bare else owner for m in members for _, found, owner in m.lists)
    return make_slide(frame, layout, holders, nodes, whole, covers)
