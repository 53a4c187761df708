"""The values of a deck.

    Deck > Slide > Placeholder > blocks of the model
                 > Notes > blocks of the model

A slide's blocks are the source's own, whole or cut at a sentence or clause; nothing is rephrased.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from courseware.model.blocks import Block, Text

LayoutName = Literal[
    "title",
    "section",
    "content",
    "two-content",
    "comparison",
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
    blocks that it stands for, `shown` those of them that stand on it whole. `hidden` marks what
    falls out of a plan: it is in the file and not shown.
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


class Deck(msgspec.Struct, frozen=True):
    """A session's slides in order."""

    slides: tuple[Slide, ...]
