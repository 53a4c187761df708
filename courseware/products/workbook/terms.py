"""The terms of a session: defined where it says what they mean, or marked as terms in its text.

A term is defined by a definition list, a box `definition`, and in a section of key terms by `Term: meaning`
in a list, a table's row or a heading. It is marked by `<dfn>`, `<mark>` or a class as in `[term]{.term}`.
What stands in bold may be one that is defined elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

import msgspec

from courseware.model.blocks import (
    AnyNode,
    Block,
    Box,
    Definition,
    Field,
    Item,
    Paragraph,
    Part,
    Row,
    Text,
    Topic,
)
from courseware.model.cutting import part_of
from courseware.model.inline import BOLD, Mark, words_of
from courseware.model.session import Session
from courseware.model.walk import children, own_texts, rebuild, texts, walk

CLASSES = frozenset({"term", "key-term", "keyword", "index", "dfn"})
"""Classes that mark a term."""
MOST_WORDS = 5
"""Words of a term; more are a sentence that stands out."""
_PARTED = re.compile(r"^(.{2,60}?)\s*(?:[:：]\s|\s[–—-]\s)\s*(?=\S)")
"""A term and what parts it from its meaning on one line."""


class Term(msgspec.Struct, frozen=True):
    """A term where it stands: `places` are ids of blocks, the nearest first.

    `meaning` is what a definition says, `bold` tells that it only stands out.
    """

    words: str
    places: tuple[str, ...]
    meaning: tuple[Block, ...] = ()
    bold: bool = False

    @property
    def key(self) -> str:
        """What is the same for the same term, however it is written."""
        return unicodedata.normalize("NFKC", self.words).casefold()

    @property
    def said(self) -> str:
        """The words of its meaning."""
        return " ".join(text.plain for text in texts(self.meaning))


def digest(session: Session) -> Session:
    """Return a session with its sections' headings, and the blocks that hold a term."""
    wanted = {place for term in terms(session) for place in term.places}

    def keep(node: AnyNode) -> AnyNode | None:
        return rebuild(node, keep) if node.id in wanted else None

    kept = tuple(rebuild(section, keep) for section in session.sections)
    return msgspec.structs.replace(session, sections=kept)


def terms(session: Session) -> Iterator[Term]:
    """Yield the terms of a session in source order."""
    for section in session.sections:
        yield from _of(section, (), "section" if section.kind == "glossary" else "")


Place = Literal["", "section", "item"]
"""Where a node stands: in a section of key terms, in an item there, or elsewhere."""


def _of(node: AnyNode, around: tuple[str, ...], listed: Place) -> Iterator[Term]:
    """Yield the terms in a node; `around` are the ids of what it stands in, the nearest first."""
    words, meaning = _defined(node, listed)
    if words and meaning:
        own = tuple(found.id for found in walk([node]) if found.id)
        yield Term(words, (*own, *around), meaning)
    places = (node.id, *around)
    for text in own_texts(node):
        for mark in text.walk():
            if isinstance(mark, Mark) and (said := _marked(mark)) and said != words:
                yield Term(said, places, bold=mark.name in BOLD)
    for child in children(node):
        inside: Place = "item" if listed and isinstance(node, Item) else listed
        yield from _of(child, places, inside)


def _defined(node: AnyNode, listed: Place) -> tuple[str, tuple[Block, ...]]:
    """Return the term that a node defines and what it means, "" and nothing where it defines none."""
    match node:
        case Definition(term=term):
            return _bare(term.plain), node.blocks
        case Box(kind="definition"):
            return _bare(node.heading.title.plain), node.blocks
        case _ if not listed:
            return "", ()
        case Field(label=label, value=value):
            line = (Paragraph(span=node.span, text=value),) if value else ()
            return _bare(label.plain), (*line, *node.blocks)
        case Paragraph(text=text) if found := _parted(text, listed):
            rest = part_of(text, found.end(), len(text.plain))
            return _bare(found[1]), (Paragraph(span=node.span, text=rest),)
        case Row(cells=(first, *more)) if more and not first.header:
            said = " ".join(t.plain for child in walk([first]) for t in own_texts(child))
            return _bare(said), tuple(block for cell in more[:1] for block in cell.blocks)
        case Topic() | Part():
            return _bare(node.heading.title.plain), node.blocks
        case _:
            return "", ()


def _parted(text: Text, listed: Place) -> re.Match[str] | None:
    """Return where a line's term ends: in an item, or where it begins with a mark."""
    begins = bool(text.inlines) and isinstance(text.inlines[0], Mark)
    found = _PARTED.match(text.plain) if begins or listed == "item" else None
    return found if found and len(found[1].split()) <= MOST_WORDS else None


def _marked(mark: Mark) -> str:
    """Return the term that a mark marks, "" where it marks none."""
    classes = dict(mark.attributes).get("class", "").split()
    marks = mark.name in ("dfn", "mark") or mark.name in BOLD or not CLASSES.isdisjoint(classes)
    words = _bare(words_of(mark)) if marks else ""
    return words if len(words.split()) <= MOST_WORDS else ""


def _bare(words: str) -> str:
    return " ".join(words.split()).strip(" :：.,;")
