"""Titles: from headings, and the words for what the author left without one."""

from __future__ import annotations

import re

from courseware.language.printed import Printed
from courseware.model.blocks import Heading, Text
from courseware.model.cutting import trimmed, without_last
from courseware.model.inline import Inline, Mark, NoteRef, joined, mapped, plain_text
from courseware.model.kinds import select_kinds

NAMED = select_kinds(lambda kind: bool(kind.icon))
"""Kinds of sections and boxes that are called by their kind where they have no heading."""
_MARKS = frozenset({"strong", "em", "b", "i", "u", "mark", "small"})
_DOTTED = re.compile(r"^#?\d+(?:\.\d+)*[.):]$")


def bare(text: Text) -> Text:
    """Return a text for a title: no bold, no italics, no footnote's mark, no colon at its end."""
    found = trimmed(Text(mapped(text.inlines, _without_mark)))
    return without_last(found, ":") if found.plain.endswith(":") else found


def _without_mark(inline: Inline) -> tuple[Inline, ...] | None:
    if isinstance(inline, Mark) and inline.name in _MARKS:
        return mapped(inline.inside, _without_mark)
    return () if isinstance(inline, NoteRef) else None


def called(kind: str, words: Printed) -> Text:
    """Return what a section or box of a kind is called; nothing where it needs no name."""
    return plain_text(words.title(kind)) if kind in NAMED else Text()


def title_of(heading: Heading, default: Text = Text()) -> Text:  # noqa: B008
    """Return a heading as a title: label and title, "Exercise 1: Role play", "1. Notebooks"."""
    title = bare(heading.title)
    if not heading.label:
        return title if title else default
    label = plain_text(heading.label.rstrip(":"))
    if not title:
        return label
    return joined(label, " " if _DOTTED.match(heading.label) else ": ", title)


def below(outer: Text, heading: Heading) -> Text:
    """Return the title of a part under the title it belongs to; a mere number is left out."""
    dotted = bool(_DOTTED.match(heading.label)) and bool(heading.title)
    inner = bare(heading.title) if dotted else title_of(heading)
    return joined(outer, ": ", inner) if inner else outer
