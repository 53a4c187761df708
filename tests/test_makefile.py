"""make has a target for every command of the program."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from courseware.cli.commands import main
from tests.support import PROJECT


def test_every_command_is_a_target() -> None:
    text = (PROJECT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony is not None
    targets = {
        name
        for line in re.findall(r"^([a-z][a-z -]*):", text, re.MULTILINE)
        for name in line.split()
    }
    assert set(main.commands) <= set(phony[1].split()) & targets
    told = set(re.findall(r"make ([a-z-]+)", text))
    assert set(main.commands) <= told


def test_what_other_programs_need_of_python_reaches_no_target(tmp_path: Path) -> None:
    given = {"PYTHONPATH": str(tmp_path), "PYTHONHOME": str(tmp_path), "PIP_INDEX_URL": "stays"}
    rule = "shown: ; @env"
    done = subprocess.run(
        ["make", "-s", "--eval", rule, "shown"], cwd=PROJECT,
        env={"PATH": os.environ["PATH"], **given}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    names = {line.partition("=")[0] for line in done.stdout.splitlines()}
    assert names & given.keys() == {"PIP_INDEX_URL"}
