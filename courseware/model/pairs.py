"""Lines of keys and values: "Cost: 30 euros", three or more of them and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from courseware.model.cutting import part_of, pieces, trimmed
from courseware.model.inline import Text

FEWEST = 3
"""Lines at least: two may be sentences."""
_KEY = re.compile(r"\s*[^\s:：.!?][^:：.!?\n]{0,15}[:：](?=\s|[^\x00-\x7f])\s*(?=\S)")


def are_pairs(lines: Sequence[str]) -> bool:
    """Whether lines are all a short key, a colon and a value; who speaks in turn is no key."""
    keys = [found[0].strip() for line in lines if (found := _KEY.match(line))]
    return len(lines) >= FEWEST and len(set(keys)) == len(lines)


def pairs_of(text: Text) -> tuple[tuple[Text, Text], ...]:
    """Return the lines of a text as keys, without their colons, and values; () unless all are such."""
    lines = [piece.text for piece in pieces(text)]
    if not are_pairs([line.plain for line in lines]):
        return ()
    ends = [(line, found) for line in lines if (found := _KEY.match(line.plain))]
    return tuple((trimmed(part_of(line, 0, len(found[0].rstrip()) - 1)),
                  trimmed(part_of(line, found.end(), len(line.plain)))) for line, found in ends)  # fmt: skip
