"""How many workers a machine bears: cores and memory, a container's included."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.build.run import machine


def test_a_container_s_quota_bounds_the_cores(tmp_path: Path) -> None:
    all_cores = machine.cores(tmp_path)
    (tmp_path / "cpu.max").write_text("max 100000\n")
    assert machine.cores(tmp_path) == all_cores
    (tmp_path / "cpu.max").write_text("100000 100000\n")
    assert machine.cores(tmp_path) == 1
    (tmp_path / "cpu.max").write_text("50000 100000\n")
    assert machine.cores(tmp_path) == 1


def test_memory_is_what_the_machine_or_the_container_has_left(tmp_path: Path) -> None:
    info = tmp_path / "meminfo"
    assert machine.memory(tmp_path, info) == 2**62
    info.write_text("MemTotal:  8000000 kB\nMemAvailable:    2000000 kB\n")
    assert machine.memory(tmp_path, info) == 2_000_000 * 1024
    (tmp_path / "memory.max").write_text("700000000\n")
    (tmp_path / "memory.current").write_text("600000000\n")
    assert machine.memory(tmp_path, info) == 100_000_000


@pytest.mark.parametrize(("cores", "memory", "workers"), [
    (8, 2**40, 8), (8, 700 * 2**20, 2), (2, 10, 1),
])  # fmt: skip
def test_workers_need_a_core_and_memory(
    cores: int, memory: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "cores", lambda: cores)
    monkeypatch.setattr(machine, "memory", lambda: memory)
    assert machine.usual_workers() == workers
