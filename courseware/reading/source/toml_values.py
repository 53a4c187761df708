"""TOML as plain values, each with its line; keys one by one where the whole cannot be read."""

from __future__ import annotations

import re
import tomllib

from courseware.reading.source.decoding import without_controls
from courseware.reading.source.entries import Slip
from courseware.reading.source.yaml_values import DEEPEST, Value, YamlError

_ENTRY = re.compile(
    r"^(?P<key>[A-Za-z_][\w-]*)[ \t]*(?P<sign>[=:])[ \t]*(?P<rest>.*)$", re.MULTILINE
)
_TABLE = re.compile(r"^\[", re.MULTILINE)
_COMMENTS = re.compile(r"(?:[ \t]*(?:#.*)?\n)*\Z")


def read_toml(text: str, first_line: int = 1) -> tuple[dict[str, Value], list[Slip]]:
    """Return values by key, and what is not written right; raise `YamlError` where nothing of it can be read."""
    try:
        return _values(text, first_line), []
    except ValueError:  # TOML's own, and a number of too many digits
        keys = _TABLE.split(text)[0]
    entries = list(_ENTRY.finditer(keys))
    if not entries or not _COMMENTS.match(keys[: entries[0].start()]):
        raise YamlError('each line must be `key = "value"`', first_line, 1)
    values, slips = dict[str, Value](), list[Slip]()
    ends = [entry.start() for entry in entries[1:]] + [len(keys)]
    for entry, end in zip(entries, ends, strict=True):
        line = first_line + keys.count("\n", 0, entry.start())
        key = entry["key"]
        if key in values:
            slips.append(Slip(key, line, 1, "it stands twice; leave one out", None))
            continue
        try:
            values |= _values(keys[entry.start() : end], line)
        except ValueError:
            slip = _slip(entry, keys[entry.end() : end].strip(), line)
            slips.append(slip)
            if slip.value is not None:
                values[key] = slip.value
    return values, slips


def _values(text: str, first_line: int) -> dict[str, Value]:
    """Return TOML's values; raise `ValueError`, and `YamlError` for what is nested too deep."""
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise YamlError("nested too deep", first_line, 1) from None
    lines = {m["key"]: text.count("\n", 0, m.start()) + first_line for m in _ENTRY.finditer(text)}
    return {key: _value(value, lines.get(key, first_line)) for key, value in data.items()}


def _value(value: object, line: int, depth: int = 0) -> Value:
    if depth > DEEPEST:
        raise YamlError("nested too deep", line, 1)
    if isinstance(value, list):
        return Value([_value(v, line, depth + 1) for v in value], line)
    if isinstance(value, dict):
        return Value({k: _value(v, line, depth + 1) for k, v in value.items()}, line)
    return Value(without_controls(value) if isinstance(value, str) else value, line)


def _slip(entry: re.Match[str], more: str, line: int) -> Slip:
    """Return what is wrong with a key's line; `more` are the lines below it."""
    key, rest = entry["key"], entry["rest"].strip()
    bare = rest.strip("\"'").replace("\\", "\\\\").replace('"', '\\"')
    plain = bool(rest) and rest[0] not in "[{" and not more
    mend = f'write {key} = "{bare[:60]}"' if plain else f'write {key} = "…"'
    if rest[:1] == "[":
        mend = f'write {key} = ["…", "…"]: each text in quotes, the bracket closed'
    column = entry.start("rest") - entry.start() + 1
    value = Value(without_controls(rest.strip("\"'")), line, column)
    read = plain and not rest[0].isdigit() and entry["sign"] == "="
    return Slip(key, line, column, mend, value if read else None, (rest, f'"{bare}"') if read else ("", ""))  # fmt: skip
