"""The worker that is started ahead: it makes the same bytes, and is gone when it is not needed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import PROJECT

SESSION = "# Session 03: Plans\n\n## Roofs\n\nText.\n\n## Exercise 1: Draw\n\nDraw a plan.\n"
TOLD = """
import os, sys
from courseware.build.run import ahead
begin, take = ahead.start, ahead.take

def started(modules):
    begin(modules)
    for process, _ in ahead._started:
        print("started", process.pid, file=sys.stderr, flush=True)
        {then}

def taken():
    found = take()
    print("taken" if found else "none", file=sys.stderr, flush=True)
    return found

ahead.start, ahead.take = started, taken
from courseware.cli.commands import main
main(sys.argv[1:])
"""


@pytest.fixture
def session(tmp_path: Path) -> Path:
    path = tmp_path / "03-plans.md"
    path.write_text(SESSION)
    return path


def build(session: Path, *words: str, then: str = "pass") -> subprocess.CompletedProcess[str]:
    program = TOLD.format(then=then)
    command = [sys.executable, "-c", program, "--course", str(session), *words]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60)


def files(folder: Path) -> dict[str, bytes]:
    found = (p for p in folder.rglob("*.p*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


def gone(pid: int, seconds: float = 10.0) -> bool:
    """Whether a process ends within a time; one that is only still to be waited for has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def pid_of(done: subprocess.CompletedProcess[str]) -> int:
    return int(done.stderr.split("started ")[1].split()[0])


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is forked on Linux only")


@pytest.mark.parametrize("command", ["handouts", "slides"])
def test_it_makes_the_same_bytes(session: Path, tmp_path: Path, command: str) -> None:
    ahead = build(session, command, "--output", str(tmp_path / "a"), "--jobs", "2")
    assert (ahead.returncode, ahead.stderr.count("taken")) == (0, 1), ahead.stderr
    here = build(session, command, "--output", str(tmp_path / "b"), "--jobs", "1")
    assert "started" not in here.stderr and "taken" not in here.stderr
    assert files(tmp_path / "a") == files(tmp_path / "b") != {}
    assert gone(pid_of(ahead))


def test_one_that_dies_is_replaced(session: Path, tmp_path: Path) -> None:
    words = ("handouts", "--output", str(tmp_path / "a"), "--jobs", "2")
    done = build(session, *words, then="os.kill(process.pid, 9)")
    assert done.returncode == 0, done.stderr
    assert done.stderr.split("taken")[1].count("none") == 1
    assert len(files(tmp_path / "a")) == 1


def test_one_that_nobody_took_ends_with_the_command(session: Path, tmp_path: Path) -> None:
    session.write_bytes(b"")
    done = build(session, "handouts", "nothing", "--output", str(tmp_path / "a"), "--jobs", "2")
    assert done.returncode == 2 and "taken" not in done.stderr
    assert gone(pid_of(done))


def test_it_ends_with_the_process_that_it_came_of(session: Path, tmp_path: Path) -> None:
    words = ("handouts", "--output", str(tmp_path / "a"), "--jobs", "2")
    done = build(session, *words, then="os.kill(os.getpid(), 9)")
    assert done.returncode == -signal.SIGKILL
    assert gone(pid_of(done))
    assert os.listdir(tmp_path) == ["03-plans.md"]


def test_decks_are_opened_again_by_workers_alone(session: Path, tmp_path: Path) -> None:
    # What opens them takes 160 MB, and the program itself is there until the last of hundreds is made.
    program = """if True:
        import sys
        from courseware.cli.commands import main
        try:
            main(sys.argv[1:])
        except SystemExit as end:
            print(end.code, [name for name in ("pptx", "lxml", "weasyprint") if name in sys.modules])
    """
    words = ["--course", str(session), "all", "--jobs", "2", "--output", str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=PROJECT, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "0 []"
