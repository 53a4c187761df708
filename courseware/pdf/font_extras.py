"""Faces that are no part of the program: those of Chinese, Japanese and Korean, from the extra `cjk`."""

from __future__ import annotations

import os
from html import escape
from importlib.util import find_spec
from pathlib import Path

from courseware.folders import layouts

PACKAGE = "justmytype_intl_cjk"
"""Noto Sans JP, KR, SC and TC under the SIL OFL, thirty megabytes: too large to ship."""
_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include>{shipped}</include><dir>{extra}</dir></fontconfig>
"""


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
