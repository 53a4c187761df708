"""Run a command, and measure its seconds and what memory its processes hold (on Linux)."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple

TICK = 0.02
PAGE = os.sysconf("SC_PAGE_SIZE")
CHILD_SUBREAPER = 36
"""prctl: orphans of what is started here become this process's children, so that their time counts."""


class Measured(NamedTuple):
    """Seconds by the clock and of processors, and the most memory in MB: of the process started, and
    of any that it started, each by what is resident of it."""

    seconds: float
    processor: float
    parent: float
    child: float


class Watch(threading.Thread):
    """Looks at all processes of a session, until it is told to stop."""

    def __init__(self, session: int) -> None:
        """Take the session's number, which is its first process's."""
        super().__init__(daemon=True)
        self.session = session
        self.over = threading.Event()
        self.memory: dict[int, int] = {}

    def run(self) -> None:
        """Look every now and then."""
        while not self.over.wait(TICK):
            for name in os.listdir("/proc"):
                if name.isdigit():
                    self._look(int(name))

    def _look(self, number: int) -> None:
        try:
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return
        if int(fields[3]) == self.session:
            self.memory[number] = max(self.memory.get(number, 0), int(fields[21]) * PAGE)

    def measured(self, seconds: float, processor: float) -> Measured:
        """Return what was seen, beside the times."""
        parent = self.memory.get(self.session, 0)
        child = max((m for n, m in self.memory.items() if n != self.session), default=0)
        return Measured(seconds, processor, parent / 2**20, child / 2**20)


def measured(words: list[str], folder: Path | None = None) -> Measured:
    """Run a command to its end, and all that it started; raises `CalledProcessError` if it fails."""
    ctypes.CDLL(None).prctl(CHILD_SUBREAPER, 1, 0, 0, 0)
    before, started = _processor(), time.perf_counter()
    running = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               stdin=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
    watch = Watch(running.pid)
    watch.start()
    _, said = running.communicate()
    seconds = time.perf_counter() - started
    watch.over.set()
    watch.join()
    _reap()
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, words, stderr=said)
    return watch.measured(seconds, _processor() - before)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reap() -> None:
    """Wait for what the command left behind to end."""
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        pass
