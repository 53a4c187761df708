"""A real cluster for tests: a scheduler and workers, processes with folders of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.support import PROJECT

PATIENCE = 120
"""Seconds that a process has to come, on a machine with much else to do."""


@contextmanager
def process(folder: Path, path: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module's command in a folder of its own, with modules from `path`."""
    folder.mkdir()
    log = (folder / "log").open("wb")
    env = {**os.environ, "PYTHONPATH": path}
    # A session of its own: what it starts ends with it.
    running = subprocess.Popen([sys.executable, "-m", *words], cwd=folder, env=env, stdout=log,
                               stderr=log, start_new_session=True)  # fmt: skip
    try:
        yield running
    finally:
        log.close()
        os.killpg(running.pid, 9)
        running.wait()


@contextmanager
def cluster(tmp: Path, *paths: str) -> Iterator[str]:
    """Yield the address of a scheduler that has a worker for each path of modules."""
    told = tmp / "scheduler.json"
    with ExitStack() as stack:
        words = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
                 "--no-dashboard", "--scheduler-file", str(told)]  # fmt: skip
        stack.enter_context(process(tmp / "scheduler", str(PROJECT), *words))
        for number, path in enumerate(paths):
            words = ["distributed.cli.dask_worker", "--nthreads", "1", "--no-dashboard",
                     "--scheduler-file", str(told)]  # fmt: skip
            stack.enter_context(process(tmp / f"worker {number}", path, *words))
        address = _address(told)
        _wait_for(address, len(paths))
        yield address


def _address(told: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            return str(json.loads(told.read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.05)
    raise TimeoutError("the scheduler did not come")


def _wait_for(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=PATIENCE)
