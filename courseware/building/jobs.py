"""Jobs behind one small interface: a list with edges goes in, results come out as they end."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import TopologicalSorter

import msgspec

from courseware.writing.writers import Made


class Result(msgspec.Struct, frozen=True):
    """How a job ended: what it made, or the fault that stopped it as a traceback.

    `lacks` is the job that it needs and that failed: then the fault is that one's.
    """

    name: str
    made: Made | None = None
    fault: str = ""
    lacks: str = ""


class Job(msgspec.Struct, frozen=True):
    """A pure function of what the jobs it `needs` made, under a name of its own."""

    name: str
    work: Callable[[Mapping[str, Made]], Made]
    needs: tuple[str, ...] = ()


def run(jobs: Iterable[Job]) -> Iterator[Result]:
    """Run jobs one after the other, needs first; a failed one stops only those that need it."""
    by_name = {job.name: job for job in jobs}
    order = TopologicalSorter({job.name: job.needs for job in by_name.values()})
    made: dict[str, Made] = {}
    for name in order.static_order():
        job = by_name[name]
        lacking = [need for need in job.needs if need not in made]
        if lacking:
            yield Result(name, fault=f"{lacking[0]} failed", lacks=lacking[0])
            continue
        try:
            made[name] = job.work({need: made[need] for need in job.needs})
        except Exception:
            yield Result(name, fault=traceback.format_exc())
        else:
            yield Result(name, made[name])
