"""The order of a course's files as the files of other tools say it: their lists of contents, or weights.

mdBook, GitBook and HonKit have `SUMMARY.md`; Quarto `_quarto.yml`; MkDocs `mkdocs.yml`; the Carpentries
`config.yaml`; Jupyter Book `_toc.yml`; Docsify `_sidebar.md`; slide shows a list of decks. Hugo, Docusaurus and
Jekyll's themes have a number in each file's front matter.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

import yaml

from courseware import files
from courseware.diagnostics import Diagnostic, Span
from courseware.reading.source.decoding import LARGEST

MARKDOWN = (".md", ".markdown", ".qmd", ".rmd", ".mdx")
"""How the name of a session's file may end, in small letters."""
FRONT_PAGES = frozenset({"readme", "index", "_index"})
"""Names of the page that stands for its folder."""
LISTS = ("SUMMARY.md", "_quarto.yml", "mkdocs.yml", "config.yaml", "_toc.yml", "_sidebar.md")
"""Files that list a course's files, the first that there is before the others."""
_LINK = re.compile(r"\]\(\s*<?([^)>\s#]+)")
_WEIGHT = re.compile(
    r"^(?:weight|order|nav_order|sidebar_position)[ \t]*[:=][ \t]*[\"']?(-?\d{1,9}(?:\.\d{1,9})?)[\"']?[ \t]*(?:#.*)?$",
    re.MULTILINE | re.IGNORECASE,
)
_FRONT = re.compile(r"\A\ufeff?\s*(---|\+\+\+)[ \t]*\r?\n(.*?)^\1", re.DOTALL | re.MULTILINE)
MOST_FRONT = 20_000
"""Bytes of a file in which its weight is looked for."""


class _Loader(yaml.SafeLoader):
    """Reads a list of contents; a tag of another program's (`!ENV`, `!!python/…`) is nothing."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def is_markdown(name: str) -> bool:
    """Whether a file's name is that of a session's."""
    return name.lower().endswith(MARKDOWN)


def arranged(root: Path, paths: list[str]) -> tuple[list[str], list[Diagnostic]]:
    """Return files in their authors' order, with one note on where that stands; `paths` are in natural order."""
    for name in _listings(root, paths):
        listed = list(dict.fromkeys(_listed(root, name, frozenset(paths))))
        if len(listed) > 1:
            rest = [path for path in paths if path not in set(listed)]
            more = f"; {len(rest)} that it does not name follow by their names" if rest else ""
            message = f"the order of the sessions is that of this file{more}"
            return [*listed, *rest], [Diagnostic("C191", message, Span(name))]
    weights = {path: _weight(root / path) for path in paths}
    weighed = [path for path in paths if weights[path] < math.inf]
    if len(weighed) < 2:
        return paths, []
    message = (
        f"the order of the sessions is that of the numbers in {len(weighed)} files' front matter"
    )
    return _by_weight(paths, weights), [Diagnostic("C191", message, Span(weighed[0]))]


def _listings(root: Path, paths: list[str]) -> Iterator[str]:
    """Yield the lists of contents, in the course's folder and in those that hold its files or are beside them."""
    folders = dict.fromkeys(["", *(str(p) for path in paths for p in reversed(PurePosixPath(path).parents))])  # fmt: skip
    here = [folder for folder in folders if folder != "."]
    for name in LISTS:
        for folder in here:
            path = f"{folder}/{name}".lstrip("/")
            if files.is_file(root / path):
                yield path
    for name in files.names(root):
        if name.endswith((".yml", ".yaml")) and name not in (*LISTS, "course.yml"):
            yield name


def _listed(root: Path, name: str, known: frozenset[str]) -> Iterator[str]:
    """Yield the files that a list of contents names, as the course's paths."""
    try:
        text = files.read(root / name, LARGEST).decode("utf-8", "replace")
        is_text = name.endswith(".md")
        said = _LINK.findall(text) if is_text else list(_strings(yaml.load(text, _Loader), set()))  # noqa: S506
    except (OSError, yaml.YAMLError, RecursionError, ValueError):
        return
    folder = str(PurePosixPath(name).parent)
    places = (folder, *(f"{folder}/{inner}" for inner in ("docs", "src", "episodes", "content", "_episodes")))  # fmt: skip
    for target in said:
        yield from _meant(unquote(target), places, known)


def _meant(target: str, places: tuple[str, ...], known: frozenset[str]) -> Iterator[str]:
    """Yield the file that a list means by a target: with or without its ending, or a folder's front page."""
    endings = ("", *MARKDOWN, "/README.md", "/index.md", "/_index.md")
    for place in places:
        whole = normpath(f"{place}/{target.lstrip('/')}")
        found = next((f"{whole}{end}" for end in endings if f"{whole}{end}" in known), None)
        if found:
            yield found
            return
    if is_markdown(target):  # the folder that the list means has another name here
        named = [path for path in known if PurePosixPath(path).name == PurePosixPath(target).name]
        yield from named if len(named) == 1 else ()


def _strings(value: Any, seen: set[int]) -> Iterator[str]:
    """Yield the texts of a value in their order; what stands in it again is not gone through again."""
    if isinstance(value, str):
        yield value.strip()
    if isinstance(value, dict | list) and id(value) not in seen:
        seen.add(id(value))
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one, seen)


def _weight(path: Path) -> float:
    """Return the number that a file's front matter gives its place, infinity where none."""
    try:
        data = files.read(path, LARGEST + 1)[
            :MOST_FRONT
        ]  # as it is read later: a part is another fact
        found = _FRONT.match(data.decode("utf-8", "replace"))
    except OSError:
        return math.inf
    weight = _WEIGHT.search(found[2]) if found else None
    return float(weight[1]) if weight else math.inf


def _by_weight(paths: list[str], weights: dict[str, float]) -> list[str]:
    """Return files by weight in each folder, a folder where its front page's weight puts it."""
    place = {path: number for number, path in enumerate(paths)}
    fronts = {str(PurePosixPath(p).parent): weights[p] for p in paths if is_front_page(p)}
    first: dict[str, int] = {}
    for path, number in place.items():
        for folder in PurePosixPath(path).parents:
            first.setdefault(str(folder), number)

    def key(path: str) -> list[tuple[bool, float, int]]:
        folders = [str(folder) for folder in reversed(PurePosixPath(path).parents)][1:]
        outer = [(True, fronts.get(folder, math.inf), first[folder]) for folder in folders]
        return [*outer, (not is_front_page(path), weights[path], place[path])]

    return sorted(paths, key=key)


def is_front_page(path: str) -> bool:
    """Whether a file stands for its folder."""
    return PurePosixPath(path).stem.lower() in FRONT_PAGES
