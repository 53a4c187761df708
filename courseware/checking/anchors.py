"""Links to a place in a file: whether there is such a place, by heading or by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from courseware import files
from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic, Span
from courseware.model.session import Session
from courseware.reading.source.decoding import decode

_APART = re.compile(r"[\W_]+")
_AGAIN = re.compile(r"-\d+$")
_NAMED = re.compile(
    r"\b(?:id|name)\s*=\s*[\"']?([^\s\"'>}]+)|\{[^{}\n]*#([\w:.-]+)|^[ \t]*\(([\w:.-]+)\)=",
    re.MULTILINE,
)
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}[ \t]*$")
_TIME = re.compile(r"[([][^()\[\]]*[)\]][ \t]*$")


def lost_anchors(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Warn of links to a place in this file, or in another session's, that is not there."""
    known: dict[str, frozenset[str]] = {}
    for text in session.texts():
        for link in text.links:
            path, mark, name = link.target.partition("#")
            if not mark or name in ("", "top") or ":" in path or "{" in name:
                continue
            path = path or session.path
            if path not in known:
                known[path] = _places(loaded, path)
            if known[path] and not {_key(name), _key(_AGAIN.sub("", name))} & known[path]:
                place = Span(session.path, link.line, link.column)
                message = f'"#{name}" is no place in {path}'
                yield Diagnostic("C126", message, place, "name a heading of that file")


def _key(text: str) -> str:
    return _APART.sub("", unquote(text).casefold())


def _places(loaded: Loaded, path: str) -> frozenset[str]:
    """Return what links to a session may name: its lines as keys, names and ids; nothing of another file."""
    if path not in {session.path for session in loaded.course.sessions}:
        return frozenset()
    try:
        source, _ = decode(files.read(loaded.root / path), path)
    except OSError:
        return frozenset()
    lines = [_ATTRIBUTES.sub("", line) for line in (source or "").split("\n")]
    names = (name for found in _NAMED.finditer(source or "") for name in found.groups() if name)
    return frozenset(
        {"", *map(_key, lines), *(_key(_TIME.sub("", one)) for one in lines), *map(_key, names)}
    )
