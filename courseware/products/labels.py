"""How pages are called in the whole course: "7·3" in a handout, "7·W3" in a worksheet."""

from __future__ import annotations

from urllib.parse import quote

from courseware.language.printed import Printed

INSIDE = "courseware:"
"""What the address of a link to another part of a course's file begins with: `pdf.joining` leads it there."""
SIBLING = "sibling:"
"""What the address of a link to another session's handout begins with, in a handout."""
_EDGE = "\u200e·.- "
"""What stands between a session's mark and a page: not without a mark."""


def page_label(words: Printed, product: str, mark: str, page: int | str = "") -> str:
    """Return the label of a page of a session's product; without a page, what all its labels begin with.

    Slides and what else has no label of its own are called by their numbers.
    """
    name = f"{product}_label"
    if name not in words:
        return str(page)
    said = words(name, session=mark, page=page)
    return said if mark else said.lstrip(_EDGE)


def address(part: str, page: int, block: str = "", start: str = INSIDE) -> str:
    """Return the address of a page of a part, or of a block on it that is a place there."""
    return f"{start}{part}/{page}" + (f"#{quote(block)}" if block else "")


def file_address(address: str) -> str:
    """Return the address of another session's handout as a file beside this one, with the place or page in it."""
    path, _, place = address.removeprefix(SIBLING).partition("#")
    part, _, page = path.partition("/")
    return f"{part}.pdf#{place or f'page={page}'}"


def part_name(session: str, product: str) -> str:
    """Return how a session's product is called in a course's file that holds it; `session` names its files.

    The handout is called like the session. No block's place has such a name.
    """
    return session if product == "handout" else f"{session}.{product}"
