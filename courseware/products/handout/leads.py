"""Lists whose items begin alike: with a label or bold words each, or so short that two stand in a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from statistics import median
from typing import TypeVar

import msgspec

from courseware.model.blocks import Box, Field, Item, List, Paragraph, Quote, Text
from courseware.model.cutting import part_of
from courseware.model.inline import BOLD, Image, Mark, words_of
from courseware.model.kinds import BoxKind
from courseware.model.walk import texts

PAIRED, PAIRED_ITEM, PAIRED_MEDIAN = 4, 72, 40
"""Items of a list in two columns, at least, and their characters, at most and in the middle."""
ORDERED, ORDERED_ITEM, ORDERED_MEDIAN = 6, 48, 36
"""The same of a list in order, whose figures say how it is read: shorter ones, and more of them."""
LEAD, REST = 36, 240
"""Characters of what an item begins with in bold, and of its rest, that stand side by side."""
RUN = 3
"""Paragraphs that follow each other, at least, which are set as a list's items where all begin so."""
MINDED: tuple[BoxKind, ...] = ("note", "tip", "important", "warning", "caution")
"""Boxes that a quote is by its first words."""
T = TypeVar("T")
_END = re.compile(r"\s*[:：]\s*|\s+[–—-]\s+")
_SENTENCE = re.compile(r"[.!?。！？]\s*$")


class Lead(msgspec.Struct, frozen=True):
    """What an item begins with in bold, without its colon, and the rest; `id` is its block's."""

    id: str
    words: Text
    rest: Text


def leads(found: List) -> tuple[Lead, ...]:
    """Return of each item what it begins with and the rest; () unless all are made so and short."""
    if len(found.items) < 2 or found.choices:
        return ()
    parted = [_lead(item) for item in found.items]
    return tuple(p for p in parted if p) if all(parted) else ()


def led_runs(blocks: Iterable[T]) -> Iterator[T | List]:
    """Yield blocks, and paragraphs in a run that all begin with a label or bold words as a list."""
    for led, found in groupby(blocks, _is_led):
        run = list(found)
        items = [Item(span=b.span, blocks=(b,)) for b in run if isinstance(b, Paragraph | Field)]
        if led and len(run) >= RUN:
            yield List(span=items[0].span, items=tuple(items))
        else:
            yield from run


def _is_led(block: object) -> bool:
    """Return whether a block is a paragraph that begins with a label or bold words."""
    if isinstance(block, Field) and block.role:
        return False
    return isinstance(block, Paragraph | Field) and bool(
        _lead(Item(span=block.span, blocks=(block,)))
    )


def is_paired(found: List, *, asked: bool = False) -> bool:
    """Return whether a list of short items stands in two columns, row by row.

    Choices have boxes in place of numbers; where a list is `asked` of, its numbers name the choices.
    """
    many, item, middle = PAIRED, PAIRED_ITEM, PAIRED_MEDIAN
    if found.ordered and not found.choices and not asked:
        many, item, middle = ORDERED, ORDERED_ITEM, ORDERED_MEDIAN
    if len(found.items) < many or found.is_scale:
        return False
    lengths = [length_of(i) for i in found.items]
    short = max(lengths) <= item and median(lengths) <= middle
    return short and all(map(is_line, found.items))


def minded(quote: Quote, say: Callable[[str], str]) -> Box | None:
    """Return a quote as a box where it begins with a box's name: "> **Tip:** …"; `say` gives these names."""
    first = quote.blocks[0] if quote.blocks else None
    if not isinstance(first, Field) or first.role not in ("", "whole") or not first.value:
        return None
    name = without_colon(first.label).plain.casefold()
    kind = next((k for k in MINDED if say(k).casefold() == name), None)
    if kind is None:
        return None
    said = Paragraph(span=first.span, id=first.id, text=first.value)
    rest = (*first.blocks, *quote.blocks[1:])
    return Box(span=quote.span, id=quote.id, kind=kind, blocks=(said, *rest))


def without_colon(label: Text) -> Text:
    """Return a label as a small head shows it: its capitals do what the colon did."""
    return part_of(label, 0, len(label.plain.rstrip(" :：")))


def _lead(item: Item) -> Lead | None:
    """Return an item's label and value, or its bold lead and its rest."""
    block = item.blocks[0] if len(item.blocks) == 1 else None
    if item.checked is not None or item.asks:
        return None
    if isinstance(block, Field) and not block.blocks:
        lead = Lead(block.id, without_colon(block.label), block.value)
    elif isinstance(block, Paragraph) and not block.asks and (parted := _bold_lead(block.text)):
        lead = Lead(block.id, *parted)
    else:
        return None
    short = len(lead.words.plain) <= LEAD and len(lead.rest.plain) <= REST
    return lead if short and lead.rest else None


def _bold_lead(text: Text) -> tuple[Text, Text] | None:
    """Return a text's first words, bold up to a colon, a dash, their sentence's end or another sentence, and its rest."""
    first = text.inlines[:1]
    if not first or not isinstance(first[0], Mark) or first[0].name not in BOLD:
        return None
    bold = words_of(first[0])
    at = len(bold.rstrip(" :："))
    after = text.plain[at:]
    ends = _END.match(after)
    if not at or not (ends or _SENTENCE.search(bold) or _is_told(after)):
        return None
    rest = at + ends.end() if ends else at
    return part_of(text, 0, at), part_of(text, rest, len(text.plain))


def _is_told(words: str) -> bool:
    """Return whether words are sentences of their own: bold words before them are their name, without a colon as well."""
    return words[:1].isspace() and words.strip()[:1].isupper() and bool(_SENTENCE.search(words))


def is_line(item: Item) -> bool:
    """Return whether an item is a text and nothing else."""
    if len(item.blocks) != 1:
        return False
    first = item.blocks[0]
    return isinstance(first, Paragraph) and not first.text.has(Image)


def length_of(item: Item) -> int:
    """Return the characters of an item."""
    return sum(len(text.plain) for text in texts(item.blocks))
