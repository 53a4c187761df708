"""A session's pages laid out as a build makes them, not written: for measures of how they look."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import msgspec

from courseware.model.session import Course
from courseware.pdf.pages import laid_out
from courseware.pdf.writer import Document, page_map
from courseware.pptx.write.making import composed
from courseware.products.table import PRODUCTS, Page, page


def proofs(course: Course, path: str, root: Path, paper: str) -> Iterator[tuple[Page, Document]]:
    """Yield each printed product of the session at `path`, with the pages and slides that it cites.

    `root` is the course's folder, `paper` a4 or letter.
    """
    cites = {
        name: [c for c in row.cites if c in PRODUCTS]
        for name, row in PRODUCTS.items()
        if row.scope == "session"
    }
    maps: dict[str, dict[str, int]] = {}
    for name in TopologicalSorter(cites).static_order():
        found = page(PRODUCTS[name], course, path)
        if found is None:
            continue
        found = msgspec.structs.replace(found, maps={c: maps[c] for c in cites[name] if c in maps})
        if PRODUCTS[name].suffix != ".pdf":
            deck = composed(found, root).deck
            maps[name] = deck.pages() if deck is not None else {}
            continue
        document = laid_out(found, root, paper)
        maps[name] = page_map(document)
        yield found, document
