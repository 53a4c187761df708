"""The faces that the built-in slide template names for letters of East Asia.

Without a name an office program takes any face that has them: Japanese stood in the forms of Chinese.
The faces come with Microsoft's office programs; another takes one of the same language in their place.
"""

from __future__ import annotations

import io
from functools import lru_cache

from courseware.language.catalogue import base
from courseware.language.tags import is_traditional
from courseware.pptx.template.package import opened

FACES = {"ja": "Yu Gothic", "ko": "Malgun Gothic", "zh": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei"}  # fmt: skip
_UNNAMED = '<a:ea typeface=""/>'


def face_of(language: str) -> str:
    """Return the face of a language's letters; "" where the theme's own has them."""
    return FACES.get("zh-Hant" if is_traditional(language) else base(language), "")


@lru_cache(maxsize=2)
def lettered(data: bytes, face: str) -> bytes:
    """Return a template's file whose themes name a face for letters of East Asia where they name none."""
    shown = opened(data)
    for part in shown.part.package.iter_parts():
        if str(part.partname).startswith("/ppt/theme/"):
            named = part.blob.decode().replace(_UNNAMED, f'<a:ea typeface="{face}"/>')
            part._blob = named.encode()
    buffer = io.BytesIO()
    shown.save(buffer)
    return buffer.getvalue()
