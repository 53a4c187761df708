"""The index of an output folder: what each course published there, and what that depended on.

One file, written whole. One that cannot be read, or that another version wrote, counts as empty:
then all is built again.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from courseware.build.publish.publish import publish
from courseware.build.state.readings import UNREADABLE
from courseware.build.state.store import FORMAT, HOME, INDEX
from courseware.diagnostics import Diagnostic

ORDERS = 16
"""How many orders are remembered for each course: those of a few people's habits."""


class PublishedFile(msgspec.Struct, frozen=True, array_like=True):
    """A published file: its size in bytes, its times in nanoseconds, its content's fingerprint."""

    size: int
    modified: int
    changed: int
    print: str


class Record(msgspec.Struct, frozen=True):
    """What came of a job: `facts` are places in the entry's table of those it depends on.

    `file` is what was published, None where it was made for its map alone; `map` is that map's name
    in the store, "" where it has none. `exists` is False where the session has no such product. `part` is the
    name, in the store, of what goes into folders alone, `kept` are those of what was made on the way.
    `others` are the other files of a folder, by name, with their size and times.
    """

    facts: tuple[int, ...]
    file: PublishedFile | None = None
    count: int = 0
    unit: str = ""
    seconds: float = 0.0
    findings: tuple[Diagnostic, ...] = ()
    map: str = ""
    exists: bool = True
    part: str = ""
    kept: tuple[str, ...] = ()
    others: dict[str, tuple[int, int, int]] = {}


class OrderReport(msgspec.Struct, frozen=True):
    """What an order told when nothing was left to do: jobs by name, findings as (severity, text).

    `facts` are those that its plan depends on, `also` the jobs made for their maps alone.
    """

    facts: tuple[int, ...]
    jobs: tuple[str, ...]
    also: tuple[str, ...] = ()
    findings: tuple[tuple[str, str], ...] = ()


class CourseFacts(msgspec.Struct, frozen=True):
    """What is known of one course: `facts` by place; `known` is at which state a fact had a value.

    `files` are those that it published, relative to the output; `kept` are names in the store.
    """

    facts: tuple[tuple[str, str], ...] = ()
    known: dict[str, tuple[int, int, int, str]] = {}
    jobs: dict[str, Record] = {}
    told: dict[str, OrderReport] = {}
    files: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


class Index(msgspec.Struct, frozen=True):
    """Entries by course: its folder's or file's real path."""

    format: int = FORMAT
    courses: dict[str, CourseFacts] = {}


def read_index(output: Path) -> Index:
    """Return an output folder's index; one that is not to be trusted counts as empty."""
    try:
        index = msgspec.json.decode((output / INDEX).read_bytes(), type=Index)
    except (OSError, *UNREADABLE):
        return Index()
    whole = all(map(_is_whole, index.courses.values()))
    return index if index.format == FORMAT and whole else Index()


def _is_whole(entry: CourseFacts) -> bool:
    many = len(entry.facts)
    rows = [*(r.facts for r in entry.jobs.values()), *(t.facts for t in entry.told.values())]
    named = [name for told in entry.told.values() for name in (*told.jobs, *told.also)]
    return all(0 <= i < many for row in rows for i in row) and set(named) <= entry.jobs.keys()


def write_index(output: Path, index: Index, flushed: bool = True) -> None:
    """Write the index, `flushed` or not; raises `OSError`, and then the old one stays."""
    publish(output / INDEX, msgspec.json.encode(index), flushed)


def forget(output: Path) -> None:
    """Remove the index and all that was kept beside it."""
    shutil.rmtree(output / HOME, ignore_errors=True)


def compact(entry: CourseFacts) -> CourseFacts:
    """Return an entry without facts that nothing depends on."""
    told = dict(list(entry.told.items())[-ORDERS:])
    rows = [*(r.facts for r in entry.jobs.values()), *(t.facts for t in told.values())]
    used = sorted({i for row in rows for i in row})
    place = {old: new for new, old in enumerate(used)}
    facts = tuple(entry.facts[i] for i in used)
    names = {name for name, _ in facts}

    def moved(row: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(place[i] for i in row)

    replace = msgspec.structs.replace
    return msgspec.structs.replace(
        entry,
        facts=facts,
        known={name: state for name, state in entry.known.items() if name in names},
        jobs={name: replace(row, facts=moved(row.facts)) for name, row in entry.jobs.items()},
        told={key: replace(row, facts=moved(row.facts)) for key, row in told.items()},
    )
