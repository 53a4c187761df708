"""Which job is next, and who performs it.

Next is one whose needs have ended, and of those the one with most work behind it. A job has a limit
in time, and a fault of its own.
"""

from __future__ import annotations

import heapq
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from graphlib import TopologicalSorter
from typing import Any

import msgspec

from courseware.build.run.work import JobOutcome, Work
from courseware.build.run.work import inputs as read
from courseware.build.run.work import perform as make


class Job(msgspec.Struct, frozen=True):
    """A file to make, under a name of its own, when all that it `needs` has been made.

    `start` is called once, in this process, with what the needed jobs made, by name and without
    the files' bytes. It returns the work to perform, or at once what comes of it where nothing is
    to do. `seconds` is how long the work took last time, 0.0 where that is not known.
    """

    name: str
    start: Callable[[Mapping[str, JobOutcome]], Work | JobOutcome]
    needs: tuple[str, ...] = ()
    seconds: float = 0.0


class Result(msgspec.Struct, frozen=True):
    """How a job ended: what it made, or the fault that stopped it, as a traceback or one line.

    `lacks` is the job that it needs and that failed: then the fault is that one's. `code` is the
    finding's: C301 where the work raised, C303 where its process died, C304 where it took too long.
    """

    name: str
    done: JobOutcome | None = None
    fault: str = ""
    lacks: str = ""
    code: str = "C301"


class LackError(Exception):
    """A job that needs another finds that nothing came of it; its words are that one's name."""


class Task(msgspec.Struct, frozen=True):
    """A job's work, to be performed somewhere."""

    name: str
    work: Any


class Agenda:
    """The jobs of a run: which are open, which may start, what the ended ones made for others."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        """Take the jobs; a circle raises `graphlib.CycleError`, an unknown need `LookupError`."""
        self.jobs = {job.name: job for job in jobs}
        unknown = {need for job in self.jobs.values() for need in job.needs} - self.jobs.keys()
        if unknown:
            raise LookupError(f"no job is called {min(unknown)}")
        self.seconds = expected(self.jobs.values())
        self.known = any(job.seconds for job in self.jobs.values())
        self.open = set(self.jobs)
        self._edges = TopologicalSorter({job.name: job.needs for job in self.jobs.values()})
        self._edges.prepare()
        self._first = _most_behind(self.jobs, self.seconds)
        self._ready: list[tuple[float, int, str]] = []
        self._order = {name: number for number, name in enumerate(self.jobs)}
        self._made: dict[str, JobOutcome] = {}
        self._wanted = _consumers(self.jobs)
        self._find_ready()

    def take(self) -> Task | Result | None:
        """Start the next job: return its work, or how it ended at once; None where none is ready."""
        if not self._ready:
            return None
        job = self.jobs[heapq.heappop(self._ready)[2]]
        needed = {need: self._made[need] for need in job.needs if need in self._made}
        self._forget(job)
        if lacking := [need for need in job.needs if need not in needed]:
            return self.end(Result(job.name, fault=f"{lacking[0]} failed", lacks=lacking[0]))
        try:
            work = job.start(needed)
        except LackError as lack:
            return self.end(Result(job.name, fault=f"{lack} failed", lacks=str(lack)))
        except Exception:
            return self.end(Result(job.name, fault=traceback.format_exc()))
        return (
            self.end(Result(job.name, work))
            if isinstance(work, JobOutcome)
            else Task(job.name, work)
        )

    def end(self, result: Result) -> Result:
        """Write down how a job ended, and return that; what needs it may start."""
        if result.done is not None and self._wanted[result.name]:
            self._made[result.name] = _slight(result.done)
        self.open.discard(result.name)
        self._edges.done(result.name)
        self._find_ready()
        return result

    def _find_ready(self) -> None:
        for name in self._edges.get_ready():
            heapq.heappush(self._ready, (-self._first[name], self._order[name], name))

    def _forget(self, job: Job) -> None:
        """Drop what was kept for a job that has started, where no other waits for it."""
        for need in job.needs:
            self._wanted[need].discard(job.name)
            if not self._wanted[need]:
                self._made.pop(need, None)


def _slight(done: JobOutcome) -> JobOutcome:
    """Return what those that need a job ask of it: of hundreds, all may wait for their guides."""
    pages = {sys.intern(name): page for name, page in done.made.map.items()}
    made = msgspec.structs.replace(done.made, data=b"", map=pages, findings=(), ids=frozenset())
    return msgspec.structs.replace(done, made=made, trace={})


def expected(jobs: Iterable[Job]) -> dict[str, float]:
    """Return the seconds that jobs will take: the last known ones, else the mean of those known."""
    known = {job.name: job.seconds for job in jobs}
    some = [seconds for seconds in known.values() if seconds > 0]
    mean = sum(some) / len(some) if some else 1.0
    return {name: seconds or mean for name, seconds in known.items()}


def _consumers(jobs: Mapping[str, Job]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {name: set() for name in jobs}
    for job in jobs.values():
        for need in job.needs:
            found[need].add(job.name)
    return found


def _most_behind(jobs: Mapping[str, Job], seconds: Mapping[str, float]) -> dict[str, float]:
    """Return by job the seconds of the longest chain of jobs that begins with it."""
    consumers = _consumers(jobs)
    order = TopologicalSorter({name: job.needs for name, job in jobs.items()}).static_order()
    chain: dict[str, float] = {}
    for name in reversed(tuple(order)):
        chain[name] = seconds[name] + max((chain[c] for c in consumers[name]), default=0.0)
    return chain


class State(msgspec.Struct, frozen=True):
    """Where a run is: jobs in all, jobs ended, those that work is going on for.

    `todo` is the work, in seconds of one worker, that has not ended yet, `workers` how many share
    it. `known` is False where no job says how long it took last time: then a job counts as a second.
    """

    total: int
    ended: int
    running: tuple[str, ...]
    todo: float
    workers: int
    known: bool = True


def _nobody(_: State) -> None:
    pass


class Crew(msgspec.Struct, frozen=True):
    """Who performs jobs: `workers` processes, 1 being this one, or a cluster at `executor`.

    A job that takes longer than `limit` seconds is ended. A worker that holds more than `memory`
    bytes after a job makes place for a new one. `perform` is a function of a module: it gets a
    job's work and returns what comes of it. `inputs` names the files that a work may read, as paths
    in its `root`. `watch` is told the state of the run as it changes.
    """

    workers: int = 1
    limit: float = 300.0
    memory: int = 190 * 2**20
    executor: str = ""
    perform: Callable[[Any], Any] = make
    inputs: Callable[[Any], tuple[str, ...]] = read
    watch: Callable[[State], None] = _nobody


class ExecutorError(Exception):
    """The machines that jobs are to run on cannot be used; says why."""


def attempt(perform: Callable[[Any], Any], work: Any) -> tuple[Any, str]:
    """Return what comes of a work, and the traceback of its fault or ""."""
    try:
        return perform(work), ""
    except Exception:
        return None, traceback.format_exc()


def overdue(name: str, limit: float) -> Result:
    """Return the result of a job that was ended because it took too long."""
    return Result(name, fault=f"not done in {limit:g} s", code="C304")
