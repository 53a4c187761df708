"""WeasyPrint's own stylesheets parsed once a machine, not once a process: 30 ms of its import."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any
from zlib import crc32

from courseware import cache as kept

_MODULE = "weasyprint.html"
"""The module that parses them, of texts that come with it, when it is imported."""


class _Loading(Loader):
    def __init__(self, plain: Loader) -> None:
        self.plain = plain

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.plain.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module with stylesheets that are kept; it has the class itself from then on."""
        package = sys.modules[_MODULE.partition(".")[0]]
        plain = package.CSS
        package.CSS = lambda **given: _stylesheet(plain, **given)  # type: ignore[attr-defined]
        try:
            self.plain.exec_module(module)
        finally:
            package.CSS = module.CSS = plain  # type: ignore[attr-defined]


class _Finder(MetaPathFinder):
    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name == _MODULE else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Loading(spec.loader)
        return spec


def _stylesheet(plain: Any, string: str, counter_style: dict[str, Any] | None = None) -> Any:
    """Return a text parsed; it adds to the counters that are given."""
    made_of = repr((_versions(), string)).encode()
    name = f"origin-{crc32(made_of):08x}.bin"
    counters: dict[str, Any] = {}
    if data := kept.look(name, made_of):
        values, counters = pickle.loads(data)  # noqa: S301
        made = plain.__new__(plain)
        vars(made).update(values)
    else:
        made = plain(string=string, counter_style=counters)
        kept.keep(name, made_of, kept.pickled((vars(made), counters)))
    if counter_style is not None:
        counter_style.update(counters)
    return made


def _versions() -> tuple[str, ...]:
    return tuple(sys.modules[name].VERSION for name in ("weasyprint", "tinycss2", "cssselect2"))


@contextmanager
def origin_kept() -> Iterator[None]:
    """Let WeasyPrint, if it is imported meanwhile, take its stylesheets so."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
