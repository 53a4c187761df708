"""The values of a deck, and its titles: from headings, or a kind's name.

    Deck > Slide > Placeholder > blocks of the model
                 > Notes > blocks of the model

A slide's blocks are the source's own, whole or cut at a sentence or clause; nothing is rephrased.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from courseware.language.printed import Printed
from courseware.model.blocks import Block, Heading, Text
from courseware.model.cutting import trimmed, without_last
from courseware.model.inline import Inline, Mark, NoteRef, joined, mapped, plain_text
from courseware.model.kinds import select_kinds

LayoutName = Literal[
    "title",
    "section",
    "content",
    "two-content",
    "comparison",
    "three-columns",
    "cards",
    "statement",
    "number",
    "table",
    "picture",
    "exercise",
    "question",
    "quote",
    "code",
    "closing",
]
"""The layouts that a slide may ask of its template."""


class Placeholder(msgspec.Struct, frozen=True):
    """What one placeholder of a slide's layout holds: its name, and blocks in order."""

    name: str
    blocks: tuple[Block, ...]


class When(msgspec.Struct, frozen=True, omit_defaults=True):
    """A slide's place in time: when its segment begins and ends, and its planned minutes.

    `begins` and `ends` are times of day where the delivery has a start, else from the beginning;
    `stated` tells the author's minutes from estimated ones; `segment` is what these minutes are
    for.
    """

    begins: str
    ends: str
    minutes: int
    stated: bool = False
    segment: str = ""


class Notes(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a presenter needs under a slide, in this order; empty where there is nothing.

    `path` names where the slide stands: section and topic, as headings; `stated` are the times
    of the headings that begin here, as written. `cues` are the
    facilitator's boxes, `answers` prompts with their answers, `debrief` the closing questions,
    `text` what the slide stands for and does not show whole.
    """

    path: tuple[Text, ...] = ()
    stated: tuple[str, ...] = ()
    when: When | None = None
    cues: tuple[Block, ...] = ()
    answers: tuple[Block, ...] = ()
    debrief: tuple[Block, ...] = ()
    text: tuple[Block, ...] = ()


class Slide(msgspec.Struct, frozen=True, omit_defaults=True):
    """One slide, before it is measured: it may still be split where it does not fit.

    `layout` names the template's layout, `kind` the rule that made the slide. `source` is the id
    of the block it comes from, `section` the title of its section. `covers` are the ids of the
    blocks that it stands for, `shown` those of them that stand on it whole. `part` is its section's
    number, 0 where that has none; slides of one `set` are set alike. `hidden` marks what falls out
    of a plan: it is in the file and not shown.
    """

    layout: LayoutName
    kind: str
    title: Text
    source: str
    placeholders: tuple[Placeholder, ...] = ()
    section: str = ""
    covers: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    notes: Notes = Notes()
    hidden: bool = False
    part: int = 0
    set: str = ""


class Deck(msgspec.Struct, frozen=True):
    """A session's slides in order."""

    slides: tuple[Slide, ...]


NAMED = select_kinds(lambda kind: bool(kind.icon))
"""Kinds of sections and boxes that are called by their kind where they have no heading."""
_MARKS = frozenset({"strong", "em", "b", "i", "u", "mark", "small"})
_DOTTED = re.compile(r"^#?\d+(?:\.\d+)*[.):]$")


def bare(text: Text) -> Text:
    """Return a text for a title: no bold, no italics, no footnote's mark, no colon at its end."""
    found = trimmed(Text(mapped(text.inlines, _without_mark)))
    return without_last(found, ":：") if found.plain.endswith((":", "：")) else found


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
    label = plain_text(heading.label.rstrip(":："))
    if not title:
        return label
    return joined(label, " " if _DOTTED.match(heading.label) else heading.colon, title)


def joint(words: Printed) -> str:
    """Return what stands between a title and that of a part of it in a language: ": ", "："."""
    return words("titled", label="", title="")


def below(outer: Text, heading: Heading, words: Printed) -> Text:
    """Return the title of a part under the title it belongs to; a mere number is left out."""
    dotted = bool(_DOTTED.match(heading.label)) and bool(heading.title)
    inner = bare(heading.title) if dotted else title_of(heading)
    return joined(outer, joint(words), inner) if inner else outer
