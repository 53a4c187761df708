"""Soft hyphens in words that are wider than where they stand, at the breaks of their language.

Only such words get them: an office program would break them anywhere, and without a hyphen.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from courseware.pptx.template.template import LayoutPlace, Template
from courseware.pptx.text.fit import Style
from courseware.pptx.values import Box, ComposedSlide, Grid, Image, Line, Run, Text

SOFT = "\u00ad"
_LONG = re.compile(r"[^\W\d_]{12,}")
"""Words that can be wider than a column at all."""
replace = msgspec.structs.replace


def hyphenated(slide: ComposedSlide, template: Template, language: str) -> ComposedSlide:
    """Return a slide whose words can be broken where they must be, if their language has patterns.

    A title may stand in a place narrowed to its lines: its words are held against the whole place.
    """
    patterns = _patterns(language)
    if patterns is None:
        return slide
    title = template.layouts[slide.layout].places["title"]

    def broken(box: Box) -> Box:
        place = title if box.place.name == "title" else box.place
        return replace(box, content=_content(box.content, place, template, patterns))

    return replace(slide, boxes=tuple(map(broken, slide.boxes)))


@cache
def _patterns(language: str) -> Any:
    """Return what breaks a language's words; None where there is none."""
    import pyphen

    found = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=found, left=3, right=3) if found else None


def _content(
    content: Text | Grid | Image, place: LayoutPlace, template: Template, patterns: Any
) -> Text | Grid | Image:
    if isinstance(content, Text) and not content.code:
        made = tuple(
            _line(li, place.inner_width, place, template, patterns) for li in content.lines
        )
        return replace(content, lines=made)
    if isinstance(content, Grid):
        rows = []
        for row in content.rows:
            cells = []
            for at, cell in enumerate(row):
                wide = sum(content.widths[at : at + cell.colspan])
                wide -= content.margins[0] + content.margins[2]
                made = tuple(_line(li, wide, place, template, patterns) for li in cell.lines)
                cells.append(replace(cell, lines=made))
            rows.append(tuple(cells))
        return replace(content, rows=tuple(rows))
    return content


def _line(line: Line, width: float, place: LayoutPlace, template: Template, patterns: Any) -> Line:
    if not any(_LONG.search(run.text) for run in line.runs):
        return line
    level = place.levels[min(line.level, len(place.levels) - 1)]
    faces = template.faces
    style = Style(
        faces[level.family], faces[template.code], level.bold, level.italic, level.capitals
    )
    room = (width - line.left) * (1 - style.face.hold) / line.size

    def broken(run: Run) -> Run:
        if run.code or run.math:
            return run
        text = _LONG.sub(lambda word: _word(word[0], run, style, room, patterns), run.text)
        return replace(run, text=text) if text != run.text else run

    return replace(line, runs=tuple(map(broken, line.runs)))


def _word(word: str, run: Run, style: Style, room: float, patterns: Any) -> str:
    """Return a word with a soft hyphen at the last break that has room in each line but its last."""
    made, rest = "", word
    while style.advance(run, rest) > room:
        parts = patterns.iterate(rest)
        fits = (p for p in parts if style.advance(run, p[0] + "-") <= room)
        first, behind = next(fits, ("", ""))
        if not first:
            break
        made, rest = f"{made}{first}{SOFT}", behind
    return made + rest
