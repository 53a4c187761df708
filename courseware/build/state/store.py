"""What a build keeps beside the index to spare work: page maps, and sessions as read.

Each is a file of its own, named by what it was made of and checked when it is taken out. Losing one
costs time, nothing else: what cannot be kept is made again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from courseware.files import fingerprint
from courseware.folders import PACKAGE, layouts

SESSION, BODY, FOUND, PAGES = "session-", "body-", "found-", "map-"
PART, SLOTS, CLEAN = "part-", "slots-", "clean-"
"""What names begin with: a session as read, its content, the findings on it, a product's page map, a
part of a folder, a session's segments, which parts of a joined file hold nothing withheld."""
CHECK = 32
"""Characters before a file's content that tell whether it is whole."""


class Store:
    """A folder of files by name; what is put in is written by `flush`."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which need not be there yet."""
        self.folder = folder
        self.used: set[str] = set()
        self.waiting: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        """Return what was kept under a name, or None where that is gone or damaged."""
        self.used.add(name)
        if name in self.waiting:
            return self.waiting[name]
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        content = data[CHECK:]
        return content if data[:CHECK] == fingerprint(content).encode() else None

    def put(self, name: str, content: bytes) -> None:
        """Keep content under a name."""
        self.used.add(name)
        self.waiting[name] = content

    def flush(self) -> None:
        """Write what was put in; a full disk keeps nothing, and that is no fault: it is held."""
        left: dict[str, bytes] = {}
        for name, content in self.waiting.items():
            part = self.folder / f"{name}.{os.getpid()}.part"
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                part.write_bytes(fingerprint(content).encode() + content)
                part.replace(self.folder / name)
            except OSError:
                left[name] = content
                with suppress(OSError):
                    part.unlink()
        self.waiting = left

    def sweep(self, kept: Iterable[str]) -> None:
        """Remove all that is neither named nor was used."""
        wanted = self.used.union(kept)
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in wanted:
                    path.unlink()


HOME = ".courseware"
"""The folder, in the output folder, of what builds note for themselves."""
INDEX, LOCK, CACHE = f"{HOME}/index.json", f"{HOME}/lock", f"{HOME}/cache"
FORMAT = 1
"""The index's format: one that says another counts as none."""


def roots(course: Path) -> dict[str, str]:
    """Return the folders that facts name files by, of a course's folder or its only file."""
    folder = course.parent if course.is_file() else course
    return {"course": str(folder), "program": str(layouts()), "package": str(PACKAGE)}


def key_of(course: Path) -> str:
    """Return the name of a course in an index: the real path of its folder or its only file."""
    return os.path.realpath(course)
