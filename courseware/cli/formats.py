"""Findings as other programs read them: SARIF 2.1.0 and GitHub's workflow commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from courseware.diagnostics import CODES, Diagnostic, Severity, as_json, as_text, printable
from courseware.folders import explanations
from courseware.versions import __version__

_COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)
_MEANING = re.compile(r"^## What it means\n+(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
FORMATS = ("text", "json", "sarif", "github")
SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_ROOT, _COURSE = "%SRCROOT%", "COURSE"
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def written(findings: Sequence[Diagnostic], how: str, base: Path) -> str:
    """Return findings in a format of `FORMATS`, "" where there are none to tell.

    Paths are as the user would name them; `base` is the course's folder.
    """
    if how == "json":
        return as_json(findings).decode() + "\n"
    if how == "sarif":
        return msgspec.json.format(msgspec.json.encode(sarif(findings, base)), indent=2).decode() + "\n"  # fmt: skip
    one = as_github if how == "github" else as_text
    return "".join(one(found) + "\n" for found in findings)


def as_github(found: Diagnostic) -> str:
    """Return a finding as a workflow command, which GitHub shows at its line."""
    span = found.span
    path = _property(span.path)
    text = f"{found.message} ({found.hint})" if found.hint else found.message
    place = f"file={path},line={max(span.line, 1)},col={span.column},title={_property(found.code)}"
    return f"::{_COMMANDS[found.severity]} {place}::{_data(text)}"


def _data(text: str) -> str:
    """Escape a command's message: a line end would begin another command."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(findings: Iterable[Diagnostic], base: Path) -> dict[str, Any]:
    """Return a SARIF 2.1.0 log of one run; its addresses are relative to the current folder.

    Where the course lies elsewhere, they are relative to the course, whose place the run states.
    """
    found = list(findings)
    codes = sorted({f.code for f in found})
    rules = [_rule(code) for code in codes]
    inside = base.resolve().is_relative_to(Path.cwd())
    start = Path.cwd() if inside else base.resolve()
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "courseware", "semanticVersion": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, codes.index(f.code), start, _ROOT if inside else _COURSE) for f in found],
    }  # fmt: skip
    if not inside:
        run["originalUriBaseIds"] = {_COURSE: {"uri": start.as_uri() + "/"}}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    row = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": row.title},
        "fullDescription": {"text": meaning(code)},
        "help": {"text": meaning(code), "markdown": page(code)},
        "defaultConfiguration": {"level": str(row.severity)},
        "properties": {"page": f"docs/diagnostics/{code}.md"},
    }


def _result(found: Diagnostic, rule: int, start: Path, root: str) -> dict[str, Any]:
    span = found.span
    text = f"{found.message} ({found.hint})" if found.hint else found.message
    region: dict[str, Any] = {"startLine": max(span.line, 1), "startColumn": max(span.column, 1)}
    if span.end_line > span.line:
        region["endLine"] = span.end_line
    if found.line.strip():
        region["snippet"] = {"text": found.line}
    path = (Path.cwd() / span.path).absolute()
    path = path if path.is_relative_to(start) else path.parent.resolve() / path.name
    shown = path.relative_to(start) if path.is_relative_to(start) else Path(span.path)
    place = {"artifactLocation": {"uri": quote(shown.as_posix()), "uriBaseId": root}}
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": str(found.severity),
        "message": {"text": text},
        "locations": [{"physicalLocation": {**place, "region": region}}],
    }


def page(code: str) -> str:
    """Return the page of a known code as markdown, without its comments; raises OSError."""
    return _COMMENT.sub("", (explanations() / f"{code}.md").read_text("utf-8"))


def meaning(code: str) -> str:
    """Return what a code means: the first part of its page, as one paragraph of plain text."""
    found = _MEANING.search(page(code))
    return " ".join(found[1].split()) if found else CODES[code].title


def index() -> str:
    """Return a line for each code: the code, its severity, its title."""
    return "".join(f"{code}  {row.severity:<7}  {row.title}\n" for code, row in CODES.items())
