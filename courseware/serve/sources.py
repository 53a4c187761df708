"""From blocks to lines of the source, and which lines may be shown beside what learners get."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from courseware.diagnostics import CODES, Diagnostic
from courseware.inspection.leaks import letters
from courseware.model.blocks import List, Node, Table
from courseware.model.session import Session, for_learner
from courseware.model.walk import walk
from courseware.serve.places import PART

HIDDEN = "· · ·"
"""Stands for a line that learners do not get as it is."""


def lines_of(session: Session) -> dict[str, tuple[int, int]]:
    """Return the first and last line of every block that has an id, and of items and rows by number."""
    found: dict[str, tuple[int, int]] = {}
    for node in walk(session.sections):
        if not node.id:
            continue
        found[node.id] = _lines(node)
        parts: tuple[Node, ...] = ()
        if isinstance(node, List):
            parts = node.items
        elif isinstance(node, Table):
            parts = (*node.head, *node.rows)
        found |= {f"{node.id}{PART}{n}": _lines(part) for n, part in enumerate(parts, 1)}
    return found


def _lines(node: Node) -> tuple[int, int]:
    return node.span.line, node.span.end_line or node.span.line


def told_to_learners(findings: Iterable[Diagnostic], said: str) -> tuple[Diagnostic, ...]:
    """Return findings as they may stand beside what learners get, which others may be looking at.

    One whose words or line are not wholly in `said`, what learners read, says its kind alone.
    """
    return tuple(found if _is_open(found, said) else _bare(found) for found in findings)


def said_to_learners(session: Session | None) -> str:
    """Return the letters of all that learners may read of a session."""
    if session is None or session.role != "session":
        return ""
    return "".join(letters(text.plain) for text in for_learner(session).texts())


def _is_open(found: Diagnostic, said: str) -> bool:
    quoted = [*found.message.split('"')[1::2], found.line]
    quoted += [part for text in quoted for part in text.split("“")[1:]]
    return all(letters(words) in said for words in quoted)


def _bare(found: Diagnostic) -> Diagnostic:
    return msgspec.structs.replace(
        found, message=CODES[found.code].title, hint="its words are in the tabs that only you see",
        line="",
    )  # fmt: skip


def sources(text: str, said: str) -> dict[str, list[str]]:
    """Return a session's lines by who may be looking: beside what learners get, those that are in `said`."""
    lines = text.split("\n")
    return {"facilitator": lines, "learner": [line if letters(line) in said else HIDDEN for line in lines]}  # fmt: skip
