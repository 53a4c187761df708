"""Checks on a written deck before it is published: it is opened again and looked through.

What is found is a fault of the program, never of an author. `fault` returns the first, or "".
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from courseware.pptx.template.styles import KINDS, A, P, holder_of
from courseware.pptx.text.formulas import GAP
from courseware.pptx.write.making import parts_of

SHAPES = ("sp", "pic", "graphicFrame", "grpSp", "cxnSp", "contentPart")
FORMULA = "\ufffc"
"""What stands for a formula's gap where texts are looked through: its picture lies on it."""
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
"""What marks a shape that says nothing."""
SLACK = 12700
"""English metric units by which a shape may pass its slide's edge: a point, for rounding."""
PARTS = {
    "ppt/slides/slide": "presentationml.slide+xml",
    "ppt/slideLayouts/slideLayout": "presentationml.slideLayout+xml",
    "ppt/notesSlides/notesSlide": "presentationml.notesSlide+xml",
    "ppt/presentation.xml": "presentationml.presentation.main+xml",
}
"""How the content types of parts end, by the beginning of their names."""
TYPES = {"png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg", "svg": "image/svg+xml"}
_OVERRIDE = re.compile(rb'<Override[^>]*?\bPartName="([^"]+)"[^>]*?\bContentType="([^"]+)"')
_OVERRIDE_BACK = re.compile(rb'<Override[^>]*?\bContentType="([^"]+)"[^>]*?\bPartName="([^"]+)"')
_DEFAULT = re.compile(rb'<Default[^>]*?\bExtension="([^"]+)"[^>]*?\bContentType="([^"]+)"')
_DEFAULT_BACK = re.compile(rb'<Default[^>]*?\bContentType="([^"]+)"[^>]*?\bExtension="([^"]+)"')
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(Id|Target|TargetMode)="([^"]*)"')
_USED = re.compile(rb'\br:(?:id|embed|link|pict)="([^"]+)"')


def fault(data: bytes) -> str:
    """Return what is wrong with a deck's file, or ""."""
    try:
        parts = parts_of(data)
    except (zipfile.BadZipFile, EOFError, OSError):
        return "an incomplete archive"
    return next(_faults(data, parts), "")


def faults(data: bytes) -> list[str]:
    """Return all that is wrong with a deck's file."""
    return list(_faults(data, parts_of(data)))


def _faults(data: bytes, parts: Mapping[str, bytes]) -> Iterator[str]:
    yield from _types(parts)
    yield from _relations(parts)
    import pptx

    try:
        shown = pptx.Presentation(io.BytesIO(data))
        slides = list(shown.slides)
    except Exception as error:  # whatever keeps it from being opened is the fault
        yield f"it cannot be opened again ({type(error).__name__}: {error})"
        return
    yield from _titles(slides)
    known: dict[tuple[str, int], Frame | None] = {}
    for number, slide in enumerate(slides, 1):
        for said in _slide(slide, shown.slide_width or 0, shown.slide_height or 0, known):
            yield f"slide {number}: {said}"


# -- the package ----------------------------------------------------------------------


def _pairs(straight: re.Pattern[bytes], back: re.Pattern[bytes], types: bytes) -> dict[str, str]:
    found = [(a, b) for a, b in straight.findall(types)]
    found += [(a, b) for b, a in back.findall(types)]
    return {a.decode(): b.decode() for a, b in found}


def _types(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Tell of parts whose content type is missing or another's."""
    types = parts.get("[Content_Types].xml", b"")
    overrides = _pairs(_OVERRIDE, _OVERRIDE_BACK, types)
    defaults = _pairs(_DEFAULT, _DEFAULT_BACK, types)
    for name in parts:
        if name == "[Content_Types].xml":
            continue
        extension = name.rsplit(".", 1)[-1].lower()
        kind = overrides.get(f"/{name}") or defaults.get(extension, "")
        wanted = next((end for start, end in PARTS.items() if name.startswith(start)
                       and name.endswith(".xml")), TYPES.get(extension, ""))  # fmt: skip
        if not kind or not kind.endswith(wanted):
            yield f"{name} has the content type {kind or 'of nothing'}"
    for name in overrides:
        if name.removeprefix("/") not in parts:
            yield f"a content type is given for {name}, which is not there"


def _relations(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Tell of relationships that lead nowhere, and of uses of what is none."""
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        folder, file = posixpath.split(name)
        holder = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        known: set[bytes] = set()
        for said in _RELATION.findall(data):
            found = dict(_ATTRIBUTE.findall(said))
            known.add(found.get(b"Id", b""))
            target = found.get(b"Target", b"").decode()
            if found.get(b"TargetMode") != b"External" and _path(holder, target) not in parts:
                yield f"{holder} leads to {target}, which is not there"
        used = set(_USED.findall(parts.get(holder, b"")))
        for lost in sorted(used - known):
            yield f"{holder} uses {lost.decode()}, which is no relationship"


def _path(holder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(holder), target))


# -- the slides -----------------------------------------------------------------------


def _titles(slides: list[Any]) -> Iterator[str]:
    titles = [_title(slide) for slide in slides]
    for number, title in enumerate(titles, 1):
        if not title:
            yield f"slide {number}: no title"
    for title, count in Counter(titles).items():
        if title and count > 1 and FORMULA not in title:
            yield f'{count} slides are titled "{title}"'


def _title(slide: Any) -> str:
    """Return the words of the first title placeholder; a line break is a space, a formula `FORMULA`."""
    for element in _shapes(slide):
        holder = holder_of(element)
        if holder is not None and holder.get("type") in ("title", "ctrTitle"):
            parts = element.iter(f"{A}t", f"{A}br", f"{A}p")
            text = (_said_in(p) if p.tag == f"{A}t" else " " for p in parts)
            return " ".join("".join(text).split())
    return ""


def _said_in(element: Any) -> str:
    text = element.text or ""
    return FORMULA if text == GAP else text


def _shapes(slide: Any) -> list[Any]:
    """Return the elements of a slide's shapes: asked of python-pptx one by one, they take long."""
    return [e for e in slide._element.cSld.spTree if e.tag.removeprefix(P) in SHAPES]


Frame = tuple[int, int, int, int]


def _slide(
    slide: Any, width: int, height: int, known: dict[tuple[str, int], Frame | None]
) -> Iterator[str]:
    """Tell of empty placeholders, shapes off the slide, and what has no alternative text.

    `known` are frames that layouts give, by layout and placeholder: looking them up takes long.
    """
    seen: set[str] = set()
    for element in _shapes(slide):
        about = element.find(f"./*/{P}cNvPr")
        number, name = about.get("id"), about.get("name")
        if number in seen:
            yield f"{name} has the number of another shape"
        seen.add(number)
        if element.find(f".//{DECORATIVE}") is not None:
            pass
        elif element.tag != f"{P}sp":
            if not about.get("descr"):
                yield f"{name} has no alternative text"
        elif not any(_said_in(t).strip() for t in element.iter(f"{A}t")):
            yield f"{name} is empty"
        if _outside(_frame(element, slide, known), width, height):
            yield f"{name} is off the slide"


def _frame(
    element: Any, slide: Any, known: dict[tuple[str, int], Frame | None]
) -> Frame | None:  # fmt: skip
    """Return where a shape is: left, top, width, height; None where nobody says it."""
    holder = holder_of(element)
    found = _said(element)
    if found is not None or holder is None:
        return found
    layout = slide.slide_layout
    key = str(layout.part.partname), int(holder.get("idx") or 0)
    if key not in known:
        known[key] = _inherited(layout, key[1])
    return known[key]


def _said(element: Any) -> Frame | None:
    """Return where a shape itself says that it is."""
    place = element.find(f"./{P}xfrm" if element.tag == f"{P}graphicFrame" else f"./*/{A}xfrm")
    if place is None:
        return None
    offset, size = place.find(f"{A}off"), place.find(f"{A}ext")
    return int(offset.get("x")), int(offset.get("y")), int(size.get("cx")), int(size.get("cy"))


def _inherited(layout: Any, idx: int) -> Frame | None:
    """Return where a layout puts a placeholder, or the master that of its type."""
    own = [(e, h) for e in _shapes(layout) if (h := holder_of(e)) is not None]
    element, holder = next((pair for pair in own if int(pair[1].get("idx") or 0) == idx), (None, None))  # fmt: skip
    if element is None or holder is None:
        return None
    masters = (e for e in _shapes(layout.slide_master)
               if (h := holder_of(e)) is not None and _kind(h) == _kind(holder))  # fmt: skip
    return next(filter(None, map(_said, (element, *masters))), None)


def _kind(holder: Any) -> str:
    """Return the type of the master's placeholder that one inherits from."""
    return KINDS.get(holder.get("type") or "obj", "body")


def _outside(frame: Frame | None, width: int, height: int) -> bool:
    if frame is None:
        return True
    x, y, wide, high = frame
    return x < -SLACK or y < -SLACK or x + wide > width + SLACK or y + high > height + SLACK
