"""What is kept and cannot be read back counts as not there: all is built again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from courseware.build.state.index import Index, read_index
from courseware.build.state.store import CACHE, INDEX
from courseware.cli.commands import main
from courseware.files import fingerprint

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "garbage": lambda data: bytes(255 - byte for byte in data),
    "no UTF-8, a key": lambda data: b'{"courses": {"\xff": {}}, "facts": {"\xff": ""}}',
    "no UTF-8, packed": lambda data: b"\x82\xa4body\xa2\xff\xff",
    "deep": lambda data: b'{"courses":' * 100_000,
    "another type": lambda data: b"[1, 2, 3]",
    "another format": lambda data: data.replace(b'"format":1', b'"format":99'),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = tmp_path_factory.mktemp("kept") / "tea"
    course.mkdir()
    (course / "01.md").write_text("# Session 1: Tea\n\n## Talk\n\nSome words.\n", "utf-8")
    assert CliRunner().invoke(main, ["--course", str(course), "handouts"]).exit_code == 0
    return course


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_files_are_as_good_as_none(
    built: Path, damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    course = tmp_path / "tea"
    shutil.copytree(built, course)
    output = course / "output"
    (output / INDEX).write_bytes(damage((output / INDEX).read_bytes()))
    assert read_index(output) == Index()
    kept = list((output / CACHE).iterdir())
    assert kept
    for path in kept:  # whole by its own account, so that it is read back
        content = damage(path.read_bytes()[32:])
        path.write_bytes(fingerprint(content).encode() + content)
    expected = (output / "handouts/01-tea.pdf").read_bytes()
    done = CliRunner().invoke(main, ["--course", str(course), "handouts"])
    assert (done.exit_code, done.exception) == (0, None), done.output
    assert (output / "handouts/01-tea.pdf").read_bytes() == expected
