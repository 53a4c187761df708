"""Building: what is out of date is made, checked and published.

The package is a function, too: `courseware.build(where, …)` is `courseware.build.steps.build`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Package(ModuleType):
    """A package that can be called."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Build products of a course: `help(courseware.api.build)` says how."""
        from courseware.build.steps import build

        return build(*arguments, **options)


sys.modules[__name__].__class__ = _Package
