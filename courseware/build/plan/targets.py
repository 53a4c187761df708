"""The plan of a build: the files to make, and whose pages they cite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from courseware.build.plan.queue import Crew
from courseware.build.state.readings import Readings
from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Span
from courseware.model.session import Session
from courseware.model.variants import Edition
from courseware.products.table import FULL, PRODUCTS, WHOLE, Product
from courseware.writers import WRITERS, Writer


class EarlierBuild(msgspec.Struct, frozen=True):
    """What lets a build spare work now, and the same order cost nothing the next time.

    `course` is the course's name in the index, `key` the order's. `facts` are what reading and
    checking the course looked at, `findings` what they found. `text` says a finding as it is told.
    The course's sessions are outlines of `readings`.
    """

    course: str
    key: str
    facts: dict[str, str]
    findings: tuple[Diagnostic, ...]
    text: Callable[[Diagnostic], str]
    readings: Readings


class Order(msgspec.Struct, frozen=True):
    """What to build: products of sessions, into `output`; `whole` where nothing was left out.

    `crew` says who performs the work. `forced` runs every job. `why` is told each job that runs, and the reason; `waiting` is called
    when another build holds the output. `editions` are the sets of files to make. `uncited` are
    products that cannot be made here: what would cite their pages goes without. Files of `stays` are left
    as they are. Who has no `password` cannot open what is the facilitator's in folders, where there is one.
    """

    products: tuple[Product, ...]
    sessions: tuple[Session, ...]
    output: Path
    paper: str = ""
    whole: bool = True
    forced: bool = False
    why: Callable[[str, str], None] = lambda name, reason: None
    waiting: Callable[[], None] = lambda: None
    earlier: EarlierBuild | None = None
    crew: Crew = Crew()
    editions: tuple[Edition, ...] = (Edition(),)
    uncited: frozenset[str] = frozenset()
    stays: frozenset[str] = frozenset()
    password: str = ""


class Target(msgspec.Struct, frozen=True):
    """A file that a job makes: its path in the output, and whether it is asked for.

    `sessions` are those that it is of: one, or more where the product's scope is the course. `needs`
    are the jobs whose pages it cites, by product and session's path. What is not asked for is made for its
    page map; `cited` says that some product cites it. `parts` are the jobs whose files a folder holds, by
    their place in `Product.parts_of` and session's path, "" for one of the whole course; a part that is no
    product itself is kept for it, and so is one that is `joined` with others.
    """

    name: str
    product: Product
    sessions: tuple[Session, ...]
    paper: str
    needs: dict[tuple[str, str], str]
    asked: bool = True
    edition: Edition = Edition()
    parts: dict[tuple[int, str], str] = {}
    joined: bool = False

    @property
    def is_part(self) -> bool:
        """Whether its file is kept for the folders or files that it goes into."""
        return self.joined or self.product.writer == "part"

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, named by its first page."""
        return self.product.writer == "folder"

    @property
    def writer(self) -> Writer:
        """The row of `WRITERS` that makes and checks the file."""
        return WRITERS[self.product.writer]

    @property
    def is_of_course(self) -> bool:
        """Whether the product's scope is the course."""
        return self.product.scope == "course"

    @property
    def span(self) -> Span:
        """The place of what is wrong with the file as a whole."""
        return Span(WHOLE if self.is_of_course else self.sessions[0].path)

    @property
    def cited(self) -> bool:
        """Whether some product cites this one's pages."""
        return any(self.product.name in product.cites for product in PRODUCTS.values())


def plan(
    loaded: Loaded,
    order: Order,
    names: dict[str, str],
    links: Callable[[str], tuple[str, ...]] = lambda path: (),
) -> dict[str, Target]:
    """Return the files to make by name: those asked for, and those whose pages they cite.

    `names` are the sessions' file names by path, `links` say where a session's links lead.
    """
    targets: dict[str, Target] = {}
    sessions = {session.path: session for session in loaded.course.sessions}
    own = loaded.course.paper
    places = {path: number for number, path in enumerate(sessions)}

    def has(product: Product, path: str, edition: Edition) -> bool:
        """Whether there is a product of a session, as far as its audience and the edition say."""
        theirs = product.audience == "facilitator" or sessions[path].role == "session"
        return theirs and edition.has(path)

    def parted(part: Product, paths: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the sessions of each file of a part: none where it stays, or would hold one session alone."""
        if part.scope == "session":
            return [(path,) for path in paths]
        return [] if part.name in order.stays or (part.holds and len(paths) < 2) else [paths]

    def before(path: str) -> Iterator[str]:
        """Yield the sessions before one in the course to places of which it leads: so none cites in a circle."""
        for link in links(path):
            other, _, place = link.partition("#")
            if place and other in places and places[other] < places[path]:
                yield other

    def add(
        product: Product, paths: tuple[str, ...], paper: str, asked: bool, edition: Edition
    ) -> str:
        """Add a product of sessions and what it cites; return its name, "" where there is none.

        What holds a session that has failed is not made.
        """
        paths = tuple(path for path in paths if has(product, path, edition))
        if not paths or not loaded.failed.isdisjoint(paths):
            return ""
        printed = paper != own and product.writer != "calendar"
        ending = edition.suffix + (f"-{paper}" if printed else "")
        stem = product.command if product.scope == "course" else names[paths[0]]
        name = product.file(loaded.course, stem + ending)
        if name not in targets or (asked and not targets[name].asked):
            cited = {(c, path): add(PRODUCTS[c], (path,), own, False, edition)
                     for c in product.cited_in(loaded.course)
                     if c in PRODUCTS and c not in order.uncited
                     for path in paths}  # fmt: skip
            if product == PRODUCTS["handout"] and product.name not in order.uncited:
                cited |= {(product.name, other): add(product, (other,), paper, False, edition)
                          for other in before(paths[0])}  # fmt: skip
            if edition.name and product.name in ("handout", "guide"):
                cited[FULL, paths[0]] = add(PRODUCTS["handout"], paths, own, False, Edition())
            needs = {c: need for c, need in cited.items() if need}
            published = not product.holds
            held = {(n, some[0] if part.scope == "session" else ""):
                    add(part, some, paper, published and part.writer != "part", edition)
                    for n, part in enumerate(product.parts_of(loaded.course))
                    for some in parted(part, paths)}  # fmt: skip
            parts = {c: part for c, part in held.items() if part}
            for part in parts.values() if product.holds else ():
                targets[part] = msgspec.structs.replace(targets[part], joined=True)
            joined = name in targets and targets[name].joined
            mine = tuple(sessions[path] for path in paths)
            targets[name] = Target(name, product, mine, paper, needs, asked, edition, parts, joined)
        return name

    every = tuple(sessions) if loaded.failed <= sessions.keys() else ()
    for edition in order.editions:
        for product in order.products:
            single = [(session.path,) for session in order.sessions]
            whole = [every] if order.whole else []
            for paths in whole if product.scope == "course" else single:
                add(product, paths, order.paper or own, True, edition)
    return targets
