"""Where a slide's blocks are, and its notes as words."""

from __future__ import annotations

from collections.abc import Iterator

from courseware.inspection.leaks import letters
from courseware.model.session import Session
from courseware.model.walk import own_texts, walk
from courseware.pptx.pictures.thumbnails import line_places
from courseware.pptx.template.template import Template
from courseware.pptx.values import Deck, Slide
from courseware.serve.places import Blocks


def blocks_on(slide: Slide, deck: Deck, template: Template, session: Session) -> Blocks:
    """Return the blocks of a slide: for each line the block that says its words, else the slide's own."""
    known = dict(_said(slide, session))
    found = []
    for words, (x, y, width, height) in line_places(slide, template):
        said = letters(words)
        name = next(
            (i for text, i in known.items() if said and text.startswith(said)), slide.source
        )
        rect = (round(100 * x / deck.width, 2), round(100 * y / deck.height, 2),
                round(100 * width / deck.width, 2), round(100 * height / deck.height, 2))  # fmt: skip
        if name:
            found.append((name, words, rect))
    return tuple(found)


def _said(slide: Slide, session: Session) -> Iterator[tuple[str, str]]:
    """Yield the words of blocks that a slide stands for, and their ids; those inside others first."""
    covered = {slide.source, *slide.covers} - {""}
    for node in walk(session.sections):
        if node.id in covered:
            for inner in walk((node,)):
                for text in own_texts(inner):
                    if said := letters(text.plain):
                        yield said, inner.id or node.id


def notes_of(slide: Slide) -> tuple[tuple[str, int, str], ...]:
    """Return a slide's notes: "head" or a bullet or "", how far in, and the words."""
    made = []
    for note in slide.notes:
        bullet = f"{note.number}." if note.bullet == "1" else note.bullet
        made.append(("head" if note.heading else bullet, note.level, note.plain))
    return tuple(made)


def said_on(deck: Deck, template: Template) -> Iterator[tuple[int, str]]:
    """Yield each slide's number and all words on it."""
    for slide in deck.slides:
        words = [said for said, _ in line_places(slide, template)]
        yield slide.number, " ".join([*words, *(image.alt for image in slide.formulas)])
