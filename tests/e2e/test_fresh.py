"""The wheel in a fresh environment: what is installed works alone, and tells of libraries of other versions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from courseware import versions
from courseware.products.table import PRODUCTS
from tests.support import PROJECT

PINS = ("-c", str(PROJECT / "constraints.txt"))
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check")
ALONE = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
SINGLE = {row.folder for row in PRODUCTS.values() if row.scope == "session"}
"""Folders of what a course of one session has."""
Lacking = Callable[[str], None]


class Environment:
    """A fresh environment with the project's wheel and nothing of the checkout."""

    def __init__(self, place: Path) -> None:
        self.place, self.python = place, place / "bin" / "python"

    def pip(self, *words: str) -> str:
        """Run pip; return "" or the last thing that it said where it failed."""
        done = run(str(self.python), *PIP, *words, cwd=self.place)
        return done.stderr.strip().rpartition("\n")[2] or "pip failed" if done.returncode else ""

    def call(self, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run the command that the wheel installs."""
        return run(str(self.place / "bin" / "courseware"), *words, cwd=cwd)


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=ALONE, capture_output=True, text=True)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, lacking: Lacking) -> Environment:
    """Return an environment in a folder with a space in its name."""
    folder = tmp_path_factory.mktemp("my environment")
    built = run(
        sys.executable, *PIP, "wheel", "--no-deps", "-w", str(folder), str(PROJECT), cwd=folder
    )
    made = run(sys.executable, "-m", "venv", str(folder / "its own"), cwd=folder)
    if built.returncode or made.returncode:
        lacking("a wheel or an environment cannot be made: " + (built.stderr + made.stderr)[-300:])
    environment = Environment(folder / "its own")
    if failed := environment.pip("install", *PINS, str(next(folder.glob("*.whl")))):
        lacking(f"pip reaches no packages: {failed}")
    return environment


@pytest.fixture
def course(fresh: Environment, tmp_path: Path) -> Path:
    assert fresh.call("new", "course", "tea", cwd=tmp_path).returncode == 0
    return tmp_path / "tea"


def folders(course: Path) -> set[str]:
    return {path.parent.name for path in course.glob("output/*/*.p*")}


def test_what_is_installed_makes_a_course_builds_it_and_explains(
    fresh: Environment, course: Path, tmp_path: Path
) -> None:
    done = fresh.call("all", cwd=course)
    assert done.returncode == 0, done.stderr
    assert folders(course) == SINGLE
    assert "5 unchanged" in fresh.call("all", cwd=course).stdout
    page = (PROJECT / "docs" / "diagnostics" / "C203.md").read_text("utf-8")
    assert page.splitlines()[0].strip("# ") in fresh.call("explain", "C203", cwd=tmp_path).stdout
    doctor = fresh.call("doctor", cwd=tmp_path)
    assert (doctor.returncode, "make handouts" in doctor.stdout) == (0, False), doctor.stdout
    (tmp_path / "empty").mkdir()
    nothing = fresh.call("all", cwd=tmp_path / "empty")
    assert nothing.returncode == 2 and "new course" in nothing.stderr


@pytest.mark.parametrize(
    ("forced", "left"),
    [("weasyprint==69.*", {"slides"}), ("pydyf==0.11.*", {"slides"}),
     ("python-pptx==1.0.1", {"handouts", "worksheets", "answers"}),
     ("markdown-it-py==3.*", set())],
)  # fmt: skip
def test_a_library_of_another_version_is_told_once_and_the_rest_is_made(
    forced: str, left: set[str], fresh: Environment, course: Path
) -> None:
    assert fresh.pip("install", "--no-deps", forced) == ""
    library = versions.plain(forced.partition("=")[0])
    done = fresh.call("all", cwd=course)
    (told,) = [line for line in done.stderr.splitlines() if "error" in line]
    where = rf"{re.escape(str(fresh.place))}/lib/\S+/site-packages/{library}-[\d.]+\.dist-info"
    assert re.match(rf"{where}: error\[C306\]: ", told, re.IGNORECASE), told
    assert done.returncode == 1 and folders(course) == left
    assert "C306" not in fresh.call("check", cwd=course).stderr
    doctor = fresh.call("doctor", cwd=course)
    assert doctor.returncode == 1
    assert f"missing   versions of libraries ({versions.plain(forced)[:5]}" in doctor.stdout.lower()
    mend = re.search(r"\(install it: (.*)\)$", told)
    assert mend is not None
    mended = subprocess.run(
        ["sh", "-c", mend[1]],
        env={**ALONE, "PIP_CONSTRAINT": PINS[1]},
        capture_output=True,
        text=True,
    )
    assert mended.returncode == 0, mended.stderr
    assert fresh.call("all", cwd=course).returncode == 0
    assert folders(course) == SINGLE
