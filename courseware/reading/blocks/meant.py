"""What a box's name means that is not quite a known one, and what its classes say of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from courseware.diagnostics import Diagnostic, Edit, Span
from courseware.language.catalogue import languages
from courseware.language.frames import (
    Frames,
    Place,
    Setting,
    name_words,
    nearest_name,
    with_umlauts,
)
from courseware.language.names import added_names, directive_names
from courseware.language.twins import normal
from courseware.model.kinds import find_kind
from courseware.reading.blocks.builder import Builder
from courseware.reading.dialects.other_tools import HIDING, row_of
from courseware.reading.markdown.directives import DIRECTIVES, Directive, directive_of
from courseware.reading.readers import box_kind


def by_class(builder: Builder, row: Directive, classes: Iterable[str], span: Span) -> Directive:
    """Return the row of a box that one of its classes hides; else its own."""
    if find_kind(row.kind).audience == "facilitator":
        return row
    for name in classes:
        known = row_of(name.lower())
        if known is not None and find_kind(known.kind).audience == "facilitator":
            return known
        if kind := builder.readers.kind_named((name,), span.line):
            return DIRECTIVES[kind]
    return row


def meant(builder: Builder, name: str, span: Span) -> Directive | None:
    """Return the row of a name that hides what it holds: by its words, or near a name that does."""
    own = {word: DIRECTIVES[row] for word, row in directive_names(builder.words.tongue).items()}
    hiding = [word for word, row in own.items() if find_kind(row.kind).audience == "facilitator"]
    near = nearest_name(name, [*HIDING, *hiding])
    if not near:
        if (umlauts := with_umlauts(name)) != name and (row := foreign(builder, umlauts, span)):
            return row
        kind = builder.readers.kind_named((name,), span.line)
        return DIRECTIVES[kind] if kind else foreign(builder, name, span)
    _read_as(builder, name, near, span)
    return row_of(near) or own[near]


def _read_as(builder: Builder, name: str, near: str, span: Span) -> None:
    """Tell that a directive is read as one of another name, and that it is better named so."""
    quoted = f"[!{name}]" in builder.line_of(span.line).lower()
    before, behind = ("[!", "]") if quoted else ("::: ", "")
    message = f'"{before}{name}{behind}" is read as "{before}{near}{behind}"'
    place = builder.place_of(":::" if not quoted else "[!", span)
    hint = f'write "{before}{near}{behind}", or another name'
    told = Diagnostic("C142", message, place, hint)
    builder.tell_mend(told, Edit(place.line, place.column, name, near))


def foreign(builder: Builder, name: str, span: Span) -> Directive | None:
    """Return the row of a name that hides in another language than the session's."""
    setting = Setting(Place.NAME)
    for language in languages():
        kind = box_kind(_frames_of(language).decide(name_words(name), setting))
        if kind:
            _read_as(builder, name, kind, span)
            return DIRECTIVES[kind]
    return None


@cache
def _frames_of(language: str) -> Frames:
    """Return the frames of a language, with nothing of a course's own."""
    return Frames(language)


def named(builder: Builder, name: str, span: Span) -> Directive | None:
    """Return the row of a name in the session's language; one in another language is told, too."""
    row = directive_of(name, added_names(builder.words.tongue))
    own = {normal(word) for word in directive_names(builder.words.tongue)}
    if row is not None and normal(name) not in own:
        _read_as(builder, name, row.name, span)
    return row
