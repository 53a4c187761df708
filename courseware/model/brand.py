"""What a course looks like: its colours, faces and logo, for paper, slides and the site."""

from __future__ import annotations

from typing import Literal

import msgspec

from courseware.model.colours import WHITE, darkened, lightened, mixed

SHIPPED = ("Atkinson Hyperlegible Next", "Atkinson Hyperlegible Mono", "Carlito", "DejaVu Sans",
           "DejaVu Sans Mono", "Liberation Sans")  # fmt: skip
"""Families that the program brings for paper and slides."""


class FontFile(msgspec.Struct, frozen=True):
    """A file of a family: `path` in the course, `weight` 100 to 900."""

    family: str
    path: str
    weight: int = 400
    style: Literal["normal", "italic"] = "normal"


class Brand(msgspec.Struct, frozen=True, omit_defaults=True):
    """A brand, its colours "#rrggbb" and fit to be read; "" where it says nothing.

    `ink` is that of text, `accent` of heads and links, `second` another for slides. `logo` is a path
    in the course, `alt` its words. `face`, `heading` and `code` are families.
    """

    ink: str = ""
    accent: str = ""
    second: str = ""
    logo: str = ""
    alt: str = ""
    face: str = ""
    heading: str = ""
    code: str = ""
    fonts: tuple[FontFile, ...] = ()

    def shipped(self, family: str) -> bool:
        """Whether the course has files of a family."""
        return any(file.family == family for file in self.fonts)

    def theme(self) -> dict[str, str]:
        """Return the colours of a slide theme by their names there: those of the brand, and made of it."""
        found = {"dk1": self.ink, "accent2": self.second}
        if self.accent:
            night = darkened(mixed(self.accent, "#000000", 0.4), WHITE, least=9)
            found |= {
                "accent1": self.accent,
                "hlink": self.accent,
                "dk2": night,
                "accent4": lightened(mixed(self.accent, WHITE, 0.7), self.accent, night),
                "lt2": mixed(self.accent, WHITE, 0.93),
            }
        return {name: colour for name, colour in found.items() if colour}
