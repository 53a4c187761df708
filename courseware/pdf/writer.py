"""HTML to PDF with WeasyPrint: shipped fonts only, nothing read but the course, no network."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from courseware.diagnostics import Diagnostic, Span
from courseware.html.design import constants, put_in
from courseware.html.sandbox import LayoutError
from courseware.media.pictures import Gallery
from courseware.pdf.engine import CSS, LOGGER, few_collections
from courseware.pdf.engine import Document as Document
from courseware.pdf.engine_files import note_fonts, note_system
from courseware.pdf.fetching import CourseFetcher
from courseware.pdf.finishing import Tagger
from courseware.pdf.growing import grown, let_go, trimmed
from courseware.pdf.parting import parted
from courseware.pdf.sheets import begun, name_places
from courseware.pdf.stylesheets import parsed, texts
from courseware.pdf.tightening import tightened
from courseware.process import MOST_MEMORY, Overdue, bounded_memory, limited
from courseware.weasyprint_speed.parsing import read
from courseware.weasyprint_speed.shaping import fonts_for

LEAST, EACH = 15.0, 5_000
"""Seconds of processor time that any document may take, and characters of HTML that allow another one.

A handout of 100,000 characters may take 35; it takes some three. See `bounded`.
"""
_ID = re.compile(r"""\sid=["']([^"']+)["']""")


class WrittenPdf(msgspec.Struct, frozen=True):
    """A PDF's bytes, how many pages it has, and what the layout engine reported.

    `map` says for each id on which page, from 1, its element begins; `ids` are all in the HTML.
    Where only the map was asked for, there are no bytes.
    `findings` are those on its pictures and formulas.
    """

    data: bytes
    pages: int
    reports: tuple[str, ...]
    map: dict[str, int]
    findings: tuple[Diagnostic, ...] = ()
    ids: frozenset[str] = frozenset()


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


def longest(html: str, root: Path) -> float:
    """Return the seconds of processor time that a document may take; no end where no layouts are the course's.

    The program's own are trusted: what a session holds has bounds where it is read.
    """
    return LEAST + len(html) / EACH if has_layouts(root) else float("inf")


def has_layouts(root: Path) -> bool:
    """Whether a course has layouts of its own."""
    return (root / "layouts").is_dir()


@contextmanager
def bounded(html: str, root: Path) -> Iterator[None]:
    """Hold the engine to a time and memory where a course's own layouts are, and blame what stops it on them."""
    seconds = longest(html, root)
    if seconds == float("inf"):
        yield
        return
    with blamed(seconds), limited(seconds, processor=True), bounded_memory():
        yield


@contextmanager
def blamed(seconds: float) -> Iterator[None]:
    """Blame what stops the engine on the course's own layouts; without an end to the seconds, on nothing."""
    if seconds == float("inf"):
        yield
        return
    try:
        yield
    except Overdue:
        raise LayoutError(_stopped(f"it takes more than {seconds:.0f} s")) from None
    except MemoryError:
        most = MOST_MEMORY // 1_000_000_000
        raise LayoutError(_stopped(f"it takes more than {most} GB of memory")) from None
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        raise LayoutError(_stopped(str(error).split("\n")[0] or type(error).__name__)) from error


def _stopped(why: str) -> Diagnostic:
    message = f"the page cannot be laid out with the course's own layouts: {why}"
    return Diagnostic("C324", message, Span("layouts"), "take out what was changed there last")


def laid_out(
    html: str,
    stylesheets: Sequence[Path | str],
    root: Path,
    gallery: Gallery | None = None,
    *,
    forms: bool = False,
) -> Document:
    """Return `html` laid out in pages; its relative addresses start at the course's folder `root`.

    Its pictures are those of `gallery`. With `forms` its fields can be filled in, and writing space
    takes what its page has to spare. What the engine has to say goes to its logger: see `collected`.
    """
    tree, render = _prepared(html, stylesheets, root, gallery, forms)
    document = _placed(tree, render)
    return trimmed(grown(tree, render, document) if forms else document)


def _placed(tree: Any, render: Callable[[], Document]) -> Document:
    """Return a document laid out, each block on its page: nothing that comes after moves it."""
    return let_go(tree, render, parted(tree, render, tightened(tree, render)))


def _prepared(
    html: str, stylesheets: Sequence[Path | str], root: Path, gallery: Gallery | None, forms: bool
) -> tuple[Any, Callable[[], Document]]:
    """Return the tree of `html`, and what lays it out as it is then."""
    fetcher = CourseFetcher(root, gallery)
    note_fonts()
    note_system()
    urls = [s if isinstance(s, str) else s.absolute().as_uri() for s in stylesheets]
    own = [isinstance(sheet, str) for sheet in stylesheets]
    styles = [css for url, text in zip(urls, own, strict=True)
              for css in ([url] if text else (css for _, css in texts(url, fetcher)))]  # fmt: skip
    fetcher.values = constants(styles, html)
    fonts = fonts_for((*styles, html))
    sheets = [CSS(string=put_in(url, fetcher.values), url_fetcher=fetcher, font_config=fonts) if text
              else parsed(url, fetcher, fonts) for url, text in zip(urls, own, strict=True)]  # fmt: skip
    base = root.resolve().as_uri() + "/"
    made = read(html, base, fetcher, built_in=not has_layouts(root))
    name_places(made.etree_element)

    def render() -> Document:
        return made.render(
            stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", pdf_forms=forms
        )

    return made.etree_element, render


def write(
    html: str,
    stylesheets: Sequence[Path | str],
    root: Path,
    gallery: Gallery | None = None,
    *,
    forms: bool = False,
) -> WrittenPdf:
    """Return the PDF of `html`, whose relative addresses start at the course's folder `root`."""
    with collected() as lines, few_collections(), bounded(html, root):
        document = laid_out(html, stylesheets, root, gallery, forms=forms)
        tagger = Tagger(document)
        data = document.write_pdf(pdf_variant="pdf/ua-1", pdf_forms=forms, finisher=tagger.finish)
    return _made(document, html, gallery, lines, data)


def mapped(
    html: str,
    stylesheets: Sequence[Path | str],
    root: Path,
    gallery: Gallery | None = None,
    *,
    forms: bool = False,
) -> WrittenPdf:
    """Return what `write` does but for the bytes: nothing grows, as growing moves nothing."""
    with collected() as lines, few_collections(), bounded(html, root):
        tree, render = _prepared(html, stylesheets, root, gallery, forms)
        document = _placed(tree, render)
    return _made(document, html, gallery, lines)


def _made(
    document: Document, html: str, gallery: Gallery | None, lines: list[str], data: bytes = b""
) -> WrittenPdf:
    findings = tuple(gallery.findings) if gallery else ()
    reports = tuple(dict.fromkeys(lines))
    ids = frozenset(_ID.findall(html))
    return WrittenPdf(data, len(document.pages), reports, page_map(document), findings, ids)


def page_map(document: Document) -> dict[str, int]:
    """Return the page, from 1, on which the element of each id begins."""
    found: dict[str, int] = {}
    for number, names in enumerate(begun(document), 1):
        for name in names:
            found.setdefault(name, number)
    return dict(sorted(found.items()))
