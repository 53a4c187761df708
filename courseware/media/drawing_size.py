"""How much a drawing draws: elements counted with every reference followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2

from courseware.media import PictureError

MOST_DRAWN = 50_000
"""Elements that are drawn, references followed; a city map has some ten thousand."""
TEXT_WEIGHT = 5
"""Elements that a text counts for: measured, laying one out takes as long as five shapes."""
DEEPEST = 100
"""Elements inside each other: drawing programs nest some twenty."""
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")


def name_of(node: Element) -> str:
    """Return an element's name without its namespace."""
    return str(node.tag).rpartition("}")[2]


def targets(css: str | list[Any]) -> Iterator[str]:
    """Return every address in CSS (as text or tokens), escapes undone."""
    waiting = list(tinycss2.parse_component_value_list(css) if isinstance(css, str) else css)
    while waiting:
        token = waiting.pop()
        if token.type == "url":
            yield str(token.value)
        elif token.type == "function":
            if token.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set"):
                yield "".join(str(t.value) for t in token.arguments if t.type == "string")
            waiting += token.arguments
        elif token.type in ("() block", "[] block", "{} block"):
            waiting += token.content
        elif token.type == "at-keyword" and token.lower_value == "import":
            yield "@import"


def count(root: Element) -> int:
    """Return how many elements are drawn; raise `PictureError` where following all references draws too much, or never ends."""
    named = {node.get("id"): node for node in root.iter() if node.get("id")}
    styled = _styled(root)
    points = max(len(NUMBER.findall(n.get("d") or n.get("points") or "")) for n in root.iter())
    weights: dict[Element, int] = {}
    open_: set[Element] = set()

    def weigh(node: Element, depth: int) -> int:
        if node in weights:
            return weights[node]
        if node in open_:
            raise PictureError("it refers to itself", "simplify it")
        if depth > 2 * DEEPEST:
            raise PictureError("its references are nested too deep", "simplify it")
        open_.add(node)
        weight, times = TEXT_WEIGHT if name_of(node) in ("text", "tspan") else 1, 1
        for child in node:
            weight += weigh(child, depth + 1)
        for name, target in (*_references(node), *styled.get(node, ())):
            if target not in named or name_of(named[target]).endswith("Gradient"):
                continue
            drawn = weigh(named[target], depth + 1)
            if name == "href":
                weight += drawn
            else:
                times += drawn * (points if name in ("marker", "marker-mid") else 1)
        open_.discard(node)
        # What paints a group paints each part of it: fill, stroke and markers are inherited.
        weights[node] = weight * times
        return weight * times

    drawn = weigh(root, 0)
    if drawn > MOST_DRAWN:
        raise PictureError(f"it draws {min(drawn, 10**12):,} elements", "simplify it")
    return drawn


def _references(node: Element) -> Iterator[tuple[str, str]]:
    """Return the parts that an element refers to, each with the attribute that does."""
    for key, value in node.attrib.items():
        name = key.rpartition("}")[2]
        if name == "href" and value.startswith("#") and name_of(node) != "a":
            yield name, value[1:]
        elif name == "style":
            yield from _declared(tinycss2.parse_blocks_contents(value))
        elif "(" in value:
            yield from ((name, target[1:]) for target in targets(value))


def _declared(nodes: list[Any]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.type == "declaration":
            for target in targets(node.value):
                yield node.lower_name, target[1:]


def _styled(root: Element) -> dict[Element, list[tuple[str, str]]]:
    """Return the parts that style sheets make elements refer to."""
    matcher = cssselect2.Matcher()
    for sheet in (node for node in root.iter() if name_of(node) == "style"):
        for rule in tinycss2.parse_stylesheet(sheet.text or ""):
            found_here = list(_declared(tinycss2.parse_blocks_contents(rule.content))
                           if rule.type == "qualified-rule" else ())  # fmt: skip
            if found_here:
                with suppress(cssselect2.SelectorError):
                    for selector in cssselect2.compile_selector_list(rule.prelude):
                        matcher.add_selector(selector, found_here)
    found: dict[Element, list[tuple[str, str]]] = {}
    for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        for match in matcher.match(wrapper):
            found.setdefault(wrapper.etree_element, []).extend(match[-1])
    return found
