"""The verbs that a clause commands by, in languages that do not put them first.

Japanese, Korean and Hindi end a command with its verb, Chinese has no spaces around it, German may end with an
infinitive, and others may say how or with whom first. A language's list `commands` says in patterns where its verbs
stand and how they are inflected there; `{verb}` is any word of the lists of verbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from courseware.language.twins import EASTERN, normal

LISTS = ("writing_verbs", "acting_verbs", "making_verbs")
"""The lists whose words, or beginnings of words, a command is told by."""


def command_pattern(phrase: str) -> str:
    """Return the pattern of words around a command's verb, {verb}, as a course says them: "kindly {verb}"."""
    before, after = ("" if EASTERN.search(phrase) else side for side in (r"(?<!\w)", r"(?!\w)"))
    said = r"\s+".join(map(re.escape, phrase.split()))
    return before + said.replace(r"\{verb\}", "{verb}") + after


class Verbs:
    """Finds the verbs of commands in a clause; nothing where a language puts them first."""

    def __init__(self, patterns: Iterable[str], verbs: Iterable[str]) -> None:
        """Take a language's patterns, and its verbs as keys."""
        stems = "|".join(map(re.escape, sorted(verbs, key=len, reverse=True)))
        self._patterns = [
            re.compile(
                normal(p).replace("{verb}", f"(?P<verb>{stems})"),
                re.IGNORECASE,
            )
            for p in patterns
        ]

    def __bool__(self) -> bool:
        """Whether a language has such patterns."""
        return bool(self._patterns)

    def of(self, clause: str) -> tuple[str, ...]:
        """Return the verbs that a clause commands by, as keys."""
        bare = clause.rstrip(" :.!*_")
        return tuple(m["verb"].lower() for p in self._patterns for m in p.finditer(bare))
