"""A part's objects on their way into another file: each under a new number, its references likewise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Pdf, Stream

from courseware.pdf.joining.object_file import ObjectFile

_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|\b(\d+) 0 R", re.DOTALL)
"""A string, which is passed over, or a reference to an object. qpdf writes brackets in strings behind a backslash."""
_CONTAINERS = frozenset({"/ObjStm", "/XRef"})


class Copy:
    """One source, whose objects are written into `file` once all that is to change of them has been changed."""

    def __init__(self, file: ObjectFile, source: Pdf) -> None:
        """Reserve numbers for all objects of the source, and for some that are made of it."""
        self.file, self.source = file, source
        self.many = int(source.trailer.Size) + 2
        self.base = file.reserve(self.many) - 1
        self.moved: dict[int, int] = {}
        self.skip: set[int] = {source.Root.objgen[0]}
        self.extras: dict[int, bytes] = {}

    def number(self, found: pikepdf.Object) -> int:
        """Return the number that an object of the source has in the file."""
        own = found.objgen[0]
        if not 0 < own <= self.many:
            raise ValueError(
                "what is joined holds an object that is not indirect, or too many new ones"
            )
        return self.moved.get(own, own + self.base)

    def reference(self, found: pikepdf.Object) -> bytes:
        """Return the reference to an object of the source in the file."""
        return b"%d 0 R" % self.number(found)

    def replace(self, found: pikepdf.Object, number: int) -> None:
        """Leave an object out: what refers to it refers to the one of that number."""
        own = found.objgen[0]
        self.moved[own] = number
        self.skip.add(own)

    def leave_out(self, found: pikepdf.Object | None) -> None:
        """Leave an object out that nothing will refer to."""
        if found is not None and found.is_indirect:
            self.skip.add(found.objgen[0])

    def put(self, found: pikepdf.Object, entries: bytes) -> None:
        """Put entries, written as the file has them, into a dictionary."""
        self.extras[found.objgen[0]] = self.extras.get(found.objgen[0], b"") + entries

    def text(self, found: pikepdf.Object) -> bytes:
        """Return an object as the file has it: a reference where it has a number of its own."""
        return self.reference(found) if found.is_indirect else self._renumbered(found.unparse())

    def body(self, found: pikepdf.Object) -> bytes:
        """Return what an object of the source is in the file."""
        said = self._renumbered(found.unparse(resolved=True))
        extra = self.extras.get(found.objgen[0])
        return said.replace(b"<<", b"<< " + extra, 1) if extra else said

    def write(self) -> None:
        """Write all objects that are not left out."""
        streams = [(n, found) for n, found in self._objects() if isinstance(found, Stream)]
        for n, found in list(streams):
            head = found.stream_dict.unparse()
            if b" R" not in head:
                self._find_twin(n, head, found.read_raw_bytes())
        for n, found in streams:
            if n not in self.moved:
                head = self._renumbered(found.stream_dict.unparse())
                self.file.add_stream(n + self.base, head, found.read_raw_bytes())
        for n, found in self._objects():
            if not isinstance(found, Stream):
                self.file.add(n + self.base, self.body(found))

    def _find_twin(self, number: int, head: bytes, data: bytes) -> None:
        """Let what refers to a stream refer to an equal one that is in the file already."""
        twin = self.file.twin(number + self.base, head, data)
        if twin != number + self.base:
            self.moved[number] = twin

    def _objects(self) -> Iterator[tuple[int, Any]]:
        for n in range(1, self.many + 1):
            found = self.source.get_object(n, 0) if n not in self.skip else None
            if found is None:
                continue
            if not isinstance(found, pikepdf.Object):
                raise ValueError(f"object {n} of what is joined is a bare {type(found).__name__}")
            if not (isinstance(found, Stream) and str(found.get("/Type")) in _CONTAINERS):
                yield n, found

    def _renumbered(self, text: bytes) -> bytes:
        moved, base = self.moved, self.base

        def number(found: re.Match[bytes]) -> bytes:
            if found[1] is None:
                return found[0]
            own = int(found[1])
            return b"%d 0 R" % moved.get(own, own + base)

        return _REFERENCE.sub(number, text)
