"""Which files of a course have changed: a library tells of changes, else folders are looked at in turn.

Whatever woke it, all files are compared with what they were: a file renamed into place, written
twice, or on a network folder that tells nothing, is one change of one file.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from courseware.course.paths import LEFT_OUT_FOLDERS

QUIET, BUSY = 0.01, 0.05
"""Seconds in which nothing changes any more before a change is told: editors write in two steps. The
other where one was told less than `ABSENT` ago: what saves so often goes on."""
ABSENT = 0.4
"""Seconds that a file may be gone or empty before it counts as removed: it is being written anew."""
POLL, SELDOM = 0.1, 1.0
"""Seconds between two looks where no library tells of changes, and where one does."""
LONGEST = 1.0
"""Seconds after which changes are told though there are always more."""
MOST = 50_000
"""Files that are looked at; a folder with more is no course."""
DEEPEST, BESIDE = 20, 1
"""Folders above those that are looked at: of a course, and of a single file, whose folder may be any."""
State = tuple[int, int, int]
"""A file's size, time of change in nanoseconds, and number on its disk."""
Snapshot = dict[str, State]


def snapshot(
    root: Path, skipped: frozenset[str], deepest: int = DEEPEST
) -> tuple[Snapshot, list[str]]:
    """Return the state of every file of a course by its path in it, and the folders they are in.

    Hidden folders, those of other programs, those in `skipped` (real paths) and those with more than
    `deepest` folders above them are left out.
    """
    found: Snapshot = {}
    folders: list[str] = []
    waiting = [(str(root), "")]
    while waiting and len(found) < MOST:
        folder, before = waiting.pop()
        folders.append(folder)
        for entry in _entries(folder):
            name = before + entry.name
            if entry.name.startswith("."):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if before.count("/") < deepest and _is_watched(entry, before, skipped):
                        waiting.append((entry.path, f"{name}/"))
                else:
                    state = entry.stat()
                    found[name] = (state.st_size, state.st_mtime_ns, state.st_ino)
            except OSError:
                continue  # it went between two looks
    return found, folders


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError:
        return


def _is_watched(entry: os.DirEntry[str], before: str, skipped: frozenset[str]) -> bool:
    if entry.name.lower() in LEFT_OUT_FOLDERS and (before or entry.name != "layouts"):
        return False
    return entry.path not in skipped and not Path(entry.path, "pyvenv.cfg").exists()


class Watcher(threading.Thread):
    """Tells `changed` the names of files that changed, until it is stopped."""

    def __init__(
        self, where: Path, skipped: frozenset[str], changed: Callable[[set[str]], None],
        poll: bool = False,
    ) -> None:  # fmt: skip
        """Take the course, folders left out, whom to tell, and whether to do without the library."""
        super().__init__(name="watching", daemon=True)
        self.root = (where.parent if where.is_file() else where).resolve()
        self.deepest = BESIDE if where.is_file() else DEEPEST
        self.skipped, self.changed, self.poll = skipped, changed, poll
        self.ended = threading.Event()
        self.told = -ABSENT
        self.known, self.folders = self._look()

    def run(self) -> None:
        """Wait for a change, for quiet after it, and tell it."""
        while not self.ended.is_set():
            self._wait()
            names = self._settled()
            if names and not self.ended.is_set():
                self.changed(names)

    def stop(self) -> None:
        """End soon."""
        self.ended.set()

    def _wait(self) -> None:
        """Return when something may have changed."""
        while self.poll and not self.ended.wait(POLL):
            if self._look() != (self.known, self.folders):
                return
        if self.poll:
            return
        try:
            from watchfiles import watch

            for _ in watch(
                *self.folders, recursive=False, debounce=20, step=5, stop_event=self.ended,
                rust_timeout=int(SELDOM * 1000), yield_on_timeout=True, raise_interrupt=False,
                watch_filter=None, force_polling=False, ignore_permission_denied=True,
            ):  # fmt: skip
                if self._look() != (self.known, self.folders):
                    return
        except (ImportError, OSError, RuntimeError, ValueError):  # no library, or no more watches
            self.poll = True

    def _settled(self) -> set[str]:
        """Return the names that changed, as soon as nothing changes any more."""
        since = time.monotonic()
        quiet = BUSY if since - self.told < ABSENT else QUIET
        now, self.folders = self._look()
        while not self.ended.wait(quiet) and (took := time.monotonic() - since) < LONGEST:
            before = now
            now, self.folders = self._look()
            if now == before and (not self._absent(now) or took > ABSENT):
                break
        names = {name for name in now.keys() | self.known.keys() if now.get(name) != self.known.get(name)}  # fmt: skip
        self.known, self.told = now, time.monotonic()
        return names

    def _look(self) -> tuple[Snapshot, list[str]]:
        return snapshot(self.root, self.skipped, self.deepest)

    def _absent(self, now: Snapshot) -> bool:
        """Whether a file that held something is gone, or empty."""
        return any(state[0] and not now.get(name, (0,))[0] for name, state in self.known.items())
