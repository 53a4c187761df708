"""Titles: set in their box, cut where they are too long, numbered where a slide became several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from courseware.language.printed import Printed
from courseware.language.twins import EASTERN
from courseware.pptx.compose.units import APART, Unit
from courseware.pptx.template.template import LayoutPlace, Template
from courseware.pptx.text.code_lines import divided, last, text_of
from courseware.pptx.text.fit import Style
from courseware.pptx.text.setting import Manner, Measured, measured
from courseware.pptx.values import Paragraph, Run

replace = msgspec.structs.replace
HOLD = 3.0
NO_BREAK = "\u00a0"
STEP = 0.85
"""One step down in a title's size."""
NARROWER, SURE = 4.0, 1.12
"""Points by which the width of balanced lines is found, and what it is widened by: for a wider face."""
FLOOR = 20.0
"""Points that a title is not set under, on a slide 540 points high."""


class Title(NamedTuple):
    """A title as set, whether words were cut off it, and what it says."""

    measured: Measured
    cut: bool
    runs: tuple[Run, ...]


def title(
    runs: tuple[Run, ...], ending: str, place: LayoutPlace, template: Template, most: float = 0.0
) -> Title:
    """Return a title with its ending ("(1 of 2)") in its place: smaller, then cut at a word.

    `most` is the largest size that it may have, in points, 0 for its place's.
    """
    sizes = [size for size in _sizes(place, template) if not most or size <= most]
    paragraph = Paragraph(_ended(runs, ending))
    found = _fitting(paragraph, place, template, sizes)
    if found is not None:
        return Title(found, False, paragraph.runs)
    whole = Paragraph(runs)

    def said(at: int) -> Paragraph:
        return Paragraph(_ended((*divided(whole, at)[0].runs, Run(" …")), ending))

    def shortened(at: int) -> Measured | None:
        return _fitting(said(at), place, template, sizes)

    text = text_of(whole)
    for ends in ([m.start() for m in re.finditer(r"\s+", text)], range(1, len(text))):
        at = last(ends, lambda end: shortened(end) is not None)
        found = shortened(at) if at else None
        if found is not None:
            return Title(found, True, said(at).runs)
    least = Paragraph(_ended((Run("…"),), ending))
    return Title(measured(least, _manner(place, template, sizes[-1]), place.inner_width), True,
                 least.runs)  # fmt: skip


def balanced(
    found: Measured, runs: tuple[Run, ...], place: LayoutPlace, template: Template
) -> LayoutPlace:
    """Return a title's place, narrower where it has two lines or more, so that they are of like length."""
    if found.lines < 2 or place.levels[0].align == "justify":
        return place
    manner = _manner(place, template, found.line.size)
    widest = _widest_word(runs, place, template, found.line.size)
    low, high = max(place.inner_width / 2, widest), place.inner_width
    while high - low > NARROWER:
        middle = (low + high) / 2
        if measured(Paragraph(runs), manner, middle).lines <= found.lines:
            high = middle
        else:
            low = middle
    spare = round(place.inner_width - min(high * SURE, place.inner_width), 2)
    left, top, right, bottom = place.insets
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[place.levels[0].align]
    insets = (left + spare * share, top, right + spare * (1 - share), bottom)
    return replace(place, insets=insets, set=True) if spare > NARROWER else place


def _widest_word(
    runs: tuple[Run, ...], place: LayoutPlace, template: Template, size: float
) -> float:
    """Return the width of a title's widest word; of a script that parts no words, 0: it is broken anywhere."""
    level, faces = place.levels[0], template.faces
    style = Style(
        faces[level.family], faces[template.code], level.bold, level.italic, level.capitals
    )
    words = ((run, word) for run in runs for word in run.text.split() if not EASTERN.search(word))
    widest = max((style.advance(run, word) for run, word in words), default=0.0)
    return widest * size / (1 - style.face.hold)


def _ended(runs: tuple[Run, ...], ending: str) -> tuple[Run, ...]:
    """Return a title with its ending, which stays on one line."""
    return (*runs, Run(joint(ending) + ending.replace(" ", NO_BREAK))) if ending else runs


def joint(ending: str) -> str:
    """Return what stands between a title and its ending: nothing before a full-width bracket, which brings its own space."""
    return "" if ending.startswith("（") else " "


def _sizes(place: LayoutPlace, template: Template) -> list[float]:
    base = place.levels[0].size
    floor = min(base, FLOOR * template.scale)
    return [base, *(round(max(base * STEP**n, floor), 2) for n in (1, 2, 3))]


def _manner(place: LayoutPlace, template: Template, size: float) -> Manner:
    level = replace(place.levels[0], size=size)
    return Manner(template, (level,))


def _fitting(
    paragraph: Paragraph, place: LayoutPlace, template: Template, sizes: Sequence[float]
) -> Measured | None:
    for size in sizes:
        found = measured(paragraph, _manner(place, template, size), place.inner_width)
        if found.height <= place.inner_height - max(HOLD, 0.1 * size):
            return found
    return None


# -- numbers --------------------------------------------------------------------------


class TitleEntry(NamedTuple):
    """A slide's title before it is numbered: its runs, its section, how many `slides` it becomes."""

    runs: tuple[Run, ...]
    section: str
    slides: int


def endings(entries: Sequence[TitleEntry], words: Printed) -> list[list[str]]:
    """Return for each slide that an entry becomes the ending of its title, "" or "(1 of 2)".

    Slides of one title in one section are a series, be they split or written so.
    """
    totals: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        totals[_series(entry)] += entry.slides
    reached: Counter[tuple[str, str]] = Counter()
    made: list[list[str]] = []
    for entry in entries:
        series = _series(entry)
        first = reached[series] + 1
        reached[series] += entry.slides
        total = totals[series]
        parts = range(first, first + entry.slides)
        made.append([words("part_of", part=n, all=total) if total > 1 else "" for n in parts])
    return made


def _series(entry: TitleEntry) -> tuple[str, str]:
    return entry.section, Paragraph(entry.runs).plain.casefold()


def unique(name: str, taken: set[str]) -> str:
    """Return the ending that makes a title unlike those taken, "" where it is; note it as taken."""
    ending, number = "", 1
    while (name + ending).casefold() in taken:
        number += 1
        ending = f" ({number})"
    taken.add((name + ending).casefold())
    return ending


NEAR = 0.01
"""Points by which a sum of rounded heights may be off."""
BARRED = 1000
"""Parts that it counts for to part what is to be kept together, where another way is looked for."""
STEPS = 14
"""Halvings that find the lowest even height: to a 16,000th of a slide."""


class _Best(NamedTuple):
    """The best way so far: parts, its cost, and where the last part begins."""

    parts: int
    cost: float
    begin: int


def spread(units: Sequence[Unit], room: float) -> list[list[Unit]]:
    """Return units in parts, none higher than `room` (but for a unit that alone is).

    The fewest parts; among those, what is to be kept together is, and parts are as even as may be.
    One part more is taken only to keep together what belongs together.
    """
    if not units:
        return []
    best = _parted(units, room, False)
    if any(part[-1].joint >= APART for part in best[:-1]):
        kept = _parted(units, room, True)
        if len(kept) <= len(best) + 1:
            return kept
    return best


def spread_in(units: Sequence[Unit], room: float, count: int) -> list[list[Unit]]:
    """Return units in `count` even parts, or fewer where there are not so many units."""
    low, high = 0.0, room
    best = spread(units, room)
    for _ in range(STEPS if len(best) < count else 0):
        middle = (low + high) / 2
        found = spread(units, middle)
        if len(found) <= count and all(_height(part) <= middle + 0.01 for part in found):
            best, high = found, middle
        else:
            low = middle
    return best


def _parted(units: Sequence[Unit], room: float, strict: bool) -> list[list[Unit]]:
    """Return the fewest parts; the sum of squared heights is least where they are even."""
    table = [_Best(0, 0.0, 0)]
    for end in range(1, len(units) + 1):
        table.append(_best(units, table, end, room, strict))
    parts: list[list[Unit]] = []
    end = len(units)
    while end:
        begin = table[end].begin
        parts.append(list(units[begin:end]))
        end = begin
    return parts[::-1]


def _best(units: Sequence[Unit], table: list[_Best], end: int, room: float, strict: bool) -> _Best:
    """Return the best way to spread the units up to `end`; the last part holds at least one."""
    cost = 0.0 if end == len(units) else units[end - 1].joint
    barred = BARRED if strict and cost >= APART else 0
    best: _Best | None = None
    height = -units[end - 1].after
    for begin in range(end - 1, -1, -1):
        height += units[begin].height + units[begin].after
        if best is not None and height > room + NEAR:
            break
        whole = height + (units[begin].lead if begin else 0.0)
        if best is not None and whole > room + NEAR:
            continue
        parts, before, _ = table[begin]
        found = _Best(parts + 1 + barred, before + (whole / room) ** 2 + cost, begin)
        if best is None or found < best:
            best = found
    assert best is not None
    return best


def _height(part: Sequence[Unit]) -> float:
    return sum(u.height + u.after for u in part) - part[-1].after
