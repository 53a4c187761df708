"""A product of a session as the preview shows it: its pages, made by the layout engine or the deck's own drawing.

A view is made in steps, the page that is looked at first. What learners get is searched for what is
withheld from them before a page of it is shown, as every build does.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from courseware import files
from courseware.build.run.work import COURSE, PROGRAM, Recorded, Titles, value_print
from courseware.diagnostics import Diagnostic, Severity, Span
from courseware.files import LIST, LOOK, READ
from courseware.folders import layouts
from courseware.html.rendering import render
from courseware.html.sandbox import LayoutError
from courseware.inspection.carried import Piece
from courseware.inspection.leaks import Written, judged
from courseware.inspection.proofs import Made
from courseware.media.pictures import Gallery
from courseware.model.session import Chapter, Course, Session
from courseware.pdf.engine import few_collections
from courseware.pdf.pages import stylesheets
from courseware.pdf.writer import collected, laid_out, page_map
from courseware.products.table import PRODUCTS, VARIANTS, Page, Product, page
from courseware.serve.pictures import PdfPage, Picture, SlidePicture
from courseware.serve.places import Blocks, Spot, shapes, spots, words_of
from courseware.serve.slides import blocks_on, notes_of, said_on
from courseware.serve.sources import lines_of
from courseware.writers import reported

SHOWN: dict[str, Product] = {
    "handout": PRODUCTS["handout"],
    "worksheet": PRODUCTS["worksheet"],
    "plain-slides": VARIANTS["slides --no-notes"],
    "slides": PRODUCTS["slides"],
    "guide": PRODUCTS["guide"],
    "answers": PRODUCTS["answers"],
}
"""Products that are shown, by the name that the page asks for them by: the learners' first."""
Note = tuple[str, int, str]
"""A paragraph of a slide's notes: "head", its bullet or "", how far in, and its words."""


class Sheet(msgspec.Struct, frozen=True):
    """A page or slide: the name of its picture, its size in CSS pixels, blocks, notes of a slide."""

    key: str
    width: float
    height: float
    spots: tuple[Spot, ...] = ()
    notes: tuple[Note, ...] = ()


class View(msgspec.Struct, frozen=True):
    """A product of a session as made: its pages, its map of blocks, what it depends on.

    Where the session has no such product, there is none of it. `facts` are values of the course,
    titles and maps; `files` are paths in the course that were looked at, with what they were.
    """

    product: str
    path: str
    sheets: tuple[Sheet, ...] = ()
    pictures: Mapping[str, Picture] = {}
    map: dict[str, int] = {}
    words: Counter[str] = Counter()
    facts: dict[str, str] = {}
    findings: tuple[Diagnostic, ...] = ()
    exists: bool = True
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether an error keeps its pages from being shown."""
        return any(found.severity is Severity.ERROR for found in self.findings)


class Stopped(Exception):  # noqa: N818
    """Making a view was given up: something newer is wanted."""


class Asked(msgspec.Struct, frozen=True):
    """What a view is made of: the session, in its course alone, titles of all, pages it cites.

    `seen` is the page that is looked at, from 0; `before` are the words of the view before.
    `chapters` say how sessions are called in the course.
    """

    product: str
    course: Course
    titles: dict[str, str]
    maps: dict[str, dict[str, int]]
    root: Path
    paper: str
    seen: int = 0
    before: Counter[str] | None = None
    chapters: dict[str, Chapter] = {}

    @property
    def session(self) -> Session:
        """The session."""
        return self.course.sessions[0]


def views(asked: Asked, going_on: Callable[[], None]) -> Iterator[View]:
    """Yield a view with the page that is looked at, then with all pages; often both are one.

    `going_on` is called now and then, and may raise `Stopped`.
    """
    product = SHOWN[asked.product]
    with files.recorded({COURSE: asked.root, PROGRAM: layouts()}) as trace:
        facts = trace.facts
        course = Recorded(**msgspec.structs.asdict(asked.course))
        found = page(product, course, asked.session.path)
        if found is None:
            yield View(asked.product, asked.session.path, facts=facts, exists=False)
            return
        found = found.with_references(Titles(asked.titles), asked.maps, asked.chapters)
        make = _paged if product.writer == "pdf" else _slides
        try:
            with _steps(going_on):
                yield from make(asked, product, found, facts)
        except LayoutError as error:
            yield _failed(asked, facts, error.finding)


def _failed(asked: Asked, facts: dict[str, str], *findings: Diagnostic) -> View:
    return View(asked.product, asked.session.path, facts=facts, findings=findings)


def _paged(asked: Asked, product: Product, found: Page, facts: dict[str, str]) -> Iterator[View]:
    """Yield a view of a document of pages."""
    gallery = Gallery(asked.root)
    with collected() as lines, few_collections():
        html = render(found, asked.root, gallery)
        document = laid_out(html, stylesheets(found, asked.root, asked.paper), asked.root, gallery,
                            forms=product.fillable)  # fmt: skip
        shown = list(shapes(document))
        stamp = _stamp(facts)
        keys = [files.fingerprint((shape.print + stamp).encode()) for shape in shown]
        sheets = _sheets(asked, keys, [(s.width, s.height, s.blocks) for s in shown])
        reports = reported(dict.fromkeys(lines), Span(asked.session.path))
        made = View(asked.product, asked.session.path, sheets, {}, page_map(document),
                    words_of(s.blocks for s in shown), facts,
                    (*gallery.findings, *reports))  # fmt: skip
        seen = min(asked.seen, len(keys) - 1)
        for numbers in ([seen], range(len(keys))):
            some = document if len(numbers) == len(keys) else document.copy([document.pages[seen]])
            data = some.write_pdf(pdf_forms=product.fillable)
            pictures = {keys[n]: PdfPage(data, at) for at, n in enumerate(numbers)}
            view = msgspec.structs.replace(made, pictures=pictures)
            view = _searched(view, Written(data), asked, product)
            yield view
            if view.failed or len(numbers) == len(keys):
                return


def _searched(view: View, written: Written, asked: Asked, product: Product) -> View:
    """Return a view with what the search for withheld words finds in its pages; none of them where it leaks."""
    ids = frozenset(spot.id for sheet in view.sheets for spot in sheet.spots)
    made = judged(Made(b"%PDF-", ids=ids), product, asked.course, asked.titles, written)
    view = msgspec.structs.replace(view, findings=(*view.findings, *made.findings))
    return view if made.data else msgspec.structs.replace(view, sheets=(), pictures={})


def _slides(asked: Asked, product: Product, found: Page, facts: dict[str, str]) -> Iterator[View]:
    """Yield a view of a deck: all its slides at once, as none is drawn before it is looked at."""
    from courseware.pptx.write.making import composed

    made = composed(found, asked.root)
    if made.deck is None:
        yield _failed(asked, facts, *made.findings)
        return
    stamp = _stamp(facts)
    scale = 4 / 3
    placed, keys, pictures = [], [], dict[str, Picture]()
    for slide in made.deck.slides:
        shown = msgspec.structs.replace(slide, notes=(), covers=(), source="", section="")
        keys.append(files.fingerprint(msgspec.msgpack.encode(shown) + stamp.encode()))
        pictures[keys[-1]] = SlidePicture(slide, made.deck, made.template, asked.root)
        blocks = blocks_on(slide, made.deck, made.template, asked.session)
        placed.append((made.deck.width * scale, made.deck.height * scale, blocks))
    sheets = _sheets(asked, keys, placed)
    if product.audience == "facilitator":
        sheets = tuple(
            msgspec.structs.replace(sheet, notes=notes_of(slide))
            for sheet, slide in zip(sheets, made.deck.slides, strict=True)
        )
    view = View(asked.product, asked.session.path, sheets, pictures, made.deck.pages(),
                words_of(blocks for _, _, blocks in placed), facts, made.findings)  # fmt: skip
    written = Written(b"")
    written.pieces = [Piece(f"slide {n}", words) for n, words in said_on(made.deck, made.template)]
    yield _searched(view, written, asked, product)


def _sheets(
    asked: Asked, keys: list[str], placed: list[tuple[float, float, Blocks]]
) -> tuple[Sheet, ...]:
    on = spots([blocks for *_, blocks in placed], lines_of(asked.session), asked.before)
    return tuple(
        Sheet(key, round(width), round(height), mine)
        for key, (width, height, _), mine in zip(keys, placed, on, strict=True)
    )


def _stamp(facts: dict[str, str]) -> str:
    """Return the fingerprint of all files that were looked at: pictures, layouts, styles."""
    return value_print({k: v for k, v in facts.items() if k.startswith((READ, LOOK))})


def touches(view: View, names: set[str]) -> bool:
    """Whether a view looked at one of the course's files, or at a folder that has one of them."""
    for name in names:
        folder = name.rpartition("/")[0]
        if any(f"{verb}{COURSE}:{name}" in view.facts for verb in (READ, LOOK)):
            return True
        if f"{LIST}{COURSE}:{folder}" in view.facts:
            return True
    return False


@contextmanager
def _steps(going_on: Callable[[], None]) -> Iterator[None]:
    """Call `going_on` at each step that the layout engine tells of, which is at each page."""
    logger = logging.getLogger("weasyprint.progress")
    level = logger.level

    def told(record: logging.LogRecord) -> bool:
        going_on()
        return False

    logger.addFilter(told)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeFilter(told)
        logger.setLevel(level)
