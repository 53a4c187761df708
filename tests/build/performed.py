"""What workers perform in the tests of pools: a word, and what it is about."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import msgspec

from courseware.build.plan.queue import Job
from courseware.build.run.work import JobOutcome
from courseware.writers import Made


class Act(msgspec.Struct, frozen=True):
    """Words: what to do, and what it is about; the files that it may read in a folder."""

    words: str
    root: str = ""
    files: tuple[str, ...] = ()


def perform(work: Act) -> Any:
    """Do what the first word says."""
    word, *rest = work.words.split(" ", 1)
    return files(work.root) if word == "files" else ACTS[word](*rest)


def inputs(work: Act) -> tuple[str, ...]:
    return work.files


def files(root: str) -> JobOutcome:
    """Tell the files of the folder, and what is in them."""
    found = sorted(p for p in Path(root).rglob("*") if p.is_file())
    return made(" ".join(f"{p.relative_to(root).as_posix()}={p.read_text()}" for p in found))


def made(text: str = "") -> JobOutcome:
    return JobOutcome(Made(text.encode()))


def raises(text: str = "") -> JobOutcome:
    raise ValueError(text)


def leaves(code: str) -> JobOutcome:
    os._exit(int(code))


def is_killed(_: str = "") -> JobOutcome:
    os.kill(os.getpid(), signal.SIGKILL)
    return made()


def is_killed_once(mark: str) -> JobOutcome:
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return made("second")


class Heavy(msgspec.Struct, frozen=True):
    """Many bytes; whoever sends them dies while they are on their way."""

    size: int = 300_000_000

    def __reduce__(self) -> tuple[Any, ...]:
        threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return bytes, (b"x" * self.size,)


def is_killed_in_its_reply(mark: str) -> Any:
    if not Path(mark).exists():
        Path(mark).touch()
        return Heavy()
    return made("second")


def hangs(mark: str = "") -> JobOutcome:
    if mark:
        Path(mark).write_text(str(os.getpid()))
    while True:
        time.sleep(0.05)


def sleeps(seconds: str) -> JobOutcome:
    time.sleep(float(seconds))
    return made()


def grows(megabytes: str) -> JobOutcome:
    KEPT.append(b"x" * (int(megabytes) * 2**20))
    return made(str(os.getpid()))


def who(_: str = "") -> JobOutcome:
    """Tell the process, its parent, and whether the libraries were there before it asked."""
    names = ("weasyprint", "pptx", "courseware.pdf.pages")
    loaded = all(name in sys.modules for name in names)
    return made(f"{os.getpid()} {os.getppid()} {loaded}")


def cannot_travel(_: str = "") -> Any:
    return lambda: None


KEPT: list[bytes] = []
ACTS: dict[str, Any] = {f.__name__: f for f in (
    made, raises, leaves, is_killed, is_killed_once, is_killed_in_its_reply, hangs, sleeps, grows,
    who, cannot_travel,
)}  # fmt: skip


def job(name: str, words: str, needs: tuple[str, ...] = (), seconds: float = 0.0) -> Job:
    """Return a job that does what `words` say when all it needs has ended."""
    return acting(name, Act(words), needs, seconds)


def acting(name: str, act: Act, needs: tuple[str, ...] = (), seconds: float = 0.0) -> Job:
    return Job(name, lambda _: act, needs, seconds)  # type: ignore[arg-type,return-value]
