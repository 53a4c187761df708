"""What a box's name means that is not quite a known one, and what its classes say of it."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from courseware.diagnostics import Diagnostic, Edit, Span
from courseware.language.catalogue import languages
from courseware.language.frames import (
    Decision,
    Frames,
    Place,
    Reader,
    Setting,
    name_words,
    nearest_name,
    with_umlauts,
)
from courseware.language.names import directive_names
from courseware.language.twins import normal
from courseware.model.blocks import BoxKind
from courseware.model.kinds import find_kind
from courseware.reading.blocks.builder import Builder
from courseware.reading.dialects.other_tools import HIDING, row_of
from courseware.reading.markdown.directives import DIRECTIVES, Directive, directive_of

_CLASSES = re.compile(r"\{[^{}]*\}")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_OPTION = re.compile(r"^[ >\t]*:(?P<key>[\w-]+):(?P<value>.*)$")
_MKDOCS = re.compile(r"^[ >\t]*(?:!!!|\?\?\?[+-]?)[ \t]+[\w-]+(?P<more>(?:[ \t]+[\w-]+)+)")


def box_kind(found: Decision) -> BoxKind | Literal[""]:
    """Return the kind of a box that a decision makes: facilitator, answer or ""."""
    if not found:
        return ""
    return "answer" if found.reader is Reader.ANSWER else "facilitator"


def by_class(builder: Builder, row: Directive, span: Span) -> Directive:
    """Return the row of a box whose line, or options, give it a class that hides; else its own."""
    if find_kind(row.kind).audience == "facilitator":
        return row
    for name in _classes_of(builder, span):
        known = row_of(name.lower())
        if known is not None and find_kind(known.kind).audience == "facilitator":
            return known
        decision = builder.readers.of_name(name_words(name), span.line, Place.NAME)
        if kind := box_kind(decision):
            return DIRECTIVES[kind]
    return row


def _classes_of(builder: Builder, span: Span) -> list[str]:
    """Return the classes that a box's line gives it, and its options below."""
    line = builder.line_of(span.line)
    found = [name for braces in _CLASSES.findall(line) for name in _CLASS.findall(braces)]
    if more := _MKDOCS.match(line):
        found += more["more"].split()
    at = span.line + 1
    while option := _OPTION.match(builder.line_of(at)):
        found += option["value"].split() if option["key"] == "class" else []
        at += 1
    return found


def meant(builder: Builder, name: str, span: Span) -> Directive | None:
    """Return the row of a name that hides what it holds: by its words, or near a name that does."""
    own = {word: DIRECTIVES[row] for word, row in directive_names(builder.words.language).items()}
    hiding = [word for word, row in own.items() if find_kind(row.kind).audience == "facilitator"]
    near = nearest_name(name, [*HIDING, *hiding])
    if not near:
        if (umlauts := with_umlauts(name)) != name and (row := foreign(builder, umlauts, span)):
            return row
        kind = box_kind(builder.readers.of_name(name_words(name), span.line, Place.NAME))
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
    row = directive_of(name)
    own = {normal(word) for word in directive_names(builder.words.language)}
    if row is not None and normal(name) not in own:
        _read_as(builder, name, row.name, span)
    return row
