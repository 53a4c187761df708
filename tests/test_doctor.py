"""The doctor: facts and mends, for each package manager, in a light import."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from courseware import doctor, versions
from courseware.doctor import MANAGERS, PACKAGES, MachineFact, commands, examine, extras, mend, text

PROJECT = Path(__file__).resolve().parent.parent
NEEDED = ("venv", "pango", "subset")


def test_a_fact_is_shown_with_its_mend_only_where_it_lacks() -> None:
    facts = (
        MachineFact("Python", True, "3.11.2", "install it"),
        MachineFact("Pango", False, "", "apk add pango"),
        MachineFact("pdftoppm", False, "tests of pages", "brew install poppler", optional=True),
    )
    assert text(facts).splitlines() == [
        "ok        Python (3.11.2)",
        "missing   Pango: apk add pango",
        "optional  pdftoppm (tests of pages): brew install poppler",
    ]


def test_every_package_has_a_name_for_every_manager() -> None:
    for thing, names in PACKAGES.items():
        assert set(names) == set(MANAGERS), thing
    assert all(PACKAGES[thing][name] for thing in NEEDED for name in MANAGERS)


@pytest.mark.parametrize("found", MANAGERS)
def test_what_set_up_needs_is_one_line_for_each_manager(
    found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "manager", lambda: found)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    line = mend(*NEEDED)
    assert "\n" not in line
    assert line.startswith("sudo ") is (found not in ("brew", "msys2"))
    assert line.endswith(commands(NEEDED, found)[-1][-1])


def test_debian_reads_its_lists_before_it_installs() -> None:
    first, second = commands(NEEDED, "apt-get")
    assert first == ("apt-get", "update", "-qq")
    assert " ".join(second) == (
        "apt-get install -y --no-install-recommends"
        " python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )


def test_a_library_that_is_not_there_is_not_found() -> None:
    assert not doctor.has_library("no-such-library")


def test_nothing_needed_lacks_where_the_tests_run() -> None:
    assert [fact for fact in examine() if not fact.present and not fact.optional] == []


def declared() -> list[str]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    return [str(line) for line in project["dependencies"]]


def test_the_doctor_looks_for_every_dependency(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {versions.plain(re.split("[<>=]", line)[0]) for line in declared()}
    assert {versions.plain(doctor._name(line)) for line in doctor.requirements()} == names
    monkeypatch.setattr(metadata, "requires", _not_installed)
    assert set(doctor.requirements()) == set(declared())


def _not_installed(name: str) -> list[str]:
    raise metadata.PackageNotFoundError(name)


@pytest.mark.parametrize(("checkout", "mended"), [(True, "make handouts"), (False, "pip install")])
def test_what_lacks_or_is_another_is_told_by_the_bounds_of_what_is_installed(
    checkout: bool, mended: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = ["no-such.library<3,>=2", "click>=9000", "PyYAML<6.1,>=5.4", "x; extra == 'cjk'"]
    monkeypatch.setattr(metadata, "requires", lambda name: lines)
    if not checkout:
        monkeypatch.setattr(doctor, "HERE", tmp_path)
    facts = {fact.name: fact for fact in doctor.examine()}
    lacking, other = facts["Python libraries"], facts["versions of libraries"]
    assert (lacking.present, lacking.detail) == (False, "no-such.library")
    assert mended in lacking.mend
    click = versions.installed()["click"][0]
    assert (other.present, other.detail) == (False, f"click {click}")
    assert other.mend == f'{shlex.quote(sys.executable)} -m pip install "click>=9000"'


@pytest.mark.parametrize(
    ("requirement", "version", "fits"),
    [("a", "1", True), ("a>=1,<2", "1.9", True), ("a<2,>=1", "2.0", False), ("a!=1.5", "1.5.0", False),
     ("a==1.0", "1", True), ("a <= 3, > 1", "3.0", True), ("a>1", "1.0", False), ("a_b>=0.10", "0.9", False)],
)  # fmt: skip
def test_bounds_are_read_in_any_order(requirement: str, version: str, fits: bool) -> None:
    assert versions.fits(requirement, version) is fits


def test_the_doctor_needs_no_library() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import courseware.doctor as d; d.examine()"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(PROJECT)], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_build_says_in_one_line_what_sets_it_up(tmp_path: Path) -> None:
    (tmp_path / "build.py").write_bytes((PROJECT / "build.py").read_bytes())
    (tmp_path / "courseware" / "cli").mkdir(parents=True)
    (tmp_path / "courseware" / "__init__.py").touch()
    shutil.copy(PROJECT / "courseware/process.py", tmp_path / "courseware")  # before any library
    (tmp_path / "courseware" / "cli" / "commands.py").write_text(
        "import a_library_not_there\n", "utf-8"
    )
    done = subprocess.run(
        [sys.executable, str(tmp_path / "build.py"), "--help"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr == (
        "the library a_library_not_there is needed: `make handouts` sets it up\n"
    )


def test_make_quotes_paths_with_spaces_and_quotes() -> None:
    given = ("MAKE", "MFLAGS", "ARGS", "COURSE", "SESSION")  # by the `make test` that runs this
    alone = {name: value for name, value in os.environ.items() if not name.startswith(given)}
    done = subprocess.run(
        ["make", "-n", "-o", ".venv/runtime.stamp", "COURSE=it's a/course", "SESSION=a b.md",
         "handouts"],
        cwd=PROJECT, env=alone, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.split(" build.py ")[1].strip() == (
        "--course 'it'\\''s a/course' handouts 'a b.md'"
    )


@pytest.mark.parametrize("found", MANAGERS)
def test_the_page_on_installing_names_each_manager_s_command(found: str) -> None:
    page = (PROJECT / "docs" / "install.md").read_text("utf-8")
    assert " ".join(commands(NEEDED, found)[-1]) in page


def test_a_course_wants_the_extras_that_its_letters_need(tmp_path: Path) -> None:
    assert extras(["# Tea\n\n## Wasser ä б ع\n"]) == ()
    for said in ("# お茶", "# 课程", "# 차 수업"):
        (fact,) = extras(["# Tea", said])
        assert fact.name == "cjk" and "make extras ARGS=cjk" in fact.mend
    (tmp_path / "1.md").write_text("# お茶\n\n## 目的\n\n水\n", "utf-8")
    command = [sys.executable, str(PROJECT / "build.py"), "--course", str(tmp_path), "extras"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    assert done.returncode == 0 and "cjk" in done.stdout


def test_an_extra_that_is_named_is_set_up_where_it_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from courseware.cli.commands import main

    (tmp_path / "1.md").write_text("# Tea\n\nText.\n", "utf-8")
    course, called = ["--course", str(tmp_path)], list[str]()
    monkeypatch.setattr("courseware.doctor.run_set_up", lambda name: not called.append(name))  # type: ignore[func-returns-value]
    told = CliRunner().invoke(main, [*course, "extras", "editor"])
    assert told.exit_code == 0 and "editor" in told.output and called == []
    lacking = importlib.util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec",
        lambda name, *more: None if name == "pygls" else lacking(name, *more),
    )
    assert CliRunner().invoke(main, [*course, "extras", "--set-up", "editor"]).exit_code == 0
    assert called == ["editor"]
    wrong = CliRunner().invoke(main, [*course, "extras", "editr"])
    assert wrong.exit_code == 2 and 'did you mean "editor"?' in wrong.output
