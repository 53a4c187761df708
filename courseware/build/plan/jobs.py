"""Jobs behind one small interface: a list with edges goes in, results come out as they end.

Where they run is a `Crew`'s business: in this process, in workers on this machine (`pool`), or on
other machines (`cluster`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Protocol

from courseware.build.plan.queue import (
    Agenda,
    Crew,
    Job,
    Result,
    State,
    Task,
    attempt,
    overdue,
)
from courseware.process import Overdue, limited, raise_again

FEW = 1
"""Works that may start together without a pool. `benchmarks/pool.py`: a pool costs 0.27 s more for one
handout (1.35 s for 1.08 s), and makes two 0.2 s sooner (1.45 s for 1.65 s)."""
TICK = 0.25
"""Seconds after which a run that waits tells its state again."""


class Hands(Protocol):
    """What performs tasks."""

    size: int
    """How many tasks go on at once."""

    @property
    def running(self) -> tuple[str, ...]:
        """Names of the tasks that have not come back."""

    @property
    def free(self) -> int:
        """How many more tasks it can take now."""

    def give(self, task: Task) -> None:
        """Take a task."""

    def wait(self, seconds: float) -> list[Result]:
        """Return what has come back, after `seconds` at the latest."""

    def close(self) -> None:
        """End at once, whatever is going on."""


def run(jobs: Iterable[Job], crew: Crew | None = None) -> Iterator[Result]:
    """Run jobs, needs first, longest first; a failed one stops only those that need it.

    Nothing is started for jobs that have nothing to do, and no worker for a few.
    """
    crew = crew or Crew()
    agenda = Agenda(jobs)
    queue: deque[Task] = deque()
    hands: Hands = Here(crew)
    try:
        while True:
            yield from _started(agenda, queue, max(FEW + 1, hands.free + 1))
            hands = _enough(hands, crew, len(queue))
            while queue and hands.free:
                hands.give(queue.popleft())
            crew.watch(_state(agenda, hands))
            if not hands.running:
                break
            results = [agenda.end(result) for result in hands.wait(TICK)]
            raise_again()
            while results and queue and hands.free:
                hands.give(queue.popleft())
            yield from results
    finally:
        hands.close()


def _started(agenda: Agenda, queue: deque[Task], ahead: int) -> Iterator[Result]:
    """Start jobs until `ahead` of them wait for a worker; yield those that had nothing to do."""
    while len(queue) < ahead and (taken := agenda.take()) is not None:
        if isinstance(taken, Task):
            queue.append(taken)
        else:
            yield taken


def _enough(hands: Hands, crew: Crew, waiting: int) -> Hands:
    """Return who performs `waiting` tasks: workers, once there are more than a few."""
    if not isinstance(hands, Here) or not waiting:
        return hands
    if crew.executor:
        from courseware.build.run.cluster import Cluster

        return Cluster(crew)
    if crew.workers > 1 and waiting > FEW:
        from courseware.build.run.pool import Pool

        return Pool(crew)
    return hands


def _state(agenda: Agenda, hands: Hands) -> State:
    todo = sum(agenda.seconds[name] for name in agenda.open)
    ended = len(agenda.jobs) - len(agenda.open)
    return State(len(agenda.jobs), ended, hands.running, todo, hands.size, agenda.known)


class Here:
    """Performs one task at a time in this process."""

    def __init__(self, crew: Crew) -> None:
        """Take the crew's function and its limit."""
        self.crew = crew
        self.size = 1
        self.task: Task | None = None

    @property
    def running(self) -> tuple[str, ...]:
        """Name of the task that has been given."""
        return (self.task.name,) if self.task else ()

    @property
    def free(self) -> int:
        """1 where there is no task."""
        return 0 if self.task else 1

    def give(self, task: Task) -> None:
        """Take a task."""
        self.task = task

    def wait(self, seconds: float) -> list[Result]:
        """Perform the task, however long that takes."""
        task, self.task = self.task, None
        if task is None:
            return []
        try:
            with limited(self.crew.limit):
                done, fault = attempt(self.crew.perform, task.work)
        except Overdue:
            return [overdue(task.name, self.crew.limit)]
        return [Result(task.name, done, fault)]

    def close(self) -> None:
        """Nothing goes on here."""
