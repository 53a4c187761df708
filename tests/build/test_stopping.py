"""A build of a real course in processes: the same files, and Ctrl-C at any time."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.build.clusters import cluster
from tests.support import PROJECT

MANY = 60
TRIES = 5
"""Builds of which the quickest to stop counts. A disk that is busy with others' files can take a second
to flush one of ours, and nothing ends a process meanwhile; a program that is slow to stop always is."""
SESSION = "# Session {n:02}: Plans\n\n## Start\n\n" + "Words of a paragraph. " * 60 + "\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of six sessions; among its files, one called like a module that Python needs."""
    folder = tmp_path_factory.mktemp("course")
    for number in range(1, 7):
        (folder / f"{number:02}-plans.md").write_text(SESSION.format(n=number))
    (folder / "images").mkdir()
    (folder / "images/a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="19"/></svg>')  # fmt: skip
    with (folder / "01-plans.md").open("a") as file:
        file.write("\n![A disc](images/a.svg)\n")
    (folder / "tempfile.py").write_text("raise SystemExit('the course ran as code')\n")
    return folder


def command(course: Path, output: Path, *words: str) -> list[str]:
    return [sys.executable, str(PROJECT / "build.py"), "--course", str(course), "handouts",
            "--output", str(output), *words]  # fmt: skip


def build(course: Path, output: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(course, output, *words), cwd=course, capture_output=True,
                          text=True)  # fmt: skip


def files(output: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (output / "handouts").glob("*")}


@pytest.fixture(scope="module")
def alone(course: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The course's files as one process makes them."""
    output = tmp_path_factory.mktemp("alone")
    done = build(course, output, "--jobs", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(files(output)) == 6
    return files(output)


@pytest.mark.slow
def test_workers_make_the_same_bytes(course: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    done = build(course, tmp_path, "--jobs", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("6 built in ")
    assert files(tmp_path) == alone


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes(
    course: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "cluster").mkdir()
    with cluster(tmp_path / "cluster", str(PROJECT), str(PROJECT)) as address:
        done = build(course, tmp_path / "output", "--executor", address)
    assert (done.returncode, done.stderr) == (0, "")
    assert files(tmp_path / "output") == alone


@pytest.mark.slow
def test_what_takes_too_long_is_named(tmp_path: Path) -> None:
    long = SESSION + "".join(f"\n## Part {n}\n\n" + "More words. " * 100 for n in range(80))
    (tmp_path / "course").mkdir()
    for number in (1, 2):  # some thirty pages each, ten times what the limit allows
        (tmp_path / "course" / f"{number:02}-plans.md").write_text(long.format(n=number))
    done = build(tmp_path / "course", tmp_path / "output", "--jobs", "2", "--time-limit", "0.1")
    assert done.returncode == 1
    assert re.search(r"error\[C304\]: \w+: not done in 0\.1 s", done.stderr)
    assert done.stdout.splitlines()[-1].startswith("2 failed in ")


@pytest.mark.parametrize("jobs", [pytest.param("1", marks=pytest.mark.slow), "2"])
def test_ctrl_c_stops_within_a_second_and_leaves_whole_files(
    jobs: str, course: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    long = shutil.copytree(course, tmp_path / course.name)  # its name is the title
    for number in range(7, MANY + 1):  # so many that the build is not done before it is stopped
        (long / f"{number:02}-plans.md").write_text(SESSION.format(n=number))
    seconds: list[float] = []
    while not seconds or (min(seconds) >= 1 and len(seconds) < TRIES):
        output = tmp_path / f"output {len(seconds)}"
        seconds.append(stopped(long, output, "--jobs", jobs))
        found = files(output)
        assert 1 <= len(found) < MANY
        assert all(data.rstrip().endswith(b"%%EOF") for data in found.values())
        assert all(alone.get(name, data) == data for name, data in found.items())
    assert min(seconds) < 1, seconds


def stopped(course: Path, output: Path, *words: str) -> float:
    """Stop a build when it has made a file; return the seconds until all its processes had ended."""
    running = started(course, output, *words)
    assert running.stdout is not None
    assert "built" in running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all of them
    begun = time.monotonic()
    out, err = running.communicate(timeout=60)
    seconds = time.monotonic() - begun
    assert (running.returncode, err) == (130, "")
    assert out.splitlines()[-1].startswith("stopped: ")
    assert not left_behind(running.pid)
    return seconds


def started(course: Path, output: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(command(course, output, *words), cwd=course, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            start_new_session=True)  # fmt: skip


IN_IMPORTS = """
import os, runpy, signal, sys
class Finder:
    def find_spec(self, name, *_):
        if name == "click":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
sys.argv = [{build!r}, "--help"]
runpy.run_path({build!r}, run_name="__main__")
"""
IN_THE_SERVER = """
import os, signal
from multiprocessing import get_context
from courseware.build.run.server import start_server
if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: None)
    start_server()
    os.killpg(0, signal.SIGINT)
    process = get_context("forkserver").Process(target=print, args=("made",))
    process.start()
    process.join()
"""
TWICE = """
import os, signal
from courseware.process import end_at_once, raised
end_at_once()
with raised():
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except KeyboardInterrupt:
        print("raised", flush=True)
        os.kill(os.getpid(), signal.SIGINT)
        print("again")
"""


@pytest.mark.parametrize(("code", "ended"), [
    (IN_IMPORTS.format(build=str(PROJECT / "build.py")), (-signal.SIGINT, "", "")),
    (IN_THE_SERVER, (0, "made\n", "")),
    (TWICE, (-signal.SIGINT, "raised\n", "")),
], ids=["while modules load", "while the workers' libraries load", "twice"])  # fmt: skip
def test_ctrl_c_at_other_times_leaves_no_traceback(
    code: str, ended: tuple[int, str, str], tmp_path: Path
) -> None:
    (tmp_path / "program.py").write_text(code)
    env = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run([sys.executable, str(tmp_path / "program.py")], cwd=tmp_path, env=env,
                          capture_output=True, text=True, start_new_session=True)  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == ended


def left_behind(group: int) -> Sequence[int]:
    """Return processes of a group that still run, after a moment to end."""
    time.sleep(0.3)
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state != "Z":
            found.append(int(stat.parent.name))
    return found
