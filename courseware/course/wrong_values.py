"""What is wrong with a value of course.yml, in words for who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from courseware.diagnostics import did_you_mean
from courseware.reading.source.yaml_values import Value

_STEP = re.compile(r"\.([\w-]+)|\[(\d+)\]")
_KINDS = {
    "array": "a list",
    "object": "keys with values",
    "str": "a text",
    "int": "a whole number",
    "bool": "true or false",
    "null": "nothing",
}
_FIELD = re.compile(r"Object (?P<what>contains unknown|missing required) field `(?P<name>.*)`\Z")
_REGEX = re.compile(r"matching regex .*")


def in_words(said: str, item: Value, key: str, known: Iterable[str]) -> tuple[str, Value, str]:
    """Return the library's message on a key's value in plain words, the value it is about, and a hint.

    `known` are the keys that may stand in values.
    """
    problem, _, path = said.partition(" - at `$")
    at, place = item, key
    for name, index in _STEP.findall(path.rstrip("`"))[1:]:
        if name and isinstance(at.value, dict) and name in at.value:
            at, place = at.value[name], f"{place}: {name}"
        elif index and isinstance(at.value, list) and int(index) < len(at.value):
            at = at.value[int(index)]
        else:
            break
    field = _FIELD.match(problem)
    if field and field["what"].startswith("missing"):
        return f'"{place}": it has no "{field["name"]}"', at, f'write "{field["name"]}: …"'
    if field:
        stands = at.value.get(field["name"], at) if isinstance(at.value, dict) else at
        return (
            f'"{place}": unknown key "{field["name"]}"',
            stands,
            did_you_mean(field["name"], known),
        )
    return f'"{place}": {_plain(problem)}', at, ""


def _plain(problem: str) -> str:
    """Return a message without the names of types."""
    problem = _REGEX.sub("as HH:MM", problem)
    for name, words in _KINDS.items():
        problem = re.sub(rf"\b{name}\b", words, problem)
    problem = problem.replace("`", "").replace(" | ", " or ").replace(", got ", ", not ")
    return problem.replace("Expected", "it must be").replace("Invalid enum value", "there is no")
