"""What the pages of a site share: the stylesheet, the faces, the script of the search."""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path

from courseware import files
from courseware.folders import layouts
from courseware.html.design import design
from courseware.media.drawings import data_address
from courseware.site import fonts

STYLE, SCRIPT = "site/style.css", "site/search.js"
DARK = "#1b1f26"
"""What text stands on in the dark, by the stylesheet."""
READABLE = 7.0
"""The contrast of links and heads with what they stand on in the dark (WCAG 2.2, 1.4.6)."""
LICENCES = "LICENSE-"


def files_of(
    root: Path, text: Set[str], icons: Set[str], searched: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the files by name, with the faces that show a text, and icons; `root` is the course's folder."""
    values = design(root)
    faces = fonts.needed(values.get("face", ""), text, root)
    faces += [f for f in fonts.needed(values.get("code-face", ""), text, root) if f not in faces]
    accent = values.get("accent", "")
    theme = [
        f"--face:{values.get('face', 'sans-serif')}",
        f"--mono:{values.get('code-face', 'monospace')}",
    ]
    light, dark = [*theme, f"--accent:{accent}"], f"--accent:{lightened(accent)}"
    rules = f":root{{{';'.join(light)}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
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


def lightened(colour: str) -> str:
    """Return a colour mixed with white until it is read easily in the dark; other notations stay."""
    if not (colour.startswith("#") and len(colour) == 7):
        return colour
    parts = [int(colour[n : n + 2], 16) for n in (1, 3, 5)]
    for step in range(20):
        mixed = [round(part + (255 - part) * step / 20) for part in parts]
        if contrast(mixed, [int(DARK[n : n + 2], 16) for n in (1, 3, 5)]) >= READABLE:
            return "#" + "".join(f"{part:02x}" for part in mixed)
    return "#ffffff"


def contrast(one: list[int], other: list[int]) -> float:
    """Return the contrast of two colours (WCAG 2.2, definition of contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: list[int]) -> float:
    shares = [part / 255 for part in colour]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
