"""Set-up in a bare Debian root: the script does it, this tells how it went."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

SCRIPT = Path(__file__).with_name("bare_debian.sh")
SKIPPED = 77
"""The script's exit code where this machine cannot make a bare root; its last line says why."""


def test_both_commands_in_a_bare_debian(
    figure: Callable[[str], None], lacking: Callable[[str], None]
) -> None:
    done = subprocess.run(
        ["bash", str(SCRIPT)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines = done.stdout.splitlines()
    if done.returncode == SKIPPED:
        lacking(lines[-1])
    # pip warns of each package that one of a machine's indexes lacks: noise, hundreds of lines.
    told = [line for line in lines if not line.startswith("WARNING: Location")]
    assert done.returncode == 0, "\n".join(told[-60:])
    for line in lines:
        if line.endswith(" ms") or line.startswith("== "):
            figure(f"bare Debian: {line.removeprefix('== ')}")
