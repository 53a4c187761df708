"""A form as a grid of cells: names with blanks, or names with the entries of each below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from courseware.model.blocks import Form, Text
from courseware.model.cutting import part_of, stacked, trimmed
from courseware.model.inline import Blank
from courseware.products.handout.leads import without_colon

FIELDS, THREE = 4, 6
"""Names with blanks from which a form is a grid of cells, and from which three are in a row."""
_FIELD = re.compile(r"\s*(?P<name>[^:：_]{1,32})[:：]\s*(?P<hint>[^_]*?)\s*_{3,}[\s_.]*")
_GROUP = re.compile(r"\s*[^\s\-*+•\d_][^:：_]{0,40}[:：]\s*")
_ENTRY = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s+(?=\S)")


class Canvas(msgspec.Struct, frozen=True):
    """A form as a grid: its title, and of each cell the name and what it asks for.

    `lines` are those above the grid, with their blanks; `entries` are what each cell asks one by one.
    """

    title: Text
    cells: tuple[tuple[Text, Text], ...]
    across: int
    lines: tuple[Text, ...] = ()
    entries: tuple[tuple[Text, ...], ...] = ()


def canvas(form: Form) -> Canvas | None:
    """Return a form as a grid where its lines are names with blanks, four or more, below one title.

    So is a form of names with the entries of each below it, two such names at least.
    """
    lines = [(line, _cell(line)) for line in form.lines if line.plain]
    title = lines[0][0] if lines and lines[0][1] is None else Text()
    cells = tuple(cell for _, cell in lines[bool(title) :] if cell)
    if len(cells) < FIELDS or len(cells) + bool(title) < len(lines):
        return _grouped([line for line, _ in lines])
    return Canvas(title, cells, _across(cells))


def _across(cells: Sequence[object]) -> int:
    return 3 if len(cells) >= THREE else 2


def _grouped(lines: list[Text]) -> Canvas | None:
    """Return a form as a grid of names, each with its entries; what stands above them is kept."""
    above: list[Text] = []
    groups: list[tuple[Text, list[Text]]] = []
    for line in lines:
        said = line.plain
        if _GROUP.fullmatch(said):
            groups.append((without_colon(trimmed(line)), []))
        elif groups and (entry := _ENTRY.match(said)):
            bare = said.rstrip(" _.").rstrip(" :：")
            groups[-1][1].append(part_of(line, entry.end(), len(bare)))
        elif groups:
            return None
        else:
            above.append(line)
    title = above[0] if above and not above[0].has(Blank) else Text()
    rest = tuple(above[bool(title) :])
    if (
        len(groups) < 2
        or not all(entries for _, entries in groups)
        or not all(t.has(Blank) for t in rest)
    ):
        return None
    cells = tuple((name, stacked(*entries)) for name, entries in groups)
    return Canvas(title, cells, _across(cells), rest, tuple(tuple(e) for _, e in groups))


def _cell(line: Text) -> tuple[Text, Text] | None:
    """Return a form's line as a name and a hint, None where it is no name with a blank."""
    found = _FIELD.fullmatch(line.plain)
    if found is None:
        return None
    start, end = found.span("hint")
    hint = part_of(line, start, end) if end > start else Text()
    return part_of(line, *found.span("name")), hint
