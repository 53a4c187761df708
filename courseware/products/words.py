"""The words of a session's language: those that products print, and those that its text is read by."""

from __future__ import annotations

from courseware.language.direction import Direction, direction_of
from courseware.language.printed import Printed, printed
from courseware.language.vocabulary import Vocabulary, vocabulary_for
from courseware.model.session import Course, Session


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
