"""What a PDF of this program holds: its streams, and the strings of its other objects.

A joined file is proved by it: a stream or a string that no part holds was put there by joining.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator

import msgspec
from pikepdf import Object, String

from courseware.pdf.joining.object_file import HEADER

_STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]+>", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)\b")
_START = re.compile(rb"\d+ 0 obj\n")
_END = b"\nendstream\nendobj\n"
_PACKED, _TABLE = re.compile(rb"/Type ?/ObjStm"), re.compile(rb"/Type ?/XRef")
_TAIL = re.compile(rb"startxref\n\d+\n%%EOF\s*")
_PARTED = "--"
"""What stands between a part's name and a place in it; see `book.place_name`."""


class Substance(msgspec.Struct):
    """Streams by their digests, and strings as they read; what more files hold is added to it."""

    streams: set[bytes]
    strings: set[bytes]

    def add(self, other: Substance) -> None:
        """Add what another file holds."""
        self.streams |= other.streams
        self.strings |= other.strings

    def new_texts(self, book: Substance) -> list[str]:
        """Return the strings of a book that this has not, but for its own under the name of a part."""
        found = sorted(book.strings - self.strings)
        return [text for text in map(_text, found) if not self._has_place(text)]

    def _has_place(self, name: str) -> bool:
        """Whether a name is that of a part, or more, before one that the part holds."""
        words = name.split(_PARTED)
        places = (_PARTED.join(words[n:]) for n in range(1, len(words)))
        return any(bytes(String(place)) in self.strings for place in places)


def substance(data: bytes) -> Substance:
    """Return what a file holds, all of it; raises `ValueError` where it is written otherwise than by this program."""
    streams, tokens = set[bytes](), set[bytes]()
    for head, inside in _objects(data):
        if inside and _TABLE.search(head):
            continue
        tokens.update(_STRING.findall(head))
        if inside and _PACKED.search(head):
            tokens.update(_STRING.findall(zlib.decompress(inside)))
        elif inside:
            streams.add(hashlib.sha256(inside).digest())
    return Substance(streams, {_read(token) for token in tokens})


def _objects(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the objects of a file: what each says, and its stream."""
    at = len(HEADER)
    while (start := _START.match(data, at)) is not None:
        opened = data.find(b"\nstream\n", start.end())
        closed = data.find(b"\nendobj\n", start.end(), opened if opened > 0 else len(data))
        if closed > 0:
            yield data[start.end() : closed], b""
            at = closed + len(b"\nendobj\n")
            continue
        head, opened = data[start.end() : opened], opened + len(b"\nstream\n")
        length = _LENGTH.search(head)
        at = opened + int(length[1]) if length else 0
        if not data.startswith(_END, at):
            raise ValueError("a stream does not end where it says")
        yield head, data[opened:at]
        at += len(_END)
    if not _TAIL.fullmatch(data, at):
        raise ValueError("a file goes on behind its last object")


def _text(said: bytes) -> str:
    return said.decode("utf-16" if said[:2] == b"\xfe\xff" else "pdfdoc", "replace")


def _read(token: bytes) -> bytes:
    """Return the bytes of a string as a file writes it."""
    plain = token.startswith(b"(") and b"\\" not in token
    return token[1:-1] if plain else bytes(Object.parse(token))
