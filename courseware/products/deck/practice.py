"""What the slides of an exercise hold: its own text and its parts, its time, how learners sit together."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from courseware.diagnostics import Span
from courseware.language.catalogue import Tongue
from courseware.language.vocabulary import vocabulary_in
from courseware.model.blocks import (
    Block,
    Break,
    Field,
    Heading,
    Item,
    List,
    Paragraph,
    Parallel,
    Part,
    Text,
    Topic,
)
from courseware.model.cutting import part_of, without_last
from courseware.model.inline import Link, joined, plain_text
from courseware.model.walk import N, rebuild, walk
from courseware.products.deck.content import flows
from courseware.products.deck.cues import QUESTION, commanded, task_cue, words
from courseware.products.deck.frames import Frame, ids
from courseware.products.deck.titles import Placeholder, Slide, bare, title_of

replace = msgspec.structs.replace
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+")
"""Keys of fields that say how learners sit together."""


def entitled(slides: Sequence[Slide]) -> list[Slide]:
    """Return a deck's slides less one that says but the parts of an exercise that is all of the session: its title says it.

    What the parts are called is a list without places in the source; a task's own words have some.
    """
    opening, *rest = slides
    at = next((n for n, slide in enumerate(rest) if slide.kind == "exercise"), None)
    slide = rest[at] if at is not None else None
    held = [b for holder in slide.placeholders for b in holder.blocks] if slide else []
    placed = any(getattr(node, "id", "") for node in walk(held))
    listed = len(held) == 1 and isinstance(held[0], List) and not placed
    if slide is None or not listed or slide.title.plain != opening.title.plain:
        return list(slides)
    opening = replace(opening, covers=(*opening.covers, *slide.covers))
    return [opening, *(one for one in rest if one is not slide)]


def with_tasks(blocks: Sequence[Block], tongue: Tongue) -> list[Block]:
    """Return an exercise's blocks, paragraphs that ask or say what to do marked: they are cut last."""

    def marked(node: N) -> N:
        if isinstance(node, Paragraph):
            return replace(node, asks=node.asks or commanded(node.text, tongue))
        left: N = rebuild(node, marked)
        return left

    return [marked(block) for block in blocks]


def without_clock(slide: Slide) -> Slide:
    """Return a slide without the layout whose clock would stand beside no time and no grouping."""
    return replace(slide, layout="content") if slide.layout == "exercise" else slide


CLOCKED = ("content", "comparison", "table", "picture", "code")
"""Layouts that a slide of an exercise leaves for the one with the clock."""


def with_clock(slide: Slide, facts: tuple[Placeholder, ...]) -> Slide:
    """Return a slide of an exercise with its time and grouping; a caption stands first then."""
    if slide.layout not in CLOCKED and not _is_figure(slide):
        return slide
    lead = [h for h in slide.placeholders if h.name == "caption"]
    rest = [h for h in slide.placeholders if h.name != "caption"]
    return replace(slide, layout="exercise", placeholders=(*facts, *lead, *rest))


def _is_figure(slide: Slide) -> bool:
    """Whether a slide is a chain, a matrix or a canvas, drawn anew."""
    return any(h.name.startswith(("field-", "step-", "axis-")) for h in slide.placeholders)


def _is_led(slide: Slide) -> bool:
    """Whether a slide shows code or a table below the words that lead it in."""
    return slide.layout in ("code", "table") and any(
        h.name == "caption" for h in slide.placeholders
    )


def counted(slides: list[Slide], title: Text) -> list[Slide]:
    """Return a section's slides, each question with the section's title and how far it is."""
    asked = [slide for slide in slides if slide.layout == "question"]
    result: list[Slide] = []
    for slide in slides:
        if slide.layout == "question" and title:
            at = next(n for n, one in enumerate(asked, 1) if one is slide)
            far = plain_text(f" · {at} / {len(asked)}") if len(asked) > 1 else Text()
            span = next(iter(slide.placeholders)).blocks[0].span if slide.placeholders else Span("")
            label = Placeholder("label", (Paragraph(span=span, text=joined(title, far)),))
            slide = replace(slide, placeholders=(label, *slide.placeholders))
        result.append(slide)
    return result


CLOSING = 14
"""Words up to which the only line of what comes next is the slide's title."""
_ARROWS = " →➜➔⇒»>"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def closed(slides: list[Slide]) -> list[Slide]:
    """Return the slide of what comes next: its title is a line that is all it says, or the session that it links to."""
    if len(slides) != 1:
        return slides
    held = [b for holder in slides[0].placeholders for b in holder.blocks]
    lines = [b for b in held if isinstance(b, Paragraph)]
    line = lines[0] if len(held) == 1 and lines else None
    alone = line is not None and words(line.text.plain) <= CLOSING
    text = _without_arrow(line.text) if line is not None and alone else _session(lines)
    if text is None:
        return slides
    held = [] if alone else held
    near = held or lines
    label = Paragraph(span=near[0].span, text=slides[0].title)
    body = (Placeholder("body", tuple(held)),) if held else ()
    return [
        replace(slides[0], title=bare(text), placeholders=(Placeholder("label", (label,)), *body))
    ]


def _session(lines: Sequence[Paragraph]) -> Text | None:
    """Return what the one session is called that lines link to; None of none, of several, or of "here"."""
    links = {link.target: link for line in lines for link in line.text.links}
    inside = [link for target, link in links.items() if target and not _ADDRESS.match(target)]
    named = Text(inside[0].inside) if len(inside) == 1 else Text()
    return named if 1 < words(named.plain) <= CLOSING else None


def _without_arrow(text: Text) -> Text:
    """Return a text less the arrow that it, or a link that is all of it, ends with."""
    only = text.inlines[0] if len(text.inlines) == 1 else None
    if isinstance(only, Link):
        inside = without_last(Text(only.inside), _ARROWS)
        return Text((replace(only, inside=inside.inlines),))
    return without_last(text, _ARROWS)


def as_field(part: Part | Topic) -> Field:
    """Return a part as a labelled field."""
    label = title_of(part.heading)
    return Field(span=part.span, id=part.id, label=label, key="", blocks=part.blocks)


def split_parts(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
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


def has_words(heading: Heading) -> bool:
    """Whether an exercise's label says what it is: "Exercise 1", not "1."."""
    return any(c.isalpha() for c in heading.label)


def list_titles(parts: Sequence[Part | Topic]) -> List:
    """Return the parts' titles as a list, which counts where they do."""
    titles = [title_of(p.heading) for p in parts]
    counted = [_NUMBER.match(title.plain) for title in titles]
    first = int(counted[0][1]) if counted[0] else 1
    ordered = [int(c[1]) for c in counted if c] == list(range(first, first + len(parts)))
    if ordered:
        titles = [
            part_of(t, c.end(), len(t.plain)) for t, c in zip(titles, counted, strict=True) if c
        ]
    items = tuple(Item(span=p.span, blocks=(Paragraph(span=p.span, text=title),))
                  for p, title in zip(parts, titles, strict=True))  # fmt: skip
    return List(span=parts[0].span, items=items, ordered=ordered, start=first if ordered else 1)


def find_grouping(heading: Heading, own: list[Block], tongue: Tongue) -> tuple[str, list[Block]]:
    """Return how learners sit together, as the heading's attribute or a field says."""
    labels, said = vocabulary_in(tongue).of("grouping_labels"), heading.group
    for block in own:
        if isinstance(block, Field) and block.key in labels and not block.blocks:
            if said in ("", block.value.plain):
                return block.value.plain, [b for b in own if b is not block]
    return said, own


def place_facts(time: str, grouping: str, near: Block | None) -> tuple[Placeholder, ...]:
    """Return the places of an exercise's time and grouping; `near` is a block beside them."""
    if near is None:
        return ()
    facts = [("time", time), ("group", grouping)]
    return tuple(
        Placeholder(name, (Paragraph(span=near.span, text=plain_text(text)),))
        for name, text in facts
        if text
    )


def announce(slides: list[Slide], frame: Frame) -> list[Slide]:
    """An exercise is announced even where it holds nothing but a heading or a picture."""
    if slides and (slides[0].layout == "exercise" or _is_figure(slides[0]) or _is_led(slides[0])):
        return slides
    first = Slide("exercise", "exercise", frame.title, frame.source, frame.extra,
                  covers=(frame.source,))  # fmt: skip
    return [first, *slides]


def find_questions(block: Block) -> list[tuple[Item | Paragraph, Text]]:
    """Return the questions in a block with their texts; none where not all of it asks."""
    if isinstance(block, Paragraph):
        return [(block, block.text)] if block.asks or _asks(block.text) else []
    if not isinstance(block, List):
        return []
    found: list[tuple[Item | Paragraph, Text]] = []
    for item in block.items:
        text = _own(item)
        if item.checked is not None or not text or not (item.asks or _asks(text)):
            return []
        found.append((item, text))
    return found


def _asks(text: Text) -> bool:
    return text.plain.rstrip(" *_\"'”’)").endswith("?")


def _own(item: Item) -> Text:
    first = item.blocks[0] if item.blocks else None
    if isinstance(first, Paragraph):
        return first.text
    if isinstance(first, Field):
        return joined(bare(first.label), ": ", first.value)
    return Text()


def ask(node: Item | Paragraph, text: Text, tongue: Tongue) -> Slide:
    """Return the slide of a question: its title is what is asked."""
    title = bare(text)
    short = task_cue(title, tongue, QUESTION)
    choices = [b for b in node.blocks if isinstance(b, List) and b.choices] if isinstance(node, Item) else []  # fmt: skip
    holders = (Placeholder("body", tuple(choices)),) if choices else ()
    more = isinstance(node, Item) and len(node.blocks) > 1 + len(choices)
    covers = ids([node])
    shown = covers if short == title and not more else ids(choices)
    return Slide("question", "question", short, node.id, holders, covers=covers, shown=shown)
