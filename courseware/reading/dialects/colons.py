"""Lines of colons and of braces: what they open, and what they say of the block above."""

from __future__ import annotations

import re

from courseware.diagnostics import Diagnostic, Edit, Span
from courseware.model.blocks import Rule
from courseware.reading.blocks import boxes
from courseware.reading.blocks.builder import Builder
from courseware.reading.blocks.meant import by_class, foreign, meant, named
from courseware.reading.dialects.other_tools import OTHERS, row_of
from courseware.reading.dialects.pandoc import condition
from courseware.reading.markdown.directives import (
    DIRECTIVES,
    TAG,
    TWO,
    Directive,
    classes_in,
    split_attributes,
)
from courseware.reading.structure.bold import Raw

_BRACKETED = re.compile(r"\[([^\[\]]+)\]")
"""A title as Docusaurus writes it: `:::danger[Read this]`."""


def stray(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Report a closing line that closes nothing."""
    place = builder.place_of(":::", builder.span(builder.tokens[at]))
    line = builder.line_of(place.line)[place.column - 1 :].rstrip()
    told = Diagnostic("C114", "nothing is open here to close", place)
    builder.tell_mend(told, Edit(place.line, place.column, line, ""))
    return [], at + 1


def settings(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Leave out the settings of a slide: one finding tells of all in a deck; elsewhere one of each, with its values."""
    token = builder.tokens[at]
    span = builder.span(token)
    if not (builder.decks and builder.told_settings):
        message, hint = _told_settings(builder, token.meta["keys"], span)
        builder.findings.append(Diagnostic("C102", message, Span(span.path, span.line + 1), hint))
    builder.told_settings = True
    return [Rule(span=span, slide=bool(builder.decks))], at + 1


def _told_settings(builder: Builder, keys: list[str], span: Span) -> tuple[str, str]:
    """Return what is told of settings, and the hint: those of a session begin its file."""
    if builder.decks:
        names = ", ".join(f'"{key}"' for key in keys)
        return f"settings of slides are not used: {names}", ""
    inside = range(span.line + 1, max(span.end_line, span.line + 1))
    lines = [builder.line_of(number).strip(" >\t") for number in inside]
    shown = ", ".join(f'"{line}"' for line in lines if line and line != "---")
    return f"settings below a text are not used: {shown}", "write them in the file's first lines"


def attributes(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Leave out a line of attributes: what it said of the block above has been heard."""
    return [], at + 1


def _tag(builder: Builder, name: str, span: Span) -> Directive:
    """Return the row of a tag that nothing here is named like: its body is kept, hidden where its name says so."""
    kind = builder.readers.kind_named((name,), span.line)
    return DIRECTIVES[kind] if kind else OTHERS["group"]


def directive(builder: Builder, at: int) -> tuple[list[Raw], int]:
    """Read a directive, ours or another tool's."""
    token = builder.tokens[at]
    span, meta = builder.span(token), token.meta
    name = token.info
    row = row_of(name) or named(builder, name, span)
    blocks, at = builder._until(at + 1, "directive_close")
    if meta["unclosed"]:
        mark = meta["mark"]
        hint = f"put a line {mark} where it ends"
        place = builder.place_of(mark, span)
        closing = f"\n{builder.indent_of(place)}{mark}"
        told = Diagnostic("C111", f'"{mark} {name}" is not closed', place, hint)
        builder.tell_mend(told, Edit(span.end_line, 0, "", closing))
    title, given = split_attributes(str(meta["rest"]))
    classes = (*classes_in(str(meta["rest"])), *meta["classes"])
    if kind := condition((name, *classes), given):
        builder.readers.note_condition(
            kind,
            " ".join((name, *(f"{k}={v}" for k, v in given.items() if k != "class"))),
            span.line,
        )
        row, classes, given = row_of(kind), (), {}
    if meta["mark"] == TWO:
        hint = f'write "::: {name}" and close it with ":::"'
        place = builder.place_of(TWO, span)
        mend = [Edit(place.line, place.column, TWO, ":::")]
        if (end := span.end_line + 1) and builder.line_of(end).strip() == TWO:
            mend.append(Edit(end, 1, TWO, ":::"))
        told = Diagnostic("C143", f'"{TWO} {name}" is read as "::: {name}"', place, hint)
        builder.tell_mend(told, *mend)
    if meta["mark"] == TAG and (row is None or not row.body):
        row = _tag(builder, name, span)
    elif row is None:
        whole = f"{name} {title}".strip()
        row = meant(builder, name, span) or foreign(builder, whole, span)
        row = row or builder.unknown(name, ":::", span)
    else:
        builder.known({} if meta["braced"] else given, span)
    row = by_class(builder, row, classes, span)
    if not {name, *classes}.isdisjoint(boxes.TABSETS):
        blocks = boxes.tabbed(builder, blocks, span.path)
    if bracketed := _BRACKETED.fullmatch(title.strip()):
        title = f'"{bracketed[1]}"'
    made = boxes.of_row(builder, row, (title.strip(), given), blocks, (span, meta["folded"]))
    return [*made], at
