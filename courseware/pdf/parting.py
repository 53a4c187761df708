"""Rows of high cards, parted where their page ends: each card goes on overleaf below its name.

The engine keeps such a row whole. Where the page before it has room for a part of it, or it is higher than a page,
each card is cut between what it holds: blocks, or items of its lists. The rest is a row of its own. Cards that cannot
be cut so stand one below the other, where their row would leave a third of a page empty or be cut in a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import msgspec

from courseware.pdf.sheets import LayoutBox, LayoutPage, sheets, walk

TRIES = 8
"""Rows that are parted at most, each for another layout or two."""
LEAST = 60.0
"""Points of a card that are worth a part of their own on the page before."""
LINES = 22.0
"""Points of two lines: what is left of a card is no less."""
TWO_LINES = 30.0
"""Points below which an item has two lines at most: it is not alone at a page's foot or head."""
SLACK = 8.0
"""Points that a page keeps, as a margin above the row may need."""
HIGH = 1 / 3
"""The share of a page that may stay empty before a row."""
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol"})
_TRIED = "data-parted"


class RowPlace(msgspec.Struct, frozen=True):
    """A row where it begins: its element, the number of the page that could hold its beginning, the room there.

    `cut` tells that the engine had to cut it, `empty` that the page before stays a third empty.
    """

    row: Any
    page: int
    room: float
    cut: bool
    empty: bool


def parted(tree: Any, render: Callable[[], Any], document: Any) -> Any:
    """Return a document laid out by `render`, the rows of high cards of the HTML `tree` parted where their pages end."""
    if next(_rows_of(tree), None) is None:
        return document
    for _ in range(TRIES):
        pages = sheets(document)
        place = next(_places(tree, pages), None)
        if place is None:
            break
        place.row.set(_TRIED, "")
        document = _with_part(tree, render, document, place, pages)
    return document


def _rows_of(tree: Any) -> Iterator[Any]:
    """Yield the rows of high cards that have not been tried."""
    for element in tree.iter("div"):
        if {"cards", "tall"} <= set(_classes(element)) and element.get(_TRIED) is None:
            yield element


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _places(tree: Any, pages: Sequence[LayoutPage]) -> Iterator[RowPlace]:
    """Yield the rows that lie on two pages, or left room for a part of them on the page before."""
    numbers = _numbers(tree)
    for row in _rows_of(tree):
        found = list(_fragments(pages, numbers[id(row)]))
        if not found:
            continue
        page, piece = found[0]
        sheet, cut = pages[page], len(found) > 1
        above = piece.top - sheet.top
        if page and above < HIGH * (sheet.bottom - sheet.top):
            before = pages[page - 1]
            foot = min(before.bottom, before.notes_top)
            spare = foot - max((p.bottom for p in walk(before.pieces) if p.kind in ("text", "picture")), default=before.top)  # fmt: skip
            empty = spare > HIGH * (before.bottom - before.top)
            if spare - above - SLACK >= LEAST or empty:
                yield RowPlace(row, page - 1, spare - above - SLACK, cut, empty)
                continue
        if cut:
            yield RowPlace(row, page, sheet.bottom - piece.top, cut, False)


def _numbers(tree: Any) -> dict[int, int]:
    """Return the number of each element of a tree, from 1, by its identity: a page's pieces are told by it."""
    return {id(element): n for n, element in enumerate(tree.iter(), 1)}


def _fragments(pages: Sequence[LayoutPage], number: int) -> Iterator[tuple[int, LayoutBox]]:
    """Yield the page, from 0, and the piece of an element on each of its pages."""
    for page, sheet in enumerate(pages):
        piece = next((p for p in walk(sheet.pieces) if p.element == number and p.kind == "block"), None)  # fmt: skip
        if piece is not None:
            yield page, piece


def _with_part(
    tree: Any,
    render: Callable[[], Any],
    document: Any,
    place: RowPlace,
    pages: Sequence[LayoutPage],
) -> Any:
    """Return the document with a row parted, else as it is, its cards below each other where that must be."""
    row, room, numbers = place.row, place.room, _numbers(tree)
    above = next(e for e in tree.iter() if row in list(e))
    before = [(e, list(e), dict(e.attrib)) for e in (above, *row.iter())]
    for strict in (True, False):
        cuts = [_cut(card, numbers, pages, room, strict) for card in row]
        kept = [n for n in cuts if n is not None]
        whole = [len(_atoms(card)) for card in row]
        if len(kept) < len(whole) or kept == whole:
            break
        above.insert(list(above).index(row) + 1, _overleaf(row, kept))
        closer = render()
        after = sheets(closer)
        holds = _holds(tree, row, after, place.page)
        if holds and len(after) <= len(pages):
            return closer
        room = room if holds else min(room, _room(tree, row, after, place.page)) - SLACK
        for element, children, attributes in before:
            element[:] = children
            element.attrib.clear()
            element.attrib.update(attributes)
    lost = any(p.top < 0 for sheet in pages for p in walk(sheet.pieces))
    if not (place.cut or place.empty):
        return document
    kept_class = row.get("class")
    row.set("class", f"{kept_class} below")
    lower = render()
    if lost or len(lower.pages) <= len(document.pages):
        return lower
    row.set("class", kept_class)
    return document


def _room(tree: Any, row: Any, pages: Sequence[LayoutPage], page: int) -> float:
    """Return the room that a row had on its page, footnotes aside: those of its own have come with it."""
    found = _fragments(pages, _numbers(tree)[id(row)])
    tops = [piece.top for at, piece in found if at == page]
    return (
        min(pages[page].notes_top, pages[page].bottom) - tops[0]
        if tops and page < len(pages)
        else 0.0
    )


def _holds(tree: Any, row: Any, pages: Sequence[LayoutPage], page: int) -> bool:
    """Whether a row lies on one page alone, the one that it was parted for."""
    found = _fragments(pages, _numbers(tree)[id(row)])
    return [at for at, _ in found] == [page]


def _atoms(card: Any) -> list[tuple[Any, Any]]:
    """Return what a card may be cut between: its blocks, or a list with each of its items."""
    found: list[tuple[Any, Any]] = []
    for block in card:
        plain = block.tag in _LISTS and not {"paired", "led", "choices", "scale"} & set(_classes(block))  # fmt: skip
        found += [(block, item) for item in block] if plain and len(block) else [(block, None)]
    return found


def _cut(
    card: Any, numbers: Mapping[int, int], pages: Sequence[LayoutPage], room: float, strict: bool
) -> int | None:
    """Return how many atoms of a card stay in so many points; None where it cannot be cut there.

    Where it is `strict`, no short item is alone on its page.
    """
    atoms = _atoms(card)
    ends = [_end(numbers[id(card)], numbers[id(block if item is None else item)], pages) for block, item in atoms]  # fmt: skip
    if not ends or ends[-1] <= room:
        return len(atoms)
    for kept in range(len(atoms) - 1, 0, -1):
        fits = ends[kept - 1] <= room and ends[-1] - ends[kept - 1] >= LINES
        if fits and not _leads(*atoms[kept - 1]) and not (strict and _is_lonely(atoms, ends, kept)):
            return kept
    return None


def _leads(block: Any, item: Any) -> bool:
    """Whether what an atom leads to is the next one."""
    return block.tag in _HEADS or (item is None and bool({"lead", "over"} & set(_classes(block))))


def _is_lonely(atoms: Sequence[tuple[Any, Any]], ends: Sequence[float], kept: int) -> bool:
    """Whether a cut leaves a short first or last item of a list alone on its page."""
    (block, item), (after, first) = atoms[kept - 1], atoms[kept]
    if item is None or block is not after:
        return False
    short = ends[kept - 1] - (ends[kept - 2] if kept > 1 else 0.0) < TWO_LINES
    return (item is block[0] and short) or (
        first is block[-1] and ends[kept] - ends[kept - 1] < TWO_LINES
    )


def _end(card: int, number: int, pages: Sequence[LayoutPage]) -> float:
    """Return how far below its card's top an element ends, as if all of it were on one page."""
    above = end = 0.0
    for _, piece in _fragments(pages, card):
        low = max((p.bottom for p in walk((piece,)) if p.kind in ("text", "picture")), default=piece.top)  # fmt: skip
        own = next((p for p in walk((piece,)) if p.element == number), None)
        if own is not None:
            last = max((p.bottom for p in walk((own,)) if p.kind in ("text", "picture")), default=own.bottom)  # fmt: skip
            end = above + last - piece.top
        above += low - piece.top
    return end


def _overleaf(row: Any, cuts: Sequence[int]) -> Any:
    """Return the row of what goes on overleaf, taken out of the cards of `row`."""
    rest = Element("div", {"class": row.get("class"), "style": "break-before: page"})
    for card, kept in zip(row, cuts, strict=True):
        atoms = _atoms(card)
        if kept == len(atoms):
            SubElement(rest, "div", {"aria-hidden": "true"})
            continue
        part = SubElement(rest, card.tag, {"class": card.get("class") or ""})
        again = SubElement(part, "p", {"class": "again", "aria-hidden": "true"})
        again.text = f"… {_name(card)}"
        _move(card, part, atoms, kept)
        last = card[-1]
        while last.tag in (*_LISTS, "li", "p"):  # what would keep it with the next one
            last.set("style", "; ".join(filter(None, (last.get("style"), "break-after: auto"))))
            if not len(last):
                break
            last = last[-1]
    return rest


def _name(card: Any) -> str:
    head = next((e for e in card if e.tag in _HEADS), None)
    words = [] if head is None else [head.text or ""]
    for inside in () if head is None else head:
        words += ["" if "time" in _classes(inside) else "".join(inside.itertext()), inside.tail or ""]  # fmt: skip
    return " ".join("".join(words).split())


def _move(card: Any, part: Any, atoms: Sequence[tuple[Any, Any]], kept: int) -> None:
    """Move what goes on overleaf; a list of which a part stays goes on with its numbers."""
    into: dict[int, Any] = {}
    for block, item in atoms[kept:]:
        if item is None or item is block[0]:
            card.remove(block)
            part.append(block)
            into[id(block)] = None
            continue
        if id(block) not in into:
            into[id(block)] = _rest_of(block, list(block).index(item))
            part.append(into[id(block)])
        if into[id(block)] is not None:
            block.remove(item)
            into[id(block)].append(item)


def _rest_of(block: Any, gone: int) -> Any:
    """Return a list that goes on where another ends, `gone` items on."""
    named = {
        k: v for k, v in block.attrib.items() if k not in ("id", "data-block", "start", "style")
    }
    if block.tag == "ol":
        start = int(block.get("start") or 1) + gone
        named |= {"start": str(start), "style": f"counter-reset: list-item {start - 1}"}
    return Element(block.tag, named)
