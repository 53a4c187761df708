"""Rules on tasks: exercises that ask for nothing, and writing space that nothing asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from courseware.course.loading import Loaded
from courseware.diagnostics import Diagnostic
from courseware.language.vocabulary import Vocabulary, vocabulary_in
from courseware.model.blocks import (
    AnyNode,
    Box,
    Break,
    Cell,
    Code,
    Drawing,
    Exercise,
    Field,
    Form,
    Item,
    List,
    Node,
    Paragraph,
    Rule,
    Section,
    Space,
    Topic,
)
from courseware.model.inline import Blank
from courseware.model.kinds import find_kind
from courseware.model.session import Session, hidden
from courseware.model.walk import own_texts, texts, walk
from courseware.reading.structure.lead_ins import tells_to_write


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


def no_space(loaded: Loaded, session: Session) -> Iterator[Diagnostic]:
    """Name what says to write something and gets no space: what else asks in its exercise has it."""
    words = vocabulary_in(session.tongue)
    for exercise in session.exercises():
        if not any(map(_takes_words, walk(exercise.blocks))):
            continue
        for told in _told(exercise.blocks, words):
            hint = "ask it as a question, number it as a step, or put ::: lines 3 behind it"
            yield Diagnostic("C198", "says to write and has no space", told.span, hint)


def _told(blocks: Sequence[Node], words: Vocabulary) -> Iterator[Node]:
    """Yield the texts that command to write, are no prompts, and have nothing to write on behind them."""
    for block, after in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Box | Field) and (hidden(block) or _is_given(block)):
            continue
        if isinstance(block, Paragraph):
            served = after is not None and (
                isinstance(after, Drawing | Code) or any(map(_takes_words, walk([after])))
            )
            if not block.asks and not served and tells_to_write(block.text.plain, words):
                yield block
        elif isinstance(block, List):
            for item in block.items:
                if not item.asks and item.checked is None and not block.choices:
                    yield from _told(item.blocks, words)
        else:
            yield from _told(getattr(block, "blocks", ()), words)


def _is_given(block: Box | Field) -> bool:
    """Whether nothing in a block is asked: an example, a hint, an answer."""
    if isinstance(block, Box):
        return find_kind(block.kind).unasked
    return block.role in ("answer", "hint", "facilitator")


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
