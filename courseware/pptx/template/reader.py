"""A template's file as a `Template`: which of its layouts is meant by each name, then one step after the other.

The author's table comes first, then layouts of that name, then of that type as their file says it,
then of those placeholders. For what is missing another stands in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from courseware.diagnostics import Diagnostic, Span, did_you_mean
from courseware.pptx.template.placeholders import places_of
from courseware.pptx.template.styles import (
    POINT,
    Theme,
    geometry,
    holder_of,
    kind_of,
    theme_of,
)
from courseware.pptx.template.template import DRAWN, Layout, Template
from courseware.pptx.text.faces import faces
from courseware.products.deck.titles import LayoutName

if TYPE_CHECKING:
    from pptx.presentation import Presentation

PROGRESS = "Progress"
"""The name of the drawing on which a bar shows how far a deck is."""
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
            places_of(asked, found, theme, default, size), _background(found, theme), _track(found),
        )  # fmt: skip
    main = themes[id(shown.slide_masters[0]._element)]
    used = {v.family for o in layouts.values() for p in o.places.values() for v in p.levels}
    measured, guessed = faces({*used, main.major, main.minor, CODE}, path)
    template = Template(data, *size, layouts, measured, main.major, main.minor, CODE, main.colours)
    return template, (*said, *guessed)


def _track(layout: Any) -> tuple[float, float, float, float] | None:
    """Return where a layout, or its master, has a drawing named "Progress"."""
    hidden = layout._element.get("showMasterSp") in ("0", "false")
    for holder in (layout,) if hidden else (layout, layout.slide_master):
        for shape in holder._element.cSld.spTree:
            about = shape.find("./*/{*}cNvPr")
            if about is not None and about.get("name") == PROGRESS and holder_of(shape) is None:
                return geometry([shape])
    return None


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
    from courseware.pptx.template.package import UnreadableError, cut_off, opened, without_slides

    try:
        shown = opened(data)
        template, said = _template_read(data, shown, names, path)
    except UnreadableError as error:
        template, _ = template_of(builtin(), opened(builtin()), {}, "")
        return template, (Diagnostic("C311", str(error), Span(path), error.hint),)
    led = cut_off(without_slides(shown, cut=False))
    if led:
        dots = f" and {len(led) - 1} more" if len(led) > 1 else ""
        message = f'it leads out of its file, to "{led[0][:60]}"{dots}: that is left out'
        said = (
            *said,
            Diagnostic(
                "C309", message, Span(path), "put the picture or the words into the template"
            ),
        )
    return template, said


def _template_read(
    data: bytes, shown: Any, names: Mapping[str, str], path: str
) -> tuple[Template, tuple[Diagnostic, ...]]:
    """Return what `template_of` does; numbers that make no sense raise `UnreadableError`."""
    from courseware.pptx.template.package import UnreadableError

    try:
        return template_of(data, shown, names, path)
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise UnreadableError(f"it is damaged ({type(error).__name__})") from error


def builtin() -> bytes:
    """Return the bytes of the built-in template."""
    from courseware import files
    from courseware.folders import layouts

    return files.read(layouts() / "slides" / "template.pptx")


def emptied(data: bytes) -> Presentation:
    """Return a template as a presentation without slides; what only they used is not in it."""
    from courseware.pptx.template.package import opened, without_slides

    return without_slides(opened(data))


ASKED: tuple[LayoutName, ...] = get_args(LayoutName)
NAMES: Mapping[LayoutName, tuple[str, ...]] = {
    "title": ("title slide", "title"),
    "section": ("section header", "section", "divider"),
    "content": ("title and content", "content", "title and body", "title and text"),
    "two-content": ("two content", "two columns", "title and two content"),
    "comparison": ("comparison",),
    "three-columns": ("three content", "three columns"),
    "cards": ("cards", "title only"),
    "statement": ("statement", "big statement"),
    "number": ("number", "big number"),
    "table": ("title and table", "table"),
    "picture": ("picture with caption", "picture", "title and picture"),
    "exercise": ("exercise", "activity", "task"),
    "question": ("question", "discussion"),
    "quote": ("quote", "quotation", "quote with caption"),
    "code": ("code", "title and code"),
    "closing": ("closing", "end", "end slide", "closing slide"),
}
"""Names of layouts, as templates in English have them."""
TYPES: Mapping[LayoutName, tuple[str, ...]] = {
    "title": ("title",),
    "section": ("secHead",),
    "content": ("obj", "tx"),
    "two-content": ("twoObj", "twoColTx"),
    "comparison": ("twoTxTwoObj",),
    "cards": ("titleOnly",),
    "table": ("tbl",),
    "picture": ("picTx",),
}
"""Types of layouts (ECMA-376, part 1, 19.7.15), which templates in all languages have."""
INSTEAD: Mapping[LayoutName, tuple[LayoutName, ...]] = {
    "title": ("section", "content"),
    "section": ("title", "content"),
    "content": ("two-content", "comparison", "section"),
    "comparison": ("two-content", "content"),
    "question": ("section", "content"),
    "three-columns": ("two-content", "content"),
    "statement": ("question", "content"),
}
"""What stands in for a missing layout, the nearest first; for all others, content."""
FURNITURE = frozenset({"dt", "ftr", "sldNum"})


class Match(NamedTuple):
    """A layout of the file for an asked name: its index among all, and whether it is that one."""

    number: int
    exact: bool


def matches(
    layouts: Sequence[Any], names: Mapping[str, str], path: str
) -> tuple[dict[LayoutName, Match], tuple[Diagnostic, ...]]:
    """Return a layout for each name, and what is to be said of missing and unknown ones."""
    chosen, findings = _told(layouts, names, path)
    for asked in ASKED:
        if asked not in chosen:
            number = _found(asked, layouts)
            if number is not None:
                chosen[asked] = number
    whole = {asked: Match(number, True) for asked, number in chosen.items()}
    missing = [asked for asked in ASKED if asked not in chosen]
    for asked in missing:
        whole[asked] = Match(_instead(asked, chosen, layouts), False)
    lacking = [asked for asked in missing if asked not in DRAWN]
    if lacking:
        findings.append(_missing(lacking, whole, layouts, path))
    return whole, tuple(findings)


def _told(
    layouts: Sequence[Any], names: Mapping[str, str], path: str
) -> tuple[dict[LayoutName, int], list[Diagnostic]]:
    """Return the layouts that the author's table names."""
    known = [layout.name for layout in layouts]
    chosen: dict[LayoutName, int] = {}
    findings: list[Diagnostic] = []
    for key, name in names.items():
        asked = next((a for a in ASKED if a == key), None)
        if asked is None:
            message, hint = f'layouts: "{key}" is no layout of a deck', did_you_mean(key, ASKED)
            hint = hint or f"one of {', '.join(ASKED)}"
        elif _plain(name) in map(_plain, known):
            chosen[asked] = [_plain(n) for n in known].index(_plain(name))
            continue
        else:
            message = f'layouts: {path} has no layout "{name}"'
            hint = did_you_mean(name, known) or f"it has {', '.join(known)}"
        findings.append(Diagnostic("C314", message, Span("course.yml"), hint))
    return chosen, findings


def _found(asked: LayoutName, layouts: Sequence[Any]) -> int | None:
    """Return the layout of that name, type or placeholders."""
    for name in (asked.replace("-", " "), *NAMES[asked]):
        for number, layout in enumerate(layouts):
            if _plain(layout.name) == name:
                return number
    for number, layout in enumerate(layouts):
        if layout._element.get("type") in TYPES.get(asked, ()):
            return number
    for number, layout in enumerate(layouts):
        if asked == _look(layout):
            return number
    return None


def _look(layout: Any) -> LayoutName | None:
    """Return what a layout is by its placeholders."""
    kinds = Counter(kind_of(p) for p in layout.placeholders if kind_of(p) not in FURNITURE)
    if not kinds["title"] + kinds["ctrTitle"]:
        return None
    if kinds["ctrTitle"] or kinds["subTitle"]:
        return "title"
    if kinds["pic"] == 1 and not kinds["obj"]:
        return "picture"
    if kinds["tbl"] == 1 and not kinds["obj"]:
        return "table"
    counts = kinds["obj"], kinds["body"]
    looks: dict[tuple[int, int], LayoutName] = {
        (1, 0): "content", (2, 0): "two-content", (2, 2): "comparison", (0, 1): "section",
    }  # fmt: skip
    return looks.get(counts)


def _instead(asked: LayoutName, chosen: Mapping[LayoutName, int], layouts: Sequence[Any]) -> int:
    """Return what stands in for a missing layout: at worst, the one with the most places and a title."""
    for other in (*INSTEAD.get(asked, ()), "content"):
        if other in chosen:
            return chosen[other]

    def fitness(number: int) -> tuple[bool, int, int]:
        kinds = [kind_of(p) for p in layouts[number].placeholders]
        titled = "title" in kinds or "ctrTitle" in kinds
        texts = [k for k in kinds if k in ("obj", "body", "subTitle")]
        return titled, min(len(texts), 1), -len(kinds)

    return max(range(len(layouts)), key=lambda n: (*fitness(n), -n))


def _missing(
    missing: list[LayoutName], whole: Mapping[LayoutName, Match], layouts: Sequence[Any], path: str
) -> Diagnostic:
    said = [f'{asked} ("{layouts[whole[asked].number].name}")' for asked in missing]
    message = (
        f"the template has no layout for some slides; in brackets what stands in: {', '.join(said)}"
    )
    hint = "name others under `layouts` in course.yml, or add layouts of these names"
    return Diagnostic("C312", message, Span(path), hint)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.lower()))
