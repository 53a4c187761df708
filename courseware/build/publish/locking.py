"""An output folder is one build's alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from courseware.build.plan.plan import Order
from courseware.build.state.build_folders import HOME, LOCK
from courseware.diagnostics import Diagnostic, Span

PATIENCE = 0.5
"""Seconds that a build waits for another one before it says so."""


class LockedError(OSError):
    """An output folder that cannot be written to."""


@contextmanager
def locked(order: Order) -> Iterator[None]:
    """Hold an output folder for this build alone; a second build waits, and says so."""
    lock = FileLock(order.output / LOCK)
    try:
        (order.output / HOME).mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=PATIENCE)
        except Timeout:
            order.waiting()
            lock.acquire()
    except OSError as error:
        raise LockedError(error.errno, error.strerror) from None
    try:
        yield
    finally:
        lock.release()


def unwritable(order: Order, error: OSError) -> Diagnostic:
    """Return the finding on an output folder that cannot be written to."""
    return Diagnostic("C305", f"{order.output.as_posix()}: {error.strerror}", Span("."))
