"""Formulas in a text: the gap that a picture of the formula lies on.

Office programs cannot set a picture in a line. So a no-break space, stretched to the formula's
width, leaves room for it; lines of such a paragraph are broken where they were measured, so that
the picture is over its gap in every program.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from courseware.media.drawings import TexError, drawn
from courseware.pptx.text.fit import Chunk, Style
from courseware.pptx.values import Run

replace = msgspec.structs.replace
GAP = "\u00a0"
DESCENT = 0.25
"""Ems of a line that are below its baseline, in the faces of office programs."""
AIR = 0.1
"""Ems that a formula keeps from the lines around it."""


class FormulaSize(NamedTuple):
    """A formula's width, height, and how far it goes below the baseline, in ems or points."""

    width: float
    height: float
    depth: float

    def times(self, factor: float) -> FormulaSize:
        """Return the size, scaled."""
        return FormulaSize(*(value * factor for value in self))


class SetFormula(NamedTuple):
    """A formula in a paragraph as set: its line from 0, its left edge from the text's, its size.

    Lengths are points; `em` is the size of the text that it is drawn for, `slack` what is left of
    the line, for text that is not set at its left edge.
    """

    tex: str
    line: int
    x: float
    size: FormulaSize
    em: float
    display: bool
    slack: float


def size_of(tex: str, display: bool) -> FormulaSize | None:
    """Return a formula's size in ems, None for TeX that cannot be drawn."""
    try:
        found = drawn(tex, display)
    except TexError:
        return None
    return FormulaSize(found.width, found.height, found.depth)


def displayed(runs: Sequence[Run]) -> bool:
    """Whether a paragraph is nothing but one formula."""
    return sum(bool(r.math) for r in runs) == 1 and not any(r.text.strip() for r in runs)


def gapped(
    runs: Sequence[Run], size: float, width: float, style: Style
) -> tuple[tuple[Run, ...], tuple[FormulaSize | None, ...]]:
    """Return a paragraph's runs with gaps for formulas, and by run the formula's size in points.

    `size` is the text's, `width` the line's, in points; a wider formula is made as wide. What
    cannot be drawn stays as TeX.
    """
    display = displayed(runs)
    made: list[Run] = []
    sizes: list[FormulaSize | None] = []
    for run in runs:
        found = size_of(run.math, display) if run.math else None
        if run.math and found is None:
            run = Run(run.math, code=True, link=run.link)
        elif found is not None:
            found = found.times(size * min(1.0, width / (found.width * size)))
            space = style.advance(run, GAP) * size
            run = replace(run, text=GAP, tracking=round(found.width - space, 2))
        made.append(run)
        sizes.append(found)
    return tuple(made), tuple(sizes)


def pitch_of(plain: float, size: float, sizes: Sequence[FormulaSize | None]) -> tuple[float, float]:
    """Return the pitch of a text with formulas, and the room below its last line, in points.

    `plain` is its pitch without.
    """
    found = [s for s in sizes if s]
    if not found:
        return plain, 0.0
    above = max(s.height - s.depth for s in found)
    below = max(max(s.depth for s in found), DESCENT * size)
    extra = below - DESCENT * size
    return max(plain, above + below + AIR * size), extra


def broken(runs: Sequence[Run], given: Sequence[Chunk], starts: Sequence[int]) -> tuple[Run, ...]:
    """Return runs with a line break where each line was measured to begin."""
    cuts: dict[int, list[int]] = {}
    for before, start in pairwise(starts):
        if start != before and given[start].parts and not given[start].hard:
            part = given[start].parts[0]
            cuts.setdefault(part.run, []).append(part.at)
    made: list[Run] = []
    for number, run in enumerate(runs):
        begin = 0
        for cut in cuts.get(number, ()):
            made += [replace(run, text=run.text[begin:cut])] if cut > begin else []
            made = _stripped(made)
            made.append(Run("\n"))
            begin = cut
        made += [replace(run, text=run.text[begin:])] if run.text[begin:] else []
    return tuple(made)


def _stripped(made: list[Run]) -> list[Run]:
    """Return runs without the space at their end."""
    while made and not made[-1].math and made[-1].text != "\n":
        text = made[-1].text.rstrip(" ")
        if text:
            return [*made[:-1], replace(made[-1], text=text)]
        made = made[:-1]
    return made


def marks(
    runs: Sequence[Run], sizes: Sequence[FormulaSize | None], given: Sequence[Chunk],
    starts: Sequence[int], em: float, width: float,
) -> tuple[SetFormula, ...]:  # fmt: skip
    """Return where a paragraph's formulas are; `width` is the line's in points."""
    if not any(sizes):
        return ()
    found: list[SetFormula] = []
    ends = [*starts[1:], len(given)]
    for line, (start, end) in enumerate(zip(starts, ends, strict=True)):
        x = 0.0
        here: list[SetFormula] = []
        for number in range(start, end):
            x += given[number].space * em if number > start else 0.0
            for part in given[number].parts:
                size = sizes[part.run]
                if size is not None:
                    tex = runs[part.run].math
                    here.append(SetFormula(tex, line, x, size, em, displayed(runs), 0.0))
                x += part.width * em
        found += [mark._replace(slack=max(width - x, 0.0)) for mark in here]
    return tuple(found)
