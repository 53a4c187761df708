"""Session markdown in, printed courseware out, through one typed model, in one direction.

The names in `__all__` are the public API, which docs/api.md describes. Each is loaded when it is
asked for: to import the package costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as `typing` has it, which takes longer to load than the rest of this file
if TYPE_CHECKING:
    from courseware.api import build, check, read_course, read_session
    from courseware.build.driver import Built, Line
    from courseware.build.request import RequestError
    from courseware.course.loading import Loaded
    from courseware.diagnostics import CODES, Diagnostic, Severity, Span
    from courseware.model.session import Course, Session
    from courseware.products.table import PRODUCTS, Product
    from courseware.reading.stages import Reading
    from courseware.versions import __version__

__all__ = [
    "Built",
    "CODES",
    "Course",
    "Diagnostic",
    "Line",
    "Loaded",
    "PRODUCTS",
    "Product",
    "Reading",
    "RequestError",
    "Session",
    "Severity",
    "Span",
    "__version__",
    "build",
    "check",
    "read_course",
    "read_session",
]

_PLACES = {
    "api": ("check", "read_course", "read_session"),
    "build.driver": ("Built", "Line"),
    "build.request": ("RequestError",),
    "course.loading": ("Loaded",),
    "diagnostics": ("CODES", "Diagnostic", "Severity", "Span"),
    "model.session": ("Course", "Session"),
    "products.table": ("PRODUCTS", "Product"),
    "reading.stages": ("Reading",),
    "versions": ("__version__",),
}


if not TYPE_CHECKING:  # a name that there is not is an error for type checkers

    def __getattr__(name: str) -> object:
        """Load a name of the public API (PEP 562); any other raises `AttributeError`."""
        from importlib import import_module

        if name == "build":  # the package, which is the function
            return import_module("courseware.build")
        for module, names in _PLACES.items():
            if name in names:
                found: object = getattr(import_module(f"courseware.{module}"), name)
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
