"""Whether text of a template is read on what is behind it; where it is not, the theme's ink that is.

What is behind a text is its placeholder's own fill, else the last filled shape of the layout or its
master that its middle lies on, else the background. Pictures and gradients are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from courseware.diagnostics import Diagnostic, Span
from courseware.model.colours import READABLE, contrast
from courseware.pptx.template.package import opened
from courseware.pptx.template.reader import layouts_of
from courseware.pptx.template.styles import POINT, A, Theme, theme_of
from courseware.pptx.template.template import Layout, LayoutPlace, Level, Template, replace

INKS = (
    "tx1",
    "bg1",
    "tx2",
    "bg2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
)
"""The theme's colours that text may take, the first that is read."""
MEDIUM_2 = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
"""A style of tables that programs know by its number: heads light on the accent, rows dark on its tints
of 20 and 40 percent (PowerPoint's default)."""
WHOLE, HEAD = "wholeTbl", ("firstRow", "firstCol")
BANDS = ("band1H", "band2H", "band1V", "band2V")


class Ground(NamedTuple):
    """What is behind the text of a layout: its colour or None, filled shapes in points, placeholders' fills."""

    back: str | None
    shapes: tuple[tuple[float, float, float, float, str], ...]
    fills: Mapping[int, str]

    def behind(self, place: LayoutPlace) -> str | None:
        """Return the colour behind a place; None where it is not one colour."""
        if place.idx is not None and place.idx in self.fills and not place.moved:
            return self.fills[place.idx]
        x, y = place.x + place.width / 2, place.y + place.height / 2
        over = (
            c
            for left, top, w, h, c in reversed(self.shapes)
            if left <= x <= left + w and top <= y <= top + h
        )
        return next(over, self.back)

    def under(self, title: LayoutPlace, highest: float) -> float:
        """Return where a title ends, or a band behind it that reaches further; no band is higher than `highest`."""
        end = title.y + title.height
        x, y = title.x + title.width / 2, title.y + title.height / 2
        bands = (top + h for left, top, w, h, _ in self.shapes
                 if left <= x <= left + w and top <= y and h <= highest)  # fmt: skip
        return max([end, *(edge for edge in bands if edge >= y)])


@lru_cache(maxsize=4)
def grounds(data: bytes) -> tuple[Ground, ...]:
    """Return what is behind the text of each layout of a template's file."""
    found = []
    for layout in layouts_of(opened(data)):
        theme = theme_of(layout.slide_master)
        holders = (
            [layout]
            if layout._element.get("showMasterSp") in ("0", "false")
            else [layout.slide_master, layout]
        )
        shapes = tuple(shape for holder in holders for shape in _filled(holder, theme))
        fills = {
            p.placeholder_format.idx: c
            for p in layout.placeholders
            if (c := _fill(p._element, theme))
        }
        found.append(Ground(_back((layout, layout.slide_master), theme), shapes, fills))
    return tuple(found)


def _back(holders: Sequence[Any], theme: Theme) -> str | None:
    """Return the one colour of a background, the first holder's that has one; white where none has."""
    for holder in holders:
        for back in holder._element.xpath("./p:cSld/p:bg"):
            fills = back.xpath("./p:bgPr/a:solidFill | ./p:bgRef")
            drawn = back.xpath("./p:bgPr/a:blipFill | ./p:bgPr/a:gradFill | ./p:bgPr/a:pattFill")
            return (theme.colour(fills[0]) or "FFFFFF") if fills and not drawn else None
    return "FFFFFF"


def _fill(element: Any, theme: Theme) -> str | None:
    for fill in element.xpath("./p:spPr/a:solidFill"):
        return None if fill.xpath(".//a:alpha") else theme.colour(fill)
    return None


def _filled(holder: Any, theme: Theme) -> Iterator[tuple[float, float, float, float, str]]:
    """Yield the filled rectangles of a master or layout, less its placeholders."""
    for element in holder._element.xpath("./p:cSld/p:spTree/p:sp[not(.//p:nvPr/p:ph)]"):
        colour = _fill(element, theme)
        for at in element.xpath("./p:spPr/a:xfrm[a:off and a:ext]") if colour else ():
            box = (
                int(n) / POINT
                for n in (at.off.get("x"), at.off.get("y"), at.ext.get("cx"), at.ext.get("cy"))
            )
            left, top, width, height = box
            yield left, top, width, height, colour or ""


def readable(template: Template, path: str) -> tuple[Template, tuple[Diagnostic, ...]]:
    """Return a template whose text is read on its ground, and what is told where no ink of the theme is."""
    known, lost = grounds(template.data), dict[str, str]()
    layouts = {}
    for name, layout in template.layouts.items():
        ground = known[layout.number]
        places = {
            n: _read(p, ground.behind(p), template.colours, layout, lost)
            for n, p in layout.places.items()
        }
        layouts[name] = replace(layout, places=places)
    findings = tuple(
        Diagnostic("C199", f'layout "{called}": no colour of the theme is read on #{ground}; black or white is used',
                   Span(path), "give the theme a dark and a light colour of text, or the layout another ground")
        for called, ground in lost.items()
    )  # fmt: skip
    return replace(template, layouts=layouts), findings


def _read(
    place: LayoutPlace,
    ground: str | None,
    colours: Mapping[str, str],
    layout: Layout,
    lost: dict[str, str],
) -> LayoutPlace:
    """Return a place whose levels are read on their ground, which they tell."""
    if ground is None:
        return place
    levels = []
    for level in place.levels:
        ink = ink_on((ground,), level.colour, colours)
        if ink not in (level.colour, *colours.values()):
            lost.setdefault(layout.called, ground)
        levels.append(
            replace(level, colour=ink, ground=ground, inked=level.inked or ink != level.colour)
        )
    return replace(place, levels=tuple(levels))


def ink_on(grounds_: Sequence[str], own: str, colours: Mapping[str, str]) -> str:
    """Return a text's own colour where it is read on all grounds, else the theme's first that is; else black or white."""
    inks = (own, *(colours[name] for name in INKS if name in colours), "000000", "FFFFFF")
    least = {ink: min(contrast(ink, ground) for ground in grounds_) for ink in dict.fromkeys(inks)}
    return next(
        (ink for ink, found in least.items() if found >= READABLE),
        max(least, key=lambda ink: least[ink]),
    )


def is_read(colour: str, level: Level) -> bool:
    """Whether a colour is read on what a level stands on; where that is not known, it may be."""
    return not level.ground or contrast(colour, level.ground) >= READABLE


# -- tables -----------------------------------------------------------------------------


@lru_cache(maxsize=8)
def table_inks(data: bytes, style: str) -> tuple[str, str]:
    """Return the colours of text in a table's heads and rows, "" where the style's own is read.

    `data` is the template's file, `style` the number of the style that its tables have.
    """
    shown = opened(data)
    theme = theme_of(shown.slide_masters[0])
    back = _back((shown.slide_masters[0],), theme) or "FFFFFF"
    parts = dict(_parts(shown, style, theme))
    if not parts and style == MEDIUM_2:
        accent = theme.colours.get("accent1", "FFFFFF")
        tints = [_tinted(accent, share) for share in (0.2, 0.4)]
        parts = {WHOLE: (theme.colours.get("dk1", ""), tints[0]), "band1H": ("", tints[1]),
                 "firstRow": (theme.colours.get("lt1", ""), accent)}  # fmt: skip
    if not parts:
        return "", ""
    text, fill = parts.get(WHOLE, ("", ""))
    rows = (fill or back, *(f for name in BANDS if (f := parts.get(name, ("", ""))[1])))
    text = text or theme.colours.get("tx1", "000000")
    heads = [(t or text, f or rows[0]) for name in HEAD if name in parts for t, f in (parts[name],)]
    head, ground = heads[0] if heads else (text, rows[0])
    made = (
        ink_on(tuple({ground, *(f for _, f in heads)}), head, theme.colours),
        ink_on(rows, text, theme.colours),
    )
    return made[0] if made[0] != head else "", made[1] if made[1] != text else ""


def _tinted(colour: str, share: float) -> str:
    parts = (int(colour[n : n + 2], 16) for n in (0, 2, 4))
    return "".join(f"{round(255 + (part - 255) * share):02X}" for part in parts)


def _parts(shown: Any, style: str, theme: Theme) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the parts of a style that a template's file describes, each with the colour of its text and its fill."""
    from pptx.oxml import parse_xml

    blobs = [
        r.target_part.blob for r in shown.part._rels.values() if r.reltype.endswith("/tableStyles")
    ]
    for described in parse_xml(blobs[0]) if blobs and blobs[0] else ():
        if described.get("styleId") != style:
            continue
        for part in described:
            texts, fills = part.find(f"{A}tcTxStyle"), part.find(f"{A}tcStyle/{A}fill/{A}solidFill")
            text = theme.colour(texts) if texts is not None else None
            fill = theme.colour(fills) if fills is not None else None
            yield str(part.tag).removeprefix(A), (text or "", fill or "")
