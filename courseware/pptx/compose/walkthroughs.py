"""Words and the code that they speak of: side by side, the code on its ground; below each other where it is wide.

A row is what is said and the code that follows it. All rows of a slide have their code in one column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from courseware.pptx.compose.figures import (
    OPTICAL,
    Area,
    Laid,
    box,
    flush,
    height,
    levels_of,
    lowered,
    shaded,
)
from courseware.pptx.compose.points import is_whole
from courseware.pptx.compose.units import Bed, Unit, units_of
from courseware.pptx.template.template import LayoutPlace, Template
from courseware.pptx.text.code_lines import TAB, is_dark
from courseware.pptx.text.fit import font
from courseware.pptx.values import Block, Code, Draft, Holder, Paragraph
from courseware.products.deck.frames import OUTPUTS

replace = msgspec.structs.replace
SIZES = ((28.0, 24.0), (26.0, 22.0), (24.0, 20.0), (22.0, 18.0), (20.0, 18.0), (20.0, 16.0))
"""Sizes of words and of code, the largest first, on a slide 540 points high."""
NARROWEST, WIDEST = 0.42, 0.64
"""Shares of the room that the column of code has beside words."""
ACROSS, ROW, NEAR = 20.0, 16.0, 6.0
"""Points between words and code beside them, between rows, and between words and code below them."""
INSET, EDGE = 14.0, 9.0
"""Points around code on its ground: at the sides, above and below."""
APART = 0.6
"""Lines between code and what it prints."""
MOST = 6
"""Rows of a slide at most."""
FULL = 0.96
"""Share of the room that rows take at most."""
SPARSE = 0.7
"""Share of the room under which rows stand in the optical middle."""


class WalkthroughRow(NamedTuple):
    """What is said, and the code that follows; each may be missing."""

    words: tuple[Block, ...]
    code: tuple[Block, ...]


class RowBox(NamedTuple):
    """A box of a row: its place at the height 0 of the row, its bed, its units, and its height."""

    place: LayoutPlace
    bed: Bed
    units: list[Unit]
    height: float


def rows_of(draft: Draft) -> tuple[Holder, ...]:
    """Return a draft's words and code as `words-1`, `code-1` …; () where its body holds one piece of code alone, or more.

    Each piece of code is a row with what is said before it, and with what it prints.
    """
    if draft.layout != "content" or [h.name for h in draft.holders] != ["body"]:
        return ()
    rows: list[WalkthroughRow] = []
    bare = all(isinstance(block, Code) for block in draft.holders[0].blocks)
    for block in draft.holders[0].blocks:
        if isinstance(block, Code):
            apart = bare and block.language.lower() not in OUTPUTS
            if not rows or apart:
                rows.append(WalkthroughRow((), ()))
            rows[-1] = rows[-1]._replace(code=(*rows[-1].code, block))
        elif not isinstance(block, Paragraph):
            return ()
        elif rows and not rows[-1].code:
            rows[-1] = rows[-1]._replace(words=(*rows[-1].words, block))
        else:
            rows.append(WalkthroughRow((block,), ()))
    if not (len(rows) > 1 if bare else any(r.code for r in rows)) or len(rows) > MOST:
        return ()
    return tuple(
        Holder(f"{name}-{n}", blocks)
        for n, row in enumerate(rows, 1)
        for name, blocks in (("words", row.words), ("code", row.code))
        if blocks
    )


def walkthrough(
    holders: Sequence[Holder], room: Area, template: Template, bed_of: Callable[[LayoutPlace], Bed]
) -> Laid | None:
    """Return the beds of words and code by name, and what the slide has in them; None if it does not fit."""
    rows = _rows(holders)
    paired = all(words for words, _ in rows) and sum(code is not None for _, code in rows) * 2 > len(rows)  # fmt: skip
    for sizes in SIZES:
        for beside in (True, False):
            if beside and not paired:
                continue
            made = _laid(rows, room, template, bed_of, sizes, beside)
            if made is not None:
                return made
    return None


def _rows(holders: Sequence[Holder]) -> list[tuple[Holder | None, Holder | None]]:
    numbers = sorted({int(h.name.rpartition("-")[2]) for h in holders})
    by_name = {h.name: h for h in holders}
    return [(by_name.get(f"words-{n}"), by_name.get(f"code-{n}")) for n in numbers]


def _laid(
    rows: Sequence[tuple[Holder | None, Holder | None]],
    room: Area,
    template: Template,
    bed_of: Callable[[LayoutPlace], Bed],
    sizes: tuple[float, float],
    beside: bool,
) -> Laid | None:
    """Return rows in sizes of words and code, on a slide 540 points high; None where they do not fit."""
    scale = template.scale
    words_size, code_size = sizes[0] * scale, sizes[1] * scale
    right = room.width
    if beside:
        needed = _width([c for _, c in rows if c], code_size, template) + 2 * INSET * scale
        if needed > WIDEST * room.width:
            return None
        right = max(needed, NARROWEST * room.width)
    left = room.width - right - ACROSS * scale if beside else room.width
    beds: dict[str, Bed] = {}
    made: dict[str, list[Unit]] = {}
    y = room.y
    for number, (words, code) in enumerate(rows):
        y += ROW * scale if number else 0.0
        width = left if code else room.width
        said = _words(words, room, width, words_size, template, bed_of) if words else None
        shown = _code(code, room, right, code_size, template, bed_of) if code else None
        if shown and any(u.broken for u in shown.units):
            return None
        texts = [b for b in words.blocks if isinstance(b, Paragraph)] if words else []
        if beside and code and said and not all(is_whole(b, said.bed) for b in texts):
            return None
        highest = max(p.height for p in (said, shown) if p)
        for piece in filter(None, (said, shown)):
            down = (highest - piece.height) / 2 if beside else 0.0
            if piece is shown and said and not beside:
                y += said.height + NEAR * scale
            _put(piece, y + down, beds, made)
        y += highest if beside or not shown else shown.height
    if y - room.y > FULL * room.height:
        return None
    return _lowered(beds, y - room.y, room, template), [made]


def _put(piece: RowBox, y: float, beds: dict[str, Bed], made: dict[str, list[Unit]]) -> None:
    place = replace(piece.place, y=round(y, 2), height=round(piece.height, 2))
    beds[place.name] = piece.bed._replace(place=place, height=place.inner_height)
    made[place.name] = piece.units


def _lowered(beds: dict[str, Bed], high: float, room: Area, template: Template) -> dict[str, Bed]:
    """Return beds in the optical middle where they leave much room."""
    if high > SPARSE * room.height:
        return beds
    down = round(lowered(high, room, template, OPTICAL), 2)
    return {
        n: b._replace(place=replace(b.place, y=round(b.place.y + down, 2))) for n, b in beds.items()
    }


def _words(
    holder: Holder,
    room: Area,
    width: float,
    size: float,
    template: Template,
    bed_of: Callable[[LayoutPlace], Bed],
) -> RowBox:
    place = box(holder.name, Area(room.x, 0.0, width, room.height), template, size)
    bed = bed_of(place)
    styled = [(b, place if isinstance(b, Paragraph) and b.item else flush(place)) for b in holder.blocks]  # fmt: skip
    units = units_of(styled, bed)
    return RowBox(place, bed, units, height(units) + bed.hold)


def _code(
    holder: Holder,
    room: Area,
    width: float,
    size: float,
    template: Template,
    bed_of: Callable[[LayoutPlace], Bed],
) -> RowBox:
    fill, scale = shaded(template), template.scale
    ground = template.colours.get(fill, "")
    levels = levels_of(template, size)
    if ground:
        levels = tuple(replace(v, ground=ground) for v in levels)
    at = Area(room.x + room.width - width, 0.0, width, room.height)
    place = replace(box(holder.name, at, template, size), fill=fill, line="" if fill else "tx1",
                    levels=levels, insets=(INSET * scale, EDGE * scale, INSET * scale, EDGE * scale))  # fmt: skip
    bed = bed_of(place)
    bed = bed._replace(dark=is_dark(ground) if ground else bed.dark,
                       way=bed.way._replace(code=size / scale))  # fmt: skip
    units = _lines(holder, place, bed)
    return RowBox(place, bed, units, height(units) + bed.hold + 2 * EDGE * scale)


def _lines(holder: Holder, place: LayoutPlace, bed: Bed) -> list[Unit]:
    """Return the lines of a holder's code as one run, what it prints a little below."""
    made: list[Unit] = []
    for block in holder.blocks:
        lines = units_of([(block, place)], bed)
        if made:
            made[-1] = made[-1]._replace(after=round(APART * lines[0].height, 2))
        made += [unit._replace(code=made[0].code if made else unit.code) for unit in lines]
    return made


def _width(holders: Sequence[Holder], size: float, template: Template) -> float:
    """Return the width of the longest line of code in points."""
    face = template.faces[template.code]
    file = font(face.file())
    code = [block for h in holders for block in h.blocks if isinstance(block, Code)]
    lines = [line for block in code for line in block.text.expandtabs(TAB).split("\n")]
    return max(file.advance(line) for line in lines) * size / (1 - face.hold) + 1
