"""Files that a session includes, as mdBook does: `{{#include code.rs}}`, some lines of it, or what stands between anchors.

Only files of the course are read, and only what is included of an included file is not: it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, normpath

from courseware import files
from courseware.diagnostics import Diagnostic, Span
from courseware.reading.blocks.leaves import SOFT

MOST_BYTES = 400_000
"""Bytes of all files that a session includes, each as often as it is named: a page holds some 4,000."""
_TAG = re.compile(
    r"\{\{#(?:include|rustdoc_include|playground|playpen)\s+(?P<target>[^\s{}:]+)(?::(?P<part>[^\s{}]+))?[^{}]*\}\}"
)
_FENCE = re.compile(r"\s*(?P<mark>`{3,}|~{3,})")
_ANCHOR = re.compile(r"\bANCHOR(?:_END)?:\s*[\w-]+")
_LINES = re.compile(r"(?P<first>\d*)(?P<to>:?)(?P<last>\d*)")


def with_includes(root: Path, path: str, data: bytes) -> tuple[bytes, list[Diagnostic]]:
    """Return a session's bytes with what it includes in its place, and findings on what cannot be."""
    if b"{{#" not in data:
        return data, []
    text, mark, included = data.decode("utf-8", "surrogateescape"), "", _Included(root, path)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if found := _FENCE.match(line):
            closes = mark and found["mark"].startswith(mark) and not line.strip(" \t\r`~")
            mark = "" if closes else mark or found["mark"]
        for tag in reversed(list(_TAG.finditer(line))):
            put = included.text(tag, number + 1, SOFT if mark else "\n")
            lines[number] = lines[number][: tag.start()] + put + lines[number][tag.end() :]
    return "\n".join(lines).encode("utf-8", "surrogateescape"), included.findings


class _Included:
    """What one session includes: how much so far, and what could not be."""

    def __init__(self, root: Path, path: str) -> None:
        self.root, self.path = root, path
        self.findings: list[Diagnostic] = []
        self._size = 0

    def text(self, tag: re.Match[str], line: int, end: str) -> str:
        """Return what stands for a tag, its lines ended so: in code they are one, so that what follows keeps its line."""
        target = normpath(f"{dirname(self.path)}/{tag['target']}".lstrip("/"))
        file = files.found(self.root, target)
        self._size += file.stat().st_size if file else 0
        if file is None or self._size > MOST_BYTES:
            why = "too much is included" if file else "there is no such file in the course"
            message = f'"{tag["target"]}" is not included: {why}'
            hint = "put it into the course, or write here what it says"
            self.findings.append(Diagnostic("C197", message, Span(self.path, line), hint))
            return ""
        rows = files.read(file, MOST_BYTES).decode("utf-8", "replace").splitlines()
        return end.join(_part(rows, tag["part"] or ""))


def _part(lines: list[str], part: str) -> Iterator[str]:
    """Yield the lines that a part means: all, some by number, or those between the anchors of a name."""
    numbers = _LINES.fullmatch(part)
    inside = numbers is not None
    first = int(numbers["first"] or 1) if numbers else 1
    last = (
        len(lines)
        if not numbers or (numbers["to"] and not numbers["last"])
        else int(numbers["last"] or first)
    )
    last = last if part else len(lines)
    for number, line in enumerate(lines, 1):
        anchor = _ANCHOR.search(line)
        if anchor:
            begins = anchor.group().split(":")[0] == "ANCHOR"
            inside = inside if numbers or anchor.group().split(":")[1].strip() != part else begins
        elif inside and first <= number <= last:
            yield line
