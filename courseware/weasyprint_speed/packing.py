"""Pixels that go into a PDF as they are packed already."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from weasyprint.images import RasterImage

_HEADER = struct.Struct(">16xIIBBBBB")
"""A PNG's first 29 bytes: width, height, depth, colours, compression, filters, interlacing."""
_LENGTH = struct.Struct(">I")
_COLOURS = {0: "L", 2: "RGB"}
library_pixels = RasterImage._get_png_data


def png_data(image: Any) -> bytes:
    """Return a picture's pixels as PNG packs them: those of its file, where nothing has to change."""
    file = getattr(image, "fp", None)
    if type(image).__name__ == "PngImageFile" and isinstance(file, BytesIO):
        data = file.getvalue()
        _, _, depth, colours, _, _, interlaced = _HEADER.unpack_from(data)
        if depth == 8 and not interlaced and _COLOURS.get(colours) == image.mode:
            return b"".join(_packed(data))
    return bytes(library_pixels(image))


def _packed(data: bytes) -> Iterator[bytes]:
    place = 8
    while place < len(data):
        (length,) = _LENGTH.unpack_from(data, place)
        if data[place + 4 : place + 8] == b"IDAT":
            yield data[place + 8 : place + 8 + length]
        place += length + 12
