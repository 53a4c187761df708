"""The picture of a file's first page, for the catalogue."""

from __future__ import annotations

import io

import pypdfium2

WIDTH = 400
"""Pixels: the catalogue shows it 176 wide, screens of a high resolution twice that."""
COLOURS = 64
"""A page of text has few: 64 take a third of the bytes."""


def cover(data: bytes) -> bytes:
    """Return the first page of a PDF as PNG."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
        page.close()
    made = io.BytesIO()
    picture.quantize(COLOURS, dither=0).save(made, "PNG", optimize=True)
    return made.getvalue()


def size_of(png: bytes) -> tuple[int, int]:
    """Return the width and height, in pixels, that a PNG says in its header."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
