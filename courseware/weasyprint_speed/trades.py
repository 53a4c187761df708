"""The table of changes, and how one is put in place.

A change stands for a function of the library as it was when the change was made: by the fingerprint of
its source. Where the source is another, or `COURSEWARE_PLAIN` is set, the library's own way is taken.
"""

from __future__ import annotations

import inspect
import os
import sys
import textwrap
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any

import msgspec

SWITCH = "COURSEWARE_PLAIN"
"""The variable of the environment that turns all changes off."""


class Patch(msgspec.Struct, frozen=True):
    """One attribute of a library that is changed.

    `owner` is the class or module that has it, `name` the attribute, `source` the fingerprint of the
    library's own source, `replacement` what stands in its place. `trade` names the changes that belong
    together, which are made all or none. Modules that took the function over by its name get the
    replacement, too.
    """

    trade: str
    owner: Any
    name: str
    source: str
    replacement: Any

    @property
    def original(self) -> Callable[..., Any]:
        """The library's own function."""
        return originals.setdefault((id(self.owner), self.name), getattr(self.owner, self.name))

    def fits(self) -> bool:
        """Whether the library's source is what the change stands for."""
        return fingerprint(self.original) == self.source


originals: dict[tuple[int, str], Callable[..., Any]] = {}


def fingerprint(function: Callable[..., Any]) -> str:
    """Return a fingerprint of a function's source; "" where there is none to read."""
    try:
        source = textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return ""
    return blake2b(source.encode(), digest_size=6).hexdigest()


def change(changes: Iterable[Patch]) -> None:
    """Put changes in place: of each trade all, or none where one does not fit or the switch is set."""
    rows = tuple(changes)
    unfit = {row.trade for row in rows if not row.fits()}
    for row in rows:
        if row.trade not in unfit and not os.environ.get(SWITCH):
            put(row, row.original, row.replacement)


def undo(changes: Iterable[Patch]) -> None:
    """Put the library's own functions back."""
    for row in changes:
        put(row, row.replacement, row.original)


def put(row: Patch, before: Any, after: Any) -> None:
    """Put one function in the place of another, wherever the library's modules have it by name."""
    static = isinstance(inspect.getattr_static(row.owner, row.name), staticmethod)
    setattr(row.owner, row.name, staticmethod(after) if static else after)
    if inspect.isclass(row.owner):
        return
    library = row.owner.__name__.partition(".")[0]
    for name, module in list(sys.modules.items()):
        if name.startswith(f"{library}.") and getattr(module, row.name, None) is before:
            setattr(module, row.name, after)
