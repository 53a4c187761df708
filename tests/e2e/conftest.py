"""What the slow tests share: courses built once by the command line, and figures at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from courseware.course.loading import Loaded, load, slugs
from courseware.products.table import PRODUCTS
from tests.support import PROJECT, SHARED

FIGURES = pytest.StashKey[list[str]]()

ENDS = time.monotonic() + float(os.environ.get("E2E_SECONDS", "inf"))
"""When no further test begins: `E2E_SECONDS` is how long the slow tests may go on, for CI."""


class Course(msgspec.Struct, frozen=True):
    """A course as the command line built it: what was read, where its files are, what it said."""

    name: str
    loaded: Loaded
    output: Path
    findings: tuple[dict[str, str], ...]

    @property
    def files(self) -> dict[tuple[str, str], Path]:
        """Return the files that were built, by product and session's path."""
        names = slugs(self.loaded.course.sessions)
        found = {(row.name, path): self.output / row.folder / f"{name}{row.suffix}"
                 for row in PRODUCTS.values() for path, name in names.items()}  # fmt: skip
        return {key: path for key, path in found.items() if path.is_file()}


def sources() -> list[Path]:
    """Return the courses that the slow tests build: the samples, and what lies in ../shared.

    `E2E_COURSES` in the environment names those that are wanted ("content design-sprint").
    """
    shared = [SHARED / "seeds/session-07.md", *sorted((SHARED / "courses").glob("*/"))]
    wanted = os.environ.get("E2E_COURSES", "").split()
    found = [PROJECT / "content", *(path for path in shared if path.exists())]
    return [path for path in found if not wanted or path.stem in wanted]


@pytest.fixture(scope="session", params=sources(), ids=lambda path: path.stem)
def course(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Course]:
    source: Path = request.param
    output = tmp_path_factory.mktemp(source.stem)
    command = [sys.executable, str(PROJECT / "build.py"), "--course", str(source), "all",
               "--output", str(output), "--format", "json"]  # fmt: skip
    done = subprocess.run(command, capture_output=True)
    assert not done.stderr, done.stderr.decode()[-2000:]
    findings = msgspec.json.decode(done.stdout)
    yield Course(source.stem, load(source, output), output, tuple(findings))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what no time is left for, before its fixtures are built; `-ra` names it."""
    if time.monotonic() > ENDS:
        pytest.skip(f"E2E_SECONDS was up before {item.name} began")


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return what puts a line under "figures", after the tests and before the closing line."""
    return request.config.stash.setdefault(FIGURES, []).append


@pytest.fixture(scope="session")
def lacking() -> Callable[[str], None]:
    """Return what skips a test for want of something; in CI, where nothing may lack, it fails."""

    def skip(reason: str) -> None:
        if os.environ.get("CI"):
            pytest.fail(f"CI lacks what this test needs: {reason}")
        pytest.skip(reason)

    return skip


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = terminalreporter.config.stash.get(FIGURES, [])
    if lines:
        terminalreporter.section("figures", sep="-")
        for line in lines:
            terminalreporter.line(line)
