"""A deck on sheets of paper: each slide with its notes below it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from courseware.pptx.pictures.lines import (
    Show,
    pt,
    run_html,
    show,
)
from courseware.pptx.pictures.printing import STYLE, document, slide_html
from courseware.pptx.template.scenery import face_rules
from courseware.pptx.template.template import Template
from courseware.pptx.values import (
    ComposedDeck,
    Line,
    Paragraph,
    Run,
)

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


def with_notes(deck: ComposedDeck, template: Template, paper: str) -> str:
    """Return a deck as HTML: each slide on a sheet of paper, its notes below it."""
    shared = show(deck, template)
    scale = WIDTHS[paper] * POINTS / deck.width * (1 if deck.width / deck.height > 1.5 else 0.8)
    values = {"paper": SIZES[paper], "scale": scale, "width": pt(deck.width * scale),
              "height": pt(deck.height * scale)}  # fmt: skip
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
    return run_html(run, line, shared, iter(()))
