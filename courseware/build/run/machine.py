"""How many workers this machine bears: its cores, and memory for each."""

from __future__ import annotations

import os
import re
from pathlib import Path

WORKER = 300 * 2**20
"""Bytes of memory to have free for a worker: a large session's documents take some 200 MB."""
_GROUP = Path("/sys/fs/cgroup")


def usual_workers() -> int:
    """Return the workers that a build has unless it is told: a core each, and memory for all."""
    return max(1, min(cores(), memory() // WORKER))


def cores(group: Path = _GROUP) -> int:
    """Return the cores that this process may use, by its affinity and its container's quota."""
    if hasattr(os, "sched_getaffinity"):
        found = len(os.sched_getaffinity(0))
    else:
        found = os.cpu_count() or 1
    quota, _, period = _text(group / "cpu.max").partition(" ")
    if quota.isdigit() and period.isdigit():
        found = min(found, max(1, int(quota) // int(period)))
    return found


def memory(group: Path = _GROUP, meminfo: Path = Path("/proc/meminfo")) -> int:
    """Return the bytes of memory that are free, in the container too; very many where none tells."""
    free = 2**62
    if found := re.search(r"^MemAvailable:\s+(\d+) kB", _text(meminfo), re.M):
        free = int(found[1]) * 1024
    most, used = _text(group / "memory.max"), _text(group / "memory.current")
    if most.isdigit() and used.isdigit():
        free = min(free, max(0, int(most) - int(used)))
    return free


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
