"""A composed deck as HTML for the layout engine: each slide a page, each box where it was composed.

Nothing is laid out anew: sizes, line pitches, margins and rectangles are written as they are, so
that the PDF shows what the presentation shows. Titles are headings, items lists, tables tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import msgspec

from courseware.media.sketches import Stroke
from courseware.pptx.pictures.lines import (
    Show,
    image_html,
    items_html,
    line_html,
    lines_html,
    pt,
    rect,
    show,
)
from courseware.pptx.template.scenery import Scene, face_rules, scene
from courseware.pptx.template.template import LayoutPlace, Template
from courseware.pptx.values import (
    ACROSS,
    Box,
    ComposedDeck,
    ComposedSlide,
    Grid,
    Image,
    Line,
    Run,
    Text,
)
from courseware.pptx.write.furniture import bar, footer, paper, strokes, tone

SHARE = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
"""Share of the room in a box that is above its text, by where it is anchored."""


def as_pages(deck: ComposedDeck, template: Template) -> str:
    """Return a deck as HTML, a slide a page, without notes."""
    shared = show(deck, template)
    slides = "\n".join(slide_html(slide, shared) for slide in deck.slides)
    size = f"@page {{ size: {pt(deck.width)} {pt(deck.height)}; margin: 0 }}"
    return document(deck, face_rules(template) + size + STYLE, slides)


def document(deck: ComposedDeck, style: str, body: str) -> str:
    """Return a deck's HTML document."""
    turned = ' dir="rtl"' if deck.from_right else ""
    author = f'<meta name="author" content="{escape(deck.author)}">' if deck.author else ""
    return (f'<!doctype html>\n<html lang="{escape(deck.language or "en")}"{turned}><head><meta charset="utf-8">'
            f"<title>{escape(deck.title)}</title>{author}<style>{style}</style></head>\n"
            f"<body>\n{body}\n</body></html>\n")  # fmt: skip


HEAD_LONG, HEAD_HALF = 6.0, 3.0
"""Points of an arrow's head: how long it is, and half its width."""
STYLE = """
body { margin: 0 }
.slide { position: relative; overflow: hidden; break-after: page; break-inside: avoid }
.slide:last-child { break-after: auto }
.box { position: absolute; box-sizing: border-box }
h1, h2, p, ul, ol, pre { margin: 0; padding: 0; font-weight: inherit; font-size: inherit; font-family: inherit }
ul, ol { list-style: none }
pre { white-space: pre-wrap; direction: ltr }
table { border-collapse: collapse; table-layout: fixed; position: absolute }
th, td { vertical-align: top; text-align: start; padding: 0; font-weight: inherit }
img { display: block; position: absolute }
a { color: inherit }
.code { white-space: pre }
.mark { display: inline-block }
"""


def slide_html(slide: ComposedSlide, shared: Show, heading: str = "") -> str:
    """Return a slide's element; its title is a first heading on the first slide, else a second."""
    deck, layout = shared.deck, shared.template.layouts[slide.layout]
    behind = scene(shared.template, slide.layout)
    formulas = iter(slide.formulas)
    ids = "".join(f'<a id="{escape(i)}"></a>' for i in _ids(slide, shared))
    boxes = [_box(box, slide, shared, behind, formulas, heading) for box in slide.boxes]
    image = f"background-image:url({behind.address});background-size:100% 100%;" if behind.address else ""  # fmt: skip
    style = f"width:{pt(deck.width)};height:{pt(deck.height)};background-color:#{layout.background};{image}"
    foot = (_foot(slide, shared) if slide.layout != "title" else "") + _ornaments(slide, shared)
    return f'<section class="slide" style="{style}">{ids}{"".join(boxes)}{foot}</section>'


def _ids(slide: ComposedSlide, shared: Show) -> list[str]:
    """Return the ids of blocks that this slide is the first to stand for."""
    pages = shared.deck.pages() if slide.covers or slide.source else {}
    return [
        i for i in dict.fromkeys((slide.source, *slide.covers)) if i and pages[i] == slide.number
    ]


def _box(
    box: Box,
    slide: ComposedSlide,
    shared: Show,
    behind: Scene,
    formulas: Iterator[Image],
    heading: str,
) -> str:
    place, content = box.place, box.content
    if isinstance(content, Image):
        ground = paper(content, slide, shared.template)
        return (_filled(ground[1], shared.template.colours[ground[0]]) if ground else "") + image_html(content)  # fmt: skip
    formulas = _within(place, formulas)
    if isinstance(content, Grid):
        return _grid(content, place, shared, formulas)
    fill = _fill(place, slide, shared, behind, content)
    padding = _padding(place, content.height, _high(place, content))
    style = f"{rect(place.x, place.y, place.width, _high(place, content))};{padding}{fill}"
    if place.name == "title":
        tag = heading or ("h1" if slide.number == 1 else "h2")
        inside = "".join(line_html(li, place.levels, shared, formulas, tag) for li in content.lines)
    else:
        inside = lines_html(content, place.levels, shared, formulas)
    return f'<div class="box" style="{style}">{inside}</div>'


def _within(place: LayoutPlace, formulas: Iterator[Image]) -> Iterator[Image]:
    """Return formulas with their places counted from a box's edge, as the engine counts them."""
    for image in formulas:
        yield msgspec.structs.replace(image, x=image.x - place.x, y=image.y - place.y)


def _padding(place: LayoutPlace, height: float, room: float) -> str:
    """Return a box's padding, so that its text stands where the place anchors it."""
    left, top, right, bottom = place.insets
    spare = max(room - top - bottom - height, 0.0) * SHARE[place.anchor]
    return f"padding:{pt(top + spare)} {pt(right)} 0 {pt(left)}"


def _high(place: LayoutPlace, content: Text) -> float:
    """Return a box's height: code's panel is as high as the code."""
    if not content.code:
        return place.height
    return min(place.height, content.height + place.insets[1] + place.insets[3] + 4)


def _fill(
    place: LayoutPlace, slide: ComposedSlide, shared: Show, behind: Scene, content: Text
) -> str:
    if place.fill or place.line:
        fill, line = (shared.template.colours.get(name, "") for name in (place.fill, place.line))
        return (
            (f";background:#{fill}" if fill else "")
            + (f";outline:1.5pt solid #{line}" if line else "")
            + (";border-radius:50%" if place.round else "")
        )
    own = shared.template.layouts[slide.layout].places.get(place.name)
    colour = behind.fills.get(own.idx) if own is not None and own.idx is not None else None
    return f";background:#{colour}" if colour and (content.code or place.idx is not None) else ""


def _grid(grid: Grid, place: LayoutPlace, shared: Show, formulas: Iterator[Image]) -> str:
    left, top, right, _ = grid.margins
    colours = shared.template.colours
    rule = f"border-bottom:.75pt solid #{colours.get('accent6', 'B9C0CA')}"
    first = f"border-bottom:1.5pt solid #{colours.get('accent1', '1F4E79')}"
    columns = "".join(f'<col style="width:{pt(width)}">' for width in grid.widths)
    rows: list[str] = []
    middle = ";vertical-align:middle" if grid.roomy else ""
    for number, (row, height) in enumerate(zip(grid.rows, grid.heights, strict=True)):
        head = number < grid.head
        cells = []
        for cell in row:
            if cell.covered:
                continue
            tag = "th" if head or cell.header else "td"
            spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            inside = items_html(cell.lines, place.levels, shared, formulas)
            cells.append(f'<{tag}{spans} style="padding:{pt(top)} {pt(right)} {pt(top if grid.roomy else 0)} {pt(left)};{first if head else rule}{middle}">{inside}</{tag}>')  # fmt: skip
        rows.append(f'<tr style="height:{pt(height)}">{"".join(cells)}</tr>')
    body = "".join(rows[grid.head :])
    whole = (f"<thead>{''.join(rows[: grid.head])}</thead>" if grid.head else "") + (f"<tbody>{body}</tbody>" if body else "")  # fmt: skip
    style = f"left:{pt(place.x)};right:auto;top:{pt(place.y)};width:{pt(sum(grid.widths))}"
    return f'<table style="{style}"><colgroup>{columns}</colgroup>{whole}</table>'


def _foot(slide: ComposedSlide, shared: Show) -> str:
    """Return a slide's footer and number, where its layout has them."""
    places = shared.template.layouts[slide.layout].places
    made = []
    for name in ("footer", "number"):
        place = places.get(name)
        if place is None:
            continue
        words = (
            str(slide.number)
            if name == "number"
            else footer(shared.deck, slide, place, shared.template)
        )
        level = place.levels[0]
        align = ACROSS[level.align] if shared.deck.from_right else level.align
        line = Line((Run(words),), level.size, 1.2 * level.size, align=align)
        inside = line_html(line, place.levels, shared, iter(()), "p") if words else ""
        padding = _padding(place, line.pitch, place.height)
        style = f"{rect(place.x, place.y, place.width, place.height)};{padding}"
        made.append(f'<div class="box" style="{style}">{inside}</div>')
    return "".join(made)


def _ornaments(slide: ComposedSlide, shared: Show) -> str:
    """Return the rules below the labels of columns, and the bar that shows how far the deck is."""
    done = bar(shared.deck, slide, shared.template)
    colours = shared.template.colours
    lines = "".join(_line(stroke, colours.get("tx1", "000000")) for stroke in strokes(slide))
    if done is None:
        return lines
    made = [("tx1", (p.x, p.y + p.height + 2, p.width, 1.5)) for p in
            (box.place for box in slide.boxes) if p.name.endswith("-title")]  # fmt: skip
    made.append((tone(slide, shared.template), done))  # type: ignore[arg-type]
    return lines + "".join(_filled(box, colours[name]) for name, box in made)


def _filled(box: tuple[float, ...], colour: str) -> str:
    return f'<div class="box" style="{rect(*box)};background:#{colour}"></div>'


def _line(stroke: Stroke, colour: str) -> str:
    """Return a line of 1.5 points, with a triangle at each end that has a head."""
    x1, y1, x2, y2, dashed, (first, last) = stroke
    upright = abs(x2 - x1) < abs(y2 - y1)
    left, top, wide, high = min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)
    line = (left - 0.75, top, 1.5, high) if upright else (left, top - 0.75, wide, 1.5)
    made = _filled(line, colour)
    if dashed:
        edge = "left" if upright else "top"
        made = f'<div class="box" style="{rect(*line)};border-{edge}:1.5pt dashed #{colour}"></div>'
    made += _head(x2, y2, x2 >= x1 and y2 >= y1, upright, colour) if last else ""
    return made + (_head(x1, y1, x1 > x2 or y1 > y2, upright, colour) if first else "")


def _head(x: float, y: float, ahead: bool, upright: bool, colour: str) -> str:
    """Return the triangle of an arrow whose tip is at x, y, and that leads right or down where it leads `ahead`."""
    way = ("top" if ahead else "bottom") if upright else ("left" if ahead else "right")
    left = x - HEAD_HALF if upright else x - HEAD_LONG if ahead else x
    top = y - HEAD_HALF if not upright else y - HEAD_LONG if ahead else y
    sides = ("left", "right") if upright else ("top", "bottom")
    clear = "".join(f"border-{s}:{pt(HEAD_HALF)} solid transparent;" for s in sides)
    head = f"left:{pt(left)};top:{pt(top)};{clear}border-{way}:{pt(HEAD_LONG)} solid #{colour}"
    return f'<div class="box" style="{head};width:0;height:0"></div>'
