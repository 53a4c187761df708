"""What made a file is known without loading it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import pytest

from courseware.build.state import stamp
from courseware.build.state.fingerprints import FINE, is_of_file
from tests.support import PROJECT


def needed(name: str, found: set[str]) -> set[str]:
    """Return a distribution and all that it needs without an extra, as far as it is installed."""
    plain = re.sub(r"[-_.]+", "_", name).lower()
    if plain in found:
        return found
    try:
        rows = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return found
    found.add(plain)
    for row in rows:
        if "extra ==" not in row:
            needed(re.split(r"[^\w.-]", row, maxsplit=1)[0], found)
    return found


def test_the_list_of_libraries_names_all_that_the_program_needs() -> None:
    assert needed("courseware", set()) - {"courseware"} <= stamp.LIBRARIES


def test_versions_are_those_that_are_installed() -> None:
    said = dict(part.rsplit(" ", 1) for part in stamp.libraries().split(", "))
    assert said["weasyprint"] == metadata.version("weasyprint")
    assert said["jinja2"] == metadata.version("jinja2")


def test_the_programs_files_are_named() -> None:
    assert {"read package:cli/commands.py", "read package:language/en.yml"} <= set(stamp.program())
    assert all(is_of_file(fact) for fact in stamp.program())


@pytest.mark.slow
def test_another_version_of_the_program_makes_its_own(tmp_path: Path) -> None:
    copy = tmp_path / "program"
    for folder in ("courseware", "layouts"):
        shutil.copytree(
            PROJECT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(PROJECT / "build.py", copy)
    (tmp_path / "course").mkdir()
    (tmp_path / "course/01-tea.md").write_text("# Tea\n\nPour.\n", "utf-8")

    def build() -> str:
        order = [sys.executable, "build.py", "--course", str(tmp_path / "course"), "handouts", "-v"]
        done = subprocess.run(order, cwd=copy, check=True, capture_output=True, text=True)
        return done.stdout + done.stderr

    assert "1 built" in build()
    time.sleep(2 * FINE / 1e9)  # a state that is younger is open
    assert ".pdf: " not in build() + build()
    with (copy / "courseware/products/handout/forms.py").open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    assert "01-tea.pdf: the program changed" in build()
