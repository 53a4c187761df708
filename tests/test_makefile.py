"""make has a target for every command of the program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

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
    commands = set(main.list_commands(click.Context(main)))
    assert len(commands) > 20
    assert commands <= set(phony[1].split()) & targets
    told = set(re.findall(r"make ([a-z-]+)", text))
    assert commands <= told


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


@pytest.mark.parametrize(
    ("named", "answer", "runs"),
    [
        ("", "3.13.1 /another", []),
        ("PYTHON=./named", "3.12.0 /one", []),
        ("PYTHON=./named", "3.12.1 /one", ["tools/setup.py runtime anew"]),
        ("PYTHON=./named", "3.12.0 /another", ["tools/setup.py runtime anew"]),
    ],
)
def test_a_python_that_is_named_makes_the_environment_where_that_is_anothers(
    tmp_path: Path, named: str, answer: str, runs: list[str]
) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt", "tools/setup.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(PROJECT / name, tmp_path / name)
    for name, says in ((".venv/bin/python", "3.12.0 /one"), ("named", answer), ("python3", answer)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(
            f'#!/bin/sh\n[ "$2" = python ] && echo "{says}" || echo "$@" >> said\n'
        )
        (tmp_path / name).chmod(0o755)
    (tmp_path / ".venv/runtime.stamp").touch()
    path = f"{tmp_path}:{os.environ['PATH']}"
    words = [word for word in ("make", "handouts", named) if word]
    done = subprocess.run(words, cwd=tmp_path, env={"PATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = (tmp_path / "said").read_text().splitlines()
    assert [line for line in said if "setup" in line] == runs
    assert said[-1].startswith("build.py handouts")
