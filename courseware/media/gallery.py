"""The pictures of one page: each made ready for its place, or told of where it cannot be printed."""

from __future__ import annotations

from pathlib import Path

from courseware.diagnostics import Diagnostic, Span
from courseware.files import found
from courseware.media.pictures import Picture, picture
from courseware.media.printable import PictureError

MOST_DRAWN = 100_000
"""Elements that the drawings of a page draw in all, each as often as it is shown."""
WHOLE = (216.0, 297.0)
"""The box, in mm, for a picture that only a style sheet names: a sheet of A4 or Letter."""


class Gallery:
    """What a page shows, by file, and the findings on it."""

    def __init__(self, root: Path) -> None:
        """Take the course's folder."""
        self.root = root
        self.findings: list[Diagnostic] = []
        self._made: dict[Path, Picture] = {}
        self._drawn = 0

    def shown(
        self, target: str, place: Span, box_mm: tuple[float, float], fill: bool = False
    ) -> Picture | None:
        """Return a picture of the course made ready for a box; None where there is none to print.

        A file that is not there is `check`'s to tell; one that cannot be printed is told here.
        """
        path = found(self.root, target)
        if path is None:
            return None
        try:
            made = picture(path, box_mm, fill)
            self._drawn += made.drawn
            if self._drawn > MOST_DRAWN:
                raise PictureError("the session's drawings are too large together", "simplify them")
        except PictureError as error:
            message = f'the picture "{target}" cannot be printed: {error}'
            self.findings.append(Diagnostic("C321", message, place, error.hint))
            return None
        if made.removed:
            message = f'of the drawing "{target}" is left out: {", ".join(made.removed[:5])}'
            hint = "embed pictures, and draw without scripts and links"
            self.findings.append(Diagnostic("C322", message, place, hint))
        before = self._made.get(path)
        if before is None or before.width_mm < made.width_mm:
            self._made[path] = made
        return made

    def ready(self, path: Path) -> Picture:
        """Return a file made ready for the engine; raise ValueError where it cannot be."""
        try:
            return self._made.get(path) or picture(path, WHOLE)
        except PictureError as error:
            raise ValueError(f"it cannot be printed: {error}") from None
