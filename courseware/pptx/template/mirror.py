"""The built-in slide template for text from the right: what stands on the left stands on the right."""

from __future__ import annotations

import io
from functools import lru_cache

from courseware.pptx.template.package import opened

INSETS = ("lIns", "rIns")


@lru_cache(maxsize=2)
def mirrored(data: bytes) -> bytes:
    """Return a template's file with all shapes of its masters and layouts at the other side.

    Pictures and drawings move and are not turned; how text is aligned stays for the slides to say.
    """
    shown = opened(data)
    wide = shown.slide_width
    for master in shown.slide_masters:
        for holder in (master, *master.slide_layouts):
            for shape in holder._element.cSld.spTree:
                for at in shape.xpath("./p:spPr/a:xfrm | ./p:grpSpPr/a:xfrm | ./p:xfrm"):
                    at.off.x = wide - at.off.x - at.ext.cx
                for body in shape.xpath("./p:txBody/a:bodyPr"):
                    _swap(body)
    buffer = io.BytesIO()
    shown.save(buffer)
    return buffer.getvalue()


def _swap(body: object) -> None:
    """Exchange a text's insets at the left and at the right."""
    given = {name: body.get(name) for name in INSETS}  # type: ignore[attr-defined]
    for name, other in zip(INSETS, reversed(INSETS), strict=True):
        if given[other] is not None:
            body.set(name, given[other])  # type: ignore[attr-defined]
        else:
            body.attrib.pop(name, None)  # type: ignore[attr-defined]
