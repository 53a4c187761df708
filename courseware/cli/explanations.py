"""The pages that explain findings: one a code, beside the package or shipped inside it."""

from __future__ import annotations

import re
from pathlib import Path

from courseware.diagnostics import CODES
from courseware.folders import PACKAGE

_COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)
_MEANING = re.compile(r"^## What it means\n+(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def folder() -> Path:
    """Return the folder of the pages: docs/diagnostics in a checkout, else the package's own."""
    inside = PACKAGE / "explanations"
    return inside if inside.is_dir() else PACKAGE.parent / "docs" / "diagnostics"


def page(code: str) -> str:
    """Return the page of a known code as markdown, without its comments; raises OSError."""
    return _COMMENT.sub("", (folder() / f"{code}.md").read_text("utf-8"))


def meaning(code: str) -> str:
    """Return what a code means: the first part of its page, as one paragraph of plain text."""
    found = _MEANING.search(page(code))
    return " ".join(found[1].split()) if found else CODES[code].title


def index() -> str:
    """Return a line for each code: the code, its severity, its title."""
    return "".join(f"{code}  {row.severity:<7}  {row.title}\n" for code, row in CODES.items())
