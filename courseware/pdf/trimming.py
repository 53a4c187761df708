"""A block that goes on overleaf ends, on its page, where its text ends.

WeasyPrint draws a cut block to the page's foot, as CSS has it: the rule beside an exercise would run
down an empty foot. Heights are mended in what was laid out; nothing moves. The boxes are
WeasyPrint's own: tests/pdf/test_trimming.py says when they change.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from courseware.pdf.engine import boxes

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
