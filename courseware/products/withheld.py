"""What a file must not hold of a session: the blocks that are withheld from those who get it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from courseware.model.blocks import AnyNode, Footnote, Node, Parallel, Text
from courseware.model.inline import plain_text
from courseware.model.session import Course, Session, hidden, orphaned_notes
from courseware.model.walk import children, own_texts, walk
from courseware.products.answers.key import is_answer
from courseware.products.table import PRODUCTS, VARIANTS, Product

LEARNERS = frozenset(
    row.name for row in (*PRODUCTS.values(), *VARIANTS.values()) if row.audience == "learner"
)
"""Products that a block may name to be seen by learners: a block that is in none of them, `only
guide`, is the facilitator's."""


class Withheld(msgspec.Struct, frozen=True):
    """A file's sessions as its readers have them: `blocks` are kept from them, outermost ones.

    `texts` are what they may read, in source order; `ids` name blocks that they do not get.
    """

    blocks: tuple[AnyNode, ...]
    texts: tuple[Text, ...]
    ids: frozenset[str]


def holds_all(product: Product) -> bool:
    """Whether a product's files may hold all of a session: those of the facilitator but slides and keys."""
    return (
        product.audience == "facilitator" and product.writer != "pptx" and product.name != "answers"
    )


def withheld(product: Product, course: Course, titles: Iterable[str]) -> Withheld | None:
    """Return what a product's files must not hold; None where they may hold all of a session.

    `course` holds the file's sessions, as the facilitator may see them; `titles` are other words that the
    files may hold.

    Slides are shown to learners, whoever gets their notes. An answer key may hold answers, and is
    held to that whoever gets it, since `answers: after` gives it to learners.
    """
    if holds_all(product):
        return None
    kept = _kept_in_key if product.name == "answers" else _kept_from_learners
    blocks: list[AnyNode] = []
    seen: list[AnyNode] = []
    open_texts = [*_facts(course), *(plain_text(title) for title in titles)]
    for session in course.sessions:
        back, open_ = _parted(session, kept)
        blocks, seen = blocks + back, seen + open_
        front = msgspec.structs.replace(session, sections=()).texts()
        open_texts += [*front, *(t for node in open_ for t in _said(node)), *_facts(session)]
    ids = {n.id for n in walk(blocks)} - {n.id for n in seen} - {""}
    return Withheld(tuple(blocks), tuple(open_texts), frozenset(ids))


def _kept_from_learners(node: AnyNode) -> bool:
    return hidden(node) or bool(node.products and not LEARNERS & set(node.products))


def _kept_in_key(node: AnyNode) -> bool:
    return _kept_from_learners(node) and not is_answer(node) and "answers" not in node.products


def _parted(
    session: Session, kept: Callable[[AnyNode], bool]
) -> tuple[list[AnyNode], list[AnyNode]]:
    """Return the outermost nodes that are kept back, and all others one by one.

    A footnote belongs to the texts that refer to it; one that none does is everyone's.
    """
    back: list[AnyNode] = []
    seen: list[AnyNode] = []

    def part(node: AnyNode) -> None:
        if kept(node):
            back.append(node)
            return
        seen.append(node)
        for child in children(node):
            part(child)

    for section in session.sections:
        part(section)
    mine = orphaned_notes(session, seen)
    orphans = [n for n in seen if isinstance(n, Footnote) and n.label in mine]
    inside = {id(n) for n in walk(orphans)}
    return [*back, *orphans], [n for n in seen if id(n) not in inside]


def _said(node: AnyNode) -> Iterator[Text]:
    yield from own_texts(node)
    if isinstance(node, Parallel):
        yield plain_text(" ".join(node.labels))


def _facts(value: Session | Course) -> Iterator[Text]:
    """Yield the words of front matter or course.yml."""
    for name in value.__struct_fields__:
        found = getattr(value, name)
        for fact in (found,) if isinstance(found, str) else found if _words(found) else ():
            yield plain_text(fact)


def _words(value: Node) -> bool:
    return isinstance(value, tuple) and all(isinstance(entry, str) for entry in value)
