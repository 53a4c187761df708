"""Workers on this machine: processes forked from one that has loaded the libraries.

Each has a pipe of its own, so that one which dies, be it in the middle of a reply, is the fault of
its task alone. Pools that share a pipe and its lock among workers stand still in that case.
"""

from __future__ import annotations

import time
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from courseware.build.plan.queue import Crew, Result, Task, overdue
from courseware.build.run.server import start_server
from courseware.build.run.worker import Reply, serve

SETTLING = 0.5
"""Seconds in which a process whose pipe has closed may end by itself, and tell its exit code."""


class Worker:
    """A process, the pipe to it, and the task it has, with the time when that is overdue."""

    def __init__(self, crew: Crew) -> None:
        """Start a process."""
        self.process, self.pipe = _start(crew)
        self.limit = crew.limit
        self.task: Task | None = None
        self.due = 0.0

    def give(self, task: Task) -> None:
        """Send it a task."""
        self.task, self.due = task, time.monotonic() + self.limit
        with suppress(BrokenPipeError):  # it has died; its pipe tells so
            self.pipe.send(task.work)

    def end(self, patience: float = 0.0) -> int:
        """End it, after `patience` seconds at once; return its exit code, -9 for signal 9."""
        self.process.join(patience)
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode or 0


def _start(crew: Crew) -> tuple[BaseProcess, Connection]:
    start_server()
    context = get_context("forkserver")
    pipe, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, crew.perform, crew.memory), daemon=True)
    process.start()
    theirs.close()
    return process, pipe


class Pool:
    """Performs tasks in as many workers as the crew has."""

    def __init__(self, crew: Crew) -> None:
        """Take the crew; workers come when there is work."""
        self.crew = crew
        self.size = crew.workers
        self.workers: list[Worker] = []
        self.died: set[str] = set()

    @property
    def running(self) -> tuple[str, ...]:
        """Names of the tasks that have not come back."""
        return tuple(worker.task.name for worker in self.workers if worker.task)

    @property
    def free(self) -> int:
        """How many workers have no task."""
        return self.crew.workers - len(self.running)

    def give(self, task: Task) -> None:
        """Give a task to an idle worker, a new one where there is none."""
        idle = next((worker for worker in self.workers if worker.task is None), None)
        if idle is None:
            idle = Worker(self.crew)
            self.workers.append(idle)
        idle.give(task)

    def wait(self, seconds: float) -> list[Result]:
        """Return what has come back or was ended, after `seconds` at the latest."""
        now = time.monotonic()
        busy = {worker.pipe: worker for worker in self.workers if worker.task}
        first = min((worker.due for worker in busy.values()), default=now)
        results = []
        for pipe in wait(list(busy), max(0.0, min(seconds, first - now))):
            assert isinstance(pipe, Connection)
            results += self._heard(busy.pop(pipe))
        late = [worker for worker in busy.values() if worker.due <= time.monotonic()]
        return results + [self._ended(worker) for worker in late]

    def close(self) -> None:
        """End all workers at once."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.end()
        self.workers.clear()

    def _heard(self, worker: Worker) -> list[Result]:
        """Return what a worker sent; where it died instead, its task gets another one, once."""
        task = worker.task
        assert task is not None
        try:
            reply: Reply = worker.pipe.recv()
        except (EOFError, OSError):
            return self._died(worker, task)
        worker.task = None
        if reply.leaving:
            self._dismiss(worker)
        return [Result(task.name, reply.done, reply.fault)]

    def _died(self, worker: Worker, task: Task) -> list[Result]:
        code = self._dismiss(worker, SETTLING)
        if task.name not in self.died:
            self.died.add(task.name)
            self.give(task)
            return []
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return [Result(task.name, fault=f"its process died twice ({how})", code="C303")]

    def _ended(self, worker: Worker) -> Result:
        task = worker.task
        assert task is not None
        self._dismiss(worker)
        return overdue(task.name, self.crew.limit)

    def _dismiss(self, worker: Worker, patience: float = 0.0) -> int:
        self.workers.remove(worker)
        return worker.end(patience)
