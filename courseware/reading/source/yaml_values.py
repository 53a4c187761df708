"""YAML as plain values, each with its place: bounded, and in the types of YAML 1.2."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import yaml

from courseware.reading.source.decoding import without_controls

DEEPEST = 20
"""Lists and mappings inside each other."""
MOST_NODES = 10_000
"""Nodes that YAML may expand to: aliases that multiply are refused (a "YAML bomb")."""


class Value:
    """A value with the line it stands on (from 1) and its column."""

    __slots__ = ("column", "line", "value")

    def __init__(self, value: Any, line: int, column: int = 1) -> None:
        """Keep a plain value (str, int, float, bool, None, list, dict of `Value`)."""
        self.value, self.line, self.column = value, line, column


class YamlError(Exception):
    """YAML that cannot be read: what, where."""

    def __init__(self, message: str, line: int, column: int) -> None:
        """Keep the place, line and column from 1."""
        super().__init__(message)
        self.line, self.column = line, column


class YamlSyntaxError(YamlError):
    """YAML that its grammar does not know, or a key that stands twice."""


_INT = re.compile(r"[-+]?\d{1,18}\Z")
_FLOAT = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+)(?:e[-+]?\d+)?\Z", re.IGNORECASE)
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def _scalar(node: yaml.ScalarNode) -> str | float | bool | None:
    text = without_controls(node.value)
    if node.style is not None:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INT.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text


def _see_depth(events: Iterable[yaml.Event], first_line: int) -> None:
    """Raise `YamlError` where YAML is nested deeper than the library, in C, can follow."""
    depth = 0
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            mark = event.start_mark
            line, column = (mark.line, mark.column) if mark else (0, 0)
            raise YamlError("nested too deep", first_line + line, column + 1)


def read_yaml(text: str, first_line: int = 1) -> Value:
    """Return YAML as plain values with places (YAML 1.2's core types); raise `YamlError`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _see_depth(yaml.parse(text, Loader=loader), first_line)
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        problem = error.problem or error.context or "not YAML"
        raise YamlSyntaxError(problem, first_line + line, column + 1) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise YamlError(str(error).split("\n")[0] or "nested too deep", first_line, 1) from None
    count = 0

    def build(node: yaml.Node, depth: int = 0) -> Value:
        nonlocal count
        count += 1
        line, column = first_line + node.start_mark.line, node.start_mark.column + 1
        if count > MOST_NODES or depth > DEEPEST:
            raise YamlError("it expands to more than a course can hold", line, column)
        if isinstance(node, yaml.ScalarNode):
            return Value(_scalar(node), line, column)
        if isinstance(node, yaml.SequenceNode):
            return Value([build(n, depth + 1) for n in node.value], line, column)
        pairs: dict[str, Value] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in pairs:
                place = key.start_mark
                raise YamlSyntaxError(
                    f'"{name}" stands twice', first_line + place.line, place.column + 1
                )
            built = build(value, depth + 1)
            pairs[name] = Value(built.value, first_line + key.start_mark.line, built.column)
        return Value(pairs, line, column)

    return build(root) if root is not None else Value({}, first_line)
