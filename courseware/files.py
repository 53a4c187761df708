"""Files as the program reads them: every look is noted, so that a build knows what mattered.

Whatever depends on a file's content, on its being there or on what a folder holds asks here.
Outside of `recorded`, nothing is noted. A cache of what was made of a file is kept by its content,
never by its path: else a second reader leaves no note.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from errno import EINVAL
from functools import lru_cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import hashlib

READ, LOOK, LIST = "read ", "look ", "list "
"""What a fact's name begins with: a file's content, whether a path is there, a folder's names."""
CHANGING = "changing"
"""The value of a fact that was not the same at two looks: it holds at no later time."""


class Trace:
    """What was looked at, as facts: a name and a value that can be compared later.

    `roots` are folders by name; a path under one is named by it ("course:images/a.png"), so that
    the same facts hold for the same files elsewhere. Other paths are named as they are.
    """

    def __init__(self, roots: Mapping[str, Path]) -> None:
        """Take the folders that paths are named by."""
        places = {(os.path.abspath(p), name) for name, p in roots.items()}
        places |= {(os.path.realpath(p), name) for name, p in roots.items()}
        self.places = sorted(places, key=lambda place: -len(place[0]))
        self.facts: dict[str, str] = {}
        self.aside: list[Thread] = []

    def note(self, name: str, value: str) -> None:
        """Write down a fact."""
        if self.facts.setdefault(name, value) != value:
            self.facts[name] = CHANGING

    def named(self, path: Path) -> str:
        """Return a path's name."""
        full = os.path.abspath(path)
        for place, name in self.places:
            if full == place or full.startswith(place.rstrip(os.sep) + os.sep):
                return f"{name}:{full[len(place) :].strip(os.sep)}".replace(os.sep, "/")
        return full


_TRACE: ContextVar[Trace | None] = ContextVar("trace", default=None)


_HELD: ContextVar[Mapping[str, bytes] | None] = ContextVar("held", default=None)


@contextmanager
def held(texts: Mapping[str, bytes]) -> Iterator[None]:
    """Read these bytes meanwhile, by absolute path: what an editor holds, saved or not."""
    token = _HELD.set(texts)
    try:
        yield
    finally:
        _HELD.reset(token)


@contextmanager
def recorded(roots: Mapping[str, Path]) -> Iterator[Trace]:
    """Note in a trace of its own what is looked at meanwhile."""
    trace = Trace(roots)
    token = _TRACE.set(trace)
    try:
        yield trace
    finally:
        _TRACE.reset(token)
        for thread in trace.aside:
            thread.join()


def note(name: str, value: str) -> None:
    """Note a fact that is none of a file: a value of the course, an option."""
    if (trace := _TRACE.get()) is not None:
        trace.note(name, value)


def fingerprint(data: bytes) -> str:
    """Return a name for content: equal for equal bytes, and only for them."""
    return _digest(data).hexdigest()


def _digest(data: bytes = b"") -> hashlib.blake2b:
    import hashlib  # twelve milliseconds, which a build with nothing to do spares

    return hashlib.blake2b(data, digest_size=16)


EMPTY = "cae66941d9efbd404e4d88758ea67670"
"""The name of no content, `fingerprint(b"")`: of a folder that is not there."""


def kind_of(path: str | Path) -> str:
    """Return what a path leads to: "file", "folder", "other", or "" where there is nothing."""
    if os.path.isfile(path):
        return "file"
    if os.path.isdir(path):
        return "folder"
    return "other" if os.path.lexists(path) else ""


def listed(folder: str | Path) -> list[str]:
    """Return the names in a folder in order, none where it is not to be read."""
    try:
        return sorted(os.listdir(folder))
    except (OSError, ValueError):
        return []


def read(path: Path, most: int = -1) -> bytes:
    """Return a file's bytes, at most so many; raises `OSError`, and notes that there is none to read.

    A pipe and a device are no files: reading one might never end.
    """
    trace = _TRACE.get()
    if (texts := _HELD.get()) and (found := texts.get(os.path.abspath(path))) is not None:
        return found[:most] if most >= 0 else found
    try:
        if path.exists() and not path.is_file():
            raise OSError(EINVAL, "it is no file")
        with path.open("rb") as file:
            data = file.read(most)
    except OSError:
        if trace is not None:
            trace.note(READ + trace.named(path), "")
        raise
    if trace is not None:
        trace.note(READ + trace.named(path), fingerprint(data))
    return data


def noted(path: Path) -> None:
    """Note a file's content that others read; raises `OSError`."""
    if (trace := _TRACE.get()) is not None:
        _note(trace, path)


def noted_aside(paths: Iterable[Path]) -> None:
    """Note contents of large files that others read, fonts and libraries, while this goes on.

    They are noted when `recorded` ends: a second core has the time, as hashing leaves Python alone.
    """
    if (trace := _TRACE.get()) is not None:
        thread = Thread(target=_note_all, args=(trace, tuple(paths)), daemon=True)
        trace.aside.append(thread)
        thread.start()


def _note_all(trace: Trace, paths: tuple[Path, ...]) -> None:
    for path in paths:
        try:
            _note(trace, path)
        except OSError:
            trace.note(READ + trace.named(path), "")


def _note(trace: Trace, path: Path) -> None:
    found = path.stat()
    print_ = _print_of(path, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    trace.note(READ + trace.named(path), print_)


@lru_cache(maxsize=256)
def _print_of(path: Path, size: int, modified: int, changed: int) -> str:
    """Return a file's fingerprint, however large it is."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, _digest).hexdigest()


def text(path: Path, errors: str = "strict", most: int = -1) -> str:
    """Return a file's text, which is UTF-8, of so many bytes; its lines end in "\\n"."""
    return read(path, most).decode("utf-8", errors).replace("\r\n", "\n").replace("\r", "\n")


def kind(path: Path) -> str:
    """Return what a path leads to: "file", "folder", "other" or ""."""
    found = kind_of(path)
    if (trace := _TRACE.get()) is not None:
        trace.note(LOOK + trace.named(path), found)
    return found


def is_file(path: Path) -> bool:
    """Whether a path leads to a file."""
    return kind(path) == "file"


def exists(path: Path) -> bool:
    """Whether a path leads to anything."""
    return kind(path) not in ("", "other") or os.path.exists(path)


def names(folder: Path) -> list[str]:
    """Return the names in a folder in order, none where it is not to be read."""
    found = listed(folder)
    if (trace := _TRACE.get()) is not None:
        trace.note(LIST + trace.named(folder), fingerprint(os.fsencode("\n".join(found))))
    return found


def found(root: Path, target: str) -> Path | None:
    """Return the file of the course `root` that `target`, a path in it, leads to, links followed.

    None where there is none, where it is a folder or a device, and where it lies outside.
    """
    if not target:
        return None
    try:
        path = (root / target).resolve(strict=True)
        if not path.is_relative_to(root.resolve()) or not is_file(path):
            return None
        if str(path) != os.path.abspath(root / target):
            noted(root / target)  # by the link's name, too: it may lead elsewhere next time
        return path
    except (OSError, ValueError, RuntimeError):  # too long, a null character, links in a circle
        kind(root / target)
        return None


def resolved(path: Path) -> Path | None:
    """Return a path with its links followed; None where they go in a circle, or it cannot be one."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return None


def leaves(root: Path, target: str) -> bool:
    """Whether a path, links followed, leads out of the course."""
    path = resolved(root / target)
    return path is not None and not path.is_relative_to(root.resolve())
