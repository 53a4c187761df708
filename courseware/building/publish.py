"""Publishing: a file is written beside its place and renamed; the index knows what is ours."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import msgspec

INDEX = ".courseware.json"
"""The record, in the output folder, of the files that each course published there."""


class Index(msgspec.Struct, frozen=True):
    """Files by course (its folder's name as the user's machine knows it), relative paths."""

    files: dict[str, tuple[str, ...]] = {}


def read_index(output: Path) -> Index:
    """Return the output folder's index; an unreadable one counts as empty."""
    try:
        return msgspec.json.decode((output / INDEX).read_bytes(), type=Index)
    except (OSError, msgspec.DecodeError):
        return Index()


def write_index(output: Path, index: Index) -> None:
    """Write the index, or remove it where it holds nothing."""
    if any(index.files.values()):
        publish(output / INDEX, msgspec.json.format(msgspec.json.encode(index), indent=1))
    else:
        (output / INDEX).unlink(missing_ok=True)


def publish(path: Path, data: bytes) -> bool:
    """Write a file whole, or leave the old one; return False where it holds these bytes already."""
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def remove(output: Path, files: tuple[str, ...]) -> list[str]:
    """Remove files that a course published, and folders left empty; return those removed."""
    removed = []
    for name in files:
        path = output / name
        if path.resolve().is_relative_to(output.resolve()) and path.is_file():
            path.unlink()
            removed.append(name)
            if path.parent != output and not any(path.parent.iterdir()):
                path.parent.rmdir()
    return removed
