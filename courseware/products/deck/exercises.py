"""Exercises and activities: one slide with the task and its prompts; one a scenario or part."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from courseware.model.blocks import (
    Block,
    Box,
    Break,
    Exercise,
    Field,
    Heading,
    Item,
    List,
    Paragraph,
    Parallel,
    Part,
    Text,
    Time,
    Topic,
)
from courseware.products.deck import names
from courseware.products.deck.cues import SLIDE, words_in
from courseware.products.deck.flow import flows
from courseware.products.deck.units import Frame, opened, unit
from courseware.products.deck.values import Placeholder, Slide

replace = msgspec.structs.replace
GROUPING = frozenset({"group", "grouping", "group size", "format", "in group of"})
"""Keys of fields that say how learners sit together."""


def exercise(found: Exercise) -> list[Slide]:
    """Return the slides of an exercise: the task, and one for each part that does not fit on it."""
    heading = found.heading
    title = names.title_of(heading)
    if not heading.label:
        title = names.title_of(replace(heading, label=""), "exercise")
    return _timed(title, found.id, heading, found.time or heading.time, found.blocks)


def activity(box: Box) -> list[Slide]:
    """Return the slides of an activity."""
    heading = box.heading
    if not heading.group:
        heading = replace(heading, group=dict(box.attributes).get("group", ""))
    return _timed(names.title_of(heading, "activity"), box.id, heading, heading.time, box.blocks)


def _timed(
    title: Text, source: str, heading: Heading, time: Time | None, blocks: Sequence[Block]
) -> list[Slide]:
    own, later = _split(opened(blocks))
    parts = [b for b in later if isinstance(b, Part | Topic)]
    grouping, own = _grouping(heading, own)
    near = own[0] if own else later[0] if later else None
    frame = Frame(title, source, "exercise", "exercise", _facts(time, grouping, near))
    short = names.plain(heading.label.rstrip(":")) if _worded(heading) else title
    if words_in(own) + words_in(parts) <= SLIDE and all(map(flows, parts)):
        own += [_as_field(p) for p in parts]
        later = [b for b in later if b not in parts]
    elif parts:
        own.append(_contents(parts))
    slides = _announced(unit(frame, own), frame)
    for block in later:
        inside = Frame(short, getattr(block, "id", ""), "part")
        slides += _topic(short, block) if isinstance(block, Topic) else unit(inside, [block])
    return slides if frame.extra else [_plain(slide) for slide in slides]


def _plain(slide: Slide) -> Slide:
    """Return a slide without the layout whose clock would stand beside no time and no grouping."""
    return replace(slide, layout="content") if slide.layout == "exercise" else slide


def _topic(outer: Text, topic: Topic) -> list[Slide]:
    frame = Frame(names.below(outer, topic.heading), topic.id, "part")
    return unit(frame, topic.blocks)


def _as_field(part: Part | Topic) -> Field:
    label = names.title_of(part.heading)
    return Field(span=part.span, id=part.id, label=label, key="", blocks=part.blocks)


def _split(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Split an exercise's own text, wherever it stands, from its parts and what follows them."""
    own: list[Block] = []
    later: list[Block] = []
    for block in blocks:
        if isinstance(block, Parallel):
            later += block.siblings
        elif (
            (isinstance(block, Part | Topic) and block.heading.name)
            or isinstance(block, Break)
            or (later and not flows(block))
        ):
            later.append(block)
        else:
            own.append(block)
    return own, later


def _worded(heading: Heading) -> bool:
    """Whether an exercise's label says what it is: "Exercise 1", not "1."."""
    return any(c.isalpha() for c in heading.label)


def _contents(parts: Sequence[Part | Topic]) -> List:
    """Return the parts' titles as a list."""
    rows = [(p, names.title_of(p.heading)) for p in parts]
    items = tuple(
        Item(span=p.span, blocks=(Paragraph(span=p.span, text=title),)) for p, title in rows
    )
    return List(span=parts[0].span, items=items)


def _grouping(heading: Heading, own: list[Block]) -> tuple[str, list[Block]]:
    """Return how learners sit together, as the heading's attribute or a field says."""
    if heading.group:
        return heading.group, own
    for block in own:
        if isinstance(block, Field) and block.key in GROUPING and not block.blocks:
            return block.value.plain, [b for b in own if b is not block]
    return "", own


def _facts(time: Time | None, grouping: str, near: Block | None) -> tuple[Placeholder, ...]:
    if near is None:
        return ()
    facts = [("time", names.minutes(time) if time else ""), ("group", grouping)]
    return tuple(
        Placeholder(name, (Paragraph(span=near.span, text=names.plain(text)),))
        for name, text in facts
        if text
    )


def _announced(slides: list[Slide], frame: Frame) -> list[Slide]:
    """An exercise is announced even where it holds nothing but a heading or a picture."""
    if slides and slides[0].layout == "exercise":
        return slides
    first = Slide("exercise", "exercise", frame.title, frame.source, frame.extra,
                  covers=(frame.source,))  # fmt: skip
    return [first, *slides]
