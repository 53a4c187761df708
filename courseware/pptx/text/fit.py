"""How wide text is, and where its lines end: HarfBuzz's advances and a greedy wrap.

Widths are ems of the text's size, so that one measure serves every size. The rules for breaking
are those that PowerPoint and LibreOffice share: after spaces and after a hyphen that a letter
follows; words with "/" stay whole, and what is wider than a line is broken at hyphens, else anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from courseware.folders import layouts
from courseware.pptx.template.template import Face
from courseware.pptx.values import Run

PITCH = 1.2
"""From line to line, in ems, at least: what office programs call single spacing, for most faces."""
RAISED = 0.667
"""Size of raised and lowered text, as PowerPoint sets it."""
WIDE = 1.4
"""Ems of a character that no shipped face has: emoji of other systems are up to so wide."""
SPARES = ("DroidSansFallbackFull.ttf", "NotoEmoji_400Regular.ttf", "DejaVuSans.ttf",
          "NotoSansDevanagari_400Regular.ttf", "NotoSansThai_400Regular.ttf")  # fmt: skip
"""Faces that measure what a family lacks."""
MOST_WORDS = 100_000
"""Words that are remembered; a course of forty sessions has some ten thousand."""
_EAST = (
    "\u2e80-\u2fdf\u3041-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
"""Letters that a line may begin and end with; Hangul stands in words, which Korean slides keep whole."""
_OPEN, _CLOSE = "「『（【〈《〔", "、。，．：；！？」』）】〉》〕ー々"
_ENDING = ".,:;!?)\\]}"
"""Signs that no line begins with, though a space stands before them (UAX 14, LB13): LibreOffice keeps to it."""
_SPACE = " \t\r\f\v\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200b\u2028\u2029\u205f\u3000"
_WHOLE = rf"[^\n{_SPACE}{_EAST}{_OPEN}]{{0,99}}/"
"""A path or an address, which is not broken at its hyphens while it has room on a line."""
_PIECE = re.compile(
    rf"\n|(?P<space>[{_SPACE}]+)|(?P<east>[{_OPEN}]*[{_EAST}][{_CLOSE}]*)"
    rf"|(?P<hyphen>(?!{_WHOLE})[^\n{_SPACE}{_EAST}{_OPEN}]*?(?<=[^\W_])-(?=[^\W\d_]))"
    rf"|[^\n{_SPACE}{_EAST}{_OPEN}]+(?: +(?![.,]\d)[{_ENDING}][^\n{_SPACE}{_EAST}{_OPEN}]*)*|[{_OPEN}]+"
)
_HYPHENS = re.compile(r"(?<=[^\W_]-)(?=[^\W\d_])")
"""Where a path that is wider than a line is broken first."""
_NO_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufe0e\ufe0f]")


class Font:
    """A font file that words are measured with."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        import uharfbuzz

        self._shape, self._buffer = uharfbuzz.shape, uharfbuzz.Buffer
        self._font: Any = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))
        self._em = float(self._font.face.upem)
        said = self._font.get_font_extents("ltr")
        self.pitch: float = max(PITCH, (said.ascender - said.descender + said.line_gap) / self._em)
        self._words: dict[str, float] = {}

    def has(self, character: str) -> bool:
        """Whether there is a glyph for a character, or none is needed."""
        return self._font.get_nominal_glyph(ord(character)) is not None

    def advance(self, word: str) -> float:
        """Return a word's width in ems."""
        known = self._words.get(word)
        if known is None:
            if len(self._words) >= MOST_WORDS:
                self._words.clear()
            known = self._words[word] = self._measured(word)
        return known

    def _measured(self, word: str) -> float:
        """Return a word's width; what the face lacks is measured with others, at their widest."""
        visible = _NO_WIDTH.sub("", word)
        if not self.has("\u00a0"):  # programs show a space then
            visible = visible.replace("\u00a0", " ")
        lacking = [c for c in visible if not self.has(c)]
        if lacking:
            visible = "".join(c for c in visible if self.has(c))
        return self._shaped(visible) + sum(map(_spare, lacking))

    def _shaped(self, word: str) -> float:
        if not word:
            return 0.0
        buffer = self._buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        self._shape(self._font, buffer)
        return float(sum(g.x_advance for g in buffer.glyph_positions)) / self._em


@lru_cache(maxsize=64)
def font(path: Path) -> Font:
    """Return a font file, opened once."""
    return Font(path)


@lru_cache(maxsize=4096)
def _spare(character: str) -> float:
    """Return the width of a character that a family lacks, in ems."""
    for name in SPARES[: None if not _is_emoji(character) else 0]:
        found = font(layouts() / "fonts" / name)
        if found.has(character):
            return max(found.advance(character), 0.5)
    return WIDE


def _is_emoji(character: str) -> bool:
    return "\u2600" <= character <= "\u27bf" or character >= "\U0001f000"


class Style(NamedTuple):
    """What widths depend on: the family's face and that of code, and how the text is set.

    `tracking` is ems after each character.
    """

    face: Face
    code: Face
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    tracking: float = 0.0

    def advance(self, run: Run, text: str) -> float:
        """Return the width of some of a run's text in ems of the paragraph's size."""
        face = self.code if run.code else self.face
        found = font(face.file(run.bold or self.bold, run.italic or self.italic))
        shown = text.upper() if self.capitals else text
        width = found.advance(shown) + self.tracking * len(shown)
        return width * RAISED if run.raised else width


class ChunkPart(NamedTuple):
    """Some of a run in a chunk: the run's index, where in its text it begins, the text, its width."""

    run: int
    at: int
    text: str
    width: float


class Chunk(NamedTuple):
    """What stays on one line: its parts, its width, that of the space before it.

    `hard` says that the author broke the line before it.
    """

    parts: tuple[ChunkPart, ...]
    width: float
    space: float
    hard: bool


@lru_cache(maxsize=4096)
def chunks(runs: tuple[Run, ...], style: Style, gaps: tuple[float, ...] = ()) -> tuple[Chunk, ...]:
    """Return what lines are made of; `gaps` are the widths of formulas, by run, in ems."""
    made: list[Chunk] = []
    parts: list[ChunkPart] = []
    space, hard = 0.0, False

    def close() -> None:
        nonlocal space, hard, parts
        if parts:
            made.append(Chunk(tuple(parts), sum(p.width for p in parts), space, hard))
            parts, space, hard = [], 0.0, False

    for number, run in enumerate(runs):
        if run.math:
            parts.append(ChunkPart(number, 0, run.text, gaps[number]))
            continue
        for found in _PIECE.finditer(run.text):
            piece, kind = found[0], found.lastgroup
            if piece == "\n" or kind in ("space", "east"):
                close()
            if piece == "\n":
                made += [Chunk((), 0.0, 0.0, True)] if hard else []
                space, hard = 0.0, True
            elif kind == "space":
                space += style.advance(run, " ") * len(piece.replace("\u200b", ""))
            else:
                at = found.start()
                for some in _HYPHENS.split(piece):
                    parts.append(ChunkPart(number, at, some, style.advance(run, some)))
                    at += len(some)
                if kind:
                    close()
    close()
    return tuple(made)


def lines(given: Sequence[Chunk], width: float) -> list[int]:
    """Return for each line the chunk that it begins with; `width` is in ems.

    A chunk wider than a line takes several: then it is there once for each.
    """
    starts: list[int] = []
    used = 0.0
    for number, chunk in enumerate(given):
        if not starts:
            starts, used = [number], chunk.space
        elif chunk.hard or used + chunk.space + chunk.width > width:
            starts.append(number)
            used = 0.0
        else:
            used += chunk.space
        if used + chunk.width > width:
            more, used = _broken(chunk, used, width)
            starts += [number] * more
        else:
            used += chunk.width
    return starts or [0]


def _broken(chunk: Chunk, used: float, width: float) -> tuple[int, float]:
    """Return how many more lines a chunk wider than its line takes, and what it uses of the last."""
    more = 0
    for part in chunk.parts:
        if part.width <= width:
            over = used + part.width > width
            more, used = more + over, part.width + (0.0 if over else used)
            continue
        count = max(len(part.text), 1)
        each = part.width / count
        if each > width:  # a formula, or a box narrower than a letter
            more, used = more + (used > 0), min(part.width, width)
            continue
        for _ in range(count):
            if used + each > width:
                more, used = more + 1, 0.0
            used += each
    return more, used


def widest(given: Iterable[Chunk]) -> float:
    """Return the width of the widest chunk, in ems."""
    return max((chunk.width for chunk in given), default=0.0)


def natural(given: Iterable[Chunk]) -> float:
    """Return the width of the longest line if none is wrapped, in ems."""
    longest = here = 0.0
    for chunk in given:
        here = chunk.width if chunk.hard else here + chunk.space + chunk.width
        longest = max(longest, here)
    return longest
