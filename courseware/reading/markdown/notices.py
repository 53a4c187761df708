"""What the parser's rules have to tell of a text: kept in its environment until the builder asks."""

from __future__ import annotations

from typing import NamedTuple

from markdown_it.utils import EnvType


class Notice(NamedTuple):
    """A finding's code, its line from 0, what is wrong, how to mend it."""

    code: str
    line: int
    message: str
    hint: str


def notice(env: EnvType, found: Notice) -> None:
    """Keep a notice; one that is kept already is not kept twice."""
    env.setdefault("notices", {})[found] = None


def notices(env: EnvType) -> list[Notice]:
    """Return what was kept."""
    return list(env.get("notices", ()))
