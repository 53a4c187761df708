"""A session's deck: slides from the learner's projection, notes from the facilitator's.

The rules are in `products.deck`, and in words in docs/slides.md. The layout `slides/deck.html.j2`
writes a deck as HTML; the writer measures it, splits what does not fit, and makes the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec

from courseware.diagnostics import Span
from courseware.language.printed import Printed
from courseware.model.blocks import (
    Cell,
    Item,
    List,
    Paragraph,
    Rule,
    Section,
    Text,
)
from courseware.model.cutting import pieces, trimmed
from courseware.model.inline import joined, marked, plain_text
from courseware.model.kinds import select_kinds
from courseware.model.pairs import pairs_of
from courseware.model.session import Course, Session, for_learner
from courseware.model.times.timing import run_sheet
from courseware.model.walk import rebuild, texts
from courseware.products.deck.clock import agenda, hidden, placed
from courseware.products.deck.cues import cue, words_for
from courseware.products.deck.frames import opened
from courseware.products.deck.notes import noted
from courseware.products.deck.practice import entitled
from courseware.products.deck.statements import stated
from courseware.products.deck.titles import Deck, Placeholder, Slide, bare, called, joint, title_of
from courseware.products.deck.unit_slides import DIVIDED, inside
from courseware.products.typography import signer

replace = msgspec.structs.replace


OPENING = select_kinds(lambda kind: kind.opens)
"""Kinds of sections that the agenda comes after, where they open the session."""


def deck(course: Course, session: Session) -> Deck:
    """Return the deck of a session as the facilitator may see it; its slides hold nothing of theirs.

    `session` has the blocks that slides print; the run sheet is that of the course's session.
    """
    learner = for_learner(session)
    learner = replace(learner, sections=tuple(map(in_rows, learner.sections)))
    whole = next((s for s in course.sessions if s.path == session.path), session)
    sheet = run_sheet(whole, course.delivery)
    first = next((i for i, s in enumerate(learner.sections) if s.kind not in OPENING), None)
    words, signed = words_for(course, session), signer(course, session.language)
    own = any(isinstance(node, Rule) and node.slide for node in learner.nodes())
    made = [
        (found, _named(found, section(found, words, own), learner, words))
        for found in learner.sections
    ]
    slides = [opening(course, learner)]
    for number, parts in enumerate(numbered(made)):
        plan = signed(agenda(sheet, learner, words)) if number == first else None
        slides += [*([plan] if plan else []), *parts]
    slides = hidden(noted(distinct(entitled(slides), words), session), learner, sheet)
    return Deck(tuple(placed(slides, sheet, words)))


def _named(
    found: Section, slides: tuple[Slide, ...], session: Session, words: Printed
) -> tuple[Slide, ...]:
    """Return slides of what stands below no heading: where others come between, they have the session's title."""
    title = title_of(found.heading, called(found.kind, words))
    own = [slide.title == title for slide in slides]
    titled = [mine for slide, mine in zip(slides, own, strict=True) if slide.layout != "statement"]
    between = False in titled and any(titled[titled.index(False) :])
    if found.heading.name or found.kind != "introduction" or not between:
        return slides
    return tuple(
        replace(s, title=bare(session.title)) if mine else s
        for s, mine in zip(slides, own, strict=True)
    )


def in_rows(node: Any) -> Any:
    """Return a block with each scale, and the boxes of a table's cell, as a line: a slide has no room for a bullet each.

    Lines of keys and values are a list.
    """
    if isinstance(node, List) and node.is_scale:
        return _line(node)
    if isinstance(node, Paragraph) and pairs_of(node.text):
        return _listed(node)
    if isinstance(node, Cell):
        blocks = (_line(b) if isinstance(b, List) and b.choices else b for b in node.blocks)
        return replace(node, blocks=tuple(blocks))
    return rebuild(node, in_rows)


def _line(choices: List) -> Paragraph:
    """Return choices as a line with a box before each."""
    said = (joined("   ☐ ", *texts([item])) for item in choices.items)
    return Paragraph(span=choices.span, id=choices.id, text=trimmed(joined(*said)))


def _listed(paragraph: Paragraph) -> List:
    lines = (replace(paragraph, id="", text=piece.text) for piece in pieces(paragraph.text))
    items = tuple(Item(span=line.span, blocks=(line,)) for line in lines)
    return List(span=paragraph.span, id=paragraph.id, items=items)


def opening(course: Course, session: Session) -> Slide:
    """Return the title slide: the title; course, module and session; the length and for whom."""
    above = [course.title, session.module, session.label]
    facts = [m.text for m in session.meta if m.key in ("length", "audience")]
    if not facts and session.length:
        length = session.length
        facts = [plain_text(words_for(course, session).minutes(length.low, length.high))]
    kicker = plain_text(" · ".join(part for part in above if part))
    lines = [kicker, *map(bare, facts)]
    blocks = tuple(Paragraph(span=Span(session.path), text=line) for line in lines if line)
    holders = (Placeholder("subtitle", blocks),) if blocks else ()
    if session.number is not None:
        figure = plain_text(f"{session.number:02}")
        number = Paragraph(span=Span(session.path), text=figure)
        holders = (*holders, Placeholder("figure", (number,)))
    return Slide("title", "opening", bare(session.title), "", holders,
                 section=session.title.plain)  # fmt: skip


FEWEST = 2
"""Sections that are numbered at least."""
UNNUMBERED = select_kinds(lambda kind: kind.opens or kind.looked_up) | {"agenda", "next"}
"""Kinds of sections that have no number: what comes before and after what is taught."""


def numbered(made: Sequence[tuple[Section, Sequence[Slide]]]) -> list[Sequence[Slide]]:
    """Return the slides of sections with the sections' numbers, on dividers the list of them."""
    counted = [slides for found, slides in made if _counts(found, slides)]
    if len(counted) < FEWEST:
        return [slides for _, slides in made]
    titles = [(slides[0].section, found.span) for found, slides in made
              if any(slides is one for one in counted)]  # fmt: skip
    result: list[Sequence[Slide]] = []
    number = 0
    for found, slides in made:
        own = _counts(found, slides)
        number += own
        result.append([_with_list(replace(s, part=number), titles) if own else s for s in slides])
    return result


def _counts(found: Section, slides: Sequence[Slide]) -> bool:
    """Whether a section is one of those that are taught: it has a slide that is no break."""
    return found.kind not in UNNUMBERED and any(slide.kind != "break" for slide in slides)


def _with_list(slide: Slide, titles: Sequence[tuple[str, Span]]) -> Slide:
    """Return a divider with its number and the list of sections, itself in bold."""
    if slide.kind != "divider":
        return slide
    items = []
    for number, (title, span) in enumerate(titles, 1):
        text = plain_text(title)
        text = marked(text, "strong") if number == slide.part else text
        items.append(Item(span=span, blocks=(Paragraph(span=span, text=text),)))
    span = titles[slide.part - 1][1]
    figure = Paragraph(span=span, text=plain_text(str(slide.part)))
    listed = List(span=span, ordered=True, items=tuple(items))
    more = (Placeholder("figure", (figure,)), Placeholder("sections", (listed,)))
    return replace(slide, placeholders=(*slide.placeholders, *more))


def distinct(slides: Sequence[Slide], words: Printed) -> list[Slide]:
    """Return slides of which no two sections share a title: the later has its section's before it.

    Where that is taken, too, a number stands behind it.
    """
    owners: dict[str, str] = {}
    result: list[Slide] = []
    for slide in slides:
        title = slide.title
        number = 1
        named = (
            slide.kind == "introduction" and title == slides[0].title
        )  # a series, told by its numbers
        while not named and owners.setdefault(title.plain, _series(slide)) != _series(slide):
            title = _apart(slide, number, words)
            number += 1
        result.append(replace(slide, title=title))
    return result


def _series(slide: Slide) -> str:
    """Return what a slide shares with those of its series: dividers and breaks are in none."""
    alone = slide.kind in ("opening", "divider", "break")
    return f"{slide.section}|{slide.source}" if alone else slide.section


def _apart(slide: Slide, number: int, words: Printed) -> Text:
    title = slide.title
    if slide.section and slide.section != title.plain:
        title = joined(plain_text(slide.section), joint(words), title)
        number -= 1
    return joined(title, " ", plain_text(f"({number + 1})")) if number else title


MOST_KEPT = 64
"""Sections whose slides are kept: those of the session that is written on."""


@lru_cache(maxsize=MOST_KEPT)
def section(found: Section, words: Printed, own: bool = False) -> tuple[Slide, ...]:
    """Return a section's slides, its divider first; those of sections that stay as they are, are kept.

    `own` says that they are their author's: the file is a deck.
    """
    slides = inside(found, words, own)
    title = title_of(found.heading, called(found.kind, words))
    if found.kind in DIVIDED and found.heading.name:
        slides = _divided(found, title, slides, words)
    name = title.plain if found.heading.name or found.boxed or not slides else ""
    name = name or slides[0].title.plain
    return tuple(replace(slide, section=name) for slide in stated(slides, words))


def _divided(found: Section, title: Text, slides: list[Slide], words: Printed) -> list[Slide]:
    """Put a divider before two slides or more that bear titles of their own.

    Paragraphs that the section begins with become its subtitle; any other text of its own has a
    slide that bears the section's title and begins it, without a divider.
    """
    first = slides[0] if slides else None
    lead = _lead(found)
    if first is not None and first.source == found.id and lead is not None and _is_text(first):
        rest = slides[1:]
    else:
        rest = slides
    if len(rest) < 2 or any(slide.title == title for slide in rest):
        return slides
    covers = (found.id, *(first.covers if first is not None and rest is not slides else ()))
    shown: tuple[str, ...] = ()
    time = found.heading.time
    text = plain_text(words.minutes(time.low, time.high)) if time else Text()
    if lead is not None and rest is not slides:
        text = cue(lead.text, words.tongue)
        shown = (lead.id,) if text == lead.text else ()
    line = Paragraph(span=found.span, text=text)
    holders = (Placeholder("subtitle", (line,)),) if text else ()
    divider = Slide("section", "divider", title, found.id, holders, covers=covers, shown=shown)
    return [divider, *(_less(slide, covers) for slide in rest)]


def _less(slide: Slide, covers: tuple[str, ...]) -> Slide:
    return replace(slide, covers=tuple(i for i in slide.covers if i not in covers))


def _lead(found: Section) -> Paragraph | None:
    first = next(iter(opened(found.blocks)), None)
    return first if isinstance(first, Paragraph) else None


def _is_text(slide: Slide) -> bool:
    """Whether a slide holds nothing but paragraphs, or sentences of them as a list."""
    blocks = [b for holder in slide.placeholders for b in holder.blocks]
    if slide.layout != "content":
        return False
    return all(isinstance(b, Paragraph) or (isinstance(b, List) and not b.id) for b in blocks)
