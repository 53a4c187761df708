"""Paragraphs, fields and lists onto content slides: whole, else as cues, else on several slides.

The steps of `STEPS` are tried in order until the words fit; what still does not is split at items,
evenly. What a slide leaves out is in its notes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from math import ceil

import msgspec

from courseware.language.catalogue import Tongue
from courseware.model.blocks import (
    AnyNode,
    Block,
    Box,
    Code,
    Definitions,
    Drawing,
    Field,
    Figure,
    Item,
    List,
    Paragraph,
    Part,
    Pictures,
    Table,
)
from courseware.model.cutting import part_of
from courseware.model.walk import N, rebuild, walk
from courseware.products.deck.cues import (
    BRIEF,
    FULL,
    ITEM,
    LEEWAY,
    SENTENCE,
    SLIDE,
    cued_in,
    sentences,
    words_in,
)

replace = msgspec.structs.replace
Blocks = tuple[Block, ...]
Step = Callable[[Blocks, Tongue], Blocks]
LEAD = 20
"""Words before a list that stay with it, though slide and words are more than `FULL`."""
SHORT = 8
"""Short items, with what leads them in, that have room on a slide, though their words are more than `FULL`."""
EVEN = 0.34
"""Share of the fullest slide's words that the emptiest has at least, else lists are parted, too."""
BIG = (Code, Drawing, Table, Figure, Pictures)
"""What gets a slide of its own wherever it stands."""


def flows(block: Block) -> bool:
    """Whether a block holds nothing but what can stand on a content slide."""
    return not any(isinstance(node, BIG) for node in walk([block]))


def without_big(block: Block) -> tuple[Block | None, Blocks]:
    """Return a block less the big ones in it, None where nothing is left, and those."""
    taken: list[Block] = []

    def keep(node: N) -> N | None:
        if isinstance(node, BIG):
            taken.extend(() if is_lost(node) else (node,))
            return None
        left = rebuild(node, keep)
        return None if isinstance(left, Item | Box | List) and not _held(left) else left

    left = keep(block)
    return left, tuple(taken)


def is_lost(block: AnyNode) -> bool:
    """Whether a block is a picture that is not there, or on the web: what it is called is for the notes."""
    return isinstance(block, Figure) and block.lost


def _held(node: Item | Box | List) -> bool:
    return bool(node.items if isinstance(node, List) else node.blocks)


def whole(blocks: Blocks, _tongue: Tongue) -> Blocks:
    """Keep everything."""
    return blocks


def cued(blocks: Blocks, tongue: Tongue) -> Blocks:
    """Keep of each paragraph and value its first sentence or clause."""
    return tuple(cued_in(b, tongue, SENTENCE) for b in blocks)


def tasked(blocks: Blocks, tongue: Tongue) -> Blocks:
    """Leave out paragraphs before one that asks, and lead in nothing."""
    kept = cued(blocks, tongue)
    last = max((n for n, b in enumerate(kept) if _asks(b)), default=0)
    return tuple(b for n, b in enumerate(kept) if n >= last or _needed(kept, n))


def _asks(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.asks


def _needed(blocks: Blocks, at: int) -> bool:
    """Whether a block is no paragraph, or one that asks or leads in a list."""
    leads = isinstance(blocks[at + 1], List) if at + 1 < len(blocks) else False
    return leads or not isinstance(blocks[at], Paragraph) or _asks(blocks[at])


def flat(blocks: Blocks, tongue: Tongue) -> Blocks:
    """Keep of each list its first level, of each item its first block, of definitions the terms."""
    return tuple(_flat(b) for b in tasked(blocks, tongue))


def short(blocks: Blocks, tongue: Tongue) -> Blocks:
    """Keep of each item and value its first clause."""
    return tuple(
        cued_in(b, tongue, ITEM) if not isinstance(b, Paragraph) else b
        for b in flat(blocks, tongue)
    )


def fewer(blocks: Blocks, tongue: Tongue) -> Blocks:
    """Keep the first paragraph and what leads in a list, and the fields that hold a list.

    Of nothing but paragraphs, those are kept that fit on one slide.
    """
    if all(isinstance(b, Paragraph) for b in blocks):
        kept = short(blocks, tongue)
        kept = tuple(filter(_asks, kept)) or kept
        counts = [words_in(kept[:n]) for n in range(1, len(kept) + 1)]
        return kept[: max(1, sum(count <= SLIDE for count in counts))]
    result: list[Block] = []
    lists = any(isinstance(b, List | Field) and _lists(b) for b in blocks)
    kept = short(blocks, tongue)
    asked = any(map(_asks, kept))
    for at, block in enumerate(kept):
        if (at or asked) and not _needed(kept, at):
            continue
        if isinstance(block, Field) and lists and not _lists(block):
            continue
        result.append(block)
    return tuple(result)


def brief(blocks: Blocks, tongue: Tongue) -> Blocks:
    """Keep of each item, value and paragraph the shortest first clause."""
    return tuple(
        cued_in(b, tongue, ITEM if isinstance(b, Paragraph) else BRIEF)
        for b in fewer(blocks, tongue)
    )


def lone(blocks: Blocks, tongue: Tongue, before: Step = brief) -> Blocks:
    """Keep of the paragraphs only what asks or leads in a list, where there is one."""
    kept = before(blocks, tongue)
    lists = any(map(_lists, kept))
    return tuple(b for n, b in enumerate(kept) if not lists or _needed(kept, n))


Steps = tuple[Step, ...]
STEPS: Steps = (whole, cued, tasked, flat, short, fewer)
SCARCE: Steps = (*STEPS, brief, lone)
"""The steps in columns, which are to stay on one slide."""
TASKS: Steps = (*STEPS, partial(lone, before=fewer))
"""The steps on exercises, which are, too, but for short items."""


def _flat(node: N) -> N:
    if isinstance(node, List):
        return replace(node, items=tuple(_first_level(i) for i in node.items))
    if isinstance(node, Definitions):
        return replace(node, entries=tuple(replace(e, blocks=()) for e in node.entries))
    flatter: N = rebuild(node, _flat)
    return flatter


def _first_level(item: Item) -> Item:
    """Return an item less what stands below it; a label that says nothing alone keeps its list."""
    first, below = item.blocks[:1], item.blocks[1:2]
    led = bool(first and below) and leading(first[0]) and isinstance(below[0], List)
    kept = below if led else ()
    return replace(item, blocks=tuple(_leaf(_flat(b)) for b in (*first, *kept)))


def _leaf(block: Block) -> Block:
    return replace(block, blocks=()) if isinstance(block, Field) and block.value else block


def _lists(block: Block) -> bool:
    return any(isinstance(node, List) for node in walk([block]))


def chosen(blocks: Sequence[Block], tongue: Tongue, room: int = LEEWAY, steps: Steps = STEPS) -> Blocks:  # fmt: skip
    """Return what of some blocks in a language is shown: the first step's result that has room, else the last."""
    result: Blocks = tuple(blocks)
    for step in steps:
        result = step(tuple(blocks), tongue)
        if words_in(result) <= room:
            break
    return result


def paged(blocks: Blocks, bullets: bool = True, most: int = 99, full: int = FULL) -> list[Blocks]:
    """Return chosen blocks slide by slide: as few slides as have room, filled evenly.

    A slide begins with a block where slides are even then, else inside a list, too, the label of
    which it repeats. A list alone has `most` items on a slide at most. Up to `full` words stay on one.
    """
    result = bulleted(blocks) if bullets else blocks
    only = result[0] if len(result) == 1 else None
    if isinstance(only, List) and len(only.items) > most:
        return _by_items(only, most)
    led = isinstance(result[-1], List) and len(result) == 2 if result else False
    if words_in(result) <= full + LEAD * (led and words_in(result[-1:]) <= full):
        return [result] if result else []
    pages = _evenly(_led([(b,) for b in result]))
    counts = [words_in(page) for page in pages]
    over = any(words_in(page) > FULL and not _is_whole(page) for page in pages)
    uneven = min(counts) < EVEN * max(counts) and not any(map(_is_whole, pages))
    if over or uneven:
        finer = _evenly(_led(_units(result)))
        pages = finer if over or len(finer) <= len(pages) else pages
    return [_labelled(_together(page), result, number) for number, page in enumerate(pages)]


def _is_whole(page: Sequence[Block]) -> bool:
    """Whether a slide is a list of few words, or of a few short items, and what leads it in: it is not cut."""
    *before, last = page
    if not isinstance(last, List) or len(before) > 1 or words_in(before) > LEAD:
        return False
    items = len(last.items) <= SHORT and all(words_in([i]) <= ITEM for i in last.items)
    return (items and len(before) == 1) or words_in([last]) <= FULL


def _by_items(found: List, most: int) -> list[Blocks]:
    """Return a list on as few slides as have at most so many items each, evenly."""
    count = ceil(len(found.items) / most)
    ends = [round(len(found.items) * n / count) for n in range(count + 1)]
    return [
        (replace(found, items=found.items[a:b], start=found.start + a),) for a, b in pairwise(ends)
    ]


def _labelled(page: Blocks, blocks: Blocks, number: int) -> Blocks:
    """Return a page that begins inside of a field with that field's label before it."""
    first = page[0] if page else None
    if not number or not isinstance(first, List):
        return page
    owner = next((b for b in blocks if isinstance(b, Field) and not b.value
                  and any(isinstance(i, List) and i.id == first.id for i in b.blocks)), None)  # fmt: skip
    return (replace(owner, blocks=()), *page) if owner is not None else page


def _evenly(units: list[Blocks]) -> list[list[Block]]:
    """Return units slide by slide, on as few slides as hold them, filled evenly."""
    counts = [words_in(u) for u in units]
    fewest = _filled(units, counts, FULL)
    least = ceil(sum(counts) / len(fewest))
    tried = (_filled(units, counts, room) for room in range(least, FULL))
    return next((found for found in tried if len(found) <= len(fewest)), fewest)


def _filled(units: list[Blocks], counts: list[int], room: int) -> list[list[Block]]:
    """Return units slide by slide, each filled up to `room` words; a larger one stands alone."""
    pages: list[list[Block]] = []
    left = 0
    for unit, count in zip(units, counts, strict=True):
        if not pages or count > left:
            pages.append([])
            left = room
        pages[-1].extend(unit)
        left -= count
    return pages


def _led(units: list[Blocks]) -> list[Blocks]:
    """Put what leads in a list together with what it leads in."""
    result: list[Blocks] = []
    for unit in units:
        if result and leading(result[-1][-1]):
            result[-1] = (*result[-1], *unit)
        else:
            result.append(unit)
    return result


def bulleted(blocks: Blocks) -> Blocks:
    """Return blocks with each run of two or more paragraphs as a list; what leads in one stays."""
    result: list[Block] = []
    run: list[Paragraph] = []
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if isinstance(block, Paragraph) and not (
            isinstance(following, List) or block.text.plain.endswith(":")
        ):
            run.append(block)
            continue
        result += [*_bullets(run), block]
        run = []
    return (*result, *_bullets(run))


def _bullets(run: list[Paragraph]) -> list[Block]:
    if len(run) < 2:
        return list(run)
    items = tuple(Item(span=p.span, id=p.id, blocks=(p,)) for p in run)
    return [List(span=run[0].span, items=items)]


def _units(blocks: Blocks) -> list[Blocks]:
    """Return blocks in the pieces that a slide may end after: a list's items one by one."""
    units: list[Blocks] = []
    for block in blocks:
        if isinstance(block, List) and not block.choices:
            units += [(replace(block, items=(i,), start=block.start + n),)
                      for n, i in enumerate(block.items)]  # fmt: skip
        elif isinstance(block, Field) and block.blocks and not block.value:
            inside = _units(block.blocks)
            units += [(replace(block, blocks=()), *inside[0]), *inside[1:]]
        elif isinstance(block, Box | Part) and block.blocks:
            inside = _units(block.blocks)
            units += [(replace(block, blocks=inside[0]),), *inside[1:]]
        elif isinstance(block, Definitions):
            units += [(replace(block, entries=(e,)),) for e in block.entries]
        else:
            units.append((block,))
    return units


def leading(block: Block) -> bool:
    """Whether a block says what follows: a paragraph that ends with a colon, or a list of which only the last item does."""
    if isinstance(block, List):
        ends = [bool(i.blocks) and leading(i.blocks[-1]) for i in block.items]
        return sum(ends) == 1 and ends[-1]  # more of them are lines to fill in
    return isinstance(block, Paragraph) and block.text.plain.endswith((":", "："))


def announced(blocks: Sequence[Block], tongue: Tongue) -> tuple[Blocks, Block | None]:
    """Return blocks less what leads in what is not among them, and that: a last item, sentence or paragraph."""
    if not blocks or not leading(blocks[-1]):
        return tuple(blocks), None
    *rest, last = blocks
    if isinstance(last, List):
        kept, lead = last.items[:-1], last.items[-1].blocks[-1]
        return (*rest, *([replace(last, items=kept)] if kept else [])), lead
    assert isinstance(last, Paragraph)
    ends = sentences(last.text.plain, tongue)
    if len(ends) < 2:
        return tuple(rest), last
    said = replace(last, text=part_of(last.text, 0, ends[-2]))
    return (*rest, said), replace(last, text=part_of(last.text, ends[-2], len(last.text.plain)))


def _together(blocks: list[Block]) -> Blocks:
    """Put the items of one list, or the entries of one definition list, together again."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if isinstance(block, List) and isinstance(last, List) and last.id == block.id:
            result[-1] = replace(last, items=(*last.items, *block.items))
        elif isinstance(block, Definitions) and isinstance(last, Definitions):
            result[-1] = replace(last, entries=(*last.entries, *block.entries))
        else:
            result.append(block)
    return tuple(result)
