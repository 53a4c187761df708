"""Stylesheets parsed once a process: parsing costs a document more than all but its layout."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import urljoin

import msgspec

from courseware.writing.engine import CSS, FontConfiguration

LOGGER = logging.getLogger("weasyprint")
MOST = 32
"""Stylesheets kept: a product has one or two, a paper and a course one more each."""


class _Parsed(msgspec.Struct, frozen=True):
    """A parsed stylesheet and the texts it was made of, those it imports among them, by address."""

    css: CSS
    texts: dict[str, str]


_IMPORT = re.compile(r"""@import\s+(?:url\()?\s*["']?([^"')\s;]+)""")
_kept: dict[str, _Parsed] = {}


def texts(url: str, fetcher: Any, seen: frozenset[str] = frozenset()) -> list[str]:
    """Return the text of the stylesheet at an address after those of all that it imports."""
    try:
        css: str = fetcher.stylesheet(url)
    except (OSError, ValueError):  # the engine will ask again, and report it
        return []
    parts = [urljoin(url, part) for part in _IMPORT.findall(css)]
    seen |= {url}
    imported = [t for part in parts if part not in seen for t in texts(part, fetcher, seen)]
    return [*imported, css]


def parsed(url: str, fetcher: Any, fonts: FontConfiguration) -> CSS:
    """Return the stylesheet at an address, as the `CourseFetcher` gives it.

    One that was parsed before is taken again where all its texts still are the same. Not kept is
    what brings fonts of its own, which belong to one document, or has something reported.
    """
    kept = _kept.get(url)
    if kept and all(fetcher.stylesheet(part) == text for part, text in kept.texts.items()):
        return kept.css
    fetcher.given.clear()
    reports = _Count()
    LOGGER.addHandler(reports)
    try:
        css = CSS(url=url, base_url=url, url_fetcher=fetcher, font_config=fonts)
    finally:
        LOGGER.removeHandler(reports)
    made_of = dict(fetcher.given)
    _kept.pop(url, None)
    if not reports.number and not any("@font-face" in text for text in made_of.values()):
        while len(_kept) >= MOST:
            del _kept[next(iter(_kept))]
        _kept[url] = _Parsed(css, made_of)
    return css


class _Count(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.number = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.number += 1
