"""Drawings that a slide draws anew: chains of steps, matrices of two by two, canvases.

Each is read of a block whose words all stand in the figure; any other block stays as it is written.
Slides hold them as placeholders named `step-1` …, `card-1` … with `axis-…`, and `field-1` ….
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from courseware.diagnostics import Span
from courseware.model.blocks import Block, Code, Drawing, Field, Form, Paragraph, Text
from courseware.model.cutting import part_of, trimmed
from courseware.model.inline import Blank, Link, joined, marked, plain_text
from courseware.products.deck.titles import Placeholder
from courseware.products.handout.canvas import canvas
from courseware.products.handout.leads import without_colon
from courseware.products.worksheet.matrices import axes_of

FEWEST, MOST = 3, 7
"""Steps of a chain."""
LETTERS = 82
"""Letters that the words of all steps have side by side: each step has its share of them."""
CELLS = 12
"""Fields of a canvas at most."""
LEAD = 15
"""Words up to which the paragraph above a canvas stands on its slide."""
_ARROW = re.compile(r"\s*(?:[-–—=─]+>|[-–—=─]*[→➜➔⇒►▶])\s*")
_WRITTEN = re.compile(r"[→➜➔⇒►▶]|[-–—=─]{2,}>")
"""Arrows that code has not: what is called code is drawn only where it has one of them."""
_DOWN = re.compile(r"[\s|│]*[↓▼⬇vV]?[\s|│]*")
_BOX = re.compile(r"[\[(](.*)[\])]|\|(.*)\|")
_TERM = re.compile(r"[^\n.!?;|<>{}=]*\w[^\n.!?;|<>{}=]*")
_WORDS = re.compile(r"\w+")


def figured(block: Block) -> tuple[Placeholder, ...]:
    """Return what a slide draws of a block by place; () where it draws nothing anew."""
    if isinstance(block, Field) and not block.value and len(block.blocks) == 1:
        block = block.blocks[0]
    if isinstance(block, Paragraph):
        return _steps(chain_of(block.text), block.span)
    if isinstance(block, Form):
        return _canvas(block)
    if isinstance(block, Drawing) or (isinstance(block, Code) and not block.language):
        return _drawing(block)
    return ()


def chain_of(text: Text) -> tuple[Text, ...]:
    """Return the terms of a text that is nothing but terms with arrows between them, else ()."""
    plain = text.plain.rstrip().removesuffix(".")
    if text.has(Blank) or text.has(Link) or plain[-1:] in ".!?:;":
        return ()
    arrows = list(_ARROW.finditer(plain))
    starts, ends = [0, *(a.end() for a in arrows)], [*(a.start() for a in arrows), len(plain)]
    terms = tuple(trimmed(part_of(text, a, b)) for a, b in zip(starts, ends, strict=True))
    return terms if _fit([t.plain for t in terms]) else ()


def _fit(terms: Sequence[str]) -> bool:
    """Whether terms stand beside each other below their circles, in two lines each."""
    if not FEWEST <= len(terms) <= MOST or not all(_TERM.fullmatch(t) for t in terms):
        return False
    room = LETTERS / len(terms)
    words = [word for term in terms for word in term.split()]
    return max(map(len, words)) <= room and max(map(len, terms)) <= 2 * room


def _drawing(block: Drawing | Code) -> tuple[Placeholder, ...]:
    """Return a drawing in characters as a matrix or a chain."""
    axes = axes_of(block.text)
    if axes is not None:
        held = []
        for number, (name, rest) in enumerate(zip(axes.fields, axes.details, strict=True), 1):
            lines = [marked(plain_text(name), "strong"), *([plain_text(rest)] if rest else [])]
            held.append(_place(f"card-{number}", block.span, *lines))
        ends = {"top": axes.top, "bottom": axes.bottom, "left": axes.left, "right": axes.right}
        held += [_place(f"axis-{n}", block.span, plain_text(said)) for n, said in ends.items() if said]  # fmt: skip
        named = all(axes.fields) and len(held) > len(axes.fields)
        return tuple(held) if named and _is_whole(block.text, held) else ()
    if isinstance(block, Code) and not _WRITTEN.search(block.text):
        return ()
    return _steps(chain_of(plain_text(_in_line(block.text))), block.span)


def _in_line(drawing: str) -> str:
    """Return a drawing's lines as one: an arrow that points down leads on, boxes are left out."""
    lines = [line.strip() for line in drawing.split("\n") if line.strip()]
    if all(_ARROW.search(line) or len(lines) == 1 for line in lines):
        terms = " ".join(lines)
    else:
        terms = " → ".join(line for line in lines if not _DOWN.fullmatch(line))
        between = sum(bool(_DOWN.fullmatch(line)) for line in lines)
        if not between or _ARROW.search(" ".join(lines)):
            return ""
    parts = [_BOX.fullmatch(t.strip()) or t.strip() for t in _ARROW.split(terms)]
    said = [p if isinstance(p, str) else (p[1] or p[2] or "").strip() for p in parts]
    return " → ".join(said)


def _steps(terms: Sequence[Text], span: Span) -> tuple[Placeholder, ...]:
    return tuple(_place(f"step-{n}", span, term) for n, term in enumerate(terms, 1))


def _canvas(form: Form) -> tuple[Placeholder, ...]:
    """Return a form as the titled cells of a canvas, its own title above them."""
    found = canvas(form)
    if found is None or len(found.cells) > CELLS or found.lines:
        return ()
    held = [_place("subtitle", form.span, without_colon(found.title))] if found.title else []
    for number, (name, hint) in enumerate(found.cells, 1):
        lines = found.entries[number - 1] if found.entries else (hint,) if hint else ()
        held.append(_place(f"field-{number}", form.span, marked(name, "strong"), *lines))
    said = "\n".join(line.plain for line in form.lines)
    return tuple(held) if _is_whole(said, held) else ()


def _place(name: str, span: Span, *lines: Text) -> Placeholder:
    return Placeholder(name, tuple(Paragraph(span=span, text=line) for line in lines))


def _is_whole(source: str, held: Sequence[Placeholder]) -> bool:
    """Whether each word of a source is in what is held."""
    said = " ".join(b.text.plain for h in held for b in h.blocks if isinstance(b, Paragraph))
    shown = Counter(_WORDS.findall(said))
    words = Counter(w for w in _WORDS.findall(source) if w.strip("_v"))
    return not words - shown


def led(title: Text, lead: Block | None, held: tuple[Placeholder, ...]) -> tuple[Placeholder, ...]:
    """Return a figure's places, with the paragraph before it above them where there is one.

    A canvas's own title is left out where the slide's `title` says it.
    """
    held = tuple(h for h in held if h.name != "subtitle" or not _says(title, h))
    if not isinstance(lead, Paragraph):
        return held
    above = [b for h in held if h.name == "subtitle" for b in h.blocks if isinstance(b, Paragraph)]
    if not above:
        return (Placeholder("subtitle", (lead,)), *held)
    said = joined(lead.text, plain_text(" "), above[0].text)
    first = Placeholder("subtitle", (Paragraph(span=lead.span, id=lead.id, text=said),))
    return (first, *(h for h in held if h.name != "subtitle"))


def _says(title: Text, held: Placeholder) -> bool:
    said = [b.text.plain.casefold() for b in held.blocks if isinstance(b, Paragraph)]
    return all(one in title.plain.casefold() for one in said)
