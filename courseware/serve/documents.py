"""A document of pages as the preview shows it: the page that is looked at first, then the whole."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import msgspec
from weasyprint.document import Page as PdfSheet

from courseware import files
from courseware.diagnostics import Diagnostic, Span
from courseware.html.rendering import render
from courseware.inspection.leaks import WrittenFile
from courseware.media.pictures import Gallery
from courseware.pdf.engine import few_collections
from courseware.pdf.growing import trimmed
from courseware.pdf.pages import stylesheets
from courseware.pdf.writer import Document, blamed, collected, laid_out, longest, page_map
from courseware.process import Overdue
from courseware.products.table import Page
from courseware.serve.pictures import PdfPage
from courseware.serve.places import shapes
from courseware.serve.views import (
    View,
    ViewSource,
    searched,
    sheets_of,
    stamp_of,
    unmarked,
)
from courseware.weasyprint_speed.first_page import FirstPage
from courseware.writers import reported


class DocumentView:
    """A document of pages while it is made."""

    def __init__(
        self, asked: ViewSource, found: Page, facts: dict[str, str], show: Callable[[View], None],
        going_on: Callable[[], None],
    ) -> None:  # fmt: skip
        """Take what is asked for, the product's page, where what is looked at is noted, whom to show it.

        `going_on` is called between two parts of the work, and may raise `Stopped`.
        """
        self.asked, self.found, self.facts, self.show = asked, found, facts, show
        self.going_on = going_on
        self.gallery = Gallery(asked.root)
        self.stamp = ""
        self.lines: list[str] = []
        self.shown: str | None = None
        """The name of the page's picture that was shown before the whole."""
        self.ends = float("inf")
        """Seconds of this thread's processor time at which the course's own layouts have taken too long."""

    def view(self) -> View:
        """Return the view; the page that is looked at is shown as soon as it is there."""
        asked = self.asked
        with collected() as self.lines, few_collections(), _steps(self._step):
            html = render(self.found, asked.root, self.gallery)
            self.going_on()
            seconds = longest(html, asked.root)
            self.ends = time.thread_time() + seconds
            with blamed(seconds):
                return self._whole(html)

    def _step(self) -> None:
        """Stop where something newer is wanted, or a course's own layouts take too long."""
        self.going_on()
        if time.thread_time() > self.ends:
            raise Overdue

    def _whole(self, html: str) -> View:
        asked = self.asked
        sheets = stylesheets(self.found, asked.root, asked.paper)
        self.stamp = stamp_of(self.facts, sheets)
        before = asked.earlier.laid_out if asked.earlier and asked.seen is not None else None
        first = FirstPage(asked.seen or 0, self.stamp, before, self._show_first)
        with nullcontext() if asked.row.fillable else first.in_place():
            document = laid_out(html, sheets, asked.root, self.gallery, forms=asked.row.fillable)  # fmt: skip
        reports = reported(dict.fromkeys(self.lines), Span(asked.session.path))
        made = self._made(document, (*self.gallery.findings, *reports))
        keys = [sheet.key for sheet in made.sheets]
        seen = min(asked.seen or 0, len(keys) - 1)
        if asked.seen is not None and keys[seen] != self.shown and len(keys) > 1:
            self._show_one(document.copy([document.pages[seen]]), made, keys[seen])
        data = document.write_pdf(pdf_forms=asked.row.fillable)
        pictures = {key: PdfPage(data, at) for at, key in enumerate(keys)}
        made = msgspec.structs.replace(made, pictures=pictures, laid_out=first.kept)
        self.going_on()
        return searched(made, WrittenFile(data), self.asked)

    def _made(self, document: Document, findings: tuple[Diagnostic, ...]) -> View:
        shown = list(shapes(document))
        keys = [files.fingerprint((shape.print + self.stamp).encode()) for shape in shown]
        sheets = sheets_of(self.asked, keys, [(s.width, s.height, s.blocks) for s in shown])
        return View(self.asked.product, self.asked.session.path, sheets, {}, page_map(document),
                    self.facts, findings)  # fmt: skip

    def _show_first(self, document: Document) -> None:
        """Show a page that was laid out before the others, in its place among those of the view before."""
        earlier, seen = self.asked.earlier, self.asked.seen
        if earlier is None or seen is None or seen >= len(earlier.sheets):
            return
        alone = document.copy(trimmed(document).pages[:1])
        alone._html = document._html
        made = self._made(alone, ())
        sheets = list(map(unmarked, earlier.sheets))
        sheets[seen] = made.sheets[0]
        self.shown = made.sheets[0].key
        made = msgspec.structs.replace(made, sheets=tuple(sheets), map=earlier.map)
        self._show_one(alone, made, self.shown)

    def _show_one(self, document: Document, made: View, key: str) -> None:
        told = len(self.lines)
        data = document.write_pdf(pdf_forms=self.asked.row.fillable)
        del self.lines[told:]  # a page alone misses those that its links lead to
        before = self.asked.earlier.pictures if self.asked.earlier else {}
        pictures = {sheet.key: before[sheet.key] for sheet in made.sheets if sheet.key in before}
        made = msgspec.structs.replace(made, pictures={**pictures, key: PdfPage(data, 0)}, whole=False)  # fmt: skip
        view = searched(made, WrittenFile(data), self.asked)
        if not view.failed:
            self.show(view)


@contextmanager
def _steps(step: Callable[[], None]) -> Iterator[None]:
    """Call `step` at each step that the layout engine tells of, which is at each page, and as each is drawn."""
    logger = logging.getLogger("weasyprint.progress")
    level = logger.level
    drawn = PdfSheet.paint

    def drawing(sheet: PdfSheet, *given: Any) -> None:
        step()
        drawn(sheet, *given)

    def told(record: logging.LogRecord) -> bool:
        step()
        return False

    logger.addFilter(told)
    logger.setLevel(logging.INFO)
    PdfSheet.paint = drawing
    try:
        yield
    finally:
        PdfSheet.paint = drawn
        logger.removeFilter(told)
        logger.setLevel(level)
