"""A course's pictures made ready for print: their bytes, their type and their printed size."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from courseware.checking import addresses
from courseware.course.found_pictures import picture_file
from courseware.diagnostics import Diagnostic, Span
from courseware.files import is_file, noted, read
from courseware.media import DPI, PictureError
from courseware.media.svg import cleaned
from courseware.model.inline import EMBEDDED

if TYPE_CHECKING:
    from courseware.media.raster import Raster

MOST_BYTES = 100_000_000
"""Bytes of a picture's file that is read: five times a camera's largest photograph."""
MILLIMETRES = 25.4
PIXELS = 96.0
"""Pixels to the inch of a screen, by CSS."""
UNSIZED_MM = 80.0
"""Width and height of the box for a drawing that states no size."""


class PrintPicture(msgspec.Struct, frozen=True):
    """A picture for print: its printed size in mm; `removed` names what was left out of it.

    `drawn` is how many elements a drawing draws.
    """

    data: bytes
    mime: str
    width_mm: float
    height_mm: float
    removed: tuple[str, ...] = ()
    drawn: int = 0


Origin = Path | bytes
"""Where a picture is: its file, or its bytes where its address holds them."""


def origin(root: Path, source: str) -> Origin | None:
    """Return where a picture of the course `root` is, None where there is none, or its address holds none."""
    if not source.startswith(EMBEDDED):
        return picture_file(root, source)
    return None if addresses.broken(source) else held(source)[0]


def held(address: str) -> tuple[bytes, str]:
    """Return the bytes that a `data:` address holds, and their type; raise `PictureError`."""
    found = addresses.held(address) if len(address) <= MOST_BYTES else None
    if found is None:
        raise PictureError("the data address cannot be read")
    return found


def picture(
    path: Origin, box_mm: tuple[float, float], fill: bool = False, dpi: int = DPI
) -> PrintPicture:
    """Return a picture made ready for a box of so many mm; raise `PictureError`.

    It is as large as it says itself (its dpi, else 96; a drawing's own size), never larger than
    the box; with `fill`, where the author states the size, it is as large as the box allows. `dpi`
    are the pixels an inch that it keeps at most.
    """
    if isinstance(path, bytes):
        return _picture(path, (0, 0, 0), box_mm, fill, dpi)
    try:
        known = path.stat()
        if is_file(path):
            noted(path)  # each time: the cache below reads it once
    except (OSError, ValueError):
        raise PictureError("it is no file") from None
    stamp = (known.st_mtime_ns, known.st_size, known.st_ino)
    return _picture(path, stamp, box_mm, fill, dpi)


@lru_cache(maxsize=16)
def _picture(
    path: Origin, stamp: tuple[int, int, int], box_mm: tuple[float, float], fill: bool, dpi: int
) -> PrintPicture:
    """Prepare a picture once for all products; `stamp` tells a changed file."""
    data = _read(path)
    if _is_drawing(path, data):
        drawing = cleaned(data)
        own = (drawing.width_mm or UNSIZED_MM, drawing.height_mm or UNSIZED_MM)
        width, height = _fitted(own, box_mm, fill)
        return PrintPicture(
            drawing.data, "image/svg+xml", width, height, drawing.removed, drawing.drawn
        )
    found = _raster(data)
    own = (_millimetres(found.width, found), _millimetres(found.height, found))
    width, height = _fitted(own, box_mm, fill)
    most = (_pixels(width, dpi), _pixels(height, dpi))
    data, mime = found.prepared(most)
    return PrintPicture(data, mime, width, height)


def upright(path: Origin) -> tuple[float, float]:
    """Return a picture's width and height in pixels, upright; a drawing has 96 to the inch.

    Raise `PictureError` for what is no picture.
    """
    data = _read(path)
    if _is_drawing(path, data):
        found = _drawing(data)
        own = (found.width_mm or UNSIZED_MM, found.height_mm or UNSIZED_MM)
        return own[0] / MILLIMETRES * PIXELS, own[1] / MILLIMETRES * PIXELS
    raster = _raster(data)
    return float(raster.width), float(raster.height)


def ink(path: Origin) -> str:
    """Return the colour, black or white, of what is drawn on clear ground; "" where a picture has ground of its own.

    A drawing counts as black. Raise `PictureError` for what is no picture.
    """
    data = _read(path)
    return "000000" if _is_drawing(path, data) else _raster(data).ink()


def embedded(data: bytes, mime: str) -> PrintPicture:
    """Return a picture that an address holds itself made ready; raise `PictureError`."""
    if mime == "image/svg+xml":
        return _drawing(data)
    found = _raster(data)
    data, mime = found.prepared()
    return PrintPicture(
        data, mime, _millimetres(found.width, found), _millimetres(found.height, found)
    )


@lru_cache(maxsize=512)
def _drawing(data: bytes) -> PrintPicture:
    drawing = cleaned(data)
    return PrintPicture(drawing.data, "image/svg+xml", drawing.width_mm, drawing.height_mm, drawing.removed)  # fmt: skip


def _raster(data: bytes) -> Raster:
    from courseware.media.raster import Raster

    return Raster(data)


def _millimetres(pixels: int, raster: Raster) -> float:
    return pixels / raster.dpi * MILLIMETRES


def _read(path: Origin) -> bytes:
    """Return a picture's bytes; a folder, a pipe and a device are no picture."""
    if isinstance(path, bytes):
        return path
    try:
        if not is_file(path):
            raise PictureError("it is no file")
        if path.stat().st_size > MOST_BYTES:
            size = path.stat().st_size
            raise PictureError(f"{size:,} bytes are more than {MOST_BYTES:,}", "scale it down")
        return read(path)
    except OSError as error:
        raise PictureError(error.strerror or "it cannot be read") from None


def _is_drawing(path: Origin, data: bytes) -> bool:
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if isinstance(path, Path) and path.suffix.lower() == ".svg":
        return True
    return start.startswith((b"<svg", b"<?xml", b"<!DOCTYPE svg", b"<!--"))


def _fitted(own: tuple[float, float], box: tuple[float, float], fill: bool) -> tuple[float, float]:
    scale = min(box[0] / own[0], box[1] / own[1])
    scale = scale if fill else min(scale, 1.0)
    return round(own[0] * scale, 3), round(own[1] * scale, 3)


def _pixels(millimetres: float, dpi: int) -> int:
    return max(1, math.ceil(millimetres / MILLIMETRES * dpi))


MOST_DRAWN = 100_000
"""Elements that the drawings of a page draw in all, each as often as it is shown."""
WHOLE = (216.0, 297.0)
"""The box, in mm, for a picture that only a style sheet names: a sheet of A4 or Letter."""


class Gallery:
    """What a page shows, by file, and the findings on it."""

    def __init__(self, root: Path) -> None:
        """Take the course's folder."""
        self.root = root
        self.findings: list[Diagnostic] = []
        self._made: dict[Origin, PrintPicture] = {}
        self._drawn = 0

    def shown(
        self, target: str, place: Span, box_mm: tuple[float, float], fill: bool = False
    ) -> PrintPicture | None:
        """Return a picture of the course made ready for a box; None where there is none to print.

        A file that is not there is `check`'s to tell; one that cannot be printed is told here.
        """
        try:
            path = origin(self.root, target)
            if path is None:
                return None
            made = picture(path, box_mm, fill)
            self._drawn += made.drawn
            if self._drawn > MOST_DRAWN:
                raise PictureError("the session's drawings are too large together", "simplify them")
        except PictureError as error:
            message = f'the picture "{target[:60]}" cannot be printed: {error}'
            self.findings.append(Diagnostic("C321", message, place, error.hint))
            return None
        if made.removed:
            message = f'of the drawing "{target[:60]}" is left out: {", ".join(made.removed[:5])}'
            hint = "embed pictures, and draw without scripts and links"
            self.findings.append(Diagnostic("C322", message, place, hint))
        before = self._made.get(path)
        if before is None or before.width_mm < made.width_mm:
            self._made[path] = made
        return made

    def ready(self, path: Path) -> PrintPicture:
        """Return a file made ready for the engine; raise ValueError where it cannot be."""
        try:
            return self._made.get(path) or picture(path, WHOLE)
        except PictureError as error:
            raise ValueError(f"it cannot be printed: {error}") from None
