"""The table of products, and what of a session each of them prints."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal

import msgspec

from courseware.model.inline import plain_text
from courseware.model.session import Chapter, Course, Session, named_in_course
from courseware.model.times.delivery import Appointment, Delivery
from courseware.model.times.shortened import LeftOut, left_out, shortened, with_times
from courseware.model.times.timing import run_sheet
from courseware.model.variants import for_group, for_others
from courseware.products.answers.key import answer_key
from courseware.products.deck.cues import words_for
from courseware.products.guide.guide import guide
from courseware.products.labels import SIBLING, address, page_label
from courseware.products.projection import for_product
from courseware.products.run_book.run_book import RunBook, run_book
from courseware.products.typography import signer
from courseware.products.workbook.terms import digest
from courseware.products.worksheet.worksheet import worksheet


class Product(msgspec.Struct, frozen=True):
    """A row of `PRODUCTS`: `command` builds it, `folder` under the output holds its files.

    `scope` says whether there is a file a session, called like the session, or one a course, called
    like the command. `content` makes what the layout gets besides the session, of the session as its audience sees it;
    where it makes None, there is no such product of that session. Of a course, `summary` makes what
    the layout gets besides the sessions' pages.
    `writer` names the row of `writing.writers.WRITERS` that makes its files. `cites` are the
    products on whose pages its own pages say where a block is; see `Page.where`. `fillable` tells
    whether it can be filled in on screen. `after` is the folder of its files where the course
    gives them to learners, with `answers: after`. `sees` names whose projection its layout gets,
    where that is not its audience's: slides for learners show the times of the facilitator's run
    sheet. Where it `hides`, what falls out of a plan stays in its place, hidden; elsewhere it is not there.
    A folder of the course has `parts`: the products whose files are put into it. Its own file is its
    first page. A file of the course that `holds` products has theirs joined between the pages of its own
    layout, which gets of each session what `digest` leaves of it: memory does not grow with the course.
    """

    name: str
    command: str
    audience: Literal["learner", "facilitator"]
    layout: str
    folder: str
    suffix: str = ".pdf"
    content: Callable[[Course, Session], object] | None = None
    writer: Literal[
        "pdf", "pptx", "pptx-plain", "deck-pdf", "notes-pdf", "part", "folder", "calendar"
    ] = "pdf"
    cites: tuple[str, ...] = ()
    fillable: bool = False
    after: str = ""
    sees: Literal["", "learner", "facilitator"] = ""
    hides: bool = False
    scope: Literal["session", "course"] = "session"
    summary: Callable[[tuple[Page, ...]], object] | None = None
    parts: tuple[Product, ...] = ()
    holds: tuple[str, ...] = ()
    digest: Callable[[Session], Session] | None = None

    def place(self, course: Course) -> str:
        """Return the folder, under the output, of this product's files in a course."""
        return self.after if self.after and course.answers == "after" else self.folder

    def file(self, course: Course, stem: str) -> str:
        """Return the path, under the output, of this product's file called `stem`."""
        place = self.place(course)
        return f"{place}/{stem}{self.suffix}" if place else f"{stem}{self.suffix}"

    def parts_of(self, course: Course) -> tuple[Product, ...]:
        """Return the products whose files are put into this folder or file: into the learners', nothing but theirs.

        They get answers only where the course gives them, with `answers: after`.
        """
        theirs = self.audience == "facilitator"
        given = course.answers == "after"
        return tuple(
            p
            for p in (*self.parts, *(PRODUCTS[name] for name in self.holds))
            if theirs or p.audience == "learner" or (p.after and given)
        )

    def cited_in(self, course: Course) -> tuple[str, ...]:
        """Return the products that this one cites in a course: not what it would hold there and does not."""
        held = {part.name for part in self.parts_of(course)}
        return tuple(name for name in self.cites if name not in self.holds or name in held)


WHOLE = "."
"""The path, in a course, of what is none session's alone."""
FULL = "full"
"""What a page calls the map of the handout in full, where it is of a plan for another length."""
COUNTS = "counts"
"""What a course's page calls the map of how many pages the files of its sessions have, by product and path."""
REFERENCES = ("worksheet", "handout", "slides", "guide")
"""References go one way: of these products, one may cite those before it, also where the table
does not have them yet; then there is no page to cite."""


def table(rows: tuple[Product, ...]) -> dict[str, Product]:
    """Return rows by name; a double, an unknown cited name or a circle raises `RuntimeError`."""
    found = {row.name: row for row in rows}
    if len(found) != len(rows):
        raise RuntimeError("a product stands twice in the table")
    for row in rows:
        unknown = set(row.cites) - found.keys() - set(REFERENCES)
        if unknown:
            raise RuntimeError(f"{row.name} cites {min(unknown)}, which is no product")
        if any(found[name].scope == "course" for name in found.keys() & set(row.cites)):
            raise RuntimeError(f"{row.name} cites a product of the whole course")
        if not set(row.holds) <= {n for n in row.cites if n in found and found[n].writer == "pdf"}:
            raise RuntimeError(f"{row.name} holds what it does not cite, or what is no PDF")
        if row.scope == "course" and row.writer not in ("pdf", "calendar"):
            raise RuntimeError(f"{row.name} is of the whole course: that is written as PDF")
    try:
        TopologicalSorter({row.name: row.cites for row in rows}).prepare()
    except CycleError as error:
        raise RuntimeError(f"products cite in a circle: {error.args[1]}") from None
    return found


def appointment(course: Course, session: Session) -> Appointment | None:
    """Return a session's place in the calendar; None where it has none, or no calendar was given out."""
    own = course.delivery
    return own if isinstance(own, Appointment) and course.issue.issued else None


def course_of_guides(parts: tuple[Page, ...]) -> RunBook:
    """Return what the run book's own pages hold besides those of its guides."""
    return run_book([part.content for part in parts])


PRODUCTS = table(
    (
        Product("handout", "handouts", "learner", "handout/page.html.j2", "handouts",
                cites=("worksheet",)),
        Product("worksheet", "worksheets", "learner", "worksheet/page.html.j2", "worksheets",
                content=worksheet, fillable=True),
        Product("slides", "slides", "facilitator", "slides/deck.html.j2", "slides", ".pptx",
                writer="pptx", cites=("worksheet", "handout"), hides=True),
        Product("guide", "guides", "facilitator", "guide/page.html.j2", "guides", content=guide,
                cites=("worksheet", "handout", "slides")),
        Product("answers", "answers", "facilitator", "answers/page.html.j2", "answers",
                content=answer_key, after="answers-for-learners"),
        Product("run-book", "run-book", "facilitator", "run-book/page.html.j2", "", content=guide,
                cites=("worksheet", "handout", "slides", "guide"), scope="course", holds=("guide",),
                summary=course_of_guides),
        Product("schedule", "schedule", "learner", "", "", ".ics", content=appointment,
                writer="calendar", scope="course"),
        Product("workbook", "workbook", "learner", "workbook/page.html.j2", "",
                cites=("handout", "worksheet", "answers"), scope="course", fillable=True,
                holds=("handout", "worksheet", "answers"), digest=digest),
    )
)  # fmt: skip

VARIANTS = {
    "slides --no-notes": msgspec.structs.replace(
        PRODUCTS["slides"], audience="learner", suffix=".no-notes.pptx", writer="pptx-plain",
        cites=(), sees="facilitator"),
    "slides --pdf": msgspec.structs.replace(
        PRODUCTS["slides"], audience="learner", suffix=".pdf", writer="deck-pdf",
        cites=(), sees="facilitator"),
    "slides --notes-pdf": msgspec.structs.replace(
        PRODUCTS["slides"], suffix=".notes.pdf", writer="notes-pdf"),
}  # fmt: skip
"""Products in another form, by the option that asks for it; `all` makes them where course.yml says so."""
_WEB_PAGE = msgspec.structs.replace(
    PRODUCTS["handout"], layout="site/article.html.j2", folder="pages", suffix=".zip", writer="part"
)
SITES = {
    "site": Product(
        "site", "site", "learner", "site/index.html.j2", "", "/index.html", writer="folder",
        scope="course",
        parts=(_WEB_PAGE, PRODUCTS["handout"], PRODUCTS["worksheet"], VARIANTS["slides --pdf"],
               PRODUCTS["answers"], PRODUCTS["workbook"], PRODUCTS["schedule"])),
    "site-facilitators": Product(
        "site-facilitators", "site-facilitators", "facilitator", "site/facilitators.html.j2", "",
        "/index.html", writer="folder", scope="course",
        parts=(PRODUCTS["guide"], PRODUCTS["slides"], PRODUCTS["answers"], PRODUCTS["run-book"],
               PRODUCTS["schedule"])),
}  # fmt: skip
"""Folders of the course's files, by name; `all` makes them where course.yml says so."""
FORMS = ChainMap(VARIANTS, SITES, PRODUCTS)
"""All that a build may be asked for: products, products in another form, folders of files."""


def product_called(word: str) -> str:
    """Return the name of the product that a word names, as it or as its command, "" where there is none."""
    plain = " ".join(word.casefold().split())
    return next((name for name, row in FORMS.items() if plain in (name, row.command)), "")


class Reference(msgspec.Struct, frozen=True):
    """What is printed of a link to another session: how the page there is called, and its address."""

    label: str
    address: str


class Page(msgspec.Struct, frozen=True):
    """What a layout gets: the course, the session as its product prints it, all sessions' titles.

    `course` holds of its sessions this one only, as the audience may see it. A page of a course has
    `parts`, each the page of a session; its own session has the course's title and no sections. `maps` are, by
    product, the pages of the session's blocks; a product that the session does not have is absent.
    `content` is what the product's row makes.
    `left_out` is what falls out of a plan for another length, and what is for other people alone; the
    pages of the handout in full are in the map `FULL`. `chapters` say, by path, how the sessions are called
    in the course's own files.
    """

    product: Product
    course: Course
    session: Session
    titles: dict[str, str]
    content: Any = None
    maps: dict[str, dict[str, int]] = {}
    left_out: tuple[LeftOut, ...] = ()
    parts: tuple[Page, ...] = ()
    chapters: dict[str, Chapter] = {}

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions that it prints."""
        return tuple(part.session for part in self.parts) or (self.session,)

    def label(self, product: str, number: int | str = "") -> str:
        """Return how a page of a product of this session is called in the whole course: "7·W3"."""
        if not self.chapters:
            return str(number)
        words = words_for(self.course, self.session)
        return page_label(words, product, self.chapter.mark, number)

    def reference(self, target: str) -> Reference | None:
        """Return how a link to another session is printed in a handout, None for another link.

        Its page is known where the session comes before this one in the course, or the link names no place in it;
        else the session's number stands for it.
        """
        path, _, place = target.partition("#")
        chapter = (
            self.chapters.get(path, Chapter())
            if self.chapters and path != self.session.path
            else Chapter()
        )
        if self.product != PRODUCTS["handout"] or not chapter.mark:
            return None
        pages = self.maps.get(self.product.name, {})
        number = pages.get(named_in_course(chapter.name, place)) if place else 1
        words = words_for(self.course, self.session)
        label = page_label(words, "handout", chapter.mark, number) if number else chapter.mark
        return Reference(label, address(chapter.name, number or 1, place, SIBLING))

    def cited(self, product: str, block_id: str) -> str:
        """Return how the page or slide is called where a block begins in a product of this session, or ""."""
        number = self.where(product, block_id)
        return self.label(product, number) if number else ""

    @property
    def chapter(self) -> Chapter:
        """How its session is called in the course's own files."""
        return self.chapters.get(self.session.path, Chapter())

    def with_references(
        self, titles: dict[str, str], maps: dict[str, dict[str, int]], chapters: dict[str, Chapter]
    ) -> Page:
        """Return the page, and its parts, with sessions' titles, the pages of products that it cites, and chapters.

        A part has the pages of its own session alone.
        """
        own = _by_session(maps) if self.parts else {}
        names = [chapters.get(part.session.path, Chapter()).name for part in self.parts]
        parts = tuple(
            part.with_references(titles, own.get(name, {}), chapters)
            for part, name in zip(self.parts, names, strict=True)
        )
        return msgspec.structs.replace(
            self, titles=titles, maps=maps, parts=parts, chapters=chapters
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many pages the files have that a course's page cites: "handout 07-teams.md"."""
        return self.maps.get(COUNTS, {})

    def where(self, product: str, block_id: str) -> int | None:
        """Return the page or slide, from 1, where a block begins in a product of this session.

        None where the session has no such product, or the product does not hold the block. A
        product that this one does not cite raises `LookupError`.
        """
        if product not in self.product.cites:
            raise LookupError(f'{self.product.name} does not cite "{product}"')
        return self.maps.get(product, {}).get(block_id)

    def span(self, product: str, blocks: Iterable[str]) -> str:
        """Return the pages or slides that blocks are on, as "7·4", "7·4–6" or "7·1–2, 6"; else "".

        Pages between are theirs, too, unless something else begins there.
        """
        mine = set(blocks)
        found = sorted({n for n in (self.where(product, b) for b in mine) if n is not None})
        others = {n for b, n in self.maps.get(product, {}).items() if b not in mine}
        runs: list[list[int]] = []
        for number in found:
            if runs and not others & set(range(runs[-1][1] + 1, number)):
                runs[-1][1] = number
            else:
                runs.append([number, number])
        comma = words_for(self.course, self.session).comma
        said = comma.join(f"{low}–{high}" if high > low else str(low) for low, high in runs)
        return self.label(product, said) if said else ""

    def in_full(self, blocks: Iterable[str]) -> int | None:
        """Return the page of the handout in full on which the first of `blocks` is, or None."""
        pages = self.maps.get(FULL, {})
        return min((pages[b] for b in blocks if b in pages), default=None)


def _by_session(maps: Mapping[str, dict[str, int]]) -> dict[str, dict[str, dict[str, int]]]:
    """Return maps of a whole course apart: by session's file name, then by product."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for product, pages in maps.items():
        for block, number in pages.items():
            name = block.partition("--")[0].partition(".")[0]  # a part's name ends in its product's
            own = found.setdefault(name, {})
            own.setdefault(product, {})[block] = number
    return found


def page(product: Product, course: Course, path: str) -> Page | None:
    """Return what `product` prints of the session at `path`; None where there is no such product."""
    mine = msgspec.structs.replace(
        course, sessions=tuple(s for s in course.sessions if s.path == path)
    )
    others: tuple[LeftOut, ...] = ()
    if course.group:
        whole = mine.for_audience(product.audience).sessions
        others = tuple(part for s in whole for part in for_others(s, course.group))
        mine = msgspec.structs.replace(
            mine, sessions=tuple(for_group(s, course.group) for s in mine.sessions)
        )
    if not mine.for_audience(product.audience).sessions:
        return None
    seen = mine.for_audience(product.sees or product.audience)
    session, out = _planned(product, mine, seen.sessions[0])
    content = product.content(seen, session) if product.content else None
    if product.content and content is None:
        return None
    signed = signer(course, session.language)
    printed, content = signed(for_product(session, product.name)), signed(content)
    names = titles(product.audience, course)
    return Page(product, seen, printed, names, content, left_out=signed((*out, *others)))


def course_page(
    product: Product, course: Course, deliveries: Mapping[str, Delivery]
) -> Page | None:
    """Return what `product`, whose scope is the course, prints; None where none of its sessions has a part.

    The ids of the sessions' blocks are unique in the course; `deliveries` are theirs by path.
    """
    alone = (
        (s.path, msgspec.structs.replace(course, delivery=deliveries.get(s.path, course.delivery)))
        for s in course.sessions
    )
    parts = tuple(found for path, mine in alone if (found := page(product, mine, path)))
    if not parts:
        return None
    printed = msgspec.structs.replace(course, sessions=tuple(part.session for part in parts))
    cover = Session(path=WHOLE, title=plain_text(course.name), language=course.language)
    cover = signer(course)(cover)
    content = product.summary(parts) if product.summary else None
    names = titles(product.audience, course)
    return Page(product, printed, cover, names, content, parts=parts)


def _planned(
    product: Product, course: Course, session: Session
) -> tuple[Session, tuple[LeftOut, ...]]:
    """Return a session, as an audience sees it, as a plan has it, and what falls out of the plan.

    Only a variant has a plan; one without a length is as the session is.
    """
    if product.digest or not course.variant or course.delivery.length is None:
        return session, ()
    sheet = run_sheet(course.sessions[0], course.delivery)
    say = words_for(course, session).minutes
    kept = with_times(session, sheet, say) if product.hides else shortened(session, sheet, say)
    return kept, left_out(session, sheet)


def titles(audience: Literal["learner", "facilitator"], course: Course) -> dict[str, str]:
    """Return the titles, by path, of the sessions that an audience may see."""
    return {
        s.path: f"{s.label}: {title}" if s.label else title
        for s in course.sessions
        for title in [signer(course, s.language)(s.title).plain]
        if audience == "facilitator" or s.role == "session"
    }
