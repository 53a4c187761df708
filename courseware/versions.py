"""Which versions of libraries the program is made for, and which are installed; no library is loaded.

What is installed is told by the names of the folders that installing a library leaves beside it: one look
at a folder, where asking `importlib.metadata` takes a tenth of a second.
"""

from __future__ import annotations

import operator
import os
import re
import sys
from collections.abc import Iterable
from typing import NamedTuple

__version__ = "0.2.0"
"""The program's own."""

_INSTALLED = re.compile(r"(.+)-([^-]+)\.dist-info")


class Bound(NamedTuple):
    """The versions of a library whose inside is used: from `least` on, older than `below`.

    `kinds` are the kinds of files that cannot be made with another one, "pdf", "pptx", "book" (PDFs joined) or
    "web"; none where no session can be read, either.
    """

    library: str
    least: str
    below: str
    kinds: frozenset[str] = frozenset()

    @property
    def requirement(self) -> str:
        """The library as pip takes it."""
        return f"{self.library}>={self.least},<{self.below}"


class Other(NamedTuple):
    """A library of which another version is installed than the program is made for, and where."""

    bound: Bound
    version: str
    place: str


PDF, BOTH = frozenset({"pdf"}), frozenset({"pdf", "pptx"})
BOUNDS = (
    Bound("markdown-it-py", "4", "5"),
    Bound("mdit-py-plugins", "0.6", "0.8"),
    Bound("docutils", "0.21", "0.24"),
    Bound("weasyprint", "70", "71", PDF),
    Bound("pydyf", "0.13", "0.14", PDF),
    Bound("tinycss2", "1.5", "1.6", BOTH),
    Bound("cssselect2", "0.10", "0.11", BOTH),
    Bound("ziamath", "0.13", "0.14", BOTH),
    Bound("latex2mathml", "3.81", "4", BOTH),
    Bound("python-pptx", "1.0.2", "1.1", frozenset({"pptx"})),
    Bound("pikepdf", "10", "11", frozenset({"book"})),
    Bound("tinyhtml5", "2.1", "3", frozenset({"web"})),
)
"""As in pyproject.toml, which says why of each; a test compares them."""


def installed() -> dict[str, tuple[str, str]]:
    """Return the version and the place of all that is installed, by name with `_` for what parts it."""
    found: dict[str, tuple[str, str]] = {}
    for folder in sys.path:
        if os.path.basename(folder) not in ("site-packages", "dist-packages"):
            continue
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        for match in filter(None, map(_INSTALLED.fullmatch, sorted(names))):
            found.setdefault(plain(match[1]), (match[2], os.path.join(folder, match[0])))
    return found


def plain(name: str) -> str:
    """Return a library's name as `installed` has it, however it is written."""
    return re.sub(r"[-_.]+", "_", name).lower()


def others() -> tuple[Other, ...]:
    """Return what is installed in a version that the program is not made for."""
    found = installed()
    have = ((bound, *found.get(plain(bound.library), ("", ""))) for bound in BOUNDS)
    return tuple(Other(*row) for row in have if row[1] and not fits(row[0].requirement, row[1]))


_COMPARE = {">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne,
            ">": operator.gt, "<": operator.lt}  # fmt: skip


def fits(requirement: str, version: str) -> bool:
    """Tell whether a version is within all bounds of a requirement, as in "weasyprint>=70,<71"."""
    bounds = re.findall(r"([<>=!]=|[<>])\s*([\w.!]+)", requirement)
    return all(_COMPARE[how](_numbers(version), _numbers(bound)) for how, bound in bounds)


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a release but for noughts at its end; what follows, as in 70.0b1, does not count."""
    release = re.match(r"\d+(\.\d+)*", version.rpartition("!")[2])
    numbers = release[0].split(".") if release else []
    while numbers and not int(numbers[-1]):
        numbers.pop()
    return tuple(map(int, numbers))


def mend(requirements: Iterable[str]) -> str:
    """Return the line that installs what the program is made for."""
    wanted = " ".join(f'"{requirement}"' for requirement in requirements)
    import shlex

    return f"{shlex.quote(sys.executable)} -m pip install {wanted}"
