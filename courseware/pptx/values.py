"""The values between a deck's HTML and its files.

What `parse` reads of the HTML, sizes unknown:

    Script > Draft > Holder > Paragraph | Table | Code | Picture
           >       > Notes' paragraphs

What `compose` makes of it, every length known, to be written as it is by whoever draws:

    Deck > Slide > Box > Text | Grid | Image
                 > Image (formulas that lie on the gaps left for them in a text)

Lengths are points (float); those of a slide count from its left and top edge. Nothing here depends
on a file format: the PPTX and the PDF show the same boxes, lines and rows.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from courseware.language.printed import Printed, printed
from courseware.media.sketches import Stroke
from courseware.pptx.template.template import LayoutPlace
from courseware.products.deck.titles import LayoutName

Align = Literal["left", "center", "right", "justify"]
ACROSS: dict[Align, Align] = {
    "left": "right", "center": "center", "right": "left", "justify": "justify",
}  # fmt: skip
"""How text from the right is aligned that is so aligned where it runs from the left."""


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """Characters set alike.

    A run whose text is "\\n" is a line break within its paragraph; no other has one. `link` is an
    address, "#id" another slide (`Deck.pages`). `colour` is six hexadecimal digits, "" for the
    text's own. `math` is TeX: as read, the run has no other text; as composed, its text is one
    no-break space that `tracking` (points after each character) makes as wide as the formula, whose
    picture is in `Slide.formulas`. `size` is 0 for the paragraph's own.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    raised: Literal["", "sub", "sup"] = ""
    colour: str = ""
    math: str = ""
    tracking: float = 0.0
    size: float = 0.0


# -- as read --------------------------------------------------------------------------


class Paragraph(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paragraph, or an item of a list.

    `bullet` is "•" or "1" for an item with number `number`, "" for a plain paragraph and for the
    second paragraph of an item. `level` counts lists around it less one, 0 to 4; `item` is True in
    a list, so that a plain paragraph in an item is indented. `keep` keeps it on one slide with
    what follows. `heading` is True for a small head in notes.
    """

    runs: tuple[Run, ...]
    level: int = 0
    bullet: str = ""
    number: int = 1
    item: bool = False
    keep: bool = False
    heading: bool = False

    @property
    def plain(self) -> str:
        """The text without its looks, formulas as TeX."""
        return "".join(run.math or run.text for run in self.runs)


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cell of a table: its paragraphs, whether it heads a column or row, how far it spans."""

    paragraphs: tuple[Paragraph, ...]
    header: bool = False
    align: Align = "left"
    colspan: int = 1
    rowspan: int = 1


class Row(msgspec.Struct, frozen=True):
    """A row of cells, as written: a cell that spans rows stands in its first only."""

    cells: tuple[Cell, ...]


class Table(msgspec.Struct, frozen=True, omit_defaults=True):
    """A table: rows that head it, other rows; its caption as runs."""

    rows: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    caption: tuple[Run, ...] = ()


class Code(msgspec.Struct, frozen=True):
    """Code: its text; `language` as written, "drawing" for character graphics."""

    text: str
    language: str


class Picture(msgspec.Struct, frozen=True):
    """A picture: its path in the course, its alternative text, its own size in points, upright.

    `ink` is the colour of what is drawn on clear ground.
    """

    source: str
    alt: str
    width: float
    height: float
    ink: str = ""


Block = Paragraph | Table | Code | Picture


class Holder(msgspec.Struct, frozen=True):
    """What a slide has for a placeholder, by its name."""

    name: str
    blocks: tuple[Block, ...]


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """A slide as its HTML says it; it may become several.

    `source` is the id of the block it comes from, `covers` are those of all blocks that it stands
    for, `section` is its section's title, `part` that one's number, 0 where it has none. Slides of
    one `set` are set alike. What is `hidden` is in the file and not shown. `share` is how much of
    their width the left of two columns has on a template without a layout for them.
    """

    layout: LayoutName
    title: tuple[Run, ...]
    holders: tuple[Holder, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    source: str = ""
    covers: tuple[str, ...] = ()
    section: str = ""
    hidden: bool = False
    part: int = 0
    set: str = ""
    share: float = 0.5


class Script(msgspec.Struct, frozen=True, omit_defaults=True):
    """A deck as its HTML says it: what is to be the file's properties, and its slides.

    `from_right` tells that its text runs from the right.
    """

    title: str
    language: str
    slides: tuple[Draft, ...]
    author: str = ""
    course: str = ""
    from_right: bool = False


# -- as composed ----------------------------------------------------------------------


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paragraph with its numbers; what they do not say is as `Place.levels[level]` says it.

    `size` of its text, `pitch` from line to line, space `after` it (there is none before), `left`
    margin of its text and `indent` of its first line to that are points. `bullet` is a character,
    "1" for the number `number`, "" for none. What is bold in it though the level is not, its runs
    say (a header cell). Where a line runs `from_right`, `left` and `indent` count from there. Where
    `own` is True, its pitch is another than its place gives.
    """

    runs: tuple[Run, ...]
    size: float
    pitch: float
    after: float = 0.0
    left: float = 0.0
    indent: float = 0.0
    level: int = 0
    bullet: str = ""
    number: int = 1
    align: Align = "left"
    from_right: bool = False
    own: bool = False


class Text(msgspec.Struct, frozen=True, omit_defaults=True):
    """Lines of a text; `height` is what they take. `code` is the language of code, "" of other text.

    Code that names no language has the language "text".
    """

    lines: tuple[Line, ...]
    height: float
    code: str = ""


class GridCell(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cell with its numbers. The cells that it spans over are in the grid, `covered`, without lines."""

    lines: tuple[Line, ...] = ()
    header: bool = False
    colspan: int = 1
    rowspan: int = 1
    covered: bool = False


class Grid(msgspec.Struct, frozen=True):
    """A table with its numbers: widths of columns, heights of rows, as many cells as columns a row.

    The first `head` rows head it, repeated where a table goes on. `margins` are those of each cell:
    left, top, right, bottom. The box is as high as the rows. In `roomy` rows text is in the middle.
    """

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    head: int
    margins: tuple[float, float, float, float]
    roomy: bool = False


class Image(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture in its rectangle: its path in the course and its alternative text, or a formula.

    `math` is the formula's TeX, its alternative text the words for it, `size` that of the text it stands in,
    `colour` its colour; `display` tells a formula on a line of its own. A picture's `colour` is that of
    what is drawn on clear ground.
    """

    x: float
    y: float
    width: float
    height: float
    alt: str
    source: str = ""
    math: str = ""
    size: float = 0.0
    colour: str = ""
    display: bool = False


class Box(msgspec.Struct, frozen=True):
    """A shape on a slide: its place (the exact rectangle; `idx` None: no placeholder) and content.

    A placeholder's `idx` is in one box of a slide at most. `place.moved` is True where its rectangle
    is not the placeholder's own. A text is anchored in its place as `place.anchor` says, with
    `place.insets` around it; a grid begins at its place's edge; an image says its rectangle itself.
    """

    place: LayoutPlace
    content: Text | Grid | Image


class ComposedSlide(msgspec.Struct, frozen=True, omit_defaults=True):
    """A slide, composed. `boxes` are in reading order, the title first.

    `number` counts from 1. `name` is its title as plain text, unique in the deck. `covers` are the
    ids of the blocks that it stands for, `part` is the number of its section. What is `hidden` is
    in the file and not shown. `strokes` are lines between its boxes.
    """

    number: int
    layout: LayoutName
    name: str
    boxes: tuple[Box, ...]
    formulas: tuple[Image, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    section: str = ""
    source: str = ""
    covers: tuple[str, ...] = ()
    hidden: bool = False
    part: int = 0
    strokes: tuple[Stroke, ...] = ()


class ComposedDeck(msgspec.Struct, frozen=True, omit_defaults=True):
    """Composed slides in order, the slide's size in points, and the file's properties.

    `words` are what the deck says in its language besides what its slides hold; its text may
    run `from_right`.
    """

    title: str
    language: str
    width: float
    height: float
    slides: tuple[ComposedSlide, ...]
    author: str = ""
    course: str = ""
    from_right: bool = False
    words: Printed = msgspec.field(default_factory=lambda: printed("en"))

    def counted(self) -> int:
        """Return how many sections are numbered."""
        return max((slide.part for slide in self.slides), default=0)

    def pages(self) -> dict[str, int]:
        """Return for the id of each block the number of the first slide that stands for it."""
        found: dict[str, int] = {}
        for slide in self.slides:
            for block in (slide.source, *slide.covers):
                if block:
                    found.setdefault(block, slide.number)
        return found
