"""Text cut to lines: code with its colours, broken where a line is full; prose at its words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import msgspec

from courseware.language.catalogue import ANY
from courseware.media.drawings import code_tokens
from courseware.pptx.text.fit import Style, font
from courseware.pptx.text.setting import Manner, Measured, line_height
from courseware.pptx.values import Code, Line, Paragraph, Run
from courseware.products.deck.cues import sentences

replace = msgspec.structs.replace
TAB = 4
DARK = 0.4
"""Brightness of a background, 0 to 1, under which text on it is light."""
COLOURS = {
    "Comment": ("57606A", "A5B1BD"),
    "Keyword": ("A3232B", "FF9492"),
    "Literal.String": ("0A5A2B", "9ADFA8"),
    "Literal.Number": ("0B4FA8", "8CC4FF"),
    "Name.Function": ("6B2FB3", "D6B3FF"),
    "Name.Class": ("6B2FB3", "D6B3FF"),
    "Name.Builtin": ("0B4FA8", "8CC4FF"),
    "Name.Decorator": ("6B2FB3", "D6B3FF"),
    "Name.Tag": ("0A5A2B", "9ADFA8"),
    "Name.Attribute": ("0B4FA8", "8CC4FF"),
}
"""Colours of what Pygments tells apart, on light and on dark ground; contrast 6 to 1 and more."""


def is_dark(background: str) -> bool:
    """Whether text on a colour, six hexadecimal digits, is to be light."""
    red, green, blue = (int(background[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue < DARK


@lru_cache(maxsize=256)
def coloured(text: str, language: str, dark: bool) -> tuple[tuple[Run, ...], ...]:
    """Return code as lines of runs; a language that Pygments does not know has no colours."""
    rows: list[list[Run]] = [[]]
    for colour, piece in _tokens(text.expandtabs(TAB), language, dark):
        for number, part in enumerate(piece.split("\n")):
            if number:
                rows.append([])
            if part and rows[-1] and rows[-1][-1].colour == colour:
                last = rows[-1][-1]
                rows[-1][-1] = replace(last, text=last.text + part)
            elif part:
                rows[-1].append(Run(part, code=True, colour=colour))
    return tuple(map(tuple, rows))


def _tokens(text: str, language: str, dark: bool) -> Iterator[tuple[str, str]]:
    if not language or language == "drawing":
        yield "", text
        return
    tokens = code_tokens(text, language)
    if tokens is None:
        yield "", text
        return
    for kind, piece in tokens:
        yield _colour(str(kind).removeprefix("Token."), dark), piece


@lru_cache(maxsize=512)
def _colour(kind: str, dark: bool) -> str:
    while kind and kind not in COLOURS:
        kind = kind.rpartition(".")[0]
    return COLOURS[kind][dark] if kind else ""


def code_lines(
    code: Code, manner: Manner, size: float, width: float, dark: bool
) -> tuple[Measured, ...]:
    """Return the lines of code as set in points `size`, broken where `width` is full."""
    faces = manner.template.faces
    style = Style(faces[manner.template.code], faces[manner.template.code])
    room = width * (1 - style.face.hold) / size
    made = []
    for runs in coloured(code.text.strip("\n"), code.language, dark):
        shown = _broken(runs, room, style)
        count = 1 + sum(run.text == "\n" for run in shown)
        pitch = line_height(size)
        line = Line(shown, size, pitch)
        made.append(Measured(line, count, count * pitch))
    return tuple(made)


_ENDS = re.compile(r"(?<=[\s/,;&|])(?=\S)")
"""Where a line of code is rather broken than within a word."""
_HALF = 0.5
"""Share of a line that is filled before such a place at least."""


def _broken(runs: tuple[Run, ...], room: float, style: Style) -> tuple[Run, ...]:
    """Return a line's runs with breaks where it is wider than `room` ems: before a word, or in one that is too long."""
    files = [font(style.face.file(run.bold, run.italic)) for run in runs]
    if sum(file.advance(run.text) for file, run in zip(files, runs, strict=True)) <= room:
        return runs
    text = "".join(run.text for run in runs)
    widths = [file.advance(c) for file, run in zip(files, runs, strict=True) for c in run.text]
    made: list[Run] = []
    cuts = set(_cuts(text, widths, room))
    at = 0
    for run in runs:
        begin = 0
        for end in (*(n for n in range(len(run.text)) if at + n in cuts), len(run.text)):
            made += [Run("\n", code=True)] if at + begin in cuts else []
            made += [replace(run, text=run.text[begin:end])] if end > begin else []
            begin = end
        at += len(run.text)
    return tuple(made)


def _cuts(text: str, widths: Sequence[float], room: float) -> Iterator[int]:
    """Yield where the second line of a text and those after it begin; a space at a line's end has room on it."""
    ends = [found.start() for found in _ENDS.finditer(text)]
    begin, used = 0, 0.0
    for at, width in enumerate(widths):
        if used + width > room and at > begin:
            low = begin + (at - begin) * _HALF
            begin = next((end for end in reversed(ends) if low < end <= at), at)
            yield begin
            used = sum(widths[begin:at])
        used += width


def divided_line(found: Measured, most: int) -> list[Measured]:
    """Return a line of code as several of which none takes more than `most` lines of the slide."""
    if found.lines <= most:
        return [found]
    rows: list[list[Run]] = [[]]
    for run in found.line.runs:
        if run.text == "\n":
            rows.append([])
        else:
            rows[-1].append(run)
    made = []
    for at in range(0, len(rows), most):
        some = rows[at : at + most]
        runs = [
            r for n, row in enumerate(some) for r in ([Run("\n", code=True)] if n else []) + row
        ]
        line = replace(found.line, runs=tuple(runs))
        made.append(Measured(line, len(some), len(some) * line.pitch))
    return made


Height = Callable[[Paragraph], float]
_WORD = re.compile(r"\s+(?=\S)|(?<=[。！？、])")
_HOLE = "\ufffc"
"""Stands for a formula where characters are counted."""


def pieces(paragraph: Paragraph, height: Height, room: float) -> list[Paragraph]:
    """Return a paragraph in pieces of one height as nearly as may be, none higher than `room`."""
    whole = height(paragraph)
    if whole <= room:
        return [paragraph]
    even = whole / math.ceil(whole / room)
    aim = min(room, max(even * 1.15, even + 0.1))
    return list(_cut(paragraph, height, aim, room))


def _cut(paragraph: Paragraph, height: Height, aim: float, room: float) -> Iterator[Paragraph]:
    rest = paragraph
    while height(rest) > aim:
        at = _end(rest, height, aim) or _end(rest, height, room) or 1
        if at >= _length(rest):
            break
        first, rest = divided(rest, at)
        yield first
    yield rest


def _end(paragraph: Paragraph, height: Height, room: float) -> int:
    """Return where the longest beginning that fits ends: after a sentence, a word, a character."""
    text = text_of(paragraph)
    words = [m.end() for m in _WORD.finditer(text)]
    for ends in (sentences(text, ANY)[:-1], words):
        at = last(ends, lambda end: height(divided(paragraph, end)[0]) <= room)
        if at:
            return at
    return last(range(1, len(text)), lambda end: height(divided(paragraph, end)[0]) <= room)


def last(ends: Sequence[int], fits: Callable[[int], bool]) -> int:
    """Return the last end that fits, 0 where none does; what is longer is higher."""
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if fits(ends[middle]):
            low = middle + 1
        else:
            high = middle
    return ends[low - 1] if low else 0


def divided(paragraph: Paragraph, at: int) -> tuple[Paragraph, Paragraph]:
    """Return a paragraph as two, the second from the character `at` on and without a bullet."""
    first: list[Run] = []
    second: list[Run] = []
    begin = 0
    for run in paragraph.runs:
        length = _run_length(run)
        inside = at - begin
        if inside >= length:
            first.append(run)
        elif inside <= 0:
            second.append(run)
        else:
            first.append(replace(run, text=run.text[:inside]))
            second.append(replace(run, text=run.text[inside:]))
        begin += length
    if first and not first[-1].math:
        first[-1] = replace(first[-1], text=first[-1].text.rstrip())
    if second and not second[0].math:
        second[0] = replace(second[0], text=second[0].text.lstrip())
    kept = [tuple(r for r in runs if r.text or r.math) for runs in (first, second)]
    return replace(paragraph, runs=kept[0], keep=False), replace(paragraph, runs=kept[1], bullet="")


def _run_length(run: Run) -> int:
    return 1 if run.math else len(run.text)


def _length(paragraph: Paragraph) -> int:
    return sum(map(_run_length, paragraph.runs))


def text_of(paragraph: Paragraph) -> str:
    """Return a paragraph's text, a character for each formula."""
    return "".join(_HOLE if run.math else run.text for run in paragraph.runs)
