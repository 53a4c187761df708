"""Used lengths that hang on a box's style alone, worked out once for all boxes of the same values.

For each box, and again each time that it is laid out, WeasyPrint works out margins, paddings,
widths, heights and borders one by one, a tenth of a document's time. Most have no percentage: they
are the same wherever the box is. Which ones are, WeasyPrint's own function says, asked about three
different places.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from weasyprint.css.functions import check_math
from weasyprint.layout import percent

_SIDES = ("top", "right", "bottom", "left")
_NAMES = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *(f"{bound}{size}" for bound in ("", "min_", "max_") for size in ("width", "height")),
    "box_sizing",
    "border_collapse",
)
"""All properties that the used lengths hang on."""
_values = itemgetter(*_NAMES)
_PLACES = ((1e6, "auto"), (3e6, 5e6), (1e6, 7e6))
"""Widths and heights of places that a percentage would tell apart; too large to leave less than nothing."""
MOST = 5_000
"""Different styles remembered; a course has some hundred."""
_used: dict[Any, dict[str, Any]] = {}
library_resolve = percent.resolve_percentages


class _Probe:
    def __init__(self, style: Any) -> None:
        self.style = style


def _everywhere(style: Any) -> dict[str, Any]:
    """Return the used lengths of boxes of a style; none where they hang on the place, or the box."""
    collapsing = style["border_collapse"] == "collapse"  # a table's borders are the boxes' own
    if collapsing or any(
        map(check_math, _values(style))
    ):  # and a formula may ask for a font's size
        return {}
    found = []
    for place in _PLACES:
        probe = _Probe(style)
        library_resolve(probe, place)
        found.append({name: value for name, value in vars(probe).items() if name != "style"})
    return found[0] if found[0] == found[1] == found[2] else {}


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set a box's used lengths."""
    key = _values(box.style)
    try:
        used = _used.get(key)
    except TypeError:  # a value that cannot be told from another
        used = {}
    if used is None:
        while len(_used) >= MOST:
            del _used[next(iter(_used))]
        used = _used[key] = _everywhere(box.style)
    if used:
        vars(box).update(used)
    else:
        library_resolve(box, containing_block)
