"""What a segment's slides show, in a few words: the guide lists them in place of their pictures."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from courseware.language.counting import first_words
from courseware.model.blocks import AnyNode, Code, Field, Figure, Paragraph
from courseware.model.heading import Heading
from courseware.model.session import hidden
from courseware.model.times.timing import Segment
from courseware.model.walk import fields_of, texts, walk

WORDS = 8
"""Words told of a slide, at most."""


class GuideSlide(msgspec.Struct, frozen=True):
    """A slide: its number, its title, the words of what stands below; "" where it has none."""

    number: int
    title: str
    words: str = ""


def shown(
    segment: Segment, numbers: Mapping[str, int], most: int = WORDS, comma: str = ", "
) -> tuple[GuideSlide, ...]:
    """Return the slides of a segment in order; `numbers` are slides, from 1, by what begins on them.

    `comma` stands between the names of what is on a slide.
    A title that the segment or the slide before has already is told once.
    """
    nodes: dict[int, list[AnyNode]] = {}
    if segment.id in numbers:
        nodes[numbers[segment.id]] = []
    for node in walk(segment.blocks):
        if node.id in numbers and not hidden(node):
            nodes.setdefault(numbers[node.id], []).append(node)
    said, found = segment.title, list[GuideSlide]()
    for number in sorted(nodes):
        heads = list(dict.fromkeys(name for name in map(_name, nodes[number]) if name))
        alone = len([node for node in nodes[number] if _heading(node)]) == 1
        title = heads.pop(0) if heads and (found or alone) else said
        words = _few(heads, nodes[number], most, comma)
        shown_title = "" if title == said and (words or found) else title
        if shown_title or words:
            found.append(GuideSlide(number, shown_title, words))
        said = title
    return tuple(found)


def _heading(node: AnyNode) -> str:
    heading = getattr(node, "heading", None)
    return heading.name if isinstance(heading, Heading) else ""


def _name(node: AnyNode) -> str:
    """Return what a node is called on a slide: its heading, its label, a picture's text."""
    if isinstance(node, Figure):
        return node.alt
    label = next(iter(fields_of(node)), None) if not _heading(node) else None
    return (_heading(node) or (label.label.plain if label is not None else "")).rstrip(" :：")


def _few(names: list[str], nodes: list[AnyNode], most: int, comma: str) -> str:
    """Return the names of what stands on a slide, or else its first words, `most` of them."""
    said = comma.join(name for name in names if name) or _first(nodes)
    return first_words(" ".join(said.split()), most)


def _first(nodes: list[AnyNode]) -> str:
    """Return the first words of a slide's running text, headings aside, or else of what is shown on it."""
    said = (
        n.text if isinstance(n, Paragraph) else n.value
        for n in nodes
        if isinstance(n, Paragraph | Field)
    )
    words = next((text.plain for text in said if text.plain), "")
    return words or next(filter(None, map(_line, nodes)), "")


def _line(node: AnyNode) -> str:
    """Return the first line of code, or the first words of a list, a table, a box."""
    if isinstance(node, Code):
        return next((line.strip() for line in node.text.splitlines() if line.strip()), "")
    return next((text.plain for text in texts([node]) if text.plain), "")
