"""The order of a course's files as the files of other tools say it: their lists of contents, or weights.

Hugo, Docusaurus and Jekyll's themes have a number in each file's front matter.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath

from courseware import files
from courseware.course.contents import LISTS, MARKDOWN, ListedFile, folder_order, listed
from courseware.diagnostics import Diagnostic, Span
from courseware.reading.source.decoding import LARGEST, largest

FRONT_PAGES = frozenset({"readme", "index", "_index"})
"""Names of the page that stands for its folder."""
_WEIGHT = re.compile(
    r"^(?:(?:weight|order|nav_order|sidebar_position)[ \t]*[:=]|sidebar:[ \t]*(?:\{[^{}\n]*?|(?:\n[ \t]+.*)*?\n[ \t]+)\border[ \t]*:)[ \t]*[\"']?(-?\d{1,9}(?:\.\d{1,9})?)[\"']?[ \t]*(?:[,}].*|#.*)?$",
    re.MULTILINE | re.IGNORECASE,
)
_FRONT = re.compile(r"\A\ufeff?\s*(---|\+\+\+)[ \t]*\r?\n(.*?)^\1", re.DOTALL | re.MULTILINE)
MOST_FRONT = 20_000
"""Bytes of a file in which its weight is looked for."""


def is_markdown(name: str) -> bool:
    """Whether a file's name is that of a session's."""
    return name.lower().endswith(MARKDOWN)


def arranged(root: Path, paths: list[str]) -> tuple[list[str], list[Diagnostic]]:
    """Return files in their authors' order, with one note on where that stands; `paths` are in natural order."""
    name, entries = list_of(root, paths)
    if entries:
        named = [entry.path for entry in entries]
        rest = [path for path in paths if path not in set(named)]
        more = f"; {len(rest)} that it does not name follow by their names" if rest else ""
        message = f"the order of the sessions is that of this file{more}"
        return [*named, *rest], [Diagnostic("C191", message, Span(name))]
    if told := _of_folders(root, paths):
        return told
    weights = {path: _weight(root / path) for path in paths}
    weighed = [path for path in paths if weights[path] < math.inf]
    if len(weighed) < 2:
        return _as_linked(root, paths)
    message = (
        f"the order of the sessions is that of the numbers in {len(weighed)} files' front matter"
    )
    return _by_weight(paths, weights, {}), [Diagnostic("C191", message, Span(weighed[0]))]


def _of_folders(root: Path, paths: list[str]) -> tuple[list[str], list[Diagnostic]] | None:
    """Return files in the order that lists in their folders say, with a note on each; None where there is none."""
    folders = dict.fromkeys(str(p) for path in paths for p in PurePosixPath(path).parents)
    places, notes = dict[str, float](), []
    for folder in folders:
        name, order = folder_order(root, folder)
        rest = order.index("...") if "..." in order else len(order)
        inside = {path for path in (*paths, *folders) if str(PurePosixPath(path).parent) == folder and path != "."}  # fmt: skip
        if order:
            named = {normpath(f"{folder}/{said}"): place for place, said in enumerate(order)}
            places |= {path: float(named.get(path, rest)) for path in inside}
            notes.append(Diagnostic("C191", "the order in its folder is that of this file", Span(name)))  # fmt: skip
    weights = {path: places.get(path, math.inf) for path in paths}
    return (_by_weight(paths, weights, places), notes) if notes else None


def _as_linked(root: Path, paths: list[str]) -> tuple[list[str], list[Diagnostic]]:
    """Return files with those of a folder in the order in which its front page links them, and a note on it."""
    known, place = frozenset(paths), {path: number for number, path in enumerate(paths)}
    notes, moved = [], dict[str, str]()
    for front in [path for path in paths if is_front_page(path) and "/" in path]:
        folder = PurePosixPath(front).parent
        linked = [entry.path for entry in listed(root, front, known)
                  if PurePosixPath(entry.path).parent == folder and entry.path != front]  # fmt: skip
        slots = sorted(linked, key=lambda path: place[path])
        if len(linked) > 1 and slots != linked:
            moved |= dict(zip(slots, linked, strict=True))
            notes.append(Diagnostic("C191", "the order of its folder is that of its links", Span(front)))  # fmt: skip
    return [moved.get(path, path) for path in paths], notes


def list_of(root: Path, paths: list[str]) -> tuple[str, list[ListedFile]]:
    """Return the list of contents that says the order of files, and what it names; "" and none where there is none."""
    for name in _listings(root, paths):
        entries = listed(root, name, frozenset(paths))
        if len(entries) > 1:
            return name, entries
    return "", []


def _listings(root: Path, paths: list[str]) -> Iterator[str]:
    """Yield the lists of contents, in the course's folder and in those that hold its files or are beside them."""
    folders = dict.fromkeys(["", *(str(p) for path in paths for p in reversed(PurePosixPath(path).parents))])  # fmt: skip
    here = [folder for folder in folders if folder != "."]
    for name in LISTS:
        for folder in here:
            path = f"{folder}/{name}".lstrip("/")
            if files.is_file(root / path) and (name != "index.md" or _has_tree(root / path)):
                yield path
    for name in files.names(root):
        if name.endswith((".yml", ".yaml")) and name not in (*LISTS, "course.yml"):
            yield name


def _has_tree(file: Path) -> bool:
    """Whether a front page has a list of contents of MyST's or Sphinx's."""
    return b"{toctree}" in files.read(file, LARGEST)


def _weight(path: Path) -> float:
    """Return the number that a file's front matter gives its place, infinity where none."""
    try:
        data = files.read(path, largest(str(path)) + 1)[
            :MOST_FRONT
        ]  # as it is read later: a part is another fact
        found = _FRONT.match(data.decode("utf-8", "replace"))
    except OSError:
        return math.inf
    weight = _WEIGHT.search(found[2]) if found else None
    return float(weight[1]) if weight else math.inf


def _by_weight(paths: list[str], weights: dict[str, float], folders: dict[str, float]) -> list[str]:
    """Return files by weight in each folder, a folder where its own or its front page's weight puts it."""
    place = {path: number for number, path in enumerate(paths)}
    fronts = {str(PurePosixPath(p).parent): weights[p] for p in paths if is_front_page(p)} | folders
    first: dict[str, int] = {}
    for path, number in place.items():
        for folder in PurePosixPath(path).parents:
            first.setdefault(str(folder), number)

    def key(path: str) -> list[tuple[bool, float, int]]:
        above = [str(folder) for folder in reversed(PurePosixPath(path).parents)][1:]
        outer = [(True, fronts.get(folder, math.inf), first[folder]) for folder in above]
        return [*outer, (not is_front_page(path), weights[path], place[path])]

    return sorted(paths, key=key)


def is_front_page(path: str) -> bool:
    """Whether a file stands for its folder."""
    return PurePosixPath(path).stem.lower() in FRONT_PAGES
