"""This process: garbage is looked for seldom, a closed stream leads nowhere, Ctrl-C ends at once, work has limits.

What a build makes lives until it is done with a file or a library. Ctrl-C is silent, but where
something must be left whole.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_came = threading.Event()
SELDOM = 200_000
"""Objects made before Python looks for garbage; it looks after 700 if it is not told otherwise."""


def look_seldom() -> None:
    """Let Python look for garbage seldom; called first of all, as modules are made of much, too."""
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)  # what is left at the end is not looked through once more


def open_closed_streams() -> None:
    """Lead the three streams that are closed to nowhere: else the next file opened is taken for one."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False))  # noqa: SIM115


def end_at_once() -> None:
    """Let Ctrl-C end the program without a word, as while modules load; called first of all.

    Where it is ignored, as in a shell's background, it stays so.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def raised() -> Iterator[None]:
    """Let the first Ctrl-C raise `KeyboardInterrupt` meanwhile; a second one ends the program."""
    before = signal.getsignal(signal.SIGINT)
    main = threading.current_thread() is threading.main_thread()
    if not main or before not in (signal.SIG_DFL, signal.default_int_handler):
        yield
        return
    signal.signal(signal.SIGINT, _raise)
    try:
        yield
    finally:
        _came.clear()
        signal.signal(signal.SIGINT, before)


def raise_again() -> None:
    """Raise `KeyboardInterrupt` where one came: what it met, such as a library's code, may have kept it."""
    if _came.is_set():
        raise KeyboardInterrupt


@contextmanager
def held_back() -> Iterator[None]:
    """Hold Ctrl-C back meanwhile, and from every process that is started meanwhile, for ever."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


MOST_MEMORY = 1_000_000_000
"""Bytes that a bounded work may add to the process's address space."""


class Overdue(BaseException):
    """A work has taken longer than its limit; nothing of its own may catch it."""


AGAIN = 0.5
"""Seconds after which `Overdue` is raised again: Python drops what is raised in a finaliser or a
callback of its collector, and the work would go on for ever."""


@contextmanager
def limited(seconds: float, processor: bool = False) -> Iterator[None]:
    """Raise `Overdue` in what takes longer, where the system has timers and this is the main thread.

    The seconds are the clock's, or those of the processor, which other programs do not take from.
    """
    main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not main:
        yield
        return
    timer, sign = (
        (signal.ITIMER_PROF, signal.SIGPROF) if processor else (signal.ITIMER_REAL, signal.SIGALRM)
    )
    before = signal.signal(sign, _ring)
    signal.setitimer(timer, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(sign, before)


@contextmanager
def bounded_memory() -> Iterator[None]:
    """Let what runs meanwhile add `MOST_MEMORY` at most, else raise `MemoryError`; on Linux alone."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (ImportError, OSError, ValueError, IndexError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = pages * resource.getpagesize() + MOST_MEMORY
    if soft != resource.RLIM_INFINITY:
        most = min(most, soft)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _ring(number: int, frame: FrameType | None) -> None:
    raise Overdue


def _raise(number: int, frame: FrameType | None) -> None:
    _came.set()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise KeyboardInterrupt
