"""Matrices that a session shows, to be printed empty where a prompt says to plot something on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from courseware.language.printed import Printed
from courseware.language.twins import EASTERN, twins
from courseware.language.vocabulary import Vocabulary, key_of
from courseware.model.blocks import Code, Drawing, Node, Table
from courseware.model.walk import texts, walk
from courseware.products.worksheet.space import Axes, Plot, Room

LONGEST = 60
"""Characters of a field's name; what is longer is its text."""
FIELD = 36.0
"""Millimetres of a field to write in."""
_CROSSING = re.compile(r"[-─━=]{3,}[><]?\s*[+┼╋╬|│]\s*[-─━=]{3,}")
_UPRIGHT = "|│┃║^▲"
_RULES = re.compile(r"[─━=+┼╋╬|│┃║┌┐└┘├┤┬┴<>^▲▼◄►→←↑↓]+|-{2,}|(?<!\S)[v*-](?!\S)")
_END = re.compile(r"[^\s─━=+┼╋╬├┤|│<>-]+(?:[ -][^\s─━=+┼╋╬├┤|│<>-]+)*")
_WORDS = re.compile(r"[^\W\d_]+|\d[x×]\d")


class ShownMatrix(NamedTuple):
    """A matrix and the line where its session shows it."""

    line: int
    axes: Axes


def matrices(nodes: Iterable[Node]) -> tuple[ShownMatrix, ...]:
    """Return the matrices among nodes, in source order: drawings with one crossing, tables of 2 × 2."""
    found = []
    for node in walk(nodes):
        axes = None
        if isinstance(node, Drawing) or (isinstance(node, Code) and not node.language):
            axes = axes_of(node.text)
        elif isinstance(node, Table):
            axes = _of_table(node)
        if axes is not None:
            found.append(ShownMatrix(node.span.line, axes))
    return tuple(found)


def named_in(text: str, shown: Sequence[ShownMatrix], line: int, words: Vocabulary) -> Axes | None:
    """Return the matrix that a prompt on a line names: the last one before it, else the next."""
    if not shown or not _names_one(text, words):
        return None
    before = [one for one in shown if one.line <= line]
    return (before[-1] if before else shown[0]).axes


def _names_one(text: str, words: Vocabulary) -> bool:
    said = twins(text)
    east = [w for w in words.data["matrix_words"] if EASTERN.search(w)]
    keys = {key_of(token) for token in _WORDS.findall(said)} | {key_of(t) for t in said.split()}
    return any(w in said for w in east) or bool(keys & words.of("matrix_words"))


def plot(prompt: Node, axes: Axes, printed: Printed) -> Plot:
    """Return a matrix to write in, for a prompt: its axes, and a space for each field."""
    rooms = []
    for n, name in enumerate(axes.fields, 1):
        label = name or printed("field_number", number=n)
        rooms.append(
            Room(
                span=prompt.span, id=f"{prompt.id}-space-{n}", kind="box", height=FIELD, label=label
            )
        )
    return Plot(span=prompt.span, id=f"{prompt.id}-matrix", axes=axes, blocks=tuple(rooms))


def axes_of(drawing: str) -> Axes | None:
    """Return what a drawing in characters says where it is a matrix: two lines that cross once."""
    lines = drawing.expandtabs().split("\n")
    rows = [n for n, line in enumerate(lines) if _CROSSING.search(line)]
    for row in rows:
        found = _CROSSING.search(lines[row])
        assert found is not None
        at = found.start() + re.search(r"[+┼╋╬|│]", found[0]).start()  # type: ignore[union-attr]
        above, below = _stem(lines[:row][::-1], at), _stem(lines[row + 1 :], at)
        if above and below:
            return _read(lines, row, at, above, below)
    return None


def _stem(lines: Sequence[str], at: int) -> int:
    """Return how many lines from a crossing on have the upright in the crossing's column."""
    count = 0
    for line in lines:
        if line[at : at + 1] not in tuple(_UPRIGHT):
            break
        count += 1
    return count


def _read(lines: list[str], row: int, at: int, above: int, below: int) -> Axes | None:
    upper, lower = lines[row - above : row], lines[row + 1 : row + 1 + below]
    over, under = _said(lines[: row - above], 0, None), _said(lines[row + 1 + below :], 0, None)
    start, end = _frame(upper, at)
    if start:
        columns = _columns(lines[: row - above], at)
        names = columns or ("", "")
        top, bottom = _said(upper, 0, start), _said(lower, 0, start)
        top, over = (top, "") if columns else (top or over, over)
        bottom = bottom or under
    else:
        names, lower = _ends(lines[row], lower, at)
        top, bottom = over, under
    found = [
        _field(part, *span) for part in (upper, lower) for span in ((start, at), (at + 1, end))
    ]
    fields, details = (tuple(f[n] for f in found) for n in (0, 1))
    if sum(map(bool, fields)) < 2:
        return None
    return Axes(fields, *names, top, bottom, details)  # type: ignore[arg-type]


def _frame(lines: Sequence[str], at: int) -> tuple[int, int | None]:
    """Return where the fields begin and end where a frame is drawn around them; else 0 and None."""
    for line in lines:
        found = [n for n, sign in enumerate(line) if sign in _UPRIGHT and n != at]
        if found and found[0] < at < found[-1]:
            return found[0] + 1, found[-1]
    return 0, None


def _columns(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """Return the names over the two columns of a frame."""
    for line in reversed(lines):
        parts = re.split(r"\s{2,}", _RULES.sub(" ", line).strip())
        if len(parts) == 2 and all(parts):
            return parts[0], parts[1]
    return None


def _ends(crossing: str, lower: list[str], at: int) -> tuple[tuple[str, str], list[str]]:
    """Return the names at the ends of the level axis, and what is below it less their second lines."""
    spans = [m.span() for m in _END.finditer(crossing)]
    left = [span for span in spans if span[1] <= at]
    right = [span for span in spans if span[0] > at]
    first = left[0][0] if left else -1
    last = right[-1][0] if right else len(crossing) + 1
    more = _continued(lower, at, first, last) if left or right else 0
    names = []
    for some, start, end in ((left, 0, at), (right, at + 1, None)):
        said = [crossing[s:e] for s, e in some] + [_said(lower[:more], start, end)]
        names.append(" ".join(filter(None, said)))
    return (names[0], names[1]), lower[more:]


def _continued(lines: Sequence[str], at: int, first: int, last: int) -> int:
    """Return how many lines below a crossing go on with the names at its ends, in their columns."""
    count = 0
    for line in lines:
        left, right = line[:at], line[at + 1 :]
        starts = len(left) - len(left.lstrip()), at + 1 + len(right) - len(right.lstrip())
        if not (left.strip() or right.strip()):
            break
        if (left.strip() and starts[0] != first) or (right.strip() and starts[1] < last):
            break
        count += 1
    return count


def _field(lines: Sequence[str], start: int, end: int | None) -> tuple[str, str]:
    """Return a field's name and the rest of its words.

    The name is the first line with words in its part, and what goes on in small letters.
    """
    said = [" ".join(_RULES.sub(" ", line[start:end]).split()) for line in lines]
    kept = [text for text in said if text]
    own = 2 if kept[1:] and kept[1][:1].islower() and kept[0][-1:] not in ",.;:" else 1
    return " ".join(kept[:own])[:LONGEST], " ".join(kept[own:])


def _said(lines: Sequence[str], start: int, end: int | None) -> str:
    kept = (" ".join(_RULES.sub(" ", line[start:end]).split()) for line in lines)
    return " ".join(filter(None, kept))[: 2 * LONGEST]


def _of_table(table: Table) -> Axes | None:
    """Return what a table of two rows and two columns with names for both says."""
    rows = [
        [" ".join(t.plain for t in texts([c])) for c in r.cells] for r in (*table.head, *table.rows)
    ]
    if len(rows) != 3 or any(len(r) != 3 for r in rows) or rows[0][0].strip():
        return None
    (_, left, right), (top, one, two), (bottom, three, four) = rows
    fields = tuple(cell[:LONGEST] for cell in (one, two, three, four))
    if not all((left, right, top, bottom)) or not all(len(f) < LONGEST for f in fields):
        return None
    return Axes(fields, left, right, top, bottom)  # type: ignore[arg-type]
