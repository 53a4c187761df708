"""What a handout draws anew: chains of steps and matrices in characters."""

from __future__ import annotations

import msgspec

from courseware.model.blocks import Code, Drawing, Paragraph, Text
from courseware.products.deck.figures import LETTERS, figured
from courseware.products.deck.titles import Placeholder

HALF = 0.48
"""The share of the text's width that a card of two across has."""


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


def redrawn(block: Drawing | Code, share: float = 1.0) -> Redrawn | None:
    """Return what a drawing says, None where it stays as it is drawn. Code in a language stays.

    `share` is how much of the text's width there is: a chain that is too long for it stays, too.
    """
    if isinstance(block, Code) and block.language:
        return None
    held = {place.name: _lines(place) for place in figured(block)}
    if steps := tuple(lines[0] for name, lines in held.items() if name.startswith("step-")):
        room = LETTERS * share / len(steps)
        fits = share == 1.0 or max(len(w) for s in steps for w in s.plain.split()) <= room
        return Redrawn(steps=steps) if fits else None
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
