"""A template's file as a `Template`: one step after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from courseware.diagnostics import Diagnostic, Span
from courseware.pptx.template.matching import matches
from courseware.pptx.template.placeholders import places_of
from courseware.pptx.template.styles import POINT, Theme, theme_of
from courseware.pptx.template.template import Layout, Template
from courseware.pptx.text.faces import faces
from courseware.products.deck.values import LayoutName

if TYPE_CHECKING:
    from pptx.presentation import Presentation

CODE = "Consolas"
"""The family of code, which a theme has no place for; it comes with PowerPoint on every system."""


def layouts_of(shown: Any) -> list[Any]:
    """Return a presentation's layouts, master by master; `Layout.number` is an index of these."""
    return [layout for master in shown.slide_masters for layout in master.slide_layouts]


def template_of(
    data: bytes, shown: Any, names: Mapping[str, str], path: str
) -> tuple[Template, tuple[Diagnostic, ...]]:
    """Return the template of an opened file, and what is to be said of it."""
    in_file = layouts_of(shown)
    themes = {id(m._element): theme_of(m) for m in shown.slide_masters}
    chosen, said = matches(in_file, names, path)
    default = next(iter(shown.part._element.xpath("./p:defaultTextStyle")), None)
    size = shown.slide_width / POINT, shown.slide_height / POINT
    layouts: dict[LayoutName, Layout] = {}
    for asked, match in chosen.items():
        found = in_file[match.number]
        theme = themes[id(found.slide_master._element)]
        layouts[asked] = Layout(
            asked, found.name, match.number, match.exact,
            places_of(asked, found, theme, default, size), _background(found, theme),
        )  # fmt: skip
    main = themes[id(shown.slide_masters[0]._element)]
    used = {v.family for o in layouts.values() for p in o.places.values() for v in p.levels}
    measured, guessed = faces({*used, main.major, main.minor, CODE}, path)
    template = Template(data, *size, layouts, measured, main.major, main.minor, CODE, main.colours)
    return template, (*said, *guessed)


def _background(layout: Any, theme: Theme) -> str:
    """Return the colour behind a layout; white where it is a picture or a gradient."""
    for holder in (layout, layout.slide_master):
        for found in holder._element.xpath("./p:cSld/p:bg/p:bgPr/a:solidFill"):
            return theme.colour(found) or "FFFFFF"
        for found in holder._element.xpath("./p:cSld/p:bg/p:bgRef"):
            return theme.colour(found) or "FFFFFF"
    return "FFFFFF"


def read(
    data: bytes, names: Mapping[str, str], path: str = "template.pptx"
) -> tuple[Template, tuple[Diagnostic, ...]]:
    """Return the template of a `.pptx` file's bytes, and what is to be said of it.

    `names` are layouts by asked name, as course.yml's `layouts` gives them; `path` is the file's, for
    findings. A file that cannot be read as a template gives the built-in template and an error
    (C311): with that finding, no deck is to be made.
    """
    from courseware.pptx.template.package import UnreadableError, opened
    from courseware.pptx.template.reader import template_of

    try:
        return template_of(data, opened(data), names, path)
    except UnreadableError as error:
        template, _ = template_of(builtin(), opened(builtin()), {}, "")
        return template, (Diagnostic("C311", str(error), Span(path), error.hint),)


def builtin() -> bytes:
    """Return the bytes of the built-in template."""
    from courseware import files
    from courseware.folders import layouts

    return files.read(layouts() / "slides" / "template.pptx")


def emptied(data: bytes) -> Presentation:
    """Return a template as a presentation without slides; what only they used is not in it."""
    from courseware.pptx.template.package import opened, without_slides

    return without_slides(opened(data))
