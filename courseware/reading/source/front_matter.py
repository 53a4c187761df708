"""Front matter: YAML between `---` or TOML between `+++`, with the line of each value."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import msgspec

from courseware.diagnostics import Diagnostic, Edit, Span, nearest, renaming
from courseware.reading.source.decoding import without_controls
from courseware.reading.source.entries import Slip, read_entries
from courseware.reading.source.yaml_values import DEEPEST, Value, YamlError

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
MOST_TOLD = 12
"""Unknown keys that one finding names."""
_FENCE = re.compile(
    r"\A(?P<before>(?:[ \t]*\n|<!--(?:(?!-->).)*-->[ \t]*\n)*)(?P<mark>---|\+\+\+)[ \t]*\n(?P<body>.*?\n|)(?:(?P=mark)|\.{3})[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_TITLE_BLOCK = re.compile(r"(?:%(?:[ \t].*)?\n(?:[ \t]+\S.*\n)*){1,3}(?=[ \t]*\n|\Z)")
"""pandoc's title block: a file's first lines, each behind a `%`."""
MYST = re.compile(
    r"^(?:(?:`{3,}|~{3,}|:{3,})[ \t]*\{[a-z][\w:-]*\}|\([\w:. -]+\)=[ \t]*$)|\{(?:ref|numref|doc|term|eq|cite(?::\w+)?|kbd|abbr|math)\}`\S",
    re.MULTILINE,
)
"""What shows that a file is MyST: a directive's or a role's name in braces, a name for the block below."""
_FIRST_KEY = re.compile(r"\s*\Z|(?:[ \t]*#.*\n)*[\w\"'][\w\"' -]*:(?:\s|$)")
"""Front matter begins with a key, at once; other text between two rules is the author's."""

_KNOWN_KEY = re.compile(rf"(?im)^(?:{'|'.join(KEYS)})[ \t]*[:=]")
ORDER_KEYS = frozenset({"weight", "order", "nav_order", "sidebar_position"})
"""Keys that say where a file stands among the others: `course.orders` reads them."""
_MEANT = {"length": "duration"}
"""Other words for a key."""


def split(text: str) -> tuple[str, str, int, int]:
    """Return the front matter's mark and body, its first line, and how many lines to skip; "" where none.

    Blank lines and comments may stand before it, where a key shows that it is no text between two rules.
    """
    found = _FENCE.match(text)
    if not found or (found["mark"] == "---" and not _FIRST_KEY.match(found["body"])):
        return "", "", 0, 0
    if found["before"] and not _KNOWN_KEY.search(found["body"]):
        return "", "", 0, 0
    first = found["before"].count("\n") + 2
    return found["mark"], found["body"], first, found.group().count("\n")


def read(text: str, path: str) -> tuple[dict[str, Value], int, list[Diagnostic]]:
    """Return the front matter's values by key, the lines it takes, and what was found."""
    mark, body, first, lines = split(text)
    if not mark and (said := _TITLE_BLOCK.match(text)) and not MYST.search(text):
        return _title_block(said.group(), path)
    if not mark:
        return {}, 0, []
    if len(body) > MOST_CHARACTERS:
        message = f"front matter has more than {MOST_CHARACTERS:,} characters"
        return {}, lines, [Diagnostic("C101", message, Span(path))]
    try:
        values, slips = (_toml(body, first), []) if mark == "+++" else read_entries(body, first)
    except YamlError as error:
        place = Span(path, error.line, error.column)
        return {}, lines, [Diagnostic("C101", f"front matter: {error}", place)]
    if values is None:
        return (
            {},
            lines,
            [Diagnostic("C101", "front matter is not `key: value`", Span(path, first))],
        )
    values = {key.lower() if key.lower() in KEYS else key: value for key, value in values.items()}
    told = [
        slip_finding(slip, path, "C101" if slip.key.lower() in KEYS else "C102")
        for slip in slips
        if slip.key.lower() in KEYS or slip.value is None
    ]
    return values, lines, [*told, *unknown_keys(values, path)]


def _title_block(block: str, path: str) -> tuple[dict[str, Value], int, list[Diagnostic]]:
    """Read pandoc's lines `% title`, `% authors`, `% date` as values; a line that is indented goes on."""
    rows: list[tuple[str, int]] = []
    for number, line in enumerate(block.splitlines(), 1):
        if line.startswith("%"):
            rows.append((line[1:].strip(), number))
        elif rows:
            rows[-1] = (f"{rows[-1][0]} {line.strip()}", rows[-1][1])
    named = zip(("title", "author", "date"), rows, strict=False)
    values = {key: Value(text, line) for key, (text, line) in named if text}
    return values, block.count("\n"), unknown_keys(values, path)


def slip_finding(slip: Slip, path: str, unread: str) -> Diagnostic:
    """Return the finding on a value that is not written right: `unread` where nothing of it was read."""
    place = Span(path, slip.line, slip.column)
    was, now = slip.edit
    mend = (Edit(slip.line, slip.column, was, now),) if now else ()
    if slip.value is None:
        return Diagnostic(unread, f'"{slip.key}" cannot be read', place, slip.mend, mend=mend)
    told = f'"{slip.key}" was read as the text "{str(slip.value.value)[:60]}"'
    return Diagnostic("C133", told, place, slip.mend, mend=mend)


def _toml(body: str, first: int) -> dict[str, Value]:
    try:
        data = tomllib.loads(body)
    except RecursionError:
        raise YamlError("nested too deep", first, 1) from None
    except ValueError as error:  # TOML's own, and a number of too many digits
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (1, 1)
        raise YamlError(re.sub(r" \(at.*", "", str(error)), line + first - 1, column) from None
    lines = {
        m[1]: body[: m.start()].count("\n") + first
        for m in re.finditer(r"(?m)^\s*([\w-]+)\s*=", body)
    }

    def wrap(value: Any, line: int, depth: int = 0) -> Value:
        if depth > DEEPEST:
            raise YamlError("nested too deep", line, 1)
        if isinstance(value, list):
            return Value([wrap(v, line, depth + 1) for v in value], line)
        if isinstance(value, dict):
            return Value({k: wrap(v, line, depth + 1) for k, v in value.items()}, line)
        return Value(without_controls(value) if isinstance(value, str) else value, line)

    return {key: wrap(value, lines.get(key, first)) for key, value in data.items()}


def unknown_keys(values: dict[str, Value], path: str) -> list[Diagnostic]:
    """Return warnings on keys that mean nothing here: each that is near one that does, then the rest.

    Files written for another tool have many keys; one line tells of them all.
    """
    findings: list[Diagnostic] = []
    others: list[str] = []
    read = (*ORDER_KEYS, "layout")
    for key in (key for key in values if key not in KEYS and key.lower() not in read):
        place = Span(path, values[key].line)
        hint, mend = renaming(_MEANT.get(nearest(key, _MEANT), key), KEYS, place)
        if hint:
            mend = tuple(msgspec.structs.replace(edit, was=key) for edit in mend)
            findings.append(Diagnostic("C102", f'unknown key "{key}"', place, hint, mend=mend))
        else:
            others.append(key)
    if others:
        place = Span(path, values[others[0]].line)
        many = "s" if len(others) > 1 else ""
        shown = ", ".join(f'"{key}"' for key in others[:MOST_TOLD])
        if len(others) > MOST_TOLD:
            shown += f" and {len(others) - MOST_TOLD} more"
        findings.append(
            Diagnostic(
                "C102", f"unknown key{many} {shown}", place, "leave out what no other tool reads"
            )
        )
    return findings
