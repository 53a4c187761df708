"""A heading or label taken apart: its bare parts, and what stands in its brackets."""

from __future__ import annotations

import re

import msgspec

_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\u25a0-\u25ff\u2139\ufe0f\u200d\u20e3]+"
)
_NUMBER = re.compile(r"^\s*(?:#?\d+(?:\.\d+)*[.):]?|[A-Za-z][.)])\s+(?=\S)")
_UNIT = r"(?:m|min|mins|minutes?|minuten|minutos?|h|hrs?|hours?|std|stunden?|heures?|horas?)\b\.?"
_TIME = re.compile(
    rf"[*_]*[(\[]?\s*(?:ca\.?|about|~)?\s*\d+(?:\s*[-–—]\s*\d+)?\s*{_UNIT}\s*[)\]]?[*_]*", re.I
)
_BRACKET = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_PARTS = re.compile(
    r"[:：](?=\s|$)|(?<=\s)[-–—]+(?=\s|$)|[–—|｜·•»→]|(?<=\S)[-–—]+(?=\s*$)|\s/\s(?=$)"
)
_EDGES = " \t\u00a0*_~`\"'“”‘’«»„.,;:!¡✅☑✓✔→←-–—"


class Pieces(msgspec.Struct, frozen=True):
    """What a text is made of: `parts` between colons, dashes and bars; `brackets` hold the rest."""

    parts: tuple[str, ...]
    brackets: tuple[str, ...]
    whole: bool
    """Whether the text is one bracket."""
    asks: bool


def take_apart(text: str) -> Pieces:
    """Return a text's pieces, without emoji, leading number and time."""
    bare = _TIME.sub(" ", _EMOJI.sub(" ", text)).strip(_EDGES)
    bare = _NUMBER.sub("", bare)
    inside = [found.strip(_EDGES) for found in _BRACKET.findall(bare)]
    rest = _BRACKET.sub(" ", bare).strip(_EDGES)
    asks = rest.endswith(("?", "？", "؟")) or rest.startswith("¿")
    parts = [part.strip(_EDGES) for part in _PARTS.split(rest)]
    kept = tuple(part for part in parts if part)
    return Pieces(kept, tuple(i for i in inside if i), not kept and bool(inside), asks)
