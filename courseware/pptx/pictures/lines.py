"""Lines of a slide's text as HTML, of the sizes and pitches that were composed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from courseware.language.typography import with_ends
from courseware.media.drawings import data_address, drawn
from courseware.model.inline import ADDRESS, EMBEDDED
from courseware.pptx.template.contrast import is_read
from courseware.pptx.template.scenery import family
from courseware.pptx.template.template import Level, Template
from courseware.pptx.text.fit import RAISED
from courseware.pptx.values import (
    ComposedDeck,
    Image,
    Line,
    Run,
    Text,
)

ASCENT = 0.59
"""Ems from the middle of a line to its baseline, and a quarter: where the engine sets text."""


class Show(NamedTuple):
    """What the HTML of all slides shares."""

    deck: ComposedDeck
    template: Template
    targets: frozenset[str]


def show(deck: ComposedDeck, template: Template) -> Show:
    """Return what slides share: the deck, its template, the blocks that links may lead to."""
    return Show(deck, template, frozenset(deck.pages()))


def pt(value: float) -> str:
    """Return a length in points as CSS says it."""
    return f"{value:.2f}pt"


def rect(x: float, y: float, width: float, height: float) -> str:
    """Return a place as CSS says it."""
    return f"left:{pt(x)};top:{pt(y)};width:{pt(width)};height:{pt(height)}"


def lines_html(text: Text, levels: Sequence[Level], shared: Show, formulas: Iterator[Image]) -> str:
    """Return a text's lines as paragraphs, lists and code."""
    if text.code:
        lines = "\n".join(_runs(line, levels[0], shared, formulas) for line in text.lines)
        style = _text_style(text.lines[0], levels[0], shared, shared.template.code)
        return f'<pre style="{style}"><code class="code">{lines}</code></pre>'
    return items_html(text.lines, levels, shared, formulas)


def items_html(
    lines: Sequence[Line], levels: Sequence[Level], shared: Show, formulas: Iterator[Image]
) -> str:
    """Return lines, those with bullets as items; a line without one in a list belongs to its item."""
    made: list[str] = []
    for kind, group in groupby(lines, lambda line: "ol" if line.bullet == "1" else "ul" if line.bullet else ""):  # fmt: skip
        inside = [line_html(li, levels, shared, formulas, "li" if kind else "p") for li in group]
        made.append(f"<{kind}>{''.join(inside)}</{kind}>" if kind else "".join(inside))
    return "".join(made)


def _text_style(line: Line, level: Level, shared: Show, family_name: str = "") -> str:
    """Return how a line is set, as CSS."""
    shipped = family(family_name or level.family, shared.template)
    said = (f"font:{pt(line.size)}/{pt(line.pitch)} '{shipped}';color:#{level.colour};"
            f"text-align:{line.align}")  # fmt: skip
    said += ";font-weight:bold" if level.bold else ""
    said += ";font-style:italic" if level.italic else ""
    said += ";text-transform:uppercase" if level.capitals else ""
    return said + (f";letter-spacing:{pt(level.tracking)}" if level.tracking else "")


def line_html(
    line: Line, levels: Sequence[Level], shared: Show, formulas: Iterator[Image], tag: str
) -> str:
    """Return a line as the element `tag`, with its mark and the space that follows it."""
    level = levels[min(line.level, len(levels) - 1)]
    lift = line.pitch / 2 - ASCENT * line.size if any(r.math for r in line.runs) else 0.0
    style = (
        _text_style(line, level, shared)
        + f";margin:0 0 {pt(line.after - lift)};margin-inline-start:{pt(line.left)}"
    )
    style += f";padding-top:{pt(lift)}" if lift > 0 else ""
    mark = ""
    if line.bullet:
        shown = f"{line.number}." if line.bullet == "1" else line.bullet
        accent = shared.template.colours.get("accent1", level.colour)
        colour = accent if level.colour == shared.template.colours.get("tx1") else level.colour
        mark = (f'<span class="mark" style="width:{pt(-line.indent)};margin-inline-start:{pt(line.indent)};'
                f'color:#{colour};font-weight:normal">{escape(shown)}</span>')  # fmt: skip
    inside = _runs(line, level, shared, formulas) or "\u00a0"
    return f'<{tag} style="{style}">{mark}{inside}</{tag}>'


def _runs(line: Line, level: Level, shared: Show, formulas: Iterator[Image]) -> str:
    runs = (
        r if not r.colour or is_read(r.colour, level) else msgspec.structs.replace(r, colour="")
        for r in line.runs
    )
    return "".join(run_html(run, line, shared, formulas) for run in runs)


def run_html(run: Run, line: Line, shared: Show, formulas: Iterator[Image]) -> str:
    """Return a run of a line with its marks; a formula is the next picture of `formulas`."""
    if run.text == "\n":
        return "<br>"
    if run.math:
        gap = f'<span style="letter-spacing:{pt(run.tracking)}">\u00a0</span>'
        image = next(formulas, None)
        return (image_html(image) if image else "") + gap
    html = escape(with_ends(run.text))
    if line.from_right and not run.code:
        html = ADDRESS.sub(r'<span dir="ltr">\g<0></span>', html)
    styles = [f"color:#{run.colour}"] if run.colour else []
    if run.raised:
        rise = "super" if run.raised == "sup" else "sub"
        styles += [f"font-size:{RAISED:.3f}em", f"vertical-align:{rise}", "line-height:0"]
    if run.code:
        styles += [
            f"font-family:'{family(shared.template.code, shared.template)}'",
            "direction:ltr",
        ]
    if styles:
        html = f'<span style="{";".join(styles)}">{html}</span>'
    html = f"<strong>{html}</strong>" if run.bold else html
    html = f"<em>{html}</em>" if run.italic else html
    inner = run.link.startswith("#")
    if run.link and (not inner or run.link[1:] in shared.targets):
        html = f'<a href="{escape(run.link)}">{html}</a>'
    return html


def image_html(image: Image) -> str:
    """Return a picture in its place; a formula in the colour of its text."""
    source = image.source if image.source.startswith(EMBEDDED) else quote(image.source)
    if image.math:
        source = data_address(drawn(image.math, image.display).inked(image.colour))
    alt = escape(image.alt or image.math or image.source)
    return f'<img src="{source}" alt="{alt}" style="{rect(image.x, image.y, image.width, image.height)}">'
