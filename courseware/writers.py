"""The table of writers: how a page of a product becomes the bytes of a file.

A build knows a file's bytes, map, count and findings, and nothing of its format. A writer is
chosen by `Product.writer`; what it needs is imported when it is called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from courseware.diagnostics import Diagnostic, Span
from courseware.inspection.made import Made as Made
from courseware.language.twins import EASTERN
from courseware.products.table import Page

if TYPE_CHECKING:
    from courseware.pdf.writer import WrittenPdf
    from courseware.pptx.template.template import Template
    from courseware.pptx.values import ComposedDeck
    from courseware.pptx.write.making import Composed


class Writer(msgspec.Struct, frozen=True):
    """A row of `WRITERS`.

    `write` makes a file of a page, given the course's folder and the paper (a4, letter); what the
    program is to blame for, it raises. `fault` says what keeps bytes from being
    published, or "": it opens the file where that was written. `cut` asks the same at once, of what has
    come back from there: whether it is all there. `unit` is what its files have a number of. `mapped` does what `write` does but
    for the bytes, in less time; a format without it is written for its map, too.
    """

    write: Callable[[Page, Path, str], Made]
    fault: Callable[[bytes], str]
    cut: Callable[[bytes], str]
    unit: str
    mapped: Callable[[Page, Path, str], Made] | None = None


def _pdf(page: Page, root: Path, paper: str) -> Made:
    from courseware.pdf.pages import written

    return _pages(page, written(page, root, paper))


def _pdf_mapped(page: Page, root: Path, paper: str) -> Made:
    from courseware.pdf.pages import mapped

    return _pages(page, mapped(page, root, paper))


def _pages(page: Page, made: WrittenPdf) -> Made:
    reports = tuple(reported(made.reports, Span(page.session.path), made.data))
    found = Made(made.data, made.pages, (*made.findings, *reports), made.map, made.ids)
    return _without_boxes(found)


def _without_boxes(made: Made) -> Made:
    """Return a made file, without its bytes where a page of it is boxes in place of letters."""
    unread = any(finding.code == "C210" for finding in made.findings)
    return msgspec.structs.replace(made, data=b"") if unread else made


def _pdf_fault(data: bytes) -> str:
    from courseware.inspection.inspection import is_whole_pdf

    return "" if is_whole_pdf(data) else "an incomplete PDF"


def _pptx(page: Page, root: Path, paper: str) -> Made:
    return _deck(page, root, notes=True)


def _pptx_plain(page: Page, root: Path, paper: str) -> Made:
    return _deck(page, root, notes=False)


def _deck(page: Page, root: Path, notes: bool) -> Made:
    from courseware.pptx.write.draw import drawn
    from courseware.pptx.write.making import composed

    found = composed(page, root)
    if found.deck is None:
        return _slides(found)
    return _slides(found, drawn(found.deck, found.template, root, notes))


def _deck_mapped(page: Page, root: Path, paper: str) -> Made:
    from courseware.pptx.write.making import composed

    return _slides(composed(page, root))


def _slides(found: Composed, data: bytes = b"") -> Made:
    if found.deck is None:
        return Made(findings=found.findings)
    shown = found.deck.slides
    ids = frozenset(block for slide in shown for block in (slide.source, *slide.covers) if block)
    return Made(data, len(shown), found.findings, found.deck.pages(), ids)


def _deck_pdf(page: Page, root: Path, paper: str) -> Made:
    from courseware.pptx.pictures.printing import as_pages

    return _shown(page, root, as_pages)


def _notes_pdf(page: Page, root: Path, paper: str) -> Made:
    from courseware.pptx.pictures.sheets import with_notes

    return _shown(page, root, lambda deck, template: with_notes(deck, template, paper))


def _shown(page: Page, root: Path, html: Callable[[ComposedDeck, Template], str]) -> Made:
    """Return the PDF of a deck as `html` shows it."""
    from courseware.media.pictures import Gallery
    from courseware.pdf.writer import write
    from courseware.pptx.write.making import composed

    found = composed(page, root)
    if found.deck is None:
        return Made(findings=found.findings)
    made = write(html(found.deck, found.template), [], root, Gallery(root))
    reports = tuple(reported(made.reports, Span(page.session.path), made.data))
    findings = (*found.findings, *made.findings, *reports)
    return _without_boxes(Made(made.data, made.pages, findings, found.deck.pages(), made.ids))


def _pptx_fault(data: bytes) -> str:
    from courseware.pptx.write.check import fault

    return fault(data)


def _archive_cut(data: bytes) -> str:
    from courseware.inspection.inspection import is_whole_archive

    return "" if is_whole_archive(data) else "an incomplete archive"


def _part(page: Page, root: Path, paper: str) -> Made:
    from courseware.site.parts import write_part

    return write_part(page, root, paper)


def _folder(page: Page, root: Path, paper: str) -> Made:
    raise TypeError("a folder is put together of parts: see courseware/build/folders.py")


def _page_cut(data: bytes) -> str:
    return "" if data.rstrip().endswith(b"</html>") else "an incomplete page"


def _calendar(page: Page, root: Path, paper: str) -> Made:
    from courseware.schedule.calendar import CalendarEntry, write_calendar

    course, titles = page.course, page.titles
    name = f"{course.name} ({course.variant})" if course.variant else course.name
    issue = course.issue
    if course.variant:
        issue = msgspec.structs.replace(issue, id=f"{issue.id} {course.variant}")
    entries = [CalendarEntry(p.session.path, titles[p.session.path], p.content) for p in page.parts]
    data = write_calendar(name, course.language, issue, entries)
    return Made(data, sum(len(entry.appointment.sittings) for entry in entries))


def _calendar_fault(data: bytes) -> str:
    from courseware.schedule.calendar import read_calendar

    try:
        return "" if read_calendar(data).times else "a calendar without entries"
    except ValueError as error:
        return f"no calendar: {error}"


def _calendar_cut(data: bytes) -> str:
    return "" if data.rstrip().endswith(b"END:VCALENDAR") else "an incomplete calendar"


def _told(write: Callable[[Page, Path, str], Made]) -> Callable[[Page, Path, str], Made]:
    """Return a writer's function that tells of a layout of the course's that cannot be used."""

    def told(page: Page, root: Path, paper: str) -> Made:
        from courseware.html.sandbox import LayoutError

        try:
            return write(page, root, paper)
        except LayoutError as error:
            return Made(findings=(error.finding,))

    return told


_ROWS = {
    "pdf": Writer(_pdf, _pdf_fault, _pdf_fault, "pages", _told(_pdf_mapped)),
    "pptx": Writer(_pptx, _pptx_fault, _archive_cut, "slides", _told(_deck_mapped)),
    "pptx-plain": Writer(_pptx_plain, _pptx_fault, _archive_cut, "slides"),
    "deck-pdf": Writer(_deck_pdf, _pdf_fault, _pdf_fault, "slides"),
    "notes-pdf": Writer(_notes_pdf, _pdf_fault, _pdf_fault, "pages"),
    "part": Writer(_part, _archive_cut, _archive_cut, "pages"),
    "folder": Writer(_folder, _page_cut, _page_cut, "pages"),
    "calendar": Writer(_calendar, _calendar_fault, _calendar_cut, "entries"),
}
WRITERS = {name: msgspec.structs.replace(w, write=_told(w.write)) for name, w in _ROWS.items()}


_LACKING = re.compile(
    r'\.notdef glyph rendered for Unicode string unsupported by fonts: "(.+?)" \('
)
MOST_SHOWN = 12
"""Characters that are named; the rest are counted."""
HINT = "put a font that has them into the course's layouts/fonts and name it in --face: docs/layouts.md"
EXTRA = "set up the extra that the course wants: make extras, or courseware extras"
MOST_LACKING = 0.05
"""Of a page's letters, how many may be lacking: with more, nobody can read it."""


def reported(lines: Iterable[str], place: Span, data: bytes = b"") -> Iterator[Diagnostic]:
    """Yield the findings of a document's log; `place` is its session, `data` the PDF."""
    lacking: list[str] = []
    for line in lines:
        found = _LACKING.match(line)
        if found:
            lacking.append(found[1])
        else:
            yield Diagnostic("C302", line, place)
    if lacking:
        shown = " ".join(lacking[:MOST_SHOWN])
        more = f" and {len(lacking) - MOST_SHOWN} more" if len(lacking) > MOST_SHOWN else ""
        said = f"no font has these characters: {shown}{more}"
        hint = EXTRA if EASTERN.search("".join(lacking)) else HINT
        page, share = _worst_page(data, frozenset("".join(lacking)))
        if share > MOST_LACKING:
            told = f"page {page} lacks {share:.0%} of its letters: {said}"
            yield Diagnostic("C210", told, place, hint)
        else:
            yield Diagnostic("C302", said, place, hint)


def _worst_page(data: bytes, lacking: frozenset[str]) -> tuple[int, float]:
    """Return the page of a PDF that lacks the most of its letters, and the share of them."""
    from courseware.inspection.carried import pieces

    shares = [0.0]
    for piece in pieces(data) if data else ():
        letters = [sign for sign in piece.text if sign.isalpha()] if piece.flows else []
        shares.append(sum(sign in lacking for sign in letters) / max(len(letters), 1))
    worst = max(range(len(shares)), key=shares.__getitem__)
    return worst, shares[worst]
