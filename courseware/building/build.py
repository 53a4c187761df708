"""A build: the jobs of a course's products, run, checked and published."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from filelock import FileLock

from courseware.building.jobs import Job, Made, Result, run
from courseware.building.publish import Index, publish, read_index, remove, write_index
from courseware.course import Loaded, slugs
from courseware.diagnostics import Diagnostic, Span
from courseware.model.session import Session
from courseware.products.table import Page, Product, page

LOCK = ".courseware.lock"


class Line(msgspec.Struct, frozen=True):
    """One file of a build: its path, what happened to it, its pages, the seconds it took."""

    path: str
    state: str
    pages: int = 0
    seconds: float = 0.0


class Order(msgspec.Struct, frozen=True):
    """What to build: products of sessions, into `output`; `whole` where nothing was left out."""

    products: tuple[Product, ...]
    sessions: tuple[Session, ...]
    output: Path
    paper: str = ""
    whole: bool = True


class Built(msgspec.Struct, frozen=True):
    """What a build did: its lines, its findings, and the tracebacks of faults of our own."""

    lines: tuple[Line, ...]
    findings: tuple[Diagnostic, ...]
    faults: tuple[str, ...]


def build(loaded: Loaded, order: Order, told: Callable[[Line], None]) -> Built:
    """Make the files of an order; each is checked and renamed into place, or its old one stays."""
    order.output.mkdir(parents=True, exist_ok=True)
    names = slugs(loaded.course.sessions)
    targets: dict[str, tuple[Session, str]] = {}
    jobs: list[Job] = []
    for product in order.products:
        for session in order.sessions:
            found = page(product, loaded.course, session.path)
            if found is None or session.path in loaded.failed:
                continue
            paper = order.paper or loaded.course.paper
            variant = "" if paper == loaded.course.paper else f"-{paper}"
            name = f"{product.folder}/{names[session.path]}{variant}{product.suffix}"
            targets[name] = (session, name)
            jobs.append(Job(name, _work(found, loaded.root, paper)))
    lines: list[Line] = []
    findings: list[Diagnostic] = []
    faults: list[str] = []
    with FileLock(order.output / LOCK):
        started = time.perf_counter()
        for result in run(jobs):
            session, name = targets[result.name]
            line, found_here = _published(result, session, order.output / name)
            line = msgspec.structs.replace(line, seconds=time.perf_counter() - started)
            started = time.perf_counter()
            findings += found_here
            if result.fault:
                faults.append(result.fault)
            lines.append(line)
            told(line)
        for line in _tidy(loaded, order, lines, names):
            lines.append(line)
            told(line)
    return Built(tuple(lines), tuple(findings), tuple(faults))


def _work(found: Page, root: Path, paper: str) -> Callable[[Mapping[str, Made]], Made]:
    def work(_: Mapping[str, Made]) -> Made:
        from courseware.writing.pages import written

        made = written(found, root, paper)
        findings = [Diagnostic("C302", report, Span(found.session.path)) for report in made.reports]
        return Made(made.data, made.pages, tuple(findings))

    return work


def _published(result: Result, session: Session, path: Path) -> tuple[Line, list[Diagnostic]]:
    from courseware.writing.verify import is_whole_pdf

    shown = path.as_posix()
    made = result.made
    if made is None:
        reason = result.fault.strip().split("\n")[-1]
        return Line(shown, "failed"), [Diagnostic("C301", reason, Span(session.path))]
    if not is_whole_pdf(made.data):
        return Line(shown, "failed"), [Diagnostic("C301", "an incomplete PDF", Span(session.path))]
    try:
        state = "built" if publish(path, made.data) else "unchanged"
    except OSError as error:
        message = f"{shown}: {error.strerror}"
        return Line(shown, "failed"), [
            *made.findings,
            Diagnostic("C301", message, Span(session.path)),
        ]
    return Line(shown, state, made.pages), list(made.findings)


def _course_key(loaded: Loaded) -> str:
    return str(loaded.root.resolve()) + (
        f"::{loaded.course.sessions[0].path}"
        if not loaded.course.title and loaded.course.sessions
        else ""
    )


def _tidy(loaded: Loaded, order: Order, lines: list[Line], names: dict[str, str]) -> list[Line]:
    """Remove this course's files whose session is gone, and write down what is published."""
    index = read_index(order.output)
    key = _course_key(loaded)
    before = set(index.files.get(key, ()))
    now = {
        Path(li.path).relative_to(order.output).as_posix() for li in lines if li.state != "failed"
    }
    gone: set[str] = set()
    readable = {s.path for s in loaded.course.sessions} >= loaded.failed
    if order.whole and readable:
        folders = {p.folder for p in order.products}
        keep = tuple(names.values())
        gone = {f for f in before - now
                if f.split("/")[0] in folders and not _of_a_session(f, keep)}  # fmt: skip
    removed = remove(order.output, tuple(sorted(gone)))
    files = tuple(sorted((before | now) - gone))
    write_index(order.output, Index({**index.files, key: files}))
    return [Line((order.output / name).as_posix(), "removed") for name in removed]


def _of_a_session(file: str, names: tuple[str, ...]) -> bool:
    stem = Path(file).name.split(".")[0]
    return any(stem == name or stem in (f"{name}-a4", f"{name}-letter") for name in names)


def clean(output: Path) -> list[str]:
    """Remove every file that builds published into `output`, and nothing else."""
    index = read_index(output)
    removed = [name for files in index.files.values() for name in remove(output, files)]
    write_index(output, Index())
    (output / LOCK).unlink(missing_ok=True)
    return removed
