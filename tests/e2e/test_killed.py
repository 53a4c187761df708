"""Fifty builds killed at random moments: no file cut off or mixed, and the end is the same."""

from __future__ import annotations

from pathlib import Path

from tests.build.test_robust import course as course
from tests.build.test_robust import disturbed
from tests.build.test_robust import undisturbed as undisturbed


def test_fifty_killed_builds(course: Path, tmp_path: Path, undisturbed: dict[str, bytes]) -> None:  # noqa: F811
    disturbed(course, tmp_path / "out", undisturbed, 50)
