"""Which shipped font files measure a template's families.

A deck is laid out before it is opened, so only the widths of files that the program ships count.
`KNOWN` says which of them stands for a family; where the widths are not the same, a share of each
line is held back.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from courseware.diagnostics import Diagnostic, Span
from courseware.folders import layouts
from courseware.pptx.template.template import Face

HOLD = 0.01
"""Share of a line held back where the widths are the family's own: programs differ in rounding."""
UNSURE = 0.05
"""Share of a line held back besides where another family stands in."""


class Files(NamedTuple):
    """The files of a shipped family, as they are named in `layouts/fonts`."""

    regular: str
    bold: str
    italic: str
    bold_italic: str


def _four(stem: str) -> Files:
    return Files(*(f"{stem}-{end}.ttf" for end in ("Regular", "Bold", "Italic", "BoldItalic")))


_NEXT = "AtkinsonHyperlegibleNext"
SHIPPED = {
    "Carlito": _four("Carlito"),
    "Liberation Sans": _four("LiberationSans"),
    "Atkinson Hyperlegible Next": Files(*(f"{_NEXT}_{end}.ttf" for end in (
        "400Regular", "700Bold", "400Regular_Italic", "700Bold_Italic"))),
    "Atkinson Hyperlegible Mono": Files(*(f"AtkinsonHyperlegibleMono_{end}.ttf" for end in (
        "400Regular", "700Bold", "400Regular", "700Bold"))),
    "DejaVu Sans": Files(*["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"] * 2),
    "DejaVu Sans Mono": Files(*["DejaVuSansMono.ttf"] * 4),
}  # fmt: skip
"""Files by family. Faces of a monospaced family are as wide as its regular one."""
EXACT = {
    "calibri": "Carlito",
    "arial": "Liberation Sans",
    "helvetica": "Liberation Sans",
    "arimo": "Liberation Sans",
    # Consolas, Courier New and their kin are 0.55 to 0.60 em wide, DejaVu Sans Mono 0.602 em.
    "consolas": "DejaVu Sans Mono",
    "courier new": "DejaVu Sans Mono",
    "liberation mono": "DejaVu Sans Mono",
    "cousine": "DejaVu Sans Mono",
    "menlo": "DejaVu Sans Mono",
    "cascadia mono": "DejaVu Sans Mono",
    **{name.lower(): name for name in SHIPPED if name != "DejaVu Sans"},
}
"""Families whose text is as wide as that of a shipped family, or narrower throughout."""
NARROW = frozenset({"gill sans mt", "gill sans", "garamond", "times new roman", "times", "cambria",
                    "calibri light", "candara", "corbel", "constantia", "perpetua", "tw cen mt",
                    "arial narrow", "franklin gothic medium cond", "liberation serif"})  # fmt: skip
"""Families no wider than Carlito and a twentieth."""
WIDE = frozenset({"verdana", "montserrat", "poppins", "lucida sans unicode", "lucida sans", "raleway",
                  "century gothic", "dejavu sans", "avenir next", "open sans", "nunito", "inter",
                  "bookman old style", "arial black", "work sans", "ibm plex sans"})  # fmt: skip
"""Families wider than Liberation Sans."""


def face(family: str) -> Face:
    """Return what measures a family."""
    key = family.strip().lower()
    exact = EXACT.get(key)
    near = "Carlito" if key in NARROW else "DejaVu Sans" if key in WIDE else "Liberation Sans"
    if "mono" in key or "code" in key or "courier" in key:
        near = "Atkinson Hyperlegible Mono"
    files = SHIPPED[exact or near]
    folder = layouts() / "fonts"
    regular, bold, italic, bold_italic = (Path(folder / name) for name in files)
    hold = HOLD if exact else HOLD + UNSURE
    return Face(family, regular, bold, italic, bold_italic, hold, exact is not None)


def faces(families: Iterable[str], path: str) -> tuple[dict[str, Face], tuple[Diagnostic, ...]]:
    """Return what measures each family, and one warning where others stand in."""
    found = {family: face(family) for family in sorted(set(families))}
    guessed = [f'"{name}"' for name, one in found.items() if not one.exact]
    if not guessed:
        return found, ()
    plural = "s" if len(guessed) > 1 else ""
    message = (f"the width of the font{plural} {', '.join(guessed)} is not known: "
               f"lines are measured with another and {UNSURE:.0%} to spare")  # fmt: skip
    hint = "look through the slides; Calibri and Arial are measured exactly"
    return found, (Diagnostic("C313", message, Span(path), hint),)
