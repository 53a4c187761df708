"""Where a slide's blocks are, and its notes as words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from courseware.inspection.leaks import letters
from courseware.model.blocks import AnyNode, Table
from courseware.model.session import Session, for_learner
from courseware.model.walk import children, own_texts, walk
from courseware.pptx.pictures.thumbnails import line_places
from courseware.pptx.template.template import Template
from courseware.pptx.values import ComposedDeck, ComposedSlide
from courseware.serve.places import PART, TITLE, Blocks

FEW = 3
"""Letters that are too few to be known again within others."""
Known = list[tuple[str, str]]
"""The letters of texts, each with the name of what says it."""


class Said:
    """The words of blocks that slides show, which learners see, each with the id of the innermost block."""

    def __init__(self, session: Session) -> None:
        """Take the session, as the facilitator sees it."""
        seen = for_learner(session) if session.role == "session" else session
        self.title = letters(session.title.plain)
        self.nodes = {node.id: node for node in walk(seen.sections) if node.id}
        self.every = {node.id: node for node in walk(session.sections) if node.id}

    def on(self, slide: ComposedSlide) -> Known:
        """Return what the blocks say that a slide stands for; the session's title where it stands for none."""
        found = list(self._by(slide, self.nodes))
        return found or [(self.title, TITLE)]

    def beside(self, slide: ComposedSlide) -> Known:
        """Return what the blocks say that a slide stands for, to who leads; all, where it stands for none."""
        return list(self._by(slide, self.every)) or list(_said(self.every.values()))

    def _by(self, slide: ComposedSlide, nodes: Mapping[str, AnyNode]) -> Iterator[tuple[str, str]]:
        for name in dict.fromkeys((slide.source, *slide.covers)):
            if name in nodes:
                yield from _said(walk((nodes[name],)), name)


def _said(nodes: Iterable[AnyNode], within: str = "") -> Iterator[tuple[str, str]]:
    """Yield the letters of nodes' own texts, and of tables' whole rows, with what they are called."""
    for node in nodes:
        for text in own_texts(node):
            if said := letters(text.plain):
                yield said, node.id or within
        if isinstance(node, Table):
            for number, row in enumerate(children(node), 1):
                texts = (text.plain for inner in walk((row,)) for text in own_texts(inner))
                if said := letters(" ".join(texts)):
                    yield said, row.id or f"{node.id}{PART}{number}"


def called(words: str, known: Known, used: set[str]) -> str:
    """Return the name of what says some words, "" where nothing does; `used` are names given before.

    It is what says the same, begins with them, or holds them; else the longest of what they hold, as
    behind a label.
    """
    own = letters(words)
    if not own:
        return ""
    same = [name for text, name in known if text == own]
    if same:
        return next((name for name in same if name not in used), same[0])
    if found := next((name for text, name in known if text.startswith(own)), ""):
        return found
    if len(own) > FEW and (found := next((name for text, name in known if own in text), "")):
        return found
    held = [
        (len(text), name)
        for text, name in known
        if text in own and (len(text) > FEW or 2 * len(text) >= len(own))
    ]
    return max(held, key=lambda one: one[0])[1] if held else ""


def blocks_on(slide: ComposedSlide, deck: ComposedDeck, template: Template, said: Said) -> Blocks:
    """Return the blocks of a slide: for each line the block that says its words, else the slide's own."""
    known, used = said.on(slide), set[str]()
    found = []
    for words, (x, y, width, height) in line_places(slide, template):
        name = called(words, known, used) or slide.source
        used.add(name)
        rect = (round(100 * x / deck.width, 2), round(100 * y / deck.height, 2),
                round(100 * width / deck.width, 2), round(100 * height / deck.height, 2))  # fmt: skip
        if name:
            found.append((name, words, rect))
    return tuple(found)


def notes_of(
    slide: ComposedSlide, said: Said, lines: Mapping[str, tuple[int, int]]
) -> tuple[tuple[str, int, str, int], ...]:
    """Return a slide's notes: "head" or a bullet or "", how far in, the words, their line or 0."""
    made = []
    known, used = said.beside(slide), set[str]()
    for note in slide.notes:
        bullet = f"{note.number}." if note.bullet == "1" else note.bullet
        name = called(note.plain, known, used) or slide.source
        used.add(name)
        line = lines.get(name, (0, 0))[0]
        made.append(("head" if note.heading else bullet, note.level, note.plain, line))
    return tuple(made)


def words_on(slide: ComposedSlide, template: Template) -> str:
    """Return all words on a slide."""
    words = [said for said, _ in line_places(slide, template)]
    return " ".join([*words, *(image.alt for image in slide.formulas)])
