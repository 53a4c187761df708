"""What WeasyPrint declares of the system's libraries, understood once a machine, not once a process.

Each process would read some 400 lines of C by a parser in Python. cffi can write down what it has
understood of them: "out-of-line", in its documentation. From that it makes its objects at once, and
calls by way of them are faster, too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import _cffi_backend
import cffi

from courseware import cache as kept

_NAME = "courseware_declared"


class Declared:
    """Stands for `cffi.FFI`: it is what comes of the first declarations that it gets."""

    def cdef(self, declarations: str) -> None:
        """Take declarations in C."""
        made_of = f"{cffi.__version__} {_cffi_backend.__version__} {declarations}".encode()
        found: dict[str, Any] = {}
        code = kept.code("declared.bin", made_of, lambda: _written(declarations))
        exec(code, found)  # noqa: S102
        self._made = found["ffi"]

    def __getattr__(self, name: str) -> Any:
        """Return what cffi's own object has under a name, and keep it at hand."""
        if name == "_made":
            raise AttributeError(name)
        value = getattr(self._made, name)
        setattr(self, name, value)
        return value


def _written(declarations: str) -> str:
    """Return declarations as a module that needs no parser."""
    from cffi.recompiler import make_py_source

    ffi, module = plain(), io.StringIO()
    ffi.cdef(declarations)
    make_py_source(ffi, _NAME, module)
    return module.getvalue()


plain = cffi.FFI


@contextmanager
def declared_once() -> Iterator[None]:
    """Let modules that are imported meanwhile have their declarations so."""
    cffi.FFI = Declared
    try:
        yield
    finally:
        cffi.FFI = plain
