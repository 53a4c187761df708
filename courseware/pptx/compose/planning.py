"""Drafts spread over slides: in which size, on how many, and where on each.

Text has the largest size at which it fills two thirds of its place, all slides of a set the same;
what still leaves room stands in the optical middle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

import msgspec

from courseware.pptx.compose.cards import CARD, cards
from courseware.pptx.compose.figures import Laid, above, area, figure, height, is_drawn
from courseware.pptx.compose.placement import (
    FIGURES,
    GROWING,
    MAIN,
    REPEATED,
    Blocks,
    SlidePart,
    SlidePlan,
    centred,
    grow,
    is_dense,
    level,
    lower,
)
from courseware.pptx.compose.points import points, size_of
from courseware.pptx.compose.sketching import NAME as SKETCH
from courseware.pptx.compose.sketching import sketched, strokes
from courseware.pptx.compose.strip import below, spans_of, strip_above
from courseware.pptx.compose.titles import spread, spread_in, title
from courseware.pptx.compose.units import TABLE, USUAL, Bed, Unit, Way, units_of
from courseware.pptx.compose.walkthroughs import walkthrough
from courseware.pptx.template.template import FURNITURE, Layout, LayoutPlace, Template
from courseware.pptx.text.code_lines import is_dark
from courseware.pptx.text.fit import Style, chunks, natural
from courseware.pptx.text.setting import FLOOR, STEPS, Manner, Measured
from courseware.pptx.values import Code, Draft, Holder, Paragraph, Run, Table
from courseware.products.deck.titles import LayoutName

replace = msgspec.structs.replace
ALWAYS = (*REPEATED, "time", "group")
"""Places whose content is on every slide that a slide becomes."""
ORNAMENTS: Mapping[LayoutName, tuple[str, ...]] = {
    "title": ("figure",), "section": ("figure", "sections"), "question": ("label",),
}  # fmt: skip
"""Places whose content is left out where a template's layout has none: it is said elsewhere."""
COLUMNS = ("comparison", "three-columns", "closing")
"""Layouts whose text fills its places up to the template's size."""
DIVIDER: LayoutName = "section"
"""The layout of a section's name: what stands below that is on one slide with it, in a smaller size if need be."""
BODY = 28.0
"""Points of text that a step of 1 stands for in shapes, on a slide 540 points high."""
LOWEST = 5 / 7
"""The step in size below the usual ones, 20 points of 28: other text than columns has it where one slide holds it then."""
ROOMY = 2 / 3
"""Share of a place that text fills at most, where it is set larger."""
_TIME = re.compile(r"\s*([\d.,~–-][\d.,\s~–-]*)(\D+)")
"""A time: its figure, or two with a dash, and its unit."""
LARGE = 60.0
"""Points from which a time's figure stands apart from its unit."""
LEAST_ROWS = 3
"""Rows of a table that each of its slides has where smaller sizes allow that."""


def plans(drafts: Sequence[Draft], template: Template) -> list[SlidePlan]:
    """Return each draft spread over slides; those of a set have one size, and begin at one height.

    A table or code of a set has sizes of its own, and none of them makes the set's text smaller.
    """
    made = [planned(draft, template) for draft in drafts]
    sets: dict[tuple[object, ...], list[int]] = {}
    for number, draft in enumerate(drafts):
        if draft.set:
            key = draft.layout, draft.set, any(h.name == CARD for h in draft.holders)
            sets.setdefault(key, []).append(number)
    shared = []
    for members in sets.values():
        texts = [n for n in members if not is_dense(drafts[n])]
        step = min((made[n].way.step for n in texts), default=STEPS[0])
        for n in members:
            if made[n].way.step > step:
                made[n] = planned(drafts[n], template, step)
        shared += [texts] if len(texts) > 1 else []
    for members in shared:
        level([made[n] for n in members], members, made, template)
    grouped = {n for members in shared for n in members if drafts[n].layout != "two-content"}
    for n, draft in enumerate(drafts):
        if n not in grouped:
            made[n] = centred(made[n], draft, template)
    return made


def planned(draft: Draft, template: Template, most: float = STEPS[0]) -> SlidePlan:
    """Return a draft on as few slides as hold it, in the largest size that leaves room there.

    `most` is the largest step in size. One with the same content is planned once.
    """
    return _planned(replace(draft, notes=(), source="", covers=()), template, most)


@lru_cache(maxsize=1024)
def _planned(draft: Draft, template: Template, most: float) -> SlidePlan:
    layout = _shared(template.layouts[draft.layout], draft.share)
    if any(is_drawn(holder.name) for holder in draft.holders):
        return _with_drawn(draft, layout, template, most)
    if spans := spans_of(draft):
        plan = _tried(draft, below(layout, template), template, most)
        if len(plan.parts) == 1 and plan.way.dense < USUAL:
            beds, units = strip_above(spans, plan.beds["body"], template)
            return plan._replace(beds={**beds, **plan.beds}, parts=[SlidePart({**units, **plan.parts[0].units})])  # fmt: skip
    plan = _tried(draft, layout, template, most)
    if draft.layout == "closing" and len(plan.parts) > 1:
        again = _tried(draft, _up_to_title(draft, layout, template), template, most)
        return again if len(again.parts) == 1 else plan
    return plan


def _shared(layout: Layout, share: float) -> Layout:
    """Return a layout whose left column has a share of the width of both."""
    places = dict(layout.places)
    left, right = places.get("left"), places.get("right")
    if share == 0.5 or left is None or right is None:
        return layout
    more = (share - 0.5) * (left.width + right.width)
    for name in ("left", "left-title", "right", "right-title"):
        if name in places:
            by = 0.0 if name.startswith("left") else more
            x, width = places[name].x + by, places[name].width + (more if not by else -more)
            places[name] = replace(places[name], x=round(x, 2), width=round(width, 2), moved=True)
    return replace(layout, places=places)


def _up_to_title(draft: Draft, layout: Layout, template: Template) -> Layout:
    """Return a layout whose text begins below the lines that its title has, where that stands at the top of its place."""
    head, body = layout.places["title"], layout.places.get("body")
    if body is None or head.anchor != "top" or body.y < head.y + head.height:
        return layout
    up = head.inner_height - title(draft.title, "", head, template).measured.height
    body = replace(body, y=round(body.y - up, 2), height=round(body.height + up, 2), moved=True)
    return replace(layout, places={**layout.places, "body": body})


def _tried(draft: Draft, layout: Layout, template: Template, most: float) -> SlidePlan:
    """Return a draft in the places of a layout, in the way that suits it best."""
    content = _content(draft, layout)
    best: tuple[tuple[int, int, int, int], SlidePlan] | None = None
    low = _low(layout, template)
    for number, way in enumerate(_ways(draft.layout, content.values(), most, low)):
        usual = best is not None and way.dense >= USUAL and not best[0][0]
        if best is not None and usual and (not best[0][2] or way.dense > USUAL):
            break
        plan = _spread(content, layout, template, way)
        if best is not None and usual and _broken(plan) >= best[0][2]:
            continue
        easy = plan.fill <= ROOMY or way.dense or (draft.layout in COLUMNS and way.step <= 1)
        key = (_is_short(plan), len(plan.parts), _broken(plan),
               number if easy else len(TABLE) - number)  # fmt: skip
        if best is None or key < best[0]:
            best = key, plan
        if best[0][:3] == (0, 1, 0) and easy:
            break
    assert best is not None
    if draft.layout in (*GROWING, DIVIDER) and len(best[1].parts) > 1 and not best[1].way.dense:
        tried = (_spread(content, layout, template, Way(step)) for step in low if step <= most)
        return next((small for small in tried if len(small.parts) == 1), best[1])
    return best[1]


def _low(layout: Layout, template: Template) -> tuple[float, ...]:
    """Return the steps below the usual ones: the last is the least size that text may have on a slide."""
    size = max((p.levels[0].size for n, p in layout.places.items() if n in MAIN), default=BODY)
    least = FLOOR * template.scale / size
    return (LOWEST, least) if least < LOWEST else (LOWEST,)


def _with_drawn(draft: Draft, layout: Layout, template: Template, most: float) -> SlidePlan:
    """Return a draft with cards or a figure below its title and what leads them in.

    `most` is the largest step in size of points and steps.
    """

    def bed(place: LayoutPlace) -> Bed:
        return _bed(place, layout, template, Way())

    drawn = [h for h in draft.holders if is_drawn(h.name)]
    rest = [h for h in draft.holders if h not in drawn]
    beside = [h for h in rest if h.name in layout.places and h.name not in MAIN]
    strip = [(h, b) for h in rest if h not in beside for b in h.blocks]
    around = replace(layout, places={n: p for n, p in layout.places.items() if n not in MAIN})
    plan = _spread(_content(replace(draft, holders=tuple(beside)), around), around, template, Way())
    room, beds, lead = above([b for _, b in strip], area(layout, template), template, bed)
    loose = drawn[0].name.startswith("card-") and not any("axis-" in h.name for h in drawn)
    found = None if loose else _drawing(drawn, most * BODY)(drawn, room, template, bed)
    shapes, made = found or cards(drawn, room, template, bed, most * BODY)
    first = plan.parts[0].units if plan.parts else {}
    always = {n: u for n, u in first.items() if n in ALWAYS}
    if lead and beds["lead"].place.height == room.height:
        made = [
            *({"lead": us} for us in spread(lead["lead"], room.height - beds["lead"].hold)),
            *made,
        ]
        lead = {}
    lines = strokes(drawn, room, template)
    parts = [SlidePart({**(always if n else first), **(lead if not n else {}), **units}, lines)
             for n, units in enumerate(made)]  # fmt: skip
    size = size_of((shapes, made), template) / BODY
    return SlidePlan({**plan.beds, **beds, **shapes}, parts, 1.0, Way(size) if size else Way())


def fits(draft: Draft, template: Template) -> bool:
    """Whether one slide holds what a draft has drawn, with what leads it in."""
    layout = template.layouts[draft.layout]

    def bed(place: LayoutPlace) -> Bed:
        return _bed(place, layout, template, Way())

    drawn = [h for h in draft.holders if is_drawn(h.name)]
    lead = [b for h in draft.holders if h not in drawn for b in h.blocks]
    whole = area(layout, template)
    room, _, _ = above(lead, whole, template, bed)
    if lead and room == whole:
        return False
    return _drawing(drawn, STEPS[0] * BODY)(drawn, room, template, bed) is not None


def _drawing(drawn: Sequence[Holder], most: float) -> Callable[..., Laid | None]:
    """Return what draws shapes of such names, points in a size of `most` at most."""
    name = drawn[0].name
    if name.startswith(("words-", "code-")):
        return walkthrough
    if name.startswith(SKETCH):
        return sketched
    return partial(points, most=most) if name.startswith(("point-", "row-")) else figure


def _broken(plan: SlidePlan) -> int:
    return sum(u.broken for part in plan.parts for us in part.units.values() for u in us)


def _is_short(plan: SlidePlan) -> bool:
    """Whether a table that goes on has a slide with fewer rows than it should."""
    counts = [
        sum(u.plan is not None for us in part.units.values() for u in us) for part in plan.parts
    ]
    return len(plan.parts) > 1 and sum(counts) >= LEAST_ROWS and 0 < min(counts) < LEAST_ROWS


def _content(draft: Draft, layout: Layout) -> dict[str, Blocks]:
    """Return a draft's blocks by the place that takes them, each with the place whose style it has."""
    found: dict[str, Blocks] = {}
    for holder in _parted(draft.holders, layout):
        if holder.name in ORNAMENTS.get(draft.layout, ()) and holder.name not in layout.places:
            continue
        try:
            place = layout.home(holder.name)
        except LookupError:
            place = max((p for n, p in layout.places.items() if n not in FURNITURE),
                        key=lambda p: p.width * p.height, default=layout.places["title"])  # fmt: skip
        if holder.blocks:
            found.setdefault(place.name, []).extend((b, place) for b in holder.blocks)
    return found


def _parted(holders: Sequence[Holder], layout: Layout) -> Iterator[Holder]:
    """Return holders, the unit of a time apart from its figure where that is set large."""
    place = layout.places.get("time")
    for holder in holders:
        block = holder.blocks[0] if holder.name == "time" and len(holder.blocks) == 1 else None
        found = _TIME.fullmatch(block.plain) if isinstance(block, Paragraph) else None
        large = place is not None and "group" in layout.places and place.levels[0].size >= LARGE
        if found is None or not large:
            yield holder
            continue
        yield Holder("time", (Paragraph((Run(found[1].replace(" ", "")),)),))
        yield Holder("group", (Paragraph((Run(found[2], bold=True),)),))


def _ways(
    layout: LayoutName, contents: Iterable[Blocks], most: float, low: tuple[float, ...]
) -> list[Way]:
    """Return the ways to try, the largest first; `low` are steps below the usual ones."""
    dense = any(isinstance(b, Table | Code) for blocks in contents for b, _ in blocks)
    if dense:
        sizes = [Way(min(most, 1.0), n) for n in range(len(TABLE))]
        return [*sizes[:USUAL], Way(min(most, STEPS[-1]), USUAL - 1), *sizes[USUAL:]]
    largest = min(most, STEPS[0] if layout in GROWING else 1.0)
    steps = (*STEPS, *low) if layout in COLUMNS or largest < STEPS[-1] else STEPS
    return [Way(step) for step in steps if step <= largest]


def _spread(
    content: Mapping[str, Blocks], layout: Layout, template: Template, way: Way
) -> SlidePlan:
    places = dict(layout.roomy({"title", *content}))
    content = dict(content)
    for name in (n for n in FIGURES if n in content):
        places[name] = _one_line(places[name], content[name], template)
        content[name] = [(block, places[name]) for block, _ in content[name]]

    def bed(place: LayoutPlace) -> Bed:
        return _bed(place, layout, template, way)

    content, places = grow(content, places, bed)
    beds = {name: bed(lower(places[name], places[name])) for name in content}
    content = {n: [(b, lower(p, places[n])) for b, p in blocks] for n, blocks in content.items()}
    units = {name: units_of(blocks, beds[name]) for name, blocks in content.items()}
    room = {name: bed.height - bed.hold for name, bed in beds.items()}
    if "sections" in units:
        units["sections"] = _near(units["sections"], room["sections"])
    count = max((len(spread(us, room[n])) for n, us in units.items()), default=1) or 1
    parts: list[dict[str, list[Unit]]] = [{} for _ in range(count)]
    for name, found in units.items():
        for part, some in zip(parts, _parts(name, found, room[name], count), strict=False):
            part[name] = some
    fill = max((height(part[n]) / room[n] for part in parts for n in MAIN if part.get(n)), default=0.0)  # fmt: skip
    return SlidePlan(beds, [SlidePart(part) for part in parts], fill, way)


def _parts(name: str, units: list[Unit], room: float, count: int) -> list[list[Unit]]:
    """Return what each of `count` slides has in a place."""
    parts = spread(units, room)
    if name in ALWAYS and len(parts) == 1:
        return parts * count
    return spread_in(units, room, count) if name in MAIN else parts


def _bed(place: LayoutPlace, layout: Layout, template: Template, way: Way) -> Bed:
    scaled = place.name in MAIN or (layout.name == DIVIDER and place.name == "subtitle")
    step = way.step if scaled else 1.0
    manner = Manner(template, place.levels, step)
    return Bed(place, manner, way, place.inner_width, place.inner_height,
               is_dark(layout.background))  # fmt: skip


def _one_line(place: LayoutPlace, blocks: Blocks, template: Template) -> LayoutPlace:
    """Return a place whose text is small enough for each of its paragraphs to be one line."""
    level = place.levels[0]
    style = Style(template.faces[level.family], template.faces[template.code], level.bold)
    wide = max((natural(chunks(b.runs, style)) for b, _ in blocks if isinstance(b, Paragraph)),
               default=0.0)  # fmt: skip
    room = place.inner_width * (1 - style.face.hold) - 1
    if wide * level.size <= room:
        return place
    size = max(int(room / wide), 1)
    return replace(place, levels=tuple(replace(v, size=float(size)) for v in place.levels))


def _near(units: list[Unit], room: float) -> list[Unit]:
    """Return of a list the items around the one that is bold, as many as have room."""

    def marked(unit: Unit) -> bool:
        return isinstance(unit.content, Measured) and any(r.bold for r in unit.content.line.runs)

    while len(units) > 1 and height(units) > room:
        at = next((n for n, unit in enumerate(units) if marked(unit)), 0)
        units = units[1:] if at > len(units) - 1 - at else units[:-1]
    return units
