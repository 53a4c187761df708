"""Checks on a written file before it is published."""

from __future__ import annotations

import io
import zipfile


def is_whole_pdf(data: bytes) -> bool:
    """Whether bytes are a PDF with its beginning and end."""
    return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")


def is_whole_archive(data: bytes) -> bool:
    """Whether bytes are a zip archive with its beginning and its list of contents at the end."""
    return data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data))
