"""HTML to PDF with WeasyPrint: shipped fonts only, nothing read but the course, no network."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from courseware.writing.places import layouts

os.environ["FONTCONFIG_FILE"] = str(layouts() / "fonts" / "fonts.conf")

from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.document import Document as Document  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402

from courseware.writing.tags import Tagger  # noqa: E402

LOGGER = logging.getLogger("weasyprint")


class Written(msgspec.Struct, frozen=True):
    """A PDF's bytes, how many pages it has, and what the layout engine reported.

    `map` says for each id on which page, from 1, its element begins.
    """

    data: bytes
    pages: int
    reports: tuple[str, ...]
    map: dict[str, int]


class CourseFetcher(URLFetcher):  # type: ignore[misc]
    """Opens files under a course and the built-in layouts, links resolved; nothing else.

    The course's `layouts/` shadows the built-in ones file by file, whoever asks for a file.
    """

    def __init__(self, root: Path) -> None:
        """Take the course's folder."""
        super().__init__(allowed_protocols={"file", "data"}, allow_redirects=False)
        self.layouts = (root.resolve() / "layouts", layouts().resolve())
        self.folders = (root.resolve(), layouts().resolve())

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return a file's content; raise ValueError for what lies outside."""
        parts = urlsplit(url)
        if parts.scheme == "file":
            path = self._shadowed(Path(unquote(parts.path))).resolve(strict=True)
            url = path.as_uri()
            if parts.netloc or not any(path.is_relative_to(f) for f in self.folders):
                raise ValueError("the file is outside the course")
        return super().fetch(url, headers)

    def _shadowed(self, path: Path) -> Path:
        """Return the file that stands for `path` of a folder of layouts: the course's, if it has it."""
        path = Path(os.path.normpath(path))
        for folder in self.layouts:
            if path.is_relative_to(folder):
                twins = (own / path.relative_to(folder) for own in self.layouts)
                return next((twin for twin in twins if twin.is_file()), path)
        return path


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def collected() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs."""
    handler = _Collector()
    LOGGER.addHandler(handler)
    try:
        yield handler.lines
    finally:
        LOGGER.removeHandler(handler)


def laid_out(html: str, stylesheets: list[Path], root: Path) -> Document:
    """Return `html` laid out in pages; its relative addresses start at the course's folder `root`.

    What the engine has to say goes to its logger: see `collected`.
    """
    fetcher = CourseFetcher(root)
    fonts = FontConfiguration()
    sheets = [CSS(filename=s, font_config=fonts, url_fetcher=fetcher) for s in stylesheets]
    base = root.resolve().as_uri() + "/"
    return HTML(string=html, base_url=base, url_fetcher=fetcher).render(
        stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1"
    )


def write(html: str, stylesheets: list[Path], root: Path) -> Written:
    """Return the PDF of `html`, whose relative addresses start at the course's folder `root`."""
    with collected() as lines:
        document = laid_out(html, stylesheets, root)
        tagger = Tagger(document)
        data = document.write_pdf(pdf_variant="pdf/ua-1", finisher=tagger.finish)
    return Written(data, len(document.pages), tuple(dict.fromkeys(lines)), page_map(document))


def page_map(document: Document) -> dict[str, int]:
    """Return the page, from 1, on which the element of each id begins."""
    found: dict[str, int] = {}
    for number, sheet in enumerate(document.pages, 1):
        for name in sheet.anchors:
            found.setdefault(name, number)
    return dict(sorted(found.items()))
