"""Slides as pictures: SVG, for what is printed of a deck.

Lines end where they were measured to end; nothing else is laid out.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from courseware.media import PictureError
from courseware.media.drawings import drawn
from courseware.media.pictures import MILLIMETRES, origin, picture
from courseware.pptx.template.scenery import family, scene
from courseware.pptx.template.template import LayoutPlace, Level, Template
from courseware.pptx.text.fit import RAISED, Style, chunks, lines
from courseware.pptx.values import Box, ComposedDeck, ComposedSlide, Grid, Image, Line, Run, Text

BASELINE = 0.34
"""Ems from the middle of a line to its baseline, in the faces of office programs."""
SMALL = 0.25
"""Share of its size that a picture on a slide is printed at in a thumbnail."""
_SVG = re.compile(r"<svg\b([^>]*)>")
_PLACED = re.compile(r"""\s(?:x|y|width|height)=(?:"[^"]*"|'[^']*')""")
SHARE = {"left": 0.0, "justify": 0.0, "center": 0.5, "right": 1.0}
ANCHOR = {"top": 0.0, "middle": 0.5, "bottom": 1.0}


def as_svg(slide: ComposedSlide, deck: ComposedDeck, template: Template, root: Path) -> str:
    """Return a slide as SVG; `root` is the course's folder, where its pictures are."""
    width, height = deck.width, deck.height
    ground = template.layouts[slide.layout].background
    behind = scene(template, slide.layout)
    inside = [f'<rect width="{width:g}" height="{height:g}" fill="#{ground}"/>']
    inside.append(behind.shapes)
    for box in slide.boxes:
        inside += _box(box, slide, template, behind.fills, root)
    inside += [_image(image, root) for image in slide.formulas]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
            f'width="{width:g}" height="{height:g}">{"".join(inside)}</svg>')  # fmt: skip


def _box(
    box: Box, slide: ComposedSlide, template: Template, fills: Mapping[int, str], root: Path
) -> Iterator[str]:
    place, content = box.place, box.content
    if isinstance(content, Image):
        yield _image(content, root)
    elif isinstance(content, Grid):
        yield from _grid(content, place, template)
    else:
        own = template.layouts[slide.layout].places.get(place.name)
        fill = fills.get(own.idx) if own is not None and own.idx is not None else None
        if fill and content.code:
            high = min(place.height, content.height + place.insets[1] + place.insets[3] + 4)
            yield (f'<rect x="{place.x:g}" y="{place.y:g}" width="{place.width:g}" '
                   f'height="{high:g}" fill="#{fill}"/>')  # fmt: skip
        yield from _lines(content.lines, place.x + place.insets[0], _top(place, content), place.inner_width, place, template)  # fmt: skip


def _top(place: LayoutPlace, content: Text) -> float:
    """Return where a text begins in its place."""
    spare = max(place.inner_height - content.height, 0.0) * ANCHOR[place.anchor]
    return place.y + place.insets[1] + spare


Area = tuple[float, float, float, float]
"""Left, top, width and height in points."""


def line_places(slide: ComposedSlide, template: Template) -> Iterator[tuple[str, Area]]:
    """Yield the words of each paragraph and row of a slide, a picture's text, with where it is."""
    for box in slide.boxes:
        place, content = box.place, box.content
        if isinstance(content, Image):
            yield content.alt, (content.x, content.y, content.width, content.height)
        elif isinstance(content, Grid):
            top = place.y
            for row, height in zip(content.rows, content.heights, strict=True):
                words = " ".join(r.text for c in row for line in c.lines for r in line.runs)
                yield words, (place.x, top, sum(content.widths), height)
                top += height
        else:
            top, left = _top(place, content), place.x + place.insets[0]
            for line in content.lines:
                level = place.levels[min(line.level, len(place.levels) - 1)]
                rows = len(list(_broken(line, place.inner_width, level, template)))
                height = max(rows, 1) * line.pitch
                yield "".join(r.text for r in line.runs), (left, top, place.inner_width, height)
                top += height + line.after


def _lines(
    given: Sequence[Line], x: float, y: float, width: float, place: LayoutPlace, template: Template
) -> Iterator[str]:
    """Return lines that begin at x, y in a width."""
    for line in given:
        level = place.levels[min(line.level, len(place.levels) - 1)]
        if line.bullet:
            mark = f"{line.number}." if line.bullet == "1" else line.bullet
            base = y + line.pitch / 2 + BASELINE * line.size
            at = line.left + line.indent
            at = width - at - line.size / 2 if line.from_right else at
            yield _text(Run(mark), x + at, base, line, level, template)
        count = 0
        for count, texts in enumerate(_broken(line, width, level, template), 1):
            base = y + (count - 0.5) * line.pitch + BASELINE * line.size
            for run, at in texts:
                left = 0.0 if line.from_right else line.left
                yield _text(run, x + left + at, base, line, level, template)
        y += max(count, 1) * line.pitch + line.after


def _broken(
    line: Line, width: float, level: Level, template: Template
) -> Iterator[list[tuple[Run, float]]]:
    """Return for each line of the slide its texts, each with its distance from the left margin."""
    faces = template.faces
    style = Style(
        faces[level.family], faces[template.code], level.bold, level.italic, level.capitals
    )
    gaps = tuple(run.tracking / line.size if run.math else 0.0 for run in line.runs)
    found = chunks(line.runs, style, gaps)
    room = max((width - line.left) * (1 - style.face.hold), line.size) / line.size
    if all(run.code for run in line.runs):
        room = 10_000.0  # its breaks are in it
    starts = lines(found, room)
    for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
        texts: list[tuple[Run, float]] = []
        ends: list[float] = []
        at = 0.0
        for number in range(start, end):
            at += found[number].space * line.size if number > start or line.runs[0].code else 0.0
            for part in found[number].parts:
                run = line.runs[part.run]
                if not run.math:
                    texts.append((_with(run, part.text), at))
                    ends.append(at + part.width * line.size)
                at += part.width * line.size
        shift = max(width - line.left - at, 0.0) * SHARE[line.align]
        if line.from_right:  # the first word ends at the right edge
            yield [(run, shift + at - end) for (run, _), end in zip(texts, ends, strict=True)]
        else:
            yield [(run, x + shift) for run, x in texts]


def _with(run: Run, text: str) -> Run:
    return Run(text, run.bold, run.italic, run.code, "", run.raised, run.colour)


def _text(run: Run, x: float, y: float, line: Line, level: Level, template: Template) -> str:
    name = family(template.code if run.code else level.family, template)
    size = line.size * (RAISED if run.raised else 1.0)
    y += {"": 0.0, "sup": -0.3, "sub": 0.15}[run.raised] * line.size
    said = ' font-weight="bold"' if run.bold or level.bold else ""
    said += ' font-style="italic"' if run.italic or level.italic else ""
    words = run.text.upper() if level.capitals else run.text
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-family="{escape(name)}" font-size="{size:g}"{said} '
            f'fill="#{run.colour or level.colour}">{escape(words)}</text>')  # fmt: skip


def _grid(grid: Grid, place: LayoutPlace, template: Template) -> Iterator[str]:
    left, top, right, _ = grid.margins
    y = place.y
    for number, (row, height) in enumerate(zip(grid.rows, grid.heights, strict=True)):
        x = place.x
        for column, cell in enumerate(row):
            width = sum(grid.widths[column : column + cell.colspan])
            yield from _lines(cell.lines, x + left, y + top, width - left - right, place, template)
            x += grid.widths[column]
        y += height
        name = "accent1" if number + 1 == grid.head else "accent6"
        colour = template.colours.get(name, "808080")
        yield (f'<line x1="{place.x:g}" y1="{y:g}" x2="{place.x + sum(grid.widths):g}" y2="{y:g}" '
               f'stroke="#{colour}" stroke-width="1"/>')  # fmt: skip


def _image(image: Image, root: Path) -> str:
    where = f'x="{image.x:g}" y="{image.y:g}" width="{image.width:g}" height="{image.height:g}"'
    if image.math:
        return _nested(drawn(image.math, image.display).svg, where)
    box = image.width / 72 * MILLIMETRES * SMALL, image.height / 72 * MILLIMETRES * SMALL
    try:
        path = origin(root, image.source)
        if path is None:
            return ""
        made = picture(path, box, fill=True)
    except PictureError:
        return ""
    if made.mime == "image/svg+xml":
        return _nested(made.data.decode("utf-8", "replace"), where)
    address = f"data:{made.mime};base64,{b64encode(made.data).decode()}"
    return f'<image {where} preserveAspectRatio="none" href="{address}"/>'


def _nested(svg: str, where: str) -> str:
    """Return a drawing in a rectangle of another; nothing where it has no coordinates of its own."""
    found = _SVG.search(svg)
    if found is None or "viewBox" not in found[1]:
        return ""
    attributes = _PLACED.sub("", found[1])
    return f"<svg {where}{attributes}>{svg[found.end() :]}"
