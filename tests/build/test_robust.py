"""Builds that are killed, that meet each other, that find no room: files stay whole, the end is the same."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courseware.cli.commands import main
from tests.support import PROJECT

SESSIONS = 3
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    for number in range(1, SESSIONS + 1):
        (folder / f"{number:02d}.md").write_text(f"# Session {number}: Plans\n\n## A\n\nText.\n")
    return folder


def words(course: Path, output: Path) -> list[str]:
    return ["--course", str(course), "all", "--output", str(output)]


def call(course: Path, output: Path) -> Result:
    return CliRunner().invoke(main, words(course, output))


def started(course: Path, output: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(PROJECT / "build.py"), *words(course, output)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def products(output: Path) -> dict[str, bytes]:
    """Return the files that readers get."""
    files = [p for p in (*output.glob("[!.]*/*"), *output.glob("[!.]*.pdf")) if p.is_file()]
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in sorted(files)}


@pytest.fixture(scope="module")
def undisturbed(course: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp("undisturbed")
    assert call(course, output).exit_code == 0
    return products(output)


def killed(process: subprocess.Popen[str], after: float, alone: bool) -> None:
    """Kill a process at a moment that no program can prepare for: `alone`, or with its workers.

    Workers that are left behind end by themselves.
    """
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        (os.kill if alone else os.killpg)(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)


def whole(output: Path, undisturbed: dict[str, bytes]) -> None:
    """Every file is as an undisturbed build makes it, or not there."""
    for name, data in products(output).items():
        if not name.endswith(".courseware-part"):
            assert undisturbed[name] == data, name


def disturbed(course: Path, output: Path, undisturbed: dict[str, bytes], times: int) -> None:
    random.seed(7)
    begun = time.perf_counter()
    assert started(course, output).communicate()[0]
    longest = time.perf_counter() - begun
    for _ in range(times):
        if random.random() < 0.5:
            shutil.rmtree(output, ignore_errors=True)
        killed(started(course, output), random.uniform(0, longest), random.random() < 0.5)
        whole(output, undisturbed)
    result = call(course, output)
    assert result.exit_code == 0, result.output
    assert products(output) == undisturbed
    assert call(course, output).stdout.count("unchanged") == len(undisturbed) + 1
    shutil.rmtree(output)


@pytest.mark.slow
def test_a_killed_build_leaves_whole_files_and_the_next_one_ends_the_same(
    course: Path, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    disturbed(course, tmp_path / "out", undisturbed, 4)


@pytest.mark.slow
def test_two_builds_started_together_end_as_one(
    course: Path, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    output = tmp_path / "out"
    both = [started(course, output) for _ in range(2)]
    said = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert products(output) == undisturbed
    built = sum(out.count("  built") for out, _ in said)
    assert built == len(undisturbed)
    assert any("waiting for it" in err for _, err in said)


@pytest.mark.slow
def test_what_a_killed_build_published_is_removed_with_its_session(tmp_path: Path) -> None:
    course, output = tmp_path / "course", tmp_path / "out"
    course.mkdir()
    (course / "01.md").write_text("# Session 1: Plans\n\nText.\n")
    code = (
        "import os; from courseware.build.state.ledger import Ledger; from courseware.cli.commands import main\n"
        "Ledger.published = lambda *_: os.kill(os.getpid(), 9)\n"
        f"main({words(course, output)!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=PROJECT)
    assert done.returncode == -signal.SIGKILL
    (left,) = products(output)
    (course / "01.md").write_text("# Session 1: Maps\n\nText.\n")
    assert f"{left}  removed" in call(course, output).stdout


class Disk:
    """Writes that fail from the `room`-th on, as on a full disk."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.write = os.fsync

    def __call__(self, handle: int) -> None:
        self.room -= 1
        if self.room < 0:
            raise FULL
        self.write(handle)


@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 1, 2, 5])
def test_a_disk_that_fills_up_is_a_finding_and_old_files_stay_whole(
    course: Path, tmp_path: Path, undisturbed: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch, room: int,
) -> None:  # fmt: skip
    output = tmp_path / "out"
    for name in undisturbed:
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_bytes(b"%PDF old %%EOF")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", Disk(room))
        result = call(course, output)
    assert result.exit_code == 1, result.output
    assert "No space left on device" in result.stderr
    assert "Traceback" not in result.output
    for name, data in products(output).items():
        assert data in (b"%PDF old %%EOF", undisturbed[name])
    assert not list(output.rglob("*.courseware-part"))
    assert call(course, output).exit_code == 0
    assert products(output) == undisturbed


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 200 KB, where this account may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.name != "posix" or os.geteuid() or not shutil.which("mount"):
        pytest.skip("only an administrator mounts file systems")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)])
    if made.returncode:
        pytest.skip("file systems cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_a_file_system_without_room_is_a_finding(
    course: Path, small: Path, undisturbed: dict[str, bytes]
) -> None:
    (small / "ballast").write_bytes(b"x" * 120_000)
    result = call(course, small / "out")
    assert result.exit_code == 1, result.output
    assert "No space left on device" in result.stderr
    whole(small / "out", undisturbed)
    assert not list(small.rglob("*.courseware-part"))


@pytest.mark.parametrize("place", ["a file", "read only"])
def test_an_output_that_cannot_be_written_is_a_finding(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    output = tmp_path / "out"
    if place == "a file":
        output.mkdir()
        (output / ".courseware").write_text("in the way")
    else:

        def refuse(*_: object, **__: object) -> None:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))

        monkeypatch.setattr(Path, "mkdir", refuse)
    result = call(course, output)
    assert result.exit_code == 1, result.output
    assert "error[C305]" in result.stderr
    assert "Traceback" not in result.output
