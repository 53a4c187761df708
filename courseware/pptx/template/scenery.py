"""What a template draws behind its slides, as SVG: backgrounds, rectangles, ellipses, lines, pictures.

Office programs show it by themselves; a PDF of a deck needs it drawn. Other shapes are drawn as
their outline's rectangle or left out: they decorate, and say nothing.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from courseware.folders import layouts
from courseware.media.drawings import data_address
from courseware.pptx.template.package import opened
from courseware.pptx.template.reader import layouts_of
from courseware.pptx.template.styles import POINT, A, Theme, theme_of
from courseware.pptx.template.template import Face, Layout, Template
from courseware.pptx.text.faces import SHIPPED, face
from courseware.products.deck.titles import LayoutName

ROUND = 0.16667
"""Share of a rounded rectangle's shorter side that its corners have: the format's default."""
ARROW = "0,{a} {m},{a} {m},0 {w},{c} {m},{h} {m},{b} 0,{b}"
RASTER = ("image/png", "image/jpeg")


class Scene(NamedTuple):
    """A layout's scenery: an address of its picture, and fills of placeholders by their numbers.

    `shapes` are the picture's elements.
    """

    address: str
    fills: Mapping[int, str]
    shapes: str = ""


@lru_cache(maxsize=4)
def scenes(data: bytes) -> Mapping[int, Scene]:
    """Return the scenery of a template's layouts by their number; `data` is the template's file."""
    shown = opened(data)
    size = (shown.slide_width or 0) / POINT, (shown.slide_height or 0) / POINT
    found: dict[int, Scene] = {}
    for number, layout in enumerate(layouts_of(shown)):
        theme = theme_of(layout.slide_master)
        shapes: list[str] = []
        if layout._element.get("showMasterSp") not in ("0", "false"):
            shapes += _shapes(layout.slide_master, theme)
        shapes += _shapes(layout, theme)
        fills = dict(_fills(layout, theme))
        svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]:g} {size[1]:g}" '
               f'width="{size[0]:g}" height="{size[1]:g}">{"".join(shapes)}</svg>')  # fmt: skip
        found[number] = Scene(data_address(svg) if shapes else "", fills, "".join(shapes))
    return found


def scene(template: Template, name: LayoutName) -> Scene:
    """Return the scenery of a layout as decks ask for it."""
    layout: Layout = template.layouts[name]
    return scenes(template.data)[layout.number]


def family(name: str, template: Template | None = None) -> str:
    """Return the shipped family that measures a family, so that what is drawn is as wide.

    One that the course has files of is drawn by them.
    """
    if template is not None and name in own_families(template):
        return name
    regular = face(name).regular.name
    return next(shipped for shipped, files in SHIPPED.items() if files.regular == regular)


def own_families(template: Template) -> dict[str, Face]:
    """Return the families that are measured by the course's own files."""
    shipped = layouts() / "fonts"
    return {name: f for name, f in template.faces.items() if f.regular.parent != shipped}


def face_rules(template: Template) -> str:
    """Return the rules that name the files of the course's own families, as CSS."""
    kinds = [(b, i) for b in (False, True) for i in (False, True)]
    return "".join(
        f"@font-face {{ font-family: '{name}'; src: url('{face.file(bold, italic).as_uri()}');"
        f" font-weight: {700 if bold else 400}; font-style: {'italic' if italic else 'normal'} }}\n"
        for name, face in own_families(template).items() for bold, italic in kinds
    )  # fmt: skip


def _shapes(holder: Any, theme: Theme) -> Iterator[str]:
    """Return the drawings of a master or layout less its placeholders."""
    for element in holder._element.xpath("./p:cSld/p:spTree/*"):
        kind = str(element.tag).rpartition("}")[2]
        if element.xpath(".//p:nvPr/p:ph"):
            continue
        if kind in ("sp", "cxnSp"):
            yield _shape(element, theme)
        elif kind == "pic":
            yield _picture(element, holder)


def _fills(layout: Any, theme: Theme) -> Iterator[tuple[int, str]]:
    for shape in layout.placeholders:
        for fill in shape._element.xpath("./p:spPr/a:solidFill"):
            colour = theme.colour(fill)
            if colour:
                yield shape.placeholder_format.idx, colour


def _frame(element: Any) -> tuple[float, float, float, float] | None:
    for place in element.xpath("./p:spPr/a:xfrm[a:off and a:ext]"):
        return tuple(int(n) / POINT for n in (place.off.get("x"), place.off.get("y"),
                                              place.ext.get("cx"), place.ext.get("cy")))  # type: ignore[return-value]  # fmt: skip
    return None


def _paint(element: Any, theme: Theme) -> str:
    """Return a shape's fill and outline as attributes."""
    fill = next(iter(element.xpath("./p:spPr/a:solidFill")), None)
    colour = theme.colour(fill) if fill is not None else None
    line = next(iter(element.xpath("./p:spPr/a:ln[a:solidFill]")), None)
    said = f' fill="#{colour}"' if colour else ' fill="none"'
    if line is not None:
        width = int(line.get("w") or POINT) / POINT
        said += f' stroke="#{theme.colour(line.find(f"{A}solidFill"))}" stroke-width="{width:g}"'
    return said


def _shape(element: Any, theme: Theme) -> str:
    box = _frame(element)
    if box is None:
        return ""
    x, y, width, height = box
    preset = next(iter(element.xpath("./p:spPr/a:prstGeom/@prst")), "")
    paint = _paint(element, theme)
    drawn = ""
    if preset == "ellipse":
        drawn = f'<ellipse cx="{x + width / 2:g}" cy="{y + height / 2:g}" rx="{width / 2:g}" ry="{height / 2:g}"{paint}/>'
    elif preset in ("line", "straightConnector1"):
        drawn = f'<line x1="{x:g}" y1="{y:g}" x2="{x + width:g}" y2="{y + height:g}"{paint}/>'
    elif preset == "rightArrow":
        points = ARROW.format(a=height / 4, b=height * 3 / 4, c=height / 2, h=height, w=width,
                              m=width - height / 2)  # fmt: skip
        drawn = f'<polygon transform="translate({x:g} {y:g})" points="{points}"{paint}/>'
    elif preset:
        round_ = f' rx="{min(width, height) * ROUND:g}"' if preset == "roundRect" else ""
        drawn = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{round_}{paint}/>'
    return drawn + _glyphs(element, box, theme)


def _glyphs(element: Any, box: tuple[float, float, float, float], theme: Theme) -> str:
    """Return a drawing's text, a line in its middle."""
    words = "".join(element.xpath(".//a:t/text()"))
    run = next(iter(element.xpath(".//a:r/a:rPr")), None)
    if not words.strip() or run is None:
        return ""
    size = int(run.get("sz") or 1800) / 100
    fill = run.find(f"{A}solidFill")
    colour = (theme.colour(fill) if fill is not None else None) or theme.colours.get(
        "tx1", "000000"
    )
    latin = run.find(f"{A}latin")
    name = theme.family(latin.get("typeface") if latin is not None else "")
    weight = ' font-weight="bold"' if run.get("b") in ("1", "true") else ""
    x, y, width, height = box
    return (f'<text x="{x + width / 2:g}" y="{y + height / 2 + size * 0.35:g}" text-anchor="middle" '
            f'font-family="{escape(family(name))}" font-size="{size:g}"{weight} fill="#{colour}">{escape(words)}</text>')  # fmt: skip


def _picture(element: Any, holder: Any) -> str:
    box = _frame(element)
    found = element.xpath("./p:blipFill/a:blip/@r:embed")
    if box is None or not found:
        return ""
    try:
        part = holder.part.related_part(found[0])
    except KeyError:
        return ""
    if part.content_type not in RASTER:
        return ""
    x, y, width, height = box
    address = f"data:{part.content_type};base64,{b64encode(part.blob).decode()}"
    return f'<image x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" preserveAspectRatio="none" href="{address}"/>'
