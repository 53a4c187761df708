"""A `.pptx` template opened with care, and rid of its own slides.

A template comes from anywhere: nothing is unpacked before its sizes are known, and what is no plain
presentation is refused with a word on how to mend it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pptx.presentation import Presentation

LARGEST = 300_000_000
"""Bytes that a template may unpack to; corporate templates with pictures have some 10 to 50 million."""
MOST = 4000
"""Parts that a template may have."""
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_AS_PPTX = "save it as a PowerPoint presentation (.pptx)"
_STRICT = b"http://purl.oclc.org/ooxml/"
"""Where the names begin that strict files have for all that is in them (ECMA-376, part 1, annex A)."""


class UnreadableError(Exception):
    """A file that is no template: what is wrong; `hint` says how to mend it."""

    def __init__(self, message: str, hint: str = _AS_PPTX) -> None:
        """Take what is wrong and its mend."""
        super().__init__(message)
        self.hint = hint


def opened(data: bytes) -> Presentation:
    """Return the presentation of a file's bytes; what is none raises `UnreadableError`."""
    _weighed(data)
    import pptx
    from lxml.etree import LxmlError

    try:
        shown = pptx.Presentation(io.BytesIO(data))
        usable = [layout for master in shown.slide_masters for layout in master.slide_layouts]
    except (LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, EOFError,
            TypeError, IndexError, OSError, NotImplementedError, AssertionError) as error:  # fmt: skip
        raise UnreadableError(f"it is damaged ({type(error).__name__})") from None
    if not shown.slide_width or not shown.slide_height:
        raise UnreadableError("it does not say how large its slides are")
    if not usable:
        raise UnreadableError("it has no layouts", "add layouts to its slide master")
    return shown


def _weighed(data: bytes) -> None:
    """Refuse what is no presentation or unpacks to too much, before it is unpacked."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError("it is an old .ppt file, or protected by a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if size > LARGEST or len(parts) > MOST:
                raise UnreadableError(f"it unpacks to {size / 1e6:.0f} MB in {len(parts)} parts",
                                 f"up to {LARGEST / 1e6:.0f} MB in {MOST} parts are read")  # fmt: skip
            if not all(_is_as_large(data, part) for part in parts):
                raise UnreadableError("its parts are not as large as it says")
            types = archive.read("[Content_Types].xml")
            strict = "_rels/.rels" in archive.namelist() and _STRICT in archive.read("_rels/.rels")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError,
            OSError) as error:  # fmt: skip
        raise UnreadableError("it is no PowerPoint file, or damaged") from error
    if b"macroEnabled" in types:
        raise UnreadableError("it holds macros (.pptm or .potm), which are not taken over")
    if b"presentationml.template.main+xml" in types:
        raise UnreadableError("it is a PowerPoint template (.potx)")
    if _MAIN.encode() not in types:
        raise UnreadableError("it is no presentation")
    if strict:
        raise UnreadableError("it is a Strict Open XML presentation, the names in which are not read",
                         'save it as "PowerPoint Presentation (.pptx)", the first in the list of types')  # fmt: skip


def _is_as_large(data: bytes, part: zipfile.ZipInfo) -> bool:
    """Whether a part unpacks to no more bytes than the archive says (APPNOTE.TXT, 4.3.7)."""
    if part.compress_type == zipfile.ZIP_STORED:
        return part.file_size <= part.compress_size
    start = part.header_offset + 30
    start += sum(int.from_bytes(data[n : n + 2], "little") for n in (start - 4, start - 2))
    packed = data[start : start + part.compress_size]
    try:
        unpacked = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, part.file_size + 1)
    except zlib.error:
        return False
    return len(unpacked) <= part.file_size


def without_slides(shown: Presentation, cut: bool = True) -> Presentation:
    """Remove a presentation's slides, what only they used, and, if `cut`, what leads out of it; return it."""
    part = shown.part
    slides: Any = shown.slides._sldIdLst
    for entry in list(slides):
        part.drop_rel(entry.rId)
        slides.remove(entry)
    _without_lists(shown)
    if cut:
        cut_off(shown)
    return shown


def _without_lists(shown: Presentation) -> None:
    """Remove what refers to slides from elsewhere: shows, sections, views, links, a thumbnail."""
    root: Any = shown.part._element
    for found in root.xpath("./p:custShowLst"):
        root.remove(found)
    for extension in root.xpath("./p:extLst/*"):
        if any(str(child.tag).endswith("}sectionLst") for child in extension.iter()):
            extension.getparent().remove(extension)
    _drop(shown.part, ("viewProps", "slide"))
    _drop(shown.part.package, ("thumbnail", "extended-properties"))
    for master in shown.slide_masters:
        for holder in (master, *master.slide_layouts):
            _unlink(holder)


def cut_off(shown: Presentation) -> list[str]:
    """Remove what leads out of a presentation's file: links, linked pictures; return where that led to."""
    told: list[str] = []
    for part in list(shown.part.package.iter_parts()):
        root = getattr(part, "_element", None)
        for relation in [r for r in part.rels.values() if r.is_external]:
            told.append(str(relation.target_ref))
            for used in list(root.iter()) if root is not None else ():
                _forget(used, relation.rId)
            if root is None and isinstance(
                part.blob, bytes
            ):  # a theme, which is kept as it is written
                use = rf'\s\w+:(?:id|embed|link|pict)="{re.escape(relation.rId)}"'
                part._blob = re.sub(use.encode(), b"", part.blob)
            part.rels.pop(relation.rId)
    return list(dict.fromkeys(told))


def _forget(used: Any, number: str) -> None:
    """Remove what an element says of a relation: a link goes, of others the attribute."""
    names = [n for n, v in used.attrib.items() if v == number and n.startswith(_RELATIONS)]
    for name in names:
        del used.attrib[name]
    if (
        names
        and str(used.tag).rpartition("}")[2].startswith("hlink")
        and used.getparent() is not None
    ):
        used.getparent().remove(used)


def _drop(holder: Any, kinds: tuple[str, ...]) -> None:
    relations = holder._rels
    for relation in list(relations.values()):
        if relation.reltype.rsplit("/", 1)[-1] in kinds:
            relations.pop(relation.rId)


def _unlink(holder: Any) -> None:
    """Remove links to slides from a master or layout."""
    for relation in list(holder.part._rels.values()):
        if relation.reltype.rsplit("/", 1)[-1] == "slide":
            for link in holder._element.xpath(f".//a:*[@r:id='{relation.rId}']"):
                link.getparent().remove(link)
            holder.part._rels.pop(relation.rId)
