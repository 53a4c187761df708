"""All files of a folder in one archive, and files that ask for a password: AES-256 in both.

The library for archives with a password is the extra `protect`, imported only where one is given.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from courseware.site.parts import entry_of


class SiteArchive:
    """An archive while it is written; one with a password lets nobody else read or change it."""

    def __init__(self, place: Path, password: str) -> None:
        """Take the place of the file, whose folder is made, and the password or ""."""
        place.parent.mkdir(parents=True, exist_ok=True)
        self.place, self.count = place, 0
        self._open: Any = _locked(place, password) if password else zipfile.ZipFile(place, "w")

    def add(self, name: str, data: bytes) -> None:
        """Add a file; most are compressed in themselves."""
        self.count += 1
        if isinstance(self._open, zipfile.ZipFile):
            self._open.writestr(entry_of(name, zipfile.ZIP_STORED), data)
        else:
            self._open.writestr(name, data)

    def close(self) -> int:
        """Write the list of contents; return the archive's size in bytes."""
        self._open.close()
        return self.place.stat().st_size


def _locked(place: Path, password: str) -> Any:
    import pyzipper

    archive = pyzipper.AESZipFile(
        place, "w", compression=pyzipper.ZIP_STORED, encryption=pyzipper.WZ_AES
    )
    archive.setpassword(password.encode())
    return archive


def locked_pdf(data: bytes, password: str) -> bytes:
    """Return a PDF that opens with the password alone: AES-256, by revision 6 (ISO 32000-2, 7.6.4)."""
    import pikepdf

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(made, encryption=pikepdf.Encryption(owner=password, user=password, R=6))
    return made.getvalue()
