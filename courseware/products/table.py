"""The table of products, and what of a session each of them prints."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from courseware.model.session import Course, Session
from courseware.model.walk import rebuild


class Product(msgspec.Struct, frozen=True):
    """A row of `PRODUCTS`: `command` builds it, `folder` under the output holds its files."""

    name: str
    command: str
    audience: Literal["learner", "facilitator"]
    layout: str
    folder: str
    suffix: str = ".pdf"


_ROWS = (Product("handout", "handouts", "learner", "handout/page.html.j2", "handouts"),)
PRODUCTS = {row.name: row for row in _ROWS}
if len(PRODUCTS) != len(_ROWS):
    raise RuntimeError("a product stands twice in the table")


class Page(msgspec.Struct, frozen=True):
    """What a layout gets: the course, the session as its product prints it, the next session."""

    product: Product
    course: Course
    session: Session
    titles: dict[str, str]


def page(product: Product, course: Course, path: str) -> Page | None:
    """Return what `product` prints of the session at `path`; None where its audience has none."""
    seen = course.for_audience(product.audience)
    session = next((s for s in seen.sessions if s.path == path), None)
    if session is None:
        return None
    titles = {s.path: f"{s.label}: {s.title.plain}" if s.label else s.title.plain
              for s in seen.sessions}  # fmt: skip
    return Page(product, seen, for_product(session, product.name), titles)


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
