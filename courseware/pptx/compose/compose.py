"""Slides composed: what a deck's HTML says, laid in the places of a template.

A slide that does not fit becomes several, split at units and evenly. One step down in size is
taken only where it saves a slide. Nothing is lost, nothing is higher than its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from courseware.language.printed import Printed, printed
from courseware.media.drawings import speaks
from courseware.pptx.compose.stacking import laid, text_box
from courseware.pptx.compose.titles import Entry, endings, spread, spread_in, title, unique
from courseware.pptx.compose.units import DENSE, HOLD, Bed, Unit, Way, units_of
from courseware.pptx.template.template import FURNITURE, NEAR, Layout, Place, Template, meet
from courseware.pptx.text.code_lines import is_dark
from courseware.pptx.text.fit import PITCH
from courseware.pptx.text.setting import Manner
from courseware.pptx.values import (
    Align,
    Block,
    Box,
    Code,
    Deck,
    Draft,
    Grid,
    Image,
    Line,
    Paragraph,
    Run,
    Script,
    Slide,
    Table,
    Text,
)

_OTHER: dict[Align, Align] = {"left": "right", "right": "left"}
replace = msgspec.structs.replace
MAIN = ("body", "left", "right", "picture")
"""Places that go on from slide to slide; what others hold stays on the first."""
REPEATED = ("left-title", "right-title")
ALWAYS = (*REPEATED, "time", "group")
"""Places whose content is on every slide that a slide becomes."""
LEAST = 0.5
"""Share of its height that a main place keeps where one above or below it needs more room."""

Blocks = list[tuple[Block, Place]]


class Part(NamedTuple):
    """What one of the slides that a draft becomes has in each place, by the place's name."""

    units: Mapping[str, list[Unit]]


class Plan(NamedTuple):
    """A draft spread over slides: its layout's places as they are used, beds by place, parts."""

    beds: Mapping[str, Bed]
    parts: list[Part]


def compose(script: Script, template: Template, words: Printed | None = None) -> Deck:
    """Return a deck's slides with every length in numbers; `words` are by default its language's."""
    words = words or printed(script.language)
    plans = [planned(draft, template) for draft in script.slides]
    entries = [Entry(d.title, d.section, len(p.parts))
               for d, p in zip(script.slides, plans, strict=True)]  # fmt: skip
    slides: list[Slide] = []
    taken: set[str] = set()
    for draft, plan, ends in zip(script.slides, plans, endings(entries, words), strict=True):
        first = len(slides) + 1
        for index, (part, ending) in enumerate(zip(plan.parts, ends, strict=True)):
            number = len(slides) + 1
            notes = draft.notes if not index else _pointer(draft, first, words)
            made = replace(_slide(replace(draft, notes=notes), plan, part), number=number)
            made = _named(made, _title(draft, number, words), ending, template, taken)
            made = made if speaks(words.language) else _by_tex(made)
            slides.append(turn(made) if script.from_right else made)
    return Deck(script.title, script.language, template.width, template.height, tuple(slides),
                script.author, script.course, script.from_right, words)  # fmt: skip


def _by_tex(slide: Slide) -> Slide:
    """Return a slide whose formulas have no words: they are read by their TeX then."""
    return replace(slide, formulas=tuple(replace(f, alt="") for f in slide.formulas))


def _title(draft: Draft, number: int, words: Printed) -> tuple[Run, ...]:
    """Return a slide's title: its own, else its section's, else its number."""
    if Paragraph(draft.title).plain.strip():
        return draft.title
    return (Run(draft.section or words("slide_number", number=number)),)


def _pointer(draft: Draft, first: int, words: Printed) -> tuple[Paragraph, ...]:
    """Return the notes of a slide that goes on: where the notes are."""
    return (Paragraph((Run(words("notes_on", number=first)),)),) if draft.notes else ()


# -- where ----------------------------------------------------------------------------


def planned(draft: Draft, template: Template) -> Plan:
    """Return a draft spread over as few slides as hold it, at the largest size that allows that."""
    layout = template.layouts[draft.layout]
    content = _content(draft, layout)
    best: tuple[tuple[int, int, int], Plan] | None = None
    for number, way in enumerate(_ways(content.values())):
        plan = _spread(content, layout, template, way)
        broken = sum(u.broken for part in plan.parts for us in part.units.values() for u in us)
        key = (len(plan.parts), broken, number)
        if best is None or key < best[0]:
            best = key, plan
        if best[0][:2] == (1, 0):
            break
    assert best is not None
    return best[1]


def _content(draft: Draft, layout: Layout) -> dict[str, Blocks]:
    """Return a draft's blocks by the place that takes them, each with the place whose style it has."""
    found: dict[str, Blocks] = {}
    for holder in draft.holders:
        try:
            place = layout.home(holder.name)
        except LookupError:
            place = max((p for n, p in layout.places.items() if n not in FURNITURE),
                        key=lambda p: p.width * p.height, default=layout.places["title"])  # fmt: skip
        if holder.blocks:
            found.setdefault(place.name, []).extend((b, place) for b in holder.blocks)
    return found


def _ways(contents: Iterable[Blocks]) -> list[Way]:
    """Return the ways to try, the best looking first."""
    dense = any(isinstance(b, Table | Code) for blocks in contents for b, _ in blocks)
    if not dense:
        return [Way(), Way(stepped=True)]
    return [*(Way(dense=n) for n in range(len(DENSE))), Way(True, len(DENSE) - 1)]


def _spread(content: Mapping[str, Blocks], layout: Layout, template: Template, way: Way) -> Plan:
    places = dict(layout.roomy({"title", *content}))
    content, places = _grown(content, places, layout, template, way)
    beds = {name: _bed(_low(places[name], places[name]), layout, template, way) for name in content}
    content = {n: [(b, _low(p, places[n])) for b, p in blocks] for n, blocks in content.items()}
    units = {name: units_of(blocks, beds[name]) for name, blocks in content.items()}
    room = {name: bed.height - bed.hold for name, bed in beds.items()}
    count = max((len(spread(us, room[n])) for n, us in units.items()), default=1) or 1
    parts: list[dict[str, list[Unit]]] = [{} for _ in range(count)]
    for name, found in units.items():
        for part, some in zip(parts, _parts(name, found, room[name], count), strict=False):
            part[name] = some
    return Plan(beds, [Part(part) for part in parts])


def _parts(name: str, units: list[Unit], room: float, count: int) -> list[list[Unit]]:
    """Return what each of `count` slides has in a place."""
    parts = spread(units, room)
    if name in ALWAYS and len(parts) == 1:
        return parts * count
    return spread_in(units, room, count) if name in MAIN else parts


def _bed(place: Place, layout: Layout, template: Template, way: Way) -> Bed:
    manner = Manner(template, place.levels, way.stepped)
    return Bed(place, manner, way, place.inner_width, place.inner_height,
               is_dark(layout.background))  # fmt: skip


# -- places that need more room -------------------------------------------------------


def _grown(
    content: Mapping[str, Blocks], places: dict[str, Place], layout: Layout, template: Template,
    way: Way,
) -> tuple[dict[str, Blocks], dict[str, Place]]:  # fmt: skip
    """Return content and places so that what is not a main place holds all that it has.

    It takes the room that it needs from the main places below or above it. Where that leaves them
    too little, its blocks go on in a main place, in its own style.
    """
    found = {name: list(blocks) for name, blocks in content.items()}
    mains = [name for name in MAIN if name in found]
    for name in [n for n in found if n not in MAIN]:
        if not mains:
            break
        bed = _bed(places[name], layout, template, way)
        units = units_of(found[name], bed)
        need = sum(u.height + u.after for u in units) + bed.hold
        lack = need - bed.height
        if lack <= 0 or _moved(name, lack, mains, places):
            continue
        home = name.removesuffix("-title") if name.removesuffix("-title") in mains else mains[0]
        blocks = found.pop(name)
        below = places[name].y > places[home].y
        found[home] = [*found[home], *blocks] if below else [*blocks, *found[home]]
    return found, places


def _moved(name: str, lack: float, mains: Sequence[str], places: dict[str, Place]) -> bool:
    """Give a place `lack` more points from the main places beside it; False where they have none."""
    place = places[name]
    end = place.y + place.height
    below = [m for m in mains if places[m].y >= end - NEAR and _over(place, places[m])]
    above = [m for m in mains if places[m].y + places[m].height <= place.y + NEAR
             and _over(place, places[m])]  # fmt: skip
    givers = below or above
    others = [n for n in places if n not in (*givers, name, "title") and n in REPEATED]
    if not givers or (others and name not in REPEATED):
        return False
    if any(places[m].height - lack < LEAST * places[m].height for m in givers):
        return False
    y = place.y if below else place.y - lack
    larger = replace(place, y=y, height=place.height + lack, moved=True)
    between = [p for n, p in places.items() if n not in (*givers, name)]
    if any(meet(larger, p) and not meet(place, p) for p in between):
        return False
    for giver in givers:
        given = places[giver]
        y = given.y + lack if below else given.y
        places[giver] = replace(given, y=y, height=given.height - lack, moved=True)
    places[name] = larger
    return True


def _low(place: Place, host: Place) -> Place:
    """Return a place whose text is small enough for one line of it to fit where it is laid."""
    size = max(level.size for level in place.levels)
    need = PITCH * size + max(HOLD, 0.1 * size)
    if need <= host.inner_height:
        return place
    factor = host.inner_height / need
    low = tuple(replace(v, size=max(int(v.size * factor * 10) / 10, 1.0)) for v in place.levels)
    return replace(place, levels=low)


def _over(one: Place, other: Place) -> bool:
    """Whether two places share a stretch of the slide's width."""
    return one.x < other.x + other.width - NEAR and other.x < one.x + one.width - NEAR


# -- slides ---------------------------------------------------------------------------


def _slide(draft: Draft, plan: Plan, part: Part) -> Slide:
    """Return a slide with its boxes, title and number still to come."""
    boxes: list[Box] = []
    formulas: list[Image] = []
    for name, units in part.units.items():
        if units:
            found = laid(units, plan.beds[name])
            boxes += found.boxes
            formulas += found.formulas
    return Slide(0, draft.layout, "", tuple(boxes), tuple(formulas), draft.notes, draft.section,
                 draft.source, draft.covers, draft.hidden)  # fmt: skip


def _named(
    slide: Slide, runs: tuple[Run, ...], ending: str, template: Template, taken: set[str]
) -> Slide:  # fmt: skip
    """Return a slide with its title; what is cut off a title begins the notes."""
    place = template.layouts[slide.layout].places["title"]
    name = " ".join(filter(None, (Paragraph(runs).plain, ending)))
    more = unique(name, taken)
    found = title(runs, (ending + more).strip(), place, template)
    head = text_box([Unit(found.measured, found.measured.height, 0.0, place)], place)
    notes = (Paragraph(runs, heading=True), *slide.notes) if found.cut else slide.notes
    return replace(slide, name=name + more, notes=notes,
                   boxes=(*head.boxes, *slide.boxes),
                   formulas=(*head.formulas, *slide.formulas))  # fmt: skip


def turn(slide: Slide) -> Slide:
    """Return a slide with its text from the right."""
    boxes = tuple(replace(box, content=_turned(box.content)) for box in slide.boxes)
    return replace(slide, boxes=boxes)


def _turned(content: Text | Grid | Image) -> Text | Grid | Image:
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
    return replace(line, align=_OTHER.get(line.align, line.align), from_right=True)
