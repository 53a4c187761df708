"""A build: the jobs of a course's products, run, checked and published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from filelock import FileLock

from courseware.building.jobs import Crew, Job, Result, run
from courseware.building.publish import Index, publish, read_index, remove, write_index
from courseware.building.work import Done, Work
from courseware.course import Loaded, slugs
from courseware.diagnostics import Diagnostic, Span
from courseware.model.session import Session
from courseware.products.table import PRODUCTS, Product, titles
from courseware.writing.writers import WRITERS, Writer

LOCK = ".courseware.lock"


class Line(msgspec.Struct, frozen=True):
    """One file of a build: its path, what happened to it, how many pages it has, seconds taken.

    `unit` is what `count` counts: pages or slides. `saved` are the seconds that making it took last
    time, where that was not needed now.
    """

    path: str
    state: str
    count: int = 0
    unit: str = ""
    seconds: float = 0.0
    saved: float = 0.0


class Order(msgspec.Struct, frozen=True):
    """What to build: products of sessions, into `output`; `whole` where nothing was left out.

    `crew` says who performs the work.
    """

    products: tuple[Product, ...]
    sessions: tuple[Session, ...]
    output: Path
    paper: str = ""
    whole: bool = True
    crew: Crew = Crew()


class Built(msgspec.Struct, frozen=True):
    """What a build did: its lines, its findings, and the tracebacks of faults of our own."""

    lines: tuple[Line, ...]
    findings: tuple[Diagnostic, ...]
    faults: tuple[str, ...]


class Target(msgspec.Struct, frozen=True):
    """A file that a job makes: its path in the output, and whether it is asked for.

    What is not asked for is made for its page map, which another product cites.
    """

    name: str
    product: Product
    session: Session
    paper: str
    needs: dict[str, str]
    asked: bool = True

    @property
    def writer(self) -> Writer:
        """The row of `WRITERS` that makes and checks the file."""
        return WRITERS[self.product.writer]


def build(loaded: Loaded, order: Order, told: Callable[[Line], None]) -> Built:
    """Make the files of an order; each is checked and renamed into place, or its old one stays."""
    order.output.mkdir(parents=True, exist_ok=True)
    names = slugs(loaded.course.sessions)
    targets = plan(loaded, order, names)
    jobs = [Job(t.name, _start(t, loaded, titles(t.product, loaded.course)), tuple(t.needs.values()))
            for t in targets.values()]  # fmt: skip
    lines: list[Line] = []
    findings: list[Diagnostic] = []
    faults: list[str] = []
    with FileLock(order.output / LOCK):
        for result in run(jobs, order.crew):
            line, found_here = _published(result, targets[result.name], order.output)
            findings += found_here
            if result.fault and not result.lacks and result.code == "C301":
                faults.append(result.fault)
            if line is None:
                continue
            lines.append(line)
            told(line)
        for line in _tidy(loaded, order, lines, names):
            lines.append(line)
            told(line)
    return Built(tuple(lines), tuple(findings), tuple(faults))


def plan(loaded: Loaded, order: Order, names: dict[str, str]) -> dict[str, Target]:
    """Return the files to make by name: those asked for, and those whose pages they cite."""
    targets: dict[str, Target] = {}
    sessions = {session.path: session for session in loaded.course.sessions}

    def add(product: Product, path: str, paper: str, asked: bool) -> str:
        """Add a product of a session and what it cites; return its name, "" where there is none."""
        session = sessions[path]
        theirs = product.audience == "facilitator" or session.role == "session"
        if not theirs or path in loaded.failed:
            return ""
        variant = "" if paper == loaded.course.paper else f"-{paper}"
        name = f"{product.folder}/{names[path]}{variant}{product.suffix}"
        if name not in targets or (asked and not targets[name].asked):
            cited = {c: add(PRODUCTS[c], path, loaded.course.paper, False)
                     for c in product.cites if c in PRODUCTS}  # fmt: skip
            needs = {c: need for c, need in cited.items() if need}
            targets[name] = Target(name, product, session, paper, needs, asked)
        return name

    for product in order.products:
        for session in order.sessions:
            add(product, session.path, order.paper or loaded.course.paper, True)
    return targets


def _start(
    target: Target, loaded: Loaded, seen: dict[str, str]
) -> Callable[[Mapping[str, Done]], Work]:
    def start(needed: Mapping[str, Done]) -> Work:
        found = {product: needed[name] for product, name in target.needs.items()}
        maps = {product: done.made.map for product, done in found.items() if done.exists}
        course = msgspec.structs.replace(loaded.course, sessions=(target.session,))
        return Work(target.product, course, seen, target.paper, str(loaded.root), maps)

    return start


def _published(
    result: Result, target: Target, output: Path
) -> tuple[Line | None, list[Diagnostic]]:
    """Publish what was asked for; return its line, None where it was not, and the findings."""
    path = output / target.name
    shown, made = path.as_posix(), result.done.made if result.done else None
    place = Span(target.session.path)
    if result.done and not result.done.exists:
        return None, []
    if made is not None and not made.data and made.findings:
        return Line(shown, "failed") if target.asked else None, list(made.findings)
    reason = (
        result.fault.strip().split("\n")[-1] if made is None else target.writer.fault(made.data)
    )
    if made is None or reason:
        code = result.code if made is None else "C301"
        fault = Diagnostic(code, f"{target.product.name}: {reason}", place)
        return Line(shown, "failed") if target.asked else None, [fault]
    if not target.asked:
        return None, list(made.findings)
    try:
        state = "built" if publish(path, made.data) else "unchanged"
    except OSError as error:
        fault = Diagnostic("C301", f"{shown}: {error.strerror}", place)
        return Line(shown, "failed"), [*made.findings, fault]
    seconds = result.done.seconds if result.done else 0.0
    line = Line(shown, state, made.count, target.writer.unit, seconds)
    return line, list(made.findings)


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
