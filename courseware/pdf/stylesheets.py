"""Stylesheets parsed once, not for each document: parsing costs more than all but the layout.

A process keeps what it has parsed.
"""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import urljoin

import msgspec

from courseware.pdf.engine import CSS, LOGGER, FontConfiguration

MOST = 32
"""Stylesheets kept: a product has one or two, a paper and a course one more each."""


class _Parsed(msgspec.Struct, frozen=True):
    """A parsed stylesheet and the texts it was made of, those it imports among them, by address.

    Not to be kept is what brings fonts of its own, which belong to one document, or has something
    reported.
    """

    css: CSS
    texts: dict[str, str]
    lasting: bool = True


_IMPORT = re.compile(r"""@import\s+(?:url\()?\s*["']?([^"')\s;]+)""")
_kept: dict[str, _Parsed] = {}


def texts(url: str, fetcher: Any, seen: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Return addresses and texts: those that the stylesheet at `url` imports, then its own."""
    try:
        css: str = fetcher.stylesheet(url)
    except (OSError, ValueError):  # the engine will ask again, and report it
        return []
    parts = [urljoin(url, part) for part in _IMPORT.findall(css)]
    seen |= {url}
    imported = [t for part in parts if part not in seen for t in texts(part, fetcher, seen)]
    return [*imported, (url, css)]


def parsed(url: str, fetcher: Any, fonts: FontConfiguration) -> CSS:
    """Return the stylesheet at an address, as the `CourseFetcher` gives it.

    One that was parsed before is taken again where all its texts still are the same.
    """
    known = _kept.get(url)
    if known and all(fetcher.stylesheet(part) == text for part, text in known.texts.items()):
        return known.css
    made = _parse(url, fetcher, fonts)
    _kept.pop(url, None)
    if made.lasting:
        while len(_kept) >= MOST:
            del _kept[next(iter(_kept))]
        _kept[url] = made
    return made.css


def _parse(url: str, fetcher: Any, fonts: FontConfiguration) -> _Parsed:
    fetcher.given.clear()
    reports = _Count()
    LOGGER.addHandler(reports)
    try:
        css = CSS(url=url, base_url=url, url_fetcher=fetcher, font_config=fonts)
    finally:
        LOGGER.removeHandler(reports)
    faces = any("@font-face" in text for text in fetcher.given.values())
    return _Parsed(css, dict(fetcher.given), not reports.number and not faces)


class _Count(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.number = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.number += 1
