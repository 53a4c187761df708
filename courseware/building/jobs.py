"""Jobs behind one small interface: a list with edges goes in, results come out as they end."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import TopologicalSorter

import msgspec

from courseware.building.work import Done, Work, perform


class Result(msgspec.Struct, frozen=True):
    """How a job ended: what came of it, or the fault that stopped it as a traceback.

    `lacks` is the job that it needs and that failed: then the fault is that one's.
    """

    name: str
    done: Done | None = None
    fault: str = ""
    lacks: str = ""


class Job(msgspec.Struct, frozen=True):
    """A piece of work under a name of its own, which waits for the jobs it `needs`.

    `start` gets what came of those, and returns the work, or at once what comes of it where nothing
    is to be done. `seconds` is how long it took last time, 0.0 where that is not known.
    """

    name: str
    start: Callable[[Mapping[str, Done]], Work | Done]
    needs: tuple[str, ...] = ()
    seconds: float = 0.0


def run(jobs: Iterable[Job]) -> Iterator[Result]:
    """Run jobs one after the other, needs first; a failed one stops only those that need it."""
    by_name = {job.name: job for job in jobs}
    order = TopologicalSorter({job.name: job.needs for job in by_name.values()})
    ended: dict[str, Done] = {}
    for name in order.static_order():
        job = by_name[name]
        lacking = [need for need in job.needs if need not in ended]
        if lacking:
            yield Result(name, fault=f"{lacking[0]} failed", lacks=lacking[0])
            continue
        try:
            found = job.start({need: ended[need] for need in job.needs})
            done = found if isinstance(found, Done) else perform(found)
        except Exception:
            yield Result(name, fault=traceback.format_exc())
            continue
        bare = msgspec.structs.replace(done.made, data=b"")
        ended[name] = msgspec.structs.replace(done, made=bare)
        yield Result(name, done)
