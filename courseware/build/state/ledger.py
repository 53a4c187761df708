"""What is known of one course's earlier builds while a build runs, and what this one adds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Thread

import msgspec

from courseware.build.plan import reasons
from courseware.build.run.work import JobOutcome
from courseware.build.state.fingerprints import OPEN, Facts, is_of_file, settled, state_of
from courseware.build.state.index import CourseFacts, OrderReport, PublishedFile, Record, compact
from courseware.build.state.readings import UNREADABLE
from courseware.build.state.store import PAGES, PART, Store
from courseware.files import LOOK, READ, fingerprint
from courseware.writers import Made

replace = msgspec.structs.replace


class Ledger:
    """One course's entry of an index, opened: asked why a job must run, and told what came of it.

    `given` are the values of facts that are none of a file; `output` is where products lie.
    """

    def __init__(
        self, entry: CourseFacts, roots: Mapping[str, str], output: Path, store: Store
    ) -> None:
        """Take the entry, the folders that facts name files by, the output and the store."""
        self.roots, self.output, self.store = roots, output, store
        self.known: dict[str, tuple[int, int, int, str]] = dict(entry.known)
        self.facts = Facts(roots, self.known)
        self.table = list(entry.facts)
        self.places = {fact: place for place, fact in enumerate(self.table)}
        self.jobs, self.told, self.files = dict(entry.jobs), dict(entry.told), set(entry.files)
        self._looking: list[Thread] = []

    def look_ahead(self, facts: Iterable[str]) -> None:
        """Look at files whose state will be asked for in the end, while workers are busy."""
        unknown = [fact for fact in facts if fact.startswith(READ) and fact not in self.known]
        if unknown:
            thread = Thread(target=lambda: [*map(self.facts.value, unknown)], daemon=True)
            self._looking.append(thread)
            thread.start()

    def why(
        self, name: str, given: Mapping[str, str], asked: bool, cited: bool, part: bool = False
    ) -> str:
        """Return why a job must run, "" where what came of it last time still holds.

        `asked` says that its file is asked for, `cited` that its page map is, `part` that it goes into others.
        """
        record = self.jobs.get(name)
        if record is None:
            return reasons.NEW
        for fact, was in map(self.table.__getitem__, record.facts):
            now = self.facts.value(fact) if is_of_file(fact) else given.get(fact, "")
            if now != was:
                return reasons.reason(fact, was, now or "")
        if asked and record.exists and (reason := self._why_file(name, record)):
            return reason
        if (part or record.part) and record.exists and not self._has_part(name, record):
            return reasons.PART
        return reasons.PAGES if cited and record.exists and self._map(record) is None else ""

    def _why_file(self, name: str, record: Record) -> str:
        path = str(self.output / name)
        state, file = state_of(path), record.file
        if file is None:
            return reasons.NEW
        if state is None:
            return reasons.MISSING
        if state != (file.size, file.modified, file.changed):
            found = file_of(path)
            if found is None or found.print != file.print:
                return reasons.EDITED
            self.jobs[name] = replace(record, file=found)
        for other, was in record.others.items():
            if (now := state_of(str(self.output / other))) != was:
                return reasons.EDITED if now else reasons.MISSING
        return ""

    def _has_part(self, name: str, record: Record) -> bool:
        """Whether a job's file is kept for what it goes into; one that is published is kept now."""
        if record.part and self.store.get(record.part) is not None:
            return True
        if record.file is None or self._why_file(name, record):
            return False
        self.keep_part(name, (self.output / name).read_bytes())
        return True

    def _map(self, record: Record) -> dict[str, int] | None:
        data = self.store.get(record.map) if record.map else None
        try:
            return msgspec.json.decode(data, type=dict[str, int]) if data is not None else None
        except UNREADABLE:
            return None

    def done(self, name: str, cited: bool) -> JobOutcome:
        """Return what came of a job last time, its map where that is cited."""
        record = self.jobs[name]
        pages = self._map(record) if cited and record.exists else None
        made = Made(b"", record.count, record.findings, pages or {})
        return JobOutcome(made, {}, record.seconds, record.exists, fresh=False)

    def reader(self, name: str) -> Callable[[], bytes]:
        """Return what reads the file that came of a job, from the store or from the output."""
        part = self.jobs[name].part

        def read() -> bytes:
            data = self.store.get(part) if part else (self.output / name).read_bytes()
            if data is None:
                raise FileNotFoundError(f"{name} is no longer kept")
            return data

        return read

    def print_of(self, name: str) -> str:
        """Return the fingerprint of what came of a job, "" where there is nothing."""
        record = self.jobs[name]
        return record.part or (record.file.print if record.file else "")

    def keep_part(self, name: str, data: bytes) -> None:
        """Keep what came of a job for the folders and files that it goes into: at once, as many take much memory."""
        part = PART + fingerprint(data)
        self.store.put(part, data)
        self.store.flush()
        self.jobs[name] = replace(self.jobs[name], part=part)

    def keep(self, name: str, done: JobOutcome, given: Mapping[str, str], cited: bool) -> None:
        """Write down what came of a job, and the facts `given` besides those that it noted."""
        before = self.jobs.get(name)
        facts = {name: value for name, value in bare(done.trace).items()
                 if not self._elsewhere(name, value)} | dict(given)  # fmt: skip
        pages = ""
        if cited and done.exists:
            data = msgspec.json.encode(done.made.map)
            pages = PAGES + fingerprint(data)
            self.store.put(pages, data)
        same = before and before.file and before.file.print == fingerprint(done.made.data)
        self.jobs[name] = Record(
            facts=self._places(facts.items()),
            file=before.file if before and same else None,
            count=done.made.count,
            seconds=round(done.seconds, 3),
            findings=done.made.findings,
            map=pages,
            exists=done.exists,
        )

    def _elsewhere(self, fact: str, value: str) -> bool:
        """Whether a fact is of another machine's library, which lies elsewhere on this one."""
        return Path(fact.removeprefix(READ)).is_absolute() and self.facts.value(fact) != value

    def published(self, name: str, data: bytes, unit: str) -> None:
        """Write down that a job's file lies in the output, whole."""
        self.files.add(name)
        file = PublishedFile(len(data), *OPEN[1:], fingerprint(data))
        self.jobs[name] = replace(self.jobs[name], file=file, unit=unit)

    def published_parts(self, name: str, others: Iterable[str], kept: tuple[str, ...]) -> None:
        """Write down a target's other files, and the names of what is kept for the next time."""
        states = {other: state_of(str(self.output / other)) for other in others}
        known = {other: state for other, state in states.items() if state}
        self.files |= known.keys()
        self.jobs[name] = replace(self.jobs[name], others=known, kept=kept)

    def tell(self, key: str, facts: Mapping[str, str], told: OrderReport) -> None:
        """Write down what an order tells when it is given again."""
        self.told.pop(key, None)
        self.told[key] = replace(told, facts=self._places(bare(facts).items()))

    def _places(self, facts: Iterable[tuple[str, str]]) -> tuple[int, ...]:
        for fact in facts:
            if fact not in self.places:
                self.places[fact] = len(self.table)
                self.table.append(fact)
        return tuple(sorted(self.places[fact] for fact in facts))

    def entry(self) -> CourseFacts:
        """Return the entry as it is to be written, with files' states as they are now."""
        while self._looking:
            self._looking.pop().join()
        self.jobs = {name: self._settled(name, row) for name, row in self.jobs.items()}
        names = {name for told in self.told.values() for name in (*told.jobs, *told.also)}
        told = self.told if names <= self.jobs.keys() else {
            key: one for key, one in self.told.items()
            if {*one.jobs, *one.also} <= self.jobs.keys()
        }  # fmt: skip
        entry = compact(
            CourseFacts(
                facts=tuple(self.table),
                known=self.known,
                jobs=self.jobs,
                told=told,
                files=tuple(sorted(self.files)),
                kept=tuple(sorted(self._kept())),
            )
        )
        looked = Facts(self.roots, self.known)  # what it reads now, it need not the next time
        files = [fact for fact, _ in entry.facts if is_of_file(fact)]
        for fact in files:
            looked.value(fact)
        known = {fact: self.known[fact] for fact in files if fact in self.known}
        return replace(entry, known=known)

    def _kept(self) -> set[str]:
        read = {name for name in self.store.used if not name.startswith((PAGES, PART))}
        rows = self.jobs.values()
        return read | {name for row in rows for name in (row.map, row.part, *row.kept) if name}

    def _settled(self, name: str, record: Record) -> Record:
        file = record.file
        if file is None or file.modified >= 0:
            return record
        found = file_of(str(self.output / name))
        return replace(record, file=found) if found and found.print == file.print else record


def bare(trace: Mapping[str, str]) -> dict[str, str]:
    """Return facts without those that others say already: what was read was there."""
    read = {name.removeprefix(READ) for name, value in trace.items()
            if name.startswith(READ) and value}  # fmt: skip
    return {name: value for name, value in trace.items()
            if not (value == "file" and name.startswith(LOOK) and name[len(LOOK) :] in read)}  # fmt: skip


def file_of(path: str) -> PublishedFile | None:
    """Return a file as it is now, None where there is none to read."""
    now = time.time_ns()
    state = state_of(path)
    try:
        data = Path(path).read_bytes()
    except OSError:
        return None
    return PublishedFile(*settled(state, now), fingerprint(data)) if state else None
