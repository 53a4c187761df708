"""Writing space takes the room that its page has to spare; page breaks stay where they are.

Before that, in any product, what is `whole` and began a page, as it did not fit on the one before, is let go where that one would
stay a third empty even so.

A space is an element of the class `room` with a height in its style. Ruled lines (class `lines`) grow
first, by whole lines; then rows of tables (`cell`), to `HIGHEST_ROW`; then boxes. None has more than
`MOST` times its least height, but for those that may take all (`fills`); the smallest in proportion is
the first of its kind. Spaces side by side grow together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Any

import msgspec

from courseware.pdf.engine import boxes
from courseware.pdf.sheets import LayoutBox, LayoutPage, begun, block_of, sheets, walk
from courseware.pdf.tightening import closer_set, ends_high

POINT = 72 / 25.4
"""Points in a millimetre."""
PITCH = 8.0
"""Millimetres from one ruled line to the next, as in the stylesheet."""
STEP, ROW_STEP = 4.0, 1.0
"""Millimetres that a box, and a table's row, grow by."""
HIGHEST_ROW = 18.0
"""Millimetres of a row that grew."""
MOST = 2.0
"""How many times its least height a space may have: more looks like a mistake."""
LEAST_LINES = 3
"""A space of one line may have so many, whatever `MOST` says."""
HELD_BACK = 1.5
"""Millimetres that a page keeps, so that what begins the next page cannot come back."""
_HEIGHT = re.compile(r"height:\s*([\d.]+)mm")


SPARE = 0.33
"""Share of a page that may stay empty for what begins on the next one whole."""
WHOLE_UNIT = "whole"
"""The class of what stays on one page until it is let go."""
TRIES = 6
"""Units that are let go at most, each for another layout."""


class SpaceRow(msgspec.Struct, frozen=True):
    """Spaces side by side on a page: their names, their height in mm, the step they grow by.

    `fills` tells that they may take all that is spare.
    """

    names: tuple[str, ...]
    height: float
    step: float
    fills: bool = False

    @property
    def most(self) -> float:
        """Height in mm that they may have at most."""
        if self.fills:
            return float("inf")
        if self.step == ROW_STEP:
            return max(HIGHEST_ROW, self.height)
        least = LEAST_LINES * PITCH if self.step == PITCH else 0.0
        return max(self.height * MOST, least)


def grown(tree: Any, render: Callable[[], Any], document: Any) -> Any:
    """Return a document laid out by `render`, the spaces of the HTML `tree` grown to its pages.

    Where a page has nothing to spare, or growing would move a space to another page, it is as it
    was: with the least heights.
    """
    wanted = heights(sheets(document))
    if not wanted:
        return document
    before = _styled(tree, wanted)
    after = render()
    if begun(after) == begun(document):
        return after
    for element, style in before:
        element.set("style", style)
    return document


def let_go(tree: Any, render: Callable[[], Any], document: Any) -> Any:
    """Return a document laid out, units that leave the page before them a third empty broken where that fills it.

    Where it empties a later page instead, the unit behind that is let go, too; if that fills none, both stay whole.
    """
    if not ends_high(document):
        return document
    whole = document
    held, empty = _leaving_empty(tree, document)
    tries = TRIES
    unproven: list[tuple[Any, str]] = []
    while held and tries:
        unit, tries = held.pop(0), tries - 1
        kept = unit.get("class")
        unit.set("class", " ".join(name for name in kept.split() if name != WHOLE_UNIT))
        closer = render()
        others, left = _leaving_empty(tree, closer)
        if (len(left), empty) >= (len(empty), left):
            unit.set("class", kept)
            continue
        unproven.append((unit, kept))
        if len(left) < len(empty):
            document = closer
            unproven.clear()
        held, empty = others, left
    for unit, kept in unproven:
        unit.set("class", kept)
    if document is not whole:  # what was let go may leave but a few lines on a last page
        document = closer_set(tree.find("body"), render, document)
    return document


def _leaving_empty(tree: Any, document: Any) -> tuple[list[Any], list[int]]:
    """Return the whole units that leave the page before them a third empty, and which pages are."""
    pages = sheets(document)
    emptied = [n for n, (sheet, after) in enumerate(pairwise(pages)) if _stays_empty(sheet, after)]
    begin = {number for n in emptied for number in _beginning(pages[n], pages[n + 1])}
    return [e for number, e in enumerate(tree.iter(), 1) if number in begin], emptied


def _beginning(sheet: LayoutPage, after: LayoutPage) -> Iterator[int]:
    """Yield the whole units with which the page `after` another begins."""
    on = {p.element for p in walk(sheet.pieces)}
    low = after.top + SPARE * (after.bottom - after.top)
    for piece in walk(after.pieces):
        if WHOLE_UNIT in piece.classes and piece.element not in on and piece.top < low:
            yield piece.element


def _stays_empty(sheet: LayoutPage, after: LayoutPage) -> bool:
    """Whether a third of a page is empty when its spaces have grown."""
    rows, spare = list(_rows(sheet)), _spare(sheet, after)
    grown = sum(_shared(rows, spare)) - sum(row.height for row in rows)
    return (spare - grown) * POINT > SPARE * (sheet.bottom - sheet.top)


def heights(pages: Sequence[LayoutPage]) -> dict[str, float]:
    """Return the heights in mm that spaces grow to, by name; those that stay are absent."""
    found: dict[str, float] = {}
    for sheet, after in zip_longest(pages, pages[1:]):
        rows = list(_rows(sheet))
        made = _shared(rows, _spare(sheet, after)) if rows else []
        for row, height in zip(rows, made, strict=True):
            if height > row.height:
                found |= dict.fromkeys(row.names, height)
    return found


def _spare(sheet: LayoutPage, after: LayoutPage | None) -> float:
    """Return the millimetres that are empty at a page's foot; what goes on `after` has no foot."""
    on = {p.element for p in walk(after.pieces)} if after else set[int]()
    low = max((p.bottom for p in walk(sheet.pieces) if _ends(p, on)), default=sheet.bottom)
    return (min(sheet.notes_top, sheet.bottom) - low) / POINT - HELD_BACK


def _ends(piece: LayoutBox, on: set[int]) -> bool:
    """Whether a piece's foot is where it ends, not where its page does."""
    return piece.kind in ("text", "picture") or (piece.kind == "block" and piece.element not in on)


def _rows(sheet: LayoutPage) -> Iterator[SpaceRow]:
    """Yield the spaces of a page that may grow, those side by side together."""
    rooms = [p for p in walk(sheet.pieces) if "grows" in p.classes and p.id]
    rooms.sort(key=lambda p: p.top)
    while rooms:
        first = rooms[0]
        beside = [p for p in rooms if p.top < first.bottom - 1]
        rooms = [p for p in rooms if p not in beside]
        kinds = {"lines": PITCH, "cell": ROW_STEP}
        step = next((s for name, s in kinds.items() if name in first.classes), STEP)
        height = max(p.height for p in beside) / POINT
        names = tuple(dict.fromkeys(p.id for p in beside))
        yield SpaceRow(names, round(height, 2), step, "fills" in first.classes)


def _shared(rows: list[SpaceRow], spare: float) -> list[float]:
    """Return heights for rows that share what is spare: kind by kind, the least grown first."""
    made = [row.height for row in rows]
    for kind in (PITCH, ROW_STEP, STEP):
        spare = _grow([n for n, row in enumerate(rows) if row.step == kind], rows, made, spare)
    return made


def _grow(own: list[int], rows: list[SpaceRow], made: list[float], spare: float) -> float:
    """Grow some rows in `made`; return what is left to spare."""
    while True:
        free = [n for n in own if rows[n].step <= spare and made[n] + rows[n].step <= rows[n].most]
        if not free:
            return spare
        least = min(free, key=lambda n: (made[n] / rows[n].height, n))
        made[least] += rows[least].step
        spare -= rows[least].step


def _styled(tree: Any, wanted: dict[str, float]) -> list[tuple[Any, str]]:
    """Give elements their new heights; return them with the styles they had."""
    changed = []
    for element in tree.iter():
        height = wanted.get(block_of(element))
        if height is not None:
            style = element.get("style") or ""
            changed.append((element, style))
            element.set("style", _HEIGHT.sub(f"height: {height:g}mm", style))
    return changed


WHOLE = (boxes.FlexContainerBox, boxes.GridContainerBox, boxes.TableBox, boxes.ReplacedBox)
"""Boxes that are laid out as one: they are left as they are."""


def trimmed(document: Any) -> Any:
    """Return a document laid out, the blocks cut by a page's end trimmed to what is in them."""
    roots = [_flow(page._page_box) for page in document.pages]
    for here, overleaf in pairwise(roots):
        later = {id(box.element) for box in overleaf.descendants() if box.element is not None}
        _trim(here, later)
    return document


def _flow(page_box: Any) -> Any:
    return next(box for box in page_box.children if box.element_tag == "html")


def _trim(box: Any, later: set[int]) -> float:
    """Trim a box that goes on in `later`, and those in it; return how far down it reaches."""
    low = float(box.position_y + box.margin_height() - box.margin_bottom)
    cut = (
        isinstance(box, boxes.BlockBox) and not isinstance(box, WHOLE) and id(box.element) in later
    )
    if not cut:
        return low
    ends = [_trim(child, later) for child in box.children if child.is_in_normal_flow()]
    reach = max(ends, default=low)
    below = float(box.padding_bottom + box.border_bottom_width)
    if box.element_tag not in ("html", "body") and reach + below < low:
        box.height -= low - reach - below
        return reach + below
    return min(low, reach + below)
