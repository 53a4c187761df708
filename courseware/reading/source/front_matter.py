"""Front matter: YAML between `---` or TOML between `+++`, with the line of each value."""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

import msgspec

from courseware.diagnostics import Diagnostic, Edit, Span, nearest, renaming
from courseware.reading.source.entries import Slip, read_entries
from courseware.reading.source.toml_values import read_toml
from courseware.reading.source.yaml_values import Value, YamlError, read_yaml

KEYS = (
    "title", "number", "module", "duration", "language", "lang", "audience", "prerequisites",
    "materials", "room", "tags", "teaching", "exercises", "break", "minutes", "time",
    "questions", "objectives", "keypoints", "key_points",
)  # fmt: skip
MINUTE_KEYS = ("teaching", "exercises", "break", "minutes", "time")
SECTION_KEYS = {"questions": "guiding", "objectives": "objectives", "keypoints": "takeaways",
                "key_points": "takeaways"}  # fmt: skip
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

_KEY = re.compile(r"[\w\"'][\w\"'. -]*?[ \t]*(?::(?:\s|$)|=)")
_KNOWN_KEY = re.compile(rf"(?im)^(?:{'|'.join(KEYS)})[ \t]*[:=]")
ESTIMATE = "time_estimation"
"""Galaxy's key for the length of a lesson."""
ORDER_KEYS = frozenset({"weight", "order", "nav_order", "sidebar_position"})
"""Keys that say where a file stands among the others: `course.orders` reads them."""
ORDER_HOLDER = "sidebar"
"""Starlight's key that holds such a one."""
_MEANT = {"length": "duration"}
"""Other words for a key."""


class _Front(NamedTuple):
    """Front matter: its mark, its text, that text's first line, how many lines it takes, whether it is closed."""

    mark: str = ""
    body: str = ""
    first: int = 0
    lines: int = 0
    closed: bool = True


def split(text: str) -> tuple[str, str, int, int]:
    """Return the front matter's mark and body, its first line, and how many lines to skip; "" where none.

    Blank lines and comments may stand before it, where a key shows that it is no text between two rules.
    """
    return _front(text)[:4]


def _front(text: str) -> _Front:
    found = _FENCE.match(text)
    if not found:
        return _unclosed(text)
    mark, body = found["mark"], found["body"]
    if mark == "---" and not _FIRST_KEY.match(body):
        return _Front()
    if found["before"] and not _KNOWN_KEY.search(body):
        return _Front()
    first = found["before"].count("\n") + 2
    lines = body.split("\n")
    end = _keys_end(lines, mark, _KEY)
    if any(line.strip() for line in lines[end:]) and not _is_read(mark, body):
        return _Front(mark, "\n".join(lines[:end]) + "\n", first, first - 1 + end, closed=False)
    return _Front(mark, body, first, found.group().count("\n"))


def _unclosed(text: str) -> _Front:
    """Return the front matter that a file begins with and that no line closes: its keys, up to other text."""
    mark, _, rest = text[: MOST_CHARACTERS + 4].partition("\n")
    lines = rest.split("\n")
    if mark.rstrip() not in ("---", "+++") or not _KNOWN_KEY.match(rest):
        return _Front()
    end = _keys_end(lines, mark.rstrip(), _KNOWN_KEY)
    return _Front(mark.rstrip(), "\n".join(lines[:end]) + "\n", 2, end + 1, closed=False)


def _keys_end(lines: list[str], mark: str, later: re.Pattern[str]) -> int:
    """Return how many lines of front matter stand before its session's text; `later` are keys behind a blank line."""
    end, apart, empty = 0, False, False
    for number, line in enumerate(lines):
        if not line.strip() or line.startswith("#"):
            apart = True
            continue
        key = (later if apart else _KEY).match(line)
        goes_on = line[0].isspace() or line[0] in "]})" or (line[0] == "-" and (empty or not apart))
        if not key and not goes_on and not (mark == "+++" and line[0] == "["):
            return end if apart or later is _KNOWN_KEY else len(lines)
        empty = line.rstrip().endswith(":") if key else empty
        end, apart = number + 1, False
    return end


def _is_read(mark: str, body: str) -> bool:
    """Whether front matter can be read as it stands."""
    if len(body) > MOST_CHARACTERS:
        return False
    try:
        _ = tomllib.loads(body) if mark == "+++" else read_yaml(body)
    except (YamlError, ValueError, RecursionError):
        return False
    return True


def read(text: str, path: str) -> tuple[dict[str, Value], int, list[Diagnostic]]:
    """Return the front matter's values by key, the lines it takes, and what was found."""
    mark, body, first, lines, closed = _front(text)
    if not mark and (said := _TITLE_BLOCK.match(text)) and not MYST.search(text):
        return _title_block(said.group(), path)
    if not mark:
        return {}, 0, []
    if len(body) > MOST_CHARACTERS:
        message = f"front matter has more than {MOST_CHARACTERS:,} characters"
        return {}, lines, [Diagnostic("C101", message, Span(path))]
    try:
        values, slips = (read_toml if mark == "+++" else read_entries)(body, first)
    except YamlError as error:
        place = Span(path, error.line, error.column)
        hint = 'write each as key = "value"' if mark == "+++" else ""
        return {}, lines, [Diagnostic("C101", f"front matter: {error}", place, hint)]
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
    if not closed:
        message = f"the front matter is never closed; it ends at line {lines}"
        hint = f"write a line {mark} below line {lines}"
        told.append(Diagnostic("C124", message, Span(path, first - 1), hint))
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


def unknown_keys(values: dict[str, Value], path: str) -> list[Diagnostic]:
    """Return warnings on keys that mean nothing here: each that is near one that does, then the rest.

    Files written for another tool have many keys; one line tells of them all.
    """
    findings: list[Diagnostic] = []
    others: list[str] = []
    read = (*ORDER_KEYS, "layout", ESTIMATE)
    for key in (key for key in values if key not in KEYS and key.lower() not in read):
        if key == ORDER_HOLDER and isinstance(values[key].value, dict):
            continue
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
