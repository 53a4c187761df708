"""A fenced block without a language: form, drawing, table, note or code, the first that fits."""

from __future__ import annotations

import re
from typing import Literal

FenceKind = Literal["form", "drawing", "table", "note", "code"]
DRAWING_LANGUAGES = frozenset({"bob", "svgbob", "ditaa", "ascii", "diagram"})
LEAST_BLANKS = 3
_BLANK = re.compile(r"_{3,}")
PLACEHOLDER = re.compile(r"(?:^|(?<=\s))\[[A-Za-z][^\[\]\n]*[A-Za-z.…?]\](?![(:\w])")
_HEADER = re.compile(r"^\s*\[[^\]\n]+\]\s*$")
_DRAWN = re.compile("[\u2190-\u21ff\u2500-\u259f\u25b2-\u25c4]|\\+-{2,}\\+?|-{2,}>|<-{2,}|={2,}>")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s*\S|^\s*(?:[-*+]|\d+[.)])\s*$")
_LABELLED = re.compile(r"^\s*[A-Z][^:=;{}()]{0,40}:(?:\s|$)")


def fence_kind(text: str) -> FenceKind:
    """Return what a fence without a language holds."""
    lines = [line for line in text.split("\n") if line.strip()]
    settings = any(re.match(r"\s*[\w.-]+\s*=", line) for line in lines)
    blanks = len(_BLANK.findall(text)) + sum(
        len(PLACEHOLDER.findall(line)) for line in lines if not (settings and _HEADER.match(line))
    )
    if blanks >= LEAST_BLANKS:
        return "form"
    if _DRAWN.search(text):
        return "drawing"
    piped = [line for line in lines if line.lstrip().startswith("|")]
    if len(lines) >= 2 and len(piped) == len(lines) and re.match(r"\s*\|[\s:|-]+\|?\s*$", lines[1]):
        return "table"
    noted = [line for line in lines if _ITEM.match(line) or _LABELLED.match(line)]
    if lines and len(noted) * 2 > len(lines):
        return "note"
    return "code"
