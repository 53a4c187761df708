"""What the pages of a site share: the stylesheet, the faces, the logo, the script of the search."""

from __future__ import annotations

from collections.abc import Iterator, Set
from colorsys import hls_to_rgb, rgb_to_hls
from pathlib import Path

import msgspec

from courseware import files
from courseware.diagnostics import Span
from courseware.folders import layouts
from courseware.html.design import design, ground
from courseware.html.screen import ENDINGS, PIXELS_A_MM
from courseware.media.drawings import data_address
from courseware.media.pictures import Gallery
from courseware.model.brand import Brand
from courseware.model.colours import contrast, parts_of
from courseware.site import fonts

STYLE, SCRIPT = "site/style.css", "site/search.js"
DARK = "#1b1f26"
"""What text stands on in the dark, by the stylesheet."""
READABLE = 7.0
"""The contrast of links and heads with what they stand on in the dark (WCAG 2.2, 1.4.6)."""
STEPS = 40
"""A colour is made lighter by so many parts of what is left to white."""
LICENCES = "LICENSE-"
LOGO = (60.0, 15.0)
"""Millimetres that a logo is wide and high at most."""


class Logo(msgspec.Struct, frozen=True):
    """A brand's logo in the folder: its name there, its bytes, its words, its width and height in pixels.

    `text` is a drawing's source, whose words can be read.
    """

    href: str
    data: bytes
    alt: str
    width: int
    height: int
    text: str = ""


def logo_of(brand: Brand, alt: str, gallery: Gallery) -> Logo | None:
    """Return a brand's logo, None where it has none that can be shown; `alt` are its words where it has none."""
    made = gallery.shown(brand.logo, Span("course.yml"), LOGO, fill=True) if brand.logo else None
    if made is None:
        return None
    ending = ENDINGS.get(made.mime, "png")
    name = f"assets/logo-{files.fingerprint(made.data)[:16]}.{ending}"
    size = (round(made.width_mm * PIXELS_A_MM), round(made.height_mm * PIXELS_A_MM))
    text = made.data.decode("utf-8", "replace") if ending == "svg" else ""
    return Logo(name, made.data, brand.alt or alt, max(1, size[0]), max(1, size[1]), text)


def files_of(
    root: Path, text: Set[str], icons: Set[str], searched: bool, brand: Brand
) -> Iterator[tuple[str, bytes]]:
    """Yield the files by name, with the faces that show a text, and icons; `root` is the course's folder."""
    values = design(root, brand)
    own = [root / font.path for font in brand.fonts]
    faces = fonts.needed(values.get("face", ""), text, root, own)
    for name in ("head-face", "code-face"):
        faces += [f for f in fonts.needed(values.get(name, ""), text, root, own) if f not in faces]
    accent = values.get("accent", "")
    theme = [
        f"--face:{values.get('face', 'sans-serif')}",
        f"--head:{values.get('head-face', 'var(--face)')}",
        f"--mono:{values.get('code-face', 'monospace')}",
    ]
    bright = _in_the_dark(accent)
    light = [*theme, f"--accent:{accent}"]
    dark = [f"--accent:{bright}"]
    if brand.accent:
        light.append(f"--soft:{values['work']}")
        dark.append(f"--soft:{ground(bright, DARK)}")
    rules = (
        f":root{{{';'.join(light)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{';'.join(dark)}}}}}\n"
    )
    style = fonts.rules(faces) + _text(root, STYLE) + (rules if accent else "")
    yield "site.css", (style + "".join(_icon(root, name) for name in sorted(icons))).encode()
    if icons:
        yield f"{LICENCES}lucide.txt", files.read(layouts() / "icons" / f"{LICENCES}lucide.txt")
    if searched:
        yield "search.js", _text(root, SCRIPT).encode()
    for face in faces:
        yield f"fonts/{face.path.name}", files.read(face.path)
    folder = layouts() / "fonts"
    used = {face.path.name.partition("_")[0].partition("-")[0] for face in faces}
    for name in files.names(folder):
        if name.startswith(LICENCES) and name.removeprefix(LICENCES).startswith(tuple(used)):
            yield f"fonts/{name}", files.read(folder / name)


def _icon(root: Path, name: str) -> str:
    """Return the rule that draws an icon in the colour of its place."""
    return f".icon-{name}{{--icon:url({data_address(_text(root, f'icons/{name}.svg'))})}}\n"


def _text(root: Path, name: str) -> str:
    """Return a file of the layouts: the course's in place of the built-in one."""
    own = root / "layouts" / name
    return files.text(own if files.is_file(own) else layouts() / name)


def _in_the_dark(colour: str) -> str:
    """Return a colour of the same hue that is read easily in the dark; other notations stay."""
    if not (colour.startswith("#") and len(colour) == 7):
        return colour
    hue, light, full = rgb_to_hls(*(part / 255 for part in parts_of(colour)))
    for step in range(STEPS + 1):
        lighter = hls_to_rgb(hue, light + (1 - light) * step / STEPS, full)
        found = "#" + "".join(f"{round(part * 255):02x}" for part in lighter)
        if contrast(found, DARK) >= READABLE:
            break
    return found
