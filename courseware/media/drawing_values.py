"""Values of a drawing's properties as a browser reads them: one that is wrong counts as not there.

The layout engine takes them as they stand: a wrong `text-anchor` moves its text, a wrong colour is
black, a wrong number ends the drawing.

Source of the values: SVG 2, "Property index"; CSS Cascading 4, 7.3, for `initial` and its like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import tinycss2
from tinycss2.color4 import parse_color

_WORDS = {
    "text-anchor": "start middle end",
    "direction": "ltr rtl",
    "font-style": "normal italic oblique",
    "font-weight": "normal bold bolder lighter",
    "fill-rule": "nonzero evenodd",
    "clip-rule": "nonzero evenodd",
    "stroke-linecap": "butt round square",
    "stroke-linejoin": "miter miter-clip round bevel arcs",
    "visibility": "visible hidden collapse",
    "dominant-baseline": "auto text-bottom alphabetic ideographic middle central mathematical hanging text-top "
    "use-script no-change reset-size before-edge after-edge text-before-edge text-after-edge",
    "alignment-baseline": "baseline auto text-bottom alphabetic ideographic middle central mathematical top center "
    "bottom text-top hanging before-edge after-edge text-before-edge text-after-edge",
    "font-size": "medium xx-small x-small small large x-large xx-large xxx-large larger smaller",
    "stroke-dasharray": "none",
}
"""The words that a property's value may be; the first is what it is at first."""
_FIRST = {"opacity": "1", "fill-opacity": "1", "stroke-opacity": "1", "stop-opacity": "1", "flood-opacity": "1",
          "stroke-width": "1", "stroke-dashoffset": "0", "stroke-miterlimit": "4", "fill": "black", "stroke": "none",
          "stop-color": "black", "flood-color": "black", "color": "black"}  # fmt: skip
"""What the other properties are at first."""
_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
_LENGTH = rf"{_NUMBER}(?:%|[a-z]{{1,4}})?"
_SHAPES = {
    **dict.fromkeys([name for name in _FIRST if name.endswith("opacity")], rf"[-+]?{_NUMBER}%?"),
    "font-weight": r"\+?[1-9]\d{0,2}(?:\.\d*)?|1000",
    "font-style": r"oblique\s.+",
    "font-size": rf"\+?{_LENGTH}",
    "stroke-width": rf"\+?{_LENGTH}",
    "stroke-dashoffset": rf"[-+]?{_LENGTH}",
    "stroke-dasharray": rf"\+?{_LENGTH}(?:[\s,]+\+?{_LENGTH})*",
    "stroke-miterlimit": rf"\+?{_NUMBER}",
}
"""What else a property's value may look like."""
_KNOWN = {name: re.compile(shape) for name, shape in _SHAPES.items()}
_PAINTS = ("fill", "stroke", "stop-color", "flood-color", "color")
_PAINT = re.compile(
    r"none|context-fill|context-stroke|currentcolor|#[0-9a-f]+|(?:url|var|calc)\(.*"
)
_EARLIER = ("inherit", "unset", "revert", "revert-layer")
"""Values that say what a property is without any: what it is around the element."""
PROPERTIES = frozenset([*_WORDS, *_FIRST])


def sensible(name: str, value: str) -> str | None:
    """Return a property's value as the layout engine reads it; None where a browser would not take it."""
    if name not in PROPERTIES:
        return value
    said = value.strip().lower()
    words = _WORDS.get(name, "").split()
    if said == "initial":
        return words[0] if words else _FIRST[name]
    if said in words:
        return said
    if said in _EARLIER or "(" in said:
        return value
    if name in _PAINTS:
        return value if _PAINT.fullmatch(said) or parse_color(said) else None
    known = _KNOWN.get(name)
    return value if known and known.fullmatch(said) else None


def sensible_style(style: str) -> str:
    """Return the declarations of a `style` attribute without those whose value a browser would not take."""
    found = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    kept = list(_kept(found))
    return style if len(kept) == len(found) else "; ".join(kept)


def _kept(found: list[tinycss2.ast.Node]) -> Iterator[str]:
    for one in found:
        if one.type == "declaration":
            value = tinycss2.serialize(one.value)
            if sensible(one.lower_name, value) is not None:
                yield f"{one.name}:{value}{' !important' * one.important}"
        elif one.type != "error":
            yield one.serialize()
