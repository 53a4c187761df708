"""Solutions marked in code, as in nbgrader and otter: `### BEGIN SOLUTION` … `### END SOLUTION`, `# SOLUTION`."""

from __future__ import annotations

import re

_MARK = r"(?P<indent>\s*)(?P<mark>#+|//+|--+|%+|;+|/\*+|<!--)\s*"
_BEGIN = re.compile(rf"{_MARK}BEGIN[ _-]?(?:HIDDEN[ _-])?SOLUTION\b.*", re.IGNORECASE)
_END = re.compile(rf"{_MARK}END[ _-]?(?:HIDDEN[ _-])?SOLUTION\b.*", re.IGNORECASE)
_WHOLE = re.compile(rf"{_MARK}SOLUTION\b(?!\s*\w).*")
_LINE = re.compile(r"(?P<indent>\s*)\S.*?\s(?P<mark>#+|//+|--+|%+|;+)\s*SOLUTION\s*$")
HERE = "your code here"
"""What stands in a solution's place."""
_CLOSERS = {"/": " */", "<": " -->"}


def without_solutions(code: str) -> str:
    """Return code with a line in place of each marked solution; code without any as it is.

    A solution that is not ended, or that a line of `# SOLUTION` alone begins, goes to the end.
    """
    kept: list[str] = []
    inside = False
    for line in code.split("\n"):
        begun = _BEGIN.fullmatch(line) or _WHOLE.fullmatch(line) or _LINE.fullmatch(line)
        if inside:
            inside = not _END.fullmatch(line)
        elif begun:
            kept.append(_stub(begun["indent"], begun["mark"]))
            inside = not _LINE.fullmatch(line)
        elif not _END.fullmatch(line):
            kept.append(line)
    return "\n".join(kept)


def _stub(indent: str, mark: str) -> str:
    sign = "#" if mark.startswith("#") else mark
    close = _CLOSERS.get(mark[0], "") if mark.startswith(("/*", "<")) else ""
    return f"{indent}{sign} {HERE}{close}"
