"""What to bring to a course: the materials of all its sessions, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from courseware.products.guide.guide import Guide
from courseware.products.guide.materials import Material

_MEASURED = re.compile(r"(mm|cm|m|ml|cl|dl|l|mg|g|kg)\s+(?:of\s+)?(\w.*)")
"""What is measured, not counted: "m of rope"."""


class Need(msgspec.Struct, frozen=True):
    """A thing to bring: `most` at once and `total` in all, None where that is not known.

    `uses` are the parts' places with the segments that need it, none where the whole session does.
    """

    text: str
    most: int | None
    total: int | None
    uses: tuple[tuple[int, tuple[str, ...]], ...]


def needs_of(guides: Sequence[Guide]) -> Iterator[Need]:
    """Yield things to bring, each once, in the order in which they are needed first."""
    found: dict[str, list[tuple[int, Material]]] = {}
    for place, guide in enumerate(guides):
        for thing in guide.materials:
            found.setdefault(thing.text.casefold().rstrip("s"), []).append((place, thing))
    for uses in found.values():
        counts = [thing.count for _, thing in uses if thing.count is not None]
        text = uses[0][1].text
        measured = _MEASURED.fullmatch(text) if counts else None
        text = f"{measured[2]} ({measured[1]})" if measured else text
        yield Need(text, max(counts, default=None), sum(counts) if counts else None,
                   tuple((place, thing.where) for place, thing in uses))  # fmt: skip
