"""Workers on other machines: a Dask cluster, at the address of its scheduler.

Work travels with the bytes of the files that it may read, and its file comes back as bytes: machines
share no disk. Files of the course's `layouts/` are the same for all, and travel once.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Iterable
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import msgspec

from courseware.build.plan.queue import Crew, ExecutorError, Result, Task, overdue
from courseware.build.run.compatibility import differences, versions
from courseware.build.run.remote_worker import Common, Packet, RemoteReply, perform_there

PATIENCE = 10.0
"""Seconds in which a scheduler answers, and has a worker."""
AHEAD = 2
"""Tasks given for each of the cluster's threads, so that none waits for the next."""
ATTEMPTS = 4
"""Times that a task is given, where what it needs was lost with a worker."""


class Given(msgspec.Struct, frozen=True):
    """A task that has been given: its name, what travelled, how often."""

    task: Task
    packet: Packet
    attempt: int = 1


class Cluster:
    """Performs tasks on a cluster's workers."""

    def __init__(self, crew: Crew) -> None:
        """Connect; raises `ExecutorError` where there is no cluster, or one that differs from here."""
        self.crew = crew
        self.client = _connected(crew.executor)
        try:
            self.size = _same(self.client)
        except BaseException:
            self.client.close()
            raise
        self.name = uuid.uuid4().hex
        self.given: dict[Any, Given] = {}
        self.common: dict[str, bytes] = {}
        self.sent: Any = None
        self.counted = time.monotonic()

    @property
    def running(self) -> tuple[str, ...]:
        """Names of the tasks that have not come back."""
        return tuple(given.task.name for given in self.given.values())

    @property
    def free(self) -> int:
        """How many more tasks it can take now."""
        return max(0, AHEAD * self.size - len(self.given))

    def give(self, task: Task) -> None:
        """Send a task, with the files that it may read."""
        own, common = _files(task.work, self.crew.inputs(task.work))
        if not common.items() <= self.common.items():
            self.common |= common
            self.sent = None
        packet = Packet(task.work, own, self.name, versions(), self.crew.limit)
        self._submit(Given(task, packet))

    def wait(self, seconds: float) -> list[Result]:
        """Return what has come back, after `seconds` at the latest."""
        from distributed import wait

        self._count()
        try:
            wait(list(self.given), timeout=seconds, return_when="FIRST_COMPLETED")
        except TimeoutError:
            return []
        ended = [future for future in self.given if future.done()]
        return [r for future in ended if (r := self._result(future, self.given.pop(future)))]

    def close(self) -> None:
        """Cancel what is going on, and disconnect."""
        self.client.cancel(list(self.given), force=True)
        self.given.clear()
        self.client.close()

    def _submit(self, given: Given) -> None:
        if self.sent is None:
            common = Common(self.common)
            self.sent = self.client.scatter(common, broadcast=True, hash=False)
        future = self.client.submit(
            perform_there, given.packet, self.crew.perform, self.sent,
            pure=False, key=f"{given.task.name}-{uuid.uuid4().hex}",
        )  # fmt: skip
        self.given[future] = given

    def _result(self, future: Any, given: Given) -> Result | None:
        """Return how a task ended; None where it was lost with a worker, and is given again."""
        from distributed import KilledWorker

        name = given.task.name
        try:
            reply: RemoteReply = future.result(timeout=PATIENCE)
        except KilledWorker as error:
            reason = f"its worker died {error.allowed_failures + 1} times"
            return Result(name, fault=reason, code="C303")
        except (CancelledError, asyncio.CancelledError, OSError):
            if given.attempt == ATTEMPTS:
                return Result(
                    name, fault=f"it was lost with its worker {ATTEMPTS} times", code="C303"
                )
            self.sent = None
            self._submit(msgspec.structs.replace(given, attempt=given.attempt + 1))
            return None
        if reply.differs:
            raise ExecutorError(f"a worker differs from this program: {reply.differs}")
        if reply.overdue:
            return overdue(name, self.crew.limit)
        return Result(name, reply.done, reply.fault)

    def _count(self) -> None:
        """Count the cluster's threads again, every few seconds: workers come and go."""
        if time.monotonic() - self.counted > 2:
            self.size = max(1, sum(self.client.nthreads().values()))
            self.counted = time.monotonic()


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise ExecutorError(
            'a cluster needs the extra: pip install "courseware[cluster]"'
        ) from None
    try:
        return Client(address, timeout=PATIENCE)
    except (TimeoutError, OSError, ValueError, TypeError) as error:
        reason = str(error).split("\n")[0] or "no answer"
        raise ExecutorError(f"no scheduler at {address}: {reason}") from None


def _same(client: Any) -> int:
    """Return the cluster's threads; raises `ExecutorError` where a worker differs from here."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise ExecutorError(f"no worker came in {PATIENCE:g} s") from None
    try:
        found = client.run(versions)
    except Exception as error:
        raise ExecutorError(f"the workers do not have this program: {error}") from None
    for address, theirs in found.items():
        if differs := differences(versions(), theirs):
            raise ExecutorError(f"the worker {address} differs from this program: {differs}")
    return sum(client.nthreads().values())


def _files(work: Any, names: Iterable[str]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the files of the course that a work may read, its own and those of the layouts."""
    root = Path(work.root)
    found = {name: (root / name).read_bytes() for name in names}
    common = {name: data for name, data in found.items() if name.startswith("layouts/")}
    return {name: data for name, data in found.items() if name not in common}, common
