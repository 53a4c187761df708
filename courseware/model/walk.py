"""Going through blocks: children, every node in source order, words, rebuilding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from operator import is_not
from typing import Any, TypeVar, cast

import msgspec

from courseware.model.blocks import (
    AnyNode,
    Block,
    Box,
    Break,
    Code,
    Definition,
    Drawing,
    Exercise,
    Field,
    Figure,
    Form,
    Heading,
    List,
    Math,
    Node,
    Paragraph,
    Parallel,
    Part,
    Rule,
    Section,
    Space,
    Table,
    Text,
    Topic,
)
from courseware.model.inline import plain_text, verbatim_text

CHILD_FIELDS = ("blocks", "items", "head", "rows", "cells", "entries", "siblings")


N = TypeVar("N", bound=Node)


@cache
def child_fields(kind: type[Node]) -> tuple[str, ...]:
    """Return the fields of a type that hold nodes, in source order."""
    return tuple(name for name in CHILD_FIELDS if name in kind.__struct_fields__)


@cache
def _last_first(kind: type[Node]) -> tuple[str, ...]:
    return child_fields(kind)[::-1]


def children(node: Node) -> Iterator[AnyNode]:
    """Yield the nodes directly in `node`, in source order."""
    for name in child_fields(type(node)):
        yield from getattr(node, name)


def walk(nodes: Iterable[Node]) -> Iterator[AnyNode]:
    """Yield every node of `nodes` and all in them, in source order, parents first."""
    waiting = cast(list[AnyNode], list(nodes))
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        yield node
        for name in _last_first(type(node)):
            waiting += getattr(node, name)[::-1]


def rebuild(node: N, keep: Callable[[Any], Node | None]) -> N:
    """Return `node` with each child replaced by `keep(child)`, dropped where that is None.

    `keep` decides on a child and goes deeper by calling `rebuild` itself.
    """
    changes: dict[str, Any] = {}
    for name in child_fields(type(node)):
        old = getattr(node, name)
        if old:
            new = tuple(n for n in map(keep, old) if n is not None)
            if len(new) != len(old) or any(map(is_not, new, old)):
                changes[name] = new
    return msgspec.structs.replace(node, **changes) if changes else node


def heading_texts(heading: Heading) -> Iterator[Text]:
    """Yield a heading's texts in source order: label, title, stated time."""
    if heading.label:
        yield plain_text(heading.label)
    if heading.title:
        yield heading.title
    if heading.time is not None and heading.time.text:
        yield plain_text(heading.time.text)


_HEADED = (Section, Topic, Part, Exercise, Box)
_OWN_TEXTS: dict[type[Node], Callable[[Any], Iterable[Text]]] = {
    **{kind: lambda node: heading_texts(node.heading) for kind in _HEADED},
    **{kind: lambda node: (verbatim_text(node.text),) for kind in (Code, Drawing)},
    Paragraph: lambda node: (node.text,),
    Definition: lambda node: (node.term,),
    Field: lambda node: (node.label, node.value),
    Math: lambda node: (verbatim_text(node.tex),),
    Form: lambda node: node.lines,
    Figure: lambda node: (plain_text(node.alt), node.caption),
    Table: lambda node: (node.caption,),
    Break: lambda node: (plain_text(node.title),),
    Space: lambda node: map(plain_text, node.titles),
}


def own_texts(node: Node) -> Iterable[Text]:
    """Return the texts that are `node`'s own, before those of its children."""
    found = _OWN_TEXTS.get(type(node))
    return found(node) if found else ()


def texts(nodes: Iterable[Node]) -> Iterator[Text]:
    """Yield every text of `nodes` in source order."""
    for node in walk(nodes):
        yield from own_texts(node)


def field_keys(node: AnyNode) -> tuple[str, ...]:
    """Return the keys of the fields directly in `node`, those that are list items included."""
    found: list[str] = []
    for child in children(node):
        if isinstance(child, Field):
            found.append(child.key)
        elif isinstance(child, List) and all(
            item.blocks and isinstance(item.blocks[0], Field) for item in child.items
        ):
            found.extend(cast(Field, item.blocks[0]).key for item in child.items)
    return tuple(found)


def fields_of(node: AnyNode) -> Iterator[Field]:
    """Yield the fields directly in `node`, those that are list items included."""
    for child in children(node):
        if isinstance(child, Field):
            yield child
        elif isinstance(child, List):
            for item in child.items:
                if item.blocks and isinstance(item.blocks[0], Field):
                    yield item.blocks[0]


def blocks_of(nodes: Iterable[Node], kind: type[Block] | tuple[type[Block], ...]) -> Iterator[Any]:
    """Yield every node of a kind, in source order."""
    return (node for node in walk(nodes) if isinstance(node, kind))


LEAST = 2
"""Siblings that make a group, and labels that all of them must have."""


def shared_labels(nodes: Sequence[AnyNode]) -> tuple[str, ...]:
    """Return the labels of a group of siblings, or () where they are not parallel."""
    if len(nodes) < LEAST:
        return ()
    keys = [field_keys(node) for node in nodes]
    if any(len(set(k)) != len(k) for k in keys):
        return ()
    common = [key for key in keys[0] if all(key in k for k in keys)]
    if len(common) < LEAST or any([k for k in ks if k in common] != common for ks in keys):
        return ()
    counted = Counter(key for ks in keys for key in ks)
    most = {key for key, count in counted.items() if count * 2 >= len(nodes)}
    names: dict[str, str] = {}
    for node in nodes:
        for field in fields_of(node):
            if field.key in most:
                names.setdefault(field.key, field.label.plain.rstrip(":： "))
    return tuple(names.values())


def _group(run: list[Topic | Part]) -> list[Block]:
    """Return a run with all its parallel siblings in one, else with each stretch of them in one."""
    found: list[Block] = []
    at = 0
    while at < len(run):
        ends = [end for end in range(len(run), at + 1, -1) if shared_labels(run[at:end])]
        end = ends[0] if ends else at + 1
        some = run[at:end]
        labels = shared_labels(some)
        behind: list[Block] = []
        if labels and end == len(run):
            some, behind = _ended(some)
        found += (
            [Parallel(span=some[0].span, labels=labels, siblings=tuple(some))] if labels else some
        )
        found += behind
        at = end
    return found


_CALLOUTS = frozenset({"note", "tip", "important", "warning", "caution", "callout"})


def _ended(siblings: list[Topic | Part]) -> tuple[list[Topic | Part], list[Block]]:
    """Split off what stands in the last of parallel siblings and is said of all of them.

    It is what follows a rule, or callouts and figures at its end where no other sibling has one.
    """
    *others, last = siblings
    blocks = list(last.blocks)
    rule = next((n for n, b in enumerate(blocks) if isinstance(b, Rule)), len(blocks))
    end = rule
    if not any(_stands_apart(b) for sibling in others for b in sibling.blocks):
        while end > 1 and _stands_apart(blocks[end - 1]):
            end -= 1
    kept = msgspec.structs.replace(last, blocks=tuple(blocks[:end]))
    if not any(shared_labels([*others, kept])):
        return siblings, []
    return [*others, kept], [*blocks[end:rule], *blocks[rule + 1 :]]


def _stands_apart(block: Block) -> bool:
    return isinstance(block, Figure) or (isinstance(block, Box) and block.kind in _CALLOUTS)


def grouped(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return `blocks` with each run of parallel siblings put into one `Parallel`."""
    result: list[Block] = []
    run: list[Topic | Part] = []
    for block in blocks:
        kind = type(run[0]) if run else None
        if isinstance(block, Topic | Part) and (kind is None or type(block) is kind):
            run.append(block)
            continue
        if run and isinstance(block, Rule):
            continue
        result.extend(_group(run))
        run = []
        if isinstance(block, Topic | Part):
            run = [block]
        elif isinstance(block, List):
            result.append(msgspec.structs.replace(block, labels=shared_labels(block.items)))
        else:
            result.append(block)
    result.extend(_group(run))
    return tuple(result)


def ungrouped(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return `blocks` with each `Parallel` replaced by its siblings."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Parallel):
            result.extend(block.siblings)
        else:
            result.append(block)
    return tuple(result)
