"""Drawings (SVG) made safe: known elements only, nothing run, nothing fetched, nothing endless.

A list of what may stay, not of what must go: an element or attribute that is not known is left
out. defusedxml refuses entities before they multiply; what a program draws with (`use`, patterns,
markers) is counted, because ten references to ten references are a bomb, too.
"""

from __future__ import annotations

import base64
import re
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import msgspec
import tinycss2
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from courseware.media import PictureError
from courseware.media.drawing_box import drawn_box
from courseware.media.drawing_size import DEEPEST, NUMBER, count, name_of, targets
from courseware.media.drawing_values import sensible, sensible_style

MOST_MM = 100_000
"""Width and height that a drawing may have; more is a slip, and counts as no size."""
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MOST_BYTES = 5_000_000
"""Bytes of a drawing that is read."""
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "a",
        "image",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "clipPath",
        "mask",
        "marker",
        "filter",
        "feBlend",
        "feColorMatrix",
        "feComponentTransfer",
        "feComposite",
        "feDropShadow",
        "feFlood",
        "feFuncA",
        "feFuncB",
        "feFuncG",
        "feFuncR",
        "feGaussianBlur",
        "feMerge",
        "feMergeNode",
        "feMorphology",
        "feOffset",
        "feTurbulence",
        "style",
        "switch",
    ]
)
SILENT = frozenset(
    [
        "metadata",
        "view",
        "animate",
        "animateColor",
        "animateMotion",
        "animateTransform",
        "set",
        "discard",
        "cursor",
        "font",
        "font-face",
        "glyph",
        "missing-glyph",
    ]
)
"""Elements that print nothing, and are left out without a word."""
LOUD = frozenset(["script", "iframe", "object", "embed", "audio", "video"])
"""Elements that are named where they are left out, whatever language they belong to."""
_OUTSIDE_ROOT = re.compile(rb"<!DOCTYPE|<\?(?!xml\s)", re.IGNORECASE)
"""What may stand around the drawing's element, and names other files."""
_DATA = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp);base64,([A-Za-z0-9+/=\s]*)\Z")
_LENGTH = re.compile(r"\s*([\d.]+(?:e[-+]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|ex|)\s*\Z", re.IGNORECASE)
_DECIMAL = re.compile(r"[-+]?(?:\d{1,9}\.?\d*|\.\d+)(?:e[-+]?\d)?\Z", re.IGNORECASE)
_MILLIMETRES = {"px": 25.4 / 96, "": 25.4 / 96, "pt": 25.4 / 72, "pc": 25.4 / 6, "mm": 1.0,
                "cm": 10.0, "in": 25.4, "em": 25.4 / 6, "ex": 25.4 / 12}  # fmt: skip


class PrintDrawing(msgspec.Struct, frozen=True):
    """A drawing as it may be printed, what was left out of it, its own size in mm (0: none).

    `drawn` is how many elements it draws.
    """

    data: bytes
    removed: tuple[str, ...]
    width_mm: float
    height_mm: float
    drawn: int = 0


def cleaned(data: bytes) -> PrintDrawing:
    """Return a drawing without what runs, fetches or never ends; raise `PictureError`."""
    if len(data) > MOST_BYTES:
        raise PictureError(f"{len(data):,} bytes are more than {MOST_BYTES:,}", "simplify it")
    try:
        root = fromstring(data)
    except DefusedXmlException:
        raise PictureError("it declares entities", 'save it as "plain SVG"') from None
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise PictureError(f"it is not well-formed ({error})", "save it again") from None
    if root.tag not in (f"{SVG}svg", "svg"):
        raise PictureError("it is no SVG drawing", "save it as PNG, JPEG or SVG")
    cleaner = _Cleaner()
    try:
        cleaner.element(root)
        drawn = count(root)
    except RecursionError:
        raise PictureError("its styles are nested too deep", "simplify it") from None
    if not any(root.get(said) for said in ("width", "height", "viewBox")) and (
        box := drawn_box(root)
    ):
        root.set("viewBox", " ".join(f"{side:g}" for side in box))
        cleaner.changed = True
    width, height = _size(root)
    if not cleaner.changed and not _OUTSIDE_ROOT.search(data):
        return PrintDrawing(data, (), width, height, drawn)
    ElementTree.register_namespace("", SVG[1:-1])
    ElementTree.register_namespace("xlink", XLINK[1:-1])
    again = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return PrintDrawing(again, tuple(dict.fromkeys(cleaner.removed)), width, height, drawn)


_HIDING = re.compile(
    r"display|visibility|opacity|clip|mask|filter|transform|fill\s*[:=]\s*(?:none|transparent)|font-size"
)
"""What may keep a text from being seen, as an attribute or in a style; whether it does is not asked."""
_TEXTS = ("text", "tspan", "textPath")
_COVERED = frozenset(
    ["a", "style", "symbol", "defs", "clipPath", "mask", "pattern", "marker", "switch"]
)
"""Elements that may style a text, or hold one that is not drawn where it stands."""


def in_the_open(data: bytes) -> bytes:
    """Return a drawing without titles, descriptions and comments; b"" where it may hold a text that is not seen."""
    root = fromstring(data)
    for node in list(root.iter()):
        for child in [child for child in node if name_of(child) in ("title", "desc")]:
            _keep_tail(node, None, child.tail)
            node.remove(child)
        if name_of(node) not in (*_TEXTS, "style"):
            node.text = None
            for child in node:
                child.tail = None
    texts = [node for node in root.iter() if name_of(node) in _TEXTS]
    if texts and (any(_may_hide(node, root) for node in root.iter()) or not _inside(root, texts)):
        return b""
    ElementTree.register_namespace("", SVG[1:-1])
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _may_hide(node: Element, root: Element) -> bool:
    said = " ".join(f"{key}={value}" for key, value in node.attrib.items() if key != "id")
    nested = name_of(node) == "svg" and node is not root
    return nested or name_of(node) in _COVERED or _HIDING.search(said.lower()) is not None


def _inside(root: Element, texts: list[Element]) -> bool:
    """Whether each text begins inside of the drawing's view box, as far as plain numbers say."""
    box = [float(n) for n in NUMBER.findall(root.get("viewBox") or "")]
    if len(box) != 4:
        box = [
            0.0,
            0.0,
            _length(root.get("width")) / _MILLIMETRES["px"],
            _length(root.get("height")) / _MILLIMETRES["px"],
        ]
    for node in texts:
        for key, low, long in (("x", box[0], box[2]), ("y", box[1], box[3])):
            value = node.get(key, "").strip()
            if node.get(f"d{key}") or (
                value and not (_DECIMAL.match(value) and low <= float(value) <= low + long)
            ):
                return False
    return True


class _Cleaner:
    """Goes through a drawing and takes away what may not stay."""

    def __init__(self) -> None:
        """Start with nothing removed."""
        self.removed: list[str] = []
        self.changed = False

    def element(self, node: Element, depth: int = 1) -> None:
        """Clean an element and all below it."""
        if depth > DEEPEST:
            raise PictureError(f"its elements are nested deeper than {DEEPEST}", "simplify it")
        self._attributes(node)
        if name_of(node) == "style":
            self._style(node)
        before: Element | None = None
        alone = name_of(node) == "switch" and len(node) > 1
        for child in list(node):
            if not (alone and name_of(child) == "foreignObject") and self._may_stay(child):
                self.element(child, depth + 1)
                before = child
                continue
            self.changed = True
            _keep_tail(node, before, child.tail)
            node.remove(child)

    def _may_stay(self, node: Element) -> bool:
        if not isinstance(node.tag, str):
            return False
        space, _, name = node.tag.rpartition("}")
        ours = space in ("", SVG[:-1])
        if ours and name in ELEMENTS:
            return name != "image" or self._image(node)
        if name in LOUD or (ours and name not in SILENT):
            self.removed.append(f"<{name}>")
        return False

    def _image(self, node: Element) -> bool:
        """Keep an embedded picture, made ready for print; a file or an address is not fetched."""
        target = node.get(f"{XLINK}href") or node.get("href") or ""
        found = _DATA.match(target)
        if not found:
            self.removed.append(f'the image "{target[:60]}"')
            return False
        try:
            from courseware.media.raster import Raster

            data, kind = Raster(base64.b64decode(found[1])).prepared()
        except (PictureError, ValueError) as error:
            self.removed.append(f"an embedded image ({error})")
            return False
        for key in (f"{XLINK}href", "href"):
            if key in node.attrib:
                del node.attrib[key]
        node.set("href", f"data:{kind};base64,{base64.b64encode(data).decode()}")
        self.changed = True
        return True

    def _attributes(self, node: Element) -> None:
        for key, value in list(node.attrib.items()):
            if _senseless(node, key, value):
                del node.attrib[key]
                self.changed = True
                continue
            space, _, name = key.rpartition("}")
            if not self._attribute_may_stay(node, space + ("}" if space else ""), name, value):
                del node.attrib[key]
                self.changed = True
            elif not space and (taken := _taken(name, value)) != value:
                self.changed = True
                if taken is None:
                    del node.attrib[key]
                else:
                    node.set(key, taken)

    def _attribute_may_stay(self, node: Element, space: str, name: str, value: str) -> bool:
        if name.lower().startswith("on") and not space:
            self.removed.append(f"{name}=")
            return False
        if name == "href" and space in ("", XLINK):
            inside = value.startswith("#") or name_of(node) == "image"
            if not inside and name_of(node) != "a":
                self.removed.append(f'a reference to "{value[:60]}"')
            return inside
        if space:
            return space == XML and name in ("space", "lang")
        if name == "spreadMethod" and value != "pad":
            # Drawn as so many stops that a gradient a millionth wide fills the memory.
            self.removed.append(f'{name}="{value[:60]}"')
            return False
        if ("(" in value or "\\" in value or "@" in value) and _fetches(value):
            self.removed.append(f'{name}="{value[:60]}"')
            return False
        return True

    def _style(self, node: Element) -> None:
        """Keep a style sheet's rules that fetch nothing."""
        rules = tinycss2.parse_stylesheet("".join(node.itertext()), skip_comments=True)
        kept = []
        for rule in rules:
            name = getattr(rule, "lower_at_keyword", "")
            if name in ("import", "font-face") or _fetches(_written(rule)):
                self.removed.append(f"@{name}" if name else "a style rule that fetches")
                self.changed = True
            else:
                kept.append(rule)
        if len(kept) != len(rules) or len(node):
            for child in list(node):
                node.remove(child)
            node.text = tinycss2.serialize(kept)
            self.changed = True


def _taken(name: str, value: str) -> str | None:
    """Return an attribute's value as a browser takes it, None where it takes none."""
    return sensible_style(value) if name == "style" else sensible(name, value)


def _senseless(node: Element, key: str, value: str) -> bool:
    """Whether an attribute's numbers mean nothing; the layout engine takes them for granted."""
    if key == "viewBox":
        box = value.replace(",", " ").split()
        numbers = [float(n) for n in box if _DECIMAL.match(n)]
        return len(box) != 4 or len(numbers) != 4 or not all(n > 0 for n in numbers[2:])
    if key in ("width", "height") and name_of(node) == "svg":
        return not 0 < _length(value.replace("%", "")) < MOST_MM
    return False


def _keep_tail(parent: Element, before: Element | None, tail: str | None) -> None:
    """Keep the text that follows a removed child."""
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail


def _written(rule: Any) -> str:
    """Return a rule as text; what cannot be written is as bad as what fetches."""
    try:
        return str(rule.serialize())
    except (TypeError, ValueError):
        return "@import"


def _fetches(css: str) -> bool:
    """Whether CSS refers to anything but a part of its own document."""
    return any(not target.startswith("#") for target in targets(css))


def _size(root: Element) -> tuple[float, float]:
    """Return a drawing's own width and height in mm, from its attributes or its view box."""
    width, height = (_length(root.get(side)) for side in ("width", "height"))
    box = [float(n) for n in NUMBER.findall(root.get("viewBox") or "")]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        if not width and not height:
            width, height = box[2] * _MILLIMETRES["px"], box[3] * _MILLIMETRES["px"]
        width = width or height * box[2] / box[3]
        height = height or width * box[3] / box[2]
    return (width, height) if 0 < width < MOST_MM and 0 < height < MOST_MM else (0.0, 0.0)


def _length(value: str | None) -> float:
    found = _LENGTH.match(value or "")
    if not found:
        return 0.0
    try:
        return float(found[1]) * _MILLIMETRES[found[2].lower()]
    except ValueError:
        return 0.0
