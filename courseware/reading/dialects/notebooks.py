"""Notebooks (`.ipynb`) as markdown: text, code in its language, what it printed and drew. No code is run.

Cells with a tag that hides (`solution`, `instructor`), and those that nbgrader holds for solutions, are boxes of that name;
those with `remove-cell` are left out, as Jupyter Book does. Lines stand where the file has them, as far as it has one a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

from courseware.reading.dialects.other_tools import HIDING

ENDING = ".ipynb"
_CELL = re.compile(r'^\s*"cell_type"\s*:')
_SOURCE = re.compile(r'^\s*"source"\s*:')
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_ATTACHED = re.compile(r"\]\(attachment:([^)\s]+)\)")
_SHOWN = ("image/png", "image/jpeg", "image/gif")
_LEFT_OUT = frozenset({"remove-cell", "remove_cell"})
_NO_INPUT = frozenset({"remove-input", "remove_input"})
_NO_OUTPUT = frozenset({"remove-output", "remove_output"})


class NotebookError(Exception):
    """Why a file is no notebook."""


class _Cell(NamedTuple):
    """A cell: its kind, its tags, its source, what it gave, and the pictures that its text holds."""

    kind: str
    tags: frozenset[str]
    source: str
    outputs: list[object]
    attachments: dict[str, dict[str, object]]


def as_markdown(data: bytes) -> bytes:
    """Return a notebook's bytes as those of a markdown file; raise `NotebookError`."""
    try:
        whole = json.loads(data.decode("utf-8-sig"))
        cells = [_cell(cell) for cell in whole["cells"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotebookError("this is no notebook") from None
    language = _language(whole.get("metadata"))
    rows = data.decode("utf-8-sig").split("\n")
    starts = [number for number, row in enumerate(rows) if _CELL.match(row)]
    lines: list[str] = []
    for number, cell in enumerate(cells):
        start = starts[number] if len(starts) == len(cells) else len(lines) + 1
        end = starts[number + 1] if len(starts) == len(cells) > number + 1 else len(rows)
        if cell.kind == "markdown":
            start = next((n + 1 for n in range(start, end) if _SOURCE.match(rows[n])), start)
        lines += [""] * (start - len(lines) or 1 if lines else start - len(lines))
        lines += _lines(cell, language)
    return "\n".join([*lines, ""]).encode()


def _cell(said: dict[str, Any]) -> _Cell:
    given = said.get("metadata") or {}
    tags = {str(tag).lower() for tag in given.get("tags") or ()}
    grader = given.get("nbgrader") or {}
    if grader.get("solution") and (said.get("cell_type") == "markdown" or "### BEGIN" not in _joined(said.get("source"))):  # fmt: skip
        tags.add("solution")
    if (given.get("slideshow") or {}).get("slide_type") == "notes":
        tags.add("facilitator")
    source = _joined(said.get("source"))
    return _Cell(str(said.get("cell_type")), frozenset(tags), source, said.get("outputs") or [], said.get("attachments") or {})  # fmt: skip


def _joined(text: object) -> str:
    return text if isinstance(text, str) else "".join(map(str, cast(Iterable[object], text or ())))


def _language(metadata: object) -> str:
    """Return the language of a notebook's code, as fences name it."""
    given = metadata if isinstance(metadata, dict) else {}
    for key, name in (("language_info", "name"), ("kernelspec", "language")):
        found = given.get(key)
        if isinstance(found, dict) and re.fullmatch(r"[\w+#-]+", str(found.get(name) or "")):
            return str(found[name])
    return "python"


def _lines(cell: _Cell, language: str) -> Iterator[str]:
    """Yield a cell's lines, in a box of the tag's name where that hides."""
    if cell.tags & _LEFT_OUT:
        return
    hiding = next(filter(None, map(_hiding, sorted(cell.tags))), "")
    mark = ":" * (max((len(run) for run in re.findall(r":{3,}", cell.source)), default=2) + 1)
    yield from [f"{mark} {hiding}"] if hiding else []
    if cell.kind == "markdown" or (cell.kind == "raw" and cell.source.startswith("---")):
        yield from _ATTACHED.sub(lambda found: _held(cell, found), cell.source).split("\n")
    elif cell.source.strip() and not cell.tags & _NO_INPUT:
        yield from _fenced(cell.source, language if cell.kind == "code" else "")
    for output in () if cell.tags & _NO_OUTPUT else cell.outputs:
        if isinstance(output, dict):
            yield from _output(output)
    yield from [mark] if hiding else []


def _hiding(tag: str) -> str:
    """Return the name of the box that a tag means, "" where it hides nothing."""
    names = (tag.replace("_", "-"), *re.split(r"[-_\s:]+", tag))
    return next((name for name in names if name in HIDING), "")


def _held(cell: _Cell, found: re.Match[str]) -> str:
    """Return a picture that a cell's text holds, as its address."""
    kinds = cell.attachments.get(found[1]) or {}
    kind = next((k for k in _SHOWN if k in kinds), "")
    return f"](data:{kind};base64,{''.join(_joined(kinds[kind]).split())})" if kind else found[0]


def _fenced(text: str, language: str) -> Iterator[str]:
    mark = "`" * (max((len(run) for run in re.findall("`{3,}", text)), default=2) + 1)
    yield from (f"{mark}{language}", *text.rstrip("\n").split("\n"), mark)


def _output(output: dict[str, object]) -> Iterator[str]:
    """Yield the lines of what a cell gave: a picture, else text, else what went wrong."""
    given = output.get("data")
    shown = given if isinstance(given, dict) else {}
    kind = next((kind for kind in _SHOWN if kind in shown), "")
    text = _joined(output.get("text")) or _joined(shown.get("text/markdown") or shown.get("text/plain"))  # fmt: skip
    if kind:
        alt = re.sub(r"[\[\]<>\n]", " ", text).strip() if "object at 0x" not in text else ""
        alt = "" if re.fullmatch(r"\s*Figure size .*|\s*\w*\s*", alt) else alt
        yield from ("", f"![{alt}](data:{kind};base64,{''.join(_joined(shown[kind]).split())})", "")
    elif "text/markdown" in shown:
        yield from ("", *text.split("\n"), "")
    elif output.get("ename"):
        yield from _fenced(f"{output['ename']}: {_ANSI.sub('', str(output.get('evalue')))}", "output")  # fmt: skip
    elif text.strip() and output.get("name") != "stderr":
        yield from _fenced(_ANSI.sub("", text), "output")
