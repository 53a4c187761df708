"""The design's values: the custom properties of `:root` in shared/design.css and a course's own."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import tinycss2

from courseware import files
from courseware.writing.places import layouts

VALUES = "shared/design.css"
OWN = "shared/course.css"
"""The stylesheet that a course may have: its values and rules come after all built-in ones."""


def design(root: Path) -> dict[str, str]:
    """Return the values by name ("accent": "#1f4e79") as the course in the folder `root` has them."""
    own = root / "layouts"
    sheets = [next(p for p in (own / VALUES, layouts() / VALUES) if files.is_file(p)), own / OWN]
    found: dict[str, str] = {}
    for sheet in sheets:
        if files.is_file(sheet):
            found |= _values(files.text(sheet, errors="replace"))
    return found


@lru_cache(maxsize=16)
def _values(css: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for line in tinycss2.parse_declaration_list(rule.content):
                if line.type == "declaration" and line.name.startswith("--"):
                    found[line.name[2:]] = tinycss2.serialize(line.value).strip()
    return found
