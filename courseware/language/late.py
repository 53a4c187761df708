"""Patterns that are compiled when a text is first compared with them: a language's are many and long."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property


class LatePattern:
    """A pattern whose methods are those of a compiled one."""

    def __init__(self, pattern: str) -> None:
        """Take what `re.compile` takes."""
        self.pattern = pattern

    @cached_property
    def fullmatch(self) -> Callable[[str], re.Match[str] | None]:
        """Return how a text as a whole is one of the pattern's."""
        return _compiled(self.pattern).fullmatch

    @cached_property
    def match(self) -> Callable[[str], re.Match[str] | None]:
        """Return how a text begins with the pattern."""
        return _compiled(self.pattern).match

    @cached_property
    def search(self) -> Callable[[str], re.Match[str] | None]:
        """Return where in a text the pattern is."""
        return _compiled(self.pattern).search

    @cached_property
    def sub(self) -> Callable[[str, str], str]:
        """Return a text with other words where the pattern is."""
        return _compiled(self.pattern).sub


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
