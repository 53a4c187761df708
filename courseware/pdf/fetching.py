"""What the layout engine may open: files of the course and the layouts, pictures made ready."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from courseware.files import found, leaves, read
from courseware.folders import layouts
from courseware.html.design import put_in
from courseware.media import PictureError
from courseware.media.pictures import Gallery, PrintPicture, embedded, held
from courseware.pdf.engine import URLFetcher, URLFetcherResponse

MOST_BYTES = 20_000_000
"""Bytes of a style sheet or a font: the largest faces, of Chinese characters, have some 15 MB."""
STYLES = "text/css"
TYPES = {".css": STYLES, ".ttf": "font/ttf", ".otf": "font/otf", ".woff": "font/woff",
         ".woff2": "font/woff2"}  # fmt: skip
"""What is handed over as it is, by a file's ending; all else is a picture, or nothing."""
_FACES = (b"\0\1\0\0", b"OTTO", b"true", b"wOFF", b"wOF2")
PICTURE = "picture:"
"""Before the address of a picture that is handed over: the engine would read a file's own bytes."""


class CourseFetcher(URLFetcher):  # type: ignore[misc]
    """Opens files under a course and the built-in layouts, links resolved; nothing else.

    The course's `layouts/` shadows the built-in ones file by file, whoever asks for a file.
    Pictures come from `gallery`, made ready for print; no other data reaches the engine's decoders.
    Stylesheets have the design's `values` in place; `given` are those asked for, by address.
    """

    def __init__(self, root: Path, gallery: Gallery | None = None) -> None:
        """Take the course's folder, and the page's pictures where there are any."""
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.root = root.resolve()
        self.gallery = gallery or Gallery(root)
        self.layouts = (self.root / "layouts", layouts().resolve())
        self.values: Mapping[str, str] = {}
        self.given: dict[str, str] = {}
        self._sheets: dict[str, str] = {}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return a file's content; raise ValueError for what lies outside or cannot be printed."""
        parts = urlsplit(url)
        if parts.scheme == "data":
            return _embedded(url)
        if parts.scheme != "file" or parts.netloc:
            raise ValueError("nothing is fetched from elsewhere")
        path = self._file(Path(unquote(parts.path)))
        kind = TYPES.get(path.suffix.lower())
        if kind == STYLES:
            self.given[url] = self.stylesheet(url)
            return URLFetcherResponse(url, self.given[url], {"Content-Type": kind})
        if kind:
            return URLFetcherResponse(url, _read(path, kind), {"Content-Type": kind})
        return _response(url, self.gallery.ready(path))

    def stylesheet(self, url: str) -> str:
        """Return the text of a stylesheet at a file's address; raise ValueError or OSError."""
        if url not in self._sheets:
            parts = urlsplit(url)
            if parts.scheme != "file" or parts.netloc:
                raise ValueError("nothing is fetched from elsewhere")
            data = _read(self._file(Path(unquote(parts.path))), STYLES)
            self._sheets[url] = data.decode("utf-8-sig", errors="replace")
        return put_in(self._sheets[url], self.values)

    def _file(self, path: Path) -> Path:
        """Return the file at an absolute path: the course's layouts stand before the built-in."""
        path = Path(os.path.normpath(path))
        twins = [path]
        for folder in self.layouts:
            if path.is_relative_to(folder):
                twins = [own / path.relative_to(folder) for own in self.layouts]
        for twin in map(str, twins):
            file = found(self.root, twin) or found(self.layouts[1], twin)
            if file is not None:
                return file
        outside = all(leaves(folder, str(path)) for folder in (self.root, self.layouts[1]))
        raise ValueError("the file is outside the course" if outside else "there is no such file")


def _read(path: Path, kind: str) -> bytes:
    """Return the bytes of a style sheet or a font; what is neither is not handed over."""
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"the file has more than {MOST_BYTES:,} bytes")
    data = read(path)
    fits = data.startswith(_FACES) if kind != STYLES else b"\0" not in data and not _markup(data)
    if not fits:
        raise ValueError(f"the file is no {kind}")
    return data


def _markup(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _embedded(url: str) -> URLFetcherResponse:
    """Return what an address holds itself: a picture made ready, a style sheet or a font."""
    if len(url) > MOST_BYTES:
        raise ValueError("the data address cannot be read")
    try:
        data, kind = held(url)
        if data.startswith(_FACES) or (kind == STYLES and not _markup(data) and b"\0" not in data):
            return URLFetcherResponse(url, data, {"Content-Type": kind})
        return _response(url, embedded(data, kind))
    except PictureError as error:
        raise ValueError(str(error)) from None


def _response(url: str, made: PrintPicture) -> URLFetcherResponse:
    return URLFetcherResponse(PICTURE + url[:80], made.data, {"Content-Type": made.mime})
