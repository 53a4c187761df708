"""From blocks to lines of the source, which blocks changed, and which lines may stand beside what learners get."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

import msgspec

from courseware.diagnostics import CODES, Diagnostic
from courseware.inspection.leaks import letters
from courseware.model.blocks import Figure, Footnote, List, Node, Table, Text
from courseware.model.session import Session, for_learner
from courseware.model.walk import children, own_texts, texts, walk
from courseware.reading.source.front_matter import split
from courseware.serve.places import PART, TITLE, footnote_name

HIDDEN = "· · ·"
"""Stands for a line that learners do not get as it is."""


def lines_of(session: Session) -> dict[str, tuple[int, int]]:
    """Return the first and last line of every block by its id; items and rows have a number, too.

    The title and footnotes have names of their own.
    """
    title = max(min((part.line for part in session.title.walk() if part.line), default=1), 1)
    return {TITLE: (title, title)} | {
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
    if isinstance(node, Footnote):
        names = (*names, footnote_name(" ".join(text.plain for text in texts(node.blocks))))
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


class Source:
    """A session's text and its words by who reads them; worked out when they are asked for."""

    def __init__(self, session: Session | None, text: str) -> None:
        """Take a session, None where its file holds none, and the file's text."""
        self.session, self.text = session, text

    def keeps(self, words: str) -> bool:
        """Whether words are said to who leads alone."""
        bare = letters(words)
        if not bare:
            return False
        said, written = bare in self.all, bare in self.withheld_letters
        return (said and bare not in self.open) or (written and bare not in self.shown_letters)

    @cached_property
    def open(self) -> str:
        """The letters of all that the session says to learners."""
        if self.session is None or self.session.role != "session":
            return ""
        return _letters(for_learner(self.session).texts())

    @cached_property
    def all(self) -> str:
        """The letters of all that it says."""
        return _letters(self.session.texts()) if self.session is not None else ""

    @cached_property
    def withheld(self) -> frozenset[int]:
        """The lines, from 1, of what learners do not get: from where it begins to what begins next."""
        if self.session is None:
            return frozenset()
        open_ = for_learner(self.session).nodes() if self.session.role == "session" else ()
        seen, hidden = {_begin(node) for node in open_}, dict[int, bool]()
        for node in self.session.nodes():
            line = node.span.line
            hidden[line] = hidden.get(line, False) or _begin(node) not in seen
        found, within = set[int](), self.session.role != "session"
        for line in range(self.head + 1, self.text.count("\n") + 2):
            within = hidden.get(line, within)
            found |= {line} if within else set()
        return frozenset(found)

    @cached_property
    def withheld_letters(self) -> str:
        """The letters of those lines as they are written, names of files and marks among them."""
        return self._written(withheld=True)

    @cached_property
    def shown_letters(self) -> str:
        """The letters of all other lines as they are written."""
        return self._written(withheld=False)

    def _written(self, withheld: bool) -> str:
        rows = enumerate(self.all_lines, 1)
        return letters("\n".join(row for n, row in rows if (n in self.withheld) == withheld))

    @cached_property
    def head(self) -> int:
        """The lines of its front matter."""
        return split(self.text)[3]

    @cached_property
    def all_lines(self) -> list[str]:
        """The lines of the text, which stand beside what who leads gets."""
        return self.text.split("\n")

    @cached_property
    def open_lines(self) -> list[str]:
        """The lines that may stand beside what learners get: those that they read."""
        return [line if letters(line) in self.open else HIDDEN for line in self.all_lines]


def _begin(node: Node) -> tuple[str, int, int, str]:
    return type(node).__name__, node.span.line, node.span.column, node.id


def _letters(texts: Iterable[Text]) -> str:
    return letters("\n".join(text.plain for text in texts))


def told_to_learners(findings: Iterable[Diagnostic], source: Source) -> tuple[Diagnostic, ...]:
    """Return findings as they may stand beside what learners get, which others may be looking at.

    One on what learners do not get, or that quotes it, says its kind alone; a line is shown where
    learners read all of it, or where it is front matter.
    """
    return tuple(_bare(one) if _tells(one, source) else _without_line(one, source) for one in findings)  # fmt: skip


_QUOTED = re.compile(r"""["“«„]([^"”»“]+)|\\\w+|<[^<>]+>|\[[^\[\]]+\]""")
"""What a message quotes: words, a command of a formula, a tag, a label."""
WITHHOLDING = frozenset({"C131", "C140", "C141"})
"""Codes whose messages quote what is withheld."""


def _tells(found: Diagnostic, source: Source) -> bool:
    if found.code in WITHHOLDING or found.span.line in source.withheld:
        return True
    quoted = _QUOTED.finditer(f"{found.message} {found.hint}")
    return any(source.keeps(hit[1] or hit[0]) for hit in quoted)


def _without_line(found: Diagnostic, source: Source) -> Diagnostic:
    shown = found.span.line <= source.head or letters(found.line) in source.open
    return found if shown else msgspec.structs.replace(found, line="")


def _bare(found: Diagnostic) -> Diagnostic:
    hint = "its words are in the tabs that only you see"
    return msgspec.structs.replace(found, message=CODES[found.code].title, hint=hint, line="")
