"""A first page that holds what it is for, and no last page of a few lines: set closer until it is so.

`<body data-first-page="ID" data-steps="close brief small">` asks that the element `ID` is on page 1. Where it is
not, `body` gets the classes of the steps, one more at a time, until it is. `<body data-last-page="snug">` asks
that no page is turned for a few lines: where that saves the last page, `body` has that class, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from courseware.pdf.engine import LOGGER
from courseware.pdf.sheets import begun, block_of, filled

MANY = 20
"""Elements behind the first page's from which a document is a book: laid out whole once, as that is what takes memory."""

FEW = 0.2
"""Share of its height up to which a last page holds but a few lines."""


def tightened(tree: Any, render: Callable[[], Any]) -> Any:
    """Return a document laid out by `render`, as close as the HTML `tree` asks for."""
    body = tree.find("body")
    document = render() if body is None else _with_first_page(body, render)
    step = "" if body is None else body.get("data-last-page", "")
    if not step or len(document.pages) < 2 or filled(document.pages[-1]) > FEW:
        return document
    before = body.get("class")
    body.set("class", f"{before or ''} {step}".strip())
    closer = render()
    if len(closer.pages) < len(document.pages):
        return closer
    body.attrib.pop("class")
    if before is not None:
        body.set("class", before)
    return document


def _with_first_page(body: Any, render: Callable[[], Any]) -> Any:
    """Return a document laid out by `render`, its first page as close as its `body` asks for."""
    name = body.get("data-first-page")
    if not name:
        return render()
    children = list(body)
    last = next((at for at, child in enumerate(children) if block_of(child) == name), 0)
    rest, steps = children[last + 1 :], body.get("data-steps", "").split()
    if len(rest) > MANY:
        steps.insert(0, "")
    elif _holds(document := render(), name):
        return document
    _take_steps(body, name, steps, rest, render)
    return render()


def _holds(document: Any, name: str) -> bool:
    pages = begun(document)
    return not pages or name in pages[0] or not any(name in page for page in pages)


def _take_steps(
    body: Any, name: str, steps: Sequence[str], rest: Sequence[Any], render: Callable[[], Any]
) -> None:
    """Take steps until page 1 holds the element `name`, the `rest` behind it set aside meanwhile.

    What the engine has to say of such a part it says of the whole, but for references into the rest.
    """
    for child in rest:
        body.remove(child)
    LOGGER.disabled = True
    try:
        for step in steps:
            if step:
                body.set("class", f"{body.get('class', '')} {step}".strip())
            if _holds(render(), name):
                break
    finally:
        LOGGER.disabled = False
        body.extend(rest)
