"""What a cluster's worker does with a packet of work: a folder of its files, the work, a reply.

One packet at a time in a process, whatever threads it has: the layout engine reports to one place.
"""

from __future__ import annotations

import atexit
import ctypes
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from courseware.build.plan.queue import attempt
from courseware.build.run.compatibility import differences, versions
from courseware.process import Overdue

KEPT = 2
"""Builds whose files a worker keeps; older ones' are removed."""
_ONE = threading.Lock()
_builds: list[str] = []


class Packet(msgspec.Struct, frozen=True):
    """Work, the files of its own by their paths in the course, and the build that it belongs to.

    `versions` are those of where it comes from. `limit` are the seconds that it may take.
    """

    work: Any
    files: dict[str, bytes]
    build: str
    versions: dict[str, str]
    limit: float


class Common(msgspec.Struct, frozen=True):
    """Files that all of a build's packets may read, by their paths in the course."""

    files: dict[str, bytes]


class RemoteReply(msgspec.Struct, frozen=True):
    """What came of the work, or its fault; what differs here; whether it took too long."""

    done: Any = None
    fault: str = ""
    differs: str = ""
    overdue: bool = False


def perform_there(packet: Packet, perform: Callable[[Any], Any], common: Common) -> RemoteReply:
    """Perform a packet's work in a folder that holds its files."""
    if differs := differences(packet.versions, versions()):
        return RemoteReply(differs=differs)
    with _ONE:
        root = _folder(packet.build)
        _write(root, common.files)
        _write(root, packet.files)
        work = msgspec.structs.replace(packet.work, root=str(root))
        try:
            with _limited(packet.limit):
                return RemoteReply(*attempt(perform, work))
        except Overdue:
            return RemoteReply(overdue=True)


@cache
def _home() -> Path:
    """Return this process's folder for courses' files; it goes when the process ends."""
    home = Path(tempfile.mkdtemp(prefix="courseware-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def _folder(build: str) -> Path:
    """Return the folder of a build's files, and remove those of builds long ago."""
    if build not in _builds:
        _builds.append(build)
        for old in _builds[:-KEPT]:
            shutil.rmtree(_home() / old, ignore_errors=True)
        del _builds[:-KEPT]
    return _home() / build


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files that are not there yet; a path that leads out of `root` raises `ValueError`."""
    root.mkdir(exist_ok=True)
    for name, data in files.items():
        path = root / name
        if not path.resolve().is_relative_to(root.resolve()):
            raise ValueError(f"{name} is outside the course")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise `Overdue` in this thread when what it does takes longer.

    A worker's tasks are not in its main thread, where a timer's signal would arrive.
    """
    thread = ctypes.c_ulong(threading.get_ident())
    ended = threading.Event()
    guard = threading.Lock()

    def ring() -> None:
        with guard:
            if not ended.is_set():
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(Overdue))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with guard:
            ended.set()
        timer.cancel()
