"""What the parser's rules have to tell of a text: kept in its environment until the builder asks."""

from __future__ import annotations

from typing import Any, NamedTuple


class Notice(NamedTuple):
    """A finding's code, its line from 0, what is wrong, how to mend it."""

    code: str
    line: int
    message: str
    hint: str


def notice(env: Any, found: Notice) -> None:
    """Keep a notice; one that is kept already is not kept twice."""
    env.setdefault("notices", {})[found] = None


def notices(env: Any) -> list[Notice]:
    """Return what was kept."""
    return list(env.get("notices", ()))
