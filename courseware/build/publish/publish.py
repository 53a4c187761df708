"""Publishing: a file is written beside its place, flushed and renamed, or not there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

PART = ".courseware-part"
"""How the names of files end that are being written."""


def publish(path: Path, data: bytes, flushed: bool = True) -> bool:
    """Write a file whole, or leave the old one; return False where it holds these bytes already.

    Not `flushed`, a machine that loses its power now may lose it: for what is made again at need.
    """
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.parent / f".{path.name}.{os.getpid()}{PART}"
    try:  # named before it is there: Ctrl-C may come while it is made
        part.unlink(missing_ok=True)
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            if flushed:
                os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return True


def sweep(output: Path) -> None:
    """Remove what builds that were killed were writing; nobody else may be writing."""
    for pattern in (f".*{PART}", f"*/.*{PART}"):
        for path in output.glob(pattern):
            with suppress(OSError):
                path.unlink()


def remove(output: Path, files: tuple[str, ...]) -> list[str]:
    """Remove files that a course published, and folders left empty; return those removed."""
    removed = []
    for name in files:
        path = output / name
        if not path.resolve().is_relative_to(output.resolve()) or not path.is_file():
            continue
        with suppress(OSError):  # a folder that is not to be written to keeps its files
            path.unlink()
            removed.append(name)
            if path.parent != output and not any(path.parent.iterdir()):
                path.parent.rmdir()
    return removed
