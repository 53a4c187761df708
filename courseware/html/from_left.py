"""What runs from the left in a text from the right that has lost its marks: addresses, a page's source."""

from __future__ import annotations

import re

from courseware.language.typography import TAGS
from courseware.model.inline import ADDRESS

_FROM_LEFT = re.compile(f"{TAGS}|{ADDRESS.pattern}", ADDRESS.flags)


def parted(words: str) -> list[str]:
    """Return words in parts, every second of which runs from the left."""
    made: list[str] = []
    begin = 0
    for found in _FROM_LEFT.finditer(words):
        made += [words[begin : found.start()], found[0]]
        begin = found.end()
    return [*made, words[begin:]]
