"""A course's brand: `brand:` in course.yml or a `_brand.yml` beside it, and `logo`, `accent`, `fonts`.

The keys are those of brand.yml, which Quarto reads (colour, typography, logo); others of it are for
other programs and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from courseware import files
from courseware.diagnostics import Diagnostic, Span, did_you_mean
from courseware.files import found
from courseware.model.brand import SHIPPED, Brand, FontFile
from courseware.model.colours import WHITE, contrast, darkened
from courseware.reading.source.entries import read_entries
from courseware.reading.source.yaml_values import Value, YamlError

FILE = "_brand.yml"
OWN = ("logo", "accent", "fonts")
"""Keys of course.yml that stand for the brand's."""
TINT = "#eff2f6"
"""The ground of boxes on paper."""
KNOWN = ("meta", "logo", "color", "typography", "defaults")
FONTS = (".ttf", ".otf", ".woff", ".woff2")
MOST = 200_000
"""Bytes of a brand's file that are read."""
WEIGHTS = {"thin": 100, "extra-light": 200, "light": 300, "normal": 400, "regular": 400, "medium": 500,
           "semi-bold": 600, "bold": 700, "extra-bold": 800, "black": 900}  # fmt: skip
_STYLED = re.compile(r"(?:(\d00)|(thin|extra-?light|light|regular|medium|semi-?bold|extra-?bold|bold|black))?[-_]?(italic|oblique)?\.\w+$",
                     re.IGNORECASE)  # fmt: skip
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")


def read_brand(root: Path) -> tuple[Brand, list[Diagnostic]]:
    """Return a course's brand, its colours fit to be read, and what is to be said of it."""
    own, name, slips = _stated(root)
    short = {
        key: value for key, value in (_entries(root / "course.yml") or {}).items() if key in OWN
    }
    brand, told = _made(root, name, own)
    mine, mended = _made(root, "course.yml", short)
    stated = {f: v for f in Brand.__struct_fields__ if (v := getattr(mine, f))}
    if "fonts" in stated:
        stated["fonts"] = (*brand.fonts, *mine.fonts)
    return msgspec.structs.replace(brand, **stated), [*slips, *told, *mended]


def _made(root: Path, name: str, values: dict[str, Value]) -> tuple[Brand, list[Diagnostic]]:
    made = _BrandMaker(root, name)
    try:
        return (made.brand(values) if values else Brand()), made.findings
    except (AttributeError, TypeError, ValueError):  # a value of another shape than the key wants
        made.say(Value(None, 1), "it is not written as a brand is", "see docs/brand.md")
        return Brand(), made.findings


def _stated(root: Path) -> tuple[dict[str, Value], str, list[Diagnostic]]:
    """Return the keys of a brand, the file that they stand in, and what cannot be read."""
    inside = (_entries(root / "course.yml") or {}).get("brand")
    name, slips = "course.yml", list[Diagnostic]()
    named = str(inside.value) if inside is not None and isinstance(inside.value, str) else FILE
    if inside is not None and isinstance(inside.value, dict):
        values = dict(inside.value)
    else:
        path = found(root, named)
        values = (_entries(path) or {}) if path is not None else {}
        if inside is not None and path is None:
            place = Span("course.yml", inside.line, inside.column)
            slips.append(
                Diagnostic("C192", f'brand: there is no file "{named}" in the course', place)
            )
        elif path is None and files.exists(root / FILE):
            slips.append(Diagnostic("C192", "brand: it is no file of the course", Span(FILE)))
        name = named if values else name
    return values, name, slips


def _entries(path: Path) -> dict[str, Value] | None:
    if not files.is_file(path):
        return None
    try:
        return read_entries(files.text(path, most=MOST))[0]
    except (YamlError, UnicodeDecodeError, OSError):
        return {}


class _BrandMaker:
    """Makes a brand of its keys and gathers what is to be said of them."""

    def __init__(self, root: Path, name: str) -> None:
        self.root, self.name = root, name
        self.findings: list[Diagnostic] = []

    def say(self, at: Value, message: str, hint: str = "", code: str = "C192") -> None:
        """Tell what is wrong with a value, in the file that it stands in."""
        place = Span(self.name, at.line, at.column)
        self.findings.append(Diagnostic(code, f"brand: {message}", place, hint))

    def brand(self, stated: dict[str, Value]) -> Brand:
        """Return the brand of a file's keys."""
        for key, value in stated.items():
            if key not in (*KNOWN, *OWN):
                self.say(value, f'unknown key "{key}"', did_you_mean(key, (*KNOWN, *OWN)))
        colours = _inside(stated.get("color"))
        palette = _inside(colours.get("palette"))
        logo, alt = self._logo(stated.get("logo"))
        typed = _inside(stated.get("typography"))
        fonts = (*self._fonts(typed.get("fonts")), *self._named_fonts(stated.get("fonts")))
        base = _family(typed.get("base")) or next(iter(_inside(stated.get("fonts"))), "")
        return Brand(
            ink=self._ink(colours, palette),
            accent=self._accent(stated.get("accent") or colours.get("primary"), palette),
            second=self._accent(colours.get("secondary"), palette),
            logo=logo, alt=alt, face=self._face(base, typed.get("base"), fonts),
            heading=self._face(_family(typed.get("headings")), typed.get("headings"), fonts),
            code=self._face(_family(typed.get("monospace")), typed.get("monospace"), fonts),
            fonts=fonts,
        )  # fmt: skip

    # -- colours --------------------------------------------------------------------

    def _colour(self, value: Value | None, palette: dict[str, Value]) -> str:
        """Return a colour "#rrggbb", a name in the palette looked up; "" where there is none."""
        if value is None:
            return ""
        if isinstance(value.value, dict):
            return self._colour(value.value.get("light"), palette)
        said = str(value.value).strip()
        seen = set[str]()
        while said in palette and said not in seen:
            seen.add(said)
            said = str(palette[said].value).strip()
        if _HEX.match(said):
            bare = said[1:].lower()
            return "#" + (bare if len(bare) == 6 else "".join(c * 2 for c in bare))
        from tinycss2.color3 import parse_color

        parsed = parse_color(said)
        if parsed is None or isinstance(parsed, str):
            hint = "write it as #rrggbb, or as a name of the palette"
            self.say(value, f'"{said[:40]}" is no colour', hint)
            return ""
        return "#" + "".join(f"{round(part * 255):02x}" for part in parsed[:3])

    def _accent(self, value: Value | None, palette: dict[str, Value]) -> str:
        """Return a colour of heads and links, darkened until it is read on paper, in grey as well."""
        colour = self._colour(value, palette)
        return self._mended(value, colour) if colour and value is not None else ""

    def _mended(self, value: Value, colour: str) -> str:
        made = darkened(colour, WHITE, TINT)
        if made != colour:
            message = f"{colour} has a contrast of {contrast(colour, TINT):.1f} with its ground: it is darkened to {made}"
            self.say(value, message, "text is read from 4.5 on", "C199")
        return made

    def _ink(self, colours: dict[str, Value], palette: dict[str, Value]) -> str:
        """Return the colour of text on white; of a brand with light text on dark, its ground."""
        front, back = colours.get("foreground"), colours.get("background")
        ink, ground = self._colour(front, palette), self._colour(back, palette)
        if ink and ground and contrast(ground, WHITE) > contrast(ink, WHITE):
            front, ink = back, ground
        return self._mended(front, ink) if ink and front is not None else ""

    # -- logo and faces ---------------------------------------------------------------

    def _logo(self, value: Value | None) -> tuple[str, str]:
        """Return the path of the logo, and its words."""
        images: dict[str, Value] = {}
        at = value
        if at is not None and isinstance(at.value, dict):
            images = _inside(at.value.get("images"))
            if "path" not in at.value:
                at = next(
                    (at.value[k] for k in ("medium", "large", "small", "light") if k in at.value),
                    None,
                )
        while at is not None and isinstance(at.value, dict) and "path" not in at.value:
            at = at.value.get("light") or at.value.get("dark")
        if at is None:
            return "", ""
        if isinstance(at.value, str) and at.value in images:
            at = images[at.value]
        parts = _inside(at)
        one = parts["path"].value if parts else at.value
        path = ", ".join(str(v.value) for v in one) if isinstance(one, list) else str(one)
        alt = str(parts["alt"].value) if "alt" in parts else ""
        return self._there(path, at), alt

    def _there(self, path: str, at: Value) -> str:
        """Return a path in the course; "" and a finding where no file is there."""
        if path and found(self.root, path) is not None:
            return path.removeprefix("./")
        self.say(at, f'there is no file "{path}" in the course', "a path from the course's folder")
        return ""

    def _fonts(self, value: Value | None) -> Iterator[FontFile]:
        """Yield the files of typography's fonts; those of a service are not fetched."""
        for font in value.value if value is not None and isinstance(value.value, list) else ():
            parts = _inside(font)
            family = str(parts["family"].value) if "family" in parts else ""
            for file in parts["files"].value if "files" in parts else ():
                yield from self._file(family, file)

    def _named_fonts(self, value: Value | None) -> Iterator[FontFile]:
        """Yield the files of `fonts` in course.yml: a family, and its file or files."""
        for family, named in _inside(value).items():
            for file in named.value if isinstance(named.value, list) else [named]:
                yield from self._file(family, file)

    def _file(self, family: str, at: Value) -> Iterator[FontFile]:
        parts = _inside(at)
        path = str(parts["path"].value if "path" in parts else at.value)
        if not path.lower().endswith(FONTS):
            self.say(at, f'"{path[:60]}" is no font file', f"one of {', '.join(FONTS)}")
            return
        if there := self._there(path, at):
            weight, style = _styled(path)
            weight = _weight(parts["weight"].value, weight) if "weight" in parts else weight
            style = str(parts["style"].value) if "style" in parts else style
            yield FontFile(
                family, there, weight, "italic" if style in ("italic", "oblique") else "normal"
            )

    def _face(self, family: str, at: Value | None, fonts: tuple[FontFile, ...]) -> str:
        """Return a family that the course has files of, or that the program ships."""
        if not family or family in SHIPPED or any(f.family == family for f in fonts):
            return family
        hint = f"put its files into the course and name them under typography: fonts; shipped are {', '.join(SHIPPED)}"
        self.say(at or Value(None, 1), f'no file of the font "{family}" is in the course', hint)
        return ""


def _inside(value: Value | None) -> dict[str, Value]:
    return value.value if value is not None and isinstance(value.value, dict) else {}


def _family(value: Value | None) -> str:
    """Return the family that a key of typography names, by itself or among other values."""
    if value is None:
        return ""
    named: Any = _inside(value).get("family") if isinstance(value.value, dict) else value
    return str(named.value) if named is not None and named.value else ""


def _weight(said: object, otherwise: int) -> int:
    text = str(said).strip().lower()
    return int(text) if text.isdigit() else WEIGHTS.get(text, otherwise)


def _styled(path: str) -> tuple[int, str]:
    """Return the weight and the slope that a file's name says."""
    found_ = _STYLED.search(path.rpartition("/")[2])
    if found_ is None:
        return 400, "normal"
    word = (found_[2] or "").lower().replace("-", "")
    named = {name.replace("-", ""): weight for name, weight in WEIGHTS.items()}
    return int(found_[1]) if found_[1] else named.get(word, 400), "italic" if found_[
        3
    ] else "normal"
