"""Checks on a written file before it is published."""

from __future__ import annotations


def is_whole_pdf(data: bytes) -> bool:
    """Whether bytes are a PDF with its beginning and end."""
    return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
