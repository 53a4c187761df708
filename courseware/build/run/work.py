"""The work of a job: values that travel to where it is performed, and what comes back.

A job's work is a pure function of its values and of the files it reads. What it really looked at
comes back as a trace, which is the job's key for the next build.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from courseware import files
from courseware.diagnostics import Diagnostic, Span
from courseware.folders import layouts
from courseware.inspection.inspection import inspected
from courseware.model.blocks import Figure
from courseware.model.session import Chapter, Course
from courseware.model.times.delivery import Delivery
from courseware.products.table import Page, Product, course_page, page
from courseware.writers import WRITERS, Made

COURSE, PROGRAM = "course", "program"
"""Names of the folders that a trace names files by: the course's, and that of the layouts."""


class Work(msgspec.Struct, frozen=True):
    """What a worker needs to make a product of a session, or of a course.

    `course` holds that session alone, with the delivery that is asked for; or those of a course's file,
    whose ids are unique in the course, with `deliveries` by path. `titles` are all
    sessions' titles by path, `maps` the pages of the products it cites. `root` is the course's
    folder where the work is performed. `chapters` say how its sessions are called in the course's own files. Without `drawn`, the product is wanted for its map alone.
    """

    product: Product
    course: Course
    titles: dict[str, str]
    paper: str
    root: str
    maps: dict[str, dict[str, int]] = {}
    drawn: bool = True
    deliveries: dict[str, Delivery] = {}
    chapters: dict[str, Chapter] = {}


class JobOutcome(msgspec.Struct, frozen=True):
    """What came of a job: the file, the facts that it depends on, seconds taken.

    `exists` is False where the session has no such product. `fresh` is False where nothing had to
    be done: then `made` holds no bytes, and its map only where something needs it.
    """

    made: Made = Made()
    trace: dict[str, str] = {}
    seconds: float = 0.0
    exists: bool = True
    fresh: bool = True


class Recorded(Course, frozen=True):
    """A course whose values are noted when they are read, so that a build knows which mattered."""

    def __getattribute__(self, name: str) -> Any:
        """Return a value, and note it where it is one of course.yml."""
        value = super().__getattribute__(name)
        if name in VALUES:
            files.note(f"value {name}", value_print(value))
        return value


class Titles(dict[str, str]):
    """Sessions' titles by path; each that is asked for is noted, all where they are gone through."""

    def __getitem__(self, path: str) -> str:
        """Return a session's title."""
        self._note(path)
        return super().__getitem__(path)

    def get(self, path: str, default: Any = None) -> Any:
        """Return a session's title, or `default` where there is no such session."""
        self._note(path)
        return super().get(path, default)

    def __contains__(self, path: object) -> bool:
        """Whether there is such a session."""
        self._note(str(path))
        return super().__contains__(path)

    def __iter__(self) -> Iterator[str]:
        """Go through the paths."""
        files.note("titles", value_print(dict(super().items())))
        return super().__iter__()

    def items(self) -> Any:
        """Return paths and titles."""
        return {path: super(Titles, self).__getitem__(path) for path in self}.items()

    def values(self) -> Any:
        """Return the titles."""
        return dict(self.items()).values()

    def _note(self, path: str) -> None:
        files.note(f"title {path}", super().get(path, ""))


class Chapters(dict[str, Chapter]):
    """How sessions are called in the course's files, by path; each that is asked for is noted."""

    def get(self, path: str, default: Any = None) -> Any:
        """Return how a session is called, or `default`."""
        found = super().get(path)
        files.note(f"chapter {path}", value_print(found) if found else "")
        return found or default


VALUES = frozenset(Course.__struct_fields__) - {"sessions"}
"""The values of a course that a product may depend on one by one."""


def value_print(value: Any) -> str:
    """Return a value as a fact holds it."""
    return files.fingerprint(msgspec.json.encode(value))


def perform(work: Work) -> JobOutcome:
    """Make a product's file, and say what it depends on; raises what layouts are to blame for."""
    started = time.perf_counter()
    root = Path(work.root)
    with files.recorded({COURSE: root, PROGRAM: layouts()}) as trace:
        course = Recorded(**msgspec.structs.asdict(work.course))
        if work.product.scope == "course":
            found = course_page(work.product, course, work.deliveries)
        else:
            found = page(work.product, course, work.course.sessions[0].path)
        made = Made()
        if found is not None:
            found = found.with_references(Titles(work.titles), work.maps, Chapters(work.chapters))
            made = _made(work, found, root)
    seconds = time.perf_counter() - started
    return JobOutcome(made, trace.facts, seconds, exists=found is not None)


def _made(work: Work, found: Page, root: Path) -> Made:
    writer = WRITERS[work.product.writer]
    if work.drawn:
        made = writer.write(found, root, work.paper)
        if made.data and (reason := writer.fault(made.data)):
            wrong = Diagnostic("C301", f"{work.product.name}: {reason}", Span(found.session.path))
            return msgspec.structs.replace(made, data=b"", findings=(*made.findings, wrong))
        return inspected(made, found, work.course, work.titles)
    return (writer.mapped or writer.write)(found, root, work.paper)


def inputs(work: Work) -> tuple[str, ...]:
    """Return the files of the course's folder that the work may read, as paths in it."""
    root = Path(work.root)
    own = (p for p in (root / "layouts").rglob("*") if p.is_file())
    paths = [p.relative_to(root).as_posix() for p in own]
    paths += [work.course.template] if work.course.template else []
    for session in work.course.sessions:
        paths += [image.source for text in session.texts() for image in text.images]
        paths += [n.source for n in session.nodes() if isinstance(n, Figure) and not n.remote]
    inside = root.resolve()
    kept = (p for p in dict.fromkeys(paths) if (root / p).resolve().is_relative_to(inside))
    return tuple(sorted(p for p in kept if (root / p).is_file()))
