"""From blocks to lines of the source, which blocks changed, and which lines may stand beside what learners get."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import msgspec

from courseware.diagnostics import CODES, Diagnostic
from courseware.inspection.leaks import letters
from courseware.model.blocks import Figure, List, Node, Table, Text
from courseware.model.session import Session, for_learner
from courseware.model.walk import children, own_texts, walk
from courseware.reading.source.front_matter import split
from courseware.serve.places import PART

HIDDEN = "· · ·"
"""Stands for a line that learners do not get as it is."""


def lines_of(session: Session) -> dict[str, tuple[int, int]]:
    """Return the first and last line of every block by its id; items and rows have a number, too."""
    return {
        name: _lines(node) for names, node, _ in _named(session.sections) for name in names if name
    }


def changed_blocks(
    session: Session, before: Session, shown: Collection[str]
) -> dict[str, set[str]]:
    """Return the names of blocks that say what no block of the session said `before`.

    `shown` are the names that a product prints. One that has none there may be printed as words of what
    it is in: the names of those have the letters that its longest text begins with, the others "".
    """
    left = Counter(_own_words(node) for node in walk(before.sections))
    found: dict[str, set[str]] = {}
    for names, node, around in _named(session.sections):
        words = _own_words(node)
        left[words] -= 1
        if words and left[words] < 0:
            own = [name for name in names if name in shown]
            begin = "" if own else letters(max(words, key=len))[:BEGIN]
            for name in own or around:
                found.setdefault(name, set()).add(begin)
    return found


BEGIN = 24
"""Letters by which the words of a block are known within those of another."""
Names = tuple[str, ...]


def _named(nodes: Iterable[Node], around: Names = ()) -> Iterator[tuple[Names, Node, Names]]:
    """Yield all blocks in source order: their names, the block, the names of all that it is in."""
    for node in nodes:
        yield from _with_inner((node.id,), node, around)


def _with_inner(names: Names, node: Node, around: Names) -> Iterator[tuple[Names, Node, Names]]:
    yield names, node, around
    around = (*names, *around)
    if isinstance(node, List | Table):
        for number, part in enumerate(children(node), 1):
            yield from _with_inner((part.id, f"{node.id}{PART}{number}"), part, around)
    else:
        yield from _named(children(node), around)


def _own_words(node: Node) -> tuple[str, ...]:
    """Return what a block itself says, "" left out: its words, or where its picture is."""
    source = node.source if isinstance(node, Figure) else ""
    return tuple(filter(None, (source, *(text.plain for text in own_texts(node)))))


def _lines(node: Node) -> tuple[int, int]:
    return node.span.line, node.span.end_line or node.span.line


class Words(msgspec.Struct, frozen=True):
    """The letters of all that a session says: to learners, and to who leads; lines of its front matter."""

    open: str = ""
    all: str = ""
    head: int = 0

    def keeps(self, words: str) -> bool:
        """Whether words are said to who leads alone."""
        bare = letters(words)
        return bool(bare) and bare in self.all and bare not in self.open


def words_of_session(session: Session | None, text: str) -> Words:
    """Return the words of a session whose file holds `text`."""
    head = split(text)[3]
    if session is None:
        return Words(head=head)
    seen = for_learner(session).texts() if session.role == "session" else []
    return Words(_letters(seen), _letters(session.texts()), head)


def _letters(texts: Iterable[Text]) -> str:
    return letters("\n".join(text.plain for text in texts))


def told_to_learners(findings: Iterable[Diagnostic], words: Words) -> tuple[Diagnostic, ...]:
    """Return findings as they may stand beside what learners get, which others may be looking at.

    One that quotes what learners do not read says its kind alone; a line is shown where learners read
    all of it, or where it is front matter.
    """
    return tuple(_bare(one) if _tells(one, words) else _without_line(one, words) for one in findings)  # fmt: skip


WITHHOLDING = frozenset({"C131", "C140", "C141"})
"""Codes whose messages quote what is withheld."""


def _tells(found: Diagnostic, words: Words) -> bool:
    quoted = re.findall(r"[\"“«„]([^\"”»“]+)", f"{found.message} {found.hint}")
    return found.code in WITHHOLDING or any(map(words.keeps, quoted))


def _without_line(found: Diagnostic, words: Words) -> Diagnostic:
    shown = found.span.line <= words.head or letters(found.line) in words.open
    return found if shown else msgspec.structs.replace(found, line="")


def _bare(found: Diagnostic) -> Diagnostic:
    hint = "its words are in the tabs that only you see"
    return msgspec.structs.replace(found, message=CODES[found.code].title, hint=hint, line="")


def sources(text: str, words: Words) -> dict[str, list[str]]:
    """Return a session's lines by who may be looking: beside what learners get, those that they read."""
    lines = text.split("\n")
    learner = [line if letters(line) in words.open else HIDDEN for line in lines]
    return {"facilitator": lines, "learner": learner}
