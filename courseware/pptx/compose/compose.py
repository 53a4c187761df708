"""Slides composed: what a deck's HTML says, laid in the places of a template.

A slide that does not fit becomes several, split at units and evenly. One step down in size is
taken only where it saves a slide. Nothing is lost, nothing is higher than its place.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from courseware.language.printed import Printed, printed
from courseware.media.drawings import said
from courseware.pptx.compose.forms import formed
from courseware.pptx.compose.placement import SlidePart, SlidePlan
from courseware.pptx.compose.planning import plans
from courseware.pptx.compose.sketching import NAME as SKETCH
from courseware.pptx.compose.stacking import laid, text_box
from courseware.pptx.compose.titles import TitleEntry, balanced, endings, joint, title, unique
from courseware.pptx.compose.units import Unit
from courseware.pptx.template.template import LayoutPlace, Template
from courseware.pptx.text.hyphens import hyphenated
from courseware.pptx.values import (
    ACROSS,
    Box,
    ComposedDeck,
    ComposedSlide,
    Draft,
    Grid,
    Holder,
    Image,
    Line,
    Paragraph,
    Run,
    Script,
    Text,
)

MIRRORED = ("field-", "step-", "term-", "words-", "code-", "point-", "row-", "number-", "span-")
"""Drawn shapes that are read one after the other, from the right where the text is."""
replace = msgspec.structs.replace


def compose(script: Script, template: Template, words: Printed | None = None) -> ComposedDeck:
    """Return a deck's slides with every length in numbers; `words` are by default its language's."""
    words = words or printed(script.language)
    drafts = formed([adapted(draft, template) for draft in script.slides], template)
    found = plans(drafts, template)
    entries = [
        TitleEntry(d.title, d.section, len(p.parts)) for d, p in zip(drafts, found, strict=True)
    ]
    named = endings(entries, words)
    sizes = _title_sizes(drafts, named, template)
    slides: list[ComposedSlide] = []
    taken: set[str] = set()
    for draft, plan, ends in zip(drafts, found, named, strict=True):
        first = len(slides) + 1
        for index, (part, ending) in enumerate(zip(plan.parts, ends, strict=True)):
            number = len(slides) + 1
            notes = draft.notes if not index else _pointer(draft, first, words)
            made = replace(_slide(replace(draft, notes=notes), plan, part), number=number)
            most = sizes.get(_set(draft, template), 0.0)
            made = _named(made, _title(draft, number, words), ending, template, taken, most)
            made = _spoken(made, words.language)
            made = hyphenated(made, template, script.language)
            slides.append(turn(made) if script.from_right else made)
    return ComposedDeck(script.title, script.language, template.width, template.height, tuple(slides),
                script.author, script.course, script.from_right, words)  # fmt: skip


def adapted(draft: Draft, template: Template) -> Draft:
    """Return a draft as a template can show it: without a layout for it, a statement or what comes next is a text."""
    said = draft.layout == "statement" or any(h.name == "label" for h in draft.holders)
    if (
        draft.layout not in ("statement", "closing")
        or not said
        or template.layouts[draft.layout].exact
    ):
        return draft
    held = [b for holder in draft.holders for b in holder.blocks]
    above = held[0].runs if held and isinstance(held[0], Paragraph) else ()
    rest = held[1:] if above else held
    body = Holder("body", (Paragraph(draft.title), *rest))
    return replace(draft, layout="content", title=above or (Run(draft.section),), holders=(body,))


def _spoken(slide: ComposedSlide, language: str) -> ComposedSlide:
    """Return a slide whose formulas have what is read aloud for them."""
    told = (replace(f, alt=said(f.math, f.display, language)) for f in slide.formulas)
    return replace(slide, formulas=tuple(told))


def _title(draft: Draft, number: int, words: Printed) -> tuple[Run, ...]:
    """Return a slide's title: its own, else its section's, else its number."""
    if Paragraph(draft.title).plain.strip():
        return draft.title
    return (Run(draft.section or words("slide_number", number=number)),)


def _pointer(draft: Draft, first: int, words: Printed) -> tuple[Paragraph, ...]:
    """Return the notes of a slide that goes on: where the notes are."""
    return (Paragraph((Run(words("notes_on", number=first)),)),) if draft.notes else ()


# -- slides ---------------------------------------------------------------------------


def _slide(draft: Draft, plan: SlidePlan, part: SlidePart) -> ComposedSlide:
    """Return a slide with its boxes, title and number still to come."""
    boxes: list[Box] = []
    formulas: list[Image] = []
    for name, units in part.units.items():
        if units:
            found = laid(units, plan.beds[name])
            boxes += found.boxes
            formulas += found.formulas
    return ComposedSlide(0, draft.layout, "", tuple(boxes), tuple(formulas), draft.notes, draft.section,
                 draft.source, draft.covers, draft.hidden, draft.part, part.strokes)  # fmt: skip


def _set(draft: Draft, template: Template) -> tuple[float, str]:
    """Return what drafts share whose titles have one size: their place's own size, and their set."""
    size = template.layouts[draft.layout].places["title"].levels[0].size
    return size, draft.set or draft.source or Paragraph(draft.title).plain


def _title_sizes(
    drafts: Sequence[Draft], named: Sequence[Sequence[str]], template: Template
) -> dict[tuple[float, str], float]:
    """Return the size that the titles of each set have, in points: that of the longest of them."""
    sizes: dict[tuple[float, str], float] = {}
    for draft, ends in zip(drafts, named, strict=True):
        place, key = template.layouts[draft.layout].places["title"], _set(draft, template)
        for ending in ends if draft.title else ():
            size = title(draft.title, ending, place, template).measured.line.size
            sizes[key] = min(size, sizes.get(key, size))
    return sizes


def _named(
    slide: ComposedSlide, runs: tuple[Run, ...], ending: str, template: Template, taken: set[str],
    most: float,
) -> ComposedSlide:  # fmt: skip
    """Return a slide with its title; what is cut off a title begins the notes."""
    place = _title_place(slide, template)
    name = joint(ending).join(filter(None, (Paragraph(runs).plain, ending)))
    more = unique(name, taken)
    found = title(runs, (ending + more).strip(), place, template, most)
    place = balanced(found.measured, found.runs, place, template)
    head = text_box([Unit(found.measured, found.measured.height, 0.0, place)], place)
    if slide.layout == "closing" and place.anchor == "top":
        slide = _closer(slide, place, found.measured.height)
    notes = (Paragraph(runs, heading=True), *slide.notes) if found.cut else slide.notes
    return replace(slide, name=name + more, notes=notes,
                   boxes=(*head.boxes, *slide.boxes),
                   formulas=(*head.formulas, *slide.formulas))  # fmt: skip


def _title_place(slide: ComposedSlide, template: Template) -> LayoutPlace:
    """Return where a slide's title stands: a question alone has half of its text's room, too, and is nearer the middle."""
    places = template.layouts[slide.layout].places
    place, body = places["title"], places.get("body")
    if slide.layout != "question" or place.anchor != "middle" or body is None:
        return place
    more = (body.y + body.height - place.y - place.height) / 2
    if more <= 0 or any(box.place.idx == body.idx for box in slide.boxes):
        return place
    return replace(place, height=round(place.height + more, 2), moved=True)


def _closer(slide: ComposedSlide, title: LayoutPlace, height: float) -> ComposedSlide:
    """Return a slide with what stands below its title higher by the lines that this leaves."""
    up = title.inner_height - height

    def moved(place: LayoutPlace) -> LayoutPlace:
        below = place.y >= title.y + title.height
        return replace(place, y=round(place.y - up, 2), moved=True) if below else place

    return replace(slide, boxes=tuple(replace(b, place=moved(b.place)) for b in slide.boxes))


def turn(slide: ComposedSlide) -> ComposedSlide:
    """Return a slide with its text from the right, and what is drawn beside each other, too.

    The fields of a matrix stay: its axes lead to the right in any language. So does a drawing of its author's.
    """
    title = next((box.place for box in slide.boxes if box.place.name == "title"), None)
    names = [box.place.name for box in slide.boxes]
    moved = MIRRORED if any(n.startswith("axis-") for n in names) else (*MIRRORED, "card-")
    boxes = []
    for box in slide.boxes:
        place = box.place
        if title is not None and place.name.startswith(moved):
            place = replace(place, x=_across(title, place.x, place.width))
        if isinstance(box.content, Grid):
            wide = sum(box.content.widths)
            place = replace(place, x=_across(place, place.x, wide), width=wide)
        if place.name == "title" and place.set:
            left, top, right, bottom = place.insets
            place = replace(place, insets=(right, top, left, bottom))
        stays = place.name.startswith(SKETCH)
        boxes.append(
            box if stays else replace(box, place=place, content=_turned(box.content, place))
        )
    formulas = tuple(replace(f, x=_across(_around(f, slide), f.x, f.width)) for f in slide.formulas)
    return replace(slide, boxes=tuple(boxes), formulas=formulas)


def _across(around: LayoutPlace, x: float, width: float) -> float:
    """Return where something begins that is as far from a place's right edge as it was from the left."""
    return round(2 * around.x + around.width - x - width, 2)


def _around(formula: Image, slide: ComposedSlide) -> LayoutPlace:
    """Return the place of the box in which a formula stands; the first one where it is beside all."""
    y = formula.y + formula.height / 2
    places = [box.place for box in slide.boxes]
    inside = (p for p in places if p.x <= formula.x <= p.x + p.width and p.y <= y <= p.y + p.height)
    return next(inside, places[0])


def _turned(content: Text | Grid | Image, place: LayoutPlace) -> Text | Grid | Image:
    if isinstance(content, Image):
        return replace(content, x=_across(place, content.x, content.width))
    if isinstance(content, Text) and not content.code:
        return replace(content, lines=tuple(map(_line, content.lines)))
    if isinstance(content, Grid):
        rows = tuple(
            tuple(replace(cell, lines=tuple(map(_line, cell.lines))) for cell in row)
            for row in content.rows
        )
        return replace(content, rows=rows)
    return content


def _line(line: Line) -> Line:
    return replace(line, align=ACROSS[line.align], from_right=True)
