"""The same parts, the same bytes: an Office file's archive written in one order, with one date.

The parts that python-pptx writes depend on the slides alone; their order, dates and attributes in
the archive do not, so the archive is written once more. `[Content_Types].xml` and `_rels/.rels`
stand first, where readers look for them.
"""

from __future__ import annotations

import io
import zipfile

FIRST = ("[Content_Types].xml", "_rels/.rels")
DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that an archive can hold."""
STORED = (".png", ".jpeg", ".jpg", ".gif")
"""Parts that are packed already."""


def packed(parts: dict[str, bytes]) -> bytes:
    """Return an archive of parts by name: the same parts give the same bytes."""
    buffer = io.BytesIO()
    names = [name for name in FIRST if name in parts]
    names += sorted(name for name in parts if name not in FIRST)
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, DATE)
            plain = name.endswith(STORED)
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # as on every Unix, whatever this one is
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(data: bytes) -> bytes:
    """Return an archive that holds the same parts and depends on nothing else."""
    return packed(parts_of(data))
