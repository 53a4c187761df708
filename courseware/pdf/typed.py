"""What is typed into a field stands on the lines that are printed under it.

A viewer sets the lines of a field as far apart as the font's ascent and descent say. Fields therefore
have fonts of their own: the page's, with an ascent and a descent that add up to the pitch of the ruling.
Chrome and other programs built on PDFium do so; Acrobat, by what PDFBox and iText found, takes the
font's box, which is made the same. Poppler takes the font's size: half the ruling, so that every second
line stands on a rule. What pdf.js shows while one types is set by the browser, and on no line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pydyf

POINT = 72 / 25.4
"""Points in a millimetre."""


class Metrics(msgspec.Struct, frozen=True):
    """How a kind of field sets its lines, in millimetres: from one to the next, down to the first."""

    pitch: float
    first: float


FIELDS = {"ruled": Metrics(8.0, 4.85), "squared": Metrics(5.0, 3.75)}
"""The kinds, by the class of the field in the HTML."""
_FONT = re.compile(rb"/(\S+) ([\d.]+) Tf")
_COLOUR = re.compile(rb"(?:[\d.]+ ){3}rg")


def set_fonts(document: Any, pdf: Any) -> None:
    """Give the fields of a WeasyPrint document their fonts in `pdf`, just before it is saved."""
    form = pdf.catalog.get("AcroForm")
    if form is None:
        return
    fonts = _Fonts(pdf, form)
    for box in _boxes(document):
        field = box.widget_annotation
        classes = (box.element.get("class") or "").split()
        kind = next((c for c in classes if c in FIELDS), "")
        if "DA" in field:
            field["DA"] = pydyf.String(fonts.appearance(field["DA"].string, kind))
        else:  # a box to tick, whose look is drawn: readers want a font all the same
            field["DA"] = pydyf.String(fonts.any())


def _boxes(document: Any) -> Iterator[Any]:
    for page in document.pages:
        for box in page._page_box.descendants():
            if getattr(box, "widget_annotation", None) is not None:
                yield box


class _Fonts:
    """The fonts of a form, made as they are asked for."""

    def __init__(self, pdf: Any, form: Any) -> None:
        self.pdf = pdf
        resources = self._object(form["DR"])
        self.known = self._object(resources["Font"])
        self.used = pydyf.Dictionary()
        form["DR"] = pydyf.Dictionary({"Font": self.used})

    def _object(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def appearance(self, told: bytes, kind: str) -> bytes:
        """Return a field's default appearance in the font of its kind."""
        found = _FONT.search(told)
        if found is None:
            return told
        name, size = found[1].decode(), float(found[2])
        colour = _COLOUR.search(told)
        shown = self._named(name, kind, size)
        return b"%s /%s %s Tf" % (colour[0] if colour else b"0 g", shown.encode(), found[2])

    def any(self) -> bytes:
        """Return a default appearance in any font of the page, at the size that fits."""
        name = next(iter(self.known))
        self.used[name] = self.known[name]
        return b"0 g /%s 0 Tf" % name.encode()

    def _named(self, name: str, kind: str, size: float) -> str:
        """Return the name of a page's font, or of its double for a kind of field at a size."""
        if not kind:
            self.used[name] = self.known[name]
            return name
        made = f"{name}-{kind}-{size:g}".replace(".", "-")
        if made not in self.used:
            self.used[made] = self._double(self.known[name], FIELDS[kind], size)
        return made

    def _double(self, reference: bytes, metrics: Metrics, size: float) -> bytes:
        """Return the reference to a font like another one, with an ascent and a descent of its own."""
        em = size / POINT  # in millimetres
        up = round(1000 * metrics.first / em)
        down = up - round(1000 * metrics.pitch / em)
        font = pydyf.Dictionary(self._object(reference))
        inner = pydyf.Dictionary(self._object(font["DescendantFonts"][0]))
        told = pydyf.Dictionary(self._object(inner["FontDescriptor"]))
        left, _, right, _ = told["FontBBox"]
        told |= {"Ascent": up, "Descent": down, "FontBBox": pydyf.Array([left, down, right, up])}
        inner["FontDescriptor"] = self._added(told)
        font["DescendantFonts"] = pydyf.Array([self._added(inner)])
        return self._added(font)

    def _added(self, made: Any) -> bytes:
        self.pdf.add_object(made)
        return bytes(made.reference)
