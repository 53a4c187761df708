"""Rules on tasks: exercises that ask for nothing, and writing space that nothing asks for."""

from __future__ import annotations

from collections.abc import Iterator

from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic
from courseware.model.blocks import (
    AnyNode,
    Break,
    Cell,
    Exercise,
    Form,
    Item,
    List,
    Paragraph,
    Rule,
    Section,
    Space,
    Topic,
)
from courseware.model.inline import Blank
from courseware.model.session import Session
from courseware.model.walk import own_texts, texts, walk


def no_prompt(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Name a session's exercises in which nothing asks or leaves space: theirs is a guess."""
    bare = [e for e in session.exercises() if not any(map(_takes_words, walk(e.blocks)))]
    if session.role == "session" and bare:
        names = ", ".join(e.number for e in bare)
        message = f"nothing asks for words: exercise {names}"
        hint = "end what asks with a question mark, begin it with Write, List …, or say ::: lines 4"
        yield Diagnostic("C185", message, bare[0].span, hint)


def _takes_words(node: AnyNode) -> bool:
    """Whether a node asks, or is written in or ticked."""
    if isinstance(node, Space | Form) or (isinstance(node, List) and node.choices):
        return True
    if isinstance(node, Item) and (node.checked is not None or not node.blocks):
        return True
    if isinstance(node, Cell) and not node.header and not any(texts(node.blocks)):
        return True
    asking = isinstance(node, Item | Paragraph) and node.asks
    return asking or any(text.has(Blank) for text in own_texts(node))


def no_task(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Name writing space that nothing before it says what to write in."""
    for holder in walk(session.sections):
        blocks = getattr(holder, "blocks", ())
        heading = getattr(holder, "heading", None)
        named = not isinstance(holder, Section) or (heading is not None and bool(heading.name))
        for block, before in zip(blocks, (None, *blocks), strict=False):
            lone = before is None and not named
            if (
                isinstance(block, Space)
                and not block.titles
                and (lone or isinstance(before, _PARTS))
            ):
                hint = "say before it what to write there, or leave it out"
                yield Diagnostic("C186", "writing space without a task", block.span, hint)


_PARTS = (Rule, Break, Exercise, Topic, Section)
"""What ends what was asked before it."""
