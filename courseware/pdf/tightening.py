"""A first page that holds what it is for: set closer, step by step, until it does.

`<body data-first-page="ID" data-steps="close brief small">` asks that the element `ID` is on page 1. Where it is
not, `body` gets the classes of the steps, one more at a time, until it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from courseware.pdf.engine import LOGGER
from courseware.pdf.sheets import begun, block_of

MANY = 20
"""Elements behind the first page's from which a document is a book: laid out whole once, as that is what takes memory."""


def tightened(tree: Any, render: Callable[[], Any]) -> Any:
    """Return a document laid out by `render`, its first page as close as the HTML `tree` asks for."""
    body = tree.find("body")
    name = body.get("data-first-page") if body is not None else None
    if body is None or not name:
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
