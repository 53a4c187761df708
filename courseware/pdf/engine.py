"""The layout engine (WeasyPrint), imported in one place: it finds the shipped fonts only.

Its import looks for shared libraries under names of
other systems, and Python's search for one starts `ldconfig` and a compiler: 22 processes, a third
of the time. Under the name that Linux has, each is found without a search.
"""

from __future__ import annotations

import atexit
import ctypes.util
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from courseware.pdf.engine_files import font_settings
from courseware.process import SELDOM

atexit.register(gc.freeze)  # a program's end searches all that it made for garbage, for nothing

os.environ["FONTCONFIG_FILE"] = str(font_settings())


@contextmanager
def few_collections() -> Iterator[None]:
    """Let Python look for garbage seldom while a document is made: a tenth of its time.

    Boxes point to each other, and all of them live until the document is done. It takes some 50 MB
    more for ten pages; see docs/developers.md.
    """
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _no_search() -> Iterator[None]:
    """Leave out Python's search for shared libraries, where the loader knows them by name."""
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


with _no_search(), few_collections():
    from weasyprint import CSS as CSS
    from weasyprint import HTML as HTML
from weasyprint import draw as draw  # noqa: E402
from weasyprint import pdf as pdf  # noqa: E402
from weasyprint.document import Document as Document  # noqa: E402
from weasyprint.formatting_structure import boxes as boxes  # noqa: E402
from weasyprint.layout import page as page_layout  # noqa: E402
from weasyprint.logger import LOGGER as LOGGER  # noqa: E402
from weasyprint.pdf import fonts  # noqa: E402
from weasyprint.text.fonts import FontConfiguration as FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher as URLFetcher  # noqa: E402
from weasyprint.urls import URLFetcherResponse as URLFetcherResponse  # noqa: E402

from courseware.pdf.drawn_text import set_whole  # noqa: E402
from courseware.pdf.line_ends import end_lines  # noqa: E402
from courseware.weasyprint_speed.changes import CHANGES  # noqa: E402
from courseware.weasyprint_speed.trades import change  # noqa: E402

_make_page: Any = page_layout.make_page


def make_page(context: Any, *given: Any) -> Any:
    """Return a page laid out; what floats is continued on the next one only where it is on this one.

    The engine keeps the rest of a float that it parted in a block which then went to the next page as a whole: it
    was drawn there twice, over the block's heading.
    """
    made = _make_page(context, *given)
    if parted := context.broken_out_of_flow:
        shown = {id(box.element) for box in made[0].descendants(placeholders=True)}
        for box in [b for b in parted if b.element is not None and id(b.element) not in shown]:
            del parted[box]
    return made


page_layout.make_page = make_page
set_whole()
end_lines()
# A face of many weights, as those of Chinese, Japanese and Korean are, is written without the time of day.
fonts.TTFont = partial(fonts.TTFont, recalcTimestamp=False)
change(CHANGES)
