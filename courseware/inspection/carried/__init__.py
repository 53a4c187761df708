"""What a written file carries: every text in it, with the place where it is."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


class Piece(msgspec.Struct, frozen=True):
    """A text that a file carries: `place` as one says it ("page 3", "the bookmarks").

    `flows` where the text goes on in the next piece, as one page's does on the next.
    """

    place: str
    text: str
    flows: bool = False


def pieces(data: bytes, notes: bool = True) -> Iterator[Piece]:
    """Yield the texts of a PDF or of an office file; of other bytes what reads as text.

    Without `notes`, those of slides are left out.
    """
    if data.startswith(b"%PDF-"):
        from courseware.inspection.carried.pdf import pdf

        yield from pdf(data)
    elif data.startswith(b"PK"):
        from courseware.inspection.carried.office import office

        yield from office(data, notes)
    else:
        yield Piece("its text", data.decode("utf-8", "ignore"))
