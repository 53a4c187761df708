"""Elements that look alike have one style: WeasyPrint shares it, but not where each has a name.

Every block has an identifier. WeasyPrint takes each for the target of a link and gives its element a
style of its own, so that nothing below it can share one either; and what it puts before, after or
beside elements never does: six styles for each, of which it asks for one in twenty. Here an identifier
is a target only where a link leads to it, and what is put beside an element is styled when it is asked
for, alike beside elements alike. It hangs on private parts of WeasyPrint: a test says when they change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from weasyprint import css
from weasyprint.css import StyleFor

every_target = css.find_style_attributes
styled_alone = StyleFor.set_computed_styles
found = StyleFor.__call__


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


def styled_later(
    styles: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None,
    base_url: Any = None, target_collector: Any = None,
) -> None:  # fmt: skip
    """Give an element a computed style; what is put beside it gets one when that is asked for."""
    cascaded = styles._cascaded_styles.get((element, pseudo_type), {})
    if not pseudo_type or not hasattr(element, "tag") or "anchor" in cascaded:
        styled_alone(styles, element, parent, root, pseudo_type, base_url, target_collector)
    else:
        waiting = styles.__dict__.setdefault("waiting", {})
        waiting[element, pseudo_type] = cascaded, root, base_url


def style_asked(styles: Any, element: Any, pseudo_type: Any = None) -> Any:
    """Return the style of an element or of what is put beside it, None where there is none."""
    if pseudo_type and (waiting := vars(styles).get("waiting")):
        given = waiting.pop((element, pseudo_type), None)
        if given is not None:
            _style(styles, element, pseudo_type, *given)
    return found(styles, element, pseudo_type)


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
        styled_alone(styles, element, element, root, pseudo_type, base_url)
        del styles._cascaded_styles[element, pseudo_type]
        alike[key] = made[element, pseudo_type]
    made[element, pseudo_type] = alike[key]


def share() -> None:
    """Let WeasyPrint share styles so."""
    css.find_style_attributes = few_targets
    StyleFor.set_computed_styles = styled_later
    StyleFor.__call__ = style_asked
