"""A course's own layouts that were written for an earlier version: which of their names have changed.

The table `CHANGES` is told in words in docs/from-0.1.md. A layout that uses none of its names works as it
did; one that does fails when it is rendered, or prints less.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from courseware import files
from courseware.course.loading import Loaded
from courseware.course.setting_checks import version_numbers
from courseware.diagnostics import Diagnostic, Span

if TYPE_CHECKING:
    from jinja2 import nodes

MOST = 200_000
"""Bytes of a layout that are looked at: the longest built-in one has 15,000."""
DEEPEST = 4
"""Folders inside each other that are looked at: links may lead in a circle."""


class Renaming(msgspec.Struct, frozen=True):
    """A name that layouts knew before the version `since`, and what stands in its place `now`.

    An attribute counts only behind a name of `behind`, where that has any; a macro only where it is
    imported from that layout. A file is a path in `layouts/` that a stylesheet names.
    """

    since: str
    kind: Literal["attribute", "variable", "macro", "class", "file"]
    old: str
    now: str
    behind: tuple[str, ...] = ()


_GUIDE = ("guide/page.html.j2",)
CHANGES = (
    Renaming("0.2", "attribute", "html", "prose(text) writes a text"),
    Renaming("0.2", "attribute", "formulas", "go through text.walk(), or ask text.has(…)"),
    Renaming("0.2", "attribute", "image", "the pictures of a text are text.images", ("link", "k", "l")),
    Renaming("0.2", "attribute", "alt", "the pictures of a text are text.images", ("link", "k", "l")),
    Renaming("0.2", "attribute", "picture", "page.maps has the slides' numbers, guides list what they show", ("page",)),
    Renaming("0.2", "attribute", "pictures", "page.maps has the slides' numbers, guides list what they show", ("page",)),
    Renaming("0.2", "attribute", "blanks", "prose(text) writes the fields of blanks", ("fields",)),
    Renaming("0.2", "attribute", "fills", "the filter fills tells it of a line", ("fields",)),
    Renaming("0.2", "attribute", "pairs", "cards holds the rows of cards"),
    Renaming("0.2", "attribute", "if_time", "out tells that a segment falls out of the plan"),
    Renaming("0.2", "attribute", "cuts", "changes of the run sheet, with before and after"),
    Renaming("0.2", "attribute", "how", "a change has before, after and out", ("c", "cut")),
    Renaming("0.2", "attribute", "short", "page.content.fallbacks.short", ("sheet",)),
    Renaming("0.2", "attribute", "late", "page.content.fallbacks.late", ("sheet", "guide", "content")),
    Renaming("0.2", "attribute", "at_a_glance", "what page 1 prints is not told again"),
    Renaming("0.2", "attribute", "kinds", "kind_of(section.kind).icon", ("drawn", "icons")),
    Renaming("0.2", "attribute", "boxes", "kind_of(box.kind).icon", ("drawn", "icons")),
    Renaming("0.2", "attribute", "names", "name_of_kind(box.kind)", ("shared",)),
    Renaming("0.2", "attribute", "spoken", "name_of_kind(box.kind) is nothing where none is printed", ("shared",)),
    Renaming("0.2", "variable", "names", "name_of_kind(box.kind)"),
    Renaming("0.2", "macro", "cut", "change writes what a plan changes", _GUIDE),
    Renaming("0.2", "macro", "minutes", "words.minutes(number)", _GUIDE),
    Renaming("0.2", "macro", "printed", "say(name)", _GUIDE),
    Renaming("0.2", "class", "is-if-time", "what falls out is listed in .left-out"),
    Renaming("0.2", "class", "glanced", "what page 1 prints is not told again"),
    *(Renaming("0.2", "file", f"guide/icons/{name}.svg", "cues are told apart by their form")
      for name in ("ask", "do", "listen", "say", "watch")),
)  # fmt: skip
_BY_NAME = frozenset({"selectattr", "rejectattr", "map", "sum", "sort", "groupby", "unique"})
"""Filters that take an attribute's name as a text."""


def changed_names(loaded: Loaded) -> Iterator[Diagnostic]:
    """Warn of names in the course's own layouts that have changed since the version they are for."""
    stated = version_numbers(loaded.settings.layouts_version)
    changes = [c for c in CHANGES if not stated or stated < version_numbers(c.since)]
    for name in _own_files(loaded.root, "layouts") if changes else ():
        try:
            text = files.text(loaded.root / name, "replace", MOST)
        except OSError:
            continue
        uses = _in_template(text) if name.endswith(".j2") else _in_styles(text, Path(name))
        own = {
            use
            for use in uses
            if use[0] != "file" or not files.is_file(loaded.root / "layouts" / use[2])
        }
        yield from _findings(changes, own, text, name)


def _own_files(root: Path, folder: str) -> Iterator[str]:
    """Yield the paths, in the course, of its layouts and stylesheets; none behind a link out of it."""
    if files.leaves(root, folder) or folder.count("/") > DEEPEST:
        return
    for name in files.names(root / folder):
        path = f"{folder}/{name}"
        if path.endswith((".j2", ".css")):
            if files.is_file(root / path) and not files.leaves(root, path):
                yield path
        elif files.kind(root / path) == "folder":
            yield from _own_files(root, path)


Use = tuple[str, str, str, int]
"""A name that is used: its kind, what stands before its dot, itself, its line."""


def _in_styles(text: str, path: Path) -> Iterator[Use]:
    folder = posixpath.dirname(path.relative_to("layouts").as_posix())
    for number, line in enumerate(text.split("\n"), 1):
        for name in re.findall(r"\.([A-Za-z][\w-]*)", line):
            yield "class", "", name, number
        for address in re.findall(r"url\(\s*[\"']?([\w./-]+)", line):
            yield "file", "", posixpath.normpath(posixpath.join(folder, address)), number


def _in_template(text: str) -> list[Use]:
    """Return what a template uses; nothing where it is none, or is nested without end: the build tells."""
    from jinja2 import Environment, TemplateError

    try:
        return list(_uses(Environment(autoescape=True).parse(text)))
    except (TemplateError, RecursionError):
        return []


def _uses(tree: nodes.Template) -> Iterator[Use]:
    from jinja2 import nodes

    given = {found.name for found in tree.find_all(nodes.Name) if found.ctx != "load"}
    for found in tree.find_all(nodes.Name):
        if found.name not in given:
            yield "variable", "", found.name, found.lineno
    for asked in tree.find_all(nodes.Getattr):
        yield "attribute", _before(asked.node), asked.attr, asked.lineno
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.arg, nodes.Const):
            yield "attribute", _before(item.node), str(item.arg.value), item.lineno
    for taken in tree.find_all(nodes.FromImport):
        layout = taken.template.value if isinstance(taken.template, nodes.Const) else ""
        for name in taken.names:
            first = name if isinstance(name, str) else name[0]
            yield "macro", str(layout).removeprefix("built-in/"), first, taken.lineno
    for used in tree.find_all(nodes.Filter):
        given_to = [*used.args, *(pair.value for pair in used.kwargs)]
        named = [a for a in given_to if isinstance(a, nodes.Const) and used.name in _BY_NAME]
        yield from (("attribute", "", str(a.value), used.lineno) for a in named)


def _before(node: object) -> str:
    """Return the name that an attribute stands behind: the last one of what it is asked of."""
    found = getattr(node, "name", None) or getattr(node, "attr", "")
    return found if isinstance(found, str) else ""


def _findings(
    changes: list[Renaming], uses: set[Use], text: str, path: str
) -> Iterator[Diagnostic]:
    """Yield a finding for each change that concerns a file, at the first line that it does."""
    lines = text.split("\n")
    for change in changes:
        numbers = sorted({use[3] for use in uses if _concerns(change, use)})
        if not numbers:
            continue
        line = lines[numbers[0] - 1] if numbers[0] <= len(lines) else ""
        said = change.old.rpartition("/")[2]
        found = re.search(rf"(?<![\w-]){re.escape(said)}(?![\w-])", line)
        place = Span(path, numbers[0], found.start() + 1 if found else 1)
        message = f'"{change.old}" is a name of layouts older than version {change.since}'
        if numbers[1:]:
            which = "lines" if numbers[2:] else "line"
            message += f"; also in {which} {', '.join(map(str, numbers[1:]))}"
        yield Diagnostic("C176", message, place, f"now: {change.now}", line[:300])


def _concerns(change: Renaming, use: Use) -> bool:
    kind, before, name, _ = use
    behind = not change.behind or not before or before in change.behind
    return (kind, name) == (change.kind, change.old) and behind
