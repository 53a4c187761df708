"""Pictures as sites find them: from the site's root, from a folder that a site keeps its files in, with `\\` in a path."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from courseware import files

FOLDERS = ("", "static", "docs", "doc", "src", "source", "content", "public", "assets", "images", "img", "media",
           "figures", "fig", "attachments", "_static", "_resources")  # fmt: skip
"""Where sites keep what they copy as it is: Hugo and Docusaurus, MkDocs, mdBook, Sphinx, Hexo, Jekyll, note books."""
MOST_FOLDERS = 8
"""Folders above a picture that are looked in."""


def picture_file(root: Path, source: str) -> Path | None:
    """Return the file of a picture of the course `root`: at its path `source`, else where a site finds it; None where it is nowhere."""
    at = files.found(root, source)
    own = PurePosixPath(source.replace("\\", "/").replace("@site/", ""))
    if at is not None or not source or own.is_absolute() or ".." in own.parts[:1]:
        return at
    parts = [part for part in own.parts if part != ".."]
    for first in range(max(len(parts) - 1, 1)):
        tail = Path(*parts[first:])
        for up in range(min(first, MOST_FOLDERS), -1, -1):
            for kept in FOLDERS:
                path = Path(*parts[:up], kept, tail)
                at = files.found(root, path.as_posix())
                if at is not None:
                    return at
    return None
