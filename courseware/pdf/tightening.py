"""A first page that holds what it is for, no last page of a few lines, none a third empty: set closer until it is so.

`<body data-first-page="ID" data-steps="close brief small">` asks that the element `ID` is on page 1. Where it is
not, `body` gets the classes of the steps, one more at a time, until it is. `<body data-last-page="snug closer">` asks
that no page is turned for a few lines, and none before the last ends high: `body` has the first class, too, where that
saves the last page or fills the others; else both, where they do. The steps of `data-spare` are for a last page of a
few lines alone: they give up room that is there to be used, as lines for notes are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from courseware.pdf.engine import LOGGER
from courseware.pdf.sheets import begun, block_of, ended, filled

MANY = 6
"""Elements behind the first page's from which that page is tried alone: laying all out again takes longer, and memory."""

FEW = 0.25
"""Share of its height up to which a last page holds but a few lines."""

HIGH = 0.68
"""Share of its height above which a page ends high: what stands on the next one did not fit on it whole."""


def tightened(tree: Any, render: Callable[[], Any]) -> Any:
    """Return a document laid out by `render`, as close as the HTML `tree` asks for."""
    body = tree.find("body")
    return render() if body is None else closer_set(body, render, _with_first_page(body, render))


def closer_set(body: Any, render: Callable[[], Any], document: Any) -> Any:
    """Return a document, or one set closer by `render` that saves its last page of a few lines, or fills the others."""
    steps = _steps(body, document)
    if not steps:
        return document
    kept, found = body.get("class"), document
    for step in steps:
        body.set("class", f"{body.get('class', '')} {step}".strip())
        closer = render()
        if _is_better(closer, found) and _keeps(body, closer, document):
            kept, found = body.get("class"), closer
            if filled(found.pages[-1]) > FEW:
                break
    body.attrib.pop("class")
    if kept is not None:
        body.set("class", kept)
    return found


def _steps(body: Any, document: Any) -> list[str]:
    """Return what may be taken: all where the last page holds but a few lines, the first where one before it ends high."""
    steps, spare = (body.get(name, "").split() for name in ("data-last-page", "data-spare"))
    if not (steps or spare) or len(document.pages) < 2:
        return []
    if filled(document.pages[-1]) <= FEW:
        return [*steps, *spare]
    return steps if steps and ends_high(document) else []


def _is_better(closer: Any, document: Any) -> bool:
    """Return whether a document set closer has fewer pages, or as many and fewer that end high."""
    if len(closer.pages) < len(document.pages):
        return True
    return len(closer.pages) == len(document.pages) and _ending_high(closer) < _ending_high(
        document
    )


def _keeps(body: Any, closer: Any, document: Any) -> bool:
    """Return whether a document set closer still has on page 1 what its `body` asks for, where it had it."""
    name = body.get("data-first-page")
    return not name or not _holds(document, name) or _holds(closer, name)


def ends_high(document: Any) -> bool:
    """Whether a page before the last ends high; asked cheaply."""
    return any(ended(page) < HIGH for page in document.pages[:-1])


def _ending_high(document: Any) -> int:
    return sum(ended(page) < HIGH for page in document.pages[:-1])


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
