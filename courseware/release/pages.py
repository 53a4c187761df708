"""What each page of a file says and looks like, as fingerprints; running lines count for nothing.

A page's running lines are those that its PDF marks as such (`pdf.finishing`); a slide's are its number,
footer and date. They are left out, so that a page is another one only where its own content is.
"""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, canonicalize, tostring

import msgspec

from courseware.files import fingerprint

SCALE = 1.0
"""Dots a point at which a page is looked at: 72 to the inch show a shift of a tenth of a millimetre."""
KEY = 32
"""Characters of a key of a mark that are read: the longest that counts is `Subtype`."""
FURNITURE = frozenset({"sldNum", "ftr", "dt"})
"""Placeholders of a slide that are its running lines (ISO 29500-1, 19.7.10)."""
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_FRAME = re.compile(r"ppt/(?:slideLayouts|slideMasters|theme)/[^/]+\.xml")
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class PageFingerprint(msgspec.Struct, frozen=True, array_like=True):
    """A page or slide: fingerprints of its words and of its look, and what its foot calls it, if not by its number."""

    words: str
    look: str
    label: str = ""


def reader() -> str:
    """Return the name of what looks at pages: looks that another one saw cannot be compared."""
    from pypdfium2 import PDFIUM_INFO

    return f"pdfium {PDFIUM_INFO}"


def pages_of(name: str, data: bytes) -> tuple[PageFingerprint, ...]:
    """Return the pages of a PDF or the slides of a deck, in order; none for other files."""
    if name.endswith(".pdf"):
        return tuple(_of_pdf(data))
    return tuple(_of_deck(data)) if name.endswith(".pptx") else ()


def _of_pdf(data: bytes) -> Iterator[PageFingerprint]:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        for number, page in enumerate(document):
            _without_running_lines(page)
            text = page.get_textpage()
            words = " ".join(text.get_text_bounded().split())
            bitmap = page.render(scale=SCALE)
            label = document.get_page_label(number)
            yield PageFingerprint(
                fingerprint(words.encode()), fingerprint(bytes(bitmap.buffer)), label
            )
            for opened in (text, bitmap, page):
                opened.close()


def _without_running_lines(page: Any) -> None:
    """Take a page's running lines away from what is read of it; its file stays."""
    from pypdfium2 import raw

    objects = [raw.FPDFPage_GetObject(page, n) for n in range(raw.FPDFPage_CountObjects(page))]
    for one in objects:
        if _runs(one) and raw.FPDFPage_RemoveObject(page, one):
            raw.FPDFPageObj_Destroy(one)


def _runs(one: Any) -> bool:
    """Whether an object is marked as a running line: an artifact with a place, at the head or the foot."""
    from pypdfium2 import raw

    marks = (raw.FPDFPageObj_GetMark(one, n) for n in range(raw.FPDFPageObj_CountMarks(one)))
    return any(
        _key(raw.FPDFPageObjMark_GetParamKey, mark, n) == "Subtype"
        for mark in marks
        if _key(raw.FPDFPageObjMark_GetName, mark) == "Artifact"
        for n in range(raw.FPDFPageObjMark_CountParams(mark))
    )


def _key(get: Any, mark: Any, *at: int) -> str:
    """Return a name that a mark has, as `get` tells it."""
    text, length = (ctypes.c_ushort * KEY)(), ctypes.c_ulong()
    found = get(mark, *at, text, ctypes.sizeof(text), length)
    return bytes(text)[: length.value].decode("utf-16-le").rstrip("\0") if found else ""


class _Parts(NamedTuple):
    """The parts of a deck's file, and what all its slides stand on."""

    archive: zipfile.ZipFile
    frame: str

    def tree(self, name: str) -> Element:
        """Return a part's tree, without entities, which could multiply."""
        from defusedxml.ElementTree import fromstring

        found: Element = fromstring(self.archive.read(name))
        return found

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return by its id what a part refers to: its kind and its name, or its address."""
        place = f"{dirname(name)}/_rels/{basename(name)}.rels"
        if place not in self.archive.namelist():
            return {}
        found = {}
        for row in self.tree(place):
            target = row.get("Target", "")
            if row.get("TargetMode") != "External":
                target = normpath(join(dirname(name), target)).lstrip("/")
            found[row.get("Id", "")] = (basename(row.get("Type", "")), target)
        return found


def _of_deck(data: bytes) -> Iterator[PageFingerprint]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        frames = sorted(name for name in names if _FRAME.fullmatch(name))
        frame = fingerprint("".join(fingerprint(archive.read(n)) for n in frames).encode())
        parts = _Parts(archive, frame)
        shown = parts.related("ppt/presentation.xml")
        listed = parts.tree("ppt/presentation.xml").iter(f"{P}sldId")
        for entry in listed:
            yield _slide(parts, shown[entry.get(f"{R}id", "")][1])


def _slide(parts: _Parts, name: str) -> PageFingerprint:
    """Return a slide with its notes."""
    tree, related = parts.tree(name), parts.related(name)
    _without_furniture(tree)
    notes = [_words(parts.tree(n)) for kind, n in related.values() if kind == "notesSlide"]
    targets = {key: _target(parts, *found) for key, found in related.items()}
    for node in tree.iter():
        for key, value in node.attrib.items():
            if key.startswith(R):
                node.set(key, targets.get(value, value))
    look = canonicalize(tostring(tree)) + parts.frame
    return PageFingerprint(
        fingerprint("\n".join([_words(tree), *notes]).encode()), fingerprint(look.encode())
    )


def _target(parts: _Parts, kind: str, name: str) -> str:
    """Return what stands for what a slide refers to: a picture's content, else a name."""
    inside = name in parts.archive.namelist() and not _SLIDE.fullmatch(name)
    picture = inside and kind in ("image", "media", "video", "audio")
    return fingerprint(parts.archive.read(name)) if picture else name


def _without_furniture(tree: Element) -> None:
    for parent in tree.iter():
        for shape in list(parent):
            place = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
            if place is not None and place.get("type") in FURNITURE:
                parent.remove(shape)


def _words(tree: Element) -> str:
    _without_furniture(tree)
    lines = ("".join(t.text or "" for t in p.iter(f"{A}t")) for p in tree.iter(f"{A}p"))
    return "\n".join(lines)
