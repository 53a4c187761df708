"""The faces that a site brings along: of those that the design names, as many as its text needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from pathlib import Path

import msgspec

from courseware import files
from courseware.folders import layouts

ENDINGS = (".ttf", ".otf")


class SiteFace(msgspec.Struct, frozen=True):
    """A font's file: its family, its weight, whether it is italic, the characters that it has."""

    path: Path
    family: str
    weight: int
    italic: bool
    characters: frozenset[int]


def needed(families: str, text: Set[str], root: Path, own: Iterable[Path] = ()) -> list[SiteFace]:
    """Return the faces of a CSS list of families that a text is shown in: the first, then what that lacks.

    `own` are the files of the brand's, `root` is the course's folder: its fonts come before the built-in.
    """
    known: dict[str, list[SiteFace]] = {}
    for face in _all(root, own):
        known.setdefault(face.family.casefold(), []).append(face)
    lacking = {ord(c) for c in text if c.isprintable() and not c.isspace()}
    found: list[SiteFace] = []
    for family in (name.strip().strip("\"'") for name in families.split(",")):
        theirs = known.get(family.casefold(), [])
        has = frozenset[int]().union(*(face.characters for face in theirs))
        if theirs and (not found or lacking & has):
            found += theirs
            lacking -= has
    return found


def _all(root: Path, own: Iterable[Path]) -> Iterator[SiteFace]:
    for path in own:
        yield _face(path, (known := path.stat()).st_size, known.st_mtime_ns)
    for folder in (root / "layouts" / "fonts", layouts() / "fonts"):
        for name in files.names(folder):
            path = folder / name
            if name.lower().endswith(ENDINGS) and files.is_file(path):
                known = path.stat()
                yield _face(path, known.st_size, known.st_mtime_ns)


@lru_cache(maxsize=128)
def _face(path: Path, size: int, modified: int) -> SiteFace:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        names, style = font["name"], font["OS/2"]
        family = names.getDebugName(16) or names.getDebugName(1) or path.stem
        italic = bool(style.fsSelection & 1)
        return SiteFace(path, family, style.usWeightClass, italic, frozenset(font.getBestCmap()))


def rules(faces: list[SiteFace]) -> str:
    """Return the rules that name the files, which lie beside the stylesheet in `fonts/`."""
    return "".join(
        f'@font-face{{font-family:"{face.family}";src:url("fonts/{face.path.name}");'
        f"font-weight:{face.weight};font-style:{'italic' if face.italic else 'normal'};font-display:swap}}\n"
        for face in faces
    )
