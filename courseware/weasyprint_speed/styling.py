"""Styles of what stands before, after or beside elements, made when they are asked for.

WeasyPrint makes six of them for each element, and asks for one in twenty. Here what is put beside an
element is styled when it is asked for, and alike beside elements that are alike.

A page asks for some fifty thousand values; nine in ten of them no rule sets, so that they are the
parent's or the property's first. WeasyPrint asks of each whether it is a variable, a formula, a side
in a direction of writing or one of a few that depend on others; here, those that are none of these
are answered at once.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, ComputedStyle, StyleFor
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
library_set = StyleFor.set_computed_styles
library_style_for = StyleFor.__call__


def set_computed_styles(
    styles: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None,
    base_url: Any = None, target_collector: Any = None,
) -> None:  # fmt: skip
    """Give an element a computed style; what is put beside it gets one when that is asked for."""
    cascaded = styles._cascaded_styles.get((element, pseudo_type), {})
    if not pseudo_type or not hasattr(element, "tag") or "anchor" in cascaded:
        library_set(styles, element, parent, root, pseudo_type, base_url, target_collector)
    else:
        waiting = styles.__dict__.setdefault("waiting", {})
        waiting[element, pseudo_type] = cascaded, root, base_url


def style_for(styles: Any, element: Any, pseudo_type: Any = None) -> Any:
    """Return the style of an element or of what is put beside it, None where there is none."""
    if pseudo_type and (waiting := vars(styles).get("waiting")):
        given = waiting.pop((element, pseudo_type), None)
        if given is not None:
            _style(styles, element, pseudo_type, *given)
    return library_style_for(styles, element, pseudo_type)


def _style(
    styles: Any, element: Any, pseudo_type: Any, cascaded: Any, root: Any, base_url: Any
) -> None:
    """Compute what was put off; what is alike, and beside elements alike, has one style."""
    made = styles._computed_styles
    rules = tuple((name, id(value)) for name, (value, _) in cascaded.items())
    key = (id(made[element, None]), pseudo_type, rules)
    alike = styles.__dict__.setdefault("alike", {})
    if key not in alike:
        styles._cascaded_styles[element, pseudo_type] = cascaded
        library_set(styles, element, element, root, pseudo_type, base_url)
        del styles._cascaded_styles[element, pseudo_type]
        alike[key] = made[element, pseudo_type]
    made[element, pseudo_type] = alike[key]


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
