"""Pictures of a slide as parts of its file: rasters as large as the slide needs, drawings, formulas.

A drawing stays one, with a raster beside it for programs that show none; where it may hold words that
nobody sees, the raster alone is there. A formula becomes a
raster: what office programs show of a drawing that is made of symbols differs. The raster is made
by resvg with the fonts that come along, so it is the same on every machine.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from courseware.files import noted
from courseware.folders import layouts
from courseware.media import PictureError
from courseware.media.pictures import MILLIMETRES, origin, picture
from courseware.media.svg import in_the_open
from courseware.pptx.values import Image

DPI = 220
"""Pixels an inch of a slide that a picture keeps at most: what PowerPoint itself keeps of them."""
DRAWN = 150
"""Pixels an inch of the raster beside a drawing, for programs that show no drawings: full HD's."""
FINE = 440
"""Pixels an inch of a formula: its strokes are thin, and its file is small."""
POINTS = 72.0
TYPES = {"image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg"}
_ROOT = re.compile(r"<svg\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_SIZE = re.compile(r"""\s(?:width|height)\s*=\s*(?:"[^"]*"|'[^']*')""")


class Media(NamedTuple):
    """What a picture is in the file: a raster and its type; `drawing` is the drawing, if it is one."""

    data: bytes
    mime: str
    drawing: bytes = b""


def media(image: Image, root: Path) -> Media:
    """Return what a picture or formula is in the file; `root` is the course's folder.

    A picture that cannot be had raises `PictureError`.
    """
    if image.math:
        return Media(_formula(image), "image/png")
    path = origin(root, image.source)
    if path is None:
        raise PictureError("it is no file")
    box = tuple(side / POINTS * MILLIMETRES for side in (image.width, image.height))
    made = picture(path, (box[0], box[1]), fill=True, dpi=DPI)
    if made.mime != "image/svg+xml":
        return Media(made.data, made.mime)
    sized = _sized(made.data.decode(), image.width, image.height)
    drawing = in_the_open(made.data)
    return Media(raster(sized, image.width, DRAWN if drawing else DPI), "image/png", drawing)


def _sized(drawing: str, width: float, height: float) -> str:
    """Return a drawing that says how large it is: one that has the size of its page has none."""
    root = _ROOT.search(drawing)
    if root is None:
        return drawing
    said = _SIZE.sub("", root[0])[len("<svg") :]
    whole = f'<svg width="{width}" height="{height}"{said}'
    return drawing[: root.start()] + whole + drawing[root.end() :]


def raster(drawing: str, width: float, dpi: int) -> bytes:
    """Return a drawing as PNG, so many points wide; raise `PictureError`."""
    import resvg_py

    fonts = list(_fonts(drawing, layouts() / "fonts"))
    for path in fonts:
        noted(path)
    pixels = max(1, round(width / POINTS * dpi))
    try:
        data = resvg_py.svg_to_bytes(
            svg_string=drawing, width=pixels, skip_system_fonts=True,
            font_files=[str(p) for p in fonts], font_family="Liberation Sans",
            sans_serif_family="Liberation Sans", serif_family="Liberation Sans",
            monospace_family="DejaVu Sans Mono", cursive_family="Carlito",
        )  # fmt: skip
    except (ValueError, OSError) as error:
        raise PictureError(f"it cannot be drawn ({error})", "save it as PNG") from None
    return bytes(data)


def _fonts(drawing: str, files: Path) -> Iterator[Path]:
    """Return the font files that a drawing's text may need; none where it has no text."""
    if "<text" not in drawing:
        return
    for path in sorted(files.glob("*.ttf")):
        if not path.name.startswith("Droid") or not drawing.isascii():
            yield path


def _formula(image: Image) -> bytes:
    from courseware.media.drawings import TexError, drawn

    try:
        drawing = drawn(image.math, image.display).inked(image.colour)
    except TexError as error:
        raise PictureError(str(error), error.hint) from None
    return raster(drawing, image.width, FINE)


class PictureStore:
    """The pictures of a file: each is in it once, however often it is shown."""

    def __init__(self, package: Any) -> None:
        """Take the file's package."""
        self.package = package
        self.parts: dict[str, Any] = {}
        self.count = sum(str(p.partname).startswith("/ppt/media/") for p in package.iter_parts())

    def part(self, data: bytes, mime: str) -> Any:
        """Return the part that holds a picture's bytes."""
        from pptx.opc.package import Part
        from pptx.opc.packuri import PackURI

        key = hashlib.sha256(data).hexdigest()
        if key not in self.parts:
            self.count += 1
            name = PackURI(f"/ppt/media/picture{self.count}.{TYPES[mime]}")
            self.parts[key] = Part(name, mime, self.package, data)
        return self.parts[key]
