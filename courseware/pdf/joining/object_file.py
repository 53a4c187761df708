"""A PDF written object by object: what has been written is not held, so that memory does not grow with it.

Objects go into compressed object streams, streams stand for themselves, and the table of where each
is closes the file (ISO 32000-1, 7.5.7 and 7.5.8).
"""

from __future__ import annotations

import hashlib
import zlib
from struct import Struct

TOGETHER = 200
"""Objects in one object stream: more compress little better, and are all unpacked to read one."""
_ROW = Struct(">BQH")
"""A row of the table: the kind of place, the place, the index in an object stream."""
PLAIN, PACKED = 1, 2
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
WIDTHS = b"[1 8 2]"
"""Bytes of each value of a row."""


class ObjectFile:
    """A PDF that grows by objects, each under a number that was reserved for it."""

    def __init__(self) -> None:
        """Begin with the header; number 0 is no object's."""
        self.data = bytearray(HEADER)
        self._rows = bytearray(_ROW.pack(0, 0, 65535))
        self._packed: list[tuple[int, bytes]] = []
        self._streams: dict[bytes, int] = {}

    @property
    def size(self) -> int:
        """One more than the highest number reserved."""
        return len(self._rows) // _ROW.size

    def reserve(self, many: int = 1) -> int:
        """Reserve numbers in a row; return the first. What is never added counts as null."""
        first = self.size
        self._rows += _ROW.pack(0, 0, 0) * many
        return first

    def add(self, number: int, body: bytes) -> None:
        """Write an object that is no stream."""
        self._packed.append((number, body))
        if len(self._packed) == TOGETHER:
            self._pack()

    def add_stream(self, number: int, head: bytes, data: bytes) -> None:
        """Write a stream: its dictionary, with the length of its `data`, and the data."""
        self._place(number, PLAIN, len(self.data))
        self.data += b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head, data)

    def twin(self, number: int, head: bytes, data: bytes) -> int:
        """Return the number of an equal stream that was written before, else `number`."""
        key = hashlib.sha256(head + b"\0" + data).digest()
        return self._streams.setdefault(key, number)

    def close(self, root: int, info: bytes) -> bytes:
        """Write the table of objects and return the file's bytes; nothing is added after that."""
        self._pack()
        number = self.reserve()
        at = len(self.data)
        self._place(number, PLAIN, at)
        mark = hashlib.sha256(self.data).hexdigest()[:32].encode()
        rows = zlib.compress(self._rows)
        head = (
            b"<< /Type /XRef /Size %d /W %b /Root %d 0 R /Info %b /ID [ <%b> <%b> ]"
            b" /Filter /FlateDecode /Length %d >>"
            % (self.size, WIDTHS, root, info, mark, mark, len(rows))
        )
        self.add_stream(number, head, rows)
        self.data += b"startxref\n%d\n%%%%EOF\n" % at
        return bytes(self.data)

    def _place(self, number: int, kind: int, at: int, index: int = 0) -> None:
        _ROW.pack_into(self._rows, number * _ROW.size, kind, at, index)

    def _pack(self) -> None:
        if not self._packed:
            return
        holder = self.reserve()
        heads, at = list[bytes](), 0
        for index, (number, body) in enumerate(self._packed):
            self._place(number, PACKED, holder, index)
            heads.append(b"%d %d" % (number, at))
            at += len(body) + 1
        table = b" ".join(heads) + b"\n"
        inside = zlib.compress(table + b"\n".join(body for _, body in self._packed))
        head = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>" % (
            len(self._packed),
            len(table),
            len(inside),
        )
        self._packed = []
        self.add_stream(holder, head, inside)
