"""Values of properties that no rule sets, found without WeasyPrint's long way round.

A page asks for some fifty thousand values; nine in ten of them no rule sets, so that they are the
parent's or the property's first. WeasyPrint asks of each whether it is a variable, a formula, a side
in a direction of writing or one of a few that depend on others; here, those that are none of these
are answered at once.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS

_DEPENDENT = frozenset({"float", "display", "position", "page"})
"""Properties whose values depend on others that nobody set."""
_SIDES: dict[str, tuple[str, ...]] = {
    name: tuple({logical(block="ttb", inline=inline) for inline in ("ltr", "rtl")})
    for name, logical in PHYSICAL_FUNCTIONS.items()
}
"""For a property of a side or a size: those by which a rule may set it in a direction of writing."""
_ALONE = {n for n in INITIAL_VALUES if n not in _DEPENDENT and not n.startswith("text_decoration_")}
_INHERITED = frozenset(_ALONE & set(INHERITED) - _SIDES.keys())
_FIRST = frozenset(_ALONE - set(INHERITED) - set(INITIAL_NOT_COMPUTED))
library_missing = ComputedStyle.__missing__


def missing(style: Any, key: str) -> Any:
    """Return a property's computed value for a style, and keep it there."""
    cascaded = style.cascaded
    if key not in cascaded:
        if key in _INHERITED and style.parent_style is not None:
            value = style[key] = style.parent_style[key]
            return value
        if key in _FIRST and not any(side in cascaded for side in _SIDES.get(key, ())):
            value = style[key] = INITIAL_VALUES[key]
            return value
    return library_missing(style, key)
