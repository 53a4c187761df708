"""Every command that newcomers are told, in a bare Debian root: the script does it, this tells how it went."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("bare_debian.sh")
SKIPPED = 77
"""The script's exit code where this machine cannot make a bare root; its last line says why."""


def test_every_documented_command_runs_in_a_bare_debian(figure: Callable[[str], None]) -> None:
    done = subprocess.run(
        ["bash", str(SCRIPT)],
        env={**os.environ, "PYTHON": sys.executable},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = done.stdout.splitlines()
    if done.returncode == SKIPPED:
        pytest.skip(lines[-1])  # in CI, too: not every machine is a Debian with the right to mount
    # pip warns of each package that one of a machine's indexes lacks: noise, hundreds of lines.
    told = [line for line in lines if not line.startswith("WARNING: Location")]
    assert done.returncode == 0, "\n".join(told[-60:])
    for line in lines:
        if line.endswith(" ms") or line.startswith(("== ", "not run: ")):
            figure(f"bare Debian: {line.removeprefix('== ')}")
