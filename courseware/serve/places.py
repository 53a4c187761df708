"""Where blocks are on laid out pages, what a page shows, and which blocks changed.

`Document.pages[i]._page_box` and the boxes below it are WeasyPrint's own, as in `pdf/sheets.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from courseware.files import fingerprint
from courseware.inspection.leaks import letters
from courseware.pdf.engine import boxes
from courseware.pdf.sheets import block_of

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
WRAPPERS = frozenset({"section", "article"})
"""Elements that hold many blocks: what leads to their line is their heading."""
BEFORE, BEHIND = ("glance-", "segment-"), ("-space", "-cue", "-answer")
"""What layouts put before or behind a block's id where they print something of it."""
PARTS = frozenset({"li", "tr"})
"""Elements without an id that have a line of their own: items of a list, rows of a table."""
PART = "/"
"""Between the id of a list or table and the number of its item or row, from 1."""
TITLE = f"{PART}title"
"""The name of the session's title, which is no block."""
SHOWN = 90
"""Characters of a block's words that are told with its place."""
Rect = tuple[float, float, float, float]
"""Left, top, width and height in hundredths of a page's width and height."""


Blocks = tuple[tuple[str, str, Rect], ...]
"""The blocks of a page in source order: an element's id, its own words, its rectangle."""


class Spot(msgspec.Struct, frozen=True, array_like=True):
    """A block's place on a page: id, first and last line in the source, whether it changed, first words, rectangle."""

    id: str
    line: int
    end: int
    changed: bool
    words: str
    rect: Rect


class Shape(msgspec.Struct, frozen=True):
    """A page as laid out: what it shows, as a fingerprint; each block's id, words and rectangle."""

    print: str
    width: float
    height: float
    blocks: Blocks


def shapes(document: Any) -> Iterator[Shape]:
    """Yield the pages of a `weasyprint.Document`; sizes are in CSS pixels."""
    walk = _Walk(parts_of(document._html.etree_element))
    for page in document.pages:
        yield walk.shape(page._page_box)


class _Found(msgspec.Struct):
    """An element that is a block: its name, words that are its own, where it is, whether it holds others."""

    name: str
    words: list[str]
    area: Any
    wraps: bool = False


def parts_of(tree: Any) -> dict[Any, str]:
    """Return the names of elements without an id in a page's tree that have a line of their own.

    Items and rows have a number in their block, a footnote its letters; the page's heading is the title.
    """
    found: dict[Any, str] = {}
    counts: Counter[str] = Counter()

    def go(element: Any, block: str) -> None:
        block = block_of(element) or block
        if element.tag in PARTS and block and not block_of(element):
            counts[block] += 1
            found[element] = f"{block}{PART}{counts[block]}"
        elif "footnote" in (element.get("class") or "").split():
            found[element] = footnote_name("".join(element.itertext()))
        elif element.tag == "h1" and not block_of(element):
            found[element] = TITLE
        for child in element:
            go(child, block)

    go(tree, "")
    return found


def footnote_name(words: str) -> str:
    """Return what a footnote of such words is called."""
    return f"{PART}{letters(words)}"


class _Walk:
    """Goes through a document's boxes; `parts` are the names of elements without an id."""

    def __init__(self, parts: Mapping[Any, str]) -> None:
        self.begun: set[str] = set()
        self.parts = parts
        self.drawn: list[str] = []
        self.found: list[_Found] = []

    def shape(self, box: Any) -> Shape:
        """Return a page's shape."""
        width, height = box.margin_width(), box.margin_height()
        self.drawn, self.found = [], []
        self.go(box, None, _Found("", [], None))
        rows = [one for one in self.found if not (one.wraps and one.name in self.begun)]
        self.begun |= {one.name for one in rows}
        blocks = tuple(
            (one.name, " ".join(one.words), _share(one.area, width, height)) for one in rows
        )
        return Shape(fingerprint("\n".join(self.drawn).encode()), width, height, blocks)

    def go(self, box: Any, of: Any, inside: _Found) -> None:
        """Note what is drawn of a box and all in it, and the blocks that begin there.

        `of` is the element of the box around it, `inside` the block that it is in.
        """
        box = getattr(box, "_box", box)  # an AbsolutePlaceholder stands for its box
        element = box.element
        area = box.hit_area()
        self.drawn.append(_drawing(box, element, area))
        shown = "::" not in (box.element_tag or "")  # a footnote's mark is none of its words
        if element is not of and shown and (name := self.name(element)):
            wraps = box.element_tag in WRAPPERS
            heads = (b.hit_area() for b in box.descendants() if b.element_tag in HEADINGS)
            at = next(heads, None) if wraps else area
            inside = _Found(name, [], at, wraps)
            if at is not None:
                self.found.append(inside)
        if isinstance(box, boxes.TextBox) and shown:
            inside.words.append(box.text.strip())
        elif isinstance(box, boxes.ReplacedBox) and element is not None:
            inside.words.append(element.get("src") or "")
        if isinstance(box, boxes.ParentBox):
            for child in box.children:
                self.go(child, element, inside)

    def name(self, element: Any) -> str:
        """Return the name of the block, item or row that an element is, or ""."""
        return block_of(element) or self.parts.get(element, "")


def _drawing(box: Any, element: Any, area: Any) -> str:
    """Return all that tells how a box is drawn: its place, and what styles go by."""
    own = tuple(element.items()) if element is not None and box.element_tag == element.tag else ""
    text = box.text if isinstance(box, boxes.TextBox) else ""
    return f"{box.element_tag} {own} {[round(side, 2) for side in area]} {text}"


def _share(area: Any, width: float, height: float) -> Rect:
    left, top, across, down = area
    return (
        round(100 * left / width, 2), round(100 * top / height, 2),
        round(100 * across / width, 2), round(100 * down / height, 2),
    )  # fmt: skip


def block_id(name: str, lines: Mapping[str, tuple[int, int]]) -> str:
    """Return the id of the block that an element's id names, "" where it names none."""
    for start in ("", *BEFORE):
        for end in ("", *BEHIND):
            if name.startswith(start) and name.endswith(end):
                bare = name[len(start) : len(name) - len(end)]
                if bare in lines:
                    return bare
    return name.partition(PART)[0] if PART in name and name.partition(PART)[0] in lines else ""


def spots(
    pages: Sequence[Blocks],
    lines: Mapping[str, tuple[int, int]],
    changed: Callable[[frozenset[str]], Mapping[str, Collection[str]]],
) -> tuple[tuple[Spot, ...], ...]:
    """Return the blocks of each page that have a line in the source.

    `lines` are first and last line by name. `changed` takes the names that are on the pages, and returns
    those that changed, each with letters one of which its words hold then.
    """
    named = [[(block_id(row[0], lines), row) for row in blocks] for blocks in pages]
    new = changed(frozenset(name for rows in named for name, _ in rows))
    return tuple(
        tuple(
            Spot(
                name.partition(PART)[0],
                *lines[name],
                _holds(words, new.get(name, ())),
                words[:SHOWN],
                rect,
            )
            for name, (_, words, rect) in rows
            if name
        )
        for rows in named
    )


def _holds(words: str, some: Collection[str]) -> bool:
    said = letters(words) if some else ""
    return bool(words) and any(one in said for one in some)
