"""A paragraph set in a place: its size, margins and bullet as numbers, its lines counted."""

from __future__ import annotations

import re
from typing import NamedTuple

from courseware.pptx.template.template import Level, Template
from courseware.pptx.text.fit import PITCH, Style, chunks, font, lines
from courseware.pptx.text.formulas import SetFormula, broken, gapped, marks, pitch_of
from courseware.pptx.values import Line, Paragraph

STEPS = (9 / 7, 8 / 7, 1.0, 6 / 7)
"""Sizes that text has, the largest first, as shares of its template's: 36, 32, 28, 24 points of 28."""
FLOOR, CEILING = 20.0, 36.0
"""Points that a step down does not go under and one up not over, on a slide 540 points high."""
CLOSE = 0.2
"""Ems between paragraphs at least, where the template has no space between them."""
HANG = 0.9
"""Ems from a bullet to its text where the template says nothing."""
RAISED_ROOM = 0.25
"""Ems by which raised or lowered text makes its lines higher in LibreOffice, at most."""
AFTER_NUMBER = 0.35
"""Ems between a number and its text at least."""
SCRIPTS = {
    1.4: re.compile("[\u0600-\u08ff\u0900-\u109f\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufefc]"),
    1.3: re.compile("[\u1100-\u11ff\u2e80-\ud7af\uf900-\ufaff\uff01-\uffef\U00020000-\U0003ffff]"),
    1.2: re.compile("[\u0590-\u05ff]"),
}
"""Letters that no template's own face has, by the ems from line to line that they need.

Which face shows them is each machine's choice, and the lines of some are half as high again.
"""


class Manner(NamedTuple):
    """How the text of a place is set on a slide: its levels, and the step in size."""

    template: Template
    levels: tuple[Level, ...]
    step: float = 1.0

    def level(self, paragraph: Paragraph) -> Level:
        """Return the level of a paragraph."""
        return self.levels[min(paragraph.level, len(self.levels) - 1)]

    def size(self, level: Level) -> float:
        """Return the size of text at a level, in points."""
        if self.step == 1:
            return level.size
        scale = self.template.scale
        floor = min(level.size, FLOOR * scale)
        top = max(level.size, CEILING * scale)
        return min(max(round(2 * level.size * self.step) / 2, floor), top)

    def style(self, level: Level) -> Style:
        """Return what widths at a level depend on."""
        faces = self.template.faces
        return Style(faces[level.family], faces[self.template.code], level.bold, level.italic,
                     level.capitals, level.tracking / level.size if level.size else 0.0)  # fmt: skip


class Measured(NamedTuple):
    """A paragraph as set: its line, how many lines it takes (`lines`), its height, its formulas.

    `extra` is the part of the height that formulas need below the last line.
    """

    line: Line
    lines: int
    height: float
    extra: float = 0.0
    marks: tuple[SetFormula, ...] = ()


def measured(paragraph: Paragraph, manner: Manner, width: float, numbers: int = 0) -> Measured:
    """Return a paragraph as set in a place `width` points wide inside.

    `numbers` is the largest number in its list, so that all items begin at one margin.
    """
    level = manner.level(paragraph)
    size, style = manner.size(level), manner.style(level)
    left, indent, bullet = _margins(paragraph, level, size, style, numbers)
    room = max((width - left) * (1 - style.face.hold), size)
    runs, sizes = gapped(paragraph.runs, size, room, style)
    given = chunks(runs, style, tuple(s.width / size if s else 0.0 for s in sizes))
    starts = lines(given, room / size)
    needed = script_pitch(paragraph.plain)
    plain = plain_pitch(level, size, style, needed)
    pitch, extra = pitch_of(plain, size, sizes)
    found = marks(runs, sizes, given, starts, size, width - left)
    shown = broken(runs, given, starts) if found else runs
    line = Line(shown, size, round(pitch, 2), 0.0, round(left, 2), round(indent, 2),
                min(paragraph.level, len(manner.levels) - 1), bullet, paragraph.number,
                level.align, own=pitch != plain or needed > 0 or (level.pitch > 0 and size != level.size))  # fmt: skip
    height = len(starts) * round(pitch, 2) + extra
    if any(run.raised for run in runs):
        height += len(starts) * RAISED_ROOM * size
    return Measured(line, len(starts), height, extra, found)


def script_pitch(text: str) -> float:
    """Return the ems from line to line that letters of other scripts need, 0 where there are none."""
    if text.isascii():
        return 0.0
    return next((ems for ems, letters in SCRIPTS.items() if letters.search(text)), 0.0)


def plain_pitch(level: Level, size: float, style: Style, least: float = 0.0) -> float:
    """Return the points from line to line of text of a size without formulas; `least` is in ems."""
    face = font(style.face.file(style.bold, style.italic))
    if level.pitch:
        return level.pitch * size / level.size
    return max(face.pitch, least) * level.spacing * size


def _margins(
    paragraph: Paragraph, level: Level, size: float, style: Style, numbers: int
) -> tuple[float, float, str]:
    """Return a paragraph's left margin, the indent of its first line, and its bullet."""
    begin = max(level.left + min(level.indent, 0.0), 0.0)
    if not paragraph.item:
        return begin, 0.0, ""
    hang = -level.indent if level.indent < 0 else HANG * size
    if not level.bullet and level.left == 0:
        begin = paragraph.level * hang
    if paragraph.bullet == "1" or numbers:
        number = f"{max(numbers, paragraph.number)}."
        plain = font(style.face.file(style.bold, style.italic))
        hang = max(hang, (plain.advance(number) + AFTER_NUMBER) * size)
    mark = "1" if paragraph.bullet == "1" else ""
    if paragraph.bullet and not mark:
        mark = level.bullet if level.bullet not in ("", "1") else "•"
    return begin + hang, -hang if mark else 0.0, mark


def space(before: Paragraph, after: Paragraph, manner: Manner) -> float:
    """Return the points between two paragraphs."""
    one, other = manner.level(before), manner.level(after)
    sizes = manner.size(one), manner.size(other)
    said = one.spaces(sizes[0])[1] + other.spaces(sizes[1])[0]
    return round(max(said, CLOSE * min(sizes)), 2)


def line_height(size: float) -> float:
    """Return the pitch of text without formulas, in points."""
    return round(PITCH * size, 2)
