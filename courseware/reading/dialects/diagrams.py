"""Diagrams that a fence holds in another program's language, drawn: in the house's face and greys, the same everywhere.

The extra `diagrams` draws Mermaid's and Graphviz's; a module each knows how. What they draw is made plain here: no
titles, links or names of the program's own, words for those who do not see it, a white ground for dark slides.
"""

from __future__ import annotations

import re
from base64 import b64encode
from copy import deepcopy
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from courseware.model.inline import EMBEDDED
from courseware.reading.dialects.diagram_programs import FACE, SIZE, DiagramError, draw

PRINTED = 0.85
"""Size of a diagram on the page beside its own, at 96 to the inch: its words are as large as a caption's."""
SQUEEZED = 0.94
"""Size of words beside that which Graphviz laid out: its face is narrower."""
MARGIN = 8.0
"""Ground around a diagram, in its own units."""
MOST_WORDS = 600
"""Characters of a diagram's words that are read aloud for it."""
SVG = "{http://www.w3.org/2000/svg}"
_OPTION = re.compile(r"^\s*(?:(?:%%|//|#)\|\s*|:)(?:fig-)?(?P<key>cap|alt|caption)\s*:\s*(?P<value>.+?)\s*$", re.MULTILINE)  # fmt: skip
_DESCRIBED = re.compile(r"^\s*accDescr\s*(?::\s*(?P<line>.+)|\{(?P<lines>[^{}]*)\})", re.MULTILINE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LABELS = frozenset({"node", "edge", "cluster", "graph"})
"""Classes of what holds the lines of one label."""
_KEPT = frozenset(
    ["id", "class", "style", "transform", "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy",
     "width", "height", "viewBox", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity",
     "stroke-linecap", "stroke-linejoin", "opacity", "text-anchor", "dominant-baseline", "alignment-baseline", "font-family",
     "font-size", "font-weight", "font-style", "marker-end", "marker-start", "refX", "refY", "markerWidth", "markerHeight",
     "markerUnits", "orient", "preserveAspectRatio", "gradientUnits", "offset", "stop-color", "stop-opacity"]
)  # fmt: skip
"""Attributes that say how something is drawn; others are the program's own."""


class Diagram(NamedTuple):
    """A diagram drawn, as an address that holds it; what is read aloud for it, its caption, its width in pixels."""

    address: str
    alt: str
    caption: str
    width: float


@lru_cache(maxsize=64)
def drawn(language: str, source: str) -> Diagram:
    """Return a diagram drawn; raise `DiagramError` where it cannot be, or what draws it is not there."""
    options = {found["key"]: found["value"].strip("\"'") for found in _OPTION.finditer(source)}
    source = _OPTION.sub("", source)
    try:
        root = fromstring(draw(language, source))
    except ElementTree.ParseError:
        raise DiagramError("it cannot be drawn") from None
    _make_plain(root)
    box = _set_size(root)
    words = _words(root, source)
    _put_ground(root, box)
    described = _DESCRIBED.search(source)
    said = " ".join((described["line"] or described["lines"]).split()) if described else ""
    alt = options.get("alt") or said or ", ".join(words) or " ".join(source.split())
    ElementTree.register_namespace("", SVG[1:-1])
    address = f"{EMBEDDED}image/svg+xml;base64,{b64encode(ElementTree.tostring(root)).decode()}"
    caption = options.get("cap") or options.get("caption") or ""
    return Diagram(address, alt[:MOST_WORDS], caption, box[2] * PRINTED)


def _make_plain(root: Element) -> None:
    """Put what is drawn from a shelf where it is drawn, and leave out all that is not seen."""
    shelf = {node.get("id"): node for node in root.iter() if node.get("id")}
    for node in list(root.iter()):
        for child in list(node):
            name = _name(child)
            if name in ("title", "desc", "metadata") or "opacity:0;" in child.get("style", ""):
                node.remove(child)
            elif name == "use" and (found := shelf.get(child.get("href", "").lstrip("#"))) is not None:  # fmt: skip
                child.tag, child.attrib = f"{SVG}g", {}
                child.extend(deepcopy(part) for part in found)
    for node in list(root.iter()):
        for child in [child for child in node if _name(child) == "defs"]:
            if not any(_name(part) in ("marker", "linearGradient", "style") for part in child.iter()):  # fmt: skip
                node.remove(child)
    for node in root.iter():
        if (
            _name(node) in ("svg", "a") and node is not root
        ):  # a box that would cut its words off, or a link
            node.tag, node.attrib = f"{SVG}g", {}
        node.attrib = {key: value for key, value in node.attrib.items() if key in _KEPT}
        if "font-family" in node.attrib:
            node.set("font-family", FACE)
        for key in ("style", "font-size"):
            if key in node.attrib:
                node.set(key, _resized(node.attrib[key]))
        if _name(node) == "style":
            node.text = _resized(node.text or "")


def _resized(style: str) -> str:
    """Return a style whose words are as large as they are drawn: they are laid out for a wider face."""
    if _NUMBER.fullmatch(style):
        return f"{float(style) * SQUEEZED:g}"
    style = re.sub(r"font-family:[^;}]*", f"font-family:{FACE}", style)
    return re.sub(rf"(?<![\d.]){SIZE.laid_out}(?:\.0+)?px", f"{SIZE.drawn}px", style)


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _set_size(root: Element) -> tuple[float, float, float, float]:
    """Let a diagram say how large it is, in its own units; return its box with the ground around it."""
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", root.get("viewBox", ""))]
    if len(numbers) != 4:
        raise DiagramError("it has no size")
    x, y, width, height = numbers
    box = (x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN)
    root.attrib = {"viewBox": " ".join(f"{n:g}" for n in box),
                   "width": f"{box[2] * PRINTED:.1f}", "height": f"{box[3] * PRINTED:.1f}",
                   **{key: root.attrib[key] for key in ("id", "class") if key in root.attrib}}  # fmt: skip
    return box


def _put_ground(root: Element, box: tuple[float, float, float, float]) -> None:
    given = {key: f"{n:g}" for key, n in zip(("x", "y", "width", "height"), box, strict=True)}
    root.insert(0, Element(f"{SVG}rect", {**given, "style": "fill:#ffffff;stroke:none"}))


def _words(root: Element, source: str) -> list[str]:
    """Return the words that a diagram shows, each once, in the order of its source."""
    found = []
    for node in root.iter():
        texts = [" ".join("".join(t.itertext()).split()) for t in node if _name(t) == "text"]
        one = node.get("class") in _LABELS or any("fallback" in t.get("class", "") for t in node)
        found += [" ".join(texts)] if one else texts
    bare = " ".join(source.split())
    return sorted(dict.fromkeys(filter(None, found)), key=lambda words: bare.find(words) % len(bare + " "))  # fmt: skip
