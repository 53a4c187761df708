"""Where links lead: out of the course, or to a path in it."""

from __future__ import annotations

import re
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

HARMLESS = frozenset({"http", "https", "mailto"})
"""What an address begins with that an author may write as HTML."""
_SCHEME = re.compile(r"([A-Za-z][\w+.-]*):|//")


def is_remote(target: str) -> bool:
    """Whether a link leads out of the course: an address, a mail."""
    return bool(_SCHEME.match(target))


def in_course(path: str, target: str) -> str:
    """Return a link's target as a path in the course; what climbs out keeps its `..`."""
    if is_remote(target) or target.startswith("#") or not target:
        return target
    parts = urlsplit(target)
    whole = normpath(f"{dirname(path)}/{unquote(parts.path)}".lstrip("/"))
    return whole + (f"#{parts.fragment}" if parts.fragment else "")


def is_harmless(target: str) -> bool:
    """Whether a link leads into the course, or out of it to an address that runs nothing."""
    scheme = _SCHEME.match(target)
    return not scheme or (scheme[1] or "https").lower() in HARMLESS
