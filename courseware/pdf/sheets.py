"""What WeasyPrint laid out, as frozen values: sheets of pieces, in points from a page's top left.

`Document.pages[i]._page_box` and the boxes below it are WeasyPrint's own, not its public interface;
this file alone reads them, and tests/inspection/test_quality.py says when they change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal
from urllib.parse import unquote

import msgspec

from courseware.pdf.engine import boxes

POINT = 0.75
"""Points in a CSS pixel: 72 / 96."""
KEPT = frozenset({"avoid", "avoid-page", "avoid-column"})
FORCED = frozenset({"page", "left", "right", "recto", "verso"})


class LayoutBox(msgspec.Struct, frozen=True):
    """A box: a block, a line, a text run or a picture, with what lies in it, in source order.

    `element` numbers the HTML element in document order, the same on every page that it lies on;
    0 where there is none. `whole` is `break-inside: avoid`, `keeps` `break-after: avoid`, `across`
    a flex or grid container, `inked` has a border or a ground of its own, `starts_page` is
    a forced break before it, `flows` is neither floated
    nor placed. `size` is the type's size in points.
    """

    kind: Literal["block", "line", "text", "picture"]
    tag: str
    element: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    classes: tuple[str, ...] = ()
    text: str = ""
    whole: bool = False
    keeps: bool = False
    across: bool = False
    inked: bool = False
    starts_page: bool = False
    flows: bool = True
    id: str = ""
    pieces: tuple[LayoutBox, ...] = ()

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top


class LayoutPage(msgspec.Struct, frozen=True):
    """A page: its paper, the area inside its margins, and what lies there.

    `notes` are the footnotes, `margins` the running lines. `notes_top` is where the footnotes
    begin, the area's bottom where there are none.
    """

    number: int
    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    notes_top: float
    pieces: tuple[LayoutBox, ...]
    notes: tuple[LayoutBox, ...]
    margins: tuple[LayoutBox, ...]


BLOCK = "data-block"
"""The attribute that names a block where its place is not to be linked to."""
PLACES = frozenset(
    {"article", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "section", "table"}
)
"""Elements whose `id` a link from elsewhere may name."""


def walk(pieces: Iterable[LayoutBox]) -> Iterator[LayoutBox]:
    """Yield pieces and all in them, in source order, parents first."""
    for piece in pieces:
        yield piece
        yield from walk(piece.pieces)


def words(piece: LayoutBox) -> str:
    """Return a piece's text on one line."""
    return " ".join(p.text.strip() for p in walk((piece,)) if p.text.strip())


def sheets(document: Any) -> tuple[LayoutPage, ...]:
    """Return the pages of a `weasyprint.Document`."""
    numbers: dict[int, int] = {}
    made = []
    for number, page in enumerate(document.pages, 1):
        box = page._page_box
        if not numbers:
            root = next(b.element for b in box.children if b.element_tag == "html")
            numbers = {id(element): n for n, element in enumerate(root.iter(), 1)}
        made.append(_sheet(number, box, numbers))
    return tuple(made)


def filled(page: Any) -> float:
    """Return the share of its height that the flow of a page of a `weasyprint.Document` fills, 0 to 1."""
    box = page._page_box
    flow = next(b for b in box.children if b.element_tag == "html")
    low = max((b.position_y + b.margin_height() for b in flow.children), default=0.0)
    return float((low - box.content_box_y()) / box.height)


def ended(page: Any) -> float:
    """Return the share of its height at which the last text or picture of a page ends; 1 where it has footnotes."""
    box = page._page_box
    if any(isinstance(b, boxes.FootnoteAreaBox) and b.children for b in box.children):
        return 1.0
    flow = next(b for b in box.children if b.element_tag == "html")
    low = max((b.position_y + b.height for b in flow.descendants(placeholders=True)
               if isinstance(b, boxes.TextBox | boxes.ReplacedBox)), default=0.0)  # fmt: skip
    return float((low - box.content_box_y()) / box.height)


def begun(document: Any) -> tuple[tuple[str, ...], ...]:
    """Return, for each page of a `weasyprint.Document`, the identifiers of what lies there."""
    return tuple(
        tuple(dict.fromkeys(
            name for box in page._page_box.descendants(placeholders=True) if (name := block_of(box.element))
        ))
        for page in document.pages
    )  # fmt: skip


def block_of(element: Any) -> str:
    """Return the identifier of the block that an element prints, or ""."""
    return "" if element is None else element.get("id") or element.get(BLOCK) or ""


def name_places(tree: Any) -> None:
    """Let a page's tree have an `id` only where it names a place: others become `data-block`.

    The layout engine makes each `id` a place that a link may lead to, which keeps elements from sharing
    their style. Sections, figures and tables stay places (`handout.pdf#exercise-2`), and all that a link
    of the page leads to.
    """
    links = (element.get("href") or "" for element in tree.iter("a"))
    wanted = {unquote(link[1:]) for link in links if link.startswith("#")}
    for element in tree.iter():
        name = element.get("id")
        if name and element.tag not in PLACES and name not in wanted:
            element.set(BLOCK, element.attrib.pop("id"))


def _sheet(number: int, box: Any, numbers: dict[int, int]) -> LayoutPage:
    margins = [b for b in box.children if isinstance(b, boxes.MarginBox)]
    notes = [b for b in box.children if isinstance(b, boxes.FootnoteAreaBox)]
    flow = [b for b in box.children if b not in margins and b not in notes]
    left, top = box.content_box_x() * POINT, box.content_box_y() * POINT
    bottom = top + box.height * POINT
    tops = [b.position_y * POINT for b in notes if b.children]
    return LayoutPage(
        number, box.margin_width() * POINT, box.margin_height() * POINT,
        left, top, left + box.width * POINT, bottom, min(tops, default=bottom),
        *(tuple(_piece(b, numbers) for b in found) for found in (flow, notes, margins)),
    )  # fmt: skip


def _piece(box: Any, numbers: dict[int, int]) -> LayoutBox:
    box = getattr(box, "_box", box)  # an AbsolutePlaceholder stands for its box
    left, top, width, height = (value * POINT for value in box.hit_area())
    style = box.style
    return LayoutBox(
        _kind(box), box.element_tag or "", numbers.get(id(box.element), 0),
        left, top, left + width, top + height, style["font_size"] * POINT,
        tuple((box.element.get("class") or "").split()) if box.element is not None else (),
        box.text if isinstance(box, boxes.TextBox) else "",
        style["break_inside"] in KEPT, style["break_after"] in KEPT,
        isinstance(box, boxes.FlexContainerBox | boxes.GridContainerBox),
        _inked(box), style["break_before"] in FORCED, box.is_in_normal_flow(),
        block_of(box.element),
        tuple(_piece(child, numbers) for child in _inside(box)),
    )  # fmt: skip


def _inside(box: Any) -> Iterable[Any]:
    return box.children if isinstance(box, boxes.ParentBox) else ()


def _inked(box: Any) -> bool:
    if isinstance(box, boxes.TextBox | boxes.LineBox) or box.element_tag in ("html", "body"):
        return False
    lines = any(getattr(box, f"border_{side}_width") for side in ("top", "right", "bottom", "left"))
    return lines or bool(box.style["background_color"].alpha)


def _kind(box: Any) -> Literal["block", "line", "text", "picture"]:
    if isinstance(box, boxes.ReplacedBox):
        return "picture"
    if isinstance(box, boxes.TextBox):
        return "text"
    return "line" if isinstance(box, boxes.LineBox) else "block"
