"""What goes into a PDF with less work: pixels that are packed already, numbers and names.

It hangs on private parts of WeasyPrint, cssselect2 and pydyf: a test says when they change.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import cached_property
from io import BytesIO
from typing import Any

import pydyf
from cssselect2.tree import ElementWrapper
from weasyprint.css import Style
from weasyprint.images import RasterImage

_HEADER = struct.Struct(">16xIIBBBBB")
"""A PNG's first 29 bytes: width, height, depth, colours, compression, filters, interlacing."""
_LENGTH = struct.Struct(">I")
_COLOURS = {0: "L", 2: "RGB"}
long_pixels = RasterImage._get_png_data
long_bytes = pydyf._to_bytes


def pixels(image: Any) -> bytes:
    """Return a picture's pixels as PNG packs them: those of its file, where nothing has to change."""
    file = getattr(image, "fp", None)
    if type(image).__name__ == "PngImageFile" and isinstance(file, BytesIO):
        data = file.getvalue()
        _, _, depth, colours, _, _, interlaced = _HEADER.unpack_from(data)
        if depth == 8 and not interlaced and _COLOURS.get(colours) == image.mode:
            return b"".join(_packed(data))
    return bytes(long_pixels(image))


def _packed(data: bytes) -> Iterator[bytes]:
    place = 8
    while place < len(data):
        (length,) = _LENGTH.unpack_from(data, place)
        if data[place + 4 : place + 8] == b"IDAT":
            yield data[place + 8 : place + 8 + length]
        place += length + 12


def to_bytes(item: Any) -> bytes:
    """Return what pydyf writes of an item."""
    kind = item.__class__
    if kind is bytes:
        return bytes(item)
    if kind is str or kind is int:
        return str(item).encode("ascii")
    if kind is float and not item.is_integer():
        return f"{item:f}".rstrip("0").encode("ascii")
    return bytes(long_bytes(item))


class Kept:
    """A property worked out once: `cached_property` without the lock that it has before Python 3.12."""

    def __init__(self, make: Callable[[Any], Any], name: str) -> None:
        """Take what works it out, and its name."""
        self.make, self.name = make, name

    def __get__(self, owner: Any, kind: Any = None) -> Any:
        """Work it out and keep it."""
        if owner is None:
            return self
        value = vars(owner)[self.name] = self.make(owner)
        return value


def take_short_way() -> None:
    """Let the libraries write so."""
    RasterImage._get_png_data = staticmethod(pixels)
    pydyf._to_bytes = to_bytes
    for kind in (ElementWrapper, Style):
        for name, value in list(vars(kind).items()):
            if isinstance(value, cached_property):
                setattr(kind, name, Kept(value.func, name))
