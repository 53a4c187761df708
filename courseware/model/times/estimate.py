"""Minutes that nobody stated, estimated from what a block holds.

The figures are data, here and nowhere else; docs/timing.md tells where each comes from.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from courseware.language.counting import count_words
from courseware.model.blocks import (
    AnyNode,
    Box,
    Break,
    Exercise,
    Field,
    Footnote,
    Item,
    Paragraph,
    Row,
)
from courseware.model.kinds import select_kinds
from courseware.model.session import hidden
from courseware.model.walk import children, own_texts, texts, walk

WORDS_A_MINUTE = 85
"""Written words that a facilitator gets through in a minute of showing, telling and answering.

Lectures are spoken at some 140 words a minute; seven published lessons whose authors state their
teaching minutes print 68 to 233 words for each of them, three of them fewer than 85.
"""
POINT_WORDS = 15
"""Words that a paragraph, a list item, a field or a table row counts at least: some 10 seconds.

A short point on a page is a cue; it is told, not read out. A choice of ours.
"""
PROMPT_MINUTES = 5
"""A prompt of an exercise: a session with 19 of them states 105 minutes, one with 13 states 75."""
QUESTION_MINUTES = 2
"""A question put to the whole room: a minute to think, a minute to answer. A choice of ours."""
DEBRIEF_MINUTES = 1
"""A question that closes an exercise. A choice of ours."""
GROUP_MINUTES = 3
"""Forming groups, and coming back from them. A choice of ours."""
ASIDE = select_kinds(lambda kind: kind.timing in ("aside", "spare"))
"""Boxes that are not told to the room: for those who are stuck, or ahead, or drawn instead."""


def words(nodes: Iterable[AnyNode]) -> int:
    """Return how many words of `nodes` are told to the room; exercises and notes are not."""
    count = 0
    for node in nodes:
        aside = isinstance(node, Box) and node.kind in ASIDE
        if aside or hidden(node) or isinstance(node, Exercise | Footnote | Break):
            continue
        own = sum(count_words(text.plain) for text in own_texts(node))
        if isinstance(node, Row):
            own = sum(count_words(text.plain) for text in texts([node]))
        if own and isinstance(node, Paragraph | Field | Row):
            own = max(own, POINT_WORDS)
        count += own + (0 if isinstance(node, Row) else words(children(node)))
    return count


def asked(nodes: Iterable[AnyNode]) -> int:
    """Return how many prompts `nodes` hold for the learner."""
    return sum(isinstance(n, Item | Paragraph) and n.asks for n in walk(nodes) if not hidden(n))


def _debriefs(nodes: Iterable[AnyNode]) -> int:
    boxes = [n for n in walk(nodes) if isinstance(n, Box) and n.kind == "debrief"]
    items = sum(isinstance(n, Item) for box in boxes for n in walk(box.blocks))
    return max(items, len(boxes))


def teaching(blocks: Iterable[AnyNode]) -> int:
    """Return the minutes of teaching `blocks`, at least one."""
    blocks = tuple(blocks)
    return max(1, ceil(words(blocks) / WORDS_A_MINUTE))


def questions(blocks: Iterable[AnyNode]) -> int:
    """Return the minutes of questions put to the whole room."""
    blocks = tuple(blocks)
    return max(1, QUESTION_MINUTES * asked(blocks))


def working(blocks: Iterable[AnyNode], grouped: bool) -> int:
    """Return the minutes of an exercise or activity: told, worked through, closed."""
    blocks = tuple(blocks)
    minutes = PROMPT_MINUTES * max(1, asked(blocks)) + DEBRIEF_MINUTES * _debriefs(blocks)
    return ceil(words(blocks) / WORDS_A_MINUTE) + minutes + (GROUP_MINUTES if grouped else 0)
