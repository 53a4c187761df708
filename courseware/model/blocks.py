"""The blocks of a session: a closed set of frozen types.

    Block = Paragraph | List | Table | Code | Drawing | Form | Math | Figure | Quote
          | Definitions | Box | Field | Part | Topic | Section | Exercise | Parallel
          | Space | Break | PageBreak | Rule | Footnote | Group

A leaf's inside is a `Text` of `model.inline`. Containers hold `blocks` in source order. `audience`
says who may see a block at all, `products` (where it is not empty) or `except_products` which
products print it.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from courseware.diagnostics import Span
from courseware.model.heading import Heading as Heading
from courseware.model.heading import Time as Time
from courseware.model.inline import EMBEDDED
from courseware.model.inline import Text as Text
from courseware.model.kinds import Audience as Audience
from courseware.model.kinds import BoxKind as BoxKind
from courseware.model.kinds import SectionKind as SectionKind


class Node(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What every block has: its place, its name in page maps, who sees it and where.

    `groups` are the audiences of variants that alone see it; without any, all do.
    """

    span: Span
    id: str = ""
    audience: Audience = "everyone"
    products: tuple[str, ...] = ()
    except_products: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class Paragraph(Node, frozen=True, tag=True, omit_defaults=True):
    """A paragraph; `asks` where the learner is to answer it."""

    text: Text
    asks: bool = False


class Item(Node, frozen=True, tag=True, omit_defaults=True):
    """A list's item; `checked` is None without a box, `part` where it heads steps below it."""

    blocks: tuple[Block, ...] = ()
    checked: bool | None = None
    asks: bool = False
    part: bool = False
    time: Time | None = None


SCALE = 2
"""Numbers in a row that are no scale yet."""


class List(Node, frozen=True, tag=True, omit_defaults=True):
    """A list; `choices` where its items are the choices of the question before it.

    `labels` are the labels that its items share where they are parallel.
    """

    items: tuple[Item, ...] = ()
    ordered: bool = False
    start: int = 1
    choices: bool = False
    labels: tuple[str, ...] = ()

    @property
    def is_scale(self) -> bool:
        """Whether the choices are a scale's numbers, which stand in a row: "1 never", "2", "3 always"."""
        firsts = [item.blocks[0] if len(item.blocks) == 1 else None for item in self.items]
        said = [first.text.plain if isinstance(first, Paragraph) else "" for first in firsts]
        return self.choices and len(said) > SCALE and all(text[:1].isdigit() for text in said)


class Cell(Node, frozen=True, tag=True, omit_defaults=True):
    """A table's cell; `align` is "", left, center or right."""

    blocks: tuple[Block, ...] = ()
    align: str = ""
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


class Row(Node, frozen=True, tag=True, omit_defaults=True):
    """A table's row; `time` where it is a segment of an agenda."""

    cells: tuple[Cell, ...] = ()
    time: Time | None = None


class Table(Node, frozen=True, tag=True, omit_defaults=True):
    """A table: `head` rows repeat on each page."""

    head: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    caption: Text = Text()


class Code(Node, frozen=True, tag=True, omit_defaults=True):
    """Code, with its language as the author wrote it."""

    text: str
    language: str = ""


class Drawing(Node, frozen=True, tag=True, omit_defaults=True):
    """A drawing in characters, cell by cell."""

    text: str


class Form(Node, frozen=True, tag=True, omit_defaults=True):
    """A form to fill in: `lines` as written, with their blanks."""

    lines: tuple[Text, ...] = ()


class Math(Node, frozen=True, tag=True, omit_defaults=True):
    """A displayed formula in TeX."""

    tex: str


class Figure(Node, frozen=True, tag=True, omit_defaults=True):
    """A picture of its own: `source` is its path in the course, or an address where it is remote.

    `width` and `height` are what the author states ("60mm", "50%", "300"), "" where nothing. `lost`
    tells that the course has no such file.
    """

    source: str
    alt: str = ""
    caption: Text = Text()
    remote: bool = False
    width: str = ""
    height: str = ""
    lost: bool = False

    @property
    def name(self) -> str:
        """The picture's path, "" where its address holds the picture itself."""
        return "" if self.source.startswith(EMBEDDED) else self.source


class Pictures(Node, frozen=True, tag=True, omit_defaults=True):
    """Pictures that stand beside each other, as their author put them on one line."""

    blocks: tuple[Figure, ...] = ()


class Quote(Node, frozen=True, tag=True, omit_defaults=True):
    """A quotation."""

    blocks: tuple[Block, ...] = ()


class Definition(Node, frozen=True, tag=True, omit_defaults=True):
    """A term and what it means."""

    term: Text
    blocks: tuple[Block, ...] = ()


class Definitions(Node, frozen=True, tag=True, omit_defaults=True):
    """A definition list."""

    entries: tuple[Definition, ...] = ()


class Box(Node, frozen=True, tag=True, omit_defaults=True):
    """A framed block or a block for some: `kind` is a directive's or callout's name.

    `attributes` are those the author gave, sorted by name.
    """

    kind: BoxKind
    heading: Heading = Heading()
    blocks: tuple[Block, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


class Field(Node, frozen=True, tag=True, omit_defaults=True):
    """A labelled value: `key` is the label without case and plural, `value` the line's rest.

    `role` is "" or what the vocabulary says of the label: answer, hint, facilitator, whole …
    """

    label: Text
    key: str
    value: Text = Text()
    blocks: tuple[Block, ...] = ()
    role: str = ""


class Part(Node, frozen=True, tag=True, omit_defaults=True):
    """What a bold line heads, up to the next part, heading or rule; a record has no heading."""

    heading: Heading = Heading()
    blocks: tuple[Block, ...] = ()


class Topic(Node, frozen=True, tag=True, omit_defaults=True):
    """A heading below a section's, with what it heads."""

    heading: Heading
    blocks: tuple[Block, ...] = ()


class Exercise(Node, frozen=True, tag=True, omit_defaults=True):
    """An exercise: its number is stated or the next after the one before it.

    `worded` tells that it asks for words as a whole, whether or not anything in it is a prompt.
    """

    heading: Heading
    number: str = ""
    time: Time | None = None
    blocks: tuple[Block, ...] = ()
    worded: bool = False


class Section(Node, frozen=True, tag=True, omit_defaults=True):
    """A section of the session, or a box of a section's kind; `target` is where "next" leads.

    `worded` is an exercise's, where the section is one without a heading of its own.
    """

    kind: SectionKind
    heading: Heading = Heading()
    blocks: tuple[Block, ...] = ()
    boxed: bool = False
    target: str = ""
    worded: bool = False


class Parallel(Node, frozen=True, tag=True, omit_defaults=True):
    """Siblings whose fields bear the same labels: `labels` in their order, most have each."""

    labels: tuple[str, ...] = ()
    siblings: tuple[Topic | Part, ...] = ()


class Space(Node, frozen=True, tag=True, omit_defaults=True):
    """Writing space: lines (a count), box or grid (height in mm), canvas (titled quadrants)."""

    kind: Literal["lines", "box", "grid", "canvas"]
    size: float = 0
    titles: tuple[str, ...] = ()


class Break(Node, frozen=True, tag=True, omit_defaults=True):
    """A break of so many minutes; `title` is what the author calls it."""

    minutes: int
    title: str = ""


class PageBreak(Node, frozen=True, tag=True, omit_defaults=True):
    """A new page in print."""


class Rule(Node, frozen=True, tag=True, omit_defaults=True):
    """A rule between blocks: decoration, never printed; `slide` where it ends a slide of its author's."""

    slide: bool = False


class Footnote(Node, frozen=True, tag=True, omit_defaults=True):
    """A footnote's text, at the place where it is defined; texts refer to it by `label`."""

    label: str
    blocks: tuple[Block, ...] = ()


class Group(Node, frozen=True, tag=True, omit_defaults=True):
    """Blocks that an HTML `div` keeps together."""

    blocks: tuple[Block, ...] = ()


Block = (
    Paragraph
    | List
    | Table
    | Code
    | Drawing
    | Form
    | Math
    | Figure
    | Pictures
    | Quote
    | Definitions
    | Box
    | Field
    | Part
    | Topic
    | Section
    | Exercise
    | Parallel
    | Space
    | Break
    | PageBreak
    | Rule
    | Footnote
    | Group
)
AnyNode = Block | Item | Row | Cell | Definition
