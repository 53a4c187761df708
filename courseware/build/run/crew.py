"""Who performs jobs, and how one work is performed: its limit in time, its fault."""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from courseware.build.plan.agenda import Result
from courseware.build.run.work import inputs as read
from courseware.build.run.work import perform as make


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


class Overdue(BaseException):
    """A work has taken longer than its limit; nothing of its own may catch it."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `Overdue` in what takes longer, where the system has timers and this is the main thread."""
    main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not main:
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: Any) -> None:
    raise Overdue
