"""The fonts that there are: the shipped ones, and those of the extra where it is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from courseware.folders import layouts
from courseware.pdf import engine_files

SHIPPED = layouts() / "fonts" / "fonts.conf"


def test_without_the_extra_the_shipped_fonts_are_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_files, "PACKAGE", "no_such_package_of_fonts")
    assert engine_files.font_settings() == SHIPPED


@pytest.fixture
def extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "some_fonts"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(engine_files, "PACKAGE", "some_fonts")
    return package


def test_the_extras_folder_stands_beside_the_shipped_fonts(
    extra: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    said = engine_files.font_settings().read_text("utf-8")
    assert f"<dir>{extra}</dir>" in said and f"<include>{SHIPPED}</include>" in said


def test_where_nothing_can_be_written_the_shipped_fonts_are_used(
    extra: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    assert engine_files.font_settings() == SHIPPED
