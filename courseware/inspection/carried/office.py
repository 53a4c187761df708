"""The texts that an office file carries: every part of its archive, tags taken off."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from courseware.inspection.carried import Piece, pieces

_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r'="([^"]*[^"\s]\s[^"]*)"')
"""An attribute's value of two words or more: alternative texts, titles."""
_SLIDE = re.compile(r'<p:sldId\b[^>]*\br:id="([^"]+)"')
_TARGET = re.compile(r"<Relationship\b[^>]*>")
_NOTES = "ppt/notesSlides/"
_PARTS = (("docProps/", "the properties"), ("ppt/slideMasters/", "the slide master"),
          ("ppt/slideLayouts/", "a slide layout"), ("ppt/comments", "a comment"))  # fmt: skip


def office(data: bytes, notes: bool) -> Iterator[Piece]:
    """Yield the texts of an office file part by part; without `notes`, those of slides are left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        numbers = _numbers(archive)
        for name in archive.namelist():
            if name.startswith(_NOTES) and not notes:
                continue
            inside = archive.read(name)
            place = numbers.get(name) or _place(name)
            if name.endswith((".xml", ".vml")):
                for said in _said(inside.decode("utf-8", "ignore")):
                    yield Piece(place, said)
            elif inside.startswith((b"PK", b"%PDF-")):
                for piece in pieces(inside):
                    yield Piece(f"{place}, {piece.place}", piece.text)


def _said(xml: str) -> list[str]:
    """Return a part's text, then those of its attributes."""
    return [unescape(said) for said in (_TAG.sub(" ", xml), *_VALUE.findall(xml))]


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
