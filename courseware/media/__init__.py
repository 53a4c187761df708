"""Pictures, drawings, formulas and code made ready for pages and slides."""

from __future__ import annotations

DPI = 300
"""Pixels an inch that a printed picture keeps at most: what a laser printer resolves."""


class PictureError(Exception):
    """A picture that cannot be printed: what is wrong, and how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the hint beside the message."""
        super().__init__(message)
        self.hint = hint
