"""A product of a session as the preview shows it: its pages, made by the layout engine or the deck's own drawing.

A view is made in steps, the page that is looked at first. What learners get is searched for what is
withheld from them before a page of it is shown, as every build does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from courseware import files
from courseware.build.run.work import COURSE, PROGRAM, value_print
from courseware.diagnostics import Diagnostic, Severity
from courseware.files import LIST, LOOK, READ
from courseware.inspection.leaks import WrittenFile, judged
from courseware.inspection.made import Made
from courseware.model.session import Chapter, Course, Session, for_learner
from courseware.products.table import PRODUCTS, VARIANTS, Product
from courseware.serve.pictures import ViewPicture
from courseware.serve.places import Blocks, Spot, spots
from courseware.serve.sources import changed_blocks, lines_of
from courseware.weasyprint_speed.first_page import EarlierLayout

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
Note = tuple[str, int, str, int]
"""A paragraph of a slide's notes: "head", its bullet or "", how far in, its words, their line or 0."""


class ViewPage(msgspec.Struct, frozen=True):
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
    sheets: tuple[ViewPage, ...] = ()
    pictures: Mapping[str, ViewPicture] = {}
    map: dict[str, int] = {}
    facts: dict[str, str] = {}
    findings: tuple[Diagnostic, ...] = ()
    exists: bool = True
    seconds: float = 0.0
    whole: bool = True
    laid_out: EarlierLayout | None = None
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


class ViewSource(msgspec.Struct, frozen=True):
    """What a view is made of: the session, in its course alone, titles of all, pages it cites.

    `seen` is the page that is looked at, from 0; None where it is another product's. `before` is the session before the last save,
    `earlier` the last view. `chapters` say how sessions are called in the course.
    """

    product: str
    course: Course
    titles: dict[str, str]
    maps: dict[str, dict[str, int]]
    root: Path
    paper: str
    seen: int | None = 0
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


def touches(view: View, names: set[str]) -> bool:
    """Whether a view looked at one of the course's files, or at a folder that has one of them."""
    for name in names:
        folder = name.rpartition("/")[0]
        if any(f"{verb}{COURSE}:{name}" in view.facts for verb in (READ, LOOK)):
            return True
        if f"{LIST}{COURSE}:{folder}" in view.facts:
            return True
    return False


def searched(view: View, written: WrittenFile, asked: ViewSource) -> View:
    """Return a view with what the search for withheld words finds in its pages; none of them where it leaks."""
    ids = frozenset(spot.id for sheet in view.sheets for spot in sheet.spots)
    made = judged(Made(b"%PDF-", ids=ids), asked.row, asked.course, asked.titles, written)
    view = msgspec.structs.replace(view, findings=(*view.findings, *made.findings))
    return view if made.data else msgspec.structs.replace(view, sheets=(), pictures={})


def sheets_of(
    asked: ViewSource, keys: list[str], placed: list[tuple[float, float, Blocks]]
) -> tuple[ViewPage, ...]:
    """Return sheets of pictures' names, sizes and blocks; what is new since the last save is marked."""
    elsewhere = asked.earlier.names if asked.earlier else frozenset()
    seen = for_learner if asked.row.audience == "learner" else lambda session: session

    def changed(names: frozenset[str]) -> dict[str, set[str]]:
        if asked.before is None:
            return {}
        return changed_blocks(seen(asked.session), seen(asked.before), names | elsewhere)

    on = spots([blocks for *_, blocks in placed], lines_of(asked.session), changed)
    return tuple(
        ViewPage(key, round(width), round(height), mine)
        for key, (width, height, _), mine in zip(keys, placed, on, strict=True)
    )


def unmarked(sheet: ViewPage) -> ViewPage:
    """Return a sheet of the view before, on which nothing is new any more."""
    spots = tuple(msgspec.structs.replace(spot, changed=False) for spot in sheet.spots)
    return msgspec.structs.replace(sheet, spots=spots)


def stamp_of(facts: dict[str, str], sheets: Iterable[Path | str]) -> str:
    """Return the fingerprint of what was looked at: pictures, layouts, and styles, files or texts."""
    looked = {
        name: value
        for name, value in facts.items()
        if name.startswith(STAMPED) and not name.endswith((".ttf", ".otf"))
    }
    texts = (s.encode() if isinstance(s, str) else s.read_bytes() for s in sheets)
    styles = [files.fingerprint(text) for text in texts]
    return value_print((looked, styles))


def failed(asked: ViewSource, facts: dict[str, str], *findings: Diagnostic) -> View:
    """Return a view that findings keep from being shown."""
    return View(asked.product, asked.session.path, facts=facts, findings=findings)
