"""Slide templates that tests try decks on: other sizes, faces, names and orders than the built-in one's.

All are made of the one that python-pptx brings: 4:3, eleven of PowerPoint's own layouts, no slides.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pptx
from pptx.oxml import parse_xml
from pptx.util import Pt

from courseware.pptx.template.reader import builtin

GERMAN = {"Title Slide": "Titelfolie", "Title and Content": "Titel und Inhalt",
          "Two Content": "Zwei Inhalte", "Title Only": "Nur Titel"}  # fmt: skip


def saved(shown: Any) -> bytes:
    buffer = io.BytesIO()
    shown.save(buffer)
    return buffer.getvalue()


def four_to_three() -> bytes:
    """Return PowerPoint's own layouts on a slide of 720 × 540 points."""
    return saved(pptx.Presentation())


def small_wide() -> bytes:
    """Return a slide of 720 × 405 points, its text three quarters as large."""
    shown = pptx.Presentation()
    shown.slide_width, shown.slide_height = Pt(720), Pt(405)
    for element in _elements(shown):
        for found in element.xpath(".//a:off | .//a:ext[@cy]"):
            for side in ("y", "cy"):
                if found.get(side) is not None:
                    found.set(side, str(int(int(found.get(side)) * 0.75)))
        for found in element.xpath(".//*[@sz]"):
            if found.get("sz").isdigit():
                found.set("sz", str(int(int(found.get("sz")) * 0.75)))
    return saved(shown)


def other_faces() -> bytes:
    """Return a template in faces that do not come along."""
    shown = pptx.Presentation()
    theme = next(r.target_part for r in shown.slide_master.part._rels.values()
                 if r.reltype.endswith("/theme"))  # fmt: skip
    blob = theme.blob.replace(b'<a:latin typeface="Calibri"/>', b'<a:latin typeface="Verdana"/>', 1)
    theme._blob = blob.replace(
        b'<a:latin typeface="Calibri"/>', b'<a:latin typeface="Trebuchet MS"/>'
    )
    return saved(shown)


def few_in_german() -> bytes:
    """Return a template of four layouts with German names, and no types that tell them."""
    shown = pptx.Presentation()
    for layout in list(shown.slide_layouts):
        if layout.name not in GERMAN:
            shown.slide_layouts.remove(layout)
        else:
            layout._element.cSld.set("name", GERMAN[layout.name])
            layout._element.attrib.pop("type", None)
    return saved(shown)


def title_below() -> bytes:
    """Return a template whose titles stand at the bottom, below the text."""
    shown = pptx.Presentation()
    for layout in list(shown.slide_layouts):
        if "Caption" in layout.name or "Vertical" in layout.name:
            shown.slide_layouts.remove(layout)
    for holder in (shown.slide_master, *shown.slide_layouts):
        for shape in holder.placeholders:
            kind = shape._element.ph.get("type") or "obj"
            if shape._element.xfrm is None or kind in ("dt", "ftr", "sldNum"):
                continue
            title = kind in ("title", "ctrTitle")
            shape.top = Pt(400) if title else max(Pt(20), shape.top - Pt(100))
            if title:
                shape.height = Pt(86)
    return saved(shown)


def with_slides() -> bytes:
    """Return the built-in template as a deck that somebody has used: three slides, with notes."""
    shown = pptx.Presentation(io.BytesIO(builtin()))
    for number, layout in enumerate(list(shown.slide_layouts)[:3]):
        slide = shown.slides.add_slide(layout)
        slide.shapes.title.text = f"Old slide {number}"
        slide.notes_slide.notes_text_frame.text = "Old notes"
    return saved(shown)


def _themed(shown: Any, changes: dict[str, str]) -> None:
    """Put colours and families into a presentation's theme in place of its own, by name."""
    theme = next(r.target_part for r in shown.slide_master.part._rels.values()
                 if r.reltype.endswith("/theme"))  # fmt: skip
    text = theme.blob.decode()
    for name, value in changes.items():
        kind = f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", kind, text, count=1, flags=re.DOTALL)
    theme._blob = text.encode()


def _without(shown: Any, *names: str) -> None:
    for layout in list(shown.slide_layouts):
        if any(name in layout.name for name in names):
            shown.slide_layouts.remove(layout)


def dark() -> bytes:
    """Return light text on a dark slide, 4:3: a light accent, no two columns, no section."""
    shown = pptx.Presentation()
    _without(shown, "Two", "Comparison", "Section", "Caption", "Vertical")
    _themed(
        shown,
        {"dk1": "0B1220", "lt1": "F4F1E8", "dk2": "101A2E", "lt2": "E9C46A", "accent1": "E9C46A"},
    )
    clear = shown.slide_master._element.find(".//{*}clrMap")
    for name, value in {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}.items():
        clear.set(name, value)
    return saved(shown)


def banded() -> bytes:
    """Return a 16:9 template with a band across its titles, whose text is as dark as the band."""
    shown = pptx.Presentation(io.BytesIO(small_wide()))
    _without(shown, "Two", "Comparison", "Vertical")
    _themed(shown, {"dk1": "222222", "accent1": "7A0016", "dk2": "B00020"})
    tree = shown.slide_master._element.cSld.spTree
    band = ('<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr><p:cNvPr id="90" name="Band"/>'
            '<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{shown.slide_width}" cy="{Pt(100)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill></p:spPr></p:sp>')  # fmt: skip
    tree.insert(2, parse_xml(band))
    return saved(shown)


def _elements(shown: Any) -> Iterator[Any]:
    for holder in (shown.slide_master, *shown.slide_layouts):
        yield holder._element


TEMPLATES: dict[str, Callable[[], bytes]] = {
    "built-in": builtin,
    "4:3": four_to_three,
    "720 × 405": small_wide,
    "other faces": other_faces,
    "few, in German": few_in_german,
    "title below": title_below,
    "with slides": with_slides,
    "dark": dark,
    "banded": banded,
}
