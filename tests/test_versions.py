"""Versions of libraries: what the program is made for, what is installed, what cannot be made then."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from courseware import versions
from courseware.build.steps import makeable
from courseware.products.table import PRODUCTS, VARIANTS
from tests.support import PROJECT


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of libraries that is looked at before any other."""
    folder = tmp_path / "lib" / "site-packages"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    return folder


def test_the_bounds_are_those_that_pip_is_told() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    bounded = {line for line in project["dependencies"] if "<" in line}
    assert bounded == {bound.requirement for bound in versions.BOUNDS}


def test_what_is_installed_here_is_what_the_program_is_made_for() -> None:
    assert versions.others() == ()
    found = versions.installed()
    for bound in versions.BOUNDS:
        assert found[bound.library.replace("-", "_")][0] == metadata.version(bound.library)


@pytest.mark.parametrize(
    ("version", "fits"),
    [("70.0", True), ("70", True), ("70.9.1", True), ("70.1.post1", True), ("69.0", False),
     ("71.0", False), ("71.0b1", False), ("7.0", False), ("700.0", False), ("1!70.0", True)],
)  # fmt: skip
def test_a_version_fits_or_not(installed: Path, version: str, fits: bool) -> None:
    (installed / f"weasyprint-{version}.dist-info").mkdir()
    found = [(o.bound.library, o.version) for o in versions.others()]
    assert found == ([] if fits else [("weasyprint", version)])


@pytest.mark.parametrize(
    ("library", "left"),
    [("weasyprint", {"slides", "slides --no-notes", "schedule"}), ("markdown_it_py", set()),
     ("tinycss2", {"schedule"}), ("python_pptx", {"handout", "worksheet", "answers", "schedule", "workbook"})],
)  # fmt: skip
def test_what_does_not_need_the_library_can_be_made(
    installed: Path, library: str, left: set[str]
) -> None:
    (installed / f"{library}-1.0.dist-info").mkdir()
    names = (*PRODUCTS, *VARIANTS)
    kept, told = makeable(names, versions.others())
    assert set(kept) == left
    assert [(f.code, f.span.line) for f in told] == [("C306", 0)]
    assert all(name in told[0].message for name in set(names) - left)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "library", "losses", "built"),
    [("WeasyPrint-69.0", "weasyprint", "no handout, worksheet, guide, answers, run-book, workbook can be made, and slides"
      " cite no pages of PDFs", {"slides"}),
     ("pydyf-0.14.0", "pydyf", "no handout, worksheet, guide, answers, run-book, workbook can be made, and slides"
      " cite no pages of PDFs", {"slides"}),
     ("python_pptx-2.0", "python-pptx", "no slides, guide, run-book can be made", {"handouts", "worksheets", "answers"}),
     ("mdit_py_plugins-1.0", "mdit-py-plugins", "no handout, worksheet, slides, guide, answers can be made", set())],
)  # fmt: skip
def test_one_line_at_the_installation_says_what_cannot_be_made_and_the_rest_is(
    folder: str, library: str, losses: str, built: set[str], tmp_path: Path
) -> None:
    other = tmp_path / "site-packages" / f"{folder}.dist-info"
    other.mkdir(parents=True)
    code = (
        f"import sys; sys.path.insert(0, {str(other.parent)!r})\n"
        "from courseware.__main__ import start; start()"
    )
    course, output = PROJECT / "tests/projects/bread", tmp_path / "output"
    words = ["--course", str(course), "all", "--output", str(output)]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=PROJECT, capture_output=True, text=True
    )
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if "error" in line]
    assert len(told) == 1
    version = folder.rpartition("-")[2]
    assert told[0].startswith(
        f"{other}: error[C306]: {library} {version} is installed; with it {losses}: this needs "
    )
    assert f'-m pip install "{library}>=' in told[0]
    assert {p.parent.name for p in output.glob("*/*") if p.parent.name != ".courseware"} == built
