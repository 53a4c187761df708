"""A build: the jobs of a course's products, those that are out of date run, checked, published."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from courseware.build.folders import (
    Content,
    draft_of,
    held,
    inside,
    publish_folder,
    put_together,
    restore,
)
from courseware.build.plan.jobs import run
from courseware.build.plan.queue import Job, LackError, Result
from courseware.build.plan.targets import EarlierBuild as EarlierBuild
from courseware.build.plan.targets import Order as Order
from courseware.build.plan.targets import Target, plan
from courseware.build.plan.works import Works
from courseware.build.publish.clearing import gone
from courseware.build.publish.publish import LockedError, locked, publish, remove, sweep, unwritable
from courseware.build.run.work import JobOutcome, Work
from courseware.build.state import stamp
from courseware.build.state.index import CourseFacts, Index, OrderReport, read_index, write_index
from courseware.build.state.ledger import Ledger
from courseware.build.state.store import CACHE, Store, key_of, roots
from courseware.checking.rules import accepted
from courseware.course.loading import Loaded, slugs
from courseware.diagnostics import Diagnostic, Span
from courseware.files import READ, listed
from courseware.folders import layouts
from courseware.products.table import FORMS, titles

replace = msgspec.structs.replace
OFTEN = 5.0
"""Seconds after which what was built is written down, so that a build that is ended loses little."""
SELDOM = 20
"""How many times as long as writing that down took is waited for the next: a large course's takes longer."""


class Line(msgspec.Struct, frozen=True):
    """One file of a build: its path, what happened to it, how many pages it has, seconds taken.

    `file` is its path in the output, `product` and `sessions` are what it is of, `edition` is what its
    name adds: a variant's, or a paper's. `unit` is what `count` counts: pages or slides. `saved` are the seconds that it took last time,
    where nothing had to be done.
    """

    path: str
    state: str
    count: int = 0
    unit: str = ""
    seconds: float = 0.0
    saved: float = 0.0
    file: str = ""
    product: str = ""
    sessions: tuple[str, ...] = ()
    edition: str = ""


class Built(msgspec.Struct, frozen=True):
    """What a build did: its lines, its findings, and the tracebacks of faults of our own."""

    lines: tuple[Line, ...]
    findings: tuple[Diagnostic, ...]
    faults: tuple[str, ...]


def build(loaded: Loaded, order: Order, told: Callable[[Line], None]) -> Built:
    """Make the files of an order; each is checked and renamed into place, or its old one stays."""
    try:
        with locked(order):
            running = Build(loaded, order, told)
            running.begin()
            try:
                for result in run(running.jobs(), order.crew):
                    running.take(result)
            except BaseException:
                running.save(flushed=False)  # a busy disk takes a second to flush
                raise
            running.tidy()
            running.end()
            return Built(tuple(running.lines), tuple(running.findings), tuple(running.faults))
    except LockedError as error:
        return Built((), (unwritable(order, error),), ())


class Build:
    """A build while it runs: what is planned, what is known, what came of it so far."""

    def __init__(self, loaded: Loaded, order: Order, told: Callable[[Line], None]) -> None:
        """Take the course, the order, and whom to tell each line; reads the index."""
        self.loaded, self.order, self.told = loaded, order, told
        earlier = order.earlier
        self.course = earlier.course if earlier else key_of(loaded.root)
        self.readings = earlier.readings if earlier else None
        self.store = self.readings.store if self.readings else Store(order.output / CACHE)
        self.index = read_index(order.output)
        places = {**roots(loaded.root), "course": str(loaded.root)}
        entry = self.index.courses.get(self.course, CourseFacts())
        self.ledger = Ledger(entry, places, order.output, self.store)
        course = loaded.course
        self.names = slugs(course.sessions, course.file_names, course.language)
        self.works = Works(loaded, order, self.ledger, self.readings, self.names)
        self.findings: list[Diagnostic] = []
        self.targets = self._own_targets(plan(loaded, order, self.names, self.works.links))
        self.lines: list[Line] = []
        self.faults: list[str] = []
        self._failed: set[str] = set()
        self._kept: dict[str, tuple[str, ...]] = {}
        self._saved, self._saving = time.monotonic(), 0.0
        self._intended: set[str] = set()
        self._shipped = tuple(f"{READ}program:fonts/{name}" for name in listed(layouts() / "fonts"))

    def _own_targets(self, targets: dict[str, Target]) -> dict[str, Target]:
        """Return targets of which none is published over another course's file; a finding tells of those.

        A course whose folder is gone has moved: its files may be written over.
        """
        theirs = {name: course for course, entry in self.index.courses.items() for name in entry.files
                  if course != self.course and Path(course).exists()}  # fmt: skip
        taken = sorted(t.name for t in targets.values() if t.asked and t.name in theirs)
        if taken:
            more = f" and {len(taken) - 1} more" if taken[1:] else ""
            message = f"{self._path(taken[0])}{more}: another course's, {theirs[taken[0]]}"
            hint = "name another folder with --output"
            self.findings.append(Diagnostic("C307", message, Span("."), hint))
        return {
            name: replace(t, asked=t.asked and t.name not in theirs) for name, t in targets.items()
        }

    def begin(self) -> None:
        """Clear what an ended build left half done, and write down what will be published.

        It is written before: else a build that is ended leaves files that none knows as its own.
        """
        restore(self.order.output)
        sweep(self.order.output)
        asked = {target.name for target in self.targets.values() if target.asked}
        self._intended = asked - self.ledger.files
        if self._intended:
            self.ledger.files |= asked
            self.save()

    def jobs(self) -> list[Job]:
        """Return the jobs of all targets."""
        known = self.ledger.jobs
        return [
            Job(name, self._starter(t), (*t.needs.values(), *t.parts.values()),
                known[name].seconds if name in known else 0.0)
            for name, t in self.targets.items()
        ]  # fmt: skip

    def _starter(self, target: Target) -> Callable[[Mapping[str, JobOutcome]], Work | JobOutcome]:
        def start(needed: Mapping[str, JobOutcome]) -> Work | JobOutcome:
            if lacking := self._failed.intersection(target.parts.values()):
                raise LackError(min(lacking))
            maps = self.works.maps(target, needed)
            reason = self.works.why(target, maps)
            if not reason:
                return self.ledger.done(target.name, target.cited)
            self.order.why(target.name, reason)
            if target.is_folder:
                return self._put_together(target)
            self.ledger.look_ahead(self._shipped)
            self._shipped = ()
            return self.works.work(target, maps)

        return start

    def _put_together(self, target: Target) -> JobOutcome:
        """Write a folder's draft here, whoever made its parts."""
        content = Content(self.works.full, self.works.print_of)
        password = self.works.password(target)
        done, self._kept[target.name] = put_together(
            target, self.loaded, self.ledger, content, password
        )
        return done

    def take(self, result: Result) -> None:
        """Check what came of a job, publish it where it is asked for, and write it down."""
        target = self.targets[result.name]
        line, found = self._line(target, result)
        self.findings += accepted(self.loaded, found)
        if line is not None:
            self.lines.append(line)
            self.told(line)
        if time.monotonic() - self._saved > max(OFTEN, SELDOM * self._saving):
            self.save()

    def _line(self, target: Target, result: Result) -> tuple[Line | None, list[Diagnostic]]:
        result = replace(result, done=self._joined(target, result.done))
        done, path = result.done, self._path(target.name)
        if result.fault and not result.lacks and result.code == "C301":
            self.faults.append(result.fault)
        failed = _failure(target, result)
        if failed:
            self._failed.add(target.name)
            return Line(path, "failed") if target.asked else None, failed
        if done is None:
            raise RuntimeError("a job that did not fail came to nothing")
        if done.fresh:
            self.ledger.look_ahead(done.trace)
            self.ledger.keep(target.name, done, self.works.own[target.name], target.cited)
            if target.is_part and done.exists:
                self.ledger.keep_part(target.name, done.made.data)
        findings = list(done.made.findings)
        if not target.asked or not done.exists:
            return None, findings
        line = _of_target(Line(path, "unchanged", done.made.count, target.writer.unit), target)
        if not done.fresh:
            return replace(line, saved=done.seconds), findings
        try:
            changed = self._publish(target, done.made.data)
        except OSError as error:
            fault = Diagnostic("C301", f"{path}: {error.strerror}", target.span)
            return Line(path, "failed"), [*findings, fault]
        return replace(
            line, state="built" if changed else "unchanged", seconds=done.seconds
        ), findings

    def _publish(self, target: Target, data: bytes) -> bool:
        """Put a file, or a folder, in its place; return False where it was there already."""
        output = self.order.output
        path = output / target.name
        if not target.is_folder:
            changed = publish(path, data)
            self.ledger.published(target.name, data, target.writer.unit)
            self.ledger.published_parts(target.name, (), self._kept.get(target.name, ()))
            return changed
        place = path.parent
        start = f"{place.name}/"
        own = {name for name in self.ledger.files if name.startswith(start)}
        names = [start + name for name in inside(draft_of(place))]
        changed = publish_folder(draft_of(place), place, {name.removeprefix(start) for name in own})
        self.ledger.files -= own
        self.ledger.published(target.name, data, target.writer.unit)
        others = (name for name in names if name != target.name)
        self.ledger.published_parts(target.name, others, self._kept[target.name])
        return changed

    def _joined(self, target: Target, done: JobOutcome | None) -> JobOutcome | None:
        """Return what came of a target's job, joined with the files that it holds."""
        if not target.product.holds or done is None or not done.made.data:
            return done
        from courseware.build.run.joined import Sources, joined

        begun = time.perf_counter()
        course, seen = self.loaded.course, titles(target.product.audience, self.loaded.course)
        parts, works = held(target, self.loaded, self.ledger), self.works
        sources = Sources(course, seen, works.chapters, parts, works.full, works.print_of)
        made, kept = joined(target, done.made, sources, self.store)
        self._kept[target.name] = (kept,)
        return replace(done, made=made, seconds=done.seconds + time.perf_counter() - begun)

    def tidy(self) -> None:
        """Remove this course's files whose session or title is gone, or that belong elsewhere."""
        left = gone(self.loaded, self.order, self.ledger, self.targets, self.names.values())
        removed = remove(self.order.output, tuple(sorted(left)))
        self.ledger.files -= {name for name in left if not (self.order.output / name).is_file()}
        for name in removed:
            line = Line(self._path(name), "removed")
            self.lines.append(line)
            self.told(line)

    def end(self) -> None:
        """Write down what was built, and what the same order tells the next time."""
        states = {line.path: line.state for line in self.lines}
        bad = {name for name in self._intended if states.get(self._path(name)) in (None, "failed")}
        self.ledger.files -= bad
        if (
            self.order.earlier
            and not self.order.password
            and not self.faults
            and "failed" not in states.values()
        ):
            self._remember(self.order.earlier)
        self.save()
        self.store.sweep(name for entry in self.index.courses.values() for name in entry.kept)

    def _remember(self, earlier: EarlierBuild) -> None:
        """Write down what this order tells when nothing is left to do."""
        facts = {fact: self.ledger.facts.value(fact) or "" for fact in stamp.program()}
        findings = dict.fromkeys((*earlier.findings, *self.findings))
        asked = {t.name: t.asked for t in self.targets.values()}
        told = OrderReport(
            facts=(),
            jobs=tuple(name for name, is_asked in asked.items() if is_asked),
            also=tuple(name for name, is_asked in asked.items() if not is_asked),
            findings=tuple((str(found.severity), earlier.text(found)) for found in findings),
        )
        facts |= {"libraries": self.works.stamp["libraries"], **earlier.facts}
        self.ledger.tell(earlier.key, facts, told)

    def _path(self, name: str) -> str:
        return (self.order.output / name).as_posix()

    def save(self, flushed: bool = True) -> None:
        """Write the index; where it cannot be, the old one stays, and a finding says so.

        Page maps are kept before the records that name them, so that a build that is ended loses neither.
        """
        begun = time.monotonic()
        if flushed:
            self.store.flush()
        courses = {**self.index.courses, self.course: self.ledger.entry()}
        self.index = Index(courses=courses)
        try:
            write_index(self.order.output, self.index, flushed)
        except OSError as error:
            found = unwritable(self.order, error)
            self.findings += [] if found in self.findings else [found]
        self._saved = time.monotonic()
        self._saving = self._saved - begun


def _of_target(line: Line, target: Target) -> Line:
    """Return a line with what its file is of."""
    paths = tuple(session.path for session in target.sessions)
    name = target.product.name
    form = next((form for form, row in FORMS.items() if row == target.product), name)
    return replace(
        line, file=target.name, product=form, sessions=paths, edition=target.edition.suffix
    )


def _failure(target: Target, result: Result) -> list[Diagnostic]:
    """Return the findings on why there is no file to publish, none where there is one."""
    place, done = target.span, result.done
    if done is None:
        return [Diagnostic(result.code, f"{target.product.name}: {_last(result.fault)}", place)]
    mapped = not target.asked and not done.made.data and done.made.count
    if not done.fresh or not done.exists or mapped:
        return []
    if not done.made.data and done.made.findings:
        return list(done.made.findings)
    reason = target.writer.cut(done.made.data)
    return [Diagnostic("C301", f"{target.product.name}: {reason}", place)] if reason else []


def _last(fault: str) -> str:
    return fault.strip().split("\n")[-1]
