"""What a written file carries: every text in it, with the place where it is."""

from __future__ import annotations

import ctypes
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import unescape
from typing import Any
from urllib.parse import unquote

import msgspec
import pypdfium2
from pypdfium2 import raw


class CarriedText(msgspec.Struct, frozen=True):
    """A text that a file carries: `place` as one says it ("page 3", "the bookmarks").

    `flows` where the text goes on in the next piece, as one page's does on the next.
    """

    place: str
    text: str
    flows: bool = False


def pieces(data: bytes, notes: bool = True) -> Iterator[CarriedText]:
    """Yield the texts of a PDF or of an office file; of other bytes what reads as text.

    Without `notes`, those of slides are left out.
    """
    if data.startswith(b"%PDF-"):
        yield from pdf(data)
    elif data.startswith(b"PK"):
        yield from office(data, notes)
    elif data[:15].lower() == b"<!doctype html>":
        yield from (CarriedText("the page", said) for said in _said_on_screen(data))
    else:
        yield CarriedText("its text", data.decode("utf-8", "ignore"))


_XMP = re.compile(rb"/Type\s*/Metadata\b.*?stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b.*?stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_SAYS = re.compile(rb"/(?:Alt|ActualText|E|T)\s*(?:[(<]|\d+ \d+ R)")
"""The keys of an element's own texts (ISO 32000-1, table 323)."""
_ANNOTATION = (b"Contents", b"T", b"TU", b"V", b"DV", b"RC", b"Subj")
"""An annotation's texts (ISO 32000-1, tables 164, 170 and 220), a form field's among them."""


def pdf(data: bytes) -> Iterator[CarriedText]:
    """Yield the texts of a PDF: its pages first, in order."""
    with pypdfium2.PdfDocument(data) as document:
        if document.get_formtype():
            document.init_forms()
        form = document.formenv
        hidden: list[CarriedText] = []
        spoken = _speaks(data)
        for number, page in enumerate(document, 1):
            yield CarriedText(f"page {number}", _page_text(page), flows=True)
            hidden += _annotations(page, form, number)
            hidden += _alternatives(page, number) if spoken else ()
            page.close()
        yield from hidden
        yield from _about(document, data)


def _speaks(data: bytes) -> bool:
    """Whether a structure tree may say anything of its own; going through it takes long."""
    objects = (_inflated(found[1]) for found in _OBJECTS.finditer(data))
    return bool(_SAYS.search(data)) or any(_SAYS.search(inside) for inside in objects)


def _page_text(page: Any) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()


def _about(document: Any, data: bytes) -> Iterator[CarriedText]:
    """Yield the texts of the document as a whole: metadata, bookmarks, attachments."""
    for name, value in document.get_metadata_dict().items():
        yield CarriedText(f"the metadata ({name})", value)
    for found in _XMP.finditer(data):
        said = _inflated(found[1]).decode("utf-8", "ignore")
        yield CarriedText("the metadata (XMP)", re.sub(r"<[^>]*>", " ", said))
    for mark in document.get_toc():
        to = mark.get_dest()
        page = to.get_index() if to is not None else None
        where = f"the bookmarks of page {page + 1}" if page is not None else "the bookmarks"
        yield CarriedText(where, str(mark.get_title()))
    for number in range(document.count_attachments()):
        yield from _attachment(document.get_attachment(number).raw)


def _inflated(data: bytes) -> bytes:
    with suppress(zlib.error):
        return zlib.decompress(data)
    return data


def _attachment(handle: Any) -> Iterator[CarriedText]:
    name = _wide(raw.FPDFAttachment_GetName, handle)
    about = _wide(raw.FPDFAttachment_GetStringValue, handle, b"Desc")
    yield CarriedText("an attachment's name", name)
    yield CarriedText("an attachment's name", about)
    size = ctypes.c_ulong()
    raw.FPDFAttachment_GetFile(handle, None, 0, size)
    inside = ctypes.create_string_buffer(size.value)
    if size.value and raw.FPDFAttachment_GetFile(handle, inside, size.value, size):
        for piece in pieces(inside.raw):
            yield CarriedText(f"the attachment {name}, {piece.place}", piece.text)


def _annotations(page: Any, form: Any, number: int) -> Iterator[CarriedText]:
    for at in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        found = raw.FPDFPage_GetAnnot(page.raw, at)
        said = [_wide(raw.FPDFAnnot_GetStringValue, found, key) for key in _ANNOTATION]
        if form is not None and raw.FPDFAnnot_GetSubtype(found) == raw.FPDF_ANNOT_WIDGET:
            said += _field(found, form)
        place = f"an annotation or field on page {number}"  # its name and its label are no one run
        yield from (CarriedText(place, text) for text in dict.fromkeys(said) if text)
        if raw.FPDFAnnot_GetSubtype(found) == raw.FPDF_ANNOT_FILEATTACHMENT:
            yield from _attachment(raw.FPDFAnnot_GetFileAttachment(found))
        raw.FPDFPage_CloseAnnot(found)


def _field(found: Any, form: Any) -> list[str]:
    """Return a field's value, tooltip and choices, inherited ones too."""
    said = [_wide(ask, form.raw, found)
            for ask in (raw.FPDFAnnot_GetFormFieldValue, raw.FPDFAnnot_GetFormFieldAlternateName)]  # fmt: skip
    choices = max(raw.FPDFAnnot_GetOptionCount(form.raw, found), 0)
    return [*said, *(_wide(raw.FPDFAnnot_GetOptionLabel, form.raw, found, n) for n in range(choices))]  # fmt: skip


_SPOKEN = (
    raw.FPDF_StructElement_GetAltText,
    raw.FPDF_StructElement_GetActualText,
    raw.FPDF_StructElement_GetExpansion,
    raw.FPDF_StructElement_GetTitle,
)


def _alternatives(page: Any, number: int) -> Iterator[CarriedText]:
    """Yield what a page's structure tree says in the place of pictures, and its elements' titles."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    open_ = [raw.FPDF_StructTree_GetChildAtIndex(tree, n)
             for n in range(raw.FPDF_StructTree_CountChildren(tree))]  # fmt: skip
    while open_:
        element = open_.pop()
        if not element:  # a mark of the page itself
            continue
        for ask in _SPOKEN:
            if said := _wide(ask, element):
                yield CarriedText(f"the alternative texts of page {number}", said)
        for n in range(raw.FPDF_StructElement_CountChildren(element)):
            open_.append(raw.FPDF_StructElement_GetChildAtIndex(element, n))
    raw.FPDF_StructTree_Close(tree)


def _wide(ask: Callable[..., int], *about: Any) -> str:
    """Return a text that PDFium gives in UTF-16, by its two calls: for the size, then for it."""
    length = ask(*about, None, 0)
    if length <= 2:
        return ""
    given = ctypes.create_string_buffer(length)
    ask(*about, ctypes.cast(given, ctypes.POINTER(ctypes.c_ushort)), length)
    return given.raw.decode("utf-16-le", "ignore").rstrip("\0")


_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r'="([^"]*[^"\s]\s[^"]*)"')
"""An attribute's value of two words or more: alternative texts, titles."""
_SLIDE = re.compile(r'<p:sldId\b[^>]*\br:id="([^"]+)"')
_TARGET = re.compile(r"<Relationship\b[^>]*>")
_NOTES = "ppt/notesSlides/"
_PARTS = (("docProps/", "the properties"), ("ppt/slideMasters/", "the slide master"),
          ("ppt/slideLayouts/", "a slide layout"), ("ppt/comments", "a comment"))  # fmt: skip


def office(data: bytes, notes: bool) -> Iterator[CarriedText]:
    """Yield the texts of an office file part by part; without `notes`, those of slides are left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        numbers = _numbers(archive)
        for name in archive.namelist():
            if name.startswith(_NOTES) and not notes:
                continue
            inside = archive.read(name)
            place = numbers.get(name) or _place(name)
            if name.endswith((".xml", ".vml", ".svg")):
                for said in _said(inside.decode("utf-8", "ignore")):
                    yield CarriedText(place, said)
            elif name.endswith(".html"):
                yield from (CarriedText(place, said) for said in _said_on_screen(inside))
            elif name.endswith(".json"):
                yield from (
                    CarriedText(place, said) for said in _strings(msgspec.json.decode(inside))
                )
            elif inside.startswith((b"PK", b"%PDF-")):
                for piece in pieces(inside):
                    yield CarriedText(f"{place}, {piece.place}", piece.text)


def _said(xml: str) -> list[str]:
    """Return a part's text, then those of its attributes."""
    return [unescape(said) for said in (_TAG.sub(" ", xml), *_VALUE.findall(xml))]


_TOLD = re.compile(
    r'\b(?:alt|title|aria-label|content|placeholder|value|href|src|download|data-[\w-]+)="([^"]*)"'
)
"""Attributes of a web page that say something, if only in the name of a file."""


def _said_on_screen(html: bytes) -> list[str]:
    """Return a web page's text, then what its attributes say."""
    text = html.decode("utf-8", "ignore")
    return [unescape(said) for said in (_TAG.sub(" ", text), *map(unquote, _TOLD.findall(text)))]


def _strings(value: Any) -> Iterator[str]:
    """Yield the strings in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from _strings(inside)


def _place(name: str) -> str:
    return next((said for start, said in _PARTS if name.startswith(start)), f"the part {name}")


def _numbers(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return how slides and their notes are called, by part: in the order that they are shown."""
    main = "ppt/presentation.xml"
    if main not in archive.namelist():
        return {}
    named = _related(archive, main)
    found: dict[str, str] = {}
    for number, key in enumerate(_SLIDE.findall(archive.read(main).decode("utf-8", "ignore")), 1):
        slide = named.get(key, "")
        found[slide] = f"slide {number}"
        for part in _related(archive, slide).values():
            if part.startswith(_NOTES):
                found[part] = f"the notes of slide {number}"
    return found


def _related(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return the parts that a part refers to, by the name that it calls them."""
    folder, name = posixpath.split(part)
    try:
        xml = archive.read(f"{folder}/_rels/{name}.rels").decode("utf-8", "ignore")
    except KeyError:
        return {}
    found: dict[str, str] = {}
    for entry in _TARGET.findall(xml):
        facts = dict(re.findall(r'(\w+)="([^"]*)"', entry))
        target = facts.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found[facts.get("Id", "")] = posixpath.normpath(path)
    return found
