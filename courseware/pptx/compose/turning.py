"""A slide whose text runs from the right: lines stand at their other edge, and say so.

Places stay where the template has them; code runs from the left.
"""

from __future__ import annotations

import msgspec

from courseware.pptx.values import Align, Grid, Image, Line, Slide, Text

replace = msgspec.structs.replace
_OTHER: dict[Align, Align] = {"left": "right", "right": "left"}


def turn(slide: Slide) -> Slide:
    """Return a slide with its text from the right."""
    boxes = tuple(replace(box, content=_turned(box.content)) for box in slide.boxes)
    return replace(slide, boxes=boxes)


def _turned(content: Text | Grid | Image) -> Text | Grid | Image:
    if isinstance(content, Text) and not content.code:
        return replace(content, lines=tuple(map(_line, content.lines)))
    if isinstance(content, Grid):
        rows = tuple(
            tuple(replace(cell, lines=tuple(map(_line, cell.lines))) for cell in row)
            for row in content.rows
        )
        return replace(content, rows=rows)
    return content


def _line(line: Line) -> Line:
    return replace(line, align=_OTHER.get(line.align, line.align), from_right=True)
