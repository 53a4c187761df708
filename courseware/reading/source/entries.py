"""Keys and values of YAML, read one by one where the whole cannot be: what an author meant, and is told.

"title: Learn: tea" is no YAML, as it holds a colon; it is read as the text that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from courseware.reading.source.yaml_values import Value, YamlError, YamlSyntaxError, read_yaml

_ENTRY = re.compile(
    r"^(?P<key>[^\W\d_][\w-]*(?: [\w-]+)?)[ \t]*:(?=[ \t]|$)[ \t]*(?P<rest>.*)$", re.MULTILINE
)
_SPECIAL = "@`%&*!|>,]}"
"""What a value that is not in quotes cannot begin with (YAML 1.2, 5.3)."""


class Slip(NamedTuple):
    """A value that is not written as YAML: its key, where it stands, what mends it; `value` is what was read.

    `edit` is the value as written, and as it should be; "" where no edit of it alone mends it.
    """

    key: str
    line: int
    column: int
    mend: str
    value: Value | None
    edit: tuple[str, str] = ("", "")


def read_entries(text: str, first_line: int = 1) -> tuple[dict[str, Value] | None, list[Slip]]:
    """Return values by key, and what is not written right; None where there are no keys at all.

    Raises `YamlError` where nothing of it can be read.
    """
    try:
        values = read_yaml(text, first_line).value
        return (values if isinstance(values, dict) else None), []
    except YamlSyntaxError as error:
        entries = list(_ENTRY.finditer(text))
        if not entries or text[: entries[0].start()].strip():
            raise YamlError(_in_words(str(error)), error.line, error.column) from None
    values, slips = dict[str, Value](), list[Slip]()
    ends = [entry.start() for entry in entries[1:]] + [len(text)]
    for entry, end in zip(entries, ends, strict=True):
        line = first_line + text.count("\n", 0, entry.start())
        value, slip = _read_entry(entry, text[entry.start() : end], line)
        if entry["key"] in values:
            slips.append(Slip(entry["key"], line, 1, "it stands twice; leave one out", None))
        elif value is not None:
            values[entry["key"]] = value
        if slip is not None:
            slips.append(slip)
    return values, slips


def _read_entry(entry: re.Match[str], text: str, line: int) -> tuple[Value | None, Slip | None]:
    key, rest = entry["key"], entry["rest"].strip()
    column = entry.start("rest") - entry.start() + 1
    tabbed = next((n for n, one in enumerate(text.split("\n")) if one[:1] == "\t"), 0)
    try:
        values = read_yaml(text, line).value
        return values[key], None
    except YamlSyntaxError:
        pass
    more = text.partition("\n")[2].strip()
    value = Value(_bare(rest), line, column) if _bare(rest) and not more else None
    now = "" if more else next((v for v in _rewritten(rest) if _is_read(key, v)), "")
    mend = (
        f"begin line {line + tabbed} with spaces, not with a tab" if tabbed else mend_of(rest, more)
    )
    return value, Slip(key, line, column, mend, value, (rest, now))


def _rewritten(value: str) -> Iterator[str]:
    """Yield a value as it may have been meant: its mark closed, or all of it in quotation marks."""
    if value[:1] in ("'", '"') and value[-1:] == value[:1] and len(value) > 1:
        value = value[1:-1]
    elif value[:1] in ("'", '"') and value.count(value[0]) % 2:
        yield value + value[0]
    elif value[:1] in _CLOSERS:
        yield value + _CLOSERS[value[0]]
    yield f'"{value}"' if not set('"\\') & set(value) else "'" + value.replace("'", "''") + "'"


_CLOSERS = {"[": "]", "{": "}"}


def _is_read(key: str, value: str) -> bool:
    """Whether a value, as it is to be written, is YAML."""
    try:
        read_yaml(f"{key}: {value}")
    except YamlError:
        return False
    return True


def _bare(text: str) -> str:
    """Return a text without quotation marks and brackets that are open on one side alone."""
    return (
        text.strip("\"'") if text[:1] in "\"'" or text[-1:] in "\"'" else text.strip("[]{}").strip()
    )


def mend_of(value: str, more: str = "") -> str:
    """Return how to mend a value that is no YAML, in words; `more` are the lines below it."""
    if len(value) > 1 and value[0] in "'\"" and value[-1] == value[0]:
        return "put the other quotation marks around it"
    if value[:1] in ("'", '"') and value.count(value[0]) % 2:
        return "close its quotation mark"
    if value[:1] in ("[", "{"):
        return "close its bracket"
    if value[:1] in ("'", '"'):
        return "put all of it in quotes"
    if value[:1] and value[0] in _SPECIAL:
        return f"put it in quotes: it begins with {value[0]}"
    if re.search(r":(\s|$)", value):
        return "put it in quotes: it holds a colon"
    return "begin its lines with the same number of spaces" if more else "put it in quotes"


def _in_words(problem: str) -> str:
    """Return what the parser says of a text without keys, in words for authors."""
    if "tab" in problem or "cannot start any token" in problem:
        return "a line begins with a sign that it cannot begin with; put the value in quotes"
    return "each line must be `key: value`"
