"""Publishing: a file is written beside its place, flushed and renamed, or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from courseware.build.plan.targets import Order
from courseware.build.state.store import HOME, LOCK
from courseware.diagnostics import Diagnostic, Span

PART = ".courseware-part"
"""How the names of files end that are being written."""


def publish(path: Path, data: bytes, flushed: bool = True) -> bool:
    """Write a file whole, or leave the old one; return False where it holds these bytes already.

    Not `flushed`, a machine that loses its power now may lose it: for what is made again at need.
    """
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    with replacing(path, flushed) as file:
        file.write(data)
    return True


@contextmanager
def replacing(path: Path, flushed: bool = True) -> Iterator[BinaryIO]:
    """Yield a file beside its place that comes there when it is whole; where that fails, the old one stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.parent / f".{path.name}.{os.getpid()}{PART}"
    try:  # named before it is there: Ctrl-C may come while it is made
        part.unlink(missing_ok=True)
        with part.open("xb") as file:
            yield file
            file.flush()
            if flushed:
                os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def sweep(output: Path) -> None:
    """Remove what builds that were killed were writing; nobody else may be writing."""
    for pattern in (f".*{PART}", f"*/.*{PART}"):
        for path in output.glob(pattern):
            with suppress(OSError):
                path.unlink()


def remove(output: Path, files: tuple[str, ...]) -> list[str]:
    """Remove files that a course published, and folders left empty; return those removed."""
    removed = []
    for name in files:
        path = output / name
        if not path.resolve().is_relative_to(output.resolve()) or not path.is_file():
            continue
        with suppress(OSError):  # a folder that is not to be written to keeps its files
            path.unlink()
            removed.append(name)
            for folder in path.parents:
                if folder == output or any(folder.iterdir()):
                    break
                folder.rmdir()
    return removed


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
    hint = "name another folder with --output"
    return Diagnostic("C305", f"{order.output.as_posix()}: {error.strerror}", Span("."), hint)
