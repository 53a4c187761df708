"""The first worker, forked before anything large is loaded: it loads while the course is read.

Where a second core is free, that hides the time which the layout engine takes to load, also from a
build of one file. It is a process of a pool like any other (`pool.py`), but that it comes of this
one, while this one is small and has no other thread.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess

from courseware.interrupts import held_back

LOADED = ("courseware.pdf.pages", "pypdfium2")
LOADED_FOR_SLIDES = ("courseware.pptx.write.making", "courseware.pptx.write.draw")
Started = tuple[ForkProcess, Connection]
_started: list[Started] = []


def start(modules: Iterable[str]) -> None:
    """Fork a worker that loads modules, where that is safe and they are not loaded here."""
    modules = [name for name in modules if name not in sys.modules]
    if sys.platform != "linux" or threading.active_count() > 1 or not modules:
        return
    context = get_context("fork")
    pipe, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, pipe, modules), daemon=True)
    with held_back():
        process.start()
    theirs.close()
    _started.append((process, pipe))


def started() -> bool:
    """Whether a worker waits to be taken."""
    return bool(_started)


def take() -> Started | None:
    """Return the worker's process and the pipe to it, once; None where there is none."""
    return _started.pop() if _started else None


def dismiss() -> None:
    """End the worker that nobody took."""
    while _started:
        process, pipe = _started.pop()
        process.kill()
        process.join()
        pipe.close()


def _serve(pipe: Connection, theirs: Connection, modules: list[str]) -> None:
    theirs.close()  # else this process holds both ends, and never sees that the other has gone
    for name in modules:
        with suppress(Exception):  # the fault of the job that needs it, and told there
            import_module(name)
    gc.freeze()  # all this stays: it is not to be gone through for garbage
    from courseware.build.run.crew import Crew
    from courseware.build.run.worker import serve

    crew = Crew()
    serve(pipe, crew.perform, crew.memory)
