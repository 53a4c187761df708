"""What of a session a product prints: directives name products, and some blocks belong to some."""

from __future__ import annotations

import msgspec

from courseware.model.blocks import Node, Space
from courseware.model.session import Session
from courseware.model.walk import rebuild


def printed_in(node: Node, name: str) -> bool:
    """Whether the product called `name` prints a node; writing space is not for the handout."""
    if node.products and name not in node.products:
        return False
    if isinstance(node, Space) and (name == "handout" or (name == "slides" and not node.titles)):
        return False
    return name not in node.except_products


def for_product(session: Session, name: str) -> Session:
    """Return a session with the blocks that a product prints."""

    def keep(node: Node) -> Node | None:
        return rebuild(node, keep) if printed_in(node, name) else None

    sections = tuple(s for s in map(keep, session.sections) if s is not None)
    return msgspec.structs.replace(session, sections=sections)
