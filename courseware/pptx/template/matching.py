"""Which of a template's layouts is meant by each name that decks ask for.

The author's table comes first, then layouts of that name, then of that type as their file says it,
then of those placeholders. For what is missing another stands in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, get_args

from courseware.diagnostics import Diagnostic, Span, did_you_mean
from courseware.pptx.template.styles import kind_of
from courseware.products.deck.values import LayoutName

ASKED: tuple[LayoutName, ...] = get_args(LayoutName)
NAMES: Mapping[LayoutName, tuple[str, ...]] = {
    "title": ("title slide", "title"),
    "section": ("section header", "section", "divider"),
    "content": ("title and content", "content", "title and body", "title and text"),
    "two-content": ("two content", "two columns", "title and two content"),
    "comparison": ("comparison",),
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
    if missing:
        findings.append(_missing(missing, whole, layouts, path))
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
