"""Front matter: YAML between `---` or TOML between `+++`, with the line of each value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any

import yaml

from courseware.diagnostics import Diagnostic, Span, did_you_mean
from courseware.reading.source.decoding import without_controls

KEYS = (
    "title", "number", "module", "duration", "language", "lang", "audience", "prerequisites",
    "materials", "room", "tags", "teaching", "exercises", "break", "minutes", "time",
    "questions", "objectives", "keypoints",
)  # fmt: skip
MINUTE_KEYS = ("teaching", "exercises", "break", "minutes", "time")
SECTION_KEYS = {"questions": "guiding", "objectives": "objectives", "keypoints": "takeaways"}
"""Keys that hold a section's texts, with its kind, in the order in which they are printed."""
LIST_KEYS = ("prerequisites", "materials", "tags")
MOST_CHARACTERS = 20_000
"""Characters of front matter that are read; a long one has a thousand."""
DEEPEST = 20
"""Lists and mappings inside each other."""
MOST_TOLD = 12
"""Unknown keys that one finding names."""
MOST_NODES = 10_000
"""Nodes that YAML may expand to: aliases that multiply are refused (a "YAML bomb")."""
_FENCE = re.compile(
    r"\A(?P<mark>---|\+\+\+)[ \t]*\n(?P<body>.*?\n|)(?P=mark)[ \t]*(?:\n|\Z)", re.DOTALL
)
_FIRST_KEY = re.compile(r"\s*\Z|(?:[ \t]*#.*\n)*[\w\"'][\w\"' -]*:(?:\s|$)")
"""Front matter begins with a key, at once; other text between two rules is the author's."""


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


_INT = re.compile(r"[-+]?\d{1,18}\Z")
_FLOAT = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+)(?:e[-+]?\d+)?\Z", re.IGNORECASE)
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def _scalar(node: yaml.ScalarNode) -> Any:
    text = without_controls(node.value)
    if node.style is not None:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INT.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text


def _see_depth(events: Iterable[Any], first_line: int) -> None:
    """Raise `YamlError` where YAML is nested deeper than the library, in C, can follow."""
    depth = 0
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            mark = event.start_mark
            raise YamlError("nested too deep", first_line + mark.line, mark.column + 1)


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
        raise YamlError(problem, first_line + line, column + 1) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise YamlError(str(error).split("\n")[0] or "nested too deep", first_line, 1) from None
    count = 0

    def build(node: Any, depth: int = 0) -> Value:
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
                raise YamlError(f'"{name}" stands twice', first_line + place.line, place.column + 1)
            built = build(value, depth + 1)
            pairs[name] = Value(built.value, first_line + key.start_mark.line, built.column)
        return Value(pairs, line, column)

    return build(root) if root is not None else Value({}, first_line)


def split(text: str) -> tuple[str, str, int]:
    """Return the front matter's mark and body, and how many lines to skip; "" where none."""
    found = _FENCE.match(text)
    if not found or (found["mark"] == "---" and not _FIRST_KEY.match(found["body"])):
        return "", "", 0
    return found["mark"], found["body"], found.group().count("\n")


def read(text: str, path: str) -> tuple[dict[str, Value], int, list[Diagnostic]]:
    """Return the front matter's values by key, the lines it takes, and what was found."""
    mark, body, lines = split(text)
    if not mark:
        return {}, 0, []
    if len(body) > MOST_CHARACTERS:
        message = f"front matter has more than {MOST_CHARACTERS:,} characters"
        return {}, lines, [Diagnostic("C101", message, Span(path))]
    try:
        values = _toml(body) if mark == "+++" else read_yaml(body, 2).value
    except YamlError as error:
        place = Span(path, error.line, error.column)
        return {}, lines, [Diagnostic("C101", f"front matter: {error}", place)]
    if not isinstance(values, dict):
        return {}, lines, [Diagnostic("C101", "front matter is not `key: value`", Span(path, 2))]
    return values, lines, unknown_keys(values, path)


def _toml(body: str) -> dict[str, Value]:
    try:
        data = tomllib.loads(body)
    except RecursionError:
        raise YamlError("nested too deep", 2, 1) from None
    except ValueError as error:  # TOML's own, and a number of too many digits
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (1, 1)
        raise YamlError(re.sub(r" \(at.*", "", str(error)), line + 1, column) from None
    lines = {
        m[1]: body[: m.start()].count("\n") + 2 for m in re.finditer(r"(?m)^\s*([\w-]+)\s*=", body)
    }

    def wrap(value: Any, line: int, depth: int = 0) -> Value:
        if depth > DEEPEST:
            raise YamlError("nested too deep", line, 1)
        if isinstance(value, list):
            return Value([wrap(v, line, depth + 1) for v in value], line)
        if isinstance(value, dict):
            return Value({k: wrap(v, line, depth + 1) for k, v in value.items()}, line)
        return Value(without_controls(value) if isinstance(value, str) else value, line)

    return {key: wrap(value, lines.get(key, 2)) for key, value in data.items()}


def unknown_keys(values: dict[str, Value], path: str) -> list[Diagnostic]:
    """Return warnings on keys that mean nothing here: each that is near one that does, then the rest.

    Files written for another tool have many keys; one line tells of them all.
    """
    findings: list[Diagnostic] = []
    others: list[str] = []
    for key in (key for key in values if key not in KEYS):
        if hint := did_you_mean(key, KEYS):
            place = Span(path, values[key].line)
            findings.append(Diagnostic("C102", f'unknown key "{key}"', place, hint))
        else:
            others.append(key)
    if others:
        place = Span(path, values[others[0]].line)
        many = "s" if len(others) > 1 else ""
        shown = ", ".join(f'"{key}"' for key in others[:MOST_TOLD])
        if len(others) > MOST_TOLD:
            shown += f" and {len(others) - MOST_TOLD} more"
        findings.append(Diagnostic("C102", f"unknown key{many} {shown}", place))
    return findings
