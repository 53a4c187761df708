"""Parallel siblings: neighbours whose fields bear the same labels, in the same order.

Two or more topics, parts or list items, at least two labels of which occur in every one of them.
A label that most of them have is a column; one that most lack stays with its sibling.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from courseware.model.blocks import AnyNode, Block, List, Parallel, Part, Rule, Topic
from courseware.model.walk import field_keys, fields_of

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
                names.setdefault(field.key, field.label.plain.rstrip(": "))
    return tuple(names.values())


def _group(run: list[Topic | Part]) -> list[Block]:
    labels = shared_labels(run)
    if not labels:
        return list(run)
    return [Parallel(span=run[0].span, labels=labels, siblings=tuple(run))]


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
