"""Files that the layout engine reads by itself: the shipped fonts, and the system's libraries."""

from __future__ import annotations

from pathlib import Path

from courseware import files
from courseware.folders import layouts

_SYSTEM = ("libpango", "libharfbuzz", "libfontconfig", "libfreetype", "libfribidi")
"""Libraries of the system that lay out text."""


def note_fonts() -> None:
    """Note the shipped fonts, which fontconfig looks at by itself, as read."""
    folder = layouts() / "fonts"
    names = [n for n in files.names(folder) if n.endswith((".ttf", ".otf", ".conf"))]
    files.noted_aside(folder / name for name in names)


def note_system() -> None:
    """Note the system's libraries that this process has loaded to lay out text (on Linux)."""
    try:
        lines = Path("/proc/self/maps").read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    paths = {line.split(maxsplit=5)[-1] for line in lines if "/lib" in line}
    found = (Path(path) for path in sorted(paths))
    files.noted_aside(p for p in found if p.name.startswith(_SYSTEM) and p.is_file())
