"""A worker's process: it performs one task after the other until nobody asks any more."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import msgspec

from courseware.build.plan.queue import attempt


class Reply(msgspec.Struct, frozen=True):
    """What a worker sends back: what came of the work, or its fault; whether it makes place now."""

    done: Any
    fault: str
    leaving: bool


def serve(pipe: Connection, perform: Callable[[Any], Any], memory: int) -> None:
    """Perform what comes through the pipe, until it closes or more than `memory` bytes are held."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    leaving = False
    while not leaving:
        try:
            work = pipe.recv()
        except EOFError:
            return
        done, fault = attempt(perform, work)
        leaving = resident() > memory
        _send(pipe, Reply(done, fault, leaving))


def _send(pipe: Connection, reply: Reply) -> None:
    """Send a reply; what cannot travel is a fault of the work."""
    try:
        pipe.send(reply)
    except BrokenPipeError:
        os._exit(1)
    except Exception as error:
        pipe.send(Reply(None, f"what was made cannot be sent: {error}", reply.leaving))


def _end_with_parent() -> None:
    """End this process when the one that it works for has gone, be it in the middle of a task."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def resident() -> int:
    """Return the bytes of memory that this process holds; their peak where that is all that is told."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
