"""Cues: what of a text a slide shows. Whole texts, first sentences or first clauses; no rewording.

The numbers of words are the product's own rule (docs/slides.md): some 40 a slide outside tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

import msgspec

from courseware.model.blocks import AnyNode, Figure, Text
from courseware.model.walk import own_texts, walk

SLIDE = 40
"""Words that a slide aims at."""
LEEWAY = 48
"""Words up to which a slide is kept whole rather than cut."""
FULL = 60
"""Words up to which what cannot be cut further stays on one slide rather than on two half-empty ones."""
SENTENCE = 22
"""Words of a paragraph's cue."""
ITEM = 12
"""Words of a list item's cue."""
FEWEST = 4
"""Words that a first sentence has at least to stand alone."""
BRIEF = 8
"""Words of a list item's cue where room is scarce: in columns and on exercises."""

_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s+[\"'“‘«(]?[A-Z0-9À-ÖØ-Þ]|\s*$)")
_WORD = r"[\w’'-]+"
_AND = r"(?:and|or|und|oder|et|ou|y|o|e)"
_CLAUSE = re.compile(
    rf",(?=\s)(?!\s+(?:{_WORD}\s+){{1,2}}{_AND}\b)(?!\s+(?:{_WORD}\s+){{0,2}}{_WORD},)"
    r"|[;:](?=\s)|\s[—–-](?=\s)|\s(?=\()"
)
"""Where a clause ends; a comma between the things of an enumeration ends none."""
_SHORT = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|e\.g|i\.e|vs|cf|etc|ca|approx|no|fig|dr|mr|mrs|ms|st|p)$"
)
_TOKEN = re.compile(r"<[^>]*>|&#?\w+;|.", re.DOTALL)
_TITLE = re.compile(r"</em>,")
_TAGS = re.compile(r"<[^>]*>")
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)")
_ALT = re.compile(r'\balt="([^"]*)"')
_PAIRS = (("(", ")"), ("“", "”"), ("«", "»"), ("„", "“"))
_VOID = frozenset({"br", "img", "wbr", "hr"})


def words(text: str) -> int:
    """Return how many words a text has; a blank to fill in is none, nor is a dash."""
    return sum(any(c.isalnum() for c in word) for word in text.split())


def words_in(nodes: Iterable[AnyNode]) -> int:
    """Return how many words stand in nodes and all in them; alternative texts do not count."""
    return sum(
        words(text.plain)
        for node in walk(nodes)
        for text in ((node.caption,) if isinstance(node, Figure) else own_texts(node))
    )


def sentences(plain: str) -> list[int]:
    """Return where each sentence of a text ends; an abbreviation's full stop ends none."""
    ends = [
        found.end()
        for found in _END.finditer(plain)
        if not (found.group()[0] == "." and _SHORT.search(plain[: found.start()].lower()))
    ]
    return ends if ends and ends[-1] == len(plain) else [*ends, len(plain)]


def cue(text: Text, limit: int = SENTENCE) -> Text:
    """Return a text's cue: all of it, its first sentence, or that one's first clause and "…".

    A first sentence of fewer than four words ("In pairs.") takes the next along.
    """
    if words(text.plain) <= limit:
        return text
    ends = sentences(text.plain)
    first = next((e for e in ends if words(text.plain[:e]) >= FEWEST), ends[0])
    first = first if words(text.plain[:first]) <= limit else ends[0]
    if FEWEST <= words(text.plain[:first]) <= limit:
        return cut(text, first)
    clauses = sorted({*(found.start() for found in _CLAUSE.finditer(text.plain)), *_titles(text)})
    fitting = [end for end in clauses if 3 <= words(text.plain[:end]) <= limit]
    if fitting:
        return cut(text, fitting[-1], "…")
    late = [end for end in clauses if limit < words(text.plain[:end]) and end < first]
    return cut(text, late[0], "…") if late else cut(text, first)


def _titles(text: Text) -> Iterator[int]:
    """Return where a title in italics ends before a comma: a clause that names a book ends there."""
    for found in _TITLE.finditer(text.html):
        before = "".join(unescape(_TAGS.sub("", text.html[: found.start()])).split())
        at = _place(text.plain, len(before))
        if text.plain[at : at + 1] == ",":
            yield at


def _place(plain: str, count: int) -> int:
    """Return the place in a text behind its `count`-th character that is no space."""
    for at, character in enumerate(plain):
        if not count:
            return at
        count -= not character.isspace()
    return len(plain)


def cut(text: Text, end: int, mark: str = "") -> Text:
    """Return a text's beginning, up to `end` of its plain words; `mark` is put behind it.

    A quotation or bracket that is open there is closed.
    """
    if end >= len(text.plain.rstrip()):
        return text
    plain = text.plain[:end].rstrip()
    mark += "".join(shut for open_, shut in _PAIRS if plain.count(open_) > plain.count(shut))
    html = _beginning(text.html, len("".join(plain.split())), mark)
    return msgspec.structs.replace(text, html=html, plain=plain + mark)


def lines(text: Text) -> list[Text]:
    """Return a long text sentence by sentence, short neighbours together; a short one as it is."""
    if words(text.plain) <= SENTENCE:
        return [text]
    result: list[Text] = []
    start = 0
    ends = sentences(text.plain)
    for end, following in zip(ends, [*ends[1:], None], strict=True):
        if following is not None and words(text.plain[start:following]) <= SENTENCE:
            continue
        counts = [len("".join(text.plain[:at].split())) for at in (start, end)]
        html = _beginning(text.html, counts[1], "", counts[0])
        result.append(msgspec.structs.replace(text, html=html, plain=text.plain[start:end].strip()))
        start = end
    return result


def _beginning(html: str, count: int, mark: str, skipped: int = 0) -> str:
    """Return HTML up to its `count`-th character that is no space, open elements closed.

    The first `skipped` of them are left out, the elements around them opened again.
    """
    kept: list[str] = []
    opened: list[str] = []
    for found in _TOKEN.finditer(html):
        token = found.group()
        tag = _TAG.match(token)
        size = _size(token, tag)
        if count <= 0 and not token.startswith("</"):
            break
        if tag and token.startswith("</"):
            opened = opened[:-1]
        elif tag and tag[1].lower() not in _VOID:
            opened.append(tag[1])
        count -= size
        skipped -= size
        if skipped + size <= 0 or tag:
            kept.append(token)
    closing = "".join(f"</{name}>" for name in reversed(opened))
    return "".join(kept).strip() + mark + closing


def _size(token: str, tag: re.Match[str] | None) -> int:
    """Return how many characters of the plain text a token stands for, spaces left out."""
    if tag is None:
        return len("".join(unescape(token).split()))
    alt = _ALT.search(token) if tag[1].lower() == "img" else None
    return len("".join(unescape(alt[1]).split())) if alt else 0
