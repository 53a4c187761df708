"""What a unit of one title puts on its slides: text that flows, and blocks that have slides of their own.

Paragraphs, fields and lists flow onto content slides; a table, picture, code, drawing, quote, case
or break gets a slide of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import ceil

import msgspec

from courseware.language.printed import Printed
from courseware.model.blocks import (
    AnyNode,
    Block,
    Box,
    Break,
    Code,
    Drawing,
    Figure,
    Footnote,
    Group,
    List,
    PageBreak,
    Paragraph,
    Pictures,
    Quote,
    Rule,
    Space,
    Table,
    Text,
)
from courseware.model.inline import plain_text
from courseware.model.kinds import find_kind, select_kinds
from courseware.model.walk import own_texts, walk
from courseware.products.deck import columns
from courseware.products.deck.content import (
    BIG,
    STEPS,
    TASKS,
    Steps,
    announced,
    chosen,
    flows,
    is_lost,
    paged,
)
from courseware.products.deck.cues import FULL, LEEWAY, SLIDE, shortened, words_in
from courseware.products.deck.figures import led
from courseware.products.deck.titles import LayoutName, Placeholder, Slide, title_of

replace = msgspec.structs.replace
OUTPUTS = frozenset({"output", "text", "console-output", "stdout", "error", "stderr"})
"""Languages of a fence that shows what the code before it prints."""
LEAD = 4
"""Words between code and its output that are for the notes: "It prints:"."""
LINES = 14
"""Lines of code and its output up to which they share a slide."""
MOST = {"takeaways": 5}
"""Items that a slide has at most, by the kind of what it holds; `MANY` in any other."""
MANY = 99
OWN, WIDE = 12, 75
"""Lines, of so many letters, up to which an author's own slide stays one."""
_SILENT = (Rule, PageBreak, Space, Footnote)
_OWN = select_kinds(lambda kind: kind.own)
"""Boxes that are slides of their own, with or without a title; others are, where they have one."""


_LISTED = select_kinds(lambda kind: kind.listed)
"""Kinds of units that are lists, whatever stands in them: never two columns."""


class Frame(msgspec.Struct, frozen=True):
    """What the slides of a unit share: title, source id, kind, and the layout of its text.

    `words` are what things are called that have no title. `wide` is how many columns its siblings
    have, 0 for none, `cards` whether their fields are cards; `set` is the id of what it is one of
    several in; `own` says that it is a slide of its author's.
    """

    title: Text
    source: str
    words: Printed
    kind: str = "topic"
    layout: LayoutName = "content"
    extra: tuple[Placeholder, ...] = ()
    wide: int = 0
    cards: bool = False
    set: str = ""
    own: bool = False


def ids(blocks: Iterable[AnyNode]) -> tuple[str, ...]:
    """Return the ids of all nodes in blocks."""
    return tuple(node.id for node in walk(blocks) if node.id)


def opened(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks with transparent containers opened, and what no slide shows left out."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Group) or (isinstance(block, Box) and _transparent(block)):
            result += opened(block.blocks)
        elif not is_lost(block) and not isinstance(block, _SILENT) and not _wordless(block):
            result.append(block)
    return result


def _wordless(block: Block) -> bool:
    """Whether a block is but decoration or space to write: no letter, digit or blank in it."""
    if not isinstance(block, Paragraph | List | Quote | Box):
        return False
    nodes = list(walk([block]))
    kept = any(isinstance(node, (*BIG, Break)) for node in nodes)
    return not kept and not any(re.search(r"\w", t.plain) for n in nodes for t in own_texts(n))


def _transparent(box: Box) -> bool:
    plain = (find_kind(box.kind).open or box.kind == "unknown") and not box.heading.name
    big = not flows(box) and not has_own_slide(box)
    return plain or (big and not box.heading.name)


def has_own_slide(block: Block) -> bool:
    """Whether a block is a box that gets slides of its own."""
    return isinstance(block, Box) and (block.kind in _OWN or bool(block.heading.name))


# -- text ----------------------------------------------------------------------------


def lay_text(frame: Frame, run: Sequence[Block], before: Sequence[Slide]) -> list[Slide]:
    """Return the slides of a run; paragraphs behind a picture, table or code are for the notes."""
    only = all(isinstance(b, Paragraph) for b in run)
    after = bool(before)
    shown = after and _shows(before[-1]) and only
    if not run or (shown and frame.kind != "exercise"):
        return []
    if frame.own and frame.layout == "content" and columns.halved(run) is None and _fits(run):
        return [make_slide(frame, "content", (*frame.extra, Placeholder("body", tuple(run))), run, ids(run))]  # fmt: skip
    apart = (
        columns.aside(run, frame.words.tongue, frame.wide) if frame.kind not in _LISTED else None
    )
    if apart is not None and frame.layout == "content":
        return [make_slide(frame, *apart, run, columns.pair_shown(run, apart[1]))]
    cards = (
        columns.carded(run, frame.words.tongue, frame.cards)
        if frame.kind not in _LISTED and frame.layout == "content"
        else None
    )
    if cards is not None:
        return [make_slide(frame, "cards", cards, run, columns.pair_shown(run, cards))]
    asked = any(isinstance(b, List) and b.choices for b in run)
    room = FULL if asked else LEEWAY
    kept = chosen(run, frame.words.tongue, room, _steps(frame))
    kept = announced(kept, frame.words.tongue)[0] or kept
    whole = ids(b for b in run if b in kept)
    if frame.layout == "content" and (halves := columns.halved(run)) is not None:
        return [make_slide(frame, "two-content", halves, run, ids(run))]
    full = columns.WORDS if frame.kind == "objectives" or (after and _are_choices(frame, kept)) else FULL  # fmt: skip
    pages = paged(kept, frame.kind != "next", MOST.get(frame.kind, MANY), full)
    slides = []
    for number, page in enumerate(pages):
        extra = frame.extra if not after else ()
        layout = frame.layout if not after else "content"
        holders = (*extra, Placeholder("body", page))
        if layout == "content" and (halves := columns.halved(page)) is not None:
            layout, holders = "two-content", halves
        covered = ids(run) if not number else ids(page)
        slides.append(make_slide(frame, layout, holders, run, whole, covered))
    return _without_doubles(slides)


def _fits(run: Sequence[Block]) -> bool:
    """Whether text has room on one slide as it is written, in the smallest size."""
    said = [text.plain for node in walk(run) for text in own_texts(node) if text]
    return all(map(flows, run)) and sum(ceil(len(text) / WIDE) for text in said) <= OWN


CHOICES = 6
"""Numbered items behind a task's code that are what is chosen from, at most."""


def _are_choices(frame: Frame, kept: Sequence[Block]) -> bool:
    """Whether blocks are a numbered list behind what an exercise shows: it is chosen from."""
    only = kept[0] if frame.kind == "exercise" and len(kept) == 1 else None
    return isinstance(only, List) and only.ordered and len(only.items) <= CHOICES


def _shows(slide: Slide) -> bool:
    """Whether a slide shows a picture, a table or code."""
    if slide.layout in ("picture", "table", "code"):
        return True
    return any(isinstance(b, Figure | Code) for holder in slide.placeholders for b in holder.blocks)


def _steps(frame: Frame) -> Steps:
    """Return how a unit's text may be cut: that of objectives is not, that of exercises most."""
    if frame.kind == "objectives":
        return STEPS[:1]
    return TASKS if frame.layout == "exercise" else STEPS


def make_slide(
    frame: Frame, layout: LayoutName, holders: tuple[Placeholder, ...], run: Sequence[Block],
    shown: tuple[str, ...], covers: tuple[str, ...] | None = None,
) -> Slide:  # fmt: skip
    """Return a slide of the frame; it covers all of `run` where `covers` says nothing else."""
    return Slide(layout, frame.kind, frame.title, frame.source or run[0].id, holders,
                 covers=ids(run) if covers is None else covers, shown=shown, set=frame.set)  # fmt: skip


def _without_doubles(slides: list[Slide]) -> list[Slide]:
    """Leave to later slides of a run what they show: the first covers the rest."""
    later = {i for s in slides[1:] for i in s.covers}
    if not later:
        return slides
    first = slides[0]
    mine = ids(b for h in first.placeholders for b in h.blocks)
    covers = tuple(i for i in first.covers if i not in later or i in mine)
    rest = [replace(s, covers=tuple(i for i in s.covers if i not in mine)) for s in slides[1:]]
    return [replace(first, covers=covers), *rest]


# -- what gets a slide of its own -----------------------------------------------------


def show_big(frame: Frame, block: Block, lead: Block | None) -> Slide:
    """Return the slide of a table, picture, code or drawing; `lead` is the paragraph before it."""
    caption: tuple[Placeholder, ...] = ()
    if isinstance(lead, Paragraph):
        caption = (Placeholder("caption", (shortened(lead, frame.words.tongue),)),)
    run = [b for b in (lead, block) if b is not None]
    whole = ids([block]) + (ids([lead]) if lead and caption[0].blocks[0] == lead else ())
    layout: LayoutName = "code"
    name = "body"
    if isinstance(block, Pictures):
        return _show_beside(frame, block, lead)
    if isinstance(block, Table):
        layout = "table"
    elif isinstance(block, Figure):
        layout, name = "picture", "picture"
        if block.caption:
            caption = (Placeholder("caption", (Paragraph(span=block.span, text=block.caption),)),)
            whole = ids([block])
    return make_slide(frame, layout, (Placeholder(name, (block,)), *caption), run, whole)


def _show_beside(frame: Frame, row: Pictures, lead: Block | None) -> Slide:
    """Return the slide of two or three pictures beside each other, what they are called below them."""
    layout: LayoutName = "two-content" if len(row.blocks) == 2 else "three-columns"
    above: tuple[Placeholder, ...] = ()
    if isinstance(lead, Paragraph):
        above = (Placeholder("subtitle", (shortened(lead, frame.words.tongue),)),)
    sides = columns.SIDES[len(row.blocks)]
    holders = tuple(Placeholder(side, _captioned(figure))
                    for side, figure in zip(sides, row.blocks, strict=True))  # fmt: skip
    run = [b for b in (lead, row) if b is not None]
    whole = ids([row]) + (ids([lead]) if lead and above[0].blocks[0] == lead else ())
    return make_slide(frame, layout, (*above, *holders), run, whole)


def _captioned(figure: Figure) -> tuple[Block, ...]:
    words = figure.caption or plain_text(figure.alt)
    return (figure, Paragraph(span=figure.span, text=words)) if words else (figure,)


def show_figure(
    frame: Frame, block: Block, held: tuple[Placeholder, ...], lead: Block | None
) -> Slide:
    """Return the slide of a block that is drawn anew; `lead` is the paragraph before it."""
    run = [b for b in (lead, block) if b is not None]
    short = shortened(lead, frame.words.tongue) if isinstance(lead, Paragraph) else None
    whole = ids(run) if short == lead else ids([block])
    return make_slide(frame, "cards", led(frame.title, short, held), run, whole)


def with_slide(slides: list[Slide], more: Slide) -> list[Slide]:
    """Append a slide; what a program prints goes onto the slide of the code before it."""
    before = slides[-1] if slides else None
    if before is None or not _is_output(before, more):
        return [*slides, more]
    holder = before.placeholders[0]
    both = replace(holder, blocks=(*holder.blocks, *more.placeholders[0].blocks))
    printed = ids(more.placeholders[0].blocks)  # what leads in the output is for the notes
    joined = replace(before, placeholders=(both, *before.placeholders[1:]),
                     covers=(*before.covers, *more.covers), shown=(*before.shown, *printed))  # fmt: skip
    return [*slides[:-1], joined]


def _is_output(before: Slide, more: Slide) -> bool:
    """Whether a slide shows what the code before it prints, led in by a few words at most."""
    lead = [b for holder in more.placeholders[1:] for b in holder.blocks]
    if before.layout != "code" or more.layout != "code" or words_in(lead) > LEAD:
        return False
    one, other = before.placeholders[0].blocks, more.placeholders[0].blocks[0]
    code = [b for b in (*one, other) if isinstance(b, Code)]
    lines = sum(b.text.count("\n") + 1 for b in code)
    printed = isinstance(other, Code) and other.language.lower() in OUTPUTS
    return printed and len(code) == 2 and len(one) == 1 and lines <= LINES


# -- units in a unit ------------------------------------------------------------------


def put_lead(frame: Frame, slides: list[Slide], run: Sequence[Block]) -> list[Slide]:
    """Put a lone paragraph before parallel siblings onto their slide."""
    first, lead = slides[0], run[0]
    if not isinstance(lead, Paragraph) or first.title == Text() or len(slides) > 1:
        return slides
    short = shortened(lead, frame.words.tongue)
    name = "caption" if first.layout == "table" else "subtitle"
    whole = (lead.id,) if short == lead else ()
    holders = (Placeholder(name, (short,)), *first.placeholders)
    return [replace(first, placeholders=holders, covers=(lead.id, *first.covers),
                    shown=(*whole, *first.shown))]  # fmt: skip


def show_break(block: Break, words: Printed) -> Slide:
    """Return the slide of a break."""
    title = plain_text(block.title or words.title("break"))
    length = Paragraph(span=block.span, text=plain_text(words("minutes", n=block.minutes)))
    holders = (Placeholder("subtitle", (length,)),) if block.minutes else ()
    return Slide("section", "break", title, block.id, holders, covers=(block.id,),
                 shown=(block.id,))  # fmt: skip


def show_quote(frame: Frame, block: Block, inside: Sequence[Block]) -> Slide:
    """Return the slide of a quotation."""
    kept = chosen(opened(inside), frame.words.tongue, SLIDE)
    whole = ids([block]) if kept == tuple(opened(inside)) else ()
    return Slide("quote", "quote", frame.title, block.id, (Placeholder("body", kept),),
                 covers=ids([block]), shown=whole)  # fmt: skip


def show_written(box: Box) -> Slide:
    """Return the slide that the author wrote, as it is, on the layout that its blocks ask for."""
    blocks = tuple(opened(box.blocks))
    layout: LayoutName = "content"
    name = "body"
    if len(blocks) == 1:
        kinds: dict[type, LayoutName] = {Table: "table", Figure: "picture", Code: "code",
                                         Drawing: "code", Quote: "quote"}  # fmt: skip
        layout = kinds.get(type(blocks[0]), "content")
        name = "picture" if layout == "picture" else "body"
    covers = ids([box])
    return Slide(layout, "slide", title_of(box.heading), box.id,
                 (Placeholder(name, blocks),) if blocks else (), covers=covers, shown=covers)  # fmt: skip
