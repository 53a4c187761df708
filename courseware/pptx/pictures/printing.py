"""A composed deck as HTML for the layout engine: each slide a page, each box where it was composed.

Nothing is laid out anew: sizes, line pitches, margins and rectangles are written as they are, so
that the PDF shows what the presentation shows. Titles are headings, items lists, tables tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from courseware.media.drawings import data_address, drawn
from courseware.model.inline import EMBEDDED
from courseware.pptx.template.contrast import is_read
from courseware.pptx.template.scenery import Scene, face_rules, family, scene
from courseware.pptx.template.template import Level, Place, Template
from courseware.pptx.text.fit import RAISED
from courseware.pptx.values import (
    ACROSS,
    Box,
    Deck,
    Grid,
    Image,
    Line,
    Paragraph,
    Run,
    Slide,
    Text,
)
from courseware.pptx.write.furniture import arrows, bar, footer, tone

replace = msgspec.structs.replace
ASCENT = 0.59
"""Ems from the middle of a line to its baseline, and a quarter: where the engine sets text."""
SHARE = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
"""Share of the room in a box that is above its text, by where it is anchored."""


class Show(NamedTuple):
    """What the HTML of all slides shares."""

    deck: Deck
    template: Template
    targets: frozenset[str]


def show(deck: Deck, template: Template) -> Show:
    """Return what slides share: the deck, its template, the blocks that links may lead to."""
    return Show(deck, template, frozenset(deck.pages()))


def as_pages(deck: Deck, template: Template) -> str:
    """Return a deck as HTML, a slide a page, without notes."""
    shared = show(deck, template)
    slides = "\n".join(slide_html(slide, shared) for slide in deck.slides)
    size = f"@page {{ size: {_pt(deck.width)} {_pt(deck.height)}; margin: 0 }}"
    return document(deck, face_rules(template) + size + STYLE, slides)


def document(deck: Deck, style: str, body: str) -> str:
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
pre { white-space: pre-wrap }
table { border-collapse: collapse; table-layout: fixed; position: absolute }
th, td { vertical-align: top; text-align: start; padding: 0; font-weight: inherit }
img { display: block; position: absolute }
a { color: inherit }
.code { white-space: pre }
.mark { display: inline-block }
"""


def slide_html(slide: Slide, shared: Show, heading: str = "") -> str:
    """Return a slide's element; its title is a first heading on the first slide, else a second."""
    deck, layout = shared.deck, shared.template.layouts[slide.layout]
    behind = scene(shared.template, slide.layout)
    formulas = iter(slide.formulas)
    ids = "".join(f'<a id="{escape(i)}"></a>' for i in _ids(slide, shared))
    boxes = [_box(box, slide, shared, behind, formulas, heading) for box in slide.boxes]
    image = f"background-image:url({behind.address});background-size:100% 100%;" if behind.address else ""  # fmt: skip
    style = f"width:{_pt(deck.width)};height:{_pt(deck.height)};background-color:#{layout.background};{image}"
    foot = (_foot(slide, shared) if slide.layout != "title" else "") + _ornaments(slide, shared)
    return f'<section class="slide" style="{style}">{ids}{"".join(boxes)}{foot}</section>'


def _ids(slide: Slide, shared: Show) -> list[str]:
    """Return the ids of blocks that this slide is the first to stand for."""
    pages = shared.deck.pages() if slide.covers or slide.source else {}
    return [
        i for i in dict.fromkeys((slide.source, *slide.covers)) if i and pages[i] == slide.number
    ]


def _pt(value: float) -> str:
    return f"{value:.2f}pt"


def _rect(x: float, y: float, width: float, height: float) -> str:
    return f"left:{_pt(x)};top:{_pt(y)};width:{_pt(width)};height:{_pt(height)}"


def _box(
    box: Box, slide: Slide, shared: Show, behind: Scene, formulas: Iterator[Image], heading: str
) -> str:
    place, content = box.place, box.content
    if isinstance(content, Image):
        return _image(content)
    formulas = _within(place, formulas)
    if isinstance(content, Grid):
        return _grid(content, place, shared, formulas)
    fill = _fill(place, slide, shared, behind, content)
    padding = _padding(place, content.height, _high(place, content))
    style = f"{_rect(place.x, place.y, place.width, _high(place, content))};{padding}{fill}"
    if place.name == "title":
        tag = heading or ("h1" if slide.number == 1 else "h2")
        inside = "".join(_line(li, place.levels, shared, formulas, tag) for li in content.lines)
    else:
        inside = lines_html(content, place.levels, shared, formulas)
    return f'<div class="box" style="{style}">{inside}</div>'


def _within(place: Place, formulas: Iterator[Image]) -> Iterator[Image]:
    """Return formulas with their places counted from a box's edge, as the engine counts them."""
    for image in formulas:
        yield replace(image, x=image.x - place.x, y=image.y - place.y)


def _padding(place: Place, height: float, room: float) -> str:
    """Return a box's padding, so that its text stands where the place anchors it."""
    left, top, right, bottom = place.insets
    spare = max(room - top - bottom - height, 0.0) * SHARE[place.anchor]
    return f"padding:{_pt(top + spare)} {_pt(right)} 0 {_pt(left)}"


def _high(place: Place, content: Text) -> float:
    """Return a box's height: code's panel is as high as the code."""
    if not content.code:
        return place.height
    return min(place.height, content.height + place.insets[1] + place.insets[3] + 4)


def _fill(place: Place, slide: Slide, shared: Show, behind: Scene, content: Text) -> str:
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


def lines_html(text: Text, levels: Sequence[Level], shared: Show, formulas: Iterator[Image]) -> str:
    """Return a text's lines as paragraphs, lists and code."""
    if text.code:
        lines = "\n".join(_runs(line, levels[0], shared, formulas) for line in text.lines)
        style = _text_style(text.lines[0], levels[0], shared, shared.template.code)
        return f'<pre style="{style}"><code class="code">{lines}</code></pre>'
    return _listed(text.lines, levels, shared, formulas)


def _listed(
    lines: Sequence[Line], levels: Sequence[Level], shared: Show, formulas: Iterator[Image]
) -> str:
    """Return lines, those with bullets as items; a line without one in a list belongs to its item."""
    made: list[str] = []
    for kind, group in groupby(lines, lambda line: "ol" if line.bullet == "1" else "ul" if line.bullet else ""):  # fmt: skip
        inside = [_line(li, levels, shared, formulas, "li" if kind else "p") for li in group]
        made.append(f"<{kind}>{''.join(inside)}</{kind}>" if kind else "".join(inside))
    return "".join(made)


def _text_style(line: Line, level: Level, shared: Show, family_name: str = "") -> str:
    """Return how a line is set, as CSS."""
    shipped = family(family_name or level.family, shared.template)
    said = (f"font:{_pt(line.size)}/{_pt(line.pitch)} '{shipped}';color:#{level.colour};"
            f"text-align:{line.align}")  # fmt: skip
    said += ";font-weight:bold" if level.bold else ""
    said += ";font-style:italic" if level.italic else ""
    said += ";text-transform:uppercase" if level.capitals else ""
    return said + (f";letter-spacing:{_pt(level.tracking)}" if level.tracking else "")


def _line(
    line: Line, levels: Sequence[Level], shared: Show, formulas: Iterator[Image], tag: str
) -> str:
    level = levels[min(line.level, len(levels) - 1)]
    lift = line.pitch / 2 - ASCENT * line.size if any(r.math for r in line.runs) else 0.0
    style = (
        _text_style(line, level, shared)
        + f";margin:0 0 {_pt(line.after - lift)};margin-inline-start:{_pt(line.left)}"
    )
    style += f";padding-top:{_pt(lift)}" if lift > 0 else ""
    mark = ""
    if line.bullet:
        shown = f"{line.number}." if line.bullet == "1" else line.bullet
        accent = shared.template.colours.get("accent1", level.colour)
        colour = accent if level.colour == shared.template.colours.get("tx1") else level.colour
        mark = (f'<span class="mark" style="width:{_pt(-line.indent)};margin-inline-start:{_pt(line.indent)};'
                f'color:#{colour};font-weight:normal">{escape(shown)}</span>')  # fmt: skip
    inside = _runs(line, level, shared, formulas) or "\u00a0"
    return f'<{tag} style="{style}">{mark}{inside}</{tag}>'


def _runs(line: Line, level: Level, shared: Show, formulas: Iterator[Image]) -> str:
    runs = (
        r if not r.colour or is_read(r.colour, level) else replace(r, colour="") for r in line.runs
    )
    return "".join(_run(run, line, shared, formulas) for run in runs)


def _run(run: Run, line: Line, shared: Show, formulas: Iterator[Image]) -> str:
    if run.text == "\n":
        return "<br>"
    if run.math:
        gap = f'<span style="letter-spacing:{_pt(run.tracking)}">\u00a0</span>'
        image = next(formulas, None)
        return (_image(image) if image else "") + gap
    html = escape(run.text)
    styles = [f"color:#{run.colour}"] if run.colour else []
    if run.raised:
        rise = "super" if run.raised == "sup" else "sub"
        styles += [f"font-size:{RAISED:.3f}em", f"vertical-align:{rise}", "line-height:0"]
    if run.code:
        styles.append(f"font-family:'{family(shared.template.code, shared.template)}'")
    if styles:
        html = f'<span style="{";".join(styles)}">{html}</span>'
    html = f"<strong>{html}</strong>" if run.bold else html
    html = f"<em>{html}</em>" if run.italic else html
    inner = run.link.startswith("#")
    if run.link and (not inner or run.link[1:] in shared.targets):
        html = f'<a href="{escape(run.link)}">{html}</a>'
    return html


def _image(image: Image) -> str:
    source = image.source if image.source.startswith(EMBEDDED) else quote(image.source)
    if image.math:
        svg = drawn(image.math, image.display).svg
        colour = f' style="color:#{image.colour}" fill="#{image.colour}"' if image.colour else ""
        source = data_address(svg.replace("<svg", f"<svg{colour}", 1) if "fill=" not in svg[:200] else svg)  # fmt: skip
    alt = escape(image.alt or image.math or image.source)
    return f'<img src="{source}" alt="{alt}" style="{_rect(image.x, image.y, image.width, image.height)}">'


def _grid(grid: Grid, place: Place, shared: Show, formulas: Iterator[Image]) -> str:
    left, top, right, _ = grid.margins
    colours = shared.template.colours
    rule = f"border-bottom:.75pt solid #{colours.get('accent6', 'B9C0CA')}"
    first = f"border-bottom:1.5pt solid #{colours.get('accent1', '1F4E79')}"
    columns = "".join(f'<col style="width:{_pt(width)}">' for width in grid.widths)
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
            inside = _listed(cell.lines, place.levels, shared, formulas)
            cells.append(f'<{tag}{spans} style="padding:{_pt(top)} {_pt(right)} {_pt(top if grid.roomy else 0)} {_pt(left)};{first if head else rule}{middle}">{inside}</{tag}>')  # fmt: skip
        rows.append(f'<tr style="height:{_pt(height)}">{"".join(cells)}</tr>')
    body = "".join(rows[grid.head :])
    whole = (f"<thead>{''.join(rows[: grid.head])}</thead>" if grid.head else "") + (f"<tbody>{body}</tbody>" if body else "")  # fmt: skip
    style = f"left:{_pt(place.x)};right:auto;top:{_pt(place.y)};width:{_pt(sum(grid.widths))}"
    return f'<table style="{style}"><colgroup>{columns}</colgroup>{whole}</table>'


def _foot(slide: Slide, shared: Show) -> str:
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
        inside = _line(line, place.levels, shared, iter(()), "p") if words else ""
        padding = _padding(place, line.pitch, place.height)
        style = f"{_rect(place.x, place.y, place.width, place.height)};{padding}"
        made.append(f'<div class="box" style="{style}">{inside}</div>')
    return "".join(made)


def _ornaments(slide: Slide, shared: Show) -> str:
    """Return the rules below the labels of columns, and the bar that shows how far the deck is."""
    done = bar(shared.deck, slide, shared.template)
    colours = shared.template.colours
    lines = "".join(_arrow(ends, colours.get("tx1", "000000")) for ends in arrows(slide))
    if done is None:
        return lines
    made = [("tx1", (p.x, p.y + p.height + 2, p.width, 1.5)) for p in
            (box.place for box in slide.boxes) if p.name.endswith("-title")]  # fmt: skip
    made.append((tone(slide, shared.template), done))  # type: ignore[arg-type]
    return lines + "".join(f'<div class="box" style="{_rect(*box)};background:#{colours[name]}"></div>'
                           for name, box in made)  # fmt: skip


def _arrow(ends: tuple[float, float, float, float], colour: str) -> str:
    """Return an arrow as a line of 1.5 points and a triangle at its end."""
    x1, y1, x2, y2 = ends
    upright = abs(x2 - x1) < abs(y2 - y1)
    left, top, wide, high = min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)
    line = (left - 0.75, top, 1.5, high) if upright else (left, top - 0.75, wide, 1.5)
    way = "bottom" if upright else "left" if x2 > x1 else "right"
    x = x2 - HEAD_HALF if upright else x2 - HEAD_LONG if x2 > x1 else x2
    y = y2 if upright else y2 - HEAD_HALF
    sides = ("left", "right") if upright else ("top", "bottom")
    clear = "".join(f"border-{s}:{_pt(HEAD_HALF)} solid transparent;" for s in sides)
    head = f"left:{_pt(x)};top:{_pt(y)};{clear}border-{way}:{_pt(HEAD_LONG)} solid #{colour}"
    return (f'<div class="box" style="{_rect(*line)};background:#{colour}"></div>'
            f'<div class="box" style="{head};width:0;height:0"></div>')  # fmt: skip


# -- slide and notes on a page --------------------------------------------------------

NOTES = """
@page { size: %(paper)s; margin: 14mm 16mm 16mm; @bottom-right { content: counter(page); font: 9pt 'Atkinson Hyperlegible Next'; color: #5A6270 } }
.page { break-after: page }
.page:last-child { break-after: auto }
.frame { overflow: hidden; border: .75pt solid #b9c0ca; width: %(width)s; height: %(height)s; margin-bottom: 6mm }
.frame .slide { transform: scale(%(scale).5f); transform-origin: 0 0; break-after: auto }
.notes { font: 10.5pt/1.4 'Atkinson Hyperlegible Next'; color: #16181d }
.notes p, .notes li { margin: 0 0 1.6mm; orphans: 2; widows: 2 }
.notes h3 { font-size: 10.5pt; color: #1f4e79; margin: 3mm 0 1mm; break-after: avoid }
.notes ul, .notes ol { padding-inline-start: 5mm }
.notes ul { list-style: disc } .notes ol { list-style: decimal }
.notes code { font-family: 'Atkinson Hyperlegible Mono'; font-size: .92em }
.notes .slide { display: block }
"""
WIDTHS = {"a4": 178.0, "letter": 183.9}
"""Millimetres between the margins of a sheet."""
SIZES = {"a4": "A4", "letter": "letter"}
POINTS = 72 / 25.4


def with_notes(deck: Deck, template: Template, paper: str) -> str:
    """Return a deck as HTML: each slide on a sheet of paper, its notes below it."""
    shared = show(deck, template)
    scale = WIDTHS[paper] * POINTS / deck.width * (1 if deck.width / deck.height > 1.5 else 0.8)
    values = {"paper": SIZES[paper], "scale": scale, "width": _pt(deck.width * scale),
              "height": _pt(deck.height * scale)}  # fmt: skip
    pages = []
    for slide in deck.slides:
        notes = notes_html(slide.notes, shared)
        pages.append(f'<section class="page"><div class="frame">{slide_html(slide, shared)}</div>'
                     f'<div class="notes">{notes}</div></section>')  # fmt: skip
    return document(deck, face_rules(template) + STYLE + NOTES % values, "\n".join(pages))


def notes_html(notes: Sequence[Paragraph], shared: Show) -> str:
    """Return notes as paragraphs, lists and small heads."""
    made: list[str] = []
    for kind, group in groupby(
        notes, lambda p: "ol" if p.bullet == "1" else "ul" if p.bullet else ""
    ):
        tag = "li" if kind else "p"
        inside = []
        for note in group:
            line = Line(note.runs, 0, 0)
            words = "".join(_note_run(run, line, shared) for run in note.runs)
            name = "h3" if note.heading else tag
            value = f' value="{note.number}"' if kind == "ol" else ""
            indent = f' style="margin-inline-start:{note.level * 5}mm"' if note.level else ""
            inside.append(f"<{name}{value}{indent}>{words}</{name}>")
        made.append(f"<{kind}>{''.join(inside)}</{kind}>" if kind else "".join(inside))
    return "".join(made)


def _note_run(run: Run, line: Line, shared: Show) -> str:
    if run.math:
        return f"<code>{escape(run.math)}</code>"
    if run.code:
        return f"<code>{escape(run.text)}</code>"
    return _run(run, line, shared, iter(()))
