"""Elements that look alike have one style: WeasyPrint shares it, but not where each has a name.

Every block has an identifier. WeasyPrint takes each for the target of a link and gives its element a
style of its own, so that nothing below it can share one either; and what it puts before, after or
beside elements never does. Here an identifier is a target only where a link leads to it, and what is
put beside elements alike is alike. It hangs on private parts of WeasyPrint: a test says when they change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from weasyprint import css
from weasyprint.css import StyleFor

every_target = css.find_style_attributes
styled_alone = StyleFor.set_computed_styles


def targets(tree: Any) -> frozenset[str]:
    """Return the identifiers that links of a page lead to."""
    links = (element.get("href") or "" for element in tree.iter())
    return frozenset(unquote(link[1:]) for link in links if link.startswith("#"))


def few_targets(
    tree: Any, presentational_hints: bool = False, base_url: Any = None
) -> Iterator[Any]:
    """Yield what WeasyPrint does, identifiers aside that no link leads to."""
    wanted = targets(tree)
    names = {
        e: e.attrib.pop("id") for e in tree.iter() if e.get("id") and e.get("id") not in wanted
    }
    try:
        found = list(every_target(tree, presentational_hints, base_url))
    finally:
        for element, name in names.items():
            element.set("id", name)
    yield from found


def styled_alike(
    styles: Any, element: Any, parent: Any, *given: Any, pseudo_type: Any = None, **named: Any
) -> None:
    """Give an element a computed style, and what is put beside it that of others alike."""
    cascaded = styles._cascaded_styles.get((element, pseudo_type), {})
    if not pseudo_type or not hasattr(element, "tag") or "anchor" in cascaded:
        styled_alone(styles, element, parent, *given, pseudo_type=pseudo_type, **named)
        return
    made = styles._computed_styles
    rules = tuple((name, id(value)) for name, (value, _) in cascaded.items())
    key = (id(made[parent, None]), pseudo_type, rules)
    alike = styles.__dict__.setdefault("alike", {})
    if key not in alike:
        styled_alone(styles, element, parent, *given, pseudo_type=pseudo_type, **named)
        alike[key] = made[element, pseudo_type]
    made[element, pseudo_type] = alike[key]


def share() -> None:
    """Let WeasyPrint share styles so."""
    css.find_style_attributes = few_targets
    StyleFor.set_computed_styles = styled_alike
