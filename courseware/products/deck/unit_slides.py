"""A unit, that is a topic, a part, an exercise or a section's own blocks, onto slides.

Topics, parts, exercises and sections in it are units again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

import msgspec

from courseware.language.catalogue import Tongue
from courseware.language.printed import Printed
from courseware.language.vocabulary import split_emoji
from courseware.model.blocks import (
    Block,
    Box,
    Break,
    Exercise,
    Field,
    Heading,
    Paragraph,
    Parallel,
    Part,
    Quote,
    Rule,
    Section,
    Text,
    Time,
    Topic,
)
from courseware.model.inline import Link, joined, plain_text
from courseware.model.kinds import select_kinds
from courseware.products.deck import columns, steps
from courseware.products.deck.content import (
    BIG,
    announced,
    flows,
    leading,
    without_big,
)
from courseware.products.deck.cues import LEEWAY, SLIDE, words, words_in
from courseware.products.deck.figures import LEAD, figured
from courseware.products.deck.frames import (
    Frame,
    has_own_slide,
    ids,
    lay_text,
    make_slide,
    opened,
    put_lead,
    show_big,
    show_break,
    show_figure,
    show_quote,
    show_written,
    with_slide,
)
from courseware.products.deck.practice import (
    announce,
    as_field,
    ask,
    closed,
    counted,
    find_grouping,
    find_questions,
    has_words,
    list_titles,
    place_facts,
    split_parts,
    with_clock,
    with_tasks,
    without_clock,
)
from courseware.products.deck.siblings import are_cards, grouped, shared, widest
from courseware.products.deck.titles import LayoutName, Slide, below, called, title_of

replace = msgspec.structs.replace
Unit = Topic | Part | Exercise | Section | Parallel | Break | Quote | Box
NAME = 3
"""Words that the name of a file has fewer of, which stands between a line with a colon and the code that it leads in."""
ASKED = select_kinds(lambda kind: kind.questions)
"""Kinds of sections whose questions get a slide each."""
DIVIDED = select_kinds(lambda kind: kind.divided)
"""Kinds of sections that begin with a divider, which says their first sentence."""
REFERENCE = select_kinds(lambda kind: kind.looked_up)
"""Kinds of sections to look things up in: one slide, the rest is in the notes."""


def unit(frame: Frame, blocks: Sequence[Block]) -> list[Slide]:
    """Return the slides of a unit; the first of them stands for its heading, too."""
    if any(isinstance(block, Rule) and block.slide for block in blocks):
        frame = replace(frame, own=True)
    if len(apart := split_slides(blocks)) > 1:
        made = [slide for one in apart for slide in unit(replace(frame, source=""), one)]
        return _covering(made, frame.source)
    slides: list[Slide] = []
    run: list[Block] = []
    inside = _attributed(opened(blocks))
    parts = [b for b in inside if isinstance(b, Topic | Part)]
    within = _level(frame, parts)
    together = _parts_together(frame, inside)
    if (only := steps.whole(frame, together)) is not None:
        return _covering([only], frame.source)
    for block in steps.with_steps(frame, together):
        if isinstance(block, Slide):
            slides += [*lay_text(frame, run, slides), block]
            run = []
            continue
        if _is_unit(block):
            made = inner(within, block)
            leads = isinstance(block, Parallel) and len(run) == 1 and made[0].layout != "content"
            if leads and (len(made) == 1 or frame.kind not in DIVIDED):
                made, run = put_lead(frame, made, run), []
            if (
                made
                and run
                and not announced(run, frame.words.tongue)[0]
                and frame.kind != "exercise"
            ):
                made, run = (
                    _covering(made, *ids(run)),
                    [],
                )  # it says what follows, and that says itself
            slides += [*lay_text(frame, run, slides), *made]
            run = []
            continue
        if held := figured(block):
            label = block.label if isinstance(block, Field) else None
            run += [Paragraph(span=block.span, text=label)] if label else []
            short = len(run) == 1 and words_in(run) <= LEAD
            kept = frame.kind == "exercise" and not slides and not short
            run, lead = (run, None) if kept else _led(run, frame.words.tongue)
            slides += [*lay_text(frame, run, slides), show_figure(frame, block, held, lead)]
            run = []
            continue
        left, big = (block, ()) if isinstance(block, BIG) else without_big(block)
        if big and isinstance(left, Field) and not left.value and not left.blocks:
            run.append(Paragraph(span=left.span, id=left.id, text=left.label))
            left = None
        if not isinstance(block, BIG) and left is not None:
            run.append(left)
        for one in (block,) if isinstance(block, BIG) else big:
            task = frame.kind == "exercise" and not slides and not (run and leading(run[-1]))
            before = ids(run)
            run, lead = (run, None) if task else _led(run, frame.words.tongue)
            taken = set(before) - set(ids(run))
            slides += lay_text(frame, run, slides)
            run = []
            big_one = show_big(frame, one, lead)
            more = [i for i in before if i in taken and i not in big_one.covers]
            slides = with_slide(slides, replace(big_one, covers=(*big_one.covers, *more)))
    slides += lay_text(frame, run, slides)
    return _covering(slides, frame.source)


def _led(run: list[Block], tongue: Tongue) -> tuple[list[Block], Block | None]:
    """Return a run less what may stand above a table, picture or code: a paragraph, a label, an item with a colon."""
    last = run[-1] if run else None
    if isinstance(last, Field) and not last.value and not last.blocks:
        return run[:-1], Paragraph(span=last.span, id=last.id, text=last.label)
    if isinstance(last, Paragraph):
        before = run[-2] if len(run) > 1 else None
        if (
            isinstance(before, Paragraph)
            and leading(before)
            and len(last.text.plain.split()) < NAME
        ):
            return run[:-2], replace(before, text=joined(before.text, " ", last.text))
        return run[:-1], last
    rest, lead = announced(run, tongue)
    return list(rest), lead


def split_slides(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return blocks as their author's slides part them, where the file is a deck."""
    slides: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Rule) and block.slide:
            slides.append([])
        else:
            slides[-1].append(block)
    return [slide for slide in slides if opened(slide)]


def _is_unit(block: Block) -> TypeGuard[Unit]:
    if isinstance(block, Box):
        return has_own_slide(block)
    return isinstance(block, Unit) and not (isinstance(block, Quote) and _is_remark(block))


def _is_remark(quote: Quote) -> bool:
    """Whether a quotation is a remark beside the text, as its sign says: "> 💁 The code is in …"."""
    first = quote.blocks[0] if len(quote.blocks) == 1 else None
    return isinstance(first, Paragraph) and bool(split_emoji(first.text.plain)[0])


def _covering(slides: list[Slide], *sources: str) -> list[Slide]:
    if not slides or not any(sources):
        return slides
    first = slides[0]
    return [replace(first, covers=(*sources, *first.covers)), *slides[1:]]


def inner(frame: Frame, block: Unit) -> list[Slide]:
    """Return the slides of a block that is a unit of its own."""

    match block:
        case Exercise():
            return exercise(block, frame.words)
        case Section():
            return inside(block, frame.words)
        case Parallel():
            return parallel(frame, block)
        case Topic():
            own = Frame(title_of(block.heading), block.id, frame.words, wide=frame.wide,
                        cards=frame.cards, set=frame.source)  # fmt: skip
            return unit(own, block.blocks)
        case Part():
            title = below(frame.title, block.heading, frame.words)
            own = Frame(title, block.id, frame.words, frame.kind, wide=frame.wide,
                        cards=frame.cards, set=frame.source)  # fmt: skip
            return unit(own, block.blocks)
        case Break():
            return [show_break(block, frame.words)]
        case Quote():
            return quotation(frame, block)
        case Box(kind="testimonial"):
            title = title_of(block.heading, called(block.kind, frame.words))
            own = Frame(title, block.id, frame.words)
            return [show_quote(own, block, block.blocks)]
        case Box(kind="slide"):
            return [show_written(block)]
        case Box(kind="activity"):
            return activity(block, frame.words)
        case _:
            title = title_of(block.heading, called(block.kind, frame.words))
            return unit(Frame(title, block.id, frame.words, block.kind), block.blocks)


SOURCE = 12
"""Words of the line behind a quotation that says where it is from, at most; most of them are a link."""


def _attributed(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with a line that is little but a link in the quotation that it stands behind."""
    made: list[Block] = []
    for block in blocks:
        before = made[-1] if made else None
        if isinstance(before, Quote) and isinstance(block, Paragraph) and _is_source(block):
            made[-1] = replace(before, blocks=(*before.blocks, block))
        else:
            made.append(block)
    return made


def _is_source(line: Paragraph) -> bool:
    count = words(line.text.plain)
    linked = sum(words(Text((i,)).plain) for i in line.text.inlines if isinstance(i, Link))
    return count <= SOURCE and 2 * linked > count


def quotation(frame: Frame, block: Quote) -> list[Slide]:
    """Return the slides of a quotation: its words, then the pictures in it."""
    words, big = without_big(block)
    said = isinstance(words, Quote) and bool(opened(words.blocks))
    slides = [show_quote(frame, block, words.blocks)] if isinstance(words, Quote) and said else []
    return [*slides, *(show_big(frame, one, None) for one in big if opened([one]))]


def parallel(frame: Frame, block: Parallel) -> list[Slide]:
    """Return parallel siblings as two columns, a table, or a slide each."""
    holders = columns.siblings(block)
    if holders is None or holders[0].name != "body":
        together = shared(frame, [s for s in block.siblings if isinstance(s, Topic | Part)])
        if together is not None and len(ids(block.siblings)) == len(together.covers):
            return [replace(together, source=block.siblings[0].id)]
    if holders is not None:
        layout: LayoutName = "table" if holders[0].name == "body" else "comparison"
        inside = ids([block])
        slide = make_slide(frame, layout, holders, block.siblings, columns.shown(block), inside)
        return [replace(slide, source=block.siblings[0].id)]
    frame = _level(frame, block.siblings)
    return [slide for sibling in block.siblings for slide in inner(frame, sibling)]


def _level(frame: Frame, siblings: Sequence[Block]) -> Frame:
    """Return a frame that says in what form its siblings are, so that all have one."""
    tongue = frame.words.tongue
    return replace(frame, wide=widest(siblings, tongue), cards=are_cards(siblings, tongue))


def _parts_together(frame: Frame, blocks: list[Block]) -> list[Block | Slide]:
    """Put a unit's siblings on one slide where they fit: as columns, cards, else one by one."""
    together = grouped(frame, blocks)
    if any(isinstance(b, Slide) for b in together):
        return together
    parts = [b for b in blocks if isinstance(b, Part)]
    if len(parts) < 2 or words_in(parts) > LEEWAY or not all(map(flows, parts)):
        return list(blocks)
    if len(parts) > 3 or len({type(b) for b in blocks if b in parts}) != 1:
        return list(blocks)
    if len(parts) == 2 and all(opened(p.blocks) for p in parts):
        slide = make_slide(frame, "comparison", columns.two(parts), parts, ids(parts))
        return [slide if b is parts[0] else b for b in blocks if b is not parts[1]]
    as_fields = [Field(span=p.span, id=p.id, label=title_of(p.heading), key="",
                       blocks=p.blocks) for p in parts]  # fmt: skip
    return [as_fields[parts.index(b)] if b in parts else b for b in blocks]


def exercise(found: Exercise, words: Printed) -> list[Slide]:
    """Return the slides of an exercise: the task, and one for each part that does not fit on it."""
    heading = found.heading
    title = title_of(heading)
    if not heading.label:
        title = title_of(replace(heading, label=""), called("exercise", words))
    time = found.time or heading.time
    return _timed(Frame(title, found.id, words), heading, time, found.blocks)


def activity(box: Box, words: Printed) -> list[Slide]:
    """Return the slides of an activity."""
    heading = box.heading
    if not heading.group:
        heading = replace(heading, group=dict(box.attributes).get("group", ""))
    title = title_of(heading, called("activity", words))
    return _timed(Frame(title, box.id, words), heading, heading.time, box.blocks)


def _timed(
    frame: Frame, heading: Heading, time: Time | None, blocks: Sequence[Block]
) -> list[Slide]:
    own, later = split_parts(with_tasks(opened(blocks), frame.words.tongue))
    parts = [b for b in later if isinstance(b, Part | Topic)]
    grouping, own = find_grouping(heading, own, frame.words.tongue)
    near = own[0] if own else later[0] if later else None
    said = frame.words.minutes(time.low, time.high) if time else ""
    facts = place_facts(said, grouping, near)
    frame = replace(frame, kind="exercise", layout="exercise", extra=facts)
    short = plain_text(heading.label.rstrip(":：")) if has_words(heading) else frame.title
    if words_in(own) + words_in(parts) <= SLIDE and all(map(flows, parts)):
        own += [as_field(p) for p in parts]
        later = [b for b in later if b not in parts]
    elif parts:
        own.append(list_titles(parts))
    slides = announce(unit(frame, own), frame)
    for block in later:
        inside = Frame(short, getattr(block, "id", ""), frame.words, "part")
        slides += _topic(inside, block) if isinstance(block, Topic) else unit(inside, [block])
    slides = [replace(slide, set=frame.source) for slide in slides]
    if not frame.extra:
        return [without_clock(slide) for slide in slides]
    return [with_clock(slide, frame.extra) for slide in slides]


def _topic(outer: Frame, topic: Topic) -> list[Slide]:
    return unit(replace(outer, title=below(outer.title, topic.heading, outer.words)), topic.blocks)


def inside(found: Section, words: Printed, own: bool = False) -> list[Slide]:
    """Return the slides of what a section holds; an introduction's paragraphs are for the notes."""
    title = title_of(found.heading, called(found.kind, words))
    frame = Frame(title, found.id, words, found.kind, own=own)
    if found.heading.time and not opened(found.blocks):
        return [show_break(Break(span=found.span, id=found.id, title=title.plain, minutes=found.heading.time.high), words)]  # fmt: skip
    if found.kind == "next":
        return closed(unit(replace(frame, layout="closing"), found.blocks))
    if found.kind in ASKED:
        return counted(asked(frame, found.blocks), title)
    if found.kind == "introduction" and len(split_slides(found.blocks)) < 2:
        return unit(frame, [b for b in found.blocks if not isinstance(b, Paragraph)])
    slides = unit(frame, found.blocks)
    if found.kind in REFERENCE and slides:
        every = tuple(i for slide in slides for i in slide.covers)
        return [replace(slides[0], covers=every)]
    return slides


def asked(frame: Frame, blocks: Sequence[Block]) -> list[Slide]:
    """Return a slide for each question, and units for what stands between them."""
    slides: list[Slide] = []
    run: list[Block] = []
    for block in opened(blocks):
        found = find_questions(block)
        if isinstance(block, Topic):
            slides += unit(frame, run)
            run = []
            title = title_of(block.heading)
            slides += asked(replace(frame, title=title, source=block.id), block.blocks)
        elif found:
            slides += unit(frame, run)
            run = []
            slides += [ask(one, text, frame.words.tongue) for one, text in found]
        else:
            run.append(block)
    return slides + unit(frame, run)
