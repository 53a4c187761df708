"""Files that the layout engine reads by itself: the shipped fonts, and the system's libraries."""

from __future__ import annotations

import os
from html import escape
from importlib.util import find_spec
from pathlib import Path

from courseware import files
from courseware.folders import layouts

PACKAGE = "justmytype_intl_cjk"
"""Noto Sans JP, KR, SC and TC under the SIL OFL, thirty megabytes: too large to ship."""
_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include>{shipped}</include><dir>{extra}</dir></fontconfig>
"""
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


def font_settings() -> Path:
    """Return the file that tells fontconfig which fonts there are: the shipped ones, and the extra's."""
    shipped = layouts() / "fonts" / "fonts.conf"
    found = find_spec(PACKAGE)
    places = found.submodule_search_locations if found is not None else None
    if not places:
        return shipped
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    path = Path(base) / "courseware-fonts" / f"fonts-{os.getpid()}.conf"
    text = _CONF.format(shipped=escape(str(shipped)), extra=escape(str(Path(next(iter(places))))))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path.replace(path.parent / "fonts-cjk.conf")
    except OSError:  # no folder to write to: the shipped fonts are those that there are
        return shipped
