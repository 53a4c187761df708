"""What changed is told once, by its name, however it was saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from courseware.serve.watching import Watcher


@pytest.fixture(params=[False, True], ids=["library", "polling"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[set[str]]]:
    (tmp_path / "a.md").write_text("one")
    (tmp_path / "images").mkdir()
    (tmp_path / "output").mkdir()
    found: list[set[str]] = []
    watcher = Watcher(tmp_path, frozenset({str(tmp_path / "output")}), found.append, request.param)
    watcher.start()
    time.sleep(0.3)
    yield found
    watcher.stop()
    watcher.join(5)
    assert not watcher.is_alive()


def until(wanted: Callable[[], bool]) -> None:
    ends = time.monotonic() + 10
    while not wanted():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_a_save_by_renaming_is_one_change(told: list[set[str]], tmp_path: Path) -> None:
    (tmp_path / "a.md~").write_text("two")
    (tmp_path / "a.md~").replace(tmp_path / "a.md")
    until(lambda: bool(told))
    time.sleep(0.5)
    assert set().union(*told) == {"a.md"}


def test_a_file_that_is_away_for_a_moment_is_not_gone(told: list[set[str]], tmp_path: Path) -> None:
    (tmp_path / "a.md").rename(tmp_path / ".a.md.kept")
    time.sleep(0.15)
    (tmp_path / "a.md").write_text("three")
    until(lambda: bool(told))
    time.sleep(0.6)
    assert told == [{"a.md"}]


def test_bursts_are_told_and_end(told: list[set[str]], tmp_path: Path) -> None:
    for n in range(30):
        (tmp_path / "a.md").write_text(f"{n}")
        time.sleep(1 / 30)
    until(lambda: bool(told))
    time.sleep(0.5)
    assert 1 <= len(told) <= 6 and set().union(*told) == {"a.md"}


def test_new_folders_are_watched_and_output_is_not(told: list[set[str]], tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    time.sleep(0.4)
    (tmp_path / "part" / "b.md").write_text("b")
    (tmp_path / "images" / "c.png").write_bytes(b"c")
    (tmp_path / "output" / "d.pdf").write_bytes(b"d")
    (tmp_path / ".hidden").write_text("e")
    until(lambda: set().union(*told) >= {"part/b.md", "images/c.png"})
    assert set().union(*told) == {"part/b.md", "images/c.png"}
