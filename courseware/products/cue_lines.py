"""Cues of a facilitator's text ("Say:", "Do:"): the lines that begin with one, and what each says."""

from __future__ import annotations

import re

from courseware.language.direction import Direction, direction_of
from courseware.language.printed import Printed, printed
from courseware.language.vocabulary import Vocabulary, vocabulary_for
from courseware.model.blocks import Text
from courseware.model.cutting import Piece, part_of, pieces, together
from courseware.model.inline import BOLD, ITALIC, Mark, Run, words_of
from courseware.model.session import Course, Session

_CUE = re.compile(r"(say|do|ask|listen for|watch(?: for)?)\s*:\s*", re.IGNORECASE)


def cue_lines(text: Text) -> list[Text]:
    """Return a text cut before each of its lines that begins a cue; one without any as it is."""
    cut: list[list[Piece]] = []
    for piece in pieces(text):
        if cut and not _begins(piece.text):
            cut[-1].append(piece)
        else:
            cut.append([piece])
    return [text] if len(cut) == 1 else [together(lines) for lines in cut]


def cue_of(text: Text) -> tuple[str, Text] | None:
    """Return the word of the cue that a text is, and what follows it; None for any other text.

    Where the word is marked, it alone is.
    """
    found = _CUE.match(text.plain) if _begins(text) else None
    if found is None:
        return None
    first = text.inlines[0]
    if isinstance(first, Mark) and " ".join(words_of(first).split()).rstrip(" :") != found[1]:
        return None
    return found[1], part_of(text, found.end(), len(text.plain))


def _begins(text: Text) -> bool:
    """Whether a text begins with a cue's word and a colon, in bold, in italics or as it is."""
    first = text.inlines[0] if text else None
    bare = isinstance(first, Run) or (isinstance(first, Mark) and first.name in BOLD | ITALIC)
    return bare and _CUE.match(text.plain) is not None


def language_of(course: Course, session: Session) -> str:
    """Return the language of a session: its own, else the course's."""
    return session.language or course.language


def direction_of_text(course: Course, session: Session) -> Direction:
    """Return the direction of a session's text: what the course says, else its language's."""
    return course.direction or direction_of(language_of(course, session))


def words_for(course: Course, session: Session) -> Printed:
    """Return what products of a session print, the course's own `words` in it."""
    return printed(language_of(course, session), course.words)


def vocabulary_of(course: Course, session: Session) -> Vocabulary:
    """Return the words that a session's text is understood by, the course's `vocabulary` in it."""
    return vocabulary_for(language_of(course, session), course.vocabulary.items())
