"""Text in drawings whose letters join or run from the right, set as a whole.

The engine sets a drawing's text letter by letter: Arabic came out in single letters from the left, and signs of
Hindi beside what they stand on. A text whose author places each letter stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from weasyprint import svg

JOINED = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Letters that take their forms from those beside them, or run from the right: of Hebrew, Arabic, and of South Asia."""
_PLACES = ("x", "y", "dx", "dy", "rotate")
_set = svg.text


class _Whole(str):
    """A text that is set as if it were one letter."""

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def text(drawing: Any, node: Any, font_size: float) -> None:
    """Set a node's text in a drawing."""
    placed = any(len(re.split(r"[\s,]+", node.get(name, "").strip())) > 1 for name in _PLACES)
    spaced = node.get("letter-spacing") or node.get("textLength")
    said = node.text
    whole = said and JOINED.search(said) and not placed and not spaced
    element = node._etree_node  # the node has no other way to be given a text
    element.text = _Whole(said) if whole else said
    try:
        _set(drawing, node, font_size)
    finally:
        element.text = said


def set_whole() -> None:
    """Have the engine set such texts as a whole, from now on."""
    for name, drawn in svg.TAGS.items():
        if drawn is _set:
            svg.TAGS[name] = text
    svg.text = text
