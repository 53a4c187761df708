"""The process that workers are forked from: started early, as it takes a while to load libraries."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, get_context, resource_tracker

from courseware.process import held_back

PRELOADED = "courseware.build.run.preload"


def start_server() -> None:
    """Start the process that workers are forked from, where it does not run; return at once."""
    get_context("forkserver").set_forkserver_preload([PRELOADED])
    with _same_imports():
        resource_tracker.ensure_running()  # when it starts, it lets Ctrl-C through again
        with held_back():
            forkserver.ensure_running()


@contextmanager
def _same_imports() -> Iterator[None]:
    """Let a Python started here import what this one does, and nothing from the current folder.

    Of itself it would look there first, where a course may have files called like modules.
    """
    path = os.pathsep.join(entry for entry in sys.path if entry)
    before = {name: os.environ.get(name) for name in ("PYTHONPATH", "PYTHONSAFEPATH")}
    os.environ.update(PYTHONPATH=path, PYTHONSAFEPATH="1")
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
