"""Where a slide's blocks are, and its notes as words."""

from __future__ import annotations

from collections.abc import Iterator

from courseware.inspection.leaks import letters
from courseware.model.session import Session, for_learner
from courseware.model.walk import own_texts, walk
from courseware.pptx.pictures.thumbnails import line_places
from courseware.pptx.template.template import Template
from courseware.pptx.values import Deck, Slide
from courseware.serve.places import Blocks


class Said:
    """The words of blocks that slides show, which learners see, each with the id of the innermost block."""

    def __init__(self, session: Session) -> None:
        """Take the session, as the facilitator sees it."""
        seen = for_learner(session) if session.role == "session" else session
        self.nodes = {node.id: node for node in walk(seen.sections) if node.id}

    def on(self, slide: Slide) -> Iterator[tuple[str, str]]:
        """Yield the letters of what blocks say that a slide stands for, and their ids."""
        for name in dict.fromkeys((slide.source, *slide.covers)):
            if name in self.nodes:
                for inner in walk((self.nodes[name],)):
                    for text in own_texts(inner):
                        if said := letters(text.plain):
                            yield said, inner.id or name


def blocks_on(slide: Slide, deck: Deck, template: Template, said: Said) -> Blocks:
    """Return the blocks of a slide: for each line the block that says its words, else the slide's own."""
    known = list(said.on(slide))
    found = []
    for words, (x, y, width, height) in line_places(slide, template):
        own = letters(words)
        name = next((i for text, i in known if own and text.startswith(own)), "")
        name = name or next((i for text, i in known if len(own) > 3 and own in text), slide.source)
        rect = (round(100 * x / deck.width, 2), round(100 * y / deck.height, 2),
                round(100 * width / deck.width, 2), round(100 * height / deck.height, 2))  # fmt: skip
        if name:
            found.append((name, words, rect))
    return tuple(found)


def notes_of(slide: Slide) -> tuple[tuple[str, int, str], ...]:
    """Return a slide's notes: "head" or a bullet or "", how far in, and the words."""
    made = []
    for note in slide.notes:
        bullet = f"{note.number}." if note.bullet == "1" else note.bullet
        made.append(("head" if note.heading else bullet, note.level, note.plain))
    return tuple(made)


def words_on(slide: Slide, template: Template) -> str:
    """Return all words on a slide."""
    words = [said for said, _ in line_places(slide, template)]
    return " ".join([*words, *(image.alt for image in slide.formulas)])
