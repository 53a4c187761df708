"""What a layout's placeholders inherit: where they are, and how they set text.

Source of the order: a placeholder of a layout, the master's placeholder of its type, the master's
text styles, the presentation's default text style (ECMA-376, part 1, 19.3 and 21.1.2).
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from courseware.pptx.template.template import Level

POINT = 12700
"""English metric units in a point."""
LEVELS = 5
INSETS = (7.2, 3.6, 7.2, 3.6)
"""Insets in points of a text that states none: left, top, right, bottom."""
KINDS = {"title": "title", "ctrTitle": "title", "dt": "dt", "ftr": "ftr", "sldNum": "sldNum"}
"""Which type of the master's placeholders a type inherits from; all others from its body."""
STYLES = {"title": "titleStyle", "body": "bodyStyle"}
ALIGN = {"ctr": "center", "r": "right", "just": "justify", "dist": "justify"}
ANCHOR = {"ctr": "middle", "b": "bottom"}
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


class Theme(NamedTuple):
    """A master's theme: colours by name, its two families."""

    colours: Mapping[str, str]
    major: str
    minor: str

    def family(self, typeface: str) -> str:
        """Return a family's name, the theme's own resolved."""
        if typeface.startswith("+mj"):
            return self.major
        return self.minor if typeface.startswith("+mn") or not typeface else typeface

    def colour(self, fill: Any) -> str | None:
        """Return the colour of a `solidFill`, its changes of light applied, or None."""
        for child in fill:
            name = str(child.tag).removeprefix(A)
            value = child.get("lastClr") or child.get("val") or ""
            found = self.colours.get(value) if name == "schemeClr" else value
            if name in ("srgbClr", "schemeClr", "sysClr") and found:
                return _changed(found, child)
        return None


def _changed(colour: str, changes: Any) -> str:
    """Return a colour with the changes of light that stand below it."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    for change in changes:
        name, share = str(change.tag).removeprefix(A), int(change.get("val") or 0) / 100_000
        if name == "tint":
            red, green, blue = (1 - (1 - c) * share for c in (red, green, blue))
        elif name == "shade":
            red, green, blue = (c * share for c in (red, green, blue))
        elif name in ("lumMod", "lumOff"):
            hue, light, full = colorsys.rgb_to_hls(red, green, blue)
            light = light * share if name == "lumMod" else light + share
            red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), full)
    return "".join(f"{round(min(max(c, 0), 1) * 255):02X}" for c in (red, green, blue))


def theme_of(master: Any) -> Theme:
    """Return a master's theme, its colours by the names that text uses, too."""
    from pptx.oxml import parse_xml

    part = next((r.target_part for r in master.part._rels.values()
                 if r.reltype.endswith("/theme")), None)  # fmt: skip
    if part is None:
        return Theme({"tx1": "000000", "bg1": "FFFFFF"}, "Arial", "Arial")
    root = parse_xml(part.blob)
    colours: dict[str, str] = {}
    for scheme in root.iter(f"{A}clrScheme"):
        for child in scheme:
            value = next((c.get("lastClr") or c.get("val") for c in child), None)
            if value and len(value) == 6:
                colours[str(child.tag).removeprefix(A)] = value.upper()
    mapping = master._element.find(".//{*}clrMap")
    if mapping is not None:
        colours |= {k: colours[v] for k, v in mapping.attrib.items() if v in colours}
    families = {}
    for kind in ("major", "minor"):
        latin = root.find(f".//{A}{kind}Font/{A}latin")
        families[kind] = (latin.get("typeface") if latin is not None else "") or "Arial"
    return Theme(colours, families["major"], families["minor"])


def holder_of(element: Any) -> Any | None:
    """Return what makes a shape's element a placeholder; None where it is none."""
    return element.find(f"./*/{P}nvPr/{P}ph")


def kind_of(shape: Any) -> str:
    """Return a placeholder's type as its file says it: title, ctrTitle, body, obj, pic, …"""
    holder = holder_of(shape._element)
    return str((holder.get("type") if holder is not None else "") or "obj")


def chain(shape: Any, master: Any) -> list[Any]:
    """Return a layout's placeholder and the master's that it inherits from."""
    wanted = KINDS.get(kind_of(shape), "body")
    for element in master._element.cSld.spTree:  # asked of python-pptx one by one, they take long
        holder = holder_of(element)
        if holder is not None and (holder.get("type") or "obj") == wanted:
            return [shape._element, element]
    return [shape._element]


def geometry(elements: list[Any]) -> tuple[float, float, float, float] | None:
    """Return x, y, width and height in points, or None where nobody says where it is."""
    for element in elements:
        for place in element.xpath("./p:spPr/a:xfrm[a:off and a:ext]"):
            numbers = (place.off.get("x"), place.off.get("y"), place.ext.get("cx"),
                       place.ext.get("cy"))  # fmt: skip
            x, y, width, height = (int(n) / POINT for n in numbers)
            return x, y, width, height
    return None


def frame(elements: list[Any]) -> tuple[tuple[float, float, float, float], str, bool]:
    """Return a text's insets in points, its anchor, and whether it runs across."""
    said: dict[str, str] = {}
    for element in reversed(elements):
        for body in element.xpath("./p:txBody/a:bodyPr"):
            said |= dict(body.attrib)
    names = ("lIns", "tIns", "rIns", "bIns")
    left, top, right, bottom = (
        int(said[n]) / POINT if n in said else default
        for n, default in zip(names, INSETS, strict=True)
    )
    across = said.get("vert", "horz") == "horz"
    return (left, top, right, bottom), ANCHOR.get(said.get("anchor", ""), "top"), across


def levels(elements: list[Any], master: Any, default: Any, theme: Theme) -> tuple[Level, ...]:
    """Return how each level of a placeholder's text is set; `default` is the presentation's style."""
    holder = holder_of(elements[0])
    kind = "" if holder is None else holder.get("type")
    wanted = KINDS.get(kind or "obj", "body")
    styles = [e for element in elements for e in element.xpath("./p:txBody/a:lstStyle")]
    styles += master._element.xpath(f"./p:txStyles/p:{STYLES.get(wanted, 'otherStyle')}")
    styles += [default] if default is not None else []
    return tuple(_level(styles, number, theme) for number in range(1, LEVELS + 1))


def _level(styles: list[Any], number: int, theme: Theme) -> Level:
    said: dict[str, Any] = {}
    for style in reversed(styles):
        for name in (f"lvl{number}pPr",):
            for found in style.findall(f"{A}{name}"):
                said |= dict(_said(found, theme))
    size = said.get("size", 18.0)
    return Level(
        size=size, left=said.get("marL", 0.0), indent=said.get("indent", 0.0),
        before=_space(said.get("spcBef"), size), after=_space(said.get("spcAft"), size),
        family=theme.family(said.get("family", "")), bold=said.get("bold", False),
        italic=said.get("italic", False),
        colour=said.get("colour") or theme.colours.get("tx1", "000000"),
        align=said.get("align", "left"), bullet=said.get("bullet", ""),
        capitals=said.get("capitals", False), tracking=said.get("tracking", 0.0),
        grows=any(_is_share(said.get(name)) for name in ("spcBef", "spcAft")),
        **_spacing(said.get("lnSpc")),
    )  # fmt: skip


def _said(paragraph: Any, theme: Theme) -> Iterator[tuple[str, Any]]:
    """Return what a level's properties say themselves."""
    for name in ("marL", "indent"):
        if paragraph.get(name) is not None:
            yield name, int(paragraph.get(name)) / POINT
    if paragraph.get("algn"):
        yield "align", ALIGN.get(paragraph.get("algn"), "left")
    for child in paragraph:
        name = str(child.tag).removeprefix(A)
        if name in ("lnSpc", "spcBef", "spcAft"):
            yield name, child
        elif name == "buNone":
            yield "bullet", ""
        elif name == "buChar":
            yield "bullet", child.get("char")
        elif name == "buAutoNum":
            yield "bullet", "1"
        elif name == "defRPr":
            yield from _run(child, theme)


def _run(run: Any, theme: Theme) -> Iterator[tuple[str, Any]]:
    size = run.get("sz", "")
    if (
        size.isdecimal() and len(size) < 7 and 100 <= int(size) <= 400_000
    ):  # ECMA-376, ST_TextFontSize
        yield "size", int(size) / 100
    for name, key in (("b", "bold"), ("i", "italic")):
        if run.get(name) is not None:
            yield key, run.get(name) in ("1", "true")
    if run.get("cap") is not None:
        yield "capitals", run.get("cap") == "all"
    if run.get("spc") is not None:
        yield "tracking", int(run.get("spc")) / 100
    latin = run.find(f"{A}latin")
    if latin is not None and latin.get("typeface"):
        yield "family", latin.get("typeface")
    fill = run.find(f"{A}solidFill")
    if fill is not None:
        yield "colour", theme.colour(fill)


def _spacing(element: Any) -> dict[str, Any]:
    """Return how far lines are apart: a share of what the face asks for, or points."""
    for child in element if element is not None else ():
        value = str(child.get("val") or "0")
        if str(child.tag).endswith("spcPts"):
            return {"pitch": int(value) / 100}
        return {"spacing": float(value.rstrip("%")) / (100 if value.endswith("%") else 100_000)}
    return {}


def _is_share(element: Any) -> bool:
    """Whether a paragraph's space is a share of its line."""
    return element is not None and any(str(child.tag).endswith("spcPct") for child in element)


def _space(element: Any, size: float) -> float:
    """Return a paragraph's space in points; a share is one of the line, 1.2 times the size."""
    if element is None:
        return 0.0
    for child in element:
        value = str(child.get("val") or "0")
        if str(child.tag).endswith("spcPts"):
            return int(value) / 100
        share = float(value.rstrip("%")) / (100 if value.endswith("%") else 100_000)
        return round(share * size * 1.2, 2)
    return 0.0
