"""What takes long to make, and is the same each time: kept in the user's cache folder."""

from __future__ import annotations

import marshal
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from io import BytesIO
from types import FunctionType
from typing import Any

from courseware.folders import cache

_SEAL = 32
MOST = 48
"""Files kept that begin alike, of some 150 KB: as many stylesheets, as one edits them."""
_PYTHON = f"{sys.implementation.cache_tag} {sys.version}".encode()


def look(name: str, made_of: bytes) -> bytes | None:
    """Return what the cache's file `name` holds, None where that is not of `made_of`, or not whole."""
    folder = cache()
    if folder is None:
        return None
    try:
        found = (folder / name).read_bytes()
    except OSError:
        return None
    data = found[_SEAL:]
    return data if found[:_SEAL] == _seal(made_of, data) else None


def keep(name: str, made_of: bytes, data: bytes) -> None:
    """Keep what was made of `made_of` in the cache's file `name`, if it can be written."""
    folder = cache()
    if folder is None:
        return
    part = folder / f".{name}.{os.getpid()}"
    with suppress(OSError):
        try:
            part.write_bytes(_seal(made_of, data) + data)
            part.replace(folder / name)
            alike = sorted(folder.glob(f"{name.partition('-')[0]}-*"), key=os.path.getmtime)
            for old in alike[:-MOST]:
                old.unlink(missing_ok=True)
        finally:
            part.unlink(missing_ok=True)


def _seal(made_of: bytes, data: bytes) -> bytes:
    parts = (_PYTHON, made_of, data)
    return blake2b(b"".join(b"%d " % len(p) + p for p in parts), digest_size=_SEAL).digest()


def code(name: str, made_of: bytes, make: Callable[[], str]) -> Any:
    """Return a module compiled: as it was kept, else as `make` writes it."""
    data = look(name, made_of)
    if data is None:
        data = marshal.dumps(compile(make(), name, "exec"))
        keep(name, made_of, data)
    return marshal.loads(data)  # noqa: S302


def pickled(value: Any) -> bytes:
    """Return a value as bytes, its functions as their code; raises where it cannot be."""
    data = BytesIO()
    _Pickler(data, pickle.HIGHEST_PROTOCOL).dump(value)
    return data.getvalue()


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Write a function without a name, which a plain pickle refuses, as its code."""
        if type(value) is not FunctionType or value.__name__ != "<lambda>" or value.__closure__:
            return NotImplemented
        names = {name: one for name, one in value.__globals__.items() if name != "__builtins__"}
        return _function, (marshal.dumps(value.__code__), names)


def _function(code: bytes, names: dict[str, Any]) -> FunctionType:
    return FunctionType(marshal.loads(code), names)  # noqa: S302
