"""What the layout engine logged, as findings: characters that no font has are told together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from courseware.diagnostics import Diagnostic, Span

_LACKING = re.compile(
    r'\.notdef glyph rendered for Unicode string unsupported by fonts: "(.+?)" \('
)
MOST_SHOWN = 12
"""Characters that are named; the rest are counted."""
HINT = "put a font that has them into the course's layouts/fonts and name it in --face: docs/layouts.md"


def reported(lines: Iterable[str], place: Span) -> Iterator[Diagnostic]:
    """Yield the findings of a document's log; `place` is its session."""
    lacking: list[str] = []
    for line in lines:
        found = _LACKING.match(line)
        if found:
            lacking.append(found[1])
        else:
            yield Diagnostic("C302", line, place)
    if lacking:
        shown = " ".join(lacking[:MOST_SHOWN])
        more = f" and {len(lacking) - MOST_SHOWN} more" if len(lacking) > MOST_SHOWN else ""
        yield Diagnostic("C302", f"no font has these characters: {shown}{more}", place, HINT)
