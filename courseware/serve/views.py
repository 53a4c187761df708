"""A product of a session as the preview shows it: its pages, made by the layout engine or the deck's own drawing.

A view is made in steps, the page that is looked at first. What learners get is searched for what is
withheld from them before a page of it is shown, as every build does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
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
from courseware.inspection.made import Made
from courseware.media.pictures import Gallery
from courseware.model.session import Chapter, Course, Session, for_learner
from courseware.pdf.engine import few_collections
from courseware.pdf.growing import trimmed
from courseware.pdf.pages import stylesheets
from courseware.pdf.writer import Document, collected, laid_out, page_map
from courseware.pptx.values import Slide
from courseware.pptx.write.making import Composed, composed
from courseware.products.table import PRODUCTS, VARIANTS, Page, Product, page
from courseware.serve.pictures import PdfPage, Picture, SlidePicture
from courseware.serve.places import Blocks, Spot, shapes, spots
from courseware.serve.slides import Said, blocks_on, notes_of, words_on
from courseware.serve.sources import changed_blocks, lines_of
from courseware.weasyprint_speed.first_page import Earlier, FirstPage
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
STAMPED = tuple(f"{verb}{place}:" for verb in (READ, LOOK) for place in (COURSE, PROGRAM))
"""What the names of facts on the course's files, and on layouts, begin with."""
PIXELS = 4 / 3
"""CSS pixels in a point."""
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
    titles, and files that were looked at. One that is not `whole` has the page that is looked at,
    and its other pages come. `laid_out` lets the next one begin at a page; `session` is what it shows.
    """

    product: str
    path: str
    sheets: tuple[Sheet, ...] = ()
    pictures: Mapping[str, Picture] = {}
    map: dict[str, int] = {}
    facts: dict[str, str] = {}
    findings: tuple[Diagnostic, ...] = ()
    exists: bool = True
    seconds: float = 0.0
    whole: bool = True
    laid_out: Earlier | None = None
    session: Session | None = None

    @property
    def names(self) -> frozenset[str]:
        """The blocks that it prints."""
        return frozenset(spot.id for sheet in self.sheets for spot in sheet.spots)

    @property
    def failed(self) -> bool:
        """Whether an error keeps its pages from being shown."""
        return any(found.severity is Severity.ERROR for found in self.findings)


class Stopped(Exception):  # noqa: N818
    """Making a view was given up: something newer is wanted."""


class Asked(msgspec.Struct, frozen=True):
    """What a view is made of: the session, in its course alone, titles of all, pages it cites.

    `seen` is the page that is looked at, from 0. `before` is the session before the last save,
    `earlier` the last view. `chapters` say how sessions are called in the course.
    """

    product: str
    course: Course
    titles: dict[str, str]
    maps: dict[str, dict[str, int]]
    root: Path
    paper: str
    seen: int = 0
    before: Session | None = None
    earlier: View | None = None
    chapters: dict[str, Chapter] = {}

    @property
    def session(self) -> Session:
        """The session."""
        return self.course.sessions[0]

    @property
    def row(self) -> Product:
        """The product's row."""
        return SHOWN[self.product]


def make_view(asked: Asked, going_on: Callable[[], None], show: Callable[[View], None]) -> View:
    """Return a view; `show` gets it before, with the page that is looked at, where that is sooner.

    `going_on` is called now and then, and may raise `Stopped`.
    """
    return msgspec.structs.replace(_made(asked, going_on, show), session=asked.session)


def _made(asked: Asked, going_on: Callable[[], None], show: Callable[[View], None]) -> View:
    with files.recorded({COURSE: asked.root, PROGRAM: layouts()}) as trace:
        course = Recorded(**msgspec.structs.asdict(asked.course))
        found = page(asked.row, course, asked.session.path)
        if found is None:
            return View(asked.product, asked.session.path, facts=trace.facts, exists=False)
        found = found.with_references(Titles(asked.titles), asked.maps, asked.chapters)
        make = _Document if asked.row.writer == "pdf" else _Deck
        try:
            with _steps(going_on):
                return make(asked, found, trace.facts, show).view()
        except LayoutError as error:
            return _failed(asked, trace.facts, error.finding)


def _failed(asked: Asked, facts: dict[str, str], *findings: Diagnostic) -> View:
    return View(asked.product, asked.session.path, facts=facts, findings=findings)


class _Document:
    """A document of pages while it is made."""

    def __init__(
        self, asked: Asked, found: Page, facts: dict[str, str], show: Callable[[View], None]
    ) -> None:
        self.asked, self.found, self.facts, self.show = asked, found, facts, show
        self.gallery = Gallery(asked.root)
        self.stamp = ""
        self.lines: list[str] = []
        self.shown: str | None = None
        """The name of the page's picture that was shown before the whole."""

    def view(self) -> View:
        """Return the view; the page that is looked at is shown as soon as it is there."""
        asked = self.asked
        with collected() as self.lines, few_collections():
            html = render(self.found, asked.root, self.gallery)
            sheets = stylesheets(self.found, asked.root, asked.paper)
            self.stamp = _stamp(self.facts, sheets)
            before = asked.earlier.laid_out if asked.earlier else None
            first = FirstPage(asked.seen, self.stamp, before, self._show_first)
            with nullcontext() if asked.row.fillable else first.in_place():
                document = laid_out(html, sheets, asked.root, self.gallery, forms=asked.row.fillable)  # fmt: skip
            reports = reported(dict.fromkeys(self.lines), Span(asked.session.path))
            made = self._made(document, (*self.gallery.findings, *reports))
            keys = [sheet.key for sheet in made.sheets]
            seen = min(asked.seen, len(keys) - 1)
            if keys[seen] != self.shown and len(keys) > 1:
                self._show_one(document.copy([document.pages[seen]]), made, keys[seen])
            data = document.write_pdf(pdf_forms=asked.row.fillable)
            pictures = {key: PdfPage(data, at) for at, key in enumerate(keys)}
            made = msgspec.structs.replace(made, pictures=pictures, laid_out=first.kept)
            return _searched(made, Written(data), asked)

    def _made(self, document: Document, findings: tuple[Diagnostic, ...]) -> View:
        shown = list(shapes(document))
        keys = [files.fingerprint((shape.print + self.stamp).encode()) for shape in shown]
        sheets = _sheets(self.asked, keys, [(s.width, s.height, s.blocks) for s in shown])
        return View(self.asked.product, self.asked.session.path, sheets, {}, page_map(document),
                    self.facts, findings)  # fmt: skip

    def _show_first(self, document: Document) -> None:
        """Show a page that was laid out before the others, in its place among those of the view before."""
        earlier = self.asked.earlier
        if earlier is None or self.asked.seen >= len(earlier.sheets):
            return
        alone = document.copy(trimmed(document).pages[:1])
        alone._html = document._html
        made = self._made(alone, ())
        sheets = list(map(_unmarked, earlier.sheets))
        sheets[self.asked.seen] = made.sheets[0]
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
        view = _searched(made, Written(data), self.asked)
        if not view.failed:
            self.show(view)


class _Deck:
    """A deck while it is made; slides are drawn when they are looked at."""

    def __init__(
        self, asked: Asked, found: Page, facts: dict[str, str], show: Callable[[View], None]
    ) -> None:
        self.asked, self.found, self.facts, self.show = asked, found, facts, show

    def view(self) -> View:
        """Return the view; the slide that is looked at is shown before the blocks of the others are known."""
        asked = self.asked
        made = composed(self.found, asked.root)
        if made.deck is None:
            return _failed(asked, self.facts, *made.findings)
        seen = min(asked.seen, len(made.deck.slides) - 1)
        if asked.earlier is not None and len(asked.earlier.sheets) == len(made.deck.slides):
            view = self._made(made, range(seen, seen + 1))
            if not view.failed:
                self.show(msgspec.structs.replace(view, whole=False))
        return self._made(made, range(len(made.deck.slides)))

    def _made(self, made: Composed, numbers: range) -> View:
        """Return a view whose slides of those numbers have their blocks, and the others are as they were."""
        asked, deck = self.asked, made.deck
        if deck is None:
            raise ValueError("there is no deck")
        slides = [deck.slides[n] for n in numbers]
        said = Said(asked.session)
        placed = [blocks_on(slide, deck, made.template, said) for slide in slides]
        size = deck.width * PIXELS, deck.height * PIXELS
        keys = _slide_keys(slides, _stamp(self.facts, ()))
        sheets = _sheets(asked, keys, [(*size, blocks) for blocks in placed])
        if asked.row.audience == "facilitator":
            rows = zip(sheets, slides, strict=True)
            sheets = tuple(msgspec.structs.replace(s, notes=notes_of(slide)) for s, slide in rows)
        pictures: dict[str, Picture] = {
            key: SlidePicture(slide, deck, made.template, asked.root)
            for key, slide in zip(keys, slides, strict=True)
        }
        if asked.earlier is not None and len(slides) < len(deck.slides):
            before = asked.earlier
            others = tuple(map(_unmarked, before.sheets))
            sheets = (*others[: numbers.start], *sheets, *others[numbers.stop :])
            pictures = {**before.pictures, **pictures}
        begin = {i: n for i, n in deck.pages().items() if i in said.nodes}
        view = View(asked.product, asked.session.path, sheets, pictures, begin, self.facts, made.findings)  # fmt: skip
        written = Written(b"")
        written.pieces = [Piece(f"slide {s.number}", words_on(s, made.template)) for s in slides]
        return _searched(view, written, asked)


def _slide_keys(slides: Sequence[Slide], stamp: str) -> list[str]:
    """Return the names of slides' pictures: what is seen of them, and the files that were looked at."""
    return [
        files.fingerprint(
            msgspec.msgpack.encode(
                msgspec.structs.replace(slide, notes=(), covers=(), source="", section="")
            )
            + stamp.encode()
        )
        for slide in slides
    ]


def _searched(view: View, written: Written, asked: Asked) -> View:
    """Return a view with what the search for withheld words finds in its pages; none of them where it leaks."""
    ids = frozenset(spot.id for sheet in view.sheets for spot in sheet.spots)
    made = judged(Made(b"%PDF-", ids=ids), asked.row, asked.course, asked.titles, written)
    view = msgspec.structs.replace(view, findings=(*view.findings, *made.findings))
    return view if made.data else msgspec.structs.replace(view, sheets=(), pictures={})


def _sheets(
    asked: Asked, keys: list[str], placed: list[tuple[float, float, Blocks]]
) -> tuple[Sheet, ...]:
    elsewhere = asked.earlier.names if asked.earlier else frozenset()
    seen = for_learner if asked.row.audience == "learner" else lambda session: session

    def changed(names: frozenset[str]) -> dict[str, set[str]]:
        if asked.before is None:
            return {}
        return changed_blocks(seen(asked.session), seen(asked.before), names | elsewhere)

    on = spots([blocks for *_, blocks in placed], lines_of(asked.session), changed)
    return tuple(
        Sheet(key, round(width), round(height), mine)
        for key, (width, height, _), mine in zip(keys, placed, on, strict=True)
    )


def _unmarked(sheet: Sheet) -> Sheet:
    """Return a sheet of the view before, on which nothing is new any more."""
    spots = tuple(msgspec.structs.replace(spot, changed=False) for spot in sheet.spots)
    return msgspec.structs.replace(sheet, spots=spots)


def _stamp(facts: dict[str, str], sheets: Iterable[Path | str]) -> str:
    """Return the fingerprint of what was looked at: pictures, layouts, and styles, files or texts."""
    looked = {
        name: value
        for name, value in facts.items()
        if name.startswith(STAMPED) and not name.endswith((".ttf", ".otf"))
    }
    texts = (s.encode() if isinstance(s, str) else s.read_bytes() for s in sheets)
    styles = [files.fingerprint(text) for text in texts]
    return value_print((looked, styles))


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
