"""The table of products, and what of a session each of them prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

import msgspec

from courseware.model.session import Course, Session
from courseware.model.walk import rebuild
from courseware.products.guide import guide


class Product(msgspec.Struct, frozen=True):
    """A row of `PRODUCTS`: `command` builds it, `folder` under the output holds its files.

    `content` makes what the layout gets besides the session, of the session as its audience sees it.
    """

    name: str
    command: str
    audience: Literal["learner", "facilitator"]
    layout: str
    folder: str
    suffix: str = ".pdf"
    content: Callable[[Course, Session], Any] | None = None


_ROWS = (
    Product("handout", "handouts", "learner", "handout/page.html.j2", "handouts"),
    Product("guide", "guides", "facilitator", "guide/page.html.j2", "guides", content=guide),
)
PRODUCTS = {row.name: row for row in _ROWS}
if len(PRODUCTS) != len(_ROWS):
    raise RuntimeError("a product stands twice in the table")


class Page(msgspec.Struct, frozen=True):
    """What a layout gets: the course, the session as its product prints it, the next session.

    `content` is what the product's row makes. `maps` tells where other products print a block:
    product → block's id → page or slide, from 1. `pictures` are slides' pictures by block's id.
    """

    product: Product
    course: Course
    session: Session
    titles: dict[str, str]
    content: Any = None
    maps: dict[str, dict[str, int]] = {}
    pictures: dict[str, str] = {}

    def where(self, product: str, block: str) -> int | None:
        """Return the page or slide of a product that a block is on; None where there is none."""
        return self.maps.get(product, {}).get(block)

    def span(self, product: str, blocks: Iterable[str]) -> str:
        """Return the pages or slides that blocks are on, as "4" or "4–6"; "" where there is none."""
        found = [n for n in (self.where(product, b) for b in blocks) if n is not None]
        if not found:
            return ""
        low, high = min(found), max(found)
        return f"{low}–{high}" if high > low else str(low)


def page(product: Product, course: Course, path: str) -> Page | None:
    """Return what `product` prints of the session at `path`; None where its audience has none."""
    seen = course.for_audience(product.audience)
    session = next((s for s in seen.sessions if s.path == path), None)
    if session is None:
        return None
    titles = {s.path: f"{s.label}: {s.title.plain}" if s.label else s.title.plain
              for s in seen.sessions}  # fmt: skip
    content = product.content(seen, session) if product.content else None
    return Page(product, seen, for_product(session, product.name), titles, content)


def for_product(session: Session, name: str) -> Session:
    """Return a session with the blocks that a product prints."""

    def keep(node: Any) -> Any | None:
        if node.products and name not in node.products:
            return None
        if name in node.except_products:
            return None
        return rebuild(node, keep)

    sections = tuple(s for s in map(keep, session.sections) if s is not None)
    return msgspec.structs.replace(session, sections=sections)
