"""What stands in code of other tools and is not printed: lines that mdBook hides, options of cells, Jekyll's marks."""

from __future__ import annotations

import re

_HIDDEN = re.compile(r"^[ \t]*#(?:[ \t].*)?$")
_DOUBLED = re.compile(r"^([ \t]*)##")
_CELL_OPTION = re.compile(r"^(?:#|//|--|%%)\|(?:\s|$)")
_HIGHLIGHT = re.compile(
    r"\s*(?://|#|--|%|/\*|<!--|\{/\*)\s*highlight-(?:next-line|start|end)\s*(?:\*/\}?|-->)?\s*"
)
_SHIKI = re.compile(r"\s*(?://|#|--|/\*|<!--)\s*\[!code [^\]\n]*\]\s*(?:\*/|-->)?\s*$")
"""Docusaurus' comments that mark lines of code, and VitePress' behind one."""
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)


def without_raw(text: str) -> str:
    """Return code without the pairs of tags that keep it from a template."""
    return _RAW.sub(r"\1", text)


def shown_code(text: str, language: str) -> str:
    """Return code of a language, in lower case, as learners see it: no line "# …" of Rust, no option of a cell."""
    lines = text.split("\n")
    while len(lines) > 1 and _CELL_OPTION.match(lines[0]):
        lines.pop(0)
    lines = [_SHIKI.sub("", line) for line in lines if not _HIGHLIGHT.fullmatch(line)]
    if language.split(",")[0] == "rust":
        shown = [_DOUBLED.sub(r"\1#", line) for line in lines if not _HIDDEN.match(line)]
        lines = "\n".join(shown).strip("\n").split("\n") if any(shown) else lines
    return "\n".join(lines)
