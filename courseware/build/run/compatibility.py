"""What makes the same bytes of the same input: the program, its libraries, the system's."""

from __future__ import annotations

import ctypes
import platform
import re
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib import metadata

from courseware.folders import PACKAGE, layouts
from courseware.versions import __version__

_SYSTEM = {
    "Pango": ("pango-1.0", 0, "pango_version_string"),
    "HarfBuzz": ("harfbuzz", 0, "hb_version_string"),
    "fontconfig": ("fontconfig", 1, "FcGetVersion"),
}
"""Libraries of the system: a stem of file names, the number of the interface, what says the version."""


@cache
def versions() -> dict[str, str]:
    """Return what this process would make files with, by name: versions, the program's with a digest."""
    found = {"courseware": f"{__version__} ({_digest()})", "Python": platform.python_version()}
    found |= {name: _system(*row) for name, row in _SYSTEM.items()}
    return found | {name: _distribution(name) for name in _needed()}


def differences(mine: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """Return what is not the same as "Pango 1.50.12 here, 1.54.0 there", or ""."""
    names = dict.fromkeys([*mine, *theirs])
    return "; ".join(
        f"{name} {mine.get(name) or 'missing'} here, {theirs.get(name) or 'missing'} there"
        for name in names
        if mine.get(name) != theirs.get(name)
    )


def _digest() -> str:
    """Return a name for the program's own files and the layouts, fonts and all."""
    state = blake2b(digest_size=6)
    for folder in (PACKAGE, layouts()):
        kept = (p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
        for path in sorted(kept):
            data = path.read_bytes()
            state.update(f"{path.relative_to(folder).as_posix()} {len(data)} ".encode() + data)
    return state.hexdigest()


def _needed() -> list[str]:
    """Return the names of the libraries that the program asks for, and of what they ask for."""
    found: dict[str, None] = {}
    todo = ["courseware"]
    while todo:
        for name in _requirements(todo.pop()):
            if name not in found:
                found[name] = None
                todo.append(name)
    return sorted(found)


def _requirements(name: str) -> list[str]:
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    names = (re.match(r"[\w.-]+", line) for line in lines if "extra ==" not in line)
    return [re.sub(r"[-_.]+", "-", name[0]).lower() for name in names if name]


def _distribution(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _system(stem: str, number: int, function: str) -> str:
    """Return the version of a library of the system, as a process that lays out text loads it."""
    names = (f"lib{stem}.so.{number}", f"lib{stem}.{number}.dylib", f"lib{stem}-{number}.dll")
    for name in names:
        try:
            said = getattr(ctypes.CDLL(name), function)
        except OSError:
            continue
        if function == "FcGetVersion":
            return str(said())
        said.restype = ctypes.c_char_p
        return (said() or b"").decode()
    return ""
