"""Versions of libraries: what the program is made for, what is installed, what cannot be made then."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from courseware import versions
from courseware.cli.order import makeable
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
    [("weasyprint", {"slides --no-notes"}), ("markdown_it_py", set()), ("tinycss2", set()),
     ("python_pptx", {"handout", "worksheet", "answers"})],
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


def test_one_line_at_the_installation_says_what_keeps_a_build_from_its_work(tmp_path: Path) -> None:
    other = tmp_path / "site-packages" / "WeasyPrint-69.0.dist-info"
    other.mkdir(parents=True)
    code = (
        f"import sys; sys.path.insert(0, {str(other.parent)!r})\n"
        "from courseware.__main__ import start; start()"
    )
    course = PROJECT / "content"
    words = ["--course", str(course), "all", "--output", str(tmp_path / "output")]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=PROJECT, capture_output=True, text=True
    )
    assert done.returncode == 1 and not done.stdout
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"{other}: error[C306]: weasyprint 69.0 is installed")
    assert '-m pip install "weasyprint>=70,<71"' in done.stderr
    assert not (tmp_path / "output").exists()
