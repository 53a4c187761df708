"""How well pages are made up, measured on what was laid out: the rules of a good compositor.

`faults` goes through `MEASURES` and returns what a reader would see: a heading left behind, a line,
list item or row alone, a table or card cut, an empty foot, text past the margin or over other text,
type too small to read. All lengths are points. The rules are those of print, products.md in short:
nothing alone at a page's foot or head, no page but the last a third empty where the content allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import msgspec

from courseware.pdf.sheets import LayoutBox, LayoutPage, walk, words

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
EMPTY = 1 / 3
"""The share of a page's height that may stay empty at its foot, the last page aside."""
SMALLEST = 7.0
"""The smallest type in points; superscripts and the like may have `SMALLEST_RAISED`."""
SMALLEST_RAISED = 5.0
RAISED = frozenset({"sup", "sub"})
LISTS, TABLES = frozenset({"ul", "ol"}), frozenset({"table"})
SPACE = "room"
"""The class of a space to write in: it stands for itself, as a picture does."""
FIELDS = frozenset({"input", "textarea"})
REPEATED = frozenset({"thead", "tfoot"})
"""What a table prints again on each of its pages."""
SLACK = 1.0
"""What two lines may overlap, or a line pass the margin by: less is not seen."""
SHORT = 3
"""A list item of so many lines stands for itself; fewer look lost at a page's edge."""
TALL = 1 / 4
"""The share of a page's height from which a table's row stands for itself."""

MENDABLE = frozenset({
    "one line alone at the foot", "one line alone at the head", "a list item alone at the foot",
    "a list item alone at the head", "a table's row alone at the foot",
    "a table's row alone at the head", "a lead-in last on its page",
})  # fmt: skip
"""Kinds that a new paragraph brings and takes: seldom, they may happen. The others never may."""


class Fault(msgspec.Struct, frozen=True):
    """One thing that a compositor would mend: its page from 1, its kind, and the words there."""

    page: int
    kind: str
    what: str


class Unit(msgspec.Struct, frozen=True):
    """A block of lines or a picture as it stands on one page, with the pieces around it."""

    page: int
    piece: LayoutBox
    around: tuple[LayoutBox, ...]

    @property
    def lines(self) -> int:
        """How many lines it has on this page."""
        return sum(p.kind == "line" for p in self.piece.pieces)


def faults(sheets: Sequence[LayoutPage]) -> tuple[Fault, ...]:
    """Return every fault of a document's pages, by page."""
    found = [fault for measure in MEASURES for fault in measure(sheets)]
    return tuple(sorted(dict.fromkeys(found), key=lambda fault: fault.page))


def units(sheet: LayoutPage) -> Iterator[Unit]:
    """Yield what a page holds in source order; list markers, floats and placed boxes aside."""

    def inside(piece: LayoutBox, around: tuple[LayoutBox, ...]) -> Iterator[Unit]:
        if not piece.flows or "::" in piece.tag:
            return
        seen = piece.kind == "picture" or SPACE in piece.classes
        if seen or any(p.kind == "line" for p in piece.pieces):
            yield Unit(sheet.number, piece, around)
            return
        for child in piece.pieces:
            yield from inside(child, (*around, piece))

    for piece in sheet.pieces:
        yield from inside(piece, ())


def _written_in(piece: LayoutBox) -> bool:
    """Whether a piece holds something to fill in, which is what its words lead to."""
    return any(p.tag in FIELDS or SPACE in p.classes for p in walk((piece,)))


def _shown(piece: LayoutBox) -> str:
    text = words(piece) or piece.tag
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


def _last_on_page(sheets: Sequence[LayoutPage]) -> Iterator[Fault]:
    """Headings, lead-ins ("Do this:") and what is kept with its next, whose next is a page on."""
    every = [unit for sheet in sheets for unit in units(sheet)]
    for unit, following in pairwise(every):
        if following.page == unit.page or following.piece.element == unit.piece.element:
            continue
        heading = next((p for p in (*unit.around, unit.piece) if p.tag in HEADINGS), None)
        if heading:
            yield Fault(unit.page, "a heading last on its page", _shown(heading))
        elif unit.piece.keeps:
            yield Fault(unit.page, "kept with its next, which is a page on", _shown(unit.piece))
        elif words(unit.piece).rstrip().endswith(":") and not _written_in(unit.piece):
            yield Fault(unit.page, "a lead-in last on its page", _shown(unit.piece))


def _single_lines(sheets: Sequence[LayoutPage]) -> Iterator[Fault]:
    """One line of a block alone at a foot or head."""
    for before, after in pairwise(sheets):
        feet = {u.piece.element: u for u in units(before)}
        heads = {u.piece.element: u for u in reversed(list(units(after)))}
        for element in feet.keys() & heads.keys():
            foot, head = feet[element], heads[element]
            if not foot.lines or not head.lines or not _one_block(foot, head, before, after):
                continue
            if any(piece.tag in REPEATED for piece in head.around):
                continue
            if foot.lines == 1:
                yield Fault(before.number, "one line alone at the foot", _shown(foot.piece))
            if head.lines == 1:
                yield Fault(after.number, "one line alone at the head", _shown(head.piece))


def _one_block(foot: Unit, head: Unit, before: LayoutPage, after: LayoutPage) -> bool:
    """Whether two units of an element are one block cut, not two blocks with others between."""
    later = list(units(before))
    later = later[later.index(foot) + 1 :]
    sooner = list(units(after))
    sooner = sooner[: sooner.index(head)]
    return not any(
        around.element == foot.piece.element for unit in (*later, *sooner) for around in unit.around
    )


def _fragments(
    sheets: Sequence[LayoutPage], tags: frozenset[str]
) -> Iterator[list[tuple[LayoutPage, LayoutBox]]]:
    """Yield, for each element of these tags that lies on several pages, its piece on each."""
    found: dict[int, dict[int, tuple[LayoutPage, LayoutBox]]] = {}
    for sheet in sheets:
        for piece in walk(sheet.pieces):
            if piece.tag in tags and piece.kind == "block":
                found.setdefault(piece.element, {}).setdefault(sheet.number, (sheet, piece))
    yield from ([*parts.values()] for parts in found.values() if len(parts) > 1)


def _inside(piece: LayoutBox, tag: str, stop: frozenset[str]) -> Iterator[LayoutBox]:
    """Yield the pieces of a tag in a piece, those in pieces of the tags `stop` aside."""
    for child in piece.pieces:
        if child.tag == tag and child.kind == "block":
            yield child
        elif child.tag not in stop:
            yield from _inside(child, tag, stop)


def _single_items(sheets: Sequence[LayoutPage]) -> Iterator[Fault]:
    """One short list item alone at a foot or head, the rest of its list a page away."""
    for parts in _fragments(sheets, LISTS):
        items = [list(dict.fromkeys(p.element for p in _inside(list_, "li", LISTS)))
                 for _, list_ in parts]  # fmt: skip
        for place, edge, beside in ((0, "foot", 1), (-1, "head", -2)):
            sheet, piece = parts[place]
            if len(items[place]) != 1 or items[place][0] in items[beside]:
                continue
            item = next(_inside(piece, "li", LISTS))
            lines = {round(p.top) for p in walk((item,)) if p.kind == "line"}
            if len(lines) < SHORT and not _written_in(item):
                yield Fault(sheet.number, f"a list item alone at the {edge}", _shown(item))


def _cut_tables(sheets: Sequence[LayoutPage]) -> Iterator[Fault]:
    """A table cut with fewer than two rows on a side; a row cut that a page could have held."""
    for parts in _fragments(sheets, TABLES):
        rows = [list(_inside(table, "tr", REPEATED)) for _, table in parts]
        for place, edge in ((0, "foot"), (-1, "head")):
            sheet = parts[place][0]
            if len(rows[place]) < 2 and not any(
                row.height > TALL * (sheet.bottom - sheet.top) for row in rows[place]
            ):
                shown = rows[place][0] if rows[place] else parts[place][1]
                yield Fault(sheet.number, f"a table's row alone at the {edge}", _shown(shown))


def _cut_wholes(sheets: Sequence[LayoutPage]) -> Iterator[Fault]:
    """A block that should stay whole and would fit on a page, cut: a card, a row, a figure."""
    found: dict[int, list[tuple[LayoutPage, LayoutBox]]] = {}
    for sheet in sheets:
        seen = {p.element: p for p in _unrepeated(sheet.pieces)
                if p.whole and p.kind == "block" and "::" not in p.tag}  # fmt: skip
        for element, piece in seen.items():
            found.setdefault(element, []).append((sheet, piece))
    for parts in found.values():
        sheet, piece = parts[0]
        height = sum(p.height for _, p in parts)
        if len(parts) > 1 and height <= sheet.bottom - sheet.top:
            yield Fault(sheet.number, "cut, though it fits on one page", _shown(piece))


def _unrepeated(pieces: Sequence[LayoutBox]) -> Iterator[LayoutBox]:
    for piece in pieces:
        if piece.tag not in REPEATED:
            yield piece
            yield from _unrepeated(piece.pieces)


def _inked(sheet: LayoutPage) -> Iterator[LayoutBox]:
    return (p for p in walk(sheet.pieces) if p.kind in ("text", "picture") or p.inked)


def _empty_feet(sheets: Sequence[LayoutPage]) -> Iterator[Fault]:
    """A page with more than a third of its height empty though what follows would go there."""
    for sheet, after in pairwise(sheets):
        low = max((min(p.bottom, sheet.notes_top) for p in _inked(sheet)), default=sheet.top)
        room = sheet.notes_top - low
        share = room / (sheet.bottom - sheet.top)
        if share <= EMPTY:
            continue
        following = list(units(after))
        if following and _forced(following[0]):
            continue
        if _first_unit(after) - after.top > room - SLACK:
            continue
        shown = _shown(following[0].piece) if following else ""
        yield Fault(sheet.number, f"{share:.0%} empty at the foot", f"next is: {shown}")


def _forced(unit: Unit) -> bool:
    return any(piece.starts_page for piece in (*unit.around, unit.piece))


def _first_unit(sheet: LayoutPage) -> float:
    """Return how far down a page's first piece reaches that must stay together, in points."""
    end = sheet.top
    for unit in units(sheet):
        whole = next((p for p in unit.around if p.whole or _row(p)), unit.piece)
        if unit.piece.top < end - SLACK:  # beside or inside what was counted
            continue
        lines = [p for p in unit.piece.pieces if p.kind == "line"]
        cut = whole is unit.piece and not whole.whole and len(lines) > 3
        end = lines[1].bottom if cut else whole.bottom
        heading = any(p.tag in HEADINGS or p.keeps for p in (*unit.around, unit.piece))
        if not heading:
            return end
    return end


def _row(piece: LayoutBox) -> bool:
    return piece.tag == "tr" or (piece.across and piece.height < 200)


def _past_the_margin(sheets: Sequence[LayoutPage]) -> Iterator[Fault]:
    """Text or a picture that passes the right or lower margin, or the paper's edge anywhere."""
    for sheet in sheets:
        for piece in walk((*sheet.pieces, *sheet.notes)):
            if piece.kind not in ("text", "picture") or (
                piece.kind == "text" and not piece.text.strip()
            ):
                continue
            over = max(
                piece.right - sheet.right, piece.bottom - sheet.bottom - 4, -piece.left, -piece.top
            )
            if over > SLACK:
                yield Fault(sheet.number, f"{over:.0f} pt past the margin", _shown(piece))


def _one_over_another(sheets: Sequence[LayoutPage]) -> Iterator[Fault]:
    """Lines of text that lie over each other."""
    for sheet in sheets:
        texts = sorted((p for p in walk((*sheet.pieces, *sheet.notes))
                        if p.kind == "text" and p.text.strip()), key=lambda p: p.top)  # fmt: skip
        for place, one in enumerate(texts):
            for other in texts[place + 1 :]:
                if other.top >= one.bottom:
                    break
                down = min(one.bottom, other.bottom) - other.top
                aside = min(one.right, other.right) - max(one.left, other.left)
                if aside > SLACK and down > 0.5 * min(one.height, other.height):
                    yield Fault(sheet.number, "text over text", f"{_shown(one)} | {_shown(other)}")


def _too_small(sheets: Sequence[LayoutPage]) -> Iterator[Fault]:
    """Type under the floor."""

    def inside(piece: LayoutBox, floor: float) -> Iterator[LayoutBox]:
        raised = piece.tag in RAISED or "::footnote-" in piece.tag
        floor = SMALLEST_RAISED if raised else floor
        if piece.kind == "text" and piece.text.strip() and piece.size < floor:
            yield piece
        for child in piece.pieces:
            yield from inside(child, floor)

    for sheet in sheets:
        for top in (*sheet.pieces, *sheet.notes, *sheet.margins):
            for piece in inside(top, SMALLEST):
                yield Fault(sheet.number, f"type of {piece.size:.1f} pt", _shown(piece))


MEASURES: tuple[Callable[[Sequence[LayoutPage]], Iterator[Fault]], ...] = (
    _last_on_page, _single_lines, _single_items, _cut_tables, _cut_wholes, _empty_feet,
    _past_the_margin, _one_over_another, _too_small,
)  # fmt: skip
"""What is measured, in this order."""
