"""A paragraph that stands alone: a statement, or a big figure with what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from courseware.language.printed import Printed
from courseware.language.twins import UNSPACED
from courseware.model.blocks import Block, Box, Field, List, Paragraph, Quote, Text
from courseware.model.cutting import part_of
from courseware.model.inline import Link, Mark, Run, joined, plain_text
from courseware.products.deck.cues import sentences, words
from courseware.products.deck.titles import NAMED, Placeholder, Slide, bare

replace = msgspec.structs.replace
SAID, QUOTED = (36, 3), (25, 2)
"""Words and sentences of a statement at most, and of one that is quoted."""
ADDRESS = re.compile(r"[!-~]{25,}")
"""An address or a path: in the large type of a statement no line might hold it."""
FEWEST = 4
LABEL = 2
"""Words of a bold label that no colon stands behind, at most."""
COUNTED = 20
"""Words of a paragraph that begins with a figure at most."""
FIGURE = re.compile(
    r"(?:[$€£¥]\s?)?\d[\d.,]*(?:\s?(?:[%‰°]|[kKMmGT]?(?:Wh?|B|g|m|l|s)\b|h\b|min\b|×|x\b))?(?=\s)"
)
"""A figure with its unit, at a paragraph's beginning."""
MADE_OF = frozenset({"topic", "part", "concept", "quote", "deliverable", "exercise", "exercises", *NAMED})  # fmt: skip
"""Kinds of slides that may be statements."""
KEPT = frozenset({"objectives", "agenda", "prerequisites", "materials", "next", "reading", "glossary",
                  "takeaways", "checklist", "prereq", "guiding", "activity"})  # fmt: skip
"""Kinds that are not, whatever they hold."""
LISTED = KEPT - {"reading", "glossary"}
"""Kinds of these that are, where they hold a list of one item."""


def stated(slides: Sequence[Slide], words_of: Printed) -> list[Slide]:
    """Return slides with each that holds but a short paragraph as a statement or a big figure."""
    sets = Counter(slide.set for slide in slides if slide.set)
    return [_stated(slide, words_of, sets[slide.set] < 2) for slide in slides]


def _stated(slide: Slide, words_of: Printed, alone: bool) -> Slide:
    """Return a slide as what it says; `alone` tells that it is the only one of its set."""
    held = [b for holder in slide.placeholders for b in holder.blocks]
    only = held[0] if len(held) == 1 else None
    single = isinstance(only, List) and not only.ordered and len(only.items) == 1
    if (
        slide.layout not in ("content", "quote")
        or len(held) != 1
        or slide.kind not in (MADE_OF | LISTED if single else MADE_OF - KEPT)
        or (slide.kind == "exercise" and not alone)
    ):
        return slide
    found, kind, said = _alone(held[0])
    if found is None:
        return slide
    plain = found.text.plain
    count = words(plain)
    linked = sum(words(Text((i,)).plain) for i in found.text.inlines if isinstance(i, Link))
    if 2 * linked > count:
        return slide
    figure = FIGURE.match(plain)
    if (
        figure
        and not single
        and FEWEST <= count <= COUNTED
        and not kind
        and not said
        and slide.layout == "content"
    ):
        return _counted(slide, found, figure.end())
    most, many = QUOTED if slide.layout == "quote" else SAID
    long = count > most or len(sentences(plain, words_of.tongue)) > many or ADDRESS.search(plain)
    if count < FEWEST or long or plain.endswith((":", "…")):
        return slide
    label = slide.title
    said = plain_text(words_of(kind)) if kind in NAMED else said
    if said:
        label = joined(label, plain_text(" · "), said)
    above = Placeholder("label", (replace(found, id="", text=label),))
    return replace(slide, layout="statement", title=bare(found.text), placeholders=(above,))


def _alone(block: Block) -> tuple[Paragraph | None, str, Text]:
    """Return the paragraph that a block is, in a frame or a quotation; the frame's kind, its label."""
    if isinstance(block, Paragraph):
        return _labelled(block)
    if isinstance(block, Field) and block.value and not block.blocks:
        text = _capital(block.value)
        return Paragraph(span=block.span, id=block.id, text=text), "", bare(block.label)
    item = block.items[0] if isinstance(block, List) and len(block.items) == 1 else None
    if isinstance(block, List) and (item is None or block.ordered or item.checked is not None):
        return None, "", Text()
    inside = item.blocks if item else block.blocks if isinstance(block, Box | Quote) else ()
    if len(inside) != 1 or (isinstance(block, Box) and block.heading.name):
        return None, "", Text()
    found, kind, label = _alone(inside[0])
    return found, kind or (block.kind if isinstance(block, Box) else ""), label


def _labelled(found: Paragraph) -> tuple[Paragraph, str, Text]:
    """Return a paragraph without the bold words that its sentence stands behind, and these: "**Note** Make sure …"."""
    first = next(iter(found.text.inlines), None)
    if not isinstance(first, Mark) or first.name != "strong":
        return found, "", Text()
    plain = found.text.plain
    end = len(Text((first,)).plain)
    begins = end + len(plain[end:]) - len(plain[end:].lstrip())
    letter = plain[begins : begins + 1]
    begun = letter.isupper() or UNSPACED.match(letter)
    if begins == end or words(plain[:end]) > LABEL or not begun:
        return found, "", Text()
    return (
        replace(found, text=part_of(found.text, begins, len(plain))),
        "",
        bare(part_of(found.text, 0, end)),
    )


def _capital(text: Text) -> Text:
    """Return what stood behind a label as a sentence of its own."""
    first, *rest = text.inlines or (None,)
    if not isinstance(first, Run) or not re.match(r"[^\W\d_]+", first.text):
        return text
    if not first.text.split()[0].islower():  # "iPad", "pH"
        return text
    return Text((replace(first, text=first.text[:1].upper() + first.text[1:]), *rest))


def _counted(slide: Slide, found: Paragraph, end: int) -> Slide:
    """Return a slide with the figure that a paragraph begins with, large."""
    figure = Placeholder("figure", (replace(found, text=part_of(found.text, 0, end)),))
    rest = part_of(found.text, end, len(found.text.plain))
    body = Placeholder("body", (replace(found, id="", text=rest),))
    return replace(slide, layout="number", placeholders=(figure, body), set="")
