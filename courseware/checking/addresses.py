"""Pictures that an address holds itself: `data:image/png;base64,…`."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache
from io import BytesIO
from urllib.parse import unquote_to_bytes

from courseware.model.inline import EMBEDDED


def held(address: str) -> tuple[bytes, str] | None:
    """Return the bytes that a `data:` address holds, and their type; None where it cannot be read."""
    head, comma, rest = address[len(EMBEDDED) :].partition(",")
    kind, _, coded = head.lower().partition(";")
    data = unquote_to_bytes(rest)
    try:
        if coded.endswith("base64"):
            data = base64.b64decode(data)
    except binascii.Error:
        return None
    return (data, kind.strip()) if comma else None


@lru_cache(maxsize=64)
def broken(address: str) -> str:
    """Return why a `data:` address holds no picture, "" where it holds one."""
    found = held(address)
    if found is None:
        return "it cannot be read"
    if b"<svg" in found[0][:5000]:
        return ""
    from PIL import Image  # ten milliseconds, which most sessions spare

    try:
        with Image.open(BytesIO(found[0])) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "it is cut off, or no picture"
    return ""
