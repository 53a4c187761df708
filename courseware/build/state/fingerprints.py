"""Whether facts about files still hold: size and times first, the content where they tell nothing.

A file's state is (size, modified, changed), times in nanoseconds. The same state means the same
content only where the state was old enough when the content was read: a file system's clock has a
grain, and within one grain a file can change twice.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, MutableMapping

from courseware.files import EMPTY, LIST, LOOK, READ, fingerprint, kind_of, listed

FINE, COARSE = 50_000_000, 2_000_000_000
"""Nanoseconds that a state must be old: five times a kernel's tick where times have small digits;
else two seconds, the grain of FAT, the coarsest file system in use."""
OPEN = (-1, -1, -1)
"""A state that no file has: look at the content again."""
State = tuple[int, int, int]
Known = tuple[int, int, int, str]


def state_of(path: str) -> State | None:
    """Return a file's state, links followed, or None where there is nothing."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def settled(state: State, now: int) -> State:
    """Return a state as it is written down at the time `now`: `OPEN` where it is too young."""
    grain = FINE if state[1] % 1_000_000 else COARSE
    return state if max(state[1], state[2]) + grain <= now else OPEN


def is_of_file(fact: str) -> bool:
    """Whether a fact's name is one of a file, a path or a folder."""
    return fact.startswith((READ, LOOK, LIST))


class Facts:
    """What files are like now, each looked at once.

    `roots` are the folders that names begin with. `known` says for a fact at which state it had
    which value; what is found out is added to it. Where `quick`, no content is read: the value of
    what would have to be read is None.
    """

    def __init__(
        self,
        roots: Mapping[str, str],
        known: MutableMapping[str, Known],
        quick: bool = False,
    ) -> None:
        """Take the folders, what is known, and whether to look at states only."""
        self.roots, self.known, self.quick = roots, known, quick
        self.seen: dict[str, str | None] = {}

    def value(self, fact: str) -> str | None:
        """Return what the fact's value is now: "" for what is not there."""
        if fact not in self.seen:
            self.seen[fact] = self._look(fact)
        return self.seen[fact]

    def path(self, name: str) -> str:
        """Return the path that a name stands for."""
        root, _, rest = name.partition(":")
        return os.path.join(self.roots[root], rest) if root in self.roots else name

    def _look(self, fact: str) -> str | None:
        verb, _, name = fact.partition(" ")
        path = self.path(name)
        if verb + " " == LOOK:
            return kind_of(path)
        now = time.time_ns()
        state = state_of(path)
        if state is None:
            return "" if verb + " " == READ else EMPTY
        known = self.known.get(fact)
        if known is not None and tuple(known[:3]) == state:
            return known[3]
        if self.quick:
            return None
        value = _content(path) if verb + " " == READ else _names(path)
        self.known[fact] = (*settled(state, now), value)
        return value


def _content(path: str) -> str:
    if kind_of(path) != "file":
        return ""  # reading a pipe or a device might never end
    try:
        with open(path, "rb") as file:
            return fingerprint(file.read())
    except OSError:
        return ""


def _names(path: str) -> str:
    return fingerprint(os.fsencode("\n".join(listed(path))))
