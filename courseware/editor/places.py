"""Places in a text as an editor counts them: a finding's range, and those of the edits that mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from courseware.diagnostics import Diagnostic, Edit
from courseware.reading.source.decoding import composed

_MEANT = re.compile(
    r"!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])?"
    r"|<[^<>\n]*>|`+[^`\n]*`+|\$+[^$\n]*\$+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}]*)|[\w-]+"
)
"""What a finding may be about where it begins within a line: a link, a tag, an attribute, a word."""


class Range(NamedTuple):
    """A part of a line: its number and its characters, all from 0, the last one behind it."""

    line: int
    start: int
    end: int


def range_of(found: Diagnostic, lines: Sequence[str]) -> Range:
    """Return the range of a finding: what its mend replaces, what begins at its place, or its line."""
    span = found.span
    number = min(max(span.line, 1), max(len(lines), 1)) - 1
    written = lines[number] if lines else ""
    line = composed(written)
    meant = [r for e in found.mend if e.was and (r := edited(e, lines)) and r.line == number]
    if meant and found.code != "C111":
        return meant[0]
    first = len(line) - len(line.lstrip())
    start = min(max(span.column - 1, first), len(line.rstrip()))
    inside = _MEANT.match(line, start) if start > first else None
    end = inside.end() if inside else max(len(line.rstrip()), start)
    return _as_written(Range(number, start, end), written)


def edited(edit: Edit, lines: Sequence[str]) -> Range | None:
    """Return what an edit replaces in a text; None where that does not stand there any more."""
    number = edit.line - 1
    if not 0 <= number < max(len(lines), 1):
        return None
    written = lines[number] if lines else ""
    line = composed(written)
    if not edit.was:
        at = min(edit.column - 1, len(line)) if edit.column else len(line)
        return _as_written(Range(number, at, at), written)
    word = re.escape(edit.was)
    word = rf"(?<![\w-]){word}" if re.match(r"\w", edit.was) else word
    word = rf"{word}(?![\w-])" if re.search(r"\w\Z", edit.was) else word
    found = re.compile(word, re.IGNORECASE).search(line, max(edit.column - 1, 0))
    return _as_written(Range(number, *found.span()), written) if found else None


def _as_written(found: Range, line: str) -> Range:
    """Return a range of a line as reading has it in the line as it is written, accents apart."""
    read = composed(line)
    if read == line:
        return found
    heads = [composed(line[:n]) for n in range(len(line) + 1)]
    start, end = (
        max((n for n, head in enumerate(heads) if head == read[:at]), default=len(line))
        for at in found[1:]
    )
    return Range(found.line, start, end)
