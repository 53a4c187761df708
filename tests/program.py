"""The program in a process of its own, as a user runs it, forked from one that has its libraries loaded.

So a start takes hundredths of a second. What starting is in itself (what is loaded, closed streams, Ctrl-C) is
tried by tests that start Python.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO

import msgspec

SECONDS = 60.0
"""What a command may take on a machine that does other things, too; alone, each takes under ten."""
LOADED = (
    "cli.commands",
    "build.driver",
    "build.steps",
    "build.run.worker",
    "checking.rules",
    "pdf.pages",
)


class Ran(msgspec.Struct, frozen=True):
    """How a command ended: its exit code, what it wrote, and the bytes that it took at most."""

    code: int
    out: str
    err: str
    peak: int


def run(folder: Path, *words: str) -> Ran:
    """Run the program in a folder; it must end in time."""
    server = _server()
    assert server.stdin is not None and server.stdout is not None
    server.stdin.write(json.dumps([str(folder), *words]) + "\n")
    server.stdin.flush()
    code, peak, *said = json.loads(server.stdout.readline())
    assert code is not None, f"it did not end in time: {said}"
    out, err = (one.encode("latin-1").decode() for one in said)
    return Ran(code, out, err, peak)


@cache
def _server() -> subprocess.Popen[str]:
    """Start what the program is forked from: once in each process of tests."""
    started = subprocess.Popen([sys.executable, "-m", "tests.program"], text=True, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent)  # fmt: skip
    atexit.register(started.communicate)
    return started


def _child(words: list[str], out: IO[bytes], err: IO[bytes]) -> None:
    """Be the program; never return."""
    code: object = 1
    try:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        folder, *sys.argv[1:] = words
        os.chdir(folder)
        from courseware.__main__ import start

        start()
    except SystemExit as ended:
        code = ended.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


def _forked(words: list[str]) -> tuple[int | None, int, str, str]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            _child(words, out, err)
        ended, limit = 0, time.monotonic() + SECONDS
        while not ended and time.monotonic() < limit:
            time.sleep(0.01)
            ended, status, used = os.wait4(child, os.WNOHANG)
        if not ended:
            os.kill(child, signal.SIGKILL)
            os.wait4(child, 0)
        said = [os.pread(one.fileno(), 10**8, 0).decode("latin-1") for one in (out, err)]
        code = os.waitstatus_to_exitcode(status) if ended else None
        return code, used.ru_maxrss * 1024, said[0], said[1]


def serve() -> None:
    """Fork the program for each line of words, and answer how it ended."""
    for name in LOADED:
        import_module(f"courseware.{name}")
    for line in sys.stdin:
        print(json.dumps(_forked(json.loads(line))), flush=True)


if __name__ == "__main__":
    serve()
