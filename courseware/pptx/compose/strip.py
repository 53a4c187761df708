"""The strip above an agenda: how long each part is, in proportion; what one does is filled, breaks are outlined."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from courseware.model.colours import READABLE, contrast
from courseware.pptx.compose.figures import Area, box, flush, shaded
from courseware.pptx.compose.units import Bed, Unit, units_of
from courseware.pptx.template.template import Layout, LayoutPlace, Template
from courseware.pptx.text.fit import Style, chunks, natural
from courseware.pptx.values import Draft, Paragraph, Row, Run, Table

replace = msgspec.structs.replace
NAME = "span-"
"""How the names of its shapes begin."""
FEWEST, MOST = 3, 16
"""Rows of an agenda with a strip."""
HIGH, BELOW, BETWEEN, SIZE = 24.0, 5.0, 3.0, 16.0
"""Points of its height, below it, between its parts, and of its figures, on a slide 540 points high."""
LEAST = 4.0
"""Points that a part is wide at least."""
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_MINUTES = re.compile(r"[~≈]?\s*(\d{1,3})")


class StripSpan(NamedTuple):
    """A part of an agenda: its minutes, how they are said, whether it is worked in, or paused."""

    minutes: int
    said: str
    work: bool
    pause: bool


def spans_of(draft: Draft) -> list[StripSpan]:
    """Return the parts of a table that begins its rows with clock times and ends them with minutes; else none."""
    blocks = [b for holder in draft.holders for b in holder.blocks]
    table = blocks[0] if len(blocks) == 1 and draft.layout == "table" else None
    if not isinstance(table, Table) or not FEWEST <= len(table.rows) <= MOST:
        return []
    spans = [_span(row) for row in table.rows]
    return [span for span in spans if span] if all(spans) else []


def _span(row: Row) -> StripSpan | None:
    texts = [list(cell.paragraphs) for cell in row.cells]
    if len(texts) < 3 or any(len(t) != 1 for t in texts):
        return None
    first, named, last = texts[0][0].plain, texts[1][0], texts[-1][0].plain
    found = _MINUTES.fullmatch(last.strip())
    if not _CLOCK.fullmatch(first.strip()) or not found or not int(found[1]):
        return None
    bold, italic = (all(getattr(r, k) for r in named.runs) for k in ("bold", "italic"))
    return StripSpan(int(found[1]), found[1], bold, italic)


def below(layout: Layout, template: Template) -> Layout:
    """Return the layout of a table with room for a strip above its body."""
    places = layout.roomy({"title", "body"})
    body, high = places["body"], (HIGH + BELOW) * template.scale
    lower = replace(
        body, y=round(body.y + high, 2), height=round(body.height - high, 2), moved=True
    )
    others = {n: p for n, p in layout.places.items() if n not in ("body", "caption")}
    return replace(layout, places={**others, **places, "body": lower})


def strip_above(spans: list[StripSpan], table: Bed, template: Template) -> tuple[dict[str, Bed], dict[str, list[Unit]]]:  # fmt: skip
    """Return the shapes above a table's bed, by name, and what they hold."""
    scale = template.scale
    left, _, right, _ = table.place.insets
    gap, whole = BETWEEN * scale, table.place.width - left - right
    share = (whole - gap * (len(spans) - 1)) / sum(s.minutes for s in spans)
    x, y = table.place.x + left, table.place.y - (HIGH + BELOW) * scale
    beds: dict[str, Bed] = {}
    units: dict[str, list[Unit]] = {}
    for number, span in enumerate(spans, 1):
        wide = span.minutes * share
        at = Area(x, y, max(wide, LEAST * scale), HIGH * scale)
        place = _place(f"{NAME}{number}", at, span, template)
        bed = table._replace(place=place, width=place.inner_width, height=place.inner_height + table.hold,
                             manner=table.manner._replace(levels=place.levels, step=1.0))  # fmt: skip
        run = Run(span.said, bold=span.work)
        shown = run if _has_room(run, bed) else Run("\u00a0")
        beds[place.name], units[place.name] = bed, units_of([(Paragraph((shown,)), place)], bed)
        x += wide + gap
    return beds, units


def _has_room(run: Run, bed: Bed) -> bool:
    level = bed.place.levels[0]
    style: Style = bed.manner.style(level)
    return natural(chunks((run,), style)) * level.size <= bed.width * (1 - style.face.hold)


def _place(name: str, at: Area, span: StripSpan, template: Template) -> LayoutPlace:
    colours = template.colours
    accent = colours.get("accent1", "")
    inks = [c for c in (colours.get("bg1", ""), colours.get("tx1", "")) if c and accent]
    ink = next((c for c in inks if contrast(accent, c) >= READABLE), "")
    filled = span.work and bool(ink)
    fill = "accent1" if filled else "" if span.pause or span.work else shaded(template)
    place = flush(box(name, at, template, SIZE * template.scale, "center"))
    levels = tuple(replace(v, ground=accent if filled else v.ground, colour=ink if filled else v.colour)
                   for v in place.levels)  # fmt: skip
    return replace(place, anchor="middle", levels=levels, fill=fill, line="" if fill else "tx1")
