"""Random decks as read, templates of several shapes, and what is shown of a composed deck."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import msgspec
import pptx
from hypothesis import strategies as st

from courseware.pptx.template.placeholders import DRAWN, NEEDED
from courseware.pptx.template.reader import builtin, read
from courseware.pptx.template.template import Template
from courseware.pptx.values import (
    Block,
    Cell,
    Code,
    ComposedDeck,
    ComposedSlide,
    Draft,
    Grid,
    Holder,
    Line,
    Paragraph,
    Picture,
    Row,
    Run,
    Script,
    Table,
    Text,
)
from courseware.products.deck.titles import LayoutName

replace = msgspec.structs.replace
LAYOUTS: tuple[LayoutName, ...] = get_args(LayoutName)


def saved(shown: pptx.presentation.Presentation) -> bytes:
    buffer = io.BytesIO()
    shown.save(buffer)
    return buffer.getvalue()


@cache
def templates() -> tuple[Template, ...]:
    """Return templates: 4:3, one a third of its size, one with larger text and other fonts."""
    plain = read(saved(pptx.Presentation()), {})[0]
    small: Any = pptx.Presentation()
    for owner in (small.slide_master, *small.slide_layouts):
        for shape in list[Any](owner.placeholders):
            if shape._element.xpath("./p:spPr/a:xfrm"):
                shape.left, shape.top = shape.left // 2, shape.top * 2 // 3
                shape.width, shape.height = shape.width // 2, shape.height * 2 // 3
    small.slide_width, small.slide_height = small.slide_width // 2, small.slide_height * 2 // 3
    found = [plain, read(saved(small), {})[0], _larger(plain)]
    with contextlib.suppress(FileNotFoundError):
        found.append(read(builtin(), {})[0])
    return tuple(found)


def _larger(template: Template) -> Template:
    """Return a template with text half as large again, no space between paragraphs, no bullets."""
    layouts = {
        name: replace(layout, places={
            key: replace(place, levels=tuple(
                replace(v, size=v.size * 1.4, before=0.0, after=0.0, bullet="", left=0.0, indent=0.0)
                for v in place.levels))
            for key, place in layout.places.items()})
        for name, layout in template.layouts.items()
    }  # fmt: skip
    return replace(template, layouts=layouts)


# -- random decks ---------------------------------------------------------------------

WORDS = st.lists(st.sampled_from(["a", "be", "sea", "deep", "oceans", "and/or", "well-known", "2020-21", "thoroughly", "net.", "knot?", "Überraschungsmomente", "漢字", "x→y"]), min_size=1, max_size=24)  # fmt: skip
RUNS = st.lists(
    st.builds(lambda w, b, c: Run(" ".join(w) + " ", bold=b, code=c), WORDS, st.booleans(),
              st.integers(0, 5).map(lambda n: n == 0)), min_size=1, max_size=4,
).map(tuple)  # fmt: skip
PARAGRAPHS = st.builds(Paragraph, RUNS, keep=st.integers(0, 4).map(lambda n: n == 0))
ITEMS = st.builds(
    lambda r, level, bullet, number: Paragraph(r, level, bullet, number, True),
    RUNS, st.integers(0, 4), st.sampled_from(["•", "1", ""]), st.integers(1, 120),
)  # fmt: skip
CELLS = st.builds(Cell, st.lists(PARAGRAPHS | ITEMS, max_size=2).map(tuple), st.booleans(),
                  colspan=st.sampled_from([1, 1, 1, 2]), rowspan=st.sampled_from([1, 1, 1, 3]))  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4).map(tuple).map(Row), max_size=8).map(tuple)
TABLES = st.builds(Table, ROWS, ROWS.map(lambda rows: rows[:1])).filter(lambda t: t.rows or t.head)
CODES = st.builds(Code, st.lists(WORDS.map("  ".join), min_size=1, max_size=30).map("\n".join),
                  st.sampled_from(["python", "", "drawing", "no such"]))  # fmt: skip
PICTURES = st.builds(
    Picture, st.just("a.png"), st.just("Net"), st.floats(1, 3000), st.floats(1, 3000)
)
BLOCKS = st.lists(
    PARAGRAPHS | ITEMS | ITEMS | ITEMS | TABLES | CODES | PICTURES, min_size=1, max_size=8
)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    layout = draw(st.sampled_from(LAYOUTS))
    known = sorted(DRAWN) if layout == "cards" else NEEDED[layout]
    names = draw(st.lists(st.sampled_from(known), unique=True, max_size=4)) if known else []
    few = {"body", "left", "middle", "right", "picture", *DRAWN}
    holders = [
        Holder(n, tuple(draw(BLOCKS if n in few else st.lists(PARAGRAPHS, min_size=1, max_size=2))))
        for n in names
    ]
    notes = draw(st.lists(PARAGRAPHS, max_size=1))
    return Draft(
        layout, draw(RUNS), tuple(holders), tuple(notes), section=draw(st.sampled_from("ab"))
    )


SCRIPTS = st.builds(Script, st.just("T"), st.just("en"), st.lists(drafts(), max_size=3).map(tuple))

# -- what is shown --------------------------------------------------------------------


def lines(slide: ComposedSlide) -> Iterator[Line]:
    """Return a slide's lines less its title's."""
    for box in slide.boxes[1:]:
        if isinstance(box.content, Text):
            yield from box.content.lines
        elif isinstance(box.content, Grid):
            for row in box.content.rows:
                for cell in row:
                    yield from cell.lines


def plain(runs: tuple[Run, ...]) -> str:
    """Return what runs show, without white space."""
    return "".join("".join(run.text.split()) for run in runs)


def shown(deck: ComposedDeck) -> str:
    """Return what all slides show but titles, without white space."""
    return "".join(plain(line.runs) for slide in deck.slides for line in lines(slide))


def given_texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Return the texts of blocks, one by one, without white space."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain(block.runs)
        elif isinstance(block, Code):
            yield "".join(block.text.split())
        elif isinstance(block, Table):
            for row in (*block.head, *block.rows):
                for cell in row.cells:
                    yield "".join(plain(p.runs) for p in cell.paragraphs)
