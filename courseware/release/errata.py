"""The page of errata: which pages learners are to print again, laid out as everything else is."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from courseware.course.loading import Loaded
from courseware.inspection.made import Made
from courseware.language.printed import Printed, printed
from courseware.model.inline import plain_text
from courseware.model.session import Session
from courseware.products.table import WHOLE, Page, Product
from courseware.release.changes import Changes, FileChange, listed, name_of
from courseware.writers import WRITERS

ERRATA = Product("errata", "errata", "learner", "errata/page.html.j2", "", scope="course")
"""The page as a product: it is no row of the table, as a release makes it and not a build."""


class Erratum(msgspec.Struct, frozen=True):
    """A product of a session, and what changed in it: in the course's words."""

    product: str
    what: str


class SessionErrata(msgspec.Struct, frozen=True):
    """A session, "" for the course as a whole, with its entries."""

    title: str
    entries: tuple[Erratum, ...]


class Errata(msgspec.Struct, frozen=True):
    """What the layout gets: the version that changes are told against, and the later one's groups."""

    since: str
    version: str
    groups: tuple[SessionErrata, ...]


def errata(told: Changes, loaded: Loaded, paper: str) -> Made | None:
    """Return the page on learners' changes, as a PDF with its findings; None where there is nothing to print."""
    course = loaded.course
    say = printed(course.language, course.words)
    groups = tuple(_groups(told, say))
    if not groups:
        return None
    content = Errata(told.since, told.version or loaded.settings.version, groups)
    seen = msgspec.structs.replace(course, sessions=())
    cover = Session(path=WHOLE, title=plain_text(course.title), language=course.language)
    page = Page(ERRATA, seen, cover, {}, content)
    return WRITERS[ERRATA.writer].write(page, loaded.root, paper)


def _groups(told: Changes, say: Printed) -> Iterator[SessionErrata]:
    for session in told.sessions:
        entries = [Erratum(_name(f, say), what) for f in session.files if (what := _what(f, say))]
        if entries:
            title = name_of(session.number, session.title) if session.title else ""
            yield SessionErrata(title, tuple(entries))


def _name(file: FileChange, say: Printed) -> str:
    """Return what a file's product is called in the course's language, else its name."""
    bare = file.product.partition(" ")[0]
    return say(bare) if bare in say else bare.replace("-", " ").capitalize()


def _what(file: FileChange, say: Printed) -> str:
    """Return what is to be done about a file of pages, "" where its words are as they were."""
    if file.state != "changed":
        return say("errata_new") if file.state == "new" else say("errata_gone")
    if file.start:
        out = file.start > file.pages
        return say("errata_out" if out else "errata_from", page=file.start)
    if not file.words:
        return ""
    return say(
        "errata_page" if len(file.words) == 1 else "errata_pages",
        pages=listed(file.words, file.names),
    )
