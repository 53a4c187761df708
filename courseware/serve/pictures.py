"""Pages and slides as PNG, made when they are asked for and kept while they are on show.

Only a picture that stands in the table is made: the page asks for it by a name that says nothing of
any file.
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec

from courseware.media import PictureError
from courseware.pptx.pictures.images import raster
from courseware.pptx.pictures.thumbnails import as_svg
from courseware.pptx.template.template import Template
from courseware.pptx.values import ComposedDeck, ComposedSlide

SIZES = {"small": 48, "page": 144, "fine": 216}
"""Pixels an inch of a picture: in the list of pages, on a screen, on a dense screen."""
PACKED = 1
"""How hard PNG is packed, 0 to 9: six gains two hundredths and takes half as long again."""
MOST_BYTES = 64_000_000
"""Bytes of pictures that are kept."""
MOST_NAMES = 10_000
"""Names of pictures that are known to have been on show: a page may ask for one that has just gone."""
WAIT = 30.0
"""Seconds that a picture that is announced is waited for."""
_drawing = threading.Lock()
"""PDFium may be called by one thread at a time."""


class ViewPicture(Protocol):
    """What can be drawn as PNG, at so many pixels an inch."""

    def png(self, dpi: int) -> bytes:
        """Return the picture."""


class PdfPage(msgspec.Struct, frozen=True):
    """A page of a PDF, counted from 0."""

    data: bytes
    number: int

    def png(self, dpi: int) -> bytes:
        """Return the page as it is printed."""
        import pypdfium2

        with _drawing:
            document = pypdfium2.PdfDocument(self.data)
            try:
                document.init_forms()
                image = document[self.number].render(scale=dpi / 72).to_pil()
            finally:
                document.close()
        buffer = io.BytesIO()
        image.save(buffer, "png", compress_level=PACKED)
        return buffer.getvalue()


class SlidePicture(msgspec.Struct, frozen=True):
    """A slide of a composed deck; `root` is the course's folder."""

    slide: ComposedSlide
    deck: ComposedDeck
    template: Template
    root: Path

    def png(self, dpi: int) -> bytes:
        """Return the slide as it is shown."""
        with _drawing:
            svg = as_svg(self.slide, self.deck, self.template, self.root)
        return raster(svg, self.deck.width, dpi * 10 // 13)


class PictureTable:
    """The table of pictures on show by name, and those made lately."""

    def __init__(self) -> None:
        """Begin with none."""
        self.changed = threading.Condition()
        self.shown: dict[tuple[str, str], Mapping[str, ViewPicture | None]] = {}
        self.made: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self.names: dict[str, None] = {}
        """Names that were on show, the last one last."""
        self.size = "page"
        """The size that a page is looked at in: the one asked for last."""

    def show(self, view: tuple[str, str], pictures: Mapping[str, ViewPicture | None]) -> None:
        """Put a view's pictures in the table; None is one that comes soon."""
        with self.changed:
            self.shown[view] = pictures
            self.names |= dict.fromkeys(pictures)
            for oldest in list(self.names)[:-MOST_NAMES]:
                del self.names[oldest]
            self.changed.notify_all()

    def drop(self, view: tuple[str, str]) -> None:
        """Take a view's pictures out of the table."""
        with self.changed:
            self.shown.pop(view, None)
            self.changed.notify_all()

    def draw(self, name: str, picture: ViewPicture) -> None:
        """Make a picture before it is told of: whoever asks for it has it at once."""
        with suppress(PictureError):  # who asks for it is told
            self._keep(name, self.size, picture)

    def was_shown(self, name: str) -> bool:
        """Whether a picture of that name was on show lately."""
        with self.changed:
            return name in self.names

    def png(self, name: str, size: str) -> bytes | None:
        """Return a picture; None where none of that name is on show, or comes in time."""
        if size not in SIZES:
            return None
        self.size = self.size if size == "small" else size
        with self.changed:
            if (kept := self.made.get((name, size))) is not None:
                self.made.move_to_end((name, size))
                return kept
            self.changed.wait_for(lambda: not self._is_coming(name), WAIT)
            picture = self._find(name)
        return None if picture is None else self._keep(name, size, picture)

    def _keep(self, name: str, size: str, picture: ViewPicture) -> bytes:
        data = picture.png(SIZES[size])
        with self.changed:
            self.made[name, size] = data
            while sum(map(len, self.made.values())) > MOST_BYTES:
                self.made.popitem(last=False)
        return data

    def _find(self, name: str) -> ViewPicture | None:
        found = (table[name] for table in self.shown.values() if name in table)
        return next((picture for picture in found if picture is not None), None)

    def _is_coming(self, name: str) -> bool:
        there = any(name in table for table in self.shown.values())
        return there and self._find(name) is None
