"""What a handout draws anew: chains of steps and matrices in characters, lines of keys and values as pairs."""

from __future__ import annotations

import re

import msgspec

from courseware.model.blocks import Code, Drawing, Paragraph, Text
from courseware.model.cutting import part_of, pieces, trimmed
from courseware.products.deck.figures import figured
from courseware.products.deck.titles import Placeholder

KEYED = 3
"""Lines of keys and values, at least, that stand as pairs."""
_KEY = re.compile(r"\s*[^\s:：.!?][^:：.!?\n]{0,15}[:：](?=\s|[^\x00-\x7f])\s*(?=\S)")


class Redrawn(msgspec.Struct, frozen=True):
    """What a drawing says: the `steps` of a chain, else the `fields` of a matrix, each a name and more lines.

    The ends of a matrix's axes are named by where they are, "" where they are not.
    """

    steps: tuple[Text, ...] = ()
    fields: tuple[tuple[Text, ...], ...] = ()
    top: str = ""
    bottom: str = ""
    left: str = ""
    right: str = ""


def redrawn(block: Drawing | Code) -> Redrawn | None:
    """Return what a drawing says, None where it stays as it is drawn. Code in a language stays."""
    if isinstance(block, Code) and block.language:
        return None
    held = {place.name: _lines(place) for place in figured(block)}
    if steps := tuple(lines[0] for name, lines in held.items() if name.startswith("step-")):
        return Redrawn(steps=steps)
    fields = tuple(lines for name, lines in held.items() if name.startswith("card-"))
    if not fields:
        return None
    top, bottom, left, right = (
        held[f"axis-{end}"][0].plain if f"axis-{end}" in held else ""
        for end in ("top", "bottom", "left", "right")
    )
    return Redrawn((), fields, top, bottom, left, right)


def _lines(place: Placeholder) -> tuple[Text, ...]:
    return tuple(block.text for block in place.blocks if isinstance(block, Paragraph))


def keyed(paragraph: Paragraph) -> tuple[tuple[Text, Text], ...]:
    """Return the lines of a paragraph as keys, without their colons, and values; () unless all are such."""
    lines = [piece.text for piece in pieces(paragraph.text)]
    found = [(line, _KEY.match(line.plain)) for line in lines]
    if len(found) < KEYED:
        return ()
    pairs = [(trimmed(part_of(line, 0, len(key[0].rstrip()) - 1)),
              trimmed(part_of(line, key.end(), len(line.plain)))) for line, key in found if key]  # fmt: skip
    return tuple(pairs) if len(pairs) == len(found) else ()
