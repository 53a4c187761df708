"""One page of a document laid out before the whole: the one that is looked at while its text is written.

A page begins where it began the last time, as long as nothing before it has changed. The whole document is
laid out after it in any case; where the two differ, the whole is right.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import zip_longest
from typing import Any

import msgspec
from weasyprint import document, layout
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.html import get_html_metadata
from weasyprint.layout import page as pages

from courseware.weasyprint_speed.trades import fingerprint

SOURCES = {
    "layout_document": (layout.layout_document, "99abe4fa96bc"),
    "remake_page": (pages.remake_page, "20f05146d563"),
}
"""The library's functions that this goes along with, by the fingerprint of their source."""
APART = 6
"""Elements between a page's first one and a change: one nearer to it may move the page's beginning."""
library_layout: Any = layout.layout_document


class EarlierLayout(msgspec.Struct, frozen=True):
    """A document as it was laid out: its elements, where each page began, what pages had said so far.

    `stamp` stands for the styles and files that it was made with; `firsts` is the number of the first
    element that begins on each page.
    """

    stamp: str
    elements: tuple[int, ...]
    starts: tuple[Any, ...]
    firsts: tuple[int, ...]
    strings: dict[str, dict[int, list[str]]]


@cache
def fits() -> bool:
    """Whether the library is as this was written for."""
    return all(fingerprint(function) == known for function, known in SOURCES.values())


class FirstPage:
    """Lays out the page `number`, from 0, and shows it as a document; then the whole, which it keeps."""

    def __init__(
        self, number: int, stamp: str, earlier: EarlierLayout | None, show: Callable[[Any], None]
    ) -> None:
        """Take the page, what stands for styles and files, the document before, and whom to show it."""
        self.number, self.stamp, self.earlier, self.show = number, stamp, earlier, show
        self.kept: EarlierLayout | None = None
        self.tried = False

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Stand in the library's place meanwhile."""
        document.layout_document = self._lay_out
        try:
            yield
        finally:
            document.layout_document = library_layout

    def _lay_out(self, html: Any, root_box: Any, context: Any) -> Iterator[Any]:
        elements = tuple(map(_print_of, html.etree_element.iter()))
        earlier = self.earlier if not self.tried and fits() else None
        self.tried = True
        if earlier is not None and _alike(earlier, self.stamp, elements, html):
            self._first(earlier, elements, html, root_box, context)
        made = []
        for page_box in library_layout(html, root_box, context):
            made.append(page_box)
            yield page_box
        strings = {name: dict(by_page) for name, by_page in context.string_set.items()}
        starts = tuple(copy.deepcopy(row) for row in context.page_maker)
        self.kept = EarlierLayout(self.stamp, elements, starts, _firsts(html, made), strings)

    def _first(
        self,
        earlier: EarlierLayout,
        elements: tuple[int, ...],
        html: Any,
        root_box: Any,
        context: Any,
    ) -> None:
        """Show the page, where there was such a one and not too much is before it."""
        total = len(earlier.firsts)
        start = _start(earlier, elements, self.number)
        last = self.number + 1  # what goes on there says how the page ends
        if self.number >= total or last - start > max(2, total // 2):
            return
        notes = context.footnotes.copy()
        boxes = list(_pages(earlier, start, last, html, root_box, context))
        wanted = boxes[self.number - start :]
        if wanted:
            _finish(earlier, wanted[0], self.number, boxes, start, context)
            metadata = DocumentMetadata(**get_html_metadata(html))
            shown = [Page(box) for box in wanted]
            made = Document(shown, metadata, html.url_fetcher, context.font_config, {}, None)
            made._html = html
            self.show(made)
        context.footnotes = notes
        context.page_maker, context.string_set = [], defaultdict(lambda: defaultdict(list))
        context.reported_footnotes, context.current_page_footnotes = [], []
        context.page_footnotes.clear()
        context.broken_out_of_flow.clear()
        context.running_elements.clear()


def _alike(earlier: EarlierLayout, stamp: str, elements: tuple[int, ...], html: Any) -> bool:
    """Whether two documents have the same styles, those that the body's classes choose among them."""
    body = next((n for n, one in enumerate(html.etree_element.iter()) if one.tag == "body"), 0)
    return earlier.stamp == stamp and earlier.elements[: body + 1] == elements[: body + 1]


def _print_of(element: Any) -> int:
    return hash((element.tag, tuple(element.attrib.items()), element.text, element.tail))


def _firsts(html: Any, made: list[Any]) -> tuple[int, ...]:
    """Return the number of the first element that begins on each page."""
    numbers = {id(element): n for n, element in enumerate(html.etree_element.iter())}
    begun: set[int] = set()
    found: list[int] = []
    for page_box in made:
        here = {numbers[id(b.element)] for b in page_box.descendants() if id(b.element) in numbers}
        found.append(min(here - begun, default=found[-1] if found else 0))
        begun |= here
    return tuple(found)


def _start(earlier: EarlierLayout, elements: tuple[int, ...], number: int) -> int:
    """Return the page to begin with: the nearest before which nothing has changed."""
    rows = enumerate(zip_longest(earlier.elements, elements))
    changed = next((n for n, (was, now) in rows if was != now), len(elements))
    sure = (n for n, first in enumerate(earlier.firsts) if first + APART <= changed and n <= number)
    return max(sure, default=0)


def _pages(
    earlier: EarlierLayout, start: int, last: int, html: Any, root_box: Any, context: Any
) -> Iterator[Any]:
    """Yield the pages from `start` to `last`, without their margins, or to the document's end."""
    layout.initialize_page_maker(context, root_box)
    if start:
        context.page_maker = [copy.deepcopy(row) for row in earlier.starts[: start + 1]]
    context.rendered_notes = []
    for number in range(start, last + 1):
        page_box, resume_at = pages.remake_page(number, context, root_box, html)
        yield page_box
        if resume_at is None and not context.reported_footnotes:
            return


def _finish(
    earlier: EarlierLayout, page_box: Any, number: int, boxes: list[Any], start: int, context: Any
) -> None:
    """Give a page its margins, as they are when the document has as many pages as it had."""
    before = {name: {n: t for n, t in by.items() if n <= start} for name, by in earlier.strings.items()}  # fmt: skip
    for name, by_page in before.items():
        for n, texts in by_page.items():
            context.string_set[name][n].extend(texts)
    for n, box in enumerate(boxes[: number - start + 1], start + 1):
        for child in box.descendants():
            if child.string_set and child.string_set != "none":
                for name, text in child.string_set:
                    context.string_set[name][n].append(text)
    context.current_page = number + 1
    state = copy.deepcopy(context.page_maker[number + 1][3])
    state[1]["pages"] = [len(earlier.firsts)]
    root, *others = page_box.children
    margins = layout.make_margin_boxes(context, page_box, state)
    page_box.children = (root, *(box for box in others if box.children), *margins)
    layout.layout_backgrounds(page_box, context.get_image_from_uri)
